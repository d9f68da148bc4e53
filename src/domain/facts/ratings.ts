import type { Moves } from "../kit/moves";
import { fact, type StateOf, step } from "./shape";
import { code, count, day, flag, hash, id, json, list, oneOf, optional, person, sealedRow } from "./words";

/** Two instruments, one engine: the national evaluation 5A to 1A, and the county's own stars for platforms (domain.md 6.4). */
export const ratingInstruments = ["PLATFORM_STAR", "EVALUATION_GRADE"] as const;
export type RatingInstrument = (typeof ratingInstruments)[number];

export const ratingStates = [
  "CALL_PUBLISHED",
  "APPLIED",
  "ELIGIBILITY_CHECKED",
  "SITE_VISIT",
  "PRELIMINARY",
  "COMMITTEE_VOTED",
  "PUBLIC_NOTICE",
  "REVIEW_REQUESTED",
  "REVIEWED",
  "CONFIRMED",
  "VALID",
  "REAPPLY_OPEN",
  "EXPIRED",
  "DOWNGRADED",
  "REVOKED",
  "INELIGIBLE",
  "WITHDRAWN",
] as const;
export type RatingState = (typeof ratingStates)[number];

/** What an officer or a reviewer does to move an application on. */
export const ratingActions = [
  "CHECK_ELIGIBILITY",
  "SITE_VISIT",
  "PRELIMINARY",
  "PUBLISH_NOTICE",
  "REVIEW",
  "CONFIRM",
  "FILE_UP",
  "RETURN_PLAQUE",
] as const;
export type RatingAction = (typeof ratingActions)[number];

export const ratingStepActions = [
  "APPLY",
  "CHECK_ELIGIBILITY",
  "SITE_VISIT",
  "PRELIMINARY",
  "PUBLISH_NOTICE",
  "REVIEW",
  "CONFIRM",
  "FILE_UP",
  "RETURN_PLAQUE",
  "SCORE",
  "VOTE",
  "SUPPLY_EVIDENCE",
  "REQUEST_RECUSAL",
  "GRANT_RECUSAL",
  "REFUSE_RECUSAL",
  "REQUEST_REVIEW",
  "WITHDRAW",
  "DOWNGRADE",
  "REVOKE",
  "SUPERSEDE",
] as const;
export type RatingStepAction = (typeof ratingStepActions)[number];

export const voteChoices = ["IN_FAVOUR", "AGAINST", "ABSTAIN", "RECUSE"] as const;
export type VoteChoice = (typeof voteChoices)[number];

/** Until the committee's vote is published. */
export const judging: readonly RatingState[] = [
  "APPLIED",
  "ELIGIBILITY_CHECKED",
  "SITE_VISIT",
  "PRELIMINARY",
  "COMMITTEE_VOTED",
];

/** Applications that nobody has come to an end with. */
export const pendingRatings: readonly RatingState[] = [...judging, "PUBLIC_NOTICE", "REVIEW_REQUESTED", "REVIEWED"];

/**
 * One step a row. A site visit and an assessor's score are of evaluations alone: stars are counted from the ledger. The
 * rated organisation applies, supplies evidence, asks for a member's recusal and for a review, withdraws, and does nothing else.
 * DOWNGRADE and REVOKE follow a case that two officers took (`downgradeMoves`).
 */
export const ratingMoves: Moves<RatingStepAction, RatingState> = {
  APPLY: { from: [null], to: "APPLIED", reason: false },
  CHECK_ELIGIBILITY: { from: ["APPLIED"], to: ["ELIGIBILITY_CHECKED", "INELIGIBLE"], reason: false },
  SITE_VISIT: { from: ["ELIGIBILITY_CHECKED"], to: "SITE_VISIT", reason: false },
  SCORE: { from: ["SITE_VISIT"], to: "SITE_VISIT", reason: false },
  PRELIMINARY: { from: ["ELIGIBILITY_CHECKED", "SITE_VISIT"], to: "PRELIMINARY", reason: false },
  VOTE: { from: ["PRELIMINARY", "COMMITTEE_VOTED"], to: "COMMITTEE_VOTED", reason: false },
  PUBLISH_NOTICE: { from: ["COMMITTEE_VOTED"], to: "PUBLIC_NOTICE", reason: false },
  SUPPLY_EVIDENCE: {
    from: ["APPLIED", "ELIGIBILITY_CHECKED", "SITE_VISIT", "REVIEW_REQUESTED"],
    to: "SAME",
    reason: false,
  },
  REQUEST_RECUSAL: { from: judging, to: "SAME", reason: true },
  GRANT_RECUSAL: { from: judging, to: "SAME", reason: false },
  REFUSE_RECUSAL: { from: judging, to: "SAME", reason: true },
  REQUEST_REVIEW: { from: ["PUBLIC_NOTICE"], to: "REVIEW_REQUESTED", reason: true },
  REVIEW: { from: ["REVIEW_REQUESTED"], to: ["REVIEW_REQUESTED", "REVIEWED"], reason: true },
  CONFIRM: { from: ["PUBLIC_NOTICE", "REVIEWED"], to: ["VALID", "INELIGIBLE"], reason: false },
  FILE_UP: { from: ["VALID", "DOWNGRADED"], to: "SAME", reason: false },
  RETURN_PLAQUE: { from: ["DOWNGRADED", "REVOKED"], to: "SAME", reason: false },
  WITHDRAW: { from: pendingRatings, to: "WITHDRAWN", reason: false },
  DOWNGRADE: { from: ["VALID", "DOWNGRADED"], to: "DOWNGRADED", reason: true },
  REVOKE: { from: ["VALID", "DOWNGRADED"], to: "REVOKED", reason: true },
  SUPERSEDE: { from: ["VALID", "DOWNGRADED"], to: "EXPIRED", reason: false },
};

/** A call for applications, and who votes on them. */
export const ratingRoundOpened = fact(
  "RATING_ROUND_OPENED",
  35,
  {
    id: id("ratinground"),
    instrument: oneOf(ratingInstruments),
    opensOn: day,
    closesOn: day,
    committee: list(person),
  },
  { into: "ratingRounds", once: true },
);
export type RatingRound = StateOf<typeof ratingRoundOpened>;

/** What a part of the score comes from: how much it weighs, what was found, and from where. */
export interface ScoreLine {
  key: string;
  weight: number;
  /** Of ten thousand, cut for reading; null where there was nothing to count, and the others carry its weight. */
  value: number | null;
  /** Cut for reading: what is summed is the exact share. */
  points: number;
  source: string;
  /** The exact share that was reached, as "2/3"; null where there was nothing to count. */
  share: string | null;
  /** How much of its weight counts, as "1/11"; absent where all of it does. */
  counts?: string;
}

/** An organisation's application, and then its rating. */
export const ratingStep = step(
  "RATING_STEP",
  36,
  { states: ratingStates, actions: ratingStepActions, moves: ratingMoves },
  {
    id: id("rating"),
    roundId: id("ratinground"),
    organizationId: id("organization"),
    instrument: oneOf(ratingInstruments),
    /** The id of the key that seals the words of its steps. */
    personId: person,
    state: oneOf(ratingStates),
    /** What stood against it when its eligibility was looked at. */
    failed: list(code),
    lines: json<ScoreLine[]>(),
    score: optional(count),
    level: optional(count),
    noticeUntil: optional(day),
    validFrom: optional(day),
    validUntil: optional(day),
    /** Until which day the organisation may not apply again. */
    bannedUntil: optional(day),
    policyId: id("policy"),
    version: count,
    /** What the step says of a member of the committee, sealed under that person's key. */
    wordsId: optional(sealedRow),
  },
  { into: "ratings", unkept: ["wordsId"], history: ["ratingSteps", "ratingId", "wordsId"] },
);
export type Rating = StateOf<typeof ratingStep>;

/** A member's last word on a rating. */
export const ratingVoted = fact(
  "RATING_VOTED",
  37,
  {
    id: id("ratingvote"),
    ratingId: id("rating"),
    memberId: person,
    choice: oneOf(voteChoices),
    level: optional(count),
    version: count,
  },
  { into: "ratingVotes" },
);
export type RatingVote = StateOf<typeof ratingVoted>;

/** The points of one part. */
export interface PartPoints {
  key: string;
  points: number;
}

/** What one assessor gave after the site visit. Each time they hand it in is a version, and all of them are kept. */
export const ratingSheetSet = fact(
  "RATING_SHEET_SET",
  53,
  {
    id: id("ratingsheet"),
    ratingId: id("rating"),
    assessorId: person,
    points: json<PartPoints[]>(),
    /** What they said of the parts, sealed under the application's key; null where they said nothing. */
    commentsId: optional(sealedRow),
    version: count,
  },
  { into: "ratingSheets", key: ["id", "version"], once: true },
);
export type RatingSheet = StateOf<typeof ratingSheetSet>;

export const downgradeStates = ["PROPOSED", "TAKEN", "DROPPED"] as const;
export type DowngradeState = (typeof downgradeStates)[number];

export const downgradeActions = ["PROPOSE", "ANSWER", "TAKE", "DROP"] as const;
export type DowngradeAction = (typeof downgradeActions)[number];

/**
 * How a rating is brought down or taken away, one step a row. One officer proposes it and the organisation is told; after its
 * answer, or after the days in which it might have answered, another officer takes it. Until then the rating holds.
 */
export const downgradeMoves: Moves<DowngradeAction, DowngradeState> = {
  PROPOSE: { from: [null], to: "PROPOSED", reason: true },
  ANSWER: { from: ["PROPOSED"], to: "PROPOSED", reason: true },
  TAKE: { from: ["PROPOSED"], to: "TAKEN", reason: true },
  DROP: { from: ["PROPOSED"], to: "DROPPED", reason: true },
};

/** A rating that is to be brought down. What is said is sealed under the application's key. */
export const ratingDowngradeStep = step(
  "RATING_DOWNGRADE_STEP",
  54,
  { states: downgradeStates, actions: downgradeActions, moves: downgradeMoves },
  {
    id: id("downgrade"),
    ratingId: id("rating"),
    /** The level that it comes to; 0 takes the rating away. */
    toLevel: count,
    proposedBy: person,
    /** The last day on which the organisation may answer. */
    answerBy: day,
    answered: flag,
    state: oneOf(downgradeStates),
    version: count,
  },
  { into: "ratingDowngrades", history: ["ratingDowngradeSteps", "downgradeId"] },
);
export type RatingDowngrade = StateOf<typeof ratingDowngradeStep>;

/** What a member thinks of their organisation. Who it is, is a keyed hash. */
export const feedbackGiven = fact(
  "FEEDBACK_GIVEN",
  38,
  {
    id: id("feedback"),
    organizationId: id("organization"),
    memberHash: hash,
    stars: count,
    on: day,
    version: count,
  },
  { into: "feedbacks", key: ["id", "version"], once: true },
);
