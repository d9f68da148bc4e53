import fc from "fast-check";
import { checkNumber, meant, personalIn, readNumber } from "../../src/domain/people/numbers";
import { outcomeOf } from "../support/outcomes";
import { residentId } from "../support/papers";

describe("numbers that people type", () => {
  const spellings: [typed: string, read: string][] = [
    ["bn001", "BN001"],
    ["BN001", "BN001"],
    ["ＢＮ００１", "BN001"],
    ["ZJ 202600257", "ZJ202600257"],
    ["　zj　２０２６００２５７ ", "ZJ202600257"],
    ["V\u200b-1", "V-1"],
    ["01—001", "01-001"],
    ["01－001", "01-001"],
    ["V‑1", "V-1"],
  ];
  test.each(spellings)("%j is read as %s", (typed, read) => expect(readNumber(typed)).toBe(read));

  test("reading again changes nothing, whatever was typed", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (typed) => readNumber(readNumber(typed)) === readNumber(typed)),
      { examples: [["ῢ"]] }, // in capitals it falls apart
    );
  });

  const forms: [typed: string, found: string][] = [
    ["BN001", "ok"],
    ["01-001", "ok"],
    ["bn001", "ok"],
    ["330681202600257", "ok"], // a running number behind the county's code: no day of birth
    ["15-2026-00123", "ok"], // hyphens where no mobile has them
    ["110101190002310001", "ok"], // 18 digits, and the 31st of February
    ["张三", "INVALID_INPUT"],
    ["V_1", "INVALID_INPUT"],
    ["-V1", "INVALID_INPUT"],
    ["V1-", "INVALID_INPUT"],
    ["", "INVALID_INPUT"],
    ["V1", "INVALID_INPUT"], // shorter than three
    ["X".repeat(41), "INVALID_INPUT"],
    ["330681196804120011", "INVALID_INPUT"],
    ["330681196804120018", "INVALID_INPUT"], // a slip in the check digit
    ["330681201805120017", "INVALID_INPUT"],
    ["330681201805120019", "ok"], // behind a late day only the check digit tells an ID
    ["330681196804120000", "INVALID_INPUT"], // what a spreadsheet leaves of 18 digits
    ["ZJ330681196804120018", "INVALID_INPUT"],
    ["330681-19680412-0018", "INVALID_INPUT"],
    ["３３０６８１１９６８０４１２００１８", "INVALID_INPUT"],
    ["330681196804120018-01", "INVALID_INPUT"],
    ["11010119900307109x", "INVALID_INPUT"],
    ["330681680412001", "INVALID_INPUT"],
    ["13800138000", "INVALID_INPUT"],
    ["138-0013-8000", "INVALID_INPUT"],
    ["138 0013 8000", "INVALID_INPUT"],
    ["ZJ13800138000", "INVALID_INPUT"],
    ["8613800138000", "INVALID_INPUT"],
    ["008613800138000", "INVALID_INPUT"],
    ["１３８００１３８０００", "INVALID_INPUT"],
    ["12800138000", "ok"], // no mobile begins with 12
    ["139-22-223333", "INVALID_INPUT"],
    ["013922223333", "INVALID_INPUT"],
    ["0139-2222-3333", "INVALID_INPUT"],
    ["1-3922223333", "INVALID_INPUT"],
    ["+86 139-222-23333", "INVALID_INPUT"],
    ["86-13-922-223333", "INVALID_INPUT"],
    ["ZJ-139-22-223333-01", "INVALID_INPUT"],
    ["139O2223333", "INVALID_INPUT"],
    ["1392222333O", "INVALID_INPUT"],
    ["l3922223333", "INVALID_INPUT"],
    ["139_2222/3333", "INVALID_INPUT"],
    ["330681-680412-001", "INVALID_INPUT"],
    ["33-06-81-19680412-001-1", "INVALID_INPUT"],
    ["33O681196804120011", "INVALID_INPUT"],
    ["139٢٢٢٢٣٣٣٣", "INVALID_INPUT"],
    ["ZJ202600257", "ok"],
    ["BN-2026-000139", "ok"],
    ["FQ-139-2026", "ok"],
    ["0139-2026-0001", "ok"], // a unit, a year, a number
    ["ZJ-15-2026-09-00001", "ok"],
    ["I3068100013", "ok"], // no digit stands before the I
    ["2026", "ok"],
    ["138001380001", "ok"], // a digit too many
  ];
  test.each(forms)("%j as a number kept in clear: %s", (typed, found) => {
    expect(outcomeOf(() => checkNumber(typed, ["volunteerNo"], { least: 3, most: 40 }))).toBe(found);
  });

  test("a refusal says what is wrong, and never the value", () => {
    for (const [typed, details] of [
      ["330681196804120018", { personal: "RESIDENT_ID", expected: "no ID number" }],
      ["13800138000", { personal: "MOBILE", expected: "no mobile number" }],
      ["张三", { least: 3, most: 40, unit: "NUMBER_CHARACTERS" }],
    ] as const)
      try {
        checkNumber(typed, ["volunteerNo"], { least: 3, most: 40 });
      } catch (error) {
        expect(JSON.stringify(error)).not.toContain(typed);
        expect(error).toMatchObject({ path: ["volunteerNo"], details });
      }
    expect.assertions(6);
  });

  const texts: [text: string, personal: string | null][] = [
    ["张三 330681196804120018 13800138000", "RESIDENT_ID"],
    ["联系 138 0013 8000", "MOBILE"],
    ["报名：zhuge@example.com", "EMAIL"],
    ["诸葛丽华＠ｅｘａｍｐｌｅ．ｃｏｍ", "EMAIL"],
    ["@善行暨阳 12.5 km", null],
    ["10@20", null],
    ["+86 138-0013-8000", "MOBILE"],
    ["电话0575-87012345", null],
    ["2026-09-18 09:00 至 11:00", null],
    ["备案 533306812026A000001", null],
    ["330681 1968 0412 0018", "RESIDENT_ID"],
    ["电话一三九二二二二三三三三", "MOBILE"],
    ["电话壹叁玖 贰贰贰贰 叁叁叁叁", "MOBILE"],
    ["电话幺三九2222三三三三", "MOBILE"],
    ["139一2222一3333", "MOBILE"],
    ["١٣٩٢٢٢٢٣٣٣٣", "MOBILE"],
    ["(139) 2222/3333", "MOBILE"],
    ["电话139.22.22.33.33", "MOBILE"],
    ["三三〇六八一一九六八〇四一二〇〇一一", "RESIDENT_ID"],
    ["2026年三八妇女节，2026-03-08 09:00", null],
    ["浙民〔2026〕139号，二〇二六年九月十八日", null],
    ["2026.9.18-2026.9.19 第13次", null],
    ["募捐 15,202,600,123 元", null],
  ];
  test.each(texts)("%j holds %s", (text, personal) => expect(personalIn(text)).toBe(personal));

  const sign = (of: string, lengths: fc.StringConstraints) => fc.string({ unit: fc.constantFrom(...of), ...lengths });
  const digits = (minLength: number, maxLength = minLength) => sign("0123456789", { minLength, maxLength });
  const year = fc.integer({ min: 1990, max: 2049 }).map(String);
  const two = (most: number) => fc.integer({ min: 1, max: most }).map((count) => String(count).padStart(2, "0"));
  const day = fc.tuple(year, two(12), two(28)).map((parts) => parts.join(""));
  /** Letters, a unit, when, a running number and its part, each but the number left out or not. */
  const ordinary = fc
    .tuple(
      fc.option(sign("ABCDEFGHIJKLMNOPQRSTUVWXYZ", { minLength: 1, maxLength: 4 })),
      fc.option(digits(1, 2)),
      fc.option(
        fc.oneof(
          year,
          fc.tuple(year, two(12)).map((parts) => parts.join("")),
          day,
        ),
      ),
      digits(1, 6),
      fc.option(digits(1, 2)),
      fc.constantFrom("-", "－", " ", "—"),
    )
    .map(([letters, unit, when, count, part, gap]) =>
      [letters, unit, when, count, part].filter((group) => group !== null).join(gap),
    );
  test("an ordinary running number of up to five groups passes", () => {
    fc.assert(
      fc.property(ordinary, (number) => expect([number, personalIn(number)]).toEqual([number, null])),
      { numRuns: 1000 },
    );
  });

  test("a mobile or an ID number does not, whichever way its digits are set apart", () => {
    const mobile = fc.tuple(fc.stringMatching(/^1[3-9]$/), digits(9)).map((parts) => parts.join(""));
    const resident = fc.tuple(
      fc.date({ min: new Date("1930-01-01"), max: new Date("2010-12-31"), noInvalidDate: true }),
      digits(3),
    );
    const number = fc.oneof(
      fc.record({ is: fc.constant("MOBILE"), digits: mobile }),
      resident.map(([born, order]) => ({
        is: "RESIDENT_ID",
        digits: residentId(born.toISOString().slice(0, 10), Number(order)),
      })),
      resident.map(([born, order]) => ({
        is: "RESIDENT_ID",
        digits: `330681${born.toISOString().slice(2, 10).replaceAll("-", "")}${order}`,
      })),
    );
    const gaps = fc.array(fc.constantFrom("", "", "-", "－", " ", "—", "."), { minLength: 18, maxLength: 18 });
    fc.assert(
      fc.property(
        number,
        gaps,
        fc.constantFrom("", "ZJ", "ZJ-", "V "),
        fc.constantFrom("", "-", "-A"),
        (own, gaps, front, end) => {
          const typed = [...own.digits].map((digit, i) => digit + (i < own.digits.length - 1 ? gaps[i] : "")).join("");
          // A group that is a year, a month or a day is taken for that: 15-2026-00123 is an ordinary number.
          fc.pre(!/(?<!\d)(19|20)\d\d(\d\d){0,2}(\D|$)/.test(typed));
          expect([typed, personalIn(`${front}${typed}${end}`)]).toEqual([typed, own.is]);
        },
      ),
      { numRuns: 1000 },
    );
  });

  test("numbers of earlier releases stay apart where only their case tells them apart", () => {
    const [lower, upper] = [{ volunteerNo: "bn001" }, { volunteerNo: "BN001" }];
    expect(meant("bn001", [lower, upper])).toBe(lower);
    expect(meant("BN001", [lower, upper])).toBe(upper);
    expect(meant("ＢＮ００１", [lower, upper])).toBe(upper);
    expect(meant("BN 001", [lower])).toBe(lower);
    expect(meant("BN002", [lower, upper])).toBeUndefined();
  });
});
