import type { ComplexityEstimatorArgs } from "graphql-query-complexity";

/** What one question of its own to the bank costs: fifty of them fill an operation's allowance. */
const question = 500;

/**
 * The cost of a field that the bank is asked for once for each of its parents, since every parent has a page or a date of
 * its own. In a list of 100 it is refused; alone, or in a short list, it is cheap.
 */
export function askedEach({
  args,
  childComplexity,
}: Pick<ComplexityEstimatorArgs, "args" | "childComplexity">): number {
  const lines = Math.max(1, ...[args.first, args.last].filter((count) => typeof count === "number"));
  return question + lines * childComplexity;
}
