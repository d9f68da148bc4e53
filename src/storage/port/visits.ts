import type { Listing, Recipient, Visit } from "../../domain/facts/visits";
import type { Day } from "../../domain/kit/calendar";
import type { Soon } from "../../domain/kit/soon";
import type { Slot, VisitCoverage } from "../../domain/visits";
import type { Death } from "../../domain/visits/recipients";
import type { SearchTerm } from "./kept";
import type { Page } from "./page";

export interface RecipientQuery {
  divisionCodes?: readonly string[];
  /** Only in these divisions. */
  within?: readonly string[];
  /** Found by all of these. */
  terms: readonly SearchTerm[];
  /** Found by any of these. */
  anyTerm?: readonly SearchTerm[];
  /** On the list on this day. */
  on: Day;
}

/** What can be asked about those who are looked after, and about visits to them. */
export interface VisitsView {
  recipients(ids: readonly string[]): Soon<Map<string, Recipient>>;
  recipientOfPerson(personId: string): Soon<Recipient | undefined>;
  recipientsByAccount(accountIds: readonly string[]): Soon<Map<string, Recipient>>;
  /** By division, then by the day of listing. */
  recipientList(query: RecipientQuery, page: Page): Soon<Recipient[]>;
  recipientCount(query: RecipientQuery): Soon<number>;
  /** Their spans on the list, the earliest first. */
  listingsOf(recipientIds: readonly string[]): Soon<Map<string, Listing[]>>;
  /** The death of each recipient who has died: the earliest visit that recorded it, and that stands. */
  deathsOf(recipientIds: readonly string[]): Soon<Map<string, Death>>;
  visits(ids: readonly string[]): Soon<Map<string, Visit>>;
  /** Visits that stand and may meet what these registrations are owed, the earliest first. */
  visitsFor(recipientIds: readonly string[], during: { from: Day; until: Day }): Soon<Map<string, Visit[]>>;
  /** Visits that stand, the earliest first, by recipient. */
  visitsOf(recipientIds: readonly string[], during: { from: Day; until: Day }): Soon<Map<string, Visit[]>>;
  /** The recipients whose visits from a day on count, and meet none of these obligations. */
  unmatched(from: Day, obligations: readonly string[]): Soon<string[]>;
  /** Visits to those who live in these divisions that wait for a confirmation, the earliest first. */
  visitsWaiting(divisionCodes: readonly string[], page: Page): Soon<Visit[]>;
  /** Visits by the record that was written for them, those that were taken back included. */
  visitsOfRecords(recordIds: readonly string[]): Soon<Map<string, Visit[]>>;
  /** The recipients in these divisions who are owed the visit of a slot, by id; all of them, or only those who had it, or did not have it. */
  owed(
    slot: Slot,
    divisionCodes: readonly string[],
    met: boolean | null,
    page: Page,
  ): Soon<{ recipient: Recipient; met: boolean }[]>;
  /**
   * How many recipients of each division are owed the visit of a slot, and have had it; absent where none is owed. With `seenBy`
   * a recipient who was met on the slot's days up to that day has had it, whichever obligation the visit meets by now.
   */
  coverage(slot: Slot, divisionCodes: readonly string[] | null, seenBy?: Day): Soon<VisitCoverage[]>;
}
