import type { Organization } from "../facts/organizations";
import { ageOn, type Day } from "../kit/calendar";
import { refuse } from "../kit/refusal";

/**
 * Which organisation sees a volunteer (PIPL arts. 6 and 13: no more than the purpose needs, and on a ground of its own).
 * What an organisation wrote itself opens nothing: neither a record that it logged, nor one that its own people
 * confirmed. A tie is made by the volunteer, or by the station that registered them:
 *
 * | tie | made by | opens | ends |
 * | --- | --- | --- | --- |
 * | REGISTERED | the station that registered or activated the volunteer | everything | with a move to another station |
 * | ALLOWED | the volunteer (also by accepting an organisation's invitation), a guardian, or that station with the volunteer's word in writing | everything | when one of them takes it back |
 * | SIGNED_UP | the volunteer's own sign-up for an activity of theirs, or own check-in there | the name | when it is withdrawn in time; `sightDays` after the shift |
 * | SUBMITTED | a record that the volunteer handed in themselves | the name | when it is rejected, voided or reversed; `sightDays` after the service |
 *
 * `sightDays` is the policy `record.backfill.windowDays`: for so long hours may still be entered and corrected. An `END`
 * by the volunteer also ends the sign-ups and submissions before it. Without a tie a record shows the organisation the
 * number and a masked name, enough to see a slip of a digit.
 *
 * A volunteer who registered alone is activated by a station of the division or of one above it, by an organisation that the
 * volunteer allowed, or by an officer: never by another that logged a line. A volunteer who left is taken back by the station
 * that they left, which keeps them, or by an officer. Until a station vouches, stations of the division find the volunteer by
 * the whole number, with a masked name.
 */
export const tieKinds = ["REGISTERED", "ALLOWED", "SIGNED_UP", "SUBMITTED"] as const;
export type TieKind = (typeof tieKinds)[number];
/**
 * The part of a volunteer that a tie opens: the name alone, or also masked papers and phone, birth date, account and balance.
 */
export type TieOpens = "NAME" | "ALL";

/** The steps by which volunteers or their guardians tie a sign-up to its organiser. */
export const bindingSignUpActions = ["APPLY", "CONSENT", "CHECK_IN", "CHECK_OUT"] as const;
export const ownKinds = ["VOLUNTEER", "GUARDIAN"] as const;

/** Whether an organisation is a social-work station of one of these divisions: of a volunteer's own and those above it. */
export function isStationOver(
  organization: Pick<Organization, "kind" | "divisionCode">,
  divisions: readonly string[],
): boolean {
  return organization.kind === "SOCIAL_WORK_STATION" && divisions.includes(organization.divisionCode);
}

/** From this age on a child alone may let an organisation see them (PIPL art. 31). */
export const tieAge = 14;

/** Whether a person decides about what is kept of them; below 14 their guardians do (PIPL art. 31). */
export function hasOwnWord(birthDate: Day | null, today: Day): boolean {
  return birthDate === null || ageOn(birthDate, today) >= tieAge;
}

/** Below 14 a guardian allows it, or the station that holds the guardian's statement: GUARDIAN_CONSENT_MISSING. */
export function checkOwnWord(birthDate: Day | null, today: Day): void {
  if (!hasOwnWord(birthDate, today)) refuse("GUARDIAN_CONSENT_MISSING", { from: tieAge });
}
