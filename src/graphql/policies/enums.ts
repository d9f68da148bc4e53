import { policyStatuses } from "../../domain/facts/policies";
import { closed } from "../kit/enums";

export const PolicyStatus = closed("PolicyStatus", "How well a policy's number is sourced.", policyStatuses, {
  CITED: "From the source cited.",
  MEMORY: "Known, its source not read.",
  OURS: "This bank's own choice.",
});
export type PolicyStatus = keyof typeof PolicyStatus;
