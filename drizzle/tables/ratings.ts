import { actorKinds } from "../../src/domain/permissions/actors";
import {
  ratingInstruments,
  ratingStates,
  ratingStepActions,
  type ScoreLine,
  voteChoices,
} from "../../src/domain/ratings";
import { downgradeActions, downgradeStates } from "../../src/domain/ratings/downgrades";
import type { PartPoints } from "../../src/domain/ratings/sheets";
import type { Kit } from "../kit.sqlite";
import { oneOf } from "./checks";
import { stepColumns } from "./steps";

/** Ratings of organisations: rounds, applications with their steps and votes, and what members think. */
export function defineRatingTables(kit: Kit) {
  const { table, text, int, flag, json, index, check, primaryKey, uniqueIndex } = kit;

  /** Projection of RATING_ROUND_OPENED. */
  const ratingRounds = table(
    "rating_rounds",
    {
      id: text().primaryKey(),
      instrument: text().notNull(),
      opensOn: text().notNull(),
      closesOn: text().notNull(),
      committee: json<string[]>().notNull(),
      seq: int().notNull(),
    },
    (t) => [
      check("rating_round_instrument", oneOf("instrument", ratingInstruments)),
      index("rating_rounds_open").on(t.opensOn, t.id),
    ],
  );

  /** Projection of RATING_STEP: the application, and then the rating, as its last step left it. */
  const ratings = table(
    "ratings",
    {
      id: text().primaryKey(),
      roundId: text().notNull(),
      organizationId: text().notNull(),
      instrument: text().notNull(),
      personId: text().notNull(),
      state: text().notNull(),
      failed: json<string[]>().notNull(),
      lines: json<ScoreLine[]>().notNull(),
      score: int(),
      level: int(),
      noticeUntil: text(),
      validFrom: text(),
      validUntil: text(),
      bannedUntil: text(),
      policyId: text().notNull(),
      version: int().notNull(),
      seq: int().notNull(),
    },
    (t) => [
      check("rating_state", oneOf("state", ratingStates)),
      index("ratings_round").on(t.roundId, t.organizationId),
      index("ratings_organization").on(t.organizationId, t.instrument, t.id),
      index("ratings_level").on(t.instrument, t.state, t.level, t.validUntil),
      index("ratings_notice").on(t.state, t.noticeUntil, t.id),
    ],
  );

  /** Projection of RATING_STEP: each step. */
  const ratingSteps = table(
    "rating_steps",
    { ratingId: text().notNull(), version: int().notNull(), ...stepColumns(kit) },
    (t) => [
      primaryKey({ columns: [t.ratingId, t.version], name: "rating_steps_pk" }),
      check("rating_step_action", oneOf("action", ratingStepActions)),
      check("rating_step_actor", oneOf("actor_kind", actorKinds)),
    ],
  );

  /** Projection of RATING_VOTED: each member's last word. */
  const ratingVotes = table(
    "rating_votes",
    {
      id: text().primaryKey(),
      ratingId: text().notNull(),
      memberId: text().notNull(),
      choice: text().notNull(),
      level: int(),
      version: int().notNull(),
      seq: int().notNull(),
    },
    (t) => [
      check("rating_vote_choice", oneOf("choice", voteChoices)),
      uniqueIndex("rating_votes_member").on(t.ratingId, t.memberId),
    ],
  );

  /** Projection of RATING_SHEET_SET: each time that an assessor handed in their points. */
  const ratingSheets = table(
    "rating_sheets",
    {
      id: text().notNull(),
      ratingId: text().notNull(),
      assessorId: text().notNull(),
      points: json<PartPoints[]>().notNull(),
      commentsId: text(),
      version: int().notNull(),
      seq: int().notNull(),
    },
    (t) => [
      primaryKey({ columns: [t.id, t.version], name: "rating_sheets_pk" }),
      uniqueIndex("rating_sheets_assessor").on(t.ratingId, t.assessorId, t.version),
    ],
  );

  /** Projection of RATING_DOWNGRADE_STEP: a rating that is to be brought down, as the last step left the case. */
  const ratingDowngrades = table(
    "rating_downgrades",
    {
      id: text().primaryKey(),
      ratingId: text().notNull(),
      toLevel: int().notNull(),
      proposedBy: text().notNull(),
      answerBy: text().notNull(),
      answered: flag().notNull(),
      state: text().notNull(),
      version: int().notNull(),
      seq: int().notNull(),
    },
    (t) => [
      check("rating_downgrade_state", oneOf("state", downgradeStates)),
      index("rating_downgrades_rating").on(t.ratingId, t.id),
    ],
  );

  /** Projection of RATING_DOWNGRADE_STEP: each step. */
  const ratingDowngradeSteps = table(
    "rating_downgrade_steps",
    { downgradeId: text().notNull(), version: int().notNull(), ...stepColumns(kit) },
    (t) => [
      primaryKey({ columns: [t.downgradeId, t.version], name: "rating_downgrade_steps_pk" }),
      check("rating_downgrade_step_action", oneOf("action", downgradeActions)),
      check("rating_downgrade_step_actor", oneOf("actor_kind", actorKinds)),
    ],
  );

  /** Projection of FEEDBACK_GIVEN: each word that a member had; who it is is a keyed hash. */
  const feedbacks = table(
    "feedbacks",
    {
      id: text().notNull(),
      organizationId: text().notNull(),
      memberHash: text().notNull(),
      stars: int().notNull(),
      on: text().notNull(),
      version: int().notNull(),
      seq: int().notNull(),
    },
    (t) => [
      primaryKey({ columns: [t.id, t.version], name: "feedbacks_pk" }),
      index("feedbacks_member").on(t.organizationId, t.memberHash, t.version),
    ],
  );

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
