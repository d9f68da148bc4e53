import type { Attendance, AttendanceOutcome } from "../domain/activities/attendance";
import type { Fundraising } from "../domain/activities/fundraising";
import type { Activity, ActivityState, ActivityStep, Campaign, Shift } from "../domain/activities/machine";
import type { Missed, SignUp, SignUpState, SignUpStep } from "../domain/activities/signups";
import type { Counts, Tally, TallyDimension } from "../domain/activities/tallies";
import type { Grant } from "../domain/actors";
import type { Day, Instant } from "../domain/calendar";
import type { CapacityStep } from "../domain/capacities";
import type { RecordOrigin, RecordState, RecordStep, ServiceRecord } from "../domain/hours";
import type { IdentityLink } from "../domain/identities";
import type { Invitation, InvitationState } from "../domain/invitations";
import type { Account, AccountKind } from "../domain/ledger/accounts";
import type { Fact } from "../domain/ledger/facts";
import type { JournalEntry } from "../domain/ledger/journal";
import type { EntryLine, NewTransfer, Transfer } from "../domain/ledger/transfers";
import type { Minutes } from "../domain/minutes";
import type { Division, Organization, OrganizationKind } from "../domain/organizations";
import type { PolicyVersion } from "../domain/policies";
import type { Tie, TieOpens } from "../domain/ties";
import type { ServiceTotals } from "../domain/totals";
import type { Tried } from "../domain/tries";
import type { Guardianship, Volunteer, VolunteerMove, VolunteerState } from "../domain/volunteers";

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
} from "./governing";
import type { Health } from "./health";
import type { Flaw } from "./inspection";

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
/** Which ties count: those that open all, or any; sign-ups and submissions that ended at `since` or later. */
export interface TiedBy {
  opens: TieOpens;
  since: Instant;
}
export type RecordOrder = "DEADLINE" | "STARTED_AT" | "RECORDED_AT";
export type StoredRecord = ServiceRecord & { openedSeq: number };

/** The first step of a record, taken by another than its volunteer. */
export interface RecordNotice extends RecordStep {
  organizationId: string;
  state: RecordState;
}

/** A tie with the journal position of its last step. */
export type StoredVolunteer = Volunteer & { seq: number };

/** With the journal positions of its first step and its last. */
export type StoredIdentityLink = IdentityLink & { openedSeq: number; seq: number };

export type StoredInvitation = Invitation & { openedSeq: number; seq: number };

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

/** A tie with the journal position of its last step. */
export type StoredTie = Tie & { seq: number };

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

/** Tables that can be read through, with the columns of their keys. */
export const scanOrder = {
  accounts: ["id"],
  transfers: ["seq"],
  entries: ["account", "version"],
  policies: ["id"],
  divisions: ["code"],
  organizations: ["id"],
  volunteers: ["id"],
  staff: ["personId"],
  erasures: ["personId"],
  grants: ["id"],
  identities: ["hash"],
  identityLinks: ["id"],
  invitations: ["id"],
  serviceRecords: ["id"],
  recordSteps: ["recordId", "version"],
  serviceTotals: ["volunteerId"],
  campaigns: ["id"],
  activities: ["id"],
  activitySteps: ["activityId", "version"],
  shifts: ["id"],
  signUps: ["id"],
  signUpSteps: ["signUpId", "version"],
  attendances: ["id"],
  fundraisings: ["activityId"],
  guardians: ["id"],
  ties: ["id"],
  calendars: ["personId"],
  socialWorkers: ["id"],
  socialWorkerTerms: ["socialWorkerId", "registeredOn"],
  trainings: ["id"],
  posts: ["id"],
  organizationProfiles: ["organizationId"],
  heads: ["id"],
  headSteps: ["headId", "version"],
  awards: ["id"],
  organizationStandings: ["organizationId", "version"],
  volunteerStandings: ["volunteerId", "version"],
  volunteerSteps: ["volunteerId", "version"],
  mergedPersons: ["personId"],
  capacitySteps: ["capacityId", "version"],
  organizationSteps: ["organizationId", "version"],
  findings: ["id"],
  households: ["id"],
  householdQuarters: ["householdId", "quarter"],
  villagePoints: ["id"],
  recipients: ["id"],
  visits: ["id"],
  creditRecords: ["id"],
  creditSteps: ["creditRecordId", "version"],
  creditReads: ["id"],
  ratingRounds: ["id"],
  ratings: ["id"],
  ratingSteps: ["ratingId", "version"],
  ratingVotes: ["id"],
  feedbacks: ["id", "version"],
  spotSeeds: ["id"],
  spotChecks: ["id"],
  tallies: ["subject", "dimension", "key"],
  tallyPeople: ["subject", "dimension", "key", "volunteerId"],
  sealed: ["id"],
} as const;
export type ScannedTable = keyof typeof scanOrder;

/**
 * Tables in which no fact stands alone, with the columns of their keys: what serves the running. Every table is the journal,
 * one of `scanOrder` (rebuilt from it, or sealed and committed to in it), or one of these.
 */
export const operationalOrder = {
  commands: ["actor", "key"],
  searchTerms: ["hash", "kind", "personId"],
  noticesRead: ["personId", "noticeId"],
  endedSessions: ["session"],
  tries: ["key"],
  wrongCodes: ["who"],
  bankMarks: ["bankId"],
} as const;
export type OperationalTable = keyof typeof operationalOrder;

/** The rows whose types callers ask for. A row of another table is read column by column. */
interface ScannedRows {
  grants: Grant;
  sealed: Sealed;
  commands: StoredCommand & { actor: string };
}
export type ScannedRow<T> = Record<string, unknown> & (T extends keyof ScannedRows ? ScannedRows[T] : unknown);

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
export interface ActivityQuery {
  states?: readonly ActivityState[];
  campaignId?: string;
  organizationId?: string;
  divisionCodes?: readonly string[];
  serviceTypes?: readonly string[];
  /** With a shift in this span. */
  during?: { from: Instant; to: Instant };
  /** Besides what was announced, what lies in these places; null for everywhere. */
  seenWithin?: Places | null;
}
export type StoredSignUp = SignUp & { openedSeq: number };
export type StoredAttendance = Attendance & { openedSeq: number };
/** One of a volunteer's places in a breakdown of a campaign. */
export interface HeldPlaces {
  subject: string;
  dimension: TallyDimension;
  key: string;
  volunteerId: string;
}

/** What can be asked about activities. */
export interface ActivityView {
  campaigns(ids: readonly string[]): Promise<Map<string, Campaign>>;
  campaignBySlug(slug: string): Promise<Campaign | undefined>;
  /** The latest day first. */
  campaignList(page: Page): Promise<Campaign[]>;
  activities(ids: readonly string[]): Promise<Map<string, Activity>>;
  activityBySlug(slug: string): Promise<Activity | undefined>;
  /** The earliest start first. */
  activityList(filter: ActivityQuery, page: Page): Promise<Activity[]>;
  /** Under way although their last shift ended before this. */
  activitiesOver(endedBefore: Instant, limit: number): Promise<Activity[]>;
  /** Shifts still to come that have both free places and people waiting. */
  unfilledShifts(startsAfter: Instant, limit: number): Promise<Shift[]>;
  activitySteps(ids: readonly string[]): Promise<Map<string, ActivityStep[]>>;
  shifts(ids: readonly string[]): Promise<Map<string, Shift>>;
  shiftsOfActivities(ids: readonly string[]): Promise<Map<string, Shift[]>>;

  signUps(ids: readonly string[]): Promise<Map<string, StoredSignUp>>;
  /** The volunteer's sign-ups for shifts that touch the span, whatever their state. */
  bookings(
    volunteerId: string,
    span: { startsAt: Instant; endsAt: Instant },
  ): Promise<{ signUp: StoredSignUp; startsAt: Instant; endsAt: Instant }[]>;
  /** The volunteer's newest sign-up for each of these shifts. */
  signUpsForShifts(volunteerId: string, shiftIds: readonly string[]): Promise<Map<string, StoredSignUp>>;
  /** Places of shifts that ended before this, to which nobody came and nobody said anything. */
  unmetSignUps(endedBefore: Instant, limit: number): Promise<StoredSignUp[]>;
  /** Who came first stands first. */
  signUpsOfShift(
    shiftId: string,
    states: readonly SignUpState[] | null,
    page: Page,
    numberEnds?: string | null,
  ): Promise<StoredSignUp[]>;
  signUpsOfActivity(activityId: string, states: readonly SignUpState[]): Promise<StoredSignUp[]>;
  /** The newest first; `within`: only of activities in these places. */
  signUpsOfVolunteer(
    volunteerId: string,
    states: readonly SignUpState[] | null,
    page: Page,
    within?: Places | null,
  ): Promise<StoredSignUp[]>;
  /** Each waiting sign-up's place in its shift's queue, from 1. */
  positions(signUpIds: readonly string[]): Promise<Map<string, number>>;
  /** Steps of the volunteer's sign-ups that others took, the newest first: what they are told. */
  signUpNotices(volunteerId: string, actorId: string, page: Page): Promise<SignUpStep[]>;
  signUpSteps(signUpIds: readonly string[]): Promise<Map<string, SignUpStep[]>>;
  noticesRead(personId: string, noticeIds: readonly string[]): Promise<Map<string, Instant>>;
  /** Shifts that began in the span, and were missed: no-shows and late withdrawals, each shift once. */
  missed(volunteerId: string, from: Instant, to: Instant): Promise<Missed>;
  /** Active volunteers of these places (null for everywhere) with at least so many of them. */
  missing(
    from: Instant,
    to: Instant,
    least: Missed,
    within: Places | null,
    limit: number,
  ): Promise<({ volunteerId: string } & Missed)[]>;

  attendances(ids: readonly string[]): Promise<Map<string, StoredAttendance>>;
  attendancesOfSignUps(signUpIds: readonly string[]): Promise<Map<string, StoredAttendance>>;
  attendancesOfActivity(activityId: string): Promise<StoredAttendance[]>;
  attendanceCounts(activityId: string): Promise<{ outcome: AttendanceOutcome; count: number }[]>;
  /** How many records of an activity's attendances still wait for a decision. */
  recordsWaiting(activityId: string): Promise<number>;
  /** Those of them that wait to be confirmed, the oldest first. */
  recordIdsWaiting(activityId: string, limit: number): Promise<string[]>;

  fundraisings(activityIds: readonly string[]): Promise<Map<string, Fundraising>>;
  /** Whose next disclosure was due before this day, the longest overdue first. */
  fundraisingsOverdue(before: Day, page: Page): Promise<Fundraising[]>;
  calendarVersion(personId: string): Promise<number | undefined>;

  /** The TOTAL row of each subject that has one. */
  totalsOf(subjects: readonly string[]): Promise<Map<string, Counts>>;
  breakdown(subject: string, dimension: TallyDimension): Promise<Tally[]>;
  campaignOrganizations(
    campaignId: string,
    order: "SERVICE_MINUTES" | "NAME",
    page: Page,
  ): Promise<{ organizationId: string; name: string; serviceMinutes: Minutes }[]>;
  placesHeld(place: HeldPlaces): Promise<number>;
  /** How often somebody erred there; undefined where nobody did. */
  tried(key: string): Promise<Tried | undefined>;
}

/** What can be asked about accounts, transfers, lines and rules. */
export interface LedgerView {
  accounts(ids: readonly string[]): Promise<Map<string, Account>>;
  accountOfOwner(owner: string): Promise<Account | undefined>;
  bankAccount(kind: AccountKind): Promise<Account | undefined>;
  accountList(
    /** `owing`: less is free than may be. `organizationId`: whose volunteer it registered, or is allowed to see. */
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
  /** The id of the version that was set last: by it one knows whether all of them are known already. */
  latestPolicy(): Promise<string | undefined>;
  policyList(filter: { keys?: readonly string[] }, page: Page): Promise<PolicyVersion[]>;
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
  /** How a volunteer stood last before a state that lasts; undefined where it began so. */
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
  guardianshipsFor(volunteerIds: readonly string[]): Promise<Map<string, Guardianship[]>>;
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

/** What can be asked about service records. */
export interface HoursView {
  records(ids: readonly string[]): Promise<Map<string, StoredRecord>>;
  /** For each record that replaced another, the other, by the replacement's id. */
  recordsReplacedBy(ids: readonly string[]): Promise<Map<string, StoredRecord>>;
  recordsByRef(organizationId: string, refs: readonly string[]): Promise<Map<string, StoredRecord>>;
  /** Live records of these volunteers that touch the span. */
  liveRecords(volunteerIds: readonly string[], from: Instant, to: Instant): Promise<StoredRecord[]>;
  /** The volunteer's POSTED and DISPUTED records in the order they were posted. */
  countedRecords(volunteerId: string): Promise<{ id: string; endedAt: Instant; creditableMinutes: Minutes }[]>;
  recordList(filter: RecordFilter, order: RecordOrder, page: Page): Promise<StoredRecord[]>;
  /** Live records that one of `ones` confirmed and one of `others` handled or confirmed, or the other way, the newest first. */
  recordsOfBoth(ones: readonly string[], others: readonly string[], first: number): Promise<StoredRecord[]>;
  /** Live records of these volunteers that one of these persons confirmed, the newest first. */
  recordsConfirmedBy(
    volunteerIds: readonly string[],
    personIds: readonly string[],
    first: number,
  ): Promise<StoredRecord[]>;
  recordSteps(ids: readonly string[]): Promise<Map<string, RecordStep[]>>;
  monthLines(organizationId: string, from: Instant, to: Instant): Promise<{ lines: MonthLine[]; volunteers: number }>;
  /** Records of the volunteer that others logged, the newest first, with the state now. */
  recordNotices(volunteerId: string, personId: string, page: Page): Promise<RecordNotice[]>;
  /** Which organisations hold records of the volunteer, and in which states. */
  servedAt(volunteerId: string): Promise<{ organizationId: string; state: RecordState }[]>;
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
  /** The answer that was given under a key. Earlier releases kept the key itself: `clearKey`. */
  command(actor: string, key: string, clearKey: string): Promise<StoredCommand | undefined>;
  /** Null before the bank was tied to its keys. */
  bankMark(): Promise<BankMark | null>;
  /** Which of these sessions were signed out of. */
  endedAmong(sessions: readonly string[]): Promise<ReadonlySet<string>>;
  /** Every row of a table in the order of its key, a thousand at a time: for the audit and for exports. */
  scan<T extends ScannedTable | OperationalTable>(table: T): AsyncIterable<ScannedRow<T>>;
}

/** By what a person is found: a keyed hash of something that is sealed. */
export interface SearchTerm {
  kind: string;
  hash: string;
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
  setBankMark(mark: BankMark): Promise<void>;
  /** Notes how often the keys had changed when this was sealed: a copy of the keys with fewer changes is an older one. */
  noteKeyChanges(changes: number): Promise<void>;
  /** Notes that a session was signed out of, and forgets those whose tokens have expired by now. */
  endSession(session: string, expiresAt: Instant): Promise<void>;
}

/** By what a bank, its keys and its secret know each other. The proofs are keyed hashes, which do not tell the secret. */
export interface BankMark {
  bankId: string;
  proof: string;
  /** How often the keys had changed when something was last sealed under a new one. */
  keyChanges: number;
}
export interface KeysMark {
  bankId: string;
  proof: string;
  /** How often a key was added or destroyed. */
  changes: number;
}

/** What a bank and its keys say of themselves, read before anything is written. */
export interface Marks {
  /** Whether the journal has a first entry. */
  founded: boolean;
  /** The bank's name in that entry; null where there is none that can be read. */
  origin: string | null;
  bank: BankMark | null;
  keys: KeysMark | null;
  keyCount: number;
  /** Whether no key is left although a sealed row of a person who was not erased is there. */
  emptied: boolean;
  /** What was sealed last, with its person's wrapped key: read only where the bank has no mark, by which it would be known. */
  newest: { ciphertext: Buffer; wrapped: Buffer | null }[];
}

/** Wrapped data keys, one a person, in a file or schema of their own. */
export interface KeyStore {
  /** What the keys say of themselves; null before they were tied to a bank. */
  mark(): Promise<KeysMark | null>;
  /** Ties the keys to a bank, unless they are tied already. */
  tie(mark: Pick<KeysMark, "bankId" | "proof">): Promise<void>;
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

export type * from "./governing";
export type { EntryLine, JournalEntry };
