import { hash, randomBytes } from "node:crypto";
import type { Scratch, ScratchMap } from "../../storage/store";

export type Row = Readonly<Record<string, unknown>>;
/** Four parts of a hash. */
export type Print = readonly [number, number, number, number];

/** Rows of a table are counted in so many heaps, by their keys: what differs is looked for in its heaps alone. */
const heaps = 256;
/** The parts of a print, and how many rows there are. */
const width = 5;

/**
 * Two sets of rows, of the tables as the journal gives them and as the bank shows them, by the sums of their prints. Equal
 * sets have equal sums in any order, so nothing is sorted and no row is kept. A print is a hash under a key that is made for
 * this one audit: whoever changed a row could not know it, and so could not make two changes that hide each other.
 */
export class Prints {
  private readonly key = randomBytes(32).toString("base64");
  private readonly sums = new Map<string, { wanted: Uint32Array; shown: Uint32Array }>();
  private readonly columns = new Map<string, Map<string, number>>();

  /** Adds a row that the journal gives; its print, by which it can be taken out again. */
  want(table: string, key: string, row: Row): Print {
    const print = this.of(table, row);
    add(this.sumsOf(table).wanted, key, print, 1);
    return print;
  }

  /** Takes out a row that a later entry replaces. */
  unwant(table: string, key: string, print: Print): void {
    add(this.sumsOf(table).wanted, key, print, -1);
  }

  /** Adds a row that the bank shows. */
  show(table: string, key: string, row: Row): void {
    add(this.sumsOf(table).shown, key, this.of(table, row), 1);
  }

  /** Which heaps of a table differ. */
  differing(table: string): ReadonlySet<number> {
    const { wanted, shown } = this.sumsOf(table);
    const found = new Set<number>();
    for (let at = 0; at < wanted.length; at += 1) if (wanted[at] !== shown[at]) found.add(Math.floor(at / width));
    return found;
  }

  private sumsOf(table: string) {
    const sums = this.sums.get(table) ?? {
      wanted: new Uint32Array(heaps * width),
      shown: new Uint32Array(heaps * width),
    };
    this.sums.set(table, sums);
    return sums;
  }

  /** Absent and null are alike, and the order of the columns is nothing. */
  of(table: string, row: Row): Print {
    const columns = this.columns.get(table) ?? new Map<string, number>();
    this.columns.set(table, columns);
    const parts: string[] = [];
    for (const column in row) {
      const value = row[column];
      if (value === null || value === undefined) continue;
      let at = columns.get(column);
      if (at === undefined) {
        at = columns.size;
        columns.set(column, at);
      }
      parts[at] = `${at}${typeof value === "string" ? `s${value.length}:${value}` : `v${spelled(value)}`}`;
    }
    const bytes = hash("sha256", `${this.key}${table}|${parts.join("|")}`, "buffer");
    return [bytes.readUInt32LE(0), bytes.readUInt32LE(4), bytes.readUInt32LE(8), bytes.readUInt32LE(12)];
  }
}

function add(sums: Uint32Array, key: string, print: Print, times: 1 | -1): void {
  const at = heapOf(key) * width;
  // Whole numbers of 32 bits go round by themselves.
  for (let i = 0; i < 4; i += 1) sums[at + i] = (sums[at + i] as number) + times * (print[i] as number);
  sums[at + 4] = (sums[at + 4] as number) + times;
}

/** The heap of a key. Only its end is looked at, where keys differ most. */
export function heapOf(key: string): number {
  let sum = 7;
  for (let i = Math.max(0, key.length - 12); i < key.length; i += 1) sum = (sum * 31 + key.charCodeAt(i)) | 0;
  return (sum ^ (sum >>> 15)) & (heaps - 1);
}

/** One spelling of a column's value, for comparing: absent and null alike, objects by sorted names. */
export function spelled(value: unknown): string {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return JSON.stringify(value ?? null, (_, inner: unknown) =>
    inner !== null && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** The rows of the heaps that differ, as the journal gives them, for naming what is wrong with each. */
export class Differences {
  private readonly wanted = new Map<string, ScratchMap<{ row: Row; isShown: boolean }>>();

  constructor(
    private readonly scratch: Scratch,
    private readonly heaps: ReadonlyMap<string, ReadonlySet<number>>,
  ) {}

  has(table: string, key: string): boolean {
    return this.heaps.get(table)?.has(heapOf(key)) ?? false;
  }

  want(table: string, key: string, row: Row, kept: string | undefined): void {
    if (!this.has(table, key)) return;
    const rows = this.of(table);
    const before = kept === undefined ? undefined : rows.get(key)?.row;
    rows.set(key, { row: before ? { ...row, [kept as string]: before[kept as string] } : row, isShown: false });
  }

  /** The row that the journal gives, which is noted as shown. */
  show(table: string, key: string): Row | undefined {
    const rows = this.of(table);
    const wanted = rows.get(key);
    if (wanted) rows.set(key, { ...wanted, isShown: true });
    return wanted?.row;
  }

  /** The keys of what the journal gives and the bank does not show. */
  *missing(table: string): Generator<string> {
    for (const [key, { isShown }] of this.of(table).entries()) if (!isShown) yield key;
  }

  private of(table: string) {
    const rows = this.wanted.get(table) ?? this.scratch.map(`wanted ${table}`);
    this.wanted.set(table, rows);
    return rows;
  }
}
