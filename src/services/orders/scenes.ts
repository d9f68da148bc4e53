import type { ActorKind } from "../../domain/facts/actors";
import type { OrderAction, ServiceOrder } from "../../domain/facts/orders";
import { orderStep } from "../../domain/facts/orders";
import type { Organization } from "../../domain/facts/organizations";
import type { Recipient } from "../../domain/facts/visits";
import { startOf } from "../../domain/kit/calendar";
import { invariant } from "../../domain/kit/invariant";
import { refuse } from "../../domain/kit/refusal";
import { lineage } from "../../domain/organizations";
import type { Act, Actor, Where } from "../../domain/permissions/actors";
import { checkActions } from "../../domain/proxies";
import type { StoredOrder, Tx, View } from "../../storage/store";
import type { Bank } from "../bank";
import { circleOf } from "../bank/speaking";

export type OrderAct = Extract<Act, `order.${string}`>;

/** The person who takes a step, and the role in which they may. */
export interface By {
  actor: Actor;
  role: ActorKind;
}

/** An order with its recipient, and the role in which the actor acts on it. */
export interface OrderScene {
  order: StoredOrder;
  recipient: Recipient;
  by: By;
}

/** Finds orders, asks who may act on them, and writes their steps. */
export class OrderScenes {
  constructor(readonly bank: Bank) {}

  /** The order and the role for an act on it. NOT_FOUND where the actor may not even see it. */
  async mine(tx: Tx, actor: Actor, orderId: string, act: OrderAct): Promise<OrderScene> {
    const order = (await tx.orders([orderId])).get(orderId) ?? refuse("NOT_FOUND", {}, ["orderId"]);
    const recipient = await recipientOf(tx, order);
    const role = await this.roleIn(tx, actor, act, recipient, order);
    if (role) return { order, recipient, by: { actor, role } };
    const sees = await this.roleIn(tx, actor, "order.see", recipient, order);
    return refuse(sees ? "NOT_PERMITTED" : "NOT_FOUND", sees ? { act } : {}, sees ? [] : ["orderId"]);
  }

  /** The role in which the actor may do something with a recipient's order, or may ask for one; null where they may not. */
  async roleIn(
    view: View,
    actor: Actor,
    act: OrderAct,
    recipient: Recipient,
    order?: Pick<ServiceOrder, "volunteerId" | "organizationId">,
  ): Promise<ActorKind | null> {
    const volunteerId = order?.volunteerId ?? null;
    // Each kind of person is looked for only where the ones before are not the actor.
    const mine: Where = { volunteerId, recipientPersonId: recipient.personId };
    const role =
      this.bank.permitAny(actor, act, [mine]) ??
      this.bank.permitAny(actor, act, [await circleOf(view, actor, recipient, this.bank.today())]);
    if (role || actor.grants.length === 0) return role;
    return this.bank.permitAny(actor, act, await this.bank.places.over(view, recipient.divisionCode));
  }

  /** The station that answers for the orders of a division: the nearest that is active. */
  async stationOf(view: View, divisionCode: string): Promise<Organization> {
    const above = lineage(divisionCode, await this.bank.divisions(view));
    const stations = await view.organizationList(
      { kinds: ["SOCIAL_WORK_STATION"], divisionCodes: above },
      { first: 100, after: null },
    );
    const active = stations.filter(({ state }) => state === "ACTIVE");
    const [nearest] = active.sort((a, b) => above.indexOf(a.divisionCode) - above.indexOf(b.divisionCode));
    return nearest ?? refuse("ORGANIZATION_INACTIVE", { divisionCode }, ["recipientId"]);
  }

  /** A proxy takes so many steps in a day. PROXY_LIMIT. */
  private async checkActions(tx: Tx, personId: string): Promise<void> {
    const today = this.bank.today();
    checkActions(await tx.proxyStepsSince(personId, startOf(today)), await this.bank.policies(tx), today);
  }

  /** Appends the step that leaves the order as given; the version counts the steps. */
  async move(
    tx: Tx,
    { actor, role }: By,
    order: ServiceOrder,
    action: OrderAction,
    before: StoredOrder | null,
    { reasonId = null, offeredTo = null }: { reasonId?: string | null; offeredTo?: string | null } = {},
  ): Promise<StoredOrder> {
    const by = actor.personId as string;
    if (role === "FAMILY_PROXY") await this.checkActions(tx, by);
    const step = {
      version: (before?.version ?? 0) + 1,
      action,
      from: before?.state ?? null,
      actorKind: role,
      reasonId,
    };
    const fact = orderStep.step({ ...order, offeredTo }, step);
    const seq = await tx.append(by, fact, before ? { ...before, offeredTo: null } : undefined);
    const stored = orderStep.into.serviceOrders.row(fact, { seq, at: tx.now, actor: by });
    return before ? { ...stored, openedSeq: before.openedSeq } : stored;
  }
}

export async function recipientOf(view: View, { recipientId }: Pick<ServiceOrder, "recipientId">): Promise<Recipient> {
  const recipient = (await view.recipients([recipientId])).get(recipientId);
  invariant(recipient, "an order has a recipient");
  return recipient;
}
