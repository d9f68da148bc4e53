import type { Clock, ClockKind } from "../../domain/clocks";
import type { CreditRecord, CreditRecordAction, CreditRecordState } from "../../domain/credit-records";
import type { RecordsAlike } from "../../domain/hours";
import type { MonthReport } from "../../domain/indicators";
import type { Day, Instant } from "../../domain/kit/calendar";
import type {
  Award,
  FilingStatus,
  Finding,
  Head,
  HeadAction,
  OrganizationKind,
  OrganizationMark,
  OrganizationProfile,
  OrganizationState,
  OrganizationStepAction,
} from "../../domain/organizations";
import type { ActorKind } from "../../domain/permissions/actors";
import type {
  Rating,
  RatingInstrument,
  RatingRound,
  RatingState,
  RatingStepAction,
  RatingVote,
} from "../../domain/ratings";
import type { DowngradeAction, DowngradeState, RatingDowngrade } from "../../domain/ratings/downgrades";
import type { RatingSheet } from "../../domain/ratings/sheets";
import type { Revision } from "../../domain/revisions";
import type { DrawnRecord, SpotCheck, SpotSeed } from "../../domain/spot-checks";
import type { Household, HouseholdQuarter, VillagePoints } from "../../domain/village-points";
import type { Slot, Visit, VisitCoverage } from "../../domain/visits";
import type { Death, Listing, Recipient } from "../../domain/visits/recipients";
import type { Post } from "../../domain/workers/posts";
import type { SocialWorker, SocialWorkLevel, Training } from "../../domain/workers/social-workers";
import type { SearchTerm } from "./kept";
import type { Page, Places } from "./page";

/** The part of the port that the office works by. */

/** A post with the journal position of its last step. */
export type StoredPost = Post & { seq: number };

export interface SocialWorkerQuery {
  organizationId?: string;
  levels?: readonly SocialWorkLevel[];
  /** Only at organisations in these places. */
  within?: Places;
}
/** What can be asked about organisations besides their registration. */
export interface OrganizationsView {
  organizationProfiles(organizationIds: readonly string[]): Promise<Map<string, OrganizationProfile>>;
  heads(ids: readonly string[]): Promise<Map<string, Head>>;
  /** By the id under which the person was proposed. */
  headsOfPerson(personId: string): Promise<Head[]>;
  /** The first proposed first. */
  headsOf(organizationIds: readonly string[]): Promise<Map<string, Head[]>>;
  headSteps(headIds: readonly string[]): Promise<Map<string, HeadStepRow[]>>;
  awards(ids: readonly string[]): Promise<Map<string, Award>>;
  /** The earliest first; with those that were withdrawn. */
  awardsOf(organizationIds: readonly string[]): Promise<Map<string, Award[]>>;
  organizationSteps(organizationIds: readonly string[]): Promise<Map<string, OrganizationStepRow[]>>;
  findings(ids: readonly string[]): Promise<Map<string, StoredFinding>>;
  /** The earliest first; with those that were withdrawn. */
  findingsOf(organizationIds: readonly string[]): Promise<Map<string, StoredFinding[]>>;
}
/** With the words in which it was last revised. */
export interface StoredFinding extends Finding {
  reasonId: string | null;
}
export interface OrganizationStepRow {
  organizationId: string;
  version: number;
  action: OrganizationStepAction;
  from: OrganizationState;
  to: OrganizationState;
  actorId: string;
  actorKind: ActorKind;
  at: Instant;
  reasonId: string | null;
}
export interface HeadStepRow {
  headId: string;
  version: number;
  action: HeadAction;
  actorId: string;
  at: Instant;
  reasonId: string | null;
}

/** Clocks of some kinds, due within any of these spans (both ends inclusive, null for open), at organisations somewhere. */
export interface ClockQuery {
  kinds: readonly ClockKind[];
  spans: readonly { from: Day | null; until: Day | null }[];
  divisionCodes?: readonly string[];
  within?: Places;
}
/** What can be asked about dates by which something is to be done. */
export interface ClocksView {
  /** Whose date is kept, whichever is due first first. */
  clocksDue(query: ClockQuery, page: Page): Promise<Clock[]>;
  /** How many there are of those. */
  clocksCount(query: ClockQuery): Promise<number>;
  /** Objections to records that wait for a decision, the oldest first. */
  disputesOpen(
    query: ClockQuery,
    limit: number,
  ): Promise<{ recordId: string; organizationId: string; openedAt: Instant }[]>;
  /** Evaluations whose grade was taken, by whichever step came last, and whose plaque is not back; the oldest first. */
  plaquesOut(
    query: ClockQuery,
    limit: number,
  ): Promise<{ ratingId: string; organizationId: string; takenAt: Instant }[]>;
}

/** What can be asked about village points. */
export interface VillagesView {
  households(ids: readonly string[]): Promise<Map<string, Household>>;
  householdByNo(divisionCode: string, householdNo: string): Promise<Household | undefined>;
  /** The steps of campaigns or households, and of each household that was split off, the earliest first. */
  revisions(ids: readonly string[]): Promise<Map<string, Revision[]>>;
  /** The quarters of a household that were begun, the earliest first: that of its registration, and each with an entry. */
  householdQuarters(householdId: string): Promise<HouseholdQuarter[]>;
  /** Households that were of these divisions by the end of that quarter, under their number of then, with the sum of their points within its days, the most first. */
  householdBoard(
    divisionCodes: readonly string[],
    during: { quarter: string; from: Day; until: Day },
    page: Page,
  ): Promise<{ household: Household; net: number }[]>;
  villagePointsByTransfer(seq: number): Promise<VillagePoints | undefined>;
  /** Entries between two days (inclusive) that were not taken back, the earliest first, by household. */
  villagePointsOf(
    householdIds: readonly string[],
    during: { from: Day; until: Day },
  ): Promise<Map<string, VillagePoints[]>>;
}

export interface RecipientQuery {
  divisionCodes?: readonly string[];
  /** Only in these divisions. */
  within?: readonly string[];
  /** Found by all of these. */
  terms: readonly SearchTerm[];
  /** Found by any of these. */
  anyTerm?: readonly SearchTerm[];
  /** On the list on this day. */
  on: Day;
}
/** What can be asked about those who are looked after, and about visits to them. */
export interface VisitsView {
  recipients(ids: readonly string[]): Promise<Map<string, Recipient>>;
  recipientOfPerson(personId: string): Promise<Recipient | undefined>;
  recipientsByAccount(accountIds: readonly string[]): Promise<Map<string, Recipient>>;
  /** By division, then whoever was listed first. */
  recipientList(query: RecipientQuery, page: Page): Promise<Recipient[]>;
  recipientCount(query: RecipientQuery): Promise<number>;
  /** Their spans on the list, the earliest first. */
  listingsOf(recipientIds: readonly string[]): Promise<Map<string, Listing[]>>;
  /** Of those who have died, the earliest visit that found it and stands. */
  deathsOf(recipientIds: readonly string[]): Promise<Map<string, Death>>;
  visits(ids: readonly string[]): Promise<Map<string, Visit>>;
  /** Visits that stand and may meet what these registrations are owed, the earliest first. */
  visitsFor(recipientIds: readonly string[], during: { from: Day; until: Day }): Promise<Map<string, Visit[]>>;
  /** Visits that stand, the earliest first, by recipient. */
  visitsOf(recipientIds: readonly string[], during: { from: Day; until: Day }): Promise<Map<string, Visit[]>>;
  /** Whose visits from a day on count, and meet none of these obligations. */
  unmatched(from: Day, obligations: readonly string[]): Promise<string[]>;
  /** Visits to those who live in these divisions that wait for a confirmation, the earliest first. */
  visitsWaiting(divisionCodes: readonly string[], page: Page): Promise<Visit[]>;
  /** Visits by the record that was written for them, those that were taken back included. */
  visitsOfRecords(recordIds: readonly string[]): Promise<Map<string, Visit[]>>;
  /** Who in these divisions is owed the visit of a slot, by id; all of them, or only those who had it, or had it not. */
  owed(
    slot: Slot,
    divisionCodes: readonly string[],
    met: boolean | null,
    page: Page,
  ): Promise<{ recipient: Recipient; met: boolean }[]>;
  /**
   * How many of each division are owed the visit of a slot, and have had it; absent where nobody is. With `seenBy` whoever was
   * met on the slot's days up to that day has had it, whichever obligation the visit meets by now.
   */
  coverage(slot: Slot, divisionCodes: readonly string[] | null, seenBy?: Day): Promise<VisitCoverage[]>;
}

export type StoredCreditRecord = CreditRecord & { openedSeq: number };
export interface CreditStepRow {
  creditRecordId: string;
  version: number;
  seq: number;
  at: Instant;
  action: CreditRecordAction;
  from: CreditRecordState | null;
  to: CreditRecordState;
  actorId: string;
  actorKind: ActorKind;
  reasonId: string | null;
}
export interface CreditRead {
  id: string;
  seq: number;
  at: Instant;
  actorId: string;
  actorKind: ActorKind;
  purposeId: string;
}
export type StoredRound = RatingRound & { seq: number };
export type StoredSheet = RatingSheet & { seq: number };
export interface DowngradeStepRow {
  downgradeId: string;
  version: number;
  seq: number;
  at: Instant;
  action: DowngradeAction;
  from: DowngradeState | null;
  to: DowngradeState;
  actorId: string;
  actorKind: ActorKind;
  reasonId: string | null;
}
export interface RatingStepRow {
  ratingId: string;
  version: number;
  at: Instant;
  action: RatingStepAction;
  from: RatingState | null;
  to: RatingState;
  actorId: string;
  actorKind: ActorKind;
  reasonId: string | null;
}
/** What a member thinks of an organisation. */
export interface Feedback {
  id: string;
  organizationId: string;
  memberHash: string;
  stars: number;
  on: Day;
  version: number;
}
/** What can be asked about ratings of organisations. */
export interface RatingsView {
  ratingRounds(ids: readonly string[]): Promise<Map<string, RatingRound>>;
  /** The latest to open first. */
  ratingRoundList(instrument: RatingInstrument | null, page: Page): Promise<StoredRound[]>;
  /** How many applications of each round nobody has come to an end with; absent for none. */
  ratingsPending(roundIds: readonly string[]): Promise<Map<string, number>>;
  ratings(ids: readonly string[]): Promise<Map<string, Rating>>;
  /** The first applied first. */
  ratingsOf(organizationIds: readonly string[]): Promise<Map<string, Rating[]>>;
  ratingsOfRound(roundId: string, page: Page): Promise<Rating[]>;
  ratingSteps(ids: readonly string[]): Promise<Map<string, RatingStepRow[]>>;
  ratingVotes(ratingIds: readonly string[]): Promise<Map<string, RatingVote[]>>;
  /** All that were handed in, also those in whose place another was handed in since; the first first. */
  ratingSheets(ratingIds: readonly string[]): Promise<Map<string, StoredSheet[]>>;
  /** The first proposed first. */
  ratingDowngrades(ratingIds: readonly string[]): Promise<Map<string, RatingDowngrade[]>>;
  ratingDowngradeSteps(downgradeIds: readonly string[]): Promise<Map<string, DowngradeStepRow[]>>;
  feedbackOf(organizationId: string, memberHash: string): Promise<Feedback | undefined>;
  /** Of each member's last word within the days. */
  feedbackSum(organizationId: string, days: Days): Promise<{ count: number; sum: number }>;
  /** Objections decided within the span, and how many of them left the record as it was; of all, or of one organisation's. */
  disputesDecided(
    instants: Instants,
    organizationId?: string,
  ): Promise<{ divisionCode: string; upheld: number; decided: number }[]>;
}
export type StoredSeed = SpotSeed & { openedSeq: number };
/** A record as it stands on the ledger, for a draw. */
export type PostedRecord = Omit<DrawnRecord, "ownPeople" | "divisions"> & { divisionCode: string };
/** What can be asked about records that are looked at again. */
export interface SpotChecksView {
  spotSeed(month: string): Promise<StoredSeed | undefined>;
  /** Records that were posted within the span, and stood at a journal position, whatever became of them since; by id. */
  postedDuring(instants: Instants, seq: number): Promise<PostedRecord[]>;
  spotChecks(ids: readonly string[]): Promise<Map<string, SpotCheck>>;
  spotCheckOfRecord(recordId: string): Promise<SpotCheck | undefined>;
  spotChecksOfOrganization(organizationId: string, page: Page): Promise<SpotCheck[]>;
  /** Published outcomes, by organisation and month. */
  spotResults(
    organizationIds: readonly string[],
  ): Promise<{ organizationId: string; month: string; passed: number; failed: number }[]>;
}
interface Days {
  from: Day;
  until: Day;
}
/** From the first instant, up to and without the last. */
interface Instants {
  from: Instant;
  until: Instant;
}
interface CountOf {
  divisionCode: string;
  count: number;
}
/** Sums for the office, by division: of what stands on a day, or lies within a span. */
export interface IndicatorsView {
  /** Organisations at work on the day; their kind, hub and village as they are described today. */
  organizationsOn(
    day: Day,
  ): Promise<(CountOf & { kind: OrganizationKind; filingStatus: FilingStatus; hub: boolean; village: boolean })[]>;
  /** Organisations at work on the last of the days that were given the mark within them. */
  markedDuring(mark: OrganizationMark, days: Days): Promise<CountOf[]>;
  /** People who hold a certificate and were registered with it by the day, where their latest term was; whether or not it still runs. */
  certificateHolders(day: Day): Promise<CountOf[]>;
  /** Social workers whose registration holds on the day, by organisation. */
  certifiedOn(day: Day): Promise<(CountOf & { organizationId: string; kind: OrganizationKind })[]>;
  /** Records of services whose day lies within the days, as they stand today; of all, or of one organisation's. */
  recordsDuring(days: Days, today: Day, organizationId?: string): Promise<(RecordsAlike & { divisionCode: string })[]>;
  /** How many volunteers were active where, from their first such day until the day before the other; null where they are. */
  volunteerSpans(): Promise<(CountOf & { from: Day; until: Day | null })[]>;
  householdsIn(quarter: string): Promise<CountOf[]>;
  /** Of these months, those that were reported, by month. */
  monthReports(months: readonly string[]): Promise<Map<string, MonthReport>>;
  campaignActivitiesDuring(days: Days): Promise<CountOf[]>;
  /** Of all, or of one organisation's. */
  fundraisingsEnding(
    days: Days,
    organizationId?: string,
  ): Promise<{ divisionCode: string; startsOn: Day; endsOn: Day; emergency: boolean; disclosedOn: Day | null }[]>;
}
/** What can be asked about credit records. Whom one is about is known to the keyed terms alone, while it lasts. */
export interface CreditView {
  creditRecords(ids: readonly string[]): Promise<Map<string, StoredCreditRecord>>;
  /** Of subjects by their keyed hashes, the first opened first; none that was erased. */
  creditRecordsOf(subjectHashes: readonly string[]): Promise<StoredCreditRecord[]>;
  creditSteps(ids: readonly string[]): Promise<Map<string, CreditStepRow[]>>;
  /** Readings of a file, the newest first; of all, or of one reader's. */
  creditReads(subjectHash: string, readerId: string | null, page: Page): Promise<CreditRead[]>;
  /**
   * Whose time has come: to expire by this day, or expired and not yet erased; of those without a last day, which earlier
   * releases kept, the ones found by the other day.
   */
  creditRecordsEnding(by: Day, foundBy: Day, limit: number): Promise<StoredCreditRecord[]>;
}

/** What can be asked about those who are paid for their work. */
export interface WorkersView {
  socialWorkers(ids: readonly string[]): Promise<Map<string, SocialWorker>>;
  socialWorkerOfPerson(personId: string): Promise<SocialWorker | undefined>;
  /** The sealed profile of each person who is one. */
  profilesOfWorkers(personIds: readonly string[]): Promise<Map<string, string>>;
  /** By organisation, then the longest registered first. */
  socialWorkerList(filter: SocialWorkerQuery, page: Page): Promise<SocialWorker[]>;
  socialWorkerCount(filter: SocialWorkerQuery): Promise<number>;
  /** How many each of these organisations has whose term holds on the day; absent for none. */
  certifiedAt(organizationIds: readonly string[], day: Day): Promise<Map<string, number>>;
  trainings(ids: readonly string[]): Promise<Map<string, Training>>;
  trainingsOf(socialWorkerIds: readonly string[]): Promise<Map<string, Training[]>>;
  posts(ids: readonly string[]): Promise<Map<string, Post>>;
  /** The earliest first, by person; with those that ended. */
  postsOfPersons(personIds: readonly string[]): Promise<Map<string, StoredPost[]>>;
  postsOfOrganization(organizationId: string, page: Page): Promise<Post[]>;
}
