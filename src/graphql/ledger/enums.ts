import { accountKinds, entryKinds, units } from "../../domain/facts/ledger";
import { closed } from "../kit/enums";

export const DateAxis = closed(
  "DateAxis",
  "Which of the two dates of a line orders a statement.",
  ["EFFECTIVE", "RECORDED"] as const,
  {
    EFFECTIVE: "The civil day of the service, which is that of its last minute.",
    RECORDED: "When the bank wrote it down.",
  },
);
export type DateAxis = keyof typeof DateAxis;

export const AccountKind = closed("AccountKind", "What an account is for.", accountKinds, {
  ISSUANCE: "The source of earned credit; what it owes is in circulation.",
  VOLUNTEER: "What a volunteer earned and may spend.",
  RECIPIENT: "What a recipient was given to spend.",
  GROUP: "What a group earned; it may only donate it.",
  PUBLIC_POOL: "Donated credit, for those in need.",
  GOVERNMENT_GRANT: "Funded credit, to be granted to people in need.",
  GRANT_FUNDING: "The source of funded grants.",
  REDEEMED: "Where spent credit ends.",
  OVERFLOW_HONOUR: "Credit over the cap that was left for the roll of honour.",
  CLEARING: "What banks owe each other.",
  POINT_ISSUANCE: "The source of village points.",
  HOUSEHOLD: "A household's village points.",
});
export type AccountKind = keyof typeof AccountKind;

export const AccountUnit = closed("AccountUnit", "What an account counts. Units never mix.", units, {
  MINUTE: "Time credit in whole minutes.",
  VILLAGE_POINT: "Points of a village, never convertible into time.",
});
export type AccountUnit = keyof typeof AccountUnit;

export const EntryKind = closed("EntryKind", "Why a line stands in a statement.", entryKinds, {
  EARN: "Credit for a posted service record.",
  ROUNDING: "What keeps credit at what the remaining records give.",
  HOLD: "Minutes were set aside; the balance is as it was.",
  SETTLE: "Minutes set aside were spent.",
  RELEASE: "Minutes set aside are free again.",
  REVERSAL: "An earlier line was taken back exactly.",
  GIFT: "Credit was given to a relative.",
  DONATE: "Credit was given to the public pool.",
  GRANT: "Granted credit was given to somebody in need.",
  FUND: "A grant account was funded.",
  OVERFLOW: "Credit over the cap went to the pool or the roll of honour.",
  CLEARING: "Credit moved between banks, or to the account of the registration into which another was merged.",
});
export type EntryKind = keyof typeof EntryKind;
