import type { Actor, ActorKind, Grant, Role } from "../domain/actors";
import type { Day, Instant, WorkingCalendar } from "../domain/calendar";
import type { DivisionLine } from "../domain/divisions";
import type { DisputeOutcome, Evidence, RecordOrigin, RecordState, RecordStep } from "../domain/hours";
import type { IdentityLink } from "../domain/identities";
import type { Invitation, InvitationState, InviteeKind } from "../domain/invitations";
import type { Language } from "../domain/language";
import type { Account, AccountKind, Balance, Unit } from "../domain/ledger/accounts";
import type { EntryKind, Transfer } from "../domain/ledger/transfers";
import type { Minutes } from "../domain/minutes";
import type { Told } from "../domain/notices";
import type {
  Award,
  Division,
  FilingStatus,
  Organization,
  OrganizationKind,
  OrganizationProfile,
  VillageKind,
} from "../domain/organizations";
import type { IdKind, PapersHolder } from "../domain/papers";
import type { ServiceType } from "../domain/parameters";
import type { Policies, PolicyVersion } from "../domain/policies";
import type { Refusal } from "../domain/refusal";
import type { TieKind } from "../domain/ties";
import type { ServiceTotals } from "../domain/totals";
import type {
  RevisableField,
  Volunteer,
  VolunteerAction,
  VolunteerState,
  VolunteerStepAction,
} from "../domain/volunteers";
import type { EntryLine, Erasure, RecordOrder, StoredRecord } from "../storage/store";
import type {
  ActivitiesService,
  AttendanceService,
  CalendarsService,
  CampaignTotals,
  FundraisingService,
  ScreensService,
  SignUpsService,
} from "./activities/contract";
import type {
  ClocksService,
  CreditService,
  HeadsService,
  IndicatorsService,
  PostsService,
  RatingsService,
  RecipientsService,
  RegistryService,
  SocialWorkersService,
  SpotChecksService,
  VillagePointsService,
  VisitsService,
} from "./governing/contract";

/** What the edges may ask of the bank. Each refusal is thrown as a `Refusal`; anything else thrown is our fault. */
export interface Services {
  now(): Instant;
  today(): Day;
  /** Opaque name of the bank (C2SP origin). */
  readonly origin: string;
  calendar(): Promise<WorkingCalendar>;
  readonly people: PeopleService;
  readonly staff: StaffService;
  readonly identities: IdentitiesService;
  readonly sessions: SessionsService;
  readonly invitations: InvitationsService;
  readonly volunteers: VolunteersService;
  readonly corrections: CorrectionsService;
  readonly persons: PersonsService;
  readonly guardians: GuardiansService;
  readonly divisions: DivisionsService;
  readonly ties: TiesService;
  readonly organizations: OrganizationsService;
  readonly socialWorkers: SocialWorkersService;
  readonly posts: PostsService;
  readonly registry: RegistryService;
  readonly heads: HeadsService;
  readonly villagePoints: VillagePointsService;
  readonly recipients: RecipientsService;
  readonly visits: VisitsService;
  readonly privacy: PrivacyService;
  readonly credit: CreditService;
  readonly ratings: RatingsService;
  readonly clocks: ClocksService;
  readonly indicators: IndicatorsService;
  readonly spotChecks: SpotChecksService;
  readonly hours: HoursService;
  readonly activities: ActivitiesService;
  readonly signUps: SignUpsService;
  readonly attendance: AttendanceService;
  readonly screens: ScreensService;
  readonly fundraising: FundraisingService;
  readonly notices: NoticesService;
  readonly calendars: CalendarsService;
  readonly ledger: LedgerService;
  readonly policies: PoliciesService;
  readonly announcements: AnnouncementsService;
}

/** `first` 1 to 100 (statement 500); `after` is an opaque cursor of the same list. Else INVALID_INPUT. */
export interface PageInput {
  first: number;
  after?: string | null;
}
export interface Connection<T> {
  edges: { cursor: string; node: T }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
}
export type * from "./activities/contract";
export type * from "./governing/contract";
export type { Evidence };
export interface Done<T> {
  value: T;
  /** True when this key was answered before: the value is rendered anew, nothing was done. */
  replayed: boolean;
}

export interface SessionsService {
  /** Ends a session, which is named by a hash of its token, for all servers of the bank. */
  end(session: string, expiresAt: Instant): Promise<void>;
  /** Which of these sessions were ended. */
  endedAmong(sessions: readonly string[]): Promise<ReadonlySet<string>>;
}

/** A role, where it is held, and for which days. */
export interface GrantTerms {
  role: Role;
  organizationId?: string | null;
  divisionCode?: string | null;
  validFrom: Day;
  validUntil?: Day | null;
}
/** The person by id, by a subject that is tied to them already, or by the display name of a new one. */
export interface Appointing extends GrantTerms {
  personId?: string;
  displayName?: string;
  /** From now on tokens of this issuer with this subject are this person. */
  subject?: string;
  issuer: string;
}
/** Who now holds the role, and all roles in force. */
export interface Appointment {
  personId: string;
  grantId: string;
  displayName: string | null;
  roles: Role[];
}

/** A real name that a trusted issuer has verified, with the numbers that it vouches for. */
export interface VerifiedClaims {
  readonly name: string;
  readonly idNumber: string | null;
  readonly phone: string | null;
}

export interface PeopleService {
  /** Who a verified token's subject is: a person of ours, or whoever its identity was linked to. Else personId is null. */
  actorOf(claims: { subject: string; issuer: string; verified?: VerifiedClaims } | null): Promise<Actor>;
  /** The actor a person of ours is today; nobody where there is none. */
  actorOfPerson(personId: string): Promise<Actor>;
  grantRole(actor: Actor, input: GrantTerms & { idempotencyKey: string; personId: string }): Promise<Done<Grant>>;
  /** Gives a role from the machine that holds the keys, to a person who may be new. */
  appoint(actor: Actor, input: Appointing): Promise<Appointment>;
  /** Null for absent, or neither one's own nor one the actor could give. Batched. */
  grants(actor: Actor, ids: readonly string[]): Promise<(Grant | null)[]>;
  revokeRole(actor: Actor, input: { grantId: string; reason: string }): Promise<Grant>;
  /** Who holds roles today, by id. */
  list(
    actor: Actor,
    filter: { role?: Role[] | null; text?: string | null },
    page: PageInput,
  ): Promise<Connection<{ id: string }>>;
  /** What they are called; null where that is not yours to see, or erased. Batched. */
  labels(actor: Actor, ids: readonly string[]): Promise<(string | null)[]>;
  grantsOf(actor: Actor, personIds: readonly string[]): Promise<Grant[][]>;
  /** A staff member without a volunteer's account; used by seed and `goodhours grant`. */
  registerStaff(actor: Actor, input: { displayName: string }): Promise<string>;
  /** The person that each id stands for today, which differs after a merging. Batched. */
  standing(personIds: readonly string[]): Promise<string[]>;
}

/** Somebody's role, and by what they are known: their id, their subject at the token issuer, or their name at the place. */
export interface StaffLine {
  role: Role;
  organizationId?: string | null;
  organizationSlug?: string | null;
  divisionCode?: string | null;
  displayName?: string | null;
  personId?: string | null;
  /** From now on tokens of this issuer with this subject are this person. */
  subject?: string | null;
  issuer?: string | null;
  validFrom?: Day | null;
  validUntil?: Day | null;
}
export interface StaffService {
  /** Gives roles, and makes the persons who are new. A role that is held already repeats. */
  register(
    actor: Actor,
    input: { idempotencyKey: string; mode: BatchMode; dryRun: boolean; staff: StaffLine[] },
  ): Promise<BatchOf<Grant>>;
}

/** Which subjects of the token issuer are which person. */
export interface IdentitiesService {
  /** Ties an issuer's subject to a person. DUPLICATE_PERSON when it is another's. */
  link(
    actor: Actor,
    input: {
      idempotencyKey: string;
      personId: string;
      issuer: string;
      subject: string;
      reason: string;
      evidence?: Evidence | null;
    },
  ): Promise<Done<IdentityLink>>;
  /** Ends a link. LAST_IDENTITY where it is the person's own last one. */
  unlink(actor: Actor, input: { identityId: string; reason: string }): Promise<IdentityLink>;
  /** Null for absent, or neither one's own nor one the actor could end. Batched. */
  many(actor: Actor, ids: readonly string[]): Promise<(IdentityLink | null)[]>;
  /** By person, the earliest first, with those that ended; empty where the actor may not see them. Batched. */
  of(actor: Actor, personIds: readonly string[]): Promise<IdentityLink[][]>;
  /** Of each volunteer, whether the actor may know the person by id, to link, merge or part. Batched. */
  reaches(actor: Actor, volunteerIds: readonly string[]): Promise<boolean[]>;
  /** The same of every person, in whichever capacity. */
  reachesAll(actor: Actor): boolean;
}

/** One of these: a volunteer, a person with a role at the organisation, or the minor whose guardian is invited. */
export interface Invitee {
  volunteerId?: string | null;
  personId?: string | null;
  guardianOf?: string | null;
}
/** An invitation with its code, which is told once; null in every later answer. */
export type Invited = Invitation & { code: string | null };
/** What a code leads to: who invites, and enough of a name to know that it is one's own. */
export interface LookedAtInvitation {
  kind: InviteeKind;
  organizationName: string;
  name: string | null;
}

/** One-time codes by which people reach what was registered for them. */
export interface InvitationsService {
  invite(
    actor: Actor,
    input: { idempotencyKey: string; organizationId: string; invitees: Invitee[] },
  ): Promise<Done<Invited[]>>;
  /** Taking it back again answers the same. ILLEGAL_TRANSITION once it was accepted. */
  revoke(actor: Actor, input: { invitationId: string; reason: string }): Promise<Invitation>;
  /**
   * The person whom the caller is from now on. TOO_MANY_TRIES after five wrong codes of theirs in an hour, or a hundred from
   * the address that they ask from, where it is known.
   */
  accept(actor: Actor, input: { idempotencyKey: string; code: string }, address?: string | null): Promise<Done<string>>;
  look(actor: Actor, code: string, address?: string | null): Promise<LookedAtInvitation>;
  /** An organisation's, the newest first. */
  list(
    actor: Actor,
    organizationId: string,
    filter: { state?: InvitationState[] | null },
    page: PageInput,
  ): Promise<Connection<Invitation>>;
  /** Null for absent or not yours to see. Batched. */
  many(actor: Actor, ids: readonly string[]): Promise<(Invitation | null)[]>;
}

export interface RegisterVolunteer {
  idempotencyKey: string;
  volunteerNo?: string | null;
  displayName: string;
  legalName?: string | null;
  /** Told from the form of the number where left out. */
  idKind?: IdKind | null;
  idNumber?: string | null;
  birthDate: Day;
  phone?: string | null;
  divisionCode: string;
  skills?: string[] | null;
  serviceTypes?: string[] | null;
  consent: boolean;
  /** At least 16 and living on own labour. */
  selfSupporting?: boolean | null;
  guardianConsent?: { guardianName: string; relation: string; consentedOn: Day; evidence?: Evidence | null } | null;
  /** True registers the actor themselves, who may otherwise register others. */
  self?: boolean | null;
  /** Registers for this station; else for the organisation of the actor's first station grant. */
  organizationId?: string | null;
  group?: boolean;
  /** Tells what would happen and keeps nothing; uses no key. */
  dryRun?: boolean;
}
export interface ReviseVolunteer {
  idempotencyKey: string;
  volunteerId: string;
  expectedVersion?: number | null;
  displayName?: string | null;
  legalName?: string | null;
  birthDate?: Day | null;
  idKind?: IdKind | null;
  idNumber?: string | null;
  phone?: string | null;
  divisionCode?: string | null;
  /** The station that vouches from now on. */
  organizationId?: string | null;
  volunteerNo?: string | null;
  guardianConsent?: RegisterVolunteer["guardianConsent"];
  reason: string;
  evidence?: Evidence | null;
}
export interface VolunteerEvent {
  at: Instant;
  action: VolunteerStepAction;
  from: VolunteerState;
  to: VolunteerState;
  fields: RevisableField[];
  actorKind: ActorKind;
  reason: string | null;
}
/** What the actor may see of a volunteer's person; null where it may not. */
export interface VisiblePerson {
  displayName: string | null;
  /** Whether the name is masked: without a tie there is the number and that, and nothing else. */
  masked: boolean;
  maskedIdNumber: string | null;
  maskedPhone: string | null;
  birthDate: Day | null;
}

export interface VolunteersService {
  register(actor: Actor, input: RegisterVolunteer): Promise<Done<Volunteer>>;
  advance(
    actor: Actor,
    input: {
      volunteerId: string;
      action: VolunteerAction;
      reason?: string | null;
      papersSeen?: boolean | null;
      /** Of RETURN: false where the volunteer has not consented anew. */
      consent?: boolean | null;
      guardianConsent?: RegisterVolunteer["guardianConsent"];
    },
  ): Promise<Volunteer>;
  /** The steps after the registration, the first first; none where they are not yours to see. Batched. */
  historyOf(actor: Actor, ids: readonly string[]): Promise<VolunteerEvent[][]>;
  /** Only volunteers the actor may find; NOT_PERMITTED for one who may find none. */
  find(
    actor: Actor,
    filter: {
      volunteerNo?: string | null;
      text?: string | null;
      state?: VolunteerState[] | null;
      divisionCode?: string | null;
    },
    page: PageInput,
  ): Promise<Connection<Volunteer>>;
  /** Null entries for absent or not yours to see. Batched. */
  many(actor: Actor, ids: readonly string[]): Promise<(Volunteer | null)[]>;
  /** As `many`, and those of whom a record or a sign-up stands where the actor works: `persons` masks their names. */
  faces(actor: Actor, ids: readonly string[]): Promise<(Volunteer | null)[]>;
  persons(actor: Actor, ids: readonly string[]): Promise<VisiblePerson[]>;
  totals(ids: readonly string[]): Promise<ServiceTotals[]>;
}

/** Why an organisation sees a volunteer, and until which day; null where nothing ends it by itself. */
export interface ShownTie {
  kind: TieKind;
  organizationId: string;
  until: Day | null;
  /** Of what the volunteer said: the version to pass as expectedVersion. */
  version: number | null;
}
/** Which organisations see a volunteer, by the volunteer's own word. */
export interface TiesService {
  /** Allows an organisation to see the volunteer (the actor where left out), or ends that; answers with the volunteer's id. */
  set(
    actor: Actor,
    input: {
      volunteerId?: string | null;
      organizationId: string;
      allowed: boolean;
      reason?: string | null;
      expectedVersion?: number | null;
    },
  ): Promise<string>;
  /** For the volunteer, their guardians, and whoever keeps their registration; empty for others. */
  of(actor: Actor, volunteerId: string): Promise<ShownTie[]>;
}

/** What was entered wrongly about people, put right: each a fact with its reason. */
export interface CorrectionsService {
  /** Corrects what is kept of a volunteer; what is left out stays. The same content again is no new step. */
  revise(actor: Actor, input: ReviseVolunteer): Promise<Done<Volunteer>>;
}
export interface SeparatePerson {
  idempotencyKey: string;
  personId: string;
  /** The volunteer that stays, where it is said; it must be the person's. */
  keepVolunteerId?: string | null;
  separateVolunteerId?: string | null;
  separateRecipientId?: string | null;
  separateSocialWorkerId?: string | null;
  /** Roles and ways to sign in that go too; the others stay. */
  separateGrantIds?: string[] | null;
  /** A person who was merged into this one by mistake: what the merging brought goes back to them. */
  mergedPersonId?: string | null;
  /** With mergedPersonId: the records that go, and no others; and the minutes of the balance that go. */
  separateRecordIds?: string[] | null;
  separateMinutes?: number | null;
  /** Which of the two has an ID number that both would have. */
  papersOf?: PapersHolder | null;
  separateIdentityIds?: string[] | null;
  reason: string;
  evidence?: Evidence | null;
}
export interface MergePeople {
  idempotencyKey: string;
  keepPersonId: string;
  mergePersonId: string;
  reason: string;
  evidence?: Evidence | null;
}
export interface MergedPeople {
  keptId: string;
  mergedId: string;
  /** The transfers that brought the balance over. */
  entries: { seq: number; minutes: Minutes }[];
}
/** Persons who are not one, and persons who are: put right by an officer. */
export interface PersonsService {
  /** What was never the person's becomes a person of its own, with all that hangs on it. By id. */
  separate(actor: Actor, input: SeparatePerson): Promise<Done<{ keptId: string; separatedId: string }>>;
  /** Two who are one: all that is the second's goes to the first, and the older registration stays. By id. */
  merge(actor: Actor, input: MergePeople): Promise<Done<MergedPeople>>;
  /** The ids of the persons who were merged into this one; none for an actor who may not part them. */
  mergedInto(actor: Actor, personId: string): Promise<{ id: string }[]>;
}

/** Who answers for a minor. Both are registered volunteers; answers with the minor's volunteer id. */
export interface GuardiansService {
  link(actor: Actor, input: { idempotencyKey: string; volunteerId: string; guardianId: string }): Promise<Done<string>>;
  end(actor: Actor, input: { volunteerId: string; guardianId: string; reason: string }): Promise<string>;
  /** Volunteer ids of the minors the actor answers for today. */
  wards(actor: Actor): Promise<string[]>;
  /** Who answers for each of these volunteers today, for who could end it; else nobody. Batched. */
  of(actor: Actor, volunteerIds: readonly string[]): Promise<ShownGuardian[][]>;
}
/** Who answers for a minor: a guardian who came by an invitation need be no volunteer. */
export interface ShownGuardian {
  personId: string;
  displayName: string | null;
}

/** The office's list of divisions. */
export interface DivisionsService {
  /** Adds divisions, or sets those that are known by their code: officers of the whole bank. Lines may stand in any order. */
  set(
    actor: Actor,
    input: { idempotencyKey: string; mode: BatchMode; dryRun: boolean; divisions: DivisionLine[] },
    linesMost?: number,
  ): Promise<BatchOf<Division>>;
  /** The divisions right below one, retired ones too; none where there is no such division. */
  inside(parentCode: string): Promise<Division[]>;
}

/** An organisation as it is registered. */
export interface OrganizationLine {
  slug?: string | null;
  name: string;
  kind: OrganizationKind;
  uscc?: string | null;
  filingStatus: FilingStatus;
  divisionCode: string;
  registeredOn?: Day | null;
  hub?: boolean | null;
  villageKind?: string | null;
}

export interface OrganizationsService {
  register(
    actor: Actor,
    input: { idempotencyKey: string } & Omit<OrganizationLine, "registeredOn" | "hub" | "villageKind">,
  ): Promise<Done<Organization>>;
  /** A line that says what is registered already repeats it: by its short name, its code, or its name in its division. */
  registerAll(
    actor: Actor,
    input: { idempotencyKey: string; mode: BatchMode; dryRun: boolean; organizations: OrganizationLine[] },
  ): Promise<BatchOf<Organization>>;
  many(ids: readonly string[]): Promise<(Organization | null)[]>;
  bySlug(slug: string): Promise<Organization | null>;
  list(
    filter: {
      slug?: string | null;
      text?: string | null;
      kind?: OrganizationKind[] | null;
      /** Stations with, or without, the certified social workers that they need. */
      compliant?: boolean | null;
      hub?: boolean | null;
      villageKind?: string[] | null;
      /** Platforms with at least so many stars. */
      minPlatformStar?: number | null;
      divisionCode?: string | null;
    },
    page: PageInput,
  ): Promise<Connection<Organization> & { totalCount(): Promise<number> }>;
  divisions(): Promise<Division[]>;
  /** How many certified social workers a station needs today. */
  requiredWorkers(): Promise<number>;
  /** What an organisation is besides its registration, set by the office. VERSION_CONFLICT where it has changed since. */
  describe(actor: Actor, input: DescribeOrganization): Promise<Organization>;
  /** Batched; where nothing was set, nothing is said. */
  profiles(ids: readonly string[]): Promise<OrganizationProfile[]>;
  villageKinds(): Promise<VillageKind[]>;
  recordAward(
    actor: Actor,
    input: { idempotencyKey: string; organizationId: string; name: string; grantedBy: string; on: Day },
  ): Promise<Done<Organization>>;
  withdrawAward(actor: Actor, input: { awardId: string; reason: string }): Promise<Organization>;
  /** The earliest first, without withdrawn ones. Batched. */
  awards(organizationIds: readonly string[]): Promise<Award[][]>;
}
export interface DescribeOrganization {
  organizationId: string;
  registeredOn?: Day | null;
  hub: boolean;
  villageKind?: string | null;
  supervisorId?: string | null;
  expectedVersion?: number | null;
}
export interface LogEntry {
  externalRef?: string | null;
  volunteerId?: string | null;
  volunteerNo?: string | null;
  serviceType: string;
  startedAt: Instant;
  endedAt: Instant;
  breakMinutes: Minutes;
  place?: string | null;
  content: string;
  activityLead: string;
  recipientId?: string | null;
  evidence?: Evidence[] | null;
}
export type BatchMode = "EACH" | "ALL_OR_NOTHING";
/** What became of a batch, line by line: accepted, repeated and refused count lines and add up. */
export interface BatchOf<T> {
  accepted: number;
  repeated: number;
  refused: number;
  replayed: boolean;
  /** `record` is what the line is about, as the actor may see it; null where not, or where the line was refused. */
  results: { index: number; repeated: boolean; record: T | null; refusal: Refusal | null }[];
}
export type BatchAnswer = BatchOf<StoredRecord>;
export interface RecordDetails {
  place: string | null;
  content: string;
  activityLead: string | null;
  recipientId: string | null;
  evidence: Evidence[];
  /** The organisation's own reference; records of earlier releases keep theirs in clear. */
  externalRef?: string;
}
export interface StepLine extends RecordStep {
  /** Null when the actor may not see it. */
  reason: string | null;
  /** How good a confirmer found the service, 1 to 5; null where nobody said (order 67 §10). */
  quality: number | null;
}
export interface DisputeLine {
  reason: string;
  openedAt: Instant;
  openedBy: { kind: ActorKind };
  evidence: Evidence[];
  outcome: DisputeOutcome | null;
  decidedAt: Instant | null;
}

/** Which records; a field left out or null does not filter. */
export interface RecordQuery {
  organizationId?: string | null;
  volunteerId?: string | null;
  state?: readonly RecordState[] | null;
  origin?: readonly RecordOrigin[] | null;
  overdue?: boolean | null;
  divisionCode?: string | null;
}

export interface HoursService {
  submit(
    actor: Actor,
    input: { idempotencyKey: string; organizationId: string } & Omit<
      LogEntry,
      "externalRef" | "volunteerId" | "volunteerNo" | "activityLead"
    > & { activityLead?: string | null },
  ): Promise<Done<StoredRecord>>;
  log(
    actor: Actor,
    input: {
      idempotencyKey: string;
      organizationId: string;
      mode: "EACH" | "ALL_OR_NOTHING";
      dryRun: boolean;
      origin?: "IMPORTED";
      entries: LogEntry[];
    },
  ): Promise<BatchAnswer>;
  confirm(
    actor: Actor,
    input: { idempotencyKey: string; recordIds: string[]; quality?: number | null; mode: "EACH" | "ALL_OR_NOTHING" },
  ): Promise<BatchAnswer>;
  giveBack(
    actor: Actor,
    input: { recordId: string; reason: string; expectedVersion?: number | null },
  ): Promise<StoredRecord>;
  reject(
    actor: Actor,
    input: { recordId: string; reason: string; expectedVersion?: number | null },
  ): Promise<StoredRecord>;
  void(
    actor: Actor,
    input: { recordId: string; reason: string; expectedVersion?: number | null },
  ): Promise<StoredRecord>;
  resubmit(
    actor: Actor,
    input: { recordId: string; expectedVersion?: number | null } & {
      [K in
        | "serviceType"
        | "startedAt"
        | "endedAt"
        | "breakMinutes"
        | "place"
        | "content"
        | "activityLead"
        | "evidence"]?: LogEntry[K] | null;
    },
  ): Promise<StoredRecord>;
  dispute(
    actor: Actor,
    input: { idempotencyKey: string; recordId: string; reason: string; evidence?: Evidence[] | null },
  ): Promise<Done<StoredRecord>>;
  resolve(
    actor: Actor,
    input: {
      idempotencyKey: string;
      recordId: string;
      outcome: DisputeOutcome;
      reason: string;
      startedAt?: Instant | null;
      endedAt?: Instant | null;
      breakMinutes?: Minutes | null;
    },
  ): Promise<Done<StoredRecord>>;
  reverse(
    actor: Actor,
    input: { idempotencyKey: string; recordId: string; reason: string },
  ): Promise<Done<StoredRecord>>;
  /** Null entries for absent or not yours to see. */
  many(actor: Actor, ids: readonly string[]): Promise<(StoredRecord | null)[]>;
  list(actor: Actor, filter: RecordQuery, order: RecordOrder, page: PageInput): Promise<Connection<StoredRecord>>;
  /** Batched: the record whose confirmations each is posted under: itself, or the one it replaced, back to the first. */
  standsOn(ids: readonly string[]): Promise<string[]>;
  /** Batched: details, steps and dispute of records the actor was given. */
  details(actor: Actor, ids: readonly string[]): Promise<(RecordDetails | null)[]>;
  steps(actor: Actor, ids: readonly string[]): Promise<StepLine[][]>;
  disputes(actor: Actor, ids: readonly string[]): Promise<(DisputeLine | null)[]>;
  monthSummary(actor: Actor, organizationId: string, month: string): Promise<MonthSummary>;
}
export interface MonthSummary {
  records: number;
  serviceMinutes: Minutes;
  creditedMinutes: Minutes;
  volunteers: number;
  byServiceType: { serviceType: string; records: number; serviceMinutes: Minutes }[];
  /** Of the month's records, the share recorded by the statutory day, in per mille; null without records. */
  recordedOnTimePerMille: number | null;
}

export interface StatementLine {
  cursor: string;
  entry: EntryLine;
  transfer: Transfer;
  runningMinutes: Minutes;
  /** Microseconds. */
  recordedAt: number;
}
export interface Statement {
  openingMinutes: Minutes;
  closingMinutes: Minutes;
  lines: StatementLine[];
  pageInfo: Connection<unknown>["pageInfo"];
}
export interface LedgerService {
  /** Null entries for absent or not yours to see. */
  accounts(actor: Actor, ids: readonly string[]): Promise<(Account | null)[]>;
  /** Batched; asOfSeq is the journal's head. */
  balances(ids: readonly string[]): Promise<Balance[]>;
  statement(
    actor: Actor,
    accountId: string,
    input: PageInput & { axis: "EFFECTIVE" | "RECORDED"; from?: Day | null; to?: Day | null },
  ): Promise<Statement>;
  /** Exactly `seq`, or recordedAt and/or effectiveOn; else INVALID_INPUT. */
  balanceAsOf(
    actor: Actor,
    accountId: string,
    input: { recordedAt?: Instant | null; effectiveOn?: Day | null; seq?: number | null },
  ): Promise<Balance>;
  transfersOfRecords(ids: readonly string[]): Promise<Transfer[][]>;
  /** The seq that reversed each, or null. Batched. */
  reversalsOf(seqs: readonly number[]): Promise<(number | null)[]>;
  transfers(seqs: readonly number[]): Promise<(Transfer | null)[]>;
  /** What accounts are for: public, unlike whose they are. Batched. */
  kindsOf(ids: readonly string[]): Promise<AccountKind[]>;
  owing(actor: Actor, organizationId: string, page: PageInput): Promise<Connection<Account>>;
  /** Frees what expired holds set aside; how many there were. Called by the serving process every minute. */
  expireHolds(): Promise<number>;
  size(): Promise<number>;
  /** −(ISSUANCE + GRANT_FUNDING) − REDEEMED, in minutes. */
  circulationMinutes(): Promise<Minutes>;
  trialBalance(): Promise<{
    totals: { kind: AccountKind; debitMinutes: Minutes; creditMinutes: Minutes }[];
    debitMinutes: Minutes;
    creditMinutes: Minutes;
  }>;
}

export interface PoliciesService {
  current(): Promise<Policies>;
  list(filter: { on?: Day | null; key?: string[] | null }, page: PageInput): Promise<Connection<PolicyVersion>>;
  many(ids: readonly string[]): Promise<(PolicyVersion | null)[]>;
  /** Last day in force, or null while no later version is set. */
  effectiveTo(ids: readonly string[]): Promise<(Day | null)[]>;
  catalogue(on?: Day): Promise<ServiceType[]>;
  set(
    actor: Actor,
    input: { idempotencyKey: string; key: string; value: unknown; effectiveFrom: Day; citation: string },
  ): Promise<Done<PolicyVersion>>;
}

/** What somebody is told: a step that another took of what is theirs. */
export type Notice = Told & {
  id: string;
  /** The sign-up, the credit record or the service record. */
  subjectId: string;
  /** The activity's or the organisation's name, or the credit record's ground. */
  about: Record<Language, string>;
  reason: string | null;
  at: Instant;
  readAt: Instant | null;
};
export interface NoticesService {
  list(actor: Actor, unread: boolean | null, page: PageInput): Promise<Connection<Notice> & { unreadCount: number }>;
  /** How many are left unread. Others' notices are left alone. */
  markRead(actor: Actor, noticeIds: string[]): Promise<number>;
}

/** A link's secret part, and until when it leads anywhere. */
export interface PersonExport {
  secret: string;
  expiresAt: Instant;
}
/** All that is kept of somebody: every word that was sealed, and the rows about them. */
export interface PersonCopy {
  personId: string;
  words: { seq: number; value: unknown }[];
  grants: Grant[];
  identities: IdentityLink[];
  volunteer: Volunteer | null;
  serviceRecords?: StoredRecord[];
  signUps?: object[];
  entries?: EntryLine[];
  creditRecords?: object[];
}
/** What everybody may ask about themselves. */
export interface PrivacyService {
  export(actor: Actor, input: { idempotencyKey: string; personId: string }): Promise<Done<PersonExport>>;
  /** Null for a link that is not ours, or has had its hour. */
  copy(secret: string): Promise<PersonCopy | null>;
  erase(actor: Actor, input: { idempotencyKey: string; personId: string; reason: string }): Promise<Done<Erasure>>;
  /** Destroys what an erasure that was cut off left; how many there were. Called by the serving process every minute. */
  finishErasures(): Promise<number>;
}

export interface BalanceEvent {
  account: Account;
  balance: Balance;
  /** Null for the first event, which tells the state now. */
  entry: { line: EntryLine; kind: EntryKind } | null;
}
export interface AnnouncementsService {
  /** First the state now (or, after `afterSeq`, each entry since), then every entry after its commit, in seq order, at least once. NOT_FOUND when not yours. */
  balanceChanges(actor: Actor, accountId: string, afterSeq: number | null): AsyncIterableIterator<BalanceEvent>;
  /** First the totals now, then each change after its commit, the latest only, at most once a second. NOT_FOUND when there is none. */
  campaignTotals(slug: string): AsyncIterableIterator<CampaignTotals>;
}

export type { ActorKind, Erasure, Unit };
