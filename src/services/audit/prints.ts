import { hash } from "node:crypto";

export type Row = Readonly<Record<string, unknown>>;

/** Rows of a table are counted in so many heaps, by their keys: what differs is looked for in its heaps alone. */
const heaps = 256;
/** The parts of a print, and how many rows there are. */
const width = 5;
/** For each table the sums of the prints of its rows, heap by heap. */
export type Sums = ReadonlyMap<string, Uint32Array>;

/**
 * A set of rows, of the tables as the journal gives them or as the bank shows them, by the sums of their prints. Equal sets
 * have equal sums in any order, so nothing is sorted and no row is kept. A print is a hash under a key that is made for one
 * audit: whoever changed a row could not know it, and so could not make two changes that hide each other.
 */
export class Prints {
  readonly sums = new Map<string, Uint32Array>();
  private readonly columns = new Map<string, Columns>();

  constructor(private readonly key: string) {}

  /** Adds a row, or takes out one that another replaces. */
  add(table: string, key: string, row: Row, times: 1 | -1 = 1): void {
    const print = hash("sha256", this.textOf(table, row), "binary");
    const sums = this.sumsOf(table);
    const at = heapOf(key) * width;
    for (let i = 0; i < 4; i += 1) {
      const j = i * 4;
      const part =
        print.charCodeAt(j) |
        (print.charCodeAt(j + 1) << 8) |
        (print.charCodeAt(j + 2) << 16) |
        (print.charCodeAt(j + 3) << 24);
      // Whole numbers of 32 bits go round by themselves.
      sums[at + i] = (sums[at + i] as number) + times * part;
    }
    sums[at + 4] = (sums[at + 4] as number) + times;
  }

  private sumsOf(table: string): Uint32Array {
    const sums = this.sums.get(table) ?? new Uint32Array(heaps * width);
    this.sums.set(table, sums);
    return sums;
  }

  /** Absent and null are alike, and the order of the columns in the row is nothing. */
  private textOf(table: string, row: Row): string {
    const columns = this.columns.get(table) ?? new Columns();
    this.columns.set(table, columns);
    const parts = columns.partsOf(row);
    return `${this.key}${table}${parts.join("")}`;
  }
}

/** The columns of a table, as its rows show them one after another. */
class Columns {
  private places = new Map<string, number>();

  /** The values of a row that are not null, each behind the name of its column, in the order of the names. */
  partsOf(row: Row): string[] {
    const parts: string[] = new Array(this.places.size).fill("");
    for (const name in row) {
      const value = row[name];
      if (value === null || value === undefined) continue;
      const place = this.places.get(name);
      if (place === undefined) {
        this.learn(Object.keys(row));
        return this.partsOf(row);
      }
      parts[place] = typeof value === "string" ? `|${name}:${value.length}"${value}` : `|${name}:${spelled(value)}`;
    }
    return parts;
  }

  private learn(names: readonly string[]): void {
    const all = [...new Set([...this.places.keys(), ...names])].sort();
    this.places = new Map(all.map((name, place) => [name, place]));
  }
}

/** Which heaps of a table differ. */
export function differing(table: string, wanted: Sums, shown: Sums): ReadonlySet<number> {
  const none = new Uint32Array(heaps * width);
  const [one, other] = [wanted.get(table) ?? none, shown.get(table) ?? none];
  const found = new Set<number>();
  for (let at = 0; at < none.length; at += 1) if (one[at] !== other[at]) found.add(Math.floor(at / width));
  return found;
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
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return JSON.stringify(value);
  return JSON.stringify(value ?? null, (_, inner: unknown) =>
    inner !== null && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
