import { indicatorKeys, indicatorValue } from "../../src/domain/indicators";
import type { Actor } from "../../src/domain/permissions/actors";
import { openApi, type TestApi } from "../support/api";
import { closeAudited } from "../support/audited";
import { openBank, type TestBank } from "../support/bank";
import { fillCharity } from "../support/charity";
import { engines } from "../support/engines";
import { readFacts, recount } from "../support/indicators";

test.each([
  ["COUNT", 7, null, 7],
  ["RATIO", 0, 0, null],
  ["RATIO", 299, 300, 0.9966],
  ["RATIO", 99_999, 100_000, 0.9999],
  ["RATIO", 300, 300, 1],
  ["PER_TEN_THOUSAND", 53, 1_218_072, 0.43],
  ["PER_TEN_THOUSAND", 53, null, null],
] as const)("%s of %p in %p is %p: what is not quite reached is not shown as reached", (unit, part, whole, value) => {
  expect(indicatorValue(unit, part, whole)).toBe(value);
});

const document =
  "query Indicators($asOf: Date, $divisionCode: String) { indicators(asOf: $asOf, divisionCode: $divisionCode) { key label value unit target met numerator denominator citation byDivision { division { code name } value met } series { month value } } }";

describe.each(engines)("indicators on $name", (engine) => {
  let bank: TestBank;
  let api: TestApi;
  beforeEach(async () => {
    bank = await openBank(engine, "2026-08-20T09:00:00+08:00");
    api = await openApi(bank);
  });
  afterEach(() => closeAudited(bank, api));
  const ask = async (who: Actor | null, variables: object = {}) => {
    const { data, errors } = await api.post(who, { query: document, variables });
    return errors ? errors[0]?.extensions.code : data.indicators;
  };
  const indicatorOf = async (key: string, variables: object = {}) =>
    (await ask(bank.officer, variables)).find((indicator: { key: string }) => indicator.key === key);

  test("are what the facts say, counted one by one, on any day", async () => {
    await fillCharity(bank);
    const facts = await readFacts(bank.store);
    for (const asOf of ["2026-08-19", "2026-08-31", "2026-09-05", "2026-09-20"])
      for (const divisionCode of ["zhuji", "fengqiao"]) {
        const shown = await bank.services.indicators.list(bank.officer, { asOf, divisionCode });
        expect([
          asOf,
          Object.fromEntries(shown.map(({ key, numerator, denominator }) => [key, [numerator, denominator]])),
        ]).toEqual([asOf, recount(facts, asOf, divisionCode, bank.services.today())]);
      }
    const { numerator, denominator, value, byDivision, series } = await indicatorOf("VISIT_RATE");
    expect([numerator, denominator, value]).toEqual([1, 2, 0.5]);
    expect(byDivision).toEqual([{ division: { code: "fengqiao", name: "枫桥镇" }, value: 0.5, met: false }]);
    expect(series.map(({ month }: { month: string }) => month).slice(-2)).toEqual(["2026-08", "2026-09"]);
    expect(series).toHaveLength(12);
  });

  test("have targets with their clause; a share's counts in every part, a number's for the county alone", async () => {
    expect(await indicatorOf("STATION_COVERAGE")).toMatchObject({
      label: "镇乡（街道）社会工作站覆盖率",
      value: 1,
      target: 1,
      met: true,
      citation: "《诸暨市推进新时代民政事业高质量发展的意见》第11项：乡镇（街道）社会工作站全覆盖",
      byDivision: [{ division: { code: "fengqiao" }, value: 1, met: true }],
    });
    expect(await indicatorOf("CERTIFIED_SOCIAL_WORKERS")).toMatchObject({ value: 0, target: 1500, met: false });
    expect(await indicatorOf("CERTIFIED_SOCIAL_WORKERS", { divisionCode: "fengqiao" })).toMatchObject({
      target: null,
      met: null,
    });
    expect(await indicatorOf("VOLUNTEERS")).toMatchObject({ target: null, met: null });
    // How many people live here is the office's to say.
    expect(await indicatorOf("SOCIAL_ORGANIZATIONS")).toMatchObject({
      numerator: 0,
      denominator: null,
      value: null,
      met: null,
    });
    const set = (value: unknown) =>
      bank.services.policies
        .set(bank.officer, {
          idempotencyKey: bank.key(),
          key: "indicator.populations",
          value,
          effectiveFrom: "2026-08-20",
          citation: "2025 年统计公报",
        })
        .then(() => "set")
        .catch(({ code }) => code);
    expect(await set([{ code: "fengqiao", people: 1.5 }])).toBe("INVALID_INPUT");
    expect(await set([{ code: "fengqiao", people: 60_000 }])).toBe("set");
    expect(await indicatorOf("SOCIAL_ORGANIZATIONS")).toMatchObject({
      denominator: 60_000,
      value: 0,
      target: 45,
      met: false,
    });
  });

  test("are for officers and auditors, and for supervisors of their own division; never for a day to come", async () => {
    expect(await ask(null)).toBe("UNAUTHENTICATED");
    expect(await ask(bank.worker)).toBe("NOT_PERMITTED");
    expect(await ask(bank.supervisor)).toHaveLength(indicatorKeys.length);
    expect(await ask(bank.supervisor, { divisionCode: "zhuji" })).toBe("NOT_PERMITTED");
    expect(await ask(await bank.staff("AUDITOR", null), { divisionCode: "zhuji" })).toHaveLength(indicatorKeys.length);
    expect(await ask(bank.officer, { asOf: "2026-08-21" })).toBe("IN_THE_FUTURE");
    expect(await ask(bank.officer, { divisionCode: "nowhere" })).toBe("DIVISION_NOT_FOUND");
  });
});
