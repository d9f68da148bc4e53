import { spotCheckStates } from "../../domain/facts/spot-checks";
import { choice, command, id, key, month, text } from "../bank/fields";
import { proofs } from "../bank/proofs";

export const publishSpotCheckSeed = command(
  "PublishSpotCheckSeedInput",
  "Publishes the hash of the seed for a month that is over. A month has one seed, for good.",
  {
    idempotencyKey: key(),
    month: month("The calendar month from whose records the sample is drawn."),
    seedHash: text(
      { most: 200 },
      "The SHA-256 hash of the seed, in 64 hex digits. You keep the seed itself secret until the next day.",
    ),
  },
);

export const revealSpotCheckSeed = command(
  "RevealSpotCheckSeedInput",
  "Publishes the seed whose hash was published for a month.",
  {
    month: month("The calendar month from whose records the sample is drawn."),
    seed: text({ most: 200 }, "The seed, exactly as it was hashed."),
  },
);

export const recordSpotCheck = command(
  "RecordSpotCheckInput",
  "Notes the finding of a person who looked at a record of a sample.",
  {
    idempotencyKey: key(),
    recordId: id("The id of the service record, which is in the month's sample. NOT_DRAWN."),
    state: choice(spotCheckStates, "The state to which the check comes."),
    finding: text(
      { most: 2000 },
      "A text of up to 2000 characters that says what was found, or what the organisation is asked for.",
    ),
    evidence: proofs("The proofs of the finding."),
  },
);
