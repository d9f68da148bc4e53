import { completed, type Fact, type FactOf, type SaidFact } from "../../domain/facts";
import { BrokenInvariant } from "../../domain/kit/invariant";
import { type BookAccount, Books, type Ends, type Shelf } from "../../domain/ledger/books";
import { decode } from "../../domain/ledger/journal";
import { type ScannedTable, type Scratch, ScratchFull, type ScratchMap, scanOrder, spelled } from "../../storage/store";
import { Claims } from "./claims";
import type { Sealing } from "./claims/sealed";
import { keyOf as positionKey, Transfers } from "./claims/transfers";
import { Differences } from "./differences";
import type { Findings } from "./findings";
import { type Entry, Follower, type SealedRow } from "./follow";
import { Journal, type JournalRow } from "./journal";
import { differing, Prints, type Row, wantedText } from "./prints";
import { bookedRows, keptOf, keyOf, lastingKinds, projectionsOf, rowOfThing, rowsOf, transferOf } from "./projected";
import { isNothing, type Shown, shownOf } from "./tables";
import { Tallies } from "./tallies";
import { Totals } from "./totals";

/** The journal entry by entry; what is found on the way, and what the tables must show. What it remembers stands in the scratch. */
export class Replay {
  private readonly journal: Journal;
  private readonly books: Books;
  private readonly transfers: Transfers;
  private readonly follower: Follower;
  private readonly claims: Claims;
  private readonly prints: Prints;
  /** The last row of each key, in tables whose rows other facts may replace. */
  private readonly lastRows: ScratchMap<Row>;
  /** Every person who did something, or about whom something was done. */
  private readonly persons: ScratchMap<1>;
  private readonly replaced: ScratchMap<string>;
  private readonly accounts: ScratchMap<BookAccount>;
  private derived: ReadonlyMap<ScannedTable, ScratchMap<unknown>> = new Map();
  private poolId: string | undefined;

  constructor(
    origin: string,
    private readonly scratch: Scratch,
    private readonly findings: Findings,
    printKey: string,
  ) {
    this.journal = new Journal(origin, findings);
    this.transfers = new Transfers(scratch);
    this.accounts = scratch.map("accounts");
    this.books = new Books({ ...shelvesOf(scratch, "accounts", "ends"), transfers: this.transfers });
    this.follower = new Follower(scratch);
    this.prints = new Prints(printKey);
    const found = findings.found.bind(findings);
    this.claims = new Claims(this.books, this.transfers, this.follower, scratch, found);
    this.lastRows = scratch.map("rows");
    this.persons = scratch.map("persons");
    this.replaced = scratch.map("replaced records");
    this.persons.set("system", 1);
  }

  entry(row: JournalRow): void {
    const entry = this.journal.entryOf(row);
    if (entry)
      this.followed(entry, () => this.fold({ ...entry, fact: this.whole(entry.fact) }, `journal ${entry.seq}`));
  }

  /** Nothing here asks the outside: what cannot be followed are values that no service writes. */
  private followed(entry: { seq: number }, work: () => void): void {
    try {
      work();
    } catch (error) {
      if (error instanceof ScratchFull) throw error;
      this.journal.cannotFollow(entry);
    }
  }

  /** A fact with what its entry leaves out: that stays as it was. */
  private whole(said: SaidFact): Fact {
    return said.type === "RECORD_STEP" ? completed(said, this.follower.last("RECORD_STEP", said.id)) : said;
  }

  private fold(entry: Entry, where: string): void {
    const { fact } = entry;
    this.knowPerson(entry.actor);
    if ("personId" in fact && fact.personId !== null) this.knowPerson(fact.personId);
    const { follower, claims } = this;
    const before = follower.before(fact);
    const sealed = new Map(entry.seals.map(({ id }) => [id, follower.sealedRow(id)]));
    for (const what of follower.follow(entry, where)) this.findings.found("STEP", where, what);
    if (fact.type === "RECORD_STEP" && fact.replacedBy !== null) this.replaced.set(fact.replacedBy, fact.id);
    if (fact.type === "ACCOUNT_OPENED" && fact.kind === "PUBLIC_POOL") this.poolId ??= fact.id;
    claims.fact(fact, before, entry.at);
    this.project(entry);
    for (const { table, row } of bookedRows(entry, this.books, (work) => this.guarded(where, work)))
      if (table === "sealed") this.wantSealed(row, sealed.get(row.id as string) ?? null);
      else this.print(table, row);
    const transfer = transferOf(entry);
    if (transfer) claims.transfer(transfer);
  }

  /** The rows that no later fact about the same thing replaces. The others are compared when all facts are known. */
  private project({ fact, ...stamp }: Entry): void {
    for (const { table, target, way } of projectionsOf(fact.type)) {
      if (way === "LAST") continue;
      const row = target.row({ ...fact }, stamp);
      if (way === "ONCE") this.print(table, row);
      else this.replace(table, keyOf(table, row), row);
    }
  }

  private replace(table: ScannedTable, key: string, row: Row): void {
    const at = `${table} ${key}`;
    const kept = keptOf(table);
    const last = this.lastRows.get(at);
    const whole = kept !== undefined && last ? { ...row, [kept]: last[kept] } : row;
    if (last) this.print(table, last, -1);
    this.print(table, whole);
    this.lastRows.set(at, whole);
  }

  /** What the records say of sealed rows since the last time. It is checked where the keys are at hand. */
  takeSealing(): Sealing {
    return this.claims.sealed.take();
  }
  knowsPerson(id: string): boolean {
    return this.persons.has(id);
  }
  knowsId(id: string): boolean {
    return this.follower.knowsId(id);
  }

  /** After the last entry: what follows from all of them together. */
  close(): void {
    this.guarded("books", () => this.books.check());
    this.findings.circulationMinutes = this.books.circulationMinutes();
    for (const { where, what } of this.follower.close()) this.findings.found("STEP", where, what);
    this.claims.close();
    const tallies = new Tallies(this.follower, this.scratch, this.replaced, this.poolId);
    const totals = new Totals(this.books, this.follower, this.scratch);
    this.derived = new Map<ScannedTable, ScratchMap<unknown>>([
      ["accounts", this.accounts],
      ["serviceTotals", totals.totals],
      ["tallies", tallies.tallies],
      ["tallyPeople", tallies.people],
    ]);
    for (const { fact } of this.follower.each("ACTIVITY_STEP")) tallies.activity(fact);
    for (const { fact } of this.follower.each("SIGN_UP_STEP")) tallies.signUp(fact);
    for (const { fact } of this.follower.each("ATTENDANCE_STEP")) tallies.attendance(fact);
    for (const { fact } of this.follower.each("RECORD_STEP")) {
      totals.record(fact);
      tallies.record(fact);
    }
    for (const kind of lastingKinds) {
      const lasting = projectionsOf(kind).filter(({ way }) => way === "LAST");
      for (const thing of this.follower.each(kind))
        this.followed(thing, () => {
          for (const projection of lasting) this.print(projection.table, rowOfThing(projection, thing));
        });
    }
    for (const { transfer, isClaimed } of this.transfers.all()) {
      if (!isClaimed) this.claims.unclaimed(transfer);
      totals.transfer(transfer);
      tallies.transfer(transfer);
    }
    for (const [table, row] of this.derivedRows()) this.print(table, row);
  }

  /** Names every row that is not as the journal gives it; the journal is read once more where there is one. */
  async compare(
    { sums, unread }: Shown,
    journal: () => AsyncIterable<readonly JournalRow[]>,
    pages: (table: ScannedTable) => AsyncIterable<readonly Row[]>,
  ): Promise<void> {
    const heaps = new Map<ScannedTable, ReadonlySet<number>>();
    for (const table of Object.keys(scanOrder) as ScannedTable[]) {
      const heapsOf = differing(table, this.prints.sums, sums);
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

  /** Compares the rows of a table. False where it holds what a driver cannot even read, such as broken JSON. */
  private async isRead(
    table: ScannedTable,
    differences: Differences,
    pages: AsyncIterable<readonly Row[]>,
  ): Promise<boolean> {
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

  private async wantAgain(differences: Differences, journal: AsyncIterable<readonly JournalRow[]>): Promise<void> {
    const again = shelvesOf(this.scratch, "accounts again", "ends again");
    const books = new Books({ ...again, transfers: shelfOf(this.scratch.map("transfers again"), positionKey) });
    const want = (table: ScannedTable, row: Row) => differences.want(table, keyOf(table, row), row, keptOf(table));
    const records = this.scratch.map<FactOf<"RECORD_STEP">>("records again");
    const whole = (said: SaidFact): Fact => {
      if (said.type !== "RECORD_STEP") return said;
      const record = completed(said, records.get(said.id) ?? null);
      records.set(said.id, record);
      return record;
    };
    for await (const rows of journal)
      for (const { body } of rows)
        try {
          const { fact, ...entry } = decode(body);
          for (const { table, row } of rowsOf({ ...entry, fact: whole(fact) }, books)) want(table, row);
        } catch (error) {
          if (error instanceof ScratchFull) throw error;
        }
    for (const [table, row] of this.derivedRows()) want(table, row);
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

  /** A sealed row goes into another's place when it is sealed anew, and keeps the position of the first. */
  private wantSealed(row: Row, before: SealedRow | null): void {
    if (before) this.print("sealed", { ...before }, -1);
    this.print("sealed", before ? { ...row, seq: before.seq } : row);
  }

  private print(table: ScannedTable, row: Row, times: 1 | -1 = 1): void {
    this.prints.add(table, wantedText(table, row), times);
  }

  private knowPerson(id: string): void {
    if (!this.persons.has(id)) this.persons.set(id, 1);
  }

  /** The rows that no entry gives by itself, but all entries together. */
  private *derivedRows(): Generator<[ScannedTable, Row]> {
    for (const [table, rows] of this.derived)
      for (const [, row] of rows.entries())
        if (!isNothing(table, wantedText(table, row as Row))) yield [table, row as Row];
  }

  private guarded(where: string, work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!(error instanceof BrokenInvariant)) throw error;
      this.findings.found("BOOKS", where, error.message);
    }
  }
}

function shelfOf<K, V>(map: ScratchMap<V>, keyOf: (key: K) => string): Shelf<K, V> {
  return {
    get: (key) => map.get(keyOf(key)),
    has: (key) => map.has(keyOf(key)),
    set: (key, value) => map.set(keyOf(key), value),
    *values() {
      for (const [, value] of map.entries()) yield value;
    },
  };
}

function shelvesOf(scratch: Scratch, accounts: string, ends: string) {
  return {
    accounts: shelfOf<string, BookAccount>(scratch.map(accounts), (id) => id),
    ends: shelfOf<number, Ends>(scratch.map(ends), positionKey),
  };
}
