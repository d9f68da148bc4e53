import type { ServerResponse } from "node:http";
import type { Logger } from "pino";
import type { EdgeRequest } from "./errors";
import { probes } from "./exchange";
import type { Metrics } from "./metrics";

type Transport = "http" | "sse" | "websocket";

/** What is the same of most answers: the labels by which they are counted, and the log that begins each line with them. */
interface Kind {
  readonly counted: { readonly route: string; readonly status: string };
  readonly timed: { readonly route: string } | null;
  readonly lines: Logger;
  readonly level: "debug" | "info";
}

/** What is logged and counted of each answer: its id, route, operation's name, status, duration and error codes. */
export function createWatching(logger: Logger, metrics: Metrics) {
  // These lines have none of the fields that are left out elsewhere, and to look for them costs as much as the line.
  const linesOf = (bindings: Readonly<Record<string, string>>) => logger.child(bindings, { redact: [] });
  /** By route, transport and status, which are all of closed sets. */
  const kinds = new Map<string, Kind>();
  const ofSockets = linesOf({ transport: "websocket" });

  function kindOf(route: string, transport: Transport, status: string): Kind {
    const name = `${route} ${transport} ${status}`;
    const known = kinds.get(name);
    if (known) return known;
    const kind: Kind = {
      counted: { route, status },
      timed: transport === "http" ? { route } : null,
      lines: linesOf({ route, transport, status }),
      level: probes.has(route) ? "debug" : "info",
    };
    kinds.set(name, kind);
    return kind;
  }

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
      const { counted, timed, lines, level } = kindOf(route, transport, status);
      metrics.requests.inc(counted);
      if (timed) metrics.seconds.observe(timed, ms / 1000);
      countErrors(frame, transport);
      lines[level](loggable(frame, ms), "answered");
    },

    /** An operation of a socket has ended. */
    finished(frame: EdgeRequest, ms: number): void {
      countErrors(frame, "websocket");
      ofSockets.info(loggable(frame, ms), "answered");
    },
  };
}

function loggable({ requestId, operationName, operation, codes }: EdgeRequest, ms: number) {
  // What is undefined is left out of the line.
  return {
    requestId,
    operationName,
    operation,
    codes: codes.length > 0 ? [...new Set(codes)] : undefined,
    ms: rounded(ms),
  };
}

function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}
