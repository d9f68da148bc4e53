import { ratingActions, ratingInstruments, voteChoices } from "../../domain/facts/ratings";
import { recusalDecisions } from "../../domain/ratings";
import {
  choice,
  command,
  day,
  fieldsOf,
  id,
  key,
  list,
  optional,
  reason,
  stepKey,
  text,
  version,
  whole,
} from "../bank/fields";
import { neededProofs, proofs } from "../bank/proofs";

export const ratingRoundFilter = command("RatingRoundFilter", "Which rounds; a field left out does not filter.", {
  instrument: optional(choice(ratingInstruments, "Only rounds of this instrument.")),
});

export const openRatingRound = command("OpenRatingRoundInput", "A call for applications.", {
  idempotencyKey: key(),
  instrument: choice(ratingInstruments, "By which instrument it rates."),
  opensOn: day("The first civil day to apply; today at the earliest."),
  closesOn: day("The last civil day to apply."),
  committee: list(
    id("Who votes: 7 to 25 assessors or officers, by person id."),
    { most: 1000 },
    "Who votes: 7 to 25 assessors or officers, by person id.",
  ),
});

export const applyForRating = command("ApplyForRatingInput", "An organisation that wants to be rated.", {
  idempotencyKey: key(),
  roundId: id("Which round, by its id."),
  organizationId: id("Your organisation, by its id."),
});

export const indicatorScore = command("IndicatorScoreInput", "An assessor's points for one part.", {
  key: text({ most: 200 }, "Which part, by its code in the published weights."),
  points: whole({ least: -(2 ** 31), most: 2 ** 31 - 1 }, "From 0 to what the part weighs."),
  comment: optional(text({ most: 500 }, "Why, in up to 500 letters; it is kept sealed.")),
});

export const scoreRating = command("ScoreRatingInput", "An assessor's points for all parts.", {
  applicationId: id("Which application, by its id."),
  scores: list(fieldsOf(indicatorScore, "Each of the parts, once."), { most: 1000 }, "Each of the parts, once."),
  expectedVersion: optional(version("The version that you saw; else VERSION_CONFLICT.")),
});

export const voteRating = command("VoteRatingInput", "A member's vote; it is kept by name.", {
  idempotencyKey: stepKey,
  applicationId: id("Which application, by its id."),
  choice: choice(voteChoices, "For, against, neither, or out of it."),
  level: optional(
    whole({ least: -(2 ** 31), most: 2 ** 31 - 1 }, "For which level; the preliminary one where it is left out."),
  ),
});

export const advanceRating = command("AdvanceRatingInput", "A step of the office, or of the review committee.", {
  applicationId: id("Which application, by its id."),
  action: choice(ratingActions, "Which step is taken."),
  reason: optional(text({ most: 1000 }, "The reason; needed for a review.")),
  level: optional(
    whole(
      { least: -(2 ** 31), most: 2 ** 31 - 1 },
      "For a review: the level that it comes to; as it was, if left out.",
    ),
  ),
  expectedVersion: optional(version("The version that you saw; else VERSION_CONFLICT.")),
});

export const requestRatingReview = command(
  "RequestRatingReviewInput",
  "An organisation that wants its result to be looked at again, while the notice runs.",
  {
    applicationId: id("Which application, by its id."),
    reason: reason(1000, "Why it should be looked at again."),
    expectedVersion: optional(version("The version that you saw; else VERSION_CONFLICT.")),
  },
);

export const withdrawRating = command("WithdrawRatingInput", "An application that its organisation takes back.", {
  applicationId: id("Which application, by its id."),
  reason: optional(text({ most: 1000 }, "Why, in up to 1000 letters; it is kept sealed.")),
  expectedVersion: optional(version("The version that you saw; else VERSION_CONFLICT.")),
});

export const downgradeRating = command("DowngradeRatingInput", "A rating that is brought down, or taken away.", {
  organizationId: id("Which organisation, by its id."),
  instrument: choice(ratingInstruments, "By which instrument it was rated."),
  toLevel: whole({ least: -(2 ** 31), most: 2 ** 31 - 1 }, "A lower level; 0 takes it away."),
  ground: text({ most: 1000 }, "The ground; it is kept sealed."),
  expectedVersion: optional(version("The version that you saw; else VERSION_CONFLICT.")),
});

export const giveFeedback = command("GiveFeedbackInput", "What a member thinks of a platform.", {
  idempotencyKey: key(),
  organizationId: id("Which platform, by organisation id."),
  stars: whole({ least: -(2 ** 31), most: 2 ** 31 - 1 }, "One to five stars; your last word counts."),
});

export const answerRatingDowngrade = command(
  "AnswerRatingDowngradeInput",
  "An organisation's word on a proposal to bring its rating down.",
  {
    applicationId: id("Which rating, by the id of its application."),
    statement: text({ most: 200 }, "What you have to say, in up to 1000 letters; it is kept sealed."),
    evidence: proofs("What there is to prove it."),
    expectedVersion: optional(version("The proposal's version that you saw; else VERSION_CONFLICT.")),
  },
);

export const dropRatingDowngrade = command(
  "DropRatingDowngradeInput",
  "A proposal to bring a rating down that the office lets go.",
  {
    applicationId: id("Which rating, by the id of its application."),
    reason: reason(1000, "Why it is let go; the organisation reads it."),
    expectedVersion: optional(version("The proposal's version that you saw; else VERSION_CONFLICT.")),
  },
);

export const supplyRatingEvidence = command(
  "SupplyRatingEvidenceInput",
  "Papers that a house lays before its judges.",
  {
    applicationId: id("Which application, by its id."),
    evidence: neededProofs("One paper at least, 20 at most."),
    note: optional(text({ most: 2000 }, "What you say of them; it is kept sealed.")),
    expectedVersion: optional(version("The version that you saw; else VERSION_CONFLICT.")),
  },
);

export const requestRatingRecusal = command(
  "RequestRatingRecusalInput",
  "A member whom a house wants out of its case.",
  {
    applicationId: id("Which application, by its id."),
    memberId: id("Which member of the round's committee, by person id."),
    reason: reason(1000, "The interest that you see; it is kept sealed."),
    expectedVersion: optional(version("The version that you saw; else VERSION_CONFLICT.")),
  },
);

export const decideRatingRecusal = command(
  "DecideRatingRecusalInput",
  "What the office says to a house that wants a member out of its case.",
  {
    applicationId: id("Which application, by its id."),
    memberId: id("Which member was asked about, by person id."),
    decision: choice(recusalDecisions, "Whether the member leaves the case."),
    substituteId: optional(
      id("An assessor who sits in the member's place for this case, by person id; may be named later, once."),
    ),
    reason: optional(text({ most: 1000 }, "The reason; needed to refuse.")),
    expectedVersion: optional(version("The version that you saw; else VERSION_CONFLICT.")),
  },
);
