/**
 * What a reader puts aside while it reads: maps in a file of their own, which nobody else opens and which goes with the reader.
 * It answers at once, not later. What was used lately is kept in memory, and the rest on the disk.
 */
export interface Scratch {
  /** The map of this name, made when it is first asked for. Values are kept as JSON, in a form that may be named. */
  map<V>(name: string, form?: ScratchForm<V>): ScratchMap<V>;
  /** The same with numbers as keys. */
  numbered<V>(name: string, form?: ScratchForm<V>): ScratchMap<V, number>;
  close(): void;
}

/** What is put on the disk of a value, when it goes there, and the value that is made of it. */
export interface ScratchForm<V> {
  written(value: V): unknown;
  read(written: unknown): V;
}

/** A map in the order of its keys, of texts that of their bytes. A value that was changed is set again, or the change may be lost. */
export interface ScratchMap<V, K = string> {
  get(key: K): V | undefined;
  has(key: K): boolean;
  set(key: K, value: V): void;
  delete(key: K): void;
  /** Puts on the disk what is not there yet. */
  settle(): void;
  /** In the order of the keys; those that begin with a text, where one is named. The map may be changed meanwhile. */
  entries(beginning?: string): IterableIterator<[key: K, value: V]>;
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
