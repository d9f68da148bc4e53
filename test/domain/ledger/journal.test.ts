import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import {
  completed,
  type Fact,
  type FactOf,
  type JournalKind,
  journalKinds,
  shapes,
  type WrittenOf,
  writtenOf,
} from "../../../src/domain/facts";
import { readFields, type Seal, writeFields } from "../../../src/domain/facts/bytes";
import { readId, signsOf, uuidOf, writeId } from "../../../src/domain/facts/ids";
import { fact } from "../../../src/domain/facts/shape";
import { Bytes, Reader } from "../../../src/domain/facts/stream";
import type { Word } from "../../../src/domain/facts/words";
import * as words from "../../../src/domain/facts/words";
import { BrokenInvariant } from "../../../src/domain/kit/invariant";
import { decode, encode, leafHash } from "../../../src/domain/ledger/journal";
import { readBody } from "../../support/decoder";

const stamp = { seq: 700, recordedAt: 1_789_866_000_000_001, at: 1_789_866_000_000, actor: "system" };
const signs = "01m2y7rg0heqz9w3kxn5v8c4tp";
const hex = "5e".repeat(32);

/** One value for each word, the same for every kind: the vectors must never change. */
function sampleOf(word: Word): unknown {
  switch (word.is) {
    case "id":
      return `${word.prefix === "any" ? "volunteer" : word.prefix}_${signs}`;
    case "person":
      return `person_${signs}`;
    case "list":
      return [sampleOf(word.of)];
    case "oneOf":
      return word.values[1] ?? word.values[0];
    case "flag":
      return true;
    case "sealed":
      return `sealed_${signs}`;
    case "json":
      return [{ b: 1, a: "政策" }];
    case "day":
      return "2026-09-20";
    case "hash":
      return hex;
    case "shortHash":
      return `${word.begins ?? ""}${"Zz09_-".repeat(3)}abcA`;
    case "instant":
      return 1_789_866_000_000;
    case "int":
      return -90;
    case "count":
      return 300;
    default:
      return "善时";
  }
}
/** A fact of a kind with every field, or with none of those that may be absent. */
const sample = (kind: JournalKind, full = true): Fact =>
  ({
    type: kind,
    ...Object.fromEntries(
      Object.entries<Word>(shapes[kind].fields).map(([name, word]) => [name, full ? sampleOf(word) : bareOf(word)]),
    ),
  }) as unknown as Fact;
function bareOf(word: Word): unknown {
  if (word.kept) return undefined;
  return word.optional ? null : word.is === "flag" ? false : sampleOf(word);
}
/** What a fact with every field seals, where it names a sealed row. */
const sealsOf = (kind: JournalKind, full = true): Seal[] =>
  full && Object.values<Word>(shapes[kind].fields).some(({ is }) => is === "sealed")
    ? [{ id: `sealed_${signs}`, personId: `person_${signs}`, commitment: new Uint8Array(32).fill(0x5e) }]
    : [];
const sampleBody = (kind: JournalKind, full = true) =>
  encode(stamp, sample(kind, full), { seals: sealsOf(kind, full) });

interface Vectors {
  /** Of each kind the bodies, in hex, of a fact with every field and of one with as few as there may be. */
  bodies: Record<string, [full: string, bare: string]>;
  /** Of each field of a closed list the values in the order that the bytes go by. */
  lists: Record<string, readonly string[]>;
}
const path = join(__dirname, "journal.golden.json");
const known: Vectors = existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : { bodies: {}, lists: {} };
const listOf = (word: Word): readonly string[] =>
  word.is === "oneOf" ? word.values : word.is === "list" ? listOf(word.of) : [];
const lists = Object.fromEntries(
  journalKinds.flatMap((kind) =>
    Object.entries<Word>(shapes[kind].fields).flatMap(([name, word]) => {
      const values = listOf(word);
      return values.length > 0 ? [[`${kind}.${name}`, values] as const] : [];
    }),
  ),
);
// A new kind, and a new value at a list's end, are added by GOLDEN=write; what stands in the file stays.
if (process.env.GOLDEN === "write") {
  const bodies = Object.fromEntries(
    journalKinds.map((kind) => [
      kind,
      known.bodies[kind] ?? [true, false].map((full) => sampleBody(kind, full).toString("hex")),
    ]),
  );
  writeFileSync(path, `${JSON.stringify({ bodies, lists }, null, 2)}\n`);
  Object.assign(known, { bodies, lists });
}

describe("the journal's bytes, version 2", () => {
  test("spelled out for the shortest kind", () => {
    const origin = "test.example/枫桥";
    expect(encode(stamp, { type: "BANK_OPENED", origin, unit: "MINUTE" }).toString("hex")).toBe(
      [
        "02", // version
        "01", // BANK_OPENED
        "01", // in its first version
        "bc05", // seq 700
        "80fdcee28b34", // at, milliseconds
        "02", // recordedAt, a microsecond after
        "ff", // the bank itself
        "13",
        Buffer.from(origin).toString("hex"),
        "00", // the first unit
      ].join(""),
    );
  });

  test("golden vectors of every kind: old entries must verify for ever", () => {
    const bodies = Object.fromEntries(
      journalKinds.map((kind) => [kind, [true, false].map((full) => sampleBody(kind, full).toString("hex"))]),
    );
    // A kind that has gained a field keeps the vectors of its earlier version.
    const first = journalKinds.filter((kind) => shapes[kind].version === 1);
    for (const kind of first) expect([kind, bodies[kind]]).toEqual([kind, known.bodies[kind]]);
    expect(Object.keys(known.bodies)).toEqual(journalKinds);
  });

  test.each(journalKinds)("the vectors of %s are read, by the bank's code and by other code", (kind) => {
    for (const [i, body] of (known.bodies[kind] ?? []).entries()) {
      const bytes = Buffer.from(body, "hex");
      const entry = decode(bytes);
      expect(entry).toEqual({ ...stamp, fact: sample(kind, i === 0), seals: sealsOf(kind, i === 0) });
      const { fact: said, seals, ...stamped } = entry;
      expect(encode(stamped, said, { seals, version: bytes[2] }).equals(bytes)).toBe(true);
      expect(readBody(bytes)).toEqual(entry);
    }
  });

  test("closed lists are frozen: a value keeps its place, and a new one stands at the end", () => {
    for (const [field, values] of Object.entries(known.lists))
      expect([field, ...(lists[field] ?? []).slice(0, values.length)]).toEqual([field, ...values]);
    expect(Object.keys(lists).filter((field) => !(field in known.lists))).toEqual([]);
    for (const values of Object.values(lists)) expect(new Set(values).size).toBe(values.length);
    // A byte holds a place.
    for (const values of Object.values(lists)) expect(values.length).toBeLessThanOrEqual(256);
    expect(words.idPrefixes.slice(0, 37)).toMatchInlineSnapshot(`
[
  "account",
  "volunteer",
  "person",
  "organization",
  "record",
  "policy",
  "grant",
  "sealed",
  "campaign",
  "activity",
  "shift",
  "signup",
  "attendance",
  "guardian",
  "identity",
  "invitation",
  "tie",
  "socialworker",
  "training",
  "post",
  "head",
  "award",
  "finding",
  "household",
  "points",
  "recipient",
  "visit",
  "creditrecord",
  "creditread",
  "spotseed",
  "spotcheck",
  "ratinground",
  "rating",
  "ratingvote",
  "ratingsheet",
  "downgrade",
  "feedback",
]
`);
  });

  test("the leaf is SHA-256 of 0x00 and the body, as in RFC 6962", () => {
    const body = encode(stamp, sample("TRANSFER"));
    const plain = createHash("sha256")
      .update(Buffer.concat([Buffer.from([0]), body]))
      .digest("hex");
    expect(leafHash(body).toString("hex")).toBe(plain);
  });

  const plain = fc.string({ unit: "grapheme", maxLength: 6 });
  const uuid = fc.uint8Array({ minLength: 16, maxLength: 16 });
  const anyId = (prefix: string) =>
    fc.oneof(
      { weight: 4, arbitrary: uuid.map((bytes) => `${prefix}_${signsOf(bytes)}`) },
      plain,
      fc.constant("system"),
    );
  const anyDay = fc
    .integer({ min: -719_528, max: 2_932_896 })
    .map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10));
  function anyValue(word: Word): fc.Arbitrary<unknown> {
    if (word.kept) return fc.option(anyValue({ ...word, kept: undefined, optional: false }), { nil: undefined });
    if (word.optional) return fc.option(anyValue({ ...word, optional: false }));
    switch (word.is) {
      case "id":
        return word.prefix === "any" ? fc.constantFrom(...words.idPrefixes).chain(anyId) : anyId(word.prefix);
      case "person":
        return anyId("person");
      case "list":
        return fc.array(anyValue(word.of), { maxLength: 4 });
      case "oneOf":
        return fc.constantFrom(...word.values);
      case "flag":
        return fc.boolean();
      case "sealed":
        return anyId("sealed");
      case "json":
        return fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)));
      case "day":
        return anyDay;
      case "hash":
        return fc.oneof(
          fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString("hex")),
          plain,
        );
      case "shortHash":
        return fc.oneof(
          uuid.map((bytes) => (word.begins ?? "") + Buffer.from(bytes).toString("base64url")),
          plain,
        );
      case "int":
        return fc.maxSafeInteger();
      case "count":
      case "instant":
        return fc.maxSafeNat();
      default:
        return plain;
    }
  }
  const anyFact = fc
    .constantFrom(...journalKinds)
    .chain((kind) =>
      fc
        .record(
          Object.fromEntries(Object.entries<Word>(shapes[kind].fields).map(([name, word]) => [name, anyValue(word)])),
        )
        .map((fields) => ({ type: kind, ...fields }) as unknown as Fact),
    );
  const commitment = fc.uint8Array({ minLength: 32, maxLength: 32 });
  /** Of the rows that a fact names, some as it seals them. */
  const anySeals = (said: Fact) => {
    const words = Object.entries<Word>(shapes[said.type].fields).filter(([, { is }]) => is === "sealed");
    const ids = [...new Set(words.flatMap(([name]) => (said as unknown as Record<string, string | null>)[name] ?? []))];
    const seal = (id: string) => fc.record({ id: fc.constant(id), personId: anyId("person"), commitment });
    return fc.tuple(...ids.map((id) => fc.option(seal(id)))).map((seals) => seals.filter((one) => one !== null));
  };
  const anySealing = anyFact.chain((said) => anySeals(said).map((seals) => ({ said, seals })));

  test("come back as what was put in", () => {
    fc.assert(
      fc.property(anySealing, fc.maxSafeNat(), anyId("person"), ({ said, seals }, seq, actor) => {
        const entry = { ...stamp, seq, actor, fact: said, seals };
        const body = encode(entry, said, { seals });
        expect(decode(body)).toEqual(entry);
        expect(readBody(body)).toEqual(entry);
      }),
      { numRuns: 400 },
    );
  });

  /** Either the very bytes that would be written, or a broken invariant. */
  function readOrRefused(body: Uint8Array): "read" | "refused" {
    let entry: ReturnType<typeof decode>;
    try {
      entry = decode(body);
    } catch (error) {
      expect(error).toBeInstanceOf(BrokenInvariant);
      return "refused";
    }
    const { fact: said, seals, ...stamped } = entry;
    expect(encode(stamped, said, { seals, version: body[2] }).equals(Buffer.from(body))).toBe(true);
    return "read";
  }

  test("bytes that were changed are another entry in its one form, or are refused", () => {
    const outcomes = { read: 0, refused: 0 };
    fc.assert(
      fc.property(
        anySealing,
        fc.nat(),
        fc.nat({ max: 255 }),
        fc.constantFrom("flip", "cut", "put"),
        ({ said, seals }, where, byte, how) => {
          const body = encode(stamp, said, { seals });
          const at = where % body.length;
          const behind = how === "put" ? body.subarray(at) : body.subarray(at + 1);
          const between = how === "cut" ? [] : [byte];
          outcomes[readOrRefused(Buffer.concat([body.subarray(0, at), Buffer.from(between), behind]))] += 1;
        },
      ),
      { numRuns: 600 },
    );
    expect(Math.min(outcomes.read, outcomes.refused)).toBeGreaterThan(20);
  });

  test("any bytes are read or refused, in work that is linear in them", () => {
    fc.assert(
      fc.property(fc.constantFrom(...journalKinds), fc.uint8Array({ maxLength: 200 }), (kind, rest) => {
        readOrRefused(Buffer.concat([Buffer.from([2, shapes[kind].code, 1]), rest]));
      }),
      { numRuns: 600 },
    );
    // A list that claims to be longer than the body, and a text that does, ask for no memory.
    const claims = Buffer.from([2, shapes.RATING_ROUND_OPENED.code, 1, 0, 0, 0, 0xff, ...Array(40).fill(0xff)]);
    expect(readOrRefused(claims)).toBe("refused");
  });

  test("cut short, made longer or of another version are not read", () => {
    fc.assert(
      fc.property(anyFact, fc.nat(), (said, where) => {
        const body = encode(stamp, said);
        expect(() => decode(body.subarray(0, where % body.length))).toThrow();
        expect(() => decode(Buffer.concat([body, Buffer.from([0])]))).toThrow("trailing");
        expect(() => decode(Buffer.concat([Buffer.from([1]), body.subarray(1)]))).toThrow("version 2");
        expect(() => decode(Buffer.concat([body.subarray(0, 2), Buffer.from([9]), body.subarray(3)]))).toThrow(
          "version",
        );
      }),
      { numRuns: 100 },
    );
  });

  test.each([1.5, Number.NaN, 2 ** 53, -1, "1", null])(
    "a number that is not whole and safe is a broken invariant: %p",
    (minutes) => {
      expect(() => encode(stamp, { ...sample("TRANSFER"), minutes } as unknown as Fact)).toThrow();
    },
  );

  test.each([
    ["day", "effectiveOn", "2026-02-30"],
    ["closed list", "phase", "SPENT"],
    ["text of half a character", "recordId", "\ud800"],
  ])("what is no %s is a broken invariant", (_, field, value) => {
    expect(() => encode(stamp, { ...sample("TRANSFER"), [field]: value } as unknown as Fact)).toThrow(BrokenInvariant);
  });

  test("an id takes 16 bytes where its field says the prefix, and any other text comes back as it was", () => {
    const cases: [prefix: words.IdPrefix | "any", id: string, length: number][] = [
      ["record", `record_${signs}`, 16],
      ["any", `record_${signs}`, 17],
      ["record", `volunteer_${signs}`, 38],
      ["record", `record_${signs.toUpperCase()}`, 35],
      ["record", "record_8zzzzzzzzzzzzzzzzzzzzzzzzz", 35], // more than 128 bits
      ["record", "record_00000000000000000000000000", 35], // of the year 1970
      ["record", "", 2],
      ["any", "household_x/2026-Q3", 21],
    ];
    for (const [prefix, id, length] of cases) {
      const out = new Bytes();
      writeId(out, prefix, id);
      const bytes = out.whole();
      expect([id, bytes.length]).toEqual([id, length]);
      expect(readId(new Reader(bytes), prefix)).toBe(id);
    }
    fc.assert(fc.property(uuid, (bytes) => expect(uuidOf(signsOf(bytes))).toEqual(Buffer.from(bytes))));
  });

  test("an entry names what it seals, and a row is sealed once", () => {
    const said = { type: "SEALED_ANEW", id: `sealed_${signs}` } as const;
    const [seal] = sealsOf("SEALED_ANEW");
    expect(() => encode(stamp, said, { seals: [{ ...seal, id: "sealed_other" } as Seal] })).toThrow(BrokenInvariant);
    expect(() => encode(stamp, said, { seals: [{ ...seal, commitment: new Uint8Array(31) } as Seal] })).toThrow(
      BrokenInvariant,
    );
    expect(decode(encode(stamp, said, { seals: [seal as Seal] })).seals).toEqual([seal]);
  });

  test("a step leaves out what stays as it was, and says it where it changed", () => {
    const first = { ...(sample("RECORD_STEP") as FactOf<"RECORD_STEP">), externalRef: null };
    const next = { ...first, state: "POSTED" as const, endedAt: first.endedAt + 1, version: 2 };
    const said = writtenOf(next, first) as WrittenOf<"RECORD_STEP">;
    expect(said.endedAt).toBe(next.endedAt);
    expect([said.startedAt, said.organizationId, said.externalRef, said.handledBy]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(encode(stamp, next).length - encode(stamp, said).length).toBeGreaterThan(100);
    const read = decode(encode(stamp, said)).fact as WrittenOf<"RECORD_STEP">;
    // What is left out is no field at all: a copy over another object overwrites nothing with it.
    expect(Object.keys(read).sort()).toEqual(Object.keys(said).sort());
    expect(completed(read, first)).toEqual(next);
    expect(() => completed(read, null)).toThrow(BrokenInvariant);
  });

  test("a kind that gained fields reads the entries of its earlier version, in which they are absent or no", () => {
    const { id, text, flag, optional, since } = words;
    const earlier = { id: id("record"), name: optional(text) };
    const first = fact("TEST_SET", 1, earlier, { into: null });
    const second = fact(
      "TEST_SET",
      1,
      { ...earlier, note: since(2, optional(text)), late: since(2, flag) },
      { into: null },
    );
    expect([first.version, second.version]).toEqual([1, 2]);
    const values = { id: `record_${signs}`, name: "枫桥" };
    const old = new Bytes();
    writeFields(old, first, 1, values, []);
    const type = second.kind;
    expect(readFields(new Reader(old.whole()), second, 1).fact).toEqual({ type, ...values, note: null, late: false });
    const again = new Bytes();
    writeFields(again, second, 1, { ...values, note: null, late: false }, []);
    expect(again.whole()).toEqual(old.whole());
    const later = new Bytes();
    writeFields(later, second, 2, { ...values, note: "n", late: true }, []);
    expect(readFields(new Reader(later.whole()), second, 2).fact).toEqual({ type, ...values, note: "n", late: true });
  });
});
