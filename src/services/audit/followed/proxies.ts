import type { Lines } from "./line";

/** What the audit follows of family proxies. */
export const proxies = {
  PROXY_STEP: {
    key: ["id"],
    changes: { REQUEST: [], APPROVE: [], ACCEPT: ["validUntil"], REFUSE: [], REVOKE: [] },
    rules: [
      ({ fact, by }) => fact.action === "REQUEST" && fact.personId !== by && "was asked for by another",
      ({ fact, by }) => fact.action === "APPROVE" && fact.personId === by && "was approved by the proxy",
      ({ fact, by }) => fact.action === "ACCEPT" && fact.personId === by && "was accepted by the proxy",
      ({ fact }) =>
        (fact.state === "ACTIVE" || fact.state === "REVOKED") !== (fact.validUntil !== null) && "has no last day",
    ],
  },
} as const satisfies Lines;
