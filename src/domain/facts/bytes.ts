import { dayNumbered, numberOfDay } from "../kit/calendar";
import { BrokenInvariant, invariant } from "../kit/invariant";
import { leavingOut } from "../kit/objects";
import { readId, readPerson, writeId, writePerson } from "./ids";
import type { Shape } from "./shape";
import type { Bytes, Reader } from "./stream";
import type { Word, Words } from "./words";

/**
 * How the words of a fact are written: the bits first, one for each field that may be absent or left out (whether it is there)
 * and for each flag (its value), in the order of the fields, eight to a byte from the highest on; then the other fields that
 * are there.
 *
 * | word | bytes |
 * | --- | --- |
 * | `count`, `instant` | a varint: seven bits a byte, the lowest first, no more bytes than it needs |
 * | `int` | a varint of the number folded, so that 0, -1, 1, -2 are 0, 1, 2, 3 |
 * | `day` | the days since 1970-01-01 as an `int` |
 * | `oneOf` | one byte: the place in the list |
 * | `id`, `person` | the 16 bytes of the UUID (`ids.ts`) |
 * | `sealed` | the id of the row; then 00, or where this entry seals it 01, the id of whose key it is under, and 32 bytes: the commitment |
 * | `hash` | 01 and 32 bytes, where it is 64 hexadecimal digits; else 00 and a `text` |
 * | `shortHash` | 01 and 16 bytes, where it is 22 signs of base64url behind the word's beginning; else 00 and a `text` |
 * | `text`, `code`, `json` | a varint of the length, and the UTF-8 bytes |
 * | list | a varint of the count, and each item |
 *
 * What is written has one form only: bytes that are read are the bytes that would be written again.
 */
export function writeFields(
  out: Bytes,
  { kind, fields }: Pick<Shape, "kind" | "fields">,
  version: number,
  values: Readonly<Record<string, unknown>>,
  seals: readonly Seal[],
): void {
  const unsaid = new Map(seals.map((seal) => [seal.id, seal]));
  const { words, bits } = layoutOf(fields, version);
  for (let i = 0; i < bits.length; i += 8) {
    let byte = 0;
    for (let j = 0; j < 8; j += 1) {
      const [name, word] = bits[i + j] ?? [];
      if (!name || !word) break;
      if (word.is === "flag" ? isYes(values[name], [kind, name]) : isThere(values[name])) byte |= 0x80 >> j;
    }
    out.byte(byte);
  }
  for (const [name, word] of words)
    if (word.is !== "flag" && (!hasBit(word) || isThere(values[name])))
      write(out, word, values[name], [kind, name], unsaid);
  invariant(unsaid.size === 0, "an entry names what it seals");
}

/** The fact of which these are the fields that are there, and what it seals. */
export function readFields(
  bytes: Reader,
  { kind, fields }: Pick<Shape, "kind" | "fields">,
  version: number,
): { fact: Record<string, unknown>; seals: Seal[] } {
  const { bits, blank, readers, factOf } = layoutOf(fields, version);
  const values = [kind, ...blank];
  const begin = bytes.skip(Math.ceil(bits.length / 8));
  const isSet = (bit: number) => ((bytes.all[begin + (bit >> 3)] as number) & (0x80 >> (bit & 7))) !== 0;
  for (let bit = bits.length; bit & 7; bit += 1) invariant(!isSet(bit), "no bit without a field is set");
  const named = new Named();
  for (let i = 0; i < readers.length; i += 1) {
    const { bit, read } = readers[i] as FieldReader;
    if (bit < 0 || isSet(bit)) values[i + 1] = read(bytes, named);
  }
  return { fact: factOf(values), seals: named.seals };
}

/** The sealed rows that an entry has named so far, and what it says of those that it seals. */
class Named {
  readonly ids: string[] = [];
  readonly seals: Seal[] = [];
}

/** A row that is sealed from this entry on: the person whose key seals it, and its commitment. */
export interface Seal {
  readonly id: string;
  readonly personId: string;
  readonly commitment: Uint8Array;
}

/** Whether a bit says of the field that it is there, or says its value. */
const hasBit = (word: Word) => word.optional || word.kept === true || word.is === "flag";

type Field = readonly [name: string, word: Word];
/** The fields of a kind as one version of it has them. */
interface Layout {
  readonly words: readonly Field[];
  readonly bits: readonly Field[];
  readonly readers: readonly FieldReader[];
  /** The values of all fields where none is there, those that came later at the end. */
  readonly blank: readonly unknown[];
  factOf(kindAndValues: readonly unknown[]): Record<string, unknown>;
}
interface FieldReader {
  /** The place of its bit; -1 where it has none. */
  readonly bit: number;
  readonly read: Read;
}
type Read = (bytes: Reader, named: Named) => unknown;
const layouts = new WeakMap<Words, Map<number, Layout>>();

/** Found out once for each version of a kind: the audit of a large bank reads millions of bodies. */
function layoutOf(fields: Words, version: number): Layout {
  const known = layouts.get(fields) ?? new Map<number, Layout>();
  layouts.set(fields, known);
  const layout = known.get(version) ?? layoutFor(Object.entries(fields), version);
  known.set(version, layout);
  return layout;
}

function layoutFor(fields: readonly Field[], version: number): Layout {
  const isOf = ([, { since = 1 }]: Field) => since <= version;
  const words = fields.filter(isOf);
  const all = [...words, ...fields.filter((field) => !isOf(field))];
  const bits = words.filter(([, word]) => hasBit(word));
  return {
    words,
    bits,
    readers: words.map((field) => {
      const [, word] = field;
      const read = word.is === "flag" ? () => true : readerOf(word);
      return { bit: bits.indexOf(field), read };
    }),
    // An entry of an earlier version says nothing of what came later.
    blank: all.map(([, word]) => (word.kept ? undefined : word.is === "flag" ? false : null)),
    factOf: leavingOut(["type", ...all.map(([name]) => name)]),
  };
}

const isThere = (value: unknown) => value !== null && value !== undefined;
function isYes(value: unknown, place: Place): boolean {
  return typeof value === "boolean" ? value : broken(place, "is a flag");
}

/** A field of a fact, by the names of both. */
type Place = readonly [kind: string, name: string];

/** What a field must be is put in words only where it is not that: an entry has dozens of fields. */
function broken([kind, name]: Place, promise: string): never {
  throw new BrokenInvariant(`${kind}.${name} ${promise}`);
}

function write(out: Bytes, word: Word, value: unknown, place: Place, unsaid: Map<string, Seal>): void {
  if (word.is === "list") {
    if (!Array.isArray(value)) broken(place, "is a list");
    out.varint(value.length);
    for (const item of value) write(out, word.of, item, place, unsaid);
    return;
  }
  if (word.is === "json") {
    const text = JSON.stringify(value);
    if (typeof text !== "string") broken(place, "can be written as JSON");
    out.text(text);
    return;
  }
  if (word.is === "count" || word.is === "instant" || word.is === "int") {
    if (typeof value !== "number" || !Number.isSafeInteger(value)) broken(place, "is a whole safe number");
    if (word.is === "int") out.int(value);
    else out.varint(value);
    return;
  }
  if (typeof value !== "string") broken(place, "is text");
  switch (word.is) {
    case "id":
      writeId(out, word.prefix, value);
      return;
    case "person":
      writePerson(out, value);
      return;
    case "sealed": {
      const seal = unsaid.get(value);
      // Of several fields that name the row, the first one seals it.
      unsaid.delete(value);
      writeId(out, "sealed", value);
      out.byte(seal ? 1 : 0);
      if (!seal) return;
      invariant(seal.commitment.length === 32, "a commitment has 32 bytes");
      writeId(out, "any", seal.personId);
      out.raw(seal.commitment);
      return;
    }
    case "day":
      out.int(numberOfDay(value));
      return;
    case "oneOf": {
      const index = word.values.indexOf(value);
      if (index < 0) broken(place, "is in its list");
      out.byte(index);
      return;
    }
    case "hash":
    case "shortHash":
      writeHash(out, word, value);
      return;
    case "text":
    case "code":
      out.text(value);
      return;
    case "flag":
      broken(place, "is written as a bit");
      break;
    default:
      never(word);
  }
}

/** How a word is read. */
function readerOf(word: Word): Read {
  switch (word.is) {
    case "list": {
      const read = readerOf(word.of);
      return (bytes, named) => {
        const count = bytes.varint();
        // Each item takes a byte at least: no list is longer than what is left.
        invariant(count <= bytes.left, "a list is in the body whole");
        const items: unknown[] = [];
        for (let i = 0; i < count; i += 1) items.push(read(bytes, named));
        return items;
      };
    }
    case "json":
      return (bytes) => {
        const text = bytes.text();
        const value: unknown = parsed(text);
        invariant(JSON.stringify(value) === text, "JSON is in its one form");
        return value;
      };
    case "count":
    case "instant":
      return (bytes) => bytes.varint();
    case "int":
      return (bytes) => bytes.int();
    case "id": {
      const { prefix } = word;
      return (bytes) => readId(bytes, prefix);
    }
    case "person":
      return readPerson;
    case "sealed":
      return readSealed;
    case "day":
      return (bytes) => dayText(bytes.int());
    case "oneOf": {
      const { values } = word;
      return (bytes) => {
        const value = values[bytes.byte()];
        invariant(value !== undefined, "a value is in its list");
        return value;
      };
    }
    case "hash":
    case "shortHash":
      return (bytes) => readHash(bytes, word);
    case "text":
    case "code":
      return (bytes) => bytes.text();
    case "flag":
      return () => invariant(false, "a flag is read as a bit");
    default:
      return never(word);
  }
}

function readSealed(bytes: Reader, named: Named): string {
  const id = readId(bytes, "sealed");
  const mark = bytes.byte();
  invariant(mark <= 1, "a row is sealed with 01, and else named with 00");
  invariant(mark === 0 || !named.ids.includes(id), "a row is sealed by the first field that names it");
  named.ids.push(id);
  if (mark === 1) {
    const personId = readId(bytes, "any");
    named.seals.push({ id, personId, commitment: new Uint8Array(bytes.raw(32)) });
  }
  return id;
}

type HashWord = Extract<Word, { is: "hash" | "shortHash" }>;
const beginningOf = (word: HashWord) => ("begins" in word ? (word.begins ?? "") : "");
/** The bytes that a text spells as this word has them; null where it is another text. */
function hashBytes(word: HashWord, text: string): Buffer | null {
  const begins = beginningOf(word);
  const signs = text.startsWith(begins) ? text.slice(begins.length) : "";
  if (word.is === "hash") return /^[0-9a-f]{64}$/.test(signs) ? Buffer.from(signs, "hex") : null;
  // Of the last sign four bits are left over, which are 0.
  return /^[\w-]{21}[AQgw]$/.test(signs) ? Buffer.from(signs, "base64url") : null;
}
function writeHash(out: Bytes, word: HashWord, text: string): void {
  const bytes = hashBytes(word, text);
  out.byte(bytes ? 1 : 0);
  if (bytes) out.raw(bytes);
  else out.text(text);
}
function readHash(bytes: Reader, word: HashWord): string {
  const mark = bytes.byte();
  invariant(mark <= 1, "a hash begins with 00 or 01");
  if (mark === 1 && word.is === "hash") return bytes.spelled(32, "hex");
  if (mark === 1) return beginningOf(word) + bytes.spelled(16, "base64url");
  const text = bytes.text();
  invariant(hashBytes(word, text) === null, "a hash is in its one form");
  return text;
}

function never(word: never): never {
  throw new Error(`no word ${JSON.stringify(word)}`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return invariant(false, "JSON can be read");
  }
}

function dayText(number: number): string {
  // From the year 0 to 9999: what has four digits.
  invariant(number >= -719_528 && number <= 2_932_896, "a day has a year of four digits");
  return dayNumbered(number);
}
