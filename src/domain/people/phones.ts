import { isDay } from "../kit/calendar";
import type { Text } from "../kit/language";
import { refuse } from "../kit/refusal";
import { personalIn, readNumber } from "./numbers";
import { isMadeUp } from "./papers";

/** What is wrong with a telephone number, as `details.reason` of PHONE_INVALID names it. The number itself is never repeated. */
export const phoneFaults = {
  FORM: {
    zh: "不是电话号码；没有电话请留空",
    en: "It has the form of no telephone number; leave it empty where there is none.",
  },
  LENGTH: { zh: "号码位数不对", en: "It has too few or too many digits for a telephone number." },
  WORDS: { zh: "号码旁有文字，请只填号码", en: "It has words beside the number; enter the number alone." },
  SEVERAL: { zh: "此栏只能填一个号码", en: "It holds more than one number; enter one." },
  MADE_UP: { zh: "同一数字重复或连号，不是真实号码", en: "It is one digit repeated, a run of digits, or noughts." },
  ROUNDED_BY_SPREADSHEET: {
    zh: "已被表格软件改为科学计数，请将该列设为文本后重新录入",
    en: "A spreadsheet shortened it; format the column as text and type it again.",
  },
  ID_NUMBER: { zh: "这是身份证号，不是电话号码", en: "It is the number of an ID card." },
} as const satisfies Record<string, Text>;
export type PhoneFault = keyof typeof phoneFaults;

/**
 * LOCAL is a landline without its area code, as everybody in a town gives it (87012345 in Zhuji). It is kept: a station that
 * had to add the area code would leave out the elder's only number. It identifies nobody at a token issuer.
 */
export type PhoneKind = "MOBILE" | "LANDLINE" | "LOCAL" | "INTERNATIONAL";

export interface Phone {
  kind: PhoneKind;
  /** The one spelling in which a number is kept and compared: 13800000061, 0575-87012345, 0575-87012345-801, +85223456789. */
  number: string;
  /** The first digits, which a mask shows: 138, 0575-, +852. */
  lead: string;
  /** The digits after the lead, without the extension. */
  rest: string;
}

/**
 * Reads a telephone number as people type it: full width, any dashes, blanks, dots and brackets, the code of the country, the
 * nought that was once dialled before a mobile of another place, a landline's extension, the apostrophe by which a
 * spreadsheet keeps digits as text. PHONE_INVALID.
 */
export function readPhone(text: string, path: string[] = ["phone"]): Phone {
  const read = phoneIn(text);
  return typeof read === "string" ? refuse("PHONE_INVALID", { reason: read }, path) : read;
}

/** A number in a profile or a claim, which may be older than the reading of numbers: null where it cannot be read. */
export function knownPhone(text: string | null | undefined): Phone | null {
  const read = text == null ? null : phoneIn(text);
  return typeof read === "string" ? null : read;
}

/** The one spelling for comparing kept numbers, also those that were kept before numbers were read. */
export function plainPhone(text: string | null): string | null {
  return knownPhone(text)?.number ?? text;
}

/** Whether a telephone number that an issuer has verified is the one that is kept. Without its area code it may be another town's. */
export function isPhoneClaimed(kept: string | null | undefined, claimed: string | null): boolean {
  const [ours, theirs] = [knownPhone(kept), knownPhone(claimed)];
  return ours !== null && ours.kind !== "LOCAL" && ours.number === theirs?.number;
}

/**
 * Whether a visitor at a screen knows the last two digits of the telephone on file, before any extension. Where no number is on
 * file no digits are right, and only a lead who stands there lets the visitor in, by giving none.
 */
export function knowsPhone(phone: string | null, ends: string | null | undefined): boolean {
  const digits = knownPhone(phone)?.rest ?? (phone ?? "").replaceAll(/\D/g, "");
  if (digits.length < 2) return ends === null || ends === undefined;
  return typeof ends === "string" && readNumber(ends) === digits.slice(-2);
}

/** `138****0061`, `0575-****2345`: at least four digits are hidden, and an extension. */
export function maskPhone(phone: string | null): string | null {
  if (!phone) return null;
  const read = knownPhone(phone);
  return read === null ? "****" : `${read.lead}****${read.rest.slice(4).slice(-4)}`;
}

function phoneIn(text: string): Phone | PhoneFault {
  const typed = text
    .normalize("NFKC")
    .replaceAll(/\p{Cf}/gu, "")
    .replaceAll(dashes, "-")
    .replace(/^[\s'‘’`]+|[\s,;、。]+$/g, "");
  if (/^\d(\.\d+)?E\+?\d+$/i.test(typed)) return "ROUNDED_BY_SPREADSHEET";
  if (personalIn(typed) === "RESIDENT_ID") return "ID_NUMBER";
  if (isDayTyped(typed)) return "FORM";
  const phone = oneIn(typed);
  if (typeof phone !== "string") return phone;
  if (areSeveral(typed)) return "SEVERAL";
  return phone === "FORM" && /\p{L}/u.test(typed) && (typed.match(/\d/g)?.length ?? 0) > 6 ? "WORDS" : phone;
}

/** The signs by which people and typewriters set groups of digits apart. */
const dashes = /[\p{Pd}\u2043\u2212\u2500\u30fc\u4e00_~]+/gu;
const blanks = /[\s().[\]【】〔〕·•・]/g;

/** A birth date in the wrong column has eight digits, too. */
function isDayTyped(typed: string): boolean {
  const [, year, month = "", day = ""] =
    /^((?:19|20)\d\d)[-.](\d\d?)[-.](\d\d?)$/.exec(typed) ?? /^((?:19|20)\d\d)(\d\d)(\d\d)$/.exec(typed) ?? [];
  return isDay(`${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`);
}

/** `typed` has plain hyphens by now. */
function oneIn(typed: string): Phone | PhoneFault {
  // A nought in brackets is dialled inside the country alone.
  const plain = typed.replace(/^(\+[\d ]+)\(0\)/, "$1").replaceAll(blanks, "");
  const [, plus, groups = "", extension] =
    /^(\+?)([\d-]+)(?:(?:转|轉|分机|分機|x|ext|#)[:-]?(\d{1,6}))?$/i.exec(plain) ?? [];
  const digits = groups.replaceAll("-", "");
  if (digits === "") return "FORM";
  if (digits.length > 3 && isMadeUp(digits)) return "MADE_UP";
  const mobile = (plus ? /^860?(1[3-9]\d)(\d{8})$/ : /^(?:(?:00)?86)?0?(1[3-9]\d)(\d{8})$/).exec(digits);
  if (mobile) {
    const [, lead = "", rest = ""] = mobile;
    if (extension !== undefined) return "FORM";
    return /^0+$/.test(rest) ? "MADE_UP" : { kind: "MOBILE", number: lead + rest, lead, rest };
  }
  const abroad = plus ? 0 : /^00[1-9]/.test(digits) ? 2 : null;
  if (abroad !== null) {
    const dialled = digits.slice(abroad);
    if (dialled.startsWith("86")) return landline(without(groups, abroad + 2), extension, "0");
    return extension === undefined ? foreign(dialled) : "FORM";
  }
  // Numbers of a town may begin with 86 as well, so that the code of the country is the second thought.
  const phone = landline(groups, extension, "");
  const isSecond = typeof phone === "string" && digits.startsWith("86");
  return isSecond ? landline(without(groups, 2), extension, "0") : phone;
}

function foreign(digits: string): Phone | PhoneFault {
  if (!/^[1-9]/.test(digits)) return "FORM";
  // North America (1) and Russia with Kazakhstan (7) have eleven digits.
  if (digits.length < 8 || digits.length > 15 || (/^[17]/.test(digits) && digits.length !== 11)) return "LENGTH";
  return { kind: "INTERNATIONAL", number: `+${digits}`, lead: `+${digits.slice(0, 3)}`, rest: digits.slice(3) };
}

/** Three digits lead to Beijing (010) and the largest cities (02x), four to all others. */
const area = /^0(?:10|2\d|[3-9]\d\d)/;

/** `nought` is what the code of the country in front leaves out of an area code. */
function landline(groups: string, marked: string | undefined, nought: "0" | ""): Phone | PhoneFault {
  const full = groups.replace(/^-*(?!-*0)/, nought);
  const code = area.exec(full.replaceAll("-", ""))?.[0] ?? "";
  // Behind a whole number the last group is its extension.
  const parts = without(full, code.length).split("-").filter(Boolean);
  const before = parts.slice(0, -1).join("");
  const isExtended = marked === undefined && /^\d{7,8}$/.test(before) && /^\d{1,6}$/.test(parts.at(-1) ?? "");
  const rest = isExtended ? before : parts.join("");
  const extension = isExtended ? parts.at(-1) : marked;
  if (rest.length !== 7 && rest.length !== 8) return "LENGTH";
  // Subscribers' numbers begin with 2 to 9.
  if (/^[01]/.test(rest) || (code === "" && nought === "0")) return "FORM";
  const lead = code === "" ? "" : `${code}-`;
  const number = `${lead}${rest}${extension === undefined ? "" : `-${extension}`}`;
  return { kind: code === "" ? "LOCAL" : "LANDLINE", number, lead, rest };
}

/** A number that was typed without its first digits. */
function without(groups: string, count: number): string {
  let at = 0;
  for (let left = count; left > 0; at += 1) if (groups[at] !== "-") left -= 1;
  return groups.slice(at);
}

/**
 * Whether a text that is no number consists of several: parted by a sign that parts a list, or by a blank or hyphen between two
 * numbers.
 */
function areSeveral(typed: string): boolean {
  const counts = typed
    .split(/[/\\、,;|&\n]|和|或|及|\bor\b|\band\b/i)
    .map((part) => part.match(/\d/g)?.length ?? 0)
    .filter((count) => count > 0);
  if (counts.length > 1 && Math.max(...counts) > 6) return true;
  return [...typed.matchAll(/[\s-]+/g)].some(({ index, 0: gap }) =>
    [typed.slice(0, index), typed.slice(index + gap.length)].every((part) => typeof oneIn(part) !== "string"),
  );
}
