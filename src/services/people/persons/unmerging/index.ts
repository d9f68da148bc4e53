import { invariant } from "../../../../domain/kit/invariant";
import { refuse } from "../../../../domain/kit/refusal";
import type { Profile } from "../../../../domain/people/volunteers";
import type { Merging, Tx } from "../../../../storage/store";
import type { Bank } from "../../../bank";
import type { SeparatePerson } from "../papers";
import { isEarlierId, mergingsOf, readRun, registrationsIn } from "../run";
import { Belongings } from "./belongings";
import { CapacitiesApart } from "./capacities";
import { HoldingsApart } from "./holdings";
import { profileBefore } from "./profiles";
import type { Pair, Services, UnmergingScene } from "./scene";

/** Undoes a merging that was a mistake: each thing goes back where it was, or where the officer says. */
export class Unmerging {
  private readonly bank: Bank;
  private readonly belongings: Belongings;
  private readonly capacities: CapacitiesApart;
  private readonly holdings: HoldingsApart;
  constructor(private readonly services: Services) {
    this.bank = services.bank;
    this.belongings = new Belongings(services);
    this.capacities = new CapacitiesApart(services);
    this.holdings = new HoldingsApart(services);
  }

  /**
   * Finds the merging of this person, and reads what it wrote. NOT_FOUND; STILL_ACTIVE with later mergings, to be undone
   * first.
   */
  async look(tx: Tx, input: SeparatePerson): Promise<Pick<UnmergingScene, "merging" | "run" | "earlier">> {
    const path = ["mergedPersonId"];
    const { mergings, earlier } = await mergingsOf(tx, input.personId);
    let merging = await tx.mergingOf(input.mergedPersonId as string);
    // A person who was parted before may be named by an earlier id.
    while (merging && (await isEarlierId(tx, merging))) merging = await tx.mergingOf(merging.keptId);
    if (!merging) return refuse("NOT_FOUND", {}, path);
    const still = (later: readonly Merging[]) =>
      refuse("STILL_ACTIVE", { as: "MERGING", ids: later.map(({ personId }) => personId) }, path);
    // Where the other person was merged into a third one, that merging is undone first.
    for (let at: Merging | undefined = merging; at; at = await tx.mergingOf(at.keptId)) {
      const { personId } = at;
      if (!mergings.some((merged) => merged.personId === personId)) continue;
      if (at !== merging) return still([at]);
      const later = mergings.filter(({ seq }) => seq > (merging as Merging).seq);
      if (later.length > 0) return still(later);
      return { merging, earlier, run: await readRun(tx, merging) };
    }
    return refuse("NOT_FOUND", {}, path);
  }

  async part(scene: UnmergingScene): Promise<void> {
    const { tx, joined, from, to, merging } = scene;
    const { by, role, reasonId } = joined;
    const pair = await this.pairOf(scene);
    const recordIds = await this.belongings.recordsOf(scene, pair);
    await this.bank.vault.reseal(tx, by, await this.belongings.sealedOf(scene, pair, recordIds.toSeparated), to);
    await this.volunteersApart(scene, pair);
    const ended = async () => {
      const { personId, keptId, volunteerId, keptVolunteerId, reasonId: mergedReasonId } = merging;
      const known = { personId, keptId, volunteerId, keptVolunteerId, mergedReasonId };
      await tx.append(by, { type: "MERGING_ENDED", ...known, actorKind: role, reasonId });
      // The earlier id leads to the new one: what was done under it counts as done by the person who goes.
      const now = { personId, keptId: to, volunteerId: null, keptVolunteerId: null };
      await tx.append(by, { type: "PEOPLE_MERGED", ...now, actorKind: role, reasonId });
    };
    if (pair) await this.hoursApart(scene, pair, recordIds.toLost, ended);
    else await ended();
    await this.capacities.part(scene);
    await this.holdings.guardiansApart(scene, pair);
    await this.holdings.rest(scene);
    await this.services.identities.voidAddresses(tx, by, from);
  }

  /** The two registrations as volunteers, where both persons had one. */
  private async pairOf({ tx, merging, run, from }: UnmergingScene): Promise<Pair | null> {
    const { volunteerId, keptVolunteerId } = merging;
    if (volunteerId === null || keptVolunteerId === null) return null;
    const volunteers = await tx.volunteers([volunteerId, keptVolunteerId]);
    const [lost, kept] = [volunteers.get(volunteerId), volunteers.get(keptVolunteerId)];
    invariant(lost && kept, "registrations that were merged are there");
    // An officer has parted this registration from the person since: those two are merged again first.
    if (kept.personId !== from) refuse("STILL_ACTIVE", { as: "SEPARATION", ids: [kept.personId] }, ["mergedPersonId"]);
    return { lost, kept, lostGoes: run.sealed.has(lost.profileId) };
  }

  /** Parts the registrations: the merged one is as it was, and the other one loses what only the merged one had said. */
  private async volunteersApart(scene: UnmergingScene, pair: Pair | null): Promise<void> {
    const { tx, actor, joined, run, merging, from, to } = scene;
    const { volunteers } = this.services;
    const step = { action: "SEPARATE" as const, reasonId: joined.reasonId, role: joined.role };
    if (!pair) {
      const [kept] = (await tx.volunteers(merging.keptVolunteerId ? [merging.keptVolunteerId] : [])).values();
      if (kept?.personId === from && run.taken.has(kept.id))
        await volunteers.move(tx, actor, kept, { ...kept, personId: to }, step);
      return;
    }
    const { lost, kept, lostGoes } = pair;
    const personId = lostGoes ? kept.personId : to;
    const profileId = await profileBefore<Profile>(this.bank, scene, "VOLUNTEER_STEP", kept, lost.profileId, personId, [
      ["legalName"],
      ["phone"],
      ["guardian"],
      ["idKind", "idNumber", "papersSeen"],
    ]);
    if (profileId !== kept.profileId || personId !== kept.personId)
      await volunteers.move(tx, actor, kept, { ...kept, personId, profileId }, step);
    const state = (await tx.stateBefore(lost.id, "MERGED")) ?? "ACTIVE";
    const back = lostGoes ? to : from;
    await volunteers.move(tx, actor, lost, { ...lost, personId: back, state }, step);
  }

  private async hoursApart(
    scene: UnmergingScene,
    pair: Pair,
    recordIds: ReadonlySet<string>,
    between: () => Promise<void>,
  ) {
    const { tx, actor, input, run, joined } = scene;
    const { role, reasonId } = joined;
    const [kept, lost] = [pair.kept, pair.lost];
    const minutes = input.separateMinutes ?? null;
    const asked = minutes === null ? null : { of: pair.lostGoes ? ("MERGED" as const) : ("KEPT" as const), minutes };
    const whole = await registrationsIn(tx, scene.from, [lost.id]);
    const accountIds = [...(await tx.volunteers([...whole])).values()].map(({ accountId }) => accountId);
    const parting = {
      from: kept,
      to: lost,
      recordIds,
      reasonId,
      brought: run.brought,
      asked,
      between,
      accountIds,
    };
    await this.services.hours.merged.part(tx, actor, role, parting);
    const [from, to] = [kept.id, lost.id];
    const stars = { from: kept.id, to: lost.id, reasonId, only: run.starIds };
    await this.services.starSteps.give(tx, { personId: joined.by, role }, stars);
    await this.services.starSteps.parted(tx, [kept.id, lost.id]);
    const all = run.creditIds;
    await this.services.credit.move(tx, joined.by, role, { from, to, reason: input.reason, only: all });
    for (const tie of (await tx.tiesOfVolunteers([kept.id])).get(kept.id) ?? []) {
      const ends = { volunteerId: kept.id, organizationId: tie.organizationId, action: "END" as const, reasonId };
      if (tie.state === "ALLOWED" && run.organizationIds.has(tie.organizationId))
        await this.services.ties.step(tx, { personId: joined.by, role }, ends);
    }
  }
}
