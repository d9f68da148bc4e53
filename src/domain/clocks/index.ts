import { type Day, type WorkingCalendar, workingDayAfter, workingDaysBetween } from "../kit/calendar";
import type { Policies } from "../policies";
import type { PolicyKey } from "../policies/parameters";

/** The matters for which the law, or our own rules, set a date; each kind names the policy that holds its citation. */
export const clockKinds = [
  "RECORD_DEADLINE",
  "STAR_NOTICE",
  "RATING_NOTICE",
  "CREDIT_ANSWER",
  "CREDIT_DECISION",
  "CREDIT_REPAIR",
  "FUNDRAISING_DISCLOSURE",
  "VISIT_MONTH",
  "DISPUTE_DECISION",
  "PLAQUE_RETURN",
] as const;
export type ClockKind = (typeof clockKinds)[number];
export const clockPolicies: Record<ClockKind, PolicyKey> = {
  RECORD_DEADLINE: "record.deadlineWorkingDays",
  STAR_NOTICE: "star.publicNoticeWorkingDays",
  RATING_NOTICE: "rating.noticeWorkingDays",
  CREDIT_ANSWER: "credit.answerWorkingDays",
  CREDIT_DECISION: "credit.objectionWorkingDays",
  CREDIT_REPAIR: "credit.repairWorkingDays",
  FUNDRAISING_DISCLOSURE: "fundraising.finalDisclosureMonths",
  VISIT_MONTH: "visit.minPerMonth",
  DISPUTE_DECISION: "record.disputeWorkingDays",
  PLAQUE_RETURN: "orgEval.plaqueDays",
};

/** Clocks whose date is counted in working days. The others count months or civil days, which no calendar moves. */
export const workingDayClocks: readonly ClockKind[] = [
  "RECORD_DEADLINE",
  "STAR_NOTICE",
  "RATING_NOTICE",
  "CREDIT_ANSWER",
  "CREDIT_DECISION",
  "CREDIT_REPAIR",
  "DISPUTE_DECISION",
];

/** A clock that is met leaves the list. */
export const clockStates = ["RUNNING", "DUE", "OVERDUE", "MET"] as const;
export type ClockState = (typeof clockStates)[number];

/** A date by which an organisation or the office has to have done something. */
export interface Clock {
  kind: ClockKind;
  subjectId: string;
  dueOn: Day;
  /** The organisation that has to do it; null for the office. */
  organizationId: string | null;
}

/** The last day that still counts as near: some working days from today. */
export function nearUntil(today: Day, calendar: WorkingCalendar, policies: Policies): Day {
  return workingDayAfter(calendar, today, policies.count("clock.nearWorkingDays", today));
}

export function clockState(dueOn: Day, today: Day, near: Day): Exclude<ClockState, "MET"> {
  if (today > dueOn) return "OVERDUE";
  return dueOn <= near ? "DUE" : "RUNNING";
}

/** The working days that are left, with the last day counted in; below zero it is the number of days that have passed since. */
export function workingDaysLeft(dueOn: Day, today: Day, calendar: WorkingCalendar): number {
  const over = workingDaysBetween(calendar, dueOn, today);
  return over > 0 ? -over : workingDaysBetween(calendar, today, dueOn);
}

/** The last day for a decision on an objection to a record. */
export function decideBy(openedOn: Day, calendar: WorkingCalendar, policies: Policies): Day {
  return workingDayAfter(calendar, openedOn, policies.count("record.disputeWorkingDays", openedOn));
}

/** The clock that is due first stands first; every source of clocks uses the same position. */
export function compareClocks(left: Clock, right: Clock): number {
  const key = ({ dueOn, kind, subjectId }: Clock) => [dueOn, kind, subjectId];
  const [a, b] = [key(left), key(right)];
  for (const [i, part] of a.entries()) if (part !== b[i]) return (part as string) < (b[i] as string) ? -1 : 1;
  return 0;
}
