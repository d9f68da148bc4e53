import type { Day } from "./calendar";
import type { IdKind } from "./papers";

/** Why somebody is on the list of those to be visited (seed item 6; domain.md 5.5). */
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

/** Somebody whom the stations of a division look after. Why is nobody's business but theirs: it is sealed. */
export interface Recipient {
  id: string;
  personId: string;
  divisionCode: string;
  accountId: string;
  /** The first day on the list. */
  listedOn: Day;
  /** The last day on the list; null while they are on it. */
  listedUntil: Day | null;
  profileId: string;
  version: number;
}

/** Encrypted under the person's own key. */
export interface RecipientProfile {
  displayName: string;
  legalName: string | null;
  /** Absent in profiles of earlier releases, whose numbers had no kind. */
  idKind?: IdKind | null;
  idNumber: string | null;
  birthDate: Day;
  phone: string | null;
  address: string | null;
  categories: RecipientCategory[];
  consentedOn: Day;
}
