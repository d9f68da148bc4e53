import type { Visit, VisitMode } from "../../domain/facts/visits";
import { addDays, type Day, type Instant } from "../../domain/kit/calendar";
import { invariant } from "../../domain/kit/invariant";
import type { Actor } from "../../domain/permissions/actors";
import {
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
import type { Page, View } from "../../storage/store";
import type { Bank } from "../bank";
import type { Connection, PageInput } from "../bank/answers";
import { workingCalendar } from "../bank/calendar";
import { readField } from "../bank/fields";
import { paged, shownPage } from "../bank/paging";
import { visitObligationFilter } from "./commands";
import { Owing } from "./matching";
import type { Recipients } from "./recipients";
import type { VisitSight } from "./sight";

export interface Attempt {
  at: Instant;
  mode: VisitMode;
  /** Null once it is erased. */
  result: VisitResult | null;
}

/** No occasion is longer: visits that may meet one another's obligations lie within so many days. */
const reach = 62;

/** The visits that people on the list are owed, what met them, and how many were met. */
export class Obligations {
  constructor(
    private readonly bank: Bank,
    private readonly recipients: Recipients,
    private readonly sight: VisitSight,
  ) {}

  /** What each visit met or, for an attempt, what it was made for. */
  async ofVisits(actor: Actor, visitIds: readonly string[]): Promise<(Obligation | null)[]> {
    const view = this.bank.store.view;
    const visits = await this.sight.many(actor, visitIds);
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

  /** The visits owed in a month to people in an organisation's division, the earliest due first; only a station has such a list. */
  async list(
    actor: Actor,
    organizationId: string,
    of: { month: string; state?: ObligationState[] | null },
    page: PageInput,
  ): Promise<Connection<Obligation>> {
    const view = this.bank.store.view;
    const codes = await this.sight.lookedAfterBy(view, actor, organizationId);
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
    const obligations = await paged(
      page,
      { name: "visitObligations", shape: ["count", "text"] },
      lines,
      ([i, { recipientId }]) => [i, recipientId],
    );
    return shownPage(obligations, (rows) => rows.map(([, obligation]) => obligation));
  }

  async many(actor: Actor, ids: readonly string[]): Promise<(Obligation | null)[]> {
    const view = this.bank.store.view;
    const recipients = ids.flatMap((id) => readObligationId(id)?.recipientId ?? []);
    const seen = new Set(await this.recipients.lookedAfter(view, actor, recipients));
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

  /** Visits within the days of each obligation at which the recipient was not met. */
  async attempts(actor: Actor, obligationIds: readonly string[]): Promise<Attempt[][]> {
    const view = this.bank.store.view;
    const obligations = await this.many(actor, obligationIds);
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

  /** domain.md 5.5: of those who were owed the month's visit, how many had one; by division, for the stations that look after them. */
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
