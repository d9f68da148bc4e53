import { fact, type RowOf, seq } from "./shape";
import { count, day, id, instant, int, list, oneOf, optional, sealedRow, text } from "./words";

export const accountKinds = [
  "ISSUANCE",
  "VOLUNTEER",
  "RECIPIENT",
  "GROUP",
  "PUBLIC_POOL",
  "GOVERNMENT_GRANT",
  "GRANT_FUNDING",
  "REDEEMED",
  "OVERFLOW_HONOUR",
  "CLEARING",
  "POINT_ISSUANCE",
  "HOUSEHOLD",
] as const;
export type AccountKind = (typeof accountKinds)[number];

export const units = ["MINUTE", "VILLAGE_POINT"] as const;
export type Unit = (typeof units)[number];

export const entryKinds = [
  "EARN",
  "ROUNDING",
  "HOLD",
  "SETTLE",
  "RELEASE",
  "REVERSAL",
  "GIFT",
  "DONATE",
  "GRANT",
  "FUND",
  "OVERFLOW",
  "CLEARING",
] as const;
export type EntryKind = (typeof entryKinds)[number];

export const transferPhases = ["POSTED", "HELD", "SETTLED", "RELEASED", "EXPIRED", "REVERSAL"] as const;
export type TransferPhase = (typeof transferPhases)[number];

/** The bank's first entry. */
export const bankOpened = fact(
  "BANK_OPENED",
  1,
  {
    /** The name by which the tree's head and the keys know the bank. */
    origin: text,
    unit: oneOf(units),
  },
  { into: null },
);

/** An account, with its terms for life. The sums beside them are moved by the database alone. */
export const accountOpened = fact(
  "ACCOUNT_OPENED",
  2,
  {
    id: id("account"),
    kind: oneOf(accountKinds),
    unit: oneOf(units),
    /** The volunteer, organisation or household's quarter it belongs to; null for the bank's own. */
    owner: optional(id("any")),
    /** The least that may stay free, or null for a source. */
    floor: optional(int),
    ceiling: optional(int),
  },
  {
    into: null,
    also: {
      accounts: {
        key: ["id"],
        once: true,
        columns: {
          id: "id",
          kind: "kind",
          unit: "unit",
          owner: "owner",
          floor: "floor",
          ceiling: "ceiling",
          openedSeq: seq,
          lastSeq: seq,
        },
      },
    },
  },
);

/** One debit, one credit, whole minutes. What it means for the two accounts is its phase; why it is there, its kind. */
export const transfer = fact(
  "TRANSFER",
  4,
  {
    debit: id("account"),
    credit: id("account"),
    minutes: count,
    phase: oneOf(transferPhases),
    kind: oneOf(entryKinds),
    /** The hold it settles, releases or expires. */
    holdSeq: optional(count),
    reversesSeq: optional(count),
    effectiveOn: day,
    expiresAt: optional(instant),
    recordId: optional(id("record")),
    /** Versions of the policies it was made under. */
    policyIds: list(id("policy")),
  },
  { into: "transfers", key: ["seq"], once: true },
);
export type Transfer = RowOf<typeof transfer, "transfers">;

/** A sealed row was put under another person's key: `id` seals it anew. */
export const sealedAnew = fact("SEALED_ANEW", 46, { id: sealedRow }, { into: null });
