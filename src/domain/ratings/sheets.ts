import type { RatingSheet, ScoreLine } from "../facts/ratings";
import { compare, type Fraction, fraction, over, sumOf } from "../kit/fractions";
import type { SheetRule, Weight } from "../policies/values";
import { lineOf } from ".";

/** Joins several sheets to one score: the rule joins the points of each part, exactly. */
export function joinedLines(sheets: readonly RatingSheet[], weights: readonly Weight[], rule: SheetRule): ScoreLine[] {
  if (sheets.length === 0) return [];
  return weights.map((weight) => {
    const values = sheets.map(({ points }) => points.find(({ key }) => key === weight.code)?.points ?? 0);
    const points = joinedBy[rule](values.map((value) => fraction(value)));
    const reached = { share: over(points, fraction(weight.weight)), counts: fraction(1) };
    return lineOf(weight, reached, `${rule} of ${values.join(", ")}`);
  });
}

/** Expects one number at least. */
const joinedBy: Record<SheetRule, (points: readonly Fraction[]) => Fraction> = {
  MEAN: (points) => over(sumOf(points), fraction(points.length)),
  MEDIAN: (points) => {
    const sorted = [...points].sort(compare);
    const middle = sorted.slice(Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2) + 1);
    return over(sumOf(middle), fraction(middle.length));
  },
  // Where there are fewer than three, nothing would be left between the highest and the lowest.
  TRIMMED_MEAN: (points) => {
    const sorted = [...points].sort(compare);
    return joinedBy.MEAN(sorted.length < 3 ? sorted : sorted.slice(1, -1));
  },
};
