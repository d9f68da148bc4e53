import { recordOrigins, recordStates } from "../../domain/facts/hours";
import { disputeOutcomes } from "../../domain/hours";
import { batchModes, linesMost } from "../bank/batch";
import {
  type Asked,
  choice,
  choices,
  command,
  day,
  fieldsOf,
  flag,
  id,
  instant,
  key,
  list,
  minutes,
  optional,
  reason,
  text,
  usually,
  whole,
} from "../bank/fields";
import { proofs } from "../bank/proofs";

/** What may be asked about service records. */

const expectedVersion = optional(
  whole({ least: 0, most: 2 ** 31 - 1 }, "The version you saw; another one is a VERSION_CONFLICT."),
);
const recordId = id("Which record, by its id.");

/** What a record says of a service, whoever enters it. */
const service = {
  serviceType: text({ most: 50 }, "A code of the catalogue in force."),
  startedAt: instant("The instant at which it began."),
  endedAt: instant("The instant at which it ended."),
  breakMinutes: usually(0 as never, minutes("Rest taken in between, in minutes.")),
  place: optional(text({ most: 200 }, "The place of the service.")),
  content: text({ most: 2000 }, "What was done, in words."),
  recipientId: optional(
    id("The recipient it helped, by id; NOT_FOUND for anybody who does not live where the organisation works."),
  ),
  evidence: proofs("Proofs; needed when late."),
};
const activityLead = text({ most: 200 }, "The person who led it, by name.");

export const submitServiceRecord = command(
  "SubmitServiceRecordInput",
  "One's own service, for the organisation to confirm.",
  {
    idempotencyKey: key(),
    organizationId: id("The organisation it was done for."),
    ...service,
    activityLead: optional(activityLead),
  },
);

export const serviceHoursEntry = command(
  "ServiceHoursEntryInput",
  "One line of a batch. One of volunteerId and volunteerNo.",
  {
    externalRef: optional(text({ most: 200 }, "Your own reference, unique in your organisation.")),
    volunteerId: optional(id("The volunteer, by id; or by number, in volunteerNo.")),
    volunteerNo: optional(text({ most: 50 }, "Whose service, by number.")),
    ...service,
    activityLead,
  },
);
export type LogEntry = Asked<typeof serviceHoursEntry>;

export const logServiceHours = command("LogServiceHoursInput", "A batch of 1 to 1000 lines.", {
  idempotencyKey: key("Your key for the whole batch."),
  organizationId: id("The organisation that records it."),
  mode: usually("EACH", choice(batchModes, "What becomes of the good lines when others are refused.")),
  dryRun: usually(false, flag("Answers what would happen and keeps nothing; uses no key.")),
  entries: list(
    fieldsOf(serviceHoursEntry, "A line."),
    { least: 1, most: linesMost, refusing: "BATCH_TOO_LARGE" },
    "The lines of the batch; 1 to 1000.",
  ),
});

export const confirmServiceRecords = command("ConfirmServiceRecordsInput", "Records to confirm, 1 to 1000.", {
  idempotencyKey: key("Your key for the whole batch."),
  recordIds: list(
    id("A record."),
    { least: 1, most: linesMost, refusing: "BATCH_TOO_LARGE" },
    "The records, by id; 1 to 1000.",
  ),
  quality: optional(whole({ least: 1, most: 5 }, "How well it was done, 1 to 5.")),
  mode: usually("EACH", choice(batchModes, "What becomes of the others when one is refused.")),
});

const reasoned = { recordId, reason: reason(), expectedVersion };
export const returnServiceRecord = command(
  "ReturnServiceRecordInput",
  "Gives a record back to be corrected.",
  reasoned,
);
export const rejectServiceRecord = command("RejectServiceRecordInput", "Refuses a record for good.", reasoned);
export const voidServiceRecord = command("VoidServiceRecordInput", "Withdraws a record before it is posted.", reasoned);

export const resubmitServiceRecord = command(
  "ResubmitServiceRecordInput",
  "Fields left out stay as they are; the origin stays, confirmations start again.",
  {
    recordId,
    serviceType: optional(service.serviceType),
    startedAt: optional(service.startedAt),
    endedAt: optional(service.endedAt),
    breakMinutes: optional(minutes("Rest taken in between, in minutes.")),
    place: service.place,
    content: optional(service.content),
    activityLead: optional(activityLead),
    evidence: proofs("The proofs that speak for it."),
    expectedVersion,
  },
);

export const disputeServiceRecord = command("DisputeServiceRecordInput", "An objection to a posted record.", {
  idempotencyKey: key(),
  recordId,
  reason: reason(),
  evidence: proofs("What speaks for it."),
});

export const resolveDispute = command(
  "ResolveDisputeInput",
  "The decision of a dispute; startedAt, endedAt and breakMinutes are for ADJUSTED.",
  {
    idempotencyKey: key(),
    recordId,
    outcome: choice(disputeOutcomes, "How it is decided."),
    reason: reason(),
    startedAt: optional(instant("The corrected beginning; for ADJUSTED.")),
    endedAt: optional(instant("The corrected end; for ADJUSTED.")),
    breakMinutes: optional(minutes("The corrected rest, in minutes; for ADJUSTED.")),
  },
);

export const reverseServiceRecord = command("ReverseServiceRecordInput", "Takes a posted record back.", {
  idempotencyKey: key(),
  recordId,
  reason: reason(),
});

export const serviceRecordFilter = command("ServiceRecordFilter", "Which records; a field left out does not filter.", {
  state: choices(recordStates, "In any of these states."),
  origin: choices(recordOrigins, "Of any of these origins."),
  overdue: optional(flag("Only those past their statutory day.")),
  divisionCode: optional(text({ most: 200 }, "Recorded in this division or below, by its code or official code.")),
  from: optional(day("Services of this civil day or later; a service's day is that of its last minute.")),
  to: optional(day("Services of this civil day or earlier.")),
  serviceType: optional(
    list(text({ most: 200 }, "A type."), { most: 100 }, "Services of any of these types, by code."),
  ),
  volunteerId: optional(id("Services of this volunteer, by id.")),
  volunteerNo: optional(text({ most: 200 }, "Services of the volunteer with this number, in any spelling.")),
  externalRef: optional(
    text({ most: 200 }, "Under this reference of the organisation that recorded it, whole and as it was written."),
  ),
  waitsForMe: optional(
    flag(
      "True for records that you may confirm now: they wait at a place where you confirm, concern neither you nor your own, were not handled or confirmed by you, and are not of a colleague at the same organisation. False for all others.",
    ),
  ),
});
