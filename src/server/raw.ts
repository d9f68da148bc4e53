import http, { type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { type EdgeCode, edgeErrors, edgeTexts } from "./errors";
import { newUuid } from "./headers";

interface RawAnswer {
  readonly status: number;
  readonly requestId: string;
  readonly body: string;
  readonly retryAfter?: number;
  /** More lines of its head. */
  readonly headers?: readonly string[];
}

/** Answers on a connection that has no response of its own, and hangs up. */
export function endRaw(socket: Duplex, { status, requestId, body, retryAfter, headers = [] }: RawAnswer): void {
  const head = [
    `HTTP/1.1 ${status} ${http.STATUS_CODES[status]}`,
    "connection: close",
    "content-type: application/json; charset=utf-8",
    "cache-control: no-store",
    `content-length: ${Buffer.byteLength(body)}`,
    `x-request-id: ${requestId}`,
    ...(retryAfter ? [`retry-after: ${retryAfter}`] : []),
    ...headers,
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`, () => socket.destroy());
}

/** Before any header is read nobody knows which language is wanted: both are written. */
export function endUnread(socket: Duplex, code: EdgeCode, facts: Facts = {}): void {
  const { status = edgeErrors[code][0], en, zh, ...extensions } = facts;
  const requestId = newUuid();
  const texts = edgeTexts(code, { en, zh }, extensions);
  const errors = [{ message: `${texts.en} ${texts.zh}`, extensions: { code, ...extensions, requestId } }];
  endRaw(socket, { status, requestId, body: JSON.stringify({ errors }), retryAfter: extensions.retryAfter });
}

interface Facts {
  readonly status?: number;
  readonly en?: string;
  readonly zh?: string;
  readonly retryAfter?: number;
  readonly [fact: string]: unknown;
}

/** What is not even HTTP, or too slow or too large in its headers, is refused in our own words. */
export function refuseBrokenRequest(error: NodeJS.ErrnoException, socket: Duplex): void {
  const answered = (socket as Socket & { _httpMessage?: ServerResponse })._httpMessage?.headersSent;
  // With an answer already under way on this connection, another head in the middle would only confuse the client.
  if (error.code === "ECONNRESET" || !socket.writable || answered) socket.destroy();
  else if (error.code === "HPE_HEADER_OVERFLOW") endUnread(socket, "REQUEST_TOO_LARGE", largeHeaders);
  else if (error.code === "ERR_HTTP_REQUEST_TIMEOUT") endUnread(socket, "TIMEOUT", { status: 408 });
  else endUnread(socket, "INVALID_INPUT");
}

const largeHeaders = {
  status: 431,
  en: "The address and the headers are larger than we accept.",
  zh: "请求地址与请求头超过允许的大小。",
  limit: http.maxHeaderSize,
};
