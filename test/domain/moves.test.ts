import { activityMoves, attendanceMoves, signUpMoves } from "../../src/domain/facts/activities";
import { creditMoves } from "../../src/domain/facts/credit-records";
import { recordMoves } from "../../src/domain/facts/hours";
import { divisionMoves, headMoves, organizationMoves } from "../../src/domain/facts/organizations";
import { identityMoves, invitationMoves, tieMoves, volunteerMoves } from "../../src/domain/facts/people";
import { downgradeMoves, ratingMoves } from "../../src/domain/facts/ratings";
import { checkVersion, type Moves, mayRepeat, mayTake, take } from "../../src/domain/kit/moves";
import { spotCheckMoves } from "../../src/domain/spot-checks";

const machines: Record<string, Moves<string, string>> = {
  activity: activityMoves,
  attendance: attendanceMoves,
  "credit record": creditMoves,
  division: divisionMoves,
  downgrade: downgradeMoves,
  head: headMoves,
  identity: identityMoves,
  invitation: invitationMoves,
  organization: organizationMoves,
  rating: ratingMoves,
  record: recordMoves,
  "sign-up": signUpMoves,
  "spot check": spotCheckMoves,
  tie: tieMoves,
  volunteer: volunteerMoves,
};
const endsOf = (moves: Moves<string, string>, action: string, from: string | null): (string | null)[] => {
  const { to } = moves[action] as Moves<string, string>[string];
  return to === "SAME" ? [from] : [to].flat();
};
const outcomeOf = (work: () => unknown) => {
  try {
    return work();
  } catch (error) {
    const { code, details, path } = error as { code: string; details: object; path: string[] };
    return { code, details, path };
  }
};

describe.each(Object.entries(machines))("the machine of a %s", (_, moves) => {
  const states = [null, ...new Set(Object.values(moves).flatMap(({ from, to }) => [...from, ...[to].flat()]))].filter(
    (state) => state !== "SAME",
  );
  const stands = (state: string | null) => (state === null ? null : { state, version: 3 });

  test("leads where its rows say, one version on, and from nowhere else", () => {
    for (const [action, { from }] of Object.entries(moves))
      for (const state of states) {
        const found = outcomeOf(() => take(moves, stands(state), action, { reason: "据实" }));
        const [first] = endsOf(moves, action, state);
        const leads = { state: first, version: state === null ? 1 : 4 };
        const refused = { code: "ILLEGAL_TRANSITION", details: { action, from: state }, path: [] };
        expect([action, state, found]).toEqual([action, state, from.includes(state) ? leads : refused]);
        expect(mayTake(moves, state, action)).toBe(from.includes(state));
      }
  });

  test("ends where the caller says, if its row names that state", () => {
    for (const [action, { from }] of Object.entries(moves))
      for (const state of from)
        for (const to of states) {
          if (to === null) continue;
          const found = outcomeOf(() => take(moves, stands(state), action, { reason: "据实", to }));
          const ends = endsOf(moves, action, state);
          expect([action, state, to, found]).toMatchObject([
            action,
            state,
            to,
            ends.includes(to) ? { state: to } : { code: "ILLEGAL_TRANSITION" },
          ]);
        }
  });

  test("refuses another version first, then the step, then a missing reason", () => {
    for (const [action, { from, reason }] of Object.entries(moves))
      for (const state of states) {
        const version = state === null ? 0 : 3;
        const late = outcomeOf(() => take(moves, stands(state), action, { expectedVersion: version + 1 }));
        expect(late).toEqual({ code: "VERSION_CONFLICT", details: { version }, path: ["expectedVersion"] });
        if (!from.includes(state)) continue;
        for (const blank of [undefined, null, "", "  "]) {
          const found = outcomeOf(() =>
            take(moves, stands(state), action, { expectedVersion: version, reason: blank, reasonAt: "ground" }),
          );
          expect(found).toMatchObject(
            reason ? { code: "REASON_MISSING", details: { action }, path: ["ground"] } : { version: version + 1 },
          );
        }
      }
  });

  test("has no state that is left but never reached, except the one before the first", () => {
    const reached = new Set(Object.values(moves).flatMap(({ from, to }) => (to === "SAME" ? from : [to].flat())));
    // A volunteer and an organisation begin by their registration, which is no step.
    const begun =
      moves === volunteerMoves || moves === organizationMoves ? ["REGISTERED", "REAL_NAME_PENDING", "ACTIVE"] : [];
    const left = Object.values(moves).flatMap(({ from }) => from);
    expect(left.filter((state) => state !== null && !reached.has(state) && !begun.includes(state))).toEqual([]);
  });
});

test.each([
  [ratingMoves, "VOTE", true], // votes come one after the other
  [ratingMoves, "SUPPLY_EVIDENCE", true],
  [ratingMoves, "CONFIRM", false],
  [organizationMoves, "REVISE", true],
  [organizationMoves, "SUSPEND", false],
] as [Moves<string, string>, string, boolean][])(
  "%# a step may be taken again right after itself",
  (moves, action, may) => {
    expect(mayRepeat(moves, action)).toBe(may);
  },
);

test.each([
  [{ version: 2 }, 2, "ok"],
  [{ version: 2 }, null, "ok"], // a client that named none
  [{ version: 2 }, 1, "VERSION_CONFLICT"],
  [null, 0, "ok"], // what is not there yet
  [undefined, 1, "VERSION_CONFLICT"],
])("what stands as %j, expected as %p: %s", (before, expected, outcome) => {
  const found = outcomeOf(() => {
    checkVersion(before, expected);
    return { code: "ok" };
  });
  expect(found).toMatchObject({ code: outcome });
});
