import type { Finding, Organization, OrganizationProfile } from "../facts/organizations";
import type {
  Rating,
  RatingInstrument,
  RatingRound,
  RatingState,
  RatingStepAction,
  RatingVote,
  ScoreLine,
  VoteChoice,
} from "../facts/ratings";
import { addDays, addMonths, type Day, type WorkingCalendar, workingDayAfter } from "../kit/calendar";
import {
  compare,
  type Fraction,
  floor,
  fraction,
  fractionOf,
  fractionText,
  minus,
  over,
  plus,
  sumOf,
  times,
} from "../kit/fractions";
import type { Policies } from "../policies";
import type { PolicyKey } from "../policies/parameters";
import type { Band, Weight } from "../policies/values";

export { type DepartedVotes, departedVotes } from "../policies/values";

export const roundStates = ["ANNOUNCED", "OPEN", "CLOSED", "CONCLUDED"] as const;
export type RoundState = (typeof roundStates)[number];

/** The decision of an officer about an organisation's request that a member leaves its case. */
export const recusalDecisions = ["GRANT_RECUSAL", "REFUSE_RECUSAL"] as const satisfies readonly RatingStepAction[];
export type RecusalDecision = (typeof recusalDecisions)[number];

/** States of ratings whose level counts, until their last day. */
export const countingStates: readonly RatingState[] = ["VALID", "DOWNGRADED"];
/** From this state on everybody may see an application. */
const publicStates: readonly RatingState[] = [
  "PUBLIC_NOTICE",
  "REVIEW_REQUESTED",
  "REVIEWED",
  "VALID",
  "EXPIRED",
  "DOWNGRADED",
  "REVOKED",
];

/** Whether everybody may see the application: from its public notice on, whatever its result. */
export function isPublic({ state, noticeUntil }: Pick<Rating, "state" | "noticeUntil">): boolean {
  return publicStates.includes(state) || noticeUntil !== null;
}

interface Instrument {
  levels: number;
  years: PolicyKey;
  reapplyMonths: PolicyKey;
  weights: PolicyKey;
  bands: PolicyKey;
  /** How many reviewers decide about a review. */
  reviewers: PolicyKey;
}
export const instruments: Record<RatingInstrument, Instrument> = {
  PLATFORM_STAR: {
    levels: 5,
    years: "platformStar.validityYears",
    reapplyMonths: "platformStar.reapplyMonths",
    weights: "platformStar.weights",
    bands: "platformStar.bands",
    reviewers: "platformStar.reviewers",
  },
  EVALUATION_GRADE: {
    levels: 5,
    years: "orgEval.validityYears",
    reapplyMonths: "orgEval.reapplyMonths",
    weights: "orgEval.weights",
    bands: "orgEval.bands",
    reviewers: "orgEval.reviewers",
  },
};

/** From this grade on an evaluation is filed with the authority above [EVAL39 §17]. */
export const filedFrom = 4;
/** Takes after which a plaque that shows the old grade is wrong. */
export const plaqueTaken: readonly RatingStepAction[] = ["DOWNGRADE", "REVOKE"];

export const feedbackLeast = 1;
export const feedbackMost = 5;

export const ineligibilities = [
  "WRONG_KIND",
  "NOT_ACTIVE",
  "NOT_REGISTERED",
  "REGISTERED_TOO_SHORT",
  "STILL_VALID",
  "BANNED",
  "ADVERSE_RECORD",
  "ANNUAL_CHECK_FAILED",
  "TWICE_BASICALLY_QUALIFIED",
  "PENALIZED",
  "UNDER_INVESTIGATION",
] as const;
export type Ineligibility = (typeof ineligibilities)[number];
/** The reason that outsiders read in place of a ground that is not published. */
export const undisclosed = "UNDISCLOSED";
const unpublished: readonly string[] = ["UNDER_INVESTIGATION", "ADVERSE_RECORD"] satisfies Ineligibility[];
export function published(failed: readonly string[]): string[] {
  return [...new Set(failed.map((code) => (unpublished.includes(code) ? undisclosed : code)))];
}

export interface Candidate {
  organization: Organization;
  profile: OrganizationProfile | undefined;
  /** Earlier ratings by the same instrument. */
  earlier: readonly Rating[];
  /** Whether an adverse record about it stands. */
  adverse: boolean;
  /** The findings of authorities, the earliest first. */
  findings: readonly Finding[];
}

/** The codes of what stands against an application on a day [EVAL39 §6, 7, 29, 33]; empty where it may go on. */
export function eligibility(
  instrument: RatingInstrument,
  { organization, profile, earlier, adverse, findings }: Candidate,
  today: Day,
  policies: Policies,
): Ineligibility[] {
  const failed: Ineligibility[] = [];
  const { kind, state, filingStatus } = organization;
  const isStar = instrument === "PLATFORM_STAR";
  const unratedKinds = [
    "GOVERNMENT_OFFICE",
    "SOCIAL_WORK_STATION",
    "PARTY_SERVICE_CENTER",
    "CHARITY_BASE",
    "VOLUNTEER_TEAM",
  ];
  if (isStar ? kind !== "SERVICE_PLATFORM" : unratedKinds.includes(kind)) failed.push("WRONG_KIND");
  if (state !== "ACTIVE") failed.push("NOT_ACTIVE");
  if (!isStar && filingStatus !== "REGISTERED") failed.push("NOT_REGISTERED");
  const registered = profile?.registeredOn ?? null;
  const years = policies.count("orgEval.minRegisteredYears", today);
  if (!isStar && (registered === null || addMonths(registered, 12 * years) > today))
    failed.push("REGISTERED_TOO_SHORT");
  const reapplyMonths = policies.count(instruments[instrument].reapplyMonths, today);
  if (
    earlier.some(
      (rating) => countingStates.includes(rating.state) && addMonths(rating.validUntil as Day, -reapplyMonths) > today,
    )
  )
    failed.push("STILL_VALID");
  if (earlier.some(({ bannedUntil }) => bannedUntil !== null && bannedUntil >= today)) failed.push("BANNED");
  if (adverse) failed.push("ADVERSE_RECORD");
  // The county's own stars go by records of its own.
  return isStar ? failed : [...failed, ...failedChecks(findings, Number(today.slice(0, 4)) - 1)];
}

/** The findings that keep an organisation from being evaluated in the year after `last` [EVAL39 §7]. */
function failedChecks(findings: readonly Finding[], last: number): Ineligibility[] {
  const failed: Ineligibility[] = [];
  const resultOf = (year: number) =>
    findings.findLast((finding) => finding.kind === "ANNUAL_CHECK" && finding.year === year)?.result;
  const [result, before] = [resultOf(last), resultOf(last - 1)];
  if (result === "FAILED" || result === "MISSED") failed.push("ANNUAL_CHECK_FAILED");
  if (result === "BASICALLY_QUALIFIED" && before === result) failed.push("TWICE_BASICALLY_QUALIFIED");
  const penalties = findings.filter(({ kind }) => kind === "PENALTY");
  if (penalties.some(({ on, endedOn }) => on >= `${last}-01-01` || endedOn === null)) failed.push("PENALIZED");
  if (findings.some(({ kind, endedOn }) => kind === "INVESTIGATION" && endedOn === null))
    failed.push("UNDER_INVESTIGATION");
  return failed;
}

/** A line of the score: `part` of `whole`, at most all of it. */
export function scoreLine(weight: Weight, part: number, whole: number, source: string): ScoreLine {
  return lineOf(weight, whole === 0 ? null : { share: fraction(Math.min(part, whole), whole), counts: all }, source);
}

/** The result of a part: its exact share, and how much of its weight the share carries. */
export interface Reached {
  share: Fraction;
  counts: Fraction;
}
const all = fraction(1);

/** A line of the score; `reached` is null where there was nothing to count. */
export function lineOf({ code: key, weight }: Weight, reached: Reached | null, source: string): ScoreLine {
  if (reached === null) return { key, weight, value: null, points: 0, source, share: null };
  const { share, counts } = reached;
  const line = { key, weight, value: floor(times(share, fraction(10_000))), source, share: fractionText(share) };
  const part = compare(counts, all) < 0 ? { counts: fractionText(counts) } : {};
  return { ...line, ...part, points: floor(times(times(share, counts), fraction(weight))) };
}

/** The weight of a line in the score, and the points that it gives, exactly; null where there was nothing to count. */
export function exactly({ weight, share, counts }: ScoreLine): { weight: Fraction; points: Fraction } | null {
  if (share === null) return null;
  const counted = times(fraction(weight), counts === undefined ? all : fractionOf(counts));
  return { weight: counted, points: times(fractionOf(share), counted) };
}

/**
 * The score of a thousand, exactly. A part that could not be counted is carried by the others; the score is 0 where no part
 * could.
 */
export function exactScore(lines: readonly ScoreLine[]): Fraction {
  const counted = lines.flatMap((line) => exactly(line) ?? []);
  if (counted.length === 0) return fraction(0);
  const [points, weights] = [sumOf(counted.map(({ points }) => points)), sumOf(counted.map(({ weight }) => weight))];
  return over(times(points, fraction(1000)), weights);
}

/** The score in whole points: the one place where it is cut, so that no level is reached by what is short of it. */
export function scoreOf(lines: readonly ScoreLine[]): number {
  return floor(exactScore(lines));
}

/** The level that a score reaches; 0 for none. */
export function levelOf(score: number, bands: readonly Band[]): number {
  return Math.max(0, ...bands.filter(({ from }) => score >= from).map(({ level }) => level));
}

/**
 * A share of cases. With few cases it carries a part of its weight: `whole` of `whole` plus `priorCases`, as if the prior cases
 * had gone like everything else that is scored. So no single case decides: one that went well never costs points, and one that
 * went badly never brings any. Null where there was no case.
 */
export function shareOfCases(part: number, whole: number, priorCases: number): Reached | null {
  return whole === 0 ? null : { share: fraction(part, whole), counts: fraction(whole, whole + priorCases) };
}

/**
 * The opinion of members, in five stars, as if `cases` members had given three before, so that two friends do not make a five.
 */
export function feedbackShare(count: number, stars: number, cases: number): Reached | null {
  return count === 0 ? null : { share: fraction(3 * cases + stars, feedbackMost * (cases + count)), counts: all };
}

/**
 * A platform's own work and that of its division, as one. The division's takes the place of what the platform lacks: all of it
 * where it has nothing, and a part where it has few cases.
 */
export function joined(own: Reached | null, division: Reached | null, ownPercent: number): Reached | null {
  if (own === null || division === null) return own ?? division;
  const ownCounts = times(own.counts, fraction(ownPercent, 100));
  const divisionCounts = times(division.counts, minus(all, ownCounts));
  const counts = plus(ownCounts, divisionCounts);
  if (counts.part === 0n) return null;
  const reached = plus(times(own.share, ownCounts), times(division.share, divisionCounts));
  return { share: over(reached, counts), counts };
}

export interface VoteCount {
  inFavour: number;
  against: number;
  abstained: number;
  recused: number;
  /** Whether two thirds of all members have voted. */
  quorum: boolean;
}
/** How many members have voted, and how many a decision needs: two thirds of all. */
export function turnout(votes: readonly RatingVote[], members: number): { voted: number; needed: number } {
  return { voted: votes.filter(({ choice }) => choice !== "RECUSE").length, needed: Math.ceil((members * 2) / 3) };
}
export function countVotes(votes: readonly RatingVote[], members: number): VoteCount {
  const of = (choice: VoteChoice) => votes.filter((vote) => vote.choice === choice).length;
  const [inFavour, against, abstained] = [of("IN_FAVOUR"), of("AGAINST"), of("ABSTAIN")];
  const { voted, needed } = turnout(votes, members);
  return {
    inFavour,
    against,
    abstained,
    recused: of("RECUSE"),
    quorum: voted >= needed,
  };
}
/** The highest level for which more than half of all members are [EVAL39 §13]; 0 where they are for none. */
export function votedLevel(votes: readonly RatingVote[], members: number): number {
  const levels = votes.flatMap(({ choice, level }) => (choice === "IN_FAVOUR" && level !== null ? level : []));
  const reached = [...new Set(levels)].filter((level) => levels.filter((vote) => vote >= level).length * 2 > members);
  return Math.max(0, ...reached);
}

/** The last day of the notice: some working days, the first of which is the next day. */
export function noticeUntil(today: Day, calendar: WorkingCalendar, policies: Policies): Day {
  return workingDayAfter(calendar, today, policies.count("rating.noticeWorkingDays", today));
}
/** A rating's term: so many years, its first day counted in. */
export function termUntil(instrument: RatingInstrument, validFrom: Day, policies: Policies): Day {
  return addDays(addMonths(validFrom, 12 * policies.count(instruments[instrument].years, validFrom)), -1);
}

/** The state of a rating on a day: what is kept of the rating does not change because time passes. */
export function stateOn(
  { state, instrument, validUntil }: Pick<Rating, "state" | "instrument" | "validUntil">,
  today: Day,
  policies: Policies,
): RatingState {
  if (!countingStates.includes(state) || validUntil === null) return state;
  if (today > validUntil) return "EXPIRED";
  const opens = addMonths(validUntil, -policies.count(instruments[instrument].reapplyMonths, today));
  return state === "VALID" && today >= opens ? "REAPPLY_OPEN" : state;
}

export function roundState({ opensOn, closesOn }: RatingRound, pending: number, today: Day): RoundState {
  if (today < opensOn) return "ANNOUNCED";
  if (today <= closesOn) return "OPEN";
  return pending > 0 ? "CLOSED" : "CONCLUDED";
}

/** The facts from which stars are counted. */
export const starParts = [
  "RECORDS_ON_TIME",
  "DISPUTES_UPHELD",
  "CONFIRMED_HOURS",
  "VISIT_RATE",
  "DISCLOSED_IN_TIME",
  "MEMBER_FEEDBACK",
] as const;
export type StarPart = (typeof starParts)[number];
