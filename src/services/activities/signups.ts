import { openStates } from "../../domain/activities/machine";
import {
  acceptedAt,
  checkBooking,
  checkFree,
  checkReliable,
  companyAge,
  freeWithdrawalUntil,
  isDueForDeregistration,
  isLateWithdrawal,
  needsCompany,
  needsGuardian,
  pendingStates,
  waitingMost,
} from "../../domain/activities/signups";
import type { Activity, Shift, SignUp, SignUpAction, SignUpState, SignUpStep } from "../../domain/facts/activities";
import type { Volunteer } from "../../domain/facts/people";
import { type Day, dayOf, type Instant, startOf } from "../../domain/kit/calendar";
import { invariant } from "../../domain/kit/invariant";
import { Refusal, refuse } from "../../domain/kit/refusal";
import { readNumber } from "../../domain/people/numbers";
import type { Profile } from "../../domain/people/volunteers";
import { type Actor, roleFor } from "../../domain/permissions/actors";
import type { StoredSignUp, Tx, View } from "../../storage/store";
import type { Bank } from "../bank";
import type { Connection, Done, PageInput } from "../bank/answers";
import { type Asked, readField } from "../bank/fields";
import { checkStranger } from "../bank/near";
import { paged } from "../bank/paging";
import { decideGuardianConsent, numberEnds, signUpFilter, withdrawSignUp } from "./commands";
import { type By, type Register, whereOf } from "./register";
import type { Timekeeping } from "./timekeeping";

/** What it would cost a volunteer to take a sign-up back now. */
export interface WithdrawalCost {
  countsAsNoShow: boolean;
  /** The instant until which a withdrawal costs nothing; null where none costs anything as things stand. */
  freeUntil: Instant | null;
  /** So many hours before a shift, withdrawing begins to count. */
  lateHours: number;
  /** No-shows of this calendar year so far, and with how many signing up ends; for the volunteer and the guardian alone. */
  noShows: number | null;
  noShowsMost: number | null;
}

/** Sign-ups for shifts: signing up, waiting, consent and withdrawing, and what each actor sees of them. */
export class SignUps {
  private readonly bank: Bank;
  constructor(
    private readonly register: Register,
    private readonly timekeeping: Timekeeping,
  ) {
    this.bank = register.bank;
  }

  async signUp(actor: Actor, input: { idempotencyKey: string; shiftId: string }): Promise<Done<StoredSignUp>> {
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
    const bookings = await tx.bookings(volunteer.id, shift);
    asTold(by, () => checkBooking(shift, bookings));
    const policies = await this.bank.policies(tx);
    const today = dayOf(tx.now);
    await this.timekeeping.settle(tx, volunteer.id);
    checkReliable(await this.missed(tx, volunteer.id, today), policies, today, by.role === "VOLUNTEER");
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
      checkFree(shift, await tx.bookings(volunteer.id, shift));
      await this.register.fillPlaces(tx, activity, shift);
      const state: SignUpState = (await this.register.room(tx, shift)).left > 0 ? "ACCEPTED" : "WAITLISTED";
      return this.register.moveSignUp(tx, by, activity, { ...signUp, state, accompanied }, action, signUp, reasonId);
    });
  }

  /** Null for absent or not yours to see. Batched. */
  async many(
    actor: Actor,
    ids: readonly string[],
    view: View = this.bank.store.view,
  ): Promise<(StoredSignUp | null)[]> {
    const byId = await view.signUps(ids);
    const signUps = [...byId.values()];
    const others = signUps.filter((signUp) => signUp.volunteerId !== actor.volunteerId);
    const activities = await view.activities(others.map((signUp) => signUp.activityId));
    const divisions = others.length ? await this.bank.divisions(view) : new Map();
    const guardians = others.length
      ? await this.bank.guardiansOf(
          view,
          others.map((signUp) => signUp.volunteerId),
        )
      : new Map();
    const hidden: StoredSignUp[] = [];
    for (const signUp of others) {
      const activity = activities.get(signUp.activityId);
      invariant(activity, "a sign-up has an activity");
      const where = whereOf(activity, divisions, signUp.volunteerId);
      if (
        !roleFor(actor, "signUp.see", { ...where, guardianIds: guardians.get(signUp.volunteerId) }, this.bank.today())
      )
        hidden.push(signUp);
    }
    const consented = await this.register.consenters(
      view,
      actor,
      hidden.map((signUp) => signUp.volunteerId),
    );
    for (const { id, volunteerId } of hidden) if (!consented.has(volunteerId)) byId.delete(id);
    return ids.map((id) => byId.get(id) ?? null);
  }

  /** The sign-ups of a shift, for its own organisation; NOT_PERMITTED for others. `numberEnds` keeps volunteers whose number ends so. */
  async ofShift(
    actor: Actor,
    shiftId: string,
    filter: { state?: SignUpState[] | null; numberEnds?: string | null },
    page: PageInput,
  ): Promise<Connection<StoredSignUp>> {
    const view = this.bank.store.view;
    const { activity } = await this.register.shift(view, shiftId);
    await this.register.permit(view, actor, "activity.see", activity);
    const states = readField(signUpFilter, "state", filter.state, ["filter"]) ?? null;
    const typed = numberEnds.read(filter.numberEnds, ["numberEnds"]);
    const ends = typed === null ? null : readNumber(typed);
    return paged(
      page,
      { name: "signUps of a shift", shape: ["count"] },
      (bounds) => view.signUpsOfShift(shiftId, states, bounds, ends),
      (signUp) => [signUp.openedSeq],
    );
  }

  /** The sign-ups of an activity in these states, for its own organisation; NOT_PERMITTED for others. */
  async ofActivity(actor: Actor, activityId: string, states: readonly SignUpState[]): Promise<StoredSignUp[]> {
    const view = this.bank.store.view;
    const activity = await this.register.activity(view, actor, activityId);
    await this.register.permit(view, actor, "activity.see", activity);
    return view.signUpsOfActivity(activityId, states);
  }

  async ofVolunteer(
    actor: Actor,
    volunteerId: string,
    state: SignUpState[] | null,
    page: PageInput,
  ): Promise<Connection<StoredSignUp>> {
    const view = this.bank.store.view;
    const own = actor.volunteerId === volunteerId;
    const theirs = own || (await this.register.consenters(view, actor, [volunteerId])).has(volunteerId);
    // An organisation sees its own lists alone, and not where else a volunteer will be.
    const within = theirs ? null : await this.bank.places.scope(view, actor, "signUp.see");
    const states = readField(signUpFilter, "state", state, ["filter"]) ?? null;
    return paged(
      page,
      { name: "signUps of a volunteer", shape: ["count"] },
      (bounds) => view.signUpsOfVolunteer(volunteerId, states, bounds, within),
      (signUp) => [signUp.openedSeq],
    );
  }

  /** The actor's own newest sign-up for each of these shifts; null where there is none. */
  async mineForShifts(actor: Actor, shiftIds: readonly string[]): Promise<(StoredSignUp | null)[]> {
    if (!actor.volunteerId) return shiftIds.map(() => null);
    const signUps = await this.bank.store.view.signUpsForShifts(actor.volunteerId, shiftIds);
    return shiftIds.map((id) => signUps.get(id) ?? null);
  }

  async positions(ids: readonly string[]): Promise<(number | null)[]> {
    const positions = await this.bank.store.view.positions(ids);
    return ids.map((id) => positions.get(id) ?? null);
  }

  /**
   * What a withdrawal by the volunteer or the guardian would cost now; null where it is not yours to see, and where there is
   * nothing to take back. Batched.
   */
  async withdrawalCosts(actor: Actor, ids: readonly string[]): Promise<(WithdrawalCost | null)[]> {
    const view = this.bank.store.view;
    const now = this.bank.clock();
    const seen = (await this.many(actor, ids, view)).filter((signUp) => signUp !== null);
    const shifts = await view.shifts(seen.map(({ shiftId }) => shiftId));
    const activities = await view.activities(seen.map(({ activityId }) => activityId));
    const steps = await view.signUpSteps(seen.map(({ id }) => id));
    const policies = await this.bank.policies(view);
    const missed = await this.missedOfMine(view, actor, seen);
    const costs = new Map<string, WithdrawalCost>();
    for (const signUp of seen) {
      const [shift, activity] = [shifts.get(signUp.shiftId), activities.get(signUp.activityId)];
      invariant(shift && activity, "a sign-up has a shift and an activity");
      if (!pendingStates.includes(signUp.state) || now >= shift.endsAt) continue;
      const counted = openStates.includes(activity.state);
      const freeUntil = counted
        ? freeWithdrawalUntil(signUp, acceptedAt(steps.get(signUp.id) ?? []), shift, policies)
        : null;
      const noShows = missed.get(signUp.volunteerId)?.noShows ?? null;
      costs.set(signUp.id, {
        countsAsNoShow: freeUntil !== null && now > freeUntil,
        freeUntil,
        lateHours: policies.count("signUp.lateCancelHours", dayOf(shift.startsAt)),
        noShows,
        noShowsMost: noShows === null ? null : policies.count("noShow.deregisterPerYear", dayOf(now)),
      });
    }
    return ids.map((id) => costs.get(id) ?? null);
  }

  /** Volunteers due to be struck off this year, for supervisors, officers and auditors. */
  async dueForDeregistration(actor: Actor) {
    const view = this.bank.store.view;
    const scope = await this.bank.places.scope(view, actor, "regulator.see");
    const policies = await this.bank.policies(view);
    const today = this.bank.today();
    const [from, to] = yearOf(today);
    const least = {
      noShows: policies.count("noShow.deregisterPerYear", today),
      malicious: policies.count("noShow.maliciousPerYear", today),
    };
    const volunteers = await view.missing(from, to, least, scope, volunteersMost);
    return volunteers.filter((line) => isDueForDeregistration(line, policies, today));
  }

  /** Steps and their reasons of sign-ups that the actor sees; else none. Batched. */
  async history(actor: Actor, ids: readonly string[]): Promise<(SignUpStep & { reason: string | null })[][]> {
    const view = this.bank.store.view;
    const seen = await this.many(actor, ids);
    const steps = await view.signUpSteps(seen.flatMap((signUp) => signUp?.id ?? []));
    const reasons = await this.bank.vault.open<{ reason: string }>(
      view,
      [...steps.values()].flat().map((step) => step.reasonId),
    );
    return ids.map((id) =>
      (steps.get(id) ?? []).map((step) => ({
        ...step,
        reason: (step.reasonId && reasons.get(step.reasonId)?.reason) || null,
      })),
    );
  }

  async stepsOf(view: View, { id }: Pick<SignUp, "id">): Promise<SignUpStep[]> {
    return (await view.signUpSteps([id])).get(id) ?? [];
  }

  missed(view: View, volunteerId: string, today: Day) {
    return view.missed(volunteerId, ...yearOf(today));
  }

  /** This year's no-shows of the actor and of the actor's wards. */
  private async missedOfMine(view: View, actor: Actor, signUps: readonly StoredSignUp[]) {
    const ids = [...new Set(signUps.map(({ volunteerId }) => volunteerId))];
    const guardians = await this.bank.guardiansOf(view, ids);
    const mine = ids.filter(
      (id) => id === actor.volunteerId || (actor.personId && guardians.get(id)?.includes(actor.personId)),
    );
    const today = this.bank.today();
    return new Map(await Promise.all(mine.map(async (id) => [id, await this.missed(view, id, today)] as const)));
  }

  private async mine(tx: Tx, actor: Actor, signUpId: string) {
    const scene = await this.register.signUp(tx, signUpId);
    return (await this.many(actor, [signUpId], tx))[0] ? scene : refuse("NOT_FOUND", {}, ["signUpId"]);
  }

  private async reason(tx: Tx, actor: Actor, volunteerId: string, reason: string | null): Promise<string | null> {
    if (!reason) return null;
    const { personId } = await volunteerOf(tx, volunteerId);
    return this.bank.vault.sealWords(tx, actor.personId as string, personId, { reason });
  }

  private shown(actor: Actor): (view: View, id: string) => Promise<StoredSignUp> {
    return async (view, id) =>
      (await this.many(actor, [id], view))[0] ?? refuse("NOT_PERMITTED", { act: "signUp.see" });
  }
}

/** Where else a volunteer is promised is not named to a lead, who may know that it is so; the volunteer knows where. */
export function asTold({ role }: By, check: () => void): void {
  try {
    check();
  } catch (error) {
    const hides = error instanceof Refusal && error.code === "DOUBLE_BOOKED" && role !== "VOLUNTEER";
    throw hides ? new Refusal(error.code, { elsewhere: true }, error.path) : error;
  }
}

const volunteersMost = 1000;
const yearOf = (today: Day): [from: number, to: number] => {
  const year = Number(today.slice(0, 4));
  return [startOf(`${year}-01-01`), startOf(`${year + 1}-01-01`)];
};

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
