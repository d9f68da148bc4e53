import type { Activity, Shift } from "../../domain/activities/machine";
import { openStates } from "../../domain/activities/machine";
import {
  acceptedAt,
  checkBooking,
  checkReliable,
  isDueForDeregistration,
  isLateWithdrawal,
  needsCompany,
  needsGuardian,
  type SignUp,
  type SignUpAction,
  type SignUpState,
  type SignUpStep,
} from "../../domain/activities/signups";
import { type Actor, roleFor } from "../../domain/actors";
import { type Day, dayOf, type Instant, startOf } from "../../domain/calendar";
import { invariant } from "../../domain/invariant";
import { refuse } from "../../domain/refusal";
import type { Profile, Volunteer } from "../../domain/volunteers";
import type { StoredSignUp, Tx, View } from "../../storage/store";
import type { Bank } from "../bank";
import type { Connection, Done, PageInput } from "../contract";
import { checkChoices, checkText } from "../input";
import { paged } from "../paging";
import type { SignUpsService } from "./contract";
import { type By, type Register, whereOf } from "./register";

/** Who comes: signing up, waiting, consent, withdrawing, and what is told of it. */
export class SignUps implements SignUpsService {
  protected readonly bank: Bank;
  constructor(protected readonly register: Register) {
    this.bank = register.bank;
  }

  async signUp(actor: Actor, input: { idempotencyKey: string; shiftId: string }): Promise<Done<StoredSignUp>> {
    const { idempotencyKey, ...request } = input;
    return this.bank.once(
      actor,
      "signUp",
      idempotencyKey,
      request,
      async (tx, actor) => {
        const { shift, activity } = await this.register.shift(tx, input.shiftId);
        if (!(await this.register.sees(tx, actor, activity))) refuse("NOT_FOUND", {}, ["shiftId"]);
        const volunteerId = actor.volunteerId ?? refuse("NOT_PERMITTED", { act: "signUp.make" });
        this.bank.permit(actor, "signUp.make", { volunteerId });
        const volunteer = (await tx.volunteers([volunteerId])).get(volunteerId);
        return (
          await this.apply(tx, { actor, role: "VOLUNTEER" }, activity, shift, volunteer, { at: tx.now, mayWait: true })
        ).id;
      },
      this.shown(actor),
    );
  }

  /** Puts somebody on the list, or refuses: closed, not active, booked twice, unreliable, too young, full. */
  async apply(
    tx: Tx,
    by: By,
    activity: Activity,
    shift: Shift,
    volunteer: Volunteer | undefined,
    { at, mayWait }: { at: Instant; mayWait: boolean },
  ): Promise<StoredSignUp> {
    if (volunteer?.state !== "ACTIVE" || volunteer.group) refuse("VOLUNTEER_NOT_FOUND", {}, ["volunteerId"]);
    if (!openStates.includes(activity.state) || shift.dropped || at >= shift.endsAt)
      refuse("SIGN_UP_CLOSED", { state: activity.state }, ["shiftId"]);
    checkBooking(shift, await tx.bookings(volunteer.id, shift));
    const policies = await this.bank.policies(tx);
    checkReliable(await this.missed(tx, volunteer.id, dayOf(tx.now)), policies, dayOf(tx.now));
    const profile = (await this.bank.vault.open<Profile>(tx, [volunteer.profileId])).get(volunteer.profileId);
    const asks = needsGuardian(profile, activity, shift);
    const left = await this.register.placesLeft(tx, shift);
    if (!mayWait && (asks || left === 0)) refuse(asks ? "GUARDIAN_CONSENT_MISSING" : "SHIFT_FULL", {}, ["shiftId"]);
    const signUp: SignUp = {
      id: this.bank.id("signup", tx.now),
      shiftId: shift.id,
      activityId: activity.id,
      volunteerId: volunteer.id,
      state: asks ? "PENDING_GUARDIAN" : left > 0 ? "ACCEPTED" : "WAITLISTED",
      late: false,
      malicious: false,
      accompanied: false,
      version: 0,
    };
    return this.register.moveSignUp(tx, by, activity, signUp, "APPLY", null);
  }

  /** One's own, or a lead's for somebody who called. Late, it counts as a no-show unless excused; the place is passed on. */
  async withdraw(actor: Actor, input: { signUpId: string; reason?: string | null }): Promise<StoredSignUp> {
    const reason = checkText(input.reason, "reason", { most: 1000 });
    return this.bank.act(actor, async (tx, actor) => {
      const { signUp, shift, activity } = await this.mine(tx, actor, input.signUpId);
      const by = await this.by(tx, actor, "signUp.withdraw", activity, signUp);
      const steps = await tx.signUpSteps(signUp.id);
      if (isRepeated(steps, actor, "WITHDRAW")) return signUp;
      // What had happened is then for the lead to say.
      if (tx.now >= shift.endsAt) refuse("SIGN_UP_CLOSED", { endsAt: new Date(shift.endsAt).toISOString() });
      const counted = openStates.includes(activity.state) && (by.role === "VOLUNTEER" || by.role === "GUARDIAN");
      const late = counted && isLateWithdrawal(signUp, acceptedAt(steps), shift, await this.bank.policies(tx), tx.now);
      const reasonId = await this.reason(tx, actor, signUp.volunteerId, reason);
      const after: SignUp = { ...signUp, state: "WITHDRAWN", late };
      const moved = await this.register.moveSignUp(tx, by, activity, after, "WITHDRAW", signUp, reasonId);
      await this.register.fillPlaces(tx, activity, shift);
      return moved;
    });
  }

  /** The guardian's own word, or a station that holds it in writing. Under 14 only with somebody at the child's side. */
  async decideConsent(
    actor: Actor,
    input: { signUpId: string; consent: boolean; accompanied?: boolean | null; reason?: string | null },
  ): Promise<StoredSignUp> {
    const reason = checkText(input.reason, "reason", { most: 1000 });
    return this.bank.act(actor, async (tx, actor) => {
      const { signUp, shift, activity } = await this.mine(tx, actor, input.signUpId);
      const by = await this.by(tx, actor, "signUp.consent", activity, signUp);
      const action = input.consent ? "CONSENT" : "DECLINE";
      if (isRepeated(await tx.signUpSteps(signUp.id), actor, action)) return signUp;
      const volunteer = await volunteerOf(tx, signUp.volunteerId);
      if (actor.personId === volunteer.personId) refuse("SELF_CONFIRMATION");
      const reasonId = await this.reason(tx, actor, signUp.volunteerId, reason);
      if (!input.consent)
        return this.register.moveSignUp(tx, by, activity, { ...signUp, state: "WITHDRAWN" }, action, signUp, reasonId);
      const profile = (await this.bank.vault.open<Profile>(tx, [volunteer.profileId])).get(volunteer.profileId);
      const accompanied = input.accompanied ?? false;
      if (needsCompany(profile, shift, await this.bank.policies(tx)) && !accompanied)
        refuse("GUARDIAN_CONSENT_MISSING", { accompanied: true }, ["accompanied"]);
      if (!openStates.includes(activity.state) || tx.now >= shift.endsAt)
        refuse("SIGN_UP_CLOSED", { state: activity.state });
      const state: SignUpState = (await this.register.placesLeft(tx, shift)) > 0 ? "ACCEPTED" : "WAITLISTED";
      return this.register.moveSignUp(tx, by, activity, { ...signUp, state, accompanied }, action, signUp, reasonId);
    });
  }

  async many(actor: Actor, ids: readonly string[]): Promise<(StoredSignUp | null)[]> {
    return this.seen(this.bank.store.view, actor, ids);
  }

  protected async seen(view: View, actor: Actor, ids: readonly string[]): Promise<(StoredSignUp | null)[]> {
    const found = await view.signUps(ids);
    const signUps = [...found.values()];
    const others = signUps.filter((signUp) => signUp.volunteerId !== actor.volunteerId);
    const activities = await view.activities(others.map((signUp) => signUp.activityId));
    const divisions = others.length ? await this.bank.divisions(view) : new Map();
    const guardians = others.length
      ? await this.bank.guardiansOf(
          view,
          others.map((signUp) => signUp.volunteerId),
        )
      : new Map();
    const hidden = new Set<string>();
    for (const signUp of others) {
      const activity = activities.get(signUp.activityId);
      invariant(activity, "a sign-up has an activity");
      const where = whereOf(activity, divisions, signUp.volunteerId);
      if (
        !roleFor(actor, "signUp.see", { ...where, guardianIds: guardians.get(signUp.volunteerId) }, this.bank.today())
      )
        hidden.add(signUp.id);
    }
    return ids.map((id) => (hidden.has(id) ? null : (found.get(id) ?? null)));
  }

  async ofShift(
    actor: Actor,
    shiftId: string,
    state: SignUpState[] | null,
    page: PageInput,
  ): Promise<Connection<StoredSignUp>> {
    const view = this.bank.store.view;
    const { activity } = await this.register.shift(view, shiftId);
    await this.register.permit(view, actor, "activity.see", activity);
    const states = checkChoices(state, "state") ?? null;
    return paged(
      page,
      ["count"],
      (bounds) => view.signUpsOfShift(shiftId, states, bounds),
      (one) => [one.openedSeq],
    );
  }

  async ofVolunteer(
    actor: Actor,
    volunteerId: string,
    state: SignUpState[] | null,
    page: PageInput,
  ): Promise<Connection<StoredSignUp>> {
    const view = this.bank.store.view;
    const guardianIds = (await this.bank.guardiansOf(view, [volunteerId])).get(volunteerId) ?? [];
    if (actor.volunteerId !== volunteerId) {
      const volunteer =
        (await view.volunteers([volunteerId])).get(volunteerId) ?? refuse("NOT_FOUND", {}, ["volunteerId"]);
      const places = (await this.bank.placesOf(view, volunteer)).map((place) => ({ ...place, guardianIds }));
      if (!this.bank.permitAny(actor, "signUp.see", places)) refuse("NOT_PERMITTED", { act: "signUp.see" });
    }
    const states = checkChoices(state, "state") ?? null;
    return paged(
      page,
      ["count"],
      (bounds) => view.signUpsOfVolunteer(volunteerId, states, bounds),
      (one) => [one.openedSeq],
    );
  }

  async mineForShifts(actor: Actor, shiftIds: readonly string[]): Promise<(StoredSignUp | null)[]> {
    if (!actor.volunteerId) return shiftIds.map(() => null);
    const found = await this.bank.store.view.signUpsForShifts(actor.volunteerId, shiftIds);
    return shiftIds.map((id) => found.get(id) ?? null);
  }

  async positions(ids: readonly string[]): Promise<(number | null)[]> {
    const found = await this.bank.store.view.positions(ids);
    return ids.map((id) => found.get(id) ?? null);
  }

  async dueForDeregistration(actor: Actor) {
    const view = this.bank.store.view;
    const scope = await this.bank.scope(view, actor, "regulator.see");
    const policies = await this.bank.policies(view);
    const today = this.bank.today();
    const [from, to] = yearOf(today);
    const least = {
      noShows: policies.count("noShow.deregisterPerYear", today),
      malicious: policies.count("noShow.maliciousPerYear", today),
    };
    const found = await view.missing(from, to, least, volunteersMost);
    const volunteers = await view.volunteers(found.map((line) => line.volunteerId));
    return found.filter((line) => {
      const volunteer = volunteers.get(line.volunteerId);
      if (volunteer?.state !== "ACTIVE" || !isDueForDeregistration(line, policies, today)) return false;
      if (!scope) return true;
      return (
        scope.organizationIds.includes(volunteer.vouchedBy ?? "") ||
        scope.divisionCodes.includes(volunteer.divisionCode)
      );
    });
  }

  missed(view: View, volunteerId: string, today: Day) {
    return view.missed(volunteerId, ...yearOf(today));
  }

  protected async mine(tx: Tx, actor: Actor, signUpId: string) {
    const found = await this.register.signUp(tx, signUpId);
    const role = await this.register.signUpRole(tx, actor, "signUp.see", found.activity, found.signUp.volunteerId);
    return role ? found : refuse("NOT_FOUND", {}, ["signUpId"]);
  }

  protected async by(
    tx: Tx,
    actor: Actor,
    act: "signUp.withdraw" | "signUp.consent",
    activity: Activity,
    signUp: SignUp,
  ): Promise<By> {
    const role = await this.register.signUpRole(tx, actor, act, activity, signUp.volunteerId);
    return { actor, role: role ?? refuse("NOT_PERMITTED", { act }) };
  }

  protected async reason(tx: Tx, actor: Actor, volunteerId: string, reason: string | null): Promise<string | null> {
    if (!reason) return null;
    const { personId } = await volunteerOf(tx, volunteerId);
    return this.bank.vault.seal(tx, actor.personId as string, personId, { reason });
  }

  protected shown(actor: Actor): (view: View, id: string) => Promise<StoredSignUp> {
    return async (view, id) =>
      (await this.seen(view, actor, [id]))[0] ?? refuse("NOT_PERMITTED", { act: "signUp.see" });
  }
}

const volunteersMost = 1000;
const yearOf = (today: Day): [from: number, to: number] => {
  const year = Number(today.slice(0, 4));
  return [startOf(`${year}-01-01`), startOf(`${year + 1}-01-01`)];
};

/** The same step again by the same actor answers the same: told by the sign-up's last step. */
export function isRepeated(steps: readonly SignUpStep[], actor: Actor, action: SignUpAction): boolean {
  const last = steps.at(-1);
  return last?.action === action && last.actorId === actor.personId;
}

export async function volunteerOf(view: View, id: string): Promise<Volunteer> {
  const volunteer = (await view.volunteers([id])).get(id);
  invariant(volunteer, "a sign-up has a volunteer");
  return volunteer;
}
