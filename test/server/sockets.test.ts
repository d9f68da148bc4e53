import type { IncomingHttpHeaders } from "node:http";
import { WebSocket } from "ws";
import type { Edge } from "../../src/server/http";
import { languageOf } from "../../src/web/languages";
import { createWorld, post, token } from "./harness";
import { hello, limited, openEdges, retried, shares } from "./limited";

const edgeWith = openEdges();

describe("streams and sockets", () => {
  const subscribe = (query: string, id = "1") => ({ id, type: "subscribe", payload: { query } });
  const quiet = "subscription { quiet }";

  test("an event stream is refused as any request is", async () => {
    const edge = await edgeWith({ shares: shares({ requests: 1 }) });
    const ask = () => post(edge, hello, { accept: "text/event-stream" });
    expect((await ask()).body).toMatch(/"extensions":{"cost":{"requested":1,/);
    const refused = await ask();
    expect([refused.status, refused.code]).toEqual([429, "RATE_LIMITED"]);
    expect(refused.headers.get("retry-after")).toMatch(/^[1-9]\d?$/);
  });

  test("an operation over a socket is refused with an error, and each answer tells its cost", async () => {
    const edge = await edgeWith({ shares: shares({ requests: 3 }) });
    const client = await connect(edge);
    await client.greet();
    client.send(subscribe("{ hello }", "a"));
    expect(await client.next()).toMatchObject({
      id: "a",
      type: "next",
      payload: { data: { hello: "hello" }, extensions: { cost: { requested: 1, limit: 25_000 } } },
    });
    expect(await client.next()).toEqual({ id: "a", type: "complete" });
    client.send(subscribe("{ helo }", "b"));
    expect(await client.next()).toMatchObject({
      id: "b",
      type: "error",
      payload: [{ extensions: { code: "GRAPHQL_VALIDATION_FAILED", cost: { requested: 0 } } }],
    });
    client.send(subscribe("{ hello }", "c"));
    const refused = { ...limited("requests", "address", 3), cost: { requested: 0 } };
    expect(await client.next()).toMatchObject({ id: "c", type: "error", payload: [{ extensions: refused }] });
  });

  test("an address holds a limited number of sockets; a closed socket frees its place", async () => {
    const edge = await edgeWith({ shares: shares({ sockets: 2 }) }, { languageOf });
    const [one] = [await connect(edge), await connect(edge)];
    const refused = await refusedUpgrade(edge, { "accept-language": "zh" });
    expect([refused.status, refused.headers["retry-after"]]).toEqual([429, "10"]);
    expect(refused.body).toMatchObject({
      errors: [{ message: expect.stringMatching(/^请求过于频繁/), extensions: limited("sockets", "address", 2) }],
      extensions: { cost: { requested: 0, limit: 25_000, remaining: expect.any(Number) } },
    });
    expect((await refusedUpgrade(edge, { "accept-language": "en" })).body.errors[0].message).toMatch(/^You have asked/);
    const elsewhere = await refusedUpgrade(edge, {}, "/elsewhere");
    expect(elsewhere).toMatchObject({ status: 404, body: { errors: [{ extensions: { code: "NOT_FOUND" } }] } });
    one.socket.close();
    await one.closed;
    await retried(() => connect(edge));
  });

  test("the sockets of a person who signs in count against the person, and no longer against the address", async () => {
    const edge = await edgeWith({ shares: shares({ sockets: 1 }, { sockets: 2 }) });
    const authorization = `Bearer ${await token("person_mei")}`;
    for (let i = 0; i < 2; i++) await (await connect(edge)).greet(authorization);
    const third = await connect(edge);
    third.send({ type: "connection_init", payload: { authorization } });
    expect(await third.closed).toEqual([4429, "RATE_LIMITED"]);
  });

  test("an address holds a limited number of subscriptions over all its sockets and streams", async () => {
    const edge = await edgeWith({ shares: shares({ subscriptions: 3 }) });
    const [one, two] = [await connect(edge), await connect(edge)];
    await one.greet();
    await two.greet();
    for (const [client, id] of [
      [one, "a"],
      [one, "b"],
      [two, "a"],
    ] as const) {
      client.send(subscribe(quiet, id));
      expect(await client.next()).toMatchObject({ id, type: "next", payload: { data: { quiet: 1 } } });
    }
    two.send(subscribe(quiet, "b"));
    const refused = limited("subscriptions", "address", 3);
    expect(await two.next()).toMatchObject({ id: "b", type: "error", payload: [{ extensions: refused }] });
    const stream = await post(edge, { query: quiet }, { accept: "text/event-stream" });
    expect([stream.status, stream.code]).toEqual([429, "RATE_LIMITED"]);
    // A query is no subscription, and an ended subscription frees its place.
    two.send(subscribe("{ hello }", "c"));
    expect(await two.next()).toMatchObject({ id: "c", type: "next" });
    expect(await two.next()).toMatchObject({ id: "c", type: "complete" });
    one.socket.close();
    await one.closed;
    const leaving = new AbortController();
    const response = await fetch(`${edge.url}/graphql/stream`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: quiet }),
      signal: leaving.signal,
    });
    expect(response.status).toBe(200);
    leaving.abort();
  });

  test("a socket sends a limited number of messages, of any kind", async () => {
    const edge = await edgeWith({ socketMessages: 4 });
    const client = await connect(edge);
    await client.greet();
    for (let i = 0; i < 3; i++) {
      client.send({ type: "ping", payload: { large: "x".repeat(1_000) } });
      // What a ping carries is not sent back.
      expect(await client.next()).toEqual({ type: "pong" });
    }
    client.send({ type: "ping" });
    expect(await client.closed).toEqual([4429, "RATE_LIMITED"]);
  });

  test("a socket that goes on asking after refusals is closed", async () => {
    const edge = await edgeWith({ socketRefusals: 3, shares: shares({ requests: 1 }) });
    const client = await connect(edge);
    await client.greet();
    for (let i = 0; i < 3; i++) {
      client.send(subscribe("{ hello }", `${i}`));
      expect(await client.next()).toMatchObject({ type: "error", payload: [{ extensions: { code: "RATE_LIMITED" } }] });
    }
    expect(await client.closed).toEqual([4429, "RATE_LIMITED"]);
  });

  test.each<[string, object[], number]>([
    ["an id of great length", [subscribe("{ hello }", "x".repeat(200))], 4400],
    ["an id that is taken", [subscribe(quiet, "键".repeat(60)), subscribe(quiet, "键".repeat(60))], 4409],
    ["a message that only a server sends", [{ id: "1", type: "next", payload: {} }], 4400],
    ["a token of great length", [{ type: "connection_init", payload: { authorization: "x".repeat(20_000) } }], 4401],
  ])("%s closes the socket and is no fault of ours", async (_name, messages, code) => {
    const world = createWorld();
    const edge = await edgeWith({}, {}, world);
    const client = await connect(edge);
    if ((messages[0] as { type: string }).type !== "connection_init") await client.greet();
    for (const message of messages) client.send(message);
    expect((await client.closed)[0]).toBe(code);
    expect(world.logs.join()).not.toContain('"level":"error"');
  });

  test("the server closes the socket of a client that does not read", async () => {
    const edge = await edgeWith({
      socketBufferBytes: 64 * 1024,
      textCharacters: 1e9,
      socketPayloadBytes: 1e8,
      socketMessages: 1e6,
    });
    const client = await connect(edge);
    await client.greet();
    client.socket.pause();
    const query = "query ($t: String!) { echo(text: $t) }";
    for (let i = 0; i < 40; i++)
      client.send({ id: `${i}`, type: "subscribe", payload: { query, variables: { t: "x".repeat(1_000_000) } } });
    const gone = async () => {
      const metrics = await (await fetch(`${edge.url}/metrics`)).text();
      if (!metrics.includes('goodhours_connections_open{transport="websocket"} 0')) throw new Error("still open");
    };
    await retried(gone);
    client.socket.terminate();
  });
});

async function connect(edge: Edge) {
  const socket = new WebSocket(`${edge.url.replace("http", "ws")}/graphql`, "graphql-transport-ws");
  const heard: unknown[] = [];
  const waiting: ((message: unknown) => void)[] = [];
  socket.on("message", (data) => {
    const message: unknown = JSON.parse(String(data));
    const next = waiting.shift();
    if (next) next(message);
    else heard.push(message);
  });
  const closed = new Promise<[number, string]>((resolve) =>
    socket.once("close", (code, reason) => resolve([code, String(reason)])),
  );
  await new Promise<void>((resolve, reject) => {
    socket.once("open", resolve);
    socket.once("error", reject);
  });
  const client = {
    socket,
    closed,
    send: (message: object) => socket.send(JSON.stringify(message)),
    next: () => (heard.length > 0 ? Promise.resolve(heard.shift()) : new Promise((resolve) => waiting.push(resolve))),
    async greet(authorization?: string) {
      client.send({ type: "connection_init", payload: authorization ? { authorization } : {} });
      expect(await client.next()).toEqual({ type: "connection_ack" });
    },
  };
  return client;
}

function refusedUpgrade(edge: Edge, headers: Record<string, string> = {}, path = "/graphql") {
  const socket = new WebSocket(`${edge.url.replace("http", "ws")}${path}`, "graphql-transport-ws", { headers });
  // biome-ignore lint/suspicious/noExplicitAny: answers are examined by tests, field by field.
  return new Promise<{ status: number | undefined; headers: IncomingHttpHeaders; body: any }>((resolve, reject) => {
    socket.once("open", () => reject(new Error("let in")));
    socket.once("unexpected-response", (_request, response) => {
      response.setEncoding("utf8");
      let text = "";
      response.on("data", (part: string) => {
        text += part;
      });
      response.once("end", () => {
        resolve({ status: response.statusCode, headers: response.headers, body: JSON.parse(text) });
        socket.terminate();
      });
    });
    socket.on("error", () => undefined);
  });
}

/** What another end of a connection makes true in its own time. */
