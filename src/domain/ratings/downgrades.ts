import type { Day } from "../kit/calendar";
import { invariant } from "../kit/invariant";
import { type Asked, type Moves, take } from "../kit/moves";
import { refuse } from "../kit/refusal";

export const downgradeStates = ["PROPOSED", "TAKEN", "DROPPED"] as const;
export type DowngradeState = (typeof downgradeStates)[number];
export const downgradeActions = ["PROPOSE", "ANSWER", "TAKE", "DROP"] as const;
export type DowngradeAction = (typeof downgradeActions)[number];

/**
 * How a rating is brought down or taken away, one step a row. One officer proposes it and the house is told; after its
 * answer, or after the days in which it might have answered, another officer takes it. Until then the rating holds.
 */
export const downgradeMoves: Moves<DowngradeAction, DowngradeState> = {
  PROPOSE: { from: [null], to: "PROPOSED", reason: true },
  ANSWER: { from: ["PROPOSED"], to: "PROPOSED", reason: true },
  TAKE: { from: ["PROPOSED"], to: "TAKEN", reason: true },
  DROP: { from: ["PROPOSED"], to: "DROPPED", reason: true },
};

/** A rating that is to be brought down. What is said is sealed under the application's key. */
export interface RatingDowngrade {
  id: string;
  ratingId: string;
  /** The level that it comes to; 0 takes the rating away. */
  toLevel: number;
  proposedBy: string;
  /** The last day on which the house may answer. */
  answerBy: Day;
  answered: boolean;
  state: DowngradeState;
  version: number;
}

/**
 * The case after a step. Refuses as `take` does; of TAKE also SAME_PERSON for the officer who proposed it, and ANSWER_PENDING
 * while the house may still answer.
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
