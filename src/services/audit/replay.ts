import { completed, type Fact, type WrittenFact } from "../../domain/facts";
import { BrokenInvariant } from "../../domain/kit/invariant";
import { type BookAccount, Books } from "../../domain/ledger/books";
import { type ScannedTable, type Scratch, ScratchFull, type ScratchMap } from "../../storage/store";
import { Claims } from "./claims";
import type { Sealing } from "./claims/sealed";
import { Transfers } from "./claims/transfers";
import { Comparison } from "./comparison";
import type { Findings } from "./findings";
import { type Entry, Follower, type Thing } from "./follow";
import { Journal, type JournalRow } from "./journal";
import { Prints, type Row, wantedText } from "./prints";
import { booked, keptOf, keyOf, type ProjectedRow, projectionsOf, rowOfThing, transferOf } from "./projected";
import { shelfOf } from "./shelves";
import { isNothing } from "./tables";
import { Tallies } from "./tallies";
import { Totals } from "./totals";

/** The journal entry by entry; what is found on the way, and what the tables must show. What it remembers stands in the scratch. */
export class Replay {
  private readonly journal: Journal;
  private readonly books: Books;
  private readonly transfers: Transfers;
  private readonly follower: Follower;
  private readonly claims: Claims;
  private readonly totals: Totals;
  private readonly tallies: Tallies;
  private readonly prints: Prints;
  /** The last row of each key, in tables whose rows other facts may replace. */
  private readonly lastRows: ScratchMap<Row>;
  /** Every person who acted in an entry, or that an entry is about. */
  private readonly persons: ScratchMap<1>;
  private readonly accounts: ScratchMap<BookAccount>;

  constructor(
    origin: string,
    private readonly scratch: Scratch,
    private readonly findings: Findings,
    printKey: string,
  ) {
    this.journal = new Journal(origin, findings);
    this.transfers = new Transfers(scratch);
    this.accounts = scratch.map("accounts");
    const accounts = shelfOf(this.accounts);
    this.books = new Books({ accounts, ends: scratch.numbered("ends"), transfers: this.transfers });
    this.prints = new Prints(printKey);
    this.follower = new Follower(scratch, (thing) => this.leaves(thing));
    const finds = findings.found.bind(findings);
    this.claims = new Claims(this.books, this.transfers, this.follower, scratch, finds);
    this.totals = new Totals(this.books, this.transfers, this.follower, scratch);
    this.tallies = new Tallies(this.follower, scratch);
    this.lastRows = scratch.map("rows");
    this.persons = scratch.map("persons");
    this.persons.set("system", 1);
  }

  entry(row: JournalRow): void {
    const entry = this.journal.entryOf(row);
    if (!entry) return;
    try {
      const { seq, at, actor, recordedAt, fact, seals } = entry;
      this.fold({ seq, at, actor, recordedAt, fact: this.whole(fact), seals }, `journal ${seq}`);
    } catch (error) {
      // Nothing here asks the outside: what cannot be followed are values that no service writes.
      if (error instanceof ScratchFull) throw error;
      this.journal.cannotFollow(entry);
    }
  }

  /** A fact with what its entry leaves out: that stays as it was. */
  private whole(fact: WrittenFact): Fact {
    return fact.type === "RECORD_STEP" ? completed(fact, this.follower.last("RECORD_STEP", fact.id)) : fact;
  }

  private fold(entry: Entry, where: string): void {
    const { fact } = entry;
    this.knowPerson(entry.actor);
    if ("personId" in fact && fact.personId !== null) this.knowPerson(fact.personId);
    const { follower, claims, totals, tallies } = this;
    for (const what of follower.follow(entry, where)) this.findings.found("STEP", where, what);
    for (const [row, before] of follower.resealed) {
      if (before) this.print("sealed", before, -1);
      this.print("sealed", row);
    }
    const before = follower.before?.fact ?? null;
    claims.fact(fact, before, entry.at);
    if (fact.type === "RECORD_STEP") totals.record(fact, before?.type === "RECORD_STEP" ? before : null);
    tallies.fact(fact);
    this.project(entry);
    const transfer = transferOf(entry);
    for (const line of this.guarded(where, () => booked(entry, transfer, this.books)) ?? [])
      this.print("entries", line);
    if (!transfer) return;
    claims.transfer(transfer);
    totals.transfer(transfer);
    tallies.transfer(transfer);
  }

  private project(entry: Entry): void {
    const { before } = this.follower;
    if (before?.row === "ADDED") this.printThing(before, -1);
    if (before) before.row = "REPLACED";
    for (const { table, target, way } of projectionsOf(entry.fact.type))
      if (way === "ONCE") this.print(table, target.row(entry.fact, entry));
      else if (way === "EACH") this.replace(table, target.row(entry.fact, entry));
  }

  /** Adds up the row of a thing that leaves the memory, unless that was done before, or another took its place. */
  private leaves(thing: Thing): void {
    if (thing.row !== "WAITS") return;
    this.printThing(thing, 1);
    thing.row = "ADDED";
  }

  private printThing(thing: Thing, times: 1 | -1): void {
    for (const projection of projectionsOf(thing.fact.type))
      if (projection.way === "LAST") this.print(projection.table, rowOfThing(projection, thing), times);
  }

  private replace(table: ScannedTable, row: Row): void {
    const at = `${table} ${keyOf(table, row)}`;
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
    this.follower.settle();
    this.guarded("books", () => this.books.check());
    this.findings.circulationMinutes = this.books.circulationMinutes();
    for (const { where, what } of this.follower.close()) this.findings.found("STEP", where, what);
    this.claims.close();
    this.totals.close();
    this.tallies.close();
    for (const { table, row } of this.summedRows()) this.print(table, row);
  }

  /** What compares the tables with the journal, after the last entry. */
  comparison(): Comparison {
    return new Comparison(this.scratch, this.findings, this.prints.sums, () => this.summedRows());
  }

  private print(table: ScannedTable, row: object, times: 1 | -1 = 1): void {
    this.prints.add(table, wantedText(table, row), times);
  }

  private knowPerson(id: string): void {
    if (!this.persons.has(id)) this.persons.set(id, 1);
  }

  /** The rows that no entry gives by itself, but all entries together. */
  private *summedRows(): Generator<ProjectedRow> {
    const { accounts, totals, tallies } = this;
    const summed: [ScannedTable, ScratchMap<object>][] = [
      ["accounts", accounts],
      ["serviceTotals", totals.totals],
      ["tallies", tallies.tallies],
      ["tallyPeople", tallies.people],
    ];
    for (const [table, rows] of summed)
      for (const [, values] of rows.entries()) {
        const row: Row = { ...values };
        if (!isNothing(table, wantedText(table, row))) yield { table, row };
      }
  }

  private guarded<T>(where: string, work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof BrokenInvariant)) throw error;
      this.findings.found("BOOKS", where, error.message);
      return undefined;
    }
  }
}
