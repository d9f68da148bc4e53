import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { codeLength, codeSigns, groupCode, makeCode, readCode } from "../../src/domain/people/invitations";

const code = fc
  .array(fc.constantFrom(...codeSigns), { minLength: codeLength, maxLength: codeLength })
  .map((signs) => signs.join(""));
/** One sign as hands and keyboards write it: small or capital, half or full width. */
const written = (sign: string) =>
  fc.constantFrom(
    sign,
    sign.toLowerCase(),
    String.fromCodePoint(sign.charCodeAt(0) + 0xfee0),
    String.fromCodePoint(sign.toLowerCase().charCodeAt(0) + 0xfee0),
    ...({ "2": ["Z", "z"], "5": ["S", "s"], "8": ["B", "b"], V: ["U", "u"] }[sign] ?? []),
  );
const gap = fc.constantFrom("", " ", "-", "－", "—", "　", "·", " – ", "\t");

test("a code is read however it is written", () => {
  fc.assert(
    fc.property(
      code.chain((text) => fc.tuple(fc.constant(text), ...[...text].flatMap((sign) => [gap, written(sign)]), gap)),
      ([text, ...parts]) => {
        expect(readCode(parts.join(""))).toBe(text);
      },
    ),
  );
});

test("whatever is read is a code, and anything else is none", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "binary" }), code, code.map(groupCode)), (typed) => {
      const read = readCode(typed);
      if (read !== null) {
        expect([...read].every((sign) => codeSigns.includes(sign))).toBe(true);
        expect([read.length, readCode(read)]).toEqual([codeLength, read]);
      }
    }),
  );
});

test.each([
  "",
  "AAAAAAAAA",
  "AAAAAAAAAAA",
  "AAAAA0AAAA",
  "AAAAAOAAAA",
  "AAAAA1AAAA",
  "AAAAAIAAAA",
  "AAAAALAAAA",
  "A".repeat(101),
])("no code: %s", (typed) => {
  expect(readCode(typed)).toBeNull();
});

test("codes hold at least 45 bits, and no sign is likelier than another", () => {
  expect(Math.log2(codeSigns.length ** codeLength)).toBeGreaterThan(45);
  const counts = new Map<string, number>();
  for (let i = 0; i < 2_700; i += 1)
    for (const sign of makeCode(randomBytes)) counts.set(sign, (counts.get(sign) ?? 0) + 1);
  expect([...counts.keys()].sort().join("")).toBe([...codeSigns].sort().join(""));
  // A thousand of each are expected; 200 off would be more than six standard deviations.
  for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(200);
});

test("bytes that would favour the first signs are thrown away", () => {
  const tried = [255, 250, 243, ...Array.from({ length: 10 }, (_, i) => i)];
  expect(makeCode((count) => Uint8Array.from({ length: count }, () => tried.shift() ?? 0))).toBe("23456789AC");
});
