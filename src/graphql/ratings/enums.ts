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
  CHECK_ELIGIBILITY: "See whether anything stands against it.",
  SITE_VISIT: "Assessors go and see; evaluations alone.",
  PRELIMINARY: "Count the score, and the level that it reaches.",
  PUBLISH_NOTICE: "Publish what the committee voted for.",
  REVIEW: "A reviewer says what they think of the organisation's request; the last of them decides.",
  CONFIRM: "After the notice an officer makes it valid.",
  FILE_UP: "A grade of 4A or 5A was filed with the authority above.",
  RETURN_PLAQUE: "The plaque of a grade that was taken came back.",
};

export const RatingInstrument = closed("RatingInstrument", "By what an organisation is rated.", ratingInstruments, {
  PLATFORM_STAR: "The county's stars for platforms, counted from the ledger.",
  EVALUATION_GRADE: "The national evaluation, 5A to 1A.",
});
export type RatingInstrument = keyof typeof RatingInstrument;

export const RatingState = closed("RatingState", "Where a rating stands.", ratingStates, {
  CALL_PUBLISHED: "The call is out; nobody has applied.",
  APPLIED: "The organisation has applied for it.",
  ELIGIBILITY_CHECKED: "Nothing stands against it.",
  SITE_VISIT: "Assessors visit it and give points.",
  PRELIMINARY: "The score is known; the committee votes.",
  COMMITTEE_VOTED: "The committee has begun to vote.",
  PUBLIC_NOTICE: "The result is out for everybody to object.",
  REVIEW_REQUESTED: "The organisation wants it looked at again.",
  REVIEWED: "A reviewer has looked at it again.",
  CONFIRMED: "It was confirmed by an officer.",
  VALID: "It holds until its last day.",
  REAPPLY_OPEN: "It holds, and one may apply for the next.",
  EXPIRED: "Its term is over, or a later one took its place.",
  DOWNGRADED: "It was brought down and holds at a lower level.",
  REVOKED: "It was taken away for good.",
  INELIGIBLE: "No level was given; this is final.",
  WITHDRAWN: "The organisation took its application back.",
});
export type RatingState = keyof typeof RatingState;

export const RatingRoundState = closed("RatingRoundState", "Where a round stands today.", roundStates, {
  ANNOUNCED: "It is announced and opens later.",
  OPEN: "Organisations may apply for it.",
  CLOSED: "Applications are being worked on.",
  CONCLUDED: "All applications have come to an end.",
});
export type RatingRoundState = keyof typeof RatingRoundState;

export const RatingAction = closed("RatingAction", "How an application is moved on.", ratingActions, ratingSteps);
export type RatingAction = keyof typeof RatingAction;

export const RecusalDecision = closed(
  "RecusalDecision",
  "What the office says to a house that wants a member out of its case.",
  recusalDecisions,
  recusals,
);
export type RecusalDecision = keyof typeof RecusalDecision;

export const RatingStepAction = closed(
  "RatingStepAction",
  "A step of an application, whoever takes it.",
  ratingStepActions,
  {
    APPLY: "The organisation applies to be rated.",
    ...ratingSteps,
    SCORE: "An assessor gives points for all parts.",
    VOTE: "A member of the committee votes.",
    SUPPLY_EVIDENCE: "The organisation lays papers before its judges.",
    REQUEST_RECUSAL: "The organisation wants a member out of its case.",
    ...recusals,
    REQUEST_REVIEW: "The organisation asks to look again.",
    WITHDRAW: "The organisation takes its application back.",
    DOWNGRADE: "The rating is brought down, by the second of two officers.",
    REVOKE: "The rating is taken away, by the second of two officers.",
    SUPERSEDE: "A later rating took its place.",
  },
);
export type RatingStepAction = keyof typeof RatingStepAction;

export const DowngradeState = closed(
  "DowngradeState",
  "Where a proposal to bring a rating down stands.",
  downgradeStates,
  {
    PROPOSED: "One officer proposes it; the rating holds as before, and the organisation may answer.",
    TAKEN: "A second officer took it: the rating was brought down, or taken away.",
    DROPPED: "It was let go; the rating holds as before.",
  },
);
export type DowngradeState = keyof typeof DowngradeState;

export const DowngradeAction = closed(
  "DowngradeAction",
  "A step of a proposal to bring a rating down.",
  downgradeActions,
  {
    PROPOSE: "An officer proposes it, with the ground.",
    ANSWER: "The organisation answers it.",
    TAKE: "Another officer takes it.",
    DROP: "An officer lets it go.",
  },
);
export type DowngradeAction = keyof typeof DowngradeAction;

export const DepartedVotes = closed(
  "DepartedVotes",
  "Whether the vote of a member counts who has left the committee since; policy rating.departedVotes.",
  departedVotes,
  {
    KEEP: "The vote stays and counts.",
    LOSE: "The vote no longer counts; somebody else may have the seat.",
  },
);
export type DepartedVotes = keyof typeof DepartedVotes;

export const VoteChoice = closed("VoteChoice", "How a member votes.", voteChoices, {
  IN_FAVOUR: "They are for the level named.",
  AGAINST: "They are against any level.",
  ABSTAIN: "They do not want to say.",
  RECUSE: "They have an interest, and leave.",
});
export type VoteChoice = keyof typeof VoteChoice;
