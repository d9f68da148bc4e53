import { fact, type StateOf } from "./shape";
import { code, count, hash, id, oneOf, optional, sealedRow, text } from "./words";

export const spotCheckStates = ["EVIDENCE_REQUESTED", "PASSED", "FAILED", "PUBLISHED"] as const;
export type SpotCheckState = (typeof spotCheckStates)[number];

export const spotCheckOutcomes = ["PASSED", "FAILED"] as const;

/**
 * A month's seed: its hash is published once, the seed itself from the next day on. With the journal entry that ended the
 * day of publication it draws: the officer who chose the seed did not know the entry, and its author did not know the seed.
 */
export const spotSeedSet = fact(
  "SPOT_SEED_SET",
  33,
  {
    id: id("spotseed"),
    month: code,
    seedHash: hash,
    /** Null until it is told. */
    seed: optional(text),
  },
  { into: "spotSeeds", opened: true },
);
export type SpotSeed = StateOf<typeof spotSeedSet>;

/** What was found when a record was looked at. */
export const spotCheckStep = fact(
  "SPOT_CHECK_STEP",
  34,
  {
    id: id("spotcheck"),
    recordId: id("record"),
    organizationId: id("organization"),
    /** The month in which the record was posted, in Asia/Shanghai. */
    month: code,
    state: oneOf(spotCheckStates),
    /** What was found; kept when it is published. */
    outcome: optional(oneOf(spotCheckOutcomes)),
    findingId: sealedRow,
    version: count,
    from: optional(oneOf(spotCheckStates)),
  },
  { into: "spotChecks", unkept: ["from"] },
);
export type SpotCheck = StateOf<typeof spotCheckStep>;
