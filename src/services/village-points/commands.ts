import { command, day, id, key, optional, personName, reason, seq, text, version, whole } from "../bank/fields";

export const registerHousehold = command(
  "RegisterHouseholdInput",
  "A household to be registered; each quarter begins with the base of points.",
  {
    idempotencyKey: key(),
    householdNo: text({ most: 200 }, "Its number in the village: letters A to Z, digits and hyphens, no name."),
    divisionCode: text({ most: 200 }, "The village or town, by its code or official code."),
  },
);

export const reviseHousehold = command(
  "ReviseHouseholdInput",
  "What has changed of a household; what is left out stays.",
  {
    householdId: id("Which household, by its id."),
    householdNo: optional(text({ most: 200 }, "Its number in the village from now on.")),
    divisionCode: optional(text({ most: 200 }, "The village that it has moved to, by its code or official code.")),
    headName: optional(personName("Its head from now on, by name; kept sealed.", 1)),
    reason: reason(500, "The reason; it is kept sealed."),
    expectedVersion: optional(version("The version that you saw; else VERSION_CONFLICT.")),
  },
);

export const splitHousehold = command("SplitHouseholdInput", "A part of a household that becomes one of its own.", {
  idempotencyKey: key(),
  householdId: id("The household that stays, by its id."),
  householdNo: text({ most: 200 }, "The new household's number in its village."),
  divisionCode: optional(
    text({ most: 200 }, "The new household's village, by its code or official code; left out, the same one."),
  ),
  headName: optional(personName("The new household's head, by name; kept sealed.", 1)),
  reason: reason(500, "The reason; it is kept sealed."),
});

export const awardVillagePoints = command(
  "AwardVillagePointsInput",
  "Points for a household; below zero they are taken.",
  {
    idempotencyKey: key(),
    householdId: id("Which household, by its id or that of one of its lines on a board."),
    points: whole({ least: -(2 ** 31), most: 2 ** 31 - 1 }, "From -100 to 100, and not 0."),
    reason: reason(500, "What they are for; encrypted."),
    on: day("The civil day they are for, at most 31 days ago."),
  },
);

export const reverseVillagePoints = command(
  "ReverseVillagePointsInput",
  "Points that were given or taken by mistake.",
  {
    seq: seq("Which entry, by its position."),
    reason: reason(500, "The reason; it is kept sealed."),
  },
);
