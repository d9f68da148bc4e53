import fc from "fast-check";
import {
  type RecordState,
  recordActions,
  recordMoves,
  recordStates,
  type ServiceRecord,
} from "../../src/domain/facts/hours";
import * as hours from "../../src/domain/hours";
import { take } from "../../src/domain/kit/moves";
import type { Refusal } from "../../src/domain/kit/refusal";
import { type Nearness, nearness, type Own } from "../../src/domain/people/near";
import { workingCalendar } from "../../src/services/bank/calendar";
import { policies } from "../support/policies";

const now = Date.parse("2026-09-20T09:00:00+08:00");
const rules = { policies, calendar: workingCalendar(policies, "2026-09-20"), now };
const at = (text: string) => Date.parse(`${text}:00+08:00`);
const interval = (from: string, to: string, breakMinutes = 0) => ({
  startedAt: at(from),
  endedAt: at(to),
  breakMinutes,
});
const codeOf = (work: () => unknown): string | null => {
  try {
    work();
    return null;
  } catch (error) {
    return (error as Refusal).code;
  }
};

describe("rows 5 to 7: interval, future, length, in that order", () => {
  test.each([
    ["2026-09-18T09:00", "2026-09-18T09:00", 0, "INVALID_INTERVAL"],
    ["2026-09-18T09:00", "2026-09-18T08:59", 0, "INVALID_INTERVAL"],
    ["2026-09-21T09:00", "2026-09-21T08:00", 0, "INVALID_INTERVAL"],
    ["2026-09-17T08:00", "2026-09-18T08:01", 1000, "INVALID_INTERVAL"],
    ["2026-09-17T08:00", "2026-09-18T08:00", 960, null],
    ["2026-09-20T08:00", "2026-09-20T09:00", 0, null],
    ["2026-09-20T08:00", "2026-09-20T09:01", 0, "IN_THE_FUTURE"],
    ["2026-09-20T08:55", "2026-09-20T09:05", 0, "IN_THE_FUTURE"],
    ["2026-09-18T09:00", "2026-09-18T09:29", 0, "SESSION_TOO_SHORT"],
    ["2026-09-18T09:00", "2026-09-18T09:30", 0, null],
    ["2026-09-18T09:00", "2026-09-18T10:00", 31, "SESSION_TOO_SHORT"],
    ["2026-09-18T09:00", "2026-09-18T17:00", 0, null],
    ["2026-09-18T09:00", "2026-09-18T17:01", 0, "SESSION_TOO_LONG"],
    ["2026-09-18T09:00", "2026-09-18T17:31", 31, null],
    ["2026-09-18T09:00", "2026-09-18T10:00", 90, "SESSION_TOO_SHORT"],
  ])("%s to %s less %i: %s", (from, to, breakMinutes, code) => {
    expect(codeOf(() => hours.assess(interval(from, to, breakMinutes), rules))).toBe(code);
  });
});

describe("rows 8 and 9: late entries", () => {
  test.each([
    ["2026-09-08T09:00", 0, null],
    ["2026-09-04T09:00", 0, "BACKFILL_NEEDS_EVIDENCE"],
    ["2026-09-04T09:00", 1, null],
    ["2026-06-22T09:00", 1, null],
    ["2026-06-21T09:00", 1, "BACKFILL_WINDOW_PASSED"],
    ["2026-06-21T09:00", 0, "BACKFILL_WINDOW_PASSED"],
  ])("a service of %s with %i pieces of evidence: %s", (from, evidence, code) => {
    const spell = interval(from, from.replace("09:00", "10:00"));
    expect(codeOf(() => hours.checkLateness(hours.assess(spell, rules), spell, evidence, rules))).toBe(code);
  });
});

describe("the day limit", () => {
  const record = (from: string, to: string, breakMinutes = 0) =>
    ({ id: `record_${from}`, ...interval(from, to, breakMinutes) }) as ServiceRecord;
  test.each<[string, hours.Interval, ServiceRecord[], number]>([
    [
      "600 minutes are one person's to confirm",
      interval("2026-09-18T08:00", "2026-09-18T10:00"),
      [record("2026-09-18T10:00", "2026-09-18T18:00")],
      1,
    ],
    [
      "601 are two people's",
      interval("2026-09-18T07:59", "2026-09-18T10:00"),
      [record("2026-09-18T10:00", "2026-09-18T18:00")],
      2,
    ],
    [
      "the break counts on the first day",
      interval("2026-09-17T22:00", "2026-09-18T02:00", 120),
      [record("2026-09-17T08:00", "2026-09-17T18:00")],
      1,
    ],
    [
      "what of the break does not fit counts on the next",
      interval("2026-09-17T23:00", "2026-09-18T02:00", 90),
      [record("2026-09-18T04:00", "2026-09-18T12:31")],
      2,
    ],
    [
      "another day's minutes do not count",
      interval("2026-09-18T08:00", "2026-09-18T10:00"),
      [record("2026-09-17T08:00", "2026-09-17T18:00")],
      1,
    ],
  ])("%s", (_title, spell, live, needed) => {
    expect(hours.confirmationsNeeded(spell, "ENTERED", live, rules)).toBe(needed);
  });

  test("a back-filled record always needs two", () => {
    expect(hours.confirmationsNeeded(interval("2026-09-01T09:00", "2026-09-01T10:00"), "BACKFILLED", [], rules)).toBe(
      2,
    );
  });

  test("the minutes of the days are the record's minutes, and none is below 0", () => {
    fc.assert(
      fc.property(fc.nat(1439), fc.integer({ min: 1, max: 1440 }), fc.nat(1440), (minute, length, pause) => {
        const startedAt = at("2026-09-17T00:00") + minute * 60_000;
        const split = [
          ...hours
            .minutesByDay({ startedAt, endedAt: startedAt + length * 60_000, breakMinutes: Math.min(pause, length) })
            .values(),
        ];
        expect(split.reduce((sum, some) => sum + some, 0)).toBe(length - Math.min(pause, length));
        expect(Math.min(...split)).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("who may confirm, in this order", () => {
  const record = { handledBy: ["worker"], confirmedBy: ["first"] } as unknown as ServiceRecord;
  const plain = {
    volunteerPersonId: "volunteer",
    volunteerIsStaff: false,
    fromElsewhere: false,
    own: new Map() as Own,
  };
  const knows = (near: Nearness): Own => new Map([["volunteer", near]]);
  test.each<[Parameters<typeof hours.checkConfirmer>[1], string | null]>([
    [{ ...plain, personId: "second" }, null],
    ...nearness.map(
      (near) =>
        [{ ...plain, personId: near, own: knows(near) }, "SELF_CONFIRMATION"] as [
          typeof plain & { personId: string },
          string,
        ],
    ),
    [{ ...plain, personId: "worker" }, "SAME_PERSON"],
    [{ ...plain, personId: "first" }, "SAME_PERSON"],
    [{ ...plain, personId: "second", volunteerIsStaff: true }, "OWN_STAFF"],
    [{ ...plain, personId: "second", volunteerIsStaff: true, fromElsewhere: true }, null],
    [{ ...plain, personId: "worker", volunteerIsStaff: true }, "SAME_PERSON"],
    [{ ...plain, personId: "volunteer", own: knows("SELF"), volunteerIsStaff: true }, "SELF_CONFIRMATION"],
  ])("%j: %s", (confirmer, code) => {
    expect(codeOf(() => hours.checkConfirmer(record, confirmer))).toBe(code);
  });
});

describe("nobody decides twice about one service", () => {
  const record = { confirmedBy: ["first", "merged"] };
  const by = { selves: ["judge"], adjusters: [], officer: false };
  test.each<[Parameters<typeof hours.checkDecider>[1], objection: string | null, reversal: string | null]>([
    [by, null, null],
    [{ ...by, selves: ["first"] }, "SAME_PERSON", "SAME_PERSON"],
    [{ ...by, selves: ["today", "merged"] }, "SAME_PERSON", "SAME_PERSON"],
    [{ ...by, selves: ["first"], officer: true }, null, null],
    [{ ...by, adjusters: ["earlier", "judge"] }, "SAME_PERSON", "SAME_PERSON"],
    // An officer takes back what they adjusted, and decides no objection to it.
    [{ ...by, adjusters: ["judge"], officer: true }, "SAME_PERSON", null],
    [{ ...by, adjusters: ["other"] }, null, null],
  ])("%j: objection %s, reversal %s", (decider, objection, reversal) => {
    expect(codeOf(() => hours.checkDecider(record, decider, "OBJECTION"))).toBe(objection);
    expect(codeOf(() => hours.checkDecider(record, decider, "REVERSAL"))).toBe(reversal);
  });
});

describe("the steps of a record", () => {
  const states = [null, ...recordStates];
  const cases = recordActions.flatMap((action) => states.map((state) => [action, state] as const));
  test.each(cases)("%s from %s", (action, state) => {
    const record = state === null ? null : ({ state, version: 3 } as ServiceRecord);
    const { from, to, reason } = recordMoves[action];
    const allowed = (from as readonly (string | null)[]).includes(state);
    if (!allowed) expect(codeOf(() => take(recordMoves, record, action, { reason: "r" }))).toBe("ILLEGAL_TRANSITION");
    else {
      for (const end of to === "SAME" ? [state as RecordState] : [to].flat())
        expect(take(recordMoves, record, action, { reason: "r", to: end }).state).toBe(end);
      expect(codeOf(() => take(recordMoves, record, action, { reason: " " }))).toBe(reason ? "REASON_MISSING" : null);
      if (record)
        expect(codeOf(() => take(recordMoves, record, action, { reason: "r", expectedVersion: 2 }))).toBe(
          "VERSION_CONFLICT",
        );
    }
  });
});

describe("credit", () => {
  test("however a total is cut into records, what is credited is the total's steps", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 30, max: 480 }), { minLength: 1, maxLength: 40 }), (records) => {
        let [creditable, credited] = [0, 0];
        for (const minutes of records) {
          credited += hours.creditDue(minutes, creditable - credited, 30);
          creditable += minutes;
        }
        expect(credited).toBe(Math.floor(creditable / 30) * 30);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    [0, 0, 100, 90, { kept: 90, overflow: 0 }],
    [50, 0, 100, 90, { kept: 50, overflow: 40 }],
    [50, 30, 100, 90, { kept: 20, overflow: 70 }],
    [150, 0, 100, 90, { kept: 0, overflow: 90 }],
    [-60, 0, 100, 90, { kept: 90, overflow: 0 }],
  ])("posted %i, coming %i, cap %i: of %i", (posted, pendingIn, cap, credit, expected) => {
    expect(hours.splitAtCap(credit, { posted, pendingIn }, cap)).toEqual(expected);
  });

  test.each<[string | null, number, string]>([
    ["2012-09-18", 0, "under 14 on the service's day"],
    ["2012-09-17", 60, "14 on that day"],
    [null, 60, "no birth date known"],
  ])("born %s: %i (%s)", (birthDate, minutes, _why) => {
    const record = { ...interval("2026-09-17T09:00", "2026-09-17T10:00"), serviceMinutes: 60 };
    expect(hours.creditable(record, birthDate, policies).minutes).toBe(minutes);
  });
});

test.each<[RecordState, string, boolean]>([
  ["SUBMITTED", "2026-09-20", false],
  ["SUBMITTED", "2026-09-21", true],
  ["RETURNED", "2026-09-21", true],
  ["POSTED", "2026-09-21", false],
  ["DISPUTED", "2026-09-21", false],
  ["REVERSED", "2026-09-21", false],
  ["REJECTED", "2026-09-21", false],
  ["VOIDED", "2026-09-21", false],
])("%s on %s, due on 2026-09-20, is overdue: %s", (state, today, overdue) => {
  expect(hours.isOverdue({ state, recordBy: "2026-09-20" }, today)).toBe(overdue);
});
