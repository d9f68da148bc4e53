import { type Day, dayOf, type Instant, startOf } from "../domain/kit/calendar";
import type { Language, Text } from "../domain/kit/language";
import type { Minutes } from "../domain/kit/minutes";

const locales = { zh: "zh-CN", en: "en-GB" } as const;
const zone = { timeZone: "Asia/Shanghai" } as const;

/** Making a formatter costs more than using it, and a page writes a hundred dates. */
const formatters = new Map<string, Intl.DateTimeFormat>();
function dated(language: Language, shape: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${JSON.stringify(shape)}`;
  const known = formatters.get(key) ?? new Intl.DateTimeFormat(locales[language], { ...zone, ...shape });
  formatters.set(key, known);
  return known;
}

/** A day with its weekday, which stands in brackets in Chinese: 2026年9月20日（星期日）. */
function withWeekday(day: Day, language: Language, shape: Intl.DateTimeFormatOptions): string {
  const parts = dated(language, shape).formatToParts(startOf(day));
  return parts.map(({ type, value }) => (type === "weekday" && language === "zh" ? `（${value}）` : value)).join("");
}

export function longDay(day: Day, language: Language): string {
  return withWeekday(day, language, { year: "numeric", month: "long", day: "numeric", weekday: "long" });
}

/** For facts of an office: the day without its weekday. */
export function plainDay(day: Day, language: Language): string {
  return dated(language, { year: "numeric", month: "long", day: "numeric" }).format(startOf(day));
}

/** A text in brackets, as it stands behind another one. */
export function bracketed(text: string, language: Language): string {
  return language === "zh" ? `（${text}）` : ` (${text})`;
}

/** A month such as 2026-09. */
export function monthName(month: string, language: Language): string {
  return dated(language, { year: "numeric", month: "long" }).format(startOf(`${month}-01`));
}

export function shortDay(day: Day, language: Language): string {
  return withWeekday(day, language, { month: "short", day: "numeric", weekday: "short" });
}

export function clock(at: Instant, language: Language): string {
  return dated(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at);
}

/** From one day to another, both included. */
export function dayRange(from: Day, until: Day, language: Language): string {
  const gap = language === "zh" ? "" : " ";
  return [plainDay(from, language), to[language], plainDay(until, language)].join(gap);
}

/** A span as people read it: the day is written once, unless the span ends on another day. */
export function span(startsAt: Instant, endsAt: Instant, language: Language): string {
  const oneDay = dayOf(startsAt) === dayOf(endsAt - 1);
  return `${moment(startsAt, language)}${to[language]}${oneDay ? clock(endsAt, language) : moment(endsAt, language)}`;
}
/** The sign between the two ends of a range. */
export const to: Text = { zh: "至", en: "–" };

export function moment(at: Instant, language: Language): string {
  return `${shortDay(dayOf(at), language)}${language === "zh" ? "" : " "}${clock(at, language)}`;
}

export function count(value: number, language: Language): string {
  return value.toLocaleString(locales[language]);
}

/** Hours with at most one decimal, as `assets/live.js` writes them too. */
export function hours(minutes: Minutes, language: Language): string {
  return (minutes / 60).toLocaleString(locales[language], { maximumFractionDigits: 1 });
}

/** The value of an `<input type="datetime-local">`, and back: always the time in Shanghai, wherever the browser is. */
export function localInput(at: Instant): string {
  return new Date(at + 8 * 3_600_000).toISOString().slice(0, 16);
}
export function fromLocalInput(text: string): Instant | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text)) return null;
  const at = Date.parse(`${text}:00+08:00`);
  return Number.isNaN(at) ? null : at;
}
