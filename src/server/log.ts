import { writeSync } from "node:fs";
import pino from "pino";

interface LogOptions {
  readonly level?: string;
  readonly stream?: pino.DestinationStream;
  /** What an error of the database says to an operator, without what was sent. Its code alone where not given. */
  explain?(error: unknown): string;
}

/**
 * Structured logs on stderr, one JSON object a line; stdout belongs to commands. What may be logged about a request
 * is its id, route, operation name, status, duration and error codes: never variables, tokens, bodies, query strings.
 */
export function createLogger(options: LogOptions = {}): pino.Logger {
  return pino(
    {
      level: options.level ?? "info",
      base: undefined,
      timestamp,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: (fault) => describeFault(fault, options.explain) },
      redact: { paths: ["authorization", "*.authorization", "variables", "*.variables"], remove: true },
    },
    options.stream ?? standardError,
  );
}

/** The time of a line as pino's `isoTime` writes it; the lines of one millisecond share it. */
function timestamp(): string {
  const now = Date.now();
  if (now !== stamped.at) stamped = { at: now, text: `,"time":"${new Date(now).toISOString()}"` };
  return stamped.text;
}
let stamped = { at: -1, text: "" };

/**
 * Standard error as long as it has a reader. A reader that went away never comes back: what would be written then is
 * dropped, and the server goes on. pino's own destination would try to write the rest for ever when the process ends.
 * The lines of one turn of the event loop are written together, since each call of the system costs as much as a line; a
 * warning or an error is written at once, whatever becomes of the process.
 */
const standardError = (() => {
  let isRead = true;
  let lines = "";
  const flush = () => {
    const written = lines;
    lines = "";
    if (!isRead || written === "") return;
    try {
      writeSync(2, written);
    } catch (error) {
      // A full disk, or a pipe that is full for now, loses these lines and not the next.
      isRead = !gone.includes((error as NodeJS.ErrnoException).code ?? "");
    }
  };
  let endsHeard = false;
  const destination = {
    [pino.symbols.needsMetadataGsym]: true,
    lastLevel: 0,
    write(line: string) {
      if (!endsHeard) process.on("exit", flush);
      endsHeard = true;
      if (lines.length + line.length > togetherMost) flush();
      if (lines === "") setImmediate(flush);
      lines += line;
      if (destination.lastLevel >= (pino.levels.values.warn as number)) flush();
    },
  };
  return destination;
})();

/** Characters written together. A pipe takes 4,096 bytes whole or not at all (PIPE_BUF), and few characters take more than one. */
const togetherMost = 3_072;

const gone = ["EPIPE", "EBADF", "EIO", "ECONNRESET"];

/** Eleven digits, as a mobile and an ID number have them, or three groups of them as in 139-1234-5678. */
const personal = /\d{11}|(?<![0-9A-Za-z])1[3-9]\d[-._]\d{4}[-._]\d{4}(?![0-9A-Za-z])/;

/** What a client calls something goes into the log where it has a form, and holds no number that may be a person's. */
function loggable(text: unknown, form: RegExp): string | undefined {
  return typeof text === "string" && form.test(text) && !personal.test(text) ? text : undefined;
}

/** An operation name is the client's text: only what GraphQL allows in a name, and not much of it, is repeated. */
export const loggableName = (name: unknown) => loggable(name, /^[_A-Za-z]\w{0,63}$/);

export const loggableId = (id: unknown) => loggable(id, /^[A-Za-z0-9._-]{1,64}$/);

/** The fields of an error that are read here. Errors of native drivers may belong to another realm. */
interface Thrown {
  readonly name?: unknown;
  readonly stack?: unknown;
  readonly code?: unknown;
  readonly params?: unknown;
  readonly cause?: unknown;
  readonly errors?: unknown;
}

interface DescribedFault {
  readonly type: string;
  readonly code?: string;
  readonly reason?: string;
  readonly stack: string;
}

/**
 * Drivers hang parameters and rows on their errors, and repeat them in messages. Of an error that has one of theirs in it
 * the place is told, the code and the reason without values; any other error's stack stands as it is.
 */
export function describeFault(fault: unknown, explain?: LogOptions["explain"]): DescribedFault {
  if (typeof (fault as Thrown | null)?.stack !== "string")
    return { type: typeof fault, stack: "thrown without a stack" };
  const chain = chainOf(fault as Thrown);
  const [{ name, stack }] = chain as [Thrown];
  const type = String(name ?? "Error");
  const code = chain.findLast((link) => typeof link.code === "string")?.code as string | undefined;
  const isClean = chain.every(({ params, name }) => params === undefined && name !== "SyntaxError");
  if (isClean && code === undefined && !String(stack).includes("Failed query")) return { type, stack: String(stack) };
  const frames = String(stack)
    .split("\n")
    .filter((line) => /^\s+at /.test(line));
  return { type, ...(code && { code }), ...(explain && { reason: explain(fault) }), stack: frames.join("\n") };
}

/** An error may be its own cause. */
const chainMost = 10;

function chainOf(fault: Thrown): Thrown[] {
  const chain: Thrown[] = [];
  for (let link: unknown = fault; typeof link === "object" && link !== null && chain.length < chainMost; ) {
    const { cause, errors } = link as Thrown;
    chain.push(link as Thrown);
    link = cause ?? (Array.isArray(errors) ? errors[0] : null);
  }
  return chain;
}
