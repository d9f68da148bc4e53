import { Args, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import { confirmationsOf, isOverdue, referenceOf, workingDaysLate } from "../../domain/hours";
import { isProvisional } from "../../domain/kit/calendar";
import type { Transfer } from "../../domain/ledger/transfers";
import type { Asked } from "../../services/bank/fields";
import type { BatchAnswer, DisputeLine, Done, RecordDetails, StepLine } from "../../services/contract";
import {
  confirmServiceRecords,
  disputeServiceRecord,
  logServiceHours,
  rejectServiceRecord,
  resolveDispute,
  resubmitServiceRecord,
  returnServiceRecord,
  reverseServiceRecord,
  submitServiceRecord,
  voidServiceRecord,
} from "../../services/hours/commands";
import type { StoredRecord } from "../../storage/store";
import { actorOf } from "../kit/actors";
import type { Context } from "../kit/context";
import { asked, attempt, batched } from "../kit/errors";
import { Input } from "../kit/inputs";
import { DateTimeScalar, MinutesScalar } from "../kit/scalars";
import {
  Counterparty,
  counterpartyOf,
  EntryRef,
  Explanation,
  explanationOf,
  givenMinutes,
  reversedByOf,
} from "../ledger";
import { OrganizationType } from "../organizations";
import { VolunteerType } from "../people/volunteers";
import { ServiceTypeType } from "../policies";
import { RecipientType } from "../visits/recipients";
import { recordListArgs } from "./inputs";
import {
  Confirmation,
  Dispute,
  EvidenceType,
  RecordEntry,
  RecordEvent,
  ServiceRecordBatchPayload,
  ServiceRecordConnection,
  ServiceRecordPayload,
  ServiceRecordType,
} from "./types";

const RecordsByDeadline = recordListArgs("DEADLINE");

const keyed = (context: Context, work: () => Promise<Done<StoredRecord>>) =>
  attempt(context, async () => {
    const { value, replayed } = await work();
    return { serviceRecord: value, replayed };
  });

const stepped = (context: Context, work: () => Promise<StoredRecord>) =>
  attempt(context, async () => ({ serviceRecord: await work(), replayed: false }));

const logged = (context: Context, list: string, work: () => Promise<BatchAnswer>) =>
  batched(context, list, "serviceRecord", work);

@Resolver(() => ServiceRecordType)
export class HoursResolver {
  @Query(() => ServiceRecordConnection, {
    description: "Records across organisations, for officers, auditors and a supervisor's own station.",
  })
  serviceRecords(
    @Ctx() context: Context,
    @Args(() => RecordsByDeadline) { filter, orderBy, ...page }: InstanceType<typeof RecordsByDeadline>,
  ): Promise<object> {
    return asked(context, () => context.services.hours.list(context.actor, filter ?? {}, orderBy, page));
  }

  @Mutation(() => ServiceRecordPayload, { description: "Submits one's own service for the organisation to confirm." })
  submitServiceRecord(
    @Input(submitServiceRecord, "The service that you have given, and its recipient.")
    input: Asked<typeof submitServiceRecord>,
    @Ctx() context: Context,
  ): Promise<object> {
    return keyed(context, () => context.services.hours.submit(context.actor, input));
  }
  @Mutation(() => ServiceRecordBatchPayload, { description: "Logs volunteers' hours for a second person to confirm." })
  logServiceHours(
    @Input(logServiceHours, "The batch of lines.")
    input: Asked<typeof logServiceHours>,
    @Ctx() context: Context,
  ): Promise<object> {
    return logged(context, "entries", () => context.services.hours.log(context.actor, input));
  }
  @Mutation(() => ServiceRecordBatchPayload, {
    description: "Confirms records; the last confirmation posts record and credit at once.",
  })
  confirmServiceRecords(
    @Input(confirmServiceRecords, "Which records you confirm, and of what quality they were.")
    input: Asked<typeof confirmServiceRecords>,
    @Ctx() context: Context,
  ): Promise<object> {
    return logged(context, "recordIds", () => context.services.hours.confirm(context.actor, input));
  }
  @Mutation(() => ServiceRecordPayload, { description: "Gives a record back to be corrected." })
  returnServiceRecord(
    @Input(returnServiceRecord, "Which one it is about, and the reason.")
    input: Asked<typeof returnServiceRecord>,
    @Ctx() context: Context,
  ): Promise<object> {
    return stepped(context, () => context.services.hours.giveBack(context.actor, input));
  }
  @Mutation(() => ServiceRecordPayload, { description: "Refuses a record for good." })
  rejectServiceRecord(
    @Input(rejectServiceRecord, "Which one it is about, and the reason.")
    input: Asked<typeof rejectServiceRecord>,
    @Ctx() context: Context,
  ): Promise<object> {
    return stepped(context, () => context.services.hours.reject(context.actor, input));
  }
  @Mutation(() => ServiceRecordPayload, { description: "Withdraws a record before it is posted." })
  voidServiceRecord(
    @Input(voidServiceRecord, "Which one it is about, and the reason.")
    input: Asked<typeof voidServiceRecord>,
    @Ctx() context: Context,
  ): Promise<object> {
    return stepped(context, () => context.services.hours.void(context.actor, input));
  }
  @Mutation(() => ServiceRecordPayload, {
    description: "Submits a returned record again; its confirmations start anew.",
  })
  resubmitServiceRecord(
    @Input(resubmitServiceRecord, "The corrections; what is left out stays.")
    input: Asked<typeof resubmitServiceRecord>,
    @Ctx() context: Context,
  ): Promise<object> {
    return stepped(context, () => context.services.hours.resubmit(context.actor, input));
  }
  @Mutation(() => ServiceRecordPayload, {
    description: "Objects to a posted record; its credit is set aside until it is decided.",
  })
  disputeServiceRecord(
    @Input(disputeServiceRecord, "Which one it is about, and the reason.")
    input: Asked<typeof disputeServiceRecord>,
    @Ctx() context: Context,
  ): Promise<object> {
    return keyed(context, () => context.services.hours.dispute(context.actor, input));
  }
  @Mutation(() => ServiceRecordPayload, { description: "Decides a dispute. Station supervisors and officers." })
  resolveDispute(
    @Input(resolveDispute, "The decision and its reason.")
    input: Asked<typeof resolveDispute>,
    @Ctx() context: Context,
  ): Promise<object> {
    return keyed(context, () => context.services.hours.resolve(context.actor, input));
  }
  @Mutation(() => ServiceRecordPayload, {
    description: "Reverses a posted record. A supervisor who did not confirm it, or an officer.",
  })
  reverseServiceRecord(
    @Input(reverseServiceRecord, "Which one it is about, and the reason.")
    input: Asked<typeof reverseServiceRecord>,
    @Ctx() context: Context,
  ): Promise<object> {
    return keyed(context, () => context.services.hours.reverse(context.actor, input));
  }

  @FieldResolver(() => VolunteerType, { nullable: true })
  volunteer(@Root() { volunteerId }: StoredRecord, @Ctx() { loaders }: Context): Promise<object | null> {
    return loaders.face.load(volunteerId);
  }
  @FieldResolver(() => OrganizationType)
  organization(@Root() { organizationId }: StoredRecord, @Ctx() { loaders }: Context): Promise<object | null> {
    return loaders.organization.load(organizationId);
  }
  @FieldResolver(() => String, { nullable: true })
  async externalRef(@Root() record: StoredRecord, @Ctx() { loaders }: Context): Promise<string | null> {
    return record.externalRef === null ? null : referenceOf(record, await loaders.details.load(record.id));
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
  @FieldResolver(() => RecipientType, { nullable: true })
  async recipient(@Root() { id }: StoredRecord, @Ctx() { loaders }: Context): Promise<object | null> {
    const recipientId = (await loaders.details.load(id))?.recipientId ?? null;
    return recipientId === null ? null : loaders.recipient.load(recipientId);
  }
  @FieldResolver(() => [EvidenceType])
  async evidence(@Root() { id }: StoredRecord, @Ctx() { loaders }: Context): Promise<object[]> {
    return shownEvidence(await loaders.details.load(id));
  }
  @FieldResolver(() => [Confirmation])
  async confirmations(@Root() { id }: StoredRecord, @Ctx() { loaders, language }: Context): Promise<object[]> {
    return confirmationsOf(await loaders.steps.load(id)).map(({ at, actorKind, quality }) => ({
      at,
      quality,
      actor: actorOf({ actorKind }, { language }),
    }));
  }
  @FieldResolver(() => Dispute, { nullable: true })
  async dispute(@Root() { id }: StoredRecord, @Ctx() { loaders, language }: Context): Promise<object | null> {
    const dispute: DisputeLine | null = await loaders.dispute.load(id);
    return (
      dispute && {
        ...dispute,
        openedBy: actorOf({ actorKind: dispute.openedBy.kind }, { language }),
        evidence: shownEvidence(dispute),
      }
    );
  }
  @FieldResolver(() => ServiceRecordType, { nullable: true })
  replaces(@Root() { id }: StoredRecord, @Ctx() { loaders }: Context): Promise<object | null> {
    return loaders.replaced.load(id);
  }
  @FieldResolver(() => ServiceRecordType, { nullable: true })
  replacedBy(@Root() { replacedBy }: StoredRecord, @Ctx() { loaders }: Context): Promise<object | null> | null {
    return replacedBy ? loaders.record.load(replacedBy) : null;
  }
  @FieldResolver(() => [RecordEntry])
  async ledgerEntries(@Root() record: StoredRecord, @Ctx() { loaders }: Context): Promise<object[]> {
    // What ran over the cap tells of a balance, which is not there for an organisation that sees a masked name.
    if ((await loaders.person.load(record.volunteerId)).masked) return [];
    return loaders.transfersOfRecord.load(record.id);
  }
  @FieldResolver(() => DateTimeScalar)
  async recordedAt(@Root() { id }: StoredRecord, @Ctx() { loaders }: Context): Promise<number> {
    return (await loaders.moments.load(id)).recordedAt;
  }
  @FieldResolver(() => DateTimeScalar)
  async updatedAt(@Root() { id }: StoredRecord, @Ctx() { loaders }: Context): Promise<number> {
    return (await loaders.moments.load(id)).updatedAt;
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
      actor: actorOf({ actorKind }, { language }),
    }));
  }
  @FieldResolver(() => Boolean)
  overdue(@Root() record: StoredRecord, @Ctx() { services }: Context): boolean {
    return isOverdue(record, services.today());
  }
  @FieldResolver(() => Boolean)
  async recordByProvisional(@Root() { recordBy }: StoredRecord, @Ctx() { loaders }: Context): Promise<boolean> {
    return isProvisional(await loaders.calendar.load("all"), recordBy);
  }
  @FieldResolver(() => Int)
  async workingDaysLate(@Root() record: StoredRecord, @Ctx() { services, loaders }: Context): Promise<number> {
    return workingDaysLate(record, services.today(), await loaders.calendar.load("all"));
  }
}

/** What a record moved in the ledger, and where it went: also what went above the cap, and what of it came back. */
@Resolver(() => RecordEntry)
export class RecordEntryResolver {
  @FieldResolver(() => MinutesScalar)
  async minutes(@Root() transfer: Transfer, @Ctx() { loaders }: Context): Promise<number> {
    const [from, to] = (await loaders.kind.loadMany([transfer.debit, transfer.credit])) as [string, string];
    return givenMinutes(transfer, { from, to });
  }
  @FieldResolver(() => MinutesScalar)
  movedMinutes(@Root() { minutes }: Transfer): number {
    return minutes;
  }
  @FieldResolver(() => Counterparty)
  async from(@Root() { debit }: Transfer, @Ctx() { loaders, language }: Context): Promise<Counterparty> {
    return counterpartyOf(await loaders.kind.load(debit), language);
  }
  @FieldResolver(() => Counterparty)
  async to(@Root() { credit }: Transfer, @Ctx() { loaders, language }: Context): Promise<Counterparty> {
    return counterpartyOf(await loaders.kind.load(credit), language);
  }
  @FieldResolver(() => [Explanation])
  explanation(@Root() transfer: Transfer, @Ctx() context: Context): Promise<Explanation[]> {
    return explanationOf(transfer, context);
  }
  @FieldResolver(() => EntryRef, { nullable: true })
  reversedBy(@Root() { seq }: Transfer, @Ctx() { loaders }: Context): Promise<EntryRef | null> {
    return reversedByOf(seq, loaders);
  }
}

function shownEvidence(details: Pick<RecordDetails, "evidence"> | null): object[] {
  return (details?.evidence ?? []).map((one) => ({ ...one, url: null }));
}
