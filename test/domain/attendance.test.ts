import fc from "fast-check";
import {
  attendedEnough,
  checkCode,
  checkInWindow,
  checkOutWindow,
  codeOf,
  intervalOf,
  placeVerdict,
  signalsOf,
  slotOf,
  timeOf,
} from "../../src/domain/activities/attendance";
import type { Attendance } from "../../src/domain/facts/activities";
import { minutesByDay } from "../../src/domain/hours";
import { outcomeOf, resultOf } from "../support/outcomes";
import { policies } from "../support/policies";
import { at, shift } from "./shift";

const venue = { place: "广场", latitudeMicrodegrees: 29_810_000, longitudeMicrodegrees: 120_410_000 };

describe("checking in", () => {
  const key = Buffer.alloc(32, 5);

  test("a code is what its half minute says, and nothing else is", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 }), fc.integer({ min: 0, max: 2 ** 32 }), (slot, other) => {
        const { token, digits } = codeOf(key, slot);
        expect(digits).toMatch(/^\d{6}$/);
        expect(checkCode(key, { token }, slot * 30_000, false)).toEqual({ slot, method: "CODE" });
        if (Math.abs(slot - other) > 1)
          expect(outcomeOf(() => checkCode(key, { token }, other * 30_000, true))).toBe("CODE_EXPIRED");
        expect(outcomeOf(() => checkCode(Buffer.alloc(32, 6), { token }, slot * 30_000, true))).toBe("CODE_EXPIRED");
      }),
      { numRuns: 300 },
    );
  });

  const shown = at("09:00:00".slice(0, 5));
  const codes: [seconds: number, ownTime: boolean, outcome: string][] = [
    [0, false, "ok"],
    [29, false, "ok"],
    [59, false, "ok"], // the code changed while the volunteer typed
    [60, false, "CODE_EXPIRED"],
    [-1, false, "CODE_EXPIRED"], // not shown yet
    [-1, true, "ok"], // a clock that is a little slow
    [-31, true, "CODE_EXPIRED"],
  ];
  test.each(codes)("a code used %p seconds after it was shown, own time %p: %s", (seconds, ownTime, outcome) => {
    const { digits } = codeOf(key, slotOf(shown));
    expect(outcomeOf(() => checkCode(key, { digits }, shown + seconds * 1000, ownTime))).toBe(outcome);
  });

  const hour = 3_600_000;
  const sent: [at: number | null, outcome: string, late: boolean | null][] = [
    [null, "ok", false],
    [at("20:59"), "ok", false],
    [at("20:58"), "ok", true],
    [at("09:00"), "ok", true], // twelve hours ago
    [at("09:00") - 1, "SENT_TOO_LATE", null],
    [at("21:00") + hour, "IN_THE_FUTURE", null],
  ];
  test.each(sent)("sent at 21:00 as of %p: %s, marked %p", (given, outcome, late) => {
    expect(outcomeOf(() => timeOf(given, at("21:00"), policies))).toBe(outcome);
    if (late !== null) expect(timeOf(given, at("21:00"), policies).late).toBe(late);
  });

  const windows: [time: string, checkIn: string, checkOut: string][] = [
    ["07:59", "OUTSIDE_WINDOW", "ok"],
    ["08:00", "ok", "ok"],
    ["10:59", "ok", "ok"],
    ["11:00", "OUTSIDE_WINDOW", "ok"],
    ["15:00", "OUTSIDE_WINDOW", "ok"],
    ["15:01", "OUTSIDE_WINDOW", "OUTSIDE_WINDOW"],
  ];
  test.each(windows)("at %s: in %s, out %s", (time, checkIn, checkOut) => {
    expect(outcomeOf(() => checkInWindow(shift, at(time), policies))).toBe(checkIn);
    expect(outcomeOf(() => checkOutWindow(shift, at(time), policies))).toBe(checkOut);
  });

  const places: [latitude: number | null, longitude: number | null, outcome: string][] = [
    [null, null, "NOT_GIVEN"],
    [29.81, null, "NOT_GIVEN"],
    [29.81, 120.41, "WITHIN"],
    [29.8126, 120.41, "WITHIN"], // 289 m north
    [29.8128, 120.41, "OUT_OF_AREA"], // 311 m
    [-29.81, -59.59, "OUT_OF_AREA"], // the other side of the earth
  ];
  test.each(places)("from %p, %p: %s", (latitude, longitude, outcome) => {
    expect(resultOf(() => placeVerdict(venue, 300, { latitude, longitude }))).toBe(outcome);
  });
  test("a shift without a radius asks for nothing", () => {
    expect(placeVerdict(venue, null, { latitude: 1, longitude: 1 })).toBe("NOT_ASKED");
  });
});

describe("the time given", () => {
  const spells: [from: string, to: string, minutes: number, enough: boolean][] = [
    ["08:30", "11:30", 120, true], // early and late do not count
    ["09:00", "10:12", 72, true], // exactly 60 % of two hours
    ["09:00", "10:11", 71, false],
    ["10:30", "11:00", 30, false],
    ["10:00", "09:30", 0, false], // out before in is no time at all
  ];
  test.each(spells)("%s to %s: %p minutes, enough %p", (from, to, minutes, enough) => {
    const attended = attendedEnough(shift, intervalOf(shift, at(from), at(to)), policies);
    expect(attended).toMatchObject({ minutes, enough, needed: 72 });
  });

  test("F18: a night across midnight counts on both days", () => {
    const night = { startsAt: at("23:30", "2026-06-05"), endsAt: at("01:15", "2026-06-06") };
    const interval = intervalOf(night, at("23:20", "2026-06-05"), at("01:20", "2026-06-06"));
    expect([...minutesByDay(interval)]).toEqual([
      ["2026-06-05", 30],
      ["2026-06-06", 75],
    ]);
  });
});

describe("signals of invented attendance (F28)", () => {
  const attendance = (i: number, more: Partial<Attendance> = {}) =>
    ({
      id: `a-${i}`,
      checkedInAt: at("09:00") + i * 1000,
      device: null,
      sentLate: false,
      placeVerdict: "NOT_ASKED",
      method: "CODE",
      ...more,
    }) as Attendance;
  const many = (count: number, more: (i: number) => Partial<Attendance>) =>
    Array.from({ length: count }, (_, i) => attendance(i, more(i)));
  const cases: [title: string, attendances: Attendance[], signedUp: number, signals: string[]][] = [
    ["an ordinary morning", many(30, (i) => ({ device: `d-${i}` })), 30, []],
    ["a family on one phone", many(3, () => ({ device: "d" })), 3, []],
    ["500 on one device", many(500, () => ({ device: "d" })), 500, ["SAME_DEVICE 500"]],
    ["all within a second", many(25, () => ({ checkedInAt: at("09:00") })), 25, ["MANY_AT_ONCE 25"]],
    [
      "ticked and sent late",
      many(2, () => ({ method: "LEAD", sentLate: true })),
      2,
      ["SENT_LATE 2", "TICKED_BY_HAND 2"],
    ],
    ["positions kept back", many(2, () => ({ placeVerdict: "NOT_GIVEN" })), 2, ["PLACE_NOT_GIVEN 2"]],
    ["most stayed away", many(4, () => ({})), 10, ["MISSED_MANY 6"]],
  ];
  test.each(cases)("%s", (_, attendances, signedUp, signals) => {
    expect(signalsOf(attendances, signedUp).map(({ kind, count }) => `${kind} ${count}`)).toEqual(signals);
  });
});
