import { connect, type Socket } from "node:net";
import type { Edge, EdgeOptions } from "../../src/server/http";
import { defaultLimits } from "../../src/server/limits";
import { createWorld, openEdge, post } from "./harness";

let edge: Edge;
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await edge.close();
});

const { shares } = defaultLimits;
const bounds = { connections: 40, shares: { ...shares, address: { ...shares.address, connections: 15 } } };
const open = async (limits: EdgeOptions["limits"], more: Partial<EdgeOptions> = {}) => {
  edge = await openEdge(createWorld(), { limits, ...more });
};

/** A connection from an address of this machine, and all that the server says on it until it hangs up. */
function dial(from: string, says = "") {
  const socket = connect({ port: edge.port, host: "127.0.0.1", localAddress: from });
  sockets.push(socket);
  let heard = "";
  socket.on("data", (part) => {
    heard += String(part);
  });
  socket.on("error", () => undefined);
  const ended = new Promise<string>((resolve) => socket.once("close", () => resolve(heard)));
  const reached = new Promise<void>((resolve) => socket.once("connect", () => resolve()));
  if (says) socket.write(says);
  return { socket, ended, reached };
}
const many = (count: number, from: string, says?: string) => Array.from({ length: count }, () => dial(from, says));
const metrics = async () => (await fetch(`${edge.url}/metrics`)).text();
const limited = async () => (await metrics()).match(/^goodhours_rate_limited_total{.*$/gm) ?? [];

const mutation = JSON.stringify({ query: "mutation { act }" });
const asking = `POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: ${mutation.length}\r\n\r\n${mutation}`;

test("a client that holds all connections of its address keeps no other address out, and frees each that ends", async () => {
  await open(bounds);
  const held = many(15, "127.0.0.2");
  await Promise.all(held.map(({ reached }) => reached));
  const refused = await Promise.all(many(45, "127.0.0.2").map(({ ended }) => ended));
  for (const answer of refused) {
    expect(answer).toMatch(/^HTTP\/1\.1 429 Too Many Requests\r\n/);
    expect(answer).toMatch(/\r\nretry-after: 10\r\n/);
    const [error] = JSON.parse(answer.slice(answer.indexOf("{"))).errors;
    expect(error.message).toMatch(/^You have asked for more.*请求过于频繁/);
    expect(error.extensions).toMatchObject({ code: "RATE_LIMITED", share: "connections", of: "address", limit: 15 });
  }
  // What a refused connection asks is not done: nobody would hear of it.
  await dial("127.0.0.2", asking).ended;
  expect(await limited()).toEqual(['goodhours_rate_limited_total{share="connections",of="address"} 46']);
  expect(await metrics()).not.toContain('route="/graphql"');
  expect((await post(edge, { query: "{ hello }" })).body.data.hello).toBe("hello");

  held[0]?.socket.end();
  await held[0]?.ended;
  expect(await dial("127.0.0.2", asking.replace("host: a", "host: a\r\nconnection: close")).ended).toMatch(
    /^HTTP\/1\.1 200 OK/,
  );
});

test("a trusted proxy's connections are many people's: the sum alone bounds them", async () => {
  await open(bounds, { trustedProxies: ["127.0.0.3"] });
  const held = many(38, "127.0.0.3");
  await Promise.all(held.map(({ reached }) => reached));
  expect(await limited()).toEqual([]);
  const dropped = await Promise.all(
    many(5, "127.0.0.3")
      .slice(2)
      .map(({ ended }) => ended),
  );
  expect(dropped).toEqual(["", "", ""]);
});

test.each<[name: string, says: string]>([
  ["nothing", ""],
  ["half a line", "GET /healthz HT"],
  ["headers without end", "GET /healthz HTTP/1.1\r\nhost: a\r\nx: "],
])("who says %s is cut when the time for headers is over", async (_name, says) => {
  await open({ headersMs: 60, stalledLookMs: 20 });
  const { ended } = dial("127.0.0.1", says);
  const answer = await ended;
  expect(answer).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/);
  expect(answer).toMatch(/took too long.*请求超时/);
});

test("a client that asks without waiting for answers is cut off; its sixteen requests before count like others'", async () => {
  await open({});
  const health = "GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n";
  const all = await dial("127.0.0.1", health.repeat(15) + health.replace("host: a", "host: a\r\nconnection: close"))
    .ended;
  expect(all.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(16);
  await dial("127.0.0.1", health.repeat(10_000)).ended;
  // Between the bodies of questions Node lets other work in: one answer after another would go out before anybody is heard.
  await dial("127.0.0.1", asking.repeat(3_000)).ended;
  const counted = /goodhours_http_requests_total{route="\/(?:healthz|graphql)",status="\w+"} (\d+)/g;
  const done = [...(await metrics()).matchAll(counted)].reduce((sum, [, count]) => sum + Number(count), 0);
  expect(done).toBeLessThan(60);
});

test.each([
  ["a body of many pieces is read as any other", 300, /"echo":"助{300}"/],
  ["who sends a body in thousands of pieces of a byte is hung up on", 5_000, /^$/],
])("%s", async (_name, letters, heard) => {
  await open({});
  const query = "query ($t: String!) { echo(text: $t) }";
  const body = Buffer.from(JSON.stringify({ query, variables: { t: "助".repeat(letters) } }));
  const pieces = [...body].map((byte) => Buffer.from([0x31, 13, 10, byte, 13, 10]));
  const head = "POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n";
  const { socket, ended } = dial("127.0.0.1", `${head}connection: close\r\n\r\n`);
  socket.write(Buffer.concat([...pieces, Buffer.from("0\r\n\r\n")]));
  expect(await ended).toMatch(heard);
});

test("a question that names no host is refused in our words", async () => {
  await open({});
  const answer = await dial("127.0.0.1", "GET /healthz HTTP/1.1\r\nconnection: close\r\n\r\n").ended;
  expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n[\s\S]*"code":"INVALID_INPUT"/);
});

test("headers that are too large are said to be so, in both languages", async () => {
  await open({});
  const answer = await dial("127.0.0.1", `GET / HTTP/1.1\r\nhost: a\r\nx: ${"x".repeat(20_000)}\r\n\r\n`).ended;
  expect(answer).toMatch(/^HTTP\/1\.1 431 /);
  expect(answer).toMatch(
    /"The address and the headers are larger.*请求头超过.*"code":"REQUEST_TOO_LARGE","limit":16384/,
  );
});
