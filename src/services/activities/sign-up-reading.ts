import { openStates } from "../../domain/activities/machine";
import {
  acceptedAt,
  freeWithdrawalUntil,
  isDueForDeregistration,
  pendingStates,
} from "../../domain/activities/signups";
import type { SignUpState, SignUpStep } from "../../domain/facts/activities";
import { type Day, dayOf, type Instant, startOf } from "../../domain/kit/calendar";
import { invariant } from "../../domain/kit/invariant";
import { readNumber } from "../../domain/people/numbers";
import { type Actor, roleFor } from "../../domain/permissions/actors";
import type { StoredSignUp, View } from "../../storage/store";
import type { Bank } from "../bank";
import type { Connection, PageInput } from "../bank/answers";
import { readField } from "../bank/fields";
import { paged } from "../bank/paging";
import { numberEnds, signUpFilter } from "./commands";
import { type Register, whereOf } from "./register";

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

/** Reads sign-ups for the volunteer and the guardian, for the organisation of the shift, and for the office. */
export class SignUpReading {
  private readonly bank: Bank;
  constructor(private readonly register: Register) {
    this.bank = register.bank;
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

  /** The volunteers who are to be struck off this year. Supervisors, officers and auditors may read them. */
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
}

const volunteersMost = 1000;
const yearOf = (today: Day): [from: number, to: number] => {
  const year = Number(today.slice(0, 4));
  return [startOf(`${year}-01-01`), startOf(`${year + 1}-01-01`)];
};
