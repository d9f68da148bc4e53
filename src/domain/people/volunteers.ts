import type { Evidence } from "../hours";
import { ageOn, type Day, type Instant } from "../kit/calendar";
import { type Moves, mayTake } from "../kit/moves";
import { refuse } from "../kit/refusal";
import type { ActorKind } from "../permissions/actors";
import type { IdKind } from "./papers";

export const volunteerStates = [
  "REGISTERED",
  "REAL_NAME_PENDING",
  "ACTIVE",
  "SUSPENDED",
  "WITHDRAWN",
  "MERGED",
  "DECEASED",
] as const;
export type VolunteerState = (typeof volunteerStates)[number];
/** Volunteers who may come in by an invitation or a claim: neither suspended, nor gone. */
export const welcomeStates: readonly VolunteerState[] = ["REGISTERED", "REAL_NAME_PENDING", "ACTIVE"];
export const volunteerActions = [
  "ACTIVATE",
  "SUSPEND",
  "RESTORE",
  "WITHDRAW",
  "RETURN",
  "RECORD_DEATH",
  "UNDO_DEATH",
] as const;
export type VolunteerAction = (typeof volunteerActions)[number];
/** Steps after the registration: those above, and what corrections of the person do to it. */
export const volunteerStepActions = [...volunteerActions, "REVISE", "SEPARATE", "TAKE_OVER", "MERGE"] as const;
export type VolunteerStepAction = (typeof volunteerStepActions)[number];

const living: readonly VolunteerState[] = ["REGISTERED", "REAL_NAME_PENDING", "ACTIVE", "SUSPENDED"];
const unmerged: readonly VolunteerState[] = [...living, "WITHDRAWN", "DECEASED"];

/** domain.md 6.6. The table drives the enum, the check, the audit and the documentation. `SAME` leaves the state. */
export const volunteerMoves: Moves<VolunteerStepAction, VolunteerState> = {
  ACTIVATE: { from: ["REGISTERED", "REAL_NAME_PENDING"], to: "ACTIVE", reason: false },
  SUSPEND: { from: ["ACTIVE"], to: "SUSPENDED", reason: true },
  RESTORE: { from: ["SUSPENDED"], to: "ACTIVE", reason: true },
  WITHDRAW: { from: living, to: "WITHDRAWN", reason: true },
  RETURN: { from: ["WITHDRAWN"], to: "ACTIVE", reason: true },
  RECORD_DEATH: { from: [...living, "WITHDRAWN"], to: "DECEASED", reason: true },
  // Back to where the volunteer stood before.
  UNDO_DEATH: { from: ["DECEASED"], to: [...living, "WITHDRAWN"], reason: true },
  REVISE: { from: unmerged, to: "SAME", reason: true },
  // A registration that was merged by mistake goes back to its state before; every other one keeps its state.
  SEPARATE: { from: [...unmerged, "MERGED"], to: unmerged, reason: true },
  TAKE_OVER: { from: unmerged, to: "SAME", reason: true },
  MERGE: { from: unmerged, to: "MERGED", reason: true },
};

/** Steps with which places, roles, posts and guardianships of others end: what a volunteer takes part in goes with them. */
export const partingActions: readonly VolunteerAction[] = ["SUSPEND", "WITHDRAW", "RECORD_DEATH"];

/** RESTORE takes back what took a volunteer off: a suspension, their leaving, or a death that was entered by mistake. */
export function restoring(action: VolunteerAction, state: VolunteerState): VolunteerAction {
  if (action !== "RESTORE") return action;
  if (state === "DECEASED") return "UNDO_DEATH";
  return state === "WITHDRAWN" ? "RETURN" : "RESTORE";
}

/** What a correction may change; what stands in the journal of it is only which of them. */
export const revisableFields = [
  "displayName",
  "legalName",
  "birthDate",
  "idNumber",
  "phone",
  "divisionCode",
  "organizationId",
  "volunteerNo",
  "guardianConsent",
] as const;
export type RevisableField = (typeof revisableFields)[number];
/** What volunteers correct for themselves. */
export const ownFields: readonly RevisableField[] = ["displayName", "phone"];

/** What becomes of credit above the cap: the public pool, or a roll of honour (DESIGN §3; Nanjing 2019). */
export const overflowChoices = ["DONATE", "HONOUR"] as const;
export type OverflowChoice = (typeof overflowChoices)[number];

export interface Volunteer {
  id: string;
  personId: string;
  volunteerNo: string;
  divisionCode: string;
  state: VolunteerState;
  accountId: string;
  /** A group's credit may only be donated (domain.md 2.1 C). */
  group: boolean;
  overflow: OverflowChoice;
  registeredOn: Day;
  /** The organisation that vouched; null after self-registration. */
  vouchedBy: string | null;
  /** The sealed row that holds the name, the birth date and the consent. */
  profileId: string;
  version: number;
}

/** Whether somebody registered themselves and no station has vouched for them yet. */
export function isAwaited({ state, vouchedBy }: Pick<Volunteer, "state" | "vouchedBy">): boolean {
  return vouchedBy === null && mayTake(volunteerMoves, state, "ACTIVATE");
}

/** A step after the registration; of a correction, which fields it changed. */
export interface VolunteerMove {
  volunteerId: string;
  version: number;
  seq: number;
  at: Instant;
  action: VolunteerStepAction;
  from: VolunteerState;
  to: VolunteerState;
  fields: RevisableField[];
  actorId: string;
  actorKind: ActorKind;
  reasonId: string | null;
}

/** What a claim of the issuer is held against besides the papers. */
export type SaidField = "name" | "phone";

/** Which of these the volunteer only said. Earlier releases kept no list: there it is all of who came by themselves, until papers were seen. */
export function saidOf({ said, papersSeen }: Pick<Profile, "said" | "papersSeen">, cameAlone: boolean) {
  return said ?? (cameAlone && !papersSeen ? (["name", "phone"] as const) : []);
}

/** Encrypted under the person's own key; never in the journal, a log or an error. */
export interface Profile {
  displayName: string;
  legalName: string | null;
  /** Absent in profiles of earlier releases, whose numbers had no kind. */
  idKind?: IdKind | null;
  idNumber: string | null;
  /** Whether a station or an officer has seen the papers, or the volunteer only said the number. Absent in earlier releases. */
  papersSeen?: boolean;
  /** What the volunteer only said, and no station or officer has set or seen. Absent in earlier releases. */
  said?: readonly SaidField[];
  birthDate: Day | null;
  phone: string | null;
  skills: string[];
  serviceTypes: string[];
  consentedOn: Day | null;
  /** At least 16 and living on own labour: counts as grown up (REG13). Absent in profiles of earlier releases. */
  selfSupporting?: boolean;
  guardian: { name: string; relation: string; consentedOn: Day; evidence: Evidence | null } | null;
}

export const adultAge = 18;
/** Below the age of school nobody gives time of their own, whoever comes along: a younger one was typed wrongly. */
export const leastAge = 6;
const selfSupportingAge = 16;

/** Whether somebody decides for themselves on a day: from 18, or from 16 when they live on own labour (REG13). */
export function isAdult(profile: Pick<Profile, "birthDate" | "selfSupporting">, day: Day): boolean {
  if (profile.birthDate === null) return true;
  return ageOn(profile.birthDate, day) >= (profile.selfSupporting ? selfSupportingAge : adultAge);
}

/** Who answers for a volunteer who is not grown up, as a station noted it. */
export interface Guardianship {
  id: string;
  volunteerId: string;
  personId: string;
  ended: boolean;
  version: number;
}

/** Whether a guardianship holds on a day: nobody answers for a grown-up, or for somebody whose data was erased. */
export function isGuarded(profile: Profile | undefined, { ended }: Guardianship, day: Day): boolean {
  return !ended && profile !== undefined && !isAdult(profile, day);
}

/** A volunteer, and no group, is a person old enough to help. INVALID_INPUT. */
export function checkLeastAge(birthDate: Day, group: boolean, today: Day): void {
  if (!group && ageOn(birthDate, today) < leastAge) refuse("INVALID_INPUT", { leastAge }, ["birthDate"]);
}

/** REG13 and ZJVS §9: consent always, a guardian's for whoever is not grown up on the day of registration. */
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

/** Enough to know oneself by, not enough for whoever looks on: the first sign, and the last of longer names. */
export function maskName(name: string): string {
  const signs = [...name];
  const last = signs.length > 2 ? (signs.at(-1) as string) : "";
  return `${signs[0] ?? ""}${"*".repeat(Math.max(1, signs.length - 1 - last.length))}${last}`;
}
