import { addDays, type Day, dayOf, type Instant, serviceDay } from "../kit/calendar";
import type { Moves } from "../kit/moves";
import { refuse } from "../kit/refusal";
import type { ActorKind } from "../permissions/actors";
import type { Policies } from "../policies";

export const activityStates = [
  "DRAFT",
  "UNDER_REVIEW",
  "PUBLISHED",
  "POSTPONED",
  "ONGOING",
  "ENDED",
  "RECORDING",
  "CLOSED",
  "CANCELLED",
] as const;
export type ActivityState = (typeof activityStates)[number];
/** What people may ask for; a CREATE, an EDIT and a RECORD are steps too, and have questions of their own. */
export const activityActions = ["SUBMIT", "PUBLISH", "RETURN", "START", "END", "CLOSE", "POSTPONE", "CANCEL"] as const;
export type ActivityAction = (typeof activityActions)[number];
export const activityStepActions = ["CREATE", "EDIT", "DROP_SHIFT", ...activityActions, "RECORD"] as const;
export type ActivityStepAction = (typeof activityStepActions)[number];

/**
 * domain.md 6.3 as the client enum has it: one step a row. RETURN of what is published takes the announcement back, and
 * is for an activity that nobody has signed up for; with sign-ups it is cancelled (Yunnan's 取消发布 and 取消活动). RECORD
 * follows END by itself where somebody came. A postponed activity gets its new times and is reviewed again; given back,
 * it is postponed still. One shift of several is called off by itself (DROP_SHIFT).
 */
export const activityMoves: Moves<ActivityStepAction, ActivityState> = {
  CREATE: { from: [null], to: ["DRAFT"], reason: false },
  EDIT: { from: ["DRAFT", "POSTPONED"], to: ["DRAFT", "POSTPONED"], reason: false },
  DROP_SHIFT: {
    from: ["PUBLISHED", "ONGOING", "POSTPONED"],
    to: ["PUBLISHED", "ONGOING", "POSTPONED"],
    reason: true,
  },
  SUBMIT: { from: ["DRAFT", "POSTPONED"], to: ["UNDER_REVIEW"], reason: false },
  PUBLISH: { from: ["UNDER_REVIEW"], to: ["PUBLISHED"], reason: false },
  RETURN: { from: ["UNDER_REVIEW", "PUBLISHED"], to: ["DRAFT", "POSTPONED"], reason: true },
  START: { from: ["PUBLISHED"], to: ["ONGOING"], reason: false },
  END: { from: ["ONGOING"], to: ["ENDED"], reason: false },
  CLOSE: { from: ["ENDED", "RECORDING"], to: ["CLOSED"], reason: false },
  POSTPONE: { from: ["PUBLISHED", "ONGOING"], to: ["POSTPONED"], reason: true },
  CANCEL: { from: ["DRAFT", "UNDER_REVIEW", "PUBLISHED", "POSTPONED", "ONGOING"], to: ["CANCELLED"], reason: true },
  RECORD: { from: ["ENDED"], to: ["RECORDING"], reason: false },
};

/**
 * Whether everybody may see it: somebody else has reviewed it. That stays so while the new times of a postponed one are
 * reviewed; what was called off as a draft was never announced.
 */
export function isAnnounced({ reviewedBy }: Pick<Activity, "reviewedBy">): boolean {
  return reviewedBy !== null;
}
/** The activity as it was reviewed last: what was written since is its own house's until it is reviewed again. */
export function asAnnounced(activity: Activity): Activity {
  const { announcedName, announcedDetailsId } = activity;
  return {
    ...activity,
    name: announcedName ?? activity.name,
    detailsId: announcedDetailsId ?? activity.detailsId,
  };
}
/** Whether new times are to be announced: it was put off, and everybody still reads the old ones. */
export function awaitsTimes({ state, reviewedBy }: Pick<Activity, "state" | "reviewedBy">): boolean {
  return state === "POSTPONED" || (state === "UNDER_REVIEW" && reviewedBy !== null);
}
/** Whether its house has written in it since it was reviewed. */
export function isRewritten(activity: Pick<Activity, "reviewedBy" | "detailsId" | "announcedDetailsId">): boolean {
  return isAnnounced(activity) && activity.detailsId !== activity.announcedDetailsId;
}
/** The activity as its plan has it: for its own house and its reviewers, and for everybody once it is reviewed. */
export function asPlanned(activity: Activity, plan: ActivityPlan | null): Activity {
  if (plan === null) return activity;
  const { shifts, ...facts } = plan;
  return { ...activity, ...facts, ...(shifts && spanOf(shifts.map((shift) => ({ ...shift, dropped: false })))) };
}
/** States in which an activity counts in its campaign: it takes place, or took place. */
export const countedActivityStates: readonly ActivityState[] = ["PUBLISHED", "ONGOING", "ENDED", "RECORDING", "CLOSED"];
/** States in which people sign up, and in which they check in. */
export const openStates: readonly ActivityState[] = ["PUBLISHED", "ONGOING"];
/** People are expected at these, or will be. */
export const unfinishedStates: readonly ActivityState[] = [...openStates, "POSTPONED"];

export interface Campaign {
  id: string;
  slug: string;
  name: string;
  nameEn: string | null;
  tagline: string | null;
  taglineEn: string | null;
  day: Day;
  version: number;
}

/** A dated occurrence (志愿服务活动). Texts that may name people are sealed under the activity's own key. */
export interface Activity {
  id: string;
  slug: string;
  campaignId: string | null;
  organizationId: string;
  divisionCode: string;
  name: string;
  serviceType: string;
  state: ActivityState;
  /** From the first shift's start to the last one's end, and what all shifts together hold. */
  startsAt: Instant;
  endsAt: Instant;
  capacity: number;
  hazardous: boolean;
  openToMinors: boolean;
  outsideCounty: boolean;
  /** Who wrote it: none of them reviews it. */
  authors: string[];
  /** Who announced it; null while it never was, or again a draft. */
  reviewedBy: string | null;
  detailsId: string;
  /** Name and texts as they were reviewed last; null like `reviewedBy`. */
  announcedName: string | null;
  announcedDetailsId: string | null;
  version: number;
}

export interface ActivityDetails {
  description: string;
  contact: string;
  /** Who leads it, on every record (order 67 §7); the contact where nobody was named. */
  activityLead: string | null;
  riskNotice: string | null;
  insurance: string | null;
  /** Where the written agreement with the volunteers is kept (浙江省志愿服务条例 §21). */
  agreement: string | null;
  plan?: ActivityPlan;
}

/**
 * What an announced activity is to become, besides the texts that stand beside it. It is sealed with them: times, places and people that nobody
 * has reviewed are in no table that others read, and take effect with the review.
 */
export interface ActivityPlan extends Pick<Activity, "name" | "hazardous" | "openToMinors" | "outsideCounty"> {
  /** All that are to be held; null where they stay as they are. */
  shifts: PlannedShift[] | null;
}
export interface PlannedShift extends Pick<Shift, "id" | "startsAt" | "endsAt" | "capacity" | "radiusMetres"> {
  venue: Venue;
}

export interface ActivityStep {
  activityId: string;
  version: number;
  seq: number;
  at: Instant;
  action: ActivityStepAction;
  from: ActivityState | null;
  to: ActivityState;
  actorId: string;
  actorKind: ActorKind;
  reasonId: string | null;
}

/** Where a shift is, sealed under its activity's key: it may be somebody's home. */
export interface Venue {
  place: string;
  /** The place on the map, in millionths of a degree. */
  latitudeMicrodegrees: number | null;
  longitudeMicrodegrees: number | null;
}

/** A spell of an activity (班次). */
export interface Shift {
  id: string;
  activityId: string;
  startsAt: Instant;
  endsAt: Instant;
  capacity: number;
  venueId: string;
  /** The venue as it was reviewed last; null until then. */
  announcedVenueId: string | null;
  /** How far from the venue one may check in; null asks for no position. */
  radiusMetres: number | null;
  /** Taken out of the plan by an edit; it keeps its calendar entry, as cancelled. */
  dropped: boolean;
  version: number;
}

/** Where a step leads when its row names several states; undefined where the first is meant. */
export function leadsTo(
  { state, reviewedBy }: Pick<Activity, "state" | "reviewedBy">,
  action: ActivityStepAction,
): ActivityState | undefined {
  if (action === "EDIT" || action === "DROP_SHIFT") return state;
  const isPostponed = action === "RETURN" && state === "UNDER_REVIEW" && reviewedBy !== null;
  return isPostponed ? "POSTPONED" : undefined;
}

/** Why an activity goes to an officer instead of the station's supervisor (domain.md 6.3). */
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

/** Who wrote it does not review it: persons are compared, not roles. */
export function checkReviewer(activity: Pick<Activity, "authors">, personId: string): void {
  if (activity.authors.includes(personId)) refuse("SAME_PERSON");
}

/** It starts on its own day, by itself with the first check-in; by hand not before check-in opens. */
export function checkStart(activity: Pick<Activity, "startsAt">, policies: Policies, now: Instant): void {
  const opensAt = checkInOpens(activity, policies);
  if (now < opensAt) refuse("OUTSIDE_WINDOW", { opensAt: new Date(opensAt).toISOString() }, ["action"]);
}

/** Ended before its last shift is over it lets people go who would have come: that takes a reason, and never before it began. */
export function checkEnd(activity: Pick<Activity, "startsAt" | "endsAt">, reason: string | null, now: Instant): void {
  if (activity.startsAt > now) refuse("IN_THE_FUTURE", { now: new Date(now).toISOString() }, ["action"]);
  if (activity.endsAt > now && !reason)
    refuse("REASON_MISSING", { action: "END", endsAt: new Date(activity.endsAt).toISOString() }, ["reason"]);
}

/** Places that can still be taken: of a shift that was dropped or is over, none. */
export function placesLeft(
  { capacity, dropped, endsAt }: Pick<Shift, "capacity" | "dropped" | "endsAt">,
  signedUp: number,
  now: Instant,
): number {
  return dropped || now >= endsAt ? 0 : Math.max(0, capacity - signedUp);
}

/** When checking in opens. */
export function checkInOpens({ startsAt }: Pick<Shift, "startsAt">, policies: Policies): Instant {
  return startsAt - policies.count("checkIn.opensMinutesBefore", dayOf(startsAt)) * 60_000;
}

/**
 * What a published activity must say: always the risks and whom to ask; insurance where it is hazardous; a written
 * agreement where it is hazardous, large, outside the county or longer than a month (浙江省志愿服务条例 §21, §23).
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
/** Everybody on an activity's lists is told of it within one transaction. */
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

/** A shift is as long as one session may be recorded: no shorter than counts, no longer than is allowed. */
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
  const found: S[] = [];
  for (let i = 0; i <= shiftsMax; i += 1) {
    const moved = i * everyDays * 86_400_000;
    if (dayOf(shift.startsAt + moved) > until) break;
    found.push({ ...shift, startsAt: shift.startsAt + moved, endsAt: shift.endsAt + moved });
  }
  return found;
}
