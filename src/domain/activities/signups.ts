import type { Activity, Shift, SignUp, SignUpState, SignUpStep } from "../facts/activities";
import { ageOn, type Day, dayOf, type Instant, overlaps } from "../kit/calendar";
import { refuse } from "../kit/refusal";
import { adultAge, isAdult, type Profile } from "../people/volunteers";
import type { Policies } from "../policies";

export const signUpOutcomes = ["COMPLETED", "NO_SHOW", "EXCUSED"] as const;
export type SignUpOutcome = (typeof signUpOutcomes)[number];

/** Sign-ups that take up a place of their shift. */
export const holdingStates: readonly SignUpState[] = ["ACCEPTED", "CHECKED_IN", "COMPLETED"];
/** Sign-ups that are still to come or under way: somebody is promised for that time. */
export const promisedStates: readonly SignUpState[] = ["PENDING_GUARDIAN", "ACCEPTED", "CHECKED_IN"];
/** Sign-ups that nobody has come to yet: whom a change of the activity concerns. */
export const pendingStates: readonly SignUpState[] = ["PENDING_GUARDIAN", "ACCEPTED", "WAITLISTED"];
/** Sign-ups that stand: a second one for the same shift is refused. */
export const standingStates: readonly SignUpState[] = [...promisedStates, "WAITLISTED", "COMPLETED"];

/** A sign-up with the time of its shift. */
export interface Booking {
  signUp: SignUp;
  startsAt: Instant;
  endsAt: Instant;
}

/**
 * Which outcome may follow which state: a late withdrawal can only be excused, what was excused stays, and what was
 * completed is looked at again while it has no record that stands; while one waits, the lead may say when they left. Only who promised to come can have failed to:
 * whom somebody else put on the list is excused, never blamed. A no-show is said anew when it was in bad faith, or not.
 */
export function checkOutcome(
  signUp: Pick<SignUp, "state" | "late" | "malicious">,
  { outcome, malicious }: { outcome: SignUpOutcome; malicious: boolean },
  facts: { record: "NONE" | "WAITING" | "CONFIRMED"; promised: boolean },
): void {
  const missed: readonly SignUpOutcome[] = signUp.malicious === malicious ? [] : ["NO_SHOW"];
  const completed = { NONE: signUpOutcomes, WAITING: ["COMPLETED"], CONFIRMED: [] } as const;
  const allowed: Partial<Record<SignUpState, readonly SignUpOutcome[]>> = {
    ACCEPTED: signUpOutcomes,
    CHECKED_IN: signUpOutcomes,
    COMPLETED: completed[facts.record],
    NO_SHOW: ["COMPLETED", "EXCUSED", ...missed],
    WITHDRAWN: signUp.late ? ["EXCUSED"] : [],
  };
  if (!allowed[signUp.state]?.includes(outcome) || (outcome === "NO_SHOW" && !facts.promised))
    refuse("ILLEGAL_TRANSITION", { action: "RESOLVE", from: signUp.state, promised: facts.promised }, ["outcome"]);
}

/** Whether somebody put themselves on the list: a lead's tick is no promise of theirs. */
export function hasPromised(steps: readonly Pick<SignUpStep, "action" | "actorKind">[]): boolean {
  return steps.some(({ action, actorKind }) => action === "APPLY" && actorKind === "VOLUNTEER");
}

/** As many may wait as have a place, and twenty in any case: everybody on the lists is told in one transaction. */
export function waitingMost({ capacity }: Pick<Shift, "capacity">): number {
  return Math.max(20, capacity);
}

/**
 * Whether a guardian is asked (REG13; 浙江省志愿服务条例 §9): nobody under 18 takes part in what is hazardous or not open
 * to minors; who is 16 and lives on own labour counts as grown up.
 */
export function needsGuardian(
  profile: Pick<Profile, "birthDate" | "selfSupporting"> | undefined,
  activity: Pick<Activity, "hazardous" | "openToMinors">,
  shift: Pick<Shift, "startsAt">,
): boolean {
  if (!profile?.birthDate) return false;
  const day = dayOf(shift.startsAt);
  if (isAdult(profile, day)) return false;
  if (activity.hazardous || !activity.openToMinors) refuse("MINOR_NOT_ADMITTED", { adultAge });
  return true;
}

/** A child comes only with an adult at their side (PIPL §31; 未成年人保护法 §72). */
export function needsCompany(
  profile: Pick<Profile, "birthDate"> | undefined,
  shift: Pick<Shift, "startsAt">,
  policies: Policies,
): boolean {
  const day = dayOf(shift.startsAt);
  return profile?.birthDate != null && ageOn(profile.birthDate, day) < companyAge(shift, policies);
}

/** Below this age a child comes to the shift with an adult. */
export function companyAge(shift: Pick<Shift, "startsAt">, policies: Policies): number {
  return policies.count("volunteer.minorMinAge", dayOf(shift.startsAt));
}

/** One person is in one place at a time. Half-open: touching is not overlapping. */
export function checkBooking(shift: Pick<Shift, "id" | "startsAt" | "endsAt">, standing: readonly Booking[]): void {
  const same = standing.find(({ signUp }) => signUp.shiftId === shift.id && standingStates.includes(signUp.state));
  if (same) refuse("ALREADY_SIGNED_UP", { signUpId: same.signUp.id }, ["shiftId"]);
  checkFree(shift, standing);
}

/** Refuses whoever is promised at that time: to any other shift, or to those of the states given. */
export function checkFree(
  shift: Pick<Shift, "id" | "startsAt" | "endsAt">,
  bookings: readonly Booking[],
  states: readonly SignUpState[] = promisedStates,
): void {
  const clash = bookings.find(
    (other) => other.signUp.shiftId !== shift.id && states.includes(other.signUp.state) && overlaps(shift, other),
  );
  if (clash) refuse("DOUBLE_BOOKED", { signUpId: clash.signUp.id }, ["shiftId"]);
}

/** When a place can be given back without harm: it may be filled until then. */
export function freeUntil(shift: Pick<Shift, "startsAt">, policies: Policies): Instant {
  return shift.startsAt - policies.count("signUp.lateCancelHours", dayOf(shift.startsAt)) * 3_600_000;
}

type Acceptance = Pick<SignUpStep, "from" | "to" | "at" | "action">;

/** The step since which they know of their place at this time: new times are news. */
function accepted(steps: readonly Acceptance[]): Acceptance | undefined {
  return steps.findLast(
    ({ to, from, action }) => to === "ACCEPTED" && (from !== "ACCEPTED" || action === "RESCHEDULE"),
  );
}
export function acceptedAt(steps: readonly Acceptance[]): Instant {
  return accepted(steps)?.at ?? 0;
}

/** Whether somebody could say no in time: not who moved up, or was given new times, when it was too late for that. */
export function knewInTime(steps: readonly Acceptance[], shift: Pick<Shift, "startsAt">, policies: Policies): boolean {
  const own = ["APPLY", "CONSENT"].includes(accepted(steps)?.action ?? "APPLY");
  return own || acceptedAt(steps) <= freeUntil(shift, policies);
}

/**
 * Until when a place can be given back without its counting as a no-show; null where it never counts: for whoever holds no
 * place, or got it when it was too late to say so.
 */
export function freeWithdrawalUntil(
  signUp: Pick<SignUp, "state">,
  acceptedAt: Instant,
  shift: Pick<Shift, "startsAt">,
  policies: Policies,
): Instant | null {
  const until = freeUntil(shift, policies);
  return signUp.state === "ACCEPTED" && acceptedAt <= until ? until : null;
}

/** Too late to fill the place: for whoever had it before, and had time to say so. */
export function isLateWithdrawal(
  signUp: Pick<SignUp, "state">,
  acceptedAt: Instant,
  shift: Pick<Shift, "startsAt">,
  policies: Policies,
  now: Instant,
): boolean {
  const until = freeWithdrawalUntil(signUp, acceptedAt, shift, policies);
  return until !== null && now > until;
}

/** No-shows of a calendar year, late withdrawals among them, those in bad faith apart. */
export interface Missed {
  noShows: number;
  malicious: number;
}

/**
 * Five no-shows in a calendar year, or three in bad faith, and a volunteer is due to be struck off (Longquanyi; F25).
 * Signing up ends at once; striking off is a person's decision, after hearing the volunteer, and an excuse undoes both.
 */
export function isDueForDeregistration(missed: Missed, policies: Policies, today: Day): boolean {
  return (
    missed.noShows >= policies.count("noShow.deregisterPerYear", today) ||
    missed.malicious >= policies.count("noShow.maliciousPerYear", today)
  );
}
/** The numbers are for the volunteer; whoever ticks them off learns no more than that they may not. */
export function checkReliable(missed: Missed, policies: Policies, today: Day, self: boolean): void {
  if (isDueForDeregistration(missed, policies, today)) refuse("TOO_MANY_NO_SHOWS", self ? { ...missed } : {});
}
