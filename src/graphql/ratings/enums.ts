import {
  downgradeActions,
  downgradeStates,
  ratingActions,
  ratingInstruments,
  ratingStates,
  ratingStepActions,
  voteChoices,
} from "../../domain/facts/ratings";
import { departedVotes, recusalDecisions, roundStates } from "../../domain/ratings";
import { closed } from "../kit/enums";

const recusals = {
  GRANT_RECUSAL: "The member leaves the case, and stays out.",
  REFUSE_RECUSAL: "The member stays; the reason is given.",
};

const ratingSteps = {
  CHECK_ELIGIBILITY: "The office checks whether anything stands against the rating.",
  SITE_VISIT: "Assessors visit the organisation; only evaluations have this step.",
  PRELIMINARY: "The office has the score counted, and the level that it reaches.",
  PUBLISH_NOTICE: "The office publishes the level for which the committee has voted.",
  REVIEW: "A reviewer decides about the organisation's request; the decision of the last reviewer counts.",
  CONFIRM: "An officer makes the rating valid, after the public notice.",
  FILE_UP: "The office notes that a grade of 4A or 5A was filed with the authority above.",
  RETURN_PLAQUE: "The office notes that the plaque of a grade that was taken away came back.",
};

export const RatingInstrument = closed(
  "RatingInstrument",
  "The instrument by which an organisation is rated.",
  ratingInstruments,
  {
    PLATFORM_STAR: "The county's stars for platforms, counted from the ledger.",
    EVALUATION_GRADE: "The national evaluation, which gives 5A to 1A.",
  },
);
export type RatingInstrument = keyof typeof RatingInstrument;

export const RatingState = closed(
  "RatingState",
  "The state in which an application, or the rating that came of it, is.",
  ratingStates,
  {
    CALL_PUBLISHED: "The call is out; nobody has applied.",
    APPLIED: "The organisation has applied.",
    ELIGIBILITY_CHECKED: "The office has found that nothing stands against the rating.",
    SITE_VISIT: "Assessors visit the organisation and give points.",
    PRELIMINARY: "The score is known; the committee votes.",
    COMMITTEE_VOTED: "The committee has begun to vote.",
    PUBLIC_NOTICE: "The result is out for everybody to object.",
    REVIEW_REQUESTED: "The organisation has asked for a review.",
    REVIEWED: "A reviewer has decided about the result again.",
    CONFIRMED: "An officer has confirmed the rating.",
    VALID: "The rating holds until its last day.",
    REAPPLY_OPEN: "The rating holds, and the organisation may apply for the next one.",
    EXPIRED: "The term of the rating is over, or a later rating took its place.",
    DOWNGRADED: "The rating was lowered, and holds at the lower level.",
    REVOKED: "The rating was taken away for good.",
    INELIGIBLE: "No level was given; this is final.",
    WITHDRAWN: "The organisation took its application back.",
  },
);
export type RatingState = keyof typeof RatingState;

export const RatingRoundState = closed("RatingRoundState", "The state in which a round is today.", roundStates, {
  ANNOUNCED: "The round is announced, and opens later.",
  OPEN: "Organisations may apply in this round.",
  CLOSED: "Applications are being worked on.",
  CONCLUDED: "All applications have come to an end.",
});
export type RatingRoundState = keyof typeof RatingRoundState;

export const RatingAction = closed(
  "RatingAction",
  "A step that the office, or the review committee, takes with an application.",
  ratingActions,
  ratingSteps,
);
export type RatingAction = keyof typeof RatingAction;

export const RecusalDecision = closed(
  "RecusalDecision",
  "The decision of the office about a request that a member leaves the case.",
  recusalDecisions,
  recusals,
);
export type RecusalDecision = keyof typeof RecusalDecision;

export const RatingStepAction = closed(
  "RatingStepAction",
  "A step that was taken with an application, by any person or by the bank.",
  ratingStepActions,
  {
    APPLY: "The organisation applies to be rated.",
    ...ratingSteps,
    SCORE: "An assessor gives points for all parts.",
    VOTE: "A member of the committee votes.",
    SUPPLY_EVIDENCE: "The organisation gives papers to its judges.",
    REQUEST_RECUSAL: "The organisation asks that a member leaves its case.",
    ...recusals,
    REQUEST_REVIEW: "The organisation asks for a review.",
    WITHDRAW: "The organisation takes its application back.",
    DOWNGRADE: "The second of two officers has lowered the rating.",
    REVOKE: "The second of two officers has taken the rating away.",
    SUPERSEDE: "A later rating took its place.",
  },
);
export type RatingStepAction = keyof typeof RatingStepAction;

export const DowngradeState = closed(
  "DowngradeState",
  "The state in which a proposal to lower a rating is.",
  downgradeStates,
  {
    PROPOSED: "One officer has made the proposal; the rating holds as before, and the organisation may answer.",
    TAKEN: "A second officer has taken the proposal: the rating was lowered, or taken away.",
    DROPPED: "The proposal was dropped; the rating holds as before.",
  },
);
export type DowngradeState = keyof typeof DowngradeState;

export const DowngradeAction = closed(
  "DowngradeAction",
  "A step that was taken with a proposal to lower a rating.",
  downgradeActions,
  {
    PROPOSE: "An officer proposes to lower the rating, with the ground.",
    ANSWER: "The organisation answers the proposal.",
    TAKE: "Another officer takes the proposal: the rating is lowered.",
    DROP: "An officer drops the proposal.",
  },
);
export type DowngradeAction = keyof typeof DowngradeAction;

export const DepartedVotes = closed(
  "DepartedVotes",
  "Says whether the vote of a member who has left the committee since still counts (policy `rating.departedVotes`).",
  departedVotes,
  {
    KEEP: "The vote stays, and counts.",
    LOSE: "The vote no longer counts; another person may have the seat.",
  },
);
export type DepartedVotes = keyof typeof DepartedVotes;

export const VoteChoice = closed("VoteChoice", "A vote that a member of the committee gives.", voteChoices, {
  IN_FAVOUR: "The member is for the level that the vote names.",
  AGAINST: "The member is against any level.",
  ABSTAIN: "The member gives no opinion.",
  RECUSE: "The member has an interest, and leaves the case.",
});
export type VoteChoice = keyof typeof VoteChoice;
