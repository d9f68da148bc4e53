import { checkFree, needsGuardian, pendingStates } from "../../domain/activities/signups";
import type { Activity, Shift, SignUpState } from "../../domain/facts/activities";
import { invariant } from "../../domain/kit/invariant";
import { Refusal } from "../../domain/kit/refusal";
import type { Profile } from "../../domain/people/volunteers";
import type { StoredSignUp, Tx } from "../../storage/store";
import type { Bank } from "../bank";
import { promisesOf } from "./promises";
import { type By, byItself, type Register } from "./register";
import { shiftsOf } from "./shifts";

/** What a change of an activity means for everybody on its lists: each is told by a step of their own sign-up. */
export class Telling {
  private readonly bank: Bank;
  constructor(private readonly register: Register) {
    this.bank = register.bank;
  }

  /** Everybody who stands on the list, or on one shift's, is told by a step of their sign-up, with the activity's reason. */
  async tell(
    tx: Tx,
    by: By,
    activity: Activity,
    action: "CANCEL" | "POSTPONE",
    reasonId: string | null,
    shiftId?: string,
  ): Promise<void> {
    for (const signUp of await tx.signUpsOfActivity(activity.id, pendingStates)) {
      if (shiftId !== undefined && signUp.shiftId !== shiftId) continue;
      const state = action === "CANCEL" ? "WITHDRAWN" : signUp.state;
      await this.register.moveSignUp(tx, by, activity, { ...signUp, state }, action, signUp, reasonId);
    }
  }

  /**
   * New times are announced: everybody who still stands on the list is told, a guardian asked again, and let go who is
   * promised elsewhere by then or may not take part in what it has become.
   */
  async reschedule(tx: Tx, activity: Activity): Promise<void> {
    const signUps = await tx.signUpsOfActivity(activity.id, pendingStates);
    const shifts = await tx.shifts(signUps.map((signUp) => signUp.shiftId));
    const volunteers = await tx.volunteers(signUps.map((signUp) => signUp.volunteerId));
    const profiles = await this.bank.vault.open<Profile>(
      tx,
      [...volunteers.values()].map((volunteer) => volunteer.profileId),
    );
    for (const signUp of signUps) {
      const shift = shifts.get(signUp.shiftId);
      const volunteer = volunteers.get(signUp.volunteerId);
      invariant(shift && volunteer, "a sign-up has a shift and a volunteer");
      const state = await this.stateAnew(tx, activity, shift, signUp, profiles.get(volunteer.profileId));
      const after = { ...signUp, state, accompanied: state === "PENDING_GUARDIAN" ? false : signUp.accompanied };
      await this.register.moveSignUp(tx, byItself, activity, after, "RESCHEDULE", signUp);
    }
    for (const shift of await shiftsOf(tx, activity)) await this.register.fillPlaces(tx, activity, shift);
  }

  private async stateAnew(
    tx: Tx,
    activity: Activity,
    shift: Shift,
    signUp: StoredSignUp,
    profile: Profile | undefined,
  ): Promise<SignUpState> {
    try {
      if (signUp.state !== "WAITLISTED") checkFree(shift, await promisesOf(tx, signUp.volunteerId, shift));
      return needsGuardian(profile, activity, shift) ? "PENDING_GUARDIAN" : signUp.state;
    } catch (error) {
      if (error instanceof Refusal) return "WITHDRAWN";
      throw error;
    }
  }
}
