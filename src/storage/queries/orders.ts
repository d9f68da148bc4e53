import { and, asc, count, desc, eq, gt, gte, inArray, lt, lte, ne, or, type SQL, sql } from "drizzle-orm";
import type { Tables } from "../../../drizzle/tables";
import type { OrderStep } from "../../domain/facts/orders";
import { expiringStates, promisedStates } from "../../domain/orders";
import type { OrderSight, OrdersView, StoredOrder } from "../store";
import {
  all,
  type Database,
  grouped,
  inChunks,
  keyed,
  leftOutBy,
  listed,
  openLookup,
  prepare,
  rowsOf,
  spelledOut,
} from "./lookups";

/** Help that was asked for. */
export function openOrdersView(db: Database, t: Tables): OrdersView {
  const lookup = openLookup(db);
  const { serviceOrders: o, orderSteps: s } = t;
  const ordersById = lookup<StoredOrder>("order", o, o.id);
  const stepsByOrder = lookup<OrderStep>("order_steps", s, s.orderId, s.version);
  const promised = spelledOut(o.state, promisedStates);
  const booked = prepare(db, "orders_booked", () =>
    db
      .select()
      .from(o)
      .where(
        and(
          eq(o.volunteerId, sql.placeholder("id")),
          promised,
          lt(o.neededFrom, sql.placeholder("until")),
          gt(o.neededTo, sql.placeholder("from")),
        ),
      )
      .orderBy(asc(o.neededFrom), asc(o.id)),
  );

  const expired = prepare(db, "orders_expired", () =>
    db
      .select()
      .from(o)
      .where(and(spelledOut(o.state, expiringStates), lte(o.expiresAt, sql.placeholder("now"))))
      .orderBy(asc(o.expiresAt), asc(o.id))
      .limit(sql.placeholder("limit")),
  );
  const proxySteps = prepare(db, "order_steps_of_proxy", () =>
    db
      .select({ steps: count() })
      .from(s)
      .where(
        and(
          eq(s.actorId, sql.placeholder("personId")),
          gte(s.at, sql.placeholder("since")),
          eq(s.actorKind, "FAMILY_PROXY"),
        ),
      ),
  );

  return {
    orders: async (ids) => keyed(await ordersById(ids), (row) => row.id),
    orderSteps: async (ids) => grouped(await stepsByOrder(ids), (row) => row.orderId),
    orderList({ states, serviceTypes, divisionCodes, sight }, page) {
      const seen = sight && seenBy(sight);
      if (seen === undefined) return [];
      return listed(page, {
        order: [{ column: o.neededFrom, count: true }, { column: o.id }],
        where: and(
          // The history of a side or a division is short beside all orders in a state.
          states && inArray(sight ? leftOutBy(o.state) : sql`${o.state}`, [...states]),
          serviceTypes && inArray(o.serviceType, [...serviceTypes]),
          divisionCodes && inArray(o.divisionCode, [...divisionCodes]),
          seen ?? undefined,
        ),
        select: rowsOf(db, o),
      });
    },
    ordersBooked: (id, { from, until }) => all(booked, { id, from, until }),
    async ordersOf(side, states) {
      const rows = await db
        .select()
        .from(o)
        .where(
          and(
            "recipientId" in side ? eq(o.recipientId, side.recipientId) : eq(o.volunteerId, side.volunteerId),
            inArray(o.state, [...states]),
          ),
        )
        .orderBy(asc(o.neededFrom), asc(o.id));
      return rows as StoredOrder[];
    },
    ordersExpired: (now, limit) => all(expired, { now, limit }),
    async orderNotices({ volunteerId, recipientIds, personId }, most) {
      const theirs = or(
        volunteerId === null ? undefined : eq(o.volunteerId, volunteerId),
        recipientIds.length ? inArray(o.recipientId, [...recipientIds]) : undefined,
      );
      const own = db.select({ id: o.id }).from(o).where(theirs);
      const rows = await db
        .select({ recipientId: o.recipientId, serviceType: o.serviceType, step: s })
        .from(s)
        .innerJoin(o, eq(o.id, s.orderId))
        .where(
          and(
            ne(s.actorId, personId),
            or(inArray(s.orderId, own), volunteerId === null ? undefined : eq(s.offeredTo, volunteerId)),
          ),
        )
        .orderBy(desc(s.seq))
        .limit(most);
      return rows.map(({ step, ...order }) => ({ order, step: step as OrderStep }));
    },
    async proxyStepsSince(personId, since) {
      const [row] = await all<{ steps: number }>(proxySteps, { personId, since });
      return row?.steps ?? 0;
    },
    async ordersTaken(volunteerIds, since) {
      const rows = await inChunks(volunteerIds, async (chunk) =>
        db
          .select({ volunteerId: o.volunteerId, orders: count() })
          .from(o)
          .where(and(inArray(o.volunteerId, chunk), gte(o.neededFrom, since)))
          .groupBy(o.volunteerId),
      );
      return new Map(rows.map(({ volunteerId, orders }) => [volunteerId as string, orders]));
    },
  };

  /** The orders in any of these; undefined where there is none of them. Each way has an index of its own. */
  function seenBy(sight: NonNullable<OrderSight>): SQL | undefined {
    const { open, divisionCodes, volunteerIds, recipientIds } = sight;
    const offered = db
      .select({ id: s.orderId })
      .from(s)
      .where(inArray(s.offeredTo, [...volunteerIds]));
    return or(
      open ? eq(o.state, "REQUESTED") : undefined,
      divisionCodes.length ? inArray(o.divisionCode, [...divisionCodes]) : undefined,
      volunteerIds.length ? or(inArray(o.volunteerId, [...volunteerIds]), inArray(o.id, offered)) : undefined,
      recipientIds.length ? inArray(o.recipientId, [...recipientIds]) : undefined,
    );
  }
}
