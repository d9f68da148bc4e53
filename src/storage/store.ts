import type { Grant } from "../domain/actors";
import type { Day, Instant } from "../domain/calendar";
import type { RecordOrigin, RecordState, RecordStep, ServiceRecord } from "../domain/hours";
import type { Account, AccountKind } from "../domain/ledger/accounts";
import type { Fact, JournalEntry } from "../domain/ledger/journal";
import type { EntryLine, NewTransfer, Transfer } from "../domain/ledger/transfers";
import type { Minutes } from "../domain/minutes";
import type { Division, Organization, OrganizationKind } from "../domain/organizations";
import type { PolicyVersion } from "../domain/policies";
import type { ServiceTotals } from "../domain/totals";
import type { Volunteer, VolunteerState } from "../domain/volunteers";

/** A page of a list by position: `after` is the last position already seen, in the order the list is given. */
export interface Page {
  first: number;
  after: string[] | null;
}

export interface RecordFilter {
  organizationId?: string;
  volunteerId?: string;
  state?: readonly RecordState[];
  origin?: readonly RecordOrigin[];
  /** Only those overdue as of this day, or only those not. */
  overdue?: { on: Day; is: boolean };
  divisionCodes?: readonly string[];
  /** Only records of these places. */
  within?: Places;
}
/** Organisations by id, and all organisations of these divisions. */
export interface Places {
  organizationIds: readonly string[];
  divisionCodes: readonly string[];
}
export type RecordOrder = "DEADLINE" | "STARTED_AT" | "RECORDED_AT";
export type StoredRecord = ServiceRecord & { openedSeq: number };

/** With the journal position of its last step. */
export type StoredVolunteer = Volunteer & { seq: number };

export interface Sealed {
  id: string;
  personId: string;
  salt: Buffer;
  ciphertext: Buffer;
}

export interface StoredCommand {
  requestHash: string;
  outcome: unknown;
}

export interface MonthLine {
  serviceType: string;
  records: number;
  serviceMinutes: Minutes;
  creditedMinutes: Minutes;
  onTime: number;
}

/** Tables that can be read through, with the columns of their keys. */
export const scanOrder = {
  accounts: ["id"],
  transfers: ["seq"],
  entries: ["account", "version"],
  policies: ["id"],
  divisions: ["code"],
  organizations: ["id"],
  volunteers: ["id"],
  grants: ["id"],
  identities: ["hash"],
  serviceRecords: ["id"],
  recordSteps: ["recordId", "version"],
  serviceTotals: ["volunteerId"],
  sealed: ["id"],
} as const;
export type ScannedTable = keyof typeof scanOrder;

/** What can be asked. Lists in, maps or lists out, so that loaders can batch. Nothing here names a driver. */
export interface View {
  head(): Promise<{ seq: number; recordedAt: number }>;
  journalAfter(
    seq: number,
    limit: number,
  ): Promise<{ seq: number; body: Buffer; leaf: Buffer; recordedAt: number; kind: string; subject: string }[]>;
  /** recordedAt in microseconds of each journal position. */
  recordedAt(seqs: readonly number[]): Promise<Map<number, number>>;
  /** The last position recorded at or before this instant (microseconds), or -1. */
  seqAt(recordedAt: number): Promise<number>;

  accounts(ids: readonly string[]): Promise<Map<string, Account>>;
  accountOfOwner(owner: string): Promise<Account | undefined>;
  bankAccount(kind: AccountKind): Promise<Account | undefined>;
  accountList(
    /** `owing`: less is free than may be. `organizationId`: whose volunteer it vouched for, or has a confirmed record of. */
    filter: { kinds?: readonly AccountKind[]; owing?: boolean; organizationId?: string },
    page: Page,
  ): Promise<Account[]>;
  accountTotals(): Promise<{ kind: AccountKind; debits: Minutes; credits: Minutes }[]>;
  transfers(seqs: readonly number[]): Promise<Map<number, Transfer>>;
  transfersOfRecords(recordIds: readonly string[]): Promise<Map<string, Transfer[]>>;
  /** For each transfer that was reversed, the seq of its reversal. */
  reversalsOf(seqs: readonly number[]): Promise<Map<number, number>>;
  holdEnd(holdSeq: number): Promise<Transfer | undefined>;
  holdsExpiring(now: Instant, limit: number): Promise<Transfer[]>;
  /** Lines of one account by version, ascending, within seq bounds (both inclusive). */
  entriesRecorded(
    account: string,
    bounds: { fromSeq: number; toSeq: number },
    page: { first: number; afterVersion: number | null },
  ): Promise<EntryLine[]>;
  entriesEffective(
    account: string,
    bounds: { from: Day; to: Day },
    page: { first: number; after: { effectiveOn: Day; seq: number } | null },
  ): Promise<EntryLine[]>;
  entryAtSeq(account: string, seq: number): Promise<EntryLine | undefined>;
  /** Sum of line minutes, held and pendingIn with effectiveOn ≤ day and seq ≤ seq; `before` leaves out the day's lines from that position on. */
  sumEffective(
    account: string,
    until: { effectiveOn: Day; seq: number; inclusive: boolean; maxSeq: number },
  ): Promise<{ minutes: Minutes; held: Minutes; pendingIn: Minutes }>;
  lastEntry(account: string, maxSeq: number): Promise<EntryLine | undefined>;
  entriesOfAccountAfter(account: string, seq: number, limit: number): Promise<EntryLine[]>;

  policies(): Promise<PolicyVersion[]>;
  policyList(filter: { keys?: readonly string[] }, page: Page): Promise<PolicyVersion[]>;
  divisions(): Promise<Division[]>;

  organizations(ids: readonly string[]): Promise<Map<string, Organization>>;
  organizationBySlug(slug: string): Promise<Organization | undefined>;
  organizationByUscc(uscc: string): Promise<Organization | undefined>;
  organizationList(
    filter: { slug?: string; text?: string; kinds?: readonly OrganizationKind[]; divisionCodes?: readonly string[] },
    page: Page,
  ): Promise<Organization[]>;
  organizationCount(filter: {
    slug?: string;
    text?: string;
    kinds?: readonly OrganizationKind[];
    divisionCodes?: readonly string[];
  }): Promise<number>;

  volunteers(ids: readonly string[]): Promise<Map<string, StoredVolunteer>>;
  volunteerByNo(no: string): Promise<Volunteer | undefined>;
  volunteersByNo(nos: readonly string[]): Promise<Map<string, Volunteer>>;
  volunteerOfPerson(personId: string): Promise<Volunteer | undefined>;
  volunteerList(
    filter: {
      no?: string;
      states?: readonly VolunteerState[];
      divisionCodes?: readonly string[];
      personIds?: readonly string[];
      /** Hashes of search terms of this kind, all of which the person has. */
      terms?: { kind: string; hashes: readonly string[] };
      /** Of these divisions, vouched for by these organisations, or with a record of theirs in one of these states. */
      served?: Places & { states: readonly RecordState[] };
    },
    page: Page,
  ): Promise<Volunteer[]>;
  totals(volunteerIds: readonly string[]): Promise<Map<string, ServiceTotals>>;

  grants(ids: readonly string[]): Promise<Map<string, Grant>>;
  grantsOfPersons(personIds: readonly string[]): Promise<Map<string, Grant[]>>;
  grantsOfOrganization(organizationId: string): Promise<Grant[]>;
  grantsByRole(role: string): Promise<Grant[]>;
  personOfIdentity(hash: string): Promise<string | undefined>;
  personsByTerm(kind: string, hashes: readonly string[]): Promise<string[]>;
  sealed(ids: readonly string[]): Promise<Map<string, Sealed>>;

  records(ids: readonly string[]): Promise<Map<string, StoredRecord>>;
  /** For each record that replaced another, the other, by the replacement's id. */
  recordsReplacedBy(ids: readonly string[]): Promise<Map<string, StoredRecord>>;
  recordsByRef(organizationId: string, refs: readonly string[]): Promise<Map<string, StoredRecord>>;
  /** Live records of these volunteers that touch the span. */
  liveRecords(volunteerIds: readonly string[], from: Instant, to: Instant): Promise<StoredRecord[]>;
  /** The volunteer's POSTED and DISPUTED records in the order they were posted. */
  countedRecords(volunteerId: string): Promise<{ id: string; endedAt: Instant; creditableMinutes: Minutes }[]>;
  recordList(filter: RecordFilter, order: RecordOrder, page: Page): Promise<StoredRecord[]>;
  recordSteps(ids: readonly string[]): Promise<Map<string, RecordStep[]>>;
  monthLines(organizationId: string, from: Instant, to: Instant): Promise<{ lines: MonthLine[]; volunteers: number }>;
  /** Which organisations hold records of the volunteer, and in which states. */
  servedAt(volunteerId: string): Promise<{ organizationId: string; state: RecordState }[]>;

  command(actor: string, key: string): Promise<StoredCommand | undefined>;
  /** Every row of a table in the order of its key, a thousand at a time: for the audit and for exports. */
  scan(table: ScannedTable): AsyncIterable<Record<string, unknown>>;
}

/** A writer's transaction: reads see its own writes; appended facts become journal entry and projection together. */
export interface Tx extends View {
  /** The instant the rules go by, the same for the whole transaction. */
  readonly now: Instant;
  append(actor: string, fact: Fact): Promise<number>;
  /** Posts one transfer; the database moves the balances, or refuses by code. */
  post(actor: string, transfer: NewTransfer): Promise<Transfer>;
  setTotals(totals: ServiceTotals): Promise<void>;
  seal(row: Sealed, seq: number): Promise<void>;
  setSearchTerms(personId: string, terms: readonly { kind: string; hash: string }[]): Promise<void>;
  saveCommand(actor: string, key: string, command: StoredCommand): Promise<void>;
}

/** Wrapped data keys, one a person, in a file or schema of their own. */
export interface KeyStore {
  wrapped(personIds: readonly string[]): Promise<Map<string, Buffer>>;
  add(personId: string, wrapped: Buffer): Promise<void>;
  /** Takes a key away for good: what was sealed under it cannot be read again. */
  remove(personId: string): Promise<void>;
}

/**
 * The port. `write` queues behind the bank's one writer: each work runs in its own savepoint, a group of works in one
 * durable commit; it resolves after that commit. Inside a work await only the transaction. A work may be told again
 * after a conflict, so nothing may leave it before it resolves.
 */
export interface Store {
  write<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Runs a work in full and takes it back: for dry runs. */
  rehearse<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  read<T>(work: (view: View) => Promise<T>): Promise<T>;
  readonly view: View;
  /** Reads of one moment, however long they take: for the audit and for exports. */
  snapshot<T>(work: (view: View) => Promise<T>): Promise<T>;
  readonly keys: KeyStore;
  /** Whether this process's writer stopped at a broken invariant; nothing is written until a restart. */
  readonly halted: boolean;
  /** Called once when the writer stops, with the broken invariant. */
  onHalt(listener: (cause: unknown) => void): void;
  /** Called after commits, ours or another process's, with the journal's head. */
  follow(listener: (headSeq: number) => void): () => void;
  close(): Promise<void>;
}

export type { EntryLine, JournalEntry };
