import { type GraphQLSchema, isObjectType } from "graphql";
import type { Actor } from "../../src/domain/permissions/actors";
import { nodesByPrefix } from "../../src/graphql/kit/node";
import { buildGoodhoursSchema } from "../../src/graphql/schema";
import { openApi, type TestApi } from "../support/api";
import { openBank, type TestBank } from "../support/bank";
import { openCharity, type TestCharity } from "../support/charity";
import { engines } from "../support/engines";

let schema: GraphQLSchema;
beforeAll(async () => {
  schema = await buildGoodhoursSchema();
});

/**
 * Other views of what `node` gives under the same id: who a credit file is about, who judges or answers for a date, who is signed
 * in, and a record whose content is read with a purpose. None has a field of the other with another meaning but the role's name.
 */
const views: Record<string, readonly string[]> = {
  CommitteeMember: ["Person"],
  CreditRecord: ["CreditCase"],
  OrderParty: ["Recipient", "Volunteer"],
  CreditSubject: ["Volunteer", "Organization"],
  Responsible: ["Organization", "Responsible"],
  Viewer: ["Person"],
};

test("every type with an id is a node, and node tells it by its prefix", () => {
  const found = Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter((type) => "id" in type.getFields());
  expect(found.filter((type) => !type.getInterfaces().some(({ name }) => name === "Node")).map(String)).toEqual([]);
  for (const type of found) expect(String(type.getFields().id?.type)).toBe("ID!");
  const reached = Object.values(nodesByPrefix).map(([type]) => type);
  expect(found.map(({ name }) => name).filter((name) => !reached.includes(name) && !(name in views))).toEqual([]);
});

describe.each(engines)("ids that the schema gives out, on $name", (engine) => {
  let bank: TestBank;
  let api: TestApi;
  let charity: TestCharity;
  beforeAll(async () => {
    bank = await openBank(engine, "2026-08-20T09:00:00+08:00");
    api = await openApi(bank);
    charity = await openCharity(bank);
  });
  afterAll(async () => {
    await api.close();
    await bank.close();
  });

  const ask = async (who: Actor | null, query: string, variables: object = {}) => {
    const { data, errors } = await api.post(who, { query, variables });
    expect(errors).toBeUndefined();
    return data;
  };
  /** Every object with an id in an answer, by what it says it is. */
  const idsIn = (value: unknown): { __typename: string; id: string }[] => {
    if (value === null || typeof value !== "object") return [];
    const { __typename, id } = value as { __typename?: string; id?: string };
    const own = __typename !== undefined && id !== undefined ? [{ __typename, id }] : [];
    return [...own, ...Object.values(value).flatMap(idsIn)];
  };
  /** Whoever was given an id finds it by `node`, as what it was, and all of them in their places by `nodes`. */
  const findsAll = async (who: Actor | null, answer: unknown): Promise<string[]> => {
    const given = idsIn(answer);
    const ids = [...new Set(given.map(({ id }) => id))];
    const { nodes } = await ask(who, "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }", { ids });
    expect(nodes.map((node: { id: string } | null) => node?.id)).toEqual(ids);
    for (const { __typename, id } of given) {
      const { node } = await ask(who, "query ($id: ID!) { node(id: $id) { __typename id } }", { id });
      expect(node.id).toBe(id);
      expect(views[__typename] ?? [__typename]).toContain(node.__typename);
    }
    return [...new Set(given.map(({ __typename }) => __typename))].sort();
  };

  test("an organisation's", async () => {
    const { services, station, officer, key } = bank;
    const organizationId = station.id;
    await services.organizations.recordAward(officer, {
      idempotencyKey: key(),
      organizationId,
      name: "先进",
      grantedBy: "市民政局",
      on: "2026-08-01",
    });
    await services.registry.recordFinding(officer, {
      idempotencyKey: key(),
      organizationId,
      kind: "ANNUAL_CHECK",
      result: "QUALIFIED",
      year: 2025,
      on: "2026-06-01",
    });
    await services.heads.propose(officer, { idempotencyKey: key(), organizationId, displayName: "张站长" });
    const { value: worker } = await services.socialWorkers.register(officer, {
      idempotencyKey: key(),
      organizationId,
      displayName: "王社工",
      level: "ASSISTANT",
      certificateNo: "ZJ-2020-0001",
      registeredOn: "2026-01-01",
    });
    await services.socialWorkers.recordTraining(officer, {
      idempotencyKey: key(),
      socialWorkerId: worker.id,
      name: "个案",
      hours: 8,
      organizer: "学院",
      on: "2026-03-01",
    });
    const answer = await ask(
      officer,
      `query ($id: ID!) {
        organization(id: $id) { __typename id awards { __typename id } findings { __typename id } heads { __typename id } }
        socialWorkers(first: 5) { edges { node { __typename id training { lines { __typename id } } } } }
        people(first: 50) { edges { node { __typename id grants { __typename id } } } }
        viewer { __typename id }
      }`,
      { id: organizationId },
    );
    expect(await findsAll(officer, answer)).toEqual([
      "Award",
      "Grant",
      "Organization",
      "OrganizationFinding",
      "OrganizationHead",
      "Person",
      "SocialWorker",
      "Training",
      "Viewer",
    ]);
    // To a stranger a person's id tells nothing but itself, and what is not public is not there.
    const { nodes } = await ask(
      null,
      "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename ... on Person { label grants { id } identities { id } mergedPersons { id } } } }",
      {
        ids: [
          officer.personId,
          answer.organization.heads[0].id,
          answer.socialWorkers.edges[0].node.id,
          answer.socialWorkers.edges[0].node.training.lines[0].id,
          "person_00000000000000000000000000",
          "nonsense",
          "",
        ],
      },
    );
    expect(nodes).toEqual([
      { __typename: "Person", label: "", grants: [], identities: [], mergedPersons: [] },
      null,
      null,
      null,
      null,
      null,
      null,
    ]);
  });

  test("a volunteer's: notices, records, credit file", async () => {
    const mei = await bank.volunteer("V-1", { displayName: "陈梅" });
    const me = await bank.actorOf(mei);
    const { id } = await bank.log("V-1", "2026-08-19", "09:00", "11:00");
    await bank.confirm(bank.supervisor, id);
    const { shifts } = await charity.announce("clinic");
    await charity.signUp(mei, shifts[0] as never);
    const answer = await ask(
      me,
      `{ viewer { __typename id
        volunteer { __typename id station { __typename id } account { __typename id } serviceRecords(first: 5) { edges { node { __typename id } } }
          signUps(first: 5) { edges { node { __typename id shift { __typename id activity { __typename id campaign { __typename id } } } } } } }
        notices(first: 5) { edges { node { __typename id title body subject { __typename id } } } } } }`,
    );
    expect(await findsAll(me, answer)).toEqual([
      "Account",
      "Activity",
      "Campaign",
      "Notice",
      "Organization",
      "ServiceRecord",
      "Shift",
      "SignUp",
      "Viewer",
      "Volunteer",
    ]);
    const [{ node: notice }] = answer.viewer.notices.edges;
    const query =
      "query ($id: ID!) { node(id: $id) { ... on Notice { __typename id title body subject { __typename id } } } }";
    expect((await ask(me, query, { id: notice.id })).node).toEqual(notice);
    expect((await ask(bank.officer, query, { id: notice.id })).node).toBeNull();
    await bank.services.credit.open(bank.officer, {
      idempotencyKey: bank.key(),
      subjectId: mei.id,
      kind: "ADVERSE",
      ground: "FORGED_SERVICE_RECORDS",
      facts: "虚报",
      evidence: [{ kind: "LETTER", ref: "x" }],
    });
    const file = await ask(
      bank.officer,
      `query ($id: ID!) { creditFile(subjectId: $id, purpose: "核查") { subject { __typename id } records { __typename id } } }`,
      { id: mei.id },
    );
    expect(await findsAll(bank.officer, file)).toEqual(["CreditRecord", "CreditSubject"]);
  });

  test("a household's line on the board, which is another one for each quarter", async () => {
    const { services, worker, key } = bank;
    await services.villagePoints.households.register(worker, {
      idempotencyKey: key(),
      householdNo: "H-1",
      divisionCode: "fengqiao",
    });
    bank.setClock("2026-10-20T09:00:00+08:00");
    const board = `query ($quarter: Quarter!) { villagePoints(divisionCode: "fengqiao", quarter: $quarter) { households(first: 5) { edges { node { __typename id quarter points household { __typename id } } } } } }`;
    const lines = [];
    for (const quarter of ["2026-Q3", "2026-Q4"]) {
      const answer = await ask(worker, board, { quarter });
      expect(await findsAll(worker, answer)).toEqual(["Household", "HouseholdOnBoard"]);
      lines.push(answer.villagePoints.households.edges[0].node);
    }
    expect(lines[0].id).not.toBe(lines[1].id);
    expect(lines[0].household.id).toBe(lines[1].household.id);
    // Clients that know no other id pass that of the line.
    const award =
      "mutation ($input: AwardVillagePointsInput!) { awardVillagePoints(input: $input) { entry { points } userErrors { code } } }";
    const input = { idempotencyKey: key(), householdId: lines[1].id, points: 3, reason: "庭院整洁", on: "2026-10-19" };
    expect((await ask(worker, award, { input })).awardVillagePoints).toEqual({ entry: { points: 3 }, userErrors: [] });
    const points = (id: string, who: Actor | null) =>
      ask(who, "query ($id: ID!) { node(id: $id) { ... on HouseholdOnBoard { quarter points entries { points } } } }", {
        id,
      });
    expect((await points(lines[0].id, worker)).node).toEqual({ quarter: "2026-Q3", points: 100, entries: [] });
    expect((await points(lines[1].id, worker)).node).toEqual({
      quarter: "2026-Q4",
      points: 103,
      entries: [{ points: 3 }],
    });
    expect((await points(lines[1].id, null)).node).toBeNull();
    for (const id of [lines[0].id.replace("Q3", "Q2"), lines[0].id.replace("2026-Q3", "2027-Q1"), `${lines[0].id}x`])
      expect((await points(id, worker)).node).toBeNull();
  });

  test("nodes takes a hundred, and no more", async () => {
    const query = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }";
    expect((await ask(null, query, { ids: Array.from({ length: 100 }, () => bank.station.id) })).nodes).toHaveLength(
      100,
    );
    const { errors } = await api.post(null, { query, variables: { ids: Array.from({ length: 101 }, () => "x") } });
    expect(errors?.[0]?.extensions).toMatchObject({ code: "INVALID_INPUT", details: { most: 100 }, path: ["ids"] });
  });
});
