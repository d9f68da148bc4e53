import { isDay } from "../kit/calendar";
import { refuse } from "../kit/refusal";
import { counted } from "../kit/units";
import { checkDigit } from "./papers";

/**
 * Numbers by which people go stand in the journal for good: volunteer numbers and household numbers. People type them in many
 * ways, so `bn001`, `ＢＮ００１` and `BN 001` are all BN001; and none of them may be a person's ID or mobile number.
 */
const form = /^[A-Z\d](?:[A-Z\d-]*[A-Z\d])?$/;

/** A number in its one spelling: half width, upper case, plain hyphens, no invisible signs. It refuses nothing. */
export function readNumber(typed: string): string {
  return typed
    .normalize("NFKC")
    .replaceAll(/[\p{White_Space}\p{Cf}]/gu, "")
    .replaceAll(/[\u2010-\u2015\u2212]/g, "-")
    .toUpperCase()
    .normalize("NFKC");
}

/** A number that may be kept in clear, in its one spelling. INVALID_INPUT says what is wrong and repeats nothing of it. */
export function checkNumber(typed: string, path: string[], { least, most }: { least: number; most: number }): string {
  const number = readNumber(typed);
  if (!form.test(number) || number.length < least || number.length > most)
    refuse("INVALID_INPUT", counted("NUMBER_CHARACTERS", { least, most }), path);
  // As it was typed: in capitals an l no longer looks like a 1.
  checkImpersonal(typed, path);
  return number;
}

/**
 * Refuses a text that stands in clear in the journal and holds a person's ID number, mobile number or mail address:
 * INVALID_INPUT.
 */
export function checkImpersonal(text: string, path: string[], { mail = false } = {}): void {
  const personal = personalIn(text);
  if (personal && !(mail && personal === "EMAIL"))
    refuse("INVALID_INPUT", { personal, expected: personalTexts[personal].en }, path);
}

/** The texts that a clerk reads beside a line whose number is a person's own. */
export const personalTexts = {
  RESIDENT_ID: { zh: "不得为身份证号", en: "no ID number" },
  MOBILE: { zh: "不得为手机号", en: "no mobile number" },
  EMAIL: { zh: "不得为电子邮箱", en: "no e-mail address" },
  PAPERS: { zh: "不得为证件号码", en: "no number of papers" },
} as const;

/**
 * The kind of a person's own number that a text holds, or a mail address where it holds none. Its digits may be set apart in
 * any way and be of any kind: full width, of other scripts, Chinese, or letters that look like digits.
 */
export function personalIn(text: string): keyof typeof personalTexts | null {
  const plain = digitsOf(text.normalize("NFKC").replaceAll(/\p{Cf}/gu, ""));
  const spelled = plain.replaceAll(/[〇零一幺二三四五六七八九壹贰叁肆伍陆柒捌玖]/g, (sign) => String(chinese[sign]));
  const readings = [...new Set([plain, spelled, lookedAlike(plain)].map(grouped))];
  if (readings.some(holdsId)) return "RESIDENT_ID";
  if (readings.some(holdsMobile)) return "MOBILE";
  return /(?<=[\p{L}\p{N}_])@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}/u.test(plain) ? "EMAIL" : null;
}

const chinese: Readonly<Record<string, number>> = Object.fromEntries(
  ["〇零", "一幺壹", "二贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"].flatMap((signs, digit) =>
    [...signs].map((sign) => [sign, digit] as const),
  ),
);

/** Decimal digits of every script as ours; each script has its ten in a row. */
function digitsOf(text: string): string {
  return text.replaceAll(/(?![0-9])\p{Nd}/gu, (sign) => {
    let digit = 0;
    const code = sign.codePointAt(0) as number;
    while (digit < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - digit - 1))) digit += 1;
    return String(digit);
  });
}

/** O, I, l and | as the digits that they look like, behind a digit and beside no other letter; l and | also in front of one. */
function lookedAlike(text: string): string {
  return text.replaceAll(/(?<![A-Za-z])[l|]+(?=\d)|(?<=\d)[OoIl|]+(?![A-Za-z])/g, (signs) =>
    signs.replaceAll(/[Oo]/g, "0").replaceAll(/[Il|]/g, "1"),
  );
}

/** In capitals, with one hyphen wherever signs set groups of digits apart. */
function grouped(text: string): string {
  return text.toUpperCase().replaceAll(/[\p{White_Space}\p{Pd}\u2212\u30fc一.·•_/\\()[\]【】]+/gu, "-");
}

function holdsId(text: string): boolean {
  // A day of birth at its place among 18 digits is no accident, so it is looked for at every place.
  for (const { 1: number } of text.replaceAll("-", "").matchAll(/(?=(\d{17}[\dX]))/g))
    if (isIdLike(number as string)) return true;
  return hasGroups(text, (number) => number.length === 15 && isIdLike(number));
}

/** The digits grouped as telephones group them, or in any other way. */
function holdsMobile(text: string): boolean {
  const usual = /(?<!\d)(?:(?:00)?86-?)?1[3-9]\d-?\d{4}-?\d{4}(?!\d)/;
  const isMobile = (number: string) => /^(?:(?:00)?86|0)?1[3-9]\d{9}$/.test(number);
  return usual.test(text) || hasGroups(text, isMobile);
}

/**
 * Whether groups of digits that stand side by side make such a number, of at most 15 digits. A group that is a year, or a month
 * or a day with its year, is taken for that: 15-2026-00123 is a running number.
 */
function hasGroups(text: string, isSuch: (number: string) => boolean): boolean {
  for (const [run] of text.matchAll(/\d[\d-]*/g)) {
    const groups = run.split("-");
    for (let first = 0; first < groups.length; first += 1) {
      let number = "";
      for (let next = first; number.length <= 15; next += 1) {
        const group = groups[next] ?? "";
        if (group === "" || dated.test(group)) break;
        number += group;
        if (isSuch(number)) return true;
      }
    }
  }
  return false;
}

const dated = /^(?:19|20)\d\d(?:(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])?)?$/;

/** Whether it may be a resident ID (GB 11643): 18 signs with day of birth and check digit (ISO 7064 MOD 11-2), or 15 digits as before 1999. */
function isIdLike(number: string): boolean {
  if (!/^[1-9]/.test(number)) return false;
  const born = number.length === 15 ? `19${number.slice(6, 12)}` : number.slice(6, 14);
  if (born < "19000101" || born > "20991231") return false;
  if (!isDay(`${born.slice(0, 4)}-${born.slice(4, 6)}-${born.slice(6)}`)) return false;
  // A slip of a digit, or a spreadsheet that keeps 15 of them, still tells the place and the day of birth. Behind a later
  // day only the check digit tells a child's ID from a running number that begins with place and day.
  if (number.length === 15 || born < "20110101") return true;
  return number[17] === checkDigit(number.slice(0, 17));
}

/** Whether a number of 18 signs is a resident ID in all that can be checked. */
export function isResidentId(number: string): boolean {
  return /^\d{17}[\dX]$/.test(number) && isIdLike(number) && number[17] === checkDigit(number.slice(0, 17));
}

/** Which of the stored numbers is meant: the one spelled as typed, else the one in today's spelling, else the first of them. */
export function meant<T extends { volunteerNo: string }>(typed: string, candidates: readonly T[]): T | undefined {
  const number = readNumber(typed);
  const alike = candidates.filter(({ volunteerNo }) => volunteerNo.toUpperCase() === number);
  const spelled = (spelling: string) => alike.find(({ volunteerNo }) => volunteerNo === spelling);
  return spelled(typed.trim()) ?? spelled(number) ?? alike[0];
}
