import type { Volunteer } from "../../src/domain/facts/people";
import type { Recipient } from "../../src/domain/facts/visits";
import type { Actor } from "../../src/domain/permissions/actors";
import { openApi, type TestApi } from "../support/api";
import { closeFullyAudited } from "../support/audited";
import { at, openBank, type TestBank } from "../support/bank";
import { grantMinutes, proxySteps, registerElder, signedIn } from "../support/elders";
import { engines } from "../support/engines";
import { refusalCodeOf as codeOf } from "../support/outcomes";

/** A daughter acts for her mother, who has no telephone: two steps of consent, limits, and an end with the elder's word. */
describe.each(engines)("family proxies on $name", (engine) => {
  let bank: TestBank;
  let api: TestApi;
  let mother: Recipient;
  let elder: Actor;
  let daughter: Actor;
  let giver: Volunteer;
  let steps: ReturnType<typeof proxySteps>;
  beforeEach(async () => {
    bank = await openBank(engine, "2026-09-20T09:00:00+08:00");
    api = await openApi(bank);
    mother = await registerElder(bank, { displayName: "陈老太", birthDate: "1946-03-01" });
    elder = await signedIn(bank, mother);
    daughter = await bank.actorOf(await bank.volunteer("V-1", { displayName: "陈梅" }));
    giver = await bank.volunteer("V-2");
    await grantMinutes(bank, mother, 600);
    steps = proxySteps(bank);
  });
  afterEach(() => closeFullyAudited(bank, api));

  const request = (actor = daughter) => steps.request(actor, mother, { evidence: { kind: "OTHER", ref: "户口簿" } });
  const advance: typeof steps.advance = (...of) => steps.advance(...of);
  const active = () => steps.activate(daughter, mother);
  const ask = (actor: Actor, hour = 9, day = "2026-09-22") =>
    bank.services.orders
      .request(actor, {
        idempotencyKey: bank.key(),
        recipientId: mother.id,
        serviceType: "ESCORT_OUTING",
        neededFrom: at(day, `${String(hour).padStart(2, "0")}:00`),
        neededTo: at(day, `${String(hour + 1).padStart(2, "0")}:00`),
        plannedMinutes: 60,
        payFrom: "OWN",
      })
      .then(({ value }) => value);

  test("a claimed relation opens nothing before the station has seen the papers and the elder has agreed", async () => {
    const id = await request();
    expect(await request()).toBe(id);
    expect(await bank.services.recipients.many(daughter, [mother.id])).toEqual([null]);
    expect(await codeOf(ask(daughter))).toBe("NOT_FOUND");
    expect(await codeOf(advance(daughter, id, "APPROVE"))).toBe("NOT_PERMITTED");
    expect(await codeOf(advance(bank.worker, id, "APPROVE"))).toBe("NOT_PERMITTED");
    expect(await codeOf(advance(elder, id, "ACCEPT"))).toBe("ILLEGAL_TRANSITION");
    await advance(bank.supervisor, id, "APPROVE");
    expect(await codeOf(ask(daughter))).toBe("NOT_FOUND");
    // Who has seen the papers does not speak for the elder as well, and says why who does.
    expect(await codeOf(advance(bank.supervisor, id, "ACCEPT", "口头同意"))).toBe("SAME_PERSON");
    expect(await codeOf(advance(bank.worker, id, "ACCEPT"))).toBe("REASON_MISSING");
    expect(await advance(bank.worker, id, "ACCEPT", "探访时老人口头同意")).toMatchObject({
      state: "ACTIVE",
      validUntil: "2027-09-20",
    });
    expect((await bank.services.recipients.many(daughter, [mother.id]))[0]?.id).toBe(mother.id);
    const stranger = await bank.actorOf(giver);
    expect(await bank.services.recipients.many(stranger, [mother.id])).toEqual([null]);
    expect(await codeOf(advance(stranger, id, "REVOKE", "试"))).toBe("NOT_FOUND");
  });

  test("a whole redemption with a proxy, told by its postings", async () => {
    await active();
    const order = await ask(daughter);
    await bank.services.orders.match(await bank.actorOf(giver), { orderId: order.id });
    bank.setClock("2026-09-22T11:00:00+08:00");
    await bank.services.orders.deliver(await bank.actorOf(giver), {
      ...{ idempotencyKey: bank.key(), orderId: order.id, breakMinutes: 0, content: "陪同就医" },
      ...{ startedAt: at("2026-09-22", "09:00"), endedAt: at("2026-09-22", "10:00") },
    });
    const { value } = await bank.services.orders.accept(daughter, { idempotencyKey: bank.key(), orderId: order.id });
    expect(value).toMatchObject({ state: "SETTLED", capturedMinutes: 60 });
    expect((await bank.postings()).split("\n").slice(-4)).toEqual([
      "| 2026-09-20 | GRANT | GRANT_FUNDING | RECIPIENT | 600 |",
      "| 2026-09-20 | HOLD | RECIPIENT | REDEEMED | 60 |",
      "| 2026-09-20 | SETTLE | RECIPIENT | REDEEMED | 60 |",
      "| 2026-09-22 | EARN | ISSUANCE | V-2 | 60 |",
    ]);
    const [taken] = await bank.services.orders.reading.histories(daughter, [order.id]);
    expect(taken?.map(({ action, actorKind }) => `${action} ${actorKind}`)).toEqual([
      "REQUEST FAMILY_PROXY",
      "MATCH VOLUNTEER",
      "DELIVER VOLUNTEER",
      "ACCEPT FAMILY_PROXY",
    ]);
  });

  test("so many steps a day, so many proxies an elder, and no longer than agreed", async () => {
    const id = await active();
    for (const hour of [9, 10, 11, 12, 13]) await ask(daughter, hour);
    expect(await codeOf(ask(daughter, 14))).toBe("PROXY_LIMIT");
    bank.setClock("2026-09-21T00:00:00+08:00");
    expect((await ask(daughter, 14)).state).toBe("REQUESTED");
    for (const no of ["A", "B"]) {
      const id = await request(await bank.actorOf(await bank.volunteer(`S-${no}`)));
      await advance(bank.supervisor, id, "APPROVE");
      await advance(elder, id, "ACCEPT");
    }
    const grandson = await bank.actorOf(await bank.volunteer("S-C"));
    const fourth = await request(grandson);
    await advance(bank.supervisor, fourth, "APPROVE");
    expect(await codeOf(advance(elder, fourth, "ACCEPT"))).toBe("PROXY_LIMIT");
    // It ends at once with the elder's word, and makes room.
    expect(await advance(elder, id, "REVOKE")).toMatchObject({ state: "REVOKED" });
    expect(await codeOf(ask(daughter, 15))).toBe("NOT_FOUND");
    expect(await advance(elder, fourth, "ACCEPT")).toMatchObject({ state: "ACTIVE" });
    bank.setClock("2027-10-01T09:00:00+08:00");
    expect(await bank.services.recipients.many(grandson, [mother.id])).toEqual([null]);
    expect(await codeOf(ask(grandson, 9, "2027-10-02"))).toBe("NOT_FOUND");
  });

  test("the elder and the proxy read over the API what is theirs", async () => {
    await active();
    const query =
      "{ viewer { recipient { id displayName account { id balance { available } } } proxies { id state relation recipient { id displayName } validUntil } } }";
    const { data: own } = await api.post(elder, { query });
    expect(own.viewer).toMatchObject({
      recipient: { id: mother.id, displayName: "陈老太", account: { balance: { available: 600 } } },
      proxies: [],
    });
    const { data: hers } = await api.post(daughter, { query });
    expect(hers.viewer).toMatchObject({
      recipient: null,
      proxies: [
        { state: "ACTIVE", relation: "PARENT", recipient: { displayName: "陈老太" }, validUntil: "2027-09-20" },
      ],
    });
    const waiting =
      "{ familyProxies(first: 5, filter: { state: [ACTIVE] }) { edges { node { id history { action actor { kind } } } } } }";
    expect((await api.post(bank.worker, { query: waiting })).data.familyProxies.edges).toHaveLength(1);
    expect((await api.post(daughter, { query: waiting })).errors?.[0]?.extensions.code).toBe("NOT_PERMITTED");
  });
});
