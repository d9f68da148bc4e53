import type { VillagePoints as Points } from "../../domain/facts/village-points";
import { invariant } from "../../domain/kit/invariant";
import { refuse } from "../../domain/kit/refusal";
import { posted, reverse } from "../../domain/ledger/transfers";
import type { Actor } from "../../domain/permissions/actors";
import { checkPoints, quarterOn } from "../../domain/village-points";
import type { Tx, View } from "../../storage/store";
import type { Bank } from "../bank";
import type { Done } from "../bank/answers";
import { type Asked, readField } from "../bank/fields";
import { Board } from "./board";
import { awardVillagePoints, reverseVillagePoints } from "./commands";
import { Households } from "./households";
import { QuarterAccounts } from "./quarters";

/** Village points on the same engine as time, in a unit of their own: no transfer leads from one to the other. */
export class VillagePoints {
  readonly households: Households;
  readonly board: Board;
  private readonly accounts: QuarterAccounts;

  constructor(private readonly bank: Bank) {
    this.accounts = new QuarterAccounts(bank);
    this.households = new Households(bank, this.accounts);
    this.board = new Board(bank, this.households);
  }

  async award(actor: Actor, input: Asked<typeof awardVillagePoints>): Promise<Done<Points>> {
    const reason = readField(awardVillagePoints, "reason", input.reason);
    const { points, on } = input;
    const work = async (tx: Tx, actor: Actor) => {
      const household = await this.households.named(tx, actor, input.householdId);
      checkPoints(points, on, this.bank.today(), await this.bank.policies(tx));
      const by = actor.personId as string;
      const source = await this.accounts.source(tx);
      const accountId = await this.accounts.accountOn(tx, by, household.id, on);
      if (points < 0) await this.accounts.checkLeft(tx, accountId, -points, quarterOn(on));
      const [debit, credit] = points > 0 ? [source, accountId] : [accountId, source];
      const moved = await tx.post(
        by,
        posted({ debit, credit, minutes: Math.abs(points), kind: "GRANT", effectiveOn: on }),
      );
      const reasonId = await this.bank.vault.seal(tx, household.personId, { reason });
      const { seq: transferSeq } = moved;
      await this.set(tx, actor, {
        id: this.bank.id("points", tx.now),
        householdId: household.id,
        transferSeq,
        points,
        on,
        reasonId,
        reversedBySeq: null,
        version: 1,
      });
      return transferSeq;
    };
    return this.bank.commands.once(actor, "awardVillagePoints", input, work, renderPoints);
  }

  /** Takes an entry back by its mirror; the same again changes nothing. */
  async reverse(actor: Actor, input: Asked<typeof reverseVillagePoints>): Promise<Points> {
    const reason = readField(reverseVillagePoints, "reason", input.reason);
    return this.bank.commands.act(actor, async (tx, actor) => {
      const points = (await tx.villagePointsByTransfer(input.seq)) ?? refuse("NOT_FOUND", {}, ["seq"]);
      const household = await this.households.named(tx, actor, points.householdId, ["seq"]);
      if (points.reversedBySeq !== null) return points;
      const by = actor.personId as string;
      const transfer = (await tx.transfers([points.transferSeq])).get(points.transferSeq);
      invariant(transfer, "points were moved by a transfer");
      const { seq: reversedBySeq } = await tx.post(by, reverse(transfer));
      const reasonId = await this.bank.vault.seal(tx, household.personId, { reason });
      return this.set(tx, actor, { ...points, reasonId, reversedBySeq, version: points.version + 1 });
    });
  }

  private async set(tx: Tx, actor: Actor, points: Points): Promise<Points> {
    const { seq: _, ...facts } = points as Points & { seq?: number };
    await tx.append(actor.personId as string, { type: "VILLAGE_POINTS_SET", ...facts });
    return facts;
  }
}

const renderPoints = async (view: View, seq: number): Promise<Points> => {
  const points = await view.villagePointsByTransfer(seq);
  invariant(points, "a command's points are there");
  return points;
};
