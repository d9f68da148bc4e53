import { Ctx, Int, ObjectType, Root } from "type-graphql";
import type { ActorKind } from "../../domain/facts/actors";
import type { Evidence } from "../../domain/hours";
import { isProvisional } from "../../domain/kit/calendar";
import { EvidenceType } from "../hours/types";
import { ActorType, actorOf } from "../kit/actors";
import type { Context } from "../kit/context";
import { Output, type Row } from "../kit/fields";
import { DateScalar, DateTimeScalar, provisional } from "../kit/scalars";
import { DowngradeAction, DowngradeState } from "./enums";

@ObjectType("RatingDowngradeEvent", { description: "One step of a proposal to bring a rating down." })
export class RatingDowngradeEventType {
  @Output(() => DateTimeScalar, { description: "The instant at which it was done." }) at: number;
  @Output(() => DowngradeAction, { description: "Which step it was." }) action: DowngradeAction;
  @Output(() => DowngradeState, { nullable: true, description: "The state before; null for the first." })
  from: DowngradeState | null;
  @Output(() => DowngradeState, { description: "The state it was in afterwards." }) to: DowngradeState;
  @Output(() => ActorType, { description: "As what it was done; never by whom." })
  actor(@Root() step: { actorKind: ActorKind }, @Ctx() context: Context) {
    return actorOf(step, context);
  }
  @Output(() => String, { nullable: true, description: "What was said with it: the ground, an answer, a reason." })
  reason: string | null;
  @Output(() => [EvidenceType], { description: "What was brought to prove it." }) evidence: Evidence[];
}
@ObjectType("RatingDowngrade", {
  description:
    "A proposal to bring a rating down, or to take it away. It takes two officers; in between, the rating holds.",
})
export class RatingDowngradeType {
  @Output(() => Int, { description: "The level that it comes to; 0 takes the rating away." }) toLevel: number;
  @Output(() => DowngradeState, { description: "Where the proposal stands." }) state: DowngradeState;
  @Output(() => DateScalar, {
    description: "The last civil day on which the organisation may answer; policy rating.downgradeAnswerWorkingDays.",
  })
  answerBy: string;
  @Output(() => Boolean, { description: provisional("answerBy") })
  async answerByProvisional(@Root() { answerBy }: { answerBy: string }, @Ctx() { loaders }: Context) {
    return isProvisional(await loaders.calendar.load("all"), answerBy);
  }
  @Output(() => Boolean, { description: "Whether the organisation has answered." }) answered: boolean;
  @Output(() => [RatingDowngradeEventType], { description: "Its steps, the first first." })
  history: readonly Row<RatingDowngradeEventType>[];
  @Output(() => Int, { description: "Counts its steps; pass it as expectedVersion." }) version: number;
}
