import {
  type DocumentNode,
  execute,
  type GraphQLArgument,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  parse,
  validate,
} from "graphql";
import { createContext } from "../../src/graphql/kit/context";
import { buildGoodhoursSchema } from "../../src/graphql/schema";
import { openApi } from "../support/api";
import { issuer, openBank, type TestBank } from "../support/bank";
import { everyEngine } from "../support/engines";

/**
 * PostgreSQL refused a NUL as it stood, SQLite kept it; half a surrogate pair became another letter on either. Every text of
 * every operation is tried here, as the schema has them, on both.
 */
const letters = { NUL: "a\0b", "half a pair": "a\ud800b", "the other half": "\udfffa" };

let banks: TestBank[];
let schema: GraphQLSchema;
beforeAll(async () => {
  schema = await buildGoodhoursSchema();
  banks = [];
  for (const engine of everyEngine) banks.push(await openBank(engine));
});
afterAll(async () => {
  for (const bank of banks) await bank.close();
});

const plain: Record<string, unknown> = {
  Int: 1,
  Float: 1,
  Boolean: true,
  Minutes: 60,
  Seq: "1",
  Date: "2026-09-18",
  DateTime: "2026-09-18T09:00:00+08:00",
  Month: "2026-09",
  Quarter: "2026-Q3",
};
const texts = ["String", "ID", "JSON"];
const depthMost = 4;

/** A value that fits a type; `path` leads to the one text in it that is spoilt. */
function sampleOf(type: GraphQLInputType, path: readonly string[], letter: string, depth = 0): unknown {
  if (isNonNullType(type)) return sampleOf(type.ofType, path, letter, depth);
  if (isListType(type)) return [sampleOf(type.ofType, path[0] === "0" ? path.slice(1) : [], letter, depth)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type))
    return Object.fromEntries(
      Object.values(type.getFields())
        .filter((field) => isNonNullType(field.type) || field.name === path[0])
        .map((field) => [
          field.name,
          sampleOf(field.type, field.name === path[0] ? path.slice(1) : [], letter, depth + 1),
        ]),
    );
  if (!texts.includes(type.name)) return plain[type.name];
  const text = path[0] === "!" ? letter : "none";
  return type.name === "JSON" ? { a: [text] } : text;
}

/** Where in a type texts stand; each place ends with "!". */
function placesIn(type: GraphQLInputType, depth = 0): string[][] {
  if (isNonNullType(type)) return placesIn(type.ofType, depth);
  if (isListType(type)) return placesIn(type.ofType, depth).map((place) => ["0", ...place]);
  if (isInputObjectType(type))
    return depth >= depthMost
      ? []
      : Object.values(type.getFields()).flatMap((field) =>
          placesIn(field.type, depth + 1).map((place) => [field.name, ...place]),
        );
  return texts.includes(getNamedType(type).name) ? [["!"]] : [];
}

interface Case {
  operation: string;
  place: string[];
  document: DocumentNode;
  variables(letter: string): Record<string, unknown>;
}

function casesOf(kind: "query" | "mutation"): Case[] {
  const root = (kind === "query" ? schema.getQueryType() : schema.getMutationType()) as GraphQLObjectType;
  const asked = Object.values(root.getFields()).filter(({ args }) => args.length > 0);
  return asked.flatMap((field) => {
    const args = field.args.map((arg) => `$${arg.name}: ${arg.type}`).join(", ");
    const given = field.args.map((arg) => `${arg.name}: $${arg.name}`).join(", ");
    const type = getNamedType(field.type);
    const lines = isObjectType(type) && type.getFields().results ? " results { userErrors { code path } }" : "";
    const shown =
      kind === "mutation" ? `{ userErrors { code path }${lines} }` : isCompositeType(type) ? "{ __typename }" : "";
    const document = parse(`${kind} (${args}) { ${field.name}(${given}) ${shown} }`);
    // Once for all the texts of an operation: this takes longer than the answer.
    expect(validate(schema, document)).toEqual([]);
    return field.args.flatMap((spoilt: GraphQLArgument) =>
      placesIn(spoilt.type).map((place) => ({
        operation: field.name,
        place: [spoilt.name, ...place],
        document,
        variables: (letter: string) =>
          Object.fromEntries(
            field.args
              .filter((arg) => isNonNullType(arg.type) || arg === spoilt)
              .map((arg) => [arg.name, sampleOf(arg.type, arg === spoilt ? place : [], letter)]),
          ),
      })),
    );
  });
}

async function answerOf(bank: TestBank, { document, variables }: Case, letter: string): Promise<string> {
  const contextValue = await createContext({
    services: bank.services,
    claims: { subject: bank.officer.personId ?? "" },
    issuer,
    requestId: "",
    language: "en",
    publicUrl: "",
  });
  const given = variables(letter);
  const input = given.input as Record<string, unknown> | undefined;
  if (input?.organizationId === "none") input.organizationId = bank.station.id;
  if (input?.idempotencyKey === "none") input.idempotencyKey = `key ${bank.key()}`;
  const { data, errors } = await execute({ schema, document, variableValues: given, contextValue });
  const refused = errors?.map(({ message, originalError, extensions }) => ({
    code: extensions.code ?? (originalError as { code?: string } | undefined)?.code ?? message,
    path: extensions.path,
  }));
  return JSON.stringify({ data, refused });
}

test.each(["query", "mutation"] as const)(
  "every text of every %s is refused with its place, alike on both engines, and nothing is written",
  async (kind) => {
    const cases = casesOf(kind);
    expect(cases.length).toBeGreaterThan(30);
    const before = await Promise.all(banks.map(async ({ store }) => (await store.view.head()).seq));
    for (const one of cases)
      for (const [name, letter] of Object.entries(letters)) {
        const answers = [];
        for (const bank of banks) answers.push(await answerOf(bank, one, letter));
        const what = `${one.operation} ${one.place.join(".")} ${name}`;
        expect([what, ...new Set(answers)]).toEqual([what, answers[0]]);
        expect([what, answers[0]]).toEqual([what, expect.stringContaining("INVALID_INPUT")]);
        const last = one.place.findLast((step) => step !== "!" && step !== "0" && step !== "input") as string;
        // A line that is nothing but an id is told by its index.
        if (one.place.at(-2) === "0" && answers[0]?.includes('"results":[{')) continue;
        expect([what, answers[0]]).toEqual([what, expect.stringContaining(`"${last}"`)]);
      }
    expect(await Promise.all(banks.map(async ({ store }) => (await store.view.head()).seq))).toEqual(before);
  },
);

test("a line of a batch is refused in its turn, and the line beside it is done", async () => {
  for (const bank of banks) {
    await bank.volunteer("V-1");
    const entry = {
      volunteerNo: "V-1",
      serviceType: "COMPANION_TALK",
      startedAt: Date.parse("2026-09-18T09:00:00+08:00"),
      endedAt: Date.parse("2026-09-18T10:00:00+08:00"),
      breakMinutes: 0,
      content: "聊天",
      activityLead: "负责人",
    };
    const spoilt = [
      { externalRef: "r\0" },
      { volunteerNo: "V\ud800" },
      { evidence: [{ kind: "PHOTO" as const, ref: "\0" }] },
    ];
    const { results } = await bank.services.hours.log(bank.worker, {
      idempotencyKey: bank.key(),
      organizationId: bank.station.id,
      mode: "EACH",
      dryRun: false,
      entries: [...spoilt.map((more) => ({ ...entry, ...more })), entry],
    });
    expect(results.map(({ refusal }) => refusal && [refusal.code, refusal.path])).toEqual([
      ["INVALID_INPUT", ["externalRef"]],
      ["INVALID_INPUT", ["volunteerNo"]],
      ["INVALID_INPUT", ["evidence", "0", "ref"]],
      null,
    ]);
  }
});

test.each(["/o/a%00b", "/c/%00", "/a/%00", "/c/%ED%A0%80", "/?lang=%00", "/sign-in?next=/%00", "/api/%00"])(
  "the address %s is answered alike on both engines, and by no fault",
  async (path) => {
    const answers = [];
    for (const bank of banks) {
      const api = await openApi(bank);
      const { status } = await fetch(`${api.url}${path}`, { headers: { accept: "text/html" } });
      answers.push(status);
      await api.close();
    }
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toBeLessThan(500);
  },
);

test("below the edge, too, no engine is sent what it would keep otherwise", async () => {
  for (const { store } of banks)
    for (const letter of Object.values(letters)) {
      await expect(store.view.volunteerByNo(letter)).rejects.toMatchObject({ code: "INVALID_INPUT" });
      const opened = store.write((tx) =>
        tx.append("system", {
          type: "ACCOUNT_OPENED",
          id: letter,
          unit: "MINUTE",
          kind: "VOLUNTEER",
          owner: "v",
          floor: 0,
          ceiling: null,
        }),
      );
      await expect(opened).rejects.toMatchObject({ code: "INVALID_INPUT" });
    }
});
