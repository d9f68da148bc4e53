import { checkOutCloses } from "../../domain/activities/attendance";
import type { Instant } from "../../domain/kit/calendar";
import { refuse } from "../../domain/kit/refusal";
import type { Actor } from "../../domain/permissions/actors";
import type { People } from "../people";
import type { Register } from "./register";

/** What a venue's screen may do without its lead: show one shift's codes and take its check-ins, until it is over. */
export class Screens {
  constructor(
    private readonly register: Register,
    private readonly people: People,
  ) {}

  /** Gives a pass to an actor who may tick volunteers off, until check-out closes. OUTSIDE_WINDOW after that. */
  async open(actor: Actor, shiftId: string): Promise<{ pass: string; expiresAt: Instant }> {
    const { bank } = this.register;
    const view = bank.store.view;
    const { shift, activity } = await this.register.shift(view, shiftId);
    await this.register.permit(view, actor, "attendance.tick", activity);
    const expiresAt = checkOutCloses(shift, await bank.policies(view));
    if (bank.clock() >= expiresAt)
      refuse("OUTSIDE_WINDOW", { closesAt: new Date(expiresAt).toISOString() }, ["shiftId"]);
    const personId = actor.personId ?? refuse("NOT_PERMITTED", { act: "attendance.tick" });
    const signature = bank.vault.sign("screen", textOf(shiftId, personId, expiresAt));
    return { pass: [personId, expiresAt, signature].join("."), expiresAt };
  }

  /** The actor in whose name the screen acts; null where the pass is not ours, is for another shift, or has ended. */
  async actorOf(shiftId: string, pass: string): Promise<Actor | null> {
    const { bank } = this.register;
    const [, personId, until, signature] = /^(person_[0-9a-z]{26})\.(\d{13})\.([\w-]{32})$/.exec(pass) ?? [];
    if (!personId || !until || !signature || bank.clock() >= Number(until)) return null;
    if (!bank.vault.isSigned("screen", textOf(shiftId, personId, Number(until)), signature)) return null;
    // What the lead may do is read anew each time: a role that ended ends the screen.
    return this.people.actorOfPerson(personId);
  }
}

const textOf = (shiftId: string, personId: string, expiresAt: Instant) => `${shiftId} ${personId} ${expiresAt}`;
