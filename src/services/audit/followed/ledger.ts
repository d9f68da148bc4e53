import { dayOf } from "../../../domain/kit/calendar";
import type { Lines } from "./line";

/** What the audit follows of the bank itself: its accounts, policies and transfers, and what is sealed. */
export const ledger = {
  BANK_OPENED: { key: [], changes: "ONCE" },
  ACCOUNT_OPENED: { key: ["id"], changes: "ONCE" },
  POLICY_SET: {
    key: ["id"],
    alsoBy: "key",
    changes: "ONCE",
    rules: [
      ({ fact, by, at }) => by !== "system" && fact.effectiveFrom < dayOf(at) && "begins before the day it was set on",
    ],
  },
  TRANSFER: { key: null, changes: "ONCE" },
  SEALED_ANEW: { key: null, changes: [] },
} as const satisfies Lines;
