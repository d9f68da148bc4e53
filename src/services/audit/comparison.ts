import { completed, type Fact, type FactOf, type WrittenFact } from "../../domain/facts";
import { Books } from "../../domain/ledger/books";
import { decode } from "../../domain/ledger/journal";
import { type ScannedTable, type Scratch, ScratchFull, type ScratchMap, scanOrder, spelled } from "../../storage/store";
import { Differences } from "./differences";
import type { Findings } from "./findings";
import type { JournalRow } from "./journal";
import { differing, type Row, type Sums, wantedText } from "./prints";
import { keptOf, keyOf, type ProjectedRow, rowsOf } from "./projected";
import { shelfOf } from "./shelves";
import { isNothing, type Shown, shownOf } from "./tables";

type Pages<R> = AsyncIterable<readonly R[]>;

/** Names every row that is not as the journal gives it. */
export class Comparison {
  constructor(
    private readonly scratch: Scratch,
    private readonly findings: Findings,
    /** The sums of the rows as the journal gives them. */
    private readonly wanted: Sums,
    /** The rows that no entry gives by itself, but all entries together. */
    private readonly summedRows: () => Iterable<ProjectedRow>,
  ) {}

  /** The journal, and the tables whose sums differ, are read once more where there are any. */
  async compare(
    { sums, unread }: Shown,
    journal: () => Pages<JournalRow>,
    pages: (table: ScannedTable) => Pages<Row>,
  ): Promise<void> {
    const heaps = new Map<ScannedTable, ReadonlySet<number>>();
    for (const table of Object.keys(scanOrder) as ScannedTable[]) {
      const heapsOf = differing(table, this.wanted, sums);
      if (heapsOf.size > 0 && !unread.has(table)) heaps.set(table, heapsOf);
    }
    if (heaps.size === 0) return;
    const differences = new Differences(this.scratch, heaps);
    await this.wantAgain(differences, journal());
    for (const table of heaps.keys()) {
      if (!(await this.isRead(table, differences, pages(table)))) continue;
      const check = table === "sealed" ? "SEALED" : "PROJECTION";
      for (const key of differences.missing(table)) this.findings.found(check, `${table} ${key}`, "is missing");
    }
  }

  private async wantAgain(differences: Differences, journal: Pages<JournalRow>): Promise<void> {
    const { scratch } = this;
    const books = new Books({
      accounts: shelfOf(scratch.map("accounts again")),
      ends: scratch.numbered("ends again"),
      transfers: scratch.numbered("transfers again"),
    });
    const want = (table: ScannedTable, row: Row) => differences.want(table, keyOf(table, row), row, keptOf(table));
    const whole = wholeAgain(scratch.map("records again"));
    for await (const rows of journal)
      for (const { body } of rows)
        try {
          const { fact, ...entry } = decode(body);
          for (const { table, row } of rowsOf({ ...entry, fact: whole(fact) }, books)) want(table, row);
        } catch (error) {
          if (error instanceof ScratchFull) throw error;
        }
    for (const { table, row } of this.summedRows()) want(table, row);
  }

  /** Compares the rows of a table. False where it holds what a driver cannot even read, such as broken JSON. */
  private async isRead(table: ScannedTable, differences: Differences, pages: Pages<Row>): Promise<boolean> {
    try {
      for await (const rows of pages)
        for (const shown of rows) {
          const row = shownOf(table, shown);
          const key = keyOf(table, row);
          if (differences.has(table, row)) this.compareRow(table, key, row, differences.show(table, key));
        }
      return true;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      this.findings.found("PROJECTION", table, "holds a value that cannot be read");
      return false;
    }
  }

  private compareRow(table: ScannedTable, key: string, row: Row, wanted: Row | undefined): void {
    const where = `${table} ${key}`;
    if (!wanted) {
      if (!isNothing(table, wantedText(table, row)))
        this.findings.found("PROJECTION", where, "no entry of the journal put it there");
      return;
    }
    for (const column of new Set([...Object.keys(wanted), ...Object.keys(row)])) {
      if (spelled(row[column]) === spelled(wanted[column])) continue;
      if (table === "sealed" && column === "commitment")
        this.findings.found("SEALED", where, "is not what the journal committed to");
      else this.findings.found("PROJECTION", where, `${column} differs`);
    }
  }
}

/** Facts with what their entries leave out, of entries that come one after another. */
function wholeAgain(records: ScratchMap<FactOf<"RECORD_STEP">>): (said: WrittenFact) => Fact {
  return (fact) => {
    if (fact.type !== "RECORD_STEP") return fact;
    const record = completed(fact, records.get(fact.id) ?? null);
    records.set(fact.id, record);
    return record;
  };
}
