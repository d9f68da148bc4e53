import { buildSchema, getOperationAST, parse } from "graphql";
import { costGuard, defaultLimits, measure } from "../../src/server/limits";
import { openEdge, post } from "./harness";

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
  const heavy = schema.getQueryType()!.getFields().heavy!;
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
    const operation = getOperationAST(document)!;
    const check = (limit: number) => () =>
      costGuard(schema, { ...defaultLimits, cost: limit })(document, operation, variables as Record<string, unknown>);
    expect(check(cost)).not.toThrow();
    expect(check(cost - 1)).toThrow(expect.objectContaining({ code: "QUERY_TOO_COSTLY" }));
  });

  test("one document is judged anew for each page size, and left to execution where variables do not fit", () => {
    const document = parse(`query ($n: Int) { account(first: $n) { ${line} } }`);
    const guard = costGuard(schema, defaultLimits);
    const check = (variables: Record<string, unknown>) => () => guard(document, getOperationAST(document)!, variables);
    for (const round of [1, 2]) {
      expect(check({ n: 500 + round })).not.toThrow();
      expect(check({ n: 5_000 })).toThrow("smaller pages");
      expect(check({ n: "many" })).not.toThrow();
    }
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
