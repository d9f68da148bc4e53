import type { FactOf } from "../../../domain/facts";
import type { AccountKind } from "../../../domain/facts/ledger";
import type { PaymentSource } from "../../../domain/facts/orders";
import { orderIdOf } from "../../../domain/orders";
import type { Evidence, RecordStep } from "./evidence";

type OrderStep = FactOf<"ORDER_STEP">;

/** The kinds of accounts from which each source pays. */
const payers: Readonly<Record<PaymentSource, readonly AccountKind[]>> = {
  OWN: ["VOLUNTEER", "RECIPIENT"],
  GIFTED: ["RECIPIENT"],
  GOVERNMENT_GRANT: ["GOVERNMENT_GRANT"],
  PUBLIC_POOL: ["PUBLIC_POOL"],
};
const endedWithoutPay = ["CANCELLED", "EXPIRED", "VOIDED"];

/** An order begins with a hold of what it plans, and ends with its settlement or its release: no minute is spent besides. */
export function ordered(of: Evidence, step: OrderStep, begins: boolean): void {
  const where = `serviceOrders ${step.id}`;
  const held = of.transfers.get(step.holdSeq);
  if (begins) {
    const isSo =
      held?.phase === "HELD" &&
      held.minutes === step.plannedMinutes &&
      of.kindOf(held.credit) === "REDEEMED" &&
      payers[step.payFrom as PaymentSource].some((kind) => kind === of.kindOf(held.debit));
    if (!isSo) of.finds("ORDER", where, "holdSeq is no hold of what it plans");
    if (held) of.claim("ORDER", where, held);
    return;
  }
  const end = of.transfers.endOf(step.holdSeq);
  if (step.state === "SETTLED") {
    if (end?.phase !== "SETTLED" || end.minutes !== step.capturedMinutes)
      of.finds("ORDER", where, "capturedMinutes is not what its hold was settled with");
    paidBeyond(of, where, step);
  } else if (endedWithoutPay.includes(step.state)) {
    if (end?.phase !== "RELEASED") of.finds("ORDER", where, "its hold was not released with it");
  } else if (end) of.finds("ORDER", where, "its hold ended before it");
}

/** What was paid beyond the hold is one transfer from the same account, right after the settlement. */
function paidBeyond(of: Evidence, where: string, { holdSeq, extraMinutes }: OrderStep): void {
  const [held, end] = [of.transfers.get(holdSeq), of.transfers.endOf(holdSeq)];
  const next = end === undefined ? undefined : of.transfers.get(end.seq + 1);
  const beyond = next?.phase === "POSTED" && next.kind === "SETTLE" && next.debit === held?.debit ? next : undefined;
  if ((beyond?.minutes ?? 0) !== extraMinutes)
    of.finds("ORDER", where, "extraMinutes is not what was paid beyond its hold");
  if (beyond) of.claim("ORDER", where, beyond);
}

/** The minutes of a record that earn credit: of help that was paid for, as many as were paid. */
export function earningMinutes(of: Evidence, { externalRef, serviceMinutes }: RecordStep): number {
  const orderId = orderIdOf(externalRef);
  const order = orderId === null ? null : of.known.last("ORDER_STEP", orderId);
  return order ? (order.capturedMinutes ?? 0) + (order.extraMinutes ?? 0) : serviceMinutes;
}
