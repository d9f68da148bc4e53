import type { Shift } from "../../src/domain/facts/activities";
import type { PaymentSource } from "../../src/domain/facts/orders";
import type { Volunteer } from "../../src/domain/facts/people";
import type { Recipient } from "../../src/domain/facts/visits";
import { posted } from "../../src/domain/ledger/transfers";
import type { Actor } from "../../src/domain/permissions/actors";
import { closeFullyAudited } from "../support/audited";
import { at, openBank, type TestBank } from "../support/bank";
import { charityDay, openCharity } from "../support/charity";
import { registerElder, signedIn } from "../support/elders";
import { engines } from "../support/engines";
import { refusalCodeOf as codeOf, refusalOf } from "../support/outcomes";
import { residentId } from "../support/papers";

/** Help for time, told by its postings (domain.md 6.2; fixtures F08, F09, F12, F13, F22, F26). */
describe.each(engines)("orders on $name", (engine) => {
  let bank: TestBank;
  let giver: Volunteer;
  let elder: Recipient;
  beforeEach(async () => {
    bank = await openBank(engine, "2026-09-20T09:00:00+08:00");
    giver = await bank.volunteer("V-1");
    elder = await recipient("王奶奶", { birthDate: "1950-03-01" });
  });
  afterEach(() => closeFullyAudited(bank));

  const recipient = (displayName: string, more: object = {}) =>
    registerElder(bank, { displayName, birthDate: "1950-03-01", ...more });
  /** Minutes that lie on an account of the bank's, or of a recipient. */
  async function funded(kind: "GOVERNMENT_GRANT" | "PUBLIC_POOL", minutes: number, to?: string) {
    await bank.store.write(async (tx) => {
      const id = async (of: "GRANT_FUNDING" | typeof kind) => (await tx.bankAccount(of))?.id ?? "";
      const day = { effectiveOn: "2026-09-20", minutes };
      await tx.post(
        "system",
        posted({ ...day, debit: await id("GRANT_FUNDING"), credit: await id(kind), kind: "FUND" }),
      );
      if (to) await tx.post("system", posted({ ...day, debit: await id(kind), credit: to, kind: "GRANT" }));
    });
  }
  const ask = (actor: Actor, more: object = {}) =>
    bank.services.orders
      .request(actor, {
        idempotencyKey: bank.key(),
        recipientId: elder.id,
        serviceType: "COMPANION_TALK",
        neededFrom: at("2026-09-22", "09:00"),
        neededTo: at("2026-09-22", "12:00"),
        plannedMinutes: 120,
        payFrom: "OWN" as PaymentSource,
        place: "枫桥镇和平路 1 号",
        note: "请带老花镜",
        ...more,
      })
      .then(({ value }) => value);
  const deliver = (actor: Actor, orderId: string, [from, to]: [string, string], day = "2026-09-22") =>
    bank.services.orders
      .deliver(actor, {
        idempotencyKey: bank.key(),
        orderId,
        startedAt: at(day, from),
        endedAt: at(day, to),
        breakMinutes: 0,
        content: "陪伴聊天",
      })
      .then(({ value }) => value);
  const accept = (actor: Actor, orderId: string, more: object = {}) =>
    bank.services.orders.accept(actor, { idempotencyKey: bank.key(), orderId, ...more }).then(({ value }) => value);
  const cancel = (actor: Actor, orderId: string) =>
    bank.services.orders
      .cancel(actor, { idempotencyKey: bank.key(), orderId, reason: "改期" })
      .then(({ value }) => value);
  const claim = async (volunteer: Volunteer, orderId: string) =>
    bank.services.orders.match(await bank.actorOf(volunteer), { orderId });
  const self = (of: Recipient) => signedIn(bank, of);
  const free = async ({ accountId }: { accountId: string }) =>
    (await bank.services.ledger.balances([accountId]))[0]?.available;

  test("F09: 120 minutes are held, 90 delivered: 90 are paid and earned, 30 are free again", async () => {
    await funded("PUBLIC_POOL", 200, elder.accountId);
    const order = await ask(await self(elder));
    expect(order).toMatchObject({ state: "REQUESTED", expiresAt: at("2026-09-21", "09:00") });
    expect(await free(elder)).toBe(80);
    const taken = await claim(giver, order.id);
    expect(taken).toMatchObject({ state: "MATCHED", volunteerId: giver.id });
    bank.setClock("2026-09-22T12:00:00+08:00");
    const given = await deliver(await bank.actorOf(giver), order.id, ["09:30", "11:00"]);
    expect(given.state).toBe("DELIVERED");
    const settled = await accept(await self(elder), order.id, { quality: 5 });
    expect(settled).toMatchObject({ state: "SETTLED", capturedMinutes: 90, extraMinutes: 0 });
    const [money] = await bank.services.orders.reading.moneyOf(await self(elder), [order.id]);
    expect(money).toEqual({ deliveredMinutes: 90, earnedMinutes: 90 });
    expect(await free(elder)).toBe(110);
    expect(await bank.credited("V-1")).toMatchObject({ posted: 90, service: 90 });
    expect((await bank.postings()).split("\n").slice(-3)).toEqual([
      "| 2026-09-20 | HOLD | RECIPIENT | REDEEMED | 120 |",
      "| 2026-09-20 | SETTLE | RECIPIENT | REDEEMED | 90 |",
      "| 2026-09-22 | EARN | ISSUANCE | V-1 | 90 |",
    ]);
  });

  test("F08: an order that nobody takes ends by the clock, and its minutes are free again", async () => {
    await funded("PUBLIC_POOL", 120, elder.accountId);
    const order = await ask(bank.worker);
    bank.setClock("2026-09-21T08:59:59+08:00");
    expect(await bank.services.orders.expire()).toBe(0);
    bank.setClock("2026-09-21T09:00:00+08:00");
    expect(await bank.services.orders.expire()).toBe(1);
    expect(await bank.services.orders.expire()).toBe(0);
    expect((await bank.store.view.orders([order.id])).get(order.id)?.state).toBe("EXPIRED");
    expect(await free(elder)).toBe(120);
    expect(await codeOf(claim(giver, order.id))).toBe("ILLEGAL_TRANSITION");
  });

  test("a promise of which no delivery is entered ends when it may not be entered any more", async () => {
    await funded("PUBLIC_POOL", 240, elder.accountId);
    const taken = await ask(bank.worker);
    expect(await claim(giver, taken.id)).toMatchObject({ expiresAt: at("2026-12-22", "00:00") });
    bank.setClock("2026-12-21T00:00:00+08:00");
    const waiting = await ask(bank.worker, {
      ...{ neededFrom: at("2026-12-21", "23:00"), neededTo: at("2026-12-22", "02:00") },
    });
    const expired = (when: string) => bank.store.view.ordersExpired(Date.parse(when), 1);
    expect(await expired("2026-12-21T22:59:59+08:00")).toEqual([]);
    // The first due comes first, whichever kind it is: none keeps the others waiting.
    expect(await expired("2026-12-22T00:00:00+08:00")).toMatchObject([{ id: waiting.id }]);
    bank.setClock("2026-12-22T00:00:00+08:00");
    expect(await bank.services.orders.expire()).toBe(2);
    expect((await bank.store.view.orders([taken.id])).get(taken.id)?.state).toBe("EXPIRED");
    expect(await free(elder)).toBe(240);
    const [notice] = (await bank.services.notices.list(await self(elder), null, { first: 1 })).edges;
    expect(notice?.node).toMatchObject({ kind: "ORDER", action: "EXPIRE" });
  });

  test("F12 and F13: a key elder without credit is served from the grant, and an empty grant refuses", async () => {
    const key = await recipient("孤寡老人", { categories: ["CHILDLESS_ELDER"], birthDate: "1940-01-01" });
    const asks = { recipientId: key.id, payFrom: "GOVERNMENT_GRANT" };
    expect(await refusalOf(ask(bank.worker, asks))).toEqual({
      ...{ code: "INSUFFICIENT_CREDIT", details: { asked: 120, free: 0 }, path: ["plannedMinutes"] },
    });
    await funded("GOVERNMENT_GRANT", 120);
    expect(await codeOf(ask(bank.worker, { payFrom: "GOVERNMENT_GRANT" }))).toBe("NO_CLAIM");
    const order = await ask(bank.worker, asks);
    await claim(giver, order.id);
    bank.setClock("2026-09-22T12:00:00+08:00");
    await deliver(await bank.actorOf(giver), order.id, ["09:00", "11:00"]);
    // F26: an elder without a telephone is spoken for by the station.
    expect((await accept(bank.supervisor, order.id)).state).toBe("SETTLED");
    expect((await bank.postings()).split("\n").slice(-4)).toEqual([
      "| 2026-09-20 | FUND | GRANT_FUNDING | GOVERNMENT_GRANT | 120 |",
      "| 2026-09-20 | HOLD | GOVERNMENT_GRANT | REDEEMED | 120 |",
      "| 2026-09-20 | SETTLE | GOVERNMENT_GRANT | REDEEMED | 120 |",
      "| 2026-09-22 | EARN | ISSUANCE | V-1 | 120 |",
    ]);
  });

  test("F22: of two orders for the last sixty minutes one is held, the other refused", async () => {
    await funded("PUBLIC_POOL", 60, elder.accountId);
    const asked = { plannedMinutes: 60 };
    const both = await Promise.all([codeOf(ask(bank.worker, asked)), codeOf(ask(bank.supervisor, asked))]);
    expect(both.sort()).toEqual([null, "INSUFFICIENT_CREDIT"].sort());
    expect(await free(elder)).toBe(0);
  });

  test("of many volunteers who take an order at once one gets it, and the others are told", async () => {
    await funded("PUBLIC_POOL", 120, elder.accountId);
    const order = await ask(bank.worker);
    const many = await Promise.all(Array.from({ length: 20 }, (_, i) => bank.volunteer(`W-${i}`)));
    const codes = await Promise.all(many.map((volunteer) => codeOf(claim(volunteer, order.id))));
    expect(codes.filter((code) => code === null)).toHaveLength(1);
    expect(codes.filter((code) => code === "ORDER_TAKEN")).toHaveLength(19);
  });

  test("more than was planned is asked for, never taken: the volunteer earns what was paid", async () => {
    await funded("PUBLIC_POOL", 300, elder.accountId);
    const first = await ask(bank.worker, { plannedMinutes: 60 });
    await claim(giver, first.id);
    bank.setClock("2026-09-22T13:00:00+08:00");
    await deliver(await bank.actorOf(giver), first.id, ["09:00", "11:00"]);
    expect(await codeOf(accept(bank.supervisor, first.id, { extraMinutes: 30 }))).toBe("NOT_PERMITTED");
    expect(await codeOf(accept(await self(elder), first.id, { extraMinutes: 61 }))).toBe("INVALID_INPUT");
    expect(await accept(await self(elder), first.id)).toMatchObject({ capturedMinutes: 60, extraMinutes: 0 });
    expect(await bank.credited("V-1")).toMatchObject({ posted: 60, service: 120 });
    const second = await ask(bank.worker, {
      plannedMinutes: 60,
      neededFrom: at("2026-09-23", "09:00"),
      neededTo: at("2026-09-23", "12:00"),
    });
    await claim(giver, second.id);
    bank.setClock("2026-09-23T13:00:00+08:00");
    await deliver(await bank.actorOf(giver), second.id, ["09:00", "11:00"], "2026-09-23");
    expect(await accept(await self(elder), second.id, { extraMinutes: 60 })).toMatchObject({
      capturedMinutes: 60,
      extraMinutes: 60,
    });
    expect(await bank.credited("V-1")).toMatchObject({ posted: 180, service: 240 });
    expect(await free(elder)).toBe(120);
  });

  test("a dispute hears both sides once, and a supervisor decides what is paid", async () => {
    await funded("PUBLIC_POOL", 300, elder.accountId);
    const dispute = (actor: Actor, orderId: string) =>
      bank.services.orders.dispute(actor, { idempotencyKey: bank.key(), orderId, statement: "只来了一小时" });
    const resolve = (
      actor: Actor,
      orderId: string,
      verdict: "SETTLE" | "PARTIALLY_SETTLE" | "VOID",
      minutes?: number,
    ) =>
      bank.services.orders
        .resolve(actor, { idempotencyKey: bank.key(), orderId, verdict, minutes, reason: "查看了签到表" })
        .then(({ value }) => value);
    const order = await ask(bank.worker);
    await claim(giver, order.id);
    bank.setClock("2026-09-22T12:30:00+08:00");
    const volunteer = await bank.actorOf(giver);
    await deliver(volunteer, order.id, ["09:00", "11:00"]);
    await dispute(await self(elder), order.id);
    expect(await codeOf(dispute(await self(elder), order.id))).toBe("ILLEGAL_TRANSITION");
    await dispute(volunteer, order.id);
    expect(await codeOf(accept(await self(elder), order.id))).toBe("ILLEGAL_TRANSITION");
    expect(await codeOf(resolve(bank.worker, order.id, "SETTLE"))).toBe("NOT_PERMITTED");
    expect(await codeOf(resolve(bank.supervisor, order.id, "PARTIALLY_SETTLE", 120))).toBe("INVALID_INPUT");
    const settled = await resolve(bank.supervisor, order.id, "PARTIALLY_SETTLE", 60);
    expect(settled).toMatchObject({ state: "SETTLED", capturedMinutes: 60 });
    expect(await bank.credited("V-1")).toMatchObject({ posted: 60, service: 60 });
    expect(await free(elder)).toBe(240);
    const [steps] = await bank.services.orders.reading.histories(await self(elder), [order.id]);
    expect(steps?.map(({ action, reason }) => [action, reason])).toEqual([
      ["REQUEST", null],
      ["MATCH", null],
      ["DELIVER", null],
      ["DISPUTE", "只来了一小时"],
      ["DISPUTE", "只来了一小时"],
      ["SETTLE", "查看了签到表"],
    ]);
    const next = await ask(bank.worker, { neededFrom: at("2026-09-24", "09:00"), neededTo: at("2026-09-24", "12:00") });
    await claim(giver, next.id);
    bank.setClock("2026-09-24T12:30:00+08:00");
    await deliver(volunteer, next.id, ["09:00", "11:00"], "2026-09-24");
    await dispute(await self(elder), next.id);
    expect(await resolve(bank.supervisor, next.id, "VOID")).toMatchObject({ state: "VOIDED", capturedMinutes: null });
    expect(await free(elder)).toBe(240);
    expect(await bank.credited("V-1")).toMatchObject({ posted: 60 });
  });

  test("who may take an order, and who not", async () => {
    await funded("PUBLIC_POOL", 900, elder.accountId);
    const order = await ask(bank.worker);
    const young = await bank.volunteer("V-2", { birthDate: "2010-01-01", guardian: true });
    expect(await codeOf(claim(young, order.id))).toBe("MINOR_NOT_ADMITTED");
    const clinic = await ask(bank.worker, { serviceType: "FREE_CLINIC" });
    expect(await codeOf(claim(giver, clinic.id))).toBe("NOT_QUALIFIED");
    // Offered by the station, which has seen the papers, it still needs the volunteer's yes.
    const offered = await bank.services.orders.match(bank.worker, { orderId: clinic.id, volunteerId: giver.id });
    expect(offered).toMatchObject({ state: "REQUESTED", volunteerId: null });
    expect(await claim(giver, clinic.id)).toMatchObject({ state: "MATCHED" });
    expect(await codeOf(claim(giver, order.id))).toBe("DOUBLE_BOOKED");
    const other = await bank.volunteer("V-3");
    const agreed = { orderId: order.id, volunteerId: other.id, agreed: true };
    expect(await bank.services.orders.match(bank.worker, agreed)).toMatchObject({
      state: "MATCHED",
      volunteerId: other.id,
    });
    // A cancellation within the day before is a no-show of the volunteer's.
    bank.setClock("2026-09-21T10:00:00+08:00");
    expect(await cancel(await bank.actorOf(other), order.id)).toMatchObject({
      state: "CANCELLED",
      fault: "AS_VOLUNTEER",
    });
    expect(await bank.store.view.missed(other.id, at("2026-01-01", "00:00"), at("2027-01-01", "00:00"))).toMatchObject({
      noShows: 1,
    });
    expect(await cancel(await self(elder), clinic.id)).toMatchObject({ state: "CANCELLED", fault: "AS_RECIPIENT" });
    expect(await free(elder)).toBe(900);
  });

  test("help is for the old and for those in need, ahead of time and within the catalogue", async () => {
    await funded("PUBLIC_POOL", 900, elder.accountId);
    const young = await recipient("年轻人", { birthDate: "1990-01-01", categories: ["EMPTY_NEST"] });
    const needy = await recipient("困难户", { birthDate: "1990-01-01", categories: ["HARDSHIP_FAMILY"] });
    const cases: [object, string | null][] = [
      [{ recipientId: young.id }, "NO_CLAIM"],
      [{ recipientId: needy.id }, "INSUFFICIENT_CREDIT"],
      [{ recipientId: "recipient_00000000000000000000000000" }, "NOT_FOUND"],
      [{ serviceType: "NO_SUCH" }, "SERVICE_TYPE_NOT_FOUND"],
      [{ neededFrom: at("2026-09-19", "09:00"), neededTo: at("2026-09-19", "12:00") }, "IN_THE_PAST"],
      [{ neededFrom: at("2026-12-20", "09:00"), neededTo: at("2026-12-20", "12:00") }, "TOO_FAR_AHEAD"],
      [{ neededTo: at("2026-09-22", "09:00") }, "INVALID_INTERVAL"],
      [{ plannedMinutes: 29 }, "SESSION_TOO_SHORT"],
      [{ plannedMinutes: 181 }, "SESSION_TOO_LONG"],
      [{}, null],
    ];
    for (const [more, code] of cases) expect([more, await codeOf(ask(bank.worker, more))]).toEqual([more, code]);
  });

  test("a stranger sees neither who asks nor where; the volunteer who takes the order does", async () => {
    await funded("PUBLIC_POOL", 120, elder.accountId);
    const order = await ask(bank.worker);
    const actor = await bank.actorOf(giver);
    const { reading } = bank.services.orders;
    expect((await reading.many(actor, [order.id]))[0]?.id).toBe(order.id);
    expect(await reading.insides(actor, [order.id])).toEqual([
      { recipient: null, volunteer: null, place: null, note: null },
    ]);
    expect((await reading.list(actor, {}, { first: 10 })).edges.map(({ node }) => node.id)).toEqual([order.id]);
    await claim(giver, order.id);
    const [inside] = await reading.insides(actor, [order.id]);
    expect(inside).toMatchObject({
      recipient: { displayName: "王奶奶" },
      place: "枫桥镇和平路 1 号",
      note: "请带老花镜",
    });
    const other = await bank.actorOf(await bank.volunteer("V-9"));
    expect(await reading.many(other, [order.id])).toEqual([null]);
    expect((await reading.list(other, {}, { first: 10 })).edges).toEqual([]);
  });

  test("nobody is promised to an order and a shift at once, whichever came first", async () => {
    bank.setClock("2026-09-01T09:00:00+08:00");
    const charity = await openCharity(bank);
    const [morning] = (await charity.announce("square")).shifts;
    const [later] = (
      await charity.announce("later", { shift: { startsAt: at(charityDay, "14:00"), endsAt: at(charityDay, "16:00") } })
    ).shifts;
    await funded("PUBLIC_POOL", 300, elder.accountId);
    const needed = (from: string, to: string) => ({
      ...{ neededFrom: at(charityDay, from), neededTo: at(charityDay, to), plannedMinutes: 60 },
    });
    expect(await charity.signUp(giver, morning as Shift)).toMatchObject({ state: "ACCEPTED" });
    const beside = await ask(bank.worker, needed("10:30", "12:00"));
    expect(await codeOf(claim(giver, beside.id))).toBe("DOUBLE_BOOKED");
    const after = await ask(bank.worker, needed("15:00", "16:30"));
    expect(await claim(giver, after.id)).toMatchObject({ state: "MATCHED" });
    expect(await charity.signUp(giver, later as Shift)).toBe("DOUBLE_BOOKED");
    // A station learns that it is so, and not of what.
    const offer = { orderId: beside.id, volunteerId: giver.id, agreed: true };
    expect(await refusalOf(bank.services.orders.match(bank.worker, offer))).toMatchObject({
      ...{ code: "DOUBLE_BOOKED", details: { elsewhere: true } },
    });
  });

  test("nobody moves up from a waiting list, or to new times, into the time of an order", async () => {
    bank.setClock("2026-09-01T09:00:00+08:00");
    const charity = await openCharity(bank);
    const [small] = (await charity.announce("small", { shift: { capacity: 1 } })).shifts;
    const [first, third] = [await bank.volunteer("V-2"), await bank.volunteer("V-3")];
    const place = (await charity.signUp(first, small as Shift)) as { id: string };
    const waiting = [await charity.signUp(giver, small as Shift), await charity.signUp(third, small as Shift)];
    expect(waiting).toMatchObject([{ state: "WAITLISTED" }, { state: "WAITLISTED" }]);
    await funded("PUBLIC_POOL", 300, elder.accountId);
    const wish = { neededFrom: at(charityDay, "10:00"), neededTo: at(charityDay, "12:00"), plannedMinutes: 60 };
    await claim(giver, (await ask(bank.worker, wish)).id);
    await bank.services.signUps.withdraw(await bank.actorOf(first), { signUpId: place.id });
    const states = async () => {
      const ids = waiting.map((signUp) => (signUp as { id: string }).id);
      const signUps = await bank.store.view.signUps(ids);
      return ids.map((id) => signUps.get(id)?.state);
    };
    expect(await states()).toEqual(["WAITLISTED", "ACCEPTED"]);
    bank.setClock(`${charityDay}T08:45:00+08:00`);
    expect(await charity.tick(giver, small as Shift)).toBe("SHIFT_FULL");
  });

  test("a station is told who fits an order and why, and never the elder or their own", async () => {
    const papers = { displayName: "王奶奶", birthDate: "1950-03-01", idNumber: residentId("1950-03-01") };
    const herself = await bank.volunteer("V-0", papers);
    const same = await recipient("王奶奶", papers);
    await funded("PUBLIC_POOL", 300, same.accountId);
    expect(same.personId).toBe(herself.personId);
    const daughter = await bank.volunteer("V-5");
    const asked = { idempotencyKey: bank.key(), recipientId: same.id, relation: "PARENT" as const };
    await bank.services.proxies.request(await bank.actorOf(daughter), asked);
    const other = await bank.volunteer("V-6");
    const order = await ask(bank.worker, { recipientId: same.id, payFrom: "GIFTED" });
    const proposed = await bank.services.orders.candidates(bank.worker, order);
    expect(proposed.map(({ volunteerId }) => volunteerId).sort()).toEqual([giver.id, other.id].sort());
    expect(proposed[0]).toMatchObject({ reasons: ["SAME_DIVISION", "FEW_ORDERS"], recentOrders: 0 });
    expect(await bank.services.orders.candidates(await bank.actorOf(other), order)).toEqual([]);
  });

  test("each side is told of what the other did, and a volunteer who leaves leaves no elder waiting", async () => {
    await funded("PUBLIC_POOL", 120, elder.accountId);
    const told = async (actor: Actor) => {
      const { edges } = await bank.services.notices.list(actor, null, { first: 20 });
      return edges.map(({ node }) => ("side" in node ? `${node.kind} ${node.action} ${node.state}` : node.kind));
    };
    const order = await ask(bank.worker);
    const volunteer = await bank.actorOf(giver);
    await bank.services.orders.match(bank.worker, { orderId: order.id, volunteerId: giver.id });
    expect(await told(volunteer)).toEqual(["ORDER OFFER REQUESTED"]);
    await claim(giver, order.id);
    expect(await told(await self(elder))).toEqual(["ORDER MATCH MATCHED", "ORDER REQUEST REQUESTED"]);
    await bank.services.volunteers.advance(bank.officer, { volunteerId: giver.id, action: "SUSPEND", reason: "核实" });
    expect((await bank.store.view.orders([order.id])).get(order.id)).toMatchObject({ state: "CANCELLED", fault: null });
    expect(await free(elder)).toBe(120);
    expect((await told(await self(elder)))[0]).toBe("ORDER CANCEL CANCELLED");
  });

  test("the record of an order goes its own way only once it is posted", async () => {
    await funded("PUBLIC_POOL", 120, elder.accountId);
    const order = await ask(bank.worker);
    await claim(giver, order.id);
    bank.setClock("2026-09-22T12:00:00+08:00");
    const { recordId } = await deliver(await bank.actorOf(giver), order.id, ["09:00", "11:00"]);
    expect(await bank.confirm(bank.supervisor, recordId)).toEqual(["ILLEGAL_TRANSITION"]);
    expect(await codeOf(accept(await bank.actorOf(giver), order.id))).toBe("NOT_PERMITTED");
    await accept(bank.supervisor, order.id);
    const reversed = await bank.services.hours.reverse(bank.officer, {
      idempotencyKey: bank.key(),
      recordId: recordId ?? "",
      reason: "未到场",
    });
    expect(reversed.value.state).toBe("REVERSED");
  });
});
