import { orderStep } from "../../src/domain/facts/orders";
import { expiringStates } from "../../src/domain/orders";
import { oneOf } from "../checks";
import { projected } from "../columns";
import type { Kit } from "../kit.sqlite";

/** Help that was asked for, and the steps that were taken with it. */
export function defineOrderTables(kit: Kit) {
  const { index } = kit;
  /** Projection of ORDER_STEP: the order as its last step left it. */
  const serviceOrders = projected(kit, orderStep.into.serviceOrders, (t) => [
    index("service_orders_state").on(t.state, t.neededFrom, t.id),
    index("service_orders_recipient").on(t.recipientId, t.neededFrom, t.id),
    index("service_orders_volunteer").on(t.volunteerId, t.neededFrom, t.id),
    index("service_orders_division").on(t.divisionCode, t.neededFrom, t.id),
    index("service_orders_needed").on(t.neededFrom, t.id),
    index("service_orders_expiry").on(t.expiresAt, t.id).where(oneOf("state", expiringStates)),
  ]);

  /** Projection of ORDER_STEP: each step. */
  const orderSteps = projected(kit, orderStep.into.orderSteps, (t) => [
    index("order_steps_offered").on(t.offeredTo, t.orderId),
    index("order_steps_actor").on(t.actorId, t.at),
  ]);

  return { serviceOrders, orderSteps };
}
