import { recordMoves } from "../../domain/facts/hours";
import { orderMoves, type ServiceOrder } from "../../domain/facts/orders";
import type { Volunteer } from "../../domain/facts/people";
import * as hours from "../../domain/hours";
import { dayOf } from "../../domain/kit/calendar";
import { invariant } from "../../domain/kit/invariant";
import type { Minutes } from "../../domain/kit/minutes";
import { take } from "../../domain/kit/moves";
import { refuse } from "../../domain/kit/refusal";
import { checkSpendable } from "../../domain/ledger/accounts";
import { posted, settle } from "../../domain/ledger/transfers";
import { checkDeliveryDay, checkNotHeard, checkVerdict, referenceOf, shareOf, sideOf } from "../../domain/orders";
import { checkNotOwn, selvesOf } from "../../domain/people/near";
import { type Actor, asOne, isStaffOf } from "../../domain/permissions/actors";
import type { StoredOrder, StoredRecord, Tx } from "../../storage/store";
import type { Bank } from "../bank";
import { type Asked, read } from "../bank/fields";
import { ownOf } from "../bank/near";
import type { Hours } from "../hours";
import { checkEntry } from "../hours/entries";
import { volunteerOf } from "../hours/records";
import { acceptServiceOrder, deliverServiceOrder, disputeServiceOrder, resolveOrderDispute } from "./commands";
import type { Requesting } from "./requesting";
import type { OrderScene, OrderScenes } from "./scenes";

/** From the delivery to its payment: the record, the acceptance, the dispute and its verdict. */
export class Delivering {
  private readonly bank: Bank;
  constructor(
    private readonly scenes: OrderScenes,
    private readonly requesting: Requesting,
    private readonly hours: Hours,
  ) {
    this.bank = scenes.bank;
  }

  /** Enters the help as a service record of the station that answers for the order; the recipient confirms it. */
  async deliver(tx: Tx, actor: Actor, input: Asked<typeof deliverServiceOrder>): Promise<StoredOrder> {
    const scene = await this.scenes.mine(tx, actor, input.orderId, "order.deliver");
    const { order, by } = scene;
    const { orderId: _, idempotencyKey: __, ...said } = read(deliverServiceOrder, input);
    const { state } = take(orderMoves, order, "DELIVER");
    checkDeliveryDay(order, said.startedAt);
    const record = await this.enter(tx, scene, said, referenceOf(order, 1));
    return this.scenes.move(tx, by, { ...order, state, recordId: record.id }, "DELIVER", order);
  }

  /** The recipient, their proxy or the station confirms the record; its last confirmation pays and posts in one transaction. */
  async accept(tx: Tx, actor: Actor, input: Asked<typeof acceptServiceOrder>): Promise<StoredOrder> {
    const { quality, extraMinutes } = read(acceptServiceOrder, input);
    const scene = await this.scenes.mine(tx, actor, input.orderId, "order.accept");
    const { order, recipient } = scene;
    take(orderMoves, order, "ACCEPT", { to: "DELIVERED" });
    // The station speaks for an elder without a phone, but not of the elder's will to pay more.
    if (extraMinutes && sideOf(scene.by.role) === null) refuse("NOT_PERMITTED", { act: "order.pay" }, ["extraMinutes"]);
    const record = await this.recordOf(tx, order);
    const words = quality === null ? null : { quality };
    const reasonId =
      words && (await this.bank.vault.sealWords(tx, actor.personId as string, recipient.personId, words));
    return this.confirm(tx, scene, record, { action: "ACCEPT", extra: extraMinutes ?? 0, reasonId, before: order });
  }

  /** Stops the payment until a supervisor has heard both sides; each side speaks once. */
  async dispute(tx: Tx, actor: Actor, input: Asked<typeof disputeServiceOrder>): Promise<StoredOrder> {
    const { statement: reason, evidence } = read(disputeServiceOrder, input);
    const { order, recipient, by } = await this.scenes.mine(tx, actor, input.orderId, "order.dispute");
    const { state } = take(orderMoves, order, "DISPUTE", { reason });
    const steps = (await tx.orderSteps([order.id])).get(order.id) ?? [];
    checkNotHeard(order, by.role, steps);
    const words = { reason, ...(evidence.length > 0 ? { evidence } : {}) };
    const reasonId = await this.bank.vault.sealWords(tx, actor.personId as string, recipient.personId, words);
    return this.scenes.move(tx, by, { ...order, state }, "DISPUTE", order, { reasonId });
  }

  /** The verdict of a person who is neither side's own, and who did not handle the delivery. */
  async resolve(tx: Tx, actor: Actor, input: Asked<typeof resolveOrderDispute>): Promise<StoredOrder> {
    const { verdict, minutes, reason } = read(resolveOrderDispute, input);
    const scene = await this.scenes.mine(tx, actor, input.orderId, "order.resolve");
    const { order, recipient, by } = scene;
    const { state } = take(orderMoves, order, verdict === "VOID" ? "VOID" : "SETTLE", { reason });
    checkVerdict(verdict, minutes);
    checkNotOwn(await ownOf(tx, actor), recipient.personId, ["orderId"]);
    const record = await this.recordOf(tx, order);
    await this.checkConfirmer(tx, actor, record, await volunteerOf(tx, record));
    const reasonId = await this.bank.vault.sealWords(tx, actor.personId as string, recipient.personId, { reason });
    if (verdict === "VOID") {
      await this.reject(tx, scene, record, reasonId);
      await this.requesting.free(tx, by, order);
      return this.scenes.move(tx, by, { ...order, state }, "VOID", order, { reasonId });
    }
    const upheld = minutes === null ? record : await this.shortened(tx, scene, record, minutes, reasonId);
    return this.confirm(tx, { ...scene, order: { ...order, recordId: upheld.id } }, upheld, {
      action: "SETTLE",
      extra: 0,
      reasonId,
      before: order,
    });
  }

  /** One confirmation more; with the last one the hold is settled, and the record posts as many minutes as were paid. */
  private async confirm(
    tx: Tx,
    { order, by }: OrderScene,
    record: StoredRecord,
    of: { action: "ACCEPT" | "SETTLE"; extra: Minutes; reasonId: string | null; before: StoredOrder },
  ): Promise<StoredOrder> {
    const { action, reasonId, before } = of;
    const volunteer = await volunteerOf(tx, record);
    await this.checkConfirmer(tx, by.actor, record, volunteer);
    const confirmedBy = [...record.confirmedBy, by.actor.personId as string];
    const isLast = confirmedBy.length >= record.confirmationsNeeded;
    if (!isLast) {
      const { state } = take(recordMoves, record, "CONFIRM", { to: "SUBMITTED" });
      await this.hours.records.move(tx, by.actor, by.role, { ...record, state, confirmedBy }, "CONFIRM", record, null);
      return this.scenes.move(tx, by, { ...order, state: before.state }, action, before, { reasonId });
    }
    const held = (await tx.transfers([order.holdSeq])).get(order.holdSeq);
    invariant(held, "an order's hold stands in the ledger");
    const { captured, extra } = shareOf(record.serviceMinutes, held.minutes, of.extra);
    const personId = by.actor.personId as string;
    // What the posting asks for is read before the first row waits to be written: then all rows are written together.
    await tx.totals([volunteer.id]);
    const accounts = await tx.accounts([volunteer.accountId, held.debit]);
    tx.postDue(personId, settle(held, captured));
    if (extra > 0) {
      const { debit, credit, policyIds } = held;
      const payer = accounts.get(debit);
      invariant(payer, "who pays has an account");
      checkSpendable(payer, extra, ["extraMinutes"]);
      const terms = { debit, credit, minutes: extra, effectiveOn: dayOf(tx.now), policyIds };
      tx.postDue(personId, posted({ ...terms, kind: "SETTLE" }));
    }
    const paid = { capturedMinutes: captured, extraMinutes: extra };
    const settled: ServiceOrder = { ...order, state: "SETTLED", ...paid };
    const after = await this.scenes.move(tx, by, settled, action, before, { reasonId });
    await this.hours.posting.post(
      tx,
      await this.hours.records.scene(tx),
      { actor: by.actor, role: by.role, before: record, confirmedBy, reasonId: null },
      volunteer,
      captured + extra,
    );
    return after;
  }

  private async checkConfirmer(tx: Tx, actor: Actor, record: StoredRecord, volunteer: Volunteer): Promise<void> {
    const own = await ownOf(tx, actor);
    const selves = selvesOf(own);
    const [handledBy, confirmedBy] = [asOne(record.handledBy, selves), asOne(record.confirmedBy, selves)];
    const today = dayOf(tx.now);
    const grants = (await tx.grantsOfPersons([volunteer.personId])).get(volunteer.personId) ?? [];
    hours.checkConfirmer(
      { ...record, handledBy, confirmedBy },
      {
        personId: actor.personId as string,
        own,
        volunteerPersonId: volunteer.personId,
        volunteerIsStaff: isStaffOf(record.organizationId, grants, today),
        fromElsewhere: !isStaffOf(record.organizationId, actor.grants, today),
      },
    );
  }

  private async enter(
    tx: Tx,
    { order, by }: OrderScene,
    said: Pick<Asked<typeof deliverServiceOrder>, "startedAt" | "endedAt" | "breakMinutes" | "content"> & {
      evidence: readonly hours.Evidence[];
    },
    reference: string,
  ): Promise<StoredRecord> {
    const volunteerId = order.volunteerId as string;
    const volunteer = (await tx.volunteers([volunteerId])).get(volunteerId);
    invariant(volunteer, "an order's volunteer is there");
    const organization = await this.bank.organization(tx, order.organizationId);
    const entry = checkEntry({
      ...said,
      evidence: [...said.evidence],
      volunteerId,
      serviceType: order.serviceType,
      activityLead: organization.name,
      recipientId: order.recipientId,
    });
    const scene = { ...(await this.hours.records.scene(tx, [volunteer])), refs: new Map([[reference, reference]]) };
    const { records } = this.hours;
    const role = by.role;
    return records.accept(
      tx,
      scene,
      by.actor,
      role,
      organization,
      volunteer,
      { ...entry, externalRef: reference },
      null,
    );
  }

  /** A record of fewer minutes in the place of the one that was entered, which is refused. */
  private async shortened(
    tx: Tx,
    scene: OrderScene,
    record: StoredRecord,
    minutes: Minutes,
    reasonId: string,
  ): Promise<StoredRecord> {
    if (minutes >= record.serviceMinutes || minutes < 1)
      refuse("INVALID_INPUT", { least: 1, most: record.serviceMinutes - 1 }, ["minutes"]);
    await this.reject(tx, scene, record, reasonId);
    const endedAt = record.startedAt + (minutes + record.breakMinutes) * 60_000;
    return this.hours.records.shortened(tx, scene.by, record, {
      endedAt,
      reference: referenceOf(scene.order, scene.order.version),
    });
  }

  private async reject(tx: Tx, { by }: OrderScene, record: StoredRecord, reasonId: string): Promise<void> {
    const { state } = take(recordMoves, record, "REJECT", { reason: reasonId });
    await this.hours.records.move(tx, by.actor, by.role, { ...record, state }, "REJECT", record, reasonId);
  }

  private async recordOf(tx: Tx, { recordId }: StoredOrder): Promise<StoredRecord> {
    const record = recordId === null ? undefined : (await tx.records([recordId])).get(recordId);
    invariant(record, "a delivery's record is there");
    return record;
  }
}
