import { Args, Ctx, Resolver } from "type-graphql";
import type { Asked } from "../../services/bank/fields";
import {
  acceptServiceOrder,
  cancelServiceOrder,
  declineServiceOrder,
  deliverServiceOrder,
  disputeServiceOrder,
  matchServiceOrder,
  reportOrderNoShow,
  requestService,
  resolveOrderDispute,
  serviceOrderFilter,
} from "../../services/orders/commands";
import type { Context } from "../kit/context";
import { askedEach } from "../kit/costs";
import { asked, keyed, stepped } from "../kit/errors";
import { Mutation, Query } from "../kit/fields";
import { Filter, Input } from "../kit/inputs";
import { PageArgs } from "../kit/paging";
import { ServiceOrderConnection, ServiceOrderPayload, ServiceOrderType } from "./types";

@Resolver(() => ServiceOrderType)
export class ServiceOrderResolver {
  @Query(() => ServiceOrderConnection, {
    complexity: askedEach,
    description:
      "Lists orders by the instant from which the help is needed: your own, those of your station's division, and, for active volunteers, those that wait.",
  })
  serviceOrders(
    @Ctx() context: Context,
    @Args(() => PageArgs) page: PageArgs,
    @Filter(serviceOrderFilter)
    filter?: Asked<typeof serviceOrderFilter>,
  ) {
    return asked(context, () => context.services.orders.reading.list(context.actor, filter ?? {}, page));
  }

  @Mutation(() => ServiceOrderPayload, {
    description:
      "Asks for help and holds its minutes. The recipient may do this, their family proxy, the stations of their division, and officers. NO_CLAIM for who is neither old enough nor a priority recipient; INSUFFICIENT_CREDIT where the minutes are not there.",
  })
  requestService(
    @Input(requestService, "The help, its time, and where its minutes come from.")
    input: Asked<typeof requestService>,
    @Ctx() context: Context,
  ) {
    return keyed(context, "order", () => context.services.orders.request(context.actor, input));
  }
  @Mutation(() => ServiceOrderPayload, {
    description:
      "Takes an order for yourself as a volunteer, or offers it to a volunteer as their station. Of two who take it at once one gets it, and the other is refused with ORDER_TAKEN. DOUBLE_BOOKED, SELF_CONFIRMATION for the recipient's family, TOO_MANY_NO_SHOWS, NOT_QUALIFIED.",
  })
  matchServiceOrder(
    @Input(matchServiceOrder, "The order, and the volunteer to whom it is offered.")
    input: Asked<typeof matchServiceOrder>,
    @Ctx() context: Context,
  ) {
    return stepped(context, "order", () => context.services.orders.match(context.actor, input));
  }
  @Mutation(() => ServiceOrderPayload, {
    description: "Refuses an order that a station offered to you as a volunteer; it waits for another one.",
  })
  declineServiceOrder(
    @Input(declineServiceOrder, "The order that was offered.")
    input: Asked<typeof declineServiceOrder>,
    @Ctx() context: Context,
  ) {
    return stepped(context, "order", () => context.services.orders.decline(context.actor, input));
  }
  @Mutation(() => ServiceOrderPayload, {
    description:
      "Enters that the help was given, as a service record. The volunteer may do this, or the station for them. The refusals are those of submitServiceRecord.",
  })
  deliverServiceOrder(
    @Input(deliverServiceOrder, "The order, and when and how it was carried out.")
    input: Asked<typeof deliverServiceOrder>,
    @Ctx() context: Context,
  ) {
    return keyed(context, "order", () => context.services.orders.deliver(context.actor, input));
  }
  @Mutation(() => ServiceOrderPayload, {
    description:
      "Accepts what was delivered: the hold is settled with what was delivered, but no more than was held, the rest is free again, and the volunteer earns what was paid, all in one transaction. The recipient may do this, their family proxy, or the station for a recipient without a telephone. An order whose record needs two confirmations stays DELIVERED until another person accepts it too.",
  })
  acceptServiceOrder(
    @Input(acceptServiceOrder, "The order, how good the help was, and what is paid beyond the hold.")
    input: Asked<typeof acceptServiceOrder>,
    @Ctx() context: Context,
  ) {
    return keyed(context, "order", () => context.services.orders.accept(context.actor, input));
  }
  @Mutation(() => ServiceOrderPayload, {
    description:
      "Cancels an order before the help was given; its minutes are free again. Either side may do this, or the station. A volunteer's cancellation shortly before the help counts as a no-show.",
  })
  cancelServiceOrder(
    @Input(cancelServiceOrder, "The order, and the reason.")
    input: Asked<typeof cancelServiceOrder>,
    @Ctx() context: Context,
  ) {
    return keyed(context, "order", () => context.services.orders.cancel(context.actor, input));
  }
  @Mutation(() => ServiceOrderPayload, {
    description:
      "Reports that the other side did not appear; the order ends and its minutes are free again. A volunteer's no-show counts against them only where the station reports it.",
  })
  reportOrderNoShow(
    @Input(reportOrderNoShow, "The order, the side that did not appear, and the reason.")
    input: Asked<typeof reportOrderNoShow>,
    @Ctx() context: Context,
  ) {
    return keyed(context, "order", () => context.services.orders.miss(context.actor, input));
  }
  @Mutation(() => ServiceOrderPayload, {
    description:
      "Disputes what was delivered, or adds the other side's statement. Nothing is paid until a supervisor has decided.",
  })
  disputeServiceOrder(
    @Input(disputeServiceOrder, "The order, and the statement of one side.")
    input: Asked<typeof disputeServiceOrder>,
    @Ctx() context: Context,
  ) {
    return keyed(context, "order", () => context.services.orders.dispute(context.actor, input));
  }
  @Mutation(() => ServiceOrderPayload, {
    description:
      "Decides a dispute. A supervisor of the station or an officer may do this who is neither side, nor of their families, and did not enter the delivery.",
  })
  resolveOrderDispute(
    @Input(resolveOrderDispute, "The order, the verdict and its reason.")
    input: Asked<typeof resolveOrderDispute>,
    @Ctx() context: Context,
  ) {
    return keyed(context, "order", () => context.services.orders.resolve(context.actor, input));
  }
}
