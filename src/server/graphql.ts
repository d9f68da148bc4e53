import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { HeaderMap } from "@apollo/server";
import type { ExecutionResult, GraphQLError } from "graphql";
import { type Soon, whenKnown } from "../domain/kit/soon";
import type { Admission } from "./admission";
import type { WrittenAnswer } from "./answers";
import type { Apollo } from "./apollo";
import { readJson } from "./body";
import { EdgeError, type Formatter, retryAfterSeconds, statusAmong } from "./errors";
import type { Exchange } from "./exchange";
import type { TokenClaims } from "./identity";
import type { Limits } from "./limits";
import {
  contentTypeOf,
  type MediaName,
  namesStreams,
  preferredForOperation,
  preferredForStream,
  preferredWithExplorer,
} from "./negotiation";
import { checkHeld, type OperationParams, type Operations, type Prepared, within } from "./operations";
import type { EdgeOptions } from "./options";
import { json, type Sending, withCost } from "./sending";
import type { Shares } from "./shares";
import { streamResults } from "./stream";

interface GraphqlOptions extends Pick<EdgeOptions, "explorer"> {
  readonly limits: Limits;
  readonly admission: Admission;
  readonly operations: Operations;
  readonly apollo: Apollo;
  readonly shares: Shares;
  readonly sending: Sending;
  readonly format: Formatter;
  /** An answer has become an event stream, which has no end of its own. */
  streams(response: ServerResponse): void;
  isDraining(): boolean;
}

/** Public totals change at most once a second; an old answer may be shown while a new one is fetched. */
const sharedCache = "public, max-age=1, stale-while-revalidate=30";

/** GraphQL over HTTP: one operation a request, answered as JSON or as an event stream. */
export function createGraphql(options: GraphqlOptions) {
  const { limits, admission, operations, apollo, shares, format, isDraining } = options;
  const { send, describe } = options.sending;

  return async function answerGraphql(exchange: Exchange, claims: TokenClaims | null): Promise<void> {
    const { request, path } = exchange;
    const { accept } = request.headers;
    const explorer = path === "/graphql" && request.method === "GET" ? options.explorer : undefined;
    if (explorer && preferredWithExplorer(accept) === "PAGE") {
      const { headers, body } = explorer();
      return send(exchange, 200, { ...headers, "content-type": contentTypeOf("PAGE") }, body);
    }
    const media = path === "/graphql/stream" ? preferredForStream(accept) : preferredForOperation(accept);
    if (media === null) throw new EdgeError("NOT_ACCEPTABLE");
    const { operation, body } = await within(limits.requestMs, prepareRequest(exchange));
    const kind = operation && "document" in operation ? operation.kind : undefined;
    if (kind === "mutation" && request.method === "GET") throw new EdgeError("METHOD_NOT_ALLOWED", { allow: ["POST"] });
    // Whatever a client would rather have: there is no other way in which a subscription can be answered here.
    const streams = media === "STREAM" || (kind === "subscription" && namesStreams(accept));
    if (streams) return answerStream(exchange, claims, operation ?? malformed());
    if (kind === "subscription") throw new EdgeError("NOT_ACCEPTABLE", useAStream);
    if (operation && !("document" in operation)) return answerRefused(exchange, operation, media);
    const isPosted = operation !== undefined && request.method === "POST";
    const answered = isPosted
      ? answerPosted(exchange, claims, { media, operation })
      : answerByApollo(exchange, claims, { media, body, operation });
    return within(limits.requestMs, answered);
  };

  /** The operation, or why it will not run; undefined where the request names a stored one, of which Apollo says that we have none. The body is what was posted. */
  async function prepareRequest({ request, search, frame }: Exchange) {
    const body = request.method === "POST" ? await readJson(request, limits, admission.intakeOf(frame)) : undefined;
    const params = body ?? inUrl(search);
    if (typeof params.query !== "string" || params.query === "")
      return params.extensions ? { operation: undefined, body } : malformed();
    const operation = await admission.prepare(params, frame);
    if ("document" in operation && operation.kind === "subscription") checkHeld(operation, limits);
    return { operation, body };
  }

  /** What apps send all day: nothing but the operation itself stands between the request and its answer. */
  function answerPosted(
    exchange: Exchange,
    claims: TokenClaims | null,
    { media, operation }: { media: MediaName; operation: Prepared },
  ): Soon<void> {
    return whenKnown(admission.contextFor(claims, exchange.frame), (context) =>
      whenKnown(operations.write(operation, context), (answer) => sendWritten(exchange, media, answer)),
    );
  }

  function sendWritten(exchange: Exchange, media: MediaName, answer: WrittenAnswer): void {
    const { frame } = exchange;
    const { data, errors } = answer;
    const faults =
      errors.length === 0 ? "" : `"errors":${JSON.stringify(errors.map((error) => format(error, frame)))},`;
    const cost = frame.cost ? `,"extensions":{"cost":${JSON.stringify(frame.cost)}}` : "";
    const body = data === undefined ? `{${faults.slice(0, -1)}${cost}}` : `{${faults}"data":${data}${cost}}`;
    const headers: Record<string, string> = { "content-type": contentTypeOf(media) };
    if (frame.unavailable) headers["retry-after"] = String(retryAfterSeconds);
    send(exchange, frame.unavailable ? 503 : (statusAmong(answer) ?? 200), headers, body);
  }

  async function answerByApollo(
    exchange: Exchange,
    claims: TokenClaims | null,
    {
      media,
      body: posted,
      operation: prepared,
    }: { media: MediaName; body: Record<string, unknown> | undefined; operation: Prepared | undefined },
  ): Promise<void> {
    const { request, search, frame } = exchange;
    const method = request.method ?? "GET";
    const asked = headersOf(request);
    asked.set("accept", contentTypeOf(media));
    const operation = { method, headers: asked, search, body: posted };
    const run = prepared ? (contextValue: object) => operations.execute({ ...prepared, contextValue }) : null;
    const answer = await apollo.answer(operation, await admission.contextFor(claims, frame), frame, run);
    const headers = Object.fromEntries(answer.headers);
    // What a stranger asks by GET is the same for every stranger: a cache in front may carry the crowd.
    const shared = method === "GET" && request.headers.authorization === undefined && frame.codes.length === 0;
    const body = withCost(answer.body, frame);
    if (!shared || answer.status !== 200) return send(exchange, answer.status, headers, body);
    exchange.headers["cache-control"] = sharedCache;
    exchange.headers.vary = "Origin, Accept, Accept-Language, Authorization";
    // What is left of a share differs each time; the answer does not.
    const etag = `"${createHash("sha256").update(answer.body).digest("base64url")}"`;
    exchange.headers.etag = etag;
    const known = request.headers["if-none-match"]?.split(",").some((tag) => tag.trim() === etag);
    if (known) send(exchange, 304, {}, "");
    else send(exchange, 200, { ...headers, "cache-control": sharedCache }, body);
  }

  /**
   * An operation that will not run: Apollo is never asked. In plain JSON the request was in order, and its status says so; only
   * the newer type has a status for the operation (GraphQL over HTTP, 6.4).
   */
  function answerRefused(exchange: Exchange, errors: readonly GraphQLError[], media: MediaName): void {
    const statuses = errors.map((error) => (error instanceof EdgeError ? error.status : 400));
    const status = media === "JSON" ? 200 : Math.max(...statuses);
    const headers = { ...json, "content-type": contentTypeOf(media) };
    send(exchange, status, headers, JSON.stringify(describe({ errors }, exchange.frame)));
  }

  async function answerStream(
    exchange: Exchange,
    claims: TokenClaims | null,
    operation: Prepared | readonly GraphQLError[],
  ): Promise<void> {
    const { response, frame, headers } = exchange;
    let results: AsyncIterable<ExecutionResult> | ExecutionResult;
    if (!("document" in operation)) {
      // An EventSource cannot read the body of a 400; the stream itself says what is wrong.
      results = { errors: operation };
    } else {
      if (operation.kind === "subscription" && frame.asker) {
        const release = shares.hold(frame.asker, "subscriptions");
        if (response.destroyed) return release();
        response.once("close", release);
      }
      const args = { ...operation, contextValue: await admission.contextFor(claims, frame) };
      results = await (operation.kind === "subscription"
        ? operations.subscribe(args, claims ? admission.lifeOf(claims) : undefined)
        : operations.execute(args));
    }
    if (isDraining()) throw new EdgeError("SHUTTING_DOWN");
    if (response.destroyed) return void (Symbol.asyncIterator in results && results[Symbol.asyncIterator]().return?.());
    const streams = Symbol.asyncIterator in results;
    const shown = Symbol.asyncIterator in results ? results : describe(results, frame);
    // Nothing was streamed yet: a client that is refused here comes back by itself.
    if (frame.unavailable)
      return send(exchange, 503, { ...json, "retry-after": String(retryAfterSeconds) }, JSON.stringify(shown));
    options.streams(response);
    await streamResults(response, shown, {
      headers,
      pingMs: limits.socketPingMs,
      describe: (result) => (streams ? describe(result, frame) : result),
    });
  }
}

export type AnswerGraphql = ReturnType<typeof createGraphql>;

const useAStream = {
  message: "Subscriptions are answered over WebSocket or text/event-stream.",
  zh: "订阅须经 WebSocket 或 text/event-stream 获取。",
};

function malformed(): never {
  throw new EdgeError("INVALID_INPUT", { message: "A request has a `query`.", zh: "请求缺少 query。" });
}

function inUrl(search: string): OperationParams {
  const params = new URLSearchParams(search);
  const [variables, extensions] = [params.get("variables"), params.get("extensions")];
  try {
    return {
      query: params.get("query"),
      operationName: params.get("operationName"),
      variables: variables ? JSON.parse(variables) : undefined,
      extensions: extensions ? JSON.parse(extensions) : undefined,
    };
  } catch {
    throw new EdgeError("INVALID_JSON", {
      message: "`variables` or `extensions` is not JSON.",
      zh: "variables 或 extensions 不是 JSON。",
    });
  }
}

function headersOf(request: IncomingMessage): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  return headers;
}
