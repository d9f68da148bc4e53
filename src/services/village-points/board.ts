import type { Household } from "../../domain/facts/village-points";
import type { Day } from "../../domain/kit/calendar";
import { refuse } from "../../domain/kit/refusal";
import { below } from "../../domain/organizations";
import type { Actor } from "../../domain/permissions/actors";
import { bandOf, type PointBand, quarterOf } from "../../domain/village-points";
import type { View } from "../../storage/store";
import type { Bank } from "../bank";
import type { Connection, PageInput } from "../bank/answers";
import { paged, shownPage } from "../bank/paging";
import type { Households } from "./households";
import { householdQuarterId, householdQuarterOf } from "./quarters";

/** A household on its village's board of one quarter. */
export interface BoardLine {
  /** The id of the household and the quarter together. */
  id: string;
  householdId: string;
  householdNo: string;
  quarter: string;
  points: number;
  band: PointBand;
  entries: { seq: number; points: number; on: Day; reason: string | null }[];
}

/** The points of a division's households in one quarter. */
export class Board {
  constructor(
    private readonly bank: Bank,
    private readonly households: Households,
  ) {}

  /** The most points first; for the stations of the division, officers and auditors. */
  async list(
    actor: Actor,
    { quarter, ...of }: { divisionCode: string; quarter: string },
    page: PageInput,
  ): Promise<Connection<BoardLine>> {
    const view = this.bank.store.view;
    const { from, until } = quarterOf(quarter);
    const today = this.bank.today();
    if (from > today) refuse("IN_THE_FUTURE", { today }, ["quarter"]);
    const { code: divisionCode } = await this.bank.division(view, of.divisionCode);
    this.bank.permit(actor, "points.see", ...(await this.bank.places.over(view, divisionCode)));
    const codes = below(divisionCode, await this.bank.divisions(view));
    const board = await paged(
      page,
      { name: "households", shape: ["count", "text", "text"] },
      (bounds) => view.householdBoard(codes, { quarter, from, until }, bounds),
      ({ household, net }) => [net, household.householdNo, household.id],
    );
    return shownPage(board, (rows) =>
      this.lines(
        view,
        quarter,
        rows.map(({ household }) => household),
      ),
    );
  }

  /** Lines of boards by their ids; null for absent or not yours to see. Batched. */
  async quarters(actor: Actor, ids: readonly string[]): Promise<(BoardLine | null)[]> {
    const view = this.bank.store.view;
    return Promise.all(
      ids.map(async (id) => {
        const { householdId, quarter } = householdQuarterOf(id);
        const [household] = await this.households.many(actor, [householdId]);
        const [first] = household ? await view.householdQuarters(householdId) : [];
        if (!household || !first || quarter < first.quarter || quarterOf(quarter).from > this.bank.today()) return null;
        return (await this.lines(view, quarter, [household]))[0] ?? null;
      }),
    );
  }

  private async lines(view: View, quarter: string, households: readonly Household[]): Promise<BoardLine[]> {
    const { from, until } = quarterOf(quarter);
    const policies = await this.bank.policies(view);
    // A quarter begins by the rule of its first day and is judged by that of its last; the present one by today's.
    const [day] = [until, this.bank.today()].sort() as [string];
    const base = policies.count("villagePoints.base", from);
    const entries = await view.villagePointsOf(
      households.map(({ id }) => id),
      { from, until },
    );
    const reasons = await this.bank.vault.open<{ reason: string }>(
      view,
      [...entries.values()].flat().map(({ reasonId }) => reasonId),
    );
    return households.map(({ id: householdId, householdNo }) => {
      const own = entries.get(householdId) ?? [];
      const points = own.reduce((sum, entry) => sum + entry.points, base);
      return {
        id: householdQuarterId(householdId, quarter),
        householdId,
        householdNo,
        quarter,
        points,
        band: bandOf(points, day, policies),
        entries: own.map(({ transferSeq, points, on, reasonId }) => ({
          seq: transferSeq,
          points,
          on,
          reason: reasons.get(reasonId)?.reason ?? null,
        })),
      };
    });
  }
}
