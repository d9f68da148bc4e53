import { revisionActions } from "../../src/domain/revisions";
import type { Kit } from "../kit.sqlite";
import { oneOf } from "./checks";

/** Village points: households, and what was given to or taken from each. */
export function defineVillageTables({ table, text, int, json, index, primaryKey, uniqueIndex, check }: Kit) {
  /** Projection of HOUSEHOLD_SET. */
  const households = table(
    "households",
    {
      id: text().primaryKey(),
      personId: text().notNull(),
      householdNo: text().notNull(),
      divisionCode: text().notNull(),
      accountId: text().notNull(),
      version: int().notNull(),
      seq: int().notNull(),
    },
    (t) => [uniqueIndex("households_no").on(t.divisionCode, t.householdNo)],
  );

  /** Projection of HOUSEHOLD_SET: where a household was from which day on, so that the board of a past quarter stays. */
  const householdStandings = table(
    "household_standings",
    {
      householdId: text().notNull(),
      version: int().notNull(),
      householdNo: text().notNull(),
      divisionCode: text().notNull(),
      since: text().notNull(),
      seq: int().notNull(),
    },
    (t) => [
      primaryKey({ columns: [t.householdId, t.version], name: "household_standings_pk" }),
      index("household_standings_division").on(t.divisionCode, t.householdId),
    ],
  );

  /** Projection of CAMPAIGN_MOVED and HOUSEHOLD_MOVED: each step after it was entered, with the fields that it changed. */
  const revisions = table(
    "revisions",
    {
      subjectId: text().notNull(),
      version: int().notNull(),
      seq: int().notNull(),
      at: int().notNull(),
      action: text().notNull(),
      fields: json<string[]>().notNull(),
      otherId: text(),
      profileId: text(),
      actorId: text().notNull(),
      actorKind: text().notNull(),
      reasonId: text().notNull(),
    },
    (t) => [
      primaryKey({ columns: [t.subjectId, t.version], name: "revisions_pk" }),
      check("revision_action", oneOf("action", revisionActions)),
      index("revisions_other").on(t.otherId),
    ],
  );

  /** Projection of HOUSEHOLD_QUARTER_SET: the account of each quarter that was begun. */
  const householdQuarters = table(
    "household_quarters",
    {
      householdId: text().notNull(),
      quarter: text().notNull(),
      accountId: text().notNull(),
      seq: int().notNull(),
    },
    (t) => [primaryKey({ columns: [t.householdId, t.quarter] })],
  );

  /** Projection of VILLAGE_POINTS_SET. */
  const villagePoints = table(
    "village_points",
    {
      id: text().primaryKey(),
      householdId: text().notNull(),
      transferSeq: int().notNull(),
      points: int().notNull(),
      on: text().notNull(),
      reasonId: text().notNull(),
      reversedBySeq: int(),
      version: int().notNull(),
      seq: int().notNull(),
    },
    (t) => [
      uniqueIndex("village_points_transfer").on(t.transferSeq),
      index("village_points_household").on(t.householdId, t.on),
    ],
  );

  return { households, householdStandings, householdQuarters, villagePoints, revisions };
}
