import { starDecisions, starStates } from "../../domain/facts/stars";
import {
  choice,
  choices,
  command,
  expectedVersion,
  id,
  key,
  optional,
  sealedReason,
  stepKey,
  text,
  whole,
} from "../bank/fields";

const awardId = id("The id of the star award.");

export const proposeVolunteerStar = command("ProposeVolunteerStarInput", "Proposes a volunteer for a star.", {
  idempotencyKey: key(),
  volunteerId: id("The id of the volunteer."),
  level: whole(
    { least: 1, most: 5 },
    "The level of the star, from 1 to 5. STAR_MINUTES_SHORT, STAR_HELD, STAR_PENDING.",
  ),
});

export const objectToVolunteerStar = command(
  "ObjectToVolunteerStarInput",
  "Objects to a star while its public notice runs.",
  { idempotencyKey: stepKey, awardId, reason: sealedReason(), expectedVersion },
);

export const decideVolunteerStar = command("DecideVolunteerStarInput", "Decides about a volunteer's star.", {
  idempotencyKey: stepKey,
  awardId,
  decision: choice(starDecisions, "The decision that is made."),
  reason: optional(
    text(
      { most: 1000 },
      "The reason, which is kept encrypted. It is needed for every decision but a GRANT to which nobody objected, and for a star that another authority grants: there it names the paper. REASON_MISSING, STAR_AUTHORITY.",
    ),
  ),
  expectedVersion,
});

export const starAwardFilter = command(
  "StarAwardFilter",
  "Lists only the awards that fit; a field left out does not filter.",
  {
    state: choices(starStates, "Lists only awards in any of these states."),
    divisionCode: optional(
      text({ most: 200 }, "Lists only awards of this division or below, by its code or official code."),
    ),
  },
);
