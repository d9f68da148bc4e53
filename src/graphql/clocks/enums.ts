import { clockKinds, clockStates } from "../../domain/clocks";
import { closed } from "../kit/enums";

export const ClockKind = closed("ClockKind", "The kind of task that has to be done by a date.", clockKinds, {
  RECORD_DEADLINE: "A service has to be recorded within ten working days.",
  STAR_NOTICE: "The public notice of a volunteer's star runs; after it the office decides.",
  RATING_NOTICE: "The public notice of a rating runs; after it the office confirms the rating.",
  CREDIT_ANSWER: "The subject of a credit record may answer its notice.",
  CREDIT_DECISION: "The office has to decide an objection to a credit record.",
  CREDIT_REPAIR: "The office has to decide about the repair of a credit record.",
  FUNDRAISING_DISCLOSURE: "A fundraising has to be disclosed to the public.",
  VISIT_MONTH: "A station has to make the monthly visits that it still owes.",
  DISPUTE_DECISION: "A supervisor has to decide an objection to a service record.",
  PLAQUE_RETURN: "An organisation whose grade was taken away has to return its plaque.",
});
export type ClockKind = keyof typeof ClockKind;

export const ClockState = closed("ClockState", "The state in which a clock is today.", clockStates, {
  RUNNING: "The clock has time left.",
  DUE: "The last day of the clock is near, or today.",
  OVERDUE: "The last day of the clock has passed.",
  MET: "The task was done; no list shows the clock.",
});
export type ClockState = keyof typeof ClockState;
