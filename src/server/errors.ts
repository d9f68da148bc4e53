import { GraphQLError, type GraphQLFormattedError, Kind } from "graphql";
import type { Logger } from "pino";
import type { Language, Text } from "../domain/kit/language";
import { filled, placesIn } from "../domain/kit/places";
import { counted, unitWords } from "../domain/kit/units";
import type { Asker, Cost, Spent } from "./asking";

/** What the edge itself may refuse: the HTTP status, and what it says in English, where nothing better is known, and in Chinese. */
export const edgeErrors = {
  INVALID_INPUT: [400, "The request cannot be read.", "无法识别该请求。"],
  INVALID_JSON: [400, "The body is not JSON.", "请求体不是 JSON。"],
  BATCH_TOO_LARGE: [
    400,
    "Send one operation a request; arrays of operations are not accepted.",
    "每个请求只接受一个操作，不接受操作数组。",
  ],
  QUERY_TOO_LARGE: [400, "The document is larger than we read.", "查询文档过大。"],
  QUERY_TOO_DEEP: [400, "The document nests fields too deeply.", "查询嵌套过深。"],
  QUERY_TOO_COSTLY: [
    400,
    "The operation asks for too much at once. Ask for smaller pages.",
    "一次请求的内容过多，请减小分页。",
  ],
  TOO_MANY_ALIASES: [400, "The document uses too many aliases.", "查询使用的别名过多。"],
  TOO_MANY_OPERATIONS: [
    429,
    "This connection already runs as many operations as it may.",
    "该连接上正在执行的操作已达上限。",
  ],
  RATE_LIMITED: [429, "You have asked for more than your share.", "请求过于频繁。"],
  GRAPHQL_PARSE_FAILED: [400, "The document is not GraphQL.", "文档不是有效的 GraphQL。"],
  GRAPHQL_VALIDATION_FAILED: [400, "The document does not fit the schema.", "文档与接口定义不符。"],
  OPERATION_RESOLUTION_FAILURE: [400, "The document has no such operation.", "文档中没有该操作。"],
  UNAUTHENTICATED: [401, "The token is not one we accept. Sign in again.", "登录已失效，请重新登录。"],
  TOKEN_EXPIRED: [401, "The token has expired. Sign in again.", "登录已过期，请重新登录。"],
  NOT_FOUND: [404, "There is nothing here.", "没有找到这个页面，请检查网址或返回首页。"],
  METHOD_NOT_ALLOWED: [405, "This address does not answer that method.", "该地址不支持此请求方法。"],
  NOT_ACCEPTABLE: [
    406,
    "We answer application/json or text/event-stream.",
    "只以 application/json 或 text/event-stream 应答。",
  ],
  REQUEST_TOO_LARGE: [413, "The body is larger than we accept.", "请求体超过允许的大小。"],
  UNSUPPORTED_MEDIA_TYPE: [
    415,
    "Send application/json in UTF-8, not compressed.",
    "请以 UTF-8 编码发送未压缩的 application/json。",
  ],
  UPGRADE_REQUIRED: [426, "We speak version 13 of WebSocket.", "只支持 WebSocket 第 13 版。"],
  INTERNAL: [500, "Internal error", "内部错误"],
  TIMEOUT: [
    503,
    "The request took too long and was given up. Repeat it with the same idempotency key.",
    "请求超时已放弃，请以相同的 idempotencyKey 重试。",
  ],
  SHUTTING_DOWN: [503, "The server is shutting down. Try again.", "服务正在关闭，请稍后重试。"],
  IDENTITY_UNAVAILABLE: [
    503,
    "The keys of the token's issuer cannot be reached. Try again.",
    "暂时无法取得登录服务的密钥，请稍后重试。",
  ],
} as const satisfies Record<string, readonly [status: number, en: string, zh: string]>;

export type EdgeCode = keyof typeof edgeErrors;

type EdgeFacts = Readonly<Record<string, unknown>>;

/** The facts of a refusal in words. A sentence is used where all of its facts are given, and no sentence before it has used one. */
const factSentences: readonly Text[] = [
  { en: "It is {limit} {share}.", zh: "份额为{share} {limit}。" },
  { en: "Seconds to wait: {retryAfter}.", zh: "请 {retryAfter} 秒后重试。" },
  { en: "It has {depth} levels; at most {limit} are read.", zh: "共 {depth} 层，最多 {limit} 层。" },
  { en: "It has {aliases}; at most {limit} are read.", zh: "共 {aliases} 个，最多 {limit} 个。" },
  { en: "It would cost {requested}; one operation costs at most {limit}.", zh: "本次开销 {requested}，上限 {limit}。" },
  { en: "The most is {limit} {unit}.", zh: "上限为 {limit} {unit}。" },
  { en: "The most is {limit}.", zh: "上限为 {limit}。" },
];

const shareWords: Readonly<Record<string, Text>> = {
  requests: { en: "requests a minute", zh: "每分钟请求数" },
  cost: { en: "of cost a minute", zh: "每分钟开销" },
  sockets: { en: "sockets at once", zh: "同时打开的套接字数" },
  subscriptions: { en: "subscriptions at once", zh: "同时订阅数" },
  bytes: { en: "bytes of bodies at once", zh: "同时上传的字节数" },
  connections: { en: "connections at once", zh: "同时连接数" },
};

const factWords: Readonly<Record<string, Text>> = { ...shareWords, ...unitWords };

/** The text of a refusal of the edge in both languages: the meaning of the code, and then the facts that explain it. */
export function edgeTexts(code: EdgeCode, { en, zh }: Partial<Text>, facts: EdgeFacts): Text {
  const [, usual, usualZh] = edgeErrors[code];
  const texts = { en: [en ?? usual], zh: [zh ?? usualZh] };
  const used = new Set<string>();
  for (const sentence of factSentences) {
    const names = placesIn(sentence.en);
    if (names.some((name) => used.has(name) || wordOf(facts[name]) === null)) continue;
    for (const name of names) used.add(name);
    for (const language of ["en", "zh"] as const)
      texts[language].push(filled(sentence[language], (name) => wordOf(facts[name])?.[language] ?? ""));
  }
  return { en: texts.en.join(" "), zh: texts.zh.join("") };
}

function wordOf(fact: unknown): Text | null {
  if (typeof fact === "number") return { en: String(fact), zh: String(fact) };
  return (typeof fact === "string" && factWords[fact]) || null;
}

/** A refusal of the edge. A GraphQL error already, so that it can pass through Apollo, graphql-ws and validation. */
export class EdgeError extends GraphQLError {
  readonly code: EdgeCode;
  readonly status: number;
  /** What it says in Chinese. */
  readonly zh: string;
  /** Why, in words for the log; no answer repeats it. */
  because?: string;

  constructor(
    code: EdgeCode,
    { message, zh, ...facts }: ({ message: string; zh: string } | { message?: never; zh?: never }) & EdgeFacts = {},
  ) {
    const [status] = edgeErrors[code];
    const texts = edgeTexts(code, { en: message, zh }, facts);
    super(texts.en, { extensions: { code, ...facts, http: { status } } });
    this.code = code;
    this.status = status;
    this.zh = texts.zh;
  }
}

/** What the edge knows about the request it is answering; also what its log line is made of. */
export interface EdgeRequest {
  readonly requestId: string;
  readonly languages: string;
  /** Where it comes from, as far as the proxies on the way are trusted. */
  readonly address: string;
  operationName?: string;
  operation?: string;
  /** Codes of all errors in the answer, for logs and metrics. */
  readonly codes: string[];
  /** Whether something that was asked for could not be done just now: the whole answer is then a 503. */
  unavailable?: boolean;
  /** The asker against whose share the request counts, what it counts, and what the answer tells about it. */
  asker?: Asker;
  spent?: Spent;
  cost?: Cost;
}

export type FormatError = (
  formatted: GraphQLFormattedError,
  error: unknown,
  language: Language,
) => GraphQLFormattedError;
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
export function createFormatter({
  formatError,
  languageOf = () => "en",
  logger,
}: {
  formatError?: FormatError;
  languageOf?: (header: string) => Language;
  logger: Logger;
}): Formatter {
  return (error, request) => {
    const language = languageOf(request.languages);
    const plain = explain(error, language);
    const formatted = mapped(plain, error, language, formatError);
    const original = String(formatted.extensions?.code ?? "INTERNAL");
    const code = renamed[original] ?? original;
    request.codes.push(code);
    if (code === "INTERNAL") {
      logger.error({ requestId: request.requestId, operationName: request.operationName, err: cause(error) }, "fault");
      return {
        message: edgeErrors.INTERNAL[language === "zh" ? 2 : 1],
        ...(formatted.path && { path: formatted.path }),
        extensions: { code, requestId: request.requestId },
      };
    }
    const { http, stacktrace: _, ...extensions } = formatted.extensions ?? {};
    // The edge's own refusals find their status where they arise; those of the inner floors are told here alone.
    request.unavailable ||= !(code in edgeErrors) && (http as { status?: unknown } | undefined)?.status === 503;
    return { ...formatted, extensions: { ...extensions, code, requestId: request.requestId } };
  };
}

/** Seconds after which a client should ask again for what could not be answered just now. */
export const retryAfterSeconds = 1;

/** The HTTP status that an error asks for; 500 for one that never heard of HTTP. */
export function statusOf(error: unknown): number {
  if (!(error instanceof GraphQLError)) return 500;
  const status = (error.extensions.http as { status?: unknown } | undefined)?.status;
  return typeof status === "number" ? status : 500;
}

/** The HTTP status of an answer, where it is not 200: what one of its errors asks for, or 400 where the operation never began. */
export function statusAmong({
  data,
  errors = [],
}: {
  data?: unknown;
  errors?: readonly GraphQLError[];
}): number | undefined {
  const status = errors.map(({ extensions }) => (extensions.http as { status?: number } | undefined)?.status);
  return status.findLast((asked) => asked !== undefined) ?? (data === undefined && errors.length > 0 ? 400 : undefined);
}

/** The error at the root, below graphql-js's and Apollo's wrappings. */
export function cause(error: unknown): unknown {
  return error instanceof GraphQLError && error.originalError ? cause(error.originalError) : error;
}

function explain(error: unknown, language: Language): GraphQLFormattedError {
  const root = cause(error);
  if (!(error instanceof GraphQLError)) return { message: "", extensions: { code: "INTERNAL" } };
  // graphql-js stops counting tokens with a syntax error like any other.
  const tokens = /^Syntax Error: Document contains more tha[nt] (\d+) tokens/.exec(error.message)?.[1];
  if (tokens) return explain(new EdgeError("QUERY_TOO_LARGE", counted("TOKENS", { limit: Number(tokens) })), language);
  // Validation wraps a limit's refusal and puts its own code over ours.
  if (root instanceof EdgeError) {
    const message = language === "zh" ? root.zh : error.message;
    return { ...error.toJSON(), message, extensions: root.extensions };
  }
  const code = error.extensions.code ?? unnamed(error);
  const message = code === "INTERNAL" ? error.message : withoutValues(error.message);
  return { ...error.toJSON(), message, extensions: { ...error.extensions, code } };
}

/**
 * What graphql-js says, without the values it prints: a client's values are personal, and come back in no message. Names
 * stay, which are the schema's or stand in the client's own document, cut where they are long.
 */
function withoutValues(message: string): string {
  return message
    .replace(/^(Argument "\w+") has invalid value[\s\S]*$/, "$1 does not fit its type.")
    .replace(/^(Variable "[^"]*") got invalid value[\s\S]*$/, "$1 does not fit its type.")
    .replace(/^(Syntax Error: [\s\S]*?\b(?:Int|Float|String|BlockString|Comment)) "[\s\S]*$/, "$1.")
    .replace(/"[^"]{65,}"/g, (quoted) => `${quoted.slice(0, 61)}…"`)
    .slice(0, messageCharactersMax);
}

const messageCharactersMax = 1_000;

/** graphql-js gives no codes: an error of its own about an argument or a variable, not a field, is the client's. */
function unnamed(error: GraphQLError): EdgeCode {
  const about = error.nodes?.[0]?.kind;
  return cause(error) instanceof GraphQLError && about && about !== Kind.FIELD ? "INVALID_INPUT" : "INTERNAL";
}

function mapped(
  plain: GraphQLFormattedError,
  error: unknown,
  language: Language,
  formatError?: FormatError,
): GraphQLFormattedError {
  try {
    return formatError?.(plain, error, language) ?? plain;
  } catch {
    return { message: "", extensions: { code: "INTERNAL" } };
  }
}
