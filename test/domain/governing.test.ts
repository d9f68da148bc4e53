import fc from "fast-check";
import {
  type CreditRecordKind,
  creditRecordKinds,
  creditStep,
  openingState,
  standingStates,
  undecidedUntil,
  unfound,
} from "../../src/domain/credit-records";
import {
  type CreditRecord,
  type CreditRecordAction,
  creditMoves,
  creditRecordActions,
} from "../../src/domain/facts/credit-records";
import { type RatingVote, voteChoices } from "../../src/domain/facts/ratings";
import { indicatorUnits, indicatorValue } from "../../src/domain/indicators";
import { addMonths, type Day } from "../../src/domain/kit/calendar";
import { Refusal } from "../../src/domain/kit/refusal";
import { countVotes, scoreLine, scoreOf, votedLevel } from "../../src/domain/ratings";
import { type DrawnRecord, drawSample } from "../../src/domain/spot-checks";
import { workingCalendar } from "../../src/services/bank/calendar";
import { policies } from "../support/policies";

const days: Day[] = ["2026-09-01", "2026-09-08", "2026-09-09", "2026-10-20", "2027-03-01"];
const people = ["lead", "supervisor", "officer", "judge"];

describe("a credit record, whatever is tried with it", () => {
  const opened = (kind: CreditRecordKind): CreditRecord => ({
    ...unfound,
    id: "creditrecord_1",
    personId: "person_1",
    organizationId: null,
    divisionCode: "fengqiao",
    state: openingState[kind],
    expiresOn: undecidedUntil("2026-09-01", policies),
    detailsId: "sealed_1",
  });
  const tries = fc.array(
    fc.record({
      action: fc.constantFrom(...creditRecordActions.filter((action) => action !== "OPEN")),
      by: fc.constantFrom(...people),
      day: fc.nat(days.length - 1),
    }),
    { maxLength: 25 },
  );

  test("stands by two people only, answers first, ends within five years, and follows its table", () => {
    fc.assert(
      fc.property(fc.constantFrom(...creditRecordKinds), tries, (kind, steps) => {
        let record = opened(kind);
        let reached = 0;
        const signers = new Set<string>();
        let pending: CreditRecordAction | null = null;
        let outcomeNoted = false;
        for (const { action, by, day } of steps) {
          reached = Math.max(reached, day);
          const today = days[reached] as Day;
          const rules = { policies, calendar: workingCalendar(policies, today), today };
          const before = record;
          const asked = { action: action as Exclude<CreditRecordAction, "OPEN">, by, reason: "据实" };
          try {
            record = creditStep(record, kind, asked, rules, { pending, outcomeNoted });
          } catch (error) {
            if (!(error instanceof Refusal)) throw error;
            continue;
          }
          // Nobody objected: the office proposes of its own motion, and another person decides on it.
          const isOwnMotion = ["CORRECT", "REMOVE"].includes(action) && before.state !== "OBJECTED";
          const isProposal: boolean = isOwnMotion && pending !== action;
          const move = creditMoves[action];
          expect(move.from).toContain(before.state);
          expect([move.to === "SAME" || isProposal ? before.state : move.to].flat()).toContain(record.state);
          if (record.state === "ACTIVE" && kind === "ADVERSE")
            expect(record.answered || today > (record.answerBy as Day)).toBe(true);
          if (isOwnMotion) {
            expect(record.confirmedBy.at(-1)).toBe(by);
            if (!isProposal) expect(before.confirmedBy.at(-1)).not.toBe(by);
          } else if (["UPHOLD", "CORRECT", "REMOVE"].includes(action)) expect(before.confirmedBy).not.toContain(by);
          if (["CONFIRM", "CORRECT", "NOTE_OUTCOME"].includes(action) || isOwnMotion) signers.add(by);
          pending = isProposal ? action : null;
          outcomeNoted ||= action === "NOTE_OUTCOME";
          expect(new Set(record.confirmedBy).size).toBe(record.confirmedBy.length);
          if (!standingStates.includes(record.state)) continue;
          expect(new Set(record.confirmedBy)).toEqual(signers);
          expect(signers.size).toBeGreaterThanOrEqual(2);
          if (kind === "ADVERSE") expect((record.expiresOn as Day) <= addMonths(record.foundOn as Day, 60)).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe("votes and scores", () => {
  const votes = fc.array(
    fc.record({ choice: fc.constantFrom(...voteChoices), level: fc.integer({ min: 1, max: 5 }) }),
    { maxLength: 25 },
  );
  const named = (given: { choice: RatingVote["choice"]; level: number }[]): RatingVote[] =>
    given.map(({ choice, level }, i) => ({
      id: `${i}`,
      ratingId: "r",
      memberId: `m${i}`,
      choice,
      level: choice === "IN_FAVOUR" ? level : null,
      version: 1,
    }));

  test("a level has more than half of all members behind it, and one more vote for it never lowers it", () => {
    fc.assert(
      fc.property(votes, fc.integer({ min: 7, max: 25 }), (given, members) => {
        const cast = named(given.slice(0, members));
        const level = votedLevel(cast, members);
        const behind = cast.filter((vote) => vote.choice === "IN_FAVOUR" && (vote.level as number) >= level).length;
        if (level > 0) expect(behind * 2).toBeGreaterThan(members);
        const more = named([...given.slice(0, members - 1), { choice: "IN_FAVOUR", level: 5 }]);
        expect(votedLevel(more, members)).toBeGreaterThanOrEqual(
          votedLevel(named(given.slice(0, members - 1)), members),
        );
        const { inFavour, against, abstained, recused } = countVotes(cast, members);
        expect(inFavour + against + abstained + recused).toBe(cast.length);
      }),
      { numRuns: 2000 },
    );
  });

  test("a score lies between nothing and a thousand, and is a thousand only where every part is", () => {
    const parts = fc.array(
      fc.record({ weight: fc.integer({ min: 1, max: 400 }), part: fc.nat(50), whole: fc.nat(50) }),
      {
        minLength: 1,
        maxLength: 8,
      },
    );
    fc.assert(
      fc.property(parts, (given) => {
        const lines = given.map(({ weight, part, whole }, i) =>
          scoreLine({ code: `P${i}`, label: "", labelEn: "", weight }, Math.min(part, whole), whole, ""),
        );
        const score = scoreOf(lines);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1000);
        const counted = given.filter(({ whole }) => whole > 0);
        if (score === 1000) expect(counted.every(({ part, whole }) => part >= whole)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test("an indicator is shown as all only where it is all", () => {
    fc.assert(
      fc.property(fc.constantFrom(...indicatorUnits), fc.nat(100_000), fc.nat(100_000), (unit, a, b) => {
        const [part, whole] = [Math.min(a, b), Math.max(a, b)];
        if (unit === "RATIO" && whole > 0) expect(indicatorValue(unit, part, whole) === 1).toBe(part === whole);
      }),
      { numRuns: 2000 },
    );
  });
});

test("a sample does not depend on the order in which records come, and a larger one holds the smaller one's draw", () => {
  const draw = { month: "2026-09", seed: "seed", beaconSeq: 1, beacon: Buffer.from("beacon") };
  const record = fc.record({ n: fc.nat(10_000), device: fc.option(fc.constantFrom("a", "b"), { nil: null }) });
  fc.assert(
    fc.property(
      fc.uniqueArray(record, { selector: ({ n }) => n, maxLength: 40 }),
      fc.integer({ min: 1, max: 30 }),
      (given, size) => {
        const records: DrawnRecord[] = given.map(({ n, device }) => ({
          id: `record_${n}`,
          organizationId: "station",
          divisions: ["fengqiao"],
          volunteerId: `v${n}`,
          startedAt: n * 60_000,
          endedAt: n * 60_000 + 3_600_000,
          serviceMinutes: 60,
          origin: "CHECKED_IN",
          confirmedBy: [`c${n}`],
          device,
          ownPeople: false,
        }));
        const ids = (some: DrawnRecord[], of = size) =>
          drawSample(draw, some, of, policies).map((line) => line.record.id);
        expect(ids([...records].reverse())).toEqual(ids(records));
        expect(new Set(ids(records)).size).toBe(Math.min(size, records.length));
        const half = Math.ceil(size / 2);
        expect(ids(records, size + 10).slice(0, half)).toEqual(ids(records).slice(0, half));
      },
    ),
    { numRuns: 300 },
  );
});
