/**
 * What a reader puts aside while it reads: maps in a file of their own, which nobody else opens and which goes with the reader.
 * It answers at once, not later. What was used lately is kept in memory, and the rest on the disk.
 */
export interface Scratch {
  /** The map of this name, made when it is first asked for. Values are kept as JSON, or in a spelling of their own. */
  map<V>(name: string, spelling?: Spelling<V>): ScratchMap<V>;
  close(): void;
}

/** How the values of a map are kept that JSON has no form for. */
export interface Spelling<V> {
  write(value: V): string;
  read(text: string): V;
}

/** A map in the order of its keys' bytes. A value that was changed is set again, or the change may be lost. */
export interface ScratchMap<V> {
  get(key: string): V | undefined;
  has(key: string): boolean;
  set(key: string, value: V): void;
  delete(key: string): void;
  /** In the order of the keys; those that begin with a text, where one is named. The map may be changed meanwhile. */
  entries(beginning?: string): IterableIterator<[key: string, value: V]>;
}

/** What a reader puts aside cannot be kept, mostly because the disk is full. The bank itself is well. */
export class ScratchFull extends Error {
  override name = "ScratchFull";
  constructor(
    readonly folder: string,
    readonly code: string,
  ) {
    super(`a temporary file in ${folder} cannot be written (${code}): name a folder with more room in TMPDIR`);
  }
}
