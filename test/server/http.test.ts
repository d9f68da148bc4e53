import net from "node:net";
import { gzipSync } from "node:zlib";
import { GraphQLError, getIntrospectionQuery } from "graphql";
import { cause } from "../../src/server/errors";
import type { Edge } from "../../src/server/http";
import { createWorld, DomainRefusal, noon, openEdge, post, read, token } from "./harness";

const world = createWorld();
let edge: Edge;
beforeAll(async () => {
  edge = await openEdge(world, {
    limits: { bodyBytes: 64 * 1024, requestMs: 1_000, drainMs: 200 },
    formatError: (formatted, error) =>
      cause(error) instanceof DomainRefusal ? { ...formatted, message: "So.", extensions: { code: "SO" } } : formatted,
    routes: (_request, response, { path, requestId }) => {
      if (path === "/page") return Boolean(response.end(`page ${requestId}`));
      if (path === "/broken") throw new Error("template secret");
      return false;
    },
  });
});
afterAll(() => edge.close());

// 3 pages in one another.
const pages = "query ($n: Int) { node { nodes(first: $n) { nodes(first: $n) { nodes(first: $n) { name } } } } }";

const get = async (path: string, headers: Record<string, string> = {}, method = "GET") =>
  read(await fetch(edge.url + path, { method, headers }));

describe("identity", () => {
  const cases: [name: string, header: () => Promise<string | undefined>, outcome: string | null, status: number][] = [
    ["no token is anonymous", async () => undefined, null, 200],
    ["a good token", async () => `Bearer ${await token("person_mei")}`, "person_mei", 200],
    ["the scheme in any case", async () => `bearer ${await token("person_mei")}`, "person_mei", 200],
    ["expired", async () => `Bearer ${await token("person_mei", { ttlSeconds: -6 })}`, "TOKEN_EXPIRED", 401],
    ["another issuer", async () => `Bearer ${await token("p", { issuer: "https://evil" })}`, "UNAUTHENTICATED", 401],
    ["not a token", async () => "Bearer nonsense", "UNAUTHENTICATED", 401],
    ["another scheme", async () => "Basic bWVpOnB3", "UNAUTHENTICATED", 401],
  ];
  test.each(cases)("%s", async (_name, header, outcome, status) => {
    const authorization = await header();
    const answer = await post(edge, { query: "{ whoami }" }, authorization === undefined ? {} : { authorization });
    expect(answer.status).toBe(status);
    expect(status === 200 ? answer.body.data.whoami : answer.code).toBe(outcome);
    expect(answer.headers.get("www-authenticate")).toBe(status === 401 ? 'Bearer error="invalid_token"' : null);
  });

  test("a token remembered is still asked whether it has expired", async () => {
    const authorization = `Bearer ${await token("person_li", { ttlSeconds: 30 })}`;
    expect((await post(edge, { query: "{ whoami }" }, { authorization })).body.data.whoami).toBe("person_li");
    world.clock = noon + 36_000;
    expect((await post(edge, { query: "{ whoami }" }, { authorization })).code).toBe("TOKEN_EXPIRED");
    world.clock = noon;
  });
});

describe("requests and their codes", () => {
  const deep = (levels: number) => `{ node { ${"next { ".repeat(levels - 2)} name ${"} ".repeat(levels)}`;
  const cases: [name: string, body: unknown, status: number | "not run", code: string | undefined][] = [
    ["a query", { query: "{ hello }" }, 200, undefined],
    ["a byte order mark", `\uFEFF${JSON.stringify({ query: "{ hello }" })}`, 200, undefined],
    ["introspection", { query: getIntrospectionQuery() }, 200, undefined],
    [
      "a NUL in a value",
      { query: "query ($t: String!) { echo(text: $t) }", variables: { t: "a\u0000b" } },
      200,
      undefined,
    ],
    ["not JSON", "{", 400, "INVALID_JSON"],
    ["an empty body", "", 400, "INVALID_JSON"],
    ["not UTF-8", new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]), 400, "INVALID_INPUT"],
    ["a batch", [{ query: "{ hello }" }], 400, "BATCH_TOO_LARGE"],
    ["an empty batch", [], 400, "BATCH_TOO_LARGE"],
    ["a number", 7, 400, "INVALID_INPUT"],
    ["null", "null", 400, "INVALID_INPUT"],
    ["no query", { variables: {} }, 400, "INVALID_INPUT"],
    ["a query that is no text", { query: 7 }, 400, "INVALID_INPUT"],
    ["variables that are a list", { query: "{ hello }", variables: [] }, 400, "INVALID_INPUT"],
    [
      "brackets past counting",
      `{"query":"{ hello }","variables":${"[".repeat(900)}${"]".repeat(900)}}`,
      400,
      "INVALID_INPUT",
    ],
    ["a body too large", { query: "{ hello }", variables: { t: "x".repeat(70_000) } }, 413, "REQUEST_TOO_LARGE"],
    ["a syntax error", { query: "{ hello" }, "not run", "GRAPHQL_PARSE_FAILED"],
    ["an unknown field", { query: "{ goodbye }" }, "not run", "GRAPHQL_VALIDATION_FAILED"],
    [
      "an unknown operation",
      { query: "query A { hello }", operationName: "B" },
      "not run",
      "OPERATION_RESOLUTION_FAILURE",
    ],
    [
      "a variable of the wrong type",
      { query: 'query ($n: Int) { echo(text: "", count: $n) }', variables: { n: "x" } },
      "not run",
      "INVALID_INPUT",
    ],
    ["a variable missing", { query: "query ($t: String!) { echo(text: $t) }" }, "not run", "INVALID_INPUT"],
    [
      "null where text belongs",
      { query: 'query ($t: String = "") { echo(text: $t) }', variables: { t: null } },
      200,
      "INVALID_INPUT",
    ],
    [
      "a stored document, which we have none of",
      { extensions: { persistedQuery: { version: 1, sha256Hash: "a" } } },
      200,
      "PERSISTED_QUERY_NOT_SUPPORTED",
    ],
    ["a subscription without a stream", { query: "subscription { count(to: 1) }" }, 406, "NOT_ACCEPTABLE"],
    ["a refusal with a code", { query: "{ refused }" }, 200, "NOT_PERMITTED"],
    ["a refusal that formatError explains", { query: "{ domain }" }, 200, "SO"],
    ["a fault", { query: "{ broken }" }, 200, "INTERNAL"],
    ["too slow", { query: "{ never }" }, 503, "TIMEOUT"],
    ["12 levels", { query: deep(12) }, 200, undefined],
    ["13 levels", { query: deep(13) }, "not run", "QUERY_TOO_DEEP"],
    ["13 levels by fragments", { query: spread(12) }, "not run", "QUERY_TOO_DEEP"],
    [
      "a cycle of fragments",
      { query: "{ node { ...A } } fragment A on Node { next { ...A } }" },
      "not run",
      "GRAPHQL_VALIDATION_FAILED",
    ],
    ["30 aliases", { query: `{ ${aliases(30)} }` }, 200, undefined],
    ["31 aliases", { query: `{ ${aliases(31)} }` }, "not run", "TOO_MANY_ALIASES"],
    [
      "aliases in a fragment spread twice",
      { query: `{ ...F ...F } fragment F on Query { ${aliases(16)} }` },
      "not run",
      "TOO_MANY_ALIASES",
    ],
    ["aliases by doubling fragments", { query: doubling(40) }, "not run", "TOO_MANY_ALIASES"],
    ["2,001 tokens", { query: `{ ${"hello ".repeat(2_000)} }` }, "not run", "QUERY_TOO_LARGE"],
    [
      "a page of 10,000",
      { query: "{ node { nodes(first: 10000) { name next { name } } } }" },
      "not run",
      "QUERY_TOO_COSTLY",
    ],
    ["pages in pages", { query: pages, variables: { n: 100 } }, "not run", "QUERY_TOO_COSTLY"],
    ["the same with small pages", { query: pages, variables: { n: 10 } }, 200, undefined],
  ];
  test.each(cases)("%s", async (_name, body, status, code) => {
    // An operation that does not run is a request in order where the answer is plain JSON, as GraphQL over HTTP has it.
    const statuses: [accept: string, status: number][] = [
      ["*/*", status === "not run" ? 200 : status],
      ["application/json", status === "not run" ? 200 : status],
      ["application/graphql-response+json", status === "not run" ? 400 : status],
    ];
    for (const [accept, expected] of statuses) {
      const answer = await post(edge, body, { "x-request-id": "req-1", accept });
      expect([accept, answer.status, answer.code]).toEqual([accept, expected, code]);
      expect(answer.headers.get("x-request-id")).toBe("req-1");
      for (const error of answer.body.errors ?? []) expect(error.extensions.requestId).toBe("req-1");
    }
  });

  const headers: [name: string, headers: Record<string, string>, body: RequestInit["body"], code: string][] = [
    ["plain text", { "content-type": "text/plain" }, "{}", "UNSUPPORTED_MEDIA_TYPE"],
    ["a form", { "content-type": "application/x-www-form-urlencoded" }, "query=1", "UNSUPPORTED_MEDIA_TYPE"],
    ["another charset", { "content-type": "application/json; charset=gbk" }, "{}", "UNSUPPORTED_MEDIA_TYPE"],
    [
      "compressed",
      { "content-type": "application/json", "content-encoding": "gzip" },
      gzipSync("{}"),
      "UNSUPPORTED_MEDIA_TYPE",
    ],
  ];
  test.each(headers)("%s is refused", async (_name, headers, body, code) => {
    const answer = await read(await fetch(`${edge.url}/graphql`, { method: "POST", headers, body }));
    expect([answer.status, answer.code]).toEqual([415, code]);
  });

  test("a body of unknown length is cut off at the limit", async () => {
    const body = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(8_192).fill(0x20)),
    });
    const init = { method: "POST", headers: { "content-type": "application/json" }, body, duplex: "half" };
    const outcome = await fetch(`${edge.url}/graphql`, init as RequestInit).then(read, () => undefined);
    // A client that never stops sending is hung up on, and may miss the answer.
    if (outcome) expect([outcome.status, outcome.code]).toEqual([413, "REQUEST_TOO_LARGE"]);
    expect((await post(edge, { query: "{ hello }" })).body.data.hello).toBe("hello");
  });
});

describe("GET", () => {
  const query = (text: string) => `/graphql?query=${encodeURIComponent(text)}`;
  const asked = { "apollo-require-preflight": "1" };
  const cases: [
    name: string,
    path: string,
    headers: Record<string, string>,
    status: number,
    code: string | undefined,
  ][] = [
    ["a query", query("{ hello }"), asked, 200, undefined],
    ["a query that another site could send", query("{ hello }"), {}, 400, "INVALID_INPUT"],
    ["a mutation", query("mutation { act }"), asked, 405, "METHOD_NOT_ALLOWED"],
    ["no query", "/graphql", asked, 400, "INVALID_INPUT"],
    ["variables that are no JSON", `${query("{ hello }")}&variables={`, asked, 400, "INVALID_JSON"],
    ["an address too long", query("x".repeat(20_000)), asked, 431, "REQUEST_TOO_LARGE"],
  ];
  test.each(cases)("%s", async (_name, path, headers, status, code) => {
    const answer = await get(path, headers);
    expect([answer.status, answer.code]).toEqual([status, code]);
  });
});

describe("other addresses", () => {
  test("health, readiness, metrics", async () => {
    expect((await get("/healthz")).body).toBe("ok");
    expect((await get("/readyz")).status).toBe(200);
    world.ready = false;
    expect((await get("/readyz")).status).toBe(503);
    world.ready = true;
    await post(edge, { query: "{ refused }" });
    await get("/wp-login.php");
    const { body, headers } = await get("/metrics");
    expect(headers.get("content-type")).toMatch(/^text\/plain/);
    expect(body).toMatch(/goodhours_http_requests_total{route="\/graphql",status="200"} \d+/);
    expect(body).toMatch(/goodhours_http_request_seconds_count{route="\/graphql"} \d+/);
    expect(body).toMatch(/goodhours_graphql_errors_total{code="NOT_PERMITTED",transport="http"} \d+/);
    expect(body).toMatch(/process_cpu_seconds_total/);
    expect(body).not.toContain("wp-login");
  });

  const cases: [method: string, path: string, status: number, code: string | undefined][] = [
    ["GET", "/nowhere", 404, "NOT_FOUND"],
    ["GET", "//", 404, "NOT_FOUND"],
    ["GET", "/%E0%A4%A", 404, "NOT_FOUND"],
    ["PUT", "/graphql", 405, "METHOD_NOT_ALLOWED"],
    ["DELETE", "/graphql/stream", 405, "METHOD_NOT_ALLOWED"],
    ["DELETE", "/healthz", 405, "METHOD_NOT_ALLOWED"],
    ["PUT", "/metrics", 405, "METHOD_NOT_ALLOWED"],
    ["GET", "/page", 200, undefined],
    ["GET", "/broken", 500, "INTERNAL"],
  ];
  test.each(cases)("%s %s answers %i", async (method, path, status, code) => {
    const answer = await get(path, {}, method);
    expect([answer.status, answer.code]).toEqual([status, code]);
    if (code) expect(answer.body.errors[0].extensions.requestId).toBe(answer.headers.get("x-request-id"));
  });

  test("a client that offers another protocol is answered in this one", async () => {
    const offer = "connection: upgrade, http2-settings\r\nupgrade: h2c\r\nhttp2-settings: AAMAAABkAAQAoAAA\r\n";
    const body = JSON.stringify({ query: "{ hello }" });
    const head = `POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n`;
    expect(await raw(`${head}${offer}\r\n${body}`)).toMatch(/^HTTP\/1\.1 200 [\s\S]+"hello":"hello"/);
    expect(await raw(`GET /readyz HTTP/1.1\r\nhost: a\r\n${offer}\r\n`)).toMatch(/^HTTP\/1\.1 200 [\s\S]+ready$/);
    expect(await raw(`GET /nowhere HTTP/1.1\r\nhost: a\r\n${offer}\r\n`)).toContain('"code":"NOT_FOUND"');
  });

  test("a client that expects what nobody knows is answered all the same; one with two hosts is not", async () => {
    const body = JSON.stringify({ query: "{ hello }" });
    const head = `POST /graphql HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n`;
    expect(await raw(`${head}expect: tea\r\n\r\n${body}`)).toMatch(/^HTTP\/1\.1 200 [\s\S]+"hello":"hello"/);
    expect(await raw(`${head}host: b\r\n\r\n${body}`)).toMatch(/^HTTP\/1\.1 400 [\s\S]+"code":"INVALID_INPUT"/);
  });

  test("bytes that are not HTTP get a code, and the server goes on", async () => {
    const text = await raw("BLAH\r\n\r\n");
    expect(text).toMatch(/^HTTP\/1\.1 400 /);
    expect(text).toContain('"code":"INVALID_INPUT"');
    expect(await raw("GET /nowhere HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n")).toMatch(
      /^HTTP\/1\.1 404 /,
    );
    expect((await get("/healthz")).status).toBe(200);
  });
});

describe("headers", () => {
  const ids: [given: string, kept: boolean][] = [
    ["a.b_c-1", true],
    ["x".repeat(64), true],
    ["x".repeat(65), false],
    ["a b", false],
    ["<script>", false],
    // Nothing that may be somebody's number goes into the log; a UUID has many digits.
    ["log-13800138000", false],
    ["log-138-0013-8000", false],
    ["01890a5d-1384-7001-8000-b302099a8057", true],
  ];
  test.each(ids)("request id %s kept: %s", async (given, kept) => {
    const answer = await post(edge, { query: "{ requestId }" }, { "x-request-id": given });
    const id = answer.headers.get("x-request-id");
    expect(id).toMatch(kept ? given : /^[0-9a-f]{8}-[0-9a-f]{4}-7/);
    expect(answer.body.data.requestId).toBe(id);
  });

  test("languages reach the context; answers are not stored", async () => {
    const answer = await post(edge, { query: "{ language }" }, { "accept-language": "zh-CN,en;q=0.5" });
    expect(answer.body.data.language).toBe("zh-CN,en;q=0.5");
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect(answer.headers.get("vary")).toBe("Origin, Accept, Accept-Language");
  });

  const origins: [origin: string, allowed: string | null][] = [
    ["https://app.example", "https://app.example"],
    ["https://evil.example", null],
    ["https://app.example.evil", null],
    ["null", null],
  ];
  test.each(origins)("a page from %s is allowed: %s", async (origin, allowed) => {
    const preflight = await get("/graphql", { origin, "access-control-request-method": "POST" }, "OPTIONS");
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get("access-control-allow-origin")).toBe(allowed);
    expect(preflight.headers.get("access-control-allow-headers")?.includes("authorization") ?? null).toBe(
      allowed ? true : null,
    );
    const answer = await post(edge, { query: "{ hello }" }, { origin });
    expect(answer.headers.get("access-control-allow-origin")).toBe(allowed);
  });
});

describe("faults and logs", () => {
  test("a fault tells the client nothing and the log its stack", async () => {
    world.logs.length = 0;
    const answer = await post(edge, { query: "query Board { broken hello }" }, { "x-request-id": "fault-1" });
    expect(answer.body).toEqual({
      data: { broken: null, hello: "hello" },
      errors: [{ message: "Internal error", path: ["broken"], extensions: { code: "INTERNAL", requestId: "fault-1" } }],
      extensions: { cost: expect.objectContaining({ requested: 2, limit: 25_000 }) },
    });
    const [fault, line] = world.logs.map((text) => JSON.parse(text));
    expect(fault).toMatchObject({ level: "error", requestId: "fault-1", operationName: "Board", msg: "fault" });
    expect(fault.err.stack).toMatch(/SQLITE_CORRUPT[\s\S]+harness/);
    expect(line).toMatchObject({
      level: "info",
      requestId: "fault-1",
      route: "/graphql",
      status: "200",
      codes: ["INTERNAL"],
    });
    expect(line.ms).toBeGreaterThan(0);
  });

  test("a log never holds variables, tokens, bodies or addresses with queries", async () => {
    world.logs.length = 0;
    const secret = "13800138000";
    const authorization = `Bearer ${await token(secret)}`;
    await post(
      edge,
      { query: "query ($t: String!) { echo(text: $t) broken }", variables: { t: secret } },
      { authorization },
    );
    await post(edge, { query: `{ echo(text: "${secret}") `, operationName: secret });
    for (const name of [`Log_${secret}`, "Log_138_0013_8000"]) await post(edge, { query: `query ${name} { hello }` });
    await get(`/nowhere/${secret}?token=${secret}`);
    await get(`/graphql?query={echo(text:"${secret}")}`, { "apollo-require-preflight": "1" });
    expect(world.logs.length).toBeGreaterThanOrEqual(4);
    expect(world.logs.join("")).not.toMatch(/138.?0013.?8000/);
    expect(world.logs.join("")).not.toContain(authorization.slice(-20));
  });

  test("a context that fails is a fault; a context that refuses is heard", async () => {
    const other = await openEdge(createWorld(), {
      context({ languages }) {
        if (languages === "fail") throw new Error("store is gone");
        throw new GraphQLError("Not you.", { extensions: { code: "NOT_PERMITTED", http: { status: 403 } } });
      },
    });
    const failed = await post(other, { query: "{ hello }" }, { "accept-language": "fail" });
    expect([failed.status, failed.code, failed.body.errors[0].message]).toEqual([500, "INTERNAL", "Internal error"]);
    const refused = await post(other, { query: "{ hello }" });
    expect([refused.status, refused.code]).toEqual([403, "NOT_PERMITTED"]);
    await other.close();
  });
});

test("a client that leaves in the middle harms nobody", async () => {
  const head = "POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{";
  const socket = net.connect(edge.port, "127.0.0.1");
  await new Promise<void>((resolve) => socket.write(head, () => resolve()));
  socket.destroy();
  const leaving = new AbortController();
  const asked = fetch(`${edge.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query: "{ slow }" }),
    signal: leaving.signal,
  });
  await world.entered.promise;
  leaving.abort();
  await expect(asked).rejects.toThrow();
  world.gate.resolve("too late");
  expect((await post(edge, { query: "{ hello }" })).body.data.hello).toBe("hello");
});

function aliases(count: number): string {
  return Array.from({ length: count }, (_, at) => `a${at}: hello`).join(" ");
}

/** `{ node { …12 fragments, each one field deeper… } }` */
function spread(count: number): string {
  const fragments = Array.from({ length: count }, (_, at) =>
    at === count - 1 ? `fragment F${at} on Node { name }` : `fragment F${at} on Node { next { ...F${at + 1} } }`,
  );
  return `{ node { ...F0 } } ${fragments.join(" ")}`;
}

/** 2 to the power of `count` aliases in a few hundred tokens. */
function doubling(count: number): string {
  const fragments = Array.from({ length: count }, (_, at) =>
    at === count - 1
      ? `fragment F${at} on Query { a: hello }`
      : `fragment F${at} on Query { ...F${at + 1} ...F${at + 1} }`,
  );
  return `{ ...F0 } ${fragments.join(" ")}`;
}

function raw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = "";
    const socket = net.connect(edge.port, "127.0.0.1", () => socket.write(text));
    socket.setEncoding("utf8");
    socket.on("data", (chunk) => {
      answer += chunk;
    });
    socket.on("end", () => resolve(answer));
    socket.on("error", reject);
  });
}

// A long text goes another way than a short one.
test.each([
  ["short", "时间银行"],
  ["plain", "time ".repeat(1_000)],
  ["Latin", "cafés ".repeat(1_000)],
  ["Chinese", "时间银行".repeat(1_000)],
  ["beyond two bytes", "😀 ".repeat(1_000)],
  ["with half a pair", `${"时".repeat(3_000)}\ud83d`],
])("a text that is %s arrives as it was written", async (_, text) => {
  const own = await openEdge(undefined, { explorer: () => ({ headers: {}, body: text }) });
  try {
    const response = await fetch(`${own.url}/graphql`, { headers: { accept: "text/html" } });
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.equals(Buffer.from(text))).toBe(true);
    expect(response.headers.get("content-length")).toBe(String(bytes.length));
  } finally {
    await own.close();
  }
});
