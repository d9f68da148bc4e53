import { and, asc, count, desc, eq, gt, gte, inArray, lt, ne, or, type SQL, sql } from "drizzle-orm";
import type { Tables } from "../../../drizzle/tables";
import type { OrderStep } from "../../domain/facts/orders";
import { promisedStates } from "../../domain/orders";
import type { OrderSight, OrdersView, StoredOrder } from "../store";
import {
  all,
  type Database,
  grouped,
  inChunks,
  keyed,
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
    orderList: ({ states, serviceTypes, divisionCodes, sight }, page) =>
      listed(page, {
        order: [{ column: o.neededFrom, count: true }, { column: o.id }],
        where: and(
          states && inArray(o.state, [...states]),
          serviceTypes && inArray(o.serviceType, [...serviceTypes]),
          divisionCodes && inArray(o.divisionCode, [...divisionCodes]),
          seenBy(sight),
        ),
        select: rowsOf(db, o),
      }),
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
    async ordersExpiring({ now, neededBefore }, limit) {
      const rows = await db
        .select()
        .from(o)
        .where(
          or(
            and(eq(o.state, "REQUESTED"), sql`${o.expiresAt} <= ${now}`),
            and(eq(o.state, "MATCHED"), lt(o.neededTo, neededBefore)),
          ),
        )
        .orderBy(asc(o.neededFrom), asc(o.id))
        .limit(limit);
      return rows as StoredOrder[];
    },
    async orderNotices({ volunteerId, recipientIds, personId }, most) {
      const rows = await db
        .select({ recipientId: o.recipientId, serviceType: o.serviceType, step: s })
        .from(s)
        .innerJoin(o, eq(o.id, s.orderId))
        .where(
          and(
            ne(s.actorId, personId),
            or(
              volunteerId === null ? undefined : or(eq(o.volunteerId, volunteerId), eq(s.offeredTo, volunteerId)),
              recipientIds.length ? inArray(o.recipientId, [...recipientIds]) : undefined,
            ),
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

  function seenBy(sight: OrderSight): SQL | undefined {
    if (sight === null) return undefined;
    const { open, divisionCodes, volunteerIds, recipientIds } = sight;
    const offered = sql`exists (select 1 from ${s} where ${s.orderId} = ${o.id} and ${inArray(s.offeredTo, [...volunteerIds])})`;
    return (
      or(
        open ? eq(o.state, "REQUESTED") : undefined,
        divisionCodes.length ? inArray(o.divisionCode, [...divisionCodes]) : undefined,
        volunteerIds.length ? or(inArray(o.volunteerId, [...volunteerIds]), offered) : undefined,
        recipientIds.length ? inArray(o.recipientId, [...recipientIds]) : undefined,
      ) ?? sql`1 = 0`
    );
  }
}
