import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { Admission } from "./admission";
import { EdgeError, type EdgeRequest, type Formatter, statusOf } from "./errors";
import { splitUrl } from "./exchange";
import { endRaw } from "./raw";
import { withCost } from "./sending";
import { askerOf, type Shares } from "./shares";
import type { Sockets } from "./socket";
import { asPlainRequest, wantsWebSocket } from "./upgrade";

interface UpgradesOptions {
  readonly admission: Admission;
  readonly shares: Shares;
  readonly format: Formatter;
  isDraining(): boolean;
  /** Answers a request whose offer of another protocol is passed over. */
  handle(...plain: ReturnType<typeof asPlainRequest>): void;
  /** Counts the errors of a greeting that is refused. */
  refused(frame: EdgeRequest): void;
}

const badGreeting = { message: "This is no greeting of a WebSocket.", zh: "这不是有效的 WebSocket 握手请求。" };

/** Connections that go on as WebSockets, and how those are refused that may not. */
export function createUpgrades(options: UpgradesOptions) {
  const { admission, shares, format, isDraining } = options;

  function refuse(socket: Duplex, error: unknown, frame: EdgeRequest, headers: readonly string[] = []): void {
    const formatted = format(error, frame);
    options.refused(frame);
    const body = withCost(JSON.stringify({ errors: [formatted] }), frame);
    const retryAfter = formatted.extensions?.retryAfter as number | undefined;
    endRaw(socket, { status: statusOf(error), requestId: frame.requestId, body, retryAfter, headers });
  }

  /** A socket is its address's until its token convinces. */
  async function open(sockets: Sockets, request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const frame = admission.frameOf(request);
    try {
      if (isDraining()) throw new EdgeError("SHUTTING_DOWN");
      await admission.admit(frame, null);
      if (splitUrl(request.url)[0] !== "/graphql") throw new EdgeError("NOT_FOUND");
      const release = shares.hold(askerOf(null, frame.address), "sockets");
      if (socket.destroyed || isDraining()) {
        release();
        socket.destroy();
        return;
      }
      socket.once("close", release);
      sockets.upgrade(request, socket, head, { address: frame.address, release });
    } catch (error) {
      refuse(socket, error, frame);
    }
  }

  return {
    /** The greeting itself is wrong; a client of another version is told ours (RFC 6455 §4.4). */
    refuseGreeting(request: IncomingMessage, socket: Duplex): void {
      const isOurs = request.headers["sec-websocket-version"] === "13";
      const error = isOurs ? new EdgeError("INVALID_INPUT", badGreeting) : new EdgeError("UPGRADE_REQUIRED");
      refuse(socket, error, admission.frameOf(request), isOurs ? [] : ["sec-websocket-version: 13"]);
    },

    to(sockets: Sockets) {
      return (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
        socket.on("error", () => {});
        if (socket.writableEnded) return void socket.destroy();
        if (wantsWebSocket(request)) void open(sockets, request, socket, head);
        else options.handle(...asPlainRequest(request, socket as Socket, head));
      };
    },
  };
}
