import type { ActorKind } from "../../domain/facts/actors";
import { type Head, type HeadAction, headMoves } from "../../domain/facts/organizations";
import { invariant } from "../../domain/kit/invariant";
import { take } from "../../domain/kit/moves";
import { refuse } from "../../domain/kit/refusal";
import { checkNotOwn } from "../../domain/people/near";
import { namesAgree } from "../../domain/people/papers";
import { type Actor, asOfficer } from "../../domain/permissions/actors";
import type { Tx, View } from "../../storage/store";
import type { Bank } from "../bank";
import type { Done } from "../bank/answers";
import { type Asked, readField } from "../bank/fields";
import { ownOf } from "../bank/near";
import { advanceOrganizationHead, proposeOrganizationHead } from "./commands";

export interface ShownHead extends Head {
  displayName: string | null;
  /** The reason of the last step; null where none was given. */
  reason: string | null;
}

interface HeadProfile {
  displayName: string;
}

/** The heads of organisations. An organisation proposes one, and its supervising unit decides, never the proposer. */
export class Heads {
  constructor(private readonly bank: Bank) {}

  async propose(actor: Actor, input: Asked<typeof proposeOrganizationHead>): Promise<Done<ShownHead>> {
    const profile: HeadProfile = { displayName: readField(proposeOrganizationHead, "displayName", input.displayName) };
    const personId = this.bank.id("person");
    const work = async (tx: Tx, actor: Actor) => {
      const organization = await this.bank.organization(tx, input.organizationId);
      const role = this.bank.permit(actor, "head.propose", await this.bank.places.at(tx, organization));
      const by = actor.personId as string;
      await this.checkNew(tx, organization.id, profile);
      const head: Head = {
        id: this.bank.id("head", tx.now),
        organizationId: organization.id,
        personId,
        ...take(headMoves, null, "PROPOSE"),
        proposedBy: by,
        profileId: await this.bank.vault.seal(tx, personId, profile),
        version: 0,
      };
      await this.move(tx, actor, role, head, "PROPOSE", null, null);
      return head.id;
    };
    const shown = this.shown(actor);
    return this.bank.admittingOnce(personId, true, () =>
      this.bank.commands.once(actor, "proposeOrganizationHead", input, work, shown),
    );
  }

  /** The supervising unit's admin, or an officer; the organisation's own admin may only end what was begun. */
  async advance(actor: Actor, input: Asked<typeof advanceOrganizationHead>): Promise<ShownHead> {
    const reason = readField(advanceOrganizationHead, "reason", input.reason);
    const { action } = input;
    return this.bank.commands.act(actor, async (tx, actor) => {
      const head = (await tx.heads([input.headId])).get(input.headId) ?? refuse("NOT_FOUND", {}, ["headId"]);
      if (!(await this.seen(tx, actor, [head.organizationId])).has(head.organizationId))
        refuse("NOT_FOUND", {}, ["headId"]);
      const role = await this.decides(tx, actor, head, action);
      const last = (await tx.headSteps([head.id])).get(head.id)?.at(-1);
      if (last?.action === action && last.actorId === actor.personId) return this.shownHead(tx, head);
      const own = await ownOf(tx, actor);
      if (action !== "END" && own.get(head.proposedBy) === "SELF") refuse("SAME_PERSON");
      if (action !== "END") checkNotOwn(own, head.personId);
      const { state } = take(headMoves, head, action, { reason });
      const reasonId = reason
        ? await this.bank.vault.sealWords(tx, actor.personId as string, head.personId, { reason })
        : null;
      // An organisation has one head: the next one takes over from the one before.
      if (action === "APPROVE") await this.endOthers(tx, actor, role, head, reason);
      return this.shownHead(tx, await this.move(tx, actor, role, { ...head, state }, action, head, reasonId));
    });
  }

  /** Heads of organisations, for their own admins, the supervising unit's, officers and auditors; else none. Batched. */
  async of(actor: Actor, organizationIds: readonly string[]): Promise<ShownHead[][]> {
    const view = this.bank.store.view;
    const heads = await view.headsOf(organizationIds);
    const seen = await this.seen(view, actor, [...heads.keys()]);
    const shown = await this.show(
      view,
      [...heads].flatMap(([id, ofOrganization]) => (seen.has(id) ? ofOrganization : [])),
    );
    return organizationIds.map((id) => shown.filter((head) => head.organizationId === id));
  }

  /** By id, as far as they are the actor's to see; else null. Batched. */
  async many(actor: Actor, ids: readonly string[]): Promise<(ShownHead | null)[]> {
    const heads = await this.bank.store.view.heads(ids);
    const organizationIds = [...new Set([...heads.values()].map(({ organizationId }) => organizationId))];
    const seen = new Map((await this.of(actor, organizationIds)).flat().map((head) => [head.id, head]));
    return ids.map((id) => seen.get(id) ?? null);
  }

  /** Those of these organisations whose heads the actor sees. */
  private async seen(view: View, actor: Actor, organizationIds: readonly string[]): Promise<Set<string>> {
    const supervisors = await this.supervisors(view, organizationIds);
    const seeing = await this.bank.places.organizationsWhere(view, actor, "head.see", [
      ...organizationIds,
      ...supervisors.values(),
    ]);
    return new Set(organizationIds.filter((id) => seeing.has(id) || seeing.has(supervisors.get(id) ?? "")));
  }

  private async supervisors(view: View, organizationIds: readonly string[]): Promise<Map<string, string>> {
    const profiles = await view.organizationProfiles(organizationIds);
    return new Map(
      [...profiles].flatMap(([id, { supervisorId }]) => (supervisorId === null ? [] : [[id, supervisorId] as const])),
    );
  }

  /** Refuses a person who is proposed already, or is the head already: DUPLICATE_HEAD. */
  private async checkNew(tx: Tx, organizationId: string, profile: HeadProfile): Promise<void> {
    const standing = await this.standing(tx, organizationId);
    const known = await this.bank.vault.open<HeadProfile>(
      tx,
      standing.map(({ profileId }) => profileId),
    );
    const same = standing.find(({ profileId }) => {
      const other = known.get(profileId);
      return other && namesAgree(other, profile);
    });
    if (same) refuse("DUPLICATE_HEAD", { headId: same.id, state: same.state }, ["displayName"]);
  }

  private async standing(view: View, organizationId: string): Promise<Head[]> {
    const heads = (await view.headsOf([organizationId])).get(organizationId) ?? [];
    return heads.filter(({ state }) => state === "PROPOSED" || state === "APPROVED");
  }

  private async endOthers(tx: Tx, actor: Actor, role: ActorKind, next: Head, reason: string | null): Promise<void> {
    for (const head of await this.standing(tx, next.organizationId)) {
      if (head.id === next.id || head.state !== "APPROVED") continue;
      const words = { reason: reason ?? "新任负责人接任" };
      const reasonId = await this.bank.vault.sealWords(tx, actor.personId as string, head.personId, words);
      const { state } = take(headMoves, head, "END", words);
      await this.move(tx, actor, role, { ...head, state }, "END", head, reasonId);
    }
  }

  /** The role in which the actor decides: for the supervising unit, or as an officer; to end it, also for the organisation. */
  private async decides(view: View, actor: Actor, { organizationId }: Head, action: HeadAction): Promise<ActorKind> {
    const act = action === "END" ? "head.end" : "head.approve";
    const supervisor = (await this.supervisors(view, [organizationId])).get(organizationId);
    const ids = [...(action === "END" ? [organizationId] : []), ...(supervisor ? [supervisor] : [])];
    const organizations = [...(await view.organizations(ids)).values()];
    const places = await Promise.all(organizations.map((organization) => this.bank.places.at(view, organization)));
    const where = await this.bank.places.at(view, await this.bank.organization(view, organizationId));
    const role = this.bank.permitAny(actor, act, places) ?? this.bank.permitAny(asOfficer(actor), act, [where]);
    return role ?? this.bank.deny(actor, act, ...places);
  }

  private async move(
    tx: Tx,
    actor: Actor,
    role: ActorKind,
    head: Head,
    action: HeadAction,
    before: Head | null,
    reasonId: string | null,
  ): Promise<Head> {
    const { seq: _, ...facts } = { ...head, version: (before?.version ?? 0) + 1 } as Head & { seq?: number };
    await tx.append(actor.personId as string, {
      type: "HEAD_STEP",
      ...facts,
      action,
      from: before?.state ?? null,
      actorKind: role,
      reasonId,
    });
    return facts;
  }

  private async show(view: View, heads: readonly Head[]): Promise<ShownHead[]> {
    const steps = await view.headSteps(heads.map(({ id }) => id));
    const reasonOf = ({ id }: Head) => steps.get(id)?.at(-1)?.reasonId ?? null;
    const opened = await this.bank.vault.open<HeadProfile & { reason?: string }>(
      view,
      heads.flatMap((head) => [head.profileId, reasonOf(head)]),
    );
    return heads.map((head) => ({
      ...head,
      displayName: opened.get(head.profileId)?.displayName ?? null,
      reason: opened.get(reasonOf(head) ?? "")?.reason ?? null,
    }));
  }

  private async shownHead(view: View, head: Head): Promise<ShownHead> {
    const [shown] = await this.show(view, [head]);
    invariant(shown, "what is shown is what was given");
    return shown;
  }

  /** A command's head as its actor may see it today, also when the key was answered long ago. */
  private shown(actor: Actor): (view: View, id: string) => Promise<ShownHead> {
    return async (view, id) => {
      const head = (await view.heads([id])).get(id);
      invariant(head, "a command's head is there");
      const seen = await this.seen(view, actor, [head.organizationId]);
      return seen.has(head.organizationId) ? this.shownHead(view, head) : refuse("NOT_PERMITTED", { act: "head.see" });
    };
  }
}
