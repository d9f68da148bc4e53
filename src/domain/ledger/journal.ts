import { hash } from "node:crypto";
import { type JournalKind, journalKinds, shapes, type WrittenFact } from "../facts";
import { readFields, type Seal, writeFields } from "../facts/bytes";
import { readPerson, writePerson } from "../facts/ids";
import type { Shape } from "../facts/shape";
import { Bytes, Reader } from "../facts/stream";
import { invariant } from "../kit/invariant";

/**
 * The journal's bytes, version 2. A body is a header and then the fields of its kind (`facts/bytes.ts`):
 *
 *     version u8 = 2 | kind u8 | the kind's version u8 | seq varint | at varint (ms, the rules' clock)
 *       | recordedAt as an int: microseconds after `at` | actor as a person | fields
 *
 * The leaf is SHA-256(0x00 ‖ body), as in RFC 6962. A kind gains fields at its end, each with the kind's next version: the
 * bytes of earlier versions are read for ever. Which bank it is, the first entry says.
 */
export interface Stamp {
  seq: number;
  /** Microseconds since 1970, strictly rising: when the bank wrote it. */
  recordedAt: number;
  /** Milliseconds: the clock the rules went by. */
  at: number;
  actor: string;
}
/** `seals` are the sealed rows of which the entry is the first to speak, or which it seals anew. */
export type JournalEntry = Stamp & { fact: WrittenFact; seals: readonly Seal[] };

const bodyVersion = 2;
const leafPrefix = Buffer.from([0]);

export function encode(
  { seq, recordedAt, at, actor }: Stamp,
  fact: WrittenFact,
  { seals = [], version }: { seals?: readonly Seal[]; version?: number } = {},
): Buffer {
  const shape: Shape = shapes[fact.type];
  const out = new Bytes();
  const written = version ?? shape.version;
  invariant(written >= 1 && written <= shape.version, "a kind has this version");
  for (const byte of [bodyVersion, shape.code, written]) out.byte(byte);
  out.varint(seq);
  out.varint(at);
  out.int(recordedAt - at * 1000);
  writePerson(out, actor);
  writeFields(out, shape, written, fact, seals);
  return out.whole();
}

const kindOf = new Map(journalKinds.map((kind) => [shapes[kind].code, kind]));

/** The entry of a body. Whatever is not in its one form is a broken invariant. */
export function decode(body: Uint8Array): JournalEntry {
  const bytes = new Reader(Buffer.isBuffer(body) ? body : Buffer.from(body.buffer, body.byteOffset, body.byteLength));
  invariant(bytes.byte() === bodyVersion, "journal body version 2");
  const type: JournalKind | undefined = kindOf.get(bytes.byte());
  invariant(type, "a journal kind that there is");
  const shape: Shape = shapes[type];
  const version = bytes.byte();
  invariant(version >= 1 && version <= shape.version, "a version of the kind that there is");
  const seq = bytes.varint();
  const at = bytes.varint();
  const recordedAt = at * 1000 + bytes.int();
  invariant(Number.isSafeInteger(at * 1000) && Number.isSafeInteger(recordedAt), "an instant is safe");
  const actor = readPerson(bytes);
  const { fact, seals } = readFields(bytes, shape, version);
  bytes.end();
  // The table of facts has just said which fields of which types these are; the compiler cannot follow it there.
  return { seq, recordedAt, at, actor, fact: fact as WrittenFact, seals };
}

export function leafHash(body: Uint8Array): Buffer {
  return hash("sha256", Buffer.concat([leafPrefix, body]), "buffer");
}
