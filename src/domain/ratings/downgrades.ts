import type { Day } from "../kit/calendar";
import { refuse } from "../kit/refusal";

export const downgradeStates = ["PROPOSED", "TAKEN", "DROPPED"] as const;
export type DowngradeState = (typeof downgradeStates)[number];
export const downgradeActions = ["PROPOSE", "ANSWER", "TAKE", "DROP"] as const;
export type DowngradeAction = (typeof downgradeActions)[number];

/**
 * How a rating is brought down or taken away, one step a row. One officer proposes it and the house is told; after its
 * answer, or after the days in which it might have answered, another officer takes it. Until then the rating holds.
 */
export const downgradeMoves: Record<
  DowngradeAction,
  { from: readonly (DowngradeState | null)[]; to: DowngradeState; reason: boolean }
> = {
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
 * The case after a step. ILLEGAL_TRANSITION; of TAKE also SAME_PERSON for the officer who proposed it, and ANSWER_PENDING
 * while the house may still answer.
 */
export function downgradeStep(
  before: RatingDowngrade | null,
  action: Exclude<DowngradeAction, "PROPOSE">,
  { selves, today }: { selves: readonly string[]; today: Day },
): RatingDowngrade {
  const from = before?.state ?? null;
  if (before === null || !downgradeMoves[action].from.includes(from)) refuse("ILLEGAL_TRANSITION", { action, from });
  const { proposedBy, answered, answerBy } = before;
  if (action === "TAKE") {
    if (selves.includes(proposedBy)) refuse("SAME_PERSON");
    if (!answered && today <= answerBy) refuse("ANSWER_PENDING", { answerBy });
  }
  return { ...before, state: downgradeMoves[action].to, answered: answered || action === "ANSWER" };
}
