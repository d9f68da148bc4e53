import type { Volunteer } from "../../src/domain/facts/people";
import type { Recipient } from "../../src/domain/facts/visits";
import type { Actor } from "../../src/domain/permissions/actors";
import { openApi, type TestApi } from "../support/api";
import { closeFullyAudited } from "../support/audited";
import { at, openBank, type TestBank } from "../support/bank";
import { grantMinutes, proxySteps, registerElder, signedIn } from "../support/elders";
import { engines } from "../support/engines";
import { refusalCodeOf as codeOf } from "../support/outcomes";
import { residentId } from "../support/papers";

describe.each(engines)("what a family proxy must not outlive, earn or read, on $name", (engine) => {
  let bank: TestBank;
  let api: TestApi;
  let mother: Recipient;
  let elder: Actor;
  let child: Volunteer;
  let daughter: Actor;
  let steps: ReturnType<typeof proxySteps>;
  beforeEach(async () => {
    bank = await openBank(engine, "2026-09-20T09:00:00+08:00");
    api = await openApi(bank);
    steps = proxySteps(bank);
    mother = await listed("陈老太");
    elder = await actorOf(mother);
    child = await bank.volunteer("V-1", { displayName: "陈梅", birthDate: "1970-03-01" });
    daughter = await bank.actorOf(child);
  });
  afterEach(() => closeFullyAudited(bank, api));

  const actorOf = (of: { personId: string }) => signedIn(bank, of);
  const listed = (displayName: string, more: object = {}) =>
    registerElder(bank, { displayName, birthDate: "1946-03-01", ...more });
  const request = (actor: Actor, of: Pick<Recipient, "id"> = mother) => steps.request(actor, of);
  const advance: typeof steps.advance = (...of) => steps.advance(...of);
  const active = (actor = daughter, of = mother) => steps.activate(actor, of);
  const stateOf = async (id: string) => (await bank.store.view.proxies([id])).get(id)?.state;
  const sees = async (actor: Actor, id = mother.id) => (await bank.services.recipients.many(actor, [id]))[0] !== null;
  const funded = () => grantMinutes(bank, mother, 600);
  const visited = (result: "DECEASED" | "NOT_HOME", recipientId = mother.id) =>
    bank.services.visits.record(bank.worker, {
      ...{ idempotencyKey: bank.key(), organizationId: bank.station.id, recipientId, asVolunteer: false },
      ...{ at: at("2026-09-20", "08:00"), mode: "HOME" as const, result, visitor: "SOCIAL_WORKER" as const },
    });

  test("a relative is not paid for helping their own elder", async () => {
    await funded();
    const id = await active();
    const { value: order } = await bank.services.orders.request(daughter, {
      ...{ idempotencyKey: bank.key(), recipientId: mother.id, serviceType: "COMPANION_TALK", plannedMinutes: 60 },
      ...{ neededFrom: at("2026-09-22", "09:00"), neededTo: at("2026-09-22", "11:00"), payFrom: "OWN" },
    });
    const take = () => bank.services.orders.match(daughter, { orderId: order.id });
    expect(await codeOf(take())).toBe("SELF_CONFIRMATION");
    const offer = { orderId: order.id, volunteerId: child.id, agreed: true };
    expect(await codeOf(bank.services.orders.match(bank.worker, offer))).toBe("SELF_CONFIRMATION");
    await advance(elder, id, "REVOKE");
    expect((await take()).state).toBe("MATCHED");
  });

  test("a relation that is merely claimed makes nobody family", async () => {
    await funded();
    await request(daughter);
    const { value: order } = await bank.services.orders.request(elder, {
      ...{ idempotencyKey: bank.key(), serviceType: "COMPANION_TALK", plannedMinutes: 60, payFrom: "OWN" },
      ...{ neededFrom: at("2026-09-22", "09:00"), neededTo: at("2026-09-22", "11:00") },
    });
    expect((await bank.services.orders.match(daughter, { orderId: order.id })).state).toBe("MATCHED");
  });

  test("what the stations say among themselves of an elder is not read by the elder or the proxy", async () => {
    await active();
    const revised = { recipientId: mother.id, address: "枫桥镇", reason: "邻居反映家中不和" };
    await bank.services.recipients.revise(bank.worker, revised);
    await visited("NOT_HOME");
    const query = "query ($id: ID!) { node(id: $id) { ... on Recipient { displayName history { reason } } } }";
    for (const actor of [daughter, elder]) {
      const { data } = await api.post(actor, { query, variables: { id: mother.id } });
      expect(data.node).toEqual({ displayName: "陈老太", history: [] });
      const obligation = `obligation_${mother.id.slice("recipient_".length)}.2026-09.MONTHLY`;
      expect(await bank.services.visits.obligations.many(actor, [obligation])).toEqual([null]);
    }
    const { data } = await api.post(bank.worker, { query, variables: { id: mother.id } });
    expect(data.node.history).toEqual([{ reason: "邻居反映家中不和" }]);
  });

  test("it ends at once with the elder's death, and comes back where the death was a mistake", async () => {
    const id = await active();
    const grandson = await bank.actorOf(await bank.volunteer("V-2"));
    const waiting = await request(grandson);
    const { value: visit } = await visited("DECEASED");
    expect(await sees(daughter)).toBe(false);
    expect(await codeOf(advance(bank.supervisor, waiting, "APPROVE"))).toBe("RECIPIENT_DECEASED");
    await bank.services.visits.withdraw(bank.worker, { visitId: visit.id, reason: "误录" });
    expect(await sees(daughter)).toBe(true);
    expect(await stateOf(id)).toBe("ACTIVE");
  });

  test("it ends with the proxy's death, for good", async () => {
    const id = await active();
    const died = { volunteerId: child.id, action: "RECORD_DEATH" as const, reason: "去世" };
    await bank.services.volunteers.advance(bank.officer, died);
    expect(await stateOf(id)).toBe("REVOKED");
    await bank.services.volunteers.advance(bank.officer, { ...died, action: "UNDO_DEATH", reason: "误录" });
    expect(await sees(await bank.actorOf(child))).toBe(false);
  });

  describe("people who are merged and parted", () => {
    const merge = (keepPersonId: string, mergePersonId: string) =>
      bank.services.persons.merge(bank.officer, {
        ...{ idempotencyKey: bank.key(), keepPersonId, mergePersonId, reason: "同一人两次登记" },
      });

    test("what the person who goes held is over, and a parting does not bring it back", async () => {
      const id = await active();
      const asked = await request(daughter, await listed("另一位老人", { birthDate: "1940-01-01" }));
      const twin = await bank.volunteer("V-3", { displayName: "陈梅", birthDate: "1970-03-01" });
      await merge(twin.personId, child.personId);
      expect([await stateOf(id), await stateOf(asked)]).toEqual(["REVOKED", "REFUSED"]);
      expect(await sees(await bank.actorOf(twin))).toBe(false);
      const held = await active(await bank.actorOf(twin));
      const parted = { personId: twin.personId, mergedPersonId: child.personId, reason: "误并" };
      const done = await bank.services.persons.separate(bank.officer, { idempotencyKey: bank.key(), ...parted });
      // Which of the two had asked, and whose papers the station saw, nobody knows any more.
      expect(await stateOf(held)).toBe("REVOKED");
      for (const personId of [twin.personId, done.value.separatedId])
        expect(await sees(await actorOf({ personId }))).toBe(false);
    });

    test("an elder who was registered twice agrees once more for the registration that stays", async () => {
      const papers = { idNumber: residentId("1946-03-01") };
      const twice = await listed("陈老太", papers);
      const id = await active(daughter, twice);
      const stays = await active();
      await merge(mother.personId, twice.personId);
      expect([await stateOf(id), await stateOf(stays)]).toEqual(["REVOKED", "ACTIVE"]);
      expect([await sees(daughter, twice.id), await sees(daughter)]).toEqual([false, true]);
    });

    test("nobody acts for themselves", async () => {
      const twin = await bank.volunteer("V-4", { displayName: "陈老太", birthDate: "1946-03-01" });
      const id = await active(await bank.actorOf(twin));
      await merge(twin.personId, mother.personId);
      expect(await stateOf(id)).toBe("REVOKED");
    });

    test("an elder who is parted from another person has agreed to nothing", async () => {
      const id = await active();
      const joined = await bank.volunteer("V-5", { displayName: "陈老太", birthDate: "1946-03-01" });
      await merge(joined.personId, mother.personId);
      expect(await stateOf(id)).toBe("ACTIVE");
      const parted = { personId: joined.personId, separateRecipientId: mother.id, papersOf: "KEPT" as const };
      const input = { idempotencyKey: bank.key(), ...parted, reason: "误并" };
      await bank.services.persons.separate(bank.officer, input);
      expect(await stateOf(id)).toBe("REVOKED");
      expect(await sees(daughter)).toBe(false);
    });

    test("who has seen the papers does not speak for the elder under another id of theirs", async () => {
      const second = await bank.volunteer("W-1", { displayName: "站长" });
      const twin = await bank.volunteer("W-2", { displayName: "站长" });
      await bank.services.people.grantRole(bank.officer, {
        ...{ idempotencyKey: bank.key(), personId: second.personId, role: "STATION_SUPERVISOR" },
        ...{ organizationId: bank.station.id, validFrom: "2026-09-01" },
      });
      const id = await request(daughter);
      await advance(await bank.actorOf(second), id, "APPROVE");
      await merge(twin.personId, second.personId);
      const now = await bank.actorOf(twin);
      expect(await codeOf(advance(now, id, "ACCEPT", "口头同意"))).toBe("SAME_PERSON");
    });
  });

  // The word for the same state of an order said that it waited for a volunteer.
  test("a refusal says of a proxy that it waits, in the words of a proxy", async () => {
    const query = "mutation ($input: AdvanceProxyInput!) { advanceProxy(input: $input) { userErrors { message } } }";
    const input = { proxyId: await request(daughter), action: "ACCEPT", reason: "口头同意" };
    const said = async (language: string) => {
      const asked = { query, variables: { input } };
      const { data } = await api.post(bank.worker, asked, { "accept-language": language });
      return data.advanceProxy.userErrors[0].message;
    };
    expect(await said("zh")).toBe("目前是“已提出，等待办理”，不能办理“接受”。");
    expect(await said("en")).toContain("asked for, and waiting");
  });

  test("a person is erased after their proxies have ended, and a stranger does not learn that there was one", async () => {
    const gone = await listed("离开的老人", { birthDate: "1940-01-01" });
    const id = await active(daughter, gone);
    await bank.services.recipients.list(bank.officer, { recipientId: gone.id, listed: false, reason: "迁出" });
    bank.setClock("2026-09-22T09:00:00+08:00");
    const erase = () =>
      bank.services.privacy.erase(bank.officer, {
        ...{ idempotencyKey: bank.key(), personId: gone.personId, reason: "本人要求" },
      });
    expect(await codeOf(erase())).toBe("STILL_ACTIVE");
    await advance(daughter, id, "REVOKE");
    expect(await codeOf(erase())).toBe(null);
    const stranger = await bank.actorOf(await bank.volunteer("V-6"));
    const unknown = { id: `recipient_${"0".repeat(26)}` };
    const answers = [await codeOf(request(stranger, gone)), await codeOf(request(stranger, unknown))];
    expect(answers).toEqual(["NOT_FOUND", "NOT_FOUND"]);
  });
});
