import { orderSides, orderStates, paymentSources } from "../../domain/facts/orders";
import { minutes as wholeMinutes } from "../../domain/kit/minutes";
import { orderVerdicts } from "../../domain/orders";
import {
  anyOf,
  choice,
  choices,
  command,
  expectedVersion,
  flag,
  id,
  instant,
  key,
  minutes,
  optional,
  reason,
  sealedReason,
  text,
  usually,
  whole,
} from "../bank/fields";
import { proofs } from "../bank/proofs";

/** What may be asked about orders. */

const orderId = id("The id of the order.");

export const requestService = command("RequestServiceInput", "Asks for help, and holds the planned minutes for it.", {
  idempotencyKey: key(),
  recipientId: optional(id("The id of the recipient who is to be helped; left out, it is the recipient who asks.")),
  serviceType: text(
    { most: 50 },
    "The kind of service, by a code of the catalogue in force (`serviceTypes`). SERVICE_TYPE_NOT_FOUND.",
  ),
  neededFrom: instant("The earliest instant at which the help may begin; not in the past (IN_THE_PAST)."),
  neededTo: instant("The instant by which the help must be over, at most 24 hours later. INVALID_INTERVAL."),
  plannedMinutes: minutes(
    "The minutes that the help is expected to take, all of which are held. SESSION_TOO_SHORT, SESSION_TOO_LONG.",
  ),
  payFrom: usually("OWN", choice(paymentSources, "Says where the minutes come from.")),
  place: optional(text({ most: 200 }, "The place where help is needed, which is kept encrypted.")),
  note: optional(text({ most: 1000 }, "A note of what the volunteer should know beforehand, which is kept encrypted.")),
});

export const matchServiceOrder = command(
  "MatchServiceOrderInput",
  "Takes an order for oneself, or offers it to a volunteer.",
  {
    orderId,
    volunteerId: optional(
      id(
        "The id of the volunteer to whom a station offers the order; left out, the volunteer who asks takes it. Nobody is assigned without a yes: the order stays REQUESTED until the volunteer takes it.",
      ),
    ),
    agreed: optional(
      flag(
        "True says that the volunteer has told the station that they will come: the order is then theirs at once. Only a station may say so.",
      ),
    ),
    expectedVersion,
  },
);

export const declineServiceOrder = command("DeclineServiceOrderInput", "Declines an order that was offered.", {
  orderId,
  expectedVersion,
});

export const deliverServiceOrder = command("DeliverServiceOrderInput", "Enters that an order was carried out.", {
  idempotencyKey: key(),
  orderId,
  startedAt: instant("The instant at which the help began."),
  endedAt: instant("The instant at which the help ended."),
  breakMinutes: usually(wholeMinutes(0), minutes("The minutes of rest within the help, which do not count.")),
  content: text({ most: 2000 }, "A description of the work that was done, in words."),
  evidence: proofs("The proofs of the help; needed where it is entered late (BACKFILL_NEEDS_EVIDENCE)."),
});

export const acceptServiceOrder = command("AcceptServiceOrderInput", "Accepts what was delivered, and pays for it.", {
  idempotencyKey: key(),
  orderId,
  quality: optional(whole({ least: 1, most: 5 }, "How well the help was done, from 1 (badly) to 5 (very well).")),
  extraMinutes: optional(
    minutes(
      "The minutes beyond those held that the recipient agrees to pay, where the help took longer than planned. Left out, none are paid.",
    ),
  ),
});

export const cancelServiceOrder = command("CancelServiceOrderInput", "Ends an order before it was carried out.", {
  idempotencyKey: key(),
  orderId,
  reason: sealedReason(500),
});

export const reportOrderNoShow = command("ReportOrderNoShowInput", "Reports that a side of an order did not appear.", {
  idempotencyKey: key(),
  orderId,
  absent: choice(orderSides, "The side that did not appear."),
  reason: sealedReason(500),
});

export const disputeServiceOrder = command(
  "DisputeServiceOrderInput",
  "Disputes what was delivered, or adds the other side's statement to a dispute.",
  {
    idempotencyKey: key(),
    orderId,
    statement: reason(2000, "The statement of the side that disputes or answers, which is kept encrypted."),
    evidence: proofs("The proofs of the statement."),
  },
);

export const resolveOrderDispute = command("ResolveOrderDisputeInput", "Decides a dispute about an order.", {
  idempotencyKey: key(),
  orderId,
  verdict: choice(orderVerdicts, "The decision of the dispute."),
  minutes: optional(
    minutes("The minutes that count as delivered, fewer than those entered; needed for PARTIALLY_SETTLE alone."),
  ),
  reason: sealedReason(2000),
});

export const serviceOrderFilter = command(
  "ServiceOrderFilter",
  "Lists only the orders that fit; a field left out does not filter.",
  {
    state: choices(orderStates, "The states in which the order may be."),
    serviceType: anyOf(text({ most: 50 }, "A code of the catalogue."), "The kinds of service, by their codes."),
    divisionCode: optional(text({ most: 200 }, "The division, or one that contains it, by its code or official code.")),
    mine: choices(orderSides, "Lists only the orders of which you are one of these sides."),
  },
);
