import fc from "fast-check";
import validator from "validator";
import { Refusal } from "../../src/domain/kit/refusal";
import { checkDigit, type IdKind, namesAgree, type PaperFault, readPapers } from "../../src/domain/people/papers";
import { residentId } from "../support/papers";

const today = "2026-09-20";
type Given = { kind?: IdKind; birthDate?: string; ages?: { least: number; most: number } };
/** What is read, or the reason of the refusal. */
function read(text: string, given: Given = {}): string {
  try {
    const { kind, number } = readPapers(text, { ...given, today });
    return `${kind} ${number}`;
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== "ID_NUMBER_INVALID") throw error;
    expect(JSON.stringify(error.details)).not.toContain(text);
    return error.details.reason as string;
  }
}

const mei = "330681196804120011";
const rows: [text: string, is: string | PaperFault, given?: Given][] = [
  [mei, `RESIDENT_ID ${mei}`, { birthDate: "1968-04-12" }],
  [mei, "BIRTH_DATE_DISAGREES", { birthDate: "1939-01-01" }],
  ["330681 19680412-0011", `RESIDENT_ID ${mei}`],
  ["３３０６８１１９６８０４１２００１１", `RESIDENT_ID ${mei}`],
  [`'${mei}`, `RESIDENT_ID ${mei}`],
  [`${mei.slice(0, 9)}\u200b${mei.slice(9)}`, `RESIDENT_ID ${mei}`],
  // Fifteen digits: the year is of the last century, and the check digit follows from the rest.
  ["330681680412001", `RESIDENT_ID ${mei}`, { birthDate: "1968-04-12" }],
  ["330681680412001", "BIRTH_DATE_DISAGREES", { birthDate: "1968-04-13" }],
  ["330681681312001", "BIRTH_DATE"],
  // What a spreadsheet leaves of eighteen digits.
  ["330681196804120000", "ROUNDED_BY_SPREADSHEET"],
  ["330681196804123000", "ROUNDED_BY_SPREADSHEET"],
  ["3.30681E+17", "ROUNDED_BY_SPREADSHEET"],
  ["3.30681196804120E+17", "ROUNDED_BY_SPREADSHEET"],
  ["330681196804120012", "CHECK_DIGIT"],
  ["33068119680412001X", "CHECK_DIGIT"],
  [residentId("1968-04-31"), "BIRTH_DATE"],
  [residentId("1899-12-31"), "BIRTH_DATE"],
  [residentId(today), `RESIDENT_ID ${residentId(today)}`],
  [residentId("2026-09-21"), "BIRTH_DATE"],
  [`00${"1119680412001"}11`, "LENGTH"],
  [`001119196804120${"01"}${checkDigit("00111919680412001")}`, "REGION"],
  ["0000", "LENGTH"],
  ["----", "FORM"],
  ["000000000000000000", "ROUNDED_BY_SPREADSHEET"],
  ["33068119680412001", "LENGTH"],
  ["3306811968041200111", "LENGTH"],
  ["13800138000", "LENGTH"],
  ["13800138000", "LENGTH", { kind: "PASSPORT" }],
  ["无", "FORM"],
  ["330681-demo-0001", "KIND_MISSING"],
  ["h1234 5678", "HK_MACAO_PERMIT H12345678"],
  // The older booklet's last two digits count how often it was renewed.
  ["M1234567801", "HK_MACAO_PERMIT M12345678"],
  ["A12345678", "FORM", { kind: "HK_MACAO_PERMIT" }],
  ["H00000000", "FORM"],
  // Eight digits may be a permit or a passport: the station says which.
  ["01234576", "KIND_MISSING"],
  ["01234576", "TAIWAN_PERMIT 01234576", { kind: "TAIWAN_PERMIT" }],
  ["01234576(02)", "TAIWAN_PERMIT 01234576", { kind: "TAIWAN_PERMIT" }],
  ["1234567", "LENGTH", { kind: "TAIWAN_PERMIT" }],
  ["E12345678", "PASSPORT E12345678"],
  ["ea1234567", "PASSPORT EA1234567"],
  ["C01X00T47", "KIND_MISSING"],
  ["C01X00T47", "PASSPORT C01X00T47", { kind: "PASSPORT" }],
  ["01234576", "PASSPORT 01234576", { kind: "PASSPORT" }],
  ["0000000", "FORM", { kind: "PASSPORT" }],
  ["ABCDEFGH", "FORM", { kind: "PASSPORT" }],
  ["USA330081010101", "PERMANENT_RESIDENCE USA330081010101"],
  ["USA330081010101", "PERMANENT_RESIDENCE USA330081010101", { birthDate: "1981-01-01" }],
  ["USA330081010101", "BIRTH_DATE_DISAGREES", { birthDate: "1981-01-02" }],
  ["XXA330081010101", "PERMANENT_RESIDENCE XXA330081010101"],
  ["USA330081023001", "BIRTH_DATE"],
  ["USA990081010101", "REGION"],
  ["XYZ000000000000", "FORM"],
  // What somebody types to get past the field.
  ["XXX123456789012", "FORM"],
  ["AAA330081010101", "FORM"],
  ["111111111111111", "REGION"],
  ["222222220202222", "REGION"],
  ["123456789012345", "BIRTH_DATE"],
  ["990101680412001", "REGION"],
  ["330681680412000", "FORM"],
  ["330681196804120003", "FORM"],
  ["111111", "LENGTH", { kind: "PASSPORT" }],
  ["123456", "LENGTH", { kind: "PASSPORT" }],
  ["1111111", "FORM", { kind: "PASSPORT" }],
  ["12345678", "FORM", { kind: "PASSPORT" }],
  ["01234567", "FORM", { kind: "PASSPORT" }],
  ["987654321", "FORM", { kind: "PASSPORT" }],
  ["512345679", "PASSPORT 512345679", { kind: "PASSPORT" }],
  ["G12345678", "PASSPORT G12345678"],
  ["11111111", "FORM", { kind: "TAIWAN_PERMIT" }],
  ["12345678", "FORM", { kind: "TAIWAN_PERMIT" }],
  ["12345678(02)", "FORM", { kind: "TAIWAN_PERMIT" }],
  ["87654321", "FORM", { kind: "TAIWAN_PERMIT" }],
  // A registration that asks for no birth date says which ages it is for.
  [mei, `RESIDENT_ID ${mei}`, { ages: { least: 16, most: 110 } }],
  [residentId("2010-09-21"), "BIRTH_DATE", { ages: { least: 16, most: 110 } }],
  [residentId("1911-11-11"), "BIRTH_DATE", { ages: { least: 16, most: 110 } }],
];

test.each(rows)("%s is %s", (text, is, given = {}) => {
  expect(read(text, given)).toBe(is);
});

test("a foreigner's card of 2023 has nine, a region, a country, a birth date and the same check digit", () => {
  const seventeen = "93384019850607001";
  const number = seventeen + checkDigit(seventeen);
  expect(read(number, { birthDate: "1985-06-07" })).toBe(`PERMANENT_RESIDENCE ${number}`);
  expect(read(number, { birthDate: "1985-06-08" })).toBe("BIRTH_DATE_DISAGREES");
  expect(read(number, { kind: "RESIDENT_ID" })).toBe("REGION");
});

const birthDate = fc
  .date({ min: new Date("1910-01-01"), max: new Date("1999-12-31"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const order = fc.integer({ min: 1, max: 999 });

test("fifteen digits are their eighteen, and what the library knows as valid is valid", () => {
  fc.assert(
    fc.property(birthDate, order, (born, no) => {
      const number = residentId(born, no);
      expect(validator.isIdentityCard(number, "zh-CN")).toBe(true);
      expect(read(number, { birthDate: born })).toBe(`RESIDENT_ID ${number}`);
      expect(read(number.slice(0, 6) + number.slice(8, 17), { birthDate: born })).toBe(`RESIDENT_ID ${number}`);
      expect(read(number.toLowerCase().split("").join(" "))).toBe(`RESIDENT_ID ${number}`);
    }),
  );
});

test("a year without its century is the one that the birth date or the ages leave", () => {
  const born = (given: Given) => readPapers("USA330015010101", { ...given, today }).birthDate;
  expect([born({}), born({ birthDate: "1915-01-01" })]).toEqual([null, "1915-01-01"]);
  expect(born({ ages: { least: 16, most: 120 } })).toBe("1915-01-01");
  expect(readPapers("USA330081010101", { today }).birthDate).toBe("1981-01-01");
});

test("one wrong digit is found, and so are two that changed places", () => {
  fc.assert(
    fc.property(birthDate, order, fc.nat(16), fc.integer({ min: 1, max: 9 }), (born, no, at, by) => {
      const number = residentId(born, no);
      const wrong = `${number.slice(0, at)}${(Number(number[at]) + by) % 10}${number.slice(at + 1)}`;
      expect(read(wrong, { kind: "RESIDENT_ID" })).toMatch(/^(CHECK_DIGIT|ROUNDED_BY_SPREADSHEET)$/);
      const swapped = `${number.slice(0, at)}${number[at + 1]}${number[at]}${number.slice(at + 2)}`;
      if (swapped !== number) expect(read(swapped, { kind: "RESIDENT_ID" })).not.toContain("RESIDENT_ID");
    }),
  );
});

test("no text is anything but read or refused", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme" }),
      fc.constantFrom(undefined, ...(["PASSPORT", "RESIDENT_ID"] as const)),
      (text, kind) => {
        expect(typeof read(`${text}\u0000`, { kind })).toBe("string");
      },
    ),
  );
});

test.each([
  ["古丽米热·艾比布力", "古丽米热•艾比布力", true],
  ["古丽米热·艾比布力", "古丽米热艾比布力", true],
  ["阿里．买买提", "阿里・买买提", true],
  ["王 五", "王五", true],
  ["张\u200b三", "张三", true],
  ["ＫＩＭ", "kim", true],
  ["王梅", "王美", false],
])("%s and %s are one name: %s", (one, other, is) => {
  expect(namesAgree({ displayName: one }, { displayName: other })).toBe(is);
});

test("legal names are compared where both are known, else any name that is known", () => {
  expect(namesAgree({ displayName: "王阿姨", legalName: "王梅" }, { displayName: "王梅" })).toBe(true);
  expect(namesAgree({ displayName: "王阿姨", legalName: "王梅" }, { displayName: "王阿姨", legalName: "王美" })).toBe(
    false,
  );
});
