import { clockKinds, clockStates } from "../../domain/clocks";
import { closed } from "../kit/enums";

export const ClockKind = closed("ClockKind", "What has to be done by a date.", clockKinds, {
  RECORD_DEADLINE: "A service is to be recorded within ten working days.",
  RATING_NOTICE: "A rating's notice runs; then it is to be confirmed.",
  CREDIT_ANSWER: "The subject of a credit record may answer its notice.",
  CREDIT_DECISION: "An objection to a credit record is to be decided.",
  CREDIT_REPAIR: "The repair of a credit record is to be decided.",
  FUNDRAISING_DISCLOSURE: "A fundraising is to be disclosed to the public.",
  VISIT_MONTH: "Some on a station's list have not had the visit that they are owed.",
  DISPUTE_DECISION: "An objection to a record is to be decided.",
  PLAQUE_RETURN: "A house whose grade was taken returns its plaque.",
});
export type ClockKind = keyof typeof ClockKind;

export const ClockState = closed("ClockState", "Where a clock stands today.", clockStates, {
  RUNNING: "There is time left for it.",
  DUE: "Its last day is near, or today.",
  OVERDUE: "Its last day has passed already.",
  MET: "It was done; no list shows it.",
});
export type ClockState = keyof typeof ClockState;
