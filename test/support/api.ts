import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Kind, parse, print } from "graphql";
import { serve } from "../../src/cli/serve";
import type { Config } from "../../src/config";
import type { Actor } from "../../src/domain/permissions/actors";
import { demoKeyPair, issueToken } from "../../src/server/identity";
import { issuer, type TestBank } from "./bank";
import { root } from "./root";

const audience = "goodhours";

/** The bank behind its real edge, on a free port; operations are sent as the clients' files have them. */
export interface TestApi {
  url: string;
  token(actor: Actor): Promise<string>;
  /** Sends any body. */
  post(actor: Actor | null, body: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** Sends one operation of a client's file with the fragments it spreads; the answer's body as it came. */
  send(
    actor: Actor | null,
    file: string,
    operation: string,
    variables: object,
    headers?: Record<string, string>,
  ): Promise<Answer>;
  close(): Promise<void>;
}
export interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: answers have the shape their document asks for.
  data: any;
  errors?: { message: string; extensions: { code: string; requestId: string } }[];
}

export async function openApi(bank: TestBank, settings: Partial<Config> = {}): Promise<TestApi> {
  const { clock, secret } = bank.options;
  const config: Config = {
    database: { kind: "sqlite", path: bank.ground.where },
    bank: "test",
    origin: bank.options.origin,
    originIsSet: true,
    host: "127.0.0.1",
    port: 0,
    publicUrl: null,
    secret,
    demo: true,
    issuer,
    audience,
    jwksUrl: null,
    claims: { idNumber: null, phone: null, name: "name", verified: "name_verified" },
    corsOrigins: [],
    graphiql: true,
    logLevel: "silent",
    clock,
    ...settings,
  };
  const edge = await serve(config, { services: bank.services, options: bank.options, close: async () => undefined });
  const token = tokensOf(bank);
  return { ...client(edge.url, remembered(bank, token)), token, close: () => edge.close() };
}

/** A client of a running server. */
export function client(url: string, token: (actor: Actor) => Promise<string>): Omit<TestApi, "close"> {
  const post: TestApi["post"] = async (actor, body, headers = {}) => {
    const response = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...(actor ? { authorization: `Bearer ${await token(actor)}` } : {}),
        ...headers,
      },
      body: JSON.stringify(body),
    });
    return (await response.json()) as Answer;
  };
  return {
    url,
    token,
    post,
    send: (actor, file, operation, variables, headers) =>
      post(actor, { query: operationText(file, operation), operationName: operation, variables }, headers),
  };
}

/** Tokens for the people of a test bank, as its issuer signs them: each is a session of its own. */
export function tokensOf(bank: TestBank): (actor: Actor) => Promise<string> {
  const { clock, secret } = bank.options;
  const { privateKey } = demoKeyPair(secret.toString("hex"));
  return ({ personId }) =>
    issueToken({ privateKey, issuer, audience, subject: personId ?? "", clock, ttlSeconds: 3600 });
}

/** One token for each person and instant, for requests that end no session: signing takes its time. */
export function remembered(bank: TestBank, token = tokensOf(bank)): (actor: Actor) => Promise<string> {
  const issued = new Map<string, Promise<string>>();
  return (actor) => {
    const name = `${actor.personId} ${bank.options.clock()}`;
    const known = issued.get(name) ?? token(actor);
    issued.set(name, known);
    return known;
  };
}

/** The settings under which another process opens the test bank's file. */
export function settingsOf(bank: TestBank): Record<string, string> {
  const { clock, secret, origin } = bank.options;
  return {
    DATABASE_URL: `file:${bank.ground.where}`,
    GOODHOURS_CLOCK: new Date(clock()).toISOString(),
    GOODHOURS_SECRET: secret.toString("hex"),
    ORIGIN: origin,
  };
}

export function operationText(file: string, operation: string): string {
  const document = parse(readFileSync(join(root, "test/clients", file), "utf8"));
  const wanted = document.definitions.find(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION && definition.name?.value === operation,
  );
  if (!wanted) throw new Error(`${file} has no ${operation}`);
  const text = print(wanted);
  const fragments = document.definitions.filter(
    (definition) => definition.kind === Kind.FRAGMENT_DEFINITION && text.includes(`...${definition.name.value}`),
  );
  return [text, ...fragments.map((fragment) => print(fragment))].join("\n");
}
