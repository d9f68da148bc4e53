import {
  checkComplete,
  checkReviewer,
  checkShift,
  officerReasons,
  repeated,
} from "../../src/domain/activities/machine";
import {
  type ActivityState,
  type ActivityStepAction,
  activityMoves,
  activityStates,
  activityStepActions,
} from "../../src/domain/facts/activities";
import { take } from "../../src/domain/kit/moves";
import { outcomeOf } from "../support/outcomes";
import { policies } from "../support/policies";
import { at } from "./shift";

describe("an activity", () => {
  test.each(activityStepActions)("%s leads where its row says, and from nowhere else", (action) => {
    for (const from of [null, ...activityStates]) {
      const move = activityMoves[action];
      const may = move.from.includes(from);
      const given = { reason: move.reason ? "下雨" : null };
      const outcome = outcomeOf(() => take(activityMoves, from && { state: from, version: 1 }, action, given));
      expect([from, outcome]).toEqual([from, may ? "ok" : "ILLEGAL_TRANSITION"]);
    }
  });

  const steps: [
    from: ActivityState,
    action: ActivityStepAction,
    reason: string | null,
    version: number,
    outcome: string,
  ][] = [
    ["PUBLISHED", "CANCEL", null, 3, "REASON_MISSING"],
    ["PUBLISHED", "CANCEL", "   ", 3, "REASON_MISSING"],
    ["PUBLISHED", "CANCEL", "台风", 2, "VERSION_CONFLICT"], // another person changed it meanwhile
    ["PUBLISHED", "CANCEL", "台风", 3, "ok"],
    ["CLOSED", "CANCEL", "台风", 3, "ILLEGAL_TRANSITION"],
  ];
  test.each(steps)("%s, %s, reason %p, version %p: %s", (state, action, reason, expectedVersion, outcome) => {
    expect(outcomeOf(() => take(activityMoves, { state, version: 3 }, action, { reason, expectedVersion }))).toBe(
      outcome,
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

  const lengths: [minutes: number, outcome: string][] = [
    [0, "INVALID_INTERVAL"],
    [29, "SESSION_TOO_SHORT"],
    [30, "ok"],
    [480, "ok"],
    [481, "SESSION_TOO_LONG"],
  ];
  test.each(lengths)("a shift of %p minutes: %s", (minutes, outcome) => {
    const endsAt = at("09:00") + minutes * 60_000;
    expect(outcomeOf(() => checkShift({ startsAt: at("09:00"), endsAt, capacity: 1 }, policies, 0))).toBe(outcome);
  });

  test("a fortnightly shift comes again up to and including its last day", () => {
    const days = repeated({ startsAt: at("09:00", "2026-04-01"), endsAt: at("11:00", "2026-04-01") }, 14, "2026-04-29");
    expect(days.map(({ startsAt }) => new Date(startsAt).toISOString().slice(0, 10))).toEqual([
      "2026-04-01",
      "2026-04-15",
      "2026-04-29",
    ]);
  });
});
