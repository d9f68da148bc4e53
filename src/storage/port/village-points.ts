import type { Revision } from "../../domain/facts/revisions";
import type { Household, HouseholdQuarter, VillagePoints } from "../../domain/facts/village-points";
import type { Day } from "../../domain/kit/calendar";
import type { Soon } from "../../domain/kit/soon";
import type { Page } from "./page";

/** What can be asked about village points. */
export interface VillagesView {
  households(ids: readonly string[]): Soon<Map<string, Household>>;
  householdByNo(divisionCode: string, householdNo: string): Soon<Household | undefined>;
  /** The steps of campaigns or households, and of each household that was split off, the earliest first. */
  revisions(ids: readonly string[]): Soon<Map<string, Revision[]>>;
  /** The quarters of a household that were begun, the earliest first: that of its registration, and each with an entry. */
  householdQuarters(householdId: string): Soon<HouseholdQuarter[]>;
  /** Households that were of these divisions by the end of that quarter, under their number of then, with the sum of their points within its days, the most first. */
  householdBoard(
    divisionCodes: readonly string[],
    during: { quarter: string; from: Day; until: Day },
    page: Page,
  ): Soon<{ household: Household; net: number }[]>;
  villagePointsByTransfer(seq: number): Soon<VillagePoints | undefined>;
  /** Entries between two days (inclusive) that were not taken back, the earliest first, by household. */
  villagePointsOf(
    householdIds: readonly string[],
    during: { from: Day; until: Day },
  ): Soon<Map<string, VillagePoints[]>>;
}
