import { divisionAdded } from "../../src/domain/organizations/divisions";
import { system } from "../../src/domain/permissions/actors";
import { closeAudited } from "../support/audited";
import { openBank, type TestBank } from "../support/bank";
import { engines } from "../support/engines";
import { readFacts, recount } from "../support/indicators";
import { residentId } from "../support/papers";

describe.each(engines)("indicators on $name", (engine) => {
  let bank: TestBank;
  beforeEach(async () => {
    bank = await openBank(engine);
  });
  afterEach(() => closeAudited(bank));

  const register = async (slug: string, divisionCode = "fengqiao") =>
    (
      await bank.services.organizations.register(bank.officer, {
        idempotencyKey: bank.key(),
        slug,
        name: slug,
        kind: "SOCIAL_WORK_STATION",
        filingStatus: "REGISTERED",
        divisionCode,
      })
    ).value;
  const worker = (certificateNo: string, organizationId: string, more: object = {}) =>
    bank.services.socialWorkers.register(bank.officer, {
      idempotencyKey: bank.key(),
      displayName: "社工",
      organizationId,
      level: "ASSISTANT",
      certificateNo,
      registeredOn: "2025-01-01",
      ...more,
    });
  const counted = async (key: string, given: object = {}) => {
    const shown = await bank.services.indicators.list(bank.officer, given);
    const { numerator, denominator } = shown.find((one) => one.key === key) ?? {};
    return [numerator, denominator];
  };

  test("a social worker who was registered anew elsewhere counts there, and once", async () => {
    const other = await register("other-station");
    for (const no of ["A-0001", "A-0002", "A-0003"])
      await worker(no, bank.station.id, { idNumber: residentId("1980-01-01", Number(no.slice(2))) });
    expect(await counted("COMPLIANT_STATIONS")).toEqual([1, 2]);
    await worker("B-0003", other.id, {
      idNumber: residentId("1980-01-01", 3),
      level: "INTERMEDIATE",
      registeredOn: "2026-02-01",
    });
    expect(await counted("CERTIFIED_SOCIAL_WORKERS")).toEqual([3, null]);
    expect(await counted("COMPLIANT_STATIONS")).toEqual([0, 2]);
    // As of a day before, on which the bank did not know of it either.
    expect(await counted("CERTIFIED_SOCIAL_WORKERS", { asOf: "2026-09-19" })).toEqual([0, null]);
  });

  test("a past day is counted as an organisation stood on it, whatever has become of it since", async () => {
    const register = await bank.services.organizations.register(bank.officer, {
      ...{ idempotencyKey: bank.key(), name: "某协会", kind: "ASSOCIATION", filingStatus: "UNREGISTERED" },
      divisionCode: "fengqiao",
    });
    const organizationId = register.value.id;
    const day = (date: string) => bank.setClock(`${date}T09:00:00+08:00`);
    day("2026-09-22");
    await bank.services.registry.revise(bank.officer, { organizationId, filingStatus: "FILED", reason: "备案" });
    day("2026-09-24");
    const advance = (action: "SUSPEND" | "RESUME") =>
      bank.services.registry.advance(bank.officer, { organizationId, action, reason: "整改" });
    await advance("SUSPEND");
    day("2026-09-26");
    await advance("RESUME");
    const days = ["20", "21", "22", "23", "24", "25", "26"];
    const found: unknown[] = [];
    for (const of of days) found.push((await counted("SOCIAL_ORGANIZATIONS", { asOf: `2026-09-${of}` }))[0]);
    expect(found).toEqual([0, 0, 1, 1, 0, 0, 1]);
    const facts = await readFacts(bank.store);
    expect(days.map((of) => recount(facts, `2026-09-${of}`, "zhuji").SOCIAL_ORGANIZATIONS[0])).toEqual(found);
  });

  test("a past day is counted as a volunteer stood on it, whatever has become of them since", async () => {
    const day = (date: string) => bank.setClock(`${date}T09:00:00+08:00`);
    const volunteer = await bank.volunteer("V-1");
    await bank.volunteer("V-2");
    const advance = (action: "SUSPEND" | "RESTORE" | "WITHDRAW") =>
      bank.services.volunteers.advance(bank.officer, { volunteerId: volunteer.id, action, reason: "本人申请" });
    for (const [date, action] of [
      ["2026-09-22", "SUSPEND"],
      ["2026-09-23", "RESTORE"],
      ["2026-09-25", "WITHDRAW"],
    ] as const) {
      day(date);
      await advance(action);
    }
    day("2026-09-26");
    const days = ["19", "20", "21", "22", "23", "24", "25", "26"];
    const found: unknown[] = [];
    for (const of of days) found.push((await counted("VOLUNTEERS", { asOf: `2026-09-${of}` }))[0]);
    expect(found).toEqual([0, 2, 2, 1, 2, 2, 1, 1]);
    const facts = await readFacts(bank.store);
    expect(days.map((of) => recount(facts, `2026-09-${of}`, "zhuji").VOLUNTEERS[0])).toEqual(found);
  });

  test("villages belong to their town: its station, its people, and every head among the parts", async () => {
    await bank.store.write(async (tx) => {
      for (const [code, kind, parentCode] of [
        ["village-a", "VILLAGE", "lingbei"],
        ["village-b", "VILLAGE", "lingbei"],
        ["lingbei", "TOWN", "zhuji"],
        ["elsewhere", "COUNTY_CITY", null],
      ] as const)
        await tx.append("system", divisionAdded({ code, officialCode: null, name: code, kind, parentCode }));
    });
    expect(await counted("STATION_COVERAGE")).toEqual([1, 2]);
    await register("village-station", "village-a");
    expect(await counted("STATION_COVERAGE")).toEqual([2, 2]);
    await bank.services.policies.set(system, {
      idempotencyKey: bank.key(),
      key: "indicator.populations",
      value: [
        { code: "village-a", people: 10_000 },
        { code: "village-b", people: 20_000 },
        { code: "fengqiao", people: 30_000 },
      ],
      effectiveFrom: "2026-09-20",
      citation: "统计公报",
    });
    expect(await counted("SOCIAL_ORGANIZATIONS", { divisionCode: "zhuji" })).toEqual([0, 60_000]);
    const [first] = await bank.services.indicators.list(bank.officer, {});
    expect(first?.byDivision.map(({ divisionCode }) => divisionCode).sort()).toEqual([
      "elsewhere",
      "fengqiao",
      "lingbei",
    ]);
  });
});
