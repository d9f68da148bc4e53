import { type RatingVote, ratingMoves } from "../../src/domain/facts/ratings";
import { type Fraction, fraction, fractionText } from "../../src/domain/kit/fractions";
import {
  countVotes,
  exactly,
  exactScore,
  feedbackShare,
  joined,
  levelOf,
  lineOf,
  type Reached,
  scoreLine,
  scoreOf,
  shareOfCases,
  votedLevel,
} from "../../src/domain/ratings";
import { policies } from "../support/policies";

describe("the rules of a rating", () => {
  const votes = (...given: [RatingVote["choice"], number | null][]): RatingVote[] =>
    given.map(([choice, level], i) => ({ id: `${i}`, ratingId: "r", memberId: `m${i}`, choice, level, version: 1 }));

  test.each<[string, RatingVote[], number, boolean, number]>([
    [
      "four of seven are more than half",
      votes(["IN_FAVOUR", 4], ["IN_FAVOUR", 4], ["IN_FAVOUR", 4], ["IN_FAVOUR", 4], ["AGAINST", null]),
      7,
      true,
      4,
    ],
    [
      "three of seven are not",
      votes(["IN_FAVOUR", 4], ["IN_FAVOUR", 4], ["IN_FAVOUR", 4], ["AGAINST", null], ["AGAINST", null]),
      7,
      true,
      0,
    ],
    ["half of all members is not more than half", votes(...Array(4).fill(["IN_FAVOUR", 3])), 8, false, 0],
    [
      "a vote for five stars counts for four, too",
      votes(["IN_FAVOUR", 5], ["IN_FAVOUR", 5], ["IN_FAVOUR", 4], ["IN_FAVOUR", 4], ["IN_FAVOUR", 3]),
      7,
      true,
      4,
    ],
    [
      "a recusal is no vote, and the member still counts among all members",
      votes(["IN_FAVOUR", 4], ["IN_FAVOUR", 4], ["IN_FAVOUR", 4], ["RECUSE", null], ["ABSTAIN", null]),
      7,
      false,
      0,
    ],
  ])("%s", (_, given, members, quorum, level) => {
    expect([countVotes(given, members).quorum, votedLevel(given, members)]).toEqual([quorum, level]);
  });

  test("the other parts carry the weight of a part that has nothing to count, and nothing is rounded up", () => {
    const weights = [300, 300, 400].map((weight, i) => ({ code: `P${i}`, label: "", labelEn: "", weight }));
    const lines = weights.map((weight, i) => scoreLine(weight, i === 1 ? 0 : 299, i === 1 ? 0 : 300, ""));
    expect(lines.map(({ value, points }) => [value, points])).toEqual([
      [9966, 299],
      [null, 0],
      [9966, 398],
    ]);
    // 299 of 300 for all that was counted: 996 2/3, cut once.
    expect([fractionText(exactScore(lines)), scoreOf(lines)]).toEqual(["2990/3", 996]);
    expect(
      [499, 500, 899, 900].map((score) => levelOf(score, policies.bands("platformStar.bands", "2026-09-01"))),
    ).toEqual([0, 1, 4, 5]);
  });

  test("points are added as fractions and cut once: only 900 or more is five stars", () => {
    const starWeights = policies.weights("platformStar.weights", "2026-09-01");
    const scored = (...shares: [part: number, whole: number][]) =>
      starWeights.map((weight, i) => scoreLine(weight, ...(shares[i] as [number, number]), ""));
    const nine = scored([1, 1], [2, 3], [1, 1], [2, 3], [1, 1], [1, 1]);
    // 200 + 150·2/3 + 200 + 150·2/3 + 100 + 200.
    expect(nine.map((line) => fractionText(exactly(line)?.points as Fraction))).toEqual([
      "200",
      "100",
      "200",
      "100",
      "100",
      "200",
    ]);
    expect(nine.map(({ share, points }) => [share, points])).toEqual([
      ["1", 200],
      ["2/3", 100],
      ["1", 200],
      ["2/3", 100],
      ["1", 100],
      ["1", 200],
    ]);
    const bands = policies.bands("platformStar.bands", "2026-09-01");
    expect([scoreOf(nine), levelOf(scoreOf(nine), bands)]).toEqual([900, 5]);
    // A share less by one in a million: 899.9999 is no 900.
    const short = scored([999_999, 1_000_000], [2, 3], [1, 1], [2, 3], [1, 1], [1, 1]);
    expect([fractionText(exactScore(short)), scoreOf(short), levelOf(scoreOf(short), bands)]).toEqual([
      "4499999/5000",
      899,
      4,
    ]);
    // Thirds and sevenths that make a whole together: 0 + 150/3 + 200/7 + 150·2/3 + 100·1/7 + 200·2/7 = 250.
    expect(scoreOf(scored([0, 1], [1, 3], [1, 7], [2, 3], [1, 7], [2, 7]))).toBe(250);
  });

  const text = (reached: Reached | null) =>
    reached === null ? null : `${fractionText(reached.share)} for ${fractionText(reached.counts)}`;

  test("few cases count for little, and no case makes no share", () => {
    expect(
      [shareOfCases(0, 1, 10), shareOfCases(1, 1, 10), shareOfCases(0, 0, 10), shareOfCases(45, 90, 10)].map(text),
    ).toEqual(["0 for 1/11", "1 for 1/11", null, "1/2 for 9/10"]);
    expect(text(shareOfCases(2, 3, 0))).toBe("2/3 for 1");
    // Two friends at five stars do not make a five: (30 + 10) / 12 of 5.
    expect([feedbackShare(0, 0, 10), feedbackShare(2, 10, 10), feedbackShare(90, 450, 10)].map(text)).toEqual([
      null,
      "2/3 for 1",
      "24/25 for 1",
    ]);
    // Beside a part that reached 600 of 1000, whatever weighs as much: what went badly takes points, what went well brings some.
    const half = { code: "P", label: "", labelEn: "", weight: 500 };
    const score = (part: number, whole: number) =>
      scoreOf([
        lineOf(half, { share: fraction(3, 5), counts: fraction(1) }, ""),
        lineOf(half, shareOfCases(part, whole, 10), ""),
      ]);
    // (300 + 0) / (500 + 500/11), (300 + 500/11) / (500 + 500/11), and (300 + 0) / (500 + 450).
    expect([score(0, 0), score(0, 1), score(1, 1), score(0, 90)]).toEqual([600, 550, 633, 315]);
  });

  test("a platform's own work counts beside its division's, and where one of them has no case the other counts alone", () => {
    const reached = (part: number, whole: number, counts = fraction(1)) => ({ share: fraction(part, whole), counts });
    expect([joined(reached(0, 1), reached(1, 1), 50), joined(reached(1, 1), reached(1, 2), 25)].map(text)).toEqual([
      "1/2 for 1",
      "5/8 for 1",
    ]);
    expect(
      [joined(null, reached(1, 2), 50), joined(reached(1, 2), null, 50), joined(null, null, 50)].map(text),
    ).toEqual(["1/2 for 1", "1/2 for 1", null]);
    // One case of its own counts 1/11 of its half; the division's, of which there are many, carries the rest.
    expect(text(joined(reached(0, 1, fraction(1, 11)), reached(1, 1), 50))).toBe("21/22 for 1");
    expect(text(joined(reached(1, 2), reached(0, 1), 100))).toBe("1/2 for 1");
  });
});

test("each state of a rating that a step leaves is reached by a step, and only final states are never left", () => {
  const moves = Object.values(ratingMoves);
  const reached = new Set(moves.flatMap(({ to, from }) => (to === "SAME" ? from : to)));
  // A step that leaves the state as it was does not leave it.
  const left = new Set(moves.flatMap(({ from, to }) => (to === "SAME" ? [] : from)));
  expect([...left].filter((state) => state !== null && !reached.has(state))).toEqual([]);
  expect([...reached].filter((state) => !left.has(state)).sort()).toEqual([
    "EXPIRED",
    "INELIGIBLE",
    "REVOKED",
    "WITHDRAWN",
  ]);
});
