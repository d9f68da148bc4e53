import { Ctx, Int, ObjectType, Resolver, Root } from "type-graphql";
import { type Fraction, fractionText } from "../../domain/kit/fractions";
import { exactly, exactScore } from "../../domain/ratings";
import type { Asked } from "../../services/bank/fields";
import {
  advanceRating,
  applyForRating,
  requestRatingReview,
  scoreRating,
  voteRating,
  withdrawRating,
} from "../../services/ratings/commands";
import type { ShownRating } from "../../services/ratings/sight";
import { actorLabel } from "../kit/actors";
import type { Context } from "../kit/context";
import { keyed, Payload, stepped } from "../kit/errors";
import { Mutation, Outcome, Output, type Row } from "../kit/fields";
import { Input } from "../kit/inputs";
import { NodeType } from "../kit/node";
import { connectionOf } from "../kit/paging";
import { isProvisionalDay, provisional } from "../kit/provisional";
import { DateScalar, DateTimeScalar } from "../kit/scalars";
import { OrganizationType, organizationOf } from "../organizations";
import { PolicyVersionType } from "../policies";
import { DepartedVotes, RatingInstrument, RatingState } from "./enums";

@ObjectType("CommitteeMember", {
  implements: NodeType,
  description: "A person who votes on a round's applications, or judges them, under the id of the person.",
})
export class CommitteeMemberType extends NodeType {
  @Output(() => String, {
    description:
      "The name of the person, for the judges and the office; for everybody else, the role in the language of Accept-Language.",
  })
  label: string;
}
@ObjectType("VoteCount", { description: "The votes of a committee, counted." })
export class VoteCountType {
  @Output(() => Int, { description: "How many members are for a level." }) inFavour: number;
  @Output(() => Int, { description: "How many members are against any level." }) against: number;
  @Output(() => Int, { description: "How many members have abstained." }) abstained: number;
  @Output(() => Int, { description: "How many members have an interest, and have left the case." }) recused: number;
  @Output(() => Boolean, { description: "Whether two thirds of all members have voted." }) quorum: boolean;
  @Output(() => Int, {
    description:
      "How many members have left the office by which they sit on the committee; after the public notice, as of the day on which it was published.",
  })
  departed: number;
  @Output(() => DepartedVotes, {
    description: "Says whether the votes of members who have left the committee count (policy `rating.departedVotes`).",
  })
  departedVotes: DepartedVotes;
}
@ObjectType("Eligibility", { description: "Says whether an organisation may be rated." })
export class EligibilityType {
  @Output(() => Boolean, { description: "Whether nothing stands against a rating." }) ok: boolean;
  @Output(() => [String], {
    description:
      "The codes of what stands against a rating, such as NOT_REGISTERED or BANNED; empty where nothing does.",
  })
  failed: string[];
}
@ObjectType("RatingIndicator", { description: "A part of which a rating's score is made." })
export class RatingIndicatorType {
  @Output(() => String, { description: "The code of the part, from the published weights." }) key: string;
  @Output(() => String, { description: "The name of the part, in the language of Accept-Language." }) label: string;
  @Output(() => Int, { description: "The weight that the part has, of 1000." }) weight: number;
  @Output(() => Number, {
    nullable: true,
    description:
      "The share that was reached, from 0 to 1; null where there was nothing to count, and the other parts carry the weight.",
  })
  value: number | null;
  @Output(() => Int, { description: "The points that the part gives to the score, rounded down for reading." })
  points: number;
  @Output(() => String, {
    nullable: true,
    description:
      "The weight that the part has in this score, exactly, such as 150/11. A part with few cases carries less of its weight (policy `platformStar.priorCases`), and the other parts carry the rest. Null where there was nothing to count.",
  })
  exactWeight: string | null;
  @Output(() => String, {
    nullable: true,
    description:
      "The points that the part gives to the score, exactly, such as 400/3: its exact weight times the share that was reached. A thousand times the sum of these, divided by the sum of the exact weights, is `exactScore`. Null where there was nothing to count.",
  })
  exactPoints: string | null;
  @Output(() => String, {
    description: "The source of the value: a text that says what was counted, of how many, and over which days.",
  })
  source: string;
}
@ObjectType("RatingReview", { description: "An organisation's request for a review, and the result." })
export class RatingReviewType {
  @Output(() => DateTimeScalar, { description: "The instant at which the organisation asked for the review." })
  requestedAt: number;
  @Output(() => Int, { description: "How many reviewers have decided so far; a policy sets how many there are." })
  reviewers: number;
  @Output(() => String, {
    nullable: true,
    description: "The result: UPHELD where the level stays, CHANGED where it does not; null while it is open.",
  })
  decision: string | null;
  @Output(() => String, {
    nullable: true,
    description: "The written result, which is the reason that the last reviewer gave; null while it is open.",
  })
  reason: string | null;
}
@ObjectType("RatingApplication", {
  implements: NodeType,
  description:
    "An organisation's application to be rated, and the rating that came of it. Before the public notice only the organisation, its judges and the office see it.",
})
export class RatingApplicationType extends NodeType {
  @Output(() => RatingInstrument, { description: "The instrument by which the organisation is rated." })
  instrument: RatingInstrument;
  @Output(() => OrganizationType, { description: "The organisation that is rated." })
  organization(@Root() { organizationId }: ShownRating, @Ctx() context: Context) {
    return organizationOf(organizationId, context);
  }
  @Output(() => RatingState, {
    description: "The state in which the application, or the rating that came of it, is today.",
  })
  state: RatingState;
  @Output(() => EligibilityType, { description: "The result of the last check of eligibility." })
  eligibility(@Root() { failed }: ShownRating) {
    return { ok: failed.length === 0, failed };
  }
  @Output(() => Int, {
    nullable: true,
    description: "The score of 1000 points, rounded down once, at the end; null before the preliminary result.",
  })
  score: number | null;
  @Output(() => String, {
    nullable: true,
    description:
      "The score before it was rounded down, in whole points or as a fraction such as 2600/3; null where `score` is null.",
  })
  exactScore(@Root() { lines, score }: ShownRating) {
    return score === null ? null : fractionText(exactScore(lines));
  }
  @Output(() => Int, {
    nullable: true,
    description: "How many stars, or As, the rating has: 0 for none, null before the preliminary result.",
  })
  level: number | null;
  @Output(() => DateScalar, {
    nullable: true,
    description: "The last civil day of the public notice; null before it is published.",
  })
  noticeUntil: string | null;
  @Output(() => Boolean, { description: provisional("noticeUntil") })
  noticeUntilProvisional(@Root() { noticeUntil }: ShownRating, @Ctx() context: Context) {
    return isProvisionalDay(noticeUntil, context);
  }
  @Output(() => DateScalar, {
    nullable: true,
    description: "The first civil day of the rating's term; null before the rating is valid.",
  })
  validFrom: string | null;
  @Output(() => DateScalar, {
    nullable: true,
    description: "The last civil day of the rating's term; null before the rating is valid.",
  })
  validUntil: string | null;
  @Output(() => VoteCountType, { description: "The votes of the committee so far." }) votes: Row<VoteCountType>;
  @Output(() => [RatingIndicatorType], { description: "The parts of which the score is made." })
  indicators(@Root() { lines, partNames }: ShownRating, @Ctx() { language }: Context) {
    return lines.map((line) => ({
      ...line,
      value: line.value === null ? null : line.value / 10_000,
      exactWeight: textOf(exactly(line)?.weight),
      exactPoints: textOf(exactly(line)?.points),
      label: partNames.get(line.key)?.[language] ?? line.key,
    }));
  }
  @Output(() => RatingReviewType, {
    nullable: true,
    description: "The organisation's request for a review, and the result; null where there was none.",
  })
  review: Row<RatingReviewType> | null;
  @Output(() => PolicyVersionType, {
    nullable: true,
    description: "The version of the published weights by which the score was counted; null before it was counted.",
  })
  policyVersion(@Root() { policyId }: ShownRating, @Ctx() { loaders }: Context) {
    return loaders.policy.load(policyId);
  }
  @Output(() => Int, {
    description:
      "The number of steps so far; pass it as `expectedVersion` to be refused where another step came first.",
  })
  version: number;
}
export const RatingApplicationConnection = connectionOf("RatingApplication", () => RatingApplicationType);

@ObjectType({ description: "Answers a mutation about an application." })
export class RatingApplicationPayload extends Payload {
  @Outcome(() => RatingApplicationType, "The application that this is about")
  application: Row<RatingApplicationType> | null;
}

@Resolver(() => RatingApplicationType)
export class RatingApplicationResolver {
  @Mutation(() => RatingApplicationPayload, {
    description:
      "Applies for a rating, while the round is open. The organisation's admin may do this. ROUND_CLOSED, ALREADY_APPLIED.",
  })
  applyForRating(
    @Input(applyForRating, "The round, and the organisation.")
    input: Asked<typeof applyForRating>,
    @Ctx() context: Context,
  ) {
    return keyed(context, "application", () => context.services.ratings.apply(context.actor, input));
  }
  @Mutation(() => RatingApplicationPayload, {
    description:
      "Hands in an assessor's points after the site visit; only evaluations have this step. The sheet takes the place of the assessor's earlier one, and of no other assessor's. RECUSAL_NEEDED.",
  })
  scoreRating(
    @Input(scoreRating, "The application, and the points.")
    input: Asked<typeof scoreRating>,
    @Ctx() context: Context,
  ) {
    return stepped(context, "application", () => context.services.ratings.score(context.actor, input));
  }
  @Mutation(() => RatingApplicationPayload, {
    description:
      "Votes on an application, until the public notice. Members of the committee may do this. RECUSAL_NEEDED where the member has an interest.",
  })
  voteRating(
    @Input(voteRating, "The application, and the vote.")
    input: Asked<typeof voteRating>,
    @Ctx() context: Context,
  ) {
    return stepped(context, "application", () => context.services.ratings.vote(context.actor, input));
  }
  @Mutation(() => RatingApplicationPayload, {
    description:
      "Takes a step with an application. Officers of the whole bank may do this; only reviewers may take REVIEW. ASSESSORS_MISSING, QUORUM_MISSING, NOTICE_RUNNING; SAME_PERSON for a member of the committee.",
  })
  advanceRating(
    @Input(advanceRating, "The application, and the step.")
    input: Asked<typeof advanceRating>,
    @Ctx() context: Context,
  ) {
    return stepped(context, "application", () => context.services.ratings.advance(context.actor, input));
  }
  @Mutation(() => RatingApplicationPayload, {
    description: "Asks for a review of a result, while its public notice runs. The organisation's admin may do this.",
  })
  requestRatingReview(
    @Input(requestRatingReview, "The application, and the reason for the review.")
    input: Asked<typeof requestRatingReview>,
    @Ctx() context: Context,
  ) {
    return stepped(context, "application", () => context.services.ratings.requestReview(context.actor, input));
  }
  @Mutation(() => RatingApplicationPayload, {
    description:
      "Takes an application back, until its result is confirmed; while the round is open, the organisation may apply again. The organisation's admin may do this.",
  })
  withdrawRating(
    @Input(withdrawRating, "The application that is taken back, and the reason.")
    input: Asked<typeof withdrawRating>,
    @Ctx() context: Context,
  ) {
    return stepped(context, "application", () => context.services.ratings.withdraw(context.actor, input));
  }
}

const textOf = (exact: Fraction | undefined) => (exact === undefined ? null : fractionText(exact));
export async function memberOf(id: string, { loaders, language }: Context): Promise<CommitteeMemberType> {
  return { id, label: (await loaders.personLabel.load(id)) ?? actorLabel("ASSESSOR", language) };
}
