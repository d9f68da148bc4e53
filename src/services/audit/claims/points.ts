import type { FactOf } from "../../../domain/facts";
import type { Transfer } from "../../../domain/facts/ledger";
import type { Day } from "../../../domain/kit/calendar";
import { quarterOf, quarterOn } from "../../../domain/village-points";
import type { Scratch, ScratchMap } from "../../../storage/store";
import { type Evidence, isList } from "./evidence";

/** Holds what entries of village points, and the quarters of households, say against the transfers that they name. */
export class Points {
  /** The account that each quarter of a household was begun with, and the base that it is to begin with. */
  private readonly quarters: ScratchMap<string>;
  private readonly bases: ScratchMap<{ where: string; minutes: number; policyId: string; on: Day }>;

  constructor(
    private readonly of: Evidence,
    scratch: Scratch,
  ) {
    this.quarters = scratch.map("quarters");
    this.bases = scratch.map("bases");
  }

  /** The first transfer of a quarter's account is its base. */
  transfer(transfer: Transfer): void {
    const { seq } = transfer;
    const base = this.bases.get(transfer.credit);
    if (!base || transfer.kind !== "GRANT" || !isList(transfer.policyIds, [base.policyId])) return;
    if (transfer.minutes !== base.minutes || transfer.effectiveOn !== base.on)
      this.of.finds("POINTS", `transfers ${seq}`, "is not the base that its quarter begins with");
    this.of.transfers.claim(seq);
    this.bases.delete(transfer.credit);
  }

  quarter({ householdId, quarter, accountId }: FactOf<"HOUSEHOLD_QUARTER_SET">): void {
    this.quarters.set(`${householdId} ${quarter}`, accountId);
    const { from: on } = quarterOf(quarter);
    const { id: policyId, value: minutes } = this.of.rules.on("villagePoints.base", on);
    const where = `householdQuarters ${householdId} ${quarter}`;
    if (minutes > 0) this.bases.set(accountId, { where, minutes, policyId, on });
  }

  points(fact: FactOf<"VILLAGE_POINTS_SET">, before: FactOf<"VILLAGE_POINTS_SET"> | null): void {
    const where = `villagePoints ${fact.id}`;
    if (before) {
      const mirror = this.of.transfers.endOf(fact.transferSeq);
      if (mirror?.seq !== fact.reversedBySeq) this.of.finds("POINTS", where, "reversedBySeq is not what took it back");
      else if (mirror) this.of.claim("POINTS", where, mirror);
      return;
    }
    const transfer = this.of.transfers.get(fact.transferSeq);
    const account = this.quarters.get(`${fact.householdId} ${quarterOn(fact.on)}`);
    const moved = transfer?.credit === account ? transfer?.minutes : -(transfer?.minutes ?? 0);
    const side = transfer && [transfer.credit, transfer.debit].includes(account ?? "");
    if (!transfer || !side || transfer.kind !== "GRANT" || transfer.phase !== "POSTED" || transfer.policyIds.length > 0)
      this.of.finds("POINTS", where, "transferSeq is not a transfer of its household's quarter");
    else if (moved !== fact.points || transfer.effectiveOn !== fact.on)
      this.of.finds("POINTS", where, "points or on differ from its transfer");
    if (transfer) this.of.claim("POINTS", where, transfer);
  }

  /** After the last entry. */
  close(): void {
    for (const [, { where }] of this.bases.entries()) this.of.finds("POINTS", where, "no transfer began it");
  }
}
