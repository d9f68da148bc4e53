import type { Counts, Tally } from "../domain/activities/tallies";
import type { Grant } from "../domain/actors";
import type { Day, Instant } from "../domain/calendar";
import type { CapacityStep } from "../domain/capacities";
import type { IdentityLink } from "../domain/identities";
import type { Invitation, InvitationState } from "../domain/invitations";
import type { Fact } from "../domain/ledger/facts";
import type { EntryLine, NewTransfer, Transfer } from "../domain/ledger/transfers";
import type { Division, Organization, OrganizationKind } from "../domain/organizations";
import type { Tie, TieOpens } from "../domain/ties";
import type { ServiceTotals } from "../domain/totals";
import type { Tried } from "../domain/tries";
import type { Guardianship, Volunteer, VolunteerMove, VolunteerState } from "../domain/volunteers";
import type { Health } from "./health";
import type { Flaw } from "./inspection";
import type { ActivityView, HeldPlaces } from "./views/activities";
import type {
  ClocksView,
  CreditView,
  IndicatorsView,
  OrganizationsView,
  RatingsView,
  SpotChecksView,
  VillagesView,
  VisitsView,
  WorkersView,
} from "./views/governing";
import type { HoursView } from "./views/hours";
import type { BankMark, KeyStore, Sealed, SearchTerm, StoredCommand } from "./views/kept";
import type { LedgerView } from "./views/ledger";
import type { Page, Places } from "./views/page";
import type { OperationalTable, ScannedRow, ScannedTable } from "./views/scans";

/** Which ties count: those that open all, or any; sign-ups and submissions that ended at `since` or later. */
export interface TiedBy {
  opens: TieOpens;
  since: Instant;
}

/** A volunteer with the journal position of the last step. */
export type StoredVolunteer = Volunteer & { seq: number };

/** With the journal positions of its first step and its last. */
export type StoredIdentityLink = IdentityLink & { openedSeq: number; seq: number };

export type StoredInvitation = Invitation & { openedSeq: number; seq: number };

/** A tie with the journal position of its last step. */
export type StoredTie = Tie & { seq: number };
export type StoredGuardianship = Guardianship & { seq: number };

/** A merging of two persons: which person and which registration were merged into which. */
export interface Merging {
  personId: string;
  keptId: string;
  volunteerId: string | null;
  keptVolunteerId: string | null;
  reasonId: string;
  endedAt: Instant | null;
  /** The journal position of the merging; of its end, once it has ended. */
  seq: number;
}

export interface OrganizationFilter {
  slug?: string;
  text?: string;
  kinds?: readonly OrganizationKind[];
  divisionCodes?: readonly string[];
  /** Stations by whether they have at least so many social workers registered on the day. */
  certified?: { on: Day; least: number; reached: boolean };
  hub?: boolean;
  villageKinds?: readonly string[];
  /** Platforms with at least so many stars on the day. */
  stars?: { least: number; on: Day };
}

/** That somebody was forgotten. */
export interface Erasure {
  personId: string;
  on: Day;
  keptUntil: Day;
}

/** What can be asked about places, organisations and people. */
export interface PeopleView {
  divisions(): Promise<Division[]>;
  /** The hash of the last step of any division: by it one knows whether all of them are known already. Null before the first. */
  latestDivision(): Promise<string | null>;
  organizations(ids: readonly string[]): Promise<Map<string, Organization>>;
  organizationBySlug(slug: string): Promise<Organization | undefined>;
  organizationByUscc(uscc: string): Promise<Organization | undefined>;
  organizationsBySlug(slugs: readonly string[]): Promise<Organization[]>;
  organizationsByUscc(usccs: readonly string[]): Promise<Organization[]>;
  organizationsByName(names: readonly string[]): Promise<Organization[]>;
  organizationList(filter: OrganizationFilter, page: Page): Promise<Organization[]>;
  organizationCount(filter: OrganizationFilter): Promise<number>;
  volunteers(ids: readonly string[]): Promise<Map<string, StoredVolunteer>>;
  volunteerByNo(no: string): Promise<Volunteer | undefined>;
  /** By the numbers as they were typed (domain/numbers.ts). */
  volunteersByNo(nos: readonly string[]): Promise<Map<string, Volunteer>>;
  volunteerOfPerson(personId: string): Promise<Volunteer | undefined>;
  volunteersOfPersons(personIds: readonly string[]): Promise<Map<string, Volunteer>>;
  /** The first first, by volunteer. */
  volunteerSteps(volunteerIds: readonly string[]): Promise<Map<string, VolunteerMove[]>>;
  /** The person into whom this one was merged, through all that followed; undefined where nobody was. */
  mergedInto(personId: string): Promise<string | undefined>;
  /** The person that each id stands for today: the same one, or the one into whom they were merged. */
  standing(personIds: readonly string[]): Promise<Map<string, string>>;
  /**
   * The ids under which a person stands in what they did: their own first, then those of the persons who were merged into
   * them. A rule that asks for another person asks by all of these.
   */
  selves(personId: string): Promise<string[]>;
  /** The mergings of other persons into this one that have not ended; not the earlier mergings into those. */
  mergingsInto(personId: string): Promise<Merging[]>;
  /** The merging of this person into another; undefined where there is none, or where it has ended. */
  mergingOf(personId: string): Promise<Merging | undefined>;
  /** The steps of recipients and social workers by their ids, in the order in which they were taken. */
  capacitySteps(ids: readonly string[]): Promise<Map<string, CapacityStep[]>>;
  /** How a volunteer stood last before a state that lasts, a merging that was undone aside; undefined where it began so. */
  stateBefore(volunteerId: string, state: VolunteerState): Promise<VolunteerState | undefined>;
  /** Which of these volunteers registered themselves: no station had seen their papers then. */
  selfRegistered(volunteerIds: readonly string[]): Promise<Set<string>>;
  /** The sealed profile of each person who is one. */
  profilesOfVolunteers(personIds: readonly string[]): Promise<Map<string, string>>;
  volunteerList(
    filter: {
      no?: string;
      states?: readonly VolunteerState[];
      divisionCodes?: readonly string[];
      personIds?: readonly string[];
      /** Hashes of search terms of this kind, all of which the person has. */
      terms?: { kind: string; hashes: readonly string[] };
      /** Of these divisions, or tied to these organisations. */
      within?: Places & TiedBy;
    },
    page: Page,
  ): Promise<Volunteer[]>;
  /** Which of these volunteers are tied to one of these organisations (domain/ties.ts). */
  tiedVolunteers(volunteerIds: readonly string[], organizationIds: readonly string[], by: TiedBy): Promise<Set<string>>;
  /** Of which of these volunteers a record, or a sign-up for an activity, stands in these places; null for everywhere. */
  volunteersMet(volunteerIds: readonly string[], within: Places | null): Promise<Set<string>>;
  /** What volunteers said themselves about organisations, the first said first. */
  tiesOfVolunteers(volunteerIds: readonly string[]): Promise<Map<string, StoredTie[]>>;
  /** Where the volunteer's own sign-ups and submissions tie them, without those that an END came after. */
  ownTies(
    volunteerId: string,
    since: Instant,
  ): Promise<{ organizationId: string; kind: "SIGNED_UP" | "SUBMITTED"; until: Instant }[]>;
  totals(volunteerIds: readonly string[]): Promise<Map<string, ServiceTotals>>;
  grants(ids: readonly string[]): Promise<Map<string, Grant>>;
  grantsOfPersons(personIds: readonly string[]): Promise<Map<string, Grant[]>>;
  grantsOfOrganization(organizationId: string): Promise<Grant[]>;
  grantsOfOrganizations(organizationIds: readonly string[]): Promise<Grant[]>;
  /** Roles of the bank, and of divisions. */
  grantsWithoutOrganization(): Promise<Grant[]>;
  grantsByRole(role: string): Promise<Grant[]>;
  /** People with a grant in force on the day, by id: of any of these roles, in these places, among these persons. */
  grantedPersons(
    filter: { on: Day; roles?: readonly string[]; within?: Places; personIds?: readonly string[] },
    page: Page,
  ): Promise<string[]>;
  /** The sealed profile of each person who was registered as staff. */
  profilesOfStaff(personIds: readonly string[]): Promise<Map<string, string>>;
  /** By volunteer; with those that ended. */
  guardianshipsFor(volunteerIds: readonly string[]): Promise<Map<string, StoredGuardianship[]>>;
  guardianshipsOf(personId: string): Promise<Guardianship[]>;
  /** Whose a subject is today; undefined also where its link ended. */
  personOfIdentity(hash: string): Promise<string | undefined>;
  /** By hash; without those whose link has ended. */
  personsOfIdentities(hashes: readonly string[]): Promise<Map<string, string>>;
  identityLinks(ids: readonly string[]): Promise<Map<string, StoredIdentityLink>>;
  /** By person, the earliest first, with those that ended. */
  identityLinksOf(personIds: readonly string[]): Promise<Map<string, StoredIdentityLink[]>>;
  /** Each link that a subject ever had. */
  identityLinksByHash(hash: string): Promise<StoredIdentityLink[]>;
  invitations(ids: readonly string[]): Promise<Map<string, StoredInvitation>>;
  invitationByCode(codeHash: string): Promise<StoredInvitation | undefined>;
  /** By person, the earliest first. */
  invitationsOf(personIds: readonly string[]): Promise<Map<string, StoredInvitation[]>>;
  /** The newest first; `states` as they stand at the instant. */
  invitationList(
    filter: { organizationId: string; states?: readonly InvitationState[]; now: Instant },
    page: Page,
  ): Promise<StoredInvitation[]>;
  /** When somebody typed wrong codes of late, the earliest first. */
  wrongCodes(who: string): Promise<Instant[]>;
  /** Where after a journal position a link of an identity last ended, or a death was last recorded; -1 where none was. */
  lastPartingSeq(afterSeq: number): Promise<number>;
  personsByTerm(kind: string, hashes: readonly string[]): Promise<string[]>;
  /** By what a person is found. */
  searchTermsOf(personId: string): Promise<SearchTerm[]>;
  /** Whether anything of that kind is known of a person. */
  hasTerm(personId: string, kind: string): Promise<boolean>;
  sealed(ids: readonly string[]): Promise<Map<string, Sealed>>;
  /** All that is sealed of somebody, the first sealed first. */
  sealedOfPerson(personId: string): Promise<{ id: string; seq: number }[]>;
  erasure(personId: string): Promise<Erasure | undefined>;
  /** The latest first, by person. */
  erasures(limit: number): Promise<string[]>;
}

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
    ActivityView {
  head(): Promise<{ seq: number; recordedAt: number }>;
  journalAfter(
    seq: number,
    limit: number,
  ): Promise<{ seq: number; body: Buffer; leaf: Buffer; recordedAt: number; kind: string; subject: string }[]>;
  /** recordedAt in microseconds of each journal position. */
  recordedAt(seqs: readonly number[]): Promise<Map<number, number>>;
  /** The last position recorded at or before this instant (microseconds), or -1. */
  seqAt(recordedAt: number): Promise<number>;
  /** The answer that was given under a key. */
  command(actor: string, key: string): Promise<StoredCommand | undefined>;
  /** Null before the bank was tied to its keys. */
  bankMark(): Promise<BankMark | null>;
  /** Which of these sessions were signed out of. */
  endedAmong(sessions: readonly string[]): Promise<ReadonlySet<string>>;
  /** Every row of a table in the order of its key, a thousand at a time: for the audit and for exports. */
  scan<T extends ScannedTable | OperationalTable>(table: T): AsyncIterable<ScannedRow<T>>;
}

/** A writer's transaction: reads see its own writes; appended facts become journal entry and projection together. */
export interface Tx extends View {
  /** The instant the rules go by, the same for the whole transaction. */
  readonly now: Instant;
  append(actor: string, fact: Fact): Promise<number>;
  /** Posts one transfer; the database moves the balances, or refuses by code. */
  post(actor: string, transfer: NewTransfer): Promise<Transfer>;
  setTotals(totals: ServiceTotals): Promise<void>;
  /** Adds to a tally, whose row comes into being with it. */
  count(tally: Pick<Tally, "subject" | "dimension" | "key">, change: Partial<Counts>): Promise<void>;
  setPlacesHeld(place: HeldPlaces, places: number): Promise<void>;
  markNoticesRead(personId: string, noticeIds: readonly string[]): Promise<void>;
  /** Writes the row, and deletes the rows whose last try and last pause are earlier than `keptSince`. */
  setTried(key: string, tried: Tried, keptSince: Instant): Promise<void>;
  seal(row: Sealed, seq: number): Promise<void>;
  /** Puts a sealed row under another person's key, in its place. */
  reseal(row: Sealed): Promise<void>;
  addSearchTerms(personId: string, terms: readonly SearchTerm[]): Promise<void>;
  /** In the place of all that were kept of that kind. */
  replaceSearchTerms(personId: string, kind: string, hashes: readonly string[]): Promise<void>;
  /** Of every kind: a person who is forgotten is found by nothing. */
  dropSearchTerms(personId: string): Promise<void>;
  /** Keeps when somebody typed wrong codes, and forgets whose last one was before `forgetBefore`. */
  keepWrongCodes(who: string, times: readonly Instant[], forgetBefore: Instant): Promise<void>;
  saveCommand(actor: string, key: string, command: StoredCommand): Promise<void>;
  /** Keeps an answer under another key. */
  moveCommand(actor: string, key: string, newKey: string): Promise<void>;
  setBankMark(mark: BankMark): Promise<void>;
  /** Notes how often the keys had changed when this was sealed: a copy of the keys with fewer changes is an older one. */
  noteKeyChanges(changes: number): Promise<void>;
  /** Notes that a session was signed out of, and forgets those whose tokens have expired by now. */
  endSession(session: string, expiresAt: Instant): Promise<void>;
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

export type * from "./views/activities";
export type * from "./views/governing";
export type * from "./views/hours";
export type * from "./views/kept";
export type * from "./views/ledger";
export type * from "./views/page";
export { type OperationalTable, operationalOrder, type ScannedRow, type ScannedTable, scanOrder } from "./views/scans";
export type { EntryLine };
