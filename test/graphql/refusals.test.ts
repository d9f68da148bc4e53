import { type GraphQLSchema, isNonNullType, isObjectType, isRequiredArgument } from "graphql";
import type { Actor } from "../../src/domain/permissions/actors";
import { buildGoodhoursSchema } from "../../src/graphql/schema";
import { openApi, type TestApi } from "../support/api";
import { openBank, type TestBank } from "../support/bank";
import { fillCharity } from "../support/charity";

let schema: GraphQLSchema;
let bank: TestBank;
let api: TestApi;
beforeAll(async () => {
  schema = await buildGoodhoursSchema();
  bank = await openBank(undefined, "2026-08-20T09:00:00+08:00");
  api = await openApi(bank);
  await fillCharity(bank);
});
afterAll(async () => {
  await api.close();
  await bank.close();
});

const objects = () =>
  Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter(({ name }) => !name.startsWith("__"));

test("whatever may be refused may be null", () => {
  const strict = objects()
    .filter(({ name }) => name !== "Mutation" && name !== "Subscription")
    .flatMap((type) =>
      Object.values(type.getFields())
        .filter((field) => type.name === "Query" || field.args.length > 0)
        .filter((field) => isNonNullType(field.type))
        .map((field) => `${type.name}.${field.name}`),
    );
  expect(strict).toEqual([]);
});

/** Every field of these types, objects by their id or name alone: as much as a role may ask in one question. */
function everything(name: string): string {
  const type = schema.getType(name);
  if (!isObjectType(type)) return "";
  const values: Record<string, string> = {
    first: "1",
    month: '"2026-09"',
    axis: "EFFECTIVE",
    seq: '"5"',
    purpose: '"核查"',
  };
  return Object.values(type.getFields())
    .map((field) => {
      const required = field.args.filter((arg) => isRequiredArgument(arg) || ["first", "seq"].includes(arg.name));
      const args = required.map((arg) => `${arg.name}: ${values[arg.name] ?? '"x"'}`).join(", ");
      const inner = String(field.type).replace(/[[\]!]/g, "");
      const isLeaf = !isObjectType(schema.getType(inner)) && inner !== "Node";
      return `${field.name}${args && `(${args})`}${isLeaf ? "" : " { __typename }"}`;
    })
    .join(" ");
}

const refused = ["NOT_PERMITTED", "UNAUTHENTICATED", "NOT_FOUND", "INVALID_INPUT"];

test("one refused field leaves the others, for every role and everything that a role may ask", async () => {
  const { data } = await api.post(bank.officer, {
    query: `{ organizationBySlug(slug: "fengqiao-station") { id } volunteers(first: 1) { edges { node { id account { id } } } }
      activities(first: 1) { edges { node { id shifts { id } } } } campaigns(first: 1) { edges { node { id } } }
      ratingRounds(first: 1) { edges { node { id } } } serviceRecords(first: 1) { edges { node { id } } } }`,
  });
  const first = (list: { edges: { node: { id: string } }[] }) => list.edges[0]?.node.id;
  const subjects: [type: string, id: string | undefined][] = [
    ["Organization", data.organizationBySlug.id],
    ["Volunteer", first(data.volunteers)],
    ["Account", data.volunteers.edges[0].node.account.id],
    ["Activity", first(data.activities)],
    ["Shift", data.activities.edges[0].node.shifts[0].id],
    ["Campaign", first(data.campaigns)],
    ["RatingRound", first(data.ratingRounds)],
    ["ServiceRecord", first(data.serviceRecords)],
  ];
  const roles: [name: string, who: Actor | null][] = [
    ["the public", null],
    ["a worker", bank.worker],
    ["a supervisor", bank.supervisor],
    ["an auditor", await bank.staff("AUDITOR", null)],
    ["a reviewer", await bank.staff("REVIEWER", null)],
    ["a volunteer", await bank.actorOf(await bank.volunteer("Z-1"))],
  ];
  let refusals = 0;
  for (const [role, who] of roles)
    for (const [type, id] of subjects) {
      const query = `query ($id: ID!) { node(id: $id) { __typename ... on ${type} { ${everything(type)} } } beside: serviceTypes { code } }`;
      const answer = await api.post(who, { query, variables: { id } });
      refusals += answer.errors?.length ?? 0;
      const codes = (answer.errors ?? []).map(({ extensions }) => extensions.code);
      expect([role, type, codes.filter((code) => !refused.includes(code))]).toEqual([role, type, []]);
      expect([role, type, answer.data?.beside.length > 0]).toEqual([role, type, true]);
      // What is there for them at all stays there, whatever else was refused of it.
      const known = await api.post(who, { query: "query ($id: ID!) { node(id: $id) { id } }", variables: { id } });
      expect([role, type, answer.data.node === null]).toEqual([role, type, known.data.node === null]);
    }
  expect(refusals).toBeGreaterThan(20);
  // And so it is among the questions themselves.
  const { data: some, errors } = await api.post(null, {
    query:
      "{ ledger { origin } deregistrationsDue { noShows } people(first: 1) { totalCount } policies(first: 101) { totalCount } campaigns(first: 1) { totalCount } }",
  });
  expect(errors).toHaveLength(3);
  expect(some).toMatchObject({
    ledger: { origin: expect.anything() },
    deregistrationsDue: null,
    people: null,
    policies: null,
    campaigns: { totalCount: 1 },
  });
});
