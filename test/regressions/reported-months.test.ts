import type { Actor } from "../../src/domain/permissions/actors";
import { openApi, type TestApi } from "../support/api";
import { closeFullyAudited } from "../support/audited";
import { openBank, type TestBank } from "../support/bank";
import { engines } from "../support/engines";
import { readFacts, recount } from "../support/indicators";

describe.each(engines)("figures of the office on $name", (engine) => {
  let bank: TestBank;
  let api: TestApi;
  beforeEach(async () => {
    bank = await openBank(engine, "2026-08-05T09:00:00+08:00");
    api = await openApi(bank);
  });
  afterEach(() => closeFullyAudited(bank, api));

  const day = (date: string) => bank.setClock(`${date}T09:00:00+08:00`);
  const ask = async (asOf: string, key: string, more: object = {}) => {
    const { data } = await api.post(bank.officer, {
      query:
        "query ($asOf: Date!, $divisionCode: String) { indicators(asOf: $asOf, divisionCode: $divisionCode) { key value numerator denominator reported { value numerator denominator reportedAt } series { month value reported } } }",
      variables: { asOf, ...more },
    });
    return data.indicators.find((one: { key: string }) => one.key === key);
  };
  const count = async (asOf: string, key: string) => {
    const { numerator } = await ask(asOf, key);
    expect(recount(await readFacts(bank.store), asOf, "zhuji")[key as "VOLUNTEERS"][0]).toBe(numerator);
    return numerator;
  };
  const report = async (month: string, who: Actor = bank.officer, idempotencyKey = bank.key()) => {
    const { data, errors } = await api.post(who, {
      query:
        "mutation ($input: ReportMonthInput!) { reportMonth(input: $input) { replayed report { month reportedAt } userErrors { code } } }",
      variables: { input: { idempotencyKey, month } },
    });
    return errors?.[0]?.extensions.code ?? data.reportMonth.userErrors[0]?.code ?? data.reportMonth.report;
  };
  const register = async (slug: string, kind: "PARTY_SERVICE_CENTER" | "SOCIAL_WORK_AGENCY") =>
    (
      await bank.services.organizations.register(bank.officer, {
        ...{ idempotencyKey: bank.key(), slug, name: slug, kind, filingStatus: "REGISTERED" },
        divisionCode: "fengqiao",
      })
    ).value;

  test("a certificate is held for good: a registration that lapses takes nobody out of the count", async () => {
    await bank.services.socialWorkers.register(bank.officer, {
      ...{ idempotencyKey: bank.key(), displayName: "社工", organizationId: bank.station.id, level: "ASSISTANT" },
      ...{ certificateNo: "A-0001", registeredOn: "2023-09-01" },
    });
    expect(await count("2026-08-05", "CERTIFIED_SOCIAL_WORKERS")).toBe(1);
    expect(await count("2026-08-04", "CERTIFIED_SOCIAL_WORKERS")).toBe(0); // The bank did not know of it.
    day("2027-03-01");
    const terms = await bank.ground.raw("SELECT registered_until FROM social_worker_terms");
    expect(terms.map(({ registered_until }) => registered_until)).toEqual(["2026-08-31"]);
    expect(await count("2027-03-01", "CERTIFIED_SOCIAL_WORKERS")).toBe(1);
  });

  test("the office's marks are counted, and nothing else of the kind", async () => {
    const center = await register("center", "PARTY_SERVICE_CENTER");
    const agency = await register("agency", "SOCIAL_WORK_AGENCY");
    await register("other-center", "PARTY_SERVICE_CENTER");
    expect(await count("2026-08-05", "PARTY_SERVICE_CENTERS")).toBe(0);
    const award = async (organizationId: string, given: object, who = bank.officer) => {
      const { data, errors } = await api.post(who, {
        query:
          "mutation ($input: RecordAwardInput!) { recordAward(input: $input) { organization { awards { id name mark } } userErrors { code path } } }",
        variables: {
          input: { idempotencyKey: bank.key(), organizationId, grantedBy: "诸暨市民政局", on: "2026-08-01", ...given },
        },
      });
      const answer = data?.recordAward;
      return errors?.[0]?.extensions.code ?? answer.userErrors[0]?.code ?? answer.organization.awards;
    };
    expect(await award(agency.id, { mark: "DEMONSTRATION_CENTER" })).toBe("INVALID_INPUT");
    expect(await award(center.id, { mark: "DEMONSTRATION_CENTER", name: "品牌社会组织" })).toBe("INVALID_INPUT");
    expect(await award(center.id, {})).toBe("INVALID_INPUT");
    expect(await award(agency.id, { name: "示范型社会组织党群服务中心" })).toBe("INVALID_INPUT");
    expect(await award(center.id, { mark: "DEMONSTRATION_CENTER" }, bank.worker)).toBe("NOT_PERMITTED");
    const [mark] = await award(center.id, { mark: "DEMONSTRATION_CENTER" });
    expect(mark).toMatchObject({ name: "示范型社会组织党群服务中心", mark: "DEMONSTRATION_CENTER" });
    expect(await award(agency.id, { name: "品牌社会组织" })).toMatchObject([{ name: "品牌社会组织", mark: null }]);
    expect(await count("2026-08-05", "NEW_SOCIAL_WORK_AGENCIES")).toBe(0);
    await award(agency.id, { mark: "KEY_SUPPORT" });
    expect(await count("2026-08-05", "PARTY_SERVICE_CENTERS")).toBe(1);
    expect(await count("2026-07-31", "PARTY_SERVICE_CENTERS")).toBe(0);
    expect(await count("2026-08-05", "NEW_SOCIAL_WORK_AGENCIES")).toBe(1);
    day("2027-01-02");
    expect(await count("2027-01-02", "NEW_SOCIAL_WORK_AGENCIES")).toBe(0); // Each year anew.
    expect(await count("2027-01-02", "PARTY_SERVICE_CENTERS")).toBe(1);
    await bank.services.organizations.withdrawAward(bank.officer, { awardId: mark.id, reason: "误录" });
    expect(await count("2027-01-02", "PARTY_SERVICE_CENTERS")).toBe(0);
  });

  test("a month that was reported keeps its figures beside today's: API, page and workbook", async () => {
    await bank.volunteer("V-1");
    const first = await bank.log("V-1", "2026-08-03", "18:00", "20:00");
    await bank.confirm(bank.supervisor, first.id);
    expect(await report("2026-08")).toBe("IN_THE_FUTURE");
    day("2026-09-02");
    expect([await report("2026-08", bank.supervisor), await report("2026-08", bank.worker)]).toEqual([
      "NOT_PERMITTED",
      "NOT_PERMITTED",
    ]);
    const closed = { month: "2026-08", reportedAt: "2026-09-02T01:00:00.000Z" };
    expect(await report("2026-08", bank.officer, "close-august")).toEqual(closed);
    expect(await report("2026-08", bank.officer, "close-august")).toEqual(closed);
    expect(await report("2026-08")).toBe("MONTH_REPORTED");
    // Logged and confirmed in September, of a service in August.
    const later = await bank.log("V-1", "2026-08-28", "18:00", "19:00");
    await bank.confirm(bank.supervisor, later.id);
    const shown = await ask("2026-08-31", "SERVICE_MINUTES");
    const reported = { value: 120, numerator: 120, denominator: null, reportedAt: closed.reportedAt };
    expect(shown).toMatchObject({ value: 180, numerator: 180, reported });
    expect(shown.series.slice(-2)).toEqual([
      { month: "2026-07", value: 0, reported: null },
      { month: "2026-08", value: 180, reported: 120 },
    ]);
    expect(await ask("2026-08-31", "SERVICE_MINUTES", { divisionCode: "fengqiao" })).toMatchObject({ reported });
    expect((await ask("2026-08-31", "RECORDS_ON_TIME")).reported).toMatchObject({ numerator: 1, denominator: 1 });
    expect((await ask("2026-09-02", "SERVICE_MINUTES")).reported).toBeNull();
    expect((await ask("2026-08-30", "SERVICE_MINUTES")).reported).toBeNull();

    const get = async (path: string) => {
      const headers = { cookie: `goodhours=${await api.token(bank.officer)}`, "accept-language": "en" };
      return fetch(`${api.url}${path}`, { headers });
    };
    const page = await (await get("/office?month=2026-08")).text();
    expect(page.includes("Reported: 2 hours (on 2 September 2026)")).toBe(true);
    const { Workbook } = await import("exceljs");
    const book = new Workbook();
    await book.xlsx.load((await (await get("/office/report.xlsx?month=2026-08&lang=en")).arrayBuffer()) as never);
    const rows: unknown[][] = [];
    book.worksheets[0]?.eachRow((row) => rows.push((row.values as unknown[]).slice(1, 4)));
    expect(rows).toContainEqual(["Confirmed service in the month", 3, 2]);
  });
});
