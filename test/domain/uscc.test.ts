import fc from "fast-check";
import { completeUscc, isUscc } from "../../src/domain/organizations/uscc";
import { checkUscc } from "../../src/services/bank/input";
import { residentId } from "../support/papers";

const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

test.each([
  // Published codes of two public companies.
  ["91350100M000100Y43", true],
  ["91110000600037341L", true],
  ["91350100M000100Y44", false],
  ["91350100M000100Y4", false],
  ["91350100m000100y43", false],
  ["9135010OM000100Y43", false],
  ["", false],
])("%s is a code: %s", (code, expected) => {
  expect(isUscc(code)).toBe(expected);
});

test("an ID number that has this check digit as well is no code of an organisation", () => {
  const both = Array.from({ length: 999 }, (_, i) => residentId("1968-04-12", i + 1)).filter(isUscc);
  expect(both.length).toBeGreaterThan(5);
  for (const number of both)
    expect(() => checkUscc(number, ["uscc"])).toThrow(expect.objectContaining({ code: "USCC_INVALID" }));
  expect(() => checkUscc("91110000600037341L", ["uscc"])).not.toThrow();
});

test("one wrong character, or two neighbours swapped, is always noticed", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...alphabet), { minLength: 17, maxLength: 17 }),
      fc.nat(16),
      fc.constantFrom(...alphabet),
      (body, at, other) => {
        const code = completeUscc(body.join(""));
        expect(isUscc(code)).toBe(true);
        const wrong = code.slice(0, at) + other + code.slice(at + 1);
        expect(isUscc(wrong)).toBe(wrong === code);
        const swapped = code.slice(0, at) + code[at + 1] + code[at] + code.slice(at + 2);
        if (at < 16) expect(isUscc(swapped)).toBe(swapped === code);
      },
    ),
    { numRuns: 500 },
  );
});
