import {
  feedbackGiven,
  ratingDowngradeStep,
  ratingRoundOpened,
  ratingSheetSet,
  ratingStep,
  ratingVoted,
} from "../../src/domain/facts/ratings";
import { projected } from "../columns";
import type { Kit } from "../kit.sqlite";

/** Ratings of organisations: rounds, applications with their steps and votes, and what members think. */
export function defineRatingTables(kit: Kit) {
  const { index, uniqueIndex } = kit;

  /** Projection of RATING_ROUND_OPENED. */
  const ratingRounds = projected(kit, ratingRoundOpened.into.ratingRounds, (t) => [
    index("rating_rounds_open").on(t.opensOn, t.id),
  ]);

  /** Projection of RATING_STEP: the application, and then the rating, as its last step left it. */
  const ratings = projected(kit, ratingStep.into.ratings, (t) => [
    index("ratings_round").on(t.roundId, t.organizationId),
    index("ratings_organization").on(t.organizationId, t.instrument, t.id),
    index("ratings_level").on(t.instrument, t.state, t.level, t.validUntil),
    index("ratings_notice").on(t.state, t.noticeUntil, t.id),
  ]);

  /** Projection of RATING_STEP: each step. */
  const ratingSteps = projected(kit, ratingStep.into.ratingSteps);

  /** Projection of RATING_VOTED: each member's last word. */
  const ratingVotes = projected(kit, ratingVoted.into.ratingVotes, (t) => [
    uniqueIndex("rating_votes_member").on(t.ratingId, t.memberId),
  ]);

  /** Projection of RATING_SHEET_SET: each time that an assessor handed in their points. */
  const ratingSheets = projected(kit, ratingSheetSet.into.ratingSheets, (t) => [
    uniqueIndex("rating_sheets_assessor").on(t.ratingId, t.assessorId, t.version),
  ]);

  /** Projection of RATING_DOWNGRADE_STEP: a rating that is to be brought down, as the last step left the case. */
  const ratingDowngrades = projected(kit, ratingDowngradeStep.into.ratingDowngrades, (t) => [
    index("rating_downgrades_rating").on(t.ratingId, t.id),
  ]);

  /** Projection of RATING_DOWNGRADE_STEP: each step. */
  const ratingDowngradeSteps = projected(kit, ratingDowngradeStep.into.ratingDowngradeSteps);

  /** Projection of FEEDBACK_GIVEN: each word that a member had; who it is is a keyed hash. */
  const feedbacks = projected(kit, feedbackGiven.into.feedbacks, (t) => [
    index("feedbacks_member").on(t.organizationId, t.memberHash, t.version),
  ]);

  return {
    ratingRounds,
    ratings,
    ratingSteps,
    ratingVotes,
    ratingSheets,
    ratingDowngrades,
    ratingDowngradeSteps,
    feedbacks,
  };
}
