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
    const uuid = id.startsWith(`${prefix}_`) ? uuidOf(id.slice(prefix.length + 1)) : null;
    if (uuid !== null && isTimed(uuid)) {
      out.raw(uuid);
      return;
    }
  } else {
    const place = idPrefixes.indexOf(id.slice(0, -27) as IdPrefix);
    const uuid = place >= 0 && id.at(-27) === "_" ? uuidOf(id.slice(-26)) : null;
    if (uuid !== null) {
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
    return `${prefix}_${signsOf(bytes.raw(16))}`;
  }
  const known = idPrefixes[bytes.byte() - 1];
  invariant(known, "an id has a prefix that there is");
  return `${known}_${signsOf(bytes.raw(16))}`;
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

const signs = "0123456789abcdefghjkmnpqrstvwxyz";
const values = new Map([...signs].map((sign, value) => [sign.charCodeAt(0), value]));

/** The 16 bytes of 26 signs; null where they are none. Two bits are left over, which are 0. */
export function uuidOf(text: string): Buffer | null {
  if (text.length !== 26) return null;
  const uuid = Buffer.alloc(16);
  let bits = 0;
  let count = -2;
  let at = 0;
  for (let i = 0; i < 26; i += 1) {
    const value = values.get(text.charCodeAt(i));
    if (value === undefined || (i === 0 && value > 7)) return null;
    bits = ((bits << 5) | value) & 0xfff;
    count += 5;
    if (count >= 8) {
      count -= 8;
      uuid[at++] = (bits >> count) & 0xff;
    }
  }
  return uuid;
}

/** Two signs for each ten bits: the audit of a large bank spells millions of ids. */
const pairs = [...signs].flatMap((first) => [...signs].map((second) => first + second));

/** The 26 signs of 16 bytes, behind two bits that are 0. */
export function signsOf(uuid: Uint8Array): string {
  let text = "";
  let bits = 0;
  let count = 2;
  for (let i = 0; i < 16; i += 1) {
    bits = (bits << 8) | (uuid[i] as number);
    count += 8;
    if (count < 10) continue;
    count -= 10;
    text += pairs[bits >>> count];
    bits &= (1 << count) - 1;
  }
  return text;
}
