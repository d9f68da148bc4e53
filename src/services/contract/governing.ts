import type { Clock, ClockKind, ClockState } from "../../domain/clocks";
import type {
  CreditAction,
  CreditRecord,
  CreditRecordAction,
  CreditRecordKind,
  CreditRecordState,
} from "../../domain/credit-records";
import type { Evidence } from "../../domain/hours";
import type { Indicator, IndicatorKey, MonthReport } from "../../domain/indicators";
import type { Day, Instant } from "../../domain/kit/calendar";
import type { Language } from "../../domain/kit/language";
import type { Minutes } from "../../domain/kit/minutes";
import type {
  CheckResult,
  FilingStatus,
  Finding,
  FindingKind,
  Head,
  HeadAction,
  Organization,
  OrganizationAction,
  OrganizationState,
  OrganizationStepAction,
} from "../../domain/organizations";
import type { CapacityAction } from "../../domain/people/capacities";
import type { IdKind } from "../../domain/people/papers";
import type { Actor, ActorKind } from "../../domain/permissions/actors";
import type {
  DepartedVotes,
  Rating,
  RatingAction,
  RatingInstrument,
  RatingRound,
  RatingState,
  RatingStepAction,
  RecusalDecision,
  RoundState,
  VoteChoice,
  VoteCount,
} from "../../domain/ratings";
import type { DowngradeAction, DowngradeState, RatingDowngrade } from "../../domain/ratings/downgrades";
import type { PartPoints } from "../../domain/ratings/sheets";
import type { Revision } from "../../domain/revisions";
import type { Drawn, SpotCheck, SpotCheckState } from "../../domain/spot-checks";
import type { Household, PointBand, VillagePoints } from "../../domain/village-points";
import type {
  Obligation,
  ObligationState,
  Visit,
  VisitCoverage,
  VisitDetails,
  VisitMode,
  Visitor,
  VisitResult,
} from "../../domain/visits";
import type { ListingEnding, Recipient, RecipientCategory } from "../../domain/visits/recipients";
import type { CommunityPost, Post } from "../../domain/workers/posts";
import type { SocialWorker, SocialWorkLevel } from "../../domain/workers/social-workers";
import type { Connection, Done, PageInput, PersonCorrection } from "./answers";

export interface ShownHead extends Head {
  displayName: string | null;
  /** Of the last step, where one was given. */
  reason: string | null;
}
/** A step of an organisation after its registration; the reason as the officer gave it. */
export interface OrganizationStep {
  at: Instant;
  action: OrganizationStepAction;
  from: OrganizationState;
  to: OrganizationState;
  actorKind: ActorKind;
  reason: string | null;
}
/** A finding, and why it was last revised, for whom that is to be seen. */
export interface ShownFinding extends Finding {
  reason: string | null;
}
/** The register of organisations, kept by officers. */
export interface RegistryService {
  /** Its name, its code, its filing or its division has changed. USCC_INVALID, DUPLICATE_USCC, DIVISION_NOT_FOUND, DIVISION_RETIRED. */
  revise(
    actor: Actor,
    input: {
      organizationId: string;
      name?: string | null;
      uscc?: string | null;
      filingStatus?: FilingStatus | null;
      divisionCode?: string | null;
      reason: string;
      expectedVersion?: number | null;
    },
  ): Promise<Organization>;
  advance(
    actor: Actor,
    input: { organizationId: string; action: OrganizationAction; reason: string; expectedVersion?: number | null },
  ): Promise<Organization>;
  /** For the house's own leaders, officers and auditors; else none. Batched. */
  historyOf(actor: Actor, organizationIds: readonly string[]): Promise<OrganizationStep[][]>;
  recordFinding(
    actor: Actor,
    input: {
      idempotencyKey: string;
      organizationId: string;
      kind: FindingKind;
      result?: CheckResult | null;
      year?: number | null;
      on: Day;
      endedOn?: Day | null;
    },
  ): Promise<Done<Organization>>;
  reviseFinding(
    actor: Actor,
    input: {
      findingId: string;
      result?: CheckResult | null;
      on?: Day | null;
      endedOn?: Day | null;
      withdrawn?: boolean | null;
      reason: string;
      expectedVersion?: number | null;
    },
  ): Promise<Organization>;
  /** By id, as far as they are the actor's to see; else null. Batched. */
  findings(actor: Actor, ids: readonly string[]): Promise<(ShownFinding | null)[]>;
  /** The earliest first; investigations and withdrawn ones for the house's leaders, officers and auditors. Batched. */
  findingsOf(actor: Actor, organizationIds: readonly string[]): Promise<ShownFinding[][]>;
}
export interface ShownClock extends Clock {
  state: ClockState;
  /** Whether `dueOn` lies beyond what is known of the calendar by which it is counted. */
  dueOnProvisional: boolean;
  workingDaysLeft: number;
  citation: string;
}
/** What is due by law or by rule. */
export interface ClocksService {
  /** Whichever is due first; for supervisors of their own places, for officers and auditors of all. */
  list(actor: Actor, filter: ClockFilter, page: PageInput): Promise<Connection<ShownClock>>;
  /** How many such a list holds in all. */
  count(actor: Actor, filter: ClockFilter): Promise<number>;
}
/** Which clocks; a field left out or null does not filter. */
export interface ClockFilter {
  state?: ClockState[] | null;
  kind?: ClockKind[] | null;
  divisionCode?: string | null;
  /** The first and the last day on which they are due. */
  dueFrom?: Day | null;
  dueUntil?: Day | null;
}
/** One step of a credit record, with what was said. */
export interface CreditStepLine {
  at: Instant;
  action: CreditRecordAction;
  from: CreditRecordState | null;
  to: CreditRecordState;
  actorKind: ActorKind;
  reason: string | null;
  evidence: Evidence[];
  /** Of a correction: the facts whose place it took. */
  factsBefore: string | null;
  /** Whether it proposes a correction or a removal that another officer has to take as well. */
  isProposal: boolean;
  /** Of such a proposal: the facts that it proposes. */
  factsProposed: string | null;
}
export interface ShownCreditRecord extends CreditRecord {
  subjectId: string;
  kind: CreditRecordKind;
  ground: string;
  facts: string;
  evidence: Evidence[];
  /** Objected to, and not decided: whoever reads it is told so. */
  flagged: boolean;
  openedAt: Instant;
  history: CreditStepLine[];
}
/** One reading of a file. */
export interface CreditReading {
  at: Instant;
  actorKind: ActorKind;
  /** Null once erased. */
  purpose: string | null;
}
export interface CreditFile {
  subject: { id: string; label: string };
  records: ShownCreditRecord[];
}
/** What everybody may know of an organisation's record: no facts, no words. */
export interface PublicCreditRecord {
  recordId: string;
  kind: CreditRecordKind;
  ground: string;
  flagged: boolean;
  foundOn: Day | null;
  expiresOn: Day | null;
}
interface SubjectSays {
  recordId: string;
  statement: string;
  evidence?: Evidence[] | null;
  expectedVersion?: number | null;
}
/** Credit records, with due process. */
export interface CreditService {
  open(
    actor: Actor,
    input: {
      idempotencyKey: string;
      subjectId: string;
      kind: CreditRecordKind;
      ground: string;
      facts: string;
      evidence: Evidence[];
    },
  ): Promise<Done<ShownCreditRecord>>;
  advance(
    actor: Actor,
    input: {
      recordId: string;
      action: CreditAction;
      reason: string;
      /** Of CORRECT: what happened, as it is now known to have been. */
      correction?: string | null;
      expectedVersion?: number | null;
    },
  ): Promise<ShownCreditRecord>;
  object(actor: Actor, input: SubjectSays): Promise<ShownCreditRecord>;
  applyForRepair(actor: Actor, input: SubjectSays): Promise<ShownCreditRecord>;
  /** Each reading is logged with its purpose, and the subject can see it. */
  file(actor: Actor, subjectId: string, purpose: string): Promise<CreditFile>;
  /** The newest first: all readings for the subject and the office, their own for a recording unit. */
  accessLog(actor: Actor, subjectId: string, page: PageInput): Promise<Connection<CreditReading>>;
  /** Whom a record is about, without what it says; null where not yours to see. Batched. */
  cases(actor: Actor, ids: readonly string[]): Promise<({ id: string; subjectId: string } | null)[]>;
  /** What is public about organisations, by law. Batched. */
  publicOf(organizationIds: readonly string[]): Promise<PublicCreditRecord[][]>;
  /** Ends what has had its time and destroys its keys; one that fails leaves the others their turn. Called by the serving process every minute. */
  expire(): Promise<{ erased: number; failed: unknown[] }>;
}
export type ShownRound = RatingRound & { state: RoundState };
/** An application, or a rating, with what explains it; `state` as of today. */
export interface ShownRating extends Rating {
  /** With how many members have left the committee, and whether their votes count. */
  votes: VoteCount & { departed: number; departedVotes: DepartedVotes };
  review: {
    requestedAt: Instant;
    /** How many have spoken. */
    reviewers: number;
    decision: "UPHELD" | "CHANGED" | null;
    reason: string | null;
  } | null;
  /** What the parts of its score are called. */
  partNames: Map<string, Record<Language, string>>;
  /** Recusals that wait for the office's decision; 0 for outsiders. */
  recusalsOpen: number;
}
/** A member whom the rated house wants out of its case; the office's decision is null while it is open. */
export interface ShownRecusal {
  memberId: string;
  /** Null where the house did not ask: the member left by themselves. */
  requestedAt: Instant | null;
  reason: string | null;
  decision: RecusalDecision | null;
  decidedAt: Instant | null;
  decisionReason: string | null;
  /** Who sits in the member's place for this case; null where nobody does. */
  substituteId: string | null;
}
/** What one assessor gave, each time that they handed it in. */
export interface ShownSheet {
  assessorId: string;
  at: Instant;
  version: number;
  /** Whether it is the assessor's last, which goes into the score. */
  isLast: boolean;
  scores: (PartPoints & { comment: string | null })[];
}
/** A rating that was to be brought down, with each step. */
export interface ShownDowngrade extends RatingDowngrade {
  history: {
    at: Instant;
    action: DowngradeAction;
    from: DowngradeState | null;
    to: DowngradeState;
    actorKind: ActorKind;
    reason: string | null;
    evidence: Evidence[];
  }[];
}
/** A step of an officer with a rating of a house for which the reader answers. */
export interface DowngradeNotice {
  downgradeId: string;
  ratingId: string;
  instrument: RatingInstrument;
  version: number;
  seq: number;
  at: Instant;
  action: DowngradeAction;
  to: DowngradeState;
  actorKind: ActorKind;
  reasonId: string | null;
}
/** What is behind an application. */
export interface RatingFile {
  sheets: ShownSheet[];
  downgrades: ShownDowngrade[];
  evidence: { at: Instant; evidence: Evidence[]; note: string | null }[];
  recusals: ShownRecusal[];
  history: {
    at: Instant;
    action: RatingStepAction;
    from: RatingState | null;
    to: RatingState;
    actorKind: ActorKind;
    reason: string | null;
  }[];
}
interface RatingStepInput {
  applicationId: string;
  expectedVersion?: number | null;
}
/** Ratings of organisations. */
export interface RatingsService {
  openRound(
    actor: Actor,
    input: { idempotencyKey: string; instrument: RatingInstrument; opensOn: Day; closesOn: Day; committee: string[] },
  ): Promise<Done<ShownRound>>;
  apply(
    actor: Actor,
    input: { idempotencyKey: string; roundId: string; organizationId: string },
  ): Promise<Done<ShownRating>>;
  score(
    actor: Actor,
    input: RatingStepInput & { scores: { key: string; points: number; comment?: string | null }[] },
  ): Promise<ShownRating>;
  vote(actor: Actor, input: RatingStepInput & { choice: VoteChoice; level?: number | null }): Promise<ShownRating>;
  advance(
    actor: Actor,
    input: RatingStepInput & { action: RatingAction; reason?: string | null; level?: number | null },
  ): Promise<ShownRating>;
  supplyEvidence(
    actor: Actor,
    input: RatingStepInput & { evidence: Evidence[]; note?: string | null },
  ): Promise<ShownRating>;
  requestRecusal(actor: Actor, input: RatingStepInput & { memberId: string; reason: string }): Promise<ShownRating>;
  decideRecusal(
    actor: Actor,
    input: RatingStepInput & {
      memberId: string;
      decision: RecusalDecision;
      /** Who sits in the member's place for this case. */
      substituteId?: string | null;
      reason?: string | null;
    },
  ): Promise<ShownRating>;
  requestReview(actor: Actor, input: RatingStepInput & { reason: string }): Promise<ShownRating>;
  withdraw(actor: Actor, input: RatingStepInput & { reason?: string | null }): Promise<ShownRating>;
  /** The first officer proposes it, another takes it; then the rating is another. ANSWER_PENDING, SAME_PERSON. */
  downgrade(
    actor: Actor,
    input: {
      organizationId: string;
      instrument: RatingInstrument;
      toLevel: number;
      ground: string;
      expectedVersion?: number | null;
    },
  ): Promise<{ organization: Organization; downgrade: ShownDowngrade | null }>;
  answerDowngrade(
    actor: Actor,
    input: RatingStepInput & { statement: string; evidence?: Evidence[] | null },
  ): Promise<ShownRating>;
  dropDowngrade(actor: Actor, input: RatingStepInput & { reason: string }): Promise<ShownRating>;
  /** The stars that count for the member now. */
  giveFeedback(
    actor: Actor,
    input: { idempotencyKey: string; organizationId: string; stars: number },
  ): Promise<Done<number>>;
  /** Public. The latest first. */
  rounds(filter: { instrument?: RatingInstrument | null }, page: PageInput): Promise<Connection<ShownRound>>;
  roundsById(ids: readonly string[]): Promise<(ShownRound | null)[]>;
  applications(actor: Actor, roundId: string, page: PageInput): Promise<Connection<ShownRating>>;
  /** Null for absent or not yours to see. Batched. */
  many(actor: Actor, ids: readonly string[]): Promise<(ShownRating | null)[]>;
  /** For the house, its judges, officers and auditors; null for everybody else. Batched. */
  filesOf(actor: Actor, ids: readonly string[]): Promise<(RatingFile | null)[]>;
  /** What holds today, by instrument. Public. Batched. */
  currentOf(organizationIds: readonly string[]): Promise<Record<RatingInstrument, Rating | null>[]>;
  /** All that was ever published, the latest first. Public. Batched. */
  historyOf(organizationIds: readonly string[]): Promise<ShownRating[][]>;
}
/** A month's seed; the beacon is the leaf of the last entry of the day on which its hash was published, null until that is over. */
export interface ShownSeed {
  month: string;
  seedHash: string;
  /** Null until it is told. */
  seed: string | null;
  publishedAt: Instant;
  seq: number;
  drawnFrom: Day;
  beaconSeq: number | null;
  beacon: Buffer | null;
}
export interface ShownSpotCheck extends SpotCheck {
  /** Null once erased. */
  finding: string | null;
  evidence: Evidence[];
}
export interface SpotResult {
  month: string;
  passed: number;
  failed: number;
}
/** Records that are looked at again. */
export interface SpotChecksService {
  publishSeed(
    actor: Actor,
    input: { idempotencyKey: string; month: string; seedHash: string },
  ): Promise<Done<ShownSeed>>;
  revealSeed(actor: Actor, input: { month: string; seed: string }): Promise<ShownSeed>;
  /** Public; null before it is published. */
  seed(month: string): Promise<ShownSeed | null>;
  sample(actor: Actor, of: { month: string; size: number; seed: string }): Promise<Drawn[]>;
  record(
    actor: Actor,
    input: {
      idempotencyKey: string;
      recordId: string;
      state: SpotCheckState;
      finding: string;
      evidence?: Evidence[] | null;
    },
  ): Promise<Done<ShownSpotCheck>>;
  /** Null for absent or not yours to see. Batched. */
  many(actor: Actor, ids: readonly string[]): Promise<(ShownSpotCheck | null)[]>;
  ofOrganization(actor: Actor, organizationId: string, page: PageInput): Promise<Connection<ShownSpotCheck>>;
  /** What was published, by month. Batched. */
  results(organizationIds: readonly string[]): Promise<SpotResult[][]>;
}
/** An indicator with what was counted for it. */
export interface ShownIndicator extends Omit<Indicator, "span"> {
  key: IndicatorKey;
  asOf: Day;
  value: number | null;
  target: number | null;
  met: boolean | null;
  numerator: number;
  denominator: number | null;
  byDivision: { divisionCode: string; value: number | null; met: boolean | null }[];
  /** What was reported of the month that ends on the day; null before, and for any other day. */
  reported: { value: number | null; numerator: number; denominator: number | null; reportedAt: Instant } | null;
  /** The last twelve months, each as of its last day, the last as of the day asked for; with what was reported of each. */
  series(): Promise<{ month: string; value: number | null; reported: number | null }[]>;
}
/** Where the county stands. */
export interface IndicatorsService {
  /** Officers and auditors of all, supervisors of their divisions; IN_THE_FUTURE, DIVISION_NOT_FOUND. */
  list(actor: Actor, of: { asOf?: Day | null; divisionCode?: string | null }): Promise<ShownIndicator[]>;
  /** Closes a month that is over: its figures, as they are today, stay. Officers of the whole bank; MONTH_REPORTED. */
  report(actor: Actor, input: { idempotencyKey: string; month: string }): Promise<Done<MonthReport>>;
}
/** A household on its village's board of one quarter. */
export interface BoardLine {
  /** Of the household and the quarter together. */
  id: string;
  householdId: string;
  householdNo: string;
  quarter: string;
  points: number;
  band: PointBand;
  entries: { seq: number; points: number; on: Day; reason: string | null }[];
}
/** What was changed in a campaign or a household, with its reason. */
export interface ShownRevision extends Pick<Revision, "at" | "action" | "fields" | "otherId" | "actorKind"> {
  reason: string | null;
}
export interface HouseholdHistory {
  headName: string | null;
  history: ShownRevision[];
}
/** Village points: a unit of their own, which is never time. */
export interface VillagePointsService {
  register(
    actor: Actor,
    input: { idempotencyKey: string; householdNo: string; divisionCode: string },
  ): Promise<Done<Household>>;
  /** It moved, has another number, or another head: what is left out stays. */
  revise(
    actor: Actor,
    input: {
      householdId: string;
      householdNo?: string | null;
      divisionCode?: string | null;
      headName?: string | null;
      reason: string;
      expectedVersion?: number | null;
    },
  ): Promise<Household>;
  /** Some of it becomes a household of its own, which begins with the quarter's base; the points stay where they are. */
  split(
    actor: Actor,
    input: {
      idempotencyKey: string;
      householdId: string;
      householdNo: string;
      divisionCode?: string | null;
      headName?: string | null;
      reason: string;
    },
  ): Promise<Done<Household>>;
  /** Who heads them now, and their steps; empty where they are not yours to see. Batched. */
  historiesOf(actor: Actor, ids: readonly string[]): Promise<HouseholdHistory[]>;
  award(
    actor: Actor,
    input: { idempotencyKey: string; householdId: string; points: number; reason: string; on: Day },
  ): Promise<Done<VillagePoints>>;
  reverse(actor: Actor, input: { seq: number; reason: string }): Promise<VillagePoints>;
  /** Null for absent or not yours to see. Batched. */
  many(actor: Actor, ids: readonly string[]): Promise<(Household | null)[]>;
  /** Lines of boards by their ids; null for absent or not yours to see. Batched. */
  quarters(actor: Actor, ids: readonly string[]): Promise<(BoardLine | null)[]>;
  /** The most points first; for the stations of the division, officers and auditors. */
  board(actor: Actor, of: { divisionCode: string; quarter: string }, page: PageInput): Promise<Connection<BoardLine>>;
}
/** Heads of organisations. */
export interface HeadsService {
  propose(
    actor: Actor,
    input: { idempotencyKey: string; organizationId: string; displayName: string },
  ): Promise<Done<ShownHead>>;
  advance(
    actor: Actor,
    input: { headId: string; action: Exclude<HeadAction, "PROPOSE">; reason?: string | null },
  ): Promise<ShownHead>;
  of(actor: Actor, organizationIds: readonly string[]): Promise<ShownHead[][]>;
  /** By id, as far as they are the actor's to see; else null. Batched. */
  many(actor: Actor, ids: readonly string[]): Promise<(ShownHead | null)[]>;
}

export interface SocialWorkersService {
  register(
    actor: Actor,
    input: {
      idempotencyKey: string;
      displayName: string;
      legalName?: string | null;
      idKind?: IdKind | null;
      idNumber?: string | null;
      organizationId: string;
      level: SocialWorkLevel;
      certificateNo: string;
      registeredOn: Day;
    },
  ): Promise<Done<SocialWorker>>;
  /** Corrects what was entered wrongly; a field left out stays. The same content again is no new step. */
  revise(
    actor: Actor,
    input: PersonCorrection & {
      idempotencyKey: string;
      socialWorkerId: string;
      certificateNo?: string | null;
      level?: SocialWorkLevel | null;
      /** For officers alone. NOT_PERMITTED. */
      registeredOn?: Day | null;
    },
  ): Promise<Done<SocialWorker>>;
  /** The steps after the registration; empty where the actor may not see them. Batched. */
  historyOf(actor: Actor, ids: readonly string[]): Promise<CapacityEvent[][]>;
  recordTraining(
    actor: Actor,
    input: { idempotencyKey: string; socialWorkerId: string; name: string; hours: number; organizer: string; on: Day },
  ): Promise<Done<SocialWorker>>;
  withdrawTraining(actor: Actor, input: { trainingId: string; reason: string }): Promise<SocialWorker>;
  /** Null for absent or not yours to see. Batched. */
  many(actor: Actor, ids: readonly string[]): Promise<(SocialWorker | null)[]>;
  list(
    actor: Actor,
    filter: { organizationId?: string | null; level?: SocialWorkLevel[] | null },
    page: PageInput,
  ): Promise<Connection<SocialWorker>>;
  /** What may be shown of them; null where not yours to see, or erased. Batched. */
  faces(actor: Actor, ids: readonly string[]): Promise<({ displayName: string; maskedCertificateNo: string } | null)[]>;
  /** The term's training; null where not yours to see. Batched. */
  training(actor: Actor, ids: readonly string[]): Promise<(TermTraining | null)[]>;
  /** Pieces of training by id; null where absent or not yours to see. Batched. */
  trainings(actor: Actor, ids: readonly string[]): Promise<(TermTraining["lines"][number] | null)[]>;
  /** How many of each organisation are registered today. Batched. */
  certified(organizationIds: readonly string[]): Promise<number[]>;
}
export interface TermTraining {
  earnedHours: number;
  requiredHours: number;
  termEndsOn: Day;
  lines: { id: string; hours: number; on: Day; name: string | null; organizer: string | null }[];
}

/** Paid posts. */
export interface PostsService {
  set(
    actor: Actor,
    input: {
      idempotencyKey: string;
      volunteerId?: string | null;
      socialWorkerId?: string | null;
      organizationId: string;
      post: CommunityPost;
      grade: number;
      validFrom: Day;
      validUntil?: Day | null;
    },
  ): Promise<Done<Post>>;
  end(actor: Actor, input: { postId: string; on: Day; reason: string }): Promise<Post>;
  list(actor: Actor, organizationId: string, page: PageInput): Promise<Connection<Post>>;
  many(actor: Actor, ids: readonly string[]): Promise<(Post | null)[]>;
  /** What their holders are called. Batched. */
  names(actor: Actor, ids: readonly string[]): Promise<(string | null)[]>;
}

/** What may be shown of somebody on the list. */
export interface RecipientFace {
  displayName: string;
  categories: RecipientCategory[];
  maskedPhone: string | null;
  address: string | null;
  birthDate: Day;
}
/** A span on the list as the API shows it. */
export interface ShownListing {
  divisionCode: string;
  listedOn: Day;
  listedUntil: Day | null;
  ending: ListingEnding | "DECEASED" | null;
}
/** Those whom the stations look after. */
export interface RecipientsService {
  register(
    actor: Actor,
    input: {
      idempotencyKey: string;
      displayName: string;
      legalName?: string | null;
      idKind?: IdKind | null;
      idNumber?: string | null;
      birthDate: Day;
      phone?: string | null;
      divisionCode: string;
      address?: string | null;
      categories: RecipientCategory[];
      consent: boolean;
    },
  ): Promise<Done<Recipient>>;
  revise(
    actor: Actor,
    input: PersonCorrection & {
      recipientId: string;
      birthDate?: Day | null;
      phone?: string | null;
      address?: string | null;
      categories?: RecipientCategory[] | null;
      divisionCode?: string | null;
    },
  ): Promise<Recipient>;
  list(
    actor: Actor,
    input: { recipientId: string; listed: boolean; reason: string; expectedVersion?: number | null },
  ): Promise<Recipient>;
  /** Those on the list today; for stations their own, for officers and auditors all. */
  find(
    actor: Actor,
    filter: { text?: string | null; category?: RecipientCategory[] | null; divisionCode?: string | null },
    page: PageInput,
  ): Promise<Connection<Recipient>>;
  /** Null for absent or not yours to see. Batched. */
  many(actor: Actor, ids: readonly string[]): Promise<(Recipient | null)[]>;
  /** Null where not yours to see, or erased. Batched. */
  faces(actor: Actor, ids: readonly string[]): Promise<(RecipientFace | null)[]>;
  /** The steps after the registration; empty where the actor may not see them. Batched. */
  historyOf(actor: Actor, ids: readonly string[]): Promise<CapacityEvent[][]>;
  /** The spans on the list, the earliest first; none where not yours to see. Batched. */
  listings(actor: Actor, ids: readonly string[]): Promise<ShownListing[][]>;
}

/** A step of a recipient or a social worker after the registration, as the API shows it. */
export interface CapacityEvent {
  at: Instant;
  action: CapacityAction;
  fields: string[];
  actorKind: ActorKind;
  reason: string | null;
}

export type ShownVisit = VisitDetails;
export interface Attempt {
  at: Instant;
  mode: VisitMode;
  /** Null once erased. */
  result: VisitResult | null;
}
/** Visits, and what everybody on the list is owed. */
export interface VisitsService {
  record(
    actor: Actor,
    input: {
      idempotencyKey: string;
      organizationId: string;
      recipientId: string;
      at: Instant;
      mode: VisitMode;
      result: VisitResult;
      minutes?: Minutes | null;
      note?: string | null;
      asVolunteer: boolean;
      /** Who comes on paid duty; told from the actor where it is left out. */
      visitor?: Visitor | null;
      serviceType?: string | null;
      activityLead?: string | null;
      /** What speaks for a visit that is entered late. */
      evidence?: Evidence[] | null;
    },
  ): Promise<Done<Visit>>;
  withdraw(actor: Actor, input: { visitId: string; reason: string }): Promise<Visit>;
  confirm(actor: Actor, input: { visitId: string; expectedVersion?: number | null }): Promise<Visit>;
  many(actor: Actor, ids: readonly string[]): Promise<(Visit | null)[]>;
  details(actor: Actor, ids: readonly string[]): Promise<(ShownVisit | null)[]>;
  obligationsOf(actor: Actor, visitIds: readonly string[]): Promise<(Obligation | null)[]>;
  obligations(
    actor: Actor,
    organizationId: string,
    of: { month: string; state?: ObligationState[] | null },
    page: PageInput,
  ): Promise<Connection<Obligation>>;
  waiting(actor: Actor, organizationId: string, page: PageInput): Promise<Connection<Visit>>;
  obligationsById(actor: Actor, ids: readonly string[]): Promise<(Obligation | null)[]>;
  attempts(actor: Actor, obligationIds: readonly string[]): Promise<Attempt[][]>;
  coverage(actor: Actor, of: { month: string; divisionCode?: string | null }): Promise<VisitCoverage[]>;
}
