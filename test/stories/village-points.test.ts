import type { Refusal } from "../../src/domain/kit/refusal";
import { posted } from "../../src/domain/ledger/transfers";
import type { Actor } from "../../src/domain/permissions/actors";
import { bandOf, quarterOf } from "../../src/domain/village-points";
import { sentenceOf } from "../../src/domain/wording/sentences";
import { openApi, type TestApi } from "../support/api";
import { closeAudited } from "../support/audited";
import { openBank, type TestBank } from "../support/bank";
import { engines } from "../support/engines";
import { codeOf } from "../support/outcomes";
import { policies } from "../support/policies";

test.each([
  ["2026-Q1", "2026-01-01", "2026-03-31"],
  ["2026-Q4", "2026-10-01", "2026-12-31"],
])("%s is from %s until %s", (quarter, from, until) => {
  expect(quarterOf(quarter)).toEqual({ from, until });
});
test.each([
  [90, "HIGH"],
  [89, "MIDDLE"],
  [80, "MIDDLE"],
  [79, "LOW"],
])("%d points are %s", (points, band) => {
  expect(bandOf(points, "2026-09-30", policies)).toBe(band);
});

/** A village's points as its station keeps them: bands and a board, and nothing of it is ever time. */
describe.each(engines)("village points on $name", (engine) => {
  let bank: TestBank;
  let api: TestApi;
  beforeAll(async () => {
    bank = await openBank(engine);
    api = await openApi(bank);
  });
  afterAll(() => closeAudited(bank, api));

  const send = async (who: Actor | null, query: string, variables: object) => {
    const { data, errors } = await api.post(who, { query, variables });
    return errors ? errors[0]?.extensions.code : data;
  };
  const register = async (householdNo: string, who: Actor = bank.worker) => {
    const data = await send(
      who,
      "mutation RegisterHousehold($input: RegisterHouseholdInput!) { registerHousehold(input: $input) { household { id householdNo division { code name } } replayed userErrors { code message path details } } }",
      { input: { idempotencyKey: bank.key(), householdNo, divisionCode: "fengqiao" } },
    );
    return data.registerHousehold.household ?? data.registerHousehold.userErrors[0].code;
  };
  const award = async (householdId: string, points: number, more: object = {}) => {
    const data = await send(
      bank.worker,
      "mutation AwardVillagePoints($input: AwardVillagePointsInput!) { awardVillagePoints(input: $input) { entry { seq points } replayed userErrors { code message path details } } }",
      { input: { idempotencyKey: bank.key(), householdId, points, reason: "庭院整洁", on: "2026-09-18", ...more } },
    );
    return data.awardVillagePoints.entry ?? data.awardVillagePoints.userErrors[0].code;
  };
  const board = async (quarter: string, who: Actor | null = bank.worker, more: object = {}) => {
    const data = await send(
      who,
      "query VillageBoard($divisionCode: String!, $quarter: Quarter!, $first: Int!, $after: String) { villagePoints(divisionCode: $divisionCode, quarter: $quarter) { households(first: $first, after: $after) { edges { node { id householdNo points band entries { on points reason } } } pageInfo { hasNextPage endCursor } } } }",
      { divisionCode: "fengqiao", quarter, first: 10, ...more },
    );
    return typeof data === "string" ? data : data.villagePoints.households;
  };
  const lines = (page: { edges: { node: { householdNo: string; points: number; band: string } }[] }) =>
    page.edges.map(({ node }) => `${node.householdNo} ${node.points} ${node.band}`);

  test("a quarter's board, from the most points to the least, with what they were for", async () => {
    const [a, b, c] = [await register("01-001"), await register("01-002"), await register("01-003")];
    expect(await register("01-001")).toBe("DUPLICATE_HOUSEHOLD");
    await award(a.id, 6);
    await award(b.id, -15, { reason: "乱堆杂物" });
    await award(b.id, 2, { on: "2026-08-25" });
    const mistaken = await award(c.id, -40);
    expect(lines(await board("2026-Q3"))).toEqual(["01-001 106 HIGH", "01-002 87 MIDDLE", "01-003 60 LOW"]);
    expect((await board("2026-Q3")).edges[1].node.entries).toEqual([
      { on: "2026-08-25", points: 2, reason: "庭院整洁" },
      { on: "2026-09-18", points: -15, reason: "乱堆杂物" },
    ]);
    // Page by page the same, also over households with equal points.
    const first = await board("2026-Q3", bank.worker, { first: 2 });
    const second = await board("2026-Q3", bank.worker, { first: 2, after: first.pageInfo.endCursor });
    expect([...lines(first), ...lines(second)]).toEqual(lines(await board("2026-Q3")));
    // Taken back, the entry is not on the board; in the ledger it stands with its mirror.
    const reversed = () =>
      codeOf(
        bank.services.villagePoints
          .reverse(bank.supervisor, { seq: Number(mistaken.seq), reason: "记错户" })
          .then(({ reversedBySeq }) => typeof reversedBySeq),
      );
    expect([await reversed(), await reversed()]).toEqual(["number", "number"]);
    expect(lines(await board("2026-Q3"))).toEqual(["01-001 106 HIGH", "01-003 100 HIGH", "01-002 87 MIDDLE"]);
    // The next quarter begins with the base again, and not before its first day.
    expect(await board("2026-Q4")).toBe("IN_THE_FUTURE");
    bank.setClock("2026-10-01T09:00:00+08:00");
    expect(lines(await board("2026-Q4"))).toEqual(["01-001 100 HIGH", "01-002 100 HIGH", "01-003 100 HIGH"]);
  });

  test("an entry that makes no sense changes nothing", async () => {
    bank.setClock("2026-09-20T09:00:00+08:00");
    const { id } = await register("02-001");
    const refused = [
      await award(id, 0),
      await award(id, 101),
      await award(id, 5, { on: "2026-09-21" }),
      await award(id, 5, { on: "2026-08-19" }),
      await award(id, 5, { reason: " " }),
      await award("household_none", 5),
    ];
    expect(refused).toEqual([
      "INVALID_INPUT",
      "INVALID_INPUT",
      "IN_THE_FUTURE",
      "BACKFILL_WINDOW_PASSED",
      "REASON_MISSING",
      "NOT_FOUND",
    ]);
    // A household has no more to lose than it has.
    expect([(await award(id, -100)).points, await award(id, -1)]).toEqual([-100, "INSUFFICIENT_POINTS"]);
    const taken = await codeOf(
      bank.services.villagePoints
        .award(bank.worker, {
          idempotencyKey: bank.key(),
          householdId: id,
          points: -1,
          reason: "卫生",
          on: "2026-09-18",
        })
        .catch((refusal: Refusal) => sentenceOf(refusal, "zh")),
    );
    expect(taken).toBe("该户这一季度现有 0 分，不能扣 1 分。"); // of points, and never of time
    expect(await board("2026-Q3", null)).toBe("UNAUTHENTICATED");
    expect(await board("2026-Q3", await bank.actorOf(await bank.volunteer("V-9")))).toBe("NOT_PERMITTED");
  });

  test("points are never time: the database refuses the transfer, and what circulates is minutes alone", async () => {
    const { id } = await register("03-001");
    const household = (await bank.store.view.households([id])).get(id);
    const mei = await bank.volunteer("V-1");
    const before = await bank.services.ledger.circulationMinutes();
    for (const [debit, credit] of [
      [household?.accountId, mei.accountId],
      [mei.accountId, household?.accountId],
    ] as [string, string][])
      expect(
        await codeOf(
          bank.store.write((tx) =>
            tx.post("system", posted({ debit, credit, minutes: 30, kind: "GIFT", effectiveOn: "2026-09-20" })),
          ),
        ),
      ).toBe("UNIT_MISMATCH");
    await award(id, 30);
    expect(await bank.services.ledger.circulationMinutes()).toBe(before);
  });
});
