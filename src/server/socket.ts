import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { ExecutionResult, GraphQLError } from "graphql";
import { CloseCode, handleProtocols, makeServer, type Context as SocketContext } from "graphql-ws";
import { uuidv7 } from "uuidv7";
import { type WebSocket, WebSocketServer } from "ws";
import { cause, EdgeError, type EdgeRequest } from "./errors";
import type { Identity, TokenClaims } from "./identity";
import type { Limits } from "./limits";
import { asGraphQLError, type Operations } from "./operations";
import { patiently } from "./shutdown";

interface SocketOptions {
  readonly limits: Limits;
  readonly operations: Operations;
  readonly identity: Identity;
  context(claims: TokenClaims | null, request: EdgeRequest): Promise<object>;
  /** Formats the errors of a result and keeps their codes in the request. */
  describe(result: ExecutionResult, request: EdgeRequest): ExecutionResult;
  started(): void;
  finished(request: EdgeRequest, milliseconds: number): void;
  ended(): void;
  fault(error: unknown): void;
}

interface Running {
  readonly request: EdgeRequest;
  readonly startedAt: number;
}

interface Extra {
  readonly socket: WebSocket;
  readonly upgrade: IncomingMessage;
  readonly running: Map<string, Running>;
}

type Connection = SocketContext<Record<string, unknown>, Extra>;

/** GraphQL over WebSocket (graphql-transport-ws), with the token in `connectionParams.authorization` or the header. */
export function createSockets(options: SocketOptions) {
  const { limits, operations, identity, context, describe } = options;
  const lifetimes = new WeakMap<object, number>();
  let draining = false;
  const server = makeServer<Record<string, unknown>, Extra>({
    connectionInitWaitTimeout: limits.socketInitMs,
    async onConnect(connection) {
      try {
        await identity.verify(authorizationOf(connection));
      } catch (error) {
        connection.extra.socket.close(...closing(error));
        return false;
      }
    },
    async onSubscribe(connection, id, payload) {
      const request: EdgeRequest = { requestId: uuidv7(), languages: languagesOf(connection), codes: [] };
      connection.extra.running.set(id, { request, startedAt: performance.now() });
      try {
        if (draining) throw new EdgeError("SHUTTING_DOWN");
        if (Object.keys(connection.subscriptions).length > limits.operationsPerSocket) {
          throw new EdgeError("TOO_MANY_OPERATIONS", { limit: limits.operationsPerSocket });
        }
        // Asked again for each operation: a connection outlives its token.
        const claims = await identity.verify(authorizationOf(connection));
        const operation = operations.prepare(payload, request);
        if (!("document" in operation)) return operation;
        const args = { ...operation, contextValue: await context(claims, request) };
        if (claims) lifetimes.set(args, identity.remainingMs(claims));
        return args;
      } catch (error) {
        return [asGraphQLError(error)];
      }
    },
    execute: (args) => operations.execute(args),
    subscribe: (args) => operations.subscribe(args, lifetimes.get(args)),
    onNext: ({ extra }, id, _payload, _args, result) => describe(result, requestOf(extra, id)) as never,
    onError: ({ extra }, id, _payload, errors) => {
      const request = requestOf(extra, id);
      const described = describe({ errors: errors as GraphQLError[] }, request).errors;
      finish(extra, id);
      return described;
    },
    onComplete: ({ extra }, id) => finish(extra, id),
  });

  function finish(extra: Extra, id: string): void {
    const run = extra.running.get(id);
    if (!run || !extra.running.delete(id)) return;
    options.finished(run.request, performance.now() - run.startedAt);
    if (!isAnswering()) for (const tell of quiet.splice(0)) tell();
  }

  const quiet: (() => void)[] = [];
  const connected = new Set<Extra>();
  /** Whether a query or mutation still waits for its answer; a subscription has no end of its own. */
  function isAnswering(): boolean {
    for (const { running } of connected)
      for (const { request } of running.values()) if (request.operation !== "subscription") return true;
    return false;
  }

  const sockets = new WebSocketServer({ noServer: true, maxPayload: limits.socketPayloadBytes, handleProtocols });
  sockets.on("connection", (socket: WebSocket, upgrade: IncomingMessage) => {
    const extra: Extra = { socket, upgrade, running: new Map() };
    const closed = server.opened(
      {
        protocol: socket.protocol,
        send: (text) =>
          new Promise((resolve) => {
            // A client that left is no error; its "close" event cleans up.
            if (socket.readyState === socket.OPEN) socket.send(text, () => resolve());
            else resolve();
          }),
        close: (code, reason) => socket.close(code, reason),
        onMessage: (read) =>
          socket.on("message", async (data) => {
            try {
              await read(String(data));
            } catch (error) {
              options.fault(error);
              socket.close(CloseCode.InternalServerError, "INTERNAL");
            }
          }),
      },
      extra,
    );
    options.started();
    connected.add(extra);
    const stopPinging = keepAlive(socket, limits.socketPingMs);
    // Too large a message, a broken frame: ws closes with the right code by itself.
    socket.on("error", () => {});
    socket.once("close", (code, reason) => {
      stopPinging();
      connected.delete(extra);
      options.ended();
      for (const id of [...extra.running.keys()]) finish(extra, id);
      Promise.resolve(closed(code, String(reason))).catch(options.fault);
    });
  });

  return {
    upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
      sockets.handleUpgrade(request, socket, head, (client) => sockets.emit("connection", client, request));
    },
    /** Answers what is asked already, says goodbye to every client, and hangs up on those that are not gone in time. */
    async close(patienceMs: number): Promise<void> {
      draining = true;
      if (isAnswering()) await patiently(new Promise<void>((tell) => quiet.push(tell)), patienceMs / 2);
      const clients = [...sockets.clients];
      const gone = clients.map((client) => new Promise((resolve) => client.once("close", resolve)));
      for (const client of clients) client.close(1001, "Going away");
      const timer = setTimeout(() => {
        for (const client of clients) client.terminate();
      }, patienceMs / 2);
      await Promise.all(gone);
      clearTimeout(timer);
      sockets.close();
    },
  };
}

function keepAlive(socket: WebSocket, pingMs: number): () => void {
  let alive = true;
  socket.on("pong", () => {
    alive = true;
  });
  const timer = setInterval(() => {
    if (!alive) return socket.terminate();
    alive = false;
    socket.ping();
  }, pingMs);
  return () => clearInterval(timer);
}

function authorizationOf({ connectionParams, extra }: Connection): string | undefined {
  const given = connectionParams?.authorization ?? connectionParams?.Authorization;
  if (given === undefined || given === null) return extra.upgrade.headers.authorization;
  if (typeof given !== "string") throw new EdgeError("UNAUTHENTICATED");
  return given;
}

function languagesOf({ connectionParams, extra }: Connection): string {
  const given = connectionParams?.["accept-language"];
  return typeof given === "string" ? given.slice(0, 256) : (extra.upgrade.headers["accept-language"] ?? "");
}

function requestOf(extra: Extra, id: string): EdgeRequest {
  return extra.running.get(id)?.request ?? { requestId: uuidv7(), languages: "", codes: [] };
}

/** 4401 tells graphql-ws clients not to try again with the same token; the reason is the code. */
function closing(error: unknown): [code: number, reason: string] {
  const refusal = cause(error);
  if (!(refusal instanceof EdgeError)) return [CloseCode.InternalServerError, "INTERNAL"];
  return [refusal.status === 401 ? CloseCode.Unauthorized : 1013, refusal.code];
}
