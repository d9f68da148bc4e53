import { Ctx, Int, ObjectType, Resolver, Root } from "type-graphql";
import type { ActorKind } from "../../domain/facts/actors";
import type { Evidence } from "../../domain/hours";
import type { Asked } from "../../services/bank/fields";
import {
  answerRatingDowngrade,
  decideRatingRecusal,
  dropRatingDowngrade,
  requestRatingRecusal,
  supplyRatingEvidence,
} from "../../services/ratings/commands";
import type { ShownSheet } from "../../services/ratings/sheet-file";
import type { ShownRating, ShownRecusal } from "../../services/ratings/sight";
import { EvidenceType } from "../hours/types";
import { ActorType, actorOf } from "../kit/actors";
import type { Context } from "../kit/context";
import { FieldResolver, Mutation, Output, type Row } from "../kit/fields";
import { Input } from "../kit/inputs";
import { DateTimeScalar } from "../kit/scalars";
import { CommitteeMemberType, memberOf, RatingApplicationPayload, RatingApplicationType, stepped } from ".";
import { RatingDowngradeType } from "./downgrades";
import { RatingState, RatingStepAction, RecusalDecision } from "./enums";

@ObjectType("RatingEvidence", { description: "What a house laid before its judges at one time." })
export class RatingEvidenceType {
  @Output(() => DateTimeScalar, { description: "The instant at which it came." }) at: number;
  @Output(() => [EvidenceType], { description: "What papers there are." }) evidence: Evidence[];
  @Output(() => String, { nullable: true, description: "What the house says of them." }) note: string | null;
}
@ObjectType("RatingRecusal", { description: "A member whom a house wants out of its case, and what the office says." })
export class RatingRecusalType {
  @Output(() => CommitteeMemberType, { description: "Which member of the committee." })
  member(@Root() { memberId }: ShownRecusal, @Ctx() context: Context) {
    return memberOf(memberId, context);
  }
  @Output(() => DateTimeScalar, {
    nullable: true,
    description: "The instant at which it was asked for; null where the member left by themselves.",
  })
  requestedAt: number | null;
  @Output(() => String, {
    nullable: true,
    description: "The reason that the house gave; null once the member was forgotten.",
  })
  reason: string | null;
  @Output(() => RecusalDecision, { nullable: true, description: "The office's decision; null while it is open." })
  decision: RecusalDecision | null;
  @Output(() => DateTimeScalar, { nullable: true, description: "The instant of the decision." })
  decidedAt: number | null;
  @Output(() => String, {
    nullable: true,
    description: "The reason that the office gave; null once the member was forgotten.",
  })
  decisionReason: string | null;
  @Output(() => CommitteeMemberType, {
    nullable: true,
    description: "Who sits in their place for this case, if anybody.",
  })
  substitute(@Root() { substituteId }: ShownRecusal, @Ctx() context: Context) {
    return substituteId === null ? null : memberOf(substituteId, context);
  }
}
@ObjectType("RatingEvent", { description: "One step of an application." })
export class RatingEventType {
  @Output(() => DateTimeScalar, { description: "The instant at which it was done." }) at: number;
  @Output(() => RatingStepAction, { description: "Which step it was." }) action: RatingStepAction;
  @Output(() => RatingState, { nullable: true, description: "The state before; null for the first." })
  from: RatingState | null;
  @Output(() => RatingState, { description: "The state it was in afterwards." }) to: RatingState;
  @Output(() => ActorType, { description: "As what it was done; never by whom." })
  actor(@Root() step: { actorKind: ActorKind }, @Ctx() context: Context) {
    return actorOf(step, context);
  }
  @Output(() => String, { nullable: true, description: "What was said with it." }) reason: string | null;
}
@ObjectType("RatingSheetScore", { description: "What an assessor gave for one part." })
export class RatingSheetScoreType {
  @Output(() => String, { description: "Which part, by its code in the published weights." }) key: string;
  @Output(() => Int, { description: "From 0 to what the part weighs." }) points: number;
  @Output(() => String, { nullable: true, description: "What the assessor said of it; null where nothing was said." })
  comment: string | null;
}
@ObjectType("RatingSheet", {
  description:
    "What one assessor gave, as they handed it in. The last sheet of each goes into the score, joined by policy orgEval.sheetRule.",
})
export class RatingSheetType {
  @Output(() => CommitteeMemberType, { description: "Whose sheet it is." })
  assessor(@Root() { assessorId }: ShownSheet, @Ctx() context: Context) {
    return memberOf(assessorId, context);
  }
  @Output(() => DateTimeScalar, { description: "The instant at which it was handed in." }) at: number;
  @Output(() => [RatingSheetScoreType], { description: "The points, part by part." })
  scores: readonly Row<RatingSheetScoreType>[];
  @Output(() => Boolean, { description: "Whether it is the assessor's last." }) isLast: boolean;
  @Output(() => Int, { description: "Counts the sheets of this assessor, from 1." }) version: number;
}
@ObjectType("RatingFile", { description: "What is behind an application." })
export class RatingFileType {
  @Output(() => [RatingSheetType], {
    description: "Each assessor's sheets, the first handed in first; none was ever written over.",
  })
  sheets: readonly Row<RatingSheetType>[];
  @Output(() => [RatingDowngradeType], {
    description: "What was proposed to bring the rating down, the first proposed first.",
  })
  downgrades: readonly Row<RatingDowngradeType>[];
  @Output(() => [RatingEvidenceType], { description: "What the house laid before its judges, the first first." })
  evidence: readonly Row<RatingEvidenceType>[];
  @Output(() => [RatingRecusalType], { description: "Whom the house wants out of its case." })
  recusals: readonly Row<RatingRecusalType>[];
  @Output(() => [RatingEventType], { description: "Each step, the first first." })
  history: readonly Row<RatingEventType>[];
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
  ) {
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
  ) {
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
  ) {
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
  ) {
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
  ) {
    return stepped(context, () => context.services.ratings.dropDowngrade(context.actor, input));
  }

  @FieldResolver(() => RatingFileType, {
    nullable: true,
    description: "What is behind it, for its house, its judges and the office; null for everybody else.",
  })
  file(@Root() { id }: ShownRating, @Ctx() { loaders }: Context) {
    return loaders.ratingFile.load(id);
  }
}
