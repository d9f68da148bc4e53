import { Args, Ctx, Resolver, Root } from "type-graphql";
import type { Organization } from "../../domain/facts/organizations";
import type { Volunteer } from "../../domain/facts/people";
import type { Done } from "../../services/bank/answers";
import type { Asked } from "../../services/bank/fields";
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
import type { BatchAnswer } from "../../services/hours/reviewing";
import type { StatementLine } from "../../services/ledger";
import type { StoredRecord } from "../../storage/store";
import type { Context } from "../kit/context";
import { askedEach } from "../kit/costs";
import { asked, attempt, batched } from "../kit/errors";
import { FieldResolver, Mutation, Query } from "../kit/fields";
import { Input } from "../kit/inputs";
import { StatementLineType } from "../ledger";
import { OrganizationType } from "../organizations";
import { VolunteerType } from "../people/volunteers";
import { recordListArgs } from "./inputs";
import { ServiceRecordBatchPayload, ServiceRecordConnection, ServiceRecordPayload, ServiceRecordType } from "./types";

const RecordsByDeadline = recordListArgs("DEADLINE");
const RecordsAsRecorded = recordListArgs("RECORDED_AT");

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
  ) {
    return asked(context, () => context.services.hours.list(context.actor, filter ?? {}, orderBy, page));
  }

  @Mutation(() => ServiceRecordPayload, { description: "Submits one's own service for the organisation to confirm." })
  submitServiceRecord(
    @Input(submitServiceRecord, "The service that you have given, and its recipient.")
    input: Asked<typeof submitServiceRecord>,
    @Ctx() context: Context,
  ) {
    return keyed(context, () => context.services.hours.submit(context.actor, input));
  }
  @Mutation(() => ServiceRecordBatchPayload, { description: "Logs volunteers' hours for a second person to confirm." })
  logServiceHours(
    @Input(logServiceHours, "The batch of lines.")
    input: Asked<typeof logServiceHours>,
    @Ctx() context: Context,
  ) {
    return logged(context, "entries", () => context.services.hours.log(context.actor, input));
  }
  @Mutation(() => ServiceRecordBatchPayload, {
    description: "Confirms records; the last confirmation posts record and credit at once.",
  })
  confirmServiceRecords(
    @Input(confirmServiceRecords, "Which records you confirm, and of what quality they were.")
    input: Asked<typeof confirmServiceRecords>,
    @Ctx() context: Context,
  ) {
    return logged(context, "recordIds", () => context.services.hours.confirm(context.actor, input));
  }
  @Mutation(() => ServiceRecordPayload, { description: "Gives a record back to be corrected." })
  returnServiceRecord(
    @Input(returnServiceRecord, "Which one it is about, and the reason.")
    input: Asked<typeof returnServiceRecord>,
    @Ctx() context: Context,
  ) {
    return stepped(context, () => context.services.hours.giveBack(context.actor, input));
  }
  @Mutation(() => ServiceRecordPayload, { description: "Refuses a record for good." })
  rejectServiceRecord(
    @Input(rejectServiceRecord, "Which one it is about, and the reason.")
    input: Asked<typeof rejectServiceRecord>,
    @Ctx() context: Context,
  ) {
    return stepped(context, () => context.services.hours.reject(context.actor, input));
  }
  @Mutation(() => ServiceRecordPayload, { description: "Withdraws a record before it is posted." })
  voidServiceRecord(
    @Input(voidServiceRecord, "Which one it is about, and the reason.")
    input: Asked<typeof voidServiceRecord>,
    @Ctx() context: Context,
  ) {
    return stepped(context, () => context.services.hours.void(context.actor, input));
  }
  @Mutation(() => ServiceRecordPayload, {
    description: "Submits a returned record again; its confirmations start anew.",
  })
  resubmitServiceRecord(
    @Input(resubmitServiceRecord, "The corrections; what is left out stays.")
    input: Asked<typeof resubmitServiceRecord>,
    @Ctx() context: Context,
  ) {
    return stepped(context, () => context.services.hours.resubmit(context.actor, input));
  }
  @Mutation(() => ServiceRecordPayload, {
    description: "Objects to a posted record; its credit is set aside until it is decided.",
  })
  disputeServiceRecord(
    @Input(disputeServiceRecord, "Which one it is about, and the reason.")
    input: Asked<typeof disputeServiceRecord>,
    @Ctx() context: Context,
  ) {
    return keyed(context, () => context.services.hours.dispute(context.actor, input));
  }
  @Mutation(() => ServiceRecordPayload, { description: "Decides a dispute. Station supervisors and officers." })
  resolveDispute(
    @Input(resolveDispute, "The decision and its reason.")
    input: Asked<typeof resolveDispute>,
    @Ctx() context: Context,
  ) {
    return keyed(context, () => context.services.hours.resolve(context.actor, input));
  }
  @Mutation(() => ServiceRecordPayload, {
    description: "Reverses a posted record. A supervisor who did not confirm it, or an officer.",
  })
  reverseServiceRecord(
    @Input(reverseServiceRecord, "Which one it is about, and the reason.")
    input: Asked<typeof reverseServiceRecord>,
    @Ctx() context: Context,
  ) {
    return keyed(context, () => context.services.hours.reverse(context.actor, input));
  }
}

/** What a record moved in the ledger, and where it went: also what went above the cap, and what of it came back. */

@Resolver(() => VolunteerType)
export class VolunteerRecordsResolver {
  @FieldResolver(() => ServiceRecordConnection, {
    complexity: askedEach,
    description: "The volunteer's service records, newest first.",
  })
  serviceRecords(
    @Root() { id }: Volunteer,
    @Ctx() context: Context,
    @Args(() => RecordsAsRecorded) { filter, orderBy, ...page }: InstanceType<typeof RecordsAsRecorded>,
  ) {
    return asked(context, () =>
      context.services.hours.list(
        context.actor,
        { ...filter, volunteerIs: filter?.volunteerId, volunteerId: id },
        orderBy,
        page,
      ),
    );
  }
}

@Resolver(() => OrganizationType)
export class OrganizationRecordsResolver {
  @FieldResolver(() => ServiceRecordConnection, {
    complexity: askedEach,
    description: "Its records, for its own staff, officers and auditors.",
  })
  serviceRecords(
    @Root() { id }: Organization,
    @Ctx() context: Context,
    @Args(() => RecordsByDeadline) { filter, orderBy, ...page }: InstanceType<typeof RecordsByDeadline>,
  ) {
    return asked(context, () =>
      context.services.hours.list(
        context.actor,
        { ...filter, volunteerIs: filter?.volunteerId, organizationId: id },
        orderBy,
        page,
      ),
    );
  }
}

@Resolver(() => StatementLineType)
export class StatementLineRecordResolver {
  @FieldResolver(() => ServiceRecordType, { nullable: true, description: "The record it was made for." })
  serviceRecord(@Root() { transfer }: StatementLine, @Ctx() { loaders }: Context) {
    return transfer.recordId ? loaders.record.load(transfer.recordId) : null;
  }
}
