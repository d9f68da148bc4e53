import { createHash } from "node:crypto";
import http, { type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Duplex } from "node:stream";
import { HeaderMap } from "@apollo/server";
import { type ExecutionResult, GraphQLError, type GraphQLSchema } from "graphql";
import type pino from "pino";
import { shareAddressOf, trustedProxies } from "./addresses";
import { startApollo } from "./apollo";
import { type Intake, readJson } from "./body";
import { boundConnections } from "./connections";
import { createDocuments } from "./documents";
import {
  createFormatter,
  EdgeError,
  type EdgeRequest,
  edgeErrors,
  type FormatError,
  type Language,
  retryAfterSeconds,
  statusAmong,
  statusOf,
} from "./errors";
import { requestIdOf, setCommonHeaders } from "./headers";
import type { Identity, TokenClaims } from "./identity";
import { defaultLimits, type Limits } from "./limits";
import { createLogger } from "./log";
import { createMetrics, type Metrics } from "./metrics";
import { contentTypeOf, type MediaName, namesStreams, operationMedia, preferred } from "./negotiation";
import { checkHeld, createOperations, type Life, type OperationParams, type Prepared, within } from "./operations";
import { endRaw, refuseBrokenRequest } from "./raw";
import { watchSessions } from "./sessions";
import { askerOf, bytesPerCost, createShares, type ShareStore } from "./shares";
import { patiently } from "./shutdown";
import { createSockets, type SocketOptions } from "./socket";
import { streamResults } from "./stream";
import { createTurns } from "./turns";
import { asPlainRequest, wantsWebSocket } from "./upgrade";

export interface EdgeOptions {
  readonly schema: GraphQLSchema;
  /** Builds the resolver context for one request, after the token was verified. claims is null for anonymous. */
  context(request: {
    claims: TokenClaims | null;
    requestId: string;
    languages: string;
    address: string;
  }): Promise<object> | object;
  readonly identity: Identity;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Origins whose pages may call us from a browser. */
  readonly corsOrigins: readonly string[];
  /** Whether people reach us by https, through a proxy that ends it. */
  readonly secure?: boolean;
  /** Whether we may be sent traffic: /readyz. */
  ready(): Promise<boolean>;
  /** What whoever looks after the bank should know, though it works; one line each. */
  warnings?(): Promise<readonly string[]>;
  /** Called last in a shutdown: closes the store, which finishes its running batch. */
  stop?(): Promise<void>;
  readonly limits?: Partial<Limits>;
  /** Addresses and blocks whose `X-Forwarded-For` is believed; nobody's where not given. */
  readonly trustedProxies?: readonly string[];
  /** Where several servers count together; each counts for itself where not given. */
  readonly shareStore?: ShareStore | null;
  /** Who a page's visitor is, by their session: a person's share is their own. Null for a stranger. */
  visitor?(request: IncomingMessage): Promise<{ readonly subject: string } | null>;
  readonly logger?: pino.Logger;
  /** What the inner floors count into, too. */
  readonly metrics?: Metrics;
  /** Maps the errors of the inner floors; the edge adds requestId after, and hides what is left unexplained. */
  formatError?: FormatError;
  /** Which language an Accept-Language asks for; English where not given. */
  languageOf?(header: string): Language;
  /** Which route metrics and logs name for a path of `routes`, without what is private in it; null for another's. */
  routeLabel?(path: string): string | null;
  /** Pages and files beside GraphQL: true when it took the request. Common headers are already set. */
  routes?(request: IncomingMessage, response: ServerResponse, about: RouteRequest): Promise<boolean> | boolean;
  /** The page at which a person tries the API in a browser; there is none where not given. */
  explorer?(): { headers: Readonly<Record<string, string>>; body: string };
  /** The language that a browser's visitor has chosen on our pages, before what the browser prefers; null for none. */
  chosenLanguage?(request: IncomingMessage): string | null;
  /** How an error is said to a browser that asked for a page; JSON where not given. */
  errorPage?(error: ShownError): { headers: Readonly<Record<string, string>>; body: string };
}

/** An error as whoever reads a page is told it. */
export interface ShownError {
  readonly status: number;
  readonly message: string;
  readonly requestId: string;
  /** An Accept-Language. */
  readonly languages: string;
  readonly request: IncomingMessage;
}

export interface RouteRequest {
  readonly path: string;
  readonly search: string;
  readonly requestId: string;
  readonly languages: string;
  /** Where it comes from, as far as the proxies on the way are trusted. */
  readonly address: string;
  /** Verifies the request's token; throws an EdgeError, which becomes a 401. */
  claims(): Promise<TokenClaims | null>;
}

export interface Edge {
  readonly url: string;
  readonly port: number;
  readonly server: http.Server;
  /** Finishes what is being answered, says goodbye to sockets, then calls `stop`. */
  close(): Promise<void>;
}

/** Opens the edge: HTTP, event streams and sockets on one port. It knows no rule of the bank. */
export async function listen(options: EdgeOptions): Promise<Edge> {
  const limits: Limits = { ...defaultLimits, ...options.limits };
  const logger = options.logger ?? createLogger();
  const metrics = options.metrics ?? createMetrics();
  const format = createFormatter({ formatError: options.formatError, languageOf: options.languageOf, logger });
  const documents = createDocuments(options.schema, limits);
  const turns = createTurns(limits.turnCost);
  const operations = createOperations(options.schema, documents, limits);
  const apollo = await startApollo({ schema: options.schema, documents, format, logger });
  const trusted = trustedProxies(options.trustedProxies ?? []);
  const shares = createShares({
    limits,
    store: options.shareStore ?? null,
    refused: (share, of) => metrics.limited.inc({ share, of }),
    lost: (err) => logger.warn({ err }, "the shared counts are away: this server counts for itself"),
  });
  await shares.ready;
  const sessions = watchSessions({ endedAmong: options.identity.endedAmong, lookMs: limits.sessionLookMs });
  const answering = new Map<ServerResponse, "answer" | "stream">();
  let draining = false;

  const sockets = createSockets({
    limits,
    operations,
    identity: options.identity,
    context: contextFor,
    shares,
    lifeOf,
    enter,
    turn: () => turns.take(askingCost),
    prepare,
    describe,
    refused: (request, socket) => {
      // The greeting itself is wrong; a client of another version is told ours (RFC 6455 §4.4).
      const isOurs = request.headers["sec-websocket-version"] === "13";
      const error = isOurs ? new EdgeError("INVALID_INPUT", badGreeting) : new EdgeError("UPGRADE_REQUIRED");
      refuseSocket(socket, error, frameOf(request), isOurs ? [] : ["sec-websocket-version: 13"]);
    },
    started: () => metrics.open.inc({ transport: "websocket" }),
    ended: () => metrics.open.dec({ transport: "websocket" }),
    finished: (request, milliseconds) => {
      countErrors(request, "websocket");
      logger.info({ ...loggable(request), transport: "websocket", ms: rounded(milliseconds) }, "answered");
    },
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
  server.on("upgrade", upgrade);
  server.on("clientError", refuseBrokenRequest);

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // A connection that was refused, or whose last answer is written, asks in vain: nothing may be done unheard.
    if (request.socket.writableEnded || request.socket.destroyed) return void request.destroy();
    // The requests that come in one piece would otherwise all run before another client is heard.
    const waiting = unanswered(request.socket);
    if (waiting.size >= limits.pipelined) return void request.socket.destroy();
    waiting.add(response);
    const startedAt = performance.now();
    const [path = "/", search = ""] = splitUrl(request.url);
    const frame = frameOf(request);
    const route = knownRoutes.has(path) ? path : (options.routeLabel?.(path) ?? "other");
    answering.set(response, "answer");
    response.on("error", () => {});
    request.on("error", () => {});
    response.once("close", () => {
      waiting.delete(response);
      const streaming = answering.get(response) === "stream";
      if (streaming) metrics.open.dec({ transport: "sse" });
      answering.delete(response);
      observe(route, response, frame, streaming ? "sse" : "http", performance.now() - startedAt);
    });
    const { corsOrigins, secure = false } = options;
    setCommonHeaders(request, response, { requestId: frame.requestId, corsOrigins, secure });
    try {
      if (!probes.has(path)) {
        await turns.ask(request.socket);
        await turns.take(askingCost);
      }
      await dispatch({ request, response, path, search, frame });
    } catch (error) {
      answerError(response, error, frame);
    }
  }

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

  function frameOf(request: IncomingMessage): EdgeRequest {
    return {
      requestId: requestIdOf(request),
      languages:
        (wantsPage(request) ? options.chosenLanguage?.(request) : null) ?? request.headers["accept-language"] ?? "",
      address: shareAddressOf(request, trusted),
      codes: [],
    };
  }

  /** Who asks; counted against their own share where a token convinces, else against their address's. */
  async function enter(frame: EdgeRequest, authorization: string | undefined): Promise<TokenClaims | null> {
    let claims: TokenClaims | null;
    try {
      claims = await options.identity.verify(authorization);
    } catch (error) {
      await admit(frame, null);
      throw error;
    }
    await admit(frame, claims);
    return claims;
  }

  async function admit(frame: EdgeRequest, person: { readonly subject: string } | null): Promise<void> {
    frame.asker = askerOf(person?.subject ?? null, frame.address);
    const { cost, refuse } = await shares.admit(frame.asker);
    frame.cost = cost;
    refuse?.();
  }

  function lifeOf(claims: TokenClaims): Life {
    return {
      remainingMs: options.identity.remainingMs(claims),
      watch: (end) => sessions.watch(claims.session, end),
    };
  }

  /** Counts what was prepared, also where it was refused: reading it was work. */
  async function spend(frame: EdgeRequest): Promise<void> {
    if (!frame.asker || !frame.spent) return;
    const { cost, refuse } = await shares.spend(frame.asker, frame.spent);
    frame.cost = cost;
    refuse?.();
  }

  /** Reads an operation and counts its cost. Other clients are heard before it is read, and again before it runs. */
  async function prepare(params: OperationParams, frame: EdgeRequest): ReturnType<SocketOptions["prepare"]> {
    await turns.take(operations.readingOf(params));
    const prepared = operations.prepare(params, frame);
    await spend(frame);
    if ("document" in prepared) await turns.take(frame.spent?.requested ?? 0);
    return prepared;
  }

  async function isReady(): Promise<boolean> {
    return !draining && (await within(limits.requestMs, options.ready()).catch(() => false));
  }

  async function dispatch(exchange: Exchange): Promise<void> {
    const { request, response, path, search, frame } = exchange;
    const hosts = request.rawHeaders.filter((name, i) => i % 2 === 0 && name.toLowerCase() === "host").length;
    if (hosts > 1 || (hosts === 0 && request.httpVersion === "1.1"))
      throw new EdgeError("INVALID_INPUT", {
        message: "A request has one Host header.",
        zh: "须有且仅有一个 Host 请求头。",
      });
    if (request.method === "OPTIONS") return send(response, 204, allowOf(path), "");
    switch (path) {
      case "/graphql":
      case "/graphql/stream": {
        response.setHeader("cache-control", "no-store");
        response.setHeader("vary", "Origin, Accept, Accept-Language");
        const claims = await within(limits.requestMs, enter(frame, request.headers.authorization));
        checkMethod(request, graphqlMethods);
        return answerGraphql(exchange, claims);
      }
      case "/healthz":
        checkMethod(request, probeMethods);
        return send(response, 200, text, "ok");
      case "/readyz": {
        checkMethod(request, probeMethods);
        const ready = await isReady();
        const warnings = ready
          ? await within(limits.requestMs, Promise.resolve(options.warnings?.() ?? [])).catch(() => [])
          : [];
        const lines = [ready ? "ready" : "not ready", ...warnings.map((line) => `warning: ${line}`)];
        return send(response, ready ? 200 : 503, text, lines.join("\n"));
      }
      case "/metrics":
        checkMethod(request, probeMethods);
        metrics.ready.set((await isReady()) ? 1 : 0);
        return send(
          response,
          200,
          { ...text, "content-type": metrics.registry.contentType },
          await metrics.registry.metrics(),
        );
    }
    await admit(frame, (await options.visitor?.(request)) ?? null);
    const claims = () => options.identity.verify(request.headers.authorization);
    const { requestId, languages, address } = frame;
    if (await options.routes?.(request, response, { path, search, requestId, languages, address, claims })) return;
    throw new EdgeError("NOT_FOUND");
  }

  async function answerGraphql(exchange: Exchange, claims: TokenClaims | null): Promise<void> {
    const { request, response, path, frame } = exchange;
    const { accept } = request.headers;
    const explorer = path === "/graphql" && request.method === "GET" ? options.explorer : undefined;
    if (explorer && preferred(accept, [...operationMedia, "PAGE"]) === "PAGE") {
      const { headers, body } = explorer();
      return send(response, 200, { ...headers, "content-type": contentTypeOf("PAGE") }, body);
    }
    const media = preferred(accept, path === "/graphql/stream" ? ["STREAM"] : operationMedia);
    if (media === null) throw new EdgeError("NOT_ACCEPTABLE");
    const { operation, body } = await within(limits.requestMs, prepareRequest(exchange));
    const kind = operation && "document" in operation ? operation.kind : undefined;
    if (kind === "mutation" && request.method === "GET") throw new EdgeError("METHOD_NOT_ALLOWED", { allow: ["POST"] });
    // Whatever a client would rather have: there is no other way in which a subscription can be answered here.
    const streams = media === "STREAM" || (kind === "subscription" && namesStreams(accept));
    if (streams) return answerStream(exchange, claims, operation ?? malformed());
    if (kind === "subscription") throw new EdgeError("NOT_ACCEPTABLE", { message: useAStream });
    if (operation && !("document" in operation)) return answerRefused(response, operation, { frame, media });
    const isPosted = operation !== undefined && request.method === "POST";
    const answered = isPosted
      ? answerPosted(exchange, claims, { media, operation })
      : answerOperation(exchange, claims, { media, body, operation });
    return within(limits.requestMs, answered);
  }

  /** The operation, or why it will not run; undefined where the request names none. The body is what was posted. */
  async function prepareRequest({ request, search, frame }: Exchange) {
    const body = request.method === "POST" ? await readJson(request, limits, intakeOf(frame)) : undefined;
    const params = body ?? inUrl(search);
    if (typeof params.query !== "string" || params.query === "") return { operation: undefined, body };
    const operation = await prepare(params, frame);
    if ("document" in operation && operation.kind === "subscription") checkHeld(operation, limits);
    return { operation, body };
  }

  /** What apps send all day: nothing but the operation itself stands between the request and its answer. */
  async function answerPosted(
    { response, frame }: Exchange,
    claims: TokenClaims | null,
    { media, operation }: { media: MediaName; operation: Prepared },
  ): Promise<void> {
    const answer = await operations.write({ ...operation, contextValue: await contextFor(claims, frame) });
    const { data, errors } = answer;
    const told = errors.length === 0 ? "" : `"errors":${JSON.stringify(errors.map((error) => format(error, frame)))},`;
    const cost = frame.cost ? `,"extensions":{"cost":${JSON.stringify(frame.cost)}}` : "";
    const body = data === undefined ? `{${told.slice(0, -1)}${cost}}` : `{${told}"data":${data}${cost}}`;
    const headers: Record<string, string> = { ...json, "content-type": contentTypeOf(media) };
    if (frame.unavailable) headers["retry-after"] = String(retryAfterSeconds);
    send(response, frame.unavailable ? 503 : (statusAmong(answer) ?? 200), headers, body);
  }

  async function answerOperation(
    { request, response, search, frame }: Exchange,
    claims: TokenClaims | null,
    {
      media,
      body: posted,
      operation: prepared,
    }: { media: MediaName; body: Record<string, unknown> | undefined; operation: Prepared | undefined },
  ): Promise<void> {
    const method = request.method ?? "GET";
    const asked = headersOf(request);
    asked.set("accept", contentTypeOf(media));
    const operation = { method, headers: asked, search, body: posted };
    const run = prepared ? (contextValue: object) => operations.execute({ ...prepared, contextValue }) : null;
    const answer = await apollo.answer(operation, await contextFor(claims, frame), frame, run);
    const headers = Object.fromEntries(answer.headers);
    // What a stranger asks by GET is the same for every stranger: a cache in front may carry the crowd.
    const shared = method === "GET" && request.headers.authorization === undefined && frame.codes.length === 0;
    const body = withCost(answer.body, frame);
    if (!shared || answer.status !== 200) return send(response, answer.status, headers, body);
    response.setHeader("cache-control", sharedCache);
    response.setHeader("vary", "Origin, Accept, Accept-Language, Authorization");
    // What is left of a share differs each time; the answer does not.
    const etag = `"${createHash("sha256").update(answer.body).digest("base64url")}"`;
    response.setHeader("etag", etag);
    const known = request.headers["if-none-match"]?.split(",").some((tag) => tag.trim() === etag);
    if (known) send(response, 304, {}, "");
    else send(response, 200, { ...headers, "cache-control": sharedCache }, body);
  }

  /**
   * An operation that will not run: Apollo is never asked. In plain JSON the request was in order, and its status says so; only
   * the newer type has a status for the operation (GraphQL over HTTP, 6.4).
   */
  function answerRefused(
    response: ServerResponse,
    errors: readonly GraphQLError[],
    { frame, media }: { frame: EdgeRequest; media: MediaName },
  ): void {
    const status =
      media === "JSON" ? 200 : Math.max(...errors.map((error) => (error instanceof EdgeError ? error.status : 400)));
    const headers = { ...json, "content-type": contentTypeOf(media) };
    send(response, status, headers, JSON.stringify(describe({ errors }, frame)));
  }

  function intakeOf(frame: EdgeRequest): Intake {
    return {
      hold: (bytes) => (frame.asker ? shares.hold(frame.asker, "bytes", bytes) : () => undefined),
      receive: async (bytes) => {
        const counting = frame.asker && (await shares.receive(frame.asker, bytes));
        if (!counting) return;
        frame.cost = counting.cost;
        counting.refuse?.();
        await turns.take(Math.ceil(bytes / bytesPerCost));
      },
    };
  }

  async function answerStream(
    { response, frame }: Exchange,
    claims: TokenClaims | null,
    operation: Awaited<ReturnType<typeof prepare>>,
  ): Promise<void> {
    let results: AsyncIterable<ExecutionResult> | ExecutionResult;
    if (!("document" in operation)) {
      // An EventSource cannot read the body of a 400; the stream itself says what is wrong.
      results = { errors: operation };
    } else {
      if (operation.kind === "subscription" && frame.asker) {
        const release = shares.hold(frame.asker, "subscriptions");
        if (response.destroyed) return release();
        response.once("close", release);
      }
      const args = { ...operation, contextValue: await contextFor(claims, frame) };
      results = await (operation.kind === "subscription"
        ? operations.subscribe(args, claims ? lifeOf(claims) : undefined)
        : operations.execute(args));
    }
    if (draining) throw new EdgeError("SHUTTING_DOWN");
    if (response.destroyed) return void (Symbol.asyncIterator in results && results[Symbol.asyncIterator]().return?.());
    const streams = Symbol.asyncIterator in results;
    const shown = Symbol.asyncIterator in results ? results : describe(results, frame);
    // Nothing was streamed yet: a client that is refused here comes back by itself.
    if (frame.unavailable)
      return send(response, 503, { ...json, "retry-after": String(retryAfterSeconds) }, JSON.stringify(shown));
    answering.set(response, "stream");
    metrics.open.inc({ transport: "sse" });
    await streamResults(response, shown, {
      pingMs: limits.socketPingMs,
      describe: (result) => (streams ? describe(result, frame) : result),
    });
  }

  async function contextFor(
    claims: TokenClaims | null,
    { requestId, languages, address }: EdgeRequest,
  ): Promise<object> {
    return options.context({ claims, requestId, languages, address });
  }

  function describe(result: ExecutionResult, request: EdgeRequest): ExecutionResult {
    const { errors, ...rest } = result;
    const { cost } = request;
    return {
      ...(errors && { errors: errors.map((error) => format(error, request)) as never }),
      ...rest,
      ...(cost && { extensions: { ...rest.extensions, cost } }),
    };
  }

  function answerError(response: ServerResponse, error: unknown, frame: EdgeRequest): void {
    const formatted = format(error, frame);
    const code = String(formatted.extensions?.code);
    const known = code in edgeErrors ? edgeErrors[code as keyof typeof edgeErrors][0] : statusOf(error);
    const status = frame.unavailable ? 503 : known;
    const headers: Record<string, string> = { ...json };
    if (status === 401) headers["www-authenticate"] = 'Bearer error="invalid_token"';
    if (code === "METHOD_NOT_ALLOWED") headers.allow = methodsOf(error).join(", ");
    if (code === "UNSUPPORTED_MEDIA_TYPE") headers["accept-post"] = "application/json";
    // A body that is still trickling in would hold the connection.
    if (code === "TIMEOUT") headers.connection = "close";
    if (status === 503) headers["retry-after"] = String(retryAfterSeconds);
    if (code === "RATE_LIMITED") headers["retry-after"] = String(formatted.extensions?.retryAfter);
    const { requestId, languages } = frame;
    const request = response.req;
    const shown =
      wantsPage(request) && options.errorPage?.({ status, message: formatted.message, requestId, languages, request });
    if (shown) send(response, status, { ...headers, ...shown.headers }, shown.body);
    else send(response, status, headers, withCost(JSON.stringify({ errors: [formatted] }), frame));
  }

  function send(response: ServerResponse, status: number, headers: Record<string, string>, body: string): void {
    if (response.headersSent || response.destroyed) return void (response.headersSent && response.end());
    const closing: Record<string, string> = draining ? { connection: "close" } : {};
    const length: Record<string, string> =
      status === 204 || status === 304 ? {} : { "content-length": String(Buffer.byteLength(body)) };
    response.writeHead(status, { ...headers, ...length, ...closing });
    // A text leaves together with the headers, in one piece.
    response.end(response.req.method === "HEAD" ? undefined : body);
  }

  function observe(route: string, response: ServerResponse, frame: EdgeRequest, transport: string, ms: number): void {
    const status = response.headersSent ? String(response.statusCode) : "aborted";
    metrics.requests.inc({ route, status });
    if (transport === "http") metrics.seconds.observe({ route }, ms / 1000);
    countErrors(frame, transport);
    const level = route === "/healthz" || route === "/readyz" || route === "/metrics" ? "debug" : "info";
    logger[level]({ ...loggable(frame), route, transport, status, ms: rounded(ms) }, "answered");
  }

  function countErrors({ codes }: EdgeRequest, transport: string): void {
    for (const code of codes) metrics.errors.inc({ code, transport });
  }

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on("error", () => {});
    if (socket.writableEnded) return void socket.destroy();
    if (!wantsWebSocket(request)) return void handle(...asPlainRequest(request, socket as Socket, head));
    void openSocket(request, socket, head);
  }

  /** A socket is its address's until its token convinces. */
  async function openSocket(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const frame = frameOf(request);
    try {
      if (draining) throw new EdgeError("SHUTTING_DOWN");
      await admit(frame, null);
      if (splitUrl(request.url)[0] !== "/graphql") throw new EdgeError("NOT_FOUND");
      const release = shares.hold(askerOf(null, frame.address), "sockets");
      if (socket.destroyed || draining) {
        release();
        socket.destroy();
        return;
      }
      socket.once("close", release);
      sockets.upgrade(request, socket, head, { address: frame.address, release });
    } catch (error) {
      refuseSocket(socket, error, frame);
    }
  }

  function refuseSocket(socket: Duplex, error: unknown, frame: EdgeRequest, headers: readonly string[] = []): void {
    const formatted = format(error, frame);
    countErrors(frame, "websocket");
    const body = withCost(JSON.stringify({ errors: [formatted] }), frame);
    const retryAfter = formatted.extensions?.retryAfter as number | undefined;
    endRaw(socket, { status: statusOf(error), requestId: frame.requestId, body, retryAfter, headers });
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

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly path: string;
  readonly search: string;
  readonly frame: EdgeRequest;
}

// Metrics are labelled by these; any other path is "other", or a scanner would fill the registry.
const knownRoutes = new Set(["/graphql", "/graphql/stream", "/healthz", "/readyz", "/metrics"]);
/** Machines ask these and act on a late answer. They cost next to nothing, so they wait for no turn. */
const probes = new Set(["/healthz", "/readyz", "/metrics"]);
/** The cost of any question before its content is known: forty of them fit into one turn. */
const askingCost = 50;
/** Public totals change at most once a second; an old answer may be shown while a new one is fetched. */
const sharedCache = "public, max-age=1, stale-while-revalidate=30";
const text = { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" };
const json = { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" };

const useAStream = "Subscriptions are answered over WebSocket or text/event-stream.";

const graphqlMethods = ["GET", "POST", "OPTIONS"];
const probeMethods = ["GET", "HEAD", "OPTIONS"];

function checkMethod({ method = "" }: IncomingMessage, allow: readonly string[]): void {
  if (!allow.includes(method)) throw new EdgeError("METHOD_NOT_ALLOWED", { allow });
}

/** The methods that would have been answered, as a 405 must name them. */
function methodsOf(error: unknown): readonly string[] {
  const allow = error instanceof GraphQLError ? error.extensions.allow : undefined;
  return Array.isArray(allow) ? allow : graphqlMethods;
}

/** A browser that is shown what it asked for, and not one of our programs' addresses. */
function wantsPage({ url, headers }: IncomingMessage): boolean {
  return !knownRoutes.has(splitUrl(url)[0]) && /\btext\/html\b/.test(headers.accept ?? "");
}

/** What may be done at an address of a program; a page's own methods are the page's to know. */
function allowOf(path: string): Record<string, string> {
  if (!knownRoutes.has(path)) return {};
  return { allow: (probes.has(path) ? probeMethods : graphqlMethods).join(", ") };
}

function splitUrl(url = "/"): [path: string, search: string] {
  const at = url.indexOf("?");
  return at < 0 ? [url, ""] : [url.slice(0, at), url.slice(at)];
}

function headersOf(request: IncomingMessage): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  return headers;
}

const badGreeting = { message: "This is no greeting of a WebSocket.", zh: "这不是有效的 WebSocket 握手请求。" };

function malformed(): never {
  throw new EdgeError("INVALID_INPUT", { message: "A request has a `query`." });
}

function inUrl(search: string): OperationParams {
  const params = new URLSearchParams(search);
  const variables = params.get("variables");
  try {
    return {
      query: params.get("query"),
      operationName: params.get("operationName"),
      variables: variables ? JSON.parse(variables) : undefined,
    };
  } catch {
    throw new EdgeError("INVALID_JSON", { message: "`variables` is not JSON." });
  }
}

/** An answer that is written already, with what it cost behind it. */
function withCost(answer: string, { cost }: EdgeRequest): string {
  const end = answer.lastIndexOf("}");
  return cost && end > 0 ? `${answer.slice(0, end)},"extensions":${JSON.stringify({ cost })}}` : answer;
}

function loggable({ requestId, operationName, operation, codes }: EdgeRequest) {
  return { requestId, operationName, operation, ...(codes.length > 0 && { codes: [...new Set(codes)] }) };
}

function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}
