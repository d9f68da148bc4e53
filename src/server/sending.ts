import { transcode } from "node:buffer";
import type { ExecutionResult } from "graphql";
import { GraphQLError } from "graphql";
import { EdgeError, type EdgeRequest, edgeErrors, type Formatter, retryAfterSeconds, statusOf } from "./errors";
import { type Exchange, wantsPage } from "./exchange";
import type { EdgeOptions } from "./options";

export const json = { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" };
export const text = { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" };

interface SendingOptions extends Pick<EdgeOptions, "errorPage"> {
  readonly format: Formatter;
  /** Whether the server is shutting down: then each answer ends its connection. */
  isDraining(): boolean;
}

/** How answers and errors are written, whatever they are about. */
export function createSending({ format, errorPage, isDraining }: SendingOptions) {
  function send({ response, headers }: Exchange, status: number, more: Record<string, string>, body: string): void {
    if (response.headersSent || response.destroyed) return void (response.headersSent && response.end());
    const all: Record<string, string> = Object.assign(headers, more);
    const sent = body.length < longText ? body : bytesOf(body);
    if (status !== 204 && status !== 304) all["content-length"] = String(Buffer.byteLength(sent));
    if (isDraining()) all.connection = "close";
    response.writeHead(status, all);
    // It leaves together with the headers, in one piece.
    response.end(response.req.method === "HEAD" ? undefined : sent);
  }

  function sendError(exchange: Exchange, error: unknown): void {
    const { request, frame } = exchange;
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
    const page =
      wantsPage(request) && errorPage?.({ status, message: formatted.message, requestId, languages, request });
    if (page) send(exchange, status, { ...headers, ...page.headers }, page.body);
    else send(exchange, status, headers, withCost(JSON.stringify({ errors: [formatted] }), frame));
  }

  /** A result with its errors formatted, and with what it cost. */
  function describe({ errors, ...rest }: ExecutionResult, frame: EdgeRequest): ExecutionResult {
    const { cost } = frame;
    return {
      // A cast: graphql-js has another type for a result whose errors are formatted, and they are only written out from here on.
      ...(errors && { errors: errors.map((error) => format(error, frame)) as unknown as GraphQLError[] }),
      ...rest,
      ...(cost && { extensions: { ...rest.extensions, cost } }),
    };
  }

  return { send, sendError, describe };
}

/** Characters from which on it pays to make the bytes of a text ourselves. */
const longText = 2_048;

/**
 * A text in UTF-8. By way of UTF-16 it takes half the time: where a text has one sign beyond Latin-1, Node looks at each character
 * by itself, once for the length and once for the bytes.
 */
function bytesOf(text: string): Uint8Array {
  try {
    return transcode(Buffer.from(text, "utf16le"), "utf16le", "utf8");
  } catch {
    // Half of a pair, which no text of ours should hold, stops that way. Node writes a sign in its place.
    return Buffer.from(text);
  }
}

export type Sending = ReturnType<typeof createSending>;

export const graphqlMethods = ["GET", "POST", "OPTIONS"];

/** The methods that would have been answered, as a 405 must name them. */
function methodsOf(error: unknown): readonly string[] {
  const allow = error instanceof GraphQLError ? error.extensions.allow : undefined;
  return Array.isArray(allow) ? allow : graphqlMethods;
}

export function checkMethod({ request: { method = "" } }: Exchange, allow: readonly string[]): void {
  if (!allow.includes(method)) throw new EdgeError("METHOD_NOT_ALLOWED", { allow });
}

/** An answer that is written already, with what it cost behind it. */
export function withCost(answer: string, { cost }: EdgeRequest): string {
  const end = answer.lastIndexOf("}");
  return cost && end > 0 ? `${answer.slice(0, end)},"extensions":${JSON.stringify({ cost })}}` : answer;
}
