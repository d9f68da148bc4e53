import { once } from "node:events";
import { connect } from "node:net";
import { WebSocket } from "ws";
import { checkShape } from "../../src/server/body";
import type { Edge } from "../../src/server/http";
import { defaultLimits } from "../../src/server/limits";
import { createWorld, openEdge, post, read, token } from "./harness";

/**
 * What a stranger sends and the server would hold: 97 first messages of a socket, and as many streams, of 2 MB of empty
 * objects each, ended the process at 4.3 GB.
 */
const empties = (count: number) => `{"a":[${Array(count).fill("{}").join(",")}]}`;

let edge: Edge;
const world = createWorld();
beforeAll(async () => {
  edge = await openEdge(world);
});
afterAll(() => edge.close());

const opened = async (messages: string[]): Promise<{ said: string[]; code: number; reason: string }> => {
  const socket = new WebSocket(`${edge.url.replace("http", "ws")}/graphql`, "graphql-transport-ws");
  const said: string[] = [];
  const closed = once(socket, "close") as Promise<[number, Buffer]>;
  socket.on("message", (data) => {
    said.push(String(data));
    const next = messages.shift();
    if (next === undefined) socket.close(1000);
    else socket.send(next);
  });
  await once(socket, "open");
  socket.send(messages.shift() as string);
  const [code, reason] = await closed;
  return { said, code, reason: String(reason) };
};

test.each([
  ["as many values as there may be", defaultLimits.jsonValues, null],
  ["one more", defaultLimits.jsonValues + 1, "INVALID_INPUT"],
])("a JSON text is weighed before it is read: %s", (_, count, code) => {
  const check = () => checkShape(`[${Array(count).fill("1").join(",")}]`, defaultLimits);
  if (code === null) expect(check).not.toThrow();
  else expect(check).toThrow(expect.objectContaining({ extensions: expect.objectContaining({ code }) }));
});

// Two values may be in a text here. Each row has commas in a string, or behind one.
test.each([
  ['{"a":",,"}', null],
  [String.raw`{"a":"\",,,"}`, null],
  [String.raw`{"a":"\\",,}`, "INVALID_INPUT"],
  [String.raw`{"a":"\\\",,,"}`, null],
  [String.raw`{"a":"\\\\",,}`, "INVALID_INPUT"],
  ['{",,,":1,2,3}', "INVALID_INPUT"],
  ['{"a":",,,', null],
])("what stands in a string is no value: %s", (text, code) => {
  const check = () => checkShape(text, { ...defaultLimits, jsonValues: 2 });
  if (code === null) expect(check).not.toThrow();
  else expect(check).toThrow(expect.objectContaining({ extensions: expect.objectContaining({ code }) }));
});

test("690,000 empty objects are refused unread, on every transport", async () => {
  const many = empties(690_000);
  const body = `{"query":"{ hello }","extensions":${many}}`;
  expect(await post(edge, body)).toMatchObject({ status: 400, code: "INVALID_INPUT" });
  const headers = { "content-type": "application/json", accept: "text/event-stream" };
  const streamed = await fetch(`${edge.url}/graphql/stream`, { method: "POST", headers, body });
  expect((await read(streamed)).code).toBe("INVALID_INPUT");
  const { said, code, reason } = await opened([`{"type":"connection_init","payload":${many}}`]);
  expect([said, code, reason]).toEqual([[], 4400, "INVALID_INPUT"]);
});

test("of a message only what means something is kept: the token is read, the rest is gone", async () => {
  const authorization = `Bearer ${await token("person_1")}`;
  const begin = JSON.stringify({ type: "connection_init", payload: { authorization, more: "x".repeat(100_000) } });
  const ask = (id: string, more: object) =>
    JSON.stringify({ type: "subscribe", id, junk: "x".repeat(50_000), payload: { query: "{ whoami }", ...more } });
  const { said, code } = await opened([begin, ask("1", { extensions: { a: Array(9_000).fill({}) } })]);
  expect(said[0]).toContain("connection_ack");
  expect(said[1]).toContain('"whoami":"person_1"');
  expect(code).toBe(1000);
});

test("a subscription is asked for in few words: it holds them for as long as it runs", async () => {
  const query = "subscription ($to: Int!) { count(to: $to) }";
  const asked = {
    query: "subscription ($to: Int!) { count(to: $to) }",
    variables: { to: 1, a: Array(9_000).fill("x") },
  };
  const long = { query: `${query} # ${"x".repeat(70_000)}`, variables: { to: 1 } };
  const stream = async (body: object) => {
    const headers = { "content-type": "application/json", accept: "text/event-stream" };
    return (await fetch(`${edge.url}/graphql/stream`, { method: "POST", headers, body: JSON.stringify(body) })).text();
  };
  // What the operation does not declare is dropped, and counts for nothing.
  expect(await stream(asked)).toContain('"count":1');
  expect(await stream(long)).toContain("REQUEST_TOO_LARGE");
  const subscribe = (payload: object) => JSON.stringify({ type: "subscribe", id: "1", payload });
  const begin = JSON.stringify({ type: "connection_init" });
  expect((await opened([begin, subscribe(long)])).said[1]).toContain("REQUEST_TOO_LARGE");
});

test("bodies on the way are bounded for each address, and their place is given back", async () => {
  const limits = { shares: { ...defaultLimits.shares, address: { ...defaultLimits.shares.address, bytes: 10_000 } } };
  const small = await openEdge(createWorld(), { limits });
  try {
    const stalled = connect(small.port, "127.0.0.1");
    stalled.write(
      "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 9990\r\n\r\n{",
    );
    const asking = async () => (await post(small, { query: "{ hello }" })).code ?? "answered";
    // The server takes what came first at its own time: asked until it has.
    let answer = await asking();
    for (let left = 200; answer === "answered" && left > 0; left -= 1) answer = await asking();
    expect(answer).toBe("RATE_LIMITED");
    stalled.destroy();
    for (let left = 200; answer === "RATE_LIMITED" && left > 0; left -= 1) answer = await asking();
    expect(answer).toBe("answered");
  } finally {
    await small.close();
  }
});

test("bytes count: a large body takes of the share what its reading takes", async () => {
  const before = (await post(edge, { query: "{ hello }" })).body.extensions.cost.remaining;
  await post(edge, `{"query":"{ hello }","extensions":{"a":"${"x".repeat(1_000_000)}"}}`);
  const { remaining } = (await post(edge, { query: "{ hello }" })).body.extensions.cost;
  expect(before - remaining).toBeGreaterThan(1_000_000 / 256);
});

test.each([
  ["330681196804120017", false],
  ["13800138000", false],
  ["app-7f3a", true],
  ["0190c1f4-5c1e-7a3b-8a61-0242ac120002", true],
])("a request id that may be a person's number is not the log's: %s", async (id, kept) => {
  const { headers } = await post(edge, { query: "{ hello }" }, { "x-request-id": id });
  expect(headers.get("x-request-id") === id).toBe(kept);
});
