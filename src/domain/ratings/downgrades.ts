import { type DowngradeAction, type DowngradeState, downgradeMoves, type RatingDowngrade } from "../facts/ratings";
import type { Day } from "../kit/calendar";
import { invariant } from "../kit/invariant";
import { type Asked, take } from "../kit/moves";
import { refuse } from "../kit/refusal";

/**
 * The case after a step. It refuses as `take` does; TAKE also with SAME_PERSON for the officer who proposed it, and with
 * ANSWER_PENDING while the organisation may still answer.
 */
export function downgradeStep(
  before: RatingDowngrade | null,
  action: Exclude<DowngradeAction, "PROPOSE">,
  { selves, today, ...asked }: { selves: readonly string[]; today: Day } & Asked<DowngradeState>,
): RatingDowngrade {
  const { state } = take(downgradeMoves, before, action, asked);
  invariant(before, "no step but a proposal begins a case");
  const { proposedBy, answered, answerBy } = before;
  if (action === "TAKE") {
    if (selves.includes(proposedBy)) refuse("SAME_PERSON");
    if (!answered && today <= answerBy) refuse("ANSWER_PENDING", { answerBy });
  }
  return { ...before, state, answered: answered || action === "ANSWER" };
}
