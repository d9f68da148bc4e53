import type { Counts, Tally } from "../domain/activities/tallies";
import type { Fact } from "../domain/facts";
import type { Transfer } from "../domain/facts/ledger";
import type { ServiceTotals } from "../domain/hours/totals";
import type { Instant } from "../domain/kit/calendar";
import type { Soon } from "../domain/kit/soon";
import type { EntryLine, NewTransfer } from "../domain/ledger/transfers";
import type { Tried } from "../domain/people/tries";
import type { Health } from "./health";
import type { Flaw } from "./inspection";
import type { Head } from "./memory";
import type { ActivityView, HeldPlaces } from "./port/activities";
import type { ClocksView } from "./port/clocks";
import type { CreditView } from "./port/credit-records";
import type { HoursView } from "./port/hours";
import type { IndicatorsView } from "./port/indicators";
import type { BankMark, KeyStore, Sealed, SearchTerm, StoredCommand } from "./port/kept";
import type { LedgerView } from "./port/ledger";
import type { OrdersView } from "./port/orders";
import type { OrganizationsView } from "./port/organizations";
import type { PeopleView } from "./port/people";
import type { ProxiesView } from "./port/proxies";
import type { RatingsView } from "./port/ratings";
import type { OperationalTable, ScannedRow, ScannedTable } from "./port/scans";
import type { Scratch } from "./port/scratch";
import type { SpotChecksView } from "./port/spot-checks";
import type { StarsView } from "./port/stars";
import type { RowText } from "./port/texts";
import type { VillagesView } from "./port/village-points";
import type { VisitsView } from "./port/visits";
import type { WorkersView } from "./port/workers";

/** What can be asked. Lists in, maps or lists out, so that loaders can batch. Nothing here names a driver. */
export interface View
  extends LedgerView,
    PeopleView,
    OrganizationsView,
    WorkersView,
    VillagesView,
    VisitsView,
    CreditView,
    IndicatorsView,
    SpotChecksView,
    RatingsView,
    ClocksView,
    HoursView,
    OrdersView,
    ProxiesView,
    StarsView,
    ActivityView {
  head(): Soon<Head>;
  /** A position of the journal up to which everything counts that is read from now on. Within a request it is not looked for anew. */
  asOf(): Soon<Head>;
  /** The first entries from a position on, that of the position itself included, without their bytes. */
  entriesFrom(seq: number, first: number): Soon<(Head & { kind: string })[]>;
  journalAfter(
    seq: number,
    limit: number,
  ): Soon<{ seq: number; body: Buffer; leaf: Buffer; recordedAt: number; kind: string }[]>;
  /** recordedAt in microseconds of each journal position. */
  recordedAt(seqs: readonly number[]): Soon<Map<number, number>>;
  /** The last position recorded at or before this instant (microseconds), or -1. */
  seqAt(recordedAt: number): Soon<number>;
  /** The answer that was given under a key. */
  command(actor: string, key: string): Soon<StoredCommand | undefined>;
  /** Null before the bank was tied to its keys. */
  bankMark(): Soon<BankMark | null>;
  /** Which of these sessions were signed out of. */
  endedAmong(sessions: readonly string[]): Soon<ReadonlySet<string>>;
  /**
   * The rows of a table that have one of these values in a column, by their keys; of a column that is a list, those that
   * list one. For columns without an index the whole table is read. `most` bounds the rows for each few hundred values.
   */
  rowsOf<T extends ScannedTable | OperationalTable>(
    table: T,
    column: string,
    values: readonly (string | number)[],
    most?: number,
  ): Soon<ScannedRow<T>[]>;
  /** Every row of a table in the order of its key: for the audit and for exports. */
  scan<T extends ScannedTable | OperationalTable>(table: T): AsyncIterable<ScannedRow<T>>;
  /** The same, some hundred rows at a time. */
  pages<T extends ScannedTable | OperationalTable>(table: T): AsyncIterable<readonly ScannedRow<T>[]>;
  /** Every row as one text, in the order of the keys, some hundred rows at a time. */
  texts(table: ScannedTable): AsyncIterable<readonly RowText[]>;
  /** Room for what a long reading has to remember. The caller closes it. */
  scratch(): Promise<Scratch>;
}

/** A writer's transaction: reads see its own writes; appended facts become journal entry and projection together. */
export interface Tx extends View {
  /** The instant the rules go by, the same for the whole transaction. */
  readonly now: Instant;
  /** Where `before` says how the fact's thing stood, the entry leaves out what stays so. */
  append(actor: string, fact: Fact, before?: object): Promise<number>;
  /** Posts one transfer; the database moves the balances, or refuses by code. */
  post(actor: string, transfer: NewTransfer): Promise<Transfer>;
  /**
   * Posts what no balance stands against, so that no refusal has to be waited for: it is written with the rows that wait, and where
   * the database refuses it nevertheless, the work is refused. Answers its position.
   */
  postDue(actor: string, transfer: NewTransfer): number;
  setTotals(totals: ServiceTotals): Promise<void>;
  /** Adds to a tally, whose row comes into being with it. */
  count(tally: Pick<Tally, "subject" | "dimension" | "key">, change: Partial<Counts>): Promise<void>;
  setPlacesHeld(place: HeldPlaces, places: number): Promise<void>;
  markNoticesRead(personId: string, noticeIds: readonly string[]): Promise<void>;
  /** Writes the row, and deletes the rows whose last try and last pause are earlier than `keptSince`. */
  setTried(key: string, tried: Tried, keptSince: Instant): Promise<void>;
  /** Keeps a sealed row with the entry that names it first, which commits to it. */
  seal(row: Sealed, commitment: Buffer): void;
  /** Puts a sealed row under another person's key, in its place. */
  reseal(actor: string, row: Sealed, commitment: Buffer): Promise<void>;
  addSearchTerms(personId: string, terms: readonly SearchTerm[]): Promise<void>;
  /** In the place of all that were kept of that kind. */
  replaceSearchTerms(personId: string, kind: string, hashes: readonly string[]): Promise<void>;
  /** Of every kind: a person who is forgotten is found by nothing. */
  dropSearchTerms(personId: string): Promise<void>;
  /** Keeps the times of a caller's wrong codes, and forgets callers whose last one was before `forgetBefore`. */
  keepWrongCodes(who: string, times: readonly Instant[], forgetBefore: Instant): Promise<void>;
  saveCommand(actor: string, key: string, command: StoredCommand): Promise<void>;
  setBankMark(mark: BankMark): Promise<void>;
  /** Notes how often the keys had changed when this was sealed: a copy of the keys with fewer changes is an older one. */
  noteKeyChanges(changes: number): Promise<void>;
  /** Notes that a session was signed out of, and forgets those whose tokens have expired by now. */
  endSession(session: string, expiresAt: Instant): Promise<void>;
}

/**
 * The port. `write` queues behind the bank's one writer: each work is taken back alone where it is refused, and a group of
 * works has one durable commit; it resolves after that commit. Inside a work await only the transaction. A work may be told again
 * after a conflict, so nothing may leave it before it resolves.
 */
export interface Store {
  write<T>(work: (tx: Tx) => Soon<T>): Promise<T>;
  /** Runs a work in full and takes it back: for dry runs. */
  rehearse<T>(work: (tx: Tx) => Soon<T>): Promise<T>;
  read<T>(work: (view: View) => Soon<T>): Promise<T>;
  readonly view: View;
  /**
   * Looks at what was written since, by whichever process, so that what is remembered of divisions, organisations, policies,
   * grants and people is as it is now. A request does this when it begins. Answers with the journal's head.
   */
  refresh(): Soon<Head>;
  /** Reads of one moment, however long they take: for the audit and for exports. */
  snapshot<T>(work: (view: View) => Promise<T>): Promise<T>;
  /** What on the disk is not as the migrations made it, and where an index or a page does not hold what it should. */
  inspect(): AsyncIterable<Flaw>;
  readonly keys: KeyStore;
  /**
   * Takes off the disk what was deleted, as far as the engine can: SQLite's write-ahead logs are folded back and emptied,
   * PostgreSQL vacuums. What another process's reader holds up is left for the next call.
   */
  sweep(): Promise<void>;
  /** Whether this process's writer stopped at a broken invariant; nothing is written until a restart. */
  readonly halted: boolean;
  /** Called once when the writer stops, with the broken invariant. */
  onHalt(listener: (cause: unknown) => void): void;
  /** Whether the database answers, and since when it does not. */
  readonly health: Health;
  /** Called after commits, ours or another process's, with the journal's head. */
  follow(listener: (headSeq: number) => void): () => void;
  close(): Promise<void>;
}

export type * from "./port/activities";
export type * from "./port/clocks";
export type * from "./port/credit-records";
export type * from "./port/hours";
export type * from "./port/indicators";
export type * from "./port/kept";
export type * from "./port/ledger";
export type * from "./port/orders";
export type * from "./port/organizations";
export type * from "./port/page";
export type * from "./port/people";
export type * from "./port/proxies";
export type * from "./port/ratings";
export {
  keyOrder,
  type OperationalTable,
  operationalOrder,
  type ScannedRow,
  type ScannedTable,
  scanOrder,
} from "./port/scans";
export { type Scratch, type ScratchForm, ScratchFull, type ScratchMap } from "./port/scratch";
export type * from "./port/spot-checks";
export type * from "./port/stars";
export { type RowText, spelled, textOfRow, textOrder } from "./port/texts";
export type * from "./port/village-points";
export type * from "./port/visits";
export type * from "./port/workers";
export type { EntryLine };
