import { Ctx, Int, ObjectType, Root } from "type-graphql";
import type { ActorKind } from "../../domain/facts/actors";
import type { Evidence } from "../../domain/hours";
import { EvidenceType } from "../hours/types";
import { ActorType, actorOf } from "../kit/actors";
import type { Context } from "../kit/context";
import { Output, type Row } from "../kit/fields";
import { isProvisionalDay, provisional } from "../kit/provisional";
import { DateScalar, DateTimeScalar } from "../kit/scalars";
import { DowngradeAction, DowngradeState } from "./enums";

@ObjectType("RatingDowngradeEvent", { description: "An entry in the history of a proposal to lower a rating." })
export class RatingDowngradeEventType {
  @Output(() => DateTimeScalar, { description: "The instant at which the step was taken." }) at: number;
  @Output(() => DowngradeAction, { description: "The step that was taken." }) action: DowngradeAction;
  @Output(() => DowngradeState, { nullable: true, description: "The state before the step; null for the first step." })
  from: DowngradeState | null;
  @Output(() => DowngradeState, { description: "The state after the step." }) to: DowngradeState;
  @Output(() => ActorType, { description: "The role in which it was done; the person is not shown." })
  actor(@Root() step: { actorKind: ActorKind }, @Ctx() context: Context) {
    return actorOf(step, context);
  }
  @Output(() => String, {
    nullable: true,
    description: "The text that was given with the step: the ground, an answer or a reason.",
  })
  reason: string | null;
  @Output(() => [EvidenceType], { description: "The proofs that were given with the step." }) evidence: Evidence[];
}
@ObjectType("RatingDowngrade", {
  description:
    "A proposal to lower a rating, or to take it away. It takes two officers; until the second one takes it, the rating holds.",
})
export class RatingDowngradeType {
  @Output(() => Int, { description: "The level to which the rating is to be lowered; 0 takes it away." })
  toLevel: number;
  @Output(() => DowngradeState, { description: "The state in which the proposal is now." }) state: DowngradeState;
  @Output(() => DateScalar, {
    description:
      "The last civil day on which the organisation may answer (policy `rating.downgradeAnswerWorkingDays`).",
  })
  answerBy: string;
  @Output(() => Boolean, { description: provisional("answerBy") })
  answerByProvisional(@Root() { answerBy }: { answerBy: string }, @Ctx() context: Context) {
    return isProvisionalDay(answerBy, context);
  }
  @Output(() => Boolean, { description: "Whether the organisation has answered." }) answered: boolean;
  @Output(() => [RatingDowngradeEventType], { description: "The steps of the proposal, the earliest first." })
  history: readonly Row<RatingDowngradeEventType>[];
  @Output(() => Int, {
    description:
      "The number of steps so far; pass it as `expectedVersion` to be refused where another step came first.",
  })
  version: number;
}
