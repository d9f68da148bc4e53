// The language types the names of an object's entries as any text, since an object may have more of them than its type says.
// The tables of this project are written out in one place each and hold no others, so their names keep their types here.

/** An object's names and values. */
export function entriesOf<K extends string, V>(of: Readonly<Record<K, V>>): [K, V][] {
  return Object.entries(of) as [K, V][];
}

/** The object of these names and values. The caller names every `K` there is. */
export function fromEntries<K extends string, V>(entries: Iterable<readonly [K, V]>): Record<K, V> {
  return Object.fromEntries(entries) as Record<K, V>;
}
