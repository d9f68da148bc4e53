import { openStates } from "../../domain/activities/machine";
import {
  acceptedAt,
  checkBooking,
  checkFree,
  checkReliable,
  companyAge,
  isLateWithdrawal,
  needsCompany,
  needsGuardian,
  waitingMost,
} from "../../domain/activities/signups";
import type { Activity, Shift, SignUp, SignUpAction, SignUpState, SignUpStep } from "../../domain/facts/activities";
import type { Volunteer } from "../../domain/facts/people";
import { dayOf, type Instant } from "../../domain/kit/calendar";
import { invariant } from "../../domain/kit/invariant";
import { refuse } from "../../domain/kit/refusal";
import type { Profile } from "../../domain/people/volunteers";
import type { Actor } from "../../domain/permissions/actors";
import type { StoredSignUp, Tx, View } from "../../storage/store";
import type { Bank } from "../bank";
import type { Done } from "../bank/answers";
import { type Asked, readField } from "../bank/fields";
import { checkStranger } from "../bank/near";
import { decideGuardianConsent, type signUpForShift, withdrawSignUp } from "./commands";
import { asTold, promisesOf } from "./promises";
import type { By, Register } from "./register";
import { SignUpReading } from "./sign-up-reading";
import type { Timekeeping } from "./timekeeping";

/** Sign-ups for shifts: signing up, waiting, consent and withdrawing. */
export class SignUps {
  readonly reading: SignUpReading;
  private readonly bank: Bank;
  constructor(
    private readonly register: Register,
    private readonly timekeeping: Timekeeping,
  ) {
    this.bank = register.bank;
    this.reading = new SignUpReading(register);
  }

  async signUp(actor: Actor, input: Asked<typeof signUpForShift>): Promise<Done<StoredSignUp>> {
    return this.bank.commands.once(
      actor,
      "signUp",
      input,
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

  /** Puts a volunteer on the list, or refuses: closed, not active, booked twice, unreliable, too young, full. */
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
    if (by.role !== "SYSTEM") this.bank.checkActive(await this.bank.organization(tx, activity.organizationId));
    const promises = await promisesOf(tx, volunteer.id, shift);
    asTold(by, () => checkBooking(shift, promises));
    const policies = await this.bank.policies(tx);
    const today = dayOf(tx.now);
    await this.timekeeping.settle(tx, volunteer.id);
    checkReliable(await this.reading.missed(tx, volunteer.id, today), policies, today, by.role === "VOLUNTEER");
    const profile = (await this.bank.vault.open<Profile>(tx, [volunteer.profileId])).get(volunteer.profileId);
    const asks = needsGuardian(profile, activity, shift);
    // Volunteers who wait get places before a new one does.
    await this.register.fillPlaces(tx, activity, shift);
    const { left, waiting } = await this.register.room(tx, shift);
    if (!mayWait && asks) refuse("GUARDIAN_CONSENT_MISSING", {}, ["shiftId"]);
    if (left === 0 && (!mayWait || waiting >= waitingMost(shift))) refuse("SHIFT_FULL", { waiting }, ["shiftId"]);
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

  /** The volunteer withdraws, or a lead does it for a volunteer who called. A late withdrawal counts as a no-show unless it is excused. The place is passed on. */
  async withdraw(actor: Actor, input: Asked<typeof withdrawSignUp>): Promise<StoredSignUp> {
    const reason = readField(withdrawSignUp, "reason", input.reason);
    return this.bank.commands.act(actor, async (tx, actor) => {
      const { signUp, shift, activity } = await this.mine(tx, actor, input.signUpId);
      const role = await this.register.signUpRole(tx, actor, "signUp.withdraw", activity, signUp.volunteerId);
      const by = { actor, role: role ?? refuse("NOT_PERMITTED", { act: "signUp.withdraw" }) };
      const steps = await this.stepsOf(tx, signUp);
      if (isRepeated(steps, actor, "WITHDRAW")) return signUp;
      // What had happened is then for the lead to say.
      if (tx.now >= shift.endsAt) refuse("SIGN_UP_CLOSED", { endsAt: new Date(shift.endsAt).toISOString() });
      const own = by.role === "VOLUNTEER" || by.role === "GUARDIAN";
      if (!own && !reason) refuse("REASON_MISSING", { action: "WITHDRAW" }, ["reason"]);
      const counted = openStates.includes(activity.state) && own;
      const late = counted && isLateWithdrawal(signUp, acceptedAt(steps), shift, await this.bank.policies(tx), tx.now);
      const reasonId = await this.reason(tx, actor, signUp.volunteerId, reason);
      const after: SignUp = { ...signUp, state: "WITHDRAWN", late };
      const moved = await this.register.moveSignUp(tx, by, activity, after, "WITHDRAW", signUp, reasonId);
      await this.register.fillPlaces(tx, activity, shift);
      return moved;
    });
  }

  /**
   * The guardian consents, or the child's station for the guardian, which holds the consent in writing and says where; never the
   * organiser. A child under 14 needs a companion.
   */
  async decideConsent(actor: Actor, input: Asked<typeof decideGuardianConsent>): Promise<StoredSignUp> {
    const reason = readField(decideGuardianConsent, "reason", input.reason);
    return this.bank.commands.act(actor, async (tx, actor) => {
      const { signUp, shift, activity } = await this.mine(tx, actor, input.signUpId);
      const volunteer = await volunteerOf(tx, signUp.volunteerId);
      const role = (await this.register.consenters(tx, actor, [volunteer.id])).get(volunteer.id);
      const by = { actor, role: role ?? refuse("NOT_PERMITTED", { act: "signUp.consent" }) };
      // Guardians speak for the child, and the grown up for themselves; a station's word is never for its people's own.
      if (role !== "GUARDIAN" && role !== "VOLUNTEER") await checkStranger(tx, actor, volunteer.personId);
      const action = input.consent ? "CONSENT" : "DECLINE";
      if (isRepeated(await this.stepsOf(tx, signUp), actor, action)) return signUp;
      if (by.role !== "GUARDIAN" && by.role !== "VOLUNTEER" && !reason)
        refuse("REASON_MISSING", { action }, ["reason"]);
      const reasonId = await this.reason(tx, actor, signUp.volunteerId, reason);
      if (!input.consent)
        return this.register.moveSignUp(tx, by, activity, { ...signUp, state: "WITHDRAWN" }, action, signUp, reasonId);
      const profile = (await this.bank.vault.open<Profile>(tx, [volunteer.profileId])).get(volunteer.profileId);
      const accompanied = input.accompanied ?? false;
      const policies = await this.bank.policies(tx);
      if (needsCompany(profile, shift, policies) && !accompanied)
        refuse("GUARDIAN_CONSENT_MISSING", { accompanied: true, age: companyAge(shift, policies) }, ["accompanied"]);
      if (!openStates.includes(activity.state) || shift.dropped || tx.now >= shift.endsAt)
        refuse("SIGN_UP_CLOSED", { state: activity.state });
      checkFree(shift, await promisesOf(tx, volunteer.id, shift));
      await this.register.fillPlaces(tx, activity, shift);
      const state: SignUpState = (await this.register.room(tx, shift)).left > 0 ? "ACCEPTED" : "WAITLISTED";
      return this.register.moveSignUp(tx, by, activity, { ...signUp, state, accompanied }, action, signUp, reasonId);
    });
  }

  async stepsOf(view: View, { id }: Pick<SignUp, "id">): Promise<SignUpStep[]> {
    return (await view.signUpSteps([id])).get(id) ?? [];
  }

  private async mine(tx: Tx, actor: Actor, signUpId: string) {
    const scene = await this.register.signUp(tx, signUpId);
    return (await this.reading.many(actor, [signUpId], tx))[0] ? scene : refuse("NOT_FOUND", {}, ["signUpId"]);
  }

  private async reason(tx: Tx, actor: Actor, volunteerId: string, reason: string | null): Promise<string | null> {
    if (!reason) return null;
    const { personId } = await volunteerOf(tx, volunteerId);
    return this.bank.vault.sealWords(tx, actor.personId as string, personId, { reason });
  }

  private shown(actor: Actor): (view: View, id: string) => Promise<StoredSignUp> {
    return async (view, id) =>
      (await this.reading.many(actor, [id], view))[0] ?? refuse("NOT_PERMITTED", { act: "signUp.see" });
  }
}

/** An actor who takes the same step again gets the same answer. The sign-up's last step tells who took it. */
export function isRepeated(steps: readonly SignUpStep[], actor: Actor, action: SignUpAction): boolean {
  const last = steps.at(-1);
  return last?.action === action && last.actorId === actor.personId;
}

export async function volunteerOf(view: View, id: string): Promise<Volunteer> {
  const volunteer = (await view.volunteers([id])).get(id);
  invariant(volunteer, "a sign-up has a volunteer");
  return volunteer;
}
