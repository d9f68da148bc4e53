import { spotCheckStep, spotSeedSet } from "../../src/domain/facts/spot-checks";
import { projected } from "../columns";
import type { Kit } from "../kit.sqlite";

/** Looking at records again: the seeds that draw, and what was found. */
export function defineSpotCheckTables(kit: Kit) {
  const { index, uniqueIndex } = kit;
  /** Projection of SPOT_SEED_SET: one a month; the seed itself once it was told. */
  const spotSeeds = projected(kit, spotSeedSet.into.spotSeeds, (t) => [uniqueIndex("spot_seeds_month").on(t.month)]);

  /** Projection of SPOT_CHECK_STEP: one a record. */
  const spotChecks = projected(kit, spotCheckStep.into.spotChecks, (t) => [
    uniqueIndex("spot_checks_record").on(t.recordId),
    index("spot_checks_organization").on(t.organizationId, t.id),
  ]);

  return { spotSeeds, spotChecks };
}
