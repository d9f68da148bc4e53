import type { ServerResponse } from "node:http";
import type { Logger } from "pino";
import type { EdgeRequest } from "./errors";
import { probes } from "./exchange";
import type { Metrics } from "./metrics";

type Transport = "http" | "sse" | "websocket";

/** What is logged and counted of each answer: its id, route, operation's name, status, duration and error codes. */
export function createWatching(logger: Logger, metrics: Metrics) {
  // These lines have none of the fields that are left out elsewhere, and to look for them costs as much as the line.
  const lines = logger.child({}, { redact: [] });

  function countErrors({ codes }: EdgeRequest, transport: Transport): void {
    for (const code of codes) metrics.errors.inc({ code, transport });
  }

  return {
    countErrors,

    /** A response was closed, answered or not. */
    answered(
      response: ServerResponse,
      { route, frame, transport, ms }: { route: string; frame: EdgeRequest; transport: Transport; ms: number },
    ): void {
      const status = response.headersSent ? String(response.statusCode) : "aborted";
      metrics.requests.inc({ route, status });
      if (transport === "http") metrics.seconds.observe({ route }, ms / 1000);
      countErrors(frame, transport);
      const level = probes.has(route) ? "debug" : "info";
      lines[level]({ ...loggable(frame), route, transport, status, ms: rounded(ms) }, "answered");
    },

    /** An operation of a socket has ended. */
    finished(frame: EdgeRequest, ms: number): void {
      countErrors(frame, "websocket");
      lines.info({ ...loggable(frame), transport: "websocket", ms: rounded(ms) }, "answered");
    },
  };
}

function loggable({ requestId, operationName, operation, codes }: EdgeRequest) {
  return { requestId, operationName, operation, ...(codes.length > 0 && { codes: [...new Set(codes)] }) };
}

function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}
