import { clockState, workingDaysLeft } from "../../src/domain/clocks";
import type { Actor } from "../../src/domain/permissions/actors";
import { workingCalendar } from "../../src/services/bank/calendar";
import { openApi, type TestApi } from "../support/api";
import { at, openBank, type TestBank } from "../support/bank";
import { openCharity, type TestCharity } from "../support/charity";
import { engines } from "../support/engines";
import { policies } from "../support/policies";

const calendar = workingCalendar(policies, "2026-09-20");
// 25 to 27 September are Mid-autumn, 1 to 7 October the National Day; the 20th, a Sunday, is worked.
test.each([
  ["2026-09-18", -1],
  ["2026-09-20", 0],
  ["2026-09-24", 4],
  ["2026-09-28", 5],
  ["2026-10-08", 8],
])("on 20 September a clock of %s has %d working days left", (dueOn, left) => {
  expect(workingDaysLeft(dueOn, "2026-09-20", calendar)).toBe(left);
});
test.each([
  ["2026-09-19", "OVERDUE"],
  ["2026-09-20", "DUE"],
  ["2026-09-23", "DUE"],
  ["2026-09-24", "RUNNING"],
])("due on %s is %s", (dueOn, state) => {
  expect(clockState(dueOn, "2026-09-20", "2026-09-23")).toBe(state);
});

/** What is due, from three sources in one list, as the office's client asks for it. */
describe.each(engines)("the clocks on $name", (engine) => {
  let bank: TestBank;
  let charity: TestCharity;
  let api: TestApi;
  beforeAll(async () => {
    bank = await openBank(engine, "2026-08-20T09:00:00+08:00");
    charity = await openCharity(bank);
    api = await openApi(bank);
  });
  afterAll(async () => {
    await api.close();
    await bank.close();
  });

  const query =
    "query Clocks($divisionCode: String, $first: Int!, $after: String, $state: [ClockState!], $kind: [ClockKind!]) { statutoryClocks(filter: { divisionCode: $divisionCode, state: $state, kind: $kind }, first: $first, after: $after) { edges { node { kind subject { id } dueOn workingDaysLeft responsible { id label } citation } } pageInfo { hasNextPage endCursor } } }";
  interface Line {
    kind: string;
    subject: { id: string } | null;
    dueOn: string;
    workingDaysLeft: number;
    responsible: { id: string; label: string };
    citation: string;
  }
  const ask = async (who: Actor, variables: object = {}) => {
    const { data, errors } = await api.post(who, { query, variables: { first: 20, ...variables } });
    return errors ? errors[0]?.extensions.code : data.statutoryClocks;
  };
  const lines = async (who: Actor, variables: object = {}): Promise<string[]> =>
    (await ask(who, variables)).edges.map(
      ({ node }: { node: Line }) => `${node.kind} ${node.dueOn} ${node.workingDaysLeft}`,
    );

  test("stand in one list, whichever is due first, and leave it when they are met", async () => {
    const { activity } = await charity.announce("bazaar");
    const plan = {
      activityId: activity.id,
      planFilingNo: "备案-1",
      permitNo: "证书-1",
      organizationName: "慈善总会",
      howToQuery: "慈善中国",
      filedOn: "2026-05-01",
      startsOn: "2026-06-01",
      endsOn: "2026-06-21",
    };
    await bank.services.fundraising.set(bank.officer, plan);
    bank.setClock("2026-09-20T09:00:00+08:00");
    await bank.volunteer("V-1");
    const late = await bank.log("V-1", "2026-09-08", "19:00", "20:00");
    const posted = await bank.log("V-1", "2026-09-18", "19:00", "20:00");
    await bank.confirm(bank.supervisor, posted.id);
    bank.setClock("2026-09-22T09:00:00+08:00");
    const objection = { recordId: posted.id as string, reason: "时长不符", idempotencyKey: bank.key() };
    await bank.services.hours.dispute(bank.worker, objection);

    const all = [
      "FUNDRAISING_DISCLOSURE 2026-09-21 -1",
      "RECORD_DEADLINE 2026-09-21 -1",
      "DISPUTE_DECISION 2026-09-30 5",
    ];
    bank.setClock("2026-09-22T10:00:00+08:00");
    expect(await lines(bank.officer)).toEqual(all);
    expect(await lines(bank.supervisor)).toEqual(all);
    expect(await lines(bank.officer, { state: ["OVERDUE"] })).toEqual(all.slice(0, 2));
    expect(await lines(bank.officer, { state: ["DUE", "OVERDUE"], kind: ["DISPUTE_DECISION"] })).toEqual([]);
    expect(await lines(bank.officer, { state: ["MET"] })).toEqual([]);
    expect(await lines(bank.officer, { divisionCode: "village" })).toEqual([]);

    // One at a time the same list: the sources are merged, also over pages.
    const paged: string[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const page = await ask(bank.officer, { first: 1, after });
      paged.push(...page.edges.map(({ node }: { node: Line }) => `${node.kind} ${node.dueOn} ${node.workingDaysLeft}`));
      [after, more] = [page.pageInfo.endCursor, page.pageInfo.hasNextPage];
    }
    expect(paged).toEqual(all);
    const [first, second] = (await ask(bank.officer)).edges.map(({ node }: { node: Line }) => node) as [Line, Line];
    expect(first).toMatchObject({
      subject: { id: activity.id },
      responsible: { id: bank.station.id, label: bank.station.name },
      citation: "《中华人民共和国慈善法》（2023）第七十九条",
    });
    expect(second.subject).toEqual({ id: late.id });

    await bank.services.fundraising.set(bank.officer, { ...plan, disclosedOn: "2026-09-22" });
    await bank.confirm(bank.supervisor, late.id);
    await bank.services.hours.resolve(bank.second, { ...objection, idempotencyKey: bank.key(), outcome: "UPHELD" });
    expect(await lines(bank.officer)).toEqual([]);
  });

  test("are for those who see to them: a station's supervisors its own, the office all, nobody else any", async () => {
    await bank.log("V-1", "2026-09-21", "19:00", "20:00");
    const other = (
      await bank.services.organizations.register(bank.officer, {
        idempotencyKey: bank.key(),
        slug: "elsewhere",
        name: "别处",
        kind: "SOCIAL_WORK_STATION",
        filingStatus: "REGISTERED",
        divisionCode: "fengqiao",
      })
    ).value;
    const theirs = await bank.staff("STATION_SUPERVISOR", other.id);
    expect(await lines(bank.supervisor)).toHaveLength(1);
    expect(await lines(theirs)).toEqual([]);
    expect(await lines(await bank.staff("AUDITOR", null))).toHaveLength(1);
    for (const who of [bank.worker, await bank.actorOf(await bank.volunteer("V-2"))])
      expect(await ask(who)).toBe("NOT_PERMITTED");
    expect(at("2026-09-22", "10:00")).toBe(bank.services.now());
  });
});
