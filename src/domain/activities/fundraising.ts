import { addDays, addMonths, type Day } from "../calendar";
import type { Policies } from "../policies";
import { refuse } from "../refusal";

export const disclosureStates = ["NOT_DUE", "DUE", "DISCLOSED", "OVERDUE"] as const;
export type DisclosureState = (typeof disclosureStates)[number];

/**
 * What a page must say of a public fundraising beside an activity (慈善法 §24–25). Facts only: nothing here takes money,
 * and nothing here ever will (慈善法 §27: online fundraising is for designated platforms).
 */
export interface Fundraising {
  activityId: string;
  organizationName: string;
  planFilingNo: string;
  permitNo: string;
  howToQuery: string;
  filedOn: Day;
  startsOn: Day;
  endsOn: Day;
  /** Filed afterwards, as an emergency allows (慈善法 §73). */
  emergency: boolean;
  /** The days on which the interim accounts were published, and the final one. */
  interimDisclosedOn: Day[];
  disclosedOn: Day | null;
  /** The next disclosure's last day; null once the final one is out. */
  dueOn: Day | null;
  version: number;
}

/** A plan is filed seven days before (Zhejiang §13); in an emergency within ten days after (慈善法 §73). */
export function checkFiling(plan: Pick<Fundraising, "filedOn" | "startsOn" | "emergency">, policies: Policies): void {
  const leadDays = policies.count("fundraising.filingLeadDays", plan.startsOn);
  const graceDays = policies.count("fundraising.emergencyFilingDays", plan.startsOn);
  const by = plan.emergency ? addDays(plan.startsOn, graceDays) : addDays(plan.startsOn, -leadDays);
  if (plan.filedOn > by) refuse("PLAN_FILED_LATE", { filedOn: plan.filedOn, by }, ["filedOn"]);
}

/** No fundraising of ours lasts longer; what says so is a slip of the pen. */
const monthsMost = 60;

/** The days make sense, and an interim disclosure is of its own three months: none twice, none before its time. */
export function checkPeriod(
  plan: Pick<Fundraising, "filedOn" | "startsOn" | "endsOn" | "disclosedOn" | "interimDisclosedOn">,
  policies: Policies,
  today: Day,
): void {
  if (plan.filedOn > today) refuse("IN_THE_FUTURE", {}, ["filedOn"]);
  if (plan.endsOn < plan.startsOn) refuse("INVALID_INTERVAL", {}, ["endsOn"]);
  if (plan.endsOn > addMonths(plan.startsOn, monthsMost)) refuse("INVALID_INPUT", { monthsMost }, ["endsOn"]);
  const { interim } = disclosuresOf(plan, policies);
  if (plan.interimDisclosedOn.length > interim.length)
    refuse("INVALID_INPUT", { most: interim.length }, ["interimDisclosedOn"]);
  for (const [i, day] of plan.interimDisclosedOn.entries()) {
    const after = interim[i - 1] ?? plan.startsOn;
    if (day > today || day <= after) refuse("INVALID_INPUT", { after }, ["interimDisclosedOn"]);
  }
  if (plan.disclosedOn !== null && (plan.disclosedOn > today || plan.disclosedOn < plan.endsOn))
    refuse("INVALID_INPUT", { from: plan.endsOn }, ["disclosedOn"]);
}

/**
 * The last days of all disclosures: every three months for what lasts over six, and three months after the end
 * (慈善法 §79).
 */
export function disclosuresOf(
  plan: Pick<Fundraising, "startsOn" | "endsOn">,
  policies: Policies,
): { interim: Day[]; final: Day } {
  const every = policies.count("fundraising.interimDisclosureMonths", plan.startsOn);
  const long = policies.count("fundraising.longMonths", plan.startsOn);
  const final = addMonths(plan.endsOn, policies.count("fundraising.finalDisclosureMonths", plan.startsOn));
  const interim: Day[] = [];
  if (plan.endsOn > addMonths(plan.startsOn, long))
    for (let i = 1; addMonths(plan.startsOn, i * every) <= plan.endsOn; i += 1)
      interim.push(addMonths(plan.startsOn, i * every));
  return { interim, final };
}

/** The next disclosure's last day, counting those that are out; null once the final one is. */
export function nextDue(
  plan: Pick<Fundraising, "startsOn" | "endsOn" | "interimDisclosedOn" | "disclosedOn">,
  policies: Policies,
): Day | null {
  if (plan.disclosedOn !== null) return null;
  const { interim, final } = disclosuresOf(plan, policies);
  return interim[plan.interimDisclosedOn.length] ?? final;
}

/** DUE from the day on which there is something to disclose: an interim date's own month, or the end of the period. */
export function disclosureState(
  plan: Pick<Fundraising, "endsOn" | "disclosedOn" | "dueOn">,
  today: Day,
): DisclosureState {
  if (plan.disclosedOn !== null || plan.dueOn === null) return "DISCLOSED";
  if (today > plan.dueOn) return "OVERDUE";
  return today > plan.endsOn || (plan.dueOn <= plan.endsOn && today > addMonths(plan.dueOn, -1)) ? "DUE" : "NOT_DUE";
}
