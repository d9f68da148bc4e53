import { campaignMoved } from "../../src/domain/facts/revisions";
import { householdQuarterSet, householdSet, villagePointsSet } from "../../src/domain/facts/village-points";
import { projected } from "../columns";
import type { Kit } from "../kit.sqlite";

/** Village points: households, and what was given to or taken from each. */
export function defineVillageTables(kit: Kit) {
  const { index, uniqueIndex } = kit;
  /** Projection of HOUSEHOLD_SET. */
  const households = projected(kit, householdSet.into.households, (t) => [
    uniqueIndex("households_no").on(t.divisionCode, t.householdNo),
  ]);

  /** Projection of HOUSEHOLD_SET: where a household was from which day on, so that the board of a past quarter stays. */
  const householdStandings = projected(kit, householdSet.into.householdStandings, (t) => [
    index("household_standings_division").on(t.divisionCode, t.householdId),
  ]);

  /** Projection of CAMPAIGN_MOVED and HOUSEHOLD_MOVED: each step after it was entered, with the fields that it changed. */
  const revisions = projected(kit, campaignMoved.into.revisions, (t) => [index("revisions_other").on(t.otherId)]);

  /** Projection of HOUSEHOLD_QUARTER_SET: the account of each quarter that was begun. */
  const householdQuarters = projected(kit, householdQuarterSet.into.householdQuarters);

  /** Projection of VILLAGE_POINTS_SET. */
  const villagePoints = projected(kit, villagePointsSet.into.villagePoints, (t) => [
    uniqueIndex("village_points_transfer").on(t.transferSeq),
    index("village_points_household").on(t.householdId, t.on),
  ]);

  return { households, householdStandings, householdQuarters, villagePoints, revisions };
}
