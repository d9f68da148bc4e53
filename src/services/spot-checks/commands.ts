import { spotCheckStates } from "../../domain/facts/spot-checks";
import { choice, command, id, key, month, text } from "../bank/fields";
import { proofs } from "../bank/proofs";

export const publishSpotCheckSeed = command(
  "PublishSpotCheckSeedInput",
  "The hash of a seed for a month that is over; one a month, for good.",
  {
    idempotencyKey: key(),
    month: month("Which month is drawn from."),
    seedHash: text(
      { most: 200 },
      "SHA-256 of the seed, 64 hex digits; the seed itself stays yours until the next day.",
    ),
  },
);

export const revealSpotCheckSeed = command(
  "RevealSpotCheckSeedInput",
  "The seed whose hash was published for a month.",
  {
    month: month("Which month is drawn from."),
    seed: text({ most: 200 }, "The seed as it was hashed."),
  },
);

export const recordSpotCheck = command(
  "RecordSpotCheckInput",
  "What somebody found who looked at a record of a sample.",
  {
    idempotencyKey: key(),
    recordId: id("The record, by its id; of the month's sample."),
    state: choice(spotCheckStates, "To what the check comes."),
    finding: text({ most: 2000 }, "What was found, or what is asked for, in up to 2000 letters."),
    evidence: proofs("What there is to prove it."),
  },
);
