import { type Activity, openStates } from "../../domain/activities/machine";
import { knewInTime, pendingStates } from "../../domain/activities/signups";
import { system } from "../../domain/actors";
import type { Instant } from "../../domain/calendar";
import type { StoredSignUp, Tx } from "../../storage/store";
import type { Bank } from "../bank";
import { byItself, type Register } from "./register";

const atATime = 500;

/** What the clock brings: an activity begins with its first check-in, and ends whether or not somebody says so. */
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
    const minutes = policies.count("checkIn.closesMinutesAfter", this.bank.today());
    const before = this.bank.clock() - minutes * 60_000;
    const failed: unknown[] = [];
    const each = async (ids: Iterable<string>, work: (tx: Tx, activity: Activity) => Promise<unknown>) => {
      for (const id of ids)
        await this.bank
          .act(system, async (tx) => {
            const activity = (await tx.activities([id])).get(id);
            if (activity && openStates.includes(activity.state)) await work(tx, activity);
          })
          .catch((error: unknown) => failed.push(error));
    };
    const unmet = await store.view.unmetSignUps(before, atATime);
    await each(new Set(unmet.map((signUp) => signUp.activityId)), async (tx, activity) =>
      this.miss(tx, activity, await tx.signUpsOfActivity(activity.id, ["ACCEPTED"]), before),
    );
    // Who was passed over because of another promise may be free by now.
    for (const { id, activityId } of await store.view.unfilledShifts(this.bank.clock(), atATime))
      await each([activityId], async (tx, activity) => {
        const shift = (await tx.shifts([id])).get(id);
        if (shift) await this.register.fillPlaces(tx, activity, shift);
      });
    const over = await store.view.activitiesOver(before, atATime);
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
   * After the end: who did not come is noted, who waited in vain or for a shift that was not held is let go; with anything
   * to record, recording begins.
   */
  async wrapUp(tx: Tx, activity: Activity): Promise<Activity> {
    await this.miss(tx, activity, await tx.signUpsOfActivity(activity.id, ["ACCEPTED"]), tx.now);
    for (const signUp of await tx.signUpsOfActivity(activity.id, pendingStates))
      await this.register.moveSignUp(tx, byItself, activity, { ...signUp, state: "WITHDRAWN" }, "CANCEL", signUp);
    const attended = (await tx.attendanceCounts(activity.id)).length > 0;
    return attended ? this.register.moveActivity(tx, byItself, activity, "RECORD", activity) : activity;
  }

  /** A shift that is over was missed by whoever had a place in time and was free to come; nobody else is blamed. */
  private async miss(
    tx: Tx,
    activity: Activity,
    signUps: readonly StoredSignUp[],
    endedBefore: Instant,
  ): Promise<void> {
    const policies = await this.bank.policies(tx);
    const shifts = await tx.shifts(signUps.map((signUp) => signUp.shiftId));
    const volunteers = await tx.volunteers(signUps.map((signUp) => signUp.volunteerId));
    const steps = await tx.signUpSteps(signUps.map(({ id }) => id));
    for (const signUp of signUps) {
      const shift = shifts.get(signUp.shiftId);
      if (!shift || shift.endsAt > endedBefore) continue;
      const knew = knewInTime(steps.get(signUp.id) ?? [], shift, policies);
      const blamed = knew && !shift.dropped && volunteers.get(signUp.volunteerId)?.state === "ACTIVE";
      const state = blamed ? "NO_SHOW" : "WITHDRAWN";
      await this.register.moveSignUp(tx, byItself, activity, { ...signUp, state }, blamed ? "MISS" : "CANCEL", signUp);
    }
  }
}
