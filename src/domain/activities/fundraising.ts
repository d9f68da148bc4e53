import type { Fundraising } from "../facts/activities";
import { addDays, addMonths, type Day, daysBetween } from "../kit/calendar";
import { refuse } from "../kit/refusal";
import { counted } from "../kit/units";
import type { Policies } from "../policies";

export const disclosureStates = ["NOT_DUE", "DUE", "DISCLOSED", "DISCLOSED_LATE", "OVERDUE"] as const;
export type DisclosureState = (typeof disclosureStates)[number];

/** A plan is filed seven days before (Zhejiang §13); in an emergency within ten days after (慈善法 §73). */
export function checkFiling(plan: Pick<Fundraising, "filedOn" | "startsOn" | "emergency">, policies: Policies): void {
  const leadDays = policies.count("fundraising.filingLeadDays", plan.startsOn);
  const graceDays = policies.count("fundraising.emergencyFilingDays", plan.startsOn);
  const by = plan.emergency ? addDays(plan.startsOn, graceDays) : addDays(plan.startsOn, -leadDays);
  const lead = plan.emergency ? {} : { days: leadDays };
  if (plan.filedOn > by) refuse("PLAN_FILED_LATE", { filedOn: plan.filedOn, by, ...lead }, ["filedOn"]);
}

/** No real fundraising lasts longer; a longer one is a typing error. */
const monthsMost = 60;

/**
 * Checks that the days make sense. An interim disclosure belongs to its own period: no period has two, and none is disclosed
 * before its time.
 */
export function checkPeriod(
  plan: Omit<Fundraising, "activityId" | "dueOn" | "version">,
  policies: Policies,
  today: Day,
): void {
  if (plan.filedOn > today) refuse("IN_THE_FUTURE", { today }, ["filedOn"]);
  if (plan.endsOn < plan.startsOn) refuse("INVALID_INTERVAL", {}, ["endsOn"]);
  if (plan.endsOn > addMonths(plan.startsOn, monthsMost)) refuse("INVALID_INPUT", { monthsMost }, ["endsOn"]);
  const { interim } = disclosuresOf(plan, policies);
  if (plan.interimDisclosedOn.length > interim.length)
    refuse("INVALID_INPUT", counted("ENTRIES", { most: interim.length }), ["interimDisclosedOn"]);
  for (const [i, day] of plan.interimDisclosedOn.entries()) {
    const after = interim[i - 1] ?? plan.startsOn;
    if (day > today || day <= after) refuse("INVALID_INPUT", { after }, ["interimDisclosedOn"]);
  }
  if (plan.disclosedOn !== null && (plan.disclosedOn > today || plan.disclosedOn < plan.endsOn))
    refuse("INVALID_INPUT", { from: plan.endsOn }, ["disclosedOn"]);
}

/**
 * The last days of all disclosures: every three months for what lasts over six, and three months after the end
 * (慈善法 §79); in an emergency every five days (慈善法 §72).
 */
export function disclosuresOf(
  { startsOn, endsOn, emergency }: Pick<Fundraising, "startsOn" | "endsOn" | "emergency">,
  policies: Policies,
): { interim: Day[]; final: Day } {
  const count = (key: "emergencyDisclosureDays" | "interimDisclosureMonths" | "longMonths" | "finalDisclosureMonths") =>
    policies.count(`fundraising.${key}`, startsOn);
  const dueAfter = (periods: number) =>
    emergency
      ? addDays(startsOn, periods * count("emergencyDisclosureDays"))
      : addMonths(startsOn, periods * count("interimDisclosureMonths"));
  const interim: Day[] = [];
  if (emergency || endsOn > addMonths(startsOn, count("longMonths")))
    for (let i = 1; dueAfter(i) <= endsOn; i += 1) interim.push(dueAfter(i));
  return { interim, final: addMonths(endsOn, count("finalDisclosureMonths")) };
}

/** The facts that the office has seen in the filed plan; all other fields are about disclosures. */
export const planFacts = [
  "organizationName",
  "planFilingNo",
  "permitNo",
  "howToQuery",
  "filedOn",
  "startsOn",
  "endsOn",
  "emergency",
] as const;
/** Whether the plan itself was replaced by another one: a new plan would start its clock anew. */
export function isOtherPlan(before: Fundraising | undefined, after: Pick<Fundraising, (typeof planFacts)[number]>) {
  return !before || planFacts.some((fact) => before[fact] !== after[fact]);
}

/** The next disclosure's last day, counting those that are out; null once the final one is. */
export function nextDue(
  plan: Pick<Fundraising, "startsOn" | "endsOn" | "emergency" | "interimDisclosedOn" | "disclosedOn">,
  policies: Policies,
): Day | null {
  if (plan.disclosedOn !== null) return null;
  const { interim, final } = disclosuresOf(plan, policies);
  return interim[plan.interimDisclosedOn.length] ?? final;
}

/** One of the disclosures that a fundraising owes. */
export interface Disclosure {
  /** Whether it is of the final accounts; else of an interim period. */
  final: boolean;
  dueOn: Day;
  disclosedOn: Day | null;
  /** Civil days from its last day to its disclosure, or to today while there is none; 0 in time. */
  daysLate: number;
}

/**
 * Every disclosure that is owed, in order. The final accounts end the duty: an interim disclosure counts as late until then at
 * most.
 */
export function disclosuresMade(
  plan: Pick<Fundraising, "startsOn" | "endsOn" | "emergency" | "interimDisclosedOn" | "disclosedOn">,
  policies: Policies,
  today: Day,
): Disclosure[] {
  const { interim, final } = disclosuresOf(plan, policies);
  const made = (dueOn: Day, disclosedOn: Day | null, isFinal: boolean): Disclosure => ({
    final: isFinal,
    dueOn,
    disclosedOn,
    daysLate: Math.max(0, daysBetween(dueOn, disclosedOn ?? plan.disclosedOn ?? today)),
  });
  return [
    ...interim.map((dueOn, i) => made(dueOn, plan.interimDisclosedOn[i] ?? null, false)),
    made(final, plan.disclosedOn, true),
  ];
}

/**
 * DUE from the day on which there is something to disclose: the interim date's own month, or the end of the period. Final
 * accounts that came after their last day stay late for good.
 */
export function disclosureState(
  plan: Pick<Fundraising, "startsOn" | "endsOn" | "emergency" | "disclosedOn" | "dueOn">,
  policies: Policies,
  today: Day,
): DisclosureState {
  if (plan.disclosedOn !== null || plan.dueOn === null)
    return (plan.disclosedOn ?? today) > disclosuresOf(plan, policies).final ? "DISCLOSED_LATE" : "DISCLOSED";
  if (today > plan.dueOn) return "OVERDUE";
  return today > plan.endsOn || (plan.dueOn <= plan.endsOn && today > addMonths(plan.dueOn, -1)) ? "DUE" : "NOT_DUE";
}
