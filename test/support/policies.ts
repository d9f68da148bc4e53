import { Policies } from "../../src/domain/policies";
import { parameters } from "../../src/domain/policies/parameters";

/** Every parameter as a new bank starts from it. */
export const policies = new Policies(
  Object.entries(parameters).map(([key, { value, citation, status }], seq) => ({
    id: `policy_${key}`,
    key,
    value,
    effectiveFrom: "2020-01-01",
    citation,
    status,
    seq,
  })),
);
