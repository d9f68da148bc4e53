import { type Day, isDay } from "./calendar";
import type { Language } from "./language";
import { refuse } from "./refusal";

type Text = Record<Language, string>;

/** The papers by which a person is known. A certificate of social work is none of them: it is a number of its own. */
export const idKinds = ["RESIDENT_ID", "HK_MACAO_PERMIT", "TAIWAN_PERMIT", "PASSPORT", "PERMANENT_RESIDENCE"] as const;
export type IdKind = (typeof idKinds)[number];

/** What is wrong with a number, as `details.reason` of ID_NUMBER_INVALID tells it. The number itself is never told. */
export const paperFaults = {
  FORM: { zh: "不是任何证件号码的形式", en: "It has the form of no papers." },
  LENGTH: { zh: "位数不对", en: "It has too few or too many digits." },
  KIND_MISSING: { zh: "多种证件有此形式，请注明证件种类", en: "Several papers have this form; say which they are." },
  ROUNDED_BY_SPREADSHEET: {
    zh: "已被表格软件改为末尾为 0，请将该列设为文本后重新录入",
    en: "A spreadsheet put noughts for its last digits; format the column as text and type it again.",
  },
  CHECK_DIGIT: { zh: "校验码不符，有数字录错", en: "Its check digit does not fit: a digit is wrong." },
  REGION: { zh: "地区码不存在", en: "There is no such region." },
  BIRTH_DATE: { zh: "其中的出生日期不存在或在将来", en: "The birth date in it does not exist, or is still to come." },
  BIRTH_DATE_DISAGREES: { zh: "其中的出生日期与所填不一致", en: "The birth date in it is not the one that was given." },
} as const satisfies Record<string, Text>;
export type PaperFault = keyof typeof paperFaults;

/** A number in the one spelling in which it is kept, compared and hashed. */
export interface Papers {
  kind: IdKind;
  number: string;
  /** The birth date that the number holds; null where its kind holds none. */
  birthDate: Day | null;
}

/**
 * Reads the number of somebody's papers as people type it: full width, lower case, with spaces or hyphens inside, or with
 * the apostrophe by which a spreadsheet keeps digits as text. The kind follows from the form where no other kind has it.
 */
export function readPapers(
  text: string,
  given: { kind?: IdKind | null; birthDate?: Day | null; today: Day },
  path: string[] = ["idNumber"],
): Papers {
  const number = compact(text);
  const no = (reason: PaperFault, kind?: IdKind | null) =>
    refuse("ID_NUMBER_INVALID", { reason, ...(kind ? { kind } : {}) }, path);
  if (/^\d(\.\d+)?E\+?\d+$/.test(number) && !isChinesePassport(number)) no("ROUNDED_BY_SPREADSHEET", given.kind);
  const kind = given.kind ?? kindOf(number);
  if (!kind) return no(faultOfForm(number));
  const { form, value, birthDate } = forms[kind];
  if (!form.test(number)) no(/^\d+$/.test(number) ? "LENGTH" : "FORM", kind);
  const papers: Papers = { kind, number: value(number), birthDate: null };
  if (!birthDate?.test(papers.number)) {
    if (/^[A-Z]*0+$/.test(number)) no("FORM", kind);
    return papers;
  }
  // A spreadsheet keeps fifteen digits and puts noughts for the rest; no order number is 000.
  const isChecked = checkDigit(papers.number.slice(0, 17)) === papers.number[17];
  if (number.length === 18 && papers.number.endsWith("000") && (!isChecked || papers.number.endsWith("0000")))
    no("ROUNDED_BY_SPREADSHEET", kind);
  if (!isChecked) no("CHECK_DIGIT", kind);
  if (!regions.has(papers.number.slice(kind === "PERMANENT_RESIDENCE" ? 1 : 0).slice(0, 2))) no("REGION", kind);
  const born = papers.number.slice(6, 14).replace(/(\d{4})(\d\d)(\d\d)/, "$1-$2-$3");
  if (!isDay(born) || born < "1900-01-01" || born > given.today) no("BIRTH_DATE", kind);
  if (given.birthDate && given.birthDate !== born) no("BIRTH_DATE_DISAGREES", kind);
  return { ...papers, birthDate: born };
}

/** How a number may stand in what was kept before numbers had a kind: fifteen digits, and other papers without their kind. */
export function formerSpellings({ kind, number }: Papers): string[] {
  if (kind !== "RESIDENT_ID") return [number];
  return number.slice(6, 8) === "19" ? [number.slice(0, 6) + number.slice(8, 17)] : [];
}

/** The last sign of a resident ID, GB 11643: ISO 7064 MOD 11-2 over its first seventeen digits. */
export function checkDigit(seventeen: string): string {
  let sum = 0;
  for (const digit of seventeen) sum = (sum + Number(digit)) * 2;
  return "0123456789X"[(12 - (sum % 11)) % 11] as string;
}

/** Whether two names can be one person's: the legal ones where both are known, else any that is known of each. */
export function namesAgree(one: Named, other: Named): boolean {
  if (one.legalName && other.legalName) return plainName(one.legalName) === plainName(other.legalName);
  const known = namesOf(one);
  return namesOf(other).some((name) => known.includes(name));
}
export interface Named {
  displayName: string;
  legalName?: string | null;
}

function namesOf({ displayName, legalName }: Named): string[] {
  return [displayName, ...(legalName ? [legalName] : [])].map(plainName);
}

/** A name without what is typed differently: width, case, spaces, signs that cannot be seen, and the dot inside a name. */
function plainName(name: string): string {
  return name
    .normalize("NFKC")
    .replaceAll(/[\s\p{Cf}\u00b7\u2022\u2027\u2219\u22c5\u30fb\uff65\u16eb.]/gu, "")
    .toLowerCase();
}

interface Form {
  form: RegExp;
  value: (number: string) => string;
  /** Values of this form hold a region, a birth date and a check digit. */
  birthDate?: RegExp;
}
const eighteen = /^\d{17}[\dX]$/;
const asItIs = (number: string) => number;
const forms: Record<IdKind, Form> = {
  // Fifteen digits are a card of the first generation: the year without its century, and no check digit.
  RESIDENT_ID: { form: /^(\d{15}|\d{17}[\dX])$/, value: (number) => lengthened(number), birthDate: eighteen },
  // H or M and eight digits for life; the older booklet adds two for how often it was renewed.
  HK_MACAO_PERMIT: { form: /^[HM]\d{8}(\d{2})?$/, value: (number) => number.slice(0, 9) },
  // Eight digits for life; the older booklet adds in brackets how often it was renewed.
  TAIWAN_PERMIT: { form: /^\d{8}(\(?[\dA-Z]{1,2}\)?)?$/, value: (number) => number.slice(0, 8) },
  PASSPORT: { form: /^(?=.*\d)(?!\d{11}|\d{15})[A-Z0-9]{6,14}$/, value: asItIs },
  // The card of 2023 is built as a resident ID that begins with 9; the older one is a country and twelve digits.
  PERMANENT_RESIDENCE: { form: /^([A-Z]{3}\d{12}|9\d{16}[\dX])$/, value: asItIs, birthDate: eighteen },
};

/** The first two digits of a place in China: of its provinces, and of the residence permits for Hong Kong, Macao and Taiwan. */
const regions = new Set(
  "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83".split(" "),
);

function compact(text: string): string {
  return text
    .normalize("NFKC")
    .toUpperCase()
    .replace(/^['‘’`]/, "")
    .replaceAll(/[\s\p{Cf}\p{Pd}]/gu, "");
}

function lengthened(number: string): string {
  if (number.length !== 15) return number;
  const seventeen = `${number.slice(0, 6)}19${number.slice(6)}`;
  return seventeen + checkDigit(seventeen);
}

function isChinesePassport(number: string): boolean {
  return /^[DEGPS]\d{8}$|^E[A-Z]\d{7}$/.test(number);
}

/** The only kind with this form, or null: eight digits may be a permit or a passport, letters and digits any passport. */
function kindOf(number: string): IdKind | null {
  if (/^[A-Z]{3}\d{12}$|^9\d{16}[\dX]$/.test(number)) return "PERMANENT_RESIDENCE";
  if (forms.RESIDENT_ID.form.test(number)) return "RESIDENT_ID";
  if (forms.HK_MACAO_PERMIT.form.test(number)) return "HK_MACAO_PERMIT";
  return isChinesePassport(number) ? "PASSPORT" : null;
}

function faultOfForm(number: string): PaperFault {
  if (/^\d{8}(\([\dA-Z]{1,2}\))?$/.test(number)) return "KIND_MISSING";
  if (/^\d+X?$/.test(number)) return "LENGTH";
  return forms.PASSPORT.form.test(number) ? "KIND_MISSING" : "FORM";
}
