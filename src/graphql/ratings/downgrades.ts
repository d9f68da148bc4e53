import { Ctx, Field, FieldResolver, Int, ObjectType, Resolver, Root } from "type-graphql";
import type { Evidence } from "../../domain/hours";
import { isProvisional } from "../../domain/kit/calendar";
import type { ActorKind } from "../../domain/permissions/actors";
import { EvidenceType } from "../hours/types";
import { ActorType, actorOf } from "../kit/actors";
import type { Context } from "../kit/context";
import { DowngradeAction, DowngradeState } from "../kit/enums";
import { DateScalar, DateTimeScalar, provisional } from "../kit/scalars";

@ObjectType("RatingDowngradeEvent", { description: "One step of a proposal to bring a rating down." })
export class RatingDowngradeEventType {
  @Field(() => DateTimeScalar, { description: "The instant at which it was done." }) at: number;
  @Field(() => DowngradeAction, { description: "Which step it was." }) action: string;
  @Field(() => DowngradeState, { nullable: true, description: "The state before; null for the first." }) from:
    | string
    | null;
  @Field(() => DowngradeState, { description: "The state it was in afterwards." }) to: string;
  @Field(() => ActorType, { description: "As what it was done; never by whom." }) actor: ActorType;
  @Field(() => String, { nullable: true, description: "What was said with it: the ground, an answer, a reason." })
  reason: string | null;
  @Field(() => [EvidenceType], { description: "What was brought to prove it." }) evidence: Evidence[];
}
@ObjectType("RatingDowngrade", {
  description:
    "A proposal to bring a rating down, or to take it away. It takes two officers; in between, the rating holds.",
})
export class RatingDowngradeType {
  @Field(() => Int, { description: "The level that it comes to; 0 takes the rating away." }) toLevel: number;
  @Field(() => DowngradeState, { description: "Where the proposal stands." }) state: string;
  @Field(() => DateScalar, {
    description: "The last civil day on which the organisation may answer; policy rating.downgradeAnswerWorkingDays.",
  })
  answerBy: string;
  @Field(() => Boolean, { description: provisional("answerBy") }) answerByProvisional: boolean;
  @Field(() => Boolean, { description: "Whether the organisation has answered." }) answered: boolean;
  @Field(() => [RatingDowngradeEventType], { description: "Its steps, the first first." }) history: object[];
  @Field(() => Int, { description: "Counts its steps; pass it as expectedVersion." }) version: number;
}

@Resolver(() => RatingDowngradeType)
export class RatingDowngradeResolver {
  @FieldResolver(() => Boolean)
  async answerByProvisional(@Root() { answerBy }: { answerBy: string }, @Ctx() { loaders }: Context): Promise<boolean> {
    return isProvisional(await loaders.calendar.load("all"), answerBy);
  }
}

@Resolver(() => RatingDowngradeEventType)
export class RatingDowngradeEventResolver {
  @FieldResolver(() => ActorType)
  actor(@Root() step: { actorKind: ActorKind }, @Ctx() context: Context): object {
    return actorOf(step, context);
  }
}
