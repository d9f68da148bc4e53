import { pendingStates } from "../../domain/activities/signups";
import type { Grant, Volunteer } from "../../domain/facts/people";
import type { Post } from "../../domain/facts/workers";
import { addDays, type Day } from "../../domain/kit/calendar";
import { type Actor, lasts } from "../../domain/permissions/actors";
import { endsBy } from "../../domain/workers/posts";
import type { Tx, View } from "../../storage/store";
import { byItself, type Register } from "../activities/register";
import type { Bank } from "../bank";
import type { Requesting } from "../orders/requesting";
import { endProxiesHeld } from "../proxies/ending";

/** What goes with a volunteer who leaves, is suspended or has died: promised places and orders, roles, posts and guardianships of others. */
export class Leaving {
  private readonly bank: Bank;
  constructor(
    private readonly register: Register,
    private readonly orders: Requesting,
  ) {
    this.bank = register.bank;
  }

  /**
   * Refuses a step that would end a role which the actor may not end: a station ends roles at its own organisations, the office
   * those of the office. NOT_PERMITTED.
   */
  async check(tx: Tx, actor: Actor, { personId }: Volunteer): Promise<void> {
    for (const { organizationId } of await this.rolesOf(tx, personId)) {
      const organization = organizationId === null ? null : await this.bank.organization(tx, organizationId);
      if (organization === null) this.bank.permit(actor, "grant.office", {});
      // A dissolved organisation has nobody who decides about its roles.
      else if (organization.state !== "DISSOLVED") {
        const where = await this.bank.places.at(tx, organization);
        if (!this.bank.permitAny(actor, "volunteer.advance", [where])) this.bank.permit(actor, "grant.end", where);
      }
    }
  }

  /**
   * Ends all of it, each by its own entry. Why the volunteer goes is told to the volunteer alone, under whose key it is:
   * leads, who read the steps of a sign-up, and wards are told that it ended.
   */
  async end(tx: Tx, actor: Actor, volunteer: Volunteer, reasonId: string | null): Promise<void> {
    const by = actor.personId as string;
    await this.freePlaces(tx, volunteer);
    await this.orders.endPromised(tx, volunteer.id);
    const today = this.bank.today();
    for (const grant of await this.rolesOf(tx, volunteer.personId))
      await tx.append(by, { type: "GRANT_STEP", ...next(grant, { validUntil: addDays(today, -1) }), reasonId });
    for (const post of (await tx.postsOfPersons([volunteer.personId])).get(volunteer.personId) ?? [])
      if (!endsBy(post, today))
        await tx.append(by, { type: "POST_SET", ...next(post, { validUntil: lastDay(post, today) }), reasonId });
    if (volunteer.state === "DECEASED") await endProxiesHeld(this.bank, tx, by, volunteer.personId, reasonId);
    for (const guardianship of await tx.guardianshipsOf(volunteer.personId)) {
      if (guardianship.ended) continue;
      await tx.append(by, { type: "GUARDIAN_SET", ...next(guardianship, { ended: true }), reasonId });
    }
  }

  /**
   * Gives back every place that is still to come, and lets those who wait move up. A suspended volunteer keeps their turn in a
   * queue and is passed over; who left or died does not wait.
   */
  private async freePlaces(tx: Tx, { id, state }: Volunteer): Promise<void> {
    const all = { first: signUpsMost, after: null };
    const states = state === "SUSPENDED" ? pendingStates.filter((waits) => waits !== "WAITLISTED") : pendingStates;
    const signUps = await tx.signUpsOfVolunteer(id, states, all);
    const shifts = await tx.shifts(signUps.map(({ shiftId }) => shiftId));
    const activities = await tx.activities(signUps.map(({ activityId }) => activityId));
    for (const signUp of signUps) {
      const [shift, activity] = [shifts.get(signUp.shiftId), activities.get(signUp.activityId)];
      if (!shift || !activity) continue;
      // Of a shift that has begun the lead, and at last the clock, says who came. One that was postponed has no time yet.
      if (tx.now >= shift.startsAt && activity.state !== "POSTPONED") continue;
      const after = { ...signUp, state: "WITHDRAWN" as const };
      await this.register.moveSignUp(tx, byItself, activity, after, "WITHDRAW", signUp);
      await this.register.fillPlaces(tx, activity, shift);
    }
  }

  /** Roles that are held, and those that begin later. */
  private async rolesOf(view: View, personId: string): Promise<Grant[]> {
    const today = this.bank.today();
    const grants = (await view.grantsOfPersons([personId])).get(personId) ?? [];
    return grants.filter((grant) => lasts(grant, today));
  }
}

const signUpsMost = 100_000;

/** The next version of a row, as its entry says it. */
function next<T extends { version: number }, C extends Partial<T>>(row: T, change: C): Omit<T, "seq"> {
  const { seq: _, ...fact } = { ...row, ...change, version: row.version + 1 } as T & { seq?: number };
  return fact;
}

/** The last day of a post that ends today; for a post that was to begin later, the day before its beginning. */
function lastDay({ validFrom }: Post, today: Day): Day {
  return validFrom > today ? addDays(validFrom, -1) : today;
}
