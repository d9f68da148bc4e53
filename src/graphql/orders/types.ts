import { Ctx, ID, Int, ObjectType, Root } from "type-graphql";
import { expiringStates, holdStateOf } from "../../domain/orders";
import type { ShownOrderStep } from "../../services/orders/reading";
import type { StoredOrder } from "../../storage/store";
import { ServiceRecordType } from "../hours/types";
import { ActorType, actorOf } from "../kit/actors";
import type { Context } from "../kit/context";
import { asked, Payload } from "../kit/errors";
import { Outcome, Output, type Row } from "../kit/fields";
import { NodeType } from "../kit/node";
import { connectionOf } from "../kit/paging";
import { DateTimeScalar, MinutesScalar, SeqScalar } from "../kit/scalars";
import { DivisionType, divisionOf, OrganizationType, organizationOf } from "../organizations";
import { ServiceTypeType } from "../policies";
import { HoldState, MatchReason, OrderSide, PaymentSource, ServiceOrderAction, ServiceOrderState } from "./enums";

@ObjectType("OrderParty", {
  implements: NodeType,
  description:
    "A side of an order, as far as the other side may know it. The id is that of the recipient or the volunteer.",
})
export class OrderPartyType extends NodeType {
  @Output(() => String, { description: "The name by which the person is known." }) displayName: string;
  @Output(() => String, {
    nullable: true,
    description:
      "The telephone number, so that the two sides find each other; null before a volunteer has taken the order.",
  })
  phone: string | null;
  @Output(() => String, {
    nullable: true,
    description: "The address of the recipient; null before a volunteer has taken the order, and for volunteers.",
  })
  address: string | null;
}

@ObjectType("OrderHold", { description: "The minutes that are set aside for an order." })
export class OrderHoldType {
  @Output(() => SeqScalar, { description: "The position of the hold in the bank's journal." }) seq: number;
  @Output(() => MinutesScalar, { description: "How many minutes were set aside." }) minutes: number;
  @Output(() => DateTimeScalar, {
    nullable: true,
    description:
      "The instant at which the hold ends with its order: where nobody takes it until then, or where the volunteer who took it enters no delivery; null from the delivery on.",
  })
  expiresAt: number | null;
  @Output(() => HoldState, { description: "The state in which the hold is." }) state: HoldState;
}

@ObjectType("OrderSettlement", { description: "How an order was paid." })
export class OrderSettlementType {
  @Output(() => MinutesScalar, { description: "The minutes that were paid from the hold." }) capturedMinutes: number;
  @Output(() => MinutesScalar, { description: "The minutes of the hold that became free again." })
  releasedMinutes: number;
  @Output(() => MinutesScalar, {
    description: "The minutes that were paid beyond the hold, because the recipient agreed to it.",
  })
  extraMinutes: number;
  @Output(() => MinutesScalar, {
    description:
      "The minutes of credit that the volunteer was given for the help: what was paid, in whole steps; a rest is carried on to the volunteer's next service. 0 after a reversal.",
  })
  earnedMinutes: number;
}

@ObjectType("OrderEvent", { description: "A step that was taken with an order." })
export class OrderEventType {
  @Output(() => DateTimeScalar, { description: "The instant at which the step was taken." }) at: number;
  @Output(() => ServiceOrderAction, { description: "The step that was taken." }) action: ServiceOrderAction;
  @Output(() => ServiceOrderState, {
    nullable: true,
    description: "The state before the step; null for the first step.",
  })
  from: ServiceOrderState | null;
  @Output(() => ServiceOrderState, { description: "The state after the step." }) to: ServiceOrderState;
  @Output(() => ActorType, { description: "The role in which the step was taken; the person is not shown." })
  actor(@Root() step: ShownOrderStep, @Ctx() context: Context) {
    return actorOf(step, context);
  }
  @Output(() => String, {
    nullable: true,
    description:
      "The reason for the step, or the statement of a dispute; null where none was given, or you are no side of the order.",
  })
  reason: string | null;
}

@ObjectType("OrderCandidate", { description: "A volunteer who fits an order." })
export class OrderCandidateType {
  @Output(() => ID, { description: "The id of the volunteer; matchServiceOrder takes it." }) volunteerId: string;
  @Output(() => [MatchReason], { description: "The reasons for which the volunteer is proposed." })
  reasons: MatchReason[];
  @Output(() => Int, { description: "How many orders the volunteer took in the ninety days before this one." })
  recentOrders: number;
}

@ObjectType("ServiceOrder", {
  implements: NodeType,
  description:
    "Help that a recipient asked for and pays with time. Active volunteers see orders that wait, without their recipients; its two sides, the stations of the division, officers and auditors see all of it.",
})
export class ServiceOrderType extends NodeType {
  @Output(() => ServiceOrderState, { description: "The state in which the order is now." }) state: ServiceOrderState;
  @Output(() => OrderPartyType, {
    nullable: true,
    description: "The person who is helped; null for volunteers before they take the order, and once erased.",
  })
  async recipient(@Root() { id }: StoredOrder, @Ctx() { loaders }: Context) {
    return (await loaders.orderInside.load(id)).recipient;
  }
  @Output(() => OrderPartyType, {
    nullable: true,
    description:
      "The volunteer who took the order; null while nobody has, where you may not see them, and once erased.",
  })
  async volunteer(@Root() { id }: StoredOrder, @Ctx() { loaders }: Context) {
    return (await loaders.orderInside.load(id)).volunteer;
  }
  @Output(() => OrganizationType, { description: "The station that answers for the order." })
  organization(@Root() { organizationId }: StoredOrder, @Ctx() context: Context) {
    return organizationOf(organizationId, context);
  }
  @Output(() => DivisionType, { description: "The division in which the recipient lives." })
  division(@Root() { divisionCode }: StoredOrder, @Ctx() context: Context) {
    return divisionOf(divisionCode, context);
  }
  @Output(() => ServiceTypeType, { description: "The kind of service that is asked for, from the catalogue." })
  serviceType(@Root() { serviceType }: StoredOrder, @Ctx() { loaders }: Context) {
    return loaders.serviceType.load(serviceType);
  }
  @Output(() => DateTimeScalar, { description: "The earliest instant at which the help may begin." })
  neededFrom: number;
  @Output(() => DateTimeScalar, { description: "The instant by which the help must be over." }) neededTo: number;
  @Output(() => String, {
    nullable: true,
    description: "The place where help is needed; null where none was entered, or you may not see it.",
  })
  async place(@Root() { id }: StoredOrder, @Ctx() { loaders }: Context) {
    return (await loaders.orderInside.load(id)).place;
  }
  @Output(() => String, {
    nullable: true,
    description: "A note of what the volunteer should know; null where nothing was entered, or you may not see it.",
  })
  async note(@Root() { id }: StoredOrder, @Ctx() { loaders }: Context) {
    return (await loaders.orderInside.load(id)).note;
  }
  @Output(() => MinutesScalar, { description: "The minutes that the help is expected to take." })
  plannedMinutes: number;
  @Output(() => PaymentSource, { description: "Says where the minutes come from." }) payFrom: PaymentSource;
  @Output(() => MinutesScalar, {
    nullable: true,
    description: "The minutes that were entered as delivered, or as a verdict has them; null before.",
  })
  async deliveredMinutes(@Root() { id }: StoredOrder, @Ctx() { loaders }: Context) {
    return (await loaders.orderMoney.load(id)).deliveredMinutes;
  }
  @Output(() => ServiceRecordType, {
    nullable: true,
    description: "The service record of the delivery; null before it, and where you may not see it.",
  })
  serviceRecord(@Root() { recordId }: StoredOrder, @Ctx() { loaders }: Context) {
    return recordId === null ? null : loaders.record.load(recordId);
  }
  @Output(() => OrderHoldType, { description: "The minutes that are set aside for the order." })
  hold(@Root() { holdSeq, plannedMinutes, state, expiresAt }: StoredOrder): Row<OrderHoldType> {
    return {
      seq: holdSeq,
      minutes: plannedMinutes,
      expiresAt: expiringStates.includes(state) ? expiresAt : null,
      state: holdStateOf[state],
    };
  }
  @Output(() => OrderSettlementType, { nullable: true, description: "How the order was paid; null before." })
  async settlement(@Root() order: StoredOrder, @Ctx() { loaders }: Context): Promise<Row<OrderSettlementType> | null> {
    const { capturedMinutes, extraMinutes } = order;
    if (capturedMinutes === null) return null;
    const { earnedMinutes } = await loaders.orderMoney.load(order.id);
    return {
      capturedMinutes,
      releasedMinutes: order.plannedMinutes - capturedMinutes,
      extraMinutes: extraMinutes ?? 0,
      earnedMinutes,
    };
  }
  @Output(() => OrderSide, {
    nullable: true,
    description: "The side that did not appear, or cancelled too late; null where none did.",
  })
  fault: OrderSide | null;
  @Output(() => [OrderCandidateType], {
    nullable: true,
    description: "The volunteers who fit the order, the best first, at most 20; for the stations that may offer it.",
  })
  candidates(@Root() order: StoredOrder, @Ctx() context: Context) {
    return asked(context, () => context.services.orders.candidates(context.actor, order));
  }
  @Output(() => [OrderEventType], { description: "The steps that were taken, in their order." })
  history(@Root() { id }: StoredOrder, @Ctx() { loaders }: Context) {
    return loaders.orderHistory.load(id);
  }
  @Output(() => Int, { description: "How many steps were taken with it; pass it as `expectedVersion`." })
  version: number;
}
export const ServiceOrderConnection = connectionOf("ServiceOrder", () => ServiceOrderType);

@ObjectType({ description: "Answers a mutation about an order." })
export class ServiceOrderPayload extends Payload {
  @Outcome(() => ServiceOrderType, "The order that this is about")
  order: Row<ServiceOrderType> | null;
}
