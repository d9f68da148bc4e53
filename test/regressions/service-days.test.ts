import { openApi, type TestApi } from "../support/api";
import { closeFullyAudited } from "../support/audited";
import { openBank, type TestBank } from "../support/bank";
import { engines } from "../support/engines";

describe.each(engines)("a service's day is that of its last minute, on $name", (engine) => {
  let bank: TestBank;
  let api: TestApi;
  beforeEach(async () => {
    bank = await openBank(engine, "2026-09-10T09:00:00+08:00");
    api = await openApi(bank);
  });
  afterEach(() => closeFullyAudited(bank, api));

  const recordOf = async (id: string | null) => (await bank.store.view.records([id as string])).get(id as string);
  const summary = async (month: string) => {
    const { data } = await api.post(bank.worker, {
      query: `query ($id: ID!, $month: Month!) { organization(id: $id) { monthSummary(month: $month) { records serviceMinutes } } }`,
      variables: { id: bank.station.id, month },
    });
    return data.organization.monthSummary;
  };
  const indicator = async (key: string, asOf: string) => {
    const shown = await bank.services.indicators.list(bank.officer, { asOf });
    return shown.find((one) => one.key === key)?.numerator;
  };

  test.each([
    // Until midnight of the birthday the volunteer is 13, and earns nothing.
    ["22:00", "00:00", 0],
    ["22:00", "00:01", 120],
  ])("who turns 14 the next day and serves from %s to %s is credited %i minutes", async (from, to, credited) => {
    await bank.volunteer("V-1", { birthDate: "2012-09-18", guardian: true });
    bank.setClock("2026-09-20T09:00:00+08:00");
    const { id } = await bank.log("V-1", "2026-09-17", from, to);
    expect(await bank.confirm(bank.supervisor, id)).toEqual(["POSTED"]);
    expect(await recordOf(id)).toMatchObject({ creditedMinutes: credited });
  });

  test("rate, statement, and the day by which it is recorded are those of the day before midnight", async () => {
    const volunteer = await bank.volunteer("V-1");
    await bank.services.policies.set(bank.officer, {
      idempotencyKey: bank.key(),
      key: "credit.ratePerServiceHour",
      value: 30,
      effectiveFrom: "2026-09-18",
      citation: "test",
    });
    bank.setClock("2026-09-20T09:00:00+08:00");
    const { id } = await bank.log("V-1", "2026-09-17", "22:00", "00:00");
    const later = await bank.log("V-1", "2026-09-18", "22:00", "00:00");
    await bank.confirm(bank.supervisor, id, later.id);
    // Working days after 17 September: 18, 20 (made up), 21 to 24, 28 to 30, 8 October.
    expect(await recordOf(id)).toMatchObject({ recordBy: "2026-10-08", creditedMinutes: 120 });
    expect(await recordOf(later.id)).toMatchObject({ recordBy: "2026-10-09", creditedMinutes: 60 });
    const actor = await bank.actorOf(volunteer);
    const { data } = await api.post(actor, {
      query:
        "{ viewer { volunteer { account { statement(first: 5, axis: EFFECTIVE) { edges { node { effectiveOn minutes } } } } } } }",
    });
    expect(data.viewer.volunteer.account.statement.edges.map(({ node }: { node: object }) => node)).toEqual([
      { effectiveOn: "2026-09-17", minutes: 120 },
      { effectiveOn: "2026-09-18", minutes: 60 },
    ]);
  });

  test("it is late, and too late, from the same day on as any other of that evening", async () => {
    await bank.volunteer("V-1");
    const evidence = [{ kind: "SIGN_IN_SHEET" as const, ref: "S-1" }];
    const spells = [
      ["20:00", "21:30"],
      ["22:00", "00:00"],
    ] as const;
    bank.setClock("2026-10-08T23:00:00+08:00");
    for (const [from, to] of spells) expect((await bank.log("V-1", "2026-09-17", from, to)).code).toBeNull();
    bank.setClock("2026-10-09T00:00:00+08:00");
    await bank.volunteer("V-2");
    for (const [from, to] of spells)
      expect((await bank.log("V-2", "2026-09-17", from, to)).code).toBe("BACKFILL_NEEDS_EVIDENCE");
    // Ninety days after 17 September.
    bank.setClock("2026-12-16T23:00:00+08:00");
    for (const [from, to] of spells)
      expect((await bank.log("V-2", "2026-09-17", from, to, { evidence })).code).toBeNull();
    bank.setClock("2026-12-17T00:00:00+08:00");
    await bank.volunteer("V-3");
    for (const [from, to] of spells)
      expect((await bank.log("V-3", "2026-09-17", from, to, { evidence })).code).toBe("BACKFILL_WINDOW_PASSED");
  });

  test("a night that ends with the month is the month's, in its summary and in the office's figures", async () => {
    await bank.volunteer("V-1");
    const { id } = await bank.log("V-1", "2026-08-31", "22:00", "00:00");
    const next = await bank.log("V-1", "2026-09-01", "22:00", "23:00");
    await bank.confirm(bank.supervisor, id, next.id);
    expect(await summary("2026-08")).toEqual({ records: 1, serviceMinutes: 120 });
    expect(await summary("2026-09")).toEqual({ records: 1, serviceMinutes: 60 });
    expect(await indicator("SERVICE_MINUTES", "2026-08-31")).toBe(120);
    expect(await indicator("SERVICE_MINUTES", "2026-09-10")).toBe(60);
  });

  test("a record reversed takes its rounding back on the same day", async () => {
    await bank.volunteer("V-1");
    for (const [day, from, to] of [
      ["2026-09-07", "09:00", "10:15"],
      ["2026-09-08", "22:15", "00:00"],
    ] as const) {
      const { id } = await bank.log("V-1", day, from, to);
      await bank.confirm(bank.supervisor, id);
      if (day === "2026-09-08")
        await bank.services.hours.reverse(bank.second, {
          idempotencyKey: bank.key(),
          recordId: id as string,
          reason: "未到场",
        });
    }
    // 75 minutes give 60 and carry 15; with 105 more they give 120 more, and nothing is carried.
    expect(await bank.postings()).toBe(
      [
        "| day | kind | debit | credit | minutes |",
        "| 2026-09-07 | EARN | ISSUANCE | V-1 | 60 |",
        "| 2026-09-08 | EARN | ISSUANCE | V-1 | 120 |",
        "| 2026-09-08 | REVERSAL | V-1 | ISSUANCE | 120 |",
      ].join("\n"),
    );
  });
});
