import { spotCheckStates } from "../../src/domain/spot-checks";
import type { Kit } from "../kit.sqlite";
import { oneOf } from "./checks";

/** Looking at records again: the seeds that draw, and what was found. */
export function defineSpotCheckTables({ table, text, int, index, uniqueIndex, check }: Kit) {
  /** Projection of SPOT_SEED_SET: one a month; the seed itself once it was told. */
  const spotSeeds = table(
    "spot_seeds",
    {
      id: text().primaryKey(),
      month: text().notNull(),
      seedHash: text().notNull(),
      seed: text(),
      openedSeq: int().notNull(),
      seq: int().notNull(),
    },
    (t) => [uniqueIndex("spot_seeds_month").on(t.month)],
  );

  /** Projection of SPOT_CHECK_STEP: one a record. */
  const spotChecks = table(
    "spot_checks",
    {
      id: text().primaryKey(),
      recordId: text().notNull(),
      organizationId: text().notNull(),
      month: text().notNull(),
      state: text().notNull(),
      outcome: text(),
      findingId: text().notNull(),
      version: int().notNull(),
      seq: int().notNull(),
    },
    (t) => [
      check("spot_check_state", oneOf("state", spotCheckStates)),
      uniqueIndex("spot_checks_record").on(t.recordId),
      index("spot_checks_organization").on(t.organizationId, t.id),
    ],
  );

  return { spotSeeds, spotChecks };
}
