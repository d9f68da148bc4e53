import type { PaymentSource, ServiceOrder } from "../../domain/facts/orders";
import { orderMoves } from "../../domain/facts/orders";
import type { Recipient } from "../../domain/facts/visits";
import { dayOf } from "../../domain/kit/calendar";
import { invariant } from "../../domain/kit/invariant";
import { take } from "../../domain/kit/moves";
import { refuse } from "../../domain/kit/refusal";
import { checkSpendable } from "../../domain/ledger/accounts";
import { hold, release } from "../../domain/ledger/transfers";
import { checkClaim, checkWish, expiryOf, faultOf, faultOfMiss, sideOf } from "../../domain/orders";
import { type Actor, system } from "../../domain/permissions/actors";
import { factsOfDeath, type RecipientProfile } from "../../domain/visits/recipients";
import type { StoredOrder, Tx } from "../../storage/store";
import type { Bank } from "../bank";
import { type Asked, read, readField } from "../bank/fields";
import { standingRecipient } from "../visits/recipients";
import { cancelServiceOrder, reportOrderNoShow, requestService } from "./commands";
import { type By, type OrderScenes, recipientOf } from "./scenes";

/** Orders that are ended in one turn; what is left waits for the next. */
const expiredMost = 200;

/** The words of an order, sealed under the recipient's key. */
export interface OrderDetails {
  place: string | null;
  note: string | null;
}

/** Asking for help, with its minutes on hold, and ending an order before it was carried out. */
export class Requesting {
  private readonly bank: Bank;
  constructor(private readonly scenes: OrderScenes) {
    this.bank = scenes.bank;
  }

  /** Checks the wish and the claim, and holds the planned minutes. */
  async request(tx: Tx, actor: Actor, input: Asked<typeof requestService>): Promise<StoredOrder> {
    const { recipientId, payFrom, place, note, ...wish } = read(requestService, input);
    const recipient = await this.recipientFor(tx, actor, recipientId);
    const role = await this.scenes.roleIn(tx, actor, "order.request", recipient);
    // A stranger does not learn whether there is such a recipient.
    const by = { actor, role: role ?? refuse("NOT_FOUND", {}, ["recipientId"]) };
    const [policies, today] = [await this.bank.policies(tx), dayOf(tx.now)];
    checkWish(wish, tx.now, policies);
    const death = (await tx.deathsOf([recipient.id])).get(recipient.id);
    if (death) refuse("RECIPIENT_DECEASED", factsOfDeath(death), ["recipientId"]);
    const profile = (await this.bank.vault.open<RecipientProfile>(tx, [recipient.profileId])).get(recipient.profileId);
    if (!profile) refuse("PERSON_ERASED", {}, ["recipientId"]);
    const listed = recipient.listedUntil === null;
    const policyId = checkClaim(profile, { listed, payFrom }, policies, today);
    const station = await this.scenes.stationOf(tx, recipient.divisionCode);
    const payerId = await this.payerOf(tx, recipient, payFrom);
    const payer = (await tx.accounts([payerId])).get(payerId);
    invariant(payer, "who pays has an account");
    checkSpendable(payer, wish.plannedMinutes, ["plannedMinutes"]);
    const holdSeq = tx.postDue(
      actor.personId as string,
      hold({
        debit: payerId,
        credit: await this.bank.bankAccountId(tx, "REDEEMED"),
        minutes: wish.plannedMinutes,
        effectiveOn: today,
        policyIds: [policyId],
      }),
    );
    const order: ServiceOrder = {
      id: this.bank.id("order", tx.now),
      organizationId: station.id,
      recipientId: recipient.id,
      divisionCode: recipient.divisionCode,
      ...wish,
      payFrom,
      holdSeq,
      expiresAt: expiryOf(wish.neededFrom, tx.now, policies),
      detailsId: await this.bank.vault.seal(tx, recipient.personId, { place, note } satisfies OrderDetails),
      ...take(orderMoves, null, "REQUEST"),
      volunteerId: null,
      recordId: null,
      capturedMinutes: null,
      extraMinutes: null,
      fault: null,
    };
    return this.scenes.move(tx, by, order, "REQUEST", null);
  }

  /** A volunteer's cancellation shortly before the help is a no-show of theirs. The minutes become free again. */
  async cancel(tx: Tx, actor: Actor, input: Asked<typeof cancelServiceOrder>): Promise<StoredOrder> {
    const reason = readField(cancelServiceOrder, "reason", input.reason);
    const { order, recipient, by } = await this.scenes.mine(tx, actor, input.orderId, "order.cancel");
    const fault = faultOf(order, sideOf(by.role), tx.now, await this.bank.policies(tx));
    const { state } = take(orderMoves, order, "CANCEL", { reason });
    const reasonId = await this.bank.vault.sealWords(tx, actor.personId as string, recipient.personId, { reason });
    return this.end(tx, by, { ...order, state, fault }, "CANCEL", order, reasonId);
  }

  /** A side did not appear. What one side says of the other ends the order, and no more. */
  async miss(tx: Tx, actor: Actor, input: Asked<typeof reportOrderNoShow>): Promise<StoredOrder> {
    const { absent, reason } = read(reportOrderNoShow, input);
    const { order, recipient, by } = await this.scenes.mine(tx, actor, input.orderId, "order.cancel");
    const { state } = take(orderMoves, order, "MISS", { reason });
    const fault = faultOfMiss(order, absent, sideOf(by.role), tx.now);
    const reasonId = await this.bank.vault.sealWords(tx, actor.personId as string, recipient.personId, { reason });
    return this.end(tx, by, { ...order, state, fault }, "MISS", order, reasonId);
  }

  /** Ends the orders that nobody took in time, and promises so old that their delivery may not be entered any more. */
  async expire(): Promise<number> {
    return this.bank.store.write(async (tx) => {
      const over = await tx.ordersExpired(tx.now, expiredMost);
      for (const order of over) {
        const { state } = take(orderMoves, order, "EXPIRE");
        await this.end(tx, { actor: system, role: "SYSTEM" }, { ...order, state }, "EXPIRE", order, null);
      }
      return over.length;
    });
  }

  /** Ends the orders that a volunteer who leaves has promised; the recipients are told that they may ask again. */
  async endPromised(tx: Tx, volunteerId: string): Promise<void> {
    for (const order of await tx.ordersOf({ volunteerId }, ["MATCHED"])) {
      const recipient = await recipientOf(tx, order);
      const reason = "接单的志愿者已不能前来，请重新申请";
      const reasonId = await this.bank.vault.sealWords(tx, recipient.personId, recipient.personId, { reason });
      const { state } = take(orderMoves, order, "CANCEL", { reason });
      await this.end(tx, { actor: system, role: "SYSTEM" }, { ...order, state }, "CANCEL", order, reasonId);
    }
  }

  private async end(
    tx: Tx,
    by: By,
    order: ServiceOrder,
    action: "CANCEL" | "MISS" | "EXPIRE",
    before: StoredOrder,
    reasonId: string | null,
  ): Promise<StoredOrder> {
    await this.free(tx, by, before);
    return this.scenes.move(tx, by, order, action, before, { reasonId });
  }

  /** Releases the order's hold. */
  async free(tx: Tx, { actor }: By, { holdSeq }: StoredOrder): Promise<void> {
    const held = (await tx.transfers([holdSeq])).get(holdSeq);
    invariant(held, "an order's hold stands in the ledger");
    await tx.post(actor.personId as string, release(held));
  }

  private async recipientFor(tx: Tx, actor: Actor, recipientId: string | null): Promise<Recipient> {
    const own = async () => (actor.personId === null ? undefined : tx.recipientOfPerson(actor.personId));
    const recipient = recipientId === null ? await own() : await standingRecipient(tx, recipientId);
    return recipient ?? refuse("NOT_FOUND", {}, ["recipientId"]);
  }

  /**
   * The account that pays. OWN are the minutes that the person earned, where they are a volunteer too; the others have only what
   * was given to them, as GIFTED has.
   */
  private async payerOf(tx: Tx, { personId, accountId }: Recipient, payFrom: PaymentSource): Promise<string> {
    if (payFrom === "GIFTED") return accountId;
    if (payFrom !== "OWN") return this.bank.bankAccountId(tx, payFrom);
    return (await tx.volunteersOfPersons([personId])).get(personId)?.accountId ?? accountId;
  }
}
