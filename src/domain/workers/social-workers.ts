import { type SocialWorker, type SocialWorkLevel, socialWorkLevels, type Training } from "../facts/workers";
import { addDays, addMonths, type Day } from "../kit/calendar";
import { refuse } from "../kit/refusal";
import type { IdKind } from "../people/papers";
import type { Policies } from "../policies";

/** Encrypted under the person's own key. */
export interface SocialWorkerProfile {
  displayName: string;
  legalName: string | null;
  idKind: IdKind | null;
  idNumber: string | null;
  certificateNo: string;
}

export interface TrainingDetails {
  name: string;
  organizer: string;
}

/** The term's last day: three years, the first day counted in (domain.md 2.1 I, [SWREG]). */
export function termEnd(registeredOn: Day, policies: Policies): Day {
  return addDays(addMonths(registeredOn, 12 * policies.count("socialWorker.registrationYears", registeredOn)), -1);
}

/** The first day on which the next term may be registered: the last three months of this term begin on it. */
export function renewableFrom({ registeredOn, registeredUntil }: Term, policies: Policies): Day {
  return addMonths(addDays(registeredUntil, 1), -policies.count("socialWorker.renewalMonths", registeredOn));
}
type Term = Pick<SocialWorker, "registeredOn" | "registeredUntil">;

/** Hours of continuing education that a term asks for, by the rule of its first day ([SWCPD]). */
export function requiredHours(
  { level, registeredOn }: Pick<SocialWorker, "level" | "registeredOn">,
  policies: Policies,
) {
  return policies.count(
    level === "ASSISTANT" ? "socialWorker.trainingHoursAssistant" : "socialWorker.trainingHours",
    registeredOn,
  );
}

export function earnedHours({ registeredOn, registeredUntil }: Term, trainings: readonly Training[]): number {
  return trainings
    .filter(({ on, withdrawn }) => !withdrawn && registeredOn <= on && on <= registeredUntil)
    .reduce((sum, { hours }) => sum + hours, 0);
}

/**
 * Whether a registered social worker may be registered as `after`: at another organisation for the same term; for a next term,
 * within the last months of this one or later, with its training done; or at a higher level by another certificate.
 */
export function checkReregistration(
  before: SocialWorker,
  after: Pick<SocialWorker, "organizationId" | "level" | "certificateHash" | "registeredOn">,
  trainings: readonly Training[],
  policies: Policies,
): void {
  const rank = (level: SocialWorkLevel) => socialWorkLevels.indexOf(level);
  if (after.registeredOn < before.registeredOn)
    refuse("INVALID_INPUT", { from: before.registeredOn }, ["registeredOn"]);
  if (after.certificateHash !== before.certificateHash) {
    if (rank(after.level) <= rank(before.level)) refuse("DUPLICATE_PERSON", { level: before.level }, ["level"]);
    return;
  }
  if (after.level !== before.level) refuse("INVALID_INPUT", { level: before.level }, ["level"]);
  if (after.registeredOn === before.registeredOn) {
    if (after.organizationId === before.organizationId) refuse("DUPLICATE_PERSON", {}, ["certificateNo"]);
    return;
  }
  const from = renewableFrom(before, policies);
  if (after.registeredOn < from) refuse("INVALID_INPUT", { from }, ["registeredOn"]);
  const [earned, required] = [earnedHours(before, trainings), requiredHours(before, policies)];
  if (earned < required) refuse("TRAINING_MISSING", { earnedHours: earned, requiredHours: required });
}

/** Only the end of a certificate's number is shown. */
export function maskCertificateNo(certificateNo: string): string {
  return `****${certificateNo.slice(certificateNo.length >= 8 ? -4 : -2)}`;
}
