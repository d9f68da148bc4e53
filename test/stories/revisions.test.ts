import type { Actor } from "../../src/domain/permissions/actors";
import { nobody } from "../../src/domain/permissions/actors";
import { openApi, type TestApi } from "../support/api";
import { closeAudited } from "../support/audited";
import { openBank, type TestBank } from "../support/bank";
import { engines } from "../support/engines";

/** What was entered is renamed, moved and split as facts: with a reason, a history, and nothing of the past rewritten. */
describe.each(engines)("campaigns, households and organisations change on $name", (engine) => {
  let bank: TestBank;
  let api: TestApi;
  beforeAll(async () => {
    bank = await openBank(engine);
    api = await openApi(bank);
    await bank.services.divisions.set(bank.officer, {
      idempotencyKey: bank.key(),
      mode: "ALL_OR_NOTHING",
      dryRun: false,
      divisions: [
        { code: "east", name: "东村", kind: "VILLAGE", parentCode: "fengqiao" },
        { code: "west", name: "西村", kind: "VILLAGE", parentCode: "fengqiao" },
        { code: "diankou", name: "店口镇", kind: "TOWN", parentCode: "zhuji" },
      ],
    });
  });
  afterAll(() => closeAudited(bank, api));

  /** The mutation's payload, or the code of its refusal. */
  const send = async (who: Actor, name: string, type: string, shape: string, input: object) => {
    const query = `mutation M($input: ${type}!) { ${name}(input: $input) { ${shape} userErrors { code } } }`;
    const { data, errors } = await api.post(who, { query, variables: { input } });
    if (errors) return errors[0]?.extensions.code;
    const { userErrors, ...payload } = data[name];
    return userErrors[0]?.code ?? payload;
  };
  const ask = async (who: Actor | null, query: string) => (await api.post(who, { query })).data;

  test("a campaign is renamed and moved to another day, its address stays", async () => {
    const { value: campaign } = await bank.services.activities.createCampaign(bank.officer, {
      idempotencyKey: bank.key(),
      slug: "charity-day",
      name: "慈善日",
      tagline: "旧口号",
      day: "2026-09-05",
    });
    const revise = (input: object, who: Actor = bank.officer) =>
      send(who, "reviseCampaign", "ReviseCampaignInput", "campaign { slug name tagline day version }", {
        campaignId: campaign.id,
        reason: "按文件更名",
        ...input,
      });
    expect(await revise({ name: "x" })).toBe("INVALID_INPUT");
    expect(await revise({ name: "善行诸暨" }, bank.supervisor)).toBe("NOT_PERMITTED");
    expect(await revise({ name: "善行诸暨", reason: " " })).toBe("REASON_MISSING");
    expect(await revise({ campaignId: "campaign_none", name: "善行诸暨" })).toBe("NOT_FOUND");
    expect(await revise({ name: "善行诸暨", expectedVersion: 7 })).toBe("VERSION_CONFLICT");
    const renamed = { slug: "charity-day", name: "善行诸暨", tagline: null, day: "2026-09-06", version: 2 };
    const change = { name: "善行诸暨", tagline: "", day: "2026-09-06" };
    expect(await revise(change)).toEqual({ campaign: renamed });
    expect(await revise(change)).toEqual({ campaign: renamed }); // the same again changes nothing
    const seen = '{ campaign(slug: "charity-day") { name history { action fields reason actor { kind } } } }';
    expect(await ask(bank.officer, seen)).toEqual({
      campaign: {
        name: "善行诸暨",
        history: [
          {
            action: "REVISE",
            fields: ["name", "tagline", "day"],
            reason: "按文件更名",
            actor: { kind: "OFFICER" },
          },
        ],
      },
    });
    expect(await ask(null, seen)).toEqual({ campaign: { name: "善行诸暨", history: [] } });
    // A name is spelled as when it was made, with its dot.
    expect(await revise({ name: "善行•诸暨" })).toMatchObject({ campaign: { name: "善行·诸暨", version: 3 } });
  });

  const household =
    "household { id householdNo version headName division { code } history { action fields reason otherId } }";
  const registerAt = async (householdNo: string, divisionCode: string) =>
    (
      await bank.services.villagePoints.households.register(bank.officer, {
        idempotencyKey: bank.key(),
        householdNo,
        divisionCode,
      })
    ).value;
  const revise = (householdId: string, input: object, who: Actor = bank.worker) =>
    send(who, "reviseHousehold", "ReviseHouseholdInput", household, { householdId, reason: "迁居", ...input });
  const board = async (divisionCode: string, quarter: string) => {
    const households = await bank.services.villagePoints.board.list(
      bank.officer,
      { divisionCode, quarter },
      { first: 10 },
    );
    return households.edges.map(({ node }) => `${node.householdNo} ${node.points}`);
  };

  test("a household moves with its points, and the boards of past quarters stay where they were", async () => {
    const moved = await registerAt("E-1", "east");
    await registerAt("W-1", "west");
    const award = (points: number, on: string) =>
      bank.services.villagePoints.award(bank.worker, {
        idempotencyKey: bank.key(),
        householdId: moved.id,
        points,
        reason: "庭院整洁",
        on,
      });
    await award(6, "2026-09-18");
    bank.setClock("2026-10-08T09:00:00+08:00");
    await award(-3, "2026-10-07");
    expect(await revise(moved.id, { divisionCode: "west", householdNo: "W-1" })).toBe("DUPLICATE_HOUSEHOLD");
    expect(await revise(moved.id, { divisionCode: "diankou" })).toBe("NOT_PERMITTED"); // another town's station
    expect(await revise(moved.id, { divisionCode: "nowhere" })).toBe("DIVISION_NOT_FOUND");
    expect(await revise(moved.id, { divisionCode: "west" }, await bank.actorOf(await bank.volunteer("V-1")))).toBe(
      "NOT_FOUND",
    );
    expect(await revise(moved.id, { divisionCode: "west", householdNo: "W-2", expectedVersion: 1 })).toEqual({
      household: {
        id: moved.id,
        householdNo: "W-2",
        version: 2,
        headName: null,
        division: { code: "west" },
        history: [{ action: "REVISE", fields: ["householdNo", "divisionCode"], reason: "迁居", otherId: null }],
      },
    });
    // 100 and 6 in the third quarter, 100 less 3 in the fourth.
    expect([await board("east", "2026-Q3"), await board("west", "2026-Q3")]).toEqual([["E-1 106"], ["W-1 100"]]);
    expect([await board("east", "2026-Q4"), await board("west", "2026-Q4")]).toEqual([[], ["W-1 100", "W-2 97"]]);
    expect(await board("fengqiao", "2026-Q3")).toEqual(["E-1 106", "W-1 100"]);
    // Its old number is free for others.
    expect((await registerAt("E-1", "east")).householdNo).toBe("E-1");
  });

  test("a household has a head, and another one in time; who splits off begins with the base", async () => {
    const first = await registerAt("E-7", "east");
    expect(await revise(first.id, { headName: "1" })).toBe("NAME_INVALID");
    const headed = await revise(first.id, { headName: "王建国", reason: "登记户主" });
    expect(headed.household).toMatchObject({ headName: "王建国", version: 2 });
    expect((await revise(first.id, { headName: "王建国" })).household.version).toBe(2);
    const anew = await revise(first.id, { headName: "李秀英", reason: "户主去世" });
    expect(anew.household).toMatchObject({ headName: "李秀英", version: 3, householdNo: "E-7" });
    const input = {
      idempotencyKey: bank.key(),
      householdId: first.id,
      householdNo: "E-8",
      headName: "王小明",
      reason: "成家分户",
    };
    const split = (more: object = {}) =>
      send(bank.worker, "splitHousehold", "SplitHouseholdInput", `${household} replayed`, { ...input, ...more });
    expect(await split({ idempotencyKey: bank.key(), householdNo: "E-7" })).toBe("DUPLICATE_HOUSEHOLD");
    const made = await split();
    expect(made).toMatchObject({
      replayed: false,
      household: { householdNo: "E-8", headName: "王小明", division: { code: "east" } },
    });
    expect((await split()).replayed).toBe(true);
    const otherId = made.household.id;
    expect(made.household.history).toEqual([
      { action: "SPLIT", fields: [], reason: "成家分户", otherId: first.id },
      { action: "REVISE", fields: ["headName"], reason: "成家分户", otherId: null },
    ]);
    const again = await revise(first.id, { householdNo: "E-07" });
    expect(again.household.history.map((step: object) => Object.values(step))).toEqual([
      ["REVISE", ["headName"], "登记户主", null],
      ["REVISE", ["headName"], "户主去世", null],
      ["SPLIT", [], "成家分户", otherId],
      ["REVISE", ["householdNo"], "迁居", null],
    ]);
    expect(await board("east", "2026-Q4")).toEqual(expect.arrayContaining(["E-07 100", "E-8 100"]));
    // No name of a head stands in the journal, nor in the tables: only sealed.
    const { revisions } = { revisions: (await bank.store.view.revisions([first.id])).get(first.id) };
    expect(JSON.stringify(revisions)).not.toMatch(/王建国|李秀英/);
  });

  test("an organisation moves to another division, with the reason in its history", async () => {
    const { value: team } = await bank.services.organizations.register(bank.officer, {
      idempotencyKey: bank.key(),
      slug: "team",
      name: "义工队",
      kind: "VOLUNTEER_TEAM",
      filingStatus: "UNREGISTERED",
      divisionCode: "fengqiao",
    });
    const move = { organizationId: team.id, divisionCode: "diankou", reason: "办公地迁移" };
    const shape = "organization { division { code } history { action reason } }";
    expect(await send(bank.supervisor, "reviseOrganization", "ReviseOrganizationInput", shape, move)).toBe(
      "NOT_PERMITTED",
    );
    expect(await send(bank.officer, "reviseOrganization", "ReviseOrganizationInput", shape, move)).toEqual({
      organization: { division: { code: "diankou" }, history: [{ action: "REVISE", reason: "办公地迁移" }] },
    });
    expect((await bank.services.registry.historyOf(nobody, [team.id]))[0]).toEqual([]);
  });
});
