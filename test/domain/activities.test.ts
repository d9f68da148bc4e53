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
import { readPapers } from "../../src/domain/activities/filings";
import {
  checkFiling,
  disclosureState,
  disclosuresMade,
  disclosuresOf,
  nextDue,
} from "../../src/domain/activities/fundraising";
import {
  checkComplete,
  checkReviewer,
  checkShift,
  officerReasons,
  repeated,
} from "../../src/domain/activities/machine";
import {
  acceptedAt,
  checkBooking,
  checkOutcome,
  checkReliable,
  hasPromised,
  isLateWithdrawal,
  knewInTime,
  needsCompany,
  needsGuardian,
} from "../../src/domain/activities/signups";
import {
  type ActivityState,
  type ActivityStepAction,
  type Attendance,
  activityMoves,
  activityStates,
  activityStepActions,
  type SignUp,
  type SignUpAction,
  type SignUpState,
  signUpActions,
  signUpMoves,
  signUpStates,
} from "../../src/domain/facts/activities";
import { minutesByDay } from "../../src/domain/hours";
import { take } from "../../src/domain/kit/moves";
import type { Refusal } from "../../src/domain/kit/refusal";
import { completeUscc } from "../../src/domain/organizations/uscc";
import { policies } from "../support/policies";

const at = (time: string, day = "2026-09-05") => Date.parse(`${day}T${time}:00+08:00`);
const outcomeOf = (work: () => unknown): string => {
  try {
    work();
    return "ok";
  } catch (error) {
    return (error as { code: string }).code;
  }
};
const shift = {
  id: "shift_1",
  startsAt: at("09:00"),
  endsAt: at("11:00"),
};
const venue = { place: "广场", latitudeMicrodegrees: 29_810_000, longitudeMicrodegrees: 120_410_000 };

describe("an activity", () => {
  test.each(activityStepActions)("%s leads where its row says, and from nowhere else", (action) => {
    for (const from of [null, ...activityStates]) {
      const move = activityMoves[action];
      const may = move.from.includes(from);
      const given = { reason: move.reason ? "下雨" : null };
      const found = outcomeOf(() => take(activityMoves, from && { state: from, version: 1 }, action, given));
      expect([from, found]).toEqual([from, may ? "ok" : "ILLEGAL_TRANSITION"]);
    }
  });

  const steps: [
    from: ActivityState,
    action: ActivityStepAction,
    reason: string | null,
    version: number,
    found: string,
  ][] = [
    ["PUBLISHED", "CANCEL", null, 3, "REASON_MISSING"],
    ["PUBLISHED", "CANCEL", "   ", 3, "REASON_MISSING"],
    ["PUBLISHED", "CANCEL", "台风", 2, "VERSION_CONFLICT"], // somebody changed it meanwhile
    ["PUBLISHED", "CANCEL", "台风", 3, "ok"],
    ["CLOSED", "CANCEL", "台风", 3, "ILLEGAL_TRANSITION"],
  ];
  test.each(steps)("%s, %s, reason %p, version %p: %s", (state, action, reason, expectedVersion, found) => {
    expect(outcomeOf(() => take(activityMoves, { state, version: 3 }, action, { reason, expectedVersion }))).toBe(
      found,
    );
  });

  const plain = { capacity: 200, hazardous: false, openToMinors: false, outsideCounty: false };
  const reviews: [given: Partial<typeof plain>, reasons: string[]][] = [
    [{}, []],
    [{ capacity: 201 }, ["LARGE"]], // 200 people are still the supervisor's
    [{ hazardous: true }, ["HAZARD"]],
    [{ openToMinors: true }, ["MINORS"]],
    [{ outsideCounty: true }, ["OUTSIDE_COUNTY"]],
  ];
  test.each(reviews)("%p goes to an officer for %p", (given, reasons) => {
    expect(officerReasons({ ...plain, ...given }, policies, "2026-09-05")).toEqual(reasons);
  });

  test("is not reviewed by the person who wrote it", () => {
    expect(outcomeOf(() => checkReviewer({ authors: ["person_1", "person_2"] }, "person_2"))).toBe("SAME_PERSON");
    expect(outcomeOf(() => checkReviewer({ authors: ["person_1"] }, "person_2"))).toBe("ok");
  });

  const full = { description: "d", contact: "c", activityLead: null, riskNotice: "r", insurance: "i", agreement: "a" };
  const day = { startsAt: at("09:00"), endsAt: at("11:00") };
  const complete: [given: object, details: object, missing: string[] | null][] = [
    [{}, { insurance: null, agreement: null }, null],
    [{}, { riskNotice: null }, ["riskNotice"]],
    [{ hazardous: true }, { insurance: null, agreement: null }, ["insurance", "agreement"]],
    [{ capacity: 201 }, { agreement: null }, ["agreement"]],
    [{ openToMinors: true }, { insurance: null, agreement: null }, null], // minors need an officer, not an agreement
    [{ endsAt: at("11:00", "2026-10-07") }, { agreement: null }, ["agreement"]], // longer than a month
  ];
  test.each(complete)("%p with %p lacks %p", (given, details, missing) => {
    const check = () => checkComplete({ ...plain, ...day, ...given }, { ...full, ...details }, policies, "2026-09-01");
    if (missing === null) expect(check).not.toThrow();
    else expect(check).toThrow(expect.objectContaining({ code: "ACTIVITY_INCOMPLETE", details: { missing } }));
  });

  const lengths: [minutes: number, found: string][] = [
    [0, "INVALID_INTERVAL"],
    [29, "SESSION_TOO_SHORT"],
    [30, "ok"],
    [480, "ok"],
    [481, "SESSION_TOO_LONG"],
  ];
  test.each(lengths)("a shift of %p minutes: %s", (minutes, found) => {
    const endsAt = at("09:00") + minutes * 60_000;
    expect(outcomeOf(() => checkShift({ startsAt: at("09:00"), endsAt, capacity: 1 }, policies, 0))).toBe(found);
  });

  test("a fortnightly shift comes again up to and including its last day", () => {
    const days = repeated({ startsAt: at("09:00", "2026-04-01"), endsAt: at("11:00", "2026-04-01") }, 14, "2026-04-29");
    expect(days.map((one) => new Date(one.startsAt).toISOString().slice(0, 10))).toEqual([
      "2026-04-01",
      "2026-04-15",
      "2026-04-29",
    ]);
  });
});

describe("a sign-up", () => {
  test("has no step that its table does not name", () => {
    expect(Object.keys(signUpMoves)).toEqual([...signUpActions]);
    for (const move of Object.values(signUpMoves))
      for (const state of [...move.from, ...[move.to].flat()]) if (state) expect(signUpStates).toContain(state);
  });

  // F05: who is asked for consent, on the day of the shift.
  const ages: [birthDate: string, selfSupporting: boolean, open: boolean, hazardous: boolean, found: string][] = [
    ["2008-09-05", false, true, false, "alone"], // 18 on the day
    ["2008-09-06", false, true, false, "guardian"], // one day short
    ["2009-01-01", true, true, true, "alone"], // 17, living on own labour, also where it is hazardous
    ["2010-09-06", true, true, false, "guardian"], // 15, whatever they live on
    ["2011-01-01", false, true, false, "guardian"],
    ["2011-01-01", false, false, false, "MINOR_NOT_ADMITTED"],
    ["2011-01-01", false, true, true, "MINOR_NOT_ADMITTED"],
    ["2013-01-01", false, true, false, "guardian and company"], // 13
  ];
  test.each(ages)(
    "born %s, self-supporting %p, open %p, hazardous %p: %s",
    (birthDate, selfSupporting, openToMinors, hazardous, found) => {
      let told = "";
      try {
        const asked = needsGuardian({ birthDate, selfSupporting }, { openToMinors, hazardous }, shift);
        told = asked ? (needsCompany({ birthDate }, shift, policies) ? "guardian and company" : "guardian") : "alone";
      } catch (error) {
        told = (error as { code: string }).code;
      }
      expect(told).toBe(found);
    },
  );

  const standing = (state: SignUpState, shiftId: string, from: string, to: string) => ({
    signUp: { id: "signup_1", shiftId, state } as SignUp,
    startsAt: at(from),
    endsAt: at(to),
  });
  const bookings: [other: ReturnType<typeof standing>, found: string][] = [
    [standing("ACCEPTED", "shift_2", "07:00", "09:00"), "ok"], // touching is not overlapping
    [standing("ACCEPTED", "shift_2", "08:00", "09:01"), "DOUBLE_BOOKED"],
    [standing("PENDING_GUARDIAN", "shift_2", "10:59", "12:00"), "DOUBLE_BOOKED"],
    [standing("WAITLISTED", "shift_2", "09:00", "11:00"), "ok"], // waiting promises nothing
    [standing("WITHDRAWN", "shift_1", "09:00", "11:00"), "ok"], // taken back, and again
    [standing("WAITLISTED", "shift_1", "09:00", "11:00"), "ALREADY_SIGNED_UP"],
    [standing("ACCEPTED", "shift_1", "09:00", "11:00"), "ALREADY_SIGNED_UP"],
  ];
  test.each(bookings)("beside %p: %s", (other, found) => {
    expect(outcomeOf(() => checkBooking(shift, [other]))).toBe(found);
  });

  const early = at("09:00", "2026-09-01");
  const withdrawals: [state: SignUpState, acceptedAt: number, now: number, late: boolean][] = [
    ["ACCEPTED", early, at("09:00", "2026-09-04"), false], // exactly a day before
    ["ACCEPTED", early, at("09:01", "2026-09-04"), true],
    ["ACCEPTED", at("08:30"), at("08:59"), false], // who got the place half an hour ago had no time to say so
    ["WAITLISTED", 0, at("08:59"), false], // nobody counted on it
  ];
  test.each(withdrawals)("%s since %p withdrawn at %p is late: %p", (state, acceptedAt, now, late) => {
    expect(isLateWithdrawal({ state }, acceptedAt, shift, policies, now)).toBe(late);
  });

  // F25: five no-shows of a calendar year, or three in bad faith.
  const missed: [noShows: number, malicious: number, found: string][] = [
    [4, 2, "ok"],
    [5, 0, "TOO_MANY_NO_SHOWS"],
    [3, 3, "TOO_MANY_NO_SHOWS"],
  ];
  test.each(missed)("%p no-shows, %p in bad faith: %s", (noShows, malicious, found) => {
    expect(outcomeOf(() => checkReliable({ noShows, malicious }, policies, "2026-09-05", true))).toBe(found);
  });

  test("a lead's tick is no promise, and the lead does not learn which other promise excludes it", () => {
    const step = { action: "APPLY", actorKind: "ACTIVITY_LEAD" } as const;
    expect(hasPromised([step])).toBe(false);
    expect(hasPromised([{ ...step, actorKind: "VOLUNTEER" }])).toBe(true);
    for (const [self, details] of [
      [true, { noShows: 5, malicious: 0 }],
      [false, {}],
    ] as const)
      expect(() => checkReliable({ noShows: 5, malicious: 0 }, policies, "2026-09-05", self)).toThrow(
        expect.objectContaining({ details }),
      );
  });

  type Facts = { late?: boolean; malicious?: boolean; record?: "NONE" | "WAITING" | "CONFIRMED"; promised?: boolean };
  const outcomes: [state: SignUpState, facts: Facts, allowed: string][] = [
    ["ACCEPTED", {}, "COMPLETED NO_SHOW NO_SHOW! EXCUSED"],
    ["ACCEPTED", { promised: false }, "COMPLETED EXCUSED"], // whom a lead has put on the list
    ["CHECKED_IN", {}, "COMPLETED NO_SHOW NO_SHOW! EXCUSED"],
    ["COMPLETED", { record: "CONFIRMED" }, ""],
    ["COMPLETED", { record: "WAITING" }, "COMPLETED"], // the lead says when they left
    ["COMPLETED", {}, "COMPLETED NO_SHOW NO_SHOW! EXCUSED"],
    ["NO_SHOW", {}, "COMPLETED NO_SHOW! EXCUSED"], // it turns out to have been bad faith
    ["NO_SHOW", { malicious: true }, "COMPLETED NO_SHOW EXCUSED"], // or not
    ["WITHDRAWN", {}, ""],
    ["WITHDRAWN", { late: true }, "EXCUSED"],
    ["EXCUSED", {}, ""],
    ["WAITLISTED", {}, ""],
  ];
  test.each(outcomes)("%s with %p may become %p (! in bad faith)", (state, facts, allowed) => {
    const { late = false, malicious = false, record = "NONE", promised = true } = facts;
    const said = [
      ["COMPLETED", false],
      ["NO_SHOW", false],
      ["NO_SHOW", true],
      ["EXCUSED", false],
    ] as const;
    const found = said.filter(
      ([outcome, bad]) =>
        outcomeOf(() => checkOutcome({ state, late, malicious }, { outcome, malicious: bad }, { record, promised })) ===
        "ok",
    );
    expect(found.map(([outcome, bad]) => `${outcome}${bad ? "!" : ""}`).join(" ")).toBe(allowed);
  });

  // They know of their place since the last time that they took it, or were told of it.
  const knowing: [steps: [SignUpAction, SignUpState | null, SignUpState, number][], knew: boolean][] = [
    [[["APPLY", null, "ACCEPTED", at("08:30")]], true], // signed up half an hour before: they knew
    [
      [
        ["APPLY", null, "WAITLISTED", early],
        ["MOVE_UP", "WAITLISTED", "ACCEPTED", at("08:30")],
      ],
      false,
    ],
    [
      [
        ["APPLY", null, "ACCEPTED", early],
        ["RESCHEDULE", "ACCEPTED", "ACCEPTED", at("08:30")],
      ],
      false,
    ],
    [
      [
        ["APPLY", null, "ACCEPTED", early],
        ["RESCHEDULE", "ACCEPTED", "ACCEPTED", early + 1],
      ],
      true,
    ],
  ];
  test.each(knowing)("after %j knew in time: %p", (steps, knew) => {
    const found = steps.map(([action, from, to, at]) => ({ action, from, to, at }));
    expect(knewInTime(found, shift, policies)).toBe(knew);
    expect(acceptedAt(found)).toBe(steps.at(-1)?.[3]);
  });
});

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
      { seed: 3, numRuns: 300 },
    );
  });

  const shown = at("09:00:00".slice(0, 5));
  const codes: [seconds: number, ownTime: boolean, found: string][] = [
    [0, false, "ok"],
    [29, false, "ok"],
    [59, false, "ok"], // it turned over while one typed
    [60, false, "CODE_EXPIRED"],
    [-1, false, "CODE_EXPIRED"], // not shown yet
    [-1, true, "ok"], // a clock that is a little slow
    [-31, true, "CODE_EXPIRED"],
  ];
  test.each(codes)("a code used %p seconds after it was shown, own time %p: %s", (seconds, ownTime, found) => {
    const { digits } = codeOf(key, slotOf(shown));
    expect(outcomeOf(() => checkCode(key, { digits }, shown + seconds * 1000, ownTime))).toBe(found);
  });

  const hour = 3_600_000;
  const sent: [at: number | null, found: string, late: boolean | null][] = [
    [null, "ok", false],
    [at("20:59"), "ok", false],
    [at("20:58"), "ok", true],
    [at("09:00"), "ok", true], // twelve hours ago
    [at("09:00") - 1, "SENT_TOO_LATE", null],
    [at("21:00") + hour, "IN_THE_FUTURE", null],
  ];
  test.each(sent)("sent at 21:00 as of %p: %s, marked %p", (given, found, late) => {
    expect(outcomeOf(() => timeOf(given, at("21:00"), policies))).toBe(found);
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

  const places: [latitude: number | null, longitude: number | null, found: string][] = [
    [null, null, "NOT_GIVEN"],
    [29.81, null, "NOT_GIVEN"],
    [29.81, 120.41, "WITHIN"],
    [29.8126, 120.41, "WITHIN"], // 289 m north
    [29.8128, 120.41, "OUT_OF_AREA"], // 311 m
    [-29.81, -59.59, "OUT_OF_AREA"], // the other side of the earth
  ];
  test.each(places)("from %p, %p: %s", (latitude, longitude, found) => {
    let told: string;
    try {
      told = placeVerdict(venue, 300, { latitude, longitude });
    } catch (error) {
      told = (error as { code: string }).code;
    }
    expect(told).toBe(found);
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
    const found = attendedEnough(shift, intervalOf(shift, at(from), at(to)), policies);
    expect(found).toMatchObject({ minutes, enough, needed: 72 });
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
  const one = (i: number, more: Partial<Attendance> = {}) =>
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
    Array.from({ length: count }, (_, i) => one(i, more(i)));
  const cases: [told: string, attendances: Attendance[], signedUp: number, found: string[]][] = [
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
  test.each(cases)("%s", (_, attendances, signedUp, found) => {
    expect(signalsOf(attendances, signedUp).map(({ kind, count }) => `${kind} ${count}`)).toEqual(found);
  });
});

describe("fundraising (F17)", () => {
  const filings: [filedOn: string, emergency: boolean, found: string][] = [
    ["2026-08-29", false, "ok"], // seven days before
    ["2026-08-30", false, "PLAN_FILED_LATE"],
    ["2026-09-15", true, "ok"], // ten days after, in an emergency
    ["2026-09-16", true, "PLAN_FILED_LATE"],
  ];
  test.each(filings)("filed %s, emergency %p: %s", (filedOn, emergency, found) => {
    expect(outcomeOf(() => checkFiling({ filedOn, startsOn: "2026-09-05", emergency }, policies))).toBe(found);
  });

  test("six months have no interim disclosure, a day more has", () => {
    const plan = { startsOn: "2026-09-05", endsOn: "2027-03-05", emergency: false };
    expect(disclosuresOf(plan, policies)).toEqual({ interim: [], final: "2027-06-05" });
    expect(disclosuresOf({ ...plan, endsOn: "2027-03-06" }, policies)).toEqual({
      interim: ["2026-12-05", "2027-03-05"],
      final: "2027-06-06",
    });
  });

  test("an emergency is disclosed every five days", () => {
    const plan = { startsOn: "2026-09-05", endsOn: "2026-09-17", emergency: true };
    expect(disclosuresOf(plan, policies)).toEqual({ interim: ["2026-09-10", "2026-09-15"], final: "2026-12-17" });
  });

  const plan = {
    startsOn: "2026-09-05",
    endsOn: "2026-10-31",
    emergency: false,
    interimDisclosedOn: [] as string[],
    disclosedOn: null,
  };
  const clocks: [today: string, disclosedOn: string | null, found: string][] = [
    ["2026-10-31", null, "NOT_DUE"],
    ["2026-11-01", null, "DUE"],
    ["2027-01-31", null, "DUE"], // three months after the end, the last day counted in
    ["2027-02-01", null, "OVERDUE"],
    ["2027-02-01", "2027-01-20", "DISCLOSED"],
    ["2027-05-09", "2027-01-31", "DISCLOSED"],
    ["2027-05-09", "2027-05-08", "DISCLOSED_LATE"], // 97 days after the last one
  ];
  test.each(clocks)("on %s, disclosed %p: %s", (today, disclosedOn, found) => {
    const facts = { ...plan, disclosedOn };
    expect(disclosureState({ ...facts, dueOn: nextDue(facts, policies) }, policies, today)).toBe(found);
  });
  // Due on 31 January: February has 28 days, March 31, April 30, and eight of May make 97.
  const late: [today: string, disclosedOn: string | null, days: number][] = [
    ["2027-01-31", null, 0],
    ["2027-02-01", null, 1],
    ["2027-05-08", null, 97],
    ["2027-06-30", "2027-05-08", 97],
    ["2027-06-30", "2027-01-31", 0],
  ];
  test.each(late)("on %s, disclosed %p: %d days late", (today, disclosedOn, daysLate) => {
    const dueOn = "2027-01-31";
    expect(disclosuresMade({ ...plan, disclosedOn }, policies, today)).toEqual([
      { final: true, dueOn, disclosedOn, daysLate },
    ]);
  });
  test("each interim disclosure is late by itself, and until the final accounts at most", () => {
    const long = { ...plan, endsOn: "2027-06-05", interimDisclosedOn: ["2026-12-15"], disclosedOn: "2027-09-06" };
    expect(disclosuresMade(long, policies, "2027-12-31")).toEqual([
      { final: false, dueOn: "2026-12-05", disclosedOn: "2026-12-15", daysLate: 10 },
      { final: false, dueOn: "2027-03-05", disclosedOn: null, daysLate: 185 },
      { final: false, dueOn: "2027-06-05", disclosedOn: null, daysLate: 93 },
      { final: true, dueOn: "2027-09-05", disclosedOn: "2027-09-06", daysLate: 1 },
    ]);
  });
  test("an interim disclosure moves the clock on", () => {
    const long = { ...plan, endsOn: "2027-06-05" };
    expect(nextDue(long, policies)).toBe("2026-12-05");
    expect(nextDue({ ...long, interimDisclosedOn: ["2026-12-01"] }, policies)).toBe("2027-03-05");
  });
});

describe("papers of a fundraising", () => {
  // 53330681MJDEM0001 with its check digit by GB 32100.
  const [uscc, other] = [completeUscc("53330681MJDEM0001"), completeUscc("51330681MJDEM0002")];
  const fine = { organizationName: "诸暨市慈善总会", permitNo: uscc, planFilingNo: `${uscc}A26001` };
  const papers: [given: Partial<typeof fine>, found: string][] = [
    [{}, "ok"],
    [{ permitNo: "浙慈募证第012号", planFilingNo: "浙募备〔2026〕12号" }, "ok"], // in the office's own words
    [{ permitNo: ` ${uscc.toLowerCase()} ` }, "ok"],
    [{ permitNo: uscc.slice(0, 17) }, "permitNo"], // without its check digit
    [{ permitNo: `${uscc.slice(0, 17)}${uscc.endsWith("0") ? "1" : "0"}` }, "permitNo"],
    [{ permitNo: completeUscc("91330681MJDEM0001") }, "permitNo"], // of a company
    [{ permitNo: "12" }, "permitNo"],
    [{ permitNo: "待补" }, "permitNo"],
    [{ permitNo: "??" }, "permitNo"],
    [{ planFilingNo: uscc }, "planFilingNo"],
    [{ planFilingNo: `${other}A26001` }, "planFilingNo"], // another holder's plan
    [{ planFilingNo: "2026-001" }, "planFilingNo"],
    [{ planFilingNo: "备案" }, "planFilingNo"],
    [{ organizationName: "慈善会" }, "organizationName"],
    [{ organizationName: "12345" }, "organizationName"],
    [{ organizationName: "xx" }, "organizationName"],
    [{ organizationName: uscc }, "organizationName"],
  ];
  test.each(papers)("%p: %s", (given, found) => {
    let outcome = "ok";
    try {
      readPapers({ ...fine, ...given });
    } catch (error) {
      outcome = (error as Refusal).path[0] as string;
    }
    expect(outcome).toBe(found);
  });
  test("a code has one spelling", () => {
    const pasted = {
      permitNo: `${uscc.slice(0, 8)} ${uscc.slice(8).toLowerCase()}`,
      planFilingNo: `${uscc}ａ２６００１`,
    };
    expect(readPapers({ ...fine, ...pasted })).toEqual({ ...fine, uscc });
  });
});
