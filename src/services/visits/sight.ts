import type { Recipient, Visit } from "../../domain/facts/visits";
import type { Day } from "../../domain/kit/calendar";
import { refuse } from "../../domain/kit/refusal";
import { below } from "../../domain/organizations";
import type { Actor, Where } from "../../domain/permissions/actors";
import type { VisitDetails } from "../../domain/visits";
import { listingOn } from "../../domain/visits/recipients";
import type { Page, View } from "../../storage/store";
import type { Bank } from "../bank";
import type { Connection, PageInput } from "../bank/answers";
import { paged } from "../bank/paging";

export type ShownVisit = VisitDetails;

/** Which visits and lists an actor sees. */
export class VisitSight {
  constructor(private readonly bank: Bank) {}

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

  /** Visits to those in an organisation's division that wait for a confirmation, the earliest first. */
  async waiting(actor: Actor, organizationId: string, page: PageInput): Promise<Connection<Visit>> {
    const view = this.bank.store.view;
    const codes = await this.lookedAfterBy(view, actor, organizationId);
    const lines = (bounds: Page) => view.visitsWaiting(codes, bounds);
    return paged(page, { name: "visitsWaiting", shape: ["count", "text"] }, lines, ({ at, id }) => [at, id]);
  }

  /** The divisions whose list a station keeps; none of another organisation. NOT_PERMITTED. */
  async lookedAfterBy(view: View, actor: Actor, organizationId: string): Promise<string[]> {
    if (
      !(await this.bank.places.organizationsWhere(view, actor, "recipient.see", [organizationId])).has(organizationId)
    )
      refuse("NOT_PERMITTED", { act: "recipient.see" });
    const { kind, divisionCode } = await this.bank.organization(view, organizationId);
    return kind === "SOCIAL_WORK_STATION" ? below(divisionCode, await this.bank.divisions(view)) : [];
  }

  /** The actor's own visits, and those to people whom the actor looks after. */
  async seen(view: View, actor: Actor, ids: readonly string[]): Promise<(Visit | null)[]> {
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
  async placesOf(view: View, { id, divisionCode }: Recipient, on: Day): Promise<Where[]> {
    const then = listingOn((await view.listingsOf([id])).get(id) ?? [], on)?.divisionCode ?? divisionCode;
    const codes = then === divisionCode ? [then] : [divisionCode, then];
    return (await Promise.all(codes.map((code) => this.bank.places.over(view, code)))).flat();
  }
}
