import {
  buildSchema,
  type DocumentNode,
  type GraphQLField,
  type GraphQLSchema,
  getIntrospectionQuery,
  getOperationAST,
  type OperationDefinitionNode,
  parse,
} from "graphql";
import { buildGoodhoursSchema } from "../../src/graphql/schema";
import { costGuard, selectionsOf } from "../../src/server/costs";
import { createDocuments } from "../../src/server/documents";
import { type EdgeCode, EdgeError, type EdgeRequest } from "../../src/server/errors";
import { defaultLimits, measure } from "../../src/server/limits";
import { createOperations } from "../../src/server/operations";
import { openEdge, post } from "./harness";

const operationIn = (document: DocumentNode) => getOperationAST(document) as OperationDefinitionNode;
const fieldOf = (schema: GraphQLSchema, name: string) =>
  schema.getQueryType()?.getFields()[name] as GraphQLField<unknown, unknown>;

// Each sentence of the facts, in both languages; a fact is told once.
test.each<[EdgeCode, object, en: string, zh: string]>([
  [
    "RATE_LIMITED",
    { share: "requests", of: "address", limit: 12_000, retryAfter: 7 },
    "You have asked for more than your share. It is 12000 requests a minute. Seconds to wait: 7.",
    "请求过于频繁。份额为每分钟请求数 12000。请 7 秒后重试。",
  ],
  [
    "QUERY_TOO_DEEP",
    { limit: 12, depth: 13 },
    "The document nests fields too deeply. It has 13 levels; at most 12 are read.",
    "查询嵌套过深。共 13 层，最多 12 层。",
  ],
  [
    "TOO_MANY_ALIASES",
    { limit: 30, aliases: 40 },
    "The document uses too many aliases. It has 40; at most 30 are read.",
    "查询使用的别名过多。共 40 个，最多 30 个。",
  ],
  [
    "QUERY_TOO_COSTLY",
    { limit: 25_000, requested: 30_000 },
    "The operation asks for too much at once. Ask for smaller pages. It would cost 30000; one operation costs at most 25000.",
    "一次请求的内容过多，请减小分页。本次开销 30000，上限 25000。",
  ],
  // What is beyond counting has no number.
  [
    "QUERY_TOO_COSTLY",
    { limit: 25_000, requested: null },
    "The operation asks for too much at once. Ask for smaller pages. The most is 25000.",
    "一次请求的内容过多，请减小分页。上限为 25000。",
  ],
  [
    "INVALID_INPUT",
    { message: "A text in the variables is too long.", zh: "变量中的文本过长。", limit: 20_000, unit: "CHARACTERS" },
    "A text in the variables is too long. The most is 20000 characters.",
    "变量中的文本过长。上限为 20000 个字符。",
  ],
  [
    "REQUEST_TOO_LARGE",
    { limit: 2_097_152, unit: "BYTES" },
    "The body is larger than we accept. The most is 2097152 bytes.",
    "请求体超过允许的大小。上限为 2097152 字节。",
  ],
  ["NOT_FOUND", {}, "There is nothing here.", "没有找到这个页面，请检查网址或返回首页。"],
])("%s with %j says it in both languages", (code, facts, en, zh) => {
  const error = new EdgeError(code, { ...facts });
  expect([error.message, error.zh]).toEqual([en, zh]);
});

describe("measure", () => {
  const cases: [document: string, depth: number, aliases: number][] = [
    ["{ a }", 1, 0],
    ["{ a { b { c } } d }", 3, 0],
    ["{ x: a { y: b } }", 2, 2],
    ["{ ... { ... { a } } }", 1, 0],
    ["{ ...F } fragment F on Q { a { b } }", 2, 0],
    ["{ a { ...F } ...F } fragment F on Q { z: a }", 2, 2],
    ["{ ...A } fragment A on Q { a { ...B } } fragment B on Q { b { ...A } }", 2, 0],
    ["{ ...Missing }", 0, 0],
    ["{ __schema { types { fields { type { name } } } } }", 1, 0],
    ["query A { a } query B { a { b { c } } }", 3, 0],
    ["fragment F on Q { a { b } }", 0, 0],
  ];
  test.each(cases)("%s is %i deep with %i aliases", (document, depth, aliases) => {
    expect(measure(parse(document))).toEqual({ depth, aliases });
  });
});

describe("cost", () => {
  const lines = Array.from({ length: 37 }, (_, at) => `f${at}`);
  const schema = buildSchema(`
    type Query { account(first: Int): Page  plain: Page  heavy(n: Int): Int }
    type Mutation { log(entries: [String!]!): Int }
    type Page { ${lines.map((name) => `${name}: Int`).join(" ")}  page(first: Int! = 50): Page }
  `);
  const heavy = fieldOf(schema, "heavy");
  heavy.extensions = { complexity: ({ args }: { args: { n: number } }) => args.n };
  const line = lines.join(" ");

  const cases: [name: string, query: string, variables: object, cost: number][] = [
    ["fields cost one each", `{ plain { ${line} } }`, {}, 38],
    ["a page costs its lines", `query ($n: Int) { account(first: $n) { ${line} } }`, { n: 500 }, 18_501],
    ["without `first` it is a default page", `{ account { f0 f1 } }`, {}, 41],
    ["the schema's own default counts", "{ plain { page { f0 } } }", {}, 52],
    ["null is a default page", "{ account(first: null) { f0 } }", {}, 21],
    ["less than one line is one line", "{ account(first: -5) { f0 } }", {}, 2],
    ["pages multiply", "{ account(first: 10) { page(first: 10) { f0 } } }", {}, 111],
    ["what is left out costs nothing", "query ($b: Boolean!) { plain @include(if: $b) { f0 } heavy }", { b: false }, 1],
    ["a field may name its price", "query ($n: Int) { heavy(n: $n) }", { n: 9_000 }, 9_000],
    [
      "what a mutation carries is free",
      "mutation ($e: [String!]!) { log(entries: $e) }",
      { e: Array(1_000).fill("x") },
      1,
    ],
  ];
  test.each(cases)("%s", (_name, query, variables, cost) => {
    const document = parse(query);
    const operation = operationIn(document);
    const check = (limit: number) => () =>
      costGuard(schema, { ...defaultLimits, cost: limit })(document, operation, variables as Record<string, unknown>);
    expect(check(cost)).not.toThrow();
    expect(check(cost - 1)).toThrow(expect.objectContaining({ code: "QUERY_TOO_COSTLY" }));
  });

  test("one document is judged anew for each page size, and left to execution where variables do not fit", () => {
    const document = parse(`query ($n: Int) { account(first: $n) { ${line} } }`);
    const guard = costGuard(schema, defaultLimits);
    const check = (variables: Record<string, unknown>) => () => guard(document, operationIn(document), variables);
    for (const round of [1, 2]) {
      expect(check({ n: 500 + round })).not.toThrow();
      expect(check({ n: 5_000 })).toThrow("smaller pages");
      expect(check({ n: "many" })).not.toThrow();
    }
  });
});

describe("what weighing an operation takes", () => {
  const cases: [document: string, selections: number][] = [
    ["{ a }", 1],
    ["{ a { b { c } } d }", 4],
    ["{ ... { ... { a } } }", 3],
    ["{ ...F ...F } fragment F on Q { a b }", 6],
    ["{ ...A } fragment A on Q { a { ...B } } fragment B on Q { b { ...A } }", 5],
    ["{ ...Missing }", 1],
    [
      `{ ...F0 } ${Array.from({ length: 30 }, (_, at) => `fragment F${at} on Q { ...F${at + 1} ...F${at + 1} }`).join(" ")}`,
      10_000,
    ],
  ];
  test.each(cases.map(([document, selections]) => [selections, document] as const))("%i", (selections, document) => {
    const parsed = parse(document);
    expect(selectionsOf(parsed, operationIn(parsed))).toBe(selections);
  });

  test("every further number is counted for as many selections as are looked at; a known one is not", () => {
    let looks = 0;
    const schema = buildSchema("type Query { page(first: Int): Query  name: Int }");
    fieldOf(schema, "name").extensions = { complexity: () => looks++ && 1 };
    const query = `query ($n: Int) { page(first: $n) { ${"...F ".repeat(40)} } } fragment F on Query { ${"name ".repeat(100)} }`;
    const operations = createOperations(schema, createDocuments(schema, defaultLimits), {
      ...defaultLimits,
      cost: 1e6,
    });
    const counted = (n: number) => {
      looks = 0;
      const request: EdgeRequest = { requestId: "r", languages: "", address: "a", codes: [] };
      expect(operations.prepare({ query, variables: { n } }, request)).toHaveProperty("document");
      const { requested, counted } = request.spent as { requested: number; counted: number };
      return { looks, beside: counted - requested };
    };
    counted(1);
    expect(counted(2)).toEqual({ looks: 4_000, beside: 1 + 80 });
    expect(counted(3)).toEqual({ looks: 4_000, beside: 1 + 80 });
    expect(counted(2)).toEqual({ looks: 0, beside: 1 });
  });
});

test("a batch of 1,000 well-filled entries fits under the defaults", async () => {
  const edge = await openEdge();
  const entry = { externalRef: "x".repeat(64), startedAt: "2026-09-20T09:00:00+08:00", content: "助".repeat(300) };
  const body = { query: "{ hello }", variables: { input: { entries: Array(1_000).fill(entry) } } };
  expect(JSON.stringify(body).length).toBeGreaterThan(400_000);
  expect((await post(edge, body)).body.data.hello).toBe("hello");
  await edge.close();
});

describe("introspection costs what it weighs", () => {
  const cases: [query: string, most: number, least: number][] = [
    ["{ __typename }", 1, 1],
    ["{ __schema { queryType { name } } }", 30, 1],
    ["{ __schema { types { name } } }", 1_500, 100],
    ['{ __type(name: "Volunteer") { fields { name type { name } } } }', 500, 1],
    ['{ __type(name: "Mutation") { fields { name description args { name type { name } } } } }', 5_000, 100],
    [getIntrospectionQuery(), 20_000, 10_000],
    [
      getIntrospectionQuery({
        specifiedByUrl: true,
        directiveIsRepeatable: true,
        schemaDescription: true,
        inputValueDeprecation: true,
        oneOf: true,
      }),
      20_001,
      19_999,
    ],
  ];
  test.each(cases.map(([query, ...bounds]) => [query.slice(0, 60).replace(/\s+/g, " "), query, ...bounds] as const))(
    "%s",
    async (_shown, query, most, least) => {
      const document = parse(query);
      const cost = costGuard(await buildGoodhoursSchema(), defaultLimits)(
        document,
        getOperationAST(document) as never,
        {},
      );
      expect(cost).toBeLessThanOrEqual(most);
      expect(cost).toBeGreaterThanOrEqual(least);
    },
  );

  test("thirty aliases of it are refused", async () => {
    const body = "__schema { types { name description fields { name description type { name } args { name } } } }";
    const document = parse(`{ ${Array.from({ length: 30 }, (_, at) => `a${at}: ${body}`).join(" ")} }`);
    const guard = costGuard(await buildGoodhoursSchema(), defaultLimits);
    expect(() => guard(document, getOperationAST(document) as never, {})).toThrow(
      expect.objectContaining({ code: "QUERY_TOO_COSTLY" }),
    );
  });
});
