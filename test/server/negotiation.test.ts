import net from "node:net";
import { getIntrospectionQuery } from "graphql";
import { serverAudits } from "graphql-http";
import { WebSocket } from "ws";
import type { Edge } from "../../src/server/http";
import { openEdge, read } from "./harness";

let edge: Edge;
beforeAll(async () => {
  edge = await openEdge(undefined, {
    explorer: () => ({ headers: { "x-explorer": "yes" }, body: "<!doctype html><title>API</title>" }),
  });
});
afterAll(() => edge.close());

const json = "application/json; charset=utf-8";
const response = "application/graphql-response+json; charset=utf-8";
const stream = "text/event-stream; charset=utf-8";
const page = "text/html; charset=utf-8";
/** What each client sends where nobody told it otherwise. */
const urql =
  "application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed";
const apollo = "application/graphql-response+json,application/json;q=0.9";
const browser = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8";

const send = (path: string, init: RequestInit) => fetch(edge.url + path, init);
const post = (query: string, accept?: string, path = "/graphql") =>
  send(path, {
    method: "POST",
    headers: { "content-type": "application/json", ...(accept !== undefined && { accept }) },
    body: JSON.stringify({ query }),
  });

describe("the answer's media type is the one that Accept likes best", () => {
  const cases: [accept: string | undefined, type: string, why: string][] = [
    [undefined, json, "fetch takes anything"],
    ["*/*", json, "anything"],
    [urql, response, "urql takes streams as well, and names them behind"],
    [apollo, response, "Apollo Client"],
    ["application/json", json, "plain"],
    ["application/json; charset=UTF-8", json, "with its charset"],
    ["application/graphql-response+json, application/json;q=0.9", response, "the newer type first"],
    ["application/graphql-response+json;q=0.5, application/json", json, "by q, not by order"],
    ["text/event-stream;q=0.1, application/json;q=0.2", json, "by q, a stream behind"],
    ["text/event-stream", stream, "graphql-sse"],
    ["text/event-stream, application/json;q=0.5", stream, "a stream first"],
    ["text/event-stream;q=0, */*", json, "q=0 is never"],
    ["application/*", json, "any of a kind"],
    ["text/event-stream, */*;q=0.1", stream, "what is named before what is not"],
    ["text/html, application/json;q=0.9", json, "a page is not for operations"],
  ];
  test.each(cases)("%s: %s (%s)", async (accept, type) => {
    const answer = await post("{ hello }", accept);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, type]);
    expect(answer.headers.get("vary")).toContain("Accept,");
    expect(await answer.text()).toContain('"hello":"hello"');
  });

  const refused = ["text/html", "application/json;q=0", "image/png", "multipart/mixed", "application/xml, nonsense"];
  test.each(refused)("%s: 406", async (accept) => {
    const answer = await read(await post("{ hello }", accept));
    expect([answer.status, answer.code]).toEqual([406, "NOT_ACCEPTABLE"]);
  });

  const subscriptions: [accept: string | undefined, status: number][] = [
    ["text/event-stream", 200],
    ["text/event-stream, multipart/mixed", 200],
    [urql, 200],
    ["application/json", 406],
    ["application/json, text/event-stream;q=0", 406],
    // Who says nothing would wait for a body that does not end.
    ["*/*", 406],
    [undefined, 406],
  ];
  test.each(subscriptions)("a subscription for %s: %i", async (accept, status) => {
    const answer = await post("subscription { count(to: 1) }", accept);
    expect(answer.status).toBe(status);
    if (status === 200) expect(answer.headers.get("content-type")).toBe(stream);
    await answer.text();
  });

  const streamed: [accept: string | undefined, status: number][] = [
    [undefined, 200],
    ["text/event-stream", 200],
    ["application/json", 406],
    ["text/event-stream;q=0", 406],
  ];
  test.each(streamed)("/graphql/stream for %s: %i", async (accept, status) => {
    const answer = await post("{ hello }", accept, "/graphql/stream");
    expect([answer.status, answer.headers.get("content-type")]).toEqual([status, status === 200 ? stream : json]);
    await answer.text();
  });
});

describe("a browser", () => {
  const cases: [accept: string | undefined, type: string, status: number][] = [
    [browser, page, 200],
    ["text/html", page, 200],
    ["application/json", json, 400],
    ["*/*", json, 400],
    ["application/json, text/html;q=0.9", json, 400],
  ];
  test.each(cases)("that opens /graphql with %s gets %s", async (accept, type, status) => {
    const answer = await send("/graphql", { headers: { accept: accept as string } });
    expect([answer.status, answer.headers.get("content-type")]).toEqual([status, type]);
    expect(answer.headers.get("x-explorer")).toBe(type === page ? "yes" : null);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    await answer.text();
  });

  test("is told in plain text what is missing where the page is off", async () => {
    const plain = await openEdge();
    const answer = await read(await fetch(`${plain.url}/graphql`, { headers: { accept: browser } }));
    expect([answer.status, answer.code]).toEqual([400, "INVALID_INPUT"]);
    await plain.close();
  });
});

describe("a method or a content that is not taken", () => {
  const body = JSON.stringify({ query: "{ hello }" });
  const mutation = `?query=${encodeURIComponent("mutation { act }")}`;
  const asked = { "apollo-require-preflight": "1" };
  const sse = { accept: "text/event-stream" };
  const typed = (type: string) => ({ "content-type": type });
  type Case = [name: string, path: string, init: RequestInit, status: number, code: string, allow: string | null];
  const all = "GET, POST, OPTIONS";
  const probe = "GET, HEAD, OPTIONS";
  const cases: Case[] = [
    ["PUT", "/graphql", { method: "PUT", body }, 405, "METHOD_NOT_ALLOWED", all],
    ["PATCH as a stream", "/graphql", { method: "PATCH", headers: sse, body }, 405, "METHOD_NOT_ALLOWED", all],
    ["PUT to the stream", "/graphql/stream", { method: "PUT", body }, 405, "METHOD_NOT_ALLOWED", all],
    ["a mutation by GET", `/graphql${mutation}`, { headers: asked }, 405, "METHOD_NOT_ALLOWED", "POST"],
    ["the same as a stream", `/graphql${mutation}`, { headers: sse }, 405, "METHOD_NOT_ALLOWED", "POST"],
    ["the same at the stream", `/graphql/stream${mutation}`, {}, 405, "METHOD_NOT_ALLOWED", "POST"],
    ["POST to a probe", "/healthz", { method: "POST", body }, 405, "METHOD_NOT_ALLOWED", probe],
    ["DELETE of readiness", "/readyz", { method: "DELETE" }, 405, "METHOD_NOT_ALLOWED", probe],
    ["PUT to the metrics", "/metrics", { method: "PUT", body }, 405, "METHOD_NOT_ALLOWED", probe],
    ["no query", "/graphql", { headers: asked }, 400, "INVALID_INPUT", null],
    ["no query as a stream", "/graphql", { headers: sse }, 400, "INVALID_INPUT", null],
    ["no query at the stream", "/graphql/stream", {}, 400, "INVALID_INPUT", null],
    [
      "a form",
      "/graphql",
      { method: "POST", headers: typed("application/x-www-form-urlencoded"), body },
      415,
      "UNSUPPORTED_MEDIA_TYPE",
      null,
    ],
    [
      "text to the stream",
      "/graphql/stream",
      { method: "POST", headers: typed("text/plain"), body },
      415,
      "UNSUPPORTED_MEDIA_TYPE",
      null,
    ],
    [
      "no JSON",
      "/graphql",
      { method: "POST", headers: typed("application/json"), body: "{" },
      400,
      "INVALID_JSON",
      null,
    ],
    [
      "no JSON as a stream",
      "/graphql/stream",
      { method: "POST", headers: typed("application/json"), body: "{" },
      400,
      "INVALID_JSON",
      null,
    ],
  ];
  test.each(cases)("%s: %s", async (_name, path, init, status, code, allow) => {
    const answer = await read(await send(path, init));
    expect([answer.status, answer.code]).toEqual([status, code]);
    expect(answer.headers.get("allow")).toBe(allow);
    expect(answer.headers.get("accept-post")).toBe(status === 415 ? "application/json" : null);
  });

  test("OPTIONS names the methods", async () => {
    expect((await send("/graphql", { method: "OPTIONS" })).headers.get("allow")).toBe(all);
    expect((await send("/healthz", { method: "OPTIONS" })).headers.get("allow")).toBe(probe);
  });

  const upgrades: [name: string, headers: Record<string, string>, status: number, code: string][] = [
    ["another version", { "sec-websocket-version": "7" }, 426, "UPGRADE_REQUIRED"],
    ["a key that is none", { "sec-websocket-key": "x" }, 400, "INVALID_INPUT"],
    ["a protocol that cannot be read", { "sec-websocket-protocol": "a,,b" }, 400, "INVALID_INPUT"],
  ];
  test.each(upgrades)("a socket with %s: %o", async (_name, headers, status, code) => {
    const lines = {
      host: "a",
      connection: "upgrade",
      upgrade: "websocket",
      "sec-websocket-version": "13",
      "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
      "sec-websocket-protocol": "graphql-transport-ws",
      ...headers,
    };
    const text = await raw(
      `GET /graphql HTTP/1.1\r\n${Object.entries(lines)
        .map((line) => line.join(": "))
        .join("\r\n")}\r\n\r\n`,
    );
    expect(text).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(text).toContain(`"code":"${code}"`);
    expect(/^sec-websocket-version: 13\r$/im.test(text)).toBe(status === 426);
  });

  test("a socket without the protocol is closed with the code for it", async () => {
    const socket = new WebSocket(`${edge.url.replace("http", "ws")}/graphql`);
    socket.on("error", () => undefined);
    expect(await new Promise((resolve) => socket.once("close", resolve))).toBe(4406);
  });
});

describe("the audit of graphql-http", () => {
  /** GET is answered only where the request cannot have come from another site's page. */
  const refusedMay = ["5A70", "D6D5", "6A70"];
  test.each(serverAudits({ url: () => `${edge.url}/graphql` }).map((audit) => [audit.id, audit.name, audit] as const))(
    "%s %s",
    async (id, _name, audit) => {
      const { status, ...result } = await audit.fn();
      const expected = refusedMay.includes(id) ? "notice" : "ok";
      expect([status, status === expected ? null : result]).toEqual([expected, null]);
    },
  );
});

test("an introspection is answered in the type that was asked for", async () => {
  const answer = await post(getIntrospectionQuery(), "application/graphql-response+json");
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, response]);
});

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
