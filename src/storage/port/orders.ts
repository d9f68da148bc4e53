import type { OrderState, OrderStep, ServiceOrder } from "../../domain/facts/orders";
import type { Instant } from "../../domain/kit/calendar";
import type { Soon } from "../../domain/kit/soon";
import type { Instants, Page } from "./page";

export type StoredOrder = ServiceOrder & { openedSeq: number };

/** Which orders a reader sees; null for all of them. An order is seen that is in any of these. */
export type OrderSight = {
  /** Every order that waits for a volunteer. */
  open: boolean;
  divisionCodes: readonly string[];
  volunteerIds: readonly string[];
  recipientIds: readonly string[];
} | null;

export interface OrderQuery {
  states?: readonly OrderState[];
  serviceTypes?: readonly string[];
  divisionCodes?: readonly string[];
  sight: OrderSight;
}

/** What can be asked about orders. */
export interface OrdersView {
  orders(ids: readonly string[]): Soon<Map<string, StoredOrder>>;
  orderSteps(ids: readonly string[]): Soon<Map<string, OrderStep[]>>;
  /** By the instant from which the help is needed. */
  orderList(query: OrderQuery, page: Page): Soon<StoredOrder[]>;
  /** Orders that a volunteer took and that are not over, within two instants. */
  ordersBooked(volunteerId: string, span: Instants): Soon<StoredOrder[]>;
  /** Orders in these states, of a recipient or a volunteer. */
  ordersOf(side: { recipientId: string } | { volunteerId: string }, states: readonly OrderState[]): Soon<StoredOrder[]>;
  /** Orders that should have ended by themselves by an instant, and have not; the first due first. */
  ordersExpired(now: Instant, limit: number): Soon<StoredOrder[]>;
  /**
   * Steps that others took with orders of a volunteer or of these recipients, or by which an order was offered to the volunteer; the
   * latest first.
   */
  orderNotices(
    to: { volunteerId: string | null; recipientIds: readonly string[]; personId: string },
    most: number,
  ): Soon<{ order: Pick<ServiceOrder, "recipientId" | "serviceType">; step: OrderStep }[]>;
  /** How many steps a person took with orders in the role of a proxy, since an instant. */
  proxyStepsSince(personId: string, since: Instant): Soon<number>;
  /** Orders that each volunteer took since an instant. */
  ordersTaken(volunteerIds: readonly string[], since: Instant): Soon<Map<string, number>>;
}
