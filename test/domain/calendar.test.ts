import fc from "fast-check";
import {
  addDays,
  ageOn,
  calendarEnd,
  dayOf,
  daysOf,
  endsOfServices,
  isDay,
  isProvisional,
  serviceDay,
  startOf,
  workingDayAfter,
  workingDaysBetween,
} from "../../src/domain/kit/calendar";
import { Policies } from "../../src/domain/policies";
import { workingCalendar } from "../../src/services/bank/calendar";

const exceptions = (value: { working: string[]; holidays: string[]; until?: string }) =>
  new Policies([
    {
      id: "p",
      key: "calendar.exceptions",
      value,
      effectiveFrom: "2020-01-01",
      citation: "c",
      status: "OURS",
      seq: 1,
    } as never,
  ]);
const calendar = workingCalendar(exceptions({ working: [], holidays: [] }), "2026-09-20");

test.each([
  ["2026-09-18T00:00:00+08:00", "2026-09-18"],
  ["2026-09-17T23:59:59+08:00", "2026-09-17"],
  ["2026-09-17T16:00:00Z", "2026-09-18"],
  ["2026-09-17T15:59:59.999Z", "2026-09-17"],
])("%s is on the civil day %s", (instant, day) => {
  expect(dayOf(Date.parse(instant))).toBe(day);
});

test.each([
  ["2026-02-29", false],
  ["2028-02-29", true],
  ["2026-9-1", false],
  ["2026-13-01", false],
  ["0000-00-00", false],
  ["2026-09-20T00:00", false],
])("%s is a day: %s", (text, expected) => {
  expect(isDay(text)).toBe(expected);
});

test.each([
  ["2012-09-20", "2026-09-20", 14],
  ["2012-09-21", "2026-09-20", 13],
  ["2012-02-29", "2026-02-28", 13],
  ["2012-02-29", "2026-03-01", 14],
])("born %s, on %s: %i years", (birthDate, day, years) => {
  expect(ageOn(birthDate, day)).toBe(years);
});

test.each([
  // National Day and Mid-Autumn 2026: 25 September to 27, 1 to 7 October; 20 September and 10 October are worked.
  ["2026-09-18", 1, "2026-09-20"],
  ["2026-09-18", 10, "2026-10-09"],
  ["2026-09-30", 1, "2026-10-08"],
  ["2026-02-13", 1, "2026-02-14"],
])("after %s the working day number %i is %s", (day, count, expected) => {
  expect(workingDayAfter(calendar, day, count)).toBe(expected);
});

test("an operator's exceptions stand above the announced calendar", () => {
  const own = workingCalendar(exceptions({ working: ["2026-10-03"], holidays: ["2026-09-21"] }), "2026-09-20");
  expect([own.isWorkingDay("2026-10-03"), own.isWorkingDay("2026-09-21")]).toEqual([true, false]);
});

test("a calendar that ends falls back to weekends, says so, and is known longer where its operator enters a year", () => {
  // 1 January 2027 is a Friday; nothing is announced of that year.
  expect(calendar.knownUntil).toBe("2026-12-31");
  expect(workingDayAfter(calendar, "2026-12-31", 1)).toBe("2027-01-01");
  expect(workingDayAfter(calendar, "2026-12-31", 2)).toBe("2027-01-04");
  expect(["2026-12-31", "2027-01-01", null].map((day) => isProvisional(calendar, day))).toEqual([false, true, false]);
  expect(["2026-10-31", "2026-11-01", "2027-03-01"].map((today) => calendarEnd(calendar, today))).toEqual([
    null,
    "2026-12-31",
    "2026-12-31",
  ]);
  const own = workingCalendar(exceptions({ working: [], holidays: ["2027-01-01"], until: "2027-12-31" }), "2026-11-10");
  expect(workingDayAfter(own, "2026-12-31", 1)).toBe("2027-01-04");
  expect([isProvisional(own, "2027-01-04"), calendarEnd(own, "2026-11-10")]).toEqual([false, null]);
});

const anyDay = fc.integer({ min: 0, max: 1000 }).map((n) => addDays("2024-01-01", n));
test("counting working days forth and back agrees", () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: 1, max: 30 }), (day, count) => {
      const then = workingDayAfter(calendar, day, count);
      expect(calendar.isWorkingDay(then)).toBe(true);
      expect(workingDaysBetween(calendar, day, then)).toBe(count);
      expect(workingDaysBetween(calendar, then, day)).toBe(0);
    }),
    { numRuns: 300 },
  );
});

test("an interval's days begin with its first, end before its end, and leave none out", () => {
  fc.assert(
    fc.property(anyDay, fc.nat(1439), fc.integer({ min: 1, max: 2880 }), (day, minute, length) => {
      const from = startOf(day) + minute * 60_000;
      const days = daysOf(from, from + length * 60_000);
      expect(days[0]).toBe(day);
      expect(startOf(days.at(-1) as string)).toBeLessThan(from + length * 60_000);
      expect(days).toEqual(days.map((_, i) => addDays(day, i)));
    }),
    { numRuns: 300 },
  );
});

test.each([
  ["2026-09-17T23:59:00", "2026-09-17"],
  ["2026-09-18T00:00:00", "2026-09-17"],
  ["2026-09-18T00:00:30", "2026-09-17"], // Seconds are not time given: the last whole minute is the day before's.
  ["2026-09-18T00:01:00", "2026-09-18"],
  ["2027-01-01T00:00:00", "2026-12-31"],
])("a service that ends at %s has the day %s, and is among those of that day alone", (end, day) => {
  const endedAt = Date.parse(`${end}+08:00`);
  expect(serviceDay(endedAt)).toBe(day);
  const among = (from: string, until: string) => {
    const ends = endsOfServices({ from, until });
    return ends.from <= endedAt && endedAt < ends.before;
  };
  expect([among(day, day), among(addDays(day, -1), addDays(day, -1)), among(addDays(day, 1), addDays(day, 1))]).toEqual(
    [true, false, false],
  );
});
