import type { AccountKind } from "../facts/ledger";
import type { Minutes } from "../kit/minutes";

/** What all accounts of one kind hold together. */
export interface KindTotal {
  kind: AccountKind;
  debits: Minutes;
  credits: Minutes;
  held: Minutes;
  /** The posted balances above 0: what one account owes does not lessen what another may claim. */
  owned: Minutes;
}

export interface ReserveCoverage {
  claimsMinutes: Minutes;
  fundedMinutes: Minutes;
  /** Null where there is no claim. */
  ratio: number | null;
}

/** Accounts of people who may spend their minutes on help. A group may only donate, so it has no claim. */
const claiming: readonly AccountKind[] = ["VOLUNTEER", "RECIPIENT"];
/** Accounts that pay for people who have no minutes of their own. */
const reserving: readonly AccountKind[] = ["PUBLIC_POOL", "GOVERNMENT_GRANT"];

/**
 * What stands behind the claims of people. A claim counts until it is spent, also while an order holds it; of a reserve, what an
 * order holds is promised already and covers nobody else.
 */
export function reserveCoverage(totals: readonly KindTotal[]): ReserveCoverage {
  let [claimsMinutes, fundedMinutes] = [0, 0];
  for (const { kind, owned, held } of totals) {
    if (claiming.includes(kind)) claimsMinutes += owned;
    if (reserving.includes(kind)) fundedMinutes += owned - held;
  }
  return { claimsMinutes, fundedMinutes, ratio: claimsMinutes === 0 ? null : fundedMinutes / claimsMinutes };
}
