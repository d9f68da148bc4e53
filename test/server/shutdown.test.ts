import { spawn } from "node:child_process";
import net from "node:net";
import path from "node:path";
import { createInterface } from "node:readline";
import { WebSocket } from "ws";
import { createWorld, openEdge, post, read } from "./harness";

test("close finishes what is being answered, says goodbye to the others, then stops the store", async () => {
  const world = createWorld();
  const edge = await openEdge(world);
  const socket = new WebSocket(`${edge.url.replace("http", "ws")}/graphql`, "graphql-transport-ws");
  await new Promise((resolve) => socket.once("open", resolve));
  const goodbye = new Promise((resolve) => socket.once("close", resolve));
  const stream = await fetch(`${edge.url}/graphql/stream`, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "text/event-stream" },
    body: JSON.stringify({ query: "subscription { quiet }" }),
  });
  const idle = net.connect(edge.port, "127.0.0.1");
  await new Promise((resolve) => idle.once("connect", resolve));
  const idleClosed = new Promise((resolve) => idle.once("close", resolve));
  const slow = post(edge, { query: "{ slow }" });
  await world.entered.promise;

  const closing = edge.close();
  expect(edge.close()).toBe(closing);
  expect(await goodbye).toBe(1001);
  const text = await stream.text();
  expect(text).not.toContain("complete");
  await world.quietClosed.promise;
  expect(world.stopped).toBe(0);
  const late = net.connect(edge.port, "127.0.0.1");
  expect(await new Promise((resolve) => late.once("error", resolve))).toMatchObject({ code: "ECONNREFUSED" });

  world.gate.resolve("finished");
  const answer = await slow;
  expect(answer.body.data.slow).toBe("finished");
  expect(answer.headers.get("connection")).toBe("close");
  await closing;
  await idleClosed;
  expect(world.stopped).toBe(1);
});

test("a socket's request is answered before the socket is closed; a subscription does not delay it", async () => {
  const world = createWorld();
  const edge = await openEdge(world);
  const socket = new WebSocket(`${edge.url.replace("http", "ws")}/graphql`, "graphql-transport-ws");
  await new Promise((resolve) => socket.once("open", resolve));
  const heard: string[] = [];
  const goodbye = new Promise((resolve) => socket.once("close", (code) => resolve(code)));
  const acknowledged = new Promise<void>((resolve) =>
    socket.on("message", (data) => {
      heard.push(String(data));
      if (String(data).includes("connection_ack")) resolve();
    }),
  );
  socket.send(JSON.stringify({ type: "connection_init" }));
  await acknowledged;
  const ask = (id: string, query: string) => socket.send(JSON.stringify({ id, type: "subscribe", payload: { query } }));
  ask("1", "subscription { quiet }");
  ask("2", "{ slow }");
  await world.entered.promise;
  const closing = edge.close();
  ask("3", "{ hello }");
  await new Promise<void>((resolve) => socket.once("pong", () => resolve()).ping());
  world.gate.resolve("finished");
  expect(await goodbye).toBe(1001);
  await closing;
  expect(heard.some((text) => text.includes('"slow":"finished"'))).toBe(true);
  expect(heard.some((text) => text.includes("SHUTTING_DOWN"))).toBe(true);
  expect(heard.some((text) => text.includes('"hello":"hello"'))).toBe(false);
});

test("while draining, a connection still open hears that we are not ready", async () => {
  const world = createWorld();
  const edge = await openEdge(world);
  const slow = post(edge, { query: "{ slow }" });
  await world.entered.promise;
  const socket = net.connect(edge.port, "127.0.0.1");
  await new Promise((resolve) => socket.once("connect", resolve));
  // Half a request keeps the connection from being idle when the shutdown begins.
  const answer = new Promise<string>((resolve) => {
    let text = "";
    socket.setEncoding("utf8").on("data", (chunk) => {
      text += chunk;
    });
    socket.once("end", () => resolve(text));
  });
  await new Promise<void>((resolve) => socket.write("GET /readyz HTTP/1.1\r\nhost: a\r\n", () => resolve()));
  await read(await fetch(`${edge.url}/healthz`));
  const closing = edge.close();
  socket.write("\r\n");
  expect(await answer).toMatch(/^HTTP\/1\.1 503 /);
  world.gate.resolve("");
  await slow;
  await closing;
});

test("patience ends", async () => {
  const world = createWorld();
  const edge = await openEdge(world, { limits: { drainMs: 50 } });
  const never = post(edge, { query: "{ slow }" });
  const outcome = expect(never).rejects.toThrow();
  await world.entered.promise;
  await edge.close();
  await outcome;
  expect(world.stopped).toBe(1);
  expect(world.logs.join("")).toContain("closed before everything was answered");
});

describe("signals, in a process of its own", () => {
  const script = `
    const { buildSchema } = require("graphql");
    const { listen } = require("./src/server/http");
    const { createLogger } = require("./src/server/log");
    const { demoKeyPair, openIdentity } = require("./src/server/identity");
    const { stopOnSignals } = require("./src/server/shutdown");
    const { publicKey } = demoKeyPair();
    const logger = createLogger();
    const identity = openIdentity({ issuer: "a", audience: "b", publicKey, clock: Date.now });
    const stop = process.argv[1] === "stuck" ? () => { console.log("stuck"); return new Promise(() => {}); }
      : async () => console.log("stopped");
    listen({ schema: buildSchema("type Query { a: Int }"), context: () => ({}), identity, host: "127.0.0.1", port: 0,
      corsOrigins: [], ready: async () => true, stop, logger }).then((edge) => {
        stopOnSignals(edge, { logger });
        console.log(edge.url);
        setInterval(() => {}, 1000);
      });`;

  const cases: [signal: NodeJS.Signals, mode: string, said: string, code: number][] = [
    ["SIGTERM", "orderly", "stopped", 0],
    ["SIGINT", "orderly", "stopped", 0],
    ["SIGTERM", "stuck", "stuck", 1], // a second signal does not wait
  ];
  test.each(cases)("%s, %s", async (signal, mode, said, code) => {
    const root = path.join(__dirname, "../..");
    const child = spawn(process.execPath, ["-r", "tsx/cjs", "-e", script, mode], { cwd: root });
    const exited = new Promise((resolve) => child.once("exit", (...outcome) => resolve(outcome)));
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
    const url = (await lines.next()).value;
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    child.kill(signal);
    expect((await lines.next()).value).toBe(said);
    if (mode === "stuck") child.kill(signal);
    expect(await exited).toEqual([code, null]);
  });
});
