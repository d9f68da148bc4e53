import {
  GraphQLError,
  type GraphQLFieldConfig,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
} from "graphql";
import { type Edge, type EdgeOptions, listen } from "../../src/server/http";
import { demoKeyPair, issueToken, openIdentity, type TokenClaims } from "../../src/server/identity";
import { createLogger } from "../../src/server/log";

/** The demo's morning; nothing here reads the real clock. */
export const noon = Date.parse("2026-09-20T09:00:00+08:00");
export const issuer = "https://id.example";
export const audience = "goodhours";
export const keys = demoKeyPair("test");

export interface AppContext {
  claims: TokenClaims | null;
  requestId: string;
  languages: string;
}

/** Things that tests steer from outside: a gate that holds `slow` back, and what came of the subscriptions. */
export function createWorld() {
  const world = {
    clock: noon,
    ready: true,
    stopped: 0,
    logs: [] as string[],
    entered: deferred<void>(),
    gate: deferred<string>(),
    quietClosed: deferred<void>(),
  };
  return world;
}

export type World = ReturnType<typeof createWorld>;

export function deferred<Value>() {
  let resolve!: (value: Value) => void;
  const promise = new Promise<Value>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

export function token(subject: string, options: Partial<Parameters<typeof issueToken>[0]> = {}): Promise<string> {
  const { privateKey } = keys;
  return issueToken({ privateKey, issuer, audience, subject, clock: () => noon, ttlSeconds: 3600, ...options });
}

export async function openEdge(world = createWorld(), options: Partial<EdgeOptions> = {}): Promise<Edge> {
  return listen({
    schema: createSchema(world),
    context: (about) => about,
    identity: openIdentity({ issuer, audience, publicKey: keys.publicKey, clock: () => world.clock }),
    host: "127.0.0.1",
    port: 0,
    corsOrigins: ["https://app.example"],
    ready: async () => world.ready,
    stop: async () => {
      world.stopped++;
    },
    logger: createLogger({ stream: { write: (line) => void world.logs.push(line) } }),
    ...options,
  });
}

export async function post(edge: Edge, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(`${edge.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" || body instanceof Uint8Array ? (body as RequestInit["body"]) : JSON.stringify(body),
  });
  return read(response);
}

export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: answers are examined by tests, field by field.
  body: any;
  code: string | undefined;
}

export async function read(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json");
  const body = isJson ? JSON.parse(text) : text;
  return { status: response.status, headers: response.headers, body, code: body?.errors?.[0]?.extensions?.code };
}

function createSchema(world: World): GraphQLSchema {
  type Field = GraphQLFieldConfig<unknown, AppContext>;
  const node: GraphQLObjectType = new GraphQLObjectType({
    name: "Node",
    fields: (): Record<string, Field> => ({
      name: { type: GraphQLString, resolve: () => "Mei" },
      next: { type: node, resolve: () => ({}) },
      nodes: { type: new GraphQLList(node), args: { first: { type: GraphQLInt } }, resolve: () => [] },
    }),
  });
  const text = (resolve: Field["resolve"]): Field => ({ type: GraphQLString, resolve });
  const query: Record<string, Field> = {
    hello: text(() => "hello"),
    whoami: text((_source, _args, { claims }) => claims?.subject ?? null),
    language: text((_source, _args, { languages }) => languages),
    requestId: text((_source, _args, { requestId }) => requestId),
    broken: text(() => {
      throw new Error("SQLITE_CORRUPT at /var/lib/secret.db");
    }),
    refused: text(() => {
      throw new GraphQLError("No.", { extensions: { code: "NOT_PERMITTED" } });
    }),
    domain: text(() => {
      throw new DomainRefusal();
    }),
    slow: text(() => {
      world.entered.resolve();
      return world.gate.promise;
    }),
    never: text(() => new Promise(() => {})),
    echo: {
      type: GraphQLString,
      args: { text: { type: new GraphQLNonNull(GraphQLString) }, count: { type: GraphQLInt } },
      resolve: (_source, { text }) => text,
    },
    node: { type: node, resolve: () => ({}) },
  };
  return new GraphQLSchema({
    query: new GraphQLObjectType({ name: "Query", fields: query }),
    mutation: new GraphQLObjectType({ name: "Mutation", fields: { act: text(() => "done") } }),
    subscription: new GraphQLObjectType({
      name: "Subscription",
      fields: {
        count: {
          type: GraphQLInt,
          args: { to: { type: new GraphQLNonNull(GraphQLInt) } },
          async *subscribe(_source, { to }) {
            for (let count = 1; count <= to; count++) yield { count };
          },
        },
        breaking: {
          type: GraphQLInt,
          async *subscribe() {
            yield { breaking: 1 };
            throw new Error("lost connection to 10.0.0.7");
          },
        },
        quiet: { type: GraphQLInt, subscribe: () => quiet(world) },
      },
    }),
  });
}

/** What inner floors throw: only the composition's formatError knows what it means. */
export class DomainRefusal extends Error {}

/** Says one thing, then nothing until it is closed. */
function quiet(world: World): AsyncIterableIterator<{ quiet: number }> {
  const closed = deferred<void>();
  let said = false;
  return {
    async next() {
      if (!said) {
        said = true;
        return { value: { quiet: 1 }, done: false };
      }
      await closed.promise;
      return { value: undefined, done: true };
    },
    async return() {
      closed.resolve();
      world.quietClosed.resolve();
      return { value: undefined, done: true };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
