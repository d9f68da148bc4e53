import type { Organization } from "../../domain/facts/organizations";
import type { Volunteer } from "../../domain/facts/people";
import type { Recipient, Visit, VisitMode, Visitor } from "../../domain/facts/visits";
import { provenStates, type Rules } from "../../domain/hours";
import { addDays, type Day, dayOf, type Instant } from "../../domain/kit/calendar";
import { invariant } from "../../domain/kit/invariant";
import { checkVersion } from "../../domain/kit/moves";
import { refuse } from "../../domain/kit/refusal";
import { below } from "../../domain/organizations";
import type { Actor, Where } from "../../domain/permissions/actors";
import {
  checkAlive,
  checkVisitConfirmer,
  checkVisitTime,
  isMet,
  type Obligation,
  type ObligationState,
  obligationId,
  readObligationId,
  slotsOf,
  triedFor,
  unmetState,
  type VisitCoverage,
  type VisitDetails,
  type VisitResult,
} from "../../domain/visits";
import { listingOn } from "../../domain/visits/recipients";
import type { Page, Tx, View } from "../../storage/store";
import type { Bank } from "../bank";
import type { Connection, Done, PageInput } from "../bank/answers";
import { workingCalendar } from "../bank/calendar";
import { type Asked, read, readField } from "../bank/fields";
import { checkStranger, ownOf } from "../bank/near";
import { paged } from "../bank/paging";
import { recordVisit, visitObligationFilter, withdrawVisit } from "./commands";
import type { RecordVisit, VisitHours } from "./hours";
import { type Matching, Owing } from "./matching";
import { type Recipients, standingRecipient } from "./recipients";

export type ShownVisit = VisitDetails;
export interface Attempt {
  at: Instant;
  mode: VisitMode;
  /** Null once erased. */
  result: VisitResult | null;
}

/** No occasion is longer: visits that may meet one another's obligations lie within so many days. */
const reach = 62;

/** Visits to those on the list, on paid duty or as a volunteer, and what everybody on it is owed (seed item 6). */
export class Visits {
  constructor(
    private readonly bank: Bank,
    private readonly recipients: Recipients,
    private readonly hours: VisitHours,
    private readonly matching: Matching,
  ) {}

  async record(actor: Actor, input: Asked<typeof recordVisit>): Promise<Done<Visit>> {
    const { idempotencyKey, ...request } = input;
    const { at, mode, asVolunteer, minutes, evidence, note, result } = read(recordVisit, input);
    if (input.visitor != null && (input.visitor === "VOLUNTEER") !== asVolunteer)
      refuse("INVALID_INPUT", { expected: asVolunteer ? "VOLUNTEER" : "paid duty" }, ["visitor"]);
    const details: VisitDetails = { result, note, ...(evidence.length > 0 ? { evidence } : {}) };
    const met = isMet(result);
    const on = dayOf(at);
    const work = async (tx: Tx, actor: Actor) => {
      const organization = await this.bank.organization(tx, input.organizationId);
      const recipient = await this.whom(tx, actor, input, organization, on);
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
    return this.bank.commands.once(actor, "recordVisit", idempotencyKey, request, work, async (view, id) => {
      const [visit] = await this.seen(view, actor, [id]);
      return visit ?? refuse("NOT_PERMITTED", { act: "recipient.see" });
    });
  }

  /** Takes back what was entered by mistake; what the others meet is matched anew. A service record stands for itself. */
  async withdraw(actor: Actor, input: { visitId: string; reason: string }): Promise<Visit> {
    const reason = readField(withdrawVisit, "reason", input.reason);
    return this.bank.commands.act(actor, async (tx, actor) => {
      const visit = (await this.seen(tx, actor, [input.visitId]))[0] ?? refuse("NOT_FOUND", {}, ["visitId"]);
      const recipient = (await tx.recipients([visit.recipientId])).get(visit.recipientId);
      invariant(recipient, "a visit has a recipient");
      this.bank.permit(actor, "visit.record", ...(await this.placesOf(tx, recipient, visit.on)));
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
      const visit = (await this.seen(tx, actor, [visitId]))[0] ?? refuse("NOT_FOUND", {}, ["visitId"]);
      const recipient = (await tx.recipients([visit.recipientId])).get(visit.recipientId);
      invariant(recipient, "a visit has a recipient");
      this.bank.permit(actor, "visit.confirm", ...(await this.placesOf(tx, recipient, visit.on)));
      const by = actor.personId as string;
      // The same step again by the same person answers the same.
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

  many(actor: Actor, ids: readonly string[]): Promise<(Visit | null)[]> {
    return this.seen(this.bank.store.view, actor, ids);
  }

  async details(actor: Actor, ids: readonly string[]): Promise<(ShownVisit | null)[]> {
    const visits = await this.many(actor, ids);
    const opened = await this.bank.vault.open<VisitDetails>(
      this.bank.store.view,
      visits.map((visit) => visit?.detailsId ?? null),
    );
    return visits.map((visit) => opened.get(visit?.detailsId ?? "") ?? null);
  }

  /** What each visit met or, for an attempt, what it was made for. */
  async obligationsOf(actor: Actor, visitIds: readonly string[]): Promise<(Obligation | null)[]> {
    const view = this.bank.store.view;
    const visits = await this.many(actor, visitIds);
    const shown = visits.filter((visit) => visit !== null);
    const owing = await Owing.of(
      view,
      shown.map(({ countsForId }) => countsForId),
    );
    const around = await this.around(view, shown);
    const policies = await this.bank.policies(view);
    const ids = visits.map((visit) => {
      if (!visit || (visit.met && visit.obligation === null)) return null;
      const { countsForId, on, obligation } = visit;
      const met = (around.get(countsForId) ?? []).map((other) => other.obligation);
      const key = obligation ?? triedFor(on, (slot) => owing.listing(countsForId, slot) !== null, met, policies);
      return key === null ? null : obligationId(countsForId, { key });
    });
    const obligations = await this.read(view, ids);
    return ids.map((id) => obligations.get(id ?? "") ?? null);
  }

  /** What those in an organisation's division are owed in a month, whichever is due first; only a station has such a list. */
  async obligations(
    actor: Actor,
    organizationId: string,
    of: { month: string; state?: ObligationState[] | null },
    page: PageInput,
  ): Promise<Connection<Obligation>> {
    const view = this.bank.store.view;
    const codes = await this.lookedAfterBy(view, actor, organizationId);
    const { policies, state } = await this.judge(view);
    const wanted = readField(visitObligationFilter, "state", of.state, ["filter"]);
    const slots = slotsOf(of.month, policies).sort((a, b) => (a.until < b.until ? -1 : a.until > b.until ? 1 : 0));
    const lines = async ({ first, after, before, backwards, counting }: Page) => {
      const owed: [slot: number, obligation: Obligation][] = [];
      const within = [...slots.entries()].filter(
        ([i]) => i >= Number(after?.[0] ?? 0) && i <= Number(before?.[0] ?? slots.length),
      );
      for (const [i, slot] of backwards ? within.reverse() : within) {
        const isMet = wanted?.includes("MET") ?? true;
        const isUnmet = wanted?.includes(state(slot, false)) ?? true;
        if ((!isMet && !isUnmet) || (owed.length === first && !counting)) continue;
        const inSlot = (position: readonly string[] | null | undefined) =>
          position && i === Number(position[0]) ? [position[1] as string] : null;
        const ends = { after: inSlot(after), before: inSlot(before) };
        const bounds = { first: first - owed.length, ...ends, backwards, counting };
        for (const { recipient, met } of await view.owed(slot, codes, isMet && isUnmet ? null : isMet, bounds))
          owed.push([i, this.obligation(recipient.id, slot, state(slot, met))]);
      }
      return owed;
    };
    const connection = await paged(
      page,
      { name: "visitObligations", shape: ["count", "text"] },
      lines,
      ([i, { recipientId }]) => [i, recipientId],
    );
    return { ...connection, edges: connection.edges.map(({ cursor, node: [, node] }) => ({ cursor, node })) };
  }

  /** Visits to those in an organisation's division that wait for a confirmation, the earliest first. */
  async waiting(actor: Actor, organizationId: string, page: PageInput): Promise<Connection<Visit>> {
    const view = this.bank.store.view;
    const codes = await this.lookedAfterBy(view, actor, organizationId);
    const lines = (bounds: Page) => view.visitsWaiting(codes, bounds);
    return paged(page, { name: "visitsWaiting", shape: ["count", "text"] }, lines, ({ at, id }) => [at, id]);
  }

  /** The divisions whose list a station keeps; none of another organisation. NOT_PERMITTED. */
  private async lookedAfterBy(view: View, actor: Actor, organizationId: string): Promise<string[]> {
    if (
      !(await this.bank.places.organizationsWhere(view, actor, "recipient.see", [organizationId])).has(organizationId)
    )
      refuse("NOT_PERMITTED", { act: "recipient.see" });
    const { kind, divisionCode } = await this.bank.organization(view, organizationId);
    return kind === "SOCIAL_WORK_STATION" ? below(divisionCode, await this.bank.divisions(view)) : [];
  }

  async obligationsById(actor: Actor, ids: readonly string[]): Promise<(Obligation | null)[]> {
    const view = this.bank.store.view;
    const recipients = ids.flatMap((id) => readObligationId(id)?.recipientId ?? []);
    const seen = new Set((await this.recipients.many(actor, recipients)).map((recipient) => recipient?.id));
    const obligations = await this.read(view, ids);
    // A division keeps its months, also of those who have moved away.
    const codes = [...obligations.values()].map(({ divisionCode }) => divisionCode);
    const divisions = await this.bank.places.divisionsWhere(view, actor, "recipient.see", codes);
    return ids.map((id) => {
      const obligation = obligations.get(id);
      const isSeen = obligation && (seen.has(obligation.recipientId) || divisions.has(obligation.divisionCode));
      return isSeen ? obligation : null;
    });
  }

  /** Visits that found nobody, or nobody who would see them, within the days of each obligation. */
  async attempts(actor: Actor, obligationIds: readonly string[]): Promise<Attempt[][]> {
    const view = this.bank.store.view;
    const obligations = await this.obligationsById(actor, obligationIds);
    const shown = obligations.filter((obligation) => obligation !== null);
    const visits = await this.visitsDuring(
      view,
      shown.map(({ recipientId, slot }) => ({ ...slot, recipientId })),
    );
    const opened = await this.bank.vault.open<VisitDetails>(
      view,
      [...visits.values()].flat().map(({ detailsId }) => detailsId),
    );
    return obligations.map((obligation) => {
      if (!obligation) return [];
      const { from, until } = obligation.slot;
      const tries = (visits.get(obligation.recipientId) ?? []).filter(
        ({ met, on }) => !met && from <= on && on <= until,
      );
      return tries.map(({ at, mode, detailsId }) => ({ at, mode, result: opened.get(detailsId)?.result ?? null }));
    });
  }

  /** domain.md 5.5: of those who were owed the month's visit, how many had one; by division, for whoever looks after them. */
  async coverage(actor: Actor, of: { month: string; divisionCode?: string | null }): Promise<VisitCoverage[]> {
    const view = this.bank.store.view;
    const within = await this.bank.places.divisionScope(view, actor, "recipient.see");
    const asked = (await this.bank.divisionsIn(view, of.divisionCode)) ?? null;
    const codes = within && asked ? asked.filter((code) => within.includes(code)) : (asked ?? within);
    const [slot] = slotsOf(of.month, await this.bank.policies(view));
    invariant(slot, "a month has a visit of its own");
    return view.coverage(slot, codes);
  }

  private obligation(recipientId: string, slot: Obligation["slot"], state: ObligationState): Obligation {
    return { id: obligationId(recipientId, slot), recipientId, slot, state };
  }

  /** How obligations stand today. */
  private async judge(view: View) {
    const [today, policies] = [this.bank.today(), await this.bank.policies(view)];
    const calendar = workingCalendar(policies, today);
    const state = (slot: Obligation["slot"], met: boolean): ObligationState =>
      met ? "MET" : unmetState(slot, today, calendar, policies);
    return { policies, state };
  }

  private async read(
    view: View,
    ids: readonly (string | null)[],
  ): Promise<Map<string, Obligation & { divisionCode: string }>> {
    const { policies, state } = await this.judge(view);
    const asked = ids.flatMap((id) => readObligationId(id ?? "") ?? []);
    const owing = await Owing.of(
      view,
      asked.map(({ recipientId }) => recipientId),
    );
    const owed = asked.flatMap(({ recipientId, month, key }) => {
      const slot = slotsOf(month, policies).find((candidate) => candidate.key === key);
      const listing = slot && owing.listing(recipientId, slot);
      return slot && listing ? [{ recipientId, slot, divisionCode: listing.divisionCode }] : [];
    });
    const visits = await this.visitsDuring(
      view,
      owed.map(({ recipientId, slot }) => ({ ...slot, recipientId })),
    );
    return new Map(
      owed.map(({ recipientId, slot, divisionCode }) => {
        const met = (visits.get(recipientId) ?? []).some(({ obligation }) => obligation === slot.key);
        const obligation = this.obligation(recipientId, slot, state(slot, met));
        return [obligation.id, { ...obligation, divisionCode }];
      }),
    );
  }

  /** The visits that count for some people over the days that all of these spans cover together, in one question. */
  private async visitsDuring(
    view: View,
    spans: readonly { recipientId: string; from: Day; until: Day }[],
  ): Promise<Map<string, Visit[]>> {
    const [from, until] = [
      spans.map((span) => span.from).sort()[0],
      spans
        .map((span) => span.until)
        .sort()
        .at(-1),
    ];
    if (from === undefined || until === undefined) return new Map();
    return view.visitsFor(
      spans.map(({ recipientId }) => recipientId),
      { from, until },
    );
  }

  /** One's own visits, and those to people whom one looks after. */
  private async seen(view: View, actor: Actor, ids: readonly string[]): Promise<(Visit | null)[]> {
    const visits = await view.visits(ids);
    const recipients = await view.recipients([...visits.values()].map(({ recipientId }) => recipientId));
    const listings = await view.listingsOf([...recipients.keys()]);
    const divisionsOf = ({ recipientId, on }: Visit) => [
      recipients.get(recipientId)?.divisionCode ?? "",
      listingOn(listings.get(recipientId) ?? [], on)?.divisionCode ?? "",
    ];
    const codes = [...visits.values()].flatMap(divisionsOf);
    const divisions = await this.bank.places.divisionsWhere(view, actor, "recipient.see", codes);
    const selves = actor.personId === null ? [] : await view.selves(actor.personId);
    return ids.map((id) => {
      const visit = visits.get(id);
      if (!visit) return null;
      return selves.includes(visit.visitorId) || divisionsOf(visit).some((code) => divisions.has(code)) ? visit : null;
    });
  }

  /** The stations and divisions that look after a recipient, and those that did on a day. */
  private async placesOf(view: View, { id, divisionCode }: Recipient, on: Day): Promise<Where[]> {
    const then = listingOn((await view.listingsOf([id])).get(id) ?? [], on)?.divisionCode ?? divisionCode;
    const codes = then === divisionCode ? [then] : [divisionCode, then];
    return (await Promise.all(codes.map((code) => this.bank.places.over(view, code)))).flat();
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
   * volunteer of an organisation that works where they live. Else NOT_FOUND: who is on the list is nobody's business.
   */
  private async whom(
    tx: Tx,
    actor: Actor,
    { recipientId, asVolunteer }: Pick<RecordVisit, "recipientId" | "asVolunteer">,
    organization: Organization,
    on: Day,
  ): Promise<Recipient> {
    const recipient = (await standingRecipient(tx, recipientId)) ?? refuse("NOT_FOUND", {}, ["recipientId"]);
    const places = await this.placesOf(tx, recipient, on);
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

  /** Visits that may meet one another's obligations. */
  private around(view: View, visits: readonly Pick<Visit, "countsForId" | "on">[]): Promise<Map<string, Visit[]>> {
    const spans = visits.map(({ countsForId, on }) => ({
      recipientId: countsForId,
      from: addDays(on, -reach),
      until: addDays(on, reach),
    }));
    return this.visitsDuring(view, spans);
  }
}
