import type { Fact } from "../../src/domain/facts";
import type { Finding, Organization } from "../../src/domain/facts/organizations";
import { Refusal } from "../../src/domain/kit/refusal";
import { isUscc } from "../../src/domain/organizations/uscc";
import { type Actor, nobody, system } from "../../src/domain/permissions/actors";
import { eligibility, type Ineligibility } from "../../src/domain/ratings";
import { openServices } from "../../src/services";
import { audit } from "../../src/services/audit";
import { closeAudited } from "../support/audited";
import { at, issuer, openBank, type TestBank } from "../support/bank";
import { openCharity } from "../support/charity";
import { engines, origin } from "../support/engines";
import { codeOf } from "../support/outcomes";
import { policies } from "../support/policies";

describe("what keeps an organisation from being evaluated [EVAL39 §7]", () => {
  const check = (year: number, result: Finding["result"]) => ({
    kind: "ANNUAL_CHECK",
    year,
    result,
    on: `${year + 1}-06-30`,
  });
  const penalty = (on: string, endedOn: string | null) => ({ kind: "PENALTY", on, endedOn });
  const investigation = (endedOn: string | null) => ({ kind: "INVESTIGATION", on: "2024-05-01", endedOn });
  // Evaluated on 2026-09-01, so that the last year is 2025.
  test.each<[string, object[], Ineligibility[]]>([
    ["nothing was found", [], []],
    ["last year's check was passed", [check(2025, "QUALIFIED")], []],
    ["last year's check was failed", [check(2025, "FAILED")], ["ANNUAL_CHECK_FAILED"]],
    ["last year's check was missed", [check(2025, "MISSED")], ["ANNUAL_CHECK_FAILED"]],
    ["the check before was failed, and the last passed", [check(2024, "FAILED"), check(2025, "QUALIFIED")], []],
    ["the last word on a year counts", [check(2025, "MISSED"), check(2025, "QUALIFIED")], []],
    ["basically qualified once", [check(2024, "QUALIFIED"), check(2025, "BASICALLY_QUALIFIED")], []],
    [
      "basically qualified twice running",
      [check(2024, "BASICALLY_QUALIFIED"), check(2025, "BASICALLY_QUALIFIED")],
      ["TWICE_BASICALLY_QUALIFIED"],
    ],
    ["a penalty on the first day of last year", [penalty("2025-01-01", "2025-02-01")], ["PENALIZED"]],
    ["a penalty of the year before, executed", [penalty("2024-12-31", "2025-02-01")], []],
    ["a penalty of the year before, not executed yet", [penalty("2024-12-31", null)], ["PENALIZED"]],
    ["an investigation that is open", [investigation(null)], ["UNDER_INVESTIGATION"]],
    ["an investigation that was closed", [investigation("2024-06-01")], []],
  ])("%s", (_, findings, failed) => {
    const organization = { kind: "ASSOCIATION", state: "ACTIVE", filingStatus: "REGISTERED" } as Organization;
    const profile = { registeredOn: "2015-01-01" } as never;
    const candidate = { organization, profile, earlier: [], adverse: false, findings: findings as Finding[] };
    expect(eligibility("EVALUATION_GRADE", candidate, "2026-09-01", policies)).toEqual(failed);
    // The county's own stars are for platforms, and go by the county's own records.
    const platform = { ...candidate, organization: { ...organization, kind: "SERVICE_PLATFORM" as const } };
    expect(eligibility("PLATFORM_STAR", platform, "2026-09-01", policies)).toEqual([]);
  });
});

describe.each(engines)("the register of organisations on $name", (engine) => {
  let bank: TestBank;
  let admin: Actor;
  beforeEach(async () => {
    bank = await openBank(engine);
    admin = await bank.staff("ORGANIZATION_ADMIN", bank.station.id);
  });
  afterEach(() => closeAudited(bank));
  const day = (date: string) => bank.setClock(`${date}T09:00:00+08:00`);
  const advance = (action: "SUSPEND" | "RESUME" | "DISSOLVE", reason = "批复", more: object = {}, who = bank.officer) =>
    codeOf(
      bank.services.registry
        .advance(who, { organizationId: bank.station.id, action, reason, ...more })
        .then(({ state, version }) => `${state} ${version}`),
    );
  const log = (who: Actor, date: string) =>
    codeOf(
      bank.services.hours
        .log(who, {
          idempotencyKey: bank.key(),
          organizationId: bank.station.id,
          mode: "ALL_OR_NOTHING",
          entries: [
            {
              volunteerNo: "V-1",
              serviceType: "COMPANION_TALK",
              startedAt: Date.parse(`${date}T09:00:00+08:00`),
              endedAt: Date.parse(`${date}T10:00:00+08:00`),
              breakMinutes: 0 as never,
              content: "聊天",
              activityLead: "负责人",
            },
          ],
        } as never)
        .then(({ accepted }) => `${accepted} accepted`),
    );

  test("a suspended organisation begins nothing, ends what was begun, and is resumed; each step has its reason", async () => {
    await bank.volunteer("V-1");
    const mei = await bank.actorOf((await bank.store.view.volunteerByNo("V-1")) as never);
    const { id } = await bank.log("V-1", "2026-09-18", "09:00", "11:00");
    expect(await advance("RESUME")).toBe("ILLEGAL_TRANSITION");
    expect(await advance("SUSPEND", " ")).toBe("REASON_MISSING");
    expect(await advance("SUSPEND", "停业整顿", { expectedVersion: 7 })).toBe("VERSION_CONFLICT");
    expect(await advance("SUSPEND", "停业整顿", {}, bank.supervisor)).toBe("NOT_PERMITTED");
    for (let i = 0; i < 2; i += 1) expect(await advance("SUSPEND", "停业整顿")).toBe("SUSPENDED 2");

    expect(await log(bank.worker, "2026-09-17")).toBe("ORGANIZATION_INACTIVE");
    const submitted = bank.services.hours.submit(mei, {
      idempotencyKey: bank.key(),
      organizationId: bank.station.id,
      serviceType: "COMPANION_TALK",
      startedAt: Date.parse("2026-09-16T09:00:00+08:00"),
      endedAt: Date.parse("2026-09-16T10:00:00+08:00"),
      breakMinutes: 0,
      content: "聊天",
      activityLead: "负责人",
    } as never);
    expect(await codeOf(submitted)).toBe("ORGANIZATION_INACTIVE");
    const hired = bank.services.people.grantRole(admin, {
      idempotencyKey: bank.key(),
      personId: bank.second.personId as string,
      role: "ACTIVITY_LEAD",
      organizationId: bank.station.id,
      validFrom: "2026-09-20",
    });
    expect(await codeOf(hired)).toBe("ORGANIZATION_INACTIVE");
    expect(await codeOf(bank.volunteer("V-2"))).toBe("ORGANIZATION_INACTIVE");
    const { value: recipient } = await bank.services.recipients.register(bank.officer, {
      idempotencyKey: bank.key(),
      displayName: "老人",
      birthDate: "1940-01-01",
      divisionCode: "fengqiao",
      categories: ["EMPTY_NEST"],
      consent: true,
    });
    const visit = { organizationId: bank.station.id, recipientId: recipient.id, mode: "HOME", result: "MET" } as const;
    const visited = bank.services.visits.record(mei, {
      ...{ ...visit, idempotencyKey: bank.key(), asVolunteer: true, minutes: 60 as never },
      at: Date.parse("2026-09-19T15:00:00+08:00"),
      serviceType: "COMPANION_TALK",
      activityLead: "负责人",
    });
    expect(await codeOf(visited)).toBe("ORGANIZATION_INACTIVE");
    // Nobody's hours are lost for it: the office logs them, and what waits is confirmed.
    expect(await log(bank.officer, "2026-09-17")).toBe("1 accepted");
    await bank.confirm(bank.second, id);
    expect((await bank.store.view.records([id as string])).get(id as string)?.state).toBe("POSTED");

    expect(await advance("RESUME", "整改完成")).toBe("ACTIVE 3");
    expect(await log(bank.worker, "2026-09-16")).toBe("1 accepted");
    const history = async (who: Actor) =>
      (await bank.services.registry.historyOf(who, [bank.station.id]))[0]?.map(
        ({ action, from, to, actorKind, reason }) => `${action} ${from} ${to} ${actorKind} ${reason}`,
      );
    const steps = ["SUSPEND ACTIVE SUSPENDED OFFICER 停业整顿", "RESUME SUSPENDED ACTIVE OFFICER 整改完成"];
    expect([await history(admin), await history(bank.officer)]).toEqual([steps, steps]);
    expect([await history(mei), await history(nobody)]).toEqual([[], []]);
  });

  test("no act of its people begins anything while it is suspended; once it is dissolved they are nobody there", async () => {
    const { services, station, key } = bank;
    const ward = await bank.volunteer("V-3", { birthDate: "2010-01-01", guardian: true });
    const guardian = await bank.volunteer("V-4");
    const waiting = await services.volunteers.register(await signedIn("waiting"), {
      ...{ idempotencyKey: key(), displayName: "等候", birthDate: "1990-01-01", divisionCode: "fengqiao" },
      consent: true,
    });
    const charity = await openCharity(bank);
    const shift = { startsAt: at("2026-09-26", "09:00"), endsAt: at("2026-09-26", "11:00") };
    const draft = await charity.draft("draft", { shift });
    const { activity, shifts } = await charity.announce("fair", { shift });
    const household = await services.villagePoints.households.register(bank.officer, {
      idempotencyKey: key(),
      householdNo: "H-1",
      divisionCode: "fengqiao",
    });
    const command = () => ({ idempotencyKey: key(), organizationId: station.id });
    const tries: Record<string, (who: Actor) => Promise<unknown>> = {
      "registers somebody": (who) =>
        services.volunteers.register(who, {
          ...{ idempotencyKey: key(), displayName: "新人", birthDate: "1990-01-01", divisionCode: "fengqiao" },
          consent: true,
        }),
      "activates somebody": (who) =>
        services.volunteers.advance(who, { volunteerId: waiting.value.id, action: "ACTIVATE" }),
      "links a guardian": (who) =>
        services.guardians.link(who, { idempotencyKey: key(), volunteerId: ward.id, guardianId: guardian.id }),
      "notes that somebody allowed a house to see them": (who) =>
        services.ties.set(who, { volunteerId: ward.id, organizationId: station.id, allowed: true, reason: "r" }),
      "registers a household": (who) =>
        services.villagePoints.households.register(who, {
          idempotencyKey: key(),
          householdNo: "H-2",
          divisionCode: "fengqiao",
        }),
      "awards points": (who) =>
        services.villagePoints.award(who, {
          ...{ idempotencyKey: key(), householdId: household.value.id, points: 2 as never, on: "2026-09-19" },
          reason: "r",
        }),
      "registers a recipient": (who) =>
        services.recipients.register(who, {
          ...{ idempotencyKey: key(), displayName: "老人", birthDate: "1940-01-01", divisionCode: "fengqiao" },
          ...{ categories: ["EMPTY_NEST"], consent: true },
        }),
      "registers a social worker": (who) =>
        services.socialWorkers.register(who, {
          ...{ ...command(), displayName: "社工", level: "ASSISTANT", certificateNo: "A-0001" },
          registeredOn: "2026-01-01",
        }),
      "opens a credit record": (who) =>
        services.credit.open(who, {
          ...{ idempotencyKey: key(), subjectId: guardian.id, kind: "COMMENDABLE", ground: "LONG_SERVICE" },
          ...{ facts: "r", evidence: [{ kind: "OTHER", ref: "r" }] },
        } as never),
      "proposes a head": (who) => services.heads.propose(who, { ...command(), displayName: "站长" }),
      "writes a draft": () => charity.draft("another"),
      "changes a draft": () => services.activities.edit(charity.lead, { activityId: draft.id, name: "改名" }),
      "hands a draft in": () => services.activities.advance(charity.admin, { activityId: draft.id, action: "SUBMIT" }),
      "signs up": async () =>
        services.signUps.signUp(await bank.actorOf(guardian), {
          idempotencyKey: key(),
          shiftId: shifts[0]?.id as string,
        }),
    };
    await advance("SUSPEND");
    const leader = await services.people.actorOfPerson(admin.personId as string);
    const codes = async (who: Actor) => {
      const codesFound: [string, unknown][] = [];
      for (const [what, work] of Object.entries(tries)) codesFound.push([what, await codeOf(work(who))]);
      return codesFound;
    };
    const refused = Object.keys(tries).map((what) => [what, "ORGANIZATION_INACTIVE"]);
    expect(await codes(leader)).toEqual(refused);
    // Its drafts and its people are still there for it to see.
    expect((await services.volunteers.sight.many(leader, [ward.id]))[0]?.id).toBe(ward.id);
    expect(await advance("DISSOLVE")).toBe("ACTIVITIES_OPEN");
    const cancelled = services.activities.advance(charity.lead, {
      ...{ activityId: activity.id, action: "CANCEL", reason: "注销" },
    } as never);
    expect((await cancelled).state).toBe("CANCELLED");
    expect(await advance("DISSOLVE")).toBe("DISSOLVED 3");
    expect((await services.volunteers.sight.many(leader, [ward.id]))[0]?.id).toBe(ward.id);
    const former = await services.people.actorOfPerson(admin.personId as string);
    expect((await services.volunteers.sight.many(former, [ward.id]))[0]).toBeNull();
    expect(await codeOf(services.volunteers.sight.find(former, {}, { first: 1 }))).toBe("NOT_PERMITTED");
  });

  const signedIn = (subject: string) => bank.services.people.actorOf({ subject, issuer: "https://sign-in.example" });

  test("a member of its staff who is also an officer goes on in the office's role", async () => {
    await bank.volunteer("V-1");
    await advance("SUSPEND");
    const personId = admin.personId as string;
    await bank.services.people.grantRole(system, {
      idempotencyKey: bank.key(),
      personId,
      role: "OFFICER",
      validFrom: "2026-09-20",
    });
    const both = await bank.services.people.actorOf({ subject: personId, issuer });
    expect(both.grants.map(({ role }) => role).sort()).toEqual(["OFFICER", "ORGANIZATION_ADMIN"]);
    expect(await log(both, "2026-09-17")).toBe("1 accepted");
  });

  test("the audit finds a forged journal in which an organisation or a finding changes without a step", async () => {
    const { organizationId } = { organizationId: bank.station.id };
    await advance("SUSPEND");
    await bank.services.registry.recordFinding(bank.officer, {
      idempotencyKey: bank.key(),
      organizationId,
      kind: "PENALTY",
      on: "2026-06-30",
    });
    const [penalty] = (await bank.services.registry.findingsOf(bank.officer, [organizationId]))[0] as Finding[];
    const { id, slug, name, kind, uscc, filingStatus, divisionCode } = bank.station;
    const organization = { type: "ORGANIZATION_STEP", id, slug, name, kind, uscc, filingStatus, divisionCode } as const;
    const { version: _, withdrawn: __, ...rest } = penalty as Finding & { seq?: number };
    const finding = { type: "FINDING_SET", ...rest, reasonId: null } as const;
    const moved = { type: "ORGANIZATION_MOVED", organizationId, actorKind: "OFFICER", reasonId: "sealed_x" } as const;
    // A version that is there already stays what it was: the database itself says no. Not toThrow(): see test/regressions/realms.
    for (const fact of [
      { ...organization, state: "ACTIVE", version: 1 } as const,
      { ...organization, state: "SUSPENDED", version: 2, name: "换名" } as const,
    ])
      await expect(bank.store.write((tx) => tx.append("person_x", fact))).rejects.toMatchObject({
        message: expect.stringContaining("organization_standings"),
      });
    const attacks: Fact[][] = [
      [{ ...organization, state: "ACTIVE", version: 3 }],
      [{ ...organization, state: "SUSPENDED", version: 3, name: "换名" }],
      [{ ...organization, state: "SUSPENDED", version: 3, divisionCode: "zhuji" }],
      [{ ...moved, version: 3, action: "DISSOLVE", from: "SUSPENDED", state: "DISSOLVED" }],
      [
        { ...moved, version: 3, action: "RESUME", from: "SUSPENDED", state: "ACTIVE" },
        { ...organization, state: "ACTIVE", version: 3, kind: "CHARITY_BASE" },
      ],
      [{ ...finding, withdrawn: false, version: 3 }],
      [{ ...finding, withdrawn: false, version: 2, kind: "ANNUAL_CHECK" }],
    ];
    for (const facts of attacks) {
      let checks: string[] = [];
      // Tried, looked at from within, and taken back.
      const tried = bank.store.write(async (tx) => {
        for (const fact of facts) await tx.append("person_x", fact);
        checks = (await audit(tx, origin)).findings.map(({ check }) => check);
        throw new Refusal("INVALID_INPUT");
      });
      expect(await codeOf(tried)).toBe("INVALID_INPUT");
      expect([facts.map((fact) => fact.type), checks.includes("STEP")]).toEqual([facts.map((fact) => fact.type), true]);
    }
  });

  test("a dissolved organisation counts until that day, and nothing happens there any more", async () => {
    const towns = async (asOf: string) => {
      const shown = await bank.services.indicators.list(bank.officer, { asOf });
      return shown.find(({ key }) => key === "STATION_COVERAGE")?.numerator;
    };
    day("2026-09-25");
    expect(await advance("DISSOLVE", "合并")).toBe("DISSOLVED 2");
    expect([await towns("2026-09-24"), await towns("2026-09-25")]).toEqual([1, 0]);
    expect(await advance("RESUME")).toBe("ILLEGAL_TRANSITION");
    const revised = bank.services.registry.revise(bank.officer, {
      organizationId: bank.station.id,
      name: "新名",
      reason: "更名",
    });
    expect(await codeOf(revised)).toBe("ILLEGAL_TRANSITION");
    const lacking = await bank.services.organizations.list(
      { kind: ["SOCIAL_WORK_STATION"], compliant: false },
      { first: 5 },
    );
    expect(lacking.edges).toEqual([]);
  });

  test("a filed team is registered later: its code is checked, taken once, and the change has its reason", async () => {
    const register = async (name: string, uscc?: string) => {
      const registration = {
        name,
        kind: "ASSOCIATION" as const,
        filingStatus: "FILED" as const,
        divisionCode: "fengqiao",
        uscc,
      };
      return (await bank.services.organizations.register(bank.officer, { idempotencyKey: bank.key(), ...registration }))
        .value;
    };
    const [digit] = [..."0123456789ABCDEFGHJKLMNPQRTUWXY"].filter((candidate) =>
      isUscc(`51330681MJDEM0001${candidate}`),
    );
    const [team, other] = [await register("某队"), await register("某会", `51330681MJDEM0001${digit}`)].map(
      ({ id }) => id,
    );
    const revise = (more: object, who = bank.officer) =>
      codeOf(
        bank.services.registry
          .revise(who, { organizationId: team as string, reason: "准予登记", ...more })
          .then(({ name, filingStatus, uscc, version }) => [name, filingStatus, uscc, version].join(" ")),
      );
    expect(await revise({ uscc: `51330681MJDEM0002${digit}` })).toBe("USCC_INVALID");
    expect(
      await revise({ uscc: (await bank.store.view.organizations([other as string])).get(other as string)?.uscc }),
    ).toBe("DUPLICATE_USCC");
    expect(await revise({ filingStatus: "REGISTERED" }, admin)).toBe("NOT_PERMITTED");
    expect(await revise({ filingStatus: "REGISTERED", name: "某服务队" })).toBe("某服务队 REGISTERED  2");
    expect(await revise({ filingStatus: "REGISTERED" })).toBe("某服务队 REGISTERED  2");
  });

  test("a merged town's team moves to where it works now, by an officer of both, and leaves a reason", async () => {
    const divisions = [
      { code: "zhaojia", name: "赵家镇", kind: "TOWN" as const, parentCode: "zhuji" },
      { code: "closed", name: "旧镇", kind: "TOWN" as const, parentCode: "zhuji", retired: true },
    ];
    const set = { idempotencyKey: bank.key(), mode: "EACH" as const, dryRun: false, divisions };
    await bank.services.divisions.set(bank.officer, set);
    const personId = await bank.services.people.registerStaff(system, { displayName: "镇官" });
    const office = { personId, role: "OFFICER" as const, divisionCode: "fengqiao", validFrom: "2026-09-20" };
    await bank.services.people.grantRole(system, { idempotencyKey: bank.key(), ...office });
    const townOfficer = await bank.services.people.actorOfPerson(personId);
    const organizationId = bank.station.id;
    const move = (divisionCode: string, who = bank.officer) =>
      codeOf(
        bank.services.registry
          .revise(who, { organizationId, reason: "撤镇并街", divisionCode })
          .then((after) => `${after.divisionCode} ${after.version}`),
      );
    const inZhaojia = async () =>
      (await bank.services.organizations.list({ divisionCode: "zhaojia" }, { first: 5 })).edges.length;
    expect([await move("nowhere"), await move("closed"), await move("zhaojia", townOfficer)]).toEqual([
      "DIVISION_NOT_FOUND",
      "DIVISION_RETIRED",
      "NOT_PERMITTED",
    ]);
    expect([await move("fengqiao", townOfficer), await inZhaojia()]).toEqual(["fengqiao 1", 0]);
    expect([await move("zhaojia"), await move("zhaojia"), await inZhaojia()]).toEqual(["zhaojia 2", "zhaojia 2", 1]);
    // Whoever answers for the old town alone has no say there any more.
    expect(await move("fengqiao", townOfficer)).toBe("NOT_PERMITTED");
    const [history] = await bank.services.registry.historyOf(bank.officer, [organizationId]);
    expect(history).toMatchObject([{ action: "REVISE", reason: "撤镇并街", actorKind: "OFFICER" }]);
  });

  test("everybody sees checks and penalties; only the organisation and the office see an investigation, which ends or is taken back", async () => {
    const record = (more: object, who = bank.officer) =>
      codeOf(
        bank.services.registry
          .recordFinding(who, {
            idempotencyKey: bank.key(),
            organizationId: bank.station.id,
            kind: "ANNUAL_CHECK",
            on: "2026-06-30",
            ...more,
          })
          .then(() => "recorded"),
      );
    const seen = async (who: Actor) =>
      (await bank.services.registry.findingsOf(who, [bank.station.id]))[0]?.map(
        ({ kind, result, endedOn }) => `${kind} ${result ?? endedOn ?? "open"}`,
      );
    expect(await record({})).toBe("INVALID_INPUT");
    expect(await record({ result: "FAILED" })).toBe("INVALID_INPUT");
    expect(await record({ result: "FAILED", year: 2027 })).toBe("INVALID_INPUT");
    expect(await record({ result: "FAILED", year: 2025, on: "2026-09-21" })).toBe("IN_THE_FUTURE");
    expect(await record({ kind: "PENALTY", result: "FAILED" })).toBe("INVALID_INPUT");
    expect(await record({ kind: "PENALTY", endedOn: "2026-06-29" })).toBe("INVALID_INPUT");
    expect(await record({ result: "FAILED", year: 2025 }, admin)).toBe("NOT_PERMITTED");
    expect(await record({ result: "FAILED", year: 2025 })).toBe("recorded");
    // A year's check has one result: another is no second one beside it.
    for (const result of ["QUALIFIED", "FAILED"])
      expect(await record({ result, year: 2025 })).toBe("DUPLICATE_FINDING");
    bank.setClock("2026-09-20T09:00:01+08:00"); // Later ids sort later.
    expect(await record({ kind: "PENALTY" })).toBe("recorded");
    bank.setClock("2026-09-20T09:00:02+08:00");
    expect(await record({ kind: "INVESTIGATION" })).toBe("recorded");
    const [all, most] = [
      ["ANNUAL_CHECK FAILED", "PENALTY open", "INVESTIGATION open"],
      ["ANNUAL_CHECK FAILED", "PENALTY open"],
    ];
    expect([await seen(bank.officer), await seen(admin), await seen(nobody), await seen(bank.worker)]).toEqual([
      all,
      all,
      most,
      most,
    ]);
    const [check, penalty] = (await bank.services.registry.findingsOf(bank.officer, [bank.station.id]))[0] as Finding[];
    const revise = (findingId: string, more: object) =>
      codeOf(
        bank.services.registry.reviseFinding(bank.officer, { findingId, reason: "凭证", ...more }).then(() => "done"),
      );
    expect(await revise(penalty?.id as string, { endedOn: "2026-06-01" })).toBe("INVALID_INPUT");
    for (let i = 0; i < 2; i += 1) expect(await revise(penalty?.id as string, { endedOn: "2026-07-15" })).toBe("done");
    expect(await revise(check?.id as string, { endedOn: "2026-07-15" })).toBe("INVALID_INPUT");
    expect(await revise(check?.id as string, { result: "QUALIFIED", on: "2024-06-30" })).toBe("INVALID_INPUT");
    expect(await revise(penalty?.id as string, { result: "QUALIFIED" })).toBe("INVALID_INPUT");
    expect(await revise(check?.id as string, { result: "QUALIFIED", on: "2026-06-29" })).toBe("done");
    expect(await seen(nobody)).toEqual(["ANNUAL_CHECK QUALIFIED", "PENALTY 2026-07-15"]);
    expect(await revise(check?.id as string, { result: "FAILED", on: "2026-06-30" })).toBe("done");
    expect(await revise(check?.id as string, { withdrawn: true, expectedVersion: 7 })).toBe("VERSION_CONFLICT");
    for (let i = 0; i < 2; i += 1)
      expect(await revise(check?.id as string, { withdrawn: true, expectedVersion: 3 })).toBe("done");
    expect(await seen(nobody)).toEqual(["PENALTY 2026-07-15"]);
    expect(await record({ result: "QUALIFIED", year: 2026, on: "2025-12-31" })).toBe("INVALID_INPUT");
    // Why it was revised stays with whom it concerns, also after the officer's own words are gone.
    const findingsShown = async (who: Actor) =>
      (await bank.services.registry.findingsOf(who, [bank.station.id]))[0]?.map(({ withdrawn, reason }) => [
        withdrawn,
        reason,
      ]);
    const insiders = [
      [true, "凭证"],
      [false, "凭证"],
      [false, null],
    ];
    expect([await findingsShown(bank.officer), await findingsShown(admin), await findingsShown(nobody)]).toEqual([
      insiders,
      insiders,
      [[false, null]],
    ]);
    await bank.store.keys.remove(bank.officer.personId as string);
    const [later] = await openServices(bank.options).registry.findingsOf(admin, [bank.station.id]);
    expect(later?.map(({ reason }) => reason)).toEqual(["凭证", "凭证", null]);
    // What was taken back leaves the year free.
    expect(await record({ result: "MISSED", year: 2025, on: "2026-08-01" })).toBe("recorded");
    expect(await seen(nobody)).toEqual(["PENALTY 2026-07-15", "ANNUAL_CHECK MISSED"]);
  });
});
