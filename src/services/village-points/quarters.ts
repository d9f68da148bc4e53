import type { HouseholdQuarter } from "../../domain/facts/village-points";
import type { Day } from "../../domain/kit/calendar";
import { invariant } from "../../domain/kit/invariant";
import { refuse } from "../../domain/kit/refusal";
import { posted } from "../../domain/ledger/transfers";
import { quarterOf, quarterOn } from "../../domain/village-points";
import type { Tx, View } from "../../storage/store";
import type { Bank } from "../bank";

/** The accounts of households: each quarter has one of its own, which begins with the base. */
export class QuarterAccounts {
  constructor(private readonly bank: Bank) {}

  /** A quarter's points are never fewer than none: INSUFFICIENT_POINTS, before the ledger would speak of minutes. */
  async checkLeft(view: View, accountId: string, asked: number, quarter: string): Promise<void> {
    const account = (await view.accounts([accountId])).get(accountId);
    invariant(account, "a begun quarter has an account");
    const points = account.creditsPosted - account.debitsPosted;
    if (asked > points) refuse("INSUFFICIENT_POINTS", { points, asked, quarter }, ["points"]);
  }

  /** The account of the quarter in which a day lies, begun with its first entry; none is from before the registration. */
  async accountOn(tx: Tx, by: string, householdId: string, on: Day): Promise<string> {
    const quarters = await tx.householdQuarters(householdId);
    const quarter = quarterOn(on);
    const known = quarters.find((begun) => begun.quarter === quarter);
    if (known) return known.accountId;
    const [first] = quarters;
    invariant(first, "a household's first quarter begins with its registration");
    if (quarter < first.quarter) refuse("BACKFILL_WINDOW_PASSED", { from: quarterOf(first.quarter).from }, ["on"]);
    const accountId = this.bank.id("account", tx.now);
    await this.begin(tx, by, { householdId, quarter, accountId });
    return accountId;
  }

  /** Opens a quarter's account, and posts the base that the quarter begins with. */
  async begin(tx: Tx, by: string, begun: HouseholdQuarter): Promise<void> {
    const { householdId, quarter, accountId } = begun;
    const source = await this.source(tx);
    const unit = "VILLAGE_POINT";
    await tx.append(by, {
      type: "ACCOUNT_OPENED",
      id: accountId,
      kind: "HOUSEHOLD",
      unit,
      owner: `${householdId}/${quarter}`,
      floor: 0,
      ceiling: null,
    });
    await tx.append(by, { type: "HOUSEHOLD_QUARTER_SET", ...begun });
    const { from: effectiveOn } = quarterOf(quarter);
    const { id, value } = (await this.bank.policies(tx)).inForce("villagePoints.base", effectiveOn);
    if (value === 0) return;
    const base = { debit: source, credit: accountId, minutes: value as number, kind: "GRANT" as const };
    await tx.post(by, posted({ ...base, effectiveOn, policyIds: [id] }));
  }

  /** Where village points come from; opened with the first household. */
  async source(tx: Tx): Promise<string> {
    const known = await tx.bankAccount("POINT_ISSUANCE");
    if (known) return known.id;
    const id = this.bank.id("account", tx.now);
    const unit = "VILLAGE_POINT";
    await tx.append("system", {
      type: "ACCOUNT_OPENED",
      id,
      kind: "POINT_ISSUANCE",
      unit,
      owner: null,
      floor: null,
      ceiling: null,
    });
    return id;
  }
}

/** A household and a quarter together have an id of their own: the household's points of one quarter are not those of another. */
export const householdQuarterId = (householdId: string, quarter: string) =>
  `${householdId.replace("household", "householdquarter")}_${quarter}`;
export function householdQuarterOf(id: string): { householdId: string; quarter: string } {
  const [, household, quarter = ""] = /^householdquarter_(\w+)_(\d{4}-Q[1-4])$/.exec(id) ?? [];
  return { householdId: `household_${household}`, quarter };
}
