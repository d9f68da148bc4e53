import type { ActorKind } from "../../domain/facts/actors";
import { type FamilyProxy, type ProxyAction, type ProxyStep, proxyMoves } from "../../domain/facts/proxies";
import type { Recipient } from "../../domain/facts/visits";
import { addMonths } from "../../domain/kit/calendar";
import { take } from "../../domain/kit/moves";
import { refuse } from "../../domain/kit/refusal";
import { checkNotOwn, selvesOf } from "../../domain/people/near";
import type { Act, Actor, Where } from "../../domain/permissions/actors";
import { checkRoom, isOpen } from "../../domain/proxies";
import { factsOfDeath } from "../../domain/visits/recipients";
import type { StoredProxy, Tx, View } from "../../storage/store";
import type { Bank } from "../bank";
import type { Connection, Done, PageInput } from "../bank/answers";
import { type Asked, read } from "../bank/fields";
import { ownOf } from "../bank/near";
import { paged } from "../bank/paging";
import { standingRecipient } from "../visits/recipients";
import { advanceProxy, proxyFilter, requestProxy } from "./commands";
import { moveProxy } from "./ending";

/** A step of a proxy, with the reason for those who may read it. */
export interface ShownProxyStep extends ProxyStep {
  reason: string | null;
}

/** What each step asks for. A relation that is merely claimed opens nothing: only ACTIVE does. */
const acts: Readonly<Record<Exclude<ProxyAction, "REQUEST">, Act>> = {
  APPROVE: "proxy.approve",
  ACCEPT: "proxy.accept",
  REFUSE: "proxy.revoke",
  REVOKE: "proxy.revoke",
};

/** Relatives who act for elders, with two steps of consent (domain.md 6.6). */
export class Proxies {
  constructor(private readonly bank: Bank) {}

  async request(actor: Actor, input: Asked<typeof requestProxy>): Promise<Done<StoredProxy>> {
    const { recipientId, relation, evidence } = read(requestProxy, input);
    const work = async (tx: Tx, actor: Actor) => {
      const by = actor.personId as string;
      const recipient = (await standingRecipient(tx, recipientId)) ?? refuse("NOT_FOUND", {}, ["recipientId"]);
      if (recipient.personId === by) refuse("SELF_CONFIRMATION", {}, ["recipientId"]);
      // A stranger does not learn that there was such a person.
      if (await tx.erasure(recipient.personId)) refuse("NOT_FOUND", {}, ["recipientId"]);
      const today = this.bank.today();
      const mine = (await tx.proxiesOfPersons([by])).get(by) ?? [];
      // Asking once more for the same elder is the same request.
      const known = mine.find((proxy) => proxy.recipientId === recipient.id && isOpen(proxy, today));
      if (known) return known.id;
      const reasonId =
        evidence && (await this.bank.vault.sealWords(tx, by, recipient.personId, { evidence: [evidence] }));
      const proxy: FamilyProxy = {
        id: this.bank.id("proxy", tx.now),
        recipientId: recipient.id,
        personId: by,
        relation,
        validUntil: null,
        ...take(proxyMoves, null, "REQUEST"),
      };
      await moveProxy(tx, by, proxy, { action: "REQUEST", role: "FAMILY_PROXY", before: null, reasonId });
      return proxy.id;
    };
    return this.bank.commands.once(actor, "requestProxy", input, work, async (view, id) => {
      const [shown] = await this.many(actor, [id], view);
      return shown ?? refuse("NOT_PERMITTED", { act: "proxy.see" });
    });
  }

  /**
   * A supervisor or an officer has seen the papers (APPROVE). Then the elder agrees (ACCEPT); for an elder without a telephone
   * another person of the station notes the elder's own word. It ends at once with the word of the elder or the proxy.
   */
  async advance(actor: Actor, input: Asked<typeof advanceProxy>): Promise<StoredProxy> {
    const { action, reason } = read(advanceProxy, input);
    return this.bank.commands.act(actor, async (tx, actor) => {
      const path = ["proxyId"];
      const before = (await tx.proxies([input.proxyId])).get(input.proxyId) ?? refuse("NOT_FOUND", {}, path);
      const recipient = await recipientOf(tx, before);
      if (!(await this.roleIn(tx, actor, "proxy.see", before, recipient))) refuse("NOT_FOUND", {}, path);
      const role = await this.roleIn(tx, actor, acts[action], before, recipient);
      if (!role) refuse("NOT_PERMITTED", { act: acts[action] });
      const steps = (await tx.proxySteps([before.id])).get(before.id) ?? [];
      const by = actor.personId as string;
      const last = steps.at(-1);
      if (last?.action === action && last.actorId === by) return before;
      const { state } = take(proxyMoves, before, action, input);
      const forThem = role !== "RECIPIENT" && role !== "FAMILY_PROXY";
      if (forThem) {
        const own = await ownOf(tx, actor);
        checkNotOwn(own, before.personId, path);
        checkNotOwn(own, recipient.personId, path);
        if (action !== "APPROVE" && !reason) refuse("REASON_MISSING", { action }, ["reason"]);
        const selves = selvesOf(own);
        // Who has seen the papers does not speak for the elder as well.
        const approved = steps.some((step) => step.action === "APPROVE" && selves.includes(step.actorId));
        if (action === "ACCEPT" && approved) refuse("SAME_PERSON", {}, path);
      }
      if (action === "APPROVE" || action === "ACCEPT") {
        const death = (await tx.deathsOf([recipient.id])).get(recipient.id);
        if (death) refuse("RECIPIENT_DECEASED", factsOfDeath(death), path);
      }
      const today = this.bank.today();
      const policies = await this.bank.policies(tx);
      const others = (await tx.proxiesOfRecipients([recipient.id])).get(recipient.id) ?? [];
      if (action === "ACCEPT") checkRoom(others, policies, today);
      const validUntil =
        action === "ACCEPT" ? addMonths(today, policies.count("proxy.validMonths", today)) : before.validUntil;
      const reasonId = reason === null ? null : await this.bank.vault.sealWords(tx, by, recipient.personId, { reason });
      return moveProxy(tx, by, { ...before, state, validUntil }, { action, role, before, reasonId });
    });
  }

  /** Null for absent or not yours to see: the two sides, the stations of the elder, officers and auditors see it. Batched. */
  async many(actor: Actor, ids: readonly string[], view: View = this.bank.store.view): Promise<(StoredProxy | null)[]> {
    const proxies = await view.proxies(ids);
    const recipients = await view.recipients([...proxies.values()].map(({ recipientId }) => recipientId));
    const codes = [...recipients.values()].map(({ divisionCode }) => divisionCode);
    const seen = await this.bank.places.divisionsWhere(view, actor, "proxy.see", codes);
    return ids.map((id) => {
      const proxy = proxies.get(id);
      const recipient = proxy && recipients.get(proxy.recipientId);
      if (!recipient) return null;
      const own = actor.personId !== null && [proxy.personId, recipient.personId].includes(actor.personId);
      return own || seen.has(recipient.divisionCode) ? proxy : null;
    });
  }

  /** Those whom the actor acts for, or has asked to; the latest last. */
  async mine({ personId }: Actor): Promise<StoredProxy[]> {
    return personId === null ? [] : ((await this.bank.store.view.proxiesOfPersons([personId])).get(personId) ?? []);
  }

  /** The proxies of each recipient, for those who see them. Batched. */
  async ofRecipients(actor: Actor, ids: readonly string[]): Promise<StoredProxy[][]> {
    const view = this.bank.store.view;
    const proxies = await view.proxiesOfRecipients(ids);
    const all = [...proxies.values()].flat().map(({ id }) => id);
    const seen = new Set((await this.many(actor, all)).flatMap((proxy) => proxy?.id ?? []));
    return ids.map((id) => (proxies.get(id) ?? []).filter((proxy) => seen.has(proxy.id)));
  }

  /** The proxies of the recipients of one's division: what waits for the desk. */
  async list(actor: Actor, filter: Asked<typeof proxyFilter>, page: PageInput): Promise<Connection<StoredProxy>> {
    const view = this.bank.store.view;
    const { state } = read(proxyFilter, filter, ["filter"]);
    const within = await this.bank.places.divisionScope(view, actor, "proxy.see");
    return paged(
      page,
      { name: "familyProxies", shape: ["count"] },
      (bounds) => view.proxyList({ states: state, within }, bounds),
      ({ openedSeq }) => [openedSeq],
    );
  }

  /** The steps of each proxy, for those who see it. Batched. */
  async histories(actor: Actor, ids: readonly string[]): Promise<ShownProxyStep[][]> {
    const view = this.bank.store.view;
    const seen = (await this.many(actor, ids)).flatMap((proxy) => proxy?.id ?? []);
    const steps = await view.proxySteps(seen);
    const reasons = await this.bank.vault.open<{ reason?: string }>(
      view,
      [...steps.values()].flat().map(({ reasonId }) => reasonId),
    );
    return ids.map((id) =>
      (steps.get(id) ?? []).map((step) => ({ ...step, reason: reasons.get(step.reasonId ?? "")?.reason ?? null })),
    );
  }

  private async roleIn(
    view: View,
    actor: Actor,
    act: Act,
    { personId }: FamilyProxy,
    recipient: Recipient,
  ): Promise<ActorKind | null> {
    const own: Where = { recipientPersonId: recipient.personId, proxyIds: [personId] };
    const role = this.bank.permitAny(actor, act, [own]);
    if (role || actor.grants.length === 0) return role;
    return this.bank.permitAny(actor, act, await this.bank.places.over(view, recipient.divisionCode));
  }
}

async function recipientOf(view: View, { recipientId }: FamilyProxy): Promise<Recipient> {
  return (await view.recipients([recipientId])).get(recipientId) ?? refuse("NOT_FOUND", {}, ["proxyId"]);
}
