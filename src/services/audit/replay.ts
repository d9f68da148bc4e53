import { noCounts } from "../../domain/activities/tallies";
import type { FactOf } from "../../domain/facts";
import type { RecordOrigin, RecordState } from "../../domain/facts/hours";
import type { Transfer } from "../../domain/facts/ledger";
import { type ProjectedTable, projectionOf, subjectOf, targets } from "../../domain/facts/projections";
import { countedStates } from "../../domain/hours";
import { noTotals, type ServiceTotals, totalOf } from "../../domain/hours/totals";
import { BrokenInvariant } from "../../domain/kit/invariant";
import { type BookAccount, Books, type Ends, type Shelf } from "../../domain/ledger/books";
import { decode, encode, type JournalEntry, leafHash } from "../../domain/ledger/journal";
import { type ScannedTable, type Scratch, ScratchFull, type ScratchMap, scanOrder } from "../../storage/store";
import { commitment } from "../bank/vault";
import { Claims } from "./claims";
import type { Findings } from "./findings";
import { Follower } from "./follow";
import { firstRows, noteFirst } from "./keys";
import { Differences, type Print, Prints, type Row, spelled } from "./rows";
import { isHolding } from "./rules";
import type { Said } from "./said";
import { Tallies } from "./tallies";
import { keyOf as positionKey, Transfers } from "./transfers";

/** An entry of the journal as it is stored. */
export interface JournalRow {
  seq: number;
  body: Buffer;
  leaf: Buffer;
  recordedAt: number;
  kind: string;
  subject: string;
}
/** The last print of a row that may be replaced, and the column that keeps its first value. */
interface LastRow {
  print: Print;
  kept: unknown;
}

/** The journal entry by entry, and then the tables; what is found on the way. What it remembers stands in the scratch. */
export class Replay {
  private readonly books: Books;
  private readonly transfers: Transfers;
  private readonly follower: Follower;
  private readonly claims: Claims;
  private readonly prints = new Prints();
  private readonly lastRows: ScratchMap<LastRow>;
  /** Every person who did something, or about whom something was done. */
  private readonly persons: ScratchMap<1>;
  private readonly replaced: ScratchMap<string>;
  private readonly accounts: ScratchMap<BookAccount>;
  private readonly totals: ScratchMap<ServiceTotals>;
  private tallies: Tallies | null = null;
  private poolId: string | undefined;
  private last = { seq: -1, recordedAt: 0 };

  constructor(
    private readonly origin: string,
    private readonly scratch: Scratch,
    private readonly findings: Findings,
  ) {
    this.transfers = new Transfers(scratch);
    this.accounts = scratch.map("accounts");
    this.books = new Books({ ...shelvesOf(scratch, "accounts", "ends"), transfers: this.transfers });
    this.follower = new Follower(scratch);
    const found = findings.found.bind(findings);
    this.claims = new Claims(this.books, this.transfers, this.follower, scratch, found);
    this.lastRows = scratch.map("rows");
    this.persons = scratch.map("persons");
    this.replaced = scratch.map("replaced records");
    this.totals = scratch.map("totals");
    this.persons.set("system", 1);
  }

  entry(row: JournalRow): void {
    const where = `journal ${row.seq}`;
    this.findings.count("journal");
    if (row.seq !== this.last.seq + 1) this.journal(where, `follows ${this.last.seq}`);
    if (row.recordedAt <= this.last.recordedAt) this.journal(where, "recorded no later than the entry before");
    this.last = row;
    if (!leafHash(row.body).equals(row.leaf)) this.journal(where, "leaf is not the hash of body");
    let entry: JournalEntry;
    try {
      entry = decode(row.body);
    } catch {
      this.journal(where, "body cannot be read");
      return;
    }
    const { fact, ...stamp } = entry;
    const differs = (column: string) => this.journal(where, `${column} differs from body`);
    if (entry.seq !== row.seq) differs("seq");
    if (entry.recordedAt !== row.recordedAt) differs("recordedAt");
    if (fact.type !== row.kind) differs("kind");
    if (subjectOf(fact) !== row.subject) differs("subject");
    if (fact.type === "BANK_OPENED" && fact.origin !== this.origin)
      this.journal(where, "origin is not that of the bank");
    if (!encode(stamp, fact, row.body[2]).equals(row.body)) this.journal(where, "body is not in canonical form");
    try {
      this.fold(entry, where);
    } catch (error) {
      if (error instanceof ScratchFull) throw error;
      // The fold asks nothing of the outside: what it cannot follow are values that no service writes.
      this.journal(where, "body holds values that cannot be followed");
    }
  }

  private fold(entry: JournalEntry, where: string): void {
    const { fact } = entry;
    this.knowPerson(entry.actor);
    if ("personId" in fact && fact.personId !== null) this.knowPerson(fact.personId);
    const { follower, claims } = this;
    const record = fact.type === "RECORD_STEP" ? follower.last("RECORD_STEP", fact.id) : null;
    const points = fact.type === "VILLAGE_POINTS_SET" ? follower.last("VILLAGE_POINTS_SET", fact.id) : null;
    const sealed = fact.type === "SEALED_ANEW" ? this.sealedBefore(fact.id) : null;
    for (const what of follower.follow(entry, where)) this.findings.found("STEP", where, what);
    if (fact.type === "RECORD_STEP") {
      if (fact.replacedBy !== null) this.replaced.set(fact.replacedBy, fact.id);
      claims.record(fact, record, entry.at);
    } else if (fact.type === "POLICY_SET") claims.policy(fact);
    else if (fact.type === "PEOPLE_MERGED") claims.merged(fact);
    else if (fact.type === "MERGING_ENDED") claims.parted(fact);
    else if (fact.type === "HOUSEHOLD_QUARTER_SET") claims.quarter(fact);
    else if (fact.type === "VILLAGE_POINTS_SET") claims.points(fact, points);
    else if (fact.type === "ACCOUNT_OPENED" && fact.kind === "PUBLIC_POOL") this.poolId ??= fact.id;
    for (const { table, row } of projected(entry, this.books, (work) => this.guarded(where, work)))
      if (table === "sealed") this.wantSealed(row, sealed);
      else this.want(table, row);
    const transfer = transferOf(entry);
    if (transfer) claims.transfer(transfer);
  }

  /** What the records say of sealed rows. It is checked once the keys are at hand. */
  get said(): Said {
    return this.claims.said;
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
    this.tallies = tallies;
    for (const activity of this.follower.each("ACTIVITY_STEP")) tallies.activity(activity);
    for (const signUp of this.follower.each("SIGN_UP_STEP")) tallies.signUp(signUp);
    for (const attendance of this.follower.each("ATTENDANCE_STEP")) tallies.attendance(attendance);
    for (const record of this.follower.each("RECORD_STEP")) {
      this.served(record);
      tallies.record(record);
    }
    const kept = this.registrationsKept();
    for (const { transfer, isClaimed } of this.transfers.all()) {
      if (!isClaimed) this.claims.unclaimed(transfer);
      this.credited(transfer, kept);
      tallies.transfer(transfer);
    }
    for (const table of derivedTables)
      for (const row of this.derived(table)) this.prints.want(table, keyOf(table, row), row);
  }

  /** Reads a table once, and adds up what it shows. False where it cannot be read. */
  async look(table: ScannedTable, rows: AsyncIterable<Row>): Promise<boolean> {
    const firsts = this.scratch.map<string>(firstRows);
    try {
      for await (const row of rows) {
        this.findings.count(table);
        const key = keyOf(table, row);
        // A sum that came back to nothing leaves its row behind.
        if (isEmptied(table, row) && !this.derivedAt(table, key)) continue;
        this.prints.show(table, key, shownOf(table, row));
        if (table === "sealed") noteFirst(firsts, row);
      }
      return true;
    } catch (error) {
      // Only what a driver cannot even read, such as broken JSON; a lost connection is no finding.
      if (!(error instanceof SyntaxError)) throw error;
      this.findings.found("PROJECTION", table, "holds a value that cannot be read");
      return false;
    }
  }

  differing(table: ScannedTable): ReadonlySet<number> {
    return this.prints.differing(table);
  }

  /** Names every row of these heaps that is not as the journal gives it. The journal is read once more for that. */
  async explain(
    heaps: ReadonlyMap<ScannedTable, ReadonlySet<number>>,
    journal: AsyncIterable<JournalRow>,
    scan: (table: ScannedTable) => AsyncIterable<Row>,
  ): Promise<void> {
    const differences = new Differences(this.scratch, heaps);
    const want = (table: ScannedTable, row: Row) => {
      const kept = table === "sealed" ? "seq" : keptOf(table);
      differences.want(table, keyOf(table, row), row, kept);
    };
    const again = shelvesOf(this.scratch, "accounts again", "ends again");
    const books = new Books({ ...again, transfers: shelfOf(this.scratch.map("transfers again"), positionKey) });
    for await (const { body } of journal)
      try {
        for (const { table, row } of projected(decode(body), books, quietly)) want(table, row);
      } catch (error) {
        if (error instanceof ScratchFull) throw error;
      }
    for (const table of derivedTables) for (const row of this.derived(table)) want(table, row);
    for (const table of heaps.keys()) {
      for await (const row of scan(table)) {
        const key = keyOf(table, row);
        if (differences.has(table, key)) this.compare(table, key, row, differences.show(table, key));
      }
      const check = table === "sealed" ? "SEALED" : "PROJECTION";
      for (const key of differences.missing(table)) this.findings.found(check, `${table} ${key}`, "is missing");
    }
  }

  private compare(table: ScannedTable, key: string, shown: Row, known: Row | undefined): void {
    const wanted = known ?? emptied(table, shown);
    const where = `${table} ${key}`;
    if (!wanted) {
      this.findings.found("PROJECTION", where, "no entry of the journal put it there");
      return;
    }
    const row = shownOf(table, shown);
    for (const column of new Set([...Object.keys(wanted), ...Object.keys(row)])) {
      if (spelled(row[column]) === spelled(wanted[column])) continue;
      if (table === "sealed" && column === "commitment")
        this.findings.found("SEALED", where, "is not what the journal committed to");
      else this.findings.found("PROJECTION", where, `${column} differs`);
    }
  }

  private want(table: ScannedTable, row: Row): void {
    const key = keyOf(table, row);
    // A row of one version, or of one transfer, is written once.
    if (table === "transfers" || scanOrder[table].includes("version")) {
      this.prints.want(table, key, row);
      return;
    }
    const at = `${table} ${key}`;
    const kept = keptOf(table);
    const last = this.lastRows.get(at);
    const whole = kept !== undefined && last ? { ...row, [kept]: last.kept } : row;
    if (last) this.prints.unwant(table, key, last.print);
    const print = this.prints.want(table, key, whole);
    this.lastRows.set(at, { print, kept: kept === undefined ? null : whole[kept] });
  }

  /** A sealed row goes into another's place when it is sealed anew, and keeps the position of the first. */
  private wantSealed(row: Row, before: Row | null): void {
    const key = row.id as string;
    if (before) this.prints.unwant("sealed", key, this.prints.of("sealed", before));
    this.prints.want("sealed", key, before ? { ...row, seq: before.seq } : row);
  }

  private sealedBefore(id: string): Row | null {
    const first = this.follower.last("SEALED", id) as (Row & { type: string }) | null;
    if (!first) return null;
    const last = (this.follower.last("SEALED_ANEW", id) ?? first) as unknown as Row;
    return { id, personId: last.personId, seq: first.seq, commitment: last.commitment };
  }

  private knowPerson(id: string): void {
    if (!this.persons.has(id)) this.persons.set(id, 1);
  }

  /** The rows of a table that no entry gives by itself, but all entries together. */
  private *derived(table: ScannedTable): Generator<Row> {
    if (table === "accounts") yield* this.books.accounts.values() as Iterable<Row & BookAccount>;
    const map = this.derivedMap(table);
    if (map && table !== "accounts") for (const [, row] of map.entries()) yield row;
  }
  private derivedAt(table: ScannedTable, key: string): boolean {
    return this.derivedMap(table)?.has(key) ?? false;
  }
  private derivedMap(table: ScannedTable): ScratchMap<Row> | undefined {
    const maps: Partial<Record<ScannedTable, ScratchMap<unknown>>> = {
      accounts: this.accounts,
      serviceTotals: this.totals,
      tallies: this.tallies?.tallies,
      tallyPeople: this.tallies?.people,
    };
    return maps[table] as ScratchMap<Row> | undefined;
  }

  /** Served and creditable minutes are of the counted records. */
  private served({ volunteerId, state, origin, serviceMinutes, creditableMinutes }: FactOf<"RECORD_STEP">): void {
    if (!countedStates.includes(state as RecordState)) return;
    const totals = this.totalsOf(volunteerId);
    totals[totalOf[origin as RecordOrigin]] += serviceMinutes;
    totals.creditable += creditableMinutes ?? 0;
    this.totals.set(volunteerId, totals);
  }

  /** Credited minutes are what issuance gave for the records, and took. */
  private credited({ recordId, debit, credit, minutes, phase, kind }: Transfer, kept: Map<string, string>): void {
    if (phase !== "POSTED" && phase !== "REVERSAL") return;
    const isOf = (id: string, wanted: string) => this.books.accounts.get(id)?.kind === wanted;
    const change = (isOf(debit, "ISSUANCE") ? minutes : 0) - (isOf(credit, "ISSUANCE") ? minutes : 0);
    const rounded = recordId === null && kind === "ROUNDING" ? this.merged([debit, credit], kept) : undefined;
    const owner = recordId === null ? rounded : this.follower.last("RECORD_STEP", recordId)?.volunteerId;
    if (owner === undefined || change === 0) return;
    const totals = this.totalsOf(owner);
    this.totals.set(owner, { ...totals, credited: totals.credited + change });
  }

  private totalsOf(volunteerId: string): ServiceTotals {
    return { ...(this.totals.get(volunteerId) ?? noTotals(volunteerId)) };
  }

  /** Into which registration each was merged, while the merging holds. */
  private registrationsKept(): Map<string, string> {
    const kept = new Map<string, string>();
    for (const merged of this.follower.each("PEOPLE_MERGED"))
      if (merged.volunteerId !== null && merged.keptVolunteerId !== null && isHolding(merged, this.follower))
        kept.set(merged.volunteerId, merged.keptVolunteerId);
    return kept;
  }

  /** Whose rounding it was when two registrations became one: the registration's that stands for the account's today. */
  private merged(accountIds: readonly string[], kept: ReadonlyMap<string, string>): string | undefined {
    const accounts = accountIds.map((id) => this.books.accounts.get(id));
    const account = accounts.find((one) => one?.kind === "VOLUNTEER" || one?.kind === "GROUP");
    let owner = account?.owner ?? undefined;
    for (let next = owner && kept.get(owner); next !== undefined; next = kept.get(next)) owner = next;
    return owner;
  }

  private guarded(where: string, work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!(error instanceof BrokenInvariant)) throw error;
      this.findings.found("BOOKS", where, error.message);
    }
  }

  private journal(where: string, what: string): void {
    this.findings.found("JOURNAL", where, what);
  }
}

/** The tables whose rows follow from all entries together. The rows of accounts are those of the books. */
const derivedTables = ["accounts", "serviceTotals", "tallies", "tallyPeople"] as const satisfies ScannedTable[];

/**
 * The rows that an entry gives. Balances and lines come from the books, which are other code than the database's triggers; all
 * else comes from the projection that the writer uses, too.
 */
function* projected(
  entry: JournalEntry,
  books: Books,
  guarded: (work: () => void) => void,
): Generator<{ table: ScannedTable; row: Row }> {
  const { fact, seq } = entry;
  for (const { table, row } of projectionOf(entry)) if (table !== "accounts") yield { table, row };
  if (fact.type === "ACCOUNT_OPENED") {
    const { type: _, ...terms } = fact;
    guarded(() => books.open(terms as Parameters<Books["open"]>[0], seq));
  } else if (fact.type === "SEALED" || fact.type === "SEALED_ANEW") {
    const { id, personId } = fact;
    yield { table: "sealed", row: { id, personId, seq, commitment: Buffer.from(fact.commitment).toString("hex") } };
  }
  const transfer = transferOf(entry);
  if (!transfer) return;
  const lines: Row[] = [];
  guarded(() => lines.push(...books.enter(transfer).map((line) => ({ ...line }))));
  for (const row of lines) yield { table: "entries", row };
}

function transferOf({ fact, seq }: JournalEntry): Transfer | null {
  if (fact.type !== "TRANSFER") return null;
  const { type: _, ...facts } = fact;
  return { ...facts, seq };
}

/** The column that keeps the value of the first entry about a row. */
const keptOf = (table: ScannedTable) => targets[table as ProjectedTable]?.kept ?? undefined;

const quietly = (work: () => void) => {
  try {
    work();
  } catch (error) {
    if (!(error instanceof BrokenInvariant)) throw error;
  }
};

/** What the bank shows of a row. Of a sealed row the entry tells whose it is; what it holds was committed to by a hash. */
function shownOf(table: ScannedTable, row: Row): Row {
  if (table !== "sealed") return row;
  const { id, personId, seq, salt, ciphertext } = row;
  return { id, personId, seq, commitment: commitment(salt as Buffer, ciphertext as Buffer).toString("hex") };
}

function emptied(table: ScannedTable, row: Row): Row | undefined {
  if (table === "serviceTotals") return { ...noTotals(row.volunteerId as string) };
  if (table === "tallies") return { ...noCounts, subject: row.subject, dimension: row.dimension, key: row.key };
  return table === "tallyPeople" ? { ...row, places: 0 } : undefined;
}

function isEmptied(table: ScannedTable, row: Row): boolean {
  const empty = emptied(table, row);
  return empty !== undefined && Object.keys(row).every((column) => spelled(row[column]) === spelled(empty[column]));
}

function keyOf(table: ScannedTable, row: Row): string {
  const columns = scanOrder[table];
  return columns.length === 1 ? String(row[columns[0] as string]) : columns.map((name) => String(row[name])).join(" ");
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
