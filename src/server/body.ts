import { isUtf8 } from "node:buffer";
import type { IncomingMessage } from "node:http";
import type { Soon } from "../domain/kit/soon";
import { counted } from "../domain/kit/units";
import { EdgeError } from "./errors";
import type { Limits } from "./limits";

/** How a body is let in: room for its bytes while they come, and their count before they are read. */
export interface Intake {
  /** Throws RATE_LIMITED where the asker has too many bytes on the way. */
  hold(bytes: number): () => void;
  receive(bytes: number): Soon<void>;
}

/** Reads a JSON object from a request, refusing by type, room, size, encoding, shape and syntax, in this order. */
export async function readJson(
  request: IncomingMessage,
  limits: Limits,
  intake: Intake,
): Promise<Record<string, unknown>> {
  const [type, ...parameters] = (request.headers["content-type"] ?? "").toLowerCase().split(";");
  const charset = parameters.map((text) => text.trim()).find((text) => text.startsWith("charset="));
  const encoding = request.headers["content-encoding"] ?? "identity";
  const plain = !charset || /^charset="?utf-?8"?$/.test(charset);
  if (type?.trim() !== "application/json" || !plain || encoding !== "identity") {
    throw new EdgeError("UNSUPPORTED_MEDIA_TYPE");
  }
  // A client that does not announce the length may send as much as is allowed.
  const announced = Number(request.headers["content-length"] ?? limits.bodyBytes);
  const release = intake.hold(Math.min(announced, limits.bodyBytes));
  let bytes: Buffer;
  try {
    bytes = await readBytes(request, limits.bodyBytes);
  } finally {
    release();
  }
  const received = intake.receive(bytes.length);
  if (received) await received;
  if (!isUtf8(bytes))
    throw new EdgeError("INVALID_INPUT", { message: "The body is not UTF-8.", zh: "请求体不是 UTF-8 编码。" });
  const text = bytes.toString("utf8");
  checkShape(text, limits);
  const value = parse(text);
  if (Array.isArray(value)) throw new EdgeError("BATCH_TOO_LARGE");
  if (typeof value !== "object" || value === null) {
    throw new EdgeError("INVALID_INPUT", {
      message: "The body must be a JSON object with a `query`.",
      zh: "请求体须为带有 query 的 JSON 对象。",
    });
  }
  return value as Record<string, unknown>;
}

/**
 * Reads a body, and stops at the first byte over the limit. A body that comes in one piece is not copied. More pieces are copied
 * into one buffer that doubles: a client chooses how small its pieces are, and Node needs a hundred bytes to hold a piece of one.
 */
function readBytes(request: IncomingMessage, bytesMax: number): Promise<Buffer> {
  const tooLarge = () => new EdgeError("REQUEST_TOO_LARGE", counted("BYTES", { limit: bytesMax }));
  return new Promise((resolve, reject) => {
    let buffer: Buffer = nothing;
    let size = 0;
    let pieces = 0;
    const refuse = () => {
      request.off("data", keep);
      discardRest(request, bytesMax);
      reject(tooLarge());
    };
    const keep = (chunk: Buffer) => {
      const end = size + chunk.length;
      if (end > bytesMax) return refuse();
      pieces += 1;
      // Each piece costs as much work as a thousand bytes, and no honest client sends so many small ones.
      if (pieces > smallPiecesMax && end < pieces * smallPieceBytes) return void request.destroy();
      if (size === 0) buffer = chunk;
      else {
        if (end > buffer.length) {
          const wider = Buffer.allocUnsafe(Math.min(bytesMax, Math.max(end, secondBytes, 2 * buffer.length)));
          buffer.copy(wider, 0, 0, size);
          buffer = wider;
        }
        chunk.copy(buffer, size);
      }
      size = end;
    };
    const close = () => {
      // Every request closes: an error is made, with its stack, only where one broke off.
      if (!request.complete)
        reject(new EdgeError("INVALID_INPUT", { message: "The body broke off.", zh: "请求体不完整。" }));
    };
    request.once("error", close);
    request.once("close", close);
    if (Number(request.headers["content-length"] ?? 0) > bytesMax) return refuse();
    request.once("end", () => resolve(buffer.subarray(0, size)));
    request.on("data", keep);
  });
}

const nothing = Buffer.alloc(0);
/** What is made room for at least when a second piece comes. */
const secondBytes = 8 * 1024;
const smallPiecesMax = 1_000;
const smallPieceBytes = 64;

/** Many clients read an answer only after they have sent everything: listen a while longer, then hang up. */
function discardRest(request: IncomingMessage, bytesMax: number): void {
  let discarded = 0;
  request.on("data", (chunk: Buffer) => {
    discarded += chunk.length;
    if (discarded > 8 * bytesMax) request.destroy();
  });
}

const [quote, backslash, openList, closeList, openObject, closeObject, comma] = Buffer.from('"\\[]{},');

/**
 * How deep brackets stand within brackets, and how many values there are, found without recursion and before any parser
 * makes an object of each: 2 MB of empty objects are 690,000 of them.
 */
export function checkShape(text: string, limits: Limits): void {
  let depth = 0;
  let values = 0;
  for (let at = 0; at < text.length; at++) {
    const sign = text.charCodeAt(at);
    if (sign === quote) at = endOfString(text, at + 1);
    else if (sign === openList || sign === openObject) {
      values += 1;
      depth += 1;
      if (depth > limits.jsonDepth) {
        throw new EdgeError("INVALID_INPUT", {
          message: "The body nests too deeply.",
          zh: "请求体嵌套过深。",
          ...counted("LEVELS", { limit: limits.jsonDepth }),
        });
      }
    } else if (sign === closeList || sign === closeObject) depth -= 1;
    else if (sign === comma) values += 1;
    if (values > limits.jsonValues) {
      throw new EdgeError("INVALID_INPUT", {
        message: "The body holds too many values.",
        zh: "请求体中的值过多。",
        limit: limits.jsonValues,
      });
    }
  }
}

/** Where the quote stands that ends a string: most of a body is strings, and to look for quotes is faster than to look at each sign. */
function endOfString(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 1)) {
    let escapes = 0;
    while (text.charCodeAt(at - 1 - escapes) === backslash) escapes += 1;
    if (escapes % 2 === 0) return at;
  }
  return text.length;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.startsWith("\uFEFF") ? text.slice(1) : text);
  } catch {
    throw new EdgeError("INVALID_JSON");
  }
}
