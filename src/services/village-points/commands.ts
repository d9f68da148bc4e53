import {
  command,
  day,
  expectedVersion,
  id,
  key,
  openNumber,
  optional,
  personName,
  reason,
  sealedReason,
  seq,
  text,
  whole,
} from "../bank/fields";

const householdNo = (sentence: string) => openNumber({ least: 1, most: 40 }, sentence);

export const registerHousehold = command(
  "RegisterHouseholdInput",
  "Registers a household for village points. Each quarter begins with the same base of points.",
  {
    idempotencyKey: key(),
    householdNo: householdNo(
      "The number that the household has in its village: letters A to Z, digits and hyphens, no name. DUPLICATE_HOUSEHOLD.",
    ),
    divisionCode: text(
      { most: 200 },
      "The village or town to which the household belongs, by its code or official code.",
    ),
  },
);

export const reviseHousehold = command(
  "ReviseHouseholdInput",
  "Changes a household; a field left out stays as it is.",
  {
    householdId: id("The id of the household."),
    householdNo: optional(householdNo("The number that the household has in its village from now on.")),
    divisionCode: optional(
      text({ most: 200 }, "The village to which the household has moved, by its code or official code."),
    ),
    headName: optional(
      personName("The name of the person who is the household's head from now on; it is kept encrypted.", 1),
    ),
    reason: sealedReason(500),
    expectedVersion,
  },
);

export const splitHousehold = command("SplitHouseholdInput", "Makes a part of a household a household of its own.", {
  idempotencyKey: key(),
  householdId: id("The id of the household from which the part leaves."),
  householdNo: householdNo("The number that the new household has in its village. DUPLICATE_HOUSEHOLD."),
  divisionCode: optional(
    text(
      { most: 200 },
      "The village to which the new household belongs, by its code or official code; left out, it is the same one.",
    ),
  ),
  headName: optional(personName("The name of the person who is the new household's head; it is kept encrypted.", 1)),
  reason: sealedReason(500),
});

export const awardVillagePoints = command(
  "AwardVillagePointsInput",
  "Gives points to a household, or takes them away.",
  {
    idempotencyKey: key(),
    householdId: id("The id of the household, or of one of its lines on a board."),
    points: whole(
      { least: -(2 ** 31), most: 2 ** 31 - 1 },
      "How many points are given, from -100 to 100 and not 0; below 0 they are taken away.",
    ),
    reason: reason(500, "The reason for the points, which is kept encrypted."),
    on: day("The civil day for which the points are given, at most 31 days ago."),
  },
);

export const reverseVillagePoints = command(
  "ReverseVillagePointsInput",
  "Takes back points that were given or taken by mistake.",
  {
    seq: seq("The journal position of the entry, from `VillagePointEntry.seq`."),
    reason: sealedReason(500),
  },
);
