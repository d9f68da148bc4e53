import { visitModes, visitors } from "../../domain/facts/visits";
import { obligationStates, visitResults } from "../../domain/visits";
import { recipientCategories } from "../../domain/visits/recipients";
import { correction, idKind } from "../bank/commands";
import {
  choice,
  choices,
  command,
  day,
  expectedVersion,
  flag,
  id,
  idNumber,
  instant,
  key,
  list,
  minutes,
  optional,
  personName,
  phone,
  removable,
  sealedReason,
  staying,
  stepKey,
  text,
  usually,
} from "../bank/fields";
import { proofs } from "../bank/proofs";

export const visitObligationFilter = command(
  "VisitObligationFilter",
  "Lists only the owed visits that fit; a field left out does not filter.",
  { state: choices(obligationStates, "Lists only owed visits in any of these states.") },
);

/** No visit lasts longer than a day. */
const dayMinutes = (sentence: string) => minutes(sentence, 24 * 60);

export const recordVisit = command("RecordVisitInput", "Records a visit, or an attempt at one.", {
  idempotencyKey: key(),
  organizationId: id(
    "The id of the organisation for which the visit was made: a station of the recipient's division or, as a volunteer, an organisation of your own.",
  ),
  recipientId: id("The id of the recipient."),
  at: instant(
    "The instant at which the visit began. After the tenth working day that follows, it takes evidence and confirmations, as late hours do; after 90 days it is refused with BACKFILL_WINDOW_PASSED. IN_THE_FUTURE. RECIPIENT_DECEASED after a visit that found the recipient dead.",
  ),
  mode: choice(visitModes, "The way in which the visit was made."),
  result: choice(
    visitResults,
    "The result of the visit; MET and NEED_RAISED count. DECEASED takes the recipient off the list on that day; VISITED_SINCE where the recipient was met later.",
  ),
  evidence: proofs("The proofs of the visit; needed where it is entered late (BACKFILL_NEEDS_EVIDENCE)."),
  minutes: optional(dayMinutes("How many minutes the visit took, from 0 to 1440.")),
  note: optional(text({ most: 2000 }, "A note about the visit, which is kept encrypted.")),
  asVolunteer: usually(
    false,
    flag(
      "Whether you came as a volunteer. Where the recipient was met for 30 minutes or more, the visit is then a service record too.",
    ),
  ),
  visitor: optional(choice(visitors, "The duty on which the visitor came; left out, it follows from your own role.")),
  serviceType: optional(
    text({ most: 50 }, "The kind of service, by a code of the catalogue; needed for a volunteer's service record."),
  ),
  activityLead: optional(
    text({ most: 100, line: true }, "The name of the person who led the visit, for a volunteer's service record."),
  ),
});

export const withdrawVisit = command("WithdrawVisitInput", "Takes back a visit that was entered by mistake.", {
  idempotencyKey: stepKey,
  visitId: id("The id of the visit."),
  reason: sealedReason(),
});

export const confirmVisit = command("ConfirmVisitInput", "Confirms a visit that waits for a confirmation.", {
  visitId: id("The id of the visit."),
  expectedVersion,
});

export const recipientFilter = command(
  "RecipientFilter",
  "Lists only the recipients who fit; a field left out does not filter.",
  {
    text: optional(text({ most: 50 }, "Lists only recipients whose name contains this text.")),
    category: choices(recipientCategories, "Lists only recipients in any of these categories."),
    divisionCode: optional(
      text({ most: 200 }, "Lists only those who live in this division or below, by its code or official code."),
    ),
  },
);

export const registerRecipient = command(
  "RegisterRecipientInput",
  "Puts a person on the list of those to be visited. Everything about the person is kept encrypted.",
  {
    idempotencyKey: key(),
    displayName: personName("The name by which people call the person. NAME_INVALID."),
    legalName: optional(personName("The name that stands in the person's papers. NAME_INVALID.")),
    idKind,
    idNumber: optional(
      idNumber(
        "The ID number from the papers that you have seen; by it the bank knows a person again. ID_NUMBER_INVALID; PAPERS_DISAGREE where the bank knows the number with another name or birth date.",
      ),
    ),
    birthDate: day("The civil day on which the recipient was born."),
    phone: optional(phone("The telephone number of the recipient, where it is known. PHONE_INVALID.")),
    divisionCode: text({ most: 200 }, "The division in which the recipient lives, by its code or official code."),
    address: optional(text({ most: 200 }, "The place where the recipient lives, in words.")),
    categories: list(
      choice(recipientCategories, "The reasons for which the recipient is on the list; one at least is needed."),
      { least: 1, most: 100 },
      "The reasons for which the recipient is on the list; one at least is needed.",
    ),
    consent: flag(
      "Whether the recipient, or the person who answers for them, has consented. It is needed: CONSENT_MISSING.",
    ),
  },
);

export const reviseRecipient = command(
  "ReviseRecipientInput",
  "Changes or corrects what is kept of a recipient. A field left out or null stays as it is.",
  {
    ...correction.fields,
    recipientId: id("The id of the recipient."),
    displayName: staying(personName("The name by which people call the person. NAME_INVALID.")),
    birthDate: staying(
      day("The civil day on which the recipient was born. ID_NUMBER_INVALID where the papers have another day."),
    ),
    phone: removable(
      phone("The telephone number that the recipient has now; an empty text takes it away. PHONE_INVALID."),
    ),
    address: removable(
      text({ most: 200 }, "The place where the recipient lives now, in words; an empty text takes it away."),
    ),
    categories: staying(
      list(
        choice(recipientCategories, "All reasons for which the recipient is on the list, as they are now."),
        { least: 1, most: 100 },
        "All reasons for which the recipient is on the list, as they are now.",
      ),
    ),
    divisionCode: staying(
      text(
        { most: 200 },
        "The division in which the recipient lives now, by its code or official code. The recipient is on its list from today. Each division keeps its months: a month counts for the division on whose list the recipient was on the month's fifteenth last day. You need a role that may register recipients in the new division too. NOT_PERMITTED, DIVISION_NOT_FOUND, DIVISION_RETIRED.",
      ),
    ),
    reason: sealedReason(),
  },
);

export const listRecipient = command(
  "ListRecipientInput",
  "Takes a recipient off the list of those to be visited, or puts them back on it.",
  {
    recipientId: id("The id of the recipient."),
    listed: flag(
      "False takes the recipient off the list after today; a visit that is still owed stays owed, and only a supervisor or an officer may then do so. True puts the recipient back on the list from today; visits missed before are not made up for. RECIPIENT_DECEASED.",
    ),
    reason: sealedReason(),
    expectedVersion,
  },
);
