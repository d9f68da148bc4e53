import type { Shelf } from "../../domain/ledger/books";
import type { ScratchMap } from "../../storage/store";

/** A map of the scratch as the books know it. */
export function shelfOf<V>(map: ScratchMap<V>): Shelf<string, V> {
  return {
    get: (key) => map.get(key),
    has: (key) => map.has(key),
    set: (key, value) => map.set(key, value),
    *values() {
      for (const [, value] of map.entries()) yield value;
    },
  };
}
