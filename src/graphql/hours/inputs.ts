import { ArgsType, Field, ID, InputType, Int } from "type-graphql";
import type {
  EvidenceKind as Kind,
  RecordOrigin as Origin,
  DisputeOutcome as Outcome,
  RecordState,
} from "../../domain/hours";
import type { RecordOrder } from "../../storage/store";
import {
  BatchMode,
  DisputeOutcome,
  EvidenceKind,
  RecordOrigin,
  ServiceRecordOrder,
  ServiceRecordState,
} from "../kit/enums";
import { OrderedPageArgs } from "../kit/paging";
import { DateScalar, DateTimeScalar, MinutesScalar } from "../kit/scalars";

@InputType({ description: "Which records; a field left out does not filter." })
export class ServiceRecordFilter {
  @Field(() => [ServiceRecordState], { nullable: true, description: "In any of these states." }) state?:
    | RecordState[]
    | null;
  @Field(() => [RecordOrigin], { nullable: true, description: "Of any of these origins." }) origin?: Origin[] | null;
  @Field(() => Boolean, { nullable: true, description: "Only those past their statutory day." }) overdue?:
    | boolean
    | null;
  @Field(() => String, {
    nullable: true,
    description: "Recorded in this division or below, by its code or official code.",
  })
  divisionCode?: string | null;
  @Field(() => DateScalar, {
    nullable: true,
    description: "Services of this civil day or later; a service's day is that of its last minute.",
  })
  from?: string | null;
  @Field(() => DateScalar, { nullable: true, description: "Services of this civil day or earlier." })
  to?: string | null;
  @Field(() => [String], { nullable: true, description: "Services of any of these types, by code." })
  serviceType?: string[] | null;
  @Field(() => ID, { nullable: true, description: "Services of this volunteer, by id." }) volunteerId?: string | null;
  @Field(() => String, { nullable: true, description: "Services of the volunteer with this number, in any spelling." })
  volunteerNo?: string | null;
  @Field(() => String, {
    nullable: true,
    description: "Under this reference of the organisation that recorded it, whole and as it was written.",
  })
  externalRef?: string | null;
  @Field(() => Boolean, {
    nullable: true,
    description:
      "True for records that you may confirm now: they wait at a place where you confirm, concern neither you nor your own, were not handled or confirmed by you, and are not of a colleague at the same organisation. False for all others.",
  })
  waitsForMe?: boolean | null;
}

/** Which page of a list of records is asked for, of which records, in which order. */
export function recordListArgs(usual: RecordOrder) {
  @ArgsType()
  class RecordListArgs extends OrderedPageArgs {
    @Field(() => ServiceRecordFilter, {
      nullable: true,
      description: "Only what fits; a field left out does not filter.",
    })
    filter?: ServiceRecordFilter;
    @Field(() => ServiceRecordOrder, { defaultValue: usual, description: "In which order they are listed." })
    orderBy: RecordOrder;
  }
  return RecordListArgs;
}

@InputType({ description: "A reference to a proof." })
export class EvidenceInput {
  @Field(() => EvidenceKind, { description: "What kind of proof it is." }) kind: Kind;
  @Field(() => String, { description: "Where the organisation keeps it." }) ref: string;
}

@InputType({ description: "One's own service, for the organisation to confirm." })
export class SubmitServiceRecordInput {
  @Field(() => ID, { description: "Your key: the same key and input answers the same again." }) idempotencyKey: string;
  @Field(() => ID, { description: "The organisation it was done for." }) organizationId: string;
  @Field(() => String, { description: "A code of the catalogue in force." }) serviceType: string;
  @Field(() => DateTimeScalar, { description: "The instant at which it began." }) startedAt: number;
  @Field(() => DateTimeScalar, { description: "The instant at which it ended." }) endedAt: number;
  @Field(() => MinutesScalar, { defaultValue: 0, description: "Rest taken in between, in minutes." })
  breakMinutes: number;
  @Field(() => String, { nullable: true, description: "The place of the service." }) place?: string | null;
  @Field(() => String, { description: "What was done, in words." }) content: string;
  @Field(() => String, { nullable: true, description: "The person who led it, by name." }) activityLead?: string | null;
  @Field(() => ID, {
    nullable: true,
    description:
      "The recipient it helped, by id; NOT_FOUND for anybody who does not live where the organisation works.",
  })
  recipientId?: string | null;
  @Field(() => [EvidenceInput], { nullable: true, description: "Proofs; needed when late." }) evidence?:
    | EvidenceInput[]
    | null;
}

@InputType({ description: "One line of a batch. One of volunteerId and volunteerNo." })
export class ServiceHoursEntryInput {
  @Field(() => String, { nullable: true, description: "Your own reference, unique in your organisation." })
  externalRef?: string | null;
  @Field(() => ID, { nullable: true, description: "The volunteer, by id; or by number, in volunteerNo." }) volunteerId?:
    | string
    | null;
  @Field(() => String, { nullable: true, description: "Whose service, by number." }) volunteerNo?: string | null;
  @Field(() => String, { description: "A code of the catalogue in force." }) serviceType: string;
  @Field(() => DateTimeScalar, { description: "The instant at which it began." }) startedAt: number;
  @Field(() => DateTimeScalar, { description: "The instant at which it ended." }) endedAt: number;
  @Field(() => MinutesScalar, { defaultValue: 0, description: "Rest taken in between, in minutes." })
  breakMinutes: number;
  @Field(() => String, { nullable: true, description: "The place of the service." }) place?: string | null;
  @Field(() => String, { description: "What was done, in words." }) content: string;
  @Field(() => String, { description: "The person who led it, by name." }) activityLead: string;
  @Field(() => ID, {
    nullable: true,
    description:
      "The recipient it helped, by id; NOT_FOUND for anybody who does not live where the organisation works.",
  })
  recipientId?: string | null;
  @Field(() => [EvidenceInput], { nullable: true, description: "Proofs; needed when late." }) evidence?:
    | EvidenceInput[]
    | null;
}

@InputType({ description: "A batch of 1 to 1000 lines." })
export class LogServiceHoursInput {
  @Field(() => ID, { description: "Your key for the whole batch." }) idempotencyKey: string;
  @Field(() => ID, { description: "The organisation that records it." }) organizationId: string;
  @Field(() => BatchMode, {
    defaultValue: "EACH",
    description: "What becomes of the good lines when others are refused.",
  })
  mode: "EACH" | "ALL_OR_NOTHING";
  @Field(() => Boolean, {
    defaultValue: false,
    description: "Answers what would happen and keeps nothing; uses no key.",
  })
  dryRun: boolean;
  @Field(() => [ServiceHoursEntryInput], { description: "The lines of the batch; 1 to 1000." })
  entries: ServiceHoursEntryInput[];
}

@InputType({ description: "Records to confirm, 1 to 1000." })
export class ConfirmServiceRecordsInput {
  @Field(() => ID, { description: "Your key for the whole batch." }) idempotencyKey: string;
  @Field(() => [ID], { description: "The records, by id; 1 to 1000." }) recordIds: string[];
  @Field(() => Int, { nullable: true, description: "How well it was done, 1 to 5." }) quality?: number | null;
  @Field(() => BatchMode, { defaultValue: "EACH", description: "What becomes of the others when one is refused." })
  mode: "EACH" | "ALL_OR_NOTHING";
}

@InputType({ description: "A step with a reason." })
class ReasonedStep {
  @Field(() => ID, { description: "Which record, by its id." }) recordId: string;
  @Field(() => String, { description: "The reason, for whoever reads the history." }) reason: string;
  @Field(() => Int, { nullable: true, description: "The version you saw; another one is a VERSION_CONFLICT." })
  expectedVersion?: number | null;
}
@InputType({ description: "Gives a record back to be corrected." })
export class ReturnServiceRecordInput extends ReasonedStep {}

@InputType({ description: "Refuses a record for good." })
export class RejectServiceRecordInput extends ReasonedStep {}

@InputType({ description: "Withdraws a record before it is posted." })
export class VoidServiceRecordInput extends ReasonedStep {}

@InputType({ description: "Fields left out stay as they are; the origin stays, confirmations start again." })
export class ResubmitServiceRecordInput {
  @Field(() => ID, { description: "Which record, by its id." }) recordId: string;
  @Field(() => String, { nullable: true, description: "A code of the catalogue in force." }) serviceType?:
    | string
    | null;
  @Field(() => DateTimeScalar, { nullable: true, description: "The instant at which it began." }) startedAt?:
    | number
    | null;
  @Field(() => DateTimeScalar, { nullable: true, description: "The instant at which it ended." }) endedAt?:
    | number
    | null;
  @Field(() => MinutesScalar, { nullable: true, description: "Rest taken in between, in minutes." }) breakMinutes?:
    | number
    | null;
  @Field(() => String, { nullable: true, description: "The place of the service." }) place?: string | null;
  @Field(() => String, { nullable: true, description: "What was done, in words." }) content?: string | null;
  @Field(() => String, { nullable: true, description: "The person who led it, by name." }) activityLead?: string | null;
  @Field(() => [EvidenceInput], { nullable: true, description: "The proofs that speak for it." }) evidence?:
    | EvidenceInput[]
    | null;
  @Field(() => Int, { nullable: true, description: "The version you saw." }) expectedVersion?: number | null;
}

@InputType({ description: "An objection to a posted record." })
export class DisputeServiceRecordInput {
  @Field(() => ID, { description: "Your key: the same key and input answers the same again." }) idempotencyKey: string;
  @Field(() => ID, { description: "Which record, by its id." }) recordId: string;
  @Field(() => String, { description: "The reason, for whoever reads the history." }) reason: string;
  @Field(() => [EvidenceInput], { nullable: true, description: "What speaks for it." }) evidence?:
    | EvidenceInput[]
    | null;
}

@InputType({ description: "The decision of a dispute; startedAt, endedAt and breakMinutes are for ADJUSTED." })
export class ResolveDisputeInput {
  @Field(() => ID, { description: "Your key: the same key and input answers the same again." }) idempotencyKey: string;
  @Field(() => ID, { description: "Which record, by its id." }) recordId: string;
  @Field(() => DisputeOutcome, { description: "How it is decided." }) outcome: Outcome;
  @Field(() => String, { description: "The reason, for whoever reads the history." }) reason: string;
  @Field(() => DateTimeScalar, { nullable: true, description: "The corrected beginning; for ADJUSTED." }) startedAt?:
    | number
    | null;
  @Field(() => DateTimeScalar, { nullable: true, description: "The corrected end; for ADJUSTED." }) endedAt?:
    | number
    | null;
  @Field(() => MinutesScalar, { nullable: true, description: "The corrected rest, in minutes; for ADJUSTED." })
  breakMinutes?: number | null;
}

@InputType({ description: "Takes a posted record back." })
export class ReverseServiceRecordInput {
  @Field(() => ID, { description: "Your key: the same key and input answers the same again." }) idempotencyKey: string;
  @Field(() => ID, { description: "Which record, by its id." }) recordId: string;
  @Field(() => String, { description: "The reason, for whoever reads the history." }) reason: string;
}
