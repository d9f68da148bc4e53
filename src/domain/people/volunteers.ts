import {
  type Guardianship,
  type RevisableField,
  type Volunteer,
  type VolunteerAction,
  type VolunteerState,
  volunteerMoves,
} from "../facts/people";
import type { Evidence } from "../hours";
import { ageOn, type Day } from "../kit/calendar";
import { mayTake } from "../kit/moves";
import { refuse } from "../kit/refusal";
import type { IdKind } from "./papers";

/** States of volunteers who may sign in by an invitation or a claim: they are not suspended, and have not left. */
export const welcomeStates: readonly VolunteerState[] = ["REGISTERED", "REAL_NAME_PENDING", "ACTIVE"];

/** Steps that also end places, roles, posts and guardianships: everything in which the volunteer takes part ends with them. */
export const partingActions: readonly VolunteerAction[] = ["SUSPEND", "WITHDRAW", "RECORD_DEATH"];

/** RESTORE takes back what took a volunteer off: a suspension, their leaving, or a death that was entered by mistake. */
export function restoring(action: VolunteerAction, state: VolunteerState): VolunteerAction {
  if (action !== "RESTORE") return action;
  if (state === "DECEASED") return "UNDO_DEATH";
  return state === "WITHDRAWN" ? "RETURN" : "RESTORE";
}

/** The fields that volunteers may correct themselves. */
export const ownFields: readonly RevisableField[] = ["displayName", "phone"];

/** Whether a person registered themselves and no station has vouched for them yet. */
export function isAwaited({ state, vouchedBy }: Pick<Volunteer, "state" | "vouchedBy">): boolean {
  return vouchedBy === null && mayTake(volunteerMoves, state, "ACTIVATE");
}

/** The fields with which a claim of the issuer is compared besides the papers. */
export type SaidField = "name" | "phone";

/** Encrypted under the person's own key; never in the journal, a log or an error. */
export interface Profile {
  displayName: string;
  legalName: string | null;
  idKind: IdKind | null;
  idNumber: string | null;
  /** Whether a station or an officer has seen the papers, or the volunteer only entered the number. */
  papersSeen: boolean;
  /** The fields that the volunteer entered and no station or officer has set or seen. */
  said: readonly SaidField[];
  birthDate: Day | null;
  phone: string | null;
  skills: string[];
  serviceTypes: string[];
  consentedOn: Day | null;
  /** Whether the volunteer is at least 16 and lives on their own labour, and so counts as an adult (REG13). Absent where not. */
  selfSupporting?: boolean;
  guardian: { name: string; relation: string; consentedOn: Day; evidence: Evidence | null } | null;
}

export const adultAge = 18;
/** A child below the age of school does not volunteer, not even with an adult: a younger age was typed wrongly. */
export const leastAge = 6;
const selfSupportingAge = 16;

/** Whether a person decides for themselves on a day: from 18, or from 16 when they live on their own labour (REG13). */
export function isAdult(profile: Pick<Profile, "birthDate" | "selfSupporting">, day: Day): boolean {
  if (profile.birthDate === null) return true;
  return ageOn(profile.birthDate, day) >= (profile.selfSupporting ? selfSupportingAge : adultAge);
}

/** Whether a guardianship holds on a day: an adult has no guardian, and neither has a person whose data were erased. */
export function isGuarded(profile: Profile | undefined, { ended }: Guardianship, day: Day): boolean {
  return !ended && profile !== undefined && !isAdult(profile, day);
}

/** A volunteer, and no group, is a person old enough to help. INVALID_INPUT. */
export function checkLeastAge(birthDate: Day, group: boolean, today: Day): void {
  if (!group && ageOn(birthDate, today) < leastAge) refuse("INVALID_INPUT", { leastAge }, ["birthDate"]);
}

/** REG13 and ZJVS §9: consent is always needed, and a guardian's for a volunteer who is no adult on the day of registration. */
export function checkConsent(
  input: { consent: boolean; birthDate: Day; selfSupporting?: boolean | null; guardianConsent?: unknown },
  today: Day,
): void {
  if (!input.consent) refuse("CONSENT_MISSING", {}, ["consent"]);
  const { birthDate, selfSupporting } = input;
  if (!isAdult({ birthDate, selfSupporting: selfSupporting ?? false }, today) && !input.guardianConsent) {
    refuse("GUARDIAN_CONSENT_MISSING", { adultAge }, ["guardianConsent"]);
  }
}

/** `330681********1234`: the first six and last four (domain.md 2.1 I); anything shorter shows only its end. */
export function maskIdNumber(idNumber: string | null): string | null {
  if (!idNumber) return null;
  return idNumber.length >= 15 ? `${idNumber.slice(0, 6)}********${idNumber.slice(-4)}` : `****${idNumber.slice(-2)}`;
}

/**
 * Shows enough for the person to recognise the name, and not enough for others: the first sign, and the last of longer names.
 */
export function maskName(name: string): string {
  const signs = [...name];
  const last = signs.length > 2 ? (signs.at(-1) as string) : "";
  return `${signs[0] ?? ""}${"*".repeat(Math.max(1, signs.length - 1 - last.length))}${last}`;
}
