import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from "graphql";
import type { Actor } from "../../src/domain/permissions/actors";
import { createContext } from "../../src/graphql/kit/context";
import { formatError } from "../../src/graphql/kit/errors";
import { buildGoodhoursSchema } from "../../src/graphql/schema";
import { type Edge, listen } from "../../src/server/http";
import { demoKeyPair, openIdentity } from "../../src/server/identity";
import { createLogger } from "../../src/server/log";
import { languageOf } from "../../src/web/languages";
import { type Answer, client, remembered } from "../support/api";
import { issuer, openBank, type TestBank } from "../support/bank";
import { engines } from "../support/engines";

/** An ID number and a telephone, as clerks paste them into the wrong field. They come back in no message and no log. */
const idNumber = "330681196804126613";
const phone = 13_800_138_000;
const planted = new RegExp(`${idNumber}|${phone}`);

type Planting = (type: GraphQLInputType, depth?: number) => unknown;
const leaf = (value: (type: string) => unknown): Planting =>
  function plant(type, depth = 0): unknown {
    const bare = getNullableType(type);
    if (isListType(bare)) return depth > 6 ? [] : [plant(bare.ofType, depth + 1)];
    if (isEnumType(bare)) return value(bare.name) ?? bare.getValues()[0]?.name;
    if (!isInputObjectType(bare)) return value(bare.toString()) ?? fitting[bare.toString()] ?? idNumber;
    const fields = Object.values(bare.getFields()).filter((field) => depth < 6 || isNonNullType(field.type));
    return Object.fromEntries(fields.map((field) => [field.name, plant(field.type, depth + 1)]));
  };
const fitting: Record<string, unknown> = {
  Int: 1,
  Float: 1,
  Boolean: true,
  Minutes: 60,
  Seq: "0",
  Date: "2026-09-18",
  DateTime: "2026-09-18T09:00:00+08:00",
  Month: "2026-09",
  Quarter: "2026-Q3",
  JSON: { [idNumber]: phone },
};
const plantings: Record<string, Planting> = {
  "texts that fit": leaf(() => undefined),
  "a text everywhere": leaf(() => idNumber),
  "a number everywhere": leaf(() => phone),
  "an object everywhere": leaf(() => ({ [idNumber]: phone })),
  "names that nobody knows": (type) => ({
    [`n${phone}`]: idNumber,
    [idNumber]: phone,
    ...(plantings["texts that fit"]?.(type) as object),
  }),
  "a text in place of an object": () => idNumber,
  "nothing in place of what is needed": () => ({ other: idNumber }),
};

describe.each(engines.map((engine) => [engine.name, engine] as const))("%s", (_name, engine) => {
  let bank: TestBank;
  let edge: Edge;
  let schema: GraphQLSchema;
  const logs: string[] = [];
  let post: (actor: Actor | null, body: unknown) => Promise<Answer>;
  beforeAll(async () => {
    bank = await openBank(engine);
    schema = await buildGoodhoursSchema();
    const { services, options } = bank;
    edge = await listen({
      schema,
      context: ({ languages, ...request }) =>
        createContext({
          services,
          issuer,
          publicUrl: "http://bank.example",
          language: languageOf(languages),
          ...request,
        }),
      identity: openIdentity({
        issuer,
        audience: "goodhours",
        clock: options.clock,
        publicKey: demoKeyPair(options.secret.toString("hex")).publicKey,
      }),
      host: "127.0.0.1",
      port: 0,
      corsOrigins: [],
      ready: async () => true,
      logger: createLogger({ level: "debug", stream: { write: (line) => void logs.push(line) } }),
      formatError,
      languageOf,
    });
    post = client(edge.url, remembered(bank)).post;
  });
  afterAll(async () => {
    await edge.close();
    await bank.close();
  });

  /** What an answer says beside its data. */
  async function said(actor: Actor | null, body: unknown): Promise<string> {
    const { data, errors } = await post(actor, body);
    const text = JSON.stringify([errors ?? [], data]);
    expect(text).not.toMatch(/"INTERNAL"|OUTCOME_UNKNOWN|BUSY_RETRY/);
    expect(text).not.toMatch(planted);
    return text;
  }

  test("no mutation says a client's values again, whatever is wrong with them", async () => {
    const mei = await bank.actorOf(await bank.volunteer("V-1"));
    for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
      const type = field.args[0]?.type as GraphQLInputType;
      const query = `mutation ($input: ${type}) { ${field.name}(input: $input) { userErrors { code message path details } } }`;
      for (const [name, plant] of Object.entries(plantings))
        for (const actor of name === "texts that fit" ? [bank.officer, bank.worker, mei] : [bank.officer])
          await said(actor, {
            query: query.replace(type.toString(), `${type.toString().replace("!", "")}!`),
            variables: { input: plant(type) },
          });
    }
    expect(logs.join()).not.toMatch(planted);
  });

  test("nor does a question", async () => {
    for (const field of Object.values(schema.getQueryType()?.getFields() ?? {})) {
      const question = questionOf(field);
      if (question === null) continue;
      for (const plant of Object.values(plantings)) {
        const variables = Object.fromEntries(field.args.map((arg) => [arg.name, plant(arg.type)]));
        await said(bank.officer, { query: question, variables });
        await said(null, { query: question, variables });
      }
    }
    expect(logs.join()).not.toMatch(planted);
  });

  test.each([1_001, 19_999, 20_001, 50_001])(
    "a text of %i letters in any argument of a question is a client's fault or finds nothing",
    async (length) => {
      const long = leaf((type) => (type === "String" || type === "ID" ? "长".repeat(length) : undefined));
      for (const field of Object.values(schema.getQueryType()?.getFields() ?? {})) {
        const question = questionOf(field);
        if (question === null) continue;
        const variables = Object.fromEntries(field.args.map((arg) => [arg.name, long(arg.type)]));
        await said(bank.officer, { query: question, variables });
      }
      const literal = `{ organizations(first: 1, filter: { text: "${"x".repeat(length)}" }) { edges { node { id } } } }`;
      expect(await said(null, { query: literal })).toContain("INVALID_INPUT");
    },
  );

  test("a list of 40,000 in any field of any input is a client's fault, or is read", async () => {
    const lists: Planting = (type) => {
      const bare = getNullableType(type);
      if (!isInputObjectType(bare)) return isListType(bare) ? Array(40_000).fill(plain(bare.ofType)) : plain(bare);
      return Object.fromEntries(Object.values(bare.getFields()).map((field) => [field.name, lists(field.type)]));
    };
    const plain = plantings["texts that fit"] as Planting;
    for (const field of Object.values(schema.getQueryType()?.getFields() ?? {})) {
      const question = questionOf(field);
      if (question === null) continue;
      const variables = Object.fromEntries(field.args.map((arg) => [arg.name, lists(arg.type)]));
      await said(bank.officer, { query: question, variables });
    }
    for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
      const type = getNullableType(field.args[0]?.type as GraphQLInputType);
      if (
        !isInputObjectType(type) ||
        !Object.values(type.getFields()).some(({ type }) => isListType(getNullableType(type)))
      )
        continue;
      const query = `mutation ($input: ${type}!) { ${field.name}(input: $input) { userErrors { code path } } }`;
      await said(bank.officer, { query, variables: { input: lists(type) } });
    }
  });

  test("300 values that do not fit are a client's fault, and the answer names a handful of them", async () => {
    const query = "mutation ($input: MarkNoticesReadInput!) { markNoticesRead(input: $input) { userErrors { code } } }";
    const { errors } = await post(bank.officer, { query, variables: { input: { noticeIds: Array(300).fill({}) } } });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(Array(5).fill("INVALID_INPUT"));
    expect(errors?.[0]?.message).toBe('Variable "$input.noticeIds[0]" does not fit its type ID.');
  });
});

/** A question with every argument of its own as a variable, and nothing asked of what it finds. */
function questionOf(field: GraphQLField<unknown, unknown>): string | null {
  if (field.args.length === 0) return null;
  const declared = field.args.map(({ name, type }) => `$${name}: ${type}`).join(", ");
  const given = field.args.map(({ name }) => `${name}: $${name}`).join(", ");
  const inner =
    isObjectType(getNamedType(field.type)) || "getFields" in getNamedType(field.type) ? " { __typename }" : "";
  return `query (${declared}) { ${field.name}(${given})${inner} }`;
}
