import { hash } from "node:crypto";
import { valuesOf } from "../../domain/kit/objects";
import { type ScannedTable, scanOrder, textOfRow, textOrder } from "../../storage/store";

export type Row = Readonly<Record<string, unknown>>;

/** Rows of a table are counted in so many heaps, by their keys: what differs is looked for in its heaps alone. */
const heaps = 256;
/** The parts of a print, and how many rows there are. */
const width = 5;
/** For each table the sums of the prints of its rows, heap by heap. */
export type Sums = ReadonlyMap<ScannedTable, Uint32Array>;

/**
 * A set of rows, of the tables as the journal gives them or as the bank shows them, by the sums of their prints. Equal sets
 * have equal sums in any order, so nothing is sorted and no row is kept. A print is a hash under a key that is made for one
 * audit: a person who changed rows could not know it, and so could not make two changes that hide each other.
 */
export class Prints {
  readonly sums = new Map<ScannedTable, Uint32Array>();

  constructor(private readonly key: string) {}

  /** Adds a row by its text, or takes out one that another replaces. */
  add(table: ScannedTable, text: string, times: 1 | -1 = 1): void {
    const print = hash("sha256", this.key + text, "binary");
    const sums = this.sumsOf(table);
    const at = heapOf(table, text) * width;
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

  private sumsOf(table: ScannedTable): Uint32Array {
    const known = this.sums.get(table);
    if (known) return known;
    const sums = new Uint32Array(heaps * width);
    this.sums.set(table, sums);
    return sums;
  }
}

/** Which heaps of a table differ. */
export function differing(table: ScannedTable, wanted: Sums, shown: Sums): ReadonlySet<number> {
  const none = new Uint32Array(heaps * width);
  const [wantedSums, shownSums] = [wanted.get(table) ?? none, shown.get(table) ?? none];
  const differ = new Set<number>();
  for (let at = 0; at < none.length; at += 1) if (wantedSums[at] !== shownSums[at]) differ.add(Math.floor(at / width));
  return differ;
}

/** The heap of a row, by the end of its key, where keys differ most: the key comes first in the text of a row. */
export function heapOf(table: ScannedTable, text: string): number {
  let end = -1;
  for (let i = scanOrder[table].length; i > 0; i -= 1) end = text.indexOf(",", end + 1);
  let sum = 7;
  for (let i = Math.max(0, end - 12); i < end; i += 1) sum = (sum * 31 + text.charCodeAt(i)) | 0;
  return (sum ^ (sum >>> 15)) & (heaps - 1);
}

/** The text of a row as the journal gives it. All rows of a table have the same columns. */
export function wantedText(table: ScannedTable, row: object): string {
  const known = columns.get(table);
  const columnsOf = known ?? valuesOf(textOrder(table, Object.keys(row)));
  if (!known) columns.set(table, columnsOf);
  return textOfRow(columnsOf(row));
}
const columns = new Map<ScannedTable, ReturnType<typeof valuesOf>>([
  ["sealed", valuesOf(["id", "personId", "seq", "commitment"])],
]);
