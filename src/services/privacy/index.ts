import type { ActorKind } from "../../domain/facts/actors";
import { addDays, addMonths, type Instant } from "../../domain/kit/calendar";
import { refuse } from "../../domain/kit/refusal";
import { hasOwnWord } from "../../domain/people/ties";
import type { Profile } from "../../domain/people/volunteers";
import type { Actor } from "../../domain/permissions/actors";
import type { Erasure, Tx, View } from "../../storage/store";
import type { Bank } from "../bank";
import type { Done } from "../bank/answers";
import { type Asked, readField } from "../bank/fields";
import { checkStranger } from "../bank/near";
import type { Credit } from "../credit-records";
import type { Identities } from "../people/identities";
import type { Invitations } from "../people/invitations";
import { erasePerson, type exportPerson } from "./commands";
import type { Copies, PersonCopy } from "./copies";
import { unfinishedOf } from "./unfinished";

/** A link's secret part, and until when it leads anywhere. */
export interface PersonExport {
  secret: string;
  expiresAt: Instant;
}

/** How long a copy can be fetched by its link. */
const copyMs = 3_600_000;
/** Rows of a kind that a copy holds at most: more than anybody has. */
const rowsMost = 100_000;
const erasedLook = 200;

/** What is everybody's own to ask for: a copy of all that is kept of them, and that it be forgotten. */
export class Privacy {
  constructor(
    private readonly bank: Bank,
    private readonly credit: Credit,
    private readonly identities: Identities,
    private readonly invitations: Invitations,
    private readonly copies: Copies,
  ) {}

  /** A link to a copy, for an hour; it is written down that there was one. */
  async export(actor: Actor, input: Asked<typeof exportPerson>): Promise<Done<PersonExport>> {
    const { personId } = input;
    const work = async (tx: Tx, actor: Actor) => {
      const role = await this.asking(tx, actor, personId);
      if (!(await this.bank.vault.knows(personId))) refuse("NOT_FOUND", {}, ["personId"]);
      const expiresAt = tx.now + copyMs;
      await tx.append(actor.personId as string, { type: "PERSON_EXPORTED", personId, expiresAt, actorKind: role });
      return expiresAt;
    };
    return this.bank.commands.once(actor, "exportPerson", input, work, async (view, expiresAt) => ({
      secret: await this.secretOf(view, personId, expiresAt),
      expiresAt,
    }));
  }

  /** The role in which the actor asks for a copy: for themselves, as the guardian of a child below 14 (PIPL art. 31), or as an officer. */
  private async asking(tx: Tx, actor: Actor, personId: string): Promise<ActorKind> {
    if (actor.personId === personId) return "VOLUNTEER";
    const volunteer = await tx.volunteerOfPerson(personId);
    const profiles = await this.bank.vault.open<Profile>(tx, [volunteer?.profileId ?? null]);
    const birthDate = profiles.get(volunteer?.profileId ?? "")?.birthDate ?? null;
    const speaksAlone = volunteer === undefined || hasOwnWord(birthDate, this.bank.today());
    const guardianIds = speaksAlone ? [] : (await this.bank.guardiansOf(tx, [volunteer.id])).get(volunteer.id);
    return this.bank.permit(actor, "person.export", { guardianIds });
  }

  /** All that is kept of a person; null for a link that the bank did not make, or that has expired. */
  async copy(secret: string): Promise<PersonCopy | null> {
    const [, name, until] = /^([0-9a-z]{26})(\d{13})[\w-]{32}$/.exec(secret) ?? [];
    if (!name || !until) return null;
    const [personId, expiresAt] = [`person_${name}`, Number(until)];
    const view = this.bank.store.view;
    if (this.bank.clock() > expiresAt || (await this.secretOf(view, personId, expiresAt)) !== secret) return null;
    return (await this.bank.vault.knows(personId)) ? this.copies.of(view, personId) : null;
  }

  /**
   * Destroys a person's key, and those of the credit records about them. What is left are lines that name nobody; the
   * sums of the ledger stay what they are. STILL_ACTIVE for a person who still takes part in something.
   */
  async erase(actor: Actor, input: Asked<typeof erasePerson>): Promise<Done<Erasure>> {
    const { personId } = input;
    const reason = readField(erasePerson, "reason", input.reason);
    const work = async (tx: Tx, actor: Actor) => {
      const role = this.bank.permit(actor, "person.erase", {});
      await checkStranger(tx, actor, personId, ["personId"]);
      if (await tx.erasure(personId)) return personId;
      if (!(await this.bank.vault.knows(personId))) refuse("NOT_FOUND", {}, ["personId"]);
      await this.checkAtRest(tx, personId);
      const by = actor.personId as string;
      const today = this.bank.today();
      const years = (await this.bank.policies(tx)).count("privacy.keptYears", today);
      const keptUntil = addDays(addMonths(today, 12 * years), -1);
      const reasonId = await this.bank.vault.seal(tx, by, { reason });
      await tx.append(by, { type: "PERSON_ERASED", personId, on: today, keptUntil, reasonId });
      await this.identities.endAll(tx, by, personId, role, reasonId);
      await this.invitations.endAll(tx, by, personId, role, reasonId);
      await tx.dropSearchTerms(personId);
      return personId;
    };
    const done = await this.bank.commands.once(actor, "erasePerson", input, work, async (view, id) => {
      const erased = await view.erasure(id);
      return erased ?? refuse("NOT_FOUND", {}, ["personId"]);
    });
    await this.finish(personId);
    return done;
  }

  /** Destroys what an erasure that was cut off left; called by the serving process every minute. */
  async finishErasures(): Promise<number> {
    // The first look of a process is at all: keys that were restored from a copy may be those of people forgotten since.
    const recent = await this.bank.store.view.erasures(this.looked ? erasedLook : rowsMost);
    this.bank.vault.forget(recent);
    const left = await this.bank.store.keys.wrapped(recent);
    for (const personId of left.keys()) await this.finish(personId);
    this.looked = true;
    await this.bank.store.sweep();
    return left.size;
  }
  private looked = false;

  private async finish(personId: string): Promise<void> {
    const volunteer = await this.bank.store.view.volunteerOfPerson(personId);
    if (volunteer) await this.credit.ending.forget(volunteer.id);
    await this.bank.vault.dismiss(personId);
    // A reader may be in the way just now; the erasure has happened, and the next minute sweeps again.
    await this.bank.store.sweep().catch(() => undefined);
  }

  /** A person who is to be erased has first left all activities, roles and lists, each by its own step. STILL_ACTIVE names those that are left. */
  private async checkAtRest(view: View, personId: string): Promise<void> {
    const open = await unfinishedOf(this.bank, this.credit, view, personId);
    const [first] = open;
    if (first) refuse("STILL_ACTIVE", { ...first, kinds: open.map(({ as }) => as), open }, ["personId"]);
  }

  /**
   * The secret names the person and the last instant, with our signature over both: it cannot be guessed, and holds no name. It
   * ends with the address of the person's calendar: a new one voids both, as does the end of a way to sign in.
   */
  private async secretOf(view: View, personId: string, expiresAt: Instant): Promise<string> {
    const version = (await view.calendarVersion(personId)) ?? 0;
    const signature = this.bank.vault.sign("export", `${personId} ${expiresAt} ${version}`);
    return `${personId.slice("person_".length)}${expiresAt}${signature}`;
  }
}
