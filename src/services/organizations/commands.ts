import {
  checkResults,
  divisionKinds,
  filingStatuses,
  findingKinds,
  organizationActions,
  organizationKinds,
} from "../../domain/facts/organizations";
import { headDecisions, organizationMarks } from "../../domain/organizations";
import { batchOf, batchOptions } from "../bank/commands";
import {
  choice,
  choices,
  command,
  day,
  expectedVersion,
  fieldsOf,
  flag,
  id,
  key,
  list,
  openText,
  optional,
  personName,
  reason,
  sealedReason,
  slug,
  stepKey,
  text,
  uscc,
  version,
  whole,
} from "../bank/fields";
import { checkShape } from "../bank/input";

export const proposeOrganizationHead = command(
  "ProposeOrganizationHeadInput",
  "Proposes a person as the head of an organisation.",
  {
    idempotencyKey: key(),
    organizationId: id("The id of the organisation."),
    displayName: personName("The name of the person, which is kept encrypted. NAME_INVALID."),
  },
);

export const advanceOrganizationHead = command(
  "AdvanceOrganizationHeadInput",
  "Takes a step with a proposed or approved head.",
  {
    idempotencyKey: stepKey,
    headId: id("The id of the head, from `Organization.heads`."),
    action: choice(headDecisions, "The step to be taken."),
    reason: optional(text({ most: 1000 }, "The reason for the step; needed for REFUSE and END. REASON_MISSING.")),
  },
);

export const advanceOrganization = command(
  "AdvanceOrganizationInput",
  "Suspends, resumes or dissolves an organisation.",
  {
    organizationId: id("The id of the organisation."),
    action: choice(organizationActions, "The step that is to be taken."),
    reason: sealedReason(),
    expectedVersion,
  },
);

export const recordFinding = command("RecordFindingInput", "Notes a finding of an authority about an organisation.", {
  idempotencyKey: key(),
  organizationId: id("The id of the organisation."),
  kind: choice(findingKinds, "The kind of finding: an annual check, a penalty or an investigation."),
  result: optional(
    choice(checkResults, "The result of an annual check; needed for an annual check, and refused for anything else."),
  ),
  year: optional(
    whole(
      { least: -(2 ** 31), most: 2 ** 31 - 1 },
      "The calendar year that the annual check is about; null for other findings.",
    ),
  ),
  on: day("The civil day of the result, of the decision, or of the opening; not after today."),
  endedOn: optional(
    day("The civil day on which the penalty was executed or the investigation closed; left out while it is open."),
  ),
});

export const reviseFinding = command(
  "ReviseFindingInput",
  "Ends or corrects a finding, or takes back one that was entered by mistake.",
  {
    findingId: id("The id of the finding."),
    endedOn: optional(day("The civil day on which the penalty was executed, or the investigation closed.")),
    result: optional(choice(checkResults, "The result of the check, where a wrong one was entered.")),
    on: optional(day("The civil day of the finding, where a wrong one was entered.")),
    withdrawn: optional(flag("True where the finding was entered by mistake and is taken back.")),
    reason: sealedReason(),
    expectedVersion,
  },
);

export const describeOrganization = command(
  "DescribeOrganizationInput",
  "Describes an organisation beyond its registration. All fields together are set, as they are now.",
  {
    organizationId: id("The id of the organisation."),
    registeredOn: optional(day("The civil day on which the organisation was registered or filed.")),
    hub: flag("Whether the organisation is a hub that supports others (枢纽型)."),
    villageKind: optional(
      text({ most: 200 }, "The kind of village organisation that it is, by a code of `villageOrganizationKinds`."),
    ),
    supervisorId: optional(id("The id of the organisation that supervises it (业务主管单位).")),
    expectedVersion: optional(
      version(
        "The `profileVersion` that you have read. The request is refused with VERSION_CONFLICT where it is another one by now.",
      ),
    ),
  },
);

export const recordAward = command(
  "RecordAwardInput",
  "Notes an honour that an organisation was given, by its name, or a mark of the office.",
  {
    idempotencyKey: key(),
    organizationId: id("The id of the organisation."),
    name: optional(
      openText(
        { most: 200, least: 2, line: true, name: true },
        "The name of the honour; left out for a mark of the office, which has its own.",
      ),
    ),
    mark: optional(
      choice(
        organizationMarks,
        "The mark of the office; left out for any other honour. Each mark is for organisations of one kind.",
      ),
    ),
    grantedBy: openText({ most: 200, least: 2, line: true }, "The name of the unit that gave the honour."),
    on: day("The civil day on which the honour was given; not after today."),
  },
);

export const withdrawAward = command("WithdrawAwardInput", "Takes back an honour that was entered by mistake.", {
  idempotencyKey: stepKey,
  awardId: id("The id of the honour."),
  reason: sealedReason(),
});

export const organizationFilter = command(
  "OrganizationFilter",
  "Lists only the organisations that fit; a field left out does not filter.",
  {
    slug: optional(text({ most: 200 }, "The short name that the address of its page contains.")),
    text: optional(text({ most: 100, name: true }, "Lists only organisations whose name contains this text.")),
    kind: choices(organizationKinds, "Lists only organisations of any of these kinds."),
    compliant: optional(
      flag(
        "True lists only stations that have the certified social workers they need today; false lists only stations that have not.",
      ),
    ),
    hub: optional(flag("True lists only hubs that support others; false lists all other organisations.")),
    villageKind: optional(
      list(
        text({ most: 200 }, "Lists only village organisations of any of these kinds, by code."),
        { most: 100 },
        "Lists only village organisations of any of these kinds, by code.",
      ),
    ),
    minPlatformStar: optional(
      whole({ least: -(2 ** 31), most: 2 ** 31 - 1 }, "Lists only platforms that have at least this many stars today."),
    ),
    divisionCode: optional(
      text({ most: 200 }, "Lists only what lies in this division or below, by its code or official code."),
    ),
  },
);

export const registerOrganization = command("RegisterOrganizationInput", "Registers one organisation with the bank.", {
  idempotencyKey: key(),
  slug: optional(slug("A short name that the address of its page contains; the bank makes one where it is left out.")),
  name: openText({ most: 100, least: 2, name: true, line: true }, "The name that the organisation has."),
  kind: choice(organizationKinds, "The kind of organisation that is registered."),
  uscc: optional(
    uscc("The unified social credit code of the organisation, with a valid check digit. USCC_INVALID, DUPLICATE_USCC."),
  ),
  filingStatus: choice(filingStatuses, "Says whether the organisation is registered or filed."),
  divisionCode: text({ most: 200 }, "The division in which the organisation works, by its code or official code."),
});

export const organization = command(
  "OrganizationInput",
  "Describes an organisation to be registered. A line about an organisation that is registered already counts as repeated; the bank knows it by its short name, its code, or by name and division where it has neither.",
  {
    slug: optional(
      slug("A short name that the address of its page contains; the bank makes one where it is left out."),
    ),
    name: openText(
      { most: 100, least: 2, name: true, line: true },
      "The name under which the organisation is registered.",
    ),
    kind: choice(organizationKinds, "The kind of organisation that it is."),
    uscc: optional(
      uscc(
        "The unified social credit code of the organisation, with a valid check digit. USCC_INVALID, DUPLICATE_USCC.",
      ),
    ),
    filingStatus: choice(filingStatuses, "Says whether the organisation is registered, filed, or neither."),
    divisionCode: text(
      { most: 200 },
      "The division in which the organisation works, by its code or official code. DIVISION_NOT_FOUND, DIVISION_RETIRED.",
    ),
    registeredOn: optional(day("The civil day on which the organisation was registered or filed.")),
    hub: optional(flag("Whether the organisation is a hub that supports other organisations (枢纽型).")),
    villageKind: optional(
      text({ most: 200 }, "The kind of village organisation that it is, by a code of the policy's list."),
    ),
  },
);

export const registerOrganizations = command("RegisterOrganizationsInput", "Registers organisations in a batch.", {
  idempotencyKey: key(),
  organizations: batchOf(
    fieldsOf(organization, "The organisations to register, one a line, of which there are 1 to 1000."),
    "The organisations to register, one a line, of which there are 1 to 1000.",
  ),
  ...batchOptions,
});

/** A place's name has a letter, and no sign by which a spreadsheet would take it for a formula. */
function placeName(sentence: string) {
  const name = openText({ most: 50, line: true, name: true }, sentence);
  const form = /^(?=.*\p{L})[\p{L}\p{N}][\p{L}\p{M}\p{N} ·•.、()（）《》“”'’-]*$/u;
  const expected = "a name that begins with a letter or a digit, without signs such as = and @";
  return { ...name, read: (asked: string, path: string[]) => checkShape(name.read(asked, path), path, form, expected) };
}

export const division = command(
  "DivisionInput",
  "Sets a division that the bank knows by this code, or adds one. Of a known division, a field left out stays as it is.",
  {
    code: text(
      { most: 200 },
      "A short name in lower case that the division has in this bank, such as fengqiao, or the official code itself, of 6, 9 or 12 digits; zeros at its end that name nothing are left out. DIVISION_CODE_INVALID.",
    ),
    officialCode: optional(
      text(
        { most: 200 },
        "The code that the division has by GB/T 2260 (6 digits) and GB/T 10114 (9), or by the statistics bureau for villages (12). It follows from `code` where that is an official code. No two divisions share one: DUPLICATE_DIVISION.",
      ),
    ),
    name: placeName(
      "The name that people read. No two divisions in use beside each other share one: DUPLICATE_DIVISION.",
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
        "The division in which it lies, by its code or official code. It follows from an official code of 9 or 12 digits, and may stand anywhere in the same batch. DIVISION_NOT_FOUND, DIVISION_MISPLACED, DIVISION_RETIRED.",
      ),
    ),
    retired: optional(
      flag(
        "True retires the division: it keeps its history and takes nothing new (DIVISION_IN_USE while divisions in it are in use). False takes it into use again.",
      ),
    ),
  },
);

export const setDivisions = command(
  "SetDivisionsInput",
  "Sets divisions in a batch; the lines may stand in any order.",
  {
    idempotencyKey: key(),
    divisions: batchOf(
      fieldsOf(division, "The divisions to set, one a line, of which there are 1 to 1000."),
      "The divisions to set, one a line, of which there are 1 to 1000.",
    ),
    ...batchOptions,
  },
);

export const reviseOrganization = command(
  "ReviseOrganizationInput",
  "Changes an organisation's registration; a field left out stays as it is.",
  {
    organizationId: id("The id of the organisation."),
    name: optional(
      openText({ most: 100, least: 2, line: true, name: true }, "The name that the organisation has now."),
    ),
    uscc: optional(
      uscc(
        "The unified social credit code of the organisation, with a valid check digit. USCC_INVALID, DUPLICATE_USCC.",
      ),
    ),
    filingStatus: optional(
      choice(filingStatuses, "Says whether the organisation is registered, filed, or neither, from now on."),
    ),
    divisionCode: optional(
      text(
        { most: 200 },
        "The division in which the organisation works from now on, by its code or official code; earlier activities stay in theirs. DIVISION_NOT_FOUND, DIVISION_RETIRED.",
      ),
    ),
    reason: reason(1000, "The reason, such as the number of a document; it is kept encrypted."),
    expectedVersion,
  },
);
