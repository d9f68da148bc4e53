import { defaultLimits } from "../../src/server/limits";
import { askerOf, createShares } from "../../src/server/shares";
import { openCountStore } from "../../src/storage/counts";
import { type Engine, everyEngine } from "../support/engines";
import { post, read, token } from "./harness";
import { hello, limited, openEdges, retried, shares } from "./limited";

const edgeWith = openEdges();

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

  test("each person has one share, whatever address the requests come from", async () => {
    const edge = await edgeWith({ shares: shares({}, { requests: 2 }) });
    const mei = { authorization: `Bearer ${await token("person_mei")}` };
    const li = { authorization: `Bearer ${await token("person_li")}` };
    const statuses = [];
    for (const who of [mei, mei, mei, li, li, {}]) statuses.push((await post(edge, hello, who)).status);
    expect(statuses).toEqual([200, 200, 429, 200, 200, 200]);
  });

  test("a request with a bad token counts against its address", async () => {
    const edge = await edgeWith({ shares: shares({ requests: 2 }) });
    const statuses = [];
    for (let i = 0; i < 3; i++) statuses.push((await post(edge, hello, { authorization: "Bearer a.b.c" })).status);
    expect(statuses).toEqual([401, 401, 429]);
  });

  test("behind a trusted proxy each client has a share; behind another proxy all clients have one", async () => {
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

  test("a request for a page counts against the person of its session", async () => {
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

  test("the cost of an operation is counted, that of a refused one is not, and every answer shows what is left", async () => {
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

  test("an answer by GET has the same ETag, whatever is left", async () => {
    const edge = await edgeWith({});
    const get = () => fetch(`${edge.url}/graphql?query={hello}`, { headers: { "apollo-require-preflight": "1" } });
    const [one, two] = [await get(), await get()];
    expect(one.headers.get("etag")).toBe(two.headers.get("etag"));
    const [first, second] = [await read(one), await read(two)];
    expect(second.body.extensions.cost.remaining).toBeLessThan(first.body.extensions.cost.remaining);
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

  test("two servers on one database count one share", async () => {
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

  test("a server makes a missing table again", async () => {
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

  test("where the database is away each server counts for itself, and logs that once", async () => {
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
