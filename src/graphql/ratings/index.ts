import { Ctx, Int, ObjectType, Resolver, Root } from "type-graphql";
import type { Organization } from "../../domain/facts/organizations";
import { invariant } from "../../domain/kit/invariant";
import type { Asked } from "../../services/bank/fields";
import { downgradeRating, giveFeedback } from "../../services/ratings/commands";
import type { Context } from "../kit/context";
import { attempt, keyed, Payload } from "../kit/errors";
import { FieldResolver, Mutation, Outcome, Output, type Row } from "../kit/fields";
import { Input } from "../kit/inputs";
import { DateScalar } from "../kit/scalars";
import { OrganizationType } from "../organizations";
import { RatingApplicationType } from "./applications";
import { RatingDowngradeType } from "./downgrades";

@ObjectType("PlatformStar", { description: "The stars of a platform that hold today." })
export class PlatformStarType {
  @Output(() => Int, { description: "The number of stars, which is 1 to 5." }) level: number;
  @Output(() => Int, { description: "The score that led to the stars, of 1000 points." }) score: number;
  @Output(() => DateScalar, { description: "The first civil day of the term for which the rating holds." })
  validFrom: string;
  @Output(() => DateScalar, { description: "The last civil day of the term for which the rating holds." })
  validUntil: string;
}
@ObjectType("EvaluationGrade", { description: "The national grade of an organisation that holds today." })
export class EvaluationGradeType {
  @Output(() => Int, { description: "How many As the grade has: 1 to 5." }) level: number;
  @Output(() => DateScalar, { description: "The last civil day of the term for which the rating holds." })
  validUntil: string;
}

@ObjectType({ description: "Answers the mutation downgradeRating." })
export class DowngradeRatingPayload extends Payload {
  @Output(() => RatingDowngradeType, {
    nullable: true,
    description:
      "The proposal, and whether a second officer has taken it; the rating changes only then. Null where the request was refused.",
  })
  downgrade: Row<RatingDowngradeType> | null;
  @Outcome(() => OrganizationType, "The organisation that this is about")
  organization: Row<OrganizationType> | null;
}
@ObjectType({ description: "Answers the mutation giveFeedback." })
export class FeedbackPayload extends Payload {
  @Outcome(() => Int, "How many stars count as your rating now")
  stars: number | null;
}

@Resolver(() => OrganizationType)
export class OrganizationRatingsResolver {
  @FieldResolver(() => PlatformStarType, {
    nullable: true,
    description: "The stars that the organisation has as a platform today; null where it has none.",
  })
  async platformStar(@Root() { id }: Organization, @Ctx() { loaders }: Context) {
    const { PLATFORM_STAR: star } = await loaders.ratings.load(id);
    if (!star) return null;
    const { level, score, validFrom, validUntil } = star;
    invariant(level !== null && score !== null && validFrom && validUntil, "stars that hold have a score and a term");
    return { level, score, validFrom, validUntil };
  }
  @FieldResolver(() => EvaluationGradeType, {
    nullable: true,
    description: "The national grade that holds today; null where there is none.",
  })
  async evaluationGrade(@Root() { id }: Organization, @Ctx() { loaders }: Context) {
    const { EVALUATION_GRADE: grade } = await loaders.ratings.load(id);
    if (!grade) return null;
    const { level, validUntil } = grade;
    invariant(level !== null && validUntil, "a grade that holds has a level and a term");
    return { level, validUntil };
  }
  @FieldResolver(() => [RatingApplicationType], {
    description: "All results of its ratings as a platform, the latest first.",
  })
  async platformStarHistory(@Root() { id }: Organization, @Ctx() { loaders }: Context) {
    return (await loaders.ratingHistory.load(id)).filter(({ instrument }) => instrument === "PLATFORM_STAR");
  }
  @FieldResolver(() => [RatingApplicationType], {
    description: "All results of national evaluations, the latest first.",
  })
  async evaluationHistory(@Root() { id }: Organization, @Ctx() { loaders }: Context) {
    return (await loaders.ratingHistory.load(id)).filter(({ instrument }) => instrument === "EVALUATION_GRADE");
  }
  @Mutation(() => DowngradeRatingPayload, {
    description:
      "Lowers a rating, or takes it away (level 0); the organisation may then not apply for two or three years. It takes two officers: the first one proposes, and the organisation is notified and may answer (policy `rating.downgradeAnswerWorkingDays`); the rating holds until another officer sends the same. ANSWER_PENDING, SAME_PERSON.",
  })
  downgradeRating(
    @Input(downgradeRating, "The organisation, the new level, and the ground.")
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
      "Rates a platform with stars. The staff of the organisations that it serves, and volunteers with a confirmed record there, may do this; its own staff may not.",
  })
  giveFeedback(
    @Input(giveFeedback, "The platform, and the number of stars.")
    input: Asked<typeof giveFeedback>,
    @Ctx() context: Context,
  ) {
    return keyed(context, "stars", () => context.services.ratings.giveFeedback(context.actor, input));
  }
}
