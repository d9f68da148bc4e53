import { ageOn, type Day, isDay } from "../kit/calendar";
import type { Text } from "../kit/language";
import { refuse } from "../kit/refusal";
import { provinces } from "../organizations/division-codes";
import { plainName } from "./names";

/** The papers by which a person is known. A certificate of social work is none of them: it is a number of its own. */
export const idKinds = ["RESIDENT_ID", "HK_MACAO_PERMIT", "TAIWAN_PERMIT", "PASSPORT", "PERMANENT_RESIDENCE"] as const;
export type IdKind = (typeof idKinds)[number];

/** The faults of a number, which are `details.reason` of ID_NUMBER_INVALID. The number itself is never repeated. */
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
  BIRTH_DATE: {
    zh: "其中的出生日期不存在、在将来或与年龄不符",
    en: "The birth date in it does not exist, is still to come, or is of no age that this registration is for.",
  },
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
 * Reads the number of a person's papers as people type it: full width, lower case, with spaces or hyphens inside, or with
 * the apostrophe by which a spreadsheet keeps digits as text. The kind follows from the form where no other kind has it.
 * Where nobody gives a birth date, `ages` says which ages the one in the number may come to.
 */
export function readPapers(
  text: string,
  holder: { kind?: IdKind | null; birthDate?: Day | null; ages?: { least: number; most: number }; today: Day },
  path: string[] = ["idNumber"],
): Papers {
  const number = compact(text);
  const no = (reason: PaperFault, kind?: IdKind | null) =>
    refuse("ID_NUMBER_INVALID", { reason, ...(kind ? { kind } : {}) }, path);
  if (/^\d(\.\d+)?E\+?\d+$/.test(number) && !isChinesePassport(number)) no("ROUNDED_BY_SPREADSHEET", holder.kind);
  const kind = holder.kind ?? kindOf(number);
  if (!kind) return no(faultOfForm(number));
  const { form, value } = forms[kind];
  if (!form.test(number)) no(/^\d+$/.test(number) ? "LENGTH" : "FORM", kind);
  if (/^[A-Z]*0+$/.test(number) && number.length < 15) no("FORM", kind);
  const papers = { kind, number: value(number) };
  const inside = insideOf(kind, papers.number);
  if (!inside) return isMadeUp(papers.number) ? no("FORM", kind) : { ...papers, birthDate: null };
  if (eighteen.test(papers.number)) {
    // A spreadsheet keeps fifteen digits and puts noughts for the rest; no order number is 000.
    const isChecked = checkDigit(papers.number.slice(0, 17)) === papers.number[17];
    if (number.length === 18 && papers.number.endsWith("000") && (!isChecked || papers.number.endsWith("0000")))
      no("ROUNDED_BY_SPREADSHEET", kind);
    if (!isChecked) no("CHECK_DIGIT", kind);
    if (papers.number.slice(14, 17) === "000") no("FORM", kind);
  }
  if (!regions.has(inside.region.slice(0, 2)) || /^(\d)\1{5}$/.test(inside.region)) no("REGION", kind);
  const days = inside.days.filter((day) => isDay(day) && day >= "1900-01-01" && day <= holder.today);
  const { birthDate, ages, today } = holder;
  if (days.length === 0) no("BIRTH_DATE", kind);
  if (birthDate && !days.includes(birthDate)) no("BIRTH_DATE_DISAGREES", kind);
  const fits = (day: Day) => !ages || (ageOn(day, today) >= ages.least && ageOn(day, today) <= ages.most);
  const fitting = days.filter(fits);
  if (fitting.length === 0) no("BIRTH_DATE", kind);
  return { ...papers, birthDate: birthDate ?? (fitting.length === 1 ? (fitting[0] as Day) : null) };
}

/** The last sign of a resident ID, GB 11643: ISO 7064 MOD 11-2 over its first seventeen digits. */
export function checkDigit(seventeen: string): string {
  let sum = 0;
  for (const digit of seventeen) sum = (sum + Number(digit)) * 2;
  return "0123456789X"[(12 - (sum % 11)) % 11] as string;
}

/** Whether two names can belong to one person: the legal names where both are known, else any name that is known of each. */
export function namesAgree(first: Named, second: Named): boolean {
  if (first.legalName && second.legalName) return plainName(first.legalName) === plainName(second.legalName);
  const known = namesOf(first);
  return namesOf(second).some((name) => known.includes(name));
}
export interface Named {
  displayName: string;
  legalName?: string | null;
}

function namesOf({ displayName, legalName }: Named): string[] {
  return [displayName, ...(legalName ? [legalName] : [])].map(plainName);
}

interface Form {
  form: RegExp;
  value: (number: string) => string;
}
const eighteen = /^\d{17}[\dX]$/;
const asItIs = (number: string) => number;
const forms: Record<IdKind, Form> = {
  // Fifteen digits are a card of the first generation: the year without its century, and no check digit.
  RESIDENT_ID: { form: /^(\d{15}|\d{17}[\dX])$/, value: (number) => lengthened(number) },
  // H or M and eight digits for life; the older booklet adds two for how often it was renewed.
  HK_MACAO_PERMIT: { form: /^[HM]\d{8}(\d{2})?$/, value: (number) => number.slice(0, 9) },
  // Eight digits for life; the older booklet adds in brackets how often it was renewed.
  TAIWAN_PERMIT: { form: /^\d{8}(\(?[\dA-Z]{1,2}\)?)?$/, value: (number) => number.slice(0, 8) },
  // China's are a letter or E and another with seven or eight digits; many countries have letters, others 7 to 9 digits alone.
  PASSPORT: { form: /^((?=.*\d)(?=.*[A-Z])[A-Z\d]{6,14}|\d{7,9})$/, value: asItIs },
  // The card of 2023 is built as a resident ID that begins with 9. The older one is a country's three letters, a region
  // of four digits, six of the birth date and two. ISO 3166 gives no country AA…, QM… to QZ…, X… or ZZ…; ICAO
  // writes XXA to XXC for people without a country.
  PERMANENT_RESIDENCE: {
    form: /^((?!AA|Q[M-Z]|X(?!X[ABC])|ZZ)[A-Z]{3}\d{12}|9\d{16}[\dX])$/,
    value: asItIs,
  },
};

/** The region, and the days of birth that a number may mean: two where its year stands without a century. Null: it has none. */
function insideOf(kind: IdKind, number: string): { region: string; days: Day[] } | null {
  const dayOf = (digits: string) => digits.replace(/^(\d{4})(\d\d)(\d\d)$/, "$1-$2-$3");
  if (kind === "RESIDENT_ID") return { region: number.slice(0, 6), days: [dayOf(number.slice(6, 14))] };
  if (kind !== "PERMANENT_RESIDENCE") return null;
  if (eighteen.test(number)) return { region: number.slice(1, 3), days: [dayOf(number.slice(6, 14))] };
  const days = ["19", "20"].map((century) => dayOf(century + number.slice(7, 13)));
  return { region: number.slice(3, 7), days };
}

/** Digits that a person typed to get past the field: one digit repeated, or a run up or down, such as 1111111 and 12345678. */
export function isMadeUp(number: string): boolean {
  if (!/^\d+$/.test(number)) return false;
  const steps = [...number].slice(1).map((digit, i) => (Number(digit) - Number(number[i]) + 10) % 10);
  return [0, 1, 9].includes(steps[0] as number) && steps.every((step) => step === steps[0]);
}

/** The first two digits of a region, GB/T 2260; the residence permit of people of Taiwan has 83. */
const regions = new Set([...provinces, "83"]);

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

/** Whether a whole text has a form that only papers have: a permit, a Chinese passport, or a residence card. */
export function isPapers(text: string): boolean {
  return kindOf(compact(text)) !== null;
}

function faultOfForm(number: string): PaperFault {
  if (/^\d{8}(\([\dA-Z]{1,2}\))?$/.test(number)) return "KIND_MISSING";
  if (/^\d+X?$/.test(number)) return "LENGTH";
  return forms.PASSPORT.form.test(number) ? "KIND_MISSING" : "FORM";
}

/** Which of two persons who are parted keeps the ID number that both would have. */
export const papersHolders = ["KEPT", "SEPARATED", "NEITHER"] as const;
