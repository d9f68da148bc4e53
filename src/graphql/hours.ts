import {
  Arg,
  Args,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from "type-graphql";
import type {
  EvidenceKind as Kind,
  RecordOrigin as Origin,
  DisputeOutcome as Outcome,
  RecordState,
} from "../domain/hours";
import { confirmationsOf, isOverdue, workingDaysLate } from "../domain/hours";
import type { BatchAnswer, DisputeLine, Done, RecordDetails, StepLine } from "../services/contract";
import type { RecordOrder, StoredRecord } from "../storage/store";
import type { Context } from "./context";
import {
  ActorKindEnum,
  BatchMode,
  DisputeOutcome,
  EntryKind,
  EvidenceKind,
  RecordAction,
  RecordOrigin,
  ServiceRecordOrder,
  ServiceRecordState,
} from "./enums";
import { asked, attempt, Payload, UserErrorType, userError } from "./errors";
import { actorLabel } from "./labels";
import { EntryRef, givenMinutes, reversedByOf } from "./ledger";
import { NodeType } from "./node";
import { OrganizationType } from "./organizations";
import { connectionOf, PageArgs } from "./paging";
import { ServiceTypeType } from "./policies";
import { DateScalar, DateTimeScalar, MinutesScalar, SeqScalar } from "./scalars";
import { VolunteerType } from "./volunteers";

@ObjectType("Actor", { description: "As what somebody acted; never who." })
export class ActorType {
  @Field(() => ActorKindEnum, { description: "Which role it is." }) kind: string;
  @Field(() => String, { description: "The role's name, by Accept-Language." }) label: string;
}

@ObjectType("Evidence", { description: "A reference to a proof." })
export class EvidenceType {
  @Field(() => EvidenceKind, { description: "What kind of proof it is." }) kind: string;
  @Field(() => String, { description: "Where the organisation keeps it." }) ref: string;
  @Field(() => String, { nullable: true, description: "Its address, where it was uploaded." }) url: string | null;
}

@ObjectType({ description: "One person's confirmation of a record." })
export class Confirmation {
  @Field(() => DateTimeScalar, { description: "The instant at which it was done." }) at: number;
  @Field(() => ActorType, { description: "As what it was done; never by whom." }) actor: ActorType;
  @Field(() => Int, { nullable: true, description: "How well it was done, 1 to 5; null where nobody said." })
  quality: number | null;
}

@ObjectType({ description: "One step of a record." })
export class RecordEvent {
  @Field(() => DateTimeScalar, { description: "The instant at which it was done." }) at: number;
  @Field(() => RecordAction, { description: "Which step it was." }) action: string;
  @Field(() => ServiceRecordState, { nullable: true, description: "The state before; null for the first." }) from:
    | string
    | null;
  @Field(() => ServiceRecordState, { description: "The state it was in afterwards." }) to: string;
  @Field(() => ActorType, { description: "As what it was done." }) actor: ActorType;
  @Field(() => String, { nullable: true, description: "The reason that was given." }) reason: string | null;
}

@ObjectType({ description: "An objection to a posted record." })
export class Dispute {
  @Field(() => String, { description: "The reason, for whoever reads the history." }) reason: string;
  @Field(() => DateTimeScalar, { description: "The instant at which it was done." }) openedAt: number;
  @Field(() => ActorType, { description: "As what it was raised." }) openedBy: ActorType;
  @Field(() => [EvidenceType], { description: "What speaks for it." }) evidence: object[];
  @Field(() => DisputeOutcome, { nullable: true, description: "How it was decided; null while open." }) outcome:
    | string
    | null;
  @Field(() => DateTimeScalar, { nullable: true, description: "When it was decided." }) decidedAt: number | null;
}

@ObjectType({ description: "A line of the ledger that a record made." })
export class RecordEntry {
  @Field(() => SeqScalar, { description: "Its position in the bank's journal." }) seq: number;
  @Field(() => EntryKind, { description: "Why it stands there." }) kind: string;
  @Field(() => MinutesScalar, {
    description: "What it gave, or took back where it is negative; 0 for a hold and its end.",
  })
  minutes: number;
  @Field(() => EntryRef, { nullable: true, description: "The line that reversed it." }) reversedBy: EntryRef | null;
}

@ObjectType("ServiceRecord", {
  implements: NodeType,
  description: "One service of one volunteer: the legal record of time actually given.",
})
export class ServiceRecordType extends NodeType {
  @Field(() => ServiceRecordState, { description: "In which state it is now." }) state: string;
  @Field(() => RecordOrigin, { description: "How we know of it." }) origin: string;
  @Field(() => VolunteerType, { nullable: true, description: "Whose service it was." }) volunteer: object | null;
  @Field(() => OrganizationType, { description: "The organisation that recorded it." }) organization: object;
  @Field(() => ServiceTypeType, { description: "What was done, in words or by its code." }) serviceType: object;
  @Field(() => DateTimeScalar, { description: "The instant at which it began." }) startedAt: number;
  @Field(() => DateTimeScalar, { nullable: true, description: "When it ended; null while checked in." }) endedAt:
    | number
    | null;
  @Field(() => MinutesScalar, { description: "Rest taken between, in minutes." }) breakMinutes: number;
  @Field(() => MinutesScalar, { nullable: true, description: "Time actually given, in whole minutes." }) serviceMinutes:
    | number
    | null;
  @Field(() => MinutesScalar, {
    nullable: true,
    description: "Credit given for it; null before posting, 0 after a reversal.",
  })
  creditedMinutes: number | null;
  @Field(() => String, { nullable: true, description: "The place of the service." }) place: string | null;
  @Field(() => String, { nullable: true, description: "What was done, in words; null after the person was erased." })
  content: string | null;
  @Field(() => String, { nullable: true, description: "Who led the activity." }) activityLead: string | null;
  @Field(() => [EvidenceType], { description: "The proofs it refers to." }) evidence: object[];
  @Field(() => Int, { description: "How many different people must confirm it." }) confirmationsNeeded: number;
  @Field(() => [Confirmation], { description: "Confirmations since it was last submitted." }) confirmations: object[];
  @Field(() => Dispute, { nullable: true, description: "The last objection raised to it." }) dispute: object | null;
  @Field(() => ServiceRecordType, { nullable: true, description: "The corrected record that took its place." })
  replacedBy: object | null;
  @Field(() => [RecordEntry], { description: "Its lines in the ledger." }) ledgerEntries: object[];
  @Field(() => [RecordEvent], { description: "Every step it has taken, in order." }) history: object[];
  @Field(() => DateScalar, { description: "The statutory day by which it is to be recorded." }) recordBy: string;
  @Field(() => Boolean, { description: "Whether that day has passed and it is neither posted nor ended." })
  overdue: boolean;
  @Field(() => Int, { description: "Working days since that day, 0 when it is not overdue." }) workingDaysLate: number;
  @Field(() => Int, { description: "Counts its steps; pass it as expectedVersion." }) version: number;
}
export const ServiceRecordConnection = connectionOf("ServiceRecord", () => ServiceRecordType as never);

@InputType({ description: "Which records; a field left out does not filter." })
export class ServiceRecordFilter {
  @Field(() => [ServiceRecordState], { nullable: true, description: "In any of these states." }) state?:
    | RecordState[]
    | null;
  @Field(() => [RecordOrigin], { nullable: true, description: "Of any of these origins." }) origin?: Origin[] | null;
  @Field(() => Boolean, { nullable: true, description: "Only those past their statutory day." }) overdue?:
    | boolean
    | null;
  @Field(() => String, { nullable: true, description: "Recorded in this division or below." }) divisionCode?:
    | string
    | null;
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
  @Field(() => String, { description: "What was done, in words or by its code." }) content: string;
  @Field(() => String, { nullable: true, description: "The person who led it, by name." }) activityLead?: string | null;
  @Field(() => ID, { nullable: true, description: "The recipient it helped, by id." }) recipientId?: string | null;
  @Field(() => [EvidenceInput], { nullable: true, description: "Proofs; needed when late." }) evidence?:
    | EvidenceInput[]
    | null;
}

@InputType({ description: "One line of a batch. One of volunteerId and volunteerNo." })
export class ServiceHoursEntryInput {
  @Field(() => String, { nullable: true, description: "Your own reference, unique in your organisation." })
  externalRef?: string | null;
  @Field(() => ID, { nullable: true, description: "Whose service it was." }) volunteerId?: string | null;
  @Field(() => String, { nullable: true, description: "Whose service, by number." }) volunteerNo?: string | null;
  @Field(() => String, { description: "A code of the catalogue in force." }) serviceType: string;
  @Field(() => DateTimeScalar, { description: "The instant at which it began." }) startedAt: number;
  @Field(() => DateTimeScalar, { description: "The instant at which it ended." }) endedAt: number;
  @Field(() => MinutesScalar, { defaultValue: 0, description: "Rest taken in between, in minutes." })
  breakMinutes: number;
  @Field(() => String, { nullable: true, description: "The place of the service." }) place?: string | null;
  @Field(() => String, { description: "What was done, in words or by its code." }) content: string;
  @Field(() => String, { description: "The person who led it, by name." }) activityLead: string;
  @Field(() => ID, { nullable: true, description: "The recipient it helped, by id." }) recipientId?: string | null;
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
  @Field(() => String, { nullable: true, description: "What was done, in words or by its code." }) content?:
    | string
    | null;
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

@ObjectType({ description: "The answer to a step of one record." })
export class ServiceRecordPayload extends Payload {
  @Field(() => ServiceRecordType, { nullable: true, description: "The record after the step." }) serviceRecord?:
    | object
    | null;
}

@ObjectType({ description: "What became of one line of a batch." })
export class ServiceRecordResult {
  @Field(() => Int, { description: "The line's place in the batch, from 0." }) index: number;
  @Field(() => Boolean, { description: "Whether your organisation's reference was accepted before." })
  repeated: boolean;
  @Field(() => ServiceRecordType, { nullable: true, description: "The record; null when refused." }) serviceRecord:
    | object
    | null;
  @Field(() => [UserErrorType], { description: "Why the line was refused; empty when it was not." })
  userErrors: UserErrorType[];
}

@ObjectType({ description: "The answer to a batch; accepted, repeated and refused count lines and add up." })
export class ServiceRecordBatchPayload {
  @Field(() => Int, { description: "How many lines were done." }) accepted: number;
  @Field(() => Int, { description: "How many lines had been accepted before." }) repeated: number;
  @Field(() => Int, { description: "How many lines were refused." }) refused: number;
  @Field(() => Boolean, { description: "Whether the whole answer is the one this key got before." }) replayed: boolean;
  @Field(() => [ServiceRecordResult], { description: "Each line's fate, in order." }) results: ServiceRecordResult[];
  @Field(() => [UserErrorType], { description: "Why the batch as such was refused." }) userErrors: UserErrorType[];
}

const keyed = (context: Context, work: () => Promise<Done<StoredRecord>>) =>
  attempt(context, async () => {
    const { value, replayed } = await work();
    return { serviceRecord: value, replayed };
  });

const stepped = (context: Context, work: () => Promise<StoredRecord>) =>
  attempt(context, async () => ({ serviceRecord: await work(), replayed: false }));

const batched = (context: Context, list: string, work: () => Promise<BatchAnswer>) =>
  attempt(context, async () => {
    const { results, ...counts } = await work();
    return {
      ...counts,
      results: results.map(({ index, repeated, record, refusal }) => ({
        index,
        repeated,
        serviceRecord: record,
        userErrors: refusal ? [userError(refusal, context.language, [list, String(index)])] : [],
      })),
    };
  });

@Resolver(() => ServiceRecordType)
export class HoursResolver {
  @Query(() => ServiceRecordConnection, {
    description: "Records across organisations, for officers, auditors and a supervisor's own station.",
  })
  serviceRecords(
    @Ctx() context: Context,
    @Args(() => PageArgs) page: PageArgs,
    @Arg("filter", () => ServiceRecordFilter, {
      nullable: true,
      description: "Only what fits; a field left out does not filter.",
    })
    filter?: ServiceRecordFilter,
    @Arg("orderBy", () => ServiceRecordOrder, {
      defaultValue: "DEADLINE",
      description: "In which order they are listed.",
    })
    orderBy?: RecordOrder,
  ): Promise<object> {
    return asked(context, () => context.services.hours.list(context.actor, filter ?? {}, orderBy ?? "DEADLINE", page));
  }

  @Mutation(() => ServiceRecordPayload, { description: "Submits one's own service for the organisation to confirm." })
  submitServiceRecord(
    @Arg("input", () => SubmitServiceRecordInput, { description: "The service this is about." })
    input: SubmitServiceRecordInput,
    @Ctx() context: Context,
  ): Promise<object> {
    return keyed(context, () => context.services.hours.submit(context.actor, input));
  }
  @Mutation(() => ServiceRecordBatchPayload, { description: "Logs volunteers' hours for a second person to confirm." })
  logServiceHours(
    @Arg("input", () => LogServiceHoursInput, { description: "The batch of lines." }) input: LogServiceHoursInput,
    @Ctx() context: Context,
  ): Promise<object> {
    return batched(context, "entries", () => context.services.hours.log(context.actor, input));
  }
  @Mutation(() => ServiceRecordBatchPayload, {
    description: "Confirms records; the last confirmation posts record and credit at once.",
  })
  confirmServiceRecords(
    @Arg("input", () => ConfirmServiceRecordsInput, { description: "The records, by id; 1 to 1000." })
    input: ConfirmServiceRecordsInput,
    @Ctx() context: Context,
  ): Promise<object> {
    return batched(context, "recordIds", () => context.services.hours.confirm(context.actor, input));
  }
  @Mutation(() => ServiceRecordPayload, { description: "Gives a record back to be corrected." })
  returnServiceRecord(
    @Arg("input", () => ReturnServiceRecordInput, { description: "Which one it is about, and the reason." })
    input: ReturnServiceRecordInput,
    @Ctx() context: Context,
  ): Promise<object> {
    return stepped(context, () => context.services.hours.giveBack(context.actor, input));
  }
  @Mutation(() => ServiceRecordPayload, { description: "Refuses a record for good." })
  rejectServiceRecord(
    @Arg("input", () => RejectServiceRecordInput, { description: "Which one it is about, and the reason." })
    input: RejectServiceRecordInput,
    @Ctx() context: Context,
  ): Promise<object> {
    return stepped(context, () => context.services.hours.reject(context.actor, input));
  }
  @Mutation(() => ServiceRecordPayload, { description: "Withdraws a record before it is posted." })
  voidServiceRecord(
    @Arg("input", () => VoidServiceRecordInput, { description: "Which one it is about, and the reason." })
    input: VoidServiceRecordInput,
    @Ctx() context: Context,
  ): Promise<object> {
    return stepped(context, () => context.services.hours.void(context.actor, input));
  }
  @Mutation(() => ServiceRecordPayload, {
    description: "Submits a returned record again; its confirmations start anew.",
  })
  resubmitServiceRecord(
    @Arg("input", () => ResubmitServiceRecordInput, { description: "The corrections; what is left out stays." })
    input: ResubmitServiceRecordInput,
    @Ctx() context: Context,
  ): Promise<object> {
    return stepped(context, () => context.services.hours.resubmit(context.actor, input));
  }
  @Mutation(() => ServiceRecordPayload, {
    description: "Objects to a posted record; its credit is set aside until it is decided.",
  })
  disputeServiceRecord(
    @Arg("input", () => DisputeServiceRecordInput, { description: "Which one it is about, and the reason." })
    input: DisputeServiceRecordInput,
    @Ctx() context: Context,
  ): Promise<object> {
    return keyed(context, () => context.services.hours.dispute(context.actor, input));
  }
  @Mutation(() => ServiceRecordPayload, { description: "Decides a dispute. Station supervisors and officers." })
  resolveDispute(
    @Arg("input", () => ResolveDisputeInput, { description: "The decision and its reason." })
    input: ResolveDisputeInput,
    @Ctx() context: Context,
  ): Promise<object> {
    return keyed(context, () => context.services.hours.resolve(context.actor, input));
  }
  @Mutation(() => ServiceRecordPayload, {
    description: "Reverses a posted record. A supervisor who did not confirm it, or an officer.",
  })
  reverseServiceRecord(
    @Arg("input", () => ReverseServiceRecordInput, { description: "Which one it is about, and the reason." })
    input: ReverseServiceRecordInput,
    @Ctx() context: Context,
  ): Promise<object> {
    return keyed(context, () => context.services.hours.reverse(context.actor, input));
  }

  @FieldResolver(() => VolunteerType, { nullable: true })
  volunteer(@Root() { volunteerId }: StoredRecord, @Ctx() { loaders }: Context): Promise<object | null> {
    return loaders.volunteer.load(volunteerId);
  }
  @FieldResolver(() => OrganizationType)
  organization(@Root() { organizationId }: StoredRecord, @Ctx() { loaders }: Context): Promise<object | null> {
    return loaders.organization.load(organizationId);
  }
  @FieldResolver(() => ServiceTypeType)
  serviceType(@Root() record: StoredRecord, @Ctx() { loaders }: Context): Promise<object> {
    return loaders.serviceType.load(record.serviceType);
  }
  @FieldResolver(() => String, { nullable: true })
  async place(@Root() { id }: StoredRecord, @Ctx() { loaders }: Context): Promise<string | null> {
    return (await loaders.details.load(id))?.place ?? null;
  }
  @FieldResolver(() => String, { nullable: true })
  async content(@Root() { id }: StoredRecord, @Ctx() { loaders }: Context): Promise<string | null> {
    return (await loaders.details.load(id))?.content ?? null;
  }
  @FieldResolver(() => String, { nullable: true })
  async activityLead(@Root() { id }: StoredRecord, @Ctx() { loaders }: Context): Promise<string | null> {
    return (await loaders.details.load(id))?.activityLead ?? null;
  }
  @FieldResolver(() => [EvidenceType])
  async evidence(@Root() { id }: StoredRecord, @Ctx() { loaders }: Context): Promise<object[]> {
    return shownEvidence(await loaders.details.load(id));
  }
  @FieldResolver(() => [Confirmation])
  async confirmations(@Root() { id }: StoredRecord, @Ctx() { loaders, language }: Context): Promise<object[]> {
    const steps = await loaders.steps.load(await loaders.standsOn.load(id));
    return confirmationsOf(steps).map(({ at, actorKind, quality }) => ({
      at,
      quality,
      actor: { kind: actorKind, label: actorLabel(actorKind, language) },
    }));
  }
  @FieldResolver(() => Dispute, { nullable: true })
  async dispute(@Root() { id }: StoredRecord, @Ctx() { loaders, language }: Context): Promise<object | null> {
    const dispute: DisputeLine | null = await loaders.dispute.load(id);
    return (
      dispute && {
        ...dispute,
        openedBy: { kind: dispute.openedBy.kind, label: actorLabel(dispute.openedBy.kind, language) },
        evidence: shownEvidence(dispute),
      }
    );
  }
  @FieldResolver(() => ServiceRecordType, { nullable: true })
  replacedBy(@Root() { replacedBy }: StoredRecord, @Ctx() { loaders }: Context): Promise<object | null> | null {
    return replacedBy ? loaders.record.load(replacedBy) : null;
  }
  @FieldResolver(() => [RecordEntry])
  async ledgerEntries(@Root() record: StoredRecord, @Ctx() { loaders }: Context): Promise<object[]> {
    const volunteer = await loaders.volunteer.load(record.volunteerId);
    const transfers = await loaders.transfersOfRecord.load(record.id);
    return Promise.all(
      transfers.map(async (transfer) => ({
        seq: transfer.seq,
        kind: transfer.kind,
        minutes: givenMinutes(transfer, volunteer?.accountId),
        reversedBy: await reversedByOf(transfer.seq, loaders),
      })),
    );
  }
  @FieldResolver(() => [RecordEvent])
  async history(@Root() { id }: StoredRecord, @Ctx() { loaders, language }: Context): Promise<object[]> {
    const steps: StepLine[] = await loaders.steps.load(id);
    return steps.map(({ at, action, from, to, actorKind, reason }) => ({
      at,
      action,
      from,
      to,
      reason,
      actor: { kind: actorKind, label: actorLabel(actorKind, language) },
    }));
  }
  @FieldResolver(() => Boolean)
  overdue(@Root() record: StoredRecord, @Ctx() { services }: Context): boolean {
    return isOverdue(record, services.today());
  }
  @FieldResolver(() => Int)
  async workingDaysLate(@Root() record: StoredRecord, @Ctx() { services, loaders }: Context): Promise<number> {
    return workingDaysLate(record, services.today(), await loaders.calendar.load("all"));
  }
}

function shownEvidence(details: Pick<RecordDetails, "evidence"> | null): object[] {
  return (details?.evidence ?? []).map((one) => ({ ...one, url: null }));
}
