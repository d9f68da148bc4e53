import type { OrderStep } from "../../domain/facts/orders";
import type { Minutes } from "../../domain/kit/minutes";
import type { Profile } from "../../domain/people/volunteers";
import { type Actor, scopeOf } from "../../domain/permissions/actors";
import type { RecipientProfile } from "../../domain/visits/recipients";
import type { OrderSight, StoredOrder, View } from "../../storage/store";
import type { Bank } from "../bank";
import type { Connection, PageInput } from "../bank/answers";
import { type Asked, read } from "../bank/fields";
import { paged } from "../bank/paging";
import { spokenFor } from "../bank/speaking";
import { serviceOrderFilter } from "./commands";
import type { OrderDetails } from "./requesting";

/** A side of an order, as far as the other side may know it. */
export interface OrderParty {
  id: string;
  displayName: string;
  /** Shown once the order has a volunteer, so that the two find each other. */
  phone: string | null;
  address: string | null;
}
/** What only the two sides, the station and the office see of an order. */
export interface OrderInside extends OrderDetails {
  recipient: OrderParty | null;
  volunteer: OrderParty | null;
}
export interface ShownOrderStep extends OrderStep {
  reason: string | null;
}
const nothing: OrderInside = { recipient: null, volunteer: null, place: null, note: null };

/** Reads orders: one's own, those of one's station, and for volunteers those that wait. */
export class ReadingOrders {
  constructor(private readonly bank: Bank) {}

  /** Null for absent or not yours to see. Batched. */
  async many(actor: Actor, ids: readonly string[], view: View = this.bank.store.view): Promise<(StoredOrder | null)[]> {
    const orders = await view.orders(ids);
    const seen = new Set<string>();
    const hidden = () => [...orders.values()].filter(({ id }) => !seen.has(id));
    // What is plainly one's own is not asked about.
    for (const { id, volunteerId } of hidden())
      if (volunteerId !== null && volunteerId === actor.volunteerId) seen.add(id);
    if (hidden().length > 0) {
      const sight = await this.sightOf(view, actor);
      for (const order of hidden())
        if (isInside(order, sight) || (sight?.open && order.state === "REQUESTED")) seen.add(order.id);
    }
    for (const id of await this.offeredTo(view, actor, hidden())) seen.add(id);
    return ids.map((id) => (seen.has(id) ? (orders.get(id) ?? null) : null));
  }

  async list(
    actor: Actor,
    filter: Asked<typeof serviceOrderFilter>,
    page: PageInput,
  ): Promise<Connection<StoredOrder>> {
    const view = this.bank.store.view;
    const { state, serviceType, divisionCode, mine } = read(serviceOrderFilter, filter, ["filter"]);
    const sight = await this.sightOf(view, actor);
    const of = mine && {
      open: false,
      divisionCodes: [],
      volunteerIds: mine.includes("AS_VOLUNTEER") && actor.volunteerId !== null ? [actor.volunteerId] : [],
      recipientIds: mine.includes("AS_RECIPIENT") ? await spokenFor(view, actor, this.bank.today()) : [],
    };
    const query = {
      states: state,
      serviceTypes: serviceType,
      divisionCodes: await this.bank.divisionsIn(view, divisionCode),
      sight: of ?? sight,
    };
    return paged(
      page,
      { name: "serviceOrders", shape: ["count", "text"] },
      (bounds) => view.orderList(query, bounds),
      ({ neededFrom, id }) => [neededFrom, id],
    );
  }

  /** What the two sides, their station and the office see; nothing for others. Batched. */
  async insides(actor: Actor, ids: readonly string[]): Promise<OrderInside[]> {
    const view = this.bank.store.view;
    const sight = await this.sightOf(view, actor);
    const orders = [...(await view.orders(ids)).values()].filter((order) => isInside(order, sight));
    const recipients = await view.recipients(orders.map(({ recipientId }) => recipientId));
    const volunteers = await view.volunteers(orders.flatMap(({ volunteerId }) => volunteerId ?? []));
    const sealed = [
      ...orders.map(({ detailsId }) => detailsId),
      ...[...recipients.values(), ...volunteers.values()].map(({ profileId }) => profileId),
    ];
    const opened = await this.bank.vault.open<OrderDetails | RecipientProfile | Profile>(view, sealed);
    const known = new Map(orders.map((order) => [order.id, order]));
    return ids.map((id) => {
      const order = known.get(id);
      if (!order) return nothing;
      const recipient = recipients.get(order.recipientId);
      const volunteer = volunteers.get(order.volunteerId ?? "");
      const details = opened.get(order.detailsId) as OrderDetails | undefined;
      const meets = volunteer !== undefined;
      return {
        recipient: partyOf(order.recipientId, opened.get(recipient?.profileId ?? "") as RecipientProfile, meets),
        volunteer: volunteer ? partyOf(volunteer.id, opened.get(volunteer.profileId) as Profile, meets) : null,
        place: details?.place ?? null,
        note: details?.note ?? null,
      };
    });
  }

  /** What was delivered and what the volunteer was given for it, as the record has it; nothing for orders not yours to see. Batched. */
  async moneyOf(
    actor: Actor,
    ids: readonly string[],
  ): Promise<{ deliveredMinutes: Minutes | null; earnedMinutes: Minutes }[]> {
    const view = this.bank.store.view;
    const orders = await this.many(actor, ids);
    const records = await view.records(orders.flatMap((order) => order?.recordId ?? []));
    return orders.map((order) => {
      const record = records.get(order?.recordId ?? "");
      return { deliveredMinutes: record?.serviceMinutes ?? null, earnedMinutes: record?.creditedMinutes ?? 0 };
    });
  }

  /** The steps of each order; the reasons are null for those who are no side of it. Batched. */
  async histories(actor: Actor, ids: readonly string[]): Promise<ShownOrderStep[][]> {
    const view = this.bank.store.view;
    const sight = await this.sightOf(view, actor);
    const seen = (await this.many(actor, ids)).flatMap((order) => order ?? []);
    const inside = new Set(seen.flatMap((order) => (isInside(order, sight) ? order.id : [])));
    const steps = await view.orderSteps(seen.map(({ id }) => id));
    const reasons = await this.bank.vault.open<{ reason?: string }>(
      view,
      [...steps.values()].flat().map(({ orderId, reasonId }) => (inside.has(orderId) ? reasonId : null)),
    );
    return ids.map((id) =>
      (steps.get(id) ?? [])
        // To whom else it was offered is between the station and them.
        .filter(({ offeredTo }) => offeredTo === null || offeredTo === actor.volunteerId || inside.has(id))
        .map((step) => ({ ...step, reason: reasons.get(step.reasonId ?? "")?.reason ?? null })),
    );
  }

  private async offeredTo(view: View, actor: Actor, orders: readonly StoredOrder[]): Promise<Set<string>> {
    if (actor.volunteerId === null || orders.length === 0) return new Set();
    const steps = await view.orderSteps(orders.map(({ id }) => id));
    return new Set(
      [...steps].flatMap(([id, own]) => (own.some(({ offeredTo }) => offeredTo === actor.volunteerId) ? id : [])),
    );
  }

  /** Where the actor sees orders; null for everywhere. */
  private async sightOf(view: View, actor: Actor): Promise<OrderSight> {
    const divisionCodes = actor.grants.length === 0 ? [] : await divisionsSeen(this.bank, view, actor);
    if (divisionCodes === null) return null;
    const volunteer =
      actor.volunteerId === null ? undefined : (await view.volunteers([actor.volunteerId])).get(actor.volunteerId);
    return {
      open: volunteer?.state === "ACTIVE",
      divisionCodes,
      volunteerIds: volunteer ? [volunteer.id] : [],
      recipientIds: await spokenFor(view, actor, this.bank.today()),
    };
  }
}

/** The divisions whose orders the actor's roles let them see: none where they have no such role; null for all. */
async function divisionsSeen(bank: Bank, view: View, actor: Actor): Promise<readonly string[] | null> {
  const { all, organizationIds, divisionCodes } = scopeOf(actor, "order.see", bank.today());
  return !all && organizationIds.length + divisionCodes.length === 0
    ? []
    : bank.places.divisionScope(view, actor, "order.see");
}

/** Whether the reader is a side of the order, or its station or office. */
function isInside(order: StoredOrder, sight: OrderSight): boolean {
  if (sight === null) return true;
  return (
    sight.divisionCodes.includes(order.divisionCode) ||
    sight.recipientIds.includes(order.recipientId) ||
    (order.volunteerId !== null && sight.volunteerIds.includes(order.volunteerId))
  );
}

function partyOf(
  id: string,
  profile: (Pick<Profile, "displayName" | "phone"> & { address?: string | null }) | undefined,
  meets: boolean,
): OrderParty | null {
  if (!profile) return null;
  const { displayName, phone, address = null } = profile;
  return { id, displayName, phone: meets ? phone : null, address: meets ? address : null };
}
