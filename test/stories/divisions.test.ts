import type { DivisionLine } from "../../src/domain/organizations/divisions";
import { type Actor, system } from "../../src/domain/permissions/actors";
import { foundBank, openServices, type Services, seededEntropy } from "../../src/services";
import { audit } from "../../src/services/audit";
import type { Store } from "../../src/storage/store";
import { closeAudited } from "../support/audited";
import { openBank, type TestBank } from "../support/bank";
import { asked } from "../support/counting";
import { type Engine, engines, type Ground, origin } from "../support/engines";
import { codeOf } from "../support/outcomes";

/** A county begins: its officer sets the divisions, and everything else begins in one of them. */
describe.each(engines)("divisions on $name", (engine: Engine) => {
  let bank: TestBank;
  beforeEach(async () => {
    bank = await openBank(engine);
  });
  afterEach(() => closeAudited(bank));

  const set = (divisions: DivisionLine[], more: object = {}, who = bank.officer) =>
    bank.services.divisions.set(who, {
      idempotencyKey: bank.key(),
      mode: "EACH",
      dryRun: false,
      divisions,
      ...more,
    });
  const lineOutcomes = ({ results }: Awaited<ReturnType<typeof set>>) =>
    results.map(({ record, repeated, refusal }) => refusal?.code ?? (repeated ? "repeated" : record?.code));
  const retire = (code: string, name: string) => set([{ code, name, retired: true }]);

  test("are read whole once for many commands; what another process sets is seen at once, what a rehearsal set is not", async () => {
    const store = await bank.ground.open(bank.options.clock);
    const otherServices = openServices({ ...bank.options, store });
    const wholeReads = async (work: () => Promise<void>) =>
      (await asked(work))[1].statements.filter((text) => text.includes('from "divisions"')).length;
    const register = (volunteerNo: string) =>
      otherServices.volunteers.register(bank.worker, {
        idempotencyKey: bank.key(),
        volunteerNo,
        displayName: "梅",
        birthDate: "1990-01-01",
        divisionCode: "fengqiao",
        consent: true,
      });
    expect(
      await wholeReads(async () => {
        for (const no of ["V-11", "V-12", "V-13"]) await register(no);
      }),
    ).toBe(1);

    const names = async (services: Services) => (await services.divisions.inside("zhuji")).map(({ name }) => name);
    const before = await names(otherServices);
    await set([{ code: "fengqiao", name: "枫桥甲镇" }], { dryRun: true });
    expect(await names(otherServices)).toEqual(before);
    expect(await names(bank.services)).toEqual(before);
    // Another process, with what it knows itself.
    await set([{ code: "fengqiao", name: "枫桥乙镇" }]);
    expect(
      await wholeReads(async () => {
        expect(await names(otherServices)).toContain("枫桥乙镇");
        await register("V-14");
      }),
    ).toBe(1);
    expect(await names(bank.services)).toContain("枫桥乙镇");
    await store.close();
  });

  test("are set in a batch, the same again changes nothing, and a key is answered once", async () => {
    const lines = [
      { code: "330681109200", name: "新村", parentCode: "fengqiao" },
      { code: "330681001", name: "暨阳街道" },
      { code: "33068", name: "五位" },
      { code: "330681002", name: " " },
      { code: "330681002", name: "=SUM(A1)" },
      { code: "330681002", name: "浣东\u202e街道" },
    ];
    const key = { idempotencyKey: "county" };
    const first = await set(lines, key);
    expect([first.accepted, first.repeated, first.refused, first.replayed]).toEqual([2, 0, 4, false]);
    expect(lineOutcomes(first)).toEqual([
      "330681109200",
      "330681001",
      "DIVISION_CODE_INVALID",
      ...Array(3).fill("INVALID_INPUT"),
    ]);
    expect(first.results[1]?.record).toMatchObject({
      kind: "SUBDISTRICT",
      parentCode: "zhuji",
      officialCode: "330681001",
    });
    expect(first.results[3]?.refusal?.path).toEqual(["name"]);
    const { seq } = await bank.store.view.head();
    expect(await set(lines, key)).toMatchObject({ accepted: 2, refused: 4, replayed: true });
    expect(await codeOf(set(lines.slice(1), key).then(() => null))).toBe("IDEMPOTENCY_CONFLICT");
    expect(await set(lines)).toMatchObject({ accepted: 0, repeated: 2, refused: 4, replayed: false });
    expect((await bank.store.view.head()).seq).toBe(seq);
  });

  test("keep none of a batch that has a bad line, where that is asked for; a dry run keeps nothing", async () => {
    const lines = [
      { code: "330681001", name: "暨阳街道" },
      { code: "330681109001", name: "某社区" },
    ];
    const before = await bank.store.view.head();
    const all = { mode: "ALL_OR_NOTHING" };
    expect(lineOutcomes(await set(lines, { ...all, dryRun: true }))).toEqual(["LINKED_FAILED", "DIVISION_NOT_FOUND"]);
    expect(lineOutcomes(await set(lines, { ...all, idempotencyKey: "all" }))).toEqual([
      "LINKED_FAILED",
      "DIVISION_NOT_FOUND",
    ]);
    expect(await set(lines, { ...all, idempotencyKey: "all" })).toMatchObject({ replayed: true, refused: 2 });
    const dry = await set(lines.slice(0, 1), { dryRun: true });
    expect([dry.accepted, dry.results[0]?.record?.name]).toEqual([1, "暨阳街道"]);
    expect(await bank.store.view.head()).toEqual(before);
  });

  test("are for officers of the whole bank, not for an organisation's roles or an officer of a town", async () => {
    const townOfficer = await bank.services.people.registerStaff(system, { displayName: "镇" });
    const grant = { personId: townOfficer, role: "OFFICER" as const, divisionCode: "zhuji", validFrom: "2020-01-01" };
    await bank.services.people.grantRole(system, { idempotencyKey: bank.key(), ...grant });
    const actor = await bank.services.people.actorOfPerson(townOfficer);
    for (const who of [actor, bank.supervisor])
      for (const dryRun of [true, false])
        expect(await codeOf(set([{ code: "330681001", name: "暨阳街道" }], { dryRun }, who).then(() => null))).toBe(
          "NOT_PERMITTED",
        );
  });

  test("1,001 lines are too many, and none are too few; 1,000 are set", async () => {
    const villages = Array.from({ length: 1001 }, (_, i) => ({
      code: `village-${i}`,
      name: `村${i}`,
      kind: "VILLAGE" as const,
      parentCode: "fengqiao",
    }));
    for (const lines of [villages, []]) expect(await codeOf(set(lines).then(() => null))).toBe("BATCH_TOO_LARGE");
    expect(await set(villages.slice(1))).toMatchObject({ accepted: 1000, refused: 0 });
    expect(
      await set([{ code: "long", name: "村".repeat(100_000), kind: "VILLAGE", parentCode: "fengqiao" }]),
    ).toMatchObject({
      refused: 1,
    });
  });

  test("a retired one keeps its history and takes nothing new; taken into use again, it does", async () => {
    const { services } = bank;
    await set([{ code: "caota", name: "草塔镇", kind: "TOWN", parentCode: "zhuji" }]);
    const station = async (slug: string) =>
      (
        await services.organizations.register(bank.officer, {
          idempotencyKey: bank.key(),
          slug,
          name: slug,
          kind: "SOCIAL_WORK_STATION",
          filingStatus: "REGISTERED",
          divisionCode: "caota",
        })
      ).value;
    const { id: organizationId } = await station("caota-station");
    const worker = await bank.staff("STATION_WORKER", organizationId);
    const supervisor = await bank.staff("STATION_SUPERVISOR", organizationId);
    const volunteer = (no: string) =>
      services.volunteers.register(worker, {
        idempotencyKey: bank.key(),
        volunteerNo: no,
        displayName: "草塔志愿者",
        birthDate: "1980-05-01",
        divisionCode: "caota",
        consent: true,
      });
    const log = async (no: string, day: string) => {
      const { results } = await services.hours.log(worker, {
        idempotencyKey: bank.key(),
        organizationId,
        mode: "EACH",
        dryRun: false,
        entries: [
          {
            volunteerNo: no,
            serviceType: "COMPANION_TALK",
            startedAt: Date.parse(`${day}T09:00:00+08:00`),
            endedAt: Date.parse(`${day}T11:00:00+08:00`),
            breakMinutes: 0,
            content: "聊天",
            activityLead: "负责人",
          },
        ],
      });
      return results[0]?.record?.id as string;
    };
    await volunteer("CT-1");
    const [waiting, old] = [await log("CT-1", "2026-09-17"), await log("CT-1", "2026-09-18")];
    expect(await bank.confirm(supervisor, old)).toEqual(["POSTED"]);

    expect(lineOutcomes(await retire("caota", "草塔镇"))).toEqual(["caota"]);
    expect(await services.divisions.inside("zhuji")).toMatchObject([
      { code: "fengqiao", retiredOn: null },
      { code: "caota", retiredOn: "2026-09-20", name: "草塔镇" },
    ]);
    const recipient = {
      displayName: "老人",
      birthDate: "1940-01-01",
      consent: true,
      categories: ["EMPTY_NEST" as const],
    };
    const activity = {
      organizationId,
      slug: "caota-day",
      name: "草塔活动",
      serviceType: "ENVIRONMENT",
      description: "活动",
      contact: "站",
      shifts: [
        {
          startsAt: Date.parse("2026-09-25T01:00:00Z"),
          endsAt: Date.parse("2026-09-25T03:00:00Z"),
          capacity: 2,
          place: "广场",
        },
      ],
    };
    const begin: Record<string, () => Promise<unknown>> = {
      organisation: () => station("caota-second"),
      volunteer: () => volunteer("CT-2"),
      recipient: () =>
        services.recipients.register(bank.officer, { idempotencyKey: bank.key(), ...recipient, divisionCode: "caota" }),
      household: () =>
        services.villagePoints.households.register(bank.officer, {
          idempotencyKey: bank.key(),
          householdNo: "H1",
          divisionCode: "caota",
        }),
      activity: () =>
        services.activities.create(bank.officer, { idempotencyKey: bank.key(), ...activity, divisionCode: "caota" }),
      role: () =>
        services.people.grantRole(bank.officer, {
          idempotencyKey: bank.key(),
          personId: worker.personId as string,
          role: "OFFICER",
          divisionCode: "caota",
          validFrom: "2026-09-20",
        }),
      division: async () => {
        const { results } = await set([{ code: "caota-village", name: "村", kind: "VILLAGE", parentCode: "caota" }]);
        if (results[0]?.refusal) throw results[0].refusal;
      },
    };
    const outcomes = async () => {
      const codes: Record<string, string> = {};
      for (const [name, work] of Object.entries(begin)) codes[name] = await codeOf(work().then(() => "begun"));
      return codes;
    };
    expect(await outcomes()).toEqual(Object.fromEntries(Object.keys(begin).map((name) => [name, "DIVISION_RETIRED"])));

    // What is there goes on: confirmed, reversed, logged, read.
    expect(await bank.confirm(supervisor, waiting)).toEqual(["POSTED"]);
    await services.hours.reverse(bank.officer, { idempotencyKey: bank.key(), recordId: old, reason: "核对有误" });
    expect(await bank.confirm(supervisor, await log("CT-1", "2026-09-19"))).toEqual(["POSTED"]);
    expect((await services.volunteers.sight.find(worker, { divisionCode: "caota" }, { first: 5 })).edges).toHaveLength(
      1,
    );
    expect(await bank.credited("CT-1")).toMatchObject({ posted: 240, service: 240 });

    expect(lineOutcomes(await set([{ code: "caota", name: "草塔镇", retired: false }]))).toEqual(["caota"]);
    expect(await outcomes()).toEqual(Object.fromEntries(Object.keys(begin).map((name) => [name, "begun"])));
  });
});

describe.each(engines)("a fresh bank on $name", (engine: Engine) => {
  let ground: Ground;
  let stores: Store[];
  let services: Services[];
  let officer: Actor;
  beforeEach(async () => {
    ground = await engine.ground();
    const clock = () => Date.parse("2026-09-20T09:00:00+08:00");
    // Two processes on one bank.
    stores = [await ground.open(clock), await ground.open(clock)];
    const options = (store: Store, i: number) => ({
      store,
      clock,
      entropy: seededEntropy(`fresh-${i}`),
      secret: Buffer.alloc(32, 7),
      origin,
      issuer: "https://goodhours.example",
    });
    await foundBank(options(stores[0] as Store, 9), { effectiveFrom: "2020-01-01" });
    services = stores.map((store, i) => openServices(options(store, i)));
    const { people } = services[0] as Services;
    const personId = await people.registerStaff(system, { displayName: "首任" });
    const grant = { personId, role: "OFFICER" as const, validFrom: "2020-01-01" };
    await people.grantRole(system, { idempotencyKey: "officer", ...grant });
    officer = await people.actorOfPerson(personId);
  });
  afterEach(async () => {
    const { findings } = await (stores[0] as Store).snapshot((view) => audit(view, origin));
    for (const store of stores) await store.close();
    await ground.remove();
    expect(findings).toEqual([]);
  });

  test("takes the same list from two clients at once: each division is there once, and every line says whether it repeated", async () => {
    const divisions: DivisionLine[] = [
      ...Array.from({ length: 200 }, (_, i) => ({
        code: `3306811092${String(i % 100).padStart(2, "0")}`,
        name: `村${i % 100}`,
      })).slice(0, 100),
      { code: "330681109", name: "枫桥镇" },
      { code: "330681", name: "诸暨市" },
    ];
    const answers = await Promise.all(
      services.map((service, i) =>
        service.divisions.set(officer, { idempotencyKey: `list-${i}`, mode: "EACH", dryRun: false, divisions }),
      ),
    );
    expect(answers.map(({ accepted, repeated, refused }) => [accepted, repeated, refused]).sort()).toEqual([
      [0, 102, 0],
      [102, 0, 0],
    ]);
    expect(await (stores[1] as Store).view.divisions()).toHaveLength(102);
    expect(await (services[1] as Services).divisions.inside("330681")).toMatchObject([
      { code: "330681109", kind: "TOWN" },
    ]);
  });
});
