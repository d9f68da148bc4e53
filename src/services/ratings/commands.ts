import { ratingActions, ratingInstruments, voteChoices } from "../../domain/facts/ratings";
import { recusalDecisions } from "../../domain/ratings";
import {
  choice,
  command,
  day,
  expectedVersion,
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

export const ratingRoundFilter = command(
  "RatingRoundFilter",
  "Lists only the rounds that fit; a field left out does not filter.",
  {
    instrument: optional(choice(ratingInstruments, "Lists only rounds of this instrument.")),
  },
);

export const openRatingRound = command("OpenRatingRoundInput", "Publishes a call for applications.", {
  idempotencyKey: key(),
  instrument: choice(ratingInstruments, "The instrument by which the round rates organisations."),
  opensOn: day("The first civil day on which organisations may apply; today at the earliest."),
  closesOn: day("The last civil day on which organisations may apply."),
  committee: list(
    id("The person ids of the members who vote: 7 to 25 assessors or officers."),
    { most: 1000 },
    "The person ids of the members who vote: 7 to 25 assessors or officers.",
  ),
});

export const applyForRating = command("ApplyForRatingInput", "Applies for a rating of an organisation.", {
  idempotencyKey: key(),
  roundId: id("The id of the round."),
  organizationId: id("The id of your organisation, which is to be rated."),
});

export const indicatorScore = command("IndicatorScoreInput", "Gives an assessor's points for one part of the score.", {
  key: text({ most: 200 }, "The code of the part, as the published weights name it."),
  points: whole(
    { least: -(2 ** 31), most: 2 ** 31 - 1 },
    "How many points the assessor gives, from 0 to the weight of the part.",
  ),
  comment: optional(text({ most: 500 }, "The reason in up to 500 characters, which is kept encrypted.")),
});

export const scoreRating = command("ScoreRatingInput", "Gives an assessor's points for all parts of the score.", {
  applicationId: id("The id of the application."),
  scores: list(
    fieldsOf(indicatorScore, "The points for the parts, each of which is named once."),
    { most: 1000 },
    "The points for the parts, each of which is named once.",
  ),
  expectedVersion,
});

export const voteRating = command(
  "VoteRatingInput",
  "Votes on an application. The vote is kept by the member's name.",
  {
    idempotencyKey: stepKey,
    applicationId: id("The id of the application."),
    choice: choice(voteChoices, "The vote: for a level, against any, an abstention, or a recusal."),
    level: optional(
      whole(
        { least: -(2 ** 31), most: 2 ** 31 - 1 },
        "The level for which the member votes; the preliminary one where it is left out.",
      ),
    ),
  },
);

export const advanceRating = command("AdvanceRatingInput", "Takes a step of the office or of the review committee.", {
  applicationId: id("The id of the application."),
  action: choice(ratingActions, "The step that is to be taken."),
  reason: optional(text({ most: 1000 }, "The reason for the step; needed for a review.")),
  level: optional(
    whole(
      { least: -(2 ** 31), most: 2 ** 31 - 1 },
      "For a review: the level to which it comes; left out, the level stays as it was.",
    ),
  ),
  expectedVersion,
});

export const requestRatingReview = command(
  "RequestRatingReviewInput",
  "Asks for a review of the result, while its public notice runs.",
  {
    applicationId: id("The id of the application."),
    reason: reason(1000, "The reason for which the result should be reviewed."),
    expectedVersion,
  },
);

export const withdrawRating = command("WithdrawRatingInput", "Takes an application back.", {
  applicationId: id("The id of the application."),
  reason: optional(text({ most: 1000 }, "The reason in up to 1000 characters, which is kept encrypted.")),
  expectedVersion,
});

export const downgradeRating = command(
  "DowngradeRatingInput",
  "Proposes to lower a rating or to take it away, or takes such a proposal as the second officer.",
  {
    organizationId: id("The id of the organisation."),
    instrument: choice(ratingInstruments, "The instrument by which the organisation was rated."),
    toLevel: whole(
      { least: -(2 ** 31), most: 2 ** 31 - 1 },
      "The level to which the rating is lowered; 0 takes it away.",
    ),
    ground: reason(1000, "The ground for which it is done; it is kept encrypted."),
    expectedVersion,
  },
);

export const giveFeedback = command("GiveFeedbackInput", "Rates a platform with stars.", {
  idempotencyKey: key(),
  organizationId: id("The organisation id of the platform."),
  stars: whole({ least: 1, most: 5 }, "How many stars you give, from 1 to 5; the last number that you give counts."),
});

export const answerRatingDowngrade = command(
  "AnswerRatingDowngradeInput",
  "Answers a proposal to lower the organisation's rating.",
  {
    applicationId: id("The id of the application from which the rating came."),
    statement: reason(1000, "A text of up to 1000 characters that answers the proposal; it is kept encrypted."),
    evidence: proofs("The proofs that support your answer."),
    expectedVersion: optional(
      version(
        "The `version` of the proposal that you have read. The request is refused with VERSION_CONFLICT where it is another one by now.",
      ),
    ),
  },
);

export const dropRatingDowngrade = command("DropRatingDowngradeInput", "Drops a proposal to lower a rating.", {
  applicationId: id("The id of the application from which the rating came."),
  reason: reason(1000, "The reason for which it is dropped; the organisation reads it."),
  expectedVersion: optional(
    version(
      "The `version` of the proposal that you have read. The request is refused with VERSION_CONFLICT where it is another one by now.",
    ),
  ),
});

export const supplyRatingEvidence = command(
  "SupplyRatingEvidenceInput",
  "Gives papers to the people who judge the application.",
  {
    applicationId: id("The id of the application."),
    evidence: neededProofs("The references to the papers, of which there are 1 to 20."),
    note: optional(text({ most: 1000 }, "A note about the papers, which is kept encrypted.")),
    expectedVersion,
  },
);

export const requestRatingRecusal = command(
  "RequestRatingRecusalInput",
  "Asks that a member of the committee leaves the case.",
  {
    applicationId: id("The id of the application."),
    memberId: id("The person id of the member of the round's committee."),
    reason: reason(1000, "The interest that the member has in the case, as you see it; it is kept encrypted."),
    expectedVersion,
  },
);

export const decideRatingRecusal = command(
  "DecideRatingRecusalInput",
  "Decides a request that a member leaves the case.",
  {
    applicationId: id("The id of the application."),
    memberId: id("The person id of the member who is to leave the case."),
    decision: choice(recusalDecisions, "Whether the member leaves the case, or stays."),
    substituteId: optional(
      id("The person id of an assessor who sits in the member's place for this case. It may be named later, once."),
    ),
    reason: optional(text({ most: 1000 }, "The reason for the decision; needed for a refusal.")),
    expectedVersion,
  },
);
