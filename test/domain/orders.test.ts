import type { ActorKind } from "../../src/domain/facts/actors";
import type { OrderAction, OrderSide } from "../../src/domain/facts/orders";
import {
  checkDeliveryDay,
  checkNotHeard,
  checkNotOver,
  checkNotTaken,
  checkVerdict,
  faultOf,
  faultOfMiss,
  orderIdOf,
  referenceOf,
  shareOf,
  sideOf,
} from "../../src/domain/orders";
import { at } from "../support/bank";
import { outcomeOf, resultOf } from "../support/outcomes";
import { policies } from "../support/policies";

const order = {
  ...{ id: "order_1", state: "MATCHED" as const, volunteerId: "volunteer_1" },
  ...{ neededFrom: at("2026-09-22", "22:00"), neededTo: at("2026-09-23", "01:00") },
};

test.each<[taken: string | null, by: string, outcome: string]>([
  [null, "volunteer_1", "ok"],
  ["volunteer_1", "volunteer_1", "ok"],
  ["volunteer_2", "volunteer_1", "ORDER_TAKEN"],
])("an order of %p is taken by %p: %s", (volunteerId, by, outcome) => {
  expect(outcomeOf(() => checkNotTaken({ volunteerId }, by))).toBe(outcome);
});

test.each<[now: number, outcome: string]>([
  [at("2026-09-23", "00:59"), "ok"], // late, and the elder may still be glad of it
  [at("2026-09-23", "01:00"), "IN_THE_PAST"],
])("help is promised at %p: %s", (now, outcome) => {
  expect(outcomeOf(() => checkNotOver(order, now))).toBe(outcome);
});

test.each<[startedAt: number, outcome: string]>([
  [at("2026-09-21", "23:59"), "INVALID_INPUT"],
  [at("2026-09-22", "00:00"), "ok"], // the day counts, not the hour
  [at("2026-09-23", "23:59"), "ok"], // across midnight, both days
  [at("2026-09-24", "00:00"), "INVALID_INPUT"],
])("a delivery began at %p: %s", (startedAt, outcome) => {
  expect(outcomeOf(() => checkDeliveryDay(order, startedAt))).toBe(outcome);
});

test.each<[role: ActorKind, side: OrderSide | null]>([
  ["VOLUNTEER", "AS_VOLUNTEER"],
  ["RECIPIENT", "AS_RECIPIENT"],
  ["FAMILY_PROXY", "AS_RECIPIENT"],
  ["STATION_SUPERVISOR", null],
  ["OFFICER", null],
])("%s speaks for %p", (role, side) => {
  expect(sideOf(role)).toBe(side);
});

const step = (action: OrderAction, actorKind: ActorKind) => ({ action, actorKind });
test.each<[heard: ActorKind[], role: ActorKind, outcome: string]>([
  [[], "RECIPIENT", "ok"],
  [["RECIPIENT"], "VOLUNTEER", "ok"],
  [["RECIPIENT"], "RECIPIENT", "ILLEGAL_TRANSITION"],
  [["RECIPIENT"], "FAMILY_PROXY", "ILLEGAL_TRANSITION"], // one side, whoever speaks for it
  [["STATION_WORKER"], "RECIPIENT", "ILLEGAL_TRANSITION"], // the station spoke for the elder
  [["VOLUNTEER"], "STATION_WORKER", "ok"],
])("after %j has spoken, %s speaks: %s", (heard, role, outcome) => {
  const steps = [step("DELIVER", "VOLUNTEER"), ...heard.map((kind) => step("DISPUTE", kind))];
  expect(outcomeOf(() => checkNotHeard({ state: "DISPUTED" }, role, steps))).toBe(outcome);
});

test.each<[absent: OrderSide, by: OrderSide | null, fault: string]>([
  ["AS_VOLUNTEER", null, "AS_VOLUNTEER"], // by the word of the station
  ["AS_RECIPIENT", null, "AS_RECIPIENT"],
  ["AS_VOLUNTEER", "AS_RECIPIENT", "null"], // what one side says of the other counts against nobody
  ["AS_RECIPIENT", "AS_VOLUNTEER", "null"],
  ["AS_VOLUNTEER", "AS_VOLUNTEER", "INVALID_INPUT"],
])("%s was absent, says %p: %s", (absent, by, fault) => {
  expect(resultOf(() => String(faultOfMiss(order, absent, by, order.neededFrom)))).toBe(fault);
});
test("nobody is absent before the help is due", () => {
  expect(outcomeOf(() => faultOfMiss(order, "AS_VOLUNTEER", null, order.neededFrom - 1))).toBe("IN_THE_FUTURE");
});

test.each<[state: "REQUESTED" | "MATCHED", by: OrderSide | null, now: number, fault: OrderSide | null]>([
  ["REQUESTED", "AS_RECIPIENT", order.neededFrom - 1, null], // nobody was coming
  ["MATCHED", null, order.neededFrom - 1, null],
  ["MATCHED", "AS_VOLUNTEER", at("2026-09-21", "22:00"), null], // a day before
  ["MATCHED", "AS_VOLUNTEER", at("2026-09-21", "22:01"), "AS_VOLUNTEER"],
])("a %s order is cancelled by %p at %p: %p", (state, by, now, fault) => {
  expect(faultOf({ ...order, state }, by, now, policies)).toBe(fault);
});

test.each<["SETTLE" | "PARTIALLY_SETTLE" | "VOID", number | null, string]>([
  ["SETTLE", null, "ok"],
  ["SETTLE", 60, "INVALID_INPUT"],
  ["PARTIALLY_SETTLE", 60, "ok"],
  ["PARTIALLY_SETTLE", null, "INVALID_INPUT"],
  ["VOID", 60, "INVALID_INPUT"],
])("%s with %p minutes: %s", (verdict, minutes, outcome) => {
  expect(outcomeOf(() => checkVerdict(verdict, minutes as never))).toBe(outcome);
});

test.each<[delivered: number, held: number, extra: number, share: string]>([
  [90, 120, 0, "90 paid, 30 free, 0 more"],
  [120, 120, 0, "120 paid, 0 free, 0 more"],
  [150, 120, 0, "120 paid, 0 free, 0 more"], // more than was planned is asked for, never taken
  [150, 120, 30, "120 paid, 0 free, 30 more"],
  [150, 120, 31, "INVALID_INPUT"],
  [90, 120, 1, "INVALID_INPUT"],
])("%d minutes of %d, and %d more agreed: %s", (delivered, held, extra, share) => {
  const split = () => {
    const { captured, released, extra: more } = shareOf(delivered as never, held as never, extra as never);
    return `${captured} paid, ${released} free, ${more} more`;
  };
  expect(resultOf(split)).toBe(share);
});

test("the record of a delivery is known by its reference", () => {
  expect(referenceOf(order, 1)).toBe("order_1");
  expect(referenceOf(order, 5)).toBe("order_1_5");
  expect([orderIdOf("order_1"), orderIdOf("order_1_5"), orderIdOf("sheet-1"), orderIdOf(null)]).toEqual([
    "order_1",
    "order_1",
    null,
    null,
  ]);
});
