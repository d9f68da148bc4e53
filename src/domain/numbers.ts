import { isDay } from "./calendar";
import { checkDigit } from "./papers";
import { refuse } from "./refusal";

/**
 * Numbers that people go by stand in the journal for good: volunteer numbers, household numbers. People type them as they
 * please, so `bn001`, `ＢＮ００１` and `BN 001` are all BN001; and none of them is anybody's ID or mobile number.
 */
const form = /^[A-Z\d](?:[A-Z\d-]*[A-Z\d])?$/;

/** A number in its one spelling: half width, upper case, plain hyphens, nothing that cannot be seen. Refuses nothing. */
export function readNumber(typed: string): string {
  return typed
    .normalize("NFKC")
    .replaceAll(/[\p{White_Space}\p{Cf}]/gu, "")
    .replaceAll(/[\u2010-\u2015\u2212]/g, "-")
    .toUpperCase();
}

/** A number that may be kept in clear, in its one spelling. INVALID_INPUT says what is wrong and repeats nothing of it. */
export function checkNumber(typed: string, path: string, { least, most }: { least: number; most: number }): string {
  const number = readNumber(typed);
  if (!form.test(number) || number.length < least || number.length > most)
    refuse("INVALID_INPUT", { expected: `${least} to ${most} letters A to Z, digits and hyphens` }, [path]);
  checkImpersonal(number, [path]);
  return number;
}

/** Refuses text that stands in clear in the journal and holds somebody's ID or mobile number: INVALID_INPUT. */
export function checkImpersonal(text: string, path: string[]): void {
  const personal = personalIn(text);
  if (personal) refuse("INVALID_INPUT", { personal, expected: "no ID number and no mobile number" }, path);
}

/** What a clerk reads beside a line whose number is a person's own. */
export const personalTexts = { RESIDENT_ID: "不得为身份证号", MOBILE: "不得为手机号" } as const;

/** Which of a person's own numbers a text holds, with blanks and hyphens in between or without. */
export function personalIn(text: string): keyof typeof personalTexts | null {
  const plain = text
    .normalize("NFKC")
    .replaceAll(/\p{Cf}/gu, "")
    .replaceAll(/[\p{White_Space}\u2010-\u2015\u2212.·]/gu, "-")
    .toUpperCase();
  const joined = plain.replaceAll("-", "");
  // A day of birth at its place among 18 digits is no accident, so it is looked for at every place.
  for (const { 1: number } of joined.matchAll(/(?=(\d{17}[\dX]))/g))
    if (isIdLike(number as string)) return "RESIDENT_ID";
  for (const { 1: number } of plain.matchAll(/(?<!\d)(\d{15})(?!\d)/g))
    if (isIdLike(number as string)) return "RESIDENT_ID";
  return /(?<!\d)(?:(?:00)?86-?)?1[3-9]\d-?\d{4}-?\d{4}(?!\d)/.test(plain) ? "MOBILE" : null;
}

/** Whether it may be a resident ID (GB 11643): 18 signs with day of birth and check digit (ISO 7064 MOD 11-2), or 15 digits as before 1999. */
function isIdLike(number: string): boolean {
  if (!/^[1-9]/.test(number)) return false;
  const born = number.length === 15 ? `19${number.slice(6, 12)}` : number.slice(6, 14);
  if (born < "19000101" || !isDay(`${born.slice(0, 4)}-${born.slice(4, 6)}-${born.slice(6)}`)) return false;
  // A slip of a digit, or a spreadsheet that keeps 15 of them, still tells the place and the day of birth. Behind a later
  // day only the check digit tells a child's ID from a running number that begins with place and day.
  if (number.length === 15 || born < "20110101") return true;
  return number[17] === checkDigit(number.slice(0, 17));
}

/** Which of the stored numbers is meant: the one spelled as typed, else the one in today's spelling, else the first of them. */
export function meant<T extends { volunteerNo: string }>(typed: string, found: readonly T[]): T | undefined {
  const number = readNumber(typed);
  const alike = found.filter(({ volunteerNo }) => volunteerNo.toUpperCase() === number);
  const spelled = (spelling: string) => alike.find(({ volunteerNo }) => volunteerNo === spelling);
  return spelled(typed.trim()) ?? spelled(number) ?? alike[0];
}
