import { sql } from "drizzle-orm";
import { SQLiteSyncDialect } from "drizzle-orm/sqlite-core";
import type { Volunteer } from "../../src/domain/facts/people";
import { Bank } from "../../src/services/bank";
import { StarCount } from "../../src/services/ratings/star-count";
import { endOf } from "../../src/storage/queries/recorded";
import { openApi, type TestApi } from "../support/api";
import { closeFullyAudited } from "../support/audited";
import { at, openBank, type TestBank } from "../support/bank";
import { engines } from "../support/engines";
import { readFacts, recount } from "../support/indicators";

describe.each(engines)("services recorded in time, on $name", (engine) => {
  let bank: TestBank;
  let api: TestApi;
  beforeEach(async () => {
    bank = await openBank(engine, "2026-08-05T09:00:00+08:00");
    api = await openApi(bank);
  });
  afterEach(() => closeFullyAudited(bank, api));

  const day = (date: string) => bank.setClock(`${date}T09:00:00+08:00`);
  const ratio = async (month: string) => {
    const { data } = await api.post(bank.worker, {
      query: `query ($id: ID!, $month: Month!) { organization(id: $id) { monthSummary(month: $month) { recordedOnTimeRatio } } }`,
      variables: { id: bank.station.id, month },
    });
    return data.organization.monthSummary.recordedOnTimeRatio;
  };
  const indicator = async (asOf: string) => {
    const { data } = await api.post(bank.officer, {
      query: "query ($asOf: Date!) { indicators(asOf: $asOf) { key numerator denominator } }",
      variables: { asOf },
    });
    const found = data.indicators.find(({ key }: { key: string }) => key === "RECORDS_ON_TIME");
    return [found.numerator, found.denominator];
  };
  const overdue = async () => {
    const { data } = await api.post(bank.officer, {
      query:
        "{ statutoryClocks(first: 100, filter: { kind: [RECORD_DEADLINE], state: [OVERDUE] }) { edges { node { dueOn } } } }",
    });
    return data.statutoryClocks.edges.length;
  };

  test("a record that nobody confirmed by its day is not in time, and a rejected or voided one counts in neither number", async () => {
    await bank.volunteer("V-1");
    const log = async (date: string, more?: object) =>
      (await bank.log("V-1", date, "09:00", "11:00", more)).id as string;
    // Recorded by 17 August, the tenth working day after the 3rd.
    const inTime = await log("2026-08-03");
    await bank.confirm(bank.supervisor, inTime);
    expect(await ratio("2026-08")).toBe(1);
    const waiting = await log("2026-08-04");
    const confirmedLate = [await log("2026-08-01"), await log("2026-08-02")];
    const [rejected, voided] = [await log("2026-07-31"), await log("2026-07-30")];
    day("2026-08-17");
    const adjusted = await log("2026-08-10");
    const reversed = await log("2026-08-11");
    await bank.confirm(bank.supervisor, adjusted, reversed);
    const key = () => ({ idempotencyKey: bank.key() });
    await bank.services.hours.reject(bank.supervisor, { ...key(), recordId: rejected, reason: "重复" });
    await bank.services.hours.void(bank.worker, { ...key(), recordId: voided, reason: "误录" });
    // On its own day a record that waits is not late yet; the day after it is.
    const last = (await bank.store.view.records([waiting])).get(waiting)?.recordBy;
    expect(last).toBe("2026-08-18");
    day("2026-08-18");
    await bank.confirm(bank.supervisor, ...confirmedLate);
    expect([await overdue(), await ratio("2026-08")]).toEqual([0, 0.6]); // 3 of 5: two were confirmed after 14 August.
    day("2026-08-19");
    expect([await overdue(), await ratio("2026-08")]).toEqual([1, 0.5]); // 3 of 6.

    // Its replacement is posted long after, and was in time all the same; what was taken back is no service.
    day("2026-09-10");
    const volunteer = await bank.actorOf((await bank.store.view.volunteerByNo("V-1")) as Volunteer);
    await bank.services.hours.dispute(volunteer, { ...key(), recordId: adjusted, reason: "少记" });
    await bank.services.hours.resolve(bank.second, {
      ...{ ...key(), recordId: adjusted, outcome: "ADJUSTED", reason: "属实" },
      endedAt: at("2026-08-10", "12:00"),
    });
    await bank.services.hours.reverse(bank.second, { ...key(), recordId: reversed, reason: "未到场" });
    const evidence = [{ kind: "SIGN_IN_SHEET", ref: "S-1" }];
    const backfilled = await log("2026-08-20", { evidence });
    await bank.confirm(bank.supervisor, backfilled);
    await bank.confirm(bank.second, backfilled);
    // In time: the 3rd and the 10th. Judged: 1st, 2nd, 3rd, 4th, 10th, 20th.
    expect(await ratio("2026-08")).toBe(0.333);
    expect([await indicator("2026-08-31"), await overdue()]).toEqual([[2, 6], 1]);
    expect(recount(await readFacts(bank.store), "2026-08-31", "zhuji", "2026-09-10").RECORDS_ON_TIME).toEqual([2, 6]);
    const stars = await new StarCount(new Bank(bank.options)).lines(
      bank.store.view,
      bank.station,
      "2026-09-10",
      await new Bank(bank.options).policies(bank.store.view),
    );
    expect(stars.find(({ key }) => key === "RECORDS_ON_TIME")?.source).toMatch(/^own 2\/6, division 2\/6 records/);
    // July had nothing but what was rejected and voided.
    expect([await ratio("2026-07"), await indicator("2026-07-31")]).toEqual([null, [0, 0]]);
  });

  test("a civil day ends when the next begins, in the words of each database too", async () => {
    const days = ["1970-01-01", "1999-12-31", "2000-02-29", "2024-02-28", "2024-02-29", "2026-03-01", "2100-02-28"];
    for (const [i, date] of days.entries()) {
      await bank.volunteer(`V-${i}`);
      const { id } = await bank.log(`V-${i}`, "2026-08-03", "09:00", "11:00");
      await bank.ground.raw(`UPDATE service_records SET record_by = '${date}' WHERE id = '${id}'`);
    }
    const expression = new SQLiteSyncDialect().sqlToQuery(endOf(sql.raw("record_by"))).sql;
    const found = await bank.ground.raw(`SELECT record_by, ${expression} AS ends FROM service_records`);
    const shown = Object.fromEntries(found.map(({ record_by, ends }) => [record_by, Number(ends)]));
    expect(shown).toEqual(Object.fromEntries(days.map((date) => [date, Date.parse(`${date}T24:00:00+08:00`)])));
    await bank.ground.raw("UPDATE service_records SET record_by = '2026-08-17'");
  });
});
