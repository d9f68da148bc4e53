import { Args, Ctx, Int, ObjectType, Resolver, Root } from "type-graphql";
import type { Organization } from "../../domain/facts/organizations";
import type { RatingRound } from "../../domain/facts/ratings";
import { isProvisional } from "../../domain/kit/calendar";
import { type Fraction, fractionText } from "../../domain/kit/fractions";
import { invariant } from "../../domain/kit/invariant";
import { exactly, exactScore } from "../../domain/ratings";
import type { Asked } from "../../services/bank/fields";
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
import type { ShownRating } from "../../services/ratings/sight";
import { actorLabel } from "../kit/actors";
import type { Context } from "../kit/context";
import { askedEach } from "../kit/costs";
import { asked, attempt, Payload } from "../kit/errors";
import { FieldResolver, Mutation, Output, Query, type Row } from "../kit/fields";
import { Filter, Input } from "../kit/inputs";
import { NodeType } from "../kit/node";
import { connectionOf, PageArgs } from "../kit/paging";
import { DateScalar, DateTimeScalar, provisional } from "../kit/scalars";
import { OrganizationType, organizationOf } from "../organizations";
import { PolicyVersionType } from "../policies";
import { RatingDowngradeType } from "./downgrades";
import { DepartedVotes, RatingInstrument, RatingRoundState, RatingState } from "./enums";

@ObjectType("CommitteeMember", {
  implements: NodeType,
  description: "A person who votes on a round's applications, under the person's id.",
})
export class CommitteeMemberType extends NodeType {
  @Output(() => String, {
    description: "What they are called, for judges and the office; for everybody else the role, by Accept-Language.",
  })
  label: string;
}
@ObjectType("VoteCount", { description: "How a committee voted." })
export class VoteCountType {
  @Output(() => Int, { description: "How many are for a level." }) inFavour: number;
  @Output(() => Int, { description: "How many are against it." }) against: number;
  @Output(() => Int, { description: "How many would not say." }) abstained: number;
  @Output(() => Int, { description: "How many have an interest, and left." }) recused: number;
  @Output(() => Boolean, { description: "Whether two thirds of all members have voted." }) quorum: boolean;
  @Output(() => Int, {
    description:
      "How many have left the office by which they sit on the committee; after the notice, as of the day it was published.",
  })
  departed: number;
  @Output(() => DepartedVotes, {
    description: "Whether the votes of those who have left count; policy rating.departedVotes.",
  })
  departedVotes: DepartedVotes;
}
@ObjectType("Eligibility", { description: "Whether an organisation may be rated." })
export class EligibilityType {
  @Output(() => Boolean, { description: "Nothing stands against it." }) ok: boolean;
  @Output(() => [String], { description: "What stands against it, by code: NOT_REGISTERED, BANNED and the like." })
  failed: string[];
}
@ObjectType("RatingIndicator", { description: "A part of a rating's score." })
export class RatingIndicatorType {
  @Output(() => String, { description: "Which part, by its code." }) key: string;
  @Output(() => String, { description: "What the part is called, by Accept-Language." }) label: string;
  @Output(() => Int, { description: "What it weighs, of a thousand." }) weight: number;
  @Output(() => Number, {
    nullable: true,
    description: "The share that was reached; null where there was nothing to count, and the others carry its weight.",
  })
  value: number | null;
  @Output(() => Int, { description: "What it gives to the score, cut to whole points for reading." }) points: number;
  @Output(() => String, {
    nullable: true,
    description:
      "What it weighs in this score, exactly, such as 150/11: of few cases a part carries less of its weight (policy platformStar.priorCases), and the others carry the rest. Null where there was nothing to count.",
  })
  exactWeight: string | null;
  @Output(() => String, {
    nullable: true,
    description:
      "What it gives to the score, exactly, such as 400/3: its exact weight times the share that was reached. A thousand times the sum of these, over the sum of the exact weights, is exactScore. Null where there was nothing to count.",
  })
  exactPoints: string | null;
  @Output(() => String, {
    description: "Where it comes from: what was counted, of how many, and over which days.",
  })
  source: string;
}
@ObjectType("RatingReview", { description: "What came of an organisation's request to look again." })
export class RatingReviewType {
  @Output(() => DateTimeScalar, { description: "The instant at which it was asked for." }) requestedAt: number;
  @Output(() => Int, { description: "How many reviewers have spoken; a policy says how many do." }) reviewers: number;
  @Output(() => String, { nullable: true, description: "UPHELD or CHANGED; null while it is open." }) decision:
    | string
    | null;
  @Output(() => String, {
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
  @Output(() => RatingInstrument, { description: "By which instrument it is rated." }) instrument: RatingInstrument;
  @Output(() => OrganizationType, { description: "The organisation that is rated." })
  organization(@Root() { organizationId }: ShownRating, @Ctx() context: Context) {
    return organizationOf(organizationId, context);
  }
  @Output(() => RatingState, { description: "Where it stands on this day." }) state: RatingState;
  @Output(() => EligibilityType, { description: "What was found when eligibility was looked at last." })
  eligibility(@Root() { failed }: ShownRating) {
    return { ok: failed.length === 0, failed };
  }
  @Output(() => Int, {
    nullable: true,
    description: "Of a thousand, cut to whole points once, at the end; null before the preliminary result.",
  })
  score: number | null;
  @Output(() => String, {
    nullable: true,
    description: "The score before it was cut: whole points, or a fraction such as 2600/3; null where score is null.",
  })
  exactScore(@Root() { lines, score }: ShownRating) {
    return score === null ? null : fractionText(exactScore(lines));
  }
  @Output(() => Int, { nullable: true, description: "Stars, or As; 0 for none; null before the preliminary result." })
  level: number | null;
  @Output(() => DateScalar, { nullable: true, description: "The last civil day of the notice." }) noticeUntil:
    | string
    | null;
  @Output(() => Boolean, { description: provisional("noticeUntil") })
  async noticeUntilProvisional(@Root() { noticeUntil }: ShownRating, @Ctx() { loaders }: Context) {
    return isProvisional(await loaders.calendar.load("all"), noticeUntil);
  }
  @Output(() => DateScalar, { nullable: true, description: "The first civil day of its term." }) validFrom:
    | string
    | null;
  @Output(() => DateScalar, { nullable: true, description: "The last civil day of its term." }) validUntil:
    | string
    | null;
  @Output(() => VoteCountType, { description: "How the committee has voted so far." }) votes: Row<VoteCountType>;
  @Output(() => [RatingIndicatorType], { description: "What its score is made of." })
  indicators(@Root() { lines, partNames }: ShownRating, @Ctx() { language }: Context) {
    return lines.map((line) => ({
      ...line,
      value: line.value === null ? null : line.value / 10_000,
      exactWeight: textOf(exactly(line)?.weight),
      exactPoints: textOf(exactly(line)?.points),
      label: partNames.get(line.key)?.[language] ?? line.key,
    }));
  }
  @Output(() => RatingReviewType, { nullable: true, description: "The request to look again, where there was one." })
  review: Row<RatingReviewType> | null;
  @Output(() => PolicyVersionType, { nullable: true, description: "The published weights that it was counted by." })
  policyVersion(@Root() { policyId }: ShownRating, @Ctx() { loaders }: Context) {
    return loaders.policy.load(policyId);
  }
  @Output(() => Int, { description: "Counts its steps; pass it as expectedVersion." }) version: number;
}
const RatingApplicationConnection = connectionOf("RatingApplication", () => RatingApplicationType);
@ObjectType("RatingRound", { implements: NodeType, description: "A call for applications, and who votes on them." })
export class RatingRoundType extends NodeType {
  @Output(() => RatingInstrument, { description: "By which instrument it rates." }) instrument: RatingInstrument;
  @Output(() => RatingRoundState, { description: "Where it stands on this day." }) state: RatingRoundState;
  @Output(() => DateScalar, { description: "The first civil day to apply." }) opensOn: string;
  @Output(() => DateScalar, { description: "The last civil day to apply." }) closesOn: string;
  @Output(() => [CommitteeMemberType], { description: "Who votes: 7 to 25 members." })
  committee(@Root() { committee }: RatingRound, @Ctx() context: Context) {
    return Promise.all(committee.map((id) => memberOf(id, context)));
  }
  @Output(() => RatingApplicationConnection, {
    complexity: askedEach,
    description: "Its applications that you may see, the first first.",
  })
  applications(@Root() { id }: RatingRound, @Ctx() context: Context, @Args(() => PageArgs) page: PageArgs) {
    return asked(context, () => context.services.ratings.applications(context.actor, id, page));
  }
}
const RatingRoundConnection = connectionOf("RatingRound", () => RatingRoundType);
@ObjectType("PlatformStar", { description: "A platform's stars that hold today." })
export class PlatformStarType {
  @Output(() => Int, { description: "One to five stars." }) level: number;
  @Output(() => Int, { description: "The score behind them, of a thousand." }) score: number;
  @Output(() => DateScalar, { description: "The first civil day of the term." }) validFrom: string;
  @Output(() => DateScalar, { description: "The last civil day of the term." }) validUntil: string;
}
@ObjectType("EvaluationGrade", { description: "An organisation's national grade that holds today." })
export class EvaluationGradeType {
  @Output(() => Int, { description: "How many As: one to five." }) level: number;
  @Output(() => DateScalar, { description: "The last civil day of the term." }) validUntil: string;
}

@ObjectType({ description: "The answer about a round." })
export class RatingRoundPayload extends Payload {
  @Output(() => RatingRoundType, { nullable: true, description: "The round this is about." })
  round: Row<RatingRoundType> | null;
}
@ObjectType({ description: "The answer about an application." })
export class RatingApplicationPayload extends Payload {
  @Output(() => RatingApplicationType, { nullable: true, description: "The application this is about." })
  application: Row<RatingApplicationType> | null;
}
@ObjectType({ description: "The answer to downgradeRating." })
export class DowngradeRatingPayload extends Payload {
  @Output(() => RatingDowngradeType, {
    nullable: true,
    description: "What was proposed, and whether two officers have taken it; the rating is another only then.",
  })
  downgrade: Row<RatingDowngradeType> | null;
  @Output(() => OrganizationType, { nullable: true, description: "The organisation this is about." })
  organization: Row<OrganizationType> | null;
}
@ObjectType({ description: "The answer to giveFeedback." })
export class FeedbackPayload extends Payload {
  @Output(() => Int, { nullable: true, description: "The stars that count for you now." }) stars: number | null;
}

@Resolver(() => RatingRoundType)
export class RatingRoundResolver {
  @Query(() => RatingRoundConnection, { description: "Calls for applications, the latest first; for everybody." })
  ratingRounds(
    @Ctx() context: Context,
    @Args(() => PageArgs) page: PageArgs,
    @Filter(ratingRoundFilter)
    filter?: Asked<typeof ratingRoundFilter>,
  ) {
    return asked(context, () => context.services.ratings.rounds(filter ?? {}, page));
  }
  @Mutation(() => RatingRoundPayload, { description: "Publishes a call for applications. Officers of the whole bank." })
  openRatingRound(
    @Input(openRatingRound, "The instrument, the days and the committee.")
    input: Asked<typeof openRatingRound>,
    @Ctx() context: Context,
  ) {
    return attempt(context, async () => {
      const { value, replayed } = await context.services.ratings.openRound(context.actor, input);
      return { round: value, replayed };
    });
  }
}

@Resolver(() => RatingApplicationType)
export class RatingApplicationResolver {
  @Mutation(() => RatingApplicationPayload, {
    description:
      "Applies to be rated. The organisation's admin, while the round is open. ROUND_CLOSED, ALREADY_APPLIED.",
  })
  applyForRating(
    @Input(applyForRating, "Which round, and which organisation.")
    input: Asked<typeof applyForRating>,
    @Ctx() context: Context,
  ) {
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
  ) {
    return stepped(context, () => context.services.ratings.score(context.actor, input));
  }
  @Mutation(() => RatingApplicationPayload, {
    description: "A committee member's vote, until the notice. RECUSAL_NEEDED where the member has an interest.",
  })
  voteRating(
    @Input(voteRating, "Which application, and the vote.")
    input: Asked<typeof voteRating>,
    @Ctx() context: Context,
  ) {
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
  ) {
    return stepped(context, () => context.services.ratings.advance(context.actor, input));
  }
  @Mutation(() => RatingApplicationPayload, {
    description: "Asks to look at a result again, while its notice runs. The organisation's admin.",
  })
  requestRatingReview(
    @Input(requestRatingReview, "Which application, and why.")
    input: Asked<typeof requestRatingReview>,
    @Ctx() context: Context,
  ) {
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
  ) {
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
  ) {
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
  ) {
    return attempt(context, async () => {
      const { value, replayed } = await context.services.ratings.giveFeedback(context.actor, input);
      return { stars: value, replayed };
    });
  }
}
const textOf = (exact: Fraction | undefined) => (exact === undefined ? null : fractionText(exact));
export async function memberOf(id: string, { loaders, language }: Context): Promise<CommitteeMemberType> {
  return { id, label: (await loaders.personLabel.load(id)) ?? actorLabel("ASSESSOR", language) };
}
export function stepped(context: Context, work: () => Promise<ShownRating>) {
  return attempt(context, async () => ({ application: await work(), replayed: false }));
}

@Resolver(() => OrganizationType)
export class OrganizationRatingsResolver {
  @FieldResolver(() => PlatformStarType, {
    nullable: true,
    description: "Its stars as a platform; null for none today.",
  })
  async platformStar(@Root() { id }: Organization, @Ctx() { loaders }: Context) {
    const { PLATFORM_STAR: star } = await loaders.ratings.load(id);
    if (!star) return null;
    const { level, score, validFrom, validUntil } = star;
    invariant(level !== null && score !== null && validFrom && validUntil, "stars that hold have a score and a term");
    return { level, score, validFrom, validUntil };
  }
  @FieldResolver(() => EvaluationGradeType, { nullable: true, description: "Its national grade; null for none today." })
  async evaluationGrade(@Root() { id }: Organization, @Ctx() { loaders }: Context) {
    const { EVALUATION_GRADE: grade } = await loaders.ratings.load(id);
    if (!grade) return null;
    const { level, validUntil } = grade;
    invariant(level !== null && validUntil, "a grade that holds has a level and a term");
    return { level, validUntil };
  }
  @FieldResolver(() => [RatingApplicationType], {
    description: "Its results as a platform, the latest first; all of them.",
  })
  async platformStarHistory(@Root() { id }: Organization, @Ctx() { loaders }: Context) {
    return (await loaders.ratingHistory.load(id)).filter(({ instrument }) => instrument === "PLATFORM_STAR");
  }
  @FieldResolver(() => [RatingApplicationType], { description: "Its national results, the latest first; all of them." })
  async evaluationHistory(@Root() { id }: Organization, @Ctx() { loaders }: Context) {
    return (await loaders.ratingHistory.load(id)).filter(({ instrument }) => instrument === "EVALUATION_GRADE");
  }
}
