import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { buildSchema, type GraphQLInputType, isEnumType, isInputObjectType, isListType, isNonNullType } from "graphql";
import type { Volunteer } from "../../src/domain/facts/people";
import type { Actor } from "../../src/domain/permissions/actors";
import { type Answer, openApi, type TestApi } from "../support/api";
import { openBank, type TestBank } from "../support/bank";

/** What a hostile or broken client may send to the real schema: a coded answer each time, and nothing written. */
let bank: TestBank;
let api: TestApi;
let mei: Volunteer;
let self: Actor;
beforeAll(async () => {
  bank = await openBank();
  api = await openApi(bank);
  mei = await bank.volunteer("V-1");
  self = await bank.actorOf(mei);
});
afterAll(async () => {
  await api.close();
  await bank.close();
});

const log =
  "mutation ($input: LogServiceHoursInput!) { logServiceHours(input: $input) { accepted results { userErrors { code path } } userErrors { code path } } }";
const entry = {
  volunteerNo: "V-1",
  serviceType: "COMPANION_TALK",
  startedAt: "2026-09-18T09:00:00+08:00",
  endedAt: "2026-09-18T10:00:00+08:00",
  content: "聊天",
  activityLead: "负责人",
};
const input = (more: object = {}) => ({
  input: { idempotencyKey: bank.key(), organizationId: bank.station.id, entries: [entry], ...more },
});

/** Every code of an answer, wherever it stands. */
function codes(answer: Answer): string[] {
  const found: string[] = [];
  JSON.stringify(answer, (name, value) => {
    if (name === "code" && typeof value === "string") found.push(value);
    return value;
  });
  return found;
}
async function writesNothing(work: () => Promise<Answer>): Promise<string[]> {
  const before = await bank.store.view.head();
  const found = codes(await work());
  expect(await bank.store.view.head()).toEqual(before);
  return found;
}

const spoilt = (more: object) => input({ entries: [{ ...entry, ...more }] });
test.each<[string, () => unknown, string]>([
  ["a NUL byte in a text", () => spoilt({ content: "聊\0天" }), "INVALID_INPUT"],
  ["half a surrogate pair", () => spoilt({ content: "\ud83d" }), "INVALID_INPUT"],
  ["a text of 3,000 characters", () => spoilt({ content: "长".repeat(3000) }), "INVALID_INPUT"],
  ["a reference of 1,000 characters", () => spoilt({ externalRef: "x".repeat(1000) }), "INVALID_INPUT"],
  ["a break below 0", () => spoilt({ breakMinutes: -1 }), "INVALID_INPUT"],
  ["a break that is no whole number", () => spoilt({ breakMinutes: 1.5 }), "INVALID_INPUT"],
  ["a break past 2^53", () => spoilt({ breakMinutes: 2 ** 60 }), "INVALID_INPUT"],
  ["a break as a text", () => spoilt({ breakMinutes: "=1+1" }), "INVALID_INPUT"],
  ["an instant without an offset", () => spoilt({ startedAt: "2026-09-18T09:00:00" }), "INVALID_INPUT"],
  ["an instant in the year 300000", () => spoilt({ startedAt: "+300000-01-01T00:00:00Z" }), "INVALID_INPUT"],
  ["an instant as a number", () => spoilt({ startedAt: 0 }), "INVALID_INPUT"],
  ["no entries", () => input({ entries: [] }), "BATCH_TOO_LARGE"],
  ["1,001 entries", () => input({ entries: Array.from({ length: 1001 }, () => entry) }), "BATCH_TOO_LARGE"],
  ["a key of 201 bytes", () => input({ idempotencyKey: "键".repeat(67) }), "INVALID_INPUT"],
  ["an empty key", () => input({ idempotencyKey: "" }), "INVALID_INPUT"],
  ["an organisation's id that is another kind's", () => input({ organizationId: mei.id }), "NOT_FOUND"],
  ["an id from SQL", () => input({ organizationId: "' OR 1=1 --" }), "NOT_FOUND"],
  ["a field that does not exist", () => input({ admin: true }), "INVALID_INPUT"],
])("%s", async (_title, variables, code) => {
  expect(await writesNothing(() => api.post(bank.worker, { query: log, variables: variables() }))).toContain(code);
});

test("a body of 10 MB is cut off with a code", async () => {
  expect(
    await writesNothing(() =>
      api.post(bank.worker, { query: log, variables: spoilt({ content: "x".repeat(10_000_000) }) }),
    ),
  ).toEqual(["REQUEST_TOO_LARGE"]);
});

test.each([
  [
    "too deep",
    `{ organizationBySlug(slug: "fengqiao-station") { ${"serviceRecords(first: 1) { edges { node { organization { ".repeat(4)} id ${"} } } } ".repeat(4)} } }`,
    /^QUERY_TOO_DEEP$/,
  ],
  [
    "too many aliases",
    `{ ${Array.from({ length: 40 }, (_, i) => `a${i}: ledger { size }`).join(" ")} }`,
    /^TOO_MANY_ALIASES$/,
  ],
  [
    "too costly",
    `{ volunteers(first: 100) { edges { node { serviceRecords(first: 100) { edges { node { id history { at } ledgerEntries { seq } } } } } } } }`,
    /^QUERY_TOO_COSTLY$/,
  ],
  ["a page of -1", "{ organizations(first: -1) { edges { node { id } } } }", /^INVALID_INPUT$/],
  ["a page of 101", "{ organizations(first: 101) { edges { node { id } } } }", /^INVALID_INPUT$/],
  [
    "a cursor of another list",
    `{ organizations(first: 1, after: "${Buffer.from('["a"]').toString("base64url")}") { edges { node { id } } } }`,
    /^INVALID_INPUT$/,
  ],
  ["no cursor at all", `{ organizations(first: 1, after: "%%%") { edges { node { id } } } }`, /^INVALID_INPUT$/],
])("a question that is %s", async (_title, query, code) => {
  const [found] = await writesNothing(() => api.post(bank.officer, { query }));
  expect(found).toMatch(code);
});

test.each(["@skip(if: true)", "@include(if: $no)"])(
  "fragments that double at every step and are switched off: %s",
  async (off) => {
    const steps = 60;
    const fragments = Array.from(
      { length: steps },
      (_, at) => `fragment F${at} on Statement { ${`...F${at + 1} ${off} `.repeat(2)}}`,
    );
    const query = `query ($no: Boolean = false) { account(id: "${mei.accountId}") { statement(axis: EFFECTIVE, first: 1) { openingMinutes @include(if: true) closingMinutes @skip(if: $no) ...F0 } } }`;
    const end = `fragment F${steps} on Statement { totalCount }`;
    const answer = await api.post(self, { query: [query, ...fragments, end].join("\n") });
    expect(answer.data).toEqual({ account: { statement: { openingMinutes: 0, closingMinutes: 0 } } });
  },
);

test("an expired token has a code of its own, a forged one another", async () => {
  const token = await api.token(bank.worker);
  const send = (authorization: string) => api.post(null, { query: log, variables: input() }, { authorization });
  expect(await writesNothing(() => send(`Bearer ${token.slice(0, -4)}AAAA`))).toEqual(["UNAUTHENTICATED"]);
  bank.setClock("2026-09-22T09:00:00+08:00");
  try {
    expect(await writesNothing(() => send(`Bearer ${token}`))).toEqual(["TOKEN_EXPIRED"]);
  } finally {
    bank.setClock("2026-09-20T09:00:00+08:00");
  }
});

test("other people's things are not there", async () => {
  const other = await bank.actorOf(await bank.volunteer("V-2"));
  const { id } = await bank.log("V-1", "2026-09-16", "09:00", "10:00");
  const query = `query ($id: ID!, $account: ID!) { node(id: $id) { id } account(id: $account) { id } }`;
  const { data } = await api.post(other, { query, variables: { id, account: mei.accountId } });
  expect(data).toEqual({ node: null, account: null });
  const objection =
    "mutation ($input: DisputeServiceRecordInput!) { disputeServiceRecord(input: $input) { userErrors { code } } }";
  const variables = { input: { idempotencyKey: "o", recordId: id, reason: "r" } };
  expect(await writesNothing(() => api.post(other, { query: objection, variables }))).toEqual(["NOT_FOUND"]);
});

// ---- whatever fits the schema's types

const schema = buildSchema(readFileSync(join(__dirname, "../../schema.graphql"), "utf8"), { assumeValid: true });
const odd = fc.constantFrom(
  "",
  " ",
  "\0",
  "=1+1",
  "' OR 1=1 --",
  "长".repeat(300),
  "2026-02-30",
  "person_x",
  "\u202e",
  "null",
  "9".repeat(40),
);
const scalars: Record<string, fc.Arbitrary<unknown>> = {
  ID: fc.oneof(
    odd,
    fc.constantFrom("V-1"),
    fc.constant(null).map(() => mei?.id ?? "x"),
  ),
  String: fc.oneof(odd, fc.string(), fc.constant("fengqiao")),
  Int: fc.integer({ min: -5, max: 500 }),
  Float: fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(29.8, 120.4)),
  Boolean: fc.boolean(),
  Minutes: fc.integer({ min: -10, max: 1000 }),
  Date: fc.constantFrom("2026-09-18", "2026-09-20", "1990-01-01", "2030-01-01"),
  DateTime: fc.constantFrom(
    "2026-09-18T09:00:00+08:00",
    "2026-09-18T10:30:00+08:00",
    "2026-09-30T10:00:00Z",
    "1970-01-01T00:00:00Z",
  ),
  JSON: fc.oneof(fc.jsonValue(), fc.constantFrom(65, [], {}, { working: ["x"] }, 2 ** 53)),
};
function anyOf(type: GraphQLInputType, depth = 0): fc.Arbitrary<unknown> {
  if (isNonNullType(type)) return anyOf(type.ofType, depth).map((value) => value ?? "");
  if (isListType(type)) return fc.option(fc.array(anyOf(type.ofType, depth + 1), { maxLength: 3 }), { freq: 8 });
  if (isEnumType(type)) return fc.constantFrom(...type.getValues().map((value) => value.name));
  if (isInputObjectType(type))
    return fc.record(
      Object.fromEntries(Object.values(type.getFields()).map((field) => [field.name, anyOf(field.type, depth + 1)])),
    );
  return fc.option(scalars[type.toString()] ?? odd, { freq: 8 });
}

const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
test.each(mutations.map((field) => [field.name, field] as const))(
  "%s: anything of the right shape gets an answer with codes, never a fault of ours",
  async (name, field) => {
    const type = field.args[0]?.type;
    if (!type) throw new Error(name);
    const query = `mutation ($input: ${type}) { ${name}(input: $input) { userErrors { code } } }`;
    await fc.assert(
      fc.asyncProperty(anyOf(type), fc.constantFrom("worker", "officer", "self"), async (given, who) => {
        const actor = who === "self" ? self : bank[who as "worker" | "officer"];
        const found = codes(await api.post(actor, { query, variables: { input: given } }));
        expect(found.filter((code) => /INTERNAL|OUTCOME|BUSY|HALT/.test(code))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  },
);
