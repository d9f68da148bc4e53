/** What a database may suffer, in the words of the log. An operator acts differently on each. */
export const sufferings = {
  UNREACHABLE: "database unreachable",
  CROWDED: "database takes no more connections",
  FULL: "database has no room",
  READ_ONLY: "database takes no writing",
  BUSY: "database is locked by another process",
  SLOW: "database does not answer in time",
  GONE: "database is not where it was",
  REFUSED: "database refuses our sign-in",
  BROKEN: "database cannot use its own files or memory",
} as const;
export type Suffering = keyof typeof sufferings;

/** The codes of each: an SQLSTATE, SQLite's own name, or that of the operating system. The first row wins. */
const codes: readonly [RegExp, Suffering][] = [
  // The index of a write-ahead log is the first thing for which a full disk has no room.
  [/^(53100|SQLITE_FULL|SQLITE_IOERR_SHMSIZE|ENOSPC|EDQUOT|EFBIG)/, "FULL"],
  [/^(53300|53400|EMFILE|ENFILE)/, "CROWDED"],
  [/^(25006|SQLITE_READONLY|EROFS)/, "READ_ONLY"],
  [/^(55P03|SQLITE_BUSY|SQLITE_LOCKED|SQLITE_PROTOCOL)/, "BUSY"],
  [/^(57014|25P03|25P04|TIMEOUT)/, "SLOW"],
  [/^(3D000|3F000|42P01|SQLITE_CANTOPEN|SQLITE_IOERR_VNODE|ENOENT|EISDIR|ENOTDIR|MOVED)/, "GONE"],
  [/^(28|42501|EACCES|EPERM)/, "REFUSED"],
  [/^(53|58|XX|SQLITE_(IOERR|CORRUPT|NOTADB|NOMEM)|EIO)/, "BROKEN"],
  [/^(08|57P|CLOSED|EAI_|EPIPE|E(CONN|NET|HOST|ADDR)[A-Z]+|ENOTFOUND|ETIMEDOUT)/, "UNREACHABLE"],
];

/** What the driver of PostgreSQL says without a code. */
const sayings: readonly [RegExp, code: string][] = [
  [/timeout exceeded when trying to connect|connection timeout|Query read timeout/, "TIMEOUT"],
  [/Connection terminated|Client was closed|not queryable|Cannot use a pool after/, "CLOSED"],
];

/** What a database says of a file that is not as it was written. What it says of memory, locks or room tells nothing of the file. */
const damage = /^(58|XX|SQLITE_(CORRUPT|NOTADB|IOERR(_READ|_SHORT_READ|_CORRUPTFS|_DATA)?$))/;

export const isDamage = (error: unknown) => damage.test(faultOf(error)?.code ?? "");

/** Why a database did not do what it was asked, without anything of what that was. */
export interface Fault {
  readonly suffering: Suffering;
  readonly code: string;
  readonly reason: string;
}

/** The fault of the database behind an error, whatever is wrapped around it; null where the database was well. */
export function faultOf(error: unknown): Fault | null {
  for (const link of chainOf(error)) {
    const code = codeOf(link) ?? "";
    const row = codes.find(([shape]) => shape.test(code));
    if (row) return { suffering: row[1], code, reason: reasonOf(link) };
  }
  return null;
}

/** The code of the database, its driver or the operating system. */
export function codeOf({ code, message }: Thrown): string | undefined {
  if (typeof code === "string") return code;
  return sayings.find(([shape]) => shape.test(message ?? ""))?.[1];
}

/** The fields of an error that are read here. Errors of native drivers may belong to another realm. */
export interface Thrown {
  readonly name?: unknown;
  readonly message?: string;
  readonly code?: unknown;
  readonly stack?: string;
  readonly constraint?: unknown;
  readonly params?: unknown;
  readonly cause?: unknown;
  readonly errors?: unknown;
}

/** An error and what caused it, the outermost first. An address with several numbers fails with an error for each. */
export function chainOf(error: unknown): Thrown[] {
  const chain: Thrown[] = [];
  let link = error as Thrown | null | undefined;
  while (typeof link === "object" && link !== null && chain.length < chainMost) {
    chain.push(link);
    link = (link.cause ?? (Array.isArray(link.errors) ? link.errors[0] : null)) as Thrown | null;
  }
  return chain;
}

/** An error may be its own cause. */
const chainMost = 10;
const ofValues = /^(22|P0)[0-9A-Z]{3}$/;

/**
 * An error's own words without the values that were sent. Of PostgreSQL's errors `detail`, `where` and `internalQuery` are
 * left out, which repeat rows and statements. Its message quotes names, and values where the data were at fault (class 22).
 */
export function reasonOf({ name, message = "", code, constraint, params }: Thrown): string {
  // The query's builder repeats the statement with its parameters.
  if (params !== undefined || message.startsWith("Failed query")) return "the database refused a statement";
  // The parser of JSON repeats the text around the place.
  if (name === "SyntaxError") return "a text cannot be read";
  const known = typeof code === "string" ? code : "";
  const words = ofValues.test(known) ? message.replace(/".*"|'.*'/gs, "…") : message.replace(/\. Received .*/s, ".");
  const named = typeof constraint === "string" && !words.includes(constraint) ? ` (${constraint})` : "";
  return `${words.split("\n")[0] || known || "an error without words"}${named}`;
}

/** What an error says to an operator: its cause at the root, with the code, and never what was sent. */
export function explained(error: unknown): string {
  const chain = chainOf(error);
  const root = chain.at(-1);
  if (!root) return "something was thrown that is no error";
  const code = codeOf(root);
  const reason = reasonOf(root);
  return code && !reason.includes(code) ? `${reason} (${code})` : reason;
}

/** A statement that the database refused for a reason that is no fault of its own. */
export class DatabaseRefusal extends Error {
  override name = "DatabaseRefusal";
  readonly code: string | undefined;
  constructor(error: unknown) {
    super(explained(error));
    this.code = codeOf(chainOf(error).at(-1) ?? {});
  }
}
