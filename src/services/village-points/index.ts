import type { Revision } from "../../domain/facts/revisions";
import type { Household, HouseholdQuarter, VillagePoints as Points } from "../../domain/facts/village-points";
import type { Day } from "../../domain/kit/calendar";
import { invariant } from "../../domain/kit/invariant";
import { checkVersion } from "../../domain/kit/moves";
import { refuse } from "../../domain/kit/refusal";
import { posted, reverse } from "../../domain/ledger/transfers";
import { below } from "../../domain/organizations";
import type { Actor } from "../../domain/permissions/actors";
import { householdMoves } from "../../domain/revisions";
import { bandOf, checkPoints, type PointBand, quarterOf, quarterOn } from "../../domain/village-points";
import type { Tx, View } from "../../storage/store";
import type { Bank } from "../bank";
import type { Connection, Done, PageInput } from "../bank/answers";
import { type Asked, read, readField } from "../bank/fields";
import { paged } from "../bank/paging";
import { type ShownRevision, shownRevisions } from "../bank/revisions";
import {
  awardVillagePoints,
  registerHousehold,
  reverseVillagePoints,
  reviseHousehold,
  splitHousehold,
} from "./commands";

/** A household on its village's board of one quarter. */
export interface BoardLine {
  /** Of the household and the quarter together. */
  id: string;
  householdId: string;
  householdNo: string;
  quarter: string;
  points: number;
  band: PointBand;
  entries: { seq: number; points: number; on: Day; reason: string | null }[];
}
export interface HouseholdHistory {
  headName: string | null;
  history: ShownRevision[];
}

/** Village points on the same engine as time, in a unit of their own: no transfer leads from one to the other. */
export class VillagePoints {
  constructor(private readonly bank: Bank) {}

  async register(actor: Actor, input: Asked<typeof registerHousehold>): Promise<Done<Household>> {
    const { idempotencyKey, ...request } = input;
    const { householdNo } = read(registerHousehold, input);
    const personId = this.bank.id("person");
    const work = async (tx: Tx, actor: Actor) => {
      const { code: divisionCode } = await this.bank.openDivision(tx, input.divisionCode);
      this.bank.permit(actor, "points.award", ...(await this.bank.places.over(tx, divisionCode)));
      return (await this.open(tx, actor, { personId, householdNo, divisionCode })).id;
    };
    return this.bank.admitting(personId, true, async () => {
      const done = await this.bank.commands.once(
        actor,
        "registerHousehold",
        idempotencyKey,
        request,
        work,
        renderHousehold,
      );
      return { done, kept: done.value.personId === personId };
    });
  }

  async revise(actor: Actor, input: Asked<typeof reviseHousehold>): Promise<Household> {
    const { reason, headName, householdNo, divisionCode } = read(reviseHousehold, input);
    return this.bank.commands.act(actor, async (tx, actor) => {
      const before = await this.household(tx, actor, input.householdId);
      const after = {
        ...before,
        householdNo: householdNo ?? before.householdNo,
        divisionCode: await this.placed(tx, actor, before, divisionCode),
      };
      const fields = [
        ...householdMoves.REVISE.filter((field) => after[field] !== before[field]),
        ...(headName !== null && headName !== (await this.headNames(tx, [before.id])).get(before.id)
          ? ["headName"]
          : []),
      ];
      if (fields.length === 0) return before;
      checkVersion(before, input.expectedVersion);
      await this.checkFree(tx, after);
      return this.move(tx, actor, after, { action: "REVISE", fields, otherId: null, headName, reason });
    });
  }

  async split(actor: Actor, input: Asked<typeof splitHousehold>): Promise<Done<Household>> {
    const { idempotencyKey, ...request } = input;
    const { reason, headName, householdNo } = read(splitHousehold, input);
    const personId = this.bank.id("person");
    const work = async (tx: Tx, actor: Actor) => {
      const before = await this.household(tx, actor, input.householdId);
      const divisionCode = await this.placed(tx, actor, before, input.divisionCode ?? null);
      const made = await this.open(tx, actor, { personId, householdNo, divisionCode });
      await this.move(tx, actor, before, { action: "SPLIT", fields: [], otherId: made.id, headName: null, reason });
      if (headName !== null)
        await this.move(tx, actor, made, { action: "REVISE", fields: ["headName"], otherId: null, headName, reason });
      return made.id;
    };
    return this.bank.admitting(personId, true, async () => {
      const done = await this.bank.commands.once(
        actor,
        "splitHousehold",
        idempotencyKey,
        request,
        work,
        renderHousehold,
      );
      return { done, kept: done.value.personId === personId };
    });
  }

  /** Who heads them now, and their steps; empty where they are not yours to see. Batched. */
  async historiesOf(actor: Actor, ids: readonly string[]): Promise<HouseholdHistory[]> {
    const view = this.bank.store.view;
    const seen = (await this.many(actor, ids)).flatMap((household) => household?.id ?? []);
    const names = await this.headNames(view, seen);
    const steps = await shownRevisions(this.bank, view, seen);
    return ids.map((id) => ({ headName: names.get(id) ?? null, history: steps.get(id) ?? [] }));
  }

  /** The head that each has by its last step that named one. */
  private async headNames(view: View, ids: readonly string[]): Promise<Map<string, string>> {
    const steps = await view.revisions(ids);
    const last = new Map(
      ids.map((id) => [
        id,
        steps.get(id)?.findLast(({ subjectId, profileId }) => subjectId === id && profileId !== null)?.profileId ??
          null,
      ]),
    );
    const opened = await this.bank.vault.open<{ displayName: string }>(view, [...last.values()]);
    return new Map(
      [...last].flatMap(([id, profileId]) => {
        const name = opened.get(profileId ?? "")?.displayName;
        return name === undefined ? [] : [[id, name] as const];
      }),
    );
  }

  /** Where it is from now on; who moves it answers for both places. */
  private async placed(tx: Tx, actor: Actor, before: Household, asked: string | null): Promise<string> {
    if (asked === null) return before.divisionCode;
    const { code } = await this.bank.division(tx, asked);
    if (code === before.divisionCode) return code;
    await this.bank.openDivision(tx, code);
    this.bank.permit(actor, "points.award", ...(await this.bank.places.over(tx, code)));
    return code;
  }

  /** Each number stands once in its village. */
  private async checkFree(
    tx: Tx,
    { id, divisionCode, householdNo }: Omit<Household, "accountId" | "personId" | "version">,
  ) {
    const taken = await tx.householdByNo(divisionCode, householdNo);
    if (taken && taken.id !== id) refuse("DUPLICATE_HOUSEHOLD", {}, ["householdNo"]);
  }

  /** Appends the step, and then the household as it stands after it. */
  private async move(
    tx: Tx,
    actor: Actor,
    household: Household,
    step: Pick<Revision, "action" | "fields" | "otherId"> & { headName: string | null; reason: string },
  ): Promise<Household> {
    const { headName, reason, ...move } = step;
    const { seq: _, ...facts } = { ...household, version: household.version + 1 } as Household & { seq?: number };
    const by = actor.personId as string;
    const actorKind = this.bank.permit(
      actor,
      "points.award",
      ...(await this.bank.places.over(tx, household.divisionCode)),
    );
    const seal = (words: object) => this.bank.vault.seal(tx, household.personId, words);
    const profileId = headName === null ? null : await seal({ displayName: headName });
    const reasonId = await seal({ reason });
    const { id, version } = facts;
    await tx.append(by, { type: "HOUSEHOLD_MOVED", id, version, ...move, profileId, actorKind, reasonId });
    await tx.append(by, { type: "HOUSEHOLD_SET", ...facts });
    return facts;
  }

  private async open(
    tx: Tx,
    actor: Actor,
    of: Pick<Household, "personId" | "householdNo" | "divisionCode">,
  ): Promise<Household> {
    const [id, accountId] = [this.bank.id("household", tx.now), this.bank.id("account", tx.now)];
    await this.checkFree(tx, { id, ...of });
    const by = actor.personId as string;
    const household: Household = { id, ...of, accountId, version: 1 };
    await tx.append(by, { type: "HOUSEHOLD_SET", ...household });
    await this.begin(tx, by, { householdId: id, quarter: quarterOn(this.bank.today()), accountId });
    return household;
  }

  async award(actor: Actor, input: Asked<typeof awardVillagePoints>): Promise<Done<Points>> {
    const { idempotencyKey, ...request } = input;
    const reason = readField(awardVillagePoints, "reason", input.reason);
    const { points, on } = input;
    const work = async (tx: Tx, actor: Actor) => {
      const household = await this.household(tx, actor, input.householdId);
      checkPoints(points, on, this.bank.today(), await this.bank.policies(tx));
      const by = actor.personId as string;
      const source = await this.source(tx);
      const accountId = await this.accountOn(tx, by, household.id, on);
      if (points < 0) await this.checkLeft(tx, accountId, -points, quarterOn(on));
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
    return this.bank.commands.once(actor, "awardVillagePoints", idempotencyKey, request, work, renderPoints);
  }

  /** Takes an entry back by its mirror; the same again changes nothing. */
  async reverse(actor: Actor, input: { seq: number; reason: string }): Promise<Points> {
    const reason = readField(reverseVillagePoints, "reason", input.reason);
    return this.bank.commands.act(actor, async (tx, actor) => {
      const points = (await tx.villagePointsByTransfer(input.seq)) ?? refuse("NOT_FOUND", {}, ["seq"]);
      const household = await this.household(tx, actor, points.householdId, ["seq"]);
      if (points.reversedBySeq !== null) return points;
      const by = actor.personId as string;
      const transfer = (await tx.transfers([points.transferSeq])).get(points.transferSeq);
      invariant(transfer, "points were moved by a transfer");
      const { seq: reversedBySeq } = await tx.post(by, reverse(transfer));
      const reasonId = await this.bank.vault.seal(tx, household.personId, { reason });
      return this.set(tx, actor, { ...points, reasonId, reversedBySeq, version: points.version + 1 });
    });
  }

  /** Null for absent or not yours to see. Batched. */
  async many(actor: Actor, ids: readonly string[]): Promise<(Household | null)[]> {
    const view = this.bank.store.view;
    const households = await view.households(ids);
    const codes = [...households.values()].map(({ divisionCode }) => divisionCode);
    const seen = await this.bank.places.divisionsWhere(view, actor, "points.see", codes);
    return ids.map((id) => {
      const household = households.get(id);
      return household && seen.has(household.divisionCode) ? household : null;
    });
  }

  /** The most points first; for the stations of the division, officers and auditors. */
  async board(
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
    const connection = await paged(
      page,
      { name: "households", shape: ["count", "text", "text"] },
      (bounds) => view.householdBoard(codes, { quarter, from, until }, bounds),
      ({ household, net }) => [net, household.householdNo, household.id],
    );
    const lines = await this.lines(
      view,
      quarter,
      connection.edges.map(({ node }) => node.household),
    );
    return { ...connection, edges: connection.edges.map(({ cursor }, i) => ({ cursor, node: lines[i] as BoardLine })) };
  }

  /** Lines of boards by their ids; null for absent or not yours to see. Batched. */
  async quarters(actor: Actor, ids: readonly string[]): Promise<(BoardLine | null)[]> {
    const view = this.bank.store.view;
    return Promise.all(
      ids.map(async (id) => {
        const { householdId, quarter } = householdQuarterOf(id);
        const [household] = await this.many(actor, [householdId]);
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

  /** By its id, or by that of its line on a board, which is all that some clients ask for. */
  private async household(tx: Tx, actor: Actor, id: string, path = ["householdId"]): Promise<Household> {
    const householdId = id.startsWith("householdquarter_") ? householdQuarterOf(id).householdId : id;
    const household = (await tx.households([householdId])).get(householdId) ?? refuse("NOT_FOUND", {}, path);
    const places = await this.bank.places.over(tx, household.divisionCode);
    if (!this.bank.permitAny(actor, "points.see", places)) refuse("NOT_FOUND", {}, path);
    this.bank.permit(actor, "points.award", ...places);
    return household;
  }

  /** A quarter's points are never fewer than none: INSUFFICIENT_POINTS, before the ledger would speak of minutes. */
  private async checkLeft(view: View, accountId: string, asked: number, quarter: string): Promise<void> {
    const account = (await view.accounts([accountId])).get(accountId);
    invariant(account, "a begun quarter has an account");
    const points = account.creditsPosted - account.debitsPosted;
    if (asked > points) refuse("INSUFFICIENT_POINTS", { points, asked, quarter }, ["points"]);
  }

  /** The account of the quarter in which a day lies, begun with its first entry; none is from before the registration. */
  private async accountOn(tx: Tx, by: string, householdId: string, on: Day): Promise<string> {
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
  private async begin(tx: Tx, by: string, begun: HouseholdQuarter): Promise<void> {
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
  private async source(tx: Tx): Promise<string> {
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

  private async set(tx: Tx, actor: Actor, points: Points): Promise<Points> {
    const { seq: _, ...facts } = points as Points & { seq?: number };
    await tx.append(actor.personId as string, { type: "VILLAGE_POINTS_SET", ...facts });
    return facts;
  }
}

const renderHousehold = async (view: View, id: string): Promise<Household> => {
  const household = (await view.households([id])).get(id);
  invariant(household, "a command's household is there");
  return household;
};
const renderPoints = async (view: View, seq: number): Promise<Points> => {
  const points = await view.villagePointsByTransfer(seq);
  invariant(points, "a command's points are there");
  return points;
};

/** A household and a quarter together have an id of their own: the household's points of one quarter are not those of another. */
const householdQuarterId = (householdId: string, quarter: string) =>
  `${householdId.replace("household", "householdquarter")}_${quarter}`;
function householdQuarterOf(id: string): { householdId: string; quarter: string } {
  const [, household, quarter = ""] = /^householdquarter_(\w+)_(\d{4}-Q[1-4])$/.exec(id) ?? [];
  return { householdId: `household_${household}`, quarter };
}
