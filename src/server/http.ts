import http, { type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { trustedProxies } from "./addresses";
import { createAdmission } from "./admission";
import { openApollo } from "./apollo";
import { boundConnections } from "./connections";
import { createDocuments } from "./documents";
import { createFormatter } from "./errors";
import { knownRoutes, probes, splitUrl } from "./exchange";
import { createGraphql } from "./graphql";
import { commonHeaders } from "./headers";
import { defaultLimits, type Limits } from "./limits";
import { createLogger } from "./log";
import { createMetrics } from "./metrics";
import { createOperations } from "./operations";
import type { Edge, EdgeOptions } from "./options";
import { refuseBrokenRequest } from "./raw";
import { createRoutes } from "./routes";
import { createSending } from "./sending";
import { watchSessions } from "./sessions";
import { createShares } from "./shares";
import { patiently } from "./shutdown";
import { createSockets } from "./socket";
import { createTurns } from "./turns";
import { createUpgrades } from "./upgrades";
import { createWatching } from "./watching";

export type { Edge, EdgeOptions } from "./options";

/** The cost of any question before its content is known: forty of them fit into one turn. */
const askingCost = 50;

/** Opens the edge: HTTP, event streams and sockets on one port. It knows no rule of the bank. */
export async function listen(options: EdgeOptions): Promise<Edge> {
  const limits: Limits = { ...defaultLimits, ...options.limits };
  const { logger = createLogger(), metrics = createMetrics(), schema, identity } = options;
  const { corsOrigins, secure = false } = options;
  let draining = false;
  const isDraining = () => draining;

  const format = createFormatter({ formatError: options.formatError, languageOf: options.languageOf, logger });
  const documents = createDocuments(schema, limits);
  const operations = createOperations(schema, documents, limits);
  const apollo = openApollo({ schema, documents, format, logger });
  const trusted = trustedProxies(options.trustedProxies ?? []);
  const shares = createShares({
    limits,
    store: options.shareStore ?? null,
    refused: (share, of) => metrics.limited.inc({ share, of }),
    lost: (err) => logger.warn({ err }, "the shared counts are away: this server counts for itself"),
  });
  await shares.ready;
  const turns = createTurns(limits.turnCost);
  const sessions = watchSessions({ endedAmong: identity.endedAmong, lookMs: limits.sessionLookMs });
  const admission = createAdmission({ ...options, shares, sessions, turns, operations, trusted });
  const watching = createWatching(logger, metrics);
  const sending = createSending({ format, errorPage: options.errorPage, isDraining });

  const answering = new Map<ServerResponse, "answer" | "stream">();
  const streams = (response: ServerResponse) => {
    answering.set(response, "stream");
    metrics.open.inc({ transport: "sse" });
  };
  const core = { limits, admission, operations, apollo, shares, sending, format, streams, isDraining };
  const answerGraphql = createGraphql({ ...core, explorer: options.explorer });
  const answer = createRoutes({ ...options, limits, admission, sending, metrics, answerGraphql, isDraining });

  const upgrades = createUpgrades({
    admission,
    shares,
    format,
    isDraining,
    handle: (request, response) => void handle(request, response),
    refused: (frame) => watching.countErrors(frame, "websocket"),
  });
  const sockets = createSockets({
    limits,
    operations,
    identity,
    shares,
    context: admission.contextFor,
    lifeOf: admission.lifeOf,
    enter: admission.enter,
    prepare: admission.prepare,
    describe: sending.describe,
    turn: () => turns.take(askingCost),
    refused: upgrades.refuseGreeting,
    started: () => metrics.open.inc({ transport: "websocket" }),
    ended: () => metrics.open.dec({ transport: "websocket" }),
    finished: watching.finished,
    fault: (err) => logger.error({ err }, "fault"),
  });

  const server = http.createServer(
    {
      headersTimeout: limits.headersMs,
      // Ours answers first, with a code; node's is for bodies that trickle in after that.
      requestTimeout: Math.max(limits.headersMs, limits.requestMs) + 5_000,
      keepAliveTimeout: limits.keepAliveMs,
      connectionsCheckingInterval: limits.stalledLookMs,
      // Ours says it in words.
      requireHostHeader: false,
    },
    (request, response) => void handle(request, response),
  );
  boundConnections(server, {
    limits,
    trusted,
    shares,
    dropped: () => metrics.limited.inc({ share: "connections", of: "server" }),
  });
  // We know no expectation but 100-continue, and may pass over others (RFC 9110, 10.1.1). Node would answer without a word.
  server.on("checkExpectation", (request, response) => void handle(request, response));
  server.on("upgrade", upgrades.to(sockets));
  server.on("clientError", refuseBrokenRequest);

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // A connection that was refused, or whose last answer is written, asks in vain: nothing may be done unheard.
    if (request.socket.writableEnded || request.socket.destroyed) return void request.destroy();
    // The requests that come in one piece would otherwise all run before another client is heard.
    const waiting = unanswered(request.socket);
    if (waiting.size >= limits.pipelined) return void request.socket.destroy();
    waiting.add(response);
    const startedAt = performance.now();
    const [path, search] = splitUrl(request.url);
    const frame = admission.frameOf(request);
    const route = knownRoutes.has(path) ? path : (options.routeLabel?.(path) ?? "other");
    answering.set(response, "answer");
    response.on("error", ignore);
    request.on("error", ignore);
    response.once("close", () => {
      waiting.delete(response);
      const streaming = answering.get(response) === "stream";
      if (streaming) metrics.open.dec({ transport: "sse" });
      answering.delete(response);
      const ms = performance.now() - startedAt;
      watching.answered(response, { route, frame, transport: streaming ? "sse" : "http", ms });
    });
    const headers = commonHeaders(request, { requestId: frame.requestId, corsOrigins, secure });
    const exchange = { request, response, path, search, frame, headers };
    try {
      if (!probes.has(path)) {
        const asked = turns.ask(request.socket);
        if (asked) await asked;
        const taken = turns.take(askingCost);
        if (taken) await taken;
      }
      await answer(exchange);
    } catch (error) {
      sending.sendError(exchange, error);
    }
  }

  let closed: Promise<void> | undefined;
  async function close(): Promise<void> {
    draining = true;
    const silent = new Promise<void>((resolve) => server.close(() => resolve()));
    const answered = [...answering.keys()].map((response) => {
      const done = new Promise<void>((resolve) => response.once("close", resolve));
      // A stream has no end of its own; without its "complete" the client knows to come back.
      if (answering.get(response) === "stream") response.end();
      return done;
    });
    const inTime = await patiently(Promise.all([...answered, sockets.close(limits.drainMs)]), limits.drainMs);
    if (!inTime) logger.warn({ left: answering.size }, "closed before everything was answered");
    server.closeAllConnections();
    await silent;
    try {
      await apollo.stop();
      await shares.close();
    } finally {
      await options.stop?.();
    }
  }

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, options.host, () => {
      server.off("error", reject);
      resolve();
    });
  });
  const { port } = server.address() as AddressInfo;
  const host = options.host.includes(":") ? `[${options.host}]` : options.host;
  return {
    url: `http://${host}:${port}`,
    port,
    server,
    close() {
      closed ??= close();
      return closed;
    },
  };
}

const ignore = () => undefined;

const waitingOf = new WeakMap<Socket, Set<ServerResponse>>();
/** The answers that a connection waits for. Where it ends, Node emits "close" on the first of them alone; we do it on the others. */
function unanswered(socket: Socket): Set<ServerResponse> {
  const known = waitingOf.get(socket);
  if (known) return known;
  const waiting = new Set<ServerResponse>();
  waitingOf.set(socket, waiting);
  socket.once("close", () => {
    for (const response of [...waiting]) response.emit("close");
  });
  return waiting;
}
