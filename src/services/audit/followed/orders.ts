import { orderIdOf } from "../../../domain/orders";
import type { Lines } from "./line";

/** What the audit follows of orders. Their minutes are held against the ledger with the claims. */
export const orders = {
  ORDER_STEP: {
    key: ["id"],
    changes: {
      REQUEST: [],
      OFFER: ["offeredTo"],
      DECLINE: ["offeredTo"],
      MATCH: ["offeredTo", "volunteerId", "expiresAt"],
      DELIVER: ["recordId"],
      ACCEPT: ["capturedMinutes", "extraMinutes"],
      SETTLE: ["recordId", "capturedMinutes", "extraMinutes"],
      CANCEL: ["offeredTo", "fault"],
      MISS: ["fault"],
      EXPIRE: ["offeredTo"],
      DISPUTE: [],
      VOID: [],
    },
    rules: [
      ({ fact }) =>
        (fact.offeredTo !== null) !== (fact.action === "OFFER" || fact.action === "DECLINE") && "offers to nobody",
      ({ fact, known }) => {
        if (fact.recordId === null) return null;
        const record = known.last("RECORD_STEP", fact.recordId);
        return orderIdOf(record?.externalRef ?? null) === fact.id && record?.volunteerId === fact.volunteerId
          ? null
          : "its record is another's";
      },
    ],
  },
} as const satisfies Lines;
