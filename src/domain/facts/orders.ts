import type { Moves } from "../kit/moves";
import { type RowOf, type StateOf, step } from "./shape";
import { code, count, id, instant, oneOf, optional, sealedRow } from "./words";

export const orderStates = [
  "REQUESTED",
  "MATCHED",
  "DELIVERED",
  "SETTLED",
  "CANCELLED",
  "EXPIRED",
  "DISPUTED",
  "VOIDED",
] as const;
export type OrderState = (typeof orderStates)[number];

export const orderActions = [
  "REQUEST",
  "OFFER",
  "DECLINE",
  "MATCH",
  "DELIVER",
  "ACCEPT",
  "SETTLE",
  "CANCEL",
  "MISS",
  "EXPIRE",
  "DISPUTE",
  "VOID",
] as const;
export type OrderAction = (typeof orderActions)[number];

/**
 * domain.md 6.2 as the client enum has it: one step per row. ACCEPT and SETTLE stay where they are while the record needs another
 * confirmation. DISPUTE is taken once by each side. SETTLE and VOID are verdicts.
 */
export const orderMoves: Moves<OrderAction, OrderState> = {
  REQUEST: { from: [null], to: "REQUESTED", reason: false },
  OFFER: { from: ["REQUESTED"], to: "SAME", reason: false },
  DECLINE: { from: ["REQUESTED"], to: "SAME", reason: false },
  MATCH: { from: ["REQUESTED"], to: "MATCHED", reason: false },
  DELIVER: { from: ["MATCHED"], to: "DELIVERED", reason: false },
  ACCEPT: { from: ["DELIVERED"], to: ["SETTLED", "DELIVERED"], reason: false },
  SETTLE: { from: ["DISPUTED"], to: ["SETTLED", "DISPUTED"], reason: true },
  CANCEL: { from: ["REQUESTED", "MATCHED"], to: "CANCELLED", reason: true },
  MISS: { from: ["MATCHED"], to: "CANCELLED", reason: true },
  EXPIRE: { from: ["REQUESTED", "MATCHED"], to: "EXPIRED", reason: false },
  DISPUTE: { from: ["DELIVERED", "DISPUTED"], to: "DISPUTED", reason: true },
  VOID: { from: ["DISPUTED"], to: "VOIDED", reason: true },
};

/** Where the minutes of an order come from. */
export const paymentSources = ["OWN", "GIFTED", "GOVERNMENT_GRANT", "PUBLIC_POOL"] as const;
export type PaymentSource = (typeof paymentSources)[number];

/** The two sides of an order. */
export const orderSides = ["AS_RECIPIENT", "AS_VOLUNTEER"] as const;
export type OrderSide = (typeof orderSides)[number];

/** Help that a recipient asks for, with the minutes that are held for it. Place and note are sealed under the recipient's key. */
export const orderStep = step(
  "ORDER_STEP",
  58,
  { states: orderStates, actions: orderActions, moves: orderMoves },
  {
    id: id("order"),
    /** The station that answers for the order. */
    organizationId: id("organization"),
    recipientId: id("recipient"),
    /** The recipient's division when the order was made. */
    divisionCode: code,
    serviceType: code,
    neededFrom: instant,
    neededTo: instant,
    plannedMinutes: count,
    payFrom: oneOf(paymentSources),
    /** The hold of the planned minutes. */
    holdSeq: count,
    /** The instant at which an order ends that nobody takes until then, or that was taken and of which no delivery is entered. */
    expiresAt: instant,
    detailsId: sealedRow,
    state: oneOf(orderStates),
    /** The volunteer who took the order. */
    volunteerId: optional(id("volunteer")),
    /** The volunteer to whom the step offers the order, or who declines it. */
    offeredTo: optional(id("volunteer")),
    /** The service record that the delivery made. */
    recordId: optional(id("record")),
    /** What the hold was settled with; null before. */
    capturedMinutes: optional(count),
    /** What was paid beyond the hold, because the recipient agreed to it; null before. */
    extraMinutes: optional(count),
    /** The side whose absence, or late cancellation, ended the order. */
    fault: optional(oneOf(orderSides)),
    version: count,
  },
  { into: "serviceOrders", opened: true, history: ["orderSteps", "orderId", "offeredTo"], unkept: ["offeredTo"] },
);
export type ServiceOrder = StateOf<typeof orderStep>;
export type OrderStep = RowOf<typeof orderStep, "orderSteps">;
