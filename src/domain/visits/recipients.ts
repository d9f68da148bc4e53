import type { Listing } from "../facts/visits";
import type { Day, Instant } from "../kit/calendar";
import type { IdKind } from "../people/papers";

/** The reasons for which a person is on the list of those to be visited (seed item 6; domain.md 5.5). */
export const recipientCategories = [
  "HARDSHIP_FAMILY",
  "SEVERE_DISABILITY",
  "SEVERE_ILLNESS",
  "ADVANCED_AGE",
  "EMPTY_NEST",
  "LIVING_ALONE",
  "CHILDLESS_ELDER",
  "CHILD_IN_DIFFICULTY",
  "ORPHAN_OR_DISABLED_CHILD",
] as const;
export type RecipientCategory = (typeof recipientCategories)[number];

/** A person's death: found by a visit that stands, or recorded for the same person as a volunteer. */
export interface Death {
  recipientId: string;
  /** No visit comes after it: the instant of the visit, or the end of the day on which it was recorded. */
  at: Instant;
  on: Day;
  from: "VISIT" | "VOLUNTEER";
}

/** The last day on the list: nobody is on it after their death. */
export function lastListedDay({ listedUntil }: Pick<Listing, "listedUntil">, death: Death | null): Day | null {
  if (death === null) return listedUntil;
  return listedUntil === null || listedUntil > death.on ? death.on : listedUntil;
}

/** The facts of a refusal because of a death: its day, and how the death is known. */
export function factsOfDeath({ on, from }: Death): Record<string, Day> {
  return from === "VISIT" ? { on } : { recordedOn: on };
}

/** The span of a day, or the one before it: where the person was looked after then. */
export function listingOn(listings: readonly Listing[], day: Day): Listing | undefined {
  return listings.findLast(({ listedOn }) => listedOn <= day) ?? listings[0];
}

/**
 * The day from which a registration is on the list where it takes the place of another one. Months that are over stay as they
 * were, and the current month is owed as if nothing had changed.
 */
export function listedAnewFrom(listedOn: Day, today: Day): Day {
  const month = `${today.slice(0, 7)}-01`;
  return listedOn > month ? listedOn : month;
}

/** Encrypted under the person's own key. */
export interface RecipientProfile {
  displayName: string;
  legalName: string | null;
  idKind: IdKind | null;
  idNumber: string | null;
  birthDate: Day;
  phone: string | null;
  address: string | null;
  categories: RecipientCategory[];
  consentedOn: Day;
}
