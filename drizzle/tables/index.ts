import type { Kit } from "../kit.sqlite";
import { defineActivitiesTables } from "./activities";
import { defineCreditTables } from "./credit-records";
import { defineHoursTables } from "./hours";
import { defineReportTables } from "./indicators";
import { defineKeptTables } from "./kept";
import { defineLedgerTables } from "./ledger";
import { defineOrderTables } from "./orders";
import { defineOrganizationTables } from "./organizations";
import { definePeopleTables } from "./people";
import { defineProxyTables } from "./proxies";
import { defineRatingTables } from "./ratings";
import { defineSpotCheckTables } from "./spot-checks";
import { defineStarTables } from "./stars";
import { defineVillageTables } from "./village-points";
import { defineVisitTables } from "./visits";
import { defineWorkersTables } from "./workers";

/**
 * Every table, defined once and built per dialect. Class of each in its comment: *truth* (the journal), *projection*
 * (rebuilt from the journal), *sealed* (committed in the journal by hash), *operational* (no fact lives there alone).
 */
export function defineTables(kit: Kit) {
  return {
    ...defineLedgerTables(kit),
    ...definePeopleTables(kit),
    ...defineOrganizationTables(kit),
    ...defineWorkersTables(kit),
    ...defineVillageTables(kit),
    ...defineVisitTables(kit),
    ...defineCreditTables(kit),
    ...defineSpotCheckTables(kit),
    ...defineReportTables(kit),
    ...defineRatingTables(kit),
    ...defineHoursTables(kit),
    ...defineOrderTables(kit),
    ...defineProxyTables(kit),
    ...defineStarTables(kit),
    ...defineActivitiesTables(kit),
    ...defineKeptTables(kit),
  };
}

export type Tables = ReturnType<typeof defineTables>;
