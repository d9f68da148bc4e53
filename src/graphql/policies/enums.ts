import { policyStatuses } from "../../domain/facts/policies";
import { closed } from "../kit/enums";

export const PolicyStatus = closed(
  "PolicyStatus",
  "Says how well the source of a rule's value is known.",
  policyStatuses,
  {
    CITED: "The value is taken from the source that is cited.",
    MEMORY: "The value is known, but its source was not read.",
    OURS: "The bank has chosen the value itself.",
  },
);
export type PolicyStatus = keyof typeof PolicyStatus;
