import { buildSchema, GraphQLError } from "graphql";
import { createDocuments } from "../../src/server/documents";
import { createFormatter, type EdgeRequest } from "../../src/server/errors";
import { defaultLimits, type Limits } from "../../src/server/limits";
import { createLogger } from "../../src/server/log";
import { createOperations, type OperationParams } from "../../src/server/operations";
import { openEdge, post } from "./harness";

/**
 * What a stranger's request costs is counted, not timed: each look at his variables (a value read, a name listed), and
 * each character that is told him.
 */
const schema = buildSchema(`
  enum Kind { VILLAGE TOWN }
  input Entry { id: ID!  kinds: [Kind!]  minutes: Int  next: Entry }
  input Batch { noticeIds: [ID!]  entries: [Entry!]  kinds: [Kind!] }
  type Query { hello: String  count(input: Batch, first: Int): Int  page(first: Int): Query }
`);
const format = createFormatter({ logger: createLogger({ level: "silent" }) });
const query = "query ($i: Batch) { count(input: $i) }";
/** As if there were no bound on any size: the work itself has to be even. */
const boundless: Limits = {
  ...defaultLimits,
  variableValues: 1e9,
  objectNames: 1e9,
  listItems: 1e9,
  textCharacters: 1e9,
  nameCharacters: 1e9,
};

function workOf(params: OperationParams, limits: Limits): { looks: number; told: number; code: unknown } {
  let looks = 0;
  const watched = <T>(value: T): T =>
    typeof value !== "object" || value === null
      ? value
      : (new Proxy(value as object, {
          get(target, name) {
            looks += 1;
            return watched(Reflect.get(target, name));
          },
          ownKeys(target) {
            const names = Reflect.ownKeys(target);
            looks += names.length;
            return names;
          },
          getOwnPropertyDescriptor(target, name) {
            looks += 1;
            return Reflect.getOwnPropertyDescriptor(target, name);
          },
        }) as T);
  const request: EdgeRequest = { requestId: "r", languages: "", address: "a", codes: [] };
  const operations = createOperations(schema, createDocuments(schema, limits), limits);
  const prepared = operations.prepare({ ...params, variables: watched(params.variables) }, request);
  const errors = "document" in prepared ? [] : prepared;
  return {
    looks,
    told: JSON.stringify(errors.map((error) => format(error, request))).length,
    code: errors[0]?.extensions.code ?? null,
  };
}

const many = <T>(count: number, of: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => of(at));
const named = (count: number, of: (at: number) => [string, unknown]) => Object.fromEntries(many(count, of));

describe("ten times the variables are ten times the work, and no more is told", () => {
  const cases: [name: string, variables: (size: number) => object, code: string | null][] = [
    ["names that nobody knows", (size) => ({ i: named(size, (at) => [`k${at}`, 1]) }), "INVALID_INPUT"],
    ["names like those we know", (size) => ({ i: named(size, (at) => [`noticeIdz${at}`, 1]) }), "INVALID_INPUT"],
    ["values outside an enum", (size) => ({ i: { kinds: many(size, () => "VILLAGEE") } }), "INVALID_INPUT"],
    ["values that are no id", (size) => ({ i: { noticeIds: many(size, () => ({})) } }), "INVALID_INPUT"],
    [
      "a long text where a number belongs",
      (size) => ({ i: { entries: [{ id: "1", minutes: "9".repeat(size) }] } }),
      "INVALID_INPUT",
    ],
    ["lines without what they need", (size) => ({ i: { entries: many(size, () => ({})) } }), "INVALID_INPUT"],
    [
      "lines with a name too many",
      (size) => ({ i: { entries: many(size, (at) => ({ id: "1", [`k${at}`]: 1 })) } }),
      "INVALID_INPUT",
    ],
    ["variables that nobody declared", (size) => named(size, (at) => [`v${at}`, at]), null],
    ["good lines", (size) => ({ i: { entries: many(size, (at) => ({ id: String(at), minutes: at })) } }), null],
  ];
  test.each(cases)("%s", (_name, variables, code) => {
    const once = workOf({ query, variables: variables(200) }, boundless);
    const tenTimes = workOf({ query, variables: variables(2_000) }, boundless);
    expect([once.code, tenTimes.code]).toEqual([code, code]);
    expect(tenTimes.looks).toBeLessThanOrEqual(once.looks * 10);
    expect(tenTimes.told).toBeLessThanOrEqual(once.told + 20);
    // Under the real limits what is far too much is looked at even less.
    const refused = workOf({ query, variables: variables(60_000) }, defaultLimits);
    expect(refused.code).toBe("INVALID_INPUT");
    expect(refused.looks).toBeLessThanOrEqual(120_010);
  });
});

describe("a document tells a handful of faults, however many it has", () => {
  const cases: [name: string, query: (size: number) => string, code: string][] = [
    [
      "fields that are not there",
      (size) => `{ ${many(size, (at) => `helo${at}`).join(" ")} }`,
      "GRAPHQL_VALIDATION_FAILED",
    ],
    [
      "types that are not there",
      (size) => `{ hello } ${many(size / 8, (at) => `fragment F${at} on Querry${at} { hello }`).join(" ")}`,
      "GRAPHQL_VALIDATION_FAILED",
    ],
    [
      "arguments that are not there",
      (size) => `{ count(${many(size / 3, (at) => `fist${at}: 1`).join(" ")}) }`,
      "GRAPHQL_VALIDATION_FAILED",
    ],
    [
      "literals outside an enum",
      (size) => `{ count(input: { kinds: [${"VILLAGEE ".repeat(size)}] }) }`,
      "GRAPHQL_VALIDATION_FAILED",
    ],
    [
      "literals of a long line",
      (size) => `{ page(first: "${"9".repeat(size)}") { hello } }`,
      "GRAPHQL_VALIDATION_FAILED",
    ],
    [
      "variables that are never used",
      (size) => `query (${many(size / 5, (at) => `$v${at}: Int`).join(" ")}) { hello }`,
      "GRAPHQL_VALIDATION_FAILED",
    ],
    ["a name of great length", (size) => `{ ${"x".repeat(size * 40)} }`, "GRAPHQL_VALIDATION_FAILED"],
    ["a text in the wrong place", (size) => `{ "${"x".repeat(size * 10)}" }`, "GRAPHQL_PARSE_FAILED"],
  ];
  test.each(cases)("%s", (_name, document, code) => {
    const once = workOf({ query: document(180) }, defaultLimits);
    const tenTimes = workOf({ query: document(1_800) }, defaultLimits);
    expect([once.code, tenTimes.code]).toEqual([code, code]);
    expect(tenTimes.told).toBeLessThanOrEqual(once.told + 100);
    expect(tenTimes.told).toBeLessThan(2_500);
  });

  const refused: [name: string, query: string, code: string][] = [
    ["a field named again and again", `{ ${"hello ".repeat(1_900)} }`, "QUERY_TOO_LARGE"],
    ["the same in inline fragments", `{ ${"... { hello } ".repeat(400)} }`, "QUERY_TOO_LARGE"],
    ["the same within", `{ ${"page(first: 1) { hello } ".repeat(220)} }`, "QUERY_TOO_LARGE"],
    ["two million empty lines before a fault", `${"\n".repeat(2_000_000)}{ helo }`, "QUERY_TOO_LARGE"],
    ["comments without end", `{ hello } #${"x".repeat(100_000)}`, "QUERY_TOO_LARGE"],
    ["a literal text past reading", `{ count(input: { noticeIds: ["${"x".repeat(20_001)}"] }) }`, "INVALID_INPUT"],
    ["lists in lists", `{ count(input: ${"[".repeat(900)}${"]".repeat(900)}) }`, "GRAPHQL_VALIDATION_FAILED"],
    [
      "objects in objects",
      `{ count(input: ${"{ next: ".repeat(450)}1${"}".repeat(450)}) }`,
      "GRAPHQL_VALIDATION_FAILED",
    ],
    ["selections in selections", `${"{ page ".repeat(600)}${"}".repeat(600)}`, "QUERY_TOO_DEEP"],
  ];
  test.each(refused)("%s", (_name, query, code) => {
    expect(workOf({ query }, defaultLimits).code).toBe(code);
  });
});

describe("sizes of variables", () => {
  const cases: [name: string, value: unknown, limit: number | undefined][] = [
    ["a number past all numbers", JSON.parse("1e999"), Number.MAX_VALUE],
    ["200 names", named(200, (at) => [`k${at}`, 1]), undefined],
    ["201 names", named(201, (at) => [`k${at}`, 1]), 200],
    ["50,000 items", many(50_000, () => 1), undefined],
    ["50,001 items", many(50_001, () => 1), 50_000],
    ["20,000 letters", "长".repeat(20_000), undefined],
    ["20,001 letters", "长".repeat(20_001), 20_000],
    ["a name of 201 letters", { ["n".repeat(201)]: 1 }, 200],
    ["100,001 values", many(50, () => many(2_001, () => 1)), 100_000],
    ["an own __proto__", JSON.parse('{"__proto__": {"a": 1}, "constructor": 1}'), undefined],
  ];
  test.each(cases)("%s", (_name, value, limit) => {
    const operations = createOperations(schema, createDocuments(schema, defaultLimits), defaultLimits);
    const prepared = operations.prepare(
      { query: "{ hello }", variables: { value } },
      { requestId: "r", languages: "", address: "a", codes: [] },
    );
    if (limit === undefined) return expect(prepared).toHaveProperty("document");
    expect(prepared).toEqual([expect.any(GraphQLError)]);
    expect(prepared).toMatchObject([{ extensions: { code: "INVALID_INPUT", limit } }]);
  });
});

test("the request that ended the process is answered, and so is the next", async () => {
  const edge = await openEdge();
  try {
    const t = named(20_000, (at) => [`k${at}`, 1]);
    const body = { query: "query ($t: String!) { echo(text: $t) }", variables: { t } };
    for (const accept of ["application/json", "text/event-stream"]) {
      const answer = await post(edge, body, { accept });
      expect(JSON.stringify(answer.body)).toMatch(/INVALID_INPUT/);
      expect(JSON.stringify(answer.body).length).toBeLessThan(400);
    }
    expect((await post(edge, { query: "{ hello }" })).body.data.hello).toBe("hello");
  } finally {
    await edge.close();
  }
});
