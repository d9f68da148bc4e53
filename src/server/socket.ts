import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { ExecutionResult, GraphQLError } from "graphql";
import { CloseCode, handleProtocols, MessageType, makeServer, type Context as SocketContext } from "graphql-ws";
import { type WebSocket, WebSocketServer } from "ws";
import type { Soon } from "../domain/kit/soon";
import { checkShape } from "./body";
import { cause, EdgeError, type EdgeRequest } from "./errors";
import { newUuid } from "./headers";
import type { Identity, TokenClaims } from "./identity";
import type { Limits } from "./limits";
import {
  asGraphQLError,
  checkHeld,
  type Life,
  type OperationParams,
  type Operations,
  type Prepared,
} from "./operations";
import { askerOf, type Shares } from "./shares";
import { patiently } from "./shutdown";

export interface SocketOptions {
  readonly limits: Limits;
  readonly operations: Operations;
  readonly identity: Identity;
  context(claims: TokenClaims | null, request: EdgeRequest): Soon<object>;
  readonly shares: Shares;
  /** Counts a request and tells who asks. */
  enter(request: EdgeRequest, authorization: string | undefined): Soon<TokenClaims | null>;
  /** How long a token that convinced may be used to listen. */
  lifeOf(claims: TokenClaims): Life;
  /** Resolves in the turn in which a message may be read. */
  turn(): Promise<void> | void;
  /** Reads an operation in its turn, and counts its cost. */
  prepare(params: OperationParams, request: EdgeRequest): Promise<Prepared | readonly GraphQLError[]>;
  /** Formats the errors of a result and keeps their codes in the request. */
  describe(result: ExecutionResult, request: EdgeRequest): ExecutionResult;
  /** Answers a greeting that is none of this protocol's. */
  refused(request: IncomingMessage, socket: Duplex): void;
  started(): void;
  finished(request: EdgeRequest, milliseconds: number): void;
  ended(): void;
  fault(error: unknown): void;
}

interface Running {
  readonly request: EdgeRequest;
  readonly startedAt: number;
  /** Gives a subscription's place back. */
  release?: () => void;
}

/** Where a socket comes from, and what gives its place back. */
interface Place {
  readonly address: string;
  release: () => void;
}

interface Extra {
  readonly socket: WebSocket;
  readonly upgrade: IncomingMessage;
  readonly place: Place;
  /** The key by which its messages are counted. */
  readonly key: string;
  /** How often it asked for more than a share. */
  refusals: number;
  readonly running: Map<string, Running>;
}

type Connection = SocketContext<Record<string, unknown>, Extra>;

/** GraphQL over WebSocket (graphql-transport-ws), with the token in `connectionParams.authorization` or the header. */
export function createSockets(options: SocketOptions) {
  const { limits, operations, identity, shares, context, describe } = options;
  const lives = new WeakMap<object, Life>();
  let draining = false;
  const server = makeServer<Record<string, unknown>, Extra>({
    connectionInitWaitTimeout: limits.socketInitMs,
    async onConnect(connection) {
      try {
        const claims = await identity.verify(authorizationOf(connection));
        if (claims) takePlaceOf(claims, connection.extra);
        return true;
      } catch (error) {
        const request = requestFrom(connection.extra, "");
        describe({ errors: [asGraphQLError(error)] }, request);
        connection.extra.socket.close(...closing(error, request));
        return false;
      }
    },
    async onSubscribe(connection, id, payload) {
      const { extra } = connection;
      const request = requestFrom(extra, languagesOf(connection));
      const run: Running = { request, startedAt: performance.now() };
      extra.running.set(id, run);
      try {
        if (id.length > idCharactersMax) {
          extra.socket.close(CloseCode.BadRequest, "INVALID_INPUT");
          throw new EdgeError("INVALID_INPUT");
        }
        if (draining) throw new EdgeError("SHUTTING_DOWN");
        if (Object.keys(connection.subscriptions).length > limits.operationsPerSocket) {
          throw new EdgeError("TOO_MANY_OPERATIONS", { limit: limits.operationsPerSocket });
        }
        // Asked again for each operation: a connection outlives its token.
        const claims = await options.enter(request, authorizationOf(connection));
        const operation = await options.prepare(payload, request);
        if (!("document" in operation)) return operation;
        if (operation.kind === "subscription") checkHeld(operation, limits);
        if (operation.kind === "subscription" && request.asker && extra.running.get(id) === run) {
          run.release = shares.hold(request.asker, "subscriptions");
        }
        const args = { ...operation, contextValue: await context(claims, request) };
        if (claims) lives.set(args, options.lifeOf(claims));
        return args;
      } catch (error) {
        const refusal = cause(error);
        if (refusal instanceof EdgeError && refusal.code === "RATE_LIMITED") closeAfterRefusals(extra);
        return [asGraphQLError(error)];
      }
    },
    execute: (args) => operations.execute(args as Prepared),
    subscribe: (args) => operations.subscribe(args, lives.get(args)),
    onNext: ({ extra }, id, _payload, _args, result) => describe(result, requestOf(extra, id)),
    onError: ({ extra }, id, _payload, errors) => {
      const request = requestOf(extra, id);
      const { errors: described = [], extensions } = describe({ errors: errors as GraphQLError[] }, request);
      finish(extra, id);
      // A message of this type has no place for it but the errors themselves.
      return described.map((error) => ({ ...error, extensions: { ...error.extensions, ...extensions } }));
    },
    onComplete: ({ extra }, id) => finish(extra, id),
  });

  function finish(extra: Extra, id: string): void {
    const run = extra.running.get(id);
    if (!run || !extra.running.delete(id)) return;
    run.release?.();
    options.finished(run.request, performance.now() - run.startedAt);
    if (!isAnswering()) for (const tell of quiet.splice(0)) tell();
  }

  /** A person who signed in holds a place of their own, and gives the address's place back. */
  function takePlaceOf({ subject }: TokenClaims, { place, socket }: Extra): void {
    const own = shares.hold(askerOf(subject, place.address), "sockets");
    place.release();
    place.release = own;
    if (socket.readyState !== socket.OPEN) own();
  }

  /** A client that goes on asking is hung up on, once it was told often enough why. */
  function closeAfterRefusals(extra: Extra): void {
    extra.refusals += 1;
    if (extra.refusals === limits.socketRefusals) setImmediate(() => extra.socket.close(rateLimited, "RATE_LIMITED"));
  }

  const quiet: (() => void)[] = [];
  const connected = new Set<Extra>();
  /** Whether a query or mutation still waits for its answer; a subscription has no end of its own. */
  function isAnswering(): boolean {
    for (const { running } of connected)
      for (const { request } of running.values()) if (request.operation !== "subscription") return true;
    return false;
  }

  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: limits.socketPayloadBytes,
    // ws holds each piece by itself until its message is whole.
    maxFragments: piecesMax,
    handleProtocols,
  });
  // Without a listener ws would answer in words that have no code.
  sockets.on("wsClientError", (_error, socket, request) => options.refused(request, socket));
  sockets.on("connection", (socket: WebSocket, upgrade: IncomingMessage, place: Place) => {
    const extra: Extra = { socket, upgrade, place, key: newUuid(), refusals: 0, running: new Map() };
    let turn: Promise<void> = Promise.resolve();
    let waiting = 0;
    const hear = async (text: string, read: (text: string) => Promise<void>) => {
      try {
        await read(text);
      } catch (error) {
        // The library's word for a message that only a server sends.
        if (/^Unexpected message of type/.test(String((error as Error).message))) {
          return socket.close(CloseCode.BadRequest, "INVALID_INPUT");
        }
        fail(error);
      }
    };
    const fail = (error: unknown) => {
      options.fault(error);
      socket.close(CloseCode.InternalServerError, "INTERNAL");
    };
    /** The part of a message that is read, which alone is kept: the library holds it for as long as an operation runs. */
    const taken = async (data: Buffer): Promise<string | null> => {
      // What came before the goodbye is not read any more.
      if (extra.refusals >= limits.socketRefusals || socket.readyState !== socket.OPEN) return null;
      const received = await shares.receive(askerOf(null, place.address), data.length);
      if (received?.refuse || !shares.hears(extra.key)) {
        socket.close(rateLimited, "RATE_LIMITED");
        return null;
      }
      const text = String(data);
      if (data.length <= smallMessageBytes) return text;
      try {
        checkShape(text, limits);
      } catch {
        socket.close(CloseCode.BadRequest, "INVALID_INPUT");
        return null;
      }
      return essential(text);
    };
    // What a client does not take we would have to keep.
    const hangUpIfSlow = () => {
      if (socket.bufferedAmount > limits.socketBufferBytes) socket.terminate();
    };
    socket.on("ping", hangUpIfSlow);
    const send = (text: string) =>
      new Promise<void>((resolve) => {
        // A client that left is no error; its "close" event cleans up.
        if (socket.readyState === socket.OPEN) socket.send(text, () => resolve());
        else resolve();
        hangUpIfSlow();
      });
    const closed = server.opened(
      {
        protocol: socket.protocol,
        send,
        // A reason that repeats the client's own id may be longer than the protocol allows.
        close: (code, reason) => socket.close(code, code === CloseCode.SubscriberAlreadyExists ? "" : reason),
        // What a ping carries is not sent back: it may be large.
        onPing: () => send(pong),
        // One message a turn of the loop: a hundred that come at once do not hold up the requests beside them.
        onMessage: (read) =>
          socket.on("message", (data) => {
            waiting += 1;
            if (waiting > waitingMax) socket.pause();
            turn = turn
              .then(nextTurn)
              .then(() => options.turn())
              .then(() => taken(data as Buffer))
              .then((text) => {
                if (text !== null) void hear(text, read);
              }, fail)
              .then(() => {
                waiting -= 1;
                if (waiting === 0) socket.resume();
              });
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
      place.release();
      options.ended();
      for (const id of [...extra.running.keys()]) finish(extra, id);
      Promise.resolve(closed(code, String(reason))).catch(options.fault);
    });
  });

  return {
    upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, place: Place): void {
      sockets.handleUpgrade(request, socket, head, (client) => sockets.emit("connection", client, request, place));
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

export type Sockets = ReturnType<typeof createSockets>;

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
  const authorization = connectionParams?.authorization ?? connectionParams?.Authorization;
  if (authorization === undefined || authorization === null) return extra.upgrade.headers.authorization;
  if (typeof authorization !== "string" || authorization.length > authorizationCharactersMax)
    throw new EdgeError("UNAUTHENTICATED");
  return authorization;
}

function languagesOf({ connectionParams, extra }: Connection): string {
  const language = connectionParams?.["accept-language"];
  return typeof language === "string" ? language.slice(0, 256) : (extra.upgrade.headers["accept-language"] ?? "");
}

function requestOf(extra: Extra, id: string): EdgeRequest {
  return extra.running.get(id)?.request ?? requestFrom(extra, "");
}

function requestFrom({ place }: Extra, languages: string): EdgeRequest {
  return { requestId: newUuid(), languages, address: place.address, codes: [] };
}

/** Of a large message, the fields that mean something: the rest would be held with them. What is no object is left to the library. */
function essential(text: string): string {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return text.slice(0, smallMessageBytes);
  }
  const { type, id, payload } = pick(message, ["type", "id", "payload"]);
  const fields: Record<string, readonly string[]> = {
    [MessageType.Subscribe]: ["query", "operationName", "variables"],
    [MessageType.ConnectionInit]: ["authorization", "Authorization", "accept-language"],
  };
  const kept = pick(payload, fields[String(type)] ?? []);
  // A socket keeps what it begins with for its life. A token that is too long closes it; languages are cut.
  const language = kept["accept-language"];
  if (type === MessageType.ConnectionInit && language !== undefined)
    kept["accept-language"] = String(language).slice(0, 256);
  return JSON.stringify({ type, id, payload: kept });
}

function pick(value: unknown, names: readonly string[]): Record<string, unknown> {
  if (typeof value !== "object" || value === null) return {};
  const entries = Object.entries(value).filter(([name]) => names.includes(name));
  return Object.fromEntries(entries);
}

/** Below it a message is passed on as it came. */
const smallMessageBytes = 2_048;
const pong = JSON.stringify({ type: MessageType.Pong });
const idCharactersMax = 128;
/** The most pieces in which one message may come. */
const piecesMax = 1_000;
/** Messages of one socket that wait for their turn; then no more are taken from the line. */
const waitingMax = 10;
const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));
/** As much as all headers of a request together. */
const authorizationCharactersMax = 16_384;
const rateLimited = 4429;
const tryAgainLater = 1013;

/** 4401 tells graphql-ws clients not to try again with the same token; the reason is the code. */
function closing(error: unknown, { unavailable, codes }: EdgeRequest): [code: number, reason: string] {
  const refusal = cause(error);
  if (unavailable) return [tryAgainLater, codes[0] ?? ""];
  if (!(refusal instanceof EdgeError)) return [CloseCode.InternalServerError, "INTERNAL"];
  const closings: Record<number, number> = { 401: CloseCode.Unauthorized, 429: rateLimited };
  return [closings[refusal.status] ?? tryAgainLater, refusal.code];
}
