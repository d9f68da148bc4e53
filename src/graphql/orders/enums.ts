import { orderActions, orderSides, orderStates, paymentSources } from "../../domain/facts/orders";
import { holdStates, matchReasons, orderVerdicts } from "../../domain/orders";
import { closed } from "../kit/enums";

export const ServiceOrderState = closed("ServiceOrderState", "The state in which an order is.", orderStates, {
  REQUESTED: "Help was asked for, and the order waits for a volunteer.",
  MATCHED: "A volunteer has taken the order.",
  DELIVERED: "The help was given, and the recipient has not accepted it yet.",
  SETTLED: "The help was accepted and paid for; this is final.",
  CANCELLED: "The order was ended before the help was given; the minutes are free again.",
  EXPIRED: "Nobody took the order in time, or the promise was never kept; the minutes are free again.",
  DISPUTED: "A side disputes what was delivered; nothing is paid until a supervisor has decided.",
  VOIDED: "A supervisor decided that nothing is paid; the minutes are free again.",
});
export type ServiceOrderState = keyof typeof ServiceOrderState;

export const ServiceOrderAction = closed(
  "ServiceOrderAction",
  "A step that was taken with an order, by a person or by the bank.",
  orderActions,
  {
    REQUEST: "Help was asked for, and its minutes were held.",
    OFFER: "A station offered the order to a volunteer.",
    DECLINE: "The volunteer to whom the order was offered said no.",
    MATCH: "A volunteer took the order.",
    DELIVER: "The help was entered as given.",
    ACCEPT: "The help was accepted.",
    SETTLE: "A supervisor decided that what was delivered, or a part of it, is paid.",
    CANCEL: "The order was cancelled.",
    MISS: "A side did not appear.",
    EXPIRE: "The time of the order was over.",
    DISPUTE: "A side disputed what was delivered, or answered the dispute.",
    VOID: "A supervisor decided that nothing is paid.",
  },
);
export type ServiceOrderAction = keyof typeof ServiceOrderAction;

export const PaymentSource = closed("PaymentSource", "Says where the minutes of an order come from.", paymentSources, {
  OWN: "The minutes that the recipient earned as a volunteer; a recipient who is no volunteer pays from their own account.",
  GIFTED: "The minutes that were given to the recipient.",
  GOVERNMENT_GRANT: "The government's grant, which serves priority recipients alone.",
  PUBLIC_POOL: "The public pool of donated minutes, which serves priority recipients alone.",
});
export type PaymentSource = keyof typeof PaymentSource;

export const HoldState = closed("HoldState", "The state in which minutes are that were set aside.", holdStates, {
  HELD: "The minutes are set aside.",
  SETTLED: "The minutes were paid, whole or in part; the rest is free again.",
  RELEASED: "The minutes are free again.",
  EXPIRED: "The minutes are free again, because the time was over.",
});
export type HoldState = keyof typeof HoldState;

export const OrderSide = closed("OrderSide", "A side of an order.", orderSides, {
  AS_RECIPIENT: "The recipient, for whom a family proxy may speak.",
  AS_VOLUNTEER: "The volunteer who took the order.",
});
export type OrderSide = keyof typeof OrderSide;

export const OrderVerdict = closed("OrderVerdict", "How a dispute about an order is decided.", orderVerdicts, {
  SETTLE: "The whole delivery is paid.",
  PARTIALLY_SETTLE: "A part of the delivery counts, and is paid.",
  VOID: "Nothing is paid, and the volunteer earns nothing.",
});
export type OrderVerdict = keyof typeof OrderVerdict;

export const MatchReason = closed(
  "MatchReason",
  "A reason for which a volunteer is proposed for an order.",
  matchReasons,
  {
    SKILL: "The volunteer offers this service.",
    SAME_DIVISION: "The volunteer lives in the recipient's division.",
    NEAR_DIVISION: "The volunteer lives in a division beside the recipient's.",
    FEW_ORDERS: "No other volunteer on the list has taken fewer orders of late.",
  },
);
export type MatchReason = keyof typeof MatchReason;
