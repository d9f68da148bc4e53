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
  type SignUp,
  type SignUpAction,
  type SignUpState,
  signUpActions,
  signUpMoves,
  signUpStates,
} from "../../src/domain/facts/activities";
import { outcomeOf, resultOf } from "../support/outcomes";
import { policies } from "../support/policies";
import { at, shift } from "./shift";

describe("a sign-up", () => {
  test("has no step that its table does not name", () => {
    expect(Object.keys(signUpMoves)).toEqual([...signUpActions]);
    for (const move of Object.values(signUpMoves))
      for (const state of [...move.from, ...[move.to].flat()]) if (state) expect(signUpStates).toContain(state);
  });

  // F05: who is asked for consent, on the day of the shift.
  const ages: [birthDate: string, selfSupporting: boolean, open: boolean, hazardous: boolean, outcome: string][] = [
    ["2008-09-05", false, true, false, "alone"], // 18 on the day
    ["2008-09-06", false, true, false, "guardian"], // one day short
    ["2009-01-01", true, true, true, "alone"], // 17, living on own labour, also where it is hazardous
    ["2010-09-06", true, true, false, "guardian"], // at 15 their own income does not count
    ["2011-01-01", false, true, false, "guardian"],
    ["2011-01-01", false, false, false, "MINOR_NOT_ADMITTED"],
    ["2011-01-01", false, true, true, "MINOR_NOT_ADMITTED"],
    ["2013-01-01", false, true, false, "guardian and company"], // 13
  ];
  test.each(ages)(
    "born %s, self-supporting %p, open %p, hazardous %p: %s",
    (birthDate, selfSupporting, openToMinors, hazardous, outcome) => {
      const admit = () => {
        if (!needsGuardian({ birthDate, selfSupporting }, { openToMinors, hazardous }, shift)) return "alone";
        return needsCompany({ birthDate }, shift, policies) ? "guardian and company" : "guardian";
      };
      expect(resultOf(admit)).toBe(outcome);
    },
  );

  const standing = (state: SignUpState, shiftId: string, from: string, to: string) => ({
    signUp: { id: "signup_1", shiftId, state } as SignUp,
    startsAt: at(from),
    endsAt: at(to),
  });
  const bookings: [other: ReturnType<typeof standing>, outcome: string][] = [
    [standing("ACCEPTED", "shift_2", "07:00", "09:00"), "ok"], // touching is not overlapping
    [standing("ACCEPTED", "shift_2", "08:00", "09:01"), "DOUBLE_BOOKED"],
    [standing("PENDING_GUARDIAN", "shift_2", "10:59", "12:00"), "DOUBLE_BOOKED"],
    [standing("WAITLISTED", "shift_2", "09:00", "11:00"), "ok"], // waiting promises nothing
    [standing("WITHDRAWN", "shift_1", "09:00", "11:00"), "ok"], // taken back, and again
    [standing("WAITLISTED", "shift_1", "09:00", "11:00"), "ALREADY_SIGNED_UP"],
    [standing("ACCEPTED", "shift_1", "09:00", "11:00"), "ALREADY_SIGNED_UP"],
  ];
  test.each(bookings)("beside %p: %s", (other, outcome) => {
    expect(outcomeOf(() => checkBooking(shift, { bookings: [other], orders: [] }))).toBe(outcome);
  });

  const early = at("09:00", "2026-09-01");
  const withdrawals: [state: SignUpState, acceptedAt: number, now: number, late: boolean][] = [
    ["ACCEPTED", early, at("09:00", "2026-09-04"), false], // exactly a day before
    ["ACCEPTED", early, at("09:01", "2026-09-04"), true],
    ["ACCEPTED", at("08:30"), at("08:59"), false], // a volunteer who got the place half an hour ago had no time to say so
    ["WAITLISTED", 0, at("08:59"), false], // a waiting list promises no help
  ];
  test.each(withdrawals)("%s since %p withdrawn at %p is late: %p", (state, acceptedAt, now, late) => {
    expect(isLateWithdrawal({ state }, acceptedAt, shift, policies, now)).toBe(late);
  });

  // F25: five no-shows of a calendar year, or three in bad faith.
  const missed: [noShows: number, malicious: number, outcome: string][] = [
    [4, 2, "ok"],
    [5, 0, "TOO_MANY_NO_SHOWS"],
    [3, 3, "TOO_MANY_NO_SHOWS"],
  ];
  test.each(missed)("%p no-shows, %p in bad faith: %s", (noShows, malicious, outcome) => {
    expect(outcomeOf(() => checkReliable({ noShows, malicious }, policies, "2026-09-05", true))).toBe(outcome);
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
    ["ACCEPTED", { promised: false }, "COMPLETED EXCUSED"], // a lead put the volunteer on the list
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
    const choices = [
      ["COMPLETED", false],
      ["NO_SHOW", false],
      ["NO_SHOW", true],
      ["EXCUSED", false],
    ] as const;
    const possible = choices.filter(
      ([outcome, bad]) =>
        outcomeOf(() => checkOutcome({ state, late, malicious }, { outcome, malicious: bad }, { record, promised })) ===
        "ok",
    );
    expect(possible.map(([outcome, bad]) => `${outcome}${bad ? "!" : ""}`).join(" ")).toBe(allowed);
  });

  // Volunteers know of their place since they last took it, or were last notified of it.
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
    const made = steps.map(([action, from, to, at]) => ({ action, from, to, at }));
    expect(knewInTime(made, shift, policies)).toBe(knew);
    expect(acceptedAt(made)).toBe(steps.at(-1)?.[3]);
  });
});
