import {
  checkResults,
  divisionKinds,
  filingStatuses,
  findingKinds,
  organizationActions,
  organizationKinds,
} from "../../domain/facts/organizations";
import { headDecisions, organizationMarks } from "../../domain/organizations";
import { batchModes } from "../bank/batch";
import {
  choice,
  choices,
  command,
  day,
  fieldsOf,
  flag,
  id,
  key,
  list,
  openText,
  optional,
  personName,
  reason,
  stepKey,
  text,
  usually,
  version,
  whole,
} from "../bank/fields";

export const proposeOrganizationHead = command(
  "ProposeOrganizationHeadInput",
  "Somebody whom an organisation wants as its head.",
  {
    idempotencyKey: key(),
    organizationId: id("Which organisation, by its id."),
    displayName: personName("The name of the head; encrypted. NAME_INVALID."),
  },
);

export const advanceOrganizationHead = command(
  "AdvanceOrganizationHeadInput",
  "What becomes of a proposed or approved head.",
  {
    idempotencyKey: stepKey,
    headId: id("Which head, by its id."),
    action: choice(headDecisions, "The step to be taken."),
    reason: optional(text({ most: 1000 }, "Why; needed to refuse and to end.")),
  },
);

export const advanceOrganization = command(
  "AdvanceOrganizationInput",
  "An organisation that is taken off work, put back to it, or dissolved.",
  {
    organizationId: id("Which organisation, by its id."),
    action: choice(organizationActions, "Which step is taken."),
    reason: reason(1000, "The reason; it is kept sealed."),
    expectedVersion: optional(version("The version that you saw; else VERSION_CONFLICT.")),
  },
);

export const recordFinding = command("RecordFindingInput", "What an authority has found about an organisation.", {
  idempotencyKey: key(),
  organizationId: id("Which organisation, by its id."),
  kind: choice(findingKinds, "An annual check, a penalty or an investigation."),
  result: optional(choice(checkResults, "Of an annual check, and of nothing else.")),
  year: optional(whole({ least: -(2 ** 31), most: 2 ** 31 - 1 }, "The calendar year that an annual check was about.")),
  on: day("The civil day, not after today."),
  endedOn: optional(day("The civil day on which it was over, if it is.")),
});

export const reviseFinding = command("ReviseFindingInput", "A finding that is over, or that was entered by mistake.", {
  findingId: id("Which finding, by its id."),
  endedOn: optional(day("The civil day on which the penalty was executed, or the investigation closed.")),
  result: optional(choice(checkResults, "The result of the check, where a wrong one was entered.")),
  on: optional(day("The civil day of the finding, where a wrong one was entered.")),
  withdrawn: optional(flag("True where it was entered by mistake.")),
  reason: reason(1000, "The reason; it is kept sealed."),
  expectedVersion: optional(version("The version that you saw; else VERSION_CONFLICT.")),
});

export const describeOrganization = command(
  "DescribeOrganizationInput",
  "What an organisation is besides its registration: all of it, as it is now.",
  {
    organizationId: id("Which organisation, by its id."),
    registeredOn: optional(day("The civil day of its registration or filing.")),
    hub: flag("Whether it is a hub that supports others."),
    villageKind: optional(text({ most: 200 }, "Its kind among village organisations, by code.")),
    supervisorId: optional(id("The unit that supervises it, by organisation id.")),
    expectedVersion: optional(version("The profileVersion that you saw; else VERSION_CONFLICT.")),
  },
);

export const recordAward = command(
  "RecordAwardInput",
  "An award to an organisation: an honour by its name, or a mark of the office.",
  {
    idempotencyKey: key(),
    organizationId: id("Which organisation, by its id."),
    name: optional(
      openText({ most: 200, least: 2, line: true, name: true }, "What the award is called; left out for a mark."),
    ),
    mark: optional(
      choice(
        organizationMarks,
        "Which mark of the office; left out for any other award. Each is for organisations of one kind.",
      ),
    ),
    grantedBy: openText({ most: 200, least: 2, line: true }, "Which unit gave it."),
    on: day("The civil day, not after today."),
  },
);

export const withdrawAward = command("WithdrawAwardInput", "An award that was entered by mistake.", {
  idempotencyKey: stepKey,
  awardId: id("Which award, by its id."),
  reason: reason(1000, "The reason; it is kept sealed."),
});

export const organizationFilter = command(
  "OrganizationFilter",
  "Which organisations; a field left out does not filter.",
  {
    slug: optional(text({ most: 200 }, "The short name it is known by.")),
    text: optional(text({ most: 100 }, "Part of its name.")),
    kind: choices(organizationKinds, "Any of these kinds."),
    compliant: optional(flag("Stations that have, or do not have, the certified social workers they need today.")),
    hub: optional(flag("Hubs that support others, or all but those.")),
    villageKind: optional(
      list(
        text({ most: 200 }, "Any of these kinds of village organisations, by code."),
        { most: 1000 },
        "Any of these kinds of village organisations, by code.",
      ),
    ),
    minPlatformStar: optional(
      whole({ least: -(2 ** 31), most: 2 ** 31 - 1 }, "Platforms with at least so many stars today."),
    ),
    divisionCode: optional(text({ most: 200 }, "In this division or below, by its code or official code.")),
  },
);

export const registerOrganization = command("RegisterOrganizationInput", "An organisation to be registered.", {
  idempotencyKey: key(),
  slug: optional(text({ most: 200 }, "A short name; one is made when left out.")),
  name: openText({ most: 100, least: 2, name: true, line: true }, "What it is called."),
  kind: choice(organizationKinds, "What kind it is of."),
  uscc: optional(text({ most: 200 }, "Its unified social credit code, with a valid check digit.")),
  filingStatus: choice(filingStatuses, "Whether it is registered or filed."),
  divisionCode: text({ most: 200 }, "The division in which it works, by its code or official code."),
});

export const organization = command(
  "OrganizationInput",
  "One line of registerOrganizations. A line that says what is registered already repeats it: known by its short name, its code, or by name and division where it has neither.",
  {
    slug: optional(text({ most: 200 }, "A short name for addresses; one is made when left out.")),
    name: openText({ most: 100, least: 2, name: true, line: true }, "The name it is registered under."),
    kind: choice(organizationKinds, "The kind of organisation."),
    uscc: optional(text({ most: 200 }, "Its unified social credit code, with a valid check digit.")),
    filingStatus: choice(filingStatuses, "Whether it is registered, filed, or neither."),
    divisionCode: text(
      { most: 200 },
      "The division in which it works, by its code or official code; DIVISION_NOT_FOUND, DIVISION_RETIRED.",
    ),
    registeredOn: optional(day("The civil day of its registration or filing.")),
    hub: optional(flag("Whether it is a hub that supports other organisations.")),
    villageKind: optional(text({ most: 200 }, "Its kind of village organisation, by a code of the policy's list.")),
  },
);

export const registerOrganizations = command("RegisterOrganizationsInput", "Organisations to be registered.", {
  idempotencyKey: key(),
  organizations: list(
    fieldsOf(organization, "The organisations, a line each: 1 to 1000."),
    { most: 1000 },
    "The organisations, a line each: 1 to 1000.",
  ),
  mode: usually("EACH", choice(batchModes, "What becomes of good lines beside bad ones.")),
  dryRun: usually(false, flag("True tells what would happen and keeps nothing.")),
});

export const division = command(
  "DivisionInput",
  "One line of setDivisions. It sets a division that the bank knows by this code, or adds one. Of a known division, a field left out stays as it is.",
  {
    code: text(
      { most: 200 },
      "A short name in lower case such as fengqiao, or the official code itself, of 6, 9 or 12 digits; zeros at its end that name nothing are left out. Else DIVISION_CODE_INVALID.",
    ),
    officialCode: optional(
      text(
        { most: 200 },
        "The code by GB/T 2260 (6 digits) and GB/T 10114 (9), or the statistics bureau's for villages (12); it follows from code where that is one. No two divisions share one.",
      ),
    ),
    name: openText(
      { most: 100, least: 2, name: true, line: true },
      "The name that people read; no two divisions in use beside each other share one.",
    ),
    kind: optional(
      choice(
        divisionKinds,
        "The kind of division. It follows from an official code: digits 7 to 9 name a subdistrict (001-099), a town (100-199) or a township (200-399), digits 10 to 12 a community (001-199, 400-499) or a village (200-399, 500-599).",
      ),
    ),
    parentCode: optional(
      text(
        { most: 200 },
        "The division it lies in, by its code or official code; it follows from an official code of 9 or 12 digits, and may stand anywhere in the same batch. DIVISION_NOT_FOUND, DIVISION_MISPLACED, DIVISION_RETIRED.",
      ),
    ),
    retired: optional(
      flag(
        "True ends it for new things and keeps its history (DIVISION_IN_USE while divisions in it are in use); false takes it into use again.",
      ),
    ),
  },
);

export const setDivisions = command("SetDivisionsInput", "Divisions to be set; lines may stand in any order.", {
  idempotencyKey: key(),
  divisions: list(
    fieldsOf(division, "The divisions, a line each: 1 to 1000."),
    { most: 1000 },
    "The divisions, a line each: 1 to 1000.",
  ),
  mode: usually("EACH", choice(batchModes, "What becomes of good lines beside bad ones.")),
  dryRun: usually(false, flag("True tells what would happen and keeps nothing.")),
});

export const reviseOrganization = command(
  "ReviseOrganizationInput",
  "What has changed in an organisation's registration; a field left out stays as it is.",
  {
    organizationId: id("Which organisation, by its id."),
    name: optional(openText({ most: 100, least: 2, line: true, name: true }, "What it is called now.")),
    uscc: optional(text({ most: 200 }, "Its unified social credit code, with a valid check digit.")),
    filingStatus: optional(choice(filingStatuses, "Registered, filed, or neither.")),
    divisionCode: optional(
      text(
        { most: 200 },
        "The division in which it works now, by its code or official code; its activities of before stay in theirs. DIVISION_NOT_FOUND, DIVISION_RETIRED.",
      ),
    ),
    reason: reason(1000, "The reason, such as a document's number; it is kept sealed."),
    expectedVersion: optional(version("The version that you saw; else VERSION_CONFLICT.")),
  },
);
