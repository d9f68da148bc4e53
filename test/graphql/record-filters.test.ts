import type { Actor } from "../../src/domain/permissions/actors";
import { openApi, type TestApi } from "../support/api";
import { openBank, type TestBank } from "../support/bank";
import { engines } from "../support/engines";

/** What a station asks of its records on a working day: of which days, of whom, under which number, and what waits for me. */
describe.each(engines)("lists of records on $name", (engine) => {
  let bank: TestBank;
  let api: TestApi;
  const ids: Record<string, string> = {};
  beforeAll(async () => {
    bank = await openBank(engine);
    api = await openApi(bank);
    for (const no of ["V-1", "V-2"]) await bank.volunteer(no);
    const log = async (name: string, ...given: Parameters<TestBank["log"]>) => {
      const { id, code } = await bank.log(...given);
      expect(code).toBeNull();
      ids[name] = id as string;
    };
    await log("tenth", "V-1", "2026-09-10", "09:00", "11:00", { externalRef: "表 1/7" });
    // Until midnight: the day is that of the last minute, the tenth.
    await log("night", "V-2", "2026-09-10", "22:00", "00:00", { serviceType: "MEAL_DELIVERY", externalRef: "100%" });
    await log("over", "V-2", "2026-09-11", "22:30", "00:30", { externalRef: "100_" });
    await log("late", "V-1", "2026-09-15", "09:00", "11:00", { serviceType: "MEAL_DELIVERY" });
  });
  afterAll(async () => {
    await api.close();
    await bank.close();
  });

  const list = async (
    filter: object,
    who: Actor = bank.supervisor,
    of = 'organizationBySlug(slug: "fengqiao-station")',
  ) => {
    const query = `query ($filter: ServiceRecordFilter) { found: ${of} { serviceRecords(first: 50, filter: $filter, orderBy: STARTED_AT, direction: ASC) { totalCount edges { node { id } } } } }`;
    const { data, errors } = await api.post(who, { query, variables: { filter } });
    if (errors) return errors[0]?.extensions.code;
    const { edges, totalCount } = data.found.serviceRecords;
    expect(totalCount).toBe(edges.length);
    return edges.map(
      ({ node }: { node: { id: string } }) => Object.keys(ids).find((name) => ids[name] === node.id) ?? node.id,
    );
  };

  const cases: [name: string, filter: object, found: string[]][] = [
    ["everything", {}, ["tenth", "night", "over", "late"]],
    ["from a day", { from: "2026-09-11" }, ["over", "late"]],
    ["to a day", { to: "2026-09-10" }, ["tenth", "night"]],
    ["of one day", { from: "2026-09-12", to: "2026-09-12" }, ["over"]],
    ["of days the wrong way round", { from: "2026-09-12", to: "2026-09-10" }, []],
    ["of a service", { serviceType: ["MEAL_DELIVERY"] }, ["night", "late"]],
    ["of either service", { serviceType: ["MEAL_DELIVERY", "COMPANION_TALK"] }, ["tenth", "night", "over", "late"]],
    ["of no service", { serviceType: [] }, []],
    ["of a volunteer's number", { volunteerNo: "v-1" }, ["tenth", "late"]],
    ["of a number that nobody has", { volunteerNo: "V-9" }, []],
    ["under a reference", { externalRef: "表 1/7" }, ["tenth"]],
    ["under one with a sign that LIKE takes for anything", { externalRef: "100%" }, ["night"]],
    ["under another", { externalRef: "100_" }, ["over"]],
    ["under part of one", { externalRef: "100" }, []],
    ["of one service of one volunteer", { volunteerNo: "V-2", serviceType: ["MEAL_DELIVERY"] }, ["night"]],
  ];
  test.each(cases)("%s", async (_name, filter, found) => {
    expect(await list(filter)).toEqual(found);
    // The office asks the same of the whole bank.
    const query =
      "query ($filter: ServiceRecordFilter) { serviceRecords(first: 50, filter: $filter) { edges { node { id } } } }";
    const { data } = await api.post(bank.officer, { query, variables: { filter } });
    expect(new Set(data.serviceRecords.edges.map(({ node }: { node: { id: string } }) => node.id))).toEqual(
      new Set(found.map((name) => ids[name])),
    );
  });

  test("a volunteer's list filtered by another volunteer is empty", async () => {
    const [one, two] = [await bank.store.view.volunteerByNo("V-1"), await bank.store.view.volunteerByNo("V-2")];
    const own = await bank.services.people.actorOf({
      subject: one?.personId ?? "",
      issuer: "https://goodhours.example",
    });
    const of = `node(id: "${one?.id}") { ... on Volunteer`;
    const ask = async (filter: object) => {
      const query = `query ($filter: ServiceRecordFilter) { found: ${of} { serviceRecords(first: 50, filter: $filter) { totalCount } } } }`;
      return (await api.post(own, { query, variables: { filter } })).data.found.serviceRecords.totalCount;
    };
    expect([await ask({}), await ask({ volunteerId: one?.id }), await ask({ volunteerId: two?.id })]).toEqual([
      2, 2, 0,
    ]);
    expect(await list({ volunteerId: two?.id })).toEqual(["night", "over"]);
  });

  test("each record says when it was written down, when it last changed, and under which reference", async () => {
    bank.setClock("2026-09-20T10:00:00+08:00");
    await bank.services.hours.giveBack(bank.supervisor, { recordId: ids.tenth as string, reason: "时间不清" });
    const query =
      "query ($id: ID!) { node(id: $id) { ... on ServiceRecord { recordedAt updatedAt externalRef history { at } } } }";
    const { node } = (await api.post(bank.supervisor, { query, variables: { id: ids.tenth } })).data;
    expect(node).toEqual({
      recordedAt: "2026-09-20T01:00:00.000Z",
      updatedAt: "2026-09-20T02:00:00.000Z",
      externalRef: "表 1/7",
      history: [{ at: node.recordedAt }, { at: node.updatedAt }],
    });
  });

  test("`waitsForMe` lists the records that the actor can confirm, and no others", async () => {
    const { services, key, station } = bank;
    // The supervisor is a volunteer too, answers for a child, and has a colleague who volunteers.
    const [self, child] = [
      await bank.volunteer("S-1"),
      await bank.volunteer("K-1", { birthDate: "2014-05-01", guardian: true }),
    ];
    const colleague = await bank.volunteer("W-1");
    await services.guardians.link(bank.worker, { idempotencyKey: key(), volunteerId: child.id, guardianId: self.id });
    await bank.grant(self.personId, "STATION_SUPERVISOR", station.id);
    await bank.grant(colleague.personId, "STATION_WORKER", station.id);
    const me = await bank.actorOf(self);
    for (const [name, no] of [
      ["own", "S-1"],
      ["ward", "K-1"],
      ["colleague", "W-1"],
    ] as const) {
      // On a Saturday: on working days staff are paid for these hours.
      const answer = await bank.log(no, "2026-09-19", "09:00", "11:00");
      expect([name, answer.code]).toEqual([name, null]);
      ids[name] = answer.id as string;
    }
    // Back-filled: it needs two, and one of them was me.
    bank.setClock("2026-10-20T10:00:00+08:00");
    ids.once = (await bank.log("V-1", "2026-09-21", "09:00", "11:00", { evidence: [{ kind: "PHOTO", ref: "x" }] }))
      .id as string;
    expect(await bank.confirm(me, ids.once)).toEqual(["SUBMITTED"]);

    const everybody: [name: string, who: Actor, found: string[]][] = [
      ["me", me, ["night", "over", "late"]],
      // A colleague at the same station confirms no colleague's.
      ["another supervisor", bank.second, ["night", "over", "late", "ward", "once"]],
      ["an officer", bank.officer, ["night", "over", "late", "own", "ward", "colleague", "once"]],
      ["who logged them", bank.worker, []],
    ];
    for (const [name, who, found] of everybody) {
      const all = (await list({}, who)) as string[];
      const waiting = (await list({ waitsForMe: true }, who)) as string[];
      expect([name, [...waiting].sort()]).toEqual([name, [...found].sort()]);
      expect([name, await list({ waitsForMe: false }, who)]).toEqual([
        name,
        all.filter((record) => !found.includes(record)),
      ]);
    }
    // And so it is when they are confirmed: exactly these of all, by me.
    const done = await Promise.all(
      Object.entries(ids).map(async ([record, id]) => [record, (await bank.confirm(me, id))[0]]),
    );
    expect(done.filter(([, state]) => state === "POSTED").map(([record]) => record)).toEqual(["night", "over", "late"]);
    expect(await list({ waitsForMe: true }, me)).toEqual([]);
  });

  test("a name is found by the signs that stand in it, and by no others", async () => {
    const { services, key } = bank;
    for (const [slug, name] of [
      ["a-team", "100%公益"],
      ["b-team", "爱心_一队"],
      ["c-team", "爱心a一队!"],
    ])
      await services.organizations.register(bank.officer, {
        idempotencyKey: key(),
        slug: slug as string,
        name: name as string,
        kind: "VOLUNTEER_TEAM",
        filingStatus: "UNREGISTERED",
        divisionCode: "fengqiao",
      });
    const find = async (text: string) => {
      const query =
        "query ($text: String) { organizations(first: 50, filter: { text: $text }) { edges { node { name } } } }";
      return (await api.post(null, { query, variables: { text } })).data.organizations.edges.map(
        ({ node }: { node: { name: string } }) => node.name,
      );
    };
    expect(await find("%")).toEqual(["100%公益"]);
    expect(await find("0%公")).toEqual(["100%公益"]);
    expect(await find("_")).toEqual(["爱心_一队"]);
    expect(await find("心_一")).toEqual(["爱心_一队"]);
    expect(await find("!")).toEqual(["爱心a一队!"]);
    expect(await find("\\")).toEqual([]);
    // People are found by hashes of letters, and by no pattern at all.
    const people = await api.post(bank.officer, {
      query:
        '{ v: volunteers(first: 5, filter: { text: "%" }) { totalCount } w: volunteers(first: 5, filter: { text: "__" }) { totalCount } p: people(first: 5, filter: { text: "%" }) { totalCount } }',
    });
    expect(people.data).toEqual({ v: { totalCount: 0 }, w: { totalCount: 0 }, p: { totalCount: 0 } });
  });
});
