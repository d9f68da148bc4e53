import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { getIntrospectionQuery, getOperationAST, parse } from "graphql";
import { WebSocket } from "ws";
import { readConfig } from "../../src/config";
import { buildGoodhoursSchema } from "../../src/graphql/schema";
import { isAddressBlock, shareAddressOf, trustedProxies } from "../../src/server/addresses";
import { costGuard } from "../../src/server/costs";
import type { Edge, EdgeOptions } from "../../src/server/http";
import { type AddressShare, defaultLimits, type Share } from "../../src/server/limits";
import { askerOf, createShares } from "../../src/server/shares";
import { openCountStore } from "../../src/storage/counts";
import { languageOf } from "../../src/web/languages";
import { type Engine, everyEngine } from "../support/engines";
import { createWorld, openEdge, post, read, token } from "./harness";

const plenty: Share = { requests: 1_000, cost: 100_000, sockets: 100, subscriptions: 100, bytes: 8_000_000 };
const shares = (address: Partial<AddressShare>, person: Partial<Share> = {}) => ({
  address: { ...plenty, connections: 1_000, ...address },
  person: { ...plenty, ...person },
});
const limited = (share: string, of: string, limit: number) => ({
  code: "RATE_LIMITED",
  share,
  of,
  limit,
  retryAfter: expect.any(Number),
});

describe("whose share a request is counted against", () => {
  const cases: [remote: string, forwarded: string | undefined, trusted: string[], counted: string][] = [
    ["203.0.113.7", undefined, [], "203.0.113.7"],
    // Nobody's word is believed unless the operator says so.
    ["203.0.113.7", "198.51.100.1", [], "203.0.113.7"],
    ["10.0.0.1", "198.51.100.1", ["10.0.0.0/8"], "198.51.100.1"],
    ["10.0.0.1", "192.0.2.66, 198.51.100.1", ["10.0.0.0/8"], "198.51.100.1"],
    ["10.0.0.1", "192.0.2.66, 198.51.100.1, 10.0.0.2", ["10.0.0.0/8"], "198.51.100.1"],
    ["10.0.0.1", "10.0.0.3, 10.0.0.2", ["10.0.0.0/8"], "10.0.0.3"],
    ["10.0.0.1", undefined, ["10.0.0.1"], "10.0.0.1"],
    ["10.0.0.2", "198.51.100.1", ["10.0.0.1"], "10.0.0.2"],
    ["10.0.0.1", "198.51.100.1:51234", ["10.0.0.0/8"], "198.51.100.1"],
    ["::ffff:10.0.0.1", "::ffff:c633:6401", ["10.0.0.0/8"], "198.51.100.1"],
    ["10.0.0.1", "[2001:db8:1:2:3:4:5:6]:443", ["10.0.0.0/8"], "2001:db8:1:2::/64"],
    ["2001:db8:1:2:aaaa::1", undefined, [], "2001:db8:1:2::/64"],
    ["2001:db8:1:2:bbbb::9", undefined, [], "2001:db8:1:2::/64"],
    ["::1", undefined, [], "0:0:0:0::/64"],
    ["fe80::1%eth0", undefined, [], "fe80:0:0:0::/64"],
    ["2001:db8::9", "198.51.100.1", ["2001:db8::/32"], "198.51.100.1"],
    // What is no address is not looked behind.
    ["10.0.0.1", "198.51.100.1, unknown", ["10.0.0.0/8"], "10.0.0.1"],
    ["10.0.0.1", "198.51.100.1, <script>, 10.0.0.2", ["10.0.0.0/8"], "10.0.0.2"],
    ["10.0.0.1", ", ,", ["10.0.0.0/8"], "10.0.0.1"],
    ["10.0.0.1", "999.1.1.1", ["10.0.0.0/8"], "10.0.0.1"],
    ["10.0.0.1", Array(5_000).fill("10.0.0.2").join(), ["10.0.0.0/8"], "10.0.0.2"],
    ["", "198.51.100.1", ["10.0.0.0/8"], "unknown"],
  ];
  test.each(
    cases.map(
      ([remote, forwarded, trusted, counted]) =>
        [remote, forwarded?.slice(0, 40), trusted, counted, forwarded] as const,
    ),
  )("%s, forwarded for %s, trusting %j: %s", (remoteAddress, _shown, trusted, counted, forwarded) => {
    const headers = forwarded === undefined ? {} : { "x-forwarded-for": forwarded };
    const request = { socket: { remoteAddress }, headers } as unknown as IncomingMessage;
    expect(shareAddressOf(request, trustedProxies(trusted))).toBe(counted);
  });

  const blocks: [entry: string, accepted: boolean][] = [
    ["10.0.0.0/8", true],
    ["10.0.0.1", true],
    ["2001:db8::/32", true],
    ["::1", true],
    ["10.0.0.0/33", false],
    ["2001:db8::/129", false],
    ["10.0.0", false],
    ["loopback", false],
    ["10.0.0.0/-1", false],
    ["*", false],
    ["", false],
  ];
  test.each(blocks)("%j names addresses: %s", (entry, accepted) => {
    expect(isAddressBlock(entry)).toBe(accepted);
  });

  const settings: [name: string, value: string, why: string | null][] = [
    ["TRUSTED_PROXIES", "10.0.0.0/8, 2001:db8::1", null],
    ["TRUSTED_PROXIES", "all", "TRUSTED_PROXIES: expected addresses or blocks such as 10.0.0.0/8, with commas between"],
    ["RATE_LIMIT_STORE", "redis", "RATE_LIMIT_STORE: expected memory or database"],
    ["RATE_LIMIT_STORE", "database", "RATE_LIMIT_STORE: database is for several servers on one postgres://… bank"],
    ["RATE_LIMIT_SCALE", "2.5", null],
    ["RATE_LIMIT_SCALE", "0", "RATE_LIMIT_SCALE: expected a number from 0.01 to 1000"],
    ["RATE_LIMIT_SCALE", "many", "RATE_LIMIT_SCALE: expected a number from 0.01 to 1000"],
  ];
  test.each(settings)("%s=%s", (name, value, why) => {
    const start = () =>
      readConfig({ GOODHOURS_CLOCK: "2026-09-20T09:00:00+08:00", DATABASE_URL: "file:x.db", [name]: value });
    if (why === null) expect(start).not.toThrow();
    else expect(start).toThrow(why);
  });
});

const open: Edge[] = [];
async function edgeWith(limits: EdgeOptions["limits"], more: Partial<EdgeOptions> = {}): Promise<Edge> {
  const edge = await openEdge(createWorld(), { limits, ...more });
  open.push(edge);
  return edge;
}
afterEach(async () => {
  await Promise.all(open.splice(0).map((edge) => edge.close()));
});
const hello = { query: "{ hello }" };

describe("requests and cost over HTTP", () => {
  test("a stranger's fourth request is refused with the seconds to wait; probes and signed-in persons are not", async () => {
    const edge = await edgeWith({ shares: shares({ requests: 3 }) });
    for (let i = 0; i < 3; i++) expect((await post(edge, hello)).body.data.hello).toBe("hello");
    const refused = await post(edge, hello);
    expect(refused.status).toBe(429);
    expect(refused.body.errors[0].extensions).toMatchObject(limited("requests", "address", 3));
    const { retryAfter } = refused.body.errors[0].extensions;
    expect(retryAfter).toBeGreaterThan(0);
    expect(retryAfter).toBeLessThanOrEqual(60);
    expect(refused.headers.get("retry-after")).toBe(String(retryAfter));
    expect(refused.body.errors[0].message).toMatch(`It is 3 requests a minute. Seconds to wait: ${retryAfter}.`);
    for (const probe of ["/healthz", "/readyz", "/metrics"]) expect((await fetch(edge.url + probe)).status).toBe(200);
    expect((await fetch(`${edge.url}/somewhere`)).status).toBe(429);
    const authorization = `Bearer ${await token("person_mei")}`;
    expect((await post(edge, hello, { authorization })).status).toBe(200);
    const metrics = await (await fetch(`${edge.url}/metrics`)).text();
    expect(metrics).toMatch(/goodhours_rate_limited_total{share="requests",of="address"} 2\n/);
  });

  test("each person has a share of their own, wherever they come from", async () => {
    const edge = await edgeWith({ shares: shares({}, { requests: 2 }) });
    const mei = { authorization: `Bearer ${await token("person_mei")}` };
    const li = { authorization: `Bearer ${await token("person_li")}` };
    const statuses = [];
    for (const who of [mei, mei, mei, li, li, {}]) statuses.push((await post(edge, hello, who)).status);
    expect(statuses).toEqual([200, 200, 429, 200, 200, 200]);
  });

  test("a token that does not convince is its address's", async () => {
    const edge = await edgeWith({ shares: shares({ requests: 2 }) });
    const statuses = [];
    for (let i = 0; i < 3; i++) statuses.push((await post(edge, hello, { authorization: "Bearer a.b.c" })).status);
    expect(statuses).toEqual([401, 401, 429]);
  });

  test("behind a trusted proxy each client has a share; behind another all have one", async () => {
    const from = (address: string) => ({ "x-forwarded-for": address });
    for (const [trusted, outcome] of [
      [["127.0.0.0/8"], [200, 429, 200]],
      [[], [200, 429, 429]],
    ] as const) {
      const edge = await edgeWith({ shares: shares({ requests: 1 }) }, { trustedProxies: trusted });
      const statuses = [];
      for (const address of ["198.51.100.1", "198.51.100.1", "198.51.100.2"])
        statuses.push((await post(edge, hello, from(address))).status);
      expect(statuses).toEqual(outcome);
    }
  });

  test("a page's visitor is counted by their session", async () => {
    const edge = await edgeWith(
      { shares: shares({ requests: 1 }, { requests: 2 }) },
      {
        visitor: async ({ headers }) => (headers.cookie ? { subject: headers.cookie } : null),
        routes: (_request, response) => Boolean(response.end("page")),
        errorPage: ({ status }) => ({ headers: { "content-type": "text/html" }, body: `page of ${status}` }),
      },
    );
    const visit = (cookie?: string) =>
      fetch(`${edge.url}/page`, { headers: { accept: "text/html", ...(cookie && { cookie }) } });
    expect((await visit()).status).toBe(200);
    const refused = await visit();
    expect([refused.status, await refused.text()]).toEqual([429, "page of 429"]);
    expect(refused.headers.get("retry-after")).toMatch(/^[1-9]\d?$/);
    expect([(await visit("mei")).status, (await visit("mei")).status, (await visit("mei")).status]).toEqual([
      200, 200, 429,
    ]);
  });

  test("cost is counted, an operation over the limit is not, and every answer tells what is left", async () => {
    const edge = await edgeWith({ cost: 50, shares: shares({ cost: 200 }) });
    const page = (first: number) => ({
      query: `query ($n: Int) { node { nodes(first: $n) { name } } }`,
      variables: { n: first },
    });
    const first = await post(edge, page(40));
    expect(first.body.extensions.cost).toMatchObject({
      requested: 42,
      limit: 50,
      share: 200,
      resetAfter: expect.any(Number),
    });
    const { remaining } = first.body.extensions.cost;
    expect(remaining).toBeLessThan(200 - 42);
    // The document is known now: nothing is counted for reading it.
    const second = await post(edge, page(39));
    expect(second.body.extensions.cost).toMatchObject({ requested: 41, remaining: remaining - 41 - 2 });
    const costly = await post(edge, page(60));
    expect(costly.body.errors[0].extensions).toMatchObject({ code: "QUERY_TOO_COSTLY", limit: 50, requested: 62 });
    expect(costly.body.extensions.cost).toMatchObject({ requested: 62, remaining: remaining - 41 - 4 });
    let last = await post(edge, page(48));
    while (last.status === 200) last = await post(edge, page(48));
    expect(last.status).toBe(429);
    expect(last.body.errors[0].extensions).toMatchObject(limited("cost", "address", 200));
    expect(last.body.extensions.cost).toMatchObject({ requested: 50, share: 200, remaining: 0 });
    // What is used up is refused before anything is read.
    expect((await post(edge, "{")).body.extensions.cost).toMatchObject({ requested: 0, remaining: 0 });
  });

  const answers: [name: string, body: unknown, headers: Record<string, string>, status: number, requested: number][] = [
    ["data", hello, {}, 200, 1],
    ["a document that does not fit", { query: "{ helo }" }, {}, 200, 0],
    ["no JSON", "{", {}, 400, 0],
    ["a body of another type", "{}", { "content-type": "text/plain" }, 415, 0],
    ["a bad token", hello, { authorization: "Bearer a.b.c" }, 401, 0],
    ["a subscription without a stream", { query: "subscription { count(to: 1) }" }, {}, 406, 1],
    [
      "a stored document, which we have none of",
      { extensions: { persistedQuery: { version: 1, sha256Hash: "a" } } },
      {},
      200,
      0,
    ],
    ["too many tokens", { query: `{ ${"hello ".repeat(2_000)} }` }, {}, 200, 0],
    ["a fault", { query: "{ broken }" }, {}, 200, 1],
    ["variables that do not fit", { query: "query ($t: String!) { echo(text: $t) }" }, {}, 200, 0],
  ];
  test.each(answers)("%s: the answer tells its cost", async (_name, body, headers, status, requested) => {
    const edge = await edgeWith({});
    const answer = await post(edge, body, headers);
    expect(answer.status).toBe(status);
    expect(answer.body.extensions.cost).toEqual({
      requested,
      limit: defaultLimits.cost,
      share: defaultLimits.shares.address.cost,
      remaining: expect.any(Number),
      resetAfter: expect.any(Number),
    });
  });

  test("an answer by GET is known by the same tag, whatever is left", async () => {
    const edge = await edgeWith({});
    const get = () => fetch(`${edge.url}/graphql?query={hello}`, { headers: { "apollo-require-preflight": "1" } });
    const [one, two] = [await get(), await get()];
    expect(one.headers.get("etag")).toBe(two.headers.get("etag"));
    const [first, second] = [await read(one), await read(two)];
    expect(second.body.extensions.cost.remaining).toBeLessThan(first.body.extensions.cost.remaining);
  });
});

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

  test("an address holds so many sockets; one that closes gives its place back", async () => {
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

  test("a person holds sockets of their own, and the address has its places back", async () => {
    const edge = await edgeWith({ shares: shares({ sockets: 1 }, { sockets: 2 }) });
    const authorization = `Bearer ${await token("person_mei")}`;
    for (let i = 0; i < 2; i++) await (await connect(edge)).greet(authorization);
    const third = await connect(edge);
    third.send({ type: "connection_init", payload: { authorization } });
    expect(await third.closed).toEqual([4429, "RATE_LIMITED"]);
  });

  test("an address holds so many subscriptions over all its sockets and streams", async () => {
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
    // A question is none, and an ended one gives its place back.
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

  test("a socket sends so many messages, of whatever kind", async () => {
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

  test("a socket that goes on asking is closed", async () => {
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
    const edge = await openEdge(world);
    open.push(edge);
    const client = await connect(edge);
    if ((messages[0] as { type: string }).type !== "connection_init") await client.greet();
    for (const message of messages) client.send(message);
    expect((await client.closed)[0]).toBe(code);
    expect(world.logs.join()).not.toContain('"level":"error"');
  });

  test("a client that does not read is hung up on", async () => {
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

const postgres = everyEngine.find(({ kind }) => kind === "postgres") as Engine;
describe("shares that several servers count together", () => {
  const limits = { ...defaultLimits, shares: shares({ requests: 3 }) };
  const mei = askerOf("person_mei", "198.51.100.1");
  const stranger = askerOf(null, "198.51.100.1");
  const serverAt = (url: string, lost: unknown[] = []) =>
    createShares({
      limits,
      store: openCountStore({ url, bank: "bank" }),
      refused: () => undefined,
      lost: (error) => void lost.push(error),
    });

  test("two servers on one database know of each other's", async () => {
    const ground = await postgres.ground();
    const [one, two] = [serverAt(ground.where), serverAt(ground.where)];
    try {
      await Promise.all([one.ready, two.ready]);
      const refused: boolean[] = [];
      for (const server of [one, two, one, two, one]) refused.push((await server.admit(stranger)).refuse !== undefined);
      expect(refused).toEqual([false, false, false, true, true]);
      expect((await two.admit(mei)).refuse).toBeUndefined();
      const rows = await ground.raw("SELECT key, points FROM rate_limits ORDER BY key");
      expect(JSON.stringify(rows)).not.toMatch(/198\.51|person_mei/);
      expect(rows.map(({ key }) => String(key).split(":").slice(0, 2).join(":"))).toEqual([
        "address:cost",
        "address:requests",
        "person:cost",
        "person:requests",
      ]);
    } finally {
      await Promise.all([one.close(), two.close()]);
      await ground.remove();
    }
  });

  test("a table that is not there is made again", async () => {
    const ground = await postgres.ground();
    const server = serverAt(ground.where);
    try {
      await server.ready;
      await ground.raw("DROP TABLE rate_limits");
      await server.admit(stranger);
      await retried(() => ground.raw("SELECT 1 FROM rate_limits"));
      await server.admit(mei);
      const counted = await ground.raw("SELECT points FROM rate_limits WHERE key LIKE 'person:%'");
      expect(counted).toEqual([{ points: 1 }, { points: 1 }]);
    } finally {
      await server.close();
      await ground.remove();
    }
  });

  test("where the database is away each server counts for itself, and says so once", async () => {
    const lost: unknown[] = [];
    const server = serverAt("postgres://nobody@127.0.0.1:1/none", lost);
    try {
      await server.ready;
      const refused: boolean[] = [];
      for (let i = 0; i < 5; i++) refused.push((await server.admit(stranger)).refuse !== undefined);
      expect(refused).toEqual([false, false, false, true, true]);
      expect(lost).toHaveLength(1);
    } finally {
      await server.close();
    }
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
async function retried<T>(work: () => Promise<T>): Promise<T> {
  for (let left = 200; ; left -= 1) {
    try {
      return await work();
    } catch (error) {
      if (left === 0) throw error;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}
