import type { Missed } from "../../domain/activities/signups";
import type { Counts, Tally, TallyDimension } from "../../domain/activities/tallies";
import type {
  Activity,
  ActivityState,
  ActivityStep,
  Attendance,
  AttendanceOutcome,
  Campaign,
  Fundraising,
  Shift,
  SignUp,
  SignUpState,
  SignUpStep,
} from "../../domain/facts/activities";
import type { Day, Instant } from "../../domain/kit/calendar";
import type { Minutes } from "../../domain/kit/minutes";
import type { Soon } from "../../domain/kit/soon";
import type { Tried } from "../../domain/people/tries";
import type { Page, Places } from "./page";

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
  campaigns(ids: readonly string[]): Soon<Map<string, Campaign>>;
  campaignBySlug(slug: string): Soon<Campaign | undefined>;
  /** The latest day first. */
  campaignList(page: Page): Soon<Campaign[]>;
  activities(ids: readonly string[]): Soon<Map<string, Activity>>;
  activityBySlug(slug: string): Soon<Activity | undefined>;
  /** The earliest start first. */
  activityList(filter: ActivityQuery, page: Page): Soon<Activity[]>;
  /** Under way although their last shift ended before this. */
  activitiesOver(endedBefore: Instant, limit: number): Soon<Activity[]>;
  /** Shifts still to come that have both free places and people waiting. */
  unfilledShifts(startsAfter: Instant, limit: number): Soon<Shift[]>;
  activitySteps(ids: readonly string[]): Soon<Map<string, ActivityStep[]>>;
  shifts(ids: readonly string[]): Soon<Map<string, Shift>>;
  shiftsOfActivities(ids: readonly string[]): Soon<Map<string, Shift[]>>;

  signUps(ids: readonly string[]): Soon<Map<string, StoredSignUp>>;
  /** The volunteer's sign-ups for shifts that touch the span, whatever their state. */
  bookings(
    volunteerId: string,
    span: { startsAt: Instant; endsAt: Instant },
  ): Soon<{ signUp: StoredSignUp; startsAt: Instant; endsAt: Instant }[]>;
  /** The volunteer's newest sign-up for each of these shifts. */
  signUpsForShifts(volunteerId: string, shiftIds: readonly string[]): Soon<Map<string, StoredSignUp>>;
  /** Places of shifts that ended before this, to which nobody came and nobody said anything: of all, or of one volunteer. */
  unmetSignUps(endedBefore: Instant, limit: number, volunteerId?: string): Soon<StoredSignUp[]>;
  /** The earliest sign-up first. */
  signUpsOfShift(
    shiftId: string,
    states: readonly SignUpState[] | null,
    page: Page,
    numberEnds?: string | null,
  ): Soon<StoredSignUp[]>;
  signUpsOfActivity(activityId: string, states: readonly SignUpState[]): Soon<StoredSignUp[]>;
  /** The newest first; `within`: only of activities in these places. */
  signUpsOfVolunteer(
    volunteerId: string,
    states: readonly SignUpState[] | null,
    page: Page,
    within?: Places | null,
  ): Soon<StoredSignUp[]>;
  /** Each waiting sign-up's place in its shift's queue, from 1. */
  positions(signUpIds: readonly string[]): Soon<Map<string, number>>;
  /** Steps of the volunteer's sign-ups that others took, the newest first: what they are told. */
  signUpNotices(volunteerId: string, actorId: string, page: Page): Soon<SignUpStep[]>;
  signUpSteps(signUpIds: readonly string[]): Soon<Map<string, SignUpStep[]>>;
  noticesRead(personId: string, noticeIds: readonly string[]): Soon<Map<string, Instant>>;
  /** Shifts that began in the span, and were missed: no-shows and late withdrawals, each shift once; and orders that were not kept. */
  missed(volunteerId: string, from: Instant, to: Instant): Soon<Missed>;
  /** Active volunteers of these places (null for everywhere) with at least so many of them. */
  missing(
    from: Instant,
    to: Instant,
    least: Missed,
    within: Places | null,
    limit: number,
  ): Soon<({ volunteerId: string } & Missed)[]>;

  attendances(ids: readonly string[]): Soon<Map<string, StoredAttendance>>;
  attendancesOfSignUps(signUpIds: readonly string[]): Soon<Map<string, StoredAttendance>>;
  attendancesOfActivity(activityId: string): Soon<StoredAttendance[]>;
  attendanceCounts(activityId: string): Soon<{ outcome: AttendanceOutcome; count: number }[]>;
  /** How many records of an activity's attendances still wait for a decision. */
  recordsWaiting(activityId: string): Soon<number>;
  /** Those of them that wait to be confirmed, the oldest first. */
  recordIdsWaiting(activityId: string, limit: number): Soon<string[]>;

  fundraisings(activityIds: readonly string[]): Soon<Map<string, Fundraising>>;
  /** The fundraisings whose next disclosure was due before this day, the longest overdue first. */
  fundraisingsOverdue(before: Day, page: Page): Soon<Fundraising[]>;
  calendarVersion(personId: string): Soon<number | undefined>;

  /** The TOTAL row of each subject that has one. */
  totalsOf(subjects: readonly string[]): Soon<Map<string, Counts>>;
  breakdown(subject: string, dimension: TallyDimension): Soon<Tally[]>;
  campaignOrganizations(
    campaignId: string,
    order: "SERVICE_MINUTES" | "NAME",
    page: Page,
  ): Soon<{ organizationId: string; name: string; serviceMinutes: Minutes }[]>;
  placesHeld(place: HeldPlaces): Soon<number>;
  /** The wrong tries at a screen; undefined where there were none. */
  tried(key: string): Soon<Tried | undefined>;
}
