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
import { stepped } from "../kit/errors";
import { FieldResolver, Mutation, Output, type Row } from "../kit/fields";
import { Input } from "../kit/inputs";
import { DateTimeScalar } from "../kit/scalars";
import { CommitteeMemberType, memberOf, RatingApplicationPayload, RatingApplicationType } from "./applications";
import { RatingDowngradeType } from "./downgrades";
import { RatingState, RatingStepAction, RecusalDecision } from "./enums";

@ObjectType("RatingEvidence", { description: "Papers that an organisation has given to its judges at one time." })
export class RatingEvidenceType {
  @Output(() => DateTimeScalar, { description: "The instant at which the papers were given." }) at: number;
  @Output(() => [EvidenceType], { description: "The references to the papers." }) evidence: Evidence[];
  @Output(() => String, {
    nullable: true,
    description: "The organisation's note about the papers; null where there is none.",
  })
  note: string | null;
}
@ObjectType("RatingRecusal", {
  description:
    "A request of an organisation that a member leaves its case, and the office's decision. A member may also leave without a request.",
})
export class RatingRecusalType {
  @Output(() => CommitteeMemberType, { description: "The member of the committee that it is about." })
  member(@Root() { memberId }: ShownRecusal, @Ctx() context: Context) {
    return memberOf(memberId, context);
  }
  @Output(() => DateTimeScalar, {
    nullable: true,
    description: "The instant at which the organisation asked; null where the member left without a request.",
  })
  requestedAt: number | null;
  @Output(() => String, {
    nullable: true,
    description: "The reason that the organisation gave; null where there is none, and once the member was erased.",
  })
  reason: string | null;
  @Output(() => RecusalDecision, { nullable: true, description: "The decision of the office; null while it is open." })
  decision: RecusalDecision | null;
  @Output(() => DateTimeScalar, {
    nullable: true,
    description: "The instant at which it was decided; null while it is open.",
  })
  decidedAt: number | null;
  @Output(() => String, {
    nullable: true,
    description: "The reason that the office gave; null where there is none, and once the member was erased.",
  })
  decisionReason: string | null;
  @Output(() => CommitteeMemberType, {
    nullable: true,
    description: "The assessor who sits in the member's place for this case; null where there is none.",
  })
  substitute(@Root() { substituteId }: ShownRecusal, @Ctx() context: Context) {
    return substituteId === null ? null : memberOf(substituteId, context);
  }
}
@ObjectType("RatingEvent", { description: "A step that was taken with an application." })
export class RatingEventType {
  @Output(() => DateTimeScalar, { description: "The instant at which the step was taken." }) at: number;
  @Output(() => RatingStepAction, { description: "The step that was taken." }) action: RatingStepAction;
  @Output(() => RatingState, { nullable: true, description: "The state before the step; null for the first step." })
  from: RatingState | null;
  @Output(() => RatingState, { description: "The state after the step." }) to: RatingState;
  @Output(() => ActorType, { description: "The role in which it was done; the person is not shown." })
  actor(@Root() step: { actorKind: ActorKind }, @Ctx() context: Context) {
    return actorOf(step, context);
  }
  @Output(() => String, {
    nullable: true,
    description: "The reason for the step; null where none was given, or once erased.",
  })
  reason: string | null;
}
@ObjectType("RatingSheetScore", { description: "The points that an assessor has given for one part." })
export class RatingSheetScoreType {
  @Output(() => String, { description: "The code of the part, as the published weights name it." }) key: string;
  @Output(() => Int, { description: "How many points the assessor gives, from 0 to the weight of the part." })
  points: number;
  @Output(() => String, {
    nullable: true,
    description: "The assessor's comment about the part; null where there is none.",
  })
  comment: string | null;
}
@ObjectType("RatingSheet", {
  description:
    "The points that one assessor has given, as they handed them in. The last sheet of each assessor goes into the score, joined by policy `orgEval.sheetRule`.",
})
export class RatingSheetType {
  @Output(() => CommitteeMemberType, { description: "The assessor who handed the sheet in." })
  assessor(@Root() { assessorId }: ShownSheet, @Ctx() context: Context) {
    return memberOf(assessorId, context);
  }
  @Output(() => DateTimeScalar, { description: "The instant at which the sheet was handed in." }) at: number;
  @Output(() => [RatingSheetScoreType], { description: "The points that the assessor gave, part by part." })
  scores: readonly Row<RatingSheetScoreType>[];
  @Output(() => Boolean, { description: "Whether the sheet is the assessor's last one." }) isLast: boolean;
  @Output(() => Int, { description: "The number of this sheet among those of the assessor, which are counted from 1." })
  version: number;
}
@ObjectType("RatingFile", { description: "The file behind an application." })
export class RatingFileType {
  @Output(() => [RatingSheetType], {
    description: "The sheets of all assessors, the first handed in first. A sheet is never overwritten.",
  })
  sheets: readonly Row<RatingSheetType>[];
  @Output(() => [RatingDowngradeType], {
    description: "The proposals to lower the rating, the first proposed first.",
  })
  downgrades: readonly Row<RatingDowngradeType>[];
  @Output(() => [RatingEvidenceType], {
    description: "The papers that the organisation has given to its judges, the earliest first.",
  })
  evidence: readonly Row<RatingEvidenceType>[];
  @Output(() => [RatingRecusalType], {
    description: "The requests that a member leaves the case, and the decisions about them.",
  })
  recusals: readonly Row<RatingRecusalType>[];
  @Output(() => [RatingEventType], { description: "The steps of the application, the earliest first." })
  history: readonly Row<RatingEventType>[];
}

@Resolver(() => RatingApplicationType)
export class RatingFileResolver {
  @Mutation(() => RatingApplicationPayload, {
    description:
      "Gives papers to the judges, until the preliminary result or while a review is open. The organisation's admin may do this.",
  })
  supplyRatingEvidence(
    @Input(supplyRatingEvidence, "The application, and the papers.")
    input: Asked<typeof supplyRatingEvidence>,
    @Ctx() context: Context,
  ) {
    return stepped(context, "application", () => context.services.ratings.supplyEvidence(context.actor, input));
  }
  @Mutation(() => RatingApplicationPayload, {
    description:
      "Asks that a member leaves the case, until the public notice. The organisation's admin may do this. NOT_FOUND for a person who is not in the committee.",
  })
  requestRatingRecusal(
    @Input(requestRatingRecusal, "The application, the member, and the reason.")
    input: Asked<typeof requestRatingRecusal>,
    @Ctx() context: Context,
  ) {
    return stepped(context, "application", () => context.services.ratings.requestRecusal(context.actor, input));
  }
  @Mutation(() => RatingApplicationPayload, {
    description:
      "Decides whether a member leaves the case. The vote of a member who leaves becomes a recusal, and another person may have the seat for this case; this also holds for a member who has left without a request. Officers of the whole bank may do this before the public notice. SAME_PERSON for a substitute who has a seat already; RECUSAL_NEEDED for a substitute with an interest.",
  })
  decideRatingRecusal(
    @Input(decideRatingRecusal, "The application, the member, and the decision.")
    input: Asked<typeof decideRatingRecusal>,
    @Ctx() context: Context,
  ) {
    return stepped(context, "application", () => context.services.ratings.decideRecusal(context.actor, input));
  }

  @Mutation(() => RatingApplicationPayload, {
    description:
      "Answers a proposal to lower the rating, while it is open. The organisation's admin may do this, and finds the proposal in the application's file.",
  })
  answerRatingDowngrade(
    @Input(answerRatingDowngrade, "The rating, and the answer.")
    input: Asked<typeof answerRatingDowngrade>,
    @Ctx() context: Context,
  ) {
    return stepped(context, "application", () => context.services.ratings.answerDowngrade(context.actor, input));
  }
  @Mutation(() => RatingApplicationPayload, {
    description:
      "Drops a proposal to lower a rating: the rating holds as before. Officers of the whole bank may do this.",
  })
  dropRatingDowngrade(
    @Input(dropRatingDowngrade, "The rating, and the reason.")
    input: Asked<typeof dropRatingDowngrade>,
    @Ctx() context: Context,
  ) {
    return stepped(context, "application", () => context.services.ratings.dropDowngrade(context.actor, input));
  }

  @FieldResolver(() => RatingFileType, {
    nullable: true,
    description:
      "The file behind the rating. The organisation, its judges and the office see it; null for everybody else.",
  })
  file(@Root() { id }: ShownRating, @Ctx() { loaders }: Context) {
    return loaders.ratingFile.load(id);
  }
}
