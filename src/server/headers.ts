import type { IncomingMessage } from "node:http";
import { uuidv7 } from "uuidv7";
import { loggableId } from "./log";

/** The client's own request id, where it is one we would print, and is no number that may be a person's; else a new one. */
export function requestIdOf(request: IncomingMessage): string {
  return loggableId(request.headers["x-request-id"]) ?? uuidv7();
}

/** What every answer carries. An origin outside the list gets no CORS header, so its browser keeps the answer. */
export function commonHeaders(request: IncomingMessage, common: CommonHeaders): Record<string, string> {
  const headers: Record<string, string> = {
    "x-request-id": common.requestId,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    vary: "Origin, Accept-Language",
  };
  // A browser that came here by https once never comes by http again, whatever a network in between makes of the address.
  if (common.secure) headers["strict-transport-security"] = "max-age=31536000";
  const origin = request.headers.origin;
  if (!origin || !common.corsOrigins.includes(origin)) return headers;
  headers["access-control-allow-origin"] = origin;
  headers["access-control-expose-headers"] = "x-request-id, retry-after";
  if (request.method !== "OPTIONS") return headers;
  headers["access-control-allow-methods"] = "GET, POST, OPTIONS";
  headers["access-control-allow-headers"] = allowedHeaders;
  headers["access-control-max-age"] = "600";
  return headers;
}

interface CommonHeaders {
  readonly requestId: string;
  readonly corsOrigins: readonly string[];
  /** Whether people reach us by https. */
  readonly secure: boolean;
}

const allowedHeaders =
  "authorization, content-type, accept-language, x-request-id, apollo-require-preflight, x-apollo-operation-name";
