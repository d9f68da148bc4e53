import { Ctx, Field, FieldResolver, Int, Mutation, ObjectType, Resolver, Root } from "type-graphql";
import type { Evidence } from "../../domain/hours";
import type { ActorKind } from "../../domain/permissions/actors";
import type { Asked } from "../../services/bank/fields";
import type { ShownRating, ShownRecusal, ShownSheet } from "../../services/contract";
import {
  answerRatingDowngrade,
  decideRatingRecusal,
  dropRatingDowngrade,
  requestRatingRecusal,
  supplyRatingEvidence,
} from "../../services/ratings/commands";
import { EvidenceType } from "../hours/types";
import { ActorType, actorOf } from "../kit/actors";
import type { Context } from "../kit/context";
import { RatingState, RatingStepAction, RecusalDecision } from "../kit/enums";
import { Input } from "../kit/inputs";
import { DateTimeScalar } from "../kit/scalars";
import { CommitteeMemberType, memberOf, RatingApplicationPayload, RatingApplicationType, stepped } from ".";
import { RatingDowngradeType } from "./downgrades";

@ObjectType("RatingEvidence", { description: "What a house laid before its judges at one time." })
export class RatingEvidenceType {
  @Field(() => DateTimeScalar, { description: "The instant at which it came." }) at: number;
  @Field(() => [EvidenceType], { description: "What papers there are." }) evidence: Evidence[];
  @Field(() => String, { nullable: true, description: "What the house says of them." }) note: string | null;
}
@ObjectType("RatingRecusal", { description: "A member whom a house wants out of its case, and what the office says." })
export class RatingRecusalType {
  @Field(() => CommitteeMemberType, { description: "Which member of the committee." }) member: object;
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "The instant at which it was asked for; null where the member left by themselves.",
  })
  requestedAt: number | null;
  @Field(() => String, {
    nullable: true,
    description: "The reason that the house gave; null once the member was forgotten.",
  })
  reason: string | null;
  @Field(() => RecusalDecision, { nullable: true, description: "The office's decision; null while it is open." })
  decision: string | null;
  @Field(() => DateTimeScalar, { nullable: true, description: "The instant of the decision." })
  decidedAt: number | null;
  @Field(() => String, {
    nullable: true,
    description: "The reason that the office gave; null once the member was forgotten.",
  })
  decisionReason: string | null;
  @Field(() => CommitteeMemberType, {
    nullable: true,
    description: "Who sits in their place for this case, if anybody.",
  })
  substitute: object | null;
}
@ObjectType("RatingEvent", { description: "One step of an application." })
export class RatingEventType {
  @Field(() => DateTimeScalar, { description: "The instant at which it was done." }) at: number;
  @Field(() => RatingStepAction, { description: "Which step it was." }) action: string;
  @Field(() => RatingState, { nullable: true, description: "The state before; null for the first." }) from:
    | string
    | null;
  @Field(() => RatingState, { description: "The state it was in afterwards." }) to: string;
  @Field(() => ActorType, { description: "As what it was done; never by whom." }) actor: ActorType;
  @Field(() => String, { nullable: true, description: "What was said with it." }) reason: string | null;
}
@ObjectType("RatingSheetScore", { description: "What an assessor gave for one part." })
export class RatingSheetScoreType {
  @Field(() => String, { description: "Which part, by its code in the published weights." }) key: string;
  @Field(() => Int, { description: "From 0 to what the part weighs." }) points: number;
  @Field(() => String, { nullable: true, description: "What the assessor said of it; null where nothing was said." })
  comment: string | null;
}
@ObjectType("RatingSheet", {
  description:
    "What one assessor gave, as they handed it in. The last sheet of each goes into the score, joined by policy orgEval.sheetRule.",
})
export class RatingSheetType {
  @Field(() => CommitteeMemberType, { description: "Whose sheet it is." }) assessor: object;
  @Field(() => DateTimeScalar, { description: "The instant at which it was handed in." }) at: number;
  @Field(() => [RatingSheetScoreType], { description: "The points, part by part." }) scores: object[];
  @Field(() => Boolean, { description: "Whether it is the assessor's last." }) isLast: boolean;
  @Field(() => Int, { description: "Counts the sheets of this assessor, from 1." }) version: number;
}
@ObjectType("RatingFile", { description: "What is behind an application." })
export class RatingFileType {
  @Field(() => [RatingSheetType], {
    description: "Each assessor's sheets, the first handed in first; none was ever written over.",
  })
  sheets: object[];
  @Field(() => [RatingDowngradeType], {
    description: "What was proposed to bring the rating down, the first proposed first.",
  })
  downgrades: object[];
  @Field(() => [RatingEvidenceType], { description: "What the house laid before its judges, the first first." })
  evidence: object[];
  @Field(() => [RatingRecusalType], { description: "Whom the house wants out of its case." }) recusals: object[];
  @Field(() => [RatingEventType], { description: "Each step, the first first." }) history: object[];
}

@Resolver(() => RatingApplicationType)
export class RatingFileResolver {
  @Mutation(() => RatingApplicationPayload, {
    description:
      "Lays papers before the judges, until the preliminary result or while a review is open. The organisation's admin.",
  })
  supplyRatingEvidence(
    @Input(supplyRatingEvidence, "Which application, and the papers.")
    input: Asked<typeof supplyRatingEvidence>,
    @Ctx() context: Context,
  ): Promise<object> {
    return stepped(context, () => context.services.ratings.supplyEvidence(context.actor, input));
  }
  @Mutation(() => RatingApplicationPayload, {
    description:
      "Asks that a member leaves the case, until the notice. The organisation's admin. NOT_FOUND for nobody of the committee.",
  })
  requestRatingRecusal(
    @Input(requestRatingRecusal, "Which application, which member, and why.")
    input: Asked<typeof requestRatingRecusal>,
    @Ctx() context: Context,
  ): Promise<object> {
    return stepped(context, () => context.services.ratings.requestRecusal(context.actor, input));
  }
  @Mutation(() => RatingApplicationPayload, {
    description:
      "Decides whether a member leaves the case; their vote is then a recusal, and somebody else may have their seat for it, also where a member left by themselves. Officers of the whole bank, before the notice. SAME_PERSON for who has a seat; RECUSAL_NEEDED for a substitute with an interest.",
  })
  decideRatingRecusal(
    @Input(decideRatingRecusal, "Which application, which member, and the decision.")
    input: Asked<typeof decideRatingRecusal>,
    @Ctx() context: Context,
  ): Promise<object> {
    return stepped(context, () => context.services.ratings.decideRecusal(context.actor, input));
  }

  @Mutation(() => RatingApplicationPayload, {
    description:
      "Answers a proposal to bring the rating down, while it is open. The organisation's admin; the proposal is in the application's file.",
  })
  answerRatingDowngrade(
    @Input(answerRatingDowngrade, "Which rating, and what you have to say.")
    input: Asked<typeof answerRatingDowngrade>,
    @Ctx() context: Context,
  ): Promise<object> {
    return stepped(context, () => context.services.ratings.answerDowngrade(context.actor, input));
  }
  @Mutation(() => RatingApplicationPayload, {
    description:
      "Lets go of a proposal to bring a rating down: the rating holds as before. Officers of the whole bank.",
  })
  dropRatingDowngrade(
    @Input(dropRatingDowngrade, "Which rating, and why.")
    input: Asked<typeof dropRatingDowngrade>,
    @Ctx() context: Context,
  ): Promise<object> {
    return stepped(context, () => context.services.ratings.dropDowngrade(context.actor, input));
  }

  @FieldResolver(() => RatingFileType, {
    nullable: true,
    description: "What is behind it, for its house, its judges and the office; null for everybody else.",
  })
  file(@Root() { id }: ShownRating, @Ctx() { loaders }: Context): Promise<object | null> {
    return loaders.ratingFile.load(id);
  }
}
@Resolver(() => RatingSheetType)
export class RatingSheetResolver {
  @FieldResolver(() => CommitteeMemberType)
  assessor(@Root() { assessorId }: ShownSheet, @Ctx() context: Context): Promise<object> {
    return memberOf(assessorId, context);
  }
}
@Resolver(() => RatingRecusalType)
export class RatingRecusalResolver {
  @FieldResolver(() => CommitteeMemberType)
  member(@Root() { memberId }: ShownRecusal, @Ctx() context: Context): Promise<object> {
    return memberOf(memberId, context);
  }
  @FieldResolver(() => CommitteeMemberType, { nullable: true })
  substitute(@Root() { substituteId }: ShownRecusal, @Ctx() context: Context): Promise<object> | null {
    return substituteId === null ? null : memberOf(substituteId, context);
  }
}
@Resolver(() => RatingEventType)
export class RatingEventResolver {
  @FieldResolver(() => ActorType)
  actor(@Root() step: { actorKind: ActorKind }, @Ctx() context: Context): object {
    return actorOf(step, context);
  }
}
