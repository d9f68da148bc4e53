import { recordStep } from "../../src/domain/facts/hours";
import type { Actor } from "../../src/domain/permissions/actors";
import { openServices, type Services } from "../../src/services";
import type { Store, StoredRecord, Tx } from "../../src/storage/store";
import { type Answer, openApi, type TestApi } from "../support/api";
import { openBank, type TestBank } from "../support/bank";
import { asked } from "../support/counting";
import { everyEngine } from "../support/engines";

/** Two servers of one bank: each remembers what changes rarely, and neither may answer or decide by what the other has changed. */
describe.each(everyEngine)("two servers on $name", (engine) => {
  let bank: TestBank;
  let otherStore: Store;
  let other: Services;
  let api: TestApi;
  beforeAll(async () => {
    bank = await openBank(engine);
    const { clock } = bank.options;
    otherStore = await bank.ground.open(clock);
    const options = { ...bank.options, store: otherStore };
    other = openServices(options);
    api = await openApi({ ...bank, store: otherStore, services: other, options });
  });
  afterAll(async () => {
    await api.close();
    await otherStore.close();
    await bank.close();
  });

  const ask = async (actor: Actor, query: string): Promise<Answer["data"]> => {
    const answer = await api.post(actor, { query });
    expect(answer.errors).toBeUndefined();
    return answer.data;
  };

  /** What the second server answers, and what the first server changes. */
  const cases: { what: string; query: string; change(): Promise<unknown>; answer(data: Answer["data"]): unknown }[] = [
    {
      what: "an organisation's name",
      query: '{ organizationBySlug(slug: "fengqiao-station") { name } }',
      change: () =>
        bank.services.registry.revise(bank.officer, {
          organizationId: bank.station.id,
          name: "枫桥镇社会工作站",
          reason: "改名",
        }),
      answer: (data) => data.organizationBySlug.name,
    },
    {
      what: "a division",
      query: "{ divisions { code } }",
      change: () =>
        bank.services.divisions.set(bank.officer, {
          idempotencyKey: bank.key(),
          mode: "EACH",
          dryRun: false,
          divisions: [{ code: "330681102", name: "东白湖镇", parentCode: "zhuji" }],
        }),
      answer: (data) => data.divisions.length,
    },
    {
      what: "a policy",
      query: '{ policies(filter: { key: ["credit.balanceCapMinutes"] }, first: 10) { edges { node { value } } } }',
      change: () =>
        bank.services.policies.set(bank.officer, {
          idempotencyKey: bank.key(),
          key: "credit.balanceCapMinutes",
          value: 9_000,
          effectiveFrom: "2026-10-01",
          citation: "测试",
        } as never),
      answer: (data) => data.policies.edges.length,
    },
    {
      what: "the roles of who asks",
      query: "{ viewer { grants { role } } }",
      change: () => bank.grant(bank.worker.personId as string, "STATION_SUPERVISOR", bank.station.id),
      answer: (data) => data.viewer.grants.length,
    },
  ];
  test.each(cases)("$what is as the other server left it, in the next request", async ({ query, change, answer }) => {
    const before = answer(await ask(bank.worker, query));
    expect(answer(await ask(bank.worker, query))).toEqual(before);
    await change();
    expect(answer(await ask(bank.worker, query))).not.toEqual(before);
  });

  const entry = (volunteerNo: string, day: string) => ({
    volunteerNo,
    serviceType: "COMPANION_TALK",
    startedAt: Date.parse(`${day}T09:00:00+08:00`),
    endedAt: Date.parse(`${day}T10:00:00+08:00`),
    breakMinutes: 0,
    content: "聊天",
    activityLead: "负责人",
  });
  const log = (services: Services, actor: Actor, volunteerNo: string, day: string) =>
    services.hours.log(actor, {
      idempotencyKey: bank.key(),
      organizationId: bank.station.id,
      mode: "EACH",
      dryRun: false,
      entries: [entry(volunteerNo, day)],
    });

  test("a role that the other server ended decides nothing any more, within the same second", async () => {
    const volunteer = await bank.volunteer("V-1");
    const worker = await bank.staff("STATION_WORKER", bank.station.id, "leaving");
    expect((await log(other, worker, "V-1", "2026-09-17")).accepted).toBe(1);
    const [grant] =
      (await bank.store.view.grantsOfPersons([worker.personId as string])).get(worker.personId as string) ?? [];
    await bank.services.people.revokeRole(bank.officer, { grantId: grant?.id as string, reason: "离岗" });
    await expect(log(other, worker, "V-1", "2026-09-18")).rejects.toMatchObject({ code: "NOT_PERMITTED" });
    expect(volunteer.state).toBe("ACTIVE");
  });

  test("a volunteer who was suspended on the other server cannot be logged", async () => {
    const volunteer = await bank.volunteer("V-2");
    expect((await log(other, bank.worker, "V-2", "2026-09-17")).accepted).toBe(1);
    await bank.services.volunteers.advance(bank.supervisor, {
      volunteerId: volunteer.id,
      action: "SUSPEND",
      reason: "暂停",
    } as never);
    const answer = await log(other, bank.worker, "V-2", "2026-09-18");
    expect(answer.results[0]?.refusal?.code).toBe("VOLUNTEER_NOT_FOUND");
  });

  const renamed = async (tx: Tx, name: string) => {
    const organizations = await tx.organizations([bank.station.id]);
    const { seq: _, ...station } = organizations.get(bank.station.id) as typeof bank.station & { seq?: number };
    await tx.append("system", {
      type: "ORGANIZATION_STEP",
      ...station,
      name,
      version: station.version + 1,
    } as never);
    return (await tx.organizations([bank.station.id])).get(bank.station.id)?.name;
  };
  const nameIn = async (store: Store) => {
    await store.refresh();
    return (await store.view.organizations([bank.station.id])).get(bank.station.id)?.name;
  };

  test("a row that a transaction takes back is not remembered: not after a refusal, not after a rehearsal, not in its batch", async () => {
    const before = await nameIn(bank.store);
    const refused = bank.store.write(async (tx) => {
      expect(await renamed(tx, "站一")).toBe("站一");
      throw new Error("taken back");
    });
    const after = bank.store.write(
      async (tx) => (await tx.organizations([bank.station.id])).get(bank.station.id)?.name,
    );
    await expect(refused).rejects.toThrow("taken back");
    expect(await after).toBe(before);
    expect(await bank.store.rehearse((tx) => renamed(tx, "站二"))).toBe("站二");
    expect(await nameIn(bank.store)).toBe(before);
    expect(await nameIn(otherStore)).toBe(before);
  });

  test("both processes remember a row that a transaction kept", async () => {
    expect(await nameIn(otherStore)).toBe(await nameIn(bank.store));
    await bank.store.write((tx) => renamed(tx, "站三"));
    expect(await nameIn(bank.store)).toBe("站三");
    expect(await nameIn(otherStore)).toBe("站三");
  });

  test("what was sealed stays remembered while more is sealed, and what a transaction takes back is not remembered", async () => {
    const { id, profileId } = await bank.volunteer("V-9");
    const profileIn = async (store: Store) => {
      await store.refresh();
      const [profile, { statements }] = await asked(async () => store.view.sealed([profileId]));
      return { is: profile.has(profileId), read: statements.filter((text) => text.includes("ciphertext")).length };
    };
    await profileIn(bank.store);
    const logged = await log(bank.services, bank.worker, "V-9", "2026-09-18");
    const detailsId = logged.results[0]?.record?.detailsId ?? "";
    expect(await profileIn(bank.store)).toEqual({ is: true, read: 0 });
    expect((await bank.store.view.sealed([detailsId])).has(detailsId)).toBe(true);

    // Each of the two reads what it has sealed before it ends, and neither is kept.
    const sealedIn = async (tx: Tx) => {
      const record = (await tx.records([logged.results[0]?.record?.id ?? ""])).values().next().value as StoredRecord;
      const sealed = { id: "sealed_taken_back", personId: id, salt: Buffer.alloc(16), ciphertext: Buffer.alloc(30) };
      tx.seal(sealed, Buffer.alloc(32));
      const step = {
        version: 2,
        action: "CONFIRM",
        from: "SUBMITTED",
        actorKind: "SYSTEM",
        reasonId: sealed.id,
      } as const;
      await tx.append("system", recordStep.step(record, step), record);
      return (await tx.sealed([sealed.id])).has(sealed.id);
    };
    expect(await bank.store.rehearse(sealedIn)).toBe(true);
    const refused = bank.store.write(async (tx) => {
      expect(await sealedIn(tx)).toBe(true);
      throw new Error("taken back");
    });
    await expect(refused).rejects.toThrow("taken back");
    for (const store of [bank.store, otherStore]) {
      await store.refresh();
      expect((await store.view.sealed(["sealed_taken_back"])).size).toBe(0);
      expect(await store.write(async (tx) => (await tx.sealed(["sealed_taken_back"])).size)).toBe(0);
    }
  });
});
