import {
  hashedRefPrefix,
  type RecordAction,
  type RecordOrigin,
  type RecordState,
  recordMoves,
  recordStep,
  type ServiceRecord,
} from "../facts/hours";
import type { PolicyVersion } from "../facts/policies";
import {
  addDays,
  ageOn,
  type Day,
  dayOf,
  daysOf,
  endOf,
  type Instant,
  serviceDay,
  type WorkingCalendar,
  workingDayAfter,
  workingDaysBetween,
} from "../kit/calendar";
import { floorTo, type Minutes } from "../kit/minutes";
import { take } from "../kit/moves";
import { objectsOf } from "../kit/objects";
import { refuse } from "../kit/refusal";
import { checkNotOwn, type Own } from "../people/near";
import type { Policies } from "../policies";

export const evidenceKinds = ["PHOTO", "SIGN_IN_SHEET", "AGREEMENT", "MESSAGE", "LETTER", "LEAVE", "OTHER"] as const;
export type EvidenceKind = (typeof evidenceKinds)[number];
/** A reference to a proof, such as a sheet's number; the proof itself stays with the organisation. */
export interface Evidence {
  kind: EvidenceKind;
  ref: string;
}
export const disputeOutcomes = ["UPHELD", "ADJUSTED", "REVERSED"] as const;
export type DisputeOutcome = (typeof disputeOutcomes)[number];

/** Records that take up their volunteer's time: none of these may overlap another. */
export const liveStates: readonly RecordState[] = ["SUBMITTED", "RETURNED", "POSTED", "DISPUTED"];
/** Records that a second person has confirmed, whatever became of them since. */
export const provenStates: readonly RecordState[] = ["POSTED", "DISPUTED", "REVERSED"];
/** The steps that post a record and give the credit, where they lead to POSTED: the last confirmation, or POST. */
export const postingActions: readonly RecordAction[] = ["CONFIRM", "POST"];
export const posts = ({ action, to }: { action: RecordAction; to: RecordState }): boolean =>
  to === "POSTED" && postingActions.includes(action);
/** Records whose minutes count as served. */
export const countedStates: readonly RecordState[] = ["POSTED", "DISPUTED"];
/** Whether hours are claimed under this record, or under the one that replaced it. */
export function standsFor({ state, replacedBy }: Pick<ServiceRecord, "state" | "replacedBy">): boolean {
  return liveStates.includes(state) || state === "DRAFT" || replacedBy !== null;
}

/** A record's reference in its organisation's own words; null where it has none, or the words were erased. */
export function referenceOf(
  { externalRef }: Pick<ServiceRecord, "externalRef">,
  details: { externalRef?: string } | null,
): string | null {
  return externalRef?.startsWith(hashedRefPrefix) ? (details?.externalRef ?? null) : externalRef;
}

/** How a record stands when it is submitted: it is confirmed by nobody and has no credit. */
const begun = {
  ...take(recordMoves, null, "SUBMIT"),
  confirmedBy: [],
  creditableMinutes: null,
  creditedMinutes: null,
  disputeHoldSeq: null,
  replacedBy: null,
};
const recordFields = Object.keys(recordStep.state);
const recordOf = objectsOf<ServiceRecord>(recordFields);
export function submitted(record: Omit<ServiceRecord, keyof typeof begun>): ServiceRecord {
  const values: Readonly<Record<string, unknown>> = record;
  const stands: Readonly<Record<string, unknown>> = begun;
  return recordOf(recordFields.map((name) => (name in begun ? stands : values)[name]));
}

export interface Interval {
  startedAt: Instant;
  endedAt: Instant;
  breakMinutes: Minutes;
}

export interface Rules {
  policies: Policies;
  calendar: WorkingCalendar;
  now: Instant;
}

/** What a record becomes, given its interval. It is computed here and nowhere else, for logging, resubmitting and adjusting. */
export interface Assessment {
  serviceMinutes: Minutes;
  recordBy: Day;
  late: boolean;
}

export function checkServiceType(code: string, endedAt: Instant, policies: Policies): void {
  // The code is not repeated in the refusal: what stands in its place may be a name from the next column, and a refusal is kept
  // with its key.
  if (!policies.serviceType(code, serviceDay(endedAt))) refuse("SERVICE_TYPE_NOT_FOUND", {}, ["serviceType"]);
}

/** Rows 5, 6 and 7 of DESIGN §3: interval, future, length. Length is judged by the policy of its day. */
export function assess(interval: Interval, rules: Rules): Assessment {
  const { startedAt, endedAt, breakMinutes } = interval;
  if (endedAt <= startedAt || endedAt - startedAt > 24 * 3_600_000) refuse("INVALID_INTERVAL", {}, ["endedAt"]);
  if (endedAt > rules.now) refuse("IN_THE_FUTURE", { now: new Date(rules.now).toISOString() }, ["endedAt"]);
  const day = serviceDay(endedAt);
  // Seconds are not time given: only whole minutes count.
  const serviceMinutes = Math.floor((endedAt - startedAt) / 60_000) - breakMinutes;
  const shortest = rules.policies.count("record.minSessionMinutes", day);
  const longest = rules.policies.count("record.maxSessionMinutes", day);
  if (serviceMinutes < shortest) refuse("SESSION_TOO_SHORT", { serviceMinutes, shortest }, ["endedAt"]);
  if (serviceMinutes > longest) refuse("SESSION_TOO_LONG", { serviceMinutes, longest }, ["endedAt"]);
  const recordBy = workingDayAfter(rules.calendar, day, rules.policies.count("record.deadlineWorkingDays", day));
  return { serviceMinutes, recordBy, late: dayOf(rules.now) > recordBy };
}

/** Rows 8 and 9: a late entry has a window and needs evidence. */
export function checkLateness(assessment: Assessment, interval: Interval, evidence: number, rules: Rules): void {
  if (!assessment.late) return;
  const day = serviceDay(interval.endedAt);
  const windowDays = rules.policies.count("record.backfill.windowDays", day);
  if (dayOf(rules.now) > addDays(day, windowDays)) refuse("BACKFILL_WINDOW_PASSED", { windowDays }, ["endedAt"]);
  if (evidence === 0) refuse("BACKFILL_NEEDS_EVIDENCE", { recordBy: assessment.recordBy }, ["evidence"]);
}

/**
 * A corrected entry keeps its origin for life, so it may not become later than it was. It is judged as on the day on which it
 * was first accepted: what was in time stays in time, and what was back-filled keeps its window and its evidence.
 */
export function checkCorrection(
  record: Pick<ServiceRecord, "origin">,
  interval: Interval,
  evidence: number,
  rules: Rules & { acceptedAt: Instant },
): void {
  if (record.origin === "IMPORTED" || record.origin === "CHECKED_IN") return;
  const judged = assess(interval, rules);
  const asAccepted = { ...judged, late: dayOf(rules.acceptedAt) > judged.recordBy };
  if (record.origin === "ENTERED" && asAccepted.late)
    refuse("BACKFILL_WINDOW_PASSED", { recordBy: judged.recordBy, enteredOn: dayOf(rules.acceptedAt) }, ["endedAt"]);
  if (record.origin === "BACKFILLED")
    checkLateness({ ...judged, late: true }, interval, evidence, { ...rules, now: rules.acceptedAt });
}

/**
 * Row 10: a person is in one place at a time. Intervals are half-open: touching is not overlapping. Another organisation's
 * record is not named to `organizationId`; null stands for the volunteer, who may know of all of them.
 */
export function checkOverlap(
  interval: Interval,
  live: readonly ServiceRecord[],
  { organizationId, own }: { organizationId: string | null; own?: string },
): void {
  const clashes = live.filter(
    (other) => other.id !== own && other.startedAt < interval.endedAt && interval.startedAt < other.endedAt,
  );
  if (clashes.length === 0) return;
  const named = clashes.find((other) => organizationId === null || other.organizationId === organizationId);
  refuse("RECORD_OVERLAP", named ? { recordId: named.id } : { elsewhere: true }, ["startedAt"]);
}

/** The minutes on each civil day. The break is taken from the first day, and what does not fit is taken from the next. */
export function minutesByDay(interval: Interval): Map<Day, Minutes> {
  let rest = interval.breakMinutes;
  const split = new Map<Day, Minutes>();
  const began = interval.startedAt;
  let counted = 0;
  for (const day of daysOf(began, interval.endedAt)) {
    const until = Math.min(interval.endedAt, endOf(day));
    const elapsed = Math.floor((until - began) / 60_000);
    const gross = elapsed - counted;
    counted = elapsed;
    const taken = Math.min(rest, gross);
    rest -= taken;
    split.set(day, gross - taken);
  }
  return split;
}

/**
 * One confirmation is needed; two when the record is back-filled or a civil day then exceeds the limit over all organisations.
 */
export function confirmationsNeeded(
  interval: Interval,
  origin: RecordOrigin,
  live: readonly ServiceRecord[],
  rules: Rules,
  own?: string,
): number {
  const today = dayOf(rules.now);
  const approvers = origin === "BACKFILLED" ? rules.policies.count("record.backfill.approvers", today) : 1;
  const limit = rules.policies.count("record.maxPerDayMinutes", today);
  for (const [day, minutes] of minutesByDay(interval)) {
    const others = live.reduce((sum, other) => sum + (other.id === own ? 0 : (minutesByDay(other).get(day) ?? 0)), 0);
    if (minutes + others > limit) return Math.max(2, approvers);
  }
  return approvers;
}

/** The confirmations that count: those since the record was last submitted. */
export function confirmationsOf<T extends { action: RecordAction }>(steps: readonly T[]): T[] {
  const submitted = steps.findLastIndex((line) => line.action === "SUBMIT" || line.action === "RESUBMIT");
  return steps.slice(submitted).filter((line) => line.action === "CONFIRM");
}

/**
 * Persons are compared, not roles: the volunteer and their family, those who handled or confirmed the record, and the station's
 * own staff.
 */
export function checkConfirmer(
  record: ServiceRecord,
  confirmer: {
    personId: string;
    own: Own;
    volunteerPersonId: string;
    volunteerIsStaff: boolean;
    fromElsewhere: boolean;
  },
): void {
  checkNotOwn(confirmer.own, confirmer.volunteerPersonId);
  if (record.handledBy.includes(confirmer.personId) || record.confirmedBy.includes(confirmer.personId))
    refuse("SAME_PERSON");
  if (confirmer.volunteerIsStaff && !confirmer.fromElsewhere) refuse("OWN_STAFF");
}

/**
 * A person who decided about a service does not decide about it once more. The person who adjusted it made the record that
 * stands, and decides no objection to it, whatever their roles. The person who confirmed or adjusted it may reverse it only as
 * an officer.
 */
export function checkDecider(
  { confirmedBy }: Pick<ServiceRecord, "confirmedBy">,
  decider: { selves: readonly string[]; adjusters: readonly string[]; officer: boolean },
  on: "OBJECTION" | "REVERSAL",
): void {
  const { selves, adjusters, officer } = decider;
  const adjusted = adjusters.some((id) => selves.includes(id));
  const confirmed = confirmedBy.some((id) => selves.includes(id));
  if ((adjusted && on === "OBJECTION") || ((adjusted || confirmed) && !officer)) refuse("SAME_PERSON");
}

/** How much of a record earns credit: its minutes times the rate of its day, nothing under the age for credit. */
export function creditable(
  record: Interval & { serviceMinutes: Minutes },
  birthDate: Day | null,
  policies: Policies,
): { minutes: Minutes; policies: PolicyVersion[] } {
  const day = serviceDay(record.endedAt);
  const rate = policies.inForce("credit.ratePerServiceHour", day);
  const minAge = policies.inForce("credit.minAge", day);
  const under = birthDate !== null && ageOn(birthDate, day) < (minAge.value as number);
  if (under) return { minutes: 0, policies: [minAge] };
  return { minutes: Math.floor((record.serviceMinutes * (rate.value as number)) / 60), policies: [rate] };
}

/** Credit due when `creditableMinutes` come on top of what was carried: floored to the step on the cumulative total. */
export function creditDue(creditableMinutes: Minutes, carried: Minutes, granularity: Minutes): Minutes {
  return creditableMinutes === 0 ? 0 : Math.max(0, floorTo(carried + creditableMinutes, granularity));
}

/** The credit that records give together, each in the order in which it was posted and by the step of its own day. */
export function creditOf(
  records: readonly { endedAt: Instant; creditableMinutes: Minutes }[],
  policies: Policies,
): Minutes {
  let creditable = 0;
  let credited = 0;
  for (const record of records) {
    const granularity = policies.count("credit.granularityMinutes", serviceDay(record.endedAt));
    credited += creditDue(record.creditableMinutes, creditable - credited, granularity);
    creditable += record.creditableMinutes;
  }
  return credited;
}

/** How credit is shared between the account and, above its cap, the pool or the roll of honour. */
export function splitAtCap(
  credit: Minutes,
  account: { posted: Minutes; pendingIn: Minutes },
  cap: Minutes,
): { kept: Minutes; overflow: Minutes } {
  const headroom = Math.max(0, cap - account.posted - account.pendingIn);
  const kept = Math.min(credit, headroom);
  return { kept, overflow: credit - kept };
}

/** How a record's credit was shared at the cap, and how much of what went above it has come back since. */
export interface Shared {
  recordId: string;
  kept: Minutes;
  over: Minutes;
  returned: Minutes;
  /** The cap under which some of it went elsewhere; null where all of it was kept. */
  cap: Minutes | null;
}

/**
 * The minutes that come back after a reversal. The cap shares the credit of the remaining records anew, in the order in which
 * they were posted and each by the cap of its day, as if the reversed record had never stood before them. What is kept stays
 * kept, and no more comes back than the `room` that the account has now.
 */
export function overflowBack(shared: readonly Shared[], room: Minutes): Map<string, Minutes> {
  const back = new Map<string, Minutes>();
  let [balance, left] = [0, room];
  for (const { recordId, kept, over, returned, cap } of shared) {
    const held = kept + returned;
    const anew = cap === null ? held : Math.max(held, Math.min(kept + over, cap - balance));
    const minutes = Math.min(anew - held, Math.max(0, left));
    if (minutes > 0) back.set(recordId, minutes);
    left -= minutes;
    balance += held + minutes;
  }
  return back;
}

/**
 * True while the record is not POSTED, REJECTED or VOIDED and today is past `recordBy`. A posted record stays recorded when it
 * is later disputed or reversed.
 */
export function isOverdue(record: Pick<ServiceRecord, "state" | "recordBy">, today: Day): boolean {
  return overdueStates.includes(record.state) && today > record.recordBy;
}
export const overdueStates: readonly RecordState[] = ["DRAFT", "SUBMITTED", "RETURNED"];

/** Records that are alike in everything that says whether services were recorded in time, as a database counts them. */
export interface RecordsAlike {
  state: RecordState;
  /** Whether they were posted by their `recordBy`; a replacement counts as posted when the replaced record was. */
  postedInTime: boolean;
  /** Whether their `recordBy` is over. */
  pastDue: boolean;
  records: number;
  serviceMinutes: Minutes;
}

/**
 * How many services were recorded in time (order 67 §11), and of how many this can be said: those that are posted, and those
 * that wait though their day is over. Records that were rejected, voided or reversed count in neither number, and neither do
 * those that still have time.
 */
export function timeliness(lines: readonly RecordsAlike[]): { inTime: number; judged: number } {
  let [inTime, judged] = [0, 0];
  for (const { state, postedInTime, pastDue, records } of lines) {
    const isPosted = countedStates.includes(state);
    if (!isPosted && !(pastDue && overdueStates.includes(state))) continue;
    judged += records;
    if (isPosted && postedInTime) inTime += records;
  }
  return { inTime, judged };
}

/** The minutes of the records that count as served. */
export function minutesServed(lines: readonly RecordsAlike[]): Minutes {
  return lines.reduce(
    (sum, { state, serviceMinutes }) => sum + (countedStates.includes(state) ? serviceMinutes : 0),
    0,
  );
}

export function workingDaysLate(
  record: Pick<ServiceRecord, "state" | "recordBy">,
  today: Day,
  calendar: WorkingCalendar,
): number {
  return isOverdue(record, today) ? workingDaysBetween(calendar, record.recordBy, today) : 0;
}
