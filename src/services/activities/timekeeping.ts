import { checkOutCloses } from "../../domain/activities/attendance";
import { openStates } from "../../domain/activities/machine";
import { knewInTime, pendingStates } from "../../domain/activities/signups";
import type { Activity, Shift } from "../../domain/facts/activities";
import { addDays, dayOf, type Instant } from "../../domain/kit/calendar";
import { system } from "../../domain/permissions/actors";
import type { Policies } from "../../domain/policies";
import type { StoredSignUp, Tx } from "../../storage/store";
import type { Bank } from "../bank";
import { byItself, type Register } from "./register";

const atATime = 500;

/** Steps by the clock: an activity begins with its first check-in, and ends also where its lead does not say so. */
export class Timekeeping {
  private readonly bank: Bank;
  constructor(private readonly register: Register) {
    this.bank = register.bank;
  }

  /** An activity that people have checked in to has begun, whether or not its lead said so. */
  async begin(tx: Tx, activity: Activity): Promise<Activity> {
    return activity.state === "PUBLISHED"
      ? this.register.moveActivity(tx, byItself, activity, "START", activity)
      : activity;
  }

  /**
   * Some hours after each shift notes who did not come, fills places that are free though people wait, and after the last
   * shift ends what nobody ended. What fails for one activity is told, and leaves the others their turn.
   */
  async keepTime(): Promise<{ missed: number; ended: number; failed: unknown[] }> {
    const { store } = this.bank;
    const policies = await this.bank.policies(store.view);
    const before = closedBefore(policies, this.bank.clock());
    const failed: unknown[] = [];
    const each = async (ids: Iterable<string>, work: (tx: Tx, activity: Activity) => Promise<unknown>) => {
      for (const id of ids)
        await this.bank.commands
          .act(system, async (tx) => {
            const activity = (await tx.activities([id])).get(id);
            if (activity && openStates.includes(activity.state)) await work(tx, activity);
          })
          .catch((error: unknown) => failed.push(error));
    };
    const unmet = await store.view.unmetSignUps(before, atATime);
    await each(new Set(unmet.map((signUp) => signUp.activityId)), async (tx, activity) =>
      this.miss(tx, activity, await tx.signUpsOfActivity(activity.id, ["ACCEPTED"]), (shift) =>
        isClosed(shift, policies, tx.now),
      ),
    );
    // A volunteer who was passed over because of another promise may be free by now.
    for (const { id, activityId } of await store.view.unfilledShifts(this.bank.clock(), atATime))
      await each([activityId], async (tx, activity) => {
        const shift = (await tx.shifts([id])).get(id);
        if (shift) await this.register.fillPlaces(tx, activity, shift);
      });
    const over = (await store.view.activitiesOver(before, atATime)).filter((activity) =>
      isClosed(activity, policies, this.bank.clock()),
    );
    await each(
      over.map(({ id }) => id),
      async (tx, activity) => {
        const begun = await this.begin(tx, activity);
        await this.wrapUp(tx, await this.register.moveActivity(tx, byItself, begun, "END", begun));
      },
    );
    return { missed: unmet.length, ended: over.length, failed };
  }

  /**
   * Notes what a volunteer has missed by now, before the volunteer signs up again: the fifth no-show counts at once, also where
   * the clock has not reached it yet.
   */
  async settle(tx: Tx, volunteerId: string): Promise<void> {
    const policies = await this.bank.policies(tx);
    const unmet = await tx.unmetSignUps(closedBefore(policies, tx.now), atATime, volunteerId);
    const activities = await tx.activities(unmet.map((signUp) => signUp.activityId));
    for (const activity of activities.values())
      await this.miss(
        tx,
        activity,
        unmet.filter((signUp) => signUp.activityId === activity.id),
        (shift) => isClosed(shift, policies, tx.now),
      );
  }

  /**
   * After the end: who did not come is noted, who waited in vain or for a shift that was not held is let go; with anything
   * to record, recording begins.
   */
  async wrapUp(tx: Tx, activity: Activity): Promise<Activity> {
    await this.miss(
      tx,
      activity,
      await tx.signUpsOfActivity(activity.id, ["ACCEPTED"]),
      ({ endsAt }) => endsAt <= tx.now,
    );
    for (const signUp of await tx.signUpsOfActivity(activity.id, pendingStates))
      await this.register.moveSignUp(tx, byItself, activity, { ...signUp, state: "WITHDRAWN" }, "CANCEL", signUp);
    const attended = (await tx.attendanceCounts(activity.id)).length > 0;
    return attended ? this.register.moveActivity(tx, byItself, activity, "RECORD", activity) : activity;
  }

  /** A shift that is over was missed by volunteers who had a place in time and were free to come, and by no others. */
  private async miss(
    tx: Tx,
    activity: Activity,
    signUps: readonly StoredSignUp[],
    isOver: (shift: Shift) => boolean,
  ): Promise<void> {
    const policies = await this.bank.policies(tx);
    const shifts = await tx.shifts(signUps.map((signUp) => signUp.shiftId));
    const volunteers = await tx.volunteers(signUps.map((signUp) => signUp.volunteerId));
    const steps = await tx.signUpSteps(signUps.map(({ id }) => id));
    for (const signUp of signUps) {
      const shift = shifts.get(signUp.shiftId);
      if (!shift || !isOver(shift)) continue;
      const knew = knewInTime(steps.get(signUp.id) ?? [], shift, policies);
      const blamed = knew && !shift.dropped && volunteers.get(signUp.volunteerId)?.state === "ACTIVE";
      const state = blamed ? "NO_SHOW" : "WITHDRAWN";
      await this.register.moveSignUp(tx, byItself, activity, { ...signUp, state }, blamed ? "MISS" : "CANCEL", signUp);
    }
  }
}

/** Whether nobody can check out of it any more; by the rule of the day on which it ended. */
function isClosed(shift: Pick<Shift, "endsAt">, policies: Policies, now: Instant): boolean {
  return checkOutCloses(shift, policies) < now;
}

/** No shift that ended after this is closed: what closes now ended today or yesterday, under the rule of either day. */
function closedBefore(policies: Policies, now: Instant): Instant {
  const today = dayOf(now);
  const minutes = [today, addDays(today, -1)].map((day) => policies.count("checkIn.closesMinutesAfter", day));
  return now - Math.min(...minutes) * 60_000;
}
