import pino from "pino";

/**
 * Structured logs on stderr, one JSON object a line; stdout belongs to commands. What may be logged about a request
 * is its id, route, operation name, status, duration and error codes: never variables, tokens, bodies, query strings.
 */
export function createLogger(options: { level?: string; stream?: pino.DestinationStream } = {}): pino.Logger {
  return pino(
    {
      level: options.level ?? "info",
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: describeFault },
      redact: { paths: ["authorization", "*.authorization", "variables", "*.variables"], remove: true },
    },
    options.stream ?? pino.destination(2),
  );
}

/** An operation name is the client's text: only what GraphQL allows in a name, and not much of it, is repeated. */
export function loggableName(name: unknown): string | undefined {
  return typeof name === "string" && /^[_A-Za-z]\w{0,63}$/.test(name) ? name : undefined;
}

// Drivers hang parameters and rows on their errors. A failed query's message repeats them, so of that only the place
// and the driver's code are told; any other fault's stack stands as it is.
function describeFault(fault: unknown): { type: string; code?: string; stack: string } {
  const like = fault as { name?: unknown; stack?: unknown; params?: unknown; cause?: { code?: unknown } } | null;
  if (typeof like?.stack !== "string") return { type: typeof fault, stack: "thrown without a stack" };
  const type = String(like.name ?? "Error");
  if (like.params === undefined) return { type, stack: like.stack };
  const code = like.cause?.code;
  const frames = like.stack.split("\n").filter((line) => /^\s+at /.test(line));
  return { type, ...(typeof code === "string" && { code }), stack: frames.join("\n") };
}
