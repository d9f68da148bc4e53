import type { Organization } from "../../domain/facts/organizations";
import type { Volunteer } from "../../domain/facts/people";
import type { Recipient, Visit, Visitor } from "../../domain/facts/visits";
import { provenStates, type Rules } from "../../domain/hours";
import { type Day, dayOf } from "../../domain/kit/calendar";
import { invariant } from "../../domain/kit/invariant";
import { checkVersion } from "../../domain/kit/moves";
import { refuse } from "../../domain/kit/refusal";
import type { Actor } from "../../domain/permissions/actors";
import { checkAlive, checkVisitConfirmer, checkVisitTime, isMet, type VisitDetails } from "../../domain/visits";
import type { Tx } from "../../storage/store";
import type { Bank } from "../bank";
import type { Done } from "../bank/answers";
import { workingCalendar } from "../bank/calendar";
import { type Asked, read, readField } from "../bank/fields";
import { checkStranger, ownOf } from "../bank/near";
import { recordVisit, withdrawVisit } from "./commands";
import type { RecordVisit, VisitHours } from "./hours";
import type { Matching } from "./matching";
import { Obligations } from "./obligations";
import { type Recipients, standingRecipient } from "./recipients";
import { VisitSight } from "./sight";

/** Visits to people on the list, on paid duty or as a volunteer: entered, confirmed and taken back. */
export class Visits {
  readonly sight: VisitSight;
  readonly obligations: Obligations;

  constructor(
    private readonly bank: Bank,
    recipients: Recipients,
    private readonly hours: VisitHours,
    private readonly matching: Matching,
  ) {
    this.sight = new VisitSight(bank);
    this.obligations = new Obligations(bank, recipients, this.sight);
  }

  async record(actor: Actor, input: Asked<typeof recordVisit>): Promise<Done<Visit>> {
    const { at, mode, asVolunteer, minutes, evidence, note, result } = read(recordVisit, input);
    if (input.visitor != null && (input.visitor === "VOLUNTEER") !== asVolunteer)
      refuse("INVALID_INPUT", { expected: asVolunteer ? "VOLUNTEER" : "paid duty" }, ["visitor"]);
    const details: VisitDetails = { result, note, ...(evidence.length > 0 ? { evidence } : {}) };
    const met = isMet(result);
    const on = dayOf(at);
    const work = async (tx: Tx, actor: Actor) => {
      const organization = await this.bank.organization(tx, input.organizationId);
      const recipient = await this.visitable(tx, actor, input, organization, on);
      await checkStranger(tx, actor, recipient.personId, ["recipientId"]);
      const rules = await this.rules(tx);
      const visitor = input.visitor ?? (await this.visitorOf(tx, actor, asVolunteer));
      const deceased = input.result === "DECEASED";
      const late = checkVisitTime({ at, on, deceased, visitor }, evidence.length, rules);
      const id = this.bank.id("visit", tx.now);
      const isService = met && (minutes ?? 0) >= rules.policies.count("record.minSessionMinutes", on);
      const entered: Visit = {
        id,
        recipientId: recipient.id,
        countsForId: recipient.id,
        organizationId: organization.id,
        at,
        on,
        mode,
        met,
        deceased,
        visitor,
        visitorId: actor.personId as string,
        minutes,
        obligation: null,
        recordId: null,
        detailsId: "",
        ...late,
        confirmedBy: [],
        waits: late.confirmationsNeeded > 0,
        withdrawn: false,
        version: 1,
      };
      await this.checkAlive(tx, entered);
      const recordId =
        asVolunteer && isService ? await this.hours.log(tx, actor, organization, { ...input, evidence }) : null;
      const detailsId = await this.bank.vault.seal(tx, recipient.personId, details);
      await this.matching.renew(tx, actor.personId as string, recipient.id, on, {
        visit: { ...entered, recordId, detailsId },
        reasonId: null,
      });
      return id;
    };
    return this.bank.commands.once(actor, "recordVisit", input, work, async (view, id) => {
      const [visit] = await this.sight.seen(view, actor, [id]);
      return visit ?? refuse("NOT_PERMITTED", { act: "recipient.see" });
    });
  }

  /** Takes back what was entered by mistake; what the others meet is matched anew. A service record stands for itself. */
  async withdraw(actor: Actor, input: Asked<typeof withdrawVisit>): Promise<Visit> {
    const reason = readField(withdrawVisit, "reason", input.reason);
    return this.bank.commands.act(actor, async (tx, actor) => {
      const visit = (await this.sight.seen(tx, actor, [input.visitId]))[0] ?? refuse("NOT_FOUND", {}, ["visitId"]);
      const recipient = (await tx.recipients([visit.recipientId])).get(visit.recipientId);
      invariant(recipient, "a visit has a recipient");
      this.bank.permit(actor, "visit.record", ...(await this.sight.placesOf(tx, recipient, visit.on)));
      if (visit.withdrawn) return visit;
      await checkStranger(tx, actor, recipient.personId, ["visitId"]);
      const by = actor.personId as string;
      const reasonId = await this.bank.vault.sealWords(tx, by, recipient.personId, { reason });
      const after = { ...visit, withdrawn: true, obligation: null, version: visit.version + 1 };
      await this.matching.renew(tx, by, visit.countsForId, visit.on, { visit: after, reasonId });
      return after;
    });
  }

  /** Another person confirms what was entered late, or what a volunteer tells of a death; the last one makes it count. */
  async confirm(
    actor: Actor,
    { visitId, expectedVersion }: { visitId: string; expectedVersion?: number | null },
  ): Promise<Visit> {
    return this.bank.commands.act(actor, async (tx, actor) => {
      const visit = (await this.sight.seen(tx, actor, [visitId]))[0] ?? refuse("NOT_FOUND", {}, ["visitId"]);
      const recipient = (await tx.recipients([visit.recipientId])).get(visit.recipientId);
      invariant(recipient, "a visit has a recipient");
      this.bank.permit(actor, "visit.confirm", ...(await this.sight.placesOf(tx, recipient, visit.on)));
      const by = actor.personId as string;
      // A person who takes the same step again gets the same answer.
      if (visit.confirmedBy.includes(by) && (expectedVersion ?? visit.version - 1) === visit.version - 1) return visit;
      checkVersion(visit, expectedVersion);
      if (!visit.waits || visit.withdrawn)
        refuse("ILLEGAL_TRANSITION", { action: "CONFIRM", from: visit.withdrawn ? "WITHDRAWN" : "COUNTED" }, [
          "visitId",
        ]);
      checkVisitConfirmer(visit, recipient, await ownOf(tx, actor));
      const confirmedBy = [...visit.confirmedBy, by];
      const waits = confirmedBy.length < visit.confirmationsNeeded;
      const after: Visit = { ...visit, confirmedBy, waits, version: visit.version + 1 };
      if (!waits) await this.checkAlive(tx, after);
      await this.matching.renew(tx, by, visit.countsForId, visit.on, { visit: after, reasonId: null });
      return after;
    });
  }

  private async rules(tx: Tx): Promise<Rules> {
    const policies = await this.bank.policies(tx);
    return { policies, calendar: workingCalendar(policies, this.bank.today()), now: tx.now };
  }

  private async checkAlive(tx: Tx, visit: Visit): Promise<void> {
    const { recipientId, on } = visit;
    const death = (await tx.deathsOf([recipientId])).get(recipientId) ?? null;
    const since = visit.deceased ? await tx.visitsOf([recipientId], { from: on, until: this.bank.today() }) : new Map();
    checkAlive(visit, death, since.get(recipientId) ?? []);
  }

  /**
   * The recipient, where the actor may visit them for this organisation: on paid duty for a station of theirs, or as a
   * volunteer of an organisation that works where they live. Else NOT_FOUND: others do not learn who is on the list.
   */
  private async visitable(
    tx: Tx,
    actor: Actor,
    { recipientId, asVolunteer }: Pick<RecordVisit, "recipientId" | "asVolunteer">,
    organization: Organization,
    on: Day,
  ): Promise<Recipient> {
    const recipient = (await standingRecipient(tx, recipientId)) ?? refuse("NOT_FOUND", {}, ["recipientId"]);
    const places = await this.sight.placesOf(tx, recipient, on);
    const works = places.some(({ divisions }) => divisions?.includes(organization.divisionCode));
    if (asVolunteer) {
      const { volunteerId } = actor;
      if (volunteerId === null) refuse("NOT_PERMITTED", { act: "visit.volunteer" });
      this.bank.permit(actor, "visit.volunteer", { volunteerId });
      const volunteer = (await tx.volunteers([volunteerId])).get(volunteerId);
      const belongs = volunteer !== undefined && (await this.belongs(tx, volunteer, organization.id));
      if (!works || !belongs) refuse("NOT_FOUND", {}, ["recipientId"]);
      this.bank.checkActive(organization);
      return recipient;
    }
    if (!this.bank.permitAny(actor, "recipient.see", places)) refuse("NOT_FOUND", {}, ["recipientId"]);
    const own = places.filter(({ organizationId }) => organizationId == null || organizationId === organization.id);
    this.bank.permit(actor, "visit.record", ...own);
    if (!works)
      refuse("INVALID_INPUT", { expected: "an organisation of the recipient's division" }, ["organizationId"]);
    return recipient;
  }

  /** A volunteer visits for an organisation that registered them, that they let see them, or that confirmed a service of theirs. */
  private async belongs(tx: Tx, { id, vouchedBy }: Volunteer, organizationId: string): Promise<boolean> {
    if (vouchedBy === organizationId) return true;
    const ties = (await tx.tiesOfVolunteers([id])).get(id) ?? [];
    if (ties.some((tie) => tie.organizationId === organizationId && tie.state === "ALLOWED")) return true;
    const served = await tx.servedAt(id);
    return served.some((line) => line.organizationId === organizationId && provenStates.includes(line.state));
  }

  private async visitorOf(tx: Tx, actor: Actor, asVolunteer: boolean): Promise<Visitor> {
    if (asVolunteer) return "VOLUNTEER";
    return (await tx.socialWorkerOfPerson(actor.personId as string)) ? "SOCIAL_WORKER" : "CADRE";
  }
}
