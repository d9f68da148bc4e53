import { fact, type RowOf } from "./shape";
import { code, day, id, json, oneOf, text } from "./words";

export const policyStatuses = ["CITED", "MEMORY", "OURS"] as const;
export type PolicyStatus = (typeof policyStatuses)[number];

/** One dated value of one parameter. It holds from `effectiveFrom` until a later version of the same key begins. */
export const policySet = fact(
  "POLICY_SET",
  3,
  {
    id: id("policy"),
    key: code,
    value: json<unknown>(),
    effectiveFrom: day,
    citation: text,
    status: oneOf(policyStatuses),
  },
  { into: "policies", once: true },
);
export type PolicyVersion = RowOf<typeof policySet, "policies">;
