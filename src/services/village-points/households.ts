import type { Revision } from "../../domain/facts/revisions";
import type { Household } from "../../domain/facts/village-points";
import { invariant } from "../../domain/kit/invariant";
import { checkVersion } from "../../domain/kit/moves";
import { refuse } from "../../domain/kit/refusal";
import type { Actor } from "../../domain/permissions/actors";
import { householdMoves } from "../../domain/revisions";
import { quarterOn } from "../../domain/village-points";
import type { Tx, View } from "../../storage/store";
import type { Bank } from "../bank";
import type { Done } from "../bank/answers";
import { type Asked, read } from "../bank/fields";
import { type ShownRevision, shownRevisions } from "../bank/revisions";
import { registerHousehold, reviseHousehold, splitHousehold } from "./commands";
import { householdQuarterOf, type QuarterAccounts } from "./quarters";

export interface HouseholdHistory {
  headName: string | null;
  history: ShownRevision[];
}

/** The households of a village: registered, revised, split, and found by those who may see them. */
export class Households {
  constructor(
    private readonly bank: Bank,
    private readonly accounts: QuarterAccounts,
  ) {}

  async register(actor: Actor, input: Asked<typeof registerHousehold>): Promise<Done<Household>> {
    const { householdNo } = read(registerHousehold, input);
    const personId = this.bank.id("person");
    const work = async (tx: Tx, actor: Actor) => {
      const { code: divisionCode } = await this.bank.openDivision(tx, input.divisionCode);
      this.bank.permit(actor, "points.award", ...(await this.bank.places.over(tx, divisionCode)));
      return (await this.open(tx, actor, { personId, householdNo, divisionCode })).id;
    };
    return this.bank.admittingOnce(personId, true, () =>
      this.bank.commands.once(actor, "registerHousehold", input, work, renderHousehold),
    );
  }

  async revise(actor: Actor, input: Asked<typeof reviseHousehold>): Promise<Household> {
    const { reason, headName, householdNo, divisionCode } = read(reviseHousehold, input);
    return this.bank.commands.act(actor, async (tx, actor) => {
      const before = await this.named(tx, actor, input.householdId);
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
    const { reason, headName, householdNo } = read(splitHousehold, input);
    const personId = this.bank.id("person");
    const work = async (tx: Tx, actor: Actor) => {
      const before = await this.named(tx, actor, input.householdId);
      const divisionCode = await this.placed(tx, actor, before, input.divisionCode ?? null);
      const made = await this.open(tx, actor, { personId, householdNo, divisionCode });
      await this.move(tx, actor, before, { action: "SPLIT", fields: [], otherId: made.id, headName: null, reason });
      if (headName !== null)
        await this.move(tx, actor, made, { action: "REVISE", fields: ["headName"], otherId: null, headName, reason });
      return made.id;
    };
    return this.bank.admittingOnce(personId, true, () =>
      this.bank.commands.once(actor, "splitHousehold", input, work, renderHousehold),
    );
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
    await this.accounts.begin(tx, by, { householdId: id, quarter: quarterOn(this.bank.today()), accountId });
    return household;
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

  /** Finds a household by its id, or by the id of its line on a board, which some clients have alone. */
  async named(tx: Tx, actor: Actor, id: string, path = ["householdId"]): Promise<Household> {
    const householdId = id.startsWith("householdquarter_") ? householdQuarterOf(id).householdId : id;
    const household = (await tx.households([householdId])).get(householdId) ?? refuse("NOT_FOUND", {}, path);
    const places = await this.bank.places.over(tx, household.divisionCode);
    if (!this.bank.permitAny(actor, "points.see", places)) refuse("NOT_FOUND", {}, path);
    this.bank.permit(actor, "points.award", ...places);
    return household;
  }
}

const renderHousehold = async (view: View, id: string): Promise<Household> => {
  const household = (await view.households([id])).get(id);
  invariant(household, "a command's household is there");
  return household;
};
