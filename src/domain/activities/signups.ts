import type { Activity, Shift, SignUp, SignUpState, SignUpStep } from "../facts/activities";
import { ageOn, type Day, dayOf, type Instant, overlaps } from "../kit/calendar";
import { refuse } from "../kit/refusal";
import { adultAge, isAdult, type Profile } from "../people/volunteers";
import type { Policies } from "../policies";

export const signUpOutcomes = ["COMPLETED", "NO_SHOW", "EXCUSED"] as const;
export type SignUpOutcome = (typeof signUpOutcomes)[number];

/** Sign-ups that take up a place of their shift. */
export const holdingStates: readonly SignUpState[] = ["ACCEPTED", "CHECKED_IN", "COMPLETED"];
/** Sign-ups that are still to come or under way: the volunteer is promised for that time. */
export const promisedStates: readonly SignUpState[] = ["PENDING_GUARDIAN", "ACCEPTED", "CHECKED_IN"];
/** Sign-ups whose volunteer has not come yet; a change of the activity concerns them. */
export const pendingStates: readonly SignUpState[] = ["PENDING_GUARDIAN", "ACCEPTED", "WAITLISTED"];
/** Sign-ups that stand; a second one for the same shift is refused. */
export const standingStates: readonly SignUpState[] = [...promisedStates, "WAITLISTED", "COMPLETED"];

/** A sign-up with the time of its shift. */
export interface Booking {
  signUp: SignUp;
  startsAt: Instant;
  endsAt: Instant;
}

/**
 * Says which outcome may follow which state. A late withdrawal can only be excused, and an excused sign-up stays excused. A
 * completed sign-up is looked at again while it has no record that stands; while one waits, the lead may enter when the
 * volunteer left. Only a volunteer who promised to come can have failed to: one whom the lead put on the list is excused, never
 * blamed. A no-show is entered again when it turns out to be in bad faith, or not to be.
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

/** Whether the volunteers put themselves on the list: a lead's tick is no promise of the volunteer's. */
export function hasPromised(steps: readonly Pick<SignUpStep, "action" | "actorKind">[]): boolean {
  return steps.some(({ action, actorKind }) => action === "APPLY" && actorKind === "VOLUNTEER");
}

/**
 * As many people may wait as there are places, and twenty in any case, since everybody on the lists is notified in one
 * transaction.
 */
export function waitingMost({ capacity }: Pick<Shift, "capacity">): number {
  return Math.max(20, capacity);
}

/**
 * Whether a guardian is asked (REG13; 浙江省志愿服务条例 §9). Nobody under 18 takes part in an activity that is hazardous or not open to
 * minors; a volunteer of 16 who lives on their own labour counts as an adult.
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

/** A child comes only with an adult (PIPL §31; 未成年人保护法 §72). */
export function needsCompany(
  profile: Pick<Profile, "birthDate"> | undefined,
  shift: Pick<Shift, "startsAt">,
  policies: Policies,
): boolean {
  const day = dayOf(shift.startsAt);
  return profile?.birthDate != null && ageOn(profile.birthDate, day) < companyAge(shift, policies);
}

/** A child below this age comes to the shift with an adult. */
export function companyAge(shift: Pick<Shift, "startsAt">, policies: Policies): number {
  return policies.count("volunteer.minorMinAge", dayOf(shift.startsAt));
}

/** One person is in one place at a time. Half-open: touching is not overlapping. */
export function checkBooking(shift: Pick<Shift, "id" | "startsAt" | "endsAt">, promises: Promises): void {
  const same = promises.bookings.find(
    ({ signUp }) => signUp.shiftId === shift.id && standingStates.includes(signUp.state),
  );
  if (same) refuse("ALREADY_SIGNED_UP", { signUpId: same.signUp.id }, ["shiftId"]);
  checkFree(shift, promises);
}

/** A time, which may be that of a shift. */
type Spell = Pick<Shift, "startsAt" | "endsAt"> & { readonly id?: string };

/** What a volunteer is promised to around a time: shifts, and the orders that are needed within it. */
export interface Promises {
  bookings: readonly Booking[];
  orders: readonly { readonly id: string }[];
}

/** Nobody is promised to two things at once. DOUBLE_BOOKED. */
export function checkFree(spell: Spell, { bookings, orders }: Promises, path = ["shiftId"]): void {
  const clash = clashOf(spell, bookings);
  if (clash) refuse("DOUBLE_BOOKED", { signUpId: clash.signUp.id }, path);
  if (orders[0]) refuse("DOUBLE_BOOKED", { orderId: orders[0].id }, path);
}
export function isFree(spell: Spell, { bookings, orders }: Promises): boolean {
  return clashOf(spell, bookings) === undefined && orders.length === 0;
}

/** Another shift at that time, with a sign-up in one of these states. */
export function clashOf(
  spell: Spell,
  bookings: readonly Booking[],
  states: readonly SignUpState[] = promisedStates,
): Booking | undefined {
  return bookings.find(
    (other) => other.signUp.shiftId !== spell.id && states.includes(other.signUp.state) && overlaps(spell, other),
  );
}

/** The instant until which a place can be given back without harm, because it may still be filled. */
export function freeUntil(shift: Pick<Shift, "startsAt">, policies: Policies): Instant {
  return shift.startsAt - policies.count("signUp.lateCancelHours", dayOf(shift.startsAt)) * 3_600_000;
}

type Acceptance = Pick<SignUpStep, "from" | "to" | "at" | "action">;

/** The step since which the volunteer knows of the place at this time: new times count as news. */
function accepted(steps: readonly Acceptance[]): Acceptance | undefined {
  return steps.findLast(
    ({ to, from, action }) => to === "ACCEPTED" && (from !== "ACCEPTED" || action === "RESCHEDULE"),
  );
}
export function acceptedAt(steps: readonly Acceptance[]): Instant {
  return accepted(steps)?.at ?? 0;
}

/**
 * Whether the volunteer could have said no in time. A volunteer who moved up, or was given new times, when it was too late
 * could not.
 */
export function knewInTime(steps: readonly Acceptance[], shift: Pick<Shift, "startsAt">, policies: Policies): boolean {
  const own = ["APPLY", "CONSENT"].includes(accepted(steps)?.action ?? "APPLY");
  return own || acceptedAt(steps) <= freeUntil(shift, policies);
}

/**
 * The instant until which a place can be given back without counting as a no-show; null where it never counts: the volunteer
 * holds no place, or got it when it was too late to say no.
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

/** Whether it was too late to fill the place, for a volunteer who had it before and had time to say no. */
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

/** The no-shows of a calendar year, with late withdrawals among them; those in bad faith are counted apart. */
export interface Missed {
  noShows: number;
  malicious: number;
}

/**
 * Five no-shows in a calendar year, or three in bad faith, and a volunteer is due to be struck off (Longquanyi; F25). Signing
 * up ends at once. A person decides about striking off, after hearing the volunteer; an excuse undoes both.
 */
export function isDueForDeregistration(missed: Missed, policies: Policies, today: Day): boolean {
  return (
    missed.noShows >= policies.count("noShow.deregisterPerYear", today) ||
    missed.malicious >= policies.count("noShow.maliciousPerYear", today)
  );
}
/** Only the volunteer reads the numbers; a lead who ticks them off learns no more than that they may not. */
export function checkReliable(missed: Missed, policies: Policies, today: Day, self: boolean): void {
  if (isDueForDeregistration(missed, policies, today)) refuse("TOO_MANY_NO_SHOWS", self ? { ...missed } : {});
}
