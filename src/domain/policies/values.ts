import type { Day } from "../kit/calendar";

/**
 * The values of policies are made of these. This file lies below the parameters and below every concept, so that a rule may ask
 * the policies and the policies may hold what the rule is about.
 */

export interface ServiceType {
  code: string;
  label: string;
  labelEn: string;
  needsQualification: boolean;
  openToMinors: boolean;
}

/** A time of the year that asks for a visit more: great heat, a festival. */
export interface Occasion {
  code: string;
  label: string;
  labelEn: string;
  from: Day;
  until: Day;
}

export const creditRecordKinds = ["TRUSTWORTHY", "ADVERSE"] as const;
export type CreditRecordKind = (typeof creditRecordKinds)[number];

/** A reason for which a record may be opened: one of the policy's grounds. */
export interface CreditGround {
  code: string;
  label: string;
  labelEn: string;
  kind: CreditRecordKind;
  /** Whether an organisation's record on this ground is public; a person's never is [ZJCR §15]. */
  public: boolean;
}

/** A part of a score and its share, in points of a thousand. */
export interface Weight {
  code: string;
  label: string;
  labelEn: string;
  weight: number;
}
/** The points of a thousand from which a level is reached. */
export interface Band {
  level: number;
  from: number;
}

/** How the sheets of several assessors become one score, part by part. */
export const sheetRules = ["MEAN", "MEDIAN", "TRIMMED_MEAN"] as const;
export type SheetRule = (typeof sheetRules)[number];

/** Whether the vote of a member counts who has left the office by which they sat on the committee. */
export const departedVotes = ["KEEP", "LOSE"] as const;
export type DepartedVotes = (typeof departedVotes)[number];

/** Which minutes stars are counted from. */
export const starBases = ["CONFIRMED_MINUTES", "CHECKED_IN_MINUTES"] as const;
export type StarBasis = (typeof starBases)[number];
/** What becomes of a star whose hours were taken back. */
export const starDowngrades = ["DOWNGRADE", "KEEP"] as const;
export type StarDowngrade = (typeof starDowngrades)[number];
/** Who grants a star. */
export const starAuthorities = ["COUNTY", "PREFECTURE", "PROVINCE"] as const;
export type StarAuthority = (typeof starAuthorities)[number];
