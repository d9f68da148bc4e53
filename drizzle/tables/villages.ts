import type { Kit } from "../kit.sqlite";

/** Village points: households, and what was given to or taken from each. */
export function defineVillageTables({ table, text, int, index, primaryKey, uniqueIndex }: Kit) {
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

  return { households, householdQuarters, villagePoints };
}
