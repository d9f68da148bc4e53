import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { loggableId } from "./log";

/** The client's own request id, where it is one we would print, and is no number that may be a person's; else a new one. */
export function requestIdOf(request: IncomingMessage): string {
  return loggableId(request.headers["x-request-id"]) ?? newUuid();
}

/** A UUIDv7, so that ids stand in the order of time. Node draws the random part of many UUIDs at once. */
export function newUuid(): string {
  const now = Date.now();
  if (now !== stamped.at) {
    const hex = now.toString(16).padStart(12, "0");
    stamped = { at: now, text: `${hex.slice(0, 8)}-${hex.slice(8)}-7` };
  }
  // Behind the version of a random UUID.
  return stamped.text + randomUUID().slice(15);
}

/** The millisecond of the latest id as it begins its ids: many are made within one. */
let stamped = { at: -1, text: "" };

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
