import { deflateRawSync, inflateRawSync } from "node:zlib";

/** From here on it is worth while: a short text grows. */
const worthBytes = 200;
const plainMark = 0;
const deflatedMark = 1;

/** JSON as bytes: a mark, and then the text or, where it is long, the text deflated. A batch's answer names its lines a hundred times over. */
export function pack(value: unknown): Buffer {
  const text = Buffer.from(JSON.stringify(value), "utf8");
  const deflated = text.length < worthBytes ? text : deflateRawSync(text);
  const isShorter = deflated.length < text.length;
  return Buffer.concat([Buffer.from([isShorter ? deflatedMark : plainMark]), isShorter ? deflated : text]);
}

export function unpack(bytes: Buffer): unknown {
  const rest = bytes.subarray(1);
  return JSON.parse((bytes[0] === deflatedMark ? inflateRawSync(rest) : rest).toString("utf8"));
}
