import { invariant } from "../kit/invariant";
import type { Bytes, Reader } from "./stream";
import { type IdPrefix, idPrefixes } from "./words";

/**
 * Ids in bytes. An id of ours is a prefix and a UUID in 26 signs of Crockford's base 32 (TypeID); a field that says its prefix
 * holds the 16 bytes of the UUID. The first byte of such a UUID, the highest of a time in milliseconds, is neither 00 nor ff:
 * 00 stands before any other text, and ff before nothing: it is the bank itself, `system`, where a person stands. A field
 * of several prefixes begins with 1 + the prefix's place in `idPrefixes`, or with 00 before any other text.
 */
export function writeId(out: Bytes, prefix: IdPrefix | "any", id: string): void {
  if (prefix !== "any") {
    const isOurs = id.startsWith(prefix) && id[prefix.length] === "_" && readUuid(id, prefix.length + 1, uuid);
    if (isOurs && isTimed(uuid)) {
      out.raw(uuid);
      return;
    }
  } else {
    const place = idPrefixes.indexOf(id.slice(0, -27) as IdPrefix);
    if (place >= 0 && id.at(-27) === "_" && readUuid(id, id.length - 26, uuid)) {
      out.byte(place + 1);
      out.raw(uuid);
      return;
    }
  }
  out.byte(0);
  out.text(id);
}

export function readId(bytes: Reader, prefix: IdPrefix | "any"): string {
  const first = bytes.peek();
  if (first === 0) {
    bytes.byte();
    const text = bytes.text();
    invariant(isOther(prefix, text), "an id is in its one form");
    return text;
  }
  if (prefix !== "any") {
    invariant(first !== 0xff, "an id begins with a time");
    return recent.idOf(prefix, bytes.all, bytes.skip(16));
  }
  const known = idPrefixes[bytes.byte() - 1];
  invariant(known, "an id has a prefix that there is");
  return recent.idOf(known, bytes.all, bytes.skip(16));
}

/** A person, or `system`. */
export function writePerson(out: Bytes, id: string): void {
  if (id === "system") out.byte(0xff);
  else writeId(out, "person", id);
}
export function readPerson(bytes: Reader): string {
  if (bytes.peek() === 0xff) {
    bytes.byte();
    return "system";
  }
  const id = readId(bytes, "person");
  invariant(id !== "system", "a person is in its one form");
  return id;
}

/** Whether a text has no shorter form. */
function isOther(prefix: IdPrefix | "any", text: string): boolean {
  const known = prefix === "any" ? text.slice(0, -27) : prefix;
  if (prefix === "any" && !idPrefixes.includes(known as IdPrefix)) return true;
  const uuid = text.startsWith(`${known}_`) ? uuidOf(text.slice(known.length + 1)) : null;
  return uuid === null || (prefix !== "any" && !isTimed(uuid));
}

const isTimed = (uuid: Uint8Array) => uuid[0] !== 0 && uuid[0] !== 0xff;

/** The UUID that is being written. */
const uuid = new Uint8Array(16);

const signs = "0123456789abcdefghjkmnpqrstvwxyz";
const none = 0xff;
/** The value of each sign by its code. */
const values = new Uint8Array(128).fill(none);
for (const [value, sign] of [...signs].entries()) values[sign.charCodeAt(0)] = value;

/** The 16 bytes of 26 signs; null where they are none. */
export function uuidOf(text: string): Buffer | null {
  const uuid = Buffer.alloc(16);
  return readUuid(text, 0, uuid) ? uuid : null;
}

/** Reads the 16 bytes of the 26 signs with which a text ends. Two bits are left over, which are 0. */
function readUuid(text: string, from: number, uuid: Uint8Array): boolean {
  if (text.length !== from + 26) return false;
  let bits = 0;
  let count = -2;
  let at = 0;
  for (let i = 0; i < 26; i += 1) {
    const value = values[text.charCodeAt(from + i)] ?? none;
    if (value === none || (i === 0 && value > 7)) return false;
    bits = ((bits << 5) | value) & 0xfff;
    count += 5;
    if (count >= 8) {
      count -= 8;
      uuid[at++] = (bits >> count) & 0xff;
    }
  }
  return true;
}

const codes = Uint8Array.from(signs, (sign) => sign.charCodeAt(0));

/** The 26 signs of the 16 bytes at a place, behind two bits that are 0. */
export function signsOf(bytes: Uint8Array, at = 0): string {
  const first = bytes[at] as number;
  const [a, b, c] = [eightOf(bytes, at + 1), eightOf(bytes, at + 6), eightOf(bytes, at + 11)];
  return (signs[first >> 5] as string) + signs[first & 31] + a + b + c;
}

/** The eight signs of five bytes. */
function eightOf(bytes: Uint8Array, at: number): string {
  const [a, b, c, d, e] = [bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3], bytes[at + 4]] as Five;
  const [high, low] = [(a << 12) | (b << 4) | (c >> 4), ((c & 15) << 16) | (d << 8) | e];
  const code = (bits: number) => codes[bits & 31] as number;
  return String.fromCharCode(
    code(high >> 15),
    code(high >> 10),
    code(high >> 5),
    code(high),
    code(low >> 15),
    code(low >> 10),
    code(low >> 5),
    code(low),
  );
}
type Five = [number, number, number, number, number];

/** A power of two: so many ids are kept. */
const recentMost = 8192;

/**
 * The ids that were read last, each in the place that its last bytes say. A reader of the whole journal meets an id many times, and
 * an id that is the same text in memory is found faster.
 */
class RecentIds {
  private readonly words = new Int32Array(recentMost * 4);
  private readonly prefixes: IdPrefix[] = [];
  private readonly ids: string[] = [];

  idOf(prefix: IdPrefix, bytes: Buffer, at: number): string {
    const [a, b, c, d] = [wordAt(bytes, at), wordAt(bytes, at + 4), wordAt(bytes, at + 8), wordAt(bytes, at + 12)];
    const place = (d ^ (d >>> 16)) & (recentMost - 1);
    const { words, prefixes, ids } = this;
    const [w, x, y, z] = [place, place + recentMost, place + 2 * recentMost, place + 3 * recentMost];
    if (words[w] === a && words[x] === b && words[y] === c && words[z] === d && prefixes[place] === prefix)
      return ids[place] as string;
    [words[w], words[x], words[y], words[z]] = [a, b, c, d];
    prefixes[place] = prefix;
    const id = `${prefix}_${signsOf(bytes, at)}`;
    ids[place] = id;
    return id;
  }
}
const recent = new RecentIds();

/** Four bytes as one number. */
function wordAt(bytes: Buffer, at: number): number {
  const [a, b, c, d] = [bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]] as [number, number, number, number];
  return a | (b << 8) | (c << 16) | (d << 24);
}
