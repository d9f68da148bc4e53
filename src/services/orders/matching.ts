import { checkFree, checkReliable } from "../../domain/activities/signups";
import { orderMoves } from "../../domain/facts/orders";
import type { Volunteer } from "../../domain/facts/people";
import { addDays, dayOf, startOf } from "../../domain/kit/calendar";
import { take } from "../../domain/kit/moves";
import { refuse } from "../../domain/kit/refusal";
import {
  checkFit,
  checkNotOver,
  checkNotTaken,
  type MatchReason,
  promiseExpiryOf,
  ranked,
  spellOf,
} from "../../domain/orders";
import { below, lineage } from "../../domain/organizations";
import { checkNotOwn } from "../../domain/people/near";
import type { Profile } from "../../domain/people/volunteers";
import type { Actor } from "../../domain/permissions/actors";
import type { StoredOrder, Tx, View } from "../../storage/store";
import { asTold, promisesOf } from "../activities/promises";
import type { SignUpReading } from "../activities/sign-up-reading";
import type { Bank } from "../bank";
import type { Asked } from "../bank/fields";
import { ownOfPerson } from "../bank/near";
import type { declineServiceOrder, matchServiceOrder } from "./commands";
import { type By, type OrderScenes, recipientOf } from "./scenes";

/** A volunteer who is proposed for an order, and why. */
export interface ShownCandidate {
  volunteerId: string;
  reasons: MatchReason[];
  recentOrders: number;
}

/** So many volunteers are looked at for one order, and so many are shown. */
const candidatesMost = 1_000;
const shownMost = 20;
/** The days of which the orders count for the spread of load. */
const recentDays = 90;

/** Bringing an order and a volunteer together. Nobody is assigned without a yes. */
export class MatchingOrders {
  private readonly bank: Bank;
  constructor(
    private readonly scenes: OrderScenes,
    private readonly signUps: SignUpReading,
  ) {
    this.bank = scenes.bank;
  }

  /** The volunteer takes the order, or a station offers it. Of two who take it at once the database's one writer lets the first. */
  async match(tx: Tx, actor: Actor, input: Asked<typeof matchServiceOrder>): Promise<StoredOrder> {
    const { volunteerId } = input;
    if (volunteerId != null && volunteerId !== actor.volunteerId) return this.offer(tx, actor, volunteerId, input);
    if (input.agreed) refuse("INVALID_INPUT", { needs: "volunteerId" }, ["agreed"]);
    const id = actor.volunteerId ?? refuse("NOT_PERMITTED", { act: "order.claim" });
    const role = this.bank.permit(actor, "order.claim", { volunteerId: id });
    const order = (await tx.orders([input.orderId])).get(input.orderId) ?? refuse("NOT_FOUND", {}, ["orderId"]);
    if (order.volunteerId === id && order.state === "MATCHED") return order;
    checkNotTaken(order, id);
    return this.promise(tx, { actor, role }, order, id, input);
  }

  /** Offers the order to a volunteer; with their word that they come, it is theirs. */
  private async offer(
    tx: Tx,
    actor: Actor,
    volunteerId: string,
    input: Asked<typeof matchServiceOrder>,
  ): Promise<StoredOrder> {
    const { order, by } = await this.scenes.mine(tx, actor, input.orderId, "order.offer");
    if (order.volunteerId === volunteerId && order.state === "MATCHED") return order;
    checkNotTaken(order, volunteerId);
    if (input.agreed) return this.promise(tx, by, order, volunteerId, { ...input, offered: true });
    if (order.state === "REQUESTED" && (await this.isOffered(tx, order, volunteerId))) return order;
    const { state } = take(orderMoves, order, "OFFER", input);
    await this.checkVolunteer(tx, by, order, volunteerId, true);
    return this.scenes.move(tx, by, { ...order, state }, "OFFER", order, { offeredTo: volunteerId });
  }

  /** The volunteer says no to an offer. */
  async decline(tx: Tx, actor: Actor, input: Asked<typeof declineServiceOrder>): Promise<StoredOrder> {
    const { orderId } = input;
    const id = actor.volunteerId ?? refuse("NOT_PERMITTED", { act: "order.claim" });
    const role = this.bank.permit(actor, "order.claim", { volunteerId: id });
    const order = (await tx.orders([orderId])).get(orderId);
    const steps = order ? ((await tx.orderSteps([orderId])).get(orderId) ?? []) : [];
    const last = steps.findLast(({ offeredTo }) => offeredTo === id);
    if (!order || !last) refuse("NOT_FOUND", {}, ["orderId"]);
    if (last.action === "DECLINE") return order;
    const { state } = take(orderMoves, order, "DECLINE", input);
    return this.scenes.move(tx, { actor, role }, { ...order, state }, "DECLINE", order, { offeredTo: id });
  }

  /** Volunteers whom the actor may see and who are no family of the recipient, the best for the order first. */
  async candidates(view: View, actor: Actor, order: StoredOrder): Promise<ShownCandidate[]> {
    const recipient = await recipientOf(view, order);
    if (!(await this.scenes.roleIn(view, actor, "order.offer", recipient, order))) return [];
    const divisions = await this.bank.divisions(view);
    const [, above] = lineage(order.divisionCode, divisions);
    const near = new Set(above === undefined ? [order.divisionCode] : below(above, divisions));
    const family = new Set((await ownOfPerson(view, recipient.personId)).keys());
    for (const { personId } of (await view.proxiesOfRecipients([recipient.id])).get(recipient.id) ?? [])
      family.add(personId);
    const known = await this.activeIn(view, actor, order.divisionCode, near);
    const people = known.filter(({ group, personId }) => !group && !family.has(personId));
    const profiles = await this.bank.vault.open<Profile>(
      view,
      people.map(({ profileId }) => profileId),
    );
    const since = startOf(addDays(dayOf(order.neededFrom), -recentDays));
    const taken = await view.ordersTaken(
      people.map(({ id }) => id),
      since,
    );
    const candidates = people.map(({ id, divisionCode, profileId }) => ({
      volunteerId: id,
      divisionCode,
      serviceTypes: profiles.get(profileId)?.serviceTypes ?? [],
      recentOrders: taken.get(id) ?? 0,
    }));
    return ranked(candidates, order, near).slice(0, shownMost);
  }

  /** Active volunteers whom the actor sees: those of a division, and those of the divisions near it where there is room. */
  private async activeIn(
    view: View,
    actor: Actor,
    divisionCode: string,
    near: ReadonlySet<string>,
  ): Promise<Volunteer[]> {
    const scope = await this.bank.places.scope(view, actor, "volunteer.see");
    const within = scope && { ...scope, opens: "ALL" as const, since: await this.bank.tiedSince(view) };
    const listed = (divisionCodes: string[], first: number) =>
      view.volunteerList({ states: ["ACTIVE"], divisionCodes, ...(within && { within }) }, { first, after: null });
    const own = await listed([divisionCode], candidatesMost);
    const others = [...near].filter((code) => code !== divisionCode);
    const room = candidatesMost - own.length;
    return room > 0 && others.length > 0 ? [...own, ...(await listed(others, room))] : own;
  }

  private async promise(
    tx: Tx,
    by: By,
    order: StoredOrder,
    volunteerId: string,
    { expectedVersion, offered }: { expectedVersion?: number | null; offered?: boolean },
  ): Promise<StoredOrder> {
    const { state } = take(orderMoves, order, "MATCH", { expectedVersion });
    await this.checkVolunteer(tx, by, order, volunteerId, offered);
    const expiresAt = promiseExpiryOf(order, await this.bank.policies(tx));
    return this.scenes.move(tx, by, { ...order, state, volunteerId, expiresAt }, "MATCH", order);
  }

  /** Active, grown up, no family of the recipient's, free at that time, reliable, and qualified. */
  private async checkVolunteer(tx: Tx, by: By, order: StoredOrder, id: string, offered?: boolean): Promise<Volunteer> {
    const volunteer = (await tx.volunteers([id])).get(id);
    if (volunteer?.state !== "ACTIVE" || volunteer.group) refuse("VOLUNTEER_NOT_FOUND", {}, ["volunteerId"]);
    checkNotOver(order, tx.now);
    const recipient = await recipientOf(tx, order);
    checkNotOwn(await ownOfPerson(tx, volunteer.personId), recipient.personId, ["orderId"]);
    const policies = await this.bank.policies(tx);
    const profile = (await this.bank.vault.open<Profile>(tx, [volunteer.profileId])).get(volunteer.profileId);
    // Whether it was offered is looked up where the service asks for it.
    const asks = policies.serviceType(order.serviceType, dayOf(order.neededTo))?.needsQualification ?? false;
    checkFit(profile, order, offered ?? (asks && (await this.isOffered(tx, order, id))), policies);
    const spell = spellOf(order);
    const promises = await promisesOf(tx, id, spell);
    asTold(by, () => checkFree(spell, promises, ["orderId"]));
    const today = dayOf(tx.now);
    checkReliable(await this.signUps.missed(tx, id, today), policies, today, by.role === "VOLUNTEER");
    return volunteer;
  }

  private async isOffered(view: View, { id }: StoredOrder, volunteerId: string): Promise<boolean> {
    const steps = (await view.orderSteps([id])).get(id) ?? [];
    return steps.findLast(({ offeredTo }) => offeredTo === volunteerId)?.action === "OFFER";
  }
}
