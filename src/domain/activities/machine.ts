import type { Activity, ActivityState, ActivityStepAction, Shift } from "../facts/activities";
import { addDays, type Day, dayOf, type Instant, serviceDay } from "../kit/calendar";
import { refuse } from "../kit/refusal";
import type { Policies } from "../policies";

/**
 * Whether everybody may see the activity: another person has reviewed it. This stays so while the new times of a postponed
 * activity are reviewed. An activity that was called off as a draft was never announced.
 */
export function isAnnounced({ reviewedBy }: Pick<Activity, "reviewedBy">): boolean {
  return reviewedBy !== null;
}
/** The activity as it was reviewed last. What was written since belongs to its organisation until it is reviewed again. */
export function asAnnounced(activity: Activity): Activity {
  const { announcedName, announcedDetailsId } = activity;
  return {
    ...activity,
    name: announcedName ?? activity.name,
    detailsId: announcedDetailsId ?? activity.detailsId,
  };
}
/** Whether new times are still to be announced: the activity was put off, and everybody still reads the old times. */
export function awaitsTimes({ state, reviewedBy }: Pick<Activity, "state" | "reviewedBy">): boolean {
  return state === "POSTPONED" || (state === "UNDER_REVIEW" && reviewedBy !== null);
}
/** Whether its organisation has changed the activity since it was reviewed. */
export function isRewritten(activity: Pick<Activity, "reviewedBy" | "detailsId" | "announcedDetailsId">): boolean {
  return isAnnounced(activity) && activity.detailsId !== activity.announcedDetailsId;
}
/** The activity as its plan has it. Its organisation and its reviewers see the plan; everybody sees it once it is reviewed. */
export function asPlanned(activity: Activity, plan: ActivityPlan | null): Activity {
  if (plan === null) return activity;
  const { shifts, ...facts } = plan;
  return { ...activity, ...facts, ...(shifts && spanOf(shifts.map((shift) => ({ ...shift, dropped: false })))) };
}
/** States in which an activity counts in its campaign, because it takes place or took place. */
export const countedActivityStates: readonly ActivityState[] = ["PUBLISHED", "ONGOING", "ENDED", "RECORDING", "CLOSED"];
/** States in which volunteers can sign up, and states in which they can check in. */
export const openStates: readonly ActivityState[] = ["PUBLISHED", "ONGOING"];
/** States in which people are or will be expected at the activity. */
export const unfinishedStates: readonly ActivityState[] = [...openStates, "POSTPONED"];

export interface ActivityDetails {
  description: string;
  contact: string;
  /** The person who leads the activity, for every record (order 67 §7); the contact where no lead was named. */
  activityLead: string | null;
  riskNotice: string | null;
  insurance: string | null;
  /** Where the written agreement with the volunteers is kept (浙江省志愿服务条例 §21). */
  agreement: string | null;
  plan?: ActivityPlan;
}

/**
 * What an announced activity is to become, besides the texts that stand beside it. It is sealed with them: times, places and
 * people that nobody has reviewed stand in no table that others read, and take effect with the review.
 */
export interface ActivityPlan extends Pick<Activity, "name" | "hazardous" | "openToMinors" | "outsideCounty"> {
  /** All shifts that are to be held; null where they stay as they are. */
  shifts: PlannedShift[] | null;
}
export interface PlannedShift extends Pick<Shift, "id" | "startsAt" | "endsAt" | "capacity" | "radiusMetres"> {
  venue: Venue;
}

/** The place of a shift, sealed under its activity's key, since it may be a person's home. */
export interface Venue {
  place: string;
  /** The place on the map, in millionths of a degree. */
  latitudeMicrodegrees: number | null;
  longitudeMicrodegrees: number | null;
}

/** The state to which a step leads when its row names several states; undefined where the first is meant. */
export function leadsTo(
  { state, reviewedBy }: Pick<Activity, "state" | "reviewedBy">,
  action: ActivityStepAction,
): ActivityState | undefined {
  if (action === "EDIT" || action === "DROP_SHIFT") return state;
  const isPostponed = action === "RETURN" && state === "UNDER_REVIEW" && reviewedBy !== null;
  return isPostponed ? "POSTPONED" : undefined;
}

/** The reasons for which an activity goes to an officer instead of the station's supervisor (domain.md 6.3). */
export function officerReasons(
  activity: Pick<Activity, "capacity" | "hazardous" | "openToMinors" | "outsideCounty">,
  policies: Policies,
  today: Day,
): ("LARGE" | "HAZARD" | "MINORS" | "OUTSIDE_COUNTY")[] {
  return [
    ...(activity.capacity > policies.count("activity.officerReviewOver", today) ? (["LARGE"] as const) : []),
    ...(activity.hazardous ? (["HAZARD"] as const) : []),
    ...(activity.openToMinors ? (["MINORS"] as const) : []),
    ...(activity.outsideCounty ? (["OUTSIDE_COUNTY"] as const) : []),
  ];
}

/** A person who wrote the activity does not review it: persons are compared, not roles. */
export function checkReviewer(activity: Pick<Activity, "authors">, personId: string): void {
  if (activity.authors.includes(personId)) refuse("SAME_PERSON");
}

/** An activity starts on its own day: by itself with the first check-in, and by hand not before check-in opens. */
export function checkStart(activity: Pick<Activity, "startsAt">, policies: Policies, now: Instant): void {
  const opensAt = checkInOpens(activity, policies);
  if (now < opensAt) refuse("OUTSIDE_WINDOW", { opensAt: new Date(opensAt).toISOString() }, ["action"]);
}

/**
 * An END before the last shift is over sends people home who would have come: it takes a reason, and is not possible before the
 * activity began.
 */
export function checkEnd(activity: Pick<Activity, "startsAt" | "endsAt">, reason: string | null, now: Instant): void {
  if (activity.startsAt > now) refuse("IN_THE_FUTURE", { now: new Date(now).toISOString() }, ["action"]);
  if (activity.endsAt > now && !reason)
    refuse("REASON_MISSING", { action: "END", endsAt: new Date(activity.endsAt).toISOString() }, ["reason"]);
}

/** The number of places that can still be taken; a shift that was dropped or is over has none. */
export function placesLeft(
  { capacity, dropped, endsAt }: Pick<Shift, "capacity" | "dropped" | "endsAt">,
  signedUp: number,
  now: Instant,
): number {
  return dropped || now >= endsAt ? 0 : Math.max(0, capacity - signedUp);
}

/** The instant at which check-in opens. */
export function checkInOpens({ startsAt }: Pick<Shift, "startsAt">, policies: Policies): Instant {
  return startsAt - policies.count("checkIn.opensMinutesBefore", dayOf(startsAt)) * 60_000;
}

/**
 * What a published activity must say: always the risks and a contact; insurance where it is hazardous; a written agreement
 * where it is hazardous, large, outside the county or longer than a month (浙江省志愿服务条例 §21, §23).
 */
export function checkComplete(
  activity: Pick<Activity, "capacity" | "hazardous" | "openToMinors" | "outsideCounty" | "startsAt" | "endsAt">,
  details: ActivityDetails,
  policies: Policies,
  today: Day,
): void {
  const reasons = officerReasons(activity, policies, today);
  const overAMonth = serviceDay(activity.endsAt) > addDays(dayOf(activity.startsAt), 31);
  const agreed = overAMonth || reasons.some((reason) => reason !== "MINORS");
  const missing = [
    ...(details.riskNotice ? [] : ["riskNotice"]),
    ...(details.contact ? [] : ["contact"]),
    ...(activity.hazardous && !details.insurance ? ["insurance"] : []),
    ...(agreed && !details.agreement ? ["agreement"] : []),
  ];
  if (missing.length > 0) refuse("ACTIVITY_INCOMPLETE", { missing }, [missing[0] as string]);
}

export const shiftsMax = 100;
/** Everybody on an activity's lists is notified within one transaction. */
export const capacityMax = 2000;

/** The span and the size of an activity are those of its shifts. */
export function spanOf(shifts: readonly Pick<Shift, "startsAt" | "endsAt" | "capacity" | "dropped">[]) {
  const held = shifts.filter((shift) => !shift.dropped);
  return {
    startsAt: Math.min(...held.map((shift) => shift.startsAt)),
    endsAt: Math.max(...held.map((shift) => shift.endsAt)),
    capacity: held.reduce((sum, shift) => sum + shift.capacity, 0),
  };
}

/** A shift must be as long as one session may be: not shorter than what counts, and not longer than what is allowed. */
export function checkShift(
  shift: Pick<Shift, "startsAt" | "endsAt" | "capacity">,
  policies: Policies,
  i: number,
): void {
  const at = (field: string) => ["shifts", String(i), field];
  if (shift.endsAt <= shift.startsAt) refuse("INVALID_INTERVAL", {}, at("endsAt"));
  const minutes = Math.floor((shift.endsAt - shift.startsAt) / 60_000);
  const day = serviceDay(shift.endsAt);
  const shortest = policies.count("record.minSessionMinutes", day);
  const longest = policies.count("record.maxSessionMinutes", day);
  if (minutes < shortest) refuse("SESSION_TOO_SHORT", { serviceMinutes: minutes, shortest }, at("endsAt"));
  if (minutes > longest) refuse("SESSION_TOO_LONG", { serviceMinutes: minutes, longest }, at("endsAt"));
}

/** A shift that comes again every so many days, up to and including a day; each keeps its length. */
export function repeated<S extends { startsAt: Instant; endsAt: Instant }>(
  shift: S,
  everyDays: number,
  until: Day,
): S[] {
  const shifts: S[] = [];
  for (let i = 0; i <= shiftsMax; i += 1) {
    const moved = i * everyDays * 86_400_000;
    if (dayOf(shift.startsAt + moved) > until) break;
    shifts.push({ ...shift, startsAt: shift.startsAt + moved, endsAt: shift.endsAt + moved });
  }
  return shifts;
}
