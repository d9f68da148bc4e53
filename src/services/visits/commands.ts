import { visitModes, visitors } from "../../domain/facts/visits";
import { idKinds } from "../../domain/people/papers";
import { obligationStates, visitResults } from "../../domain/visits";
import { recipientCategories } from "../../domain/visits/recipients";
import { correction } from "../bank/commands";
import {
  choice,
  choices,
  command,
  day,
  flag,
  id,
  instant,
  key,
  list,
  minutes,
  optional,
  personName,
  reason,
  stepKey,
  text,
  usually,
  version,
} from "../bank/fields";
import { proofs } from "../bank/proofs";

export const visitObligationFilter = command(
  "VisitObligationFilter",
  "Which obligations; a field left out does not filter.",
  {
    state: choices(obligationStates, "In any of these states."),
  },
);

export const recordVisit = command("RecordVisitInput", "A visit, or an attempt at one, by whoever makes it.", {
  idempotencyKey: key(),
  organizationId: id("For which organisation: a station of theirs or, as a volunteer, one of your own."),
  recipientId: id("To whom, by recipient id."),
  at: instant(
    "When it began. After the tenth working day that follows it takes evidence and confirmations, as late hours do; after 90 days it is BACKFILL_WINDOW_PASSED. IN_THE_FUTURE. RECIPIENT_DECEASED after a visit that found the person dead.",
  ),
  mode: choice(visitModes, "How it was made."),
  result: choice(
    visitResults,
    "What came of it; MET and NEED_RAISED count. DECEASED ends the list on that day; VISITED_SINCE where the person was met later.",
  ),
  evidence: proofs("What speaks for it; needed when it is entered late: BACKFILL_NEEDS_EVIDENCE."),
  minutes: optional(minutes("How long it took, from 0 to 1440.")),
  note: optional(text({ most: 2000 }, "What you noted; encrypted.")),
  asVolunteer: usually(
    false,
    flag("Whether you came as a volunteer: met for 30 minutes or more, it is then a service record too."),
  ),
  visitor: optional(choice(visitors, "Who came on paid duty; told from who you are where it is left out.")),
  serviceType: optional(text({ most: 50 }, "Of the catalogue; needed for a volunteer's record.")),
  activityLead: optional(text({ most: 100, line: true }, "Who led it; for a volunteer's record.")),
});

export const withdrawVisit = command("WithdrawVisitInput", "A visit that was entered by mistake.", {
  idempotencyKey: stepKey,
  visitId: id("Which visit, by its id."),
  reason: reason(1000, "The reason; it is kept sealed."),
});

export const confirmVisit = command("ConfirmVisitInput", "A visit that waits for a confirmation.", {
  visitId: id("Which visit, by its id."),
  expectedVersion: optional(version("The version that you saw; else VERSION_CONFLICT.")),
});

export const recipientFilter = command("RecipientFilter", "Which recipients; a field left out does not filter.", {
  text: optional(text({ most: 100 }, "Part of their name.")),
  category: choices(recipientCategories, "In any of these categories."),
  divisionCode: optional(text({ most: 200 }, "Living in this division or below, by its code or official code.")),
});

export const registerRecipient = command(
  "RegisterRecipientInput",
  "Somebody to be put on the list. Everything about them is encrypted.",
  {
    idempotencyKey: key(),
    displayName: personName("The name by which people call them. NAME_INVALID."),
    legalName: optional(personName("The name in their papers. NAME_INVALID.")),
    idKind: optional(
      choice(
        idKinds,
        "The kind of papers that the number is of. Left out, the form of the number tells it where one kind alone has that form.",
      ),
    ),
    idNumber: optional(
      text(
        { most: 60, line: true },
        "The ID number that you have seen: by it a person is known again. ID_NUMBER_INVALID; PAPERS_DISAGREE where it is known with another name or birth date.",
      ),
    ),
    birthDate: day("The civil day of their birth."),
    phone: optional(text({ most: 60 }, "Their telephone number, where known. PHONE_INVALID.")),
    divisionCode: text({ most: 200 }, "The division in which they live, by its code or official code."),
    address: optional(text({ most: 200 }, "The place where they live.")),
    categories: list(
      choice(recipientCategories, "Why they are on the list; one at least."),
      { most: 1000 },
      "Why they are on the list; one at least.",
    ),
    consent: flag("Whether they, or whoever answers for them, have consented."),
  },
);

export const reviseRecipient = command(
  "ReviseRecipientInput",
  "What has changed about a recipient, or was entered wrongly. A field left out or null stays as it is.",
  {
    ...correction.fields,
    recipientId: id("The id of the recipient."),
    displayName: optional(personName("The name by which people call them. NAME_INVALID.")),
    birthDate: optional(day("The civil day of their birth. ID_NUMBER_INVALID where the papers say another day.")),
    phone: optional(text({ most: 60 }, "Their telephone number now; an empty text takes it away. PHONE_INVALID.")),
    address: optional(text({ most: 200 }, "Where they live now; an empty text takes it away.")),
    categories: optional(
      list(
        choice(recipientCategories, "Why they are on the list: all of it, as it is now."),
        { most: 1000 },
        "Why they are on the list: all of it, as it is now.",
      ),
    ),
    divisionCode: optional(
      text(
        { most: 200 },
        "The division in which they live now, by its code or official code. They are on its list from today, and each division keeps its months: a month is that of the division on whose list they were on its fifteenth last day. It takes a role that may register recipients there as well. NOT_PERMITTED, DIVISION_NOT_FOUND, DIVISION_RETIRED.",
      ),
    ),
    reason: reason(1000, "The reason; it is kept sealed."),
  },
);

export const listRecipient = command("ListRecipientInput", "Whether somebody is on the list.", {
  recipientId: id("The id of the recipient."),
  listed: flag(
    "False takes them off it after today: a supervisor or an officer where they are still owed a visit, which stays owed. True begins a new span today, in which nothing of the one before is made up for. RECIPIENT_DECEASED.",
  ),
  reason: reason(1000, "The reason; it is kept sealed."),
  expectedVersion: optional(version("The version that you saw; else VERSION_CONFLICT.")),
});
