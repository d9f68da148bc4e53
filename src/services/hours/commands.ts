import { recordOrigins, recordStates } from "../../domain/facts/hours";
import { disputeOutcomes } from "../../domain/hours";
import { minutes as wholeMinutes } from "../../domain/kit/minutes";
import { batchModes } from "../bank/batch";
import { batchOf } from "../bank/commands";
import {
  type Asked,
  choice,
  choices,
  command,
  day,
  type Fields,
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
  whole(
    { least: 0, most: 2 ** 31 - 1 },
    "The `version` that you have read. The request is refused with VERSION_CONFLICT where it is another one by now.",
  ),
);
const recordId = id("The id of the service record.");

/** The fields that say what service was done, for every way to enter it. */
const service = {
  serviceType: text(
    { most: 50 },
    "The kind of service, by a code of the catalogue in force (`serviceTypes`). SERVICE_TYPE_NOT_FOUND.",
  ),
  startedAt: instant("The instant at which the service began."),
  endedAt: instant("The instant at which the service ended."),
  breakMinutes: usually(wholeMinutes(0), minutes("The minutes of rest within the service, which do not count.")),
  place: optional(text({ most: 200 }, "The place where the service was given, in words.")),
  content: text({ most: 2000 }, "A description of the work that was done, in words."),
  recipientId: optional(
    id(
      "The id of the recipient whom the service helped. NOT_FOUND where the recipient does not live where the organisation works.",
    ),
  ),
  evidence: proofs("The proofs of the service; needed where it is entered late (BACKFILL_NEEDS_EVIDENCE)."),
};
const activityLead = text({ most: 200 }, "The name of the person who led the activity.");

export const submitServiceRecord = command(
  "SubmitServiceRecordInput",
  "Submits the volunteer's own service, for the organisation to confirm.",
  {
    idempotencyKey: key(),
    organizationId: id("The id of the organisation for which the service was given."),
    ...service,
    activityLead: optional(activityLead),
  },
);

export const serviceHoursEntry = command(
  "ServiceHoursEntryInput",
  "Describes one service of one volunteer. Exactly one of `volunteerId` and `volunteerNo` is needed.",
  {
    externalRef: optional(
      text(
        { most: 200 },
        "A reference of your own, unique within your organisation. The same reference with the same content counts as repeated; with other content it is refused with DUPLICATE_EXTERNAL_REF.",
      ),
    ),
    volunteerId: optional(id("The id of the volunteer; `volunteerNo` may name the volunteer instead.")),
    volunteerNo: optional(
      text({ most: 50 }, "The number of the volunteer, in place of `volunteerId`. VOLUNTEER_NOT_FOUND."),
    ),
    ...service,
    activityLead,
  },
);
export type LogEntry = Asked<typeof serviceHoursEntry>;

export const logServiceHours = command("LogServiceHoursInput", "Logs a batch of 1 to 1000 lines.", {
  idempotencyKey: key(
    "Your own key for the whole batch, of at most 200 bytes. The same key with the same input gets the same answer again; with another input it is refused with IDEMPOTENCY_CONFLICT.",
  ),
  organizationId: id("The id of the organisation that records the services."),
  mode: usually("EACH", choice(batchModes, "Says what becomes of the good lines where other lines are refused.")),
  dryRun: usually(false, flag("True answers what would happen, and keeps nothing; the key is not used up.")),
  entries: batchOf(
    fieldsOf(serviceHoursEntry, "A line of the batch."),
    "The lines of the batch, of which there are 1 to 1000.",
  ),
});

export const confirmServiceRecords = command("ConfirmServiceRecordsInput", "Confirms 1 to 1000 service records.", {
  idempotencyKey: key(
    "Your own key for the whole batch, of at most 200 bytes. The same key with the same input gets the same answer again; with another input it is refused with IDEMPOTENCY_CONFLICT.",
  ),
  recordIds: batchOf(
    id("The id of a service record."),
    "The ids of the service records, of which there are 1 to 1000.",
  ),
  quality: optional(whole({ least: 1, most: 5 }, "How well the services were done, from 1 (badly) to 5 (very well).")),
  mode: usually("EACH", choice(batchModes, "Says what becomes of the other records where one is refused.")),
});

const reasoned = { recordId, reason: reason(), expectedVersion };
export const returnServiceRecord = command(
  "ReturnServiceRecordInput",
  "Gives a service record back to be corrected.",
  reasoned,
);
export const rejectServiceRecord = command("RejectServiceRecordInput", "Refuses a service record for good.", reasoned);
export const voidServiceRecord = command(
  "VoidServiceRecordInput",
  "Withdraws a service record before it is posted.",
  reasoned,
);

export const resubmitServiceRecord = command(
  "ResubmitServiceRecordInput",
  "Submits a returned record again. A field left out stays as it is; the origin stays, and the confirmations start again.",
  {
    recordId,
    serviceType: optional(service.serviceType),
    startedAt: optional(service.startedAt),
    endedAt: optional(service.endedAt),
    breakMinutes: optional(minutes("The minutes of rest within the service, which do not count.")),
    place: service.place,
    content: optional(service.content),
    activityLead: optional(activityLead),
    evidence: proofs("The proofs of the service, in the place of the earlier ones."),
    expectedVersion,
    // A correction may say anew whatever an entry says, but for the recipient, who is another service.
  } satisfies Fields & Record<Exclude<keyof typeof service, "recipientId">, unknown>,
);

export const disputeServiceRecord = command("DisputeServiceRecordInput", "Objects to a posted service record.", {
  idempotencyKey: key(),
  recordId,
  reason: reason(),
  evidence: proofs("The references to proofs that support the objection."),
});

export const resolveDispute = command(
  "ResolveDisputeInput",
  "Decides an objection. `startedAt`, `endedAt` and `breakMinutes` are for ADJUSTED alone.",
  {
    idempotencyKey: key(),
    recordId,
    outcome: choice(disputeOutcomes, "The decision of the objection."),
    reason: reason(),
    startedAt: optional(instant("The corrected instant at which the service began; for ADJUSTED.")),
    endedAt: optional(instant("The corrected instant at which the service ended; for ADJUSTED.")),
    breakMinutes: optional(minutes("The corrected minutes of rest within the service; for ADJUSTED.")),
  },
);

export const reverseServiceRecord = command("ReverseServiceRecordInput", "Takes a posted service record back.", {
  idempotencyKey: key(),
  recordId,
  reason: reason(),
});

export const serviceRecordFilter = command(
  "ServiceRecordFilter",
  "Lists only the service records that fit; a field left out does not filter.",
  {
    state: choices(recordStates, "Lists only records in any of these states."),
    origin: choices(recordOrigins, "Lists only records of any of these origins."),
    overdue: optional(
      flag("True lists only records that are past their statutory day (`recordBy`); false lists all others."),
    ),
    divisionCode: optional(
      text(
        { most: 200 },
        "Lists only records of organisations in this division or below, by its code or official code.",
      ),
    ),
    from: optional(
      day(
        "Lists only services of this civil day or later. The day of a service is the one on which its last minute lies.",
      ),
    ),
    to: optional(day("Lists only services of this civil day or earlier.")),
    serviceType: optional(
      list(
        text({ most: 200 }, "The code of a kind of service."),
        { most: 100 },
        "Lists only services of any of these kinds, by code.",
      ),
    ),
    volunteerId: optional(id("Lists only services of the volunteer with this id.")),
    volunteerNo: optional(
      text(
        { most: 200 },
        "Lists only services of the volunteer with this number; small letters and full-width signs are read too.",
      ),
    ),
    externalRef: optional(
      text(
        { most: 200 },
        "Lists only records with this whole reference of the organisation that recorded them, as it was written.",
      ),
    ),
    waitsForMe: optional(
      flag(
        "True lists only records that you may confirm now: they wait at a place where you confirm, concern neither you nor your family, were not handled or confirmed by you, and are not those of a colleague at the same organisation. False lists all others.",
      ),
    ),
  },
);
