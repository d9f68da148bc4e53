import { Args, Ctx, Resolver, Root } from "type-graphql";
import type { Organization } from "../../domain/facts/organizations";
import type { Volunteer } from "../../domain/facts/people";
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
import type { Context } from "../kit/context";
import { askedEach } from "../kit/costs";
import { asked, batched, keyed, stepped } from "../kit/errors";
import { FieldResolver, Mutation, Query } from "../kit/fields";
import { Input } from "../kit/inputs";
import { type ShownLine, StatementLineType } from "../ledger/statements";
import { OrganizationType } from "../organizations";
import { VolunteerType } from "../people/volunteers";
import { recordListArgs } from "./inputs";
import { ServiceRecordBatchPayload, ServiceRecordConnection, ServiceRecordPayload, ServiceRecordType } from "./types";

const RecordsByDeadline = recordListArgs("DEADLINE");
const RecordsAsRecorded = recordListArgs("RECORDED_AT");

@Resolver(() => ServiceRecordType)
export class HoursResolver {
  @Query(() => ServiceRecordConnection, {
    description:
      "Lists service records of all organisations. Officers and auditors may read them; supervisors see those of their own station.",
  })
  serviceRecords(
    @Ctx() context: Context,
    @Args(() => RecordsByDeadline) { filter, orderBy, ...page }: InstanceType<typeof RecordsByDeadline>,
  ) {
    return asked(context, () => context.services.hours.reading.list(context.actor, filter ?? {}, orderBy, page));
  }

  @Mutation(() => ServiceRecordPayload, { description: "Submits your own service, for the organisation to confirm." })
  submitServiceRecord(
    @Input(submitServiceRecord, "The service that you have given, with its times.")
    input: Asked<typeof submitServiceRecord>,
    @Ctx() context: Context,
  ) {
    return keyed(context, "serviceRecord", () => context.services.hours.submit(context.actor, input));
  }
  @Mutation(() => ServiceRecordBatchPayload, {
    description: "Logs the hours of volunteers. Another person confirms them.",
  })
  logServiceHours(
    @Input(logServiceHours, "The lines to log, and what becomes of good ones beside refused ones.")
    input: Asked<typeof logServiceHours>,
    @Ctx() context: Context,
  ) {
    return batched(context, "entries", "serviceRecord", () => context.services.hours.log(context.actor, input));
  }
  @Mutation(() => ServiceRecordBatchPayload, {
    description:
      "Confirms service records. The last confirmation that a record needs posts the record and its credit at once. SELF_CONFIRMATION, SAME_PERSON, OWN_STAFF.",
  })
  confirmServiceRecords(
    @Input(confirmServiceRecords, "The records that you confirm, and how well the services were done.")
    input: Asked<typeof confirmServiceRecords>,
    @Ctx() context: Context,
  ) {
    return batched(context, "recordIds", "serviceRecord", () => context.services.hours.confirm(context.actor, input));
  }
  @Mutation(() => ServiceRecordPayload, { description: "Gives a service record back to be corrected." })
  returnServiceRecord(
    @Input(returnServiceRecord, "The service record that is returned, and the reason.")
    input: Asked<typeof returnServiceRecord>,
    @Ctx() context: Context,
  ) {
    return stepped(context, "serviceRecord", () => context.services.hours.giveBack(context.actor, input));
  }
  @Mutation(() => ServiceRecordPayload, { description: "Refuses a service record for good." })
  rejectServiceRecord(
    @Input(rejectServiceRecord, "The service record that is refused, and the reason.")
    input: Asked<typeof rejectServiceRecord>,
    @Ctx() context: Context,
  ) {
    return stepped(context, "serviceRecord", () => context.services.hours.reject(context.actor, input));
  }
  @Mutation(() => ServiceRecordPayload, { description: "Withdraws a service record before it is posted." })
  voidServiceRecord(
    @Input(voidServiceRecord, "The service record that is withdrawn, and the reason.")
    input: Asked<typeof voidServiceRecord>,
    @Ctx() context: Context,
  ) {
    return stepped(context, "serviceRecord", () => context.services.hours.void(context.actor, input));
  }
  @Mutation(() => ServiceRecordPayload, {
    description: "Submits a returned service record again. Its confirmations start anew.",
  })
  resubmitServiceRecord(
    @Input(resubmitServiceRecord, "The corrections; a field left out stays as it is.")
    input: Asked<typeof resubmitServiceRecord>,
    @Ctx() context: Context,
  ) {
    return stepped(context, "serviceRecord", () => context.services.hours.resubmit(context.actor, input));
  }
  @Mutation(() => ServiceRecordPayload, {
    description: "Objects to a posted record. Its credit is set aside until the objection is decided.",
  })
  disputeServiceRecord(
    @Input(disputeServiceRecord, "The service record, and the reason for the objection.")
    input: Asked<typeof disputeServiceRecord>,
    @Ctx() context: Context,
  ) {
    return keyed(context, "serviceRecord", () => context.services.hours.dispute(context.actor, input));
  }
  @Mutation(() => ServiceRecordPayload, {
    description: "Decides an objection to a service record. Station supervisors and officers may do this.",
  })
  resolveDispute(
    @Input(resolveDispute, "The decision, and its reason.")
    input: Asked<typeof resolveDispute>,
    @Ctx() context: Context,
  ) {
    return keyed(context, "serviceRecord", () => context.services.hours.resolve(context.actor, input));
  }
  @Mutation(() => ServiceRecordPayload, {
    description: "Reverses a posted service record. A supervisor who did not confirm it and officers may do this.",
  })
  reverseServiceRecord(
    @Input(reverseServiceRecord, "The service record that is reversed, and the reason.")
    input: Asked<typeof reverseServiceRecord>,
    @Ctx() context: Context,
  ) {
    return keyed(context, "serviceRecord", () => context.services.hours.reverse(context.actor, input));
  }
}

/** What a record moved in the ledger, and where it went: also what went above the cap, and what of it came back. */

@Resolver(() => VolunteerType)
export class VolunteerRecordsResolver {
  @FieldResolver(() => ServiceRecordConnection, {
    complexity: askedEach,
    description: "The service records of the volunteer that you may see.",
  })
  serviceRecords(
    @Root() { id }: Volunteer,
    @Ctx() context: Context,
    @Args(() => RecordsAsRecorded) { filter, orderBy, ...page }: InstanceType<typeof RecordsAsRecorded>,
  ) {
    return asked(context, () =>
      context.services.hours.reading.list(
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
    description: "The service records of the organisation. Its own staff, officers and auditors see them.",
  })
  serviceRecords(
    @Root() { id }: Organization,
    @Ctx() context: Context,
    @Args(() => RecordsByDeadline) { filter, orderBy, ...page }: InstanceType<typeof RecordsByDeadline>,
  ) {
    return asked(context, () =>
      context.services.hours.reading.list(
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
  @FieldResolver(() => ServiceRecordType, {
    nullable: true,
    description: "The service record for which the line was made; null for other lines.",
  })
  serviceRecord(@Root() { transfer, record }: ShownLine, @Ctx() { loaders }: Context) {
    if (record !== undefined) return record;
    return transfer.recordId ? loaders.record.load(transfer.recordId) : null;
  }
}
