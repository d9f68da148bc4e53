import { capacityMax, isAnnounced, leadsTo } from "../../domain/activities/machine";
import { isFree } from "../../domain/activities/signups";
import { noCounts } from "../../domain/activities/tallies";
import type { Attendance, AttendanceAction } from "../../domain/facts/activities";
import {
  type Activity,
  type ActivityStepAction,
  activityMoves,
  attendanceMoves,
  type Shift,
  type SignUp,
  type SignUpAction,
  signUpMoves,
} from "../../domain/facts/activities";
import type { ActorKind } from "../../domain/facts/actors";
import type { Division } from "../../domain/facts/organizations";
import { invariant } from "../../domain/kit/invariant";
import { take } from "../../domain/kit/moves";
import { refuse } from "../../domain/kit/refusal";
import { lineage } from "../../domain/organizations";
import { isAdult, type Profile } from "../../domain/people/volunteers";
import { type Act, type Actor, system, type Where } from "../../domain/permissions/actors";
import type { StoredAttendance, StoredSignUp, Tx, View } from "../../storage/store";
import type { Bank } from "../bank";
import { promisesOf } from "./promises";
import { placeOf, Tallies } from "./tallies";

/** The actor who takes a step, and the role. */
export interface By {
  actor: Actor;
  role: ActorKind;
}
/** The bank's own steps, by its clock or as a consequence of a person's step. */
export const byItself: By = { actor: system, role: "SYSTEM" };

/**
 * The book in which activities, shifts, sign-ups and attendances stand: found and permitted, and each step appended with
 * the totals it moves. What a step means is decided by its caller.
 */
export class Register {
  readonly tallies = new Tallies();

  constructor(readonly bank: Bank) {}

  async whereOf(view: View, activity: Activity, volunteerId?: string): Promise<Where> {
    return whereOf(activity, await this.bank.divisions(view), volunteerId);
  }

  /** The places where an activity is reviewed: the stations of its division and of those above it, and its own organisation where that is a station. */
  async reviewPlaces(view: View, activity: Activity): Promise<Where[]> {
    const where = await this.whereOf(view, activity);
    const organization = (await view.organizations([activity.organizationId])).get(activity.organizationId);
    return [
      ...(organization?.kind === "SOCIAL_WORK_STATION" ? [where] : []),
      ...(await this.bank.places.withStations(view, where)),
    ];
  }

  /** The activity, if the actor may see it. Everybody sees an announced one; its own organisation and the reviewers also see drafts. */
  async activity(view: View, actor: Actor, id: string, path: string[] = ["activityId"]): Promise<Activity> {
    const activity = (await view.activities([id])).get(id) ?? refuse("NOT_FOUND", {}, path);
    return (await this.sees(view, actor, activity)) ? activity : refuse("NOT_FOUND", {}, path);
  }

  async sees(view: View, actor: Actor, activity: Activity): Promise<boolean> {
    return isAnnounced(activity) || this.works(view, actor, activity);
  }

  /** Whether the actor works at the activity's own organisation, or reviews the activity. */
  async works(view: View, actor: Actor, activity: Activity): Promise<boolean> {
    if (actor.grants.length === 0 && actor !== system) return false;
    if (this.bank.permitAny(actor, "activity.see", [await this.whereOf(view, activity)])) return true;
    return this.bank.permitAny(actor, "activity.review", await this.reviewPlaces(view, activity)) !== null;
  }

  async permit(view: View, actor: Actor, act: Act, activity: Activity): Promise<By> {
    return { actor, role: this.bank.permit(actor, act, await this.whereOf(view, activity)) };
  }

  async shift(view: View, id: string, path: string[] = ["shiftId"]): Promise<{ shift: Shift; activity: Activity }> {
    const shift = (await view.shifts([id])).get(id) ?? refuse("NOT_FOUND", {}, path);
    const activity = (await view.activities([shift.activityId])).get(shift.activityId);
    invariant(activity, "a shift has an activity");
    return { shift, activity };
  }

  async signUp(view: View, id: string, path: string[] = ["signUpId"]) {
    const signUp = (await view.signUps([id])).get(id) ?? refuse("NOT_FOUND", {}, path);
    return { signUp, ...(await this.shift(view, signUp.shiftId)) };
  }

  /** The role in which the actor may do this to a sign-up: as the volunteer, as a guardian, or at the activity. */
  async signUpRole(view: View, actor: Actor, act: Act, activity: Activity, volunteerId: string) {
    const guardianIds = (await this.bank.guardiansOf(view, [volunteerId])).get(volunteerId) ?? [];
    return this.bank.permitAny(actor, act, [{ ...(await this.whereOf(view, activity, volunteerId)), guardianIds }]);
  }

  /**
   * For which of these volunteers the actor decides on a sign-up that waits for consent: a minor's guardian, or the station
   * that vouched and the office, which hold a guardian's word in writing; never the organiser as such. Grown up: themselves.
   */
  async consenters(view: View, actor: Actor, volunteerIds: readonly string[]): Promise<Map<string, ActorKind>> {
    if (volunteerIds.length === 0) return new Map();
    const volunteers = await view.volunteers([...new Set(volunteerIds)]);
    const guardians = await this.bank.guardiansOf(view, [...volunteers.keys()]);
    const profiles = await this.bank.vault.open<Profile>(
      view,
      [...volunteers.values()].map(({ profileId }) => profileId),
    );
    const divisions = await this.bank.divisions(view);
    const roles = new Map<string, ActorKind>();
    for (const [id, { vouchedBy, divisionCode, profileId }] of volunteers) {
      const profile = profiles.get(profileId);
      if (!profile) continue;
      const isGrownUp = isAdult(profile, this.bank.today());
      const home = { organizationId: vouchedBy, divisions: lineage(divisionCode, divisions) };
      // A volunteer who has grown up while a consent waited decides alone: no guardian answers any more.
      const role = isGrownUp
        ? this.bank.permitAny({ ...actor, grants: [] }, "signUp.consent", [{ volunteerId: id }])
        : this.bank.permitAny(actor, "signUp.consent", [{ ...home, guardianIds: guardians.get(id) }]);
      if (role) roles.set(id, role);
    }
    return roles;
  }

  async moveActivity(
    tx: Tx,
    { actor, role }: By,
    activity: Activity,
    action: ActivityStepAction,
    before: Activity | null,
    reasonId: string | null = null,
  ): Promise<Activity> {
    const to = before ? leadsTo(before, action) : undefined;
    const moved: Activity = { ...activity, ...take(activityMoves, before, action, { reason: reasonId, to }) };
    await tx.append(actor.personId as string, {
      type: "ACTIVITY_STEP",
      ...moved,
      action,
      from: before?.state ?? null,
      actorKind: role,
      reasonId,
    });
    await this.tallies.activity(tx, before, moved);
    return moved;
  }

  async setShift(tx: Tx, { actor }: By, shift: Shift): Promise<void> {
    await tx.append(actor.personId as string, { type: "SHIFT_SET", ...shift });
  }

  async moveSignUp(
    tx: Tx,
    { actor, role }: By,
    activity: Activity,
    signUp: SignUp,
    action: SignUpAction,
    before: StoredSignUp | null,
    reasonId: string | null = null,
  ): Promise<StoredSignUp> {
    const { openedSeq: _, seq: __, ...facts } = signUp as StoredSignUp & { seq?: number };
    const { state, version } = take(signUpMoves, before, action, { to: signUp.state, reason: reasonId });
    const seq = await tx.append(actor.personId as string, {
      type: "SIGN_UP_STEP",
      ...facts,
      state,
      version,
      action,
      from: before?.state ?? null,
      actorKind: role,
      reasonId,
    });
    const place = placeOf(activity, signUp.shiftId);
    await this.tallies.signUp(tx, place, signUp.volunteerId, before?.state ?? null, state);
    return { ...facts, version, openedSeq: before?.openedSeq ?? seq };
  }

  async moveAttendance(
    tx: Tx,
    { actor, role }: By,
    activity: Activity,
    attendance: Attendance,
    action: AttendanceAction,
    before: StoredAttendance | null,
  ): Promise<StoredAttendance> {
    const { openedSeq: _, seq: __, ...facts } = attendance as StoredAttendance & { seq?: number };
    const stood = before && { state: before.outcome, version: before.version };
    const { version } = take(attendanceMoves, stood, action, { to: attendance.outcome });
    const seq = await tx.append(actor.personId as string, {
      type: "ATTENDANCE_STEP",
      ...facts,
      version,
      action,
      actorKind: role,
    });
    await this.tallies.attendance(tx, placeOf(activity, attendance.shiftId), before, attendance);
    return { ...facts, version, openedSeq: before?.openedSeq ?? seq };
  }

  /** How many places are left, and how many people wait. */
  async room(view: View, shift: Shift): Promise<{ left: number; waiting: number }> {
    const { signedUp, waitlisted } = (await view.totalsOf([shift.id])).get(shift.id) ?? noCounts;
    return { left: Math.max(0, shift.capacity - signedUp), waiting: waitlisted };
  }

  /**
   * Gives freed places to the volunteers who have waited longest, unless they have promised that time elsewhere meanwhile, or
   * left the bank; none is given once the shift began. A volunteer who is passed over keeps their turn.
   */
  async fillPlaces(tx: Tx, activity: Activity, shift: Shift): Promise<void> {
    if (shift.dropped || tx.now >= shift.startsAt) return;
    let { left, waiting: waits } = await this.room(tx, shift);
    if (left === 0 || waits === 0) return;
    const queue = await tx.signUpsOfShift(shift.id, ["WAITLISTED"], { first: capacityMax, after: null });
    const volunteers = await tx.volunteers(queue.map(({ volunteerId }) => volunteerId));
    for (const waiting of queue) {
      if (left === 0) return;
      if (volunteers.get(waiting.volunteerId)?.state !== "ACTIVE") continue;
      if (!isFree(shift, await promisesOf(tx, waiting.volunteerId, shift))) continue;
      await this.moveSignUp(tx, byItself, activity, { ...waiting, state: "ACCEPTED" }, "MOVE_UP", waiting);
      left -= 1;
    }
  }
}

export function whereOf(activity: Activity, divisions: ReadonlyMap<string, Division>, volunteerId?: string): Where {
  return {
    organizationId: activity.organizationId,
    divisions: lineage(activity.divisionCode, divisions),
    volunteerId,
  };
}
