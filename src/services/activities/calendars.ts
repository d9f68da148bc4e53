import { asAnnounced, awaitsTimes } from "../../domain/activities/machine";
import { standingStates } from "../../domain/activities/signups";
import type { Activity, SignUpState } from "../../domain/facts/activities";
import { refuse } from "../../domain/kit/refusal";
import { type Actor, system } from "../../domain/permissions/actors";
import type { Bank } from "../bank";
import type { Done } from "../bank/answers";
import type { ShownShift, Sight } from "./sight";

/** A line of a volunteer's calendar: a shift, and whether the volunteer is still on its list. */
export interface CalendarEntry {
  shift: ShownShift;
  activity: Activity;
  /** The version of the sign-up, which grows with each change of its state. */
  version: number;
  called: "OFF" | "MAYBE" | "ON";
}

const calendarMost = 500;
/** Sign-ups that stand, or stood, in a calendar; others are shown as called off. */
const calendarStates: readonly SignUpState[] = [...standingStates, "NO_SHOW"];

/** Each person's own calendar, behind a secret address that can be renewed. */
export class Calendars {
  constructor(
    private readonly bank: Bank,
    private readonly sight: Sight,
  ) {}

  /** A person's id and the version of the link, signed: it cannot be guessed, and a new version voids the old one. */
  async link(actor: Actor): Promise<string | null> {
    const { personId } = actor;
    if (personId === null || actor === system) return null;
    return this.secretOf(personId, (await this.bank.store.view.calendarVersion(personId)) ?? 0);
  }

  /** Makes a new link; the old link shows nothing any more. */
  async renew(actor: Actor, { idempotencyKey }: { idempotencyKey: string }): Promise<Done<string>> {
    const personId = actor.personId ?? refuse("NOT_PERMITTED", { act: "signUp.see" });
    return this.bank.commands.once(
      actor,
      "renewCalendarLink",
      { idempotencyKey },
      async (tx) => {
        const version = ((await tx.calendarVersion(personId)) ?? 0) + 1;
        await tx.append(personId, { type: "CALENDAR_SET", personId, version });
        return version;
      },
      async (_, version) => this.secretOf(personId, version),
    );
  }

  /** The calendar behind a secret: what a person has signed up for, called-off shifts included. Null for a void one. */
  async of(secret: string): Promise<CalendarEntry[] | null> {
    const view = this.bank.store.view;
    const [, name, signature] = /^([0-9a-z]{26})([\w-]{32})$/.exec(secret) ?? [];
    if (!name || !signature) return null;
    const personId = `person_${name}`;
    const version = (await view.calendarVersion(personId)) ?? 0;
    if (!this.bank.vault.isSigned("calendar", `${personId} ${version}`, signature)) return null;
    const volunteer = await view.volunteerOfPerson(personId);
    if (!volunteer) return [];
    const signUps = await view.signUpsOfVolunteer(volunteer.id, null, { first: calendarMost, after: null });
    const planned = await view.shifts(signUps.map((signUp) => signUp.shiftId));
    const shifts = await this.sight.announcedShifts(view, [...planned.values()]);
    const activities = await view.activities(signUps.map((signUp) => signUp.activityId));
    // The newest sign-up for a shift says how it stands.
    const newest = new Map([...signUps].reverse().map((signUp) => [signUp.shiftId, signUp]));
    return [...newest.values()].flatMap((signUp) => {
      const [shift, activity] = [shifts.get(signUp.shiftId), activities.get(signUp.activityId)];
      if (!shift || !activity) return [];
      const off = shift.dropped || activity.state === "CANCELLED" || !calendarStates.includes(signUp.state);
      const maybe = awaitsTimes(activity) || ["WAITLISTED", "PENDING_GUARDIAN"].includes(signUp.state);
      return [
        {
          shift,
          activity: asAnnounced(activity),
          version: signUp.version,
          called: off ? "OFF" : maybe ? "MAYBE" : "ON",
        } as const,
      ];
    });
  }

  /** The person's part of a TypeID, and a keyed hash of it with its version. */
  private secretOf(personId: string, version: number): string {
    return personId.slice("person_".length) + this.bank.vault.sign("calendar", `${personId} ${version}`);
  }
}
