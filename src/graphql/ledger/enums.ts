import { accountKinds, entryKinds, units } from "../../domain/facts/ledger";
import { closed } from "../kit/enums";

export const DateAxis = closed(
  "DateAxis",
  "The date of a line by which a statement is ordered and bounded.",
  ["EFFECTIVE", "RECORDED"] as const,
  {
    EFFECTIVE: "The statement follows the civil day of the service: the one on which its last minute lies.",
    RECORDED: "The statement follows the instant at which the bank recorded the line.",
  },
);
export type DateAxis = keyof typeof DateAxis;

export const AccountKind = closed("AccountKind", "The purpose of an account.", accountKinds, {
  ISSUANCE: "The source of earned credit. What it owes is in circulation.",
  VOLUNTEER: "Credit that a volunteer has earned and may spend.",
  RECIPIENT: "Credit that a recipient was given to spend.",
  GROUP: "Credit that a group has earned; the group may only donate it.",
  PUBLIC_POOL: "Donated credit that is kept for people in need.",
  GOVERNMENT_GRANT: "Funded credit that is to be granted to people in need.",
  GRANT_FUNDING: "The source of funded grants. What it owes was funded.",
  REDEEMED: "Credit that was spent ends in this account.",
  OVERFLOW_HONOUR: "Credit above the cap that a volunteer has left for the roll of honour.",
  CLEARING: "The account of what banks owe each other.",
  POINT_ISSUANCE: "The source of village points. What it owes was given to households.",
  HOUSEHOLD: "The village points of a household.",
});
export type AccountKind = keyof typeof AccountKind;

export const AccountUnit = closed("AccountUnit", "The unit in which an account counts. Units never mix.", units, {
  MINUTE: "The account counts time credit, in whole minutes.",
  VILLAGE_POINT: "The account counts points of a village, which never become time.",
});
export type AccountUnit = keyof typeof AccountUnit;

export const EntryKind = closed("EntryKind", "The reason for which a line stands in a statement.", entryKinds, {
  EARN: "Credit was earned by a posted service record.",
  ROUNDING: "A rounding keeps the credit at what the remaining records give.",
  HOLD: "Minutes were set aside; the posted balance is as it was.",
  SETTLE: "Minutes set aside were spent.",
  RELEASE: "Minutes set aside are free again.",
  REVERSAL: "An earlier line was taken back exactly.",
  GIFT: "Credit was given to a relative.",
  DONATE: "Credit was given to the public pool.",
  GRANT: "Granted credit was given to a person in need.",
  FUND: "A grant account was funded.",
  OVERFLOW: "Credit over the cap went to the pool or the roll of honour.",
  CLEARING: "Credit was moved between banks, or to the account of the registration into which another one was merged.",
});
export type EntryKind = keyof typeof EntryKind;
