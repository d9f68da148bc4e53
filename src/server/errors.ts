import { GraphQLError, type GraphQLFormattedError, Kind } from "graphql";
import type { Logger } from "pino";

/** What the edge itself may refuse: the HTTP status and what it says when the caller gives no better sentence. */
export const edgeErrors = {
  INVALID_INPUT: [400, "The request cannot be read."],
  INVALID_JSON: [400, "The body is not JSON."],
  BATCH_TOO_LARGE: [400, "Send one operation a request; arrays of operations are not accepted."],
  QUERY_TOO_LARGE: [400, "The document has too many tokens."],
  QUERY_TOO_DEEP: [400, "The document nests fields too deeply."],
  QUERY_TOO_COSTLY: [400, "The operation asks for too much at once. Ask for smaller pages."],
  TOO_MANY_ALIASES: [400, "The document uses too many aliases."],
  TOO_MANY_OPERATIONS: [429, "This connection already runs as many operations as it may."],
  GRAPHQL_PARSE_FAILED: [400, "The document is not GraphQL."],
  GRAPHQL_VALIDATION_FAILED: [400, "The document does not fit the schema."],
  OPERATION_RESOLUTION_FAILURE: [400, "The document has no such operation."],
  UNAUTHENTICATED: [401, "The token is not one we accept. Sign in again."],
  TOKEN_EXPIRED: [401, "The token has expired. Sign in again."],
  NOT_FOUND: [404, "There is nothing here."],
  METHOD_NOT_ALLOWED: [405, "This address does not answer that method."],
  NOT_ACCEPTABLE: [406, "We answer application/json or text/event-stream."],
  REQUEST_TOO_LARGE: [413, "The body is larger than we accept."],
  UNSUPPORTED_MEDIA_TYPE: [415, "Send application/json in UTF-8, not compressed."],
  INTERNAL: [500, "Internal error"],
  TIMEOUT: [503, "The request took too long and was given up. Repeat it with the same idempotency key."],
  SHUTTING_DOWN: [503, "The server is shutting down. Try again."],
  IDENTITY_UNAVAILABLE: [503, "The keys of the token's issuer cannot be reached. Try again."],
} as const satisfies Record<string, readonly [status: number, message: string]>;

export type EdgeCode = keyof typeof edgeErrors;

/** A refusal of the edge. A GraphQL error already, so that it can pass through Apollo, graphql-ws and validation. */
export class EdgeError extends GraphQLError {
  readonly code: EdgeCode;
  readonly status: number;

  constructor(code: EdgeCode, { message, ...facts }: { message?: string; [fact: string]: unknown } = {}) {
    const [status, usual] = edgeErrors[code];
    super(message ?? usual, { extensions: { code, ...facts, http: { status } } });
    this.code = code;
    this.status = status;
  }
}

/** What the edge knows about the request it is answering; also what its log line is made of. */
export interface EdgeRequest {
  readonly requestId: string;
  readonly languages: string;
  operationName?: string;
  operation?: string;
  /** Codes of all errors in the answer, for logs and metrics. */
  readonly codes: string[];
}

export type FormatError = (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
export type Formatter = (error: unknown, request: EdgeRequest) => GraphQLFormattedError;

// Apollo's names for what we call by our own, on every transport.
const renamed: Record<string, EdgeCode> = {
  BAD_REQUEST: "INVALID_INPUT",
  BAD_USER_INPUT: "INVALID_INPUT",
  INTERNAL_SERVER_ERROR: "INTERNAL",
};

/**
 * The one place where an error becomes an answer, whatever carried it. The composition's own mapping comes first (it
 * knows refusals); whatever is then still unexplained is our fault: logged with its stack, told to nobody.
 */
export function createFormatter({ formatError, logger }: { formatError?: FormatError; logger: Logger }): Formatter {
  return (error, request) => {
    const plain = explain(error);
    const formatted = mapped(plain, error, formatError);
    const given = String(formatted.extensions?.code ?? "INTERNAL");
    const code = renamed[given] ?? given;
    request.codes.push(code);
    if (code === "INTERNAL") {
      logger.error({ requestId: request.requestId, operationName: request.operationName, err: cause(error) }, "fault");
      return {
        message: edgeErrors.INTERNAL[1],
        ...(formatted.path && { path: formatted.path }),
        extensions: { code, requestId: request.requestId },
      };
    }
    const { http: _, stacktrace: __, ...extensions } = formatted.extensions ?? {};
    return { ...formatted, extensions: { ...extensions, code, requestId: request.requestId } };
  };
}

/** The HTTP status that an error asks for; 500 for one that never heard of HTTP. */
export function statusOf(error: unknown): number {
  if (!(error instanceof GraphQLError)) return 500;
  const status = (error.extensions.http as { status?: unknown } | undefined)?.status;
  return typeof status === "number" ? status : 500;
}

/** The error at the root, below graphql-js's and Apollo's wrappings. */
export function cause(error: unknown): unknown {
  return error instanceof GraphQLError && error.originalError ? cause(error.originalError) : error;
}

function explain(error: unknown): GraphQLFormattedError {
  const root = cause(error);
  if (!(error instanceof GraphQLError)) return { message: "", extensions: { code: "INTERNAL" } };
  // graphql-js stops counting tokens with a syntax error like any other.
  const tokens = /^Syntax Error: Document contains more tha[nt] (\d+) tokens/.exec(error.message)?.[1];
  if (tokens) return new EdgeError("QUERY_TOO_LARGE", { limit: Number(tokens) }).toJSON();
  // Validation wraps a limit's refusal and puts its own code over ours.
  if (root instanceof EdgeError) return { ...error.toJSON(), extensions: root.extensions };
  const code = error.extensions.code ?? unnamed(error);
  return { ...error.toJSON(), extensions: { ...error.extensions, code } };
}

/** graphql-js gives no codes: an error of its own about an argument or a variable, not a field, is the client's. */
function unnamed(error: GraphQLError): EdgeCode {
  const about = error.nodes?.[0]?.kind;
  return cause(error) instanceof GraphQLError && about && about !== Kind.FIELD ? "INVALID_INPUT" : "INTERNAL";
}

function mapped(plain: GraphQLFormattedError, error: unknown, formatError?: FormatError): GraphQLFormattedError {
  try {
    return formatError?.(plain, error) ?? plain;
  } catch {
    return { message: "", extensions: { code: "INTERNAL" } };
  }
}
