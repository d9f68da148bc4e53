import { type Answer, openApi, type TestApi } from "../support/api";
import { openBank, type TestBank } from "../support/bank";

/** Questions that were once answered wrongly, by a fault, or not at all. */
let bank: TestBank;
let api: TestApi;
beforeAll(async () => {
  bank = await openBank();
  api = await openApi(bank);
  await bank.volunteer("V-1");
});
afterAll(async () => {
  await api.close();
  await bank.close();
});
const codes = (answer: Answer) => answer.errors?.map((error) => error.extensions.code);
const ask = (query: string, variables: object = {}, actor = bank.supervisor as TestBank["supervisor"] | null) =>
  api.post(actor, { query, variables });

test.each([
  ['mutation { revokeRole(input: { grantId: "grant_1", reason: "x" }) { userErrors { code } } }'],
  ['mutation { advanceVolunteer(input: { volunteerId: "volunteer_1", action: ACTIVATE }) { userErrors { code } } }'],
  ["{ volunteers(first: 1) { edges { node { id } } } }"],
  ["{ serviceRecords(first: 1) { edges { node { id } } } }"],
])("whoever is not signed in is told so: %s", async (query) => {
  expect(codes(await ask(query, {}, null))).toEqual(["UNAUTHENTICATED"]);
});

test.each(["constructor", "toString", "hasOwnProperty_x", "__proto__", ""])("node(id: %j) is null", async (id) => {
  expect(await ask("query ($id: ID!) { node(id: $id) { id } }", { id })).toMatchObject({ data: { node: null } });
});

test("a grant is found by its id by its holder, the station's supervisor and those who give it", async () => {
  const id = bank.worker.grants[0]?.id as string;
  const query = "query ($id: ID!) { node(id: $id) { id ... on Grant { role } } }";
  const shown = { data: { node: { id, role: "STATION_WORKER" } } };
  expect(await ask(query, { id }, bank.worker)).toMatchObject(shown);
  expect(await ask(query, { id }, bank.officer)).toMatchObject(shown);
  // A supervisor sees who holds a role at the station: a role there bars linking a telephone.
  expect(await ask(query, { id }, bank.supervisor)).toMatchObject(shown);
  const volunteer = await bank.actorOf(await bank.volunteer("V-77"));
  expect(await ask(query, { id }, volunteer)).toMatchObject({ data: { node: null } });
});

test.each([
  ["policies(first: 1, filter: { key: $many }) { edges { node { id } } }", "[String!]", "x"],
  ["organizations(first: 1, filter: { kind: $many }) { edges { node { id } } }", "[OrganizationKind!]", "CHARITY_BASE"],
])("a filter of 40,000 times the same is one: %s", async (field, type, one) => {
  const { errors } = await ask(`query ($many: ${type}) { ${field} }`, { many: Array(40_000).fill(one) });
  expect(errors).toBeUndefined();
});

test("a filter of 101 different choices is refused", async () => {
  const many = Array.from({ length: 101 }, (_, i) => `key${i}`);
  const answer = await ask(
    "query ($many: [String!]) { policies(first: 1, filter: { key: $many }) { edges { cursor } } }",
    { many },
  );
  expect(codes(answer)).toEqual(["INVALID_INPUT"]);
});

const cursor = (...position: unknown[]) => Buffer.from(JSON.stringify(position)).toString("base64url");
const statement =
  "query ($id: ID!, $after: String) { account(id: $id) { statement(axis: RECORDED, first: 1, after: $after) { edges { cursor } } } }";
const policies = "query ($after: String) { policies(first: 1, after: $after) { edges { cursor } } }";
test.each([
  ["of the other axis", statement, cursor("2026-09-18", 7)],
  ["of words", statement, cursor("abc")],
  ["of nothing", statement, cursor()],
  ["that is empty", statement, ""],
  ["of a policy's key and a word", policies, cursor("credit", "abc")],
  ["that is no base64", policies, "%%%"],
])("a cursor %s is refused", async (_, query, after) => {
  const volunteer = await bank.store.view.volunteerByNo("V-1");
  expect(codes(await ask(query, { after, id: volunteer?.accountId }))).toEqual(["INVALID_INPUT"]);
});

test.each([
  "volunteers(first: 100) { edges { node { serviceRecords(first: 1) { edges { cursor } } } } }",
  'volunteers(first: 100) { edges { node { account { balanceAsOf(seq: "1") { posted } } } } }',
  "volunteers(first: 100) { edges { node { account { statement(axis: RECORDED, first: 1) { edges { cursor } } } } } }",
  'organizations(first: 100) { edges { node { monthSummary(month: "2026-09") { records } } } }',
  "organizations(first: 100) { edges { node { owingAccounts(first: 1) { edges { cursor } } } } }",
])("a list of 100 that asks a hundred questions is refused: %s", async (field) => {
  expect(codes(await ask(`{ ${field} }`))).toEqual(["QUERY_TOO_COSTLY"]);
  const { errors } = await ask(`{ ${field.replace("first: 100", "first: 10")} }`);
  expect(errors).toBeUndefined();
});

test("refusals, stoppages and rules come in the language of the request", async () => {
  const told = async (language: string, query: string) =>
    (await api.post(null, { query }, { "accept-language": language })).errors?.[0]?.message;
  expect(await told("zh-CN", "{ volunteers(first: 1) { edges { cursor } } }")).toBe("请先登录。");
  expect(await told("en", "{ volunteers(first: 1) { edges { cursor } } }")).toBe("Sign in first.");
  const rule = async (language: string) =>
    (
      await api.post(
        null,
        { query: '{ policies(first: 1, filter: { key: ["credit.minAge"] }) { edges { node { label } } } }' },
        { "accept-language": language },
      )
    ).data.policies.edges[0].node.label;
  expect([await rule("zh"), await rule("en")]).toEqual([
    "服务当日可得可用时间的最低年龄",
    "Age on the service's day from which it earns credit",
  ]);
});

test("a record's lines say what it gave: nothing for a hold and its end, and back what went over the cap", async () => {
  await bank.services.policies.set(bank.officer, {
    idempotencyKey: bank.key(),
    key: "credit.balanceCapMinutes",
    value: 30,
    effectiveFrom: "2026-09-20",
    citation: "test",
  });
  const volunteer = await bank.volunteer("V-2");
  const { id } = await bank.log("V-2", "2026-09-18", "09:00", "10:30");
  await bank.confirm(bank.supervisor, id);
  const recordId = id as string;
  const of = { recordId, reason: "存疑" };
  await bank.services.hours.dispute(await bank.actorOf(volunteer), { ...of, idempotencyKey: bank.key() });
  await bank.services.hours.resolve(bank.second, { ...of, idempotencyKey: bank.key(), outcome: "REVERSED" });
  const { data } = await ask(
    "query ($id: ID!) { node(id: $id) { ... on ServiceRecord { ledgerEntries { kind minutes } } } }",
    { id },
  );
  expect(data.node.ledgerEntries).toEqual([
    { kind: "EARN", minutes: 30 },
    { kind: "OVERFLOW", minutes: 60 },
    { kind: "HOLD", minutes: 0 },
    { kind: "RELEASE", minutes: 0 },
    { kind: "REVERSAL", minutes: -30 },
    { kind: "REVERSAL", minutes: -60 },
  ]);
});

test("every line of a statement names its rule and clause, what was set aside and taken back included", async () => {
  const volunteer = await bank.store.view.volunteerByNo("V-2");
  const query =
    "query ($id: ID!) { account(id: $id) { statement(axis: RECORDED, first: 10) { edges { node { kind explanation { rule clause policyVersion { key } } } } } } }";
  const { data } = await ask(query, { id: volunteer?.accountId });
  const lines = data.account.statement.edges.map(
    ({ node }: { node: { kind: string; explanation: unknown[] } }) => node,
  );
  expect(lines.map(({ kind }: { kind: string }) => kind)).toEqual(["EARN", "HOLD", "RELEASE", "REVERSAL"]);
  for (const line of lines) expect(line.explanation.length).toBeGreaterThan(0);
});
