import { noCounts } from "../../domain/activities/tallies";
import { projectionOf, subjectOf, targets } from "../../domain/facts/projections";
import { countedStates, type RecordOrigin, type RecordState } from "../../domain/hours";
import { noTotals, type ServiceTotals, totalOf } from "../../domain/hours/totals";
import { BrokenInvariant } from "../../domain/kit/invariant";
import type { Minutes } from "../../domain/kit/minutes";
import { Books } from "../../domain/ledger/books";
import { decode, encode, type JournalEntry, leafHash } from "../../domain/ledger/journal";
import type { Transfer } from "../../domain/ledger/transfers";
import { type ScannedTable, scanOrder, type View } from "../../storage/store";
import type { BankOptions } from "../bank";
import { commitment, Vault } from "../bank/vault";
import { Claims } from "./claims";
import { Follower } from "./follow";
import { auditKept } from "./kept";
import { auditKeys } from "./keys";
import type { Said } from "./said";
import { talliesOf } from "./tallies";

/** One thing that is not as the journal says. Names tables, keys and columns, never what stands in them. */
export interface Finding {
  check: "JOURNAL" | "PROJECTION" | "BOOKS" | "STEP" | "RECORD" | "POINTS" | "SEALED" | "KEPT" | "KEYS" | "DISK";
  where: string;
  what: string;
}
export interface AuditReport {
  ok: boolean;
  entries: number;
  headSeq: number;
  circulationMinutes: Minutes;
  /** Rows compared, by table. */
  rows: Record<string, number>;
  findings: Finding[];
  /** How many more there were than are listed. */
  unlisted: number;
}

const listed = 100;
const page = 1000;
type Row = Record<string, unknown>;

/**
 * Replays the journal from its first byte and compares every column of every projection with what the bank shows. The
 * replay shares only the projection table with the writer: balances, lines and totals come from the books, which are
 * other code than the database's triggers. Holds what it replays in memory: about 1 KB for each entry.
 */
export async function audit(
  view: View,
  origin: string,
  progress: (text: string) => void = () => undefined,
  replay = new Replay(origin),
): Promise<AuditReport> {
  const head = await view.head();
  for (let seq = -1; seq < head.seq; ) {
    const rows = await view.journalAfter(seq, page);
    if (rows.length === 0) break;
    for (const row of rows) replay.entry(row);
    seq = rows.at(-1)?.seq ?? head.seq;
    progress(`${seq + 1} of ${head.seq + 1} entries`);
  }
  replay.close();
  for (const table of Object.keys(scanOrder) as ScannedTable[]) {
    progress(`comparing ${table}`);
    await replay.compare(table, view.scan(table));
  }
  return replay.report(head.seq);
}

/**
 * The whole bank: the disk under it with its schema, indexes and pages; then journal and tables, and the keys. A schema that
 * is not as the migrations made it may not be read at all: then that is what is found.
 */
export async function auditBank(
  { store, origin, entropy, secret }: Pick<BankOptions, "store" | "origin" | "entropy" | "secret">,
  progress?: (text: string) => void,
): Promise<AuditReport> {
  const replay = new Replay(origin);
  const vault = new Vault(store, entropy, secret);
  progress?.("inspecting schema and indexes");
  for await (const { where, what } of store.inspect()) replay.found("DISK", where, what);
  try {
    return await store.snapshot(async (view) => {
      await audit(view, origin, progress, replay);
      progress?.("comparing answers and search terms");
      const kept = await auditKept(view, vault, replay);
      for (const { where, what } of kept.findings) replay.found("KEPT", where, what);
      progress?.("comparing records with what is sealed of them");
      for (const { where, what } of await replay.said.check(view, vault)) replay.found("RECORD", where, what);
      const report = replay.report((await view.head()).seq);
      return withKeys({ ...report, rows: { ...report.rows, ...kept.rows } }, await auditKeys(view, vault, progress));
    });
  } catch (error) {
    if (replay.report(-1).ok) throw error;
    replay.found("DISK", "the bank", "cannot be read to its end");
    return replay.report(-1);
  }
}

/** Each person without a key is named: that many at most, for people to read. */
const keysListed = 1000;

/** The report with what the keys add to it. */
function withKeys(report: AuditReport, { keys, findings }: Awaited<ReturnType<typeof auditKeys>>): AuditReport {
  const added = findings.map(({ where, what }) => ({ check: "KEYS" as const, where, what }));
  const room = Math.max(0, keysListed - report.findings.length);
  return {
    ...report,
    ok: report.ok && findings.length === 0,
    rows: { ...report.rows, keys },
    findings: [...report.findings, ...added.slice(0, room)],
    unlisted: report.unlisted + Math.max(0, added.length - room),
  };
}

/** The journal entry by entry, and then the tables; all that is found on the way. */
export class Replay {
  private readonly books = new Books();
  private readonly follower = new Follower();
  private readonly claims = new Claims(this.books, this.follower);
  private readonly expected = Object.fromEntries(
    Object.keys(scanOrder).map((table) => [table, new Map<string, Row>()]),
  ) as Record<ScannedTable, Map<string, Row>>;
  private readonly transfers: Transfer[] = [];
  private readonly commitments = new Map<string, Uint8Array>();
  private readonly recordOwner = new Map<string, string>();
  private readonly rows: Record<string, number> = {};
  private readonly findings: Finding[] = [];
  private unlisted = 0;
  private readonly persons = new Set(["system"]);
  private last = { seq: -1, recordedAt: 0 };

  constructor(private readonly origin: string) {}

  entry(row: { seq: number; body: Buffer; leaf: Buffer; recordedAt: number; kind: string; subject: string }): void {
    const where = `journal ${row.seq}`;
    this.rows.journal = (this.rows.journal ?? 0) + 1;
    if (row.seq !== this.last.seq + 1) this.found("JOURNAL", where, `follows ${this.last.seq}`);
    if (row.recordedAt <= this.last.recordedAt) this.found("JOURNAL", where, "recorded no later than the entry before");
    this.last = row;
    if (!leafHash(row.body).equals(row.leaf)) this.found("JOURNAL", where, "leaf is not the hash of body");
    let entry: JournalEntry;
    try {
      entry = decode(row.body);
    } catch {
      this.found("JOURNAL", where, "body cannot be read");
      return;
    }
    const { fact, ...stamp } = entry;
    const said = [entry.seq, entry.recordedAt, fact.type, subjectOf(fact), entry.origin];
    const shown = [row.seq, row.recordedAt, row.kind, row.subject, this.origin];
    for (const [i, name] of ["seq", "recordedAt", "kind", "subject", "origin"].entries())
      if (said[i] !== shown[i]) this.found("JOURNAL", where, `${name} differs from body`);
    if (!encode(stamp, fact).equals(row.body)) this.found("JOURNAL", where, "body is not in canonical form");
    try {
      this.fold(entry, where);
    } catch {
      // The fold asks nothing of the outside: what it cannot follow are values that no service writes.
      this.found("JOURNAL", where, "body holds values that cannot be followed");
    }
  }

  private fold(entry: JournalEntry, where: string): void {
    const { fact, seq } = entry;
    this.persons.add(entry.actor);
    if ("personId" in fact && fact.personId !== null) this.persons.add(fact.personId);
    const { follower, claims } = this;
    const record = fact.type === "RECORD_STEP" ? follower.last("RECORD_STEP", fact.id) : null;
    const points = fact.type === "VILLAGE_POINTS_SET" ? follower.last("VILLAGE_POINTS_SET", fact.id) : null;
    for (const what of follower.follow(entry, where)) this.found("STEP", where, what);
    if (fact.type === "RECORD_STEP") {
      this.recordOwner.set(fact.id, fact.volunteerId);
      claims.record(fact, record, entry.at);
    } else if (fact.type === "POLICY_SET") claims.policy(fact);
    else if (fact.type === "PEOPLE_MERGED") claims.merged(fact);
    else if (fact.type === "MERGING_ENDED") claims.parted(fact);
    else if (fact.type === "HOUSEHOLD_QUARTER_SET") claims.quarter(fact);
    else if (fact.type === "VILLAGE_POINTS_SET") claims.points(fact, points);
    for (const { table, row } of projectionOf(entry)) {
      const rows = this.expected[table];
      const key = keyOf(table, row);
      const before = rows.get(key);
      const { kept } = targets[table];
      rows.set(key, kept && before ? { ...row, [kept]: before[kept] } : row);
    }
    if (fact.type === "ACCOUNT_OPENED") {
      const { type: _, ...terms } = fact;
      this.guarded(where, () => this.books.open(terms as Parameters<Books["open"]>[0], seq));
    } else if (fact.type === "SEALED_ANEW") {
      this.commitments.set(fact.id, fact.commitment);
      this.expected.sealed.set(fact.id, { ...this.expected.sealed.get(fact.id), personId: fact.personId });
    } else if (fact.type === "SEALED") {
      this.commitments.set(fact.id, fact.commitment);
      this.expected.sealed.set(fact.id, { id: fact.id, personId: fact.personId, seq });
    } else if (fact.type === "TRANSFER") {
      const { type: _, ...facts } = fact;
      const transfer: Transfer = { ...facts, seq };
      this.transfers.push(transfer);
      this.guarded(where, () => {
        for (const line of this.books.enter(transfer))
          this.expected.entries.set(keyOf("entries", { ...line }), { ...line });
      });
      claims.transfer(transfer);
    }
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
    for (const [id, account] of this.books.accounts) this.expected.accounts.set(id, { ...account });
    for (const totals of this.totals().values()) this.expected.serviceTotals.set(totals.volunteerId, { ...totals });
    for (const { where, what } of this.follower.close()) this.found("STEP", where, what);
    for (const { check, where, what } of this.claims.close()) this.found(check, where, what);
    const { activities, signUps, attendances, serviceRecords } = this.expected;
    const poolId = [...this.books.accounts.values()].find((account) => account.kind === "PUBLIC_POOL")?.id;
    const { tallies, people } = talliesOf({
      activities,
      signUps,
      attendances,
      serviceRecords,
      transfers: this.transfers,
      poolId,
    });
    for (const row of tallies) this.expected.tallies.set(keyOf("tallies", row), row);
    for (const row of people) this.expected.tallyPeople.set(keyOf("tallyPeople", row), row);
  }

  /** Served and creditable minutes from the counted records; credited ones from what issuance gave and took for them. */
  private totals(): Map<string, ServiceTotals> {
    const all = new Map<string, ServiceTotals>();
    const of = (volunteerId: string) => {
      const totals = all.get(volunteerId) ?? noTotals(volunteerId);
      all.set(volunteerId, totals);
      return totals;
    };
    for (const record of this.expected.serviceRecords.values()) {
      if (!countedStates.includes(record.state as RecordState)) continue;
      const totals = of(record.volunteerId as string);
      totals[totalOf[record.origin as RecordOrigin]] += record.serviceMinutes as number;
      totals.creditable += (record.creditableMinutes as number | null) ?? 0;
    }
    for (const { recordId, debit, credit, minutes, phase, kind } of this.transfers) {
      const rounded = recordId === null && kind === "ROUNDING" ? this.merged(debit, credit) : undefined;
      const owner = recordId === null ? rounded : this.recordOwner.get(recordId);
      if (owner === undefined || (phase !== "POSTED" && phase !== "REVERSAL")) continue;
      if (this.books.accounts.get(debit)?.kind === "ISSUANCE") of(owner).credited += minutes;
      if (this.books.accounts.get(credit)?.kind === "ISSUANCE") of(owner).credited -= minutes;
    }
    return all;
  }

  /** Whose rounding it was when two registrations became one: the registration's that stands for the account's today. */
  private merged(...accountIds: string[]): string | undefined {
    const accounts = accountIds.map((id) => this.books.accounts.get(id));
    let owner = accounts.find((account) => account?.kind === "VOLUNTEER" || account?.kind === "GROUP")?.owner;
    const kept = new Map(
      [...this.expected.mergedPersons.values()].flatMap((row) =>
        row.endedAt === null ? [[row.volunteerId, row.keptVolunteerId] as const] : [],
      ),
    );
    while (kept.has(owner) && owner !== null) owner = kept.get(owner) as string;
    return owner ?? undefined;
  }

  async compare(table: ScannedTable, rows: AsyncIterable<Row>): Promise<void> {
    const seen = new Set<string>();
    try {
      for await (const row of rows) this.compareRow(table, row, seen);
    } catch (error) {
      // Only what a driver cannot even read, such as broken JSON; a lost connection is no finding.
      if (!(error instanceof SyntaxError)) throw error;
      this.found("PROJECTION", table, "holds a value that cannot be read");
      return;
    }
    for (const key of this.expected[table].keys())
      if (!seen.has(key)) this.found(table === "sealed" ? "SEALED" : "PROJECTION", `${table} ${key}`, "is missing");
  }

  private compareRow(table: ScannedTable, row: Row, seen: Set<string>): void {
    const key = keyOf(table, row);
    const where = `${table} ${key}`;
    seen.add(key);
    this.rows[table] = (this.rows[table] ?? 0) + 1;
    // A sum that came back to nothing leaves its row behind.
    const wanted: Row | undefined = this.expected[table].get(key) ?? emptied(table, row);
    if (!wanted) {
      this.found("PROJECTION", where, "no entry of the journal put it there");
      return;
    }
    if (table === "sealed") this.sealed(row, where);
    // Of a sealed row the entry tells whose it is; what it holds was committed to by hash.
    const columns = table === "sealed" ? Object.keys(wanted) : new Set([...Object.keys(wanted), ...Object.keys(row)]);
    for (const column of columns)
      if (canonical(row[column]) !== canonical(wanted[column])) this.found("PROJECTION", where, `${column} differs`);
  }

  private sealed(row: Row, where: string): void {
    const promised = this.commitments.get(row.id as string);
    if (promised && !commitment(row.salt as Buffer, row.ciphertext as Buffer).equals(promised))
      this.found("SEALED", where, "is not what the journal committed to");
  }

  private guarded(where: string, work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!(error instanceof BrokenInvariant)) throw error;
      this.found("BOOKS", where, error.message);
    }
  }

  found(check: Finding["check"], where: string, what: string): void {
    if (this.findings.length < listed) this.findings.push({ check, where, what });
    else this.unlisted += 1;
  }

  report(headSeq: number): AuditReport {
    return {
      ok: this.findings.length === 0,
      entries: this.rows.journal ?? 0,
      headSeq,
      circulationMinutes: this.books.circulationMinutes(),
      rows: this.rows,
      findings: this.findings,
      unlisted: this.unlisted,
    };
  }
}

function emptied(table: ScannedTable, row: Row): Row | undefined {
  if (table === "serviceTotals") return { ...noTotals(row.volunteerId as string) };
  if (table === "tallies") return { ...noCounts, subject: row.subject, dimension: row.dimension, key: row.key };
  return table === "tallyPeople" ? { ...row, places: 0 } : undefined;
}

function keyOf(table: ScannedTable, row: Row): string {
  return scanOrder[table].map((column) => String(row[column])).join(" ");
}

/** One spelling of a column's value, for comparing: absent and null alike, objects by sorted names. */
function canonical(value: unknown): string {
  return JSON.stringify(value ?? null, (_, inner: unknown) =>
    inner !== null && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
