import type { Moves } from "../kit/moves";
import { actorKinds } from "./actors";
import { fact, type RowOf, type StateOf, step } from "./shape";
import { code, count, day, flag, hash, id, instant, list, oneOf, optional, person, sealedRow, text } from "./words";

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

export const activityStepActions = [
  "CREATE",
  "EDIT",
  "DROP_SHIFT",
  "SUBMIT",
  "PUBLISH",
  "RETURN",
  "START",
  "END",
  "CLOSE",
  "POSTPONE",
  "CANCEL",
  "RECORD",
] as const;
export type ActivityStepAction = (typeof activityStepActions)[number];

/**
 * domain.md 6.3 as the client enum has it: one step a row. RETURN of what is published takes the announcement back, and
 * is for an activity that nobody has signed up for; with sign-ups it is cancelled (Yunnan's 取消发布 and 取消活动). RECORD
 * follows END by itself where a volunteer came. A postponed activity gets its new times and is reviewed again; given back,
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

/** A charity day, or another occasion with many activities. */
export const campaignSet = fact(
  "CAMPAIGN_SET",
  12,
  {
    id: id("campaign"),
    slug: text,
    name: text,
    nameEn: optional(text),
    tagline: optional(text),
    taglineEn: optional(text),
    day,
    version: count,
  },
  { into: "campaigns" },
);
export type Campaign = StateOf<typeof campaignSet>;

/** A dated occurrence (志愿服务活动). Texts that may name people are sealed under the activity's own key. */
export const activityStep = step(
  "ACTIVITY_STEP",
  13,
  { states: activityStates, actions: activityStepActions, moves: activityMoves },
  {
    id: id("activity"),
    slug: text,
    campaignId: optional(id("campaign")),
    organizationId: id("organization"),
    divisionCode: code,
    name: text,
    serviceType: code,
    state: oneOf(activityStates),
    /** From the first shift's start to the last one's end, and what all shifts together hold. */
    startsAt: instant,
    endsAt: instant,
    capacity: count,
    hazardous: flag,
    openToMinors: flag,
    outsideCounty: flag,
    /** The persons who wrote it: none of them reviews it. */
    authors: list(person),
    /** The person who announced it; null before that, and while it is a draft again. */
    reviewedBy: optional(person),
    detailsId: sealedRow,
    /** Name and texts as they were reviewed last; null like `reviewedBy`. */
    announcedName: optional(text),
    announcedDetailsId: optional(sealedRow),
    version: count,
  },
  { into: "activities", history: ["activitySteps", "activityId"] },
);
export type Activity = StateOf<typeof activityStep>;

export type ActivityStep = RowOf<typeof activityStep, "activitySteps">;

/** A spell of an activity (班次). */
export const shiftSet = fact(
  "SHIFT_SET",
  14,
  {
    id: id("shift"),
    activityId: id("activity"),
    startsAt: instant,
    endsAt: instant,
    capacity: count,
    venueId: sealedRow,
    /** The venue as it was reviewed last; null until then. */
    announcedVenueId: optional(sealedRow),
    /** How far from the venue one may check in; null asks for no position. */
    radiusMetres: optional(count),
    /** Taken out of the plan by an edit; it keeps its calendar entry, as cancelled. */
    dropped: flag,
    version: count,
  },
  { into: "shifts" },
);
export type Shift = StateOf<typeof shiftSet>;

export const signUpStates = [
  "PENDING_GUARDIAN",
  "ACCEPTED",
  "WAITLISTED",
  "WITHDRAWN",
  "CHECKED_IN",
  "COMPLETED",
  "NO_SHOW",
  "EXCUSED",
] as const;
export type SignUpState = (typeof signUpStates)[number];

export const signUpActions = [
  "APPLY",
  "CONSENT",
  "DECLINE",
  "MOVE_UP",
  "WITHDRAW",
  "CANCEL",
  "POSTPONE",
  "RESCHEDULE",
  "CHECK_IN",
  "CHECK_OUT",
  "REOPEN",
  "MISS",
  "RESOLVE",
] as const;
export type SignUpAction = (typeof signUpActions)[number];

/** domain.md 6.3: one step a row. A check-in that was sent late undoes a no-show, and a check-out is taken back by REOPEN. Where a step may end in several states, the rules below say in which. */
export const signUpMoves: Moves<SignUpAction, SignUpState> = {
  APPLY: { from: [null], to: ["PENDING_GUARDIAN", "ACCEPTED", "WAITLISTED"], reason: false },
  CONSENT: { from: ["PENDING_GUARDIAN"], to: ["ACCEPTED", "WAITLISTED"], reason: false },
  DECLINE: { from: ["PENDING_GUARDIAN"], to: ["WITHDRAWN"], reason: false },
  MOVE_UP: { from: ["WAITLISTED"], to: ["ACCEPTED"], reason: false },
  WITHDRAW: { from: ["PENDING_GUARDIAN", "ACCEPTED", "WAITLISTED"], to: ["WITHDRAWN"], reason: false },
  CANCEL: { from: ["PENDING_GUARDIAN", "ACCEPTED", "WAITLISTED"], to: ["WITHDRAWN"], reason: false },
  POSTPONE: {
    from: ["PENDING_GUARDIAN", "ACCEPTED", "WAITLISTED"],
    to: ["PENDING_GUARDIAN", "ACCEPTED", "WAITLISTED"],
    reason: false,
  },
  RESCHEDULE: {
    from: ["PENDING_GUARDIAN", "ACCEPTED", "WAITLISTED"],
    to: ["PENDING_GUARDIAN", "ACCEPTED", "WAITLISTED", "WITHDRAWN"],
    reason: false,
  },
  CHECK_IN: { from: ["ACCEPTED", "NO_SHOW"], to: ["CHECKED_IN"], reason: false },
  CHECK_OUT: { from: ["CHECKED_IN"], to: ["COMPLETED"], reason: false },
  REOPEN: { from: ["COMPLETED"], to: ["CHECKED_IN"], reason: false },
  MISS: { from: ["ACCEPTED"], to: ["NO_SHOW"], reason: false },
  RESOLVE: {
    from: ["ACCEPTED", "CHECKED_IN", "COMPLETED", "NO_SHOW", "WITHDRAWN"],
    to: ["COMPLETED", "NO_SHOW", "EXCUSED"],
    reason: true,
  },
};

/** A volunteer's place in a shift, or in its queue. Who came first waits first. */
export const signUpStep = step(
  "SIGN_UP_STEP",
  15,
  { states: signUpStates, actions: signUpActions, moves: signUpMoves },
  {
    id: id("signup"),
    shiftId: id("shift"),
    activityId: id("activity"),
    volunteerId: id("volunteer"),
    state: oneOf(signUpStates),
    /** Withdrawn so late that it counts as a no-show, unless excused. */
    late: flag,
    /** A no-show that was found to be in bad faith. */
    malicious: flag,
    /** A child under 14 comes with a companion. */
    accompanied: flag,
    version: count,
  },
  { into: "signUps", opened: true, history: ["signUpSteps", "signUpId", "volunteerId"] },
);
export type SignUp = StateOf<typeof signUpStep>;

export type SignUpStep = RowOf<typeof signUpStep, "signUpSteps">;

export const checkInMethods = ["CODE", "DIGITS", "KIOSK", "LEAD"] as const;
export type CheckInMethod = (typeof checkInMethods)[number];

/** What is kept of a phone's position: never the place. */
export const placeVerdicts = ["NOT_ASKED", "NOT_GIVEN", "WITHIN"] as const;
export type PlaceVerdict = (typeof placeVerdicts)[number];

/** What became of an attendance. MISSING_RECORD: the hours clash with another record; a person has to look. */
export const attendanceOutcomes = ["OPEN", "RECORDED", "TOO_SHORT", "MISSING_RECORD", "DISCARDED"] as const;
export type AttendanceOutcome = (typeof attendanceOutcomes)[number];

export const attendanceActions = ["CHECK_IN", "CHECK_OUT", "REOPEN", "RESOLVE"] as const;
export type AttendanceAction = (typeof attendanceActions)[number];

/** One step a row, by what comes of the attendance: null before the first. */
export const attendanceMoves: Moves<AttendanceAction, AttendanceOutcome> = {
  CHECK_IN: { from: [null], to: "OPEN", reason: false },
  CHECK_OUT: { from: ["OPEN"], to: ["RECORDED", "TOO_SHORT", "MISSING_RECORD"], reason: false },
  REOPEN: { from: ["RECORDED", "TOO_SHORT", "MISSING_RECORD"], to: "OPEN", reason: false },
  // The reason stands in the step of the sign-up.
  RESOLVE: {
    from: [null, "OPEN", "TOO_SHORT", "MISSING_RECORD", "RECORDED", "DISCARDED"],
    to: ["OPEN", "RECORDED", "TOO_SHORT", "MISSING_RECORD", "DISCARDED"],
    reason: false,
  },
};

/** The attendance of a volunteer: who saw it, how, and what record came of it. */
export const attendanceStep = fact(
  "ATTENDANCE_STEP",
  16,
  {
    id: id("attendance"),
    signUpId: id("signup"),
    shiftId: id("shift"),
    activityId: id("activity"),
    volunteerId: id("volunteer"),
    checkedInAt: instant,
    checkedInBy: person,
    method: oneOf(checkInMethods),
    /** Which half minute's code was shown; null where a lead ticked. */
    codeSlot: optional(count),
    sentLate: flag,
    placeVerdict: oneOf(placeVerdicts),
    /** A keyed hash of what the app calls its device: equal devices are seen, no device is known. */
    device: optional(hash),
    checkedOutAt: optional(instant),
    checkedOutBy: optional(person),
    outcome: oneOf(attendanceOutcomes),
    recordId: optional(id("record")),
    version: count,
    action: oneOf(attendanceActions),
    actorKind: oneOf(actorKinds),
  },
  { into: "attendances", opened: true, unkept: ["action", "actorKind"] },
);
export type Attendance = StateOf<typeof attendanceStep>;

/**
 * What a page must say of a public fundraising beside an activity (慈善法 §24–25). Facts only: nothing here takes money,
 * and nothing here ever will (慈善法 §27: online fundraising is for designated platforms).
 */
export const fundraisingSet = fact(
  "FUNDRAISING_SET",
  17,
  {
    activityId: id("activity"),
    organizationName: text,
    planFilingNo: text,
    permitNo: text,
    howToQuery: text,
    filedOn: day,
    startsOn: day,
    endsOn: day,
    /** Filed afterwards and disclosed every few days, as in an emergency (慈善法 §72–73). */
    emergency: flag,
    /** The days on which the interim accounts were published, and the final one. */
    interimDisclosedOn: list(day),
    disclosedOn: optional(day),
    /** The next disclosure's last day; null once the final one is out. */
    dueOn: optional(day),
    version: count,
  },
  { into: "fundraisings" },
);
export type Fundraising = StateOf<typeof fundraisingSet>;
