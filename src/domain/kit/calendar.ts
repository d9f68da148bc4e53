import { invariant } from "./invariant";
import { remembering } from "./remembered";

/** A civil day in Asia/Shanghai, `YYYY-MM-DD`. Services have days; only the journal has instants of its own. */
export type Day = string;
/** Milliseconds since 1970 in UTC. */
export type Instant = number;

const minute = 60_000;
const dayLength = 86_400_000;
// Asia/Shanghai has kept UTC+8 without summer time since September 1991; no service here is older.
const shanghai = 8 * 3_600_000;

export function dayOf(instant: Instant): Day {
  return dayNumbered(Math.floor((instant + shanghai) / dayLength));
}

/** A bank has some hundred days a year, and to read or write a day costs more than everything else that is done with it. */
const daysMost = 10_000;

/** The day that comes so many days after 1970-01-01. */
export const dayNumbered = remembering(
  daysMost,
  (number: number): Day => new Date(number * dayLength).toISOString().slice(0, 10),
);

/** How many days after 1970-01-01 a day comes. */
export const numberOfDay = remembering(daysMost, (day: Day): number => {
  invariant(isDay(day), "a day is a day of the calendar");
  return Date.parse(`${day}T00:00:00Z`) / dayLength;
});

/** The instant at which a civil day begins in Asia/Shanghai. */
export function startOf(day: Day): Instant {
  return Date.parse(`${day}T00:00:00Z`) - shanghai;
}

/** The instant at which a civil day is over. */
export function endOf(day: Day): Instant {
  return startOf(day) + dayLength;
}

/** Whether all days from `from` to `until` lie within these spans, also where one span follows another. */
export function isCovered(
  spans: readonly { from: Day; until: Day | null }[],
  { from, until }: { from: Day; until: Day },
): boolean {
  let next = from;
  for (const span of [...spans].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    if (span.from > next) break;
    if (span.until === null) return true;
    if (span.until >= next) next = addDays(span.until, 1);
  }
  return next > until;
}

/**
 * The civil day of a service, for age, rate, lateness, clocks and statements: that of its last minute. What ends at
 * midnight belongs to the day before.
 */
export function serviceDay(endedAt: Instant): Day {
  return dayOf(endedAt - minute);
}

/** The bounds of the ends of services of these days, `until` included: `from` ≤ end < `before`. */
export function endsOfServices({ from, until }: { from: Day; until: Day }): { from: Instant; before: Instant } {
  return { from: startOf(from) + minute, before: startOf(addDays(until, 1)) + minute };
}

/** The first and the last day of a month, `YYYY-MM`. */
export function daysOfMonth(month: string): { from: Day; until: Day } {
  return { from: `${month}-01`, until: addDays(addMonths(`${month}-01`, 1), -1) };
}

export function addDays(day: Day, count: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * dayLength).toISOString().slice(0, 10);
}

/** The number of civil days from one day to the other; below 0 where the other is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayLength;
}

/** The same day of a later month, or that month's last day where it is shorter. */
export function addMonths(day: Day, count: number): Day {
  const [year, month, date] = day.split("-").map(Number) as [number, number, number];
  const first = new Date(Date.UTC(year, month - 1 + count, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), Math.min(date, last)))
    .toISOString()
    .slice(0, 10);
}

export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === text;
}

/** Whole years between two civil days. A person born on 29 February ages on 1 March of common years. */
export function ageOn(birthDate: Day, day: Day): number {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return day.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

/** The days that an interval touches; one that ends at midnight does not touch the day that begins there. */
export function daysOf(startedAt: Instant, endedAt: Instant): Day[] {
  const days: Day[] = [];
  for (let from = beginningOf(startedAt); from < endedAt; from += dayLength) days.push(dayOf(from));
  return days;
}

/** From the beginning of the first day that an interval touches to the end of the last; of its first day, where it has no length. */
export function aroundDays(startedAt: Instant, endedAt: Instant): { from: Instant; to: Instant } {
  const from = beginningOf(startedAt);
  return { from, to: Math.max(from, beginningOf(endedAt - 1)) + dayLength };
}

const beginningOf = (instant: Instant): Instant => Math.floor((instant + shanghai) / dayLength) * dayLength - shanghai;

/** Half-open: touching is not overlapping. */
export function overlaps(first: Spell, second: Spell): boolean {
  return first.startsAt < second.endsAt && second.startsAt < first.endsAt;
}
interface Spell {
  startsAt: Instant;
  endsAt: Instant;
}

/** The civil days on which offices work: holidays and make-up working days as the State Council announces them each year. */
export interface WorkingCalendar {
  isWorkingDay(day: Day): boolean;
  /** The last day that is announced. Later days are known only by their weekday. */
  readonly knownUntil: Day;
}

/** Whether a date that was counted in working days lies beyond what is announced; there only weekdays were counted. */
export function isProvisional({ knownUntil }: Pick<WorkingCalendar, "knownUntil">, day: Day | null): boolean {
  return day !== null && day > knownUntil;
}

/** The calendar's last day where it ends within sixty days, or has ended; null where there is time. The next year is announced in November. */
export function calendarEnd({ knownUntil }: Pick<WorkingCalendar, "knownUntil">, today: Day): Day | null {
  return addDays(today, 60) >= knownUntil ? knownUntil : null;
}

/** The `count`-th working day after `day`, the day itself not counted (order 67 §11 counts so). */
export function workingDayAfter(calendar: WorkingCalendar, day: Day, count: number): Day {
  const asked = `${day} ${count}`;
  const answers = remembered.get(calendar) ?? new Map<string, Day>();
  remembered.set(calendar, answers);
  const answer = answers.get(asked) ?? countedAfter(calendar, day, count);
  answers.set(asked, answer);
  return answer;
}
/** What each calendar was asked: most lines of a batch are of a few days. */
const remembered = new WeakMap<WorkingCalendar, Map<string, Day>>();

function countedAfter(calendar: WorkingCalendar, day: Day, count: number): Day {
  let counted = 0;
  for (let tries = 0, next = addDays(day, 1); tries < 1000; tries += 1, next = addDays(next, 1)) {
    if (calendar.isWorkingDay(next)) counted += 1;
    if (counted === count) return next;
  }
  invariant(false, `no ${count} working days within 1000 days of ${day}`);
}

/** How many working days lie after `from` up to and including `to`; 0 when `to` is not later. */
export function workingDaysBetween(calendar: WorkingCalendar, from: Day, to: Day): number {
  let counted = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (calendar.isWorkingDay(day)) counted += 1;
  return counted;
}
