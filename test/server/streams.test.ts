import { createClient as createSseClient } from "graphql-sse";
import { type Client, createClient as createSocketClient } from "graphql-ws";
import { WebSocket } from "ws";
import type { Edge } from "../../src/server/http";
import { openIdentity } from "../../src/server/identity";
import { audience, createWorld, issuer, keys, noon, openEdge, post, read, token } from "./harness";

const world = createWorld();
let edge: Edge;
beforeAll(async () => {
  edge = await openEdge(world, { limits: { operationsPerSocket: 3, socketPayloadBytes: 16_384, requestMs: 1_000 } });
});
afterAll(() => edge.close());

type Headers = Record<string, string>;
interface Transport {
  name: string;
  open(edge: Edge, headers?: Headers): { run: (query: string) => AsyncIterableIterator<unknown>; end(): void };
}

const transports: Transport[] = [
  {
    name: "event stream at /graphql/stream",
    open: ({ url }, headers = {}) => sse(`${url}/graphql/stream`, headers),
  },
  { name: "event stream at /graphql", open: ({ url }, headers = {}) => sse(`${url}/graphql`, headers) },
  { name: "socket", open: ({ url }, headers = {}) => socket(url, headers) },
];

describe.each(transports)("$name", ({ open }) => {
  const cases: [query: string, results: unknown[]][] = [
    ["subscription { count(to: 3) }", [{ count: 1 }, { count: 2 }, { count: 3 }]],
    ["subscription { count(to: 0) }", []],
    ["{ hello }", [{ hello: "hello" }]],
    ["mutation { act }", [{ act: "done" }]],
    ["subscription { breaking }", [{ breaking: 1 }, "INTERNAL"]],
    ["{ broken }", ["INTERNAL"]],
    ["{ never }", ["TIMEOUT"]],
    ["{ refused }", ["NOT_PERMITTED"]],
    ["subscription { goodbye }", ["GRAPHQL_VALIDATION_FAILED"]],
    ["subscription {", ["GRAPHQL_PARSE_FAILED"]],
    ["query A { hello } query B { hello }", ["OPERATION_RESOLUTION_FAILURE"]],
    [`{ node { ${"next { ".repeat(11)} name ${"} ".repeat(13)}`, ["QUERY_TOO_DEEP"]],
    [`{ ${Array.from({ length: 31 }, (_, at) => `a${at}: hello`).join(" ")} }`, ["TOO_MANY_ALIASES"]],
    [`{ ${"hello ".repeat(2_000)} }`, ["QUERY_TOO_LARGE"]],
    ["{ node { nodes(first: 20000) { name next { name } } } }", ["QUERY_TOO_COSTLY"]],
  ];
  test.each(cases)("%s", async (query, results) => {
    const client = open(edge);
    expect(await collect(client.run(query))).toEqual(results);
    client.end();
  });

  test("knows who asks, and in what language", async () => {
    const authorization = `Bearer ${await token("person_mei")}`;
    const client = open(edge, { authorization, "accept-language": "zh-CN" });
    expect(await collect(client.run("{ whoami language }"))).toEqual([{ whoami: "person_mei", language: "zh-CN" }]);
    client.end();
  });

  test("a subscription ends when its session is signed out of, and another session's goes on", async () => {
    const ended = new Set<string>();
    const identity = openIdentity({
      issuer,
      audience,
      publicKey: keys.publicKey,
      clock: () => noon,
      endedAmong: async (sessions) => new Set(sessions.filter((session) => ended.has(session))),
    });
    const own = await openEdge(createWorld(), { identity, limits: { sessionLookMs: 10 } });
    const [leaving, staying] = [`Bearer ${await token("person_mei")}`, `Bearer ${await token("person_mei")}`];
    const [one, other] = [open(own, { authorization: leaving }), open(own, { authorization: staying })];
    const [left, stays] = [one.run("subscription { quiet }"), other.run("subscription { quiet }")];
    expect([await left.next(), await stays.next()]).toMatchObject([
      { value: { data: { quiet: 1 } } },
      { value: { data: { quiet: 1 } } },
    ]);
    ended.add((await identity.verify(leaving))?.session ?? "");
    expect(await collect(left)).toEqual(["UNAUTHENTICATED"]);
    expect(await collect(other.run("{ whoami }"))).toEqual([{ whoami: "person_mei" }]);
    one.end();
    other.end();
    await own.close();
  });

  test("a subscription ends with its token, and says so", async () => {
    const other = createWorld();
    const own = await openEdge(other);
    const client = open(own, { authorization: `Bearer ${await token("person_mei", { ttlSeconds: 30 })}` });
    // Five seconds of tolerance, less a little that is left.
    other.clock = noon + 34_900;
    expect(await collect(client.run("subscription { quiet }"))).toEqual([{ quiet: 1 }, "TOKEN_EXPIRED"]);
    await other.quietClosed.promise;
    client.end();
    await own.close();
  });

  test("a client that leaves a quiet subscription ends it", async () => {
    const other = createWorld();
    const own = await openEdge(other);
    const client = open(own);
    const results = client.run("subscription { quiet }");
    expect(await results.next()).toMatchObject({ value: { data: { quiet: 1 } } });
    await results.return?.();
    await other.quietClosed.promise;
    expect((await post(own, { query: "{ hello }" })).body.data.hello).toBe("hello");
    client.end();
    await own.close();
  });
});

describe("event streams over plain HTTP", () => {
  const accept = { accept: "text/event-stream" };
  const query = (text: string) => `/graphql?query=${encodeURIComponent(text)}`;
  const cases: [name: string, path: string, headers: Headers, status: number, code: string | undefined][] = [
    ["by GET", query("subscription { count(to: 1) }"), accept, 200, undefined],
    ["a mutation by GET", query("mutation { act }"), accept, 405, "METHOD_NOT_ALLOWED"],
    ["variables that are no JSON", `${query("{ hello }")}&variables={`, accept, 400, "INVALID_JSON"],
    ["a bad token", query("{ hello }"), { ...accept, authorization: "Bearer a.b.c" }, 401, "UNAUTHENTICATED"],
  ];
  test.each(cases)("%s", async (_name, path, headers, status, code) => {
    const answer = await read(await fetch(edge.url + path, { headers }));
    expect([answer.status, answer.code]).toEqual([status, code]);
    if (code) return;
    expect(answer.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const cost =
      /,"extensions":\{"cost":\{"requested":1,"limit":25000,"share":\d+,"remaining":\d+,"resetAfter":\d+\}\}/;
    expect(answer.body.replace(cost, "")).toBe(
      ':\n\nevent: next\ndata: {"data":{"count":1}}\n\nevent: complete\ndata:\n\n',
    );
    expect(answer.body).toMatch(cost);
  });
});

describe("sockets", () => {
  const tokens: [name: string, authorization: () => Promise<unknown>, reason: string][] = [
    ["an expired token", async () => `Bearer ${await token("p", { ttlSeconds: -6 })}`, "TOKEN_EXPIRED"],
    ["a token from elsewhere", async () => `Bearer ${await token("p", { audience: "x" })}`, "UNAUTHENTICATED"],
    ["no token at all", async () => ({}), "UNAUTHENTICATED"],
  ];
  test.each(tokens)("%s closes the connection for good", async (_name, authorization, reason) => {
    const raw = await connect();
    raw.send({ type: "connection_init", payload: { authorization: await authorization() } });
    expect(await raw.closed).toEqual([4401, reason]);
  });

  test("the Authorization header of the upgrade counts as well", async () => {
    const raw = await connect({ authorization: `Bearer ${await token("person_mei")}` });
    raw.send({ type: "connection_init" });
    await raw.until("connection_ack");
    raw.send({ id: "1", type: "subscribe", payload: { query: "{ whoami }" } });
    expect(await raw.until("next")).toMatchObject({ type: "next", payload: { data: { whoami: "person_mei" } } });
    raw.socket.close();
  });

  test("a token that expires while the connection lives is refused at the next operation", async () => {
    const client = socket(edge.url, { authorization: `Bearer ${await token("person_li", { ttlSeconds: 30 })}` });
    const held = client.run("subscription { quiet }");
    await held.next();
    world.clock = noon + 36_000;
    expect(await collect(client.run("{ whoami }"))).toEqual(["TOKEN_EXPIRED"]);
    world.clock = noon;
    client.end();
  });

  test("only so many operations at once", async () => {
    const client = socket(edge.url, {});
    const held = [1, 2, 3].map(() => client.run("subscription { quiet }"));
    for (const results of held) await results.next();
    expect(await collect(client.run("{ hello }"))).toEqual(["TOO_MANY_OPERATIONS"]);
    client.end();
  });

  const broken: [name: string, message: string, code: number][] = [
    ["not JSON", "{", 4400],
    ["not a message", '{"type":"x"}', 4400],
    ["an operation before the greeting", '{"id":"1","type":"subscribe","payload":{"query":"{hello}"}}', 4401],
    ["a message too large", "x".repeat(20_000), 1009],
  ];
  test.each(broken)("%s closes the connection, not the server", async (_name, message, code) => {
    const raw = await connect();
    raw.socket.send(message);
    expect((await raw.closed)[0]).toBe(code);
    expect((await post(edge, { query: "{ hello }" })).body.data.hello).toBe("hello");
  });

  test("errors are counted by transport", async () => {
    const body = await (await fetch(`${edge.url}/metrics`)).text();
    expect(body).toMatch(/goodhours_graphql_errors_total{code="QUERY_TOO_DEEP",transport="websocket"} 1\n/);
    expect(body).toMatch(/goodhours_graphql_errors_total{code="QUERY_TOO_DEEP",transport="sse"} 2\n/);
    expect(body).toMatch(/goodhours_connections_open{transport="sse"} 0\n/);
  });
});

function sse(url: string, headers: Headers) {
  const client = createSseClient({ url, headers, retryAttempts: 0 });
  return { run: (query: string) => client.iterate({ query }), end: () => client.dispose() };
}

function socket(url: string, connectionParams: Headers) {
  const client: Client = createSocketClient({
    url: `${url.replace("http", "ws")}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    connectionParams,
  });
  return { run: (query: string) => client.iterate({ query }), end: () => void client.dispose() };
}

/** The data of each result, or the code of its error; every error must say which request it was. */
async function collect(results: AsyncIterable<unknown>): Promise<unknown[]> {
  const found: unknown[] = [];
  type Coded = { message: string; extensions: { code: string; requestId: string } };
  const noteErrors = (errors: readonly Coded[]) => {
    for (const { extensions } of errors) expect(extensions.requestId).toMatch(/^[0-9a-f-]{36}$/);
    found.push(errors[0]?.extensions.code);
  };
  try {
    for await (const result of results) {
      const { data, errors } = result as { data: unknown; errors?: Coded[] };
      if (errors) noteErrors(errors);
      else found.push(data);
    }
  } catch (error) {
    // graphql-ws clients throw the errors of an operation that never started.
    if (!Array.isArray(error)) throw error;
    noteErrors(error);
  }
  return found;
}

async function connect(headers: Headers = {}) {
  const client = new WebSocket(`${edge.url.replace("http", "ws")}/graphql`, "graphql-transport-ws", { headers });
  const closed = new Promise<[number, string]>((resolve) =>
    client.once("close", (code, reason) => resolve([code, String(reason)])),
  );
  await new Promise((resolve) => client.once("open", resolve));
  return {
    socket: client,
    closed,
    send: (message: object) => client.send(JSON.stringify(message)),
    until: (type: string) =>
      new Promise<unknown>((resolve) =>
        client.on("message", (data) => {
          const message = JSON.parse(String(data));
          if (message.type === type) resolve(message);
        }),
      ),
  };
}
