import { ApolloServer, type ApolloServerPlugin, type GraphQLResponse, HeaderMap } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import type { ExecutionResult, GraphQLFormattedError, GraphQLSchema } from "graphql";
import type { Logger } from "pino";
import type { Documents } from "./documents";
import { EdgeError, type EdgeRequest, edgeErrors, type Formatter, retryAfterSeconds, statusAmong } from "./errors";

export interface HttpOperation {
  readonly method: string;
  readonly headers: HeaderMap;
  readonly search: string;
  readonly body: unknown;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Iterable<readonly [string, string]>;
  readonly body: string;
}

interface ApolloOptions {
  readonly schema: GraphQLSchema;
  readonly documents: Documents;
  readonly format: Formatter;
  readonly logger: Logger;
}

type SingleBody = GraphQLResponse["body"];
/** Answers what was prepared for this request. */
type Run = (context: object) => Promise<ExecutionResult>;

// Apollo copies the context; what stands under these keys stays the same object.
const edge = Symbol("edge request");
const answering = Symbol("how it is answered");
type Carrier = { [edge]: EdgeRequest; [answering]: Run | null };

/**
 * What comes over plain HTTP and is no operation that was posted: Apollo knows which GET may be answered without harm, and how a
 * request is told what is wrong with it. What then runs, we run ourselves. Apollo starts with the first such request: it prints
 * the whole schema then, a tenth of the time in which the program starts, and most programs post all they ask.
 */
export function openApollo({ schema, documents, format, logger }: ApolloOptions) {
  const originals = new WeakMap<GraphQLFormattedError, unknown>();
  // Apollo formats errors before anyone knows the request; ours are formatted when the answer leaves.
  const keepOriginal = (formatted: GraphQLFormattedError, error: unknown) => {
    originals.set(formatted, error);
    return formatted;
  };
  const guards: ApolloServerPlugin<Carrier> = {
    async requestDidStart() {
      return {
        async responseForOperation({ contextValue }) {
          const result = await contextValue[answering]?.(contextValue);
          if (!result) return null;
          const status = statusAmong(result);
          const singleResult = result as Extract<SingleBody, { kind: "single" }>["singleResult"];
          return { http: { status, headers: new HeaderMap() }, body: { kind: "single", singleResult } };
        },
        async willSendResponse({ contextValue, response }) {
          if (response.body.kind !== "single" || !response.body.singleResult.errors) return;
          const { singleResult } = response.body;
          singleResult.errors = singleResult.errors?.map((error) =>
            format(originals.get(error) ?? error, contextValue[edge]),
          );
          if (!contextValue[edge].unavailable) return;
          response.http.status = 503;
          response.http.headers.set("retry-after", String(retryAfterSeconds));
        },
      };
    },
    async unexpectedErrorProcessingRequest({ requestContext, error }) {
      format(error, requestContext.contextValue[edge]);
    },
  };

  const start = async () => {
    const apollo = new ApolloServer<Carrier>({
      schema,
      introspection: true,
      includeStacktraceInErrorResponses: false,
      persistedQueries: false,
      allowBatchedHttpRequests: false,
      stopOnTerminationSignals: false,
      csrfPrevention: { requestHeaders: preflighted },
      // What comes here was read and judged already: Apollo neither parses nor validates it again.
      documentStore: {
        get: async (key) => documents.byKey(key.slice(key.lastIndexOf(":") + 1)),
        set: async () => undefined,
        delete: async () => undefined,
      },
      formatError: keepOriginal,
      logger: {
        debug() {},
        info() {},
        error() {},
        warn: (message) => logger.warn({ from: "apollo" }, String(message)),
      },
      plugins: [
        ApolloServerPluginCacheControlDisabled(),
        ApolloServerPluginLandingPageDisabled(),
        ApolloServerPluginUsageReportingDisabled(),
        guards,
      ],
    });
    await apollo.start();
    return apollo;
  };
  let started: Promise<ApolloServer<Carrier>> | undefined;

  return {
    async answer(
      operation: HttpOperation,
      context: object,
      request: EdgeRequest,
      run: Run | null,
    ): Promise<HttpAnswer> {
      const carrier = Object.assign(Object.create(Object.getPrototypeOf(context)), context, {
        [edge]: request,
        [answering]: run,
      });
      started ??= start();
      const { status, headers, body } = await (await started).executeHTTPGraphQLRequest({
        httpGraphQLRequest: operation,
        context: async () => carrier,
      });
      if (body.kind !== "complete") throw new Error("incremental delivery is off, yet Apollo streams");
      return { status: status ?? 200, headers, body: stamped(body.string, status, format, request) };
    },
    stop: async () => (await started)?.stop(),
  };
}

export type Apollo = ReturnType<typeof openApollo>;

/** Headers that a browser sends to another site only after asking it: with one of them a plain GET is welcome. */
const preflighted = ["x-apollo-operation-name", "apollo-require-preflight", "x-request-id", "authorization"];

/** Requests that Apollo refuses before its pipeline get our codes here, from the text it wrote. */
function stamped(text: string, status: number | undefined, format: Formatter, request: EdgeRequest): string {
  if (request.codes.length > 0 || !text.startsWith('{"errors"')) return text;
  const { errors } = JSON.parse(text) as { errors: GraphQLFormattedError[] };
  return JSON.stringify({ errors: errors.map((error) => format(new RefusedByApollo(error, status), request)) });
}

class RefusedByApollo extends EdgeError {
  constructor({ message, extensions }: GraphQLFormattedError, status?: number) {
    const internal = extensions?.code === "INTERNAL_SERVER_ERROR";
    const refused = status === 405 ? "METHOD_NOT_ALLOWED" : status === 406 ? "NOT_ACCEPTABLE" : "INVALID_INPUT";
    const code = internal ? "INTERNAL" : refused;
    const [, , zh] = edgeErrors[code];
    super(code, { message: message.trim(), zh });
  }
}
