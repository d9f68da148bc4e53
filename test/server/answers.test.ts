import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import {
  buildSchema,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLInputType,
  GraphQLInt,
  GraphQLList,
  type GraphQLNamedType,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  GraphQLSchema,
  GraphQLString,
  getIntrospectionQuery,
  getNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  type OperationDefinitionNode,
  parse,
  typeFromAST,
  validate,
} from "graphql";
import { createAnswers } from "../../src/server/answers";
import { createPlans } from "../../src/server/answers/plans";

/**
 * graphql-js is the oracle: what our plans answer is what it answers, for all that clients send and for documents that nobody
 * would write, over resolvers that answer, wait, fail and throw as a number says.
 */
const sdl = readFileSync(join(__dirname, "../../schema.graphql"), "utf8");
const clients = join(__dirname, "../clients");

/** A number that is always the same for the same text and seed. */
function chance(text: string, seed: number): number {
  let hash = seed ^ 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash ^= hash >>> 15;
  return (Math.imul(hash, 0x2c1b3c6d) >>> 0) / 2 ** 32;
}

interface Mood {
  readonly seed: number;
  /** Whether resolvers may answer later. */
  readonly waits: boolean;
  /** How many fields in a hundred fail in some way. */
  readonly faults: number;
}

function pathText(path: GraphQLResolveInfo["path"] | undefined): string {
  return path ? `${pathText(path.prev)}.${path.key}` : "";
}

async function afterTurns<T>(turns: number, value: T): Promise<T> {
  for (let i = 0; i < turns; i++) await null;
  return value;
}

const texts = ["", "聊天", 'a "quoted" \\ text\n', "😀", "\ud800 half", "\u0007", "plain", "</script>\u2028"];

/** The product's own schema, with resolvers that answer as the mood has it. */
function moodySchema(): GraphQLSchema {
  const schema = buildSchema(sdl);
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith("__")) continue;
    if (isAbstractType(type)) {
      const possible = schema.getPossibleTypes(type);
      type.resolveType = (value: { at: string }, { seed, waits }: Mood) => {
        const { name } = possible[Math.floor(chance(value.at, seed) * possible.length)] as GraphQLObjectType;
        return waits && chance(`${value.at}?`, seed) < 0.5 ? Promise.resolve(name) : name;
      };
    }
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields()))
      field.resolve = (_source, args, mood: Mood, info) => {
        const at = pathText(info.path);
        const lot = chance(`${at}!`, mood.seed) * 100;
        // graphql-js leaves promises of a list without a listener when an item of it throws at once: then all of them wait.
        const later = mood.waits && (mood.faults > 0 || chance(`${at}~`, mood.seed) < 0.4);
        const fault = lot < mood.faults;
        if (fault && lot < mood.faults / 4 && !later) throw new GraphQLError(`thrown at ${at}`);
        if (fault && lot < mood.faults / 4) return Promise.reject(new Error(`rejected at ${at}`));
        const value = fault
          ? lot < mood.faults / 2
            ? new Error(`answered as an error at ${at}`)
            : null
          : valueFor(field.type, at, mood, args);
        return later ? afterTurns(Math.floor(lot) % 4, value) : value;
      };
  }
  return schema;
}

function valueFor(type: GraphQLOutputType, at: string, mood: Mood, args: object): unknown {
  if (isNonNullType(type)) return valueFor(type.ofType, at, mood, args);
  const lot = chance(at, mood.seed);
  if (isListType(type)) {
    const items = Array.from({ length: Math.floor(lot * 3) }, (_, i) =>
      valueFor(type.ofType, `${at}.${i}`, mood, args),
    );
    if (mood.waits && lot < 0.2) return new Set(items);
    // As with fields: where an item may fail at once, all of them wait.
    return mood.waits
      ? items.map((item, i) => (mood.faults > 0 || chance(`${at}${i}`, mood.seed) < 0.3 ? Promise.resolve(item) : item))
      : items;
  }
  if (isEnumType(type)) {
    const values = type.getValues();
    return lot * 100 < mood.faults ? "NO_SUCH" : values[Math.floor(lot * values.length)]?.value;
  }
  if (!isScalarType(type)) return { at };
  const text = texts[Math.floor(lot * texts.length)];
  const values: Record<string, unknown> = {
    Int: lot * 100 < mood.faults ? "no number" : Math.floor(lot * 1e6),
    Float: lot * 1e3,
    Boolean: lot < 0.5,
    ID: lot < 0.5 ? Math.floor(lot * 1e3) : `id-${text}`,
    JSON: { text, args, list: [lot, null, { deep: text }] },
    String: `${text}${JSON.stringify(args)}`,
  };
  return type.name in values ? values[type.name] : text;
}

/** A value that fits a type, as a client might send it. */
function inputOf(type: GraphQLInputType, at: string, seed: number, depth = 0): unknown {
  if (isNonNullType(type)) return inputOf(type.ofType, at, seed, depth) ?? inputOf(type.ofType, `${at}!`, seed, depth);
  const lot = chance(at, seed);
  if (isListType(type)) return depth > 3 ? [] : [inputOf(type.ofType, `${at}.0`, seed, depth + 1)];
  if (isEnumType(type)) return type.getValues()[Math.floor(lot * type.getValues().length)]?.name;
  if (isInputObjectType(type))
    return Object.fromEntries(
      Object.values(type.getFields())
        .filter((field) => isNonNullType(field.type) || (depth < 2 && chance(`${at}${field.name}?`, seed) < 0.5))
        .map((field) => [field.name, inputOf(field.type, `${at}.${field.name}`, seed, depth + 1)]),
    );
  const { name } = type as GraphQLNamedType;
  if (name === "Int" || name === "Minutes") return Math.floor(lot * 100);
  if (name === "Float") return lot;
  return name === "Boolean" ? lot < 0.5 : `text-${Math.floor(lot * 100)}`;
}

const schema = moodySchema();
const answers = createAnswers(schema);

async function both(text: string, name: string | null, mood: Mood, variables?: Record<string, unknown>) {
  const document = parse(text);
  const operation = document.definitions.find(
    (node) => node.kind === "OperationDefinition" && (name === null || node.name?.value === name),
  ) as OperationDefinitionNode;
  const variableValues =
    variables ??
    Object.fromEntries(
      (operation.variableDefinitions ?? []).flatMap(({ variable, type }) => {
        const wanted = typeFromAST(schema, type as never) as GraphQLInputType;
        return isInputType(wanted) ? [[variable.name.value, inputOf(wanted, variable.name.value, mood.seed)]] : [];
      }),
    );
  const operationName = operation.name?.value;
  const expected = await execute({ schema, document, operationName, variableValues, contextValue: mood });
  const given = await answers.execute({ document, operation, variableValues }, mood);
  return { expected: plain(expected), given: plain(given), operation, document };
}

function plain(result: ExecutionResult): { data?: unknown; errors: { message: string; path?: unknown[] }[] } {
  const { data, errors = [] } = JSON.parse(JSON.stringify(result));
  return { ...(data !== undefined && { data }), errors };
}

/** Where null stands for an error: which of several errors under it is told first depends on who waits longer. */
function nulledAt({ data, errors }: ReturnType<typeof plain>): string[] {
  const places = errors.map(({ path = [] }) => {
    let at = data as unknown;
    const steps: unknown[] = [];
    for (const step of path) {
      if (at === null) break;
      steps.push(step);
      at = (at as Record<string, unknown>)[step as string];
    }
    return steps.join(".");
  });
  return [...new Set(places)].sort();
}

/** graphql-js prints the value of what it cannot serialize or type; we do not. */
const sameErrors = ({ errors }: ReturnType<typeof plain>) =>
  errors.map(({ message, ...rest }) => ({ ...rest, message: message.replace(/^Expected `(\w+).*/s, "$1") }));

const moods = fc.record({ seed: fc.integer(), faults: fc.constantFrom(0, 0, 5, 20) });

const operations = readdirSync(clients)
  .filter((file) => file.endsWith(".graphql"))
  .flatMap((file) => {
    const text = readFileSync(join(clients, file), "utf8");
    return parse(text).definitions.flatMap((node) =>
      node.kind === "OperationDefinition" && node.operation !== "subscription"
        ? [[file, node.name?.value ?? "", text] as const]
        : [],
    );
  });

test("the clients' files have many operations", () => expect(operations.length).toBeGreaterThan(60));

test.each(operations)("%s %s: the same as graphql-js", async (_file, name, text) => {
  await fc.assert(
    fc.asyncProperty(moods, async (mood) => {
      const atOnce = await both(text, name, { ...mood, waits: false });
      expect(atOnce.given.data).toEqual(atOnce.expected.data);
      expect(sameErrors(atOnce.given)).toEqual(sameErrors(atOnce.expected));
      const later = await both(text, name, { ...mood, waits: true });
      expect(later.given.data).toEqual(later.expected.data);
      expect(nulledAt(later.given)).toEqual(nulledAt(later.expected));
    }),
    { numRuns: 2 },
  );
});

test("a fresh document with aliases, fragments and switches: the same as graphql-js", async () => {
  let asked = 0;
  await fc.assert(
    fc.asyncProperty(moods, fc.integer(), async (mood, seed) => {
      const text = documentOf(seed);
      if (validate(schema, parse(text)).length > 0) return;
      asked += 1;
      for (const variables of [{ on: false, off: true }, {}]) {
        const atOnce = await both(text, null, { ...mood, waits: false }, variables);
        expect(atOnce.given.data).toEqual(atOnce.expected.data);
        expect(sameErrors(atOnce.given)).toEqual(sameErrors(atOnce.expected));
        const later = await both(text, null, { ...mood, waits: true }, variables);
        expect(later.given.data).toEqual(later.expected.data);
        expect(nulledAt(later.given)).toEqual(nulledAt(later.expected));
      }
    }),
    { numRuns: 40 },
  );
  expect(asked).toBeGreaterThan(15);
});

/** A query that is valid more often than not: aliases, repeated fields, fragments of both kinds, and switches in all places. */
function documentOf(seed: number): string {
  let turns = 0;
  const lot = () => chance(String(turns++), seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(lot() * list.length)] as T;
  const switched = () =>
    pick(["", "", "", "@include(if: $on)", "@skip(if: $off)", "@include(if: $on) @skip(if: $off)", "@skip(if: true)"]);
  const fragments: string[] = [];
  function selection(type: GraphQLNamedType, depth: number): string {
    const lines = ["__typename"];
    if (isAbstractType(type)) {
      for (let i = 0; i < 3; i++) {
        const possible = pick(schema.getPossibleTypes(type));
        lines.push(`... on ${possible.name} ${switched()} ${selection(possible, depth + 1)}`);
      }
      if (lot() < 0.5) lines.push("id");
    } else if (isObjectType(type)) {
      const fields = Object.values(type.getFields()).filter(
        (field) =>
          !field.args.some((arg) => isNonNullType(arg.type)) &&
          (depth < 3 || !("getFields" in getNamedType(field.type))),
      );
      for (let i = 0; i < 5 && fields.length > 0; i++) {
        const field = pick(fields);
        const of = getNamedType(field.type);
        const alias = lot() < 0.3 ? `${pick(["a", "b", "c"])}${field.name}: ` : "";
        const below =
          isObjectType(of) || isAbstractType(of) ? (depth < 3 ? selection(of, depth + 1) : "{ __typename }") : "";
        lines.push(`${alias}${field.name} ${switched()} ${below}`);
      }
      const [some, again] = [lines.at(-1), pick(lines)];
      if (lot() < 0.4) lines.push(`... ${switched()} { ${again} }`);
      if (lot() < 0.4) {
        fragments.push(`fragment f${fragments.length} on ${type.name} { ${some} }`);
        lines.push(`...f${fragments.length - 1} ${switched()}`, `...f${fragments.length - 1}`);
      }
      if (lot() < 0.3 && type.getInterfaces().length > 0) lines.push("... on Node { id }");
    }
    return `{ ${lines.join(" ")} }`;
  }
  const body = selection(schema.getQueryType() as GraphQLObjectType, 0);
  const declared = /\$o(n|ff)/.test(body + fragments.join()) ? "($on: Boolean! = true, $off: Boolean! = false)" : "";
  const isUsed = (name: string) => (body + fragments.join()).includes(`$${name})`);
  const wanted = [isUsed("on") ? "$on: Boolean! = true" : "", isUsed("off") ? "$off: Boolean! = false" : ""].filter(
    Boolean,
  );
  return `query ${declared && `(${wanted.join(", ")})`} ${body} ${fragments.join(" ")}`;
}

describe("one by one", () => {
  const calm: Mood = { seed: 1, waits: false, faults: 0 };
  test("the whole schema, asked as tools ask it", async () => {
    const { given, expected } = await both(
      getIntrospectionQuery({ inputValueDeprecation: true, oneOf: true }),
      null,
      calm,
    );
    expect(given).toEqual(expected);
  });
  test("a variable that does not fit is refused before anything runs", async () => {
    const { given, expected } = await both("query ($id: ID!) { node(id: $id) { id } }", null, calm, {});
    expect(given).toEqual(expected);
    expect(given).not.toHaveProperty("data");
  });
  test("a switch that is null is an error of the field that it stands in", async () => {
    for (const text of [
      "query ($on: Boolean = true) { viewer @include(if: $on) { id } }",
      "query ($on: Boolean = true) { viewer { id @skip(if: $on) } }",
    ]) {
      const { given, expected } = await both(text, null, calm, { on: null });
      expect(given).toEqual(expected);
      expect(given.errors).toHaveLength(1);
    }
  });

  /** A schema in which each field does one thing that goes wrong. */
  const log: string[] = [];
  const item: GraphQLObjectType = new GraphQLObjectType({
    name: "Item",
    isTypeOf: (value: { kind?: string }) => (value.kind === "late" ? Promise.resolve(true) : value.kind !== "other"),
    fields: () => ({
      name: { type: new GraphQLNonNull(GraphQLString) },
      called: { type: GraphQLString },
      promised: { type: GraphQLString },
      count: {
        type: GraphQLInt,
        args: { by: { type: GraphQLInt, defaultValue: 2 } },
        resolve: (_source, { by }) => by,
      },
      list: { type: new GraphQLList(new GraphQLNonNull(item)) },
      noList: { type: new GraphQLList(GraphQLInt), resolve: () => "text" as never },
    }),
  });
  const slowly = (text: string, turns: number) => async () => {
    log.push(`${text} begins`);
    for (let i = 0; i < turns; i++) await new Promise(setImmediate);
    log.push(`${text} ends`);
    return { name: text };
  };
  const small = new GraphQLSchema({
    query: new GraphQLObjectType({
      name: "Query",
      fields: {
        item: {
          type: item,
          resolve: () => ({
            name: "n",
            called(this: { name: string }) {
              return `${this.name} called`;
            },
            promised: Promise.resolve("kept"),
            list: [{ name: "x" }, { kind: "late", name: Promise.resolve("y") }],
          }),
        },
        other: { type: item, resolve: () => ({ kind: "other" }) },
        holed: { type: item, resolve: () => ({ name: "n", list: [{ name: "x" }, { name: null }] }) },
        holedLate: {
          type: item,
          resolve: () => ({ name: "n", list: [{ name: "x" }, { name: Promise.resolve(null) }] }),
        },
        never: { type: new GraphQLNonNull(item), resolve: () => Promise.reject(new Error("no")) },
        thenable: {
          type: GraphQLString,
          // biome-ignore lint/suspicious/noThenProperty: what is no promise of ours may call back at once.
          resolve: () => ({ then: (settle: (text: string) => void) => settle("at once") }),
        },
      },
    }),
    mutation: new GraphQLObjectType({
      name: "Mutation",
      fields: {
        first: { type: item, resolve: slowly("first", 3) },
        second: { type: item, resolve: slowly("second", 1) },
        broken: { type: new GraphQLNonNull(item), resolve: () => Promise.reject(new Error("no")) },
      },
    }),
  });
  const cases = [
    "{ item { name called promised count list { name } } }",
    "{ item { count(by: 5) n: count(by: null) } }",
    "query ($by: Int) { item { count(by: $by) } }",
    "{ item { noList } other { name } thenable }",
    "{ holed { name list { name } } holedLate { name list { name } } }",
    "{ item { name } never { name } }",
    "mutation { first { name } second { name } }",
    "mutation { first { name } broken { name } second { name } }",
  ];
  test.each(cases)("%s", async (text) => {
    const document = parse(text);
    const operation = document.definitions[0] as OperationDefinitionNode;
    const expected = plain(await execute({ schema: small, document }));
    const before = log.splice(0);
    const given = plain(await createAnswers(small).execute({ document, operation }, null));
    expect(given.data).toEqual(expected.data);
    const known = (errors: typeof given.errors) =>
      errors.map(({ message, ...rest }) => [message.split(" but got")[0]?.replace(/\.$/, ""), rest]);
    expect(known(given.errors)).toEqual(known(expected.errors));
    expect(log.splice(0)).toEqual(before);
  });
});

test("an object that many lines show is written once, and what fails in it is told for each line", async () => {
  const written: string[] = [];
  const known = new GraphQLObjectType({
    name: "Known",
    fields: {
      name: { type: GraphQLString, resolve: ({ name }) => written.push(name) && name },
      failing: {
        type: GraphQLString,
        resolve: () => {
          throw new Error("failed");
        },
      },
    },
  });
  const one = { name: "one" };
  const schema = new GraphQLSchema({
    query: new GraphQLObjectType({
      name: "Query",
      fields: { list: { type: new GraphQLList(known), resolve: () => [one, { name: "two" }, one] } },
    }),
  });
  for (const [text, times] of [
    ["{ list { name } }", 2],
    ["{ list { name failing } }", 3],
  ] as const) {
    const document = parse(text);
    const operation = document.definitions[0] as OperationDefinitionNode;
    written.length = 0;
    const ours = await createAnswers(schema).execute({ document, operation }, {});
    expect(written).toHaveLength(times);
    const theirs = await execute({ schema, document });
    expect(JSON.parse(JSON.stringify(ours))).toEqual(JSON.parse(JSON.stringify(theirs)));
  }
});

describe("what is remembered is bounded", () => {
  const mood: Mood = { seed: 3, waits: false, faults: 0 };
  test("a thousand documents that differ drive each other out", () => {
    const plans = createPlans(schema, { fieldsMost: 500 });
    const own = createAnswers(schema, plans);
    for (let i = 0; i < 1_000; i++) {
      const document = parse(`{ viewer { a${i}: id grants { role } } }`);
      void own.answer({ document, operation: document.definitions[0] as OperationDefinitionNode }, mood);
      expect(plans.held().fields).toBeLessThan(520);
    }
    expect(plans.held().plans).toBeGreaterThan(20);
  });
  test("switches of one operation have few plans at once", () => {
    const plans = createPlans(schema);
    const own = createAnswers(schema, plans);
    const names = Array.from({ length: 8 }, (_, i) => `s${i}`);
    const document = parse(
      `query (${names.map((name) => `$${name}: Boolean!`).join()}) { viewer { ${names.map((name) => `${name}: id @skip(if: $${name})`).join(" ")} } }`,
    );
    const operation = document.definitions[0] as OperationDefinitionNode;
    for (let bits = 0; bits < 256; bits++) {
      const variableValues = Object.fromEntries(names.map((name, i) => [name, (bits & (1 << i)) !== 0]));
      void own.answer({ document, operation, variableValues }, mood);
      expect(plans.held().plans).toBeLessThanOrEqual(8);
    }
  });
  test("a document that is sent again is not worked out again", () => {
    const plans = createPlans(schema);
    const document = parse("{ viewer { id } }");
    const operation = document.definitions[0] as OperationDefinitionNode;
    expect(plans.planOf(document, operation, {})).toBe(plans.planOf(document, operation, {}));
  });
});
