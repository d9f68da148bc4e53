import type { CheckInCode, Signal } from "../../domain/activities/attendance";
import type { Disclosure, DisclosureState, Fundraising } from "../../domain/activities/fundraising";
import type {
  Activity,
  ActivityAction,
  ActivityDetails,
  ActivityStep,
  Campaign,
  Shift,
  Venue,
} from "../../domain/activities/machine";
import type { Missed, SignUpOutcome, SignUpState, SignUpStep } from "../../domain/activities/signups";
import type { Counts, Tally, TallyDimension } from "../../domain/activities/tallies";
import type { Evidence } from "../../domain/hours";
import type { Day, Instant } from "../../domain/kit/calendar";
import type { Minutes } from "../../domain/kit/minutes";
import type { Actor } from "../../domain/permissions/actors";
import type { StoredAttendance, StoredSignUp } from "../../storage/store";
import type { Connection, Done, OrderedPageInput, PageInput } from "./answers";
import type { ShownRevision } from "./governing";

/** Texts of an activity; sealed under its own key. */
export interface ActivityTexts {
  description: string;
  contact: string;
  activityLead?: string | null;
  riskNotice?: string | null;
  insurance?: string | null;
  agreement?: string | null;
}
export interface ShiftPlan {
  /** Which shift it was, when an activity is edited: its sign-ups follow it. */
  id?: string | null;
  startsAt: Instant;
  endsAt: Instant;
  capacity: number;
  place: string;
  /** Degrees; kept as millionths. */
  latitude?: number | null;
  longitude?: number | null;
  radiusMetres?: number | null;
  /** The shift comes again every so many days, up to and including a day. */
  repeatEveryDays?: number | null;
  repeatUntil?: Day | null;
}
/** A shift with its venue, as somebody may see it. */
export type ShownShift = Shift & Venue;
interface Audience {
  hazardous?: boolean | null;
  openToMinors?: boolean | null;
  outsideCounty?: boolean | null;
}
export interface CreateActivity extends ActivityTexts, Audience {
  idempotencyKey: string;
  organizationId: string;
  campaignSlug?: string | null;
  slug: string;
  name: string;
  serviceType: string;
  divisionCode: string;
  shifts: ShiftPlan[];
}
export type EditActivity = {
  activityId: string;
  name?: string | null;
  shifts?: ShiftPlan[] | null;
  expectedVersion?: number | null;
} & Audience & {
    [K in keyof ActivityTexts]?: string | null;
  };
export interface SetFundraising {
  activityId: string;
  planFilingNo: string;
  permitNo: string;
  organizationName: string;
  howToQuery: string;
  endsOn: Day;
  disclosedOn?: Day | null;
  filedOn?: Day | null;
  startsOn?: Day | null;
  emergency?: boolean | null;
  interimDisclosedOn?: Day[] | null;
}
export interface CreateCampaign {
  idempotencyKey: string;
  slug: string;
  name: string;
  nameEn?: string | null;
  tagline?: string | null;
  taglineEn?: string | null;
  day: Day;
}
export interface ReviseCampaign {
  campaignId: string;
  name?: string | null;
  /** An empty text takes what was there away; so for the others below. */
  nameEn?: string | null;
  tagline?: string | null;
  taglineEn?: string | null;
  day?: Day | null;
  reason: string;
  expectedVersion?: number | null;
}
export interface ActivityFilterInput {
  state?: Activity["state"][] | null;
  serviceType?: string[] | null;
  divisionCode?: string | null;
  on?: Day | null;
  campaignId?: string | null;
  organizationId?: string | null;
}
export interface FundraisingFacts extends Fundraising {
  state: DisclosureState;
  /** Civil days that the next disclosure is late, or the final one was; 0 in time. */
  daysLate: number;
  disclosures: Disclosure[];
}
export interface Unresolved {
  missingCheckOut: number;
  missingRecord: number;
  recordsWaiting: number;
}
/** A campaign's totals, true at `asOfSeq`. */
export interface CampaignTotals extends Counts {
  asOfSeq: number;
}

/** A line of somebody's calendar: a shift, and whether they still stand on its list. */
export interface CalendarEntry {
  shift: ShownShift;
  activity: Activity;
  /** Of the sign-up: it grows with each change of its state. */
  version: number;
  called: "OFF" | "MAYBE" | "ON";
}

export interface ActivitiesService {
  create(actor: Actor, input: CreateActivity): Promise<Done<Activity>>;
  edit(actor: Actor, input: EditActivity): Promise<Activity>;
  advance(
    actor: Actor,
    input: { activityId: string; action: ActivityAction; reason?: string | null; expectedVersion?: number | null },
  ): Promise<Activity>;
  /** Calls one shift of several off: whoever stood on its list is told. PEOPLE_HAVE_COME once somebody came to it. */
  dropShift(actor: Actor, input: { shiftId: string; reason: string }): Promise<Activity>;
  /** Notes who did not come, and ends what nobody ended; called by the serving process every minute. */
  keepTime(): Promise<{ missed: number; ended: number; failed: unknown[] }>;
  /** What it is called, its motto or its day; the short name stays, since addresses hold it. */
  reviseCampaign(actor: Actor, input: ReviseCampaign): Promise<Campaign>;
  /** For officers and auditors; else empty. Batched. */
  campaignHistories(actor: Actor, ids: readonly string[]): Promise<ShownRevision[][]>;
  createCampaign(actor: Actor, input: CreateCampaign): Promise<Done<Campaign>>;

  campaigns(page: PageInput): Promise<Connection<Campaign>>;
  campaignBySlug(slug: string): Promise<Campaign | null>;
  /** Null for absent. Batched. */
  campaignsById(ids: readonly string[]): Promise<(Campaign | null)[]>;
  /** Null for absent or not yours to see. Batched. */
  many(actor: Actor, ids: readonly string[]): Promise<(Activity | null)[]>;
  bySlug(actor: Actor, slug: string): Promise<Activity | null>;
  list(actor: Actor, filter: ActivityFilterInput, page: PageInput): Promise<Connection<Activity>>;
  /** Null for absent or not yours to see; as they were reviewed last, but for its own house. Batched. */
  details(actor: Actor, ids: readonly string[]): Promise<(ActivityDetails | null)[]>;
  /** Steps and their reasons, for its own house and its reviewers; else empty. Batched. */
  history(actor: Actor, ids: readonly string[]): Promise<(ActivityStep & { reason: string | null })[][]>;
  /** Null for absent or not yours to see. Batched. */
  shifts(actor: Actor, ids: readonly string[]): Promise<(ShownShift | null)[]>;
  /** Of sign-ups that the actor sees: also where the announcement was taken back since. Batched. */
  shiftsOfSignUps(actor: Actor, shiftIds: readonly string[]): Promise<(ShownShift | null)[]>;
  /** With the dropped ones. Batched by activity. */
  shiftsOf(actor: Actor, activityIds: readonly string[]): Promise<ShownShift[][]>;
  /** Totals of campaigns, activities or shifts, with the journal position they are true at; zeros where nothing was counted. Batched. */
  totals(subjects: readonly string[]): Promise<(Counts & { asOfSeq: number })[]>;
  breakdown(subject: string, dimension: TallyDimension): Promise<Tally[]>;
  organizationsOf(
    campaignId: string,
    order: "SERVICE_MINUTES" | "NAME",
    page: OrderedPageInput,
  ): Promise<Connection<{ organizationId: string; name: string; serviceMinutes: Minutes }>>;
  /** Null where it is not yours to see. */
  unresolved(actor: Actor, activityId: string): Promise<Unresolved | null>;
  /** Null where it is not yours to see. */
  signals(actor: Actor, activityId: string): Promise<Signal[] | null>;
}

export interface CheckInput {
  idempotencyKey: string;
  shiftId: string;
  token?: string | null;
  digits?: string | null;
  volunteerId?: string | null;
  /** A kiosk's visitor types a number instead. */
  volunteerNo?: string | null;
  kiosk?: boolean | null;
  /** The last two digits of that visitor's phone. Left out, the lead nods for somebody who has no phone on file. */
  phoneEnds?: string | null;
  at?: Instant | null;
  latitude?: number | null;
  longitude?: number | null;
  /** What the app calls its device; kept as a keyed hash. */
  deviceId?: string | null;
}

/** Whose check-out is taken back: one's own, or that of whom a lead or a kiosk names. */
export type ReopenInput = Pick<
  CheckInput,
  "idempotencyKey" | "shiftId" | "volunteerId" | "volunteerNo" | "kiosk" | "phoneEnds"
>;

/**
 * What somebody types at a venue's screen: their number, or at least four of its last digits where they are one person's on
 * the list, and the last two digits of their phone.
 */
export interface ScreenVisitor {
  shiftId: string;
  volunteerNo: string;
  phoneEnds?: string | null;
}

/** Checking in opens and closes, checking out closes later. */
export interface CheckWindow {
  opensAt: Instant;
  closesAt: Instant;
  outClosesAt: Instant;
}

/** What it would cost somebody to take a sign-up back now. */
export interface WithdrawalCost {
  countsAsNoShow: boolean;
  /** Until when it does not count; null where it never does, as things stand. */
  freeUntil: Instant | null;
  /** So many hours before a shift, withdrawing begins to count. */
  lateHours: number;
  /** No-shows of this calendar year so far, and with how many signing up ends; for the volunteer and the guardian alone. */
  noShows: number | null;
  noShowsMost: number | null;
}

export interface SignUpsService {
  signUp(actor: Actor, input: { idempotencyKey: string; shiftId: string }): Promise<Done<StoredSignUp>>;
  withdraw(actor: Actor, input: { signUpId: string; reason?: string | null }): Promise<StoredSignUp>;
  decideConsent(
    actor: Actor,
    input: { signUpId: string; consent: boolean; accompanied?: boolean | null; reason?: string | null },
  ): Promise<StoredSignUp>;
  /** Null for absent or not yours to see. Batched. */
  many(actor: Actor, ids: readonly string[]): Promise<(StoredSignUp | null)[]>;
  /** A shift's list, for its own house; NOT_PERMITTED for others. `numberEnds`: whose number ends so. */
  ofShift(
    actor: Actor,
    shiftId: string,
    filter: { state?: SignUpState[] | null; numberEnds?: string | null },
    page: PageInput,
  ): Promise<Connection<StoredSignUp>>;
  /** Everybody on an activity's lists in these states, for its own house; NOT_PERMITTED for others. */
  ofActivity(actor: Actor, activityId: string, states: readonly SignUpState[]): Promise<StoredSignUp[]>;
  /** The actor's own newest sign-up for each of these shifts; null where there is none. */
  mineForShifts(actor: Actor, shiftIds: readonly string[]): Promise<(StoredSignUp | null)[]>;
  ofVolunteer(
    actor: Actor,
    volunteerId: string,
    state: SignUpState[] | null,
    page: PageInput,
  ): Promise<Connection<StoredSignUp>>;
  /**
   * What a withdrawal by the volunteer or the guardian would cost now; null where it is not yours to see, and where there is
   * nothing to take back. Batched.
   */
  withdrawalCosts(actor: Actor, ids: readonly string[]): Promise<(WithdrawalCost | null)[]>;
  positions(ids: readonly string[]): Promise<(number | null)[]>;
  /** Steps and their reasons, oldest first; none where it is not yours to see. Batched. */
  history(actor: Actor, ids: readonly string[]): Promise<(SignUpStep & { reason: string | null })[][]>;
  /** Volunteers due to be struck off this year, for supervisors, officers and auditors. */
  dueForDeregistration(actor: Actor): Promise<({ volunteerId: string } & Missed)[]>;
}

export interface AttendanceService {
  /** What the venue's screen shows now; for its own house. */
  code(actor: Actor, shiftId: string): Promise<CheckInCode>;
  checkIn(actor: Actor, input: CheckInput): Promise<Done<StoredAttendance>>;
  checkOut(actor: Actor, input: CheckInput): Promise<Done<StoredAttendance>>;
  /**
   * Takes back a check-out that was pressed by mistake: they are there again, and a record it made is voided. Until the shift
   * is over (OUTSIDE_WINDOW); ILLEGAL_TRANSITION once the hours were confirmed, or where the lead said when they left.
   */
  reopen(actor: Actor, input: ReopenInput): Promise<Done<StoredAttendance>>;
  /** Whose number it is, hardly: for them to know themselves by at a screen. VOLUNTEER_NOT_FOUND for who is nobody here, NOT_SIGNED_UP for who is not on its list. */
  nameAtScreen(actor: Actor, input: ScreenVisitor): Promise<string>;
  /** The same with how they stand on the list, so that the screen offers what they can do. */
  visitorAtScreen(actor: Actor, input: ScreenVisitor): Promise<{ name: string; state: SignUpState }>;
  /** When one may check in and out. Batched. */
  windows(shifts: readonly Pick<Shift, "startsAt" | "endsAt">[]): Promise<CheckWindow[]>;
  resolve(
    actor: Actor,
    input: {
      signUpId: string;
      outcome: SignUpOutcome;
      endedAt?: Instant | null;
      malicious?: boolean | null;
      /** Needed to say of long ago what nobody saw. */
      evidence?: Evidence[] | null;
      reason: string;
    },
  ): Promise<StoredSignUp>;
  many(actor: Actor, ids: readonly string[]): Promise<(StoredAttendance | null)[]>;
  ofSignUps(actor: Actor, signUpIds: readonly string[]): Promise<(StoredAttendance | null)[]>;
  /** Records of the activity that wait for a confirmation, oldest first, at most 1000; none where it is not yours to see. */
  waitingRecords(actor: Actor, activityId: string): Promise<string[]>;
}
/** The venue's screen, left alone: it shows one shift's codes and takes that shift's check-ins, in its lead's name. */
export interface ScreensService {
  /** A pass for whoever may tick people off; until checking out closes. OUTSIDE_WINDOW after that. */
  open(actor: Actor, shiftId: string): Promise<{ pass: string; expiresAt: Instant }>;
  /** In whose name; null where the pass is not ours, for another shift, or over. */
  actorOf(shiftId: string, pass: string): Promise<Actor | null>;
}
export interface FundraisingService {
  set(actor: Actor, input: SetFundraising): Promise<Activity>;
  /** Null where there is none. Batched. */
  of(activityIds: readonly string[]): Promise<(FundraisingFacts | null)[]>;
  /** The longest overdue first; for officers and auditors. */
  overdue(actor: Actor, page: PageInput): Promise<Connection<FundraisingFacts>>;
}

export interface CalendarsService {
  /** The secret part of the actor's calendar address; null for whoever has none. */
  link(actor: Actor): Promise<string | null>;
  /** A new one; the old one shows nothing any more. */
  renew(actor: Actor, input: { idempotencyKey: string }): Promise<Done<string>>;
  /** The calendar behind a secret: what a person has signed up for, called-off shifts included. Null for a void one. */
  of(secret: string): Promise<CalendarEntry[] | null>;
}
