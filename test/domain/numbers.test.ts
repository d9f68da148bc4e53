import fc from "fast-check";
import { checkNumber, meant, personalIn, readNumber } from "../../src/domain/numbers";

const codeOf = (work: () => unknown): string => {
  try {
    work();
    return "ok";
  } catch (error) {
    return (error as { code: string }).code;
  }
};

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
    ["138001380001", "ok"], // a digit too many
  ];
  test.each(forms)("%j as a number kept in clear: %s", (typed, found) => {
    expect(codeOf(() => checkNumber(typed, "volunteerNo", { least: 3, most: 40 }))).toBe(found);
  });

  test("a refusal says what is wrong, and never the value", () => {
    for (const typed of ["330681196804120018", "13800138000", "张三"])
      try {
        checkNumber(typed, "volunteerNo", { least: 3, most: 40 });
      } catch (error) {
        expect(JSON.stringify(error)).not.toContain(typed);
        expect(error).toMatchObject({ path: ["volunteerNo"], details: { expected: expect.any(String) } });
      }
    expect.assertions(6);
  });

  const texts: [text: string, personal: string | null][] = [
    ["张三 330681196804120018 13800138000", "RESIDENT_ID"],
    ["联系 138 0013 8000", "MOBILE"],
    ["+86 138-0013-8000", "MOBILE"],
    ["电话0575-87012345", null],
    ["2026-09-18 09:00 至 11:00", null],
    ["备案 533306812026A000001", null],
    ["330681 1968 0412 0018", "RESIDENT_ID"],
  ];
  test.each(texts)("%j holds %s", (text, personal) => expect(personalIn(text)).toBe(personal));

  test("numbers of earlier releases stay apart where only their case tells them apart", () => {
    const [lower, upper] = [{ volunteerNo: "bn001" }, { volunteerNo: "BN001" }];
    expect(meant("bn001", [lower, upper])).toBe(lower);
    expect(meant("BN001", [lower, upper])).toBe(upper);
    expect(meant("ＢＮ００１", [lower, upper])).toBe(upper);
    expect(meant("BN 001", [lower])).toBe(lower);
    expect(meant("BN002", [lower, upper])).toBeUndefined();
  });
});
