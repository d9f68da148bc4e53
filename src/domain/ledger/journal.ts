import { createHash } from "node:crypto";
import { type Fact, type JournalKind, journalKinds, shapes } from "../facts";
import type { Word } from "../facts/words";
import { invariant } from "../kit/invariant";

/**
 * The journal's bytes, version 1. A body is a header and then the kind's fields in the order written here:
 *
 *     version u8 = 1 | kind u8 | seq u64 | recordedAt u64 (µs) | at u64 (ms, the rules' clock) | origin text | actor text | fields
 *
 * `int` is a signed 64-bit big-endian number; `text` its UTF-8 bytes behind a u32 length; `bytes` likewise; `texts` a u32
 * count and that many texts; a `?` puts a presence byte (0 or 1) in front. The leaf is SHA-256(0x00 ‖ body), as in
 * RFC 6962. Fields are only ever added under a new version byte: old leaves must verify for ever.
 */
export interface Stamp {
  seq: number;
  /** Microseconds since 1970, strictly rising: when the bank wrote it. */
  recordedAt: number;
  /** Milliseconds: the clock the rules went by. */
  at: number;
  origin: string;
  actor: string;
}
export type JournalEntry = Stamp & { fact: Fact };

export function encode(stamp: Stamp, fact: Fact): Buffer {
  const parts: Buffer[] = [
    Buffer.from([1, shapes[fact.type].code]),
    u64(stamp.seq),
    u64(stamp.recordedAt),
    u64(stamp.at),
    text(stamp.origin),
    text(stamp.actor),
  ];
  const values: Record<string, unknown> = { ...fact };
  for (const [name, word] of Object.entries<Word>(shapes[fact.type].fields))
    parts.push(write(word, values[name], `${fact.type}.${name}`));
  return Buffer.concat(parts);
}

export function decode(body: Uint8Array): JournalEntry {
  const reader = new Reader(Buffer.from(body.buffer, body.byteOffset, body.byteLength));
  invariant(reader.byte() === 1, "journal body version 1");
  const code = reader.byte();
  const type = journalKinds.find((kind) => shapes[kind].code === code);
  invariant(type, `journal kind ${code}`);
  const stamp = {
    seq: reader.int(),
    recordedAt: reader.int(),
    at: reader.int(),
    origin: reader.text(),
    actor: reader.text(),
  };
  const fact: Record<string, unknown> & { type: JournalKind } = { type };
  for (const [name, word] of Object.entries<Word>(shapes[type].fields)) fact[name] = reader.read(word);
  reader.end();
  // The table of shapes has just said which fields of which types these are; the compiler cannot follow it there.
  return { ...stamp, fact: fact as Fact };
}

export function leafHash(body: Uint8Array): Buffer {
  return createHash("sha256")
    .update(Buffer.from([0]))
    .update(body)
    .digest();
}

function u64(value: number): Buffer {
  invariant(Number.isSafeInteger(value), `a whole safe number, got ${value}`);
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(value));
  return bytes;
}

function block(bytes: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

function text(value: string): Buffer {
  return block(Buffer.from(value, "utf8"));
}

function write(word: Word, value: unknown, name: string): Buffer {
  if (word.optional) {
    if (value === null || value === undefined) return Buffer.from([0]);
    return Buffer.concat([Buffer.from([1]), write({ ...word, optional: false }, value, name)]);
  }
  switch (word.is) {
    case "flag":
      return u64(value ? 1 : 0);
    case "int":
    case "count":
    case "instant":
      invariant(typeof value === "number", `${name} is a number`);
      return u64(value);
    case "list": {
      invariant(Array.isArray(value), `${name} is a list`);
      const count = Buffer.alloc(4);
      count.writeUInt32BE(value.length);
      return Buffer.concat([count, ...value.map((item) => write(word.of, item, name))]);
    }
    case "bytes":
      invariant(value instanceof Uint8Array, `${name} is bytes`);
      return block(value);
    case "json":
      return text(JSON.stringify(value));
    default:
      invariant(typeof value === "string", `${name} is text`);
      return text(value);
  }
}

class Reader {
  private at = 0;
  constructor(private readonly bytes: Buffer) {}
  private take(length: number): Buffer {
    invariant(this.at + length <= this.bytes.length, "journal body is complete");
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }
  byte(): number {
    return this.take(1)[0] as number;
  }
  int(): number {
    const value = Number(this.take(8).readBigInt64BE());
    invariant(Number.isSafeInteger(value), "journal numbers are safe");
    return value;
  }
  block(): Buffer {
    return this.take(this.take(4).readUInt32BE());
  }
  text(): string {
    return this.block().toString("utf8");
  }
  read(word: Word): unknown {
    if (word.optional) return this.byte() === 0 ? null : this.read({ ...word, optional: false });
    switch (word.is) {
      case "flag":
        return this.int() === 1;
      case "int":
      case "count":
      case "instant":
        return this.int();
      case "list":
        return Array.from({ length: this.take(4).readUInt32BE() }, () => this.read(word.of));
      case "bytes":
        return new Uint8Array(this.block());
      case "json":
        return JSON.parse(this.text());
      default:
        return this.text();
    }
  }
  end(): void {
    invariant(this.at === this.bytes.length, "journal body has no trailing bytes");
  }
}
