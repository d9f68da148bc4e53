import { Args, Ctx, Field, FieldResolver, Int, Mutation, ObjectType, Query, Resolver, Root } from "type-graphql";
import { isProvisional } from "../../domain/kit/calendar";
import { type Fraction, fractionText } from "../../domain/kit/fractions";
import type { Organization } from "../../domain/organizations";
import { exactly, exactScore, type RatingRound } from "../../domain/ratings";
import type { Asked } from "../../services/bank/fields";
import type { ShownRating } from "../../services/contract";
import {
  advanceRating,
  applyForRating,
  downgradeRating,
  giveFeedback,
  openRatingRound,
  ratingRoundFilter,
  requestRatingReview,
  scoreRating,
  voteRating,
  withdrawRating,
} from "../../services/ratings/commands";
import { actorLabel } from "../kit/actors";
import type { Context } from "../kit/context";
import { askedEach } from "../kit/costs";
import { DepartedVotes, RatingInstrument, RatingRoundState, RatingState } from "../kit/enums";
import { asked, attempt, Payload } from "../kit/errors";
import { Filter, Input } from "../kit/inputs";
import { NodeType } from "../kit/node";
import { connectionOf, PageArgs } from "../kit/paging";
import { DateScalar, DateTimeScalar, provisional } from "../kit/scalars";
import { OrganizationType } from "../organizations";
import { PolicyVersionType } from "../policies";
import { RatingDowngradeType } from "./downgrades";

@ObjectType("CommitteeMember", {
  implements: NodeType,
  description: "A person who votes on a round's applications, under the person's id.",
})
export class CommitteeMemberType extends NodeType {
  @Field(() => String, {
    description: "What they are called, for judges and the office; for everybody else the role, by Accept-Language.",
  })
  label: string;
}
@ObjectType("VoteCount", { description: "How a committee voted." })
export class VoteCountType {
  @Field(() => Int, { description: "How many are for a level." }) inFavour: number;
  @Field(() => Int, { description: "How many are against it." }) against: number;
  @Field(() => Int, { description: "How many would not say." }) abstained: number;
  @Field(() => Int, { description: "How many have an interest, and left." }) recused: number;
  @Field(() => Boolean, { description: "Whether two thirds of all members have voted." }) quorum: boolean;
  @Field(() => Int, {
    description:
      "How many have left the office by which they sit on the committee; after the notice, as of the day it was published.",
  })
  departed: number;
  @Field(() => DepartedVotes, {
    description: "Whether the votes of those who have left count; policy rating.departedVotes.",
  })
  departedVotes: string;
}
@ObjectType("Eligibility", { description: "Whether an organisation may be rated." })
export class EligibilityType {
  @Field(() => Boolean, { description: "Nothing stands against it." }) ok: boolean;
  @Field(() => [String], { description: "What stands against it, by code: NOT_REGISTERED, BANNED and the like." })
  failed: string[];
}
@ObjectType("RatingIndicator", { description: "A part of a rating's score." })
export class RatingIndicatorType {
  @Field(() => String, { description: "Which part, by its code." }) key: string;
  @Field(() => String, { description: "What the part is called, by Accept-Language." }) label: string;
  @Field(() => Int, { description: "What it weighs, of a thousand." }) weight: number;
  @Field(() => Number, {
    nullable: true,
    description: "The share that was reached; null where there was nothing to count, and the others carry its weight.",
  })
  value: number | null;
  @Field(() => Int, { description: "What it gives to the score, cut to whole points for reading." }) points: number;
  @Field(() => String, {
    nullable: true,
    description:
      "What it weighs in this score, exactly, such as 150/11: of few cases a part carries less of its weight (policy platformStar.priorCases), and the others carry the rest. Null where there was nothing to count.",
  })
  exactWeight: string | null;
  @Field(() => String, {
    nullable: true,
    description:
      "What it gives to the score, exactly, such as 400/3: its exact weight times the share that was reached. A thousand times the sum of these, over the sum of the exact weights, is exactScore. Null where there was nothing to count.",
  })
  exactPoints: string | null;
  @Field(() => String, {
    description: "Where it comes from: what was counted, of how many, and over which days.",
  })
  source: string;
}
@ObjectType("RatingReview", { description: "What came of an organisation's request to look again." })
export class RatingReviewType {
  @Field(() => DateTimeScalar, { description: "The instant at which it was asked for." }) requestedAt: number;
  @Field(() => Int, { description: "How many reviewers have spoken; a policy says how many do." }) reviewers: number;
  @Field(() => String, { nullable: true, description: "UPHELD or CHANGED; null while it is open." }) decision:
    | string
    | null;
  @Field(() => String, {
    nullable: true,
    description: "The written result: the reason of the reviewer who spoke last; null while it is open.",
  })
  reason: string | null;
}
@ObjectType("RatingApplication", {
  implements: NodeType,
  description:
    "An organisation's application to be rated, and the rating that came of it. Before its notice for the house, its judges and the office alone.",
})
export class RatingApplicationType extends NodeType {
  @Field(() => RatingInstrument, { description: "By which instrument it is rated." }) instrument: string;
  @Field(() => OrganizationType, { description: "The organisation that is rated." }) organization: object;
  @Field(() => RatingState, { description: "Where it stands on this day." }) state: string;
  @Field(() => EligibilityType, { description: "What was found when eligibility was looked at last." })
  eligibility: object;
  @Field(() => Int, {
    nullable: true,
    description: "Of a thousand, cut to whole points once, at the end; null before the preliminary result.",
  })
  score: number | null;
  @Field(() => String, {
    nullable: true,
    description: "The score before it was cut: whole points, or a fraction such as 2600/3; null where score is null.",
  })
  exactScore: string | null;
  @Field(() => Int, { nullable: true, description: "Stars, or As; 0 for none; null before the preliminary result." })
  level: number | null;
  @Field(() => DateScalar, { nullable: true, description: "The last civil day of the notice." }) noticeUntil:
    | string
    | null;
  @Field(() => Boolean, { description: provisional("noticeUntil") }) noticeUntilProvisional: boolean;
  @Field(() => DateScalar, { nullable: true, description: "The first civil day of its term." }) validFrom:
    | string
    | null;
  @Field(() => DateScalar, { nullable: true, description: "The last civil day of its term." }) validUntil:
    | string
    | null;
  @Field(() => VoteCountType, { description: "How the committee has voted so far." }) votes: object;
  @Field(() => [RatingIndicatorType], { description: "What its score is made of." }) indicators: object[];
  @Field(() => RatingReviewType, { nullable: true, description: "The request to look again, where there was one." })
  review: object | null;
  @Field(() => PolicyVersionType, { nullable: true, description: "The published weights that it was counted by." })
  policyVersion: object | null;
  @Field(() => Int, { description: "Counts its steps; pass it as expectedVersion." }) version: number;
}
const RatingApplicationConnection = connectionOf("RatingApplication", () => RatingApplicationType as never);
@ObjectType("RatingRound", { implements: NodeType, description: "A call for applications, and who votes on them." })
export class RatingRoundType extends NodeType {
  @Field(() => RatingInstrument, { description: "By which instrument it rates." }) instrument: string;
  @Field(() => RatingRoundState, { description: "Where it stands on this day." }) state: string;
  @Field(() => DateScalar, { description: "The first civil day to apply." }) opensOn: string;
  @Field(() => DateScalar, { description: "The last civil day to apply." }) closesOn: string;
  @Field(() => [CommitteeMemberType], { description: "Who votes: 7 to 25 members." }) committee: object[];
}
const RatingRoundConnection = connectionOf("RatingRound", () => RatingRoundType as never);
@ObjectType("PlatformStar", { description: "A platform's stars that hold today." })
export class PlatformStarType {
  @Field(() => Int, { description: "One to five stars." }) level: number;
  @Field(() => Int, { description: "The score behind them, of a thousand." }) score: number;
  @Field(() => DateScalar, { description: "The first civil day of the term." }) validFrom: string;
  @Field(() => DateScalar, { description: "The last civil day of the term." }) validUntil: string;
}
@ObjectType("EvaluationGrade", { description: "An organisation's national grade that holds today." })
export class EvaluationGradeType {
  @Field(() => Int, { description: "How many As: one to five." }) level: number;
  @Field(() => DateScalar, { description: "The last civil day of the term." }) validUntil: string;
}

@ObjectType({ description: "The answer about a round." })
export class RatingRoundPayload extends Payload {
  @Field(() => RatingRoundType, { nullable: true, description: "The round this is about." }) round?: object | null;
}
@ObjectType({ description: "The answer about an application." })
export class RatingApplicationPayload extends Payload {
  @Field(() => RatingApplicationType, { nullable: true, description: "The application this is about." })
  application?: object | null;
}
@ObjectType({ description: "The answer to downgradeRating." })
export class DowngradeRatingPayload extends Payload {
  @Field(() => RatingDowngradeType, {
    nullable: true,
    description: "What was proposed, and whether two officers have taken it; the rating is another only then.",
  })
  downgrade?: object | null;
  @Field(() => OrganizationType, { nullable: true, description: "The organisation this is about." }) organization?:
    | object
    | null;
}
@ObjectType({ description: "The answer to giveFeedback." })
export class FeedbackPayload extends Payload {
  @Field(() => Int, { nullable: true, description: "The stars that count for you now." }) stars?: number | null;
}

@Resolver(() => RatingRoundType)
export class RatingRoundResolver {
  @Query(() => RatingRoundConnection, { description: "Calls for applications, the latest first; for everybody." })
  ratingRounds(
    @Ctx() context: Context,
    @Args(() => PageArgs) page: PageArgs,
    @Filter(ratingRoundFilter)
    filter?: Asked<typeof ratingRoundFilter>,
  ): Promise<object> {
    return asked(context, () => context.services.ratings.rounds(filter ?? {}, page));
  }
  @Mutation(() => RatingRoundPayload, { description: "Publishes a call for applications. Officers of the whole bank." })
  openRatingRound(
    @Input(openRatingRound, "The instrument, the days and the committee.")
    input: Asked<typeof openRatingRound>,
    @Ctx() context: Context,
  ): Promise<object> {
    return attempt(context, async () => {
      const { value, replayed } = await context.services.ratings.openRound(context.actor, input);
      return { round: value, replayed };
    });
  }
  @FieldResolver(() => [CommitteeMemberType])
  committee(@Root() { committee }: RatingRound, @Ctx() context: Context): Promise<object[]> {
    return Promise.all(committee.map((id) => memberOf(id, context)));
  }
  @FieldResolver(() => RatingApplicationConnection, {
    complexity: askedEach,
    description: "Its applications that you may see, the first first.",
  })
  applications(
    @Root() { id }: RatingRound,
    @Ctx() context: Context,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<object> {
    return asked(context, () => context.services.ratings.applications(context.actor, id, page));
  }
}

@Resolver(() => RatingApplicationType)
export class RatingApplicationResolver {
  @FieldResolver(() => Boolean)
  async noticeUntilProvisional(@Root() { noticeUntil }: ShownRating, @Ctx() { loaders }: Context): Promise<boolean> {
    return isProvisional(await loaders.calendar.load("all"), noticeUntil);
  }

  @Mutation(() => RatingApplicationPayload, {
    description:
      "Applies to be rated. The organisation's admin, while the round is open. ROUND_CLOSED, ALREADY_APPLIED.",
  })
  applyForRating(
    @Input(applyForRating, "Which round, and which organisation.")
    input: Asked<typeof applyForRating>,
    @Ctx() context: Context,
  ): Promise<object> {
    return attempt(context, async () => {
      const { value, replayed } = await context.services.ratings.apply(context.actor, input);
      return { application: value, replayed };
    });
  }
  @Mutation(() => RatingApplicationPayload, {
    description:
      "An assessor's points after the site visit, for evaluations alone: a sheet of their own, which takes the place of their earlier one and of nobody else's. RECUSAL_NEEDED.",
  })
  scoreRating(
    @Input(scoreRating, "Which application, and the points.")
    input: Asked<typeof scoreRating>,
    @Ctx() context: Context,
  ): Promise<object> {
    return stepped(context, () => context.services.ratings.score(context.actor, input));
  }
  @Mutation(() => RatingApplicationPayload, {
    description: "A committee member's vote, until the notice. RECUSAL_NEEDED where the member has an interest.",
  })
  voteRating(
    @Input(voteRating, "Which application, and the vote.")
    input: Asked<typeof voteRating>,
    @Ctx() context: Context,
  ): Promise<object> {
    return stepped(context, () => context.services.ratings.vote(context.actor, input));
  }
  @Mutation(() => RatingApplicationPayload, {
    description:
      "Moves an application on. Officers of the whole bank; a review by reviewers. ASSESSORS_MISSING, QUORUM_MISSING, NOTICE_RUNNING, SAME_PERSON for a member of the committee.",
  })
  advanceRating(
    @Input(advanceRating, "Which application, and the step.")
    input: Asked<typeof advanceRating>,
    @Ctx() context: Context,
  ): Promise<object> {
    return stepped(context, () => context.services.ratings.advance(context.actor, input));
  }
  @Mutation(() => RatingApplicationPayload, {
    description: "Asks to look at a result again, while its notice runs. The organisation's admin.",
  })
  requestRatingReview(
    @Input(requestRatingReview, "Which application, and why.")
    input: Asked<typeof requestRatingReview>,
    @Ctx() context: Context,
  ): Promise<object> {
    return stepped(context, () => context.services.ratings.requestReview(context.actor, input));
  }
  @Mutation(() => RatingApplicationPayload, {
    description:
      "Takes an application back, until its result is confirmed; while the round is open the organisation may apply again. The organisation's admin.",
  })
  withdrawRating(
    @Input(withdrawRating, "Which application, and why.")
    input: Asked<typeof withdrawRating>,
    @Ctx() context: Context,
  ): Promise<object> {
    return stepped(context, () => context.services.ratings.withdraw(context.actor, input));
  }
  @Mutation(() => DowngradeRatingPayload, {
    description:
      "Brings a rating down, or takes it away (0), with no application for two or three years. It takes two officers: the first proposes it, which the organisation is told and may answer (policy rating.downgradeAnswerWorkingDays); until another sends the same, the rating holds. ANSWER_PENDING, SAME_PERSON.",
  })
  downgradeRating(
    @Input(downgradeRating, "Whose, to what, and why.")
    input: Asked<typeof downgradeRating>,
    @Ctx() context: Context,
  ): Promise<object> {
    return attempt(context, async () => ({
      ...(await context.services.ratings.downgrade(context.actor, input)),
      replayed: false,
    }));
  }
  @Mutation(() => FeedbackPayload, {
    description:
      "Says what you think of a platform. The staff of the houses it serves, and volunteers with a confirmed record there; never its own staff.",
  })
  giveFeedback(
    @Input(giveFeedback, "Of which platform, and how many stars.")
    input: Asked<typeof giveFeedback>,
    @Ctx() context: Context,
  ): Promise<object> {
    return attempt(context, async () => {
      const { value, replayed } = await context.services.ratings.giveFeedback(context.actor, input);
      return { stars: value, replayed };
    });
  }

  @FieldResolver(() => OrganizationType)
  organization(@Root() { organizationId }: ShownRating, @Ctx() { loaders }: Context): Promise<object | null> {
    return loaders.organization.load(organizationId);
  }
  @FieldResolver(() => EligibilityType)
  eligibility(@Root() { failed }: ShownRating): object {
    return { ok: failed.length === 0, failed };
  }
  @FieldResolver(() => [RatingIndicatorType])
  indicators(@Root() { lines, partNames }: ShownRating, @Ctx() { language }: Context): object[] {
    return lines.map((line) => ({
      ...line,
      value: line.value === null ? null : line.value / 10_000,
      exactWeight: textOf(exactly(line)?.weight),
      exactPoints: textOf(exactly(line)?.points),
      label: partNames.get(line.key)?.[language] ?? line.key,
    }));
  }
  @FieldResolver(() => String, { nullable: true })
  exactScore(@Root() { lines, score }: ShownRating): string | null {
    return score === null ? null : fractionText(exactScore(lines));
  }
  @FieldResolver(() => PolicyVersionType, { nullable: true })
  policyVersion(@Root() { policyId }: ShownRating, @Ctx() { loaders }: Context): Promise<object | null> {
    return loaders.policy.load(policyId);
  }
}
const textOf = (exact: Fraction | undefined) => (exact === undefined ? null : fractionText(exact));
export async function memberOf(id: string, { loaders, language }: Context): Promise<object> {
  return { id, label: (await loaders.personLabel.load(id)) ?? actorLabel("ASSESSOR", language) };
}
export function stepped(context: Context, work: () => Promise<object>): Promise<object> {
  return attempt(context, async () => ({ application: await work(), replayed: false }));
}

@Resolver(() => OrganizationType)
export class OrganizationRatingsResolver {
  @FieldResolver(() => PlatformStarType, {
    nullable: true,
    description: "Its stars as a platform; null for none today.",
  })
  async platformStar(@Root() { id }: Organization, @Ctx() { loaders }: Context): Promise<object | null> {
    return (await loaders.ratings.load(id)).PLATFORM_STAR;
  }
  @FieldResolver(() => EvaluationGradeType, { nullable: true, description: "Its national grade; null for none today." })
  async evaluationGrade(@Root() { id }: Organization, @Ctx() { loaders }: Context): Promise<object | null> {
    return (await loaders.ratings.load(id)).EVALUATION_GRADE;
  }
  @FieldResolver(() => [RatingApplicationType], {
    description: "Its results as a platform, the latest first; all of them.",
  })
  async platformStarHistory(@Root() { id }: Organization, @Ctx() { loaders }: Context): Promise<object[]> {
    return (await loaders.ratingHistory.load(id)).filter(({ instrument }) => instrument === "PLATFORM_STAR");
  }
  @FieldResolver(() => [RatingApplicationType], { description: "Its national results, the latest first; all of them." })
  async evaluationHistory(@Root() { id }: Organization, @Ctx() { loaders }: Context): Promise<object[]> {
    return (await loaders.ratingHistory.load(id)).filter(({ instrument }) => instrument === "EVALUATION_GRADE");
  }
}
