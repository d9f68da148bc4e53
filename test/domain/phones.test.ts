import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { Refusal } from "../../src/domain/kit/refusal";
import {
  isPhoneClaimed,
  knowsPhone,
  maskPhone,
  type PhoneFault,
  plainPhone,
  readPhone,
} from "../../src/domain/people/phones";

/** What is read, or the reason of the refusal. */
function read(text: string): string {
  try {
    return readPhone(text).number;
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== "PHONE_INVALID") throw error;
    expect(error.path).toEqual(["phone"]);
    expect(Object.values(error.details)).not.toContain(text);
    return error.details.reason as string;
  }
}

const rows: [typed: string, is: string | PhoneFault][] = [
  ["13800000061", "13800000061"],
  ["１３８００００００６１", "13800000061"],
  ["138.0000.0061", "13800000061"],
  ["13800000061；", "13800000061"],
  ["138—0000－0061", "13800000061"],
  ["138一0000ー0061", "13800000061"],
  [" 138\u00a00000\u200b0061\t", "13800000061"],
  ["'13800000061", "13800000061"],
  ["’13800000061", "13800000061"],
  ["+8613800000061", "13800000061"],
  ["+86 138-0000-0061", "13800000061"],
  ["（+86）13800000061", "13800000061"],
  ["0086 138 0000 0061", "13800000061"],
  ["86-13800000061", "13800000061"],
  ["'+86 13800000061", "13800000061"],
  ["013800000061", "13800000061"], // a nought was dialled before the mobile of another place
  ["1-38000-00061", "13800000061"],
  ["138_0000~0061", "13800000061"],
  ["138～0000⁃0061", "13800000061"],
  ["138•0000・0061", "13800000061"],
  // A spreadsheet's, an empty one's, a shifted column's.
  ["1.3801E+10", "ROUNDED_BY_SPREADSHEET"],
  ["1.38E10", "ROUNDED_BY_SPREADSHEET"],
  ["13800000000", "MADE_UP"],
  ["11111111111", "MADE_UP"],
  ["000", "LENGTH"],
  ["0000", "MADE_UP"],
  ["12345", "MADE_UP"],
  ["12345678", "MADE_UP"],
  ["----", "FORM"],
  ["——", "FORM"],
  ["无", "FORM"],
  ["1968-04-12", "FORM"],
  ["2010.2.14", "FORM"],
  ["20100214", "FORM"],
  ["330681196804120011", "ID_NUMBER"],
  ["330681 680412 001", "ID_NUMBER"],
  ["E12345678", "WORDS"],
  ["手机13800000061", "WORDS"],
  ["13800000061（儿子）", "WORDS"],
  ["1380000006l", "WORDS"],
  ["一三八〇〇〇〇〇〇六一", "FORM"],
  ["110", "LENGTH"],
  ["1380000006", "LENGTH"],
  ["138000000611", "LENGTH"],
  ["12012345678", "LENGTH"],
  ["13800000061转801", "WORDS"], // a mobile has no extension
  // Landlines: the area code has three digits or four, the number seven or eight.
  ["0575-87012345", "0575-87012345"],
  ["057587012345", "0575-87012345"],
  ["0575 8701 2345", "0575-87012345"],
  ["(0575) 8701-2345", "0575-87012345"],
  ["【0575】87012345", "0575-87012345"],
  ["01012345678", "FORM"],
  ["01062345678", "010-62345678"],
  ["021-52345678", "021-52345678"],
  ["0411-8123456", "0411-8123456"],
  ["+86 575 87012345", "0575-87012345"],
  ["+86 (0)575 8701 2345", "0575-87012345"],
  ["+86-0575-87012345", "0575-87012345"],
  ["86 575 87012345", "0575-87012345"],
  ["0575-87012345转801", "0575-87012345-801"],
  ["0575-87012345 ext. 801", "0575-87012345-801"],
  ["0575-87012345x801", "0575-87012345-801"],
  ["0575-8701-2345-801", "0575-87012345-801"],
  ["057587012345分机801", "0575-87012345-801"],
  ["057587012345＃801", "0575-87012345-801"],
  ["0411-8123456-1", "0411-8123456-1"],
  ["0575-8701234567", "LENGTH"],
  ["0575-870123", "LENGTH"],
  ["0575-00000000", "FORM"],
  ["0075-87012345", "LENGTH"],
  ["400-812-3456", "LENGTH"],
  // As a town's people give it: without the area code.
  ["87012345", "87012345"],
  ["8701 2345", "87012345"],
  ["8123456", "8123456"],
  ["86123456", "86123456"], // begins as the code of the country does
  ["+86-575-87012345-801", "0575-87012345-801"],
  ["0086-0575-87012345", "0575-87012345"],
  ["87012345转801", "87012345-801"],
  ["88888888", "MADE_UP"],
  ["+86 87012345", "LENGTH"],
  ["10012345", "FORM"],
  // Abroad.
  ["+852 2345 6789", "+85223456789"],
  ["0085223456789", "+85223456789"],
  ["+1 (415) 555-0123", "+14155550123"],
  ["+44 (0)20 7946 0958", "+442079460958"],
  ["+1234567", "MADE_UP"],
  ["+8521234", "LENGTH"],
  ["+8521234567890123", "LENGTH"],
  ["+0123456780", "FORM"],
  ["+11111111111", "MADE_UP"],
  ["+852 2345 6789 ext 5", "WORDS"],
  // Two.
  ["13800000066/13800000067", "SEVERAL"],
  ["13800000066 13800000067", "SEVERAL"],
  ["13800000066-13800000067", "SEVERAL"],
  ["13800000066、87012345", "SEVERAL"],
  ["13800000066；13800000067", "SEVERAL"],
  ["13800000066，13800000067", "SEVERAL"],
  ["13800000066\n13800000067", "SEVERAL"],
  ["87012345 87012346", "SEVERAL"],
  ["0575-87012345/6", "SEVERAL"],
  ["13800000066或13800000067", "SEVERAL"],
];
test.each(rows)("%j is %s", (typed, is) => expect(read(typed)).toBe(is));

/** shared/data/faults/c-phones.csv: what a station's list had, each row with what becomes of it. */
const faults: [volunteerNo: string, is: string | PhoneFault][] = [
  ["BL001", "13800000061"],
  ["BL002", "13800000062"],
  ["BL003", "13800000063"],
  ["BL004", "0575-87012345"],
  ["BL005", "0575-87012345-801"],
  ["BL006", "SEVERAL"],
  ["BL007", "13800000068"],
  ["BL008", "MADE_UP"],
  ["BL009", "FORM"],
  ["BL010", "LENGTH"],
];
test("the list of faults is read row by row", () => {
  const [, ...lines] = readFileSync(join(__dirname, "../data/faults/c-phones.csv"), "utf8").trim().split(/\r?\n/);
  expect(lines.map((line) => [line.split(",")[0], read(line.split(",").at(-1) as string)])).toEqual(faults);
});

const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));
const mobile = fc
  .tuple(fc.stringMatching(/^1[3-9]\d$/), digits(8))
  .filter(([, rest]) => rest !== "00000000")
  .map((parts) => parts.join(""));
const landline = fc
  .tuple(fc.constantFrom("010", "021", "0571", "0575"), fc.stringMatching(/^[2-9]\d{6,7}$/), fc.option(digits(3)))
  .map(([area, number, extension]) => `${area}-${number}${extension === null ? "" : `-${extension}`}`);
const abroad = fc.stringMatching(/^\+852[2-9]\d{7}$/);

test("any decoration of a mobile is that mobile", () => {
  const gap = fc.constantFrom("", " ", "-", "－", "—", "‑", "–", ".", "　", "\u200b", " - ");
  const fullWidth = (text: string) => text.replaceAll(/\d/g, (digit) => String.fromCodePoint(Number(digit) + 0xff10));
  fc.assert(
    fc.property(
      mobile,
      fc.array(gap, { minLength: 10, maxLength: 10 }),
      fc.constantFrom("", "+86", "+86 ", "0086", "0086-", "86", "86 ", "0", "'", "'+86", "\u202d"),
      fc.boolean(),
      (number, gaps, front, wide) => {
        const typed = [...number].map((digit, i) => digit + (gaps[i] ?? "")).join("");
        expect(read(front + (wide ? fullWidth(typed) : typed))).toBe(number);
      },
    ),
  );
});

test("reading again changes nothing, and shows a mask that hides four digits and the extension", () => {
  fc.assert(
    fc.property(fc.oneof(mobile, landline, abroad), (number) => {
      expect(read(number)).toBe(number);
      expect(read(read(number))).toBe(read(number));
      const { rest } = readPhone(number);
      expect(maskPhone(number)?.replaceAll(/\D/g, "").length).toBeLessThanOrEqual(
        number.replaceAll(/\D/g, "").length - 4,
      );
      expect(knowsPhone(number, rest.slice(-2))).toBe(true);
    }),
  );
});

test("no text is anything but read, read again as the same, or refused", () => {
  const sign = fc.constantFrom(..."0123456789+-()  .转x/".split(""), "86", "0575", "138");
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: "grapheme" }),
        fc.array(sign, { maxLength: 20 }).map((signs) => signs.join("")),
      ),
      (typed) => {
        const is = read(typed);
        if (/\d/.test(is)) expect(read(is)).toBe(is);
        else expect(is).toMatch(/^[A-Z_]+$/);
      },
    ),
    { numRuns: 500 },
  );
});

test.each([
  ["13800000061", "138****0061", "61"],
  ["138-0000-0061", "138****0061", "61"], // as earlier releases kept it
  ["0575-87012345-801", "0575-****2345", "45"],
  ["0411-8123456", "0411-****456", "56"],
  ["87012345", "****2345", "45"],
  ["+85223456789", "+852****6789", "89"],
  ["12345", "****", "45"], // kept before numbers were read
])("%s is shown as %s and known by %s", (kept, shown, ends) => {
  expect(maskPhone(kept)).toBe(shown);
  expect([knowsPhone(kept, ends), knowsPhone(kept, "00"), knowsPhone(kept, null)]).toEqual([true, false, false]);
});

test("numbers are compared by what is dialled, whichever release kept them; a town's own number proves nobody", () => {
  expect(plainPhone("138 0000 0061")).toBe(plainPhone("+8613800000061"));
  expect([plainPhone("12345"), plainPhone(null)]).toEqual(["12345", null]);
  expect(isPhoneClaimed("138-0000-0061", "+8613800000061")).toBe(true);
  expect(isPhoneClaimed("(0575)87012345", "+86 575 8701 2345")).toBe(true);
  expect(isPhoneClaimed("0575-87012345-801", "0575-87012345")).toBe(false);
  expect(isPhoneClaimed("87012345", "87012345")).toBe(false);
  expect([isPhoneClaimed("----", "----"), isPhoneClaimed(null, null)]).toEqual([false, false]);
});
