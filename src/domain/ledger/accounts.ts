import type { AccountKind, Unit } from "../facts/ledger";
import type { Minutes } from "../kit/minutes";
import { refuse } from "../kit/refusal";

/** Only these accounts may go below zero: what they owe is in circulation. */
export const sources: readonly AccountKind[] = ["ISSUANCE", "GRANT_FUNDING", "POINT_ISSUANCE", "CLEARING"];

export interface Account {
  id: string;
  kind: AccountKind;
  unit: Unit;
  /** The volunteer, organisation or household's quarter it belongs to; null for the bank's own. */
  owner: string | null;
  /** The least that may stay free, or null for a source. */
  floor: Minutes | null;
  ceiling: Minutes | null;
  debitsPosted: Minutes;
  creditsPosted: Minutes;
  debitsPending: Minutes;
  creditsPending: Minutes;
  /** The number of its entries, counted from 0, so that a statement can be seen to be complete. */
  version: number;
  lastSeq: number;
}

export interface Balance {
  posted: Minutes;
  held: Minutes;
  pendingIn: Minutes;
  available: Minutes;
  asOfSeq: number;
}

export function balanceOf(
  account: Pick<Account, "debitsPosted" | "creditsPosted" | "debitsPending" | "creditsPending">,
  asOfSeq: number,
): Balance {
  const posted = account.creditsPosted - account.debitsPosted;
  return {
    posted,
    held: account.debitsPending,
    pendingIn: account.creditsPending,
    available: posted - account.debitsPending,
    asOfSeq,
  };
}

/** The ledger lets no account go below its floor; asked before, the answer can say how much is free. INSUFFICIENT_CREDIT. */
export function checkSpendable(account: Account, asked: Minutes, path: string[]): void {
  if (account.floor === null) return;
  const free = Math.max(0, balanceOf(account, 0).available - account.floor);
  if (asked > free) refuse("INSUFFICIENT_CREDIT", { asked, free }, path);
}
