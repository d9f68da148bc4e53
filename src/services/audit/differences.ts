import type { ScannedTable, Scratch, ScratchMap } from "../../storage/store";
import { heapOf, type Row, wantedText } from "./prints";

/** The rows of the heaps that differ, as the journal gives them, for naming what is wrong with each. */
export class Differences {
  private readonly wanted = new Map<ScannedTable, ScratchMap<{ row: Row; isShown: boolean }>>();

  constructor(
    private readonly scratch: Scratch,
    private readonly heaps: ReadonlyMap<ScannedTable, ReadonlySet<number>>,
  ) {}

  has(table: ScannedTable, row: Row): boolean {
    return this.heaps.get(table)?.has(heapOf(table, wantedText(table, row))) ?? false;
  }

  want(table: ScannedTable, key: string, row: Row, kept: string | undefined): void {
    if (!this.has(table, row)) return;
    const rows = this.of(table);
    const before = kept === undefined ? undefined : rows.get(key)?.row;
    rows.set(key, { row: before ? { ...row, [kept as string]: before[kept as string] } : row, isShown: false });
  }

  /** The row that the journal gives, which is noted as shown. */
  show(table: ScannedTable, key: string): Row | undefined {
    const rows = this.of(table);
    const wanted = rows.get(key);
    if (wanted) rows.set(key, { ...wanted, isShown: true });
    return wanted?.row;
  }

  /** The keys of what the journal gives and the bank does not show. */
  *missing(table: ScannedTable): Generator<string> {
    for (const [key, { isShown }] of this.of(table).entries()) if (!isShown) yield key;
  }

  private of(table: ScannedTable) {
    const rows = this.wanted.get(table) ?? this.scratch.map(`wanted ${table}`);
    this.wanted.set(table, rows);
    return rows;
  }
}
