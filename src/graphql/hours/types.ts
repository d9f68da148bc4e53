import { Ctx, Int, ObjectType, Root } from "type-graphql";
import type { Transfer } from "../../domain/facts/ledger";
import { confirmationsOf, isOverdue, referenceOf, workingDaysLate } from "../../domain/hours";
import type { RecordDetails } from "../../services/hours/entries";
import type { StoredRecord } from "../../storage/store";
import { ActorType, actorOf } from "../kit/actors";
import type { Context } from "../kit/context";
import { Payload, UserErrorType } from "../kit/errors";
import { Output, type Row } from "../kit/fields";
import { NodeType } from "../kit/node";
import { connectionOf } from "../kit/paging";
import { isProvisionalDay, provisional } from "../kit/provisional";
import { DateScalar, DateTimeScalar, MinutesScalar, SeqScalar } from "../kit/scalars";
import { EntryKind } from "../ledger/enums";
import {
  Counterparty,
  counterpartyOf,
  EntryRef,
  Explanation,
  explanationOf,
  givenMinutes,
  reversedByOf,
} from "../ledger/statements";
import { OrganizationType, organizationOf } from "../organizations";
import { VolunteerType } from "../people/volunteers";
import { ServiceTypeType } from "../policies";
import { RecipientType } from "../visits/recipients";
import { DisputeOutcome, EvidenceKind, RecordAction, RecordOrigin, ServiceRecordState } from "./enums";

@ObjectType("Evidence", { description: "A reference to a proof, which the organisation keeps." })
export class EvidenceType {
  @Output(() => EvidenceKind, { description: "The kind of proof that is referred to." }) kind: EvidenceKind;
  @Output(() => String, { description: "The place where the organisation keeps the proof, such as a file and a page." })
  ref: string;
  @Output(() => String, { nullable: true, description: "The address of the proof; null where it was not uploaded." })
  url() {
    return null;
  }
}

@ObjectType({ description: "The confirmation of a service record by one person." })
export class Confirmation {
  @Output(() => DateTimeScalar, { description: "The instant at which the step was taken." }) at: number;
  @Output(() => ActorType, { description: "The role in which it was done; the person is not shown." })
  actor: Row<ActorType>;
  @Output(() => Int, {
    nullable: true,
    description: "How well the service was done, from 1 to 5; null where the person did not say.",
  })
  quality: number | null;
}

@ObjectType({ description: "A step that was taken with a service record." })
export class RecordEvent {
  @Output(() => DateTimeScalar, { description: "The instant at which the step was taken." }) at: number;
  @Output(() => RecordAction, { description: "The step that was taken." }) action: RecordAction;
  @Output(() => ServiceRecordState, {
    nullable: true,
    description: "The state before the step; null for the first step.",
  })
  from: ServiceRecordState | null;
  @Output(() => ServiceRecordState, { description: "The state after the step." }) to: ServiceRecordState;
  @Output(() => ActorType, { description: "The role in which this was done; the person is not shown." })
  actor: Row<ActorType>;
  @Output(() => String, { nullable: true, description: "The reason for the step; null where none was given." }) reason:
    | string
    | null;
}

@ObjectType({ description: "An objection that was raised to a posted service record." })
export class Dispute {
  @Output(() => String, { description: "The reason, which stands in the history." }) reason: string;
  @Output(() => DateTimeScalar, { description: "The instant at which the objection was raised." }) openedAt: number;
  @Output(() => ActorType, { description: "The role in which the objection was raised; the person is not shown." })
  openedBy: Row<ActorType>;
  @Output(() => [EvidenceType], { description: "The proofs that support the objection." })
  evidence: readonly Row<EvidenceType>[];
  @Output(() => DisputeOutcome, {
    nullable: true,
    description: "The decision of the objection; null while it is open.",
  })
  outcome: DisputeOutcome | null;
  @Output(() => DateTimeScalar, {
    nullable: true,
    description: "The instant at which it was decided; null while it is open.",
  })
  decidedAt: number | null;
}

@ObjectType({ description: "A line of the ledger that a service record has made." })
export class RecordEntry {
  @Output(() => SeqScalar, { description: "The position of the line in the bank's journal." }) seq: number;
  @Output(() => EntryKind, { description: "The reason for which the line stands in the account." }) kind: EntryKind;
  @Output(() => MinutesScalar, {
    description:
      "The minutes of credit that the line gave for the record; below 0 it took them back. 0 for a hold and its end, and for minutes that came back from above the cap.",
  })
  async minutes(@Root() transfer: Transfer, @Ctx() { loaders }: Context) {
    const [from, to] = await Promise.all([loaders.kind.load(transfer.debit), loaders.kind.load(transfer.credit)]);
    return givenMinutes(transfer, { from, to });
  }
  @Output(() => MinutesScalar, { description: "How many minutes went from the one account to the other." })
  movedMinutes(@Root() { minutes }: Transfer) {
    return minutes;
  }
  @Output(() => Counterparty, { description: "The account from which the minutes came." })
  async from(@Root() { debit }: Transfer, @Ctx() { loaders, language }: Context) {
    return counterpartyOf(await loaders.kind.load(debit), language);
  }
  @Output(() => Counterparty, {
    description:
      "The account to which the minutes went. Minutes above the cap go to the public pool or to the roll of honour.",
  })
  async to(@Root() { credit }: Transfer, @Ctx() { loaders, language }: Context) {
    return counterpartyOf(await loaders.kind.load(credit), language);
  }
  @Output(() => [Explanation], { description: "The rules under which the line was made, each with its clause." })
  explanation(@Root() transfer: Transfer, @Ctx() context: Context) {
    return explanationOf(transfer, context);
  }
  @Output(() => EntryRef, {
    nullable: true,
    description: "The line that reversed this one; null where it was not reversed.",
  })
  reversedBy(@Root() { seq }: Transfer, @Ctx() { loaders }: Context) {
    return reversedByOf(seq, loaders);
  }
}

/** Whatever is sealed of a record is shown; a field that is missing does not compile. */
type Shown = Exclude<keyof RecordDetails, "recipientId"> | "recipient";

@ObjectType("ServiceRecord", {
  implements: NodeType,
  description: "One service of one volunteer: the legal record of the time that was actually given.",
})
export class ServiceRecordType extends NodeType implements Record<Shown, unknown> {
  @Output(() => ServiceRecordState, { description: "The state in which the record is now." }) state: ServiceRecordState;
  @Output(() => RecordOrigin, { description: "Says how the bank knows of the service." }) origin: RecordOrigin;
  @Output(() => VolunteerType, {
    nullable: true,
    description: "The volunteer who gave the service; null where you may not see them.",
  })
  volunteer(@Root() { volunteerId }: StoredRecord, @Ctx() { loaders }: Context) {
    return loaders.face.load(volunteerId);
  }
  @Output(() => OrganizationType, { description: "The organisation that recorded the service." })
  organization(@Root() { organizationId }: StoredRecord, @Ctx() context: Context) {
    return organizationOf(organizationId, context);
  }
  @Output(() => String, {
    nullable: true,
    description:
      "The organisation's own reference, which is kept encrypted; null where there is none, or the volunteer was erased.",
  })
  async externalRef(@Root() record: StoredRecord, @Ctx() { loaders }: Context) {
    return record.externalRef === null ? null : referenceOf(record, await loaders.details.load(record.id));
  }
  @Output(() => ServiceTypeType, { description: "The kind of service that was given, from the catalogue." })
  serviceType(@Root() record: StoredRecord, @Ctx() { loaders }: Context) {
    return loaders.serviceType.load(record.serviceType);
  }
  @Output(() => DateTimeScalar, { description: "The instant at which the service began." }) startedAt: number;
  @Output(() => DateTimeScalar, {
    nullable: true,
    description: "The instant at which the service ended; null while the volunteer is still checked in.",
  })
  endedAt: number | null;
  @Output(() => MinutesScalar, { description: "The minutes of rest within the service, which do not count." })
  breakMinutes: number;
  @Output(() => MinutesScalar, {
    nullable: true,
    description:
      "The whole minutes that were actually given, without rest; null while the volunteer is still checked in.",
  })
  serviceMinutes: number | null;
  @Output(() => MinutesScalar, {
    nullable: true,
    description:
      "The minutes of credit that were given for the service; null before the record is posted, 0 after a reversal.",
  })
  creditedMinutes: number | null;
  @Output(() => String, { nullable: true, description: "The place where the service was given, in words." })
  async place(@Root() { id }: StoredRecord, @Ctx() { loaders }: Context) {
    return (await loaders.details.load(id))?.place ?? null;
  }
  @Output(() => String, {
    nullable: true,
    description: "A description of the work that was done, in words; null after the volunteer was erased.",
  })
  async content(@Root() { id }: StoredRecord, @Ctx() { loaders }: Context) {
    return (await loaders.details.load(id))?.content ?? null;
  }
  @Output(() => String, {
    nullable: true,
    description:
      "The name of the person who led the activity; null where none was entered, or the volunteer was erased.",
  })
  async activityLead(@Root() { id }: StoredRecord, @Ctx() { loaders }: Context) {
    return (await loaders.details.load(id))?.activityLead ?? null;
  }
  @Output(() => RecipientType, {
    nullable: true,
    description:
      "The recipient whom the service helped. The stations that look after the recipient, officers and auditors see it; null for others.",
  })
  async recipient(@Root() { id }: StoredRecord, @Ctx() { loaders }: Context) {
    const recipientId = (await loaders.details.load(id))?.recipientId ?? null;
    return recipientId === null ? null : loaders.recipient.load(recipientId);
  }
  @Output(() => [EvidenceType], { description: "The proofs to which the record refers." })
  async evidence(@Root() { id }: StoredRecord, @Ctx() { loaders }: Context) {
    return shownEvidence(await loaders.details.load(id));
  }
  @Output(() => Int, { description: "How many different people must confirm the record." }) confirmationsNeeded: number;
  @Output(() => [Confirmation], {
    description:
      "The confirmations since the record was last submitted. A record that took the place of another one has none of its own: the confirmations of the service stand with `replaces`, and an adjustment is no confirmation.",
  })
  async confirmations(@Root() { id }: StoredRecord, @Ctx() { loaders, language }: Context) {
    return confirmationsOf(await loaders.steps.load(id)).map(({ at, actorKind, quality }) => ({
      at,
      quality,
      actor: actorOf({ actorKind }, { language }),
    }));
  }
  @Output(() => Dispute, {
    nullable: true,
    description: "The last objection that was raised to the record; null where there was none.",
  })
  async dispute(@Root() { id }: StoredRecord, @Ctx() { loaders, language }: Context) {
    const dispute = await loaders.dispute.load(id);
    return (
      dispute && {
        ...dispute,
        openedBy: actorOf({ actorKind: dispute.openedBy.kind }, { language }),
        evidence: shownEvidence(dispute),
      }
    );
  }
  @Output(() => ServiceRecordType, {
    nullable: true,
    description: "The record whose place this one took when an objection was decided; null where it took none.",
  })
  replaces(@Root() { id }: StoredRecord, @Ctx() { loaders }: Context) {
    return loaders.replaced.load(id);
  }
  @Output(() => ServiceRecordType, {
    nullable: true,
    description: "The corrected record that took the place of this one; null where none did.",
  })
  replacedBy(@Root() { replacedBy }: StoredRecord, @Ctx() { loaders }: Context) {
    return replacedBy ? loaders.record.load(replacedBy) : null;
  }
  @Output(() => [RecordEntry], {
    description:
      "The lines of the ledger that the record has made. The list is empty for an organisation to which the volunteer has no tie.",
  })
  async ledgerEntries(@Root() record: StoredRecord, @Ctx() { loaders }: Context) {
    // What ran over the cap tells of a balance, which is not there for an organisation that sees a masked name.
    if ((await loaders.person.load(record.volunteerId)).masked) return [];
    return loaders.transfersOfRecord.load(record.id);
  }
  @Output(() => [RecordEvent], { description: "The steps of the record, in order." })
  async history(@Root() { id }: StoredRecord, @Ctx() { loaders, language }: Context) {
    const steps = await loaders.steps.load(id);
    return steps.map(({ at, action, from, to, actorKind, reason }) => ({
      at,
      action,
      from,
      to,
      reason,
      actor: actorOf({ actorKind }, { language }),
    }));
  }
  @Output(() => DateTimeScalar, { description: "The instant at which the bank recorded the first step of the record." })
  async recordedAt(@Root() { id }: StoredRecord, @Ctx() { loaders }: Context) {
    return (await loaders.moments.load(id)).recordedAt;
  }
  @Output(() => DateTimeScalar, { description: "The instant of the record's last step." })
  async updatedAt(@Root() { id }: StoredRecord, @Ctx() { loaders }: Context) {
    return (await loaders.moments.load(id)).updatedAt;
  }
  @Output(() => DateScalar, {
    description: "The civil day by which the law asks the organisation to record the service.",
  })
  recordBy: string;
  @Output(() => Boolean, { description: provisional("recordBy") })
  recordByProvisional(@Root() { recordBy }: StoredRecord, @Ctx() context: Context) {
    return isProvisionalDay(recordBy, context);
  }
  @Output(() => Boolean, {
    description: "Whether `recordBy` has passed and the record is not posted, rejected or voided.",
  })
  overdue(@Root() record: StoredRecord, @Ctx() { services }: Context) {
    return isOverdue(record, services.today());
  }
  @Output(() => Int, {
    description: "How many working days have passed since `recordBy`; 0 where the record is not overdue.",
  })
  async workingDaysLate(@Root() record: StoredRecord, @Ctx() { services, loaders }: Context) {
    return workingDaysLate(record, services.today(), await loaders.calendar.load("all"));
  }
  @Output(() => Int, {
    description:
      "The number of steps so far; pass it as `expectedVersion` to be refused where another step came first.",
  })
  version: number;
}

export const ServiceRecordConnection = connectionOf("ServiceRecord", () => ServiceRecordType);

@ObjectType({ description: "Answers a mutation about one service record." })
export class ServiceRecordPayload extends Payload {
  @Output(() => ServiceRecordType, {
    nullable: true,
    description: "The service record after the step; null where it was refused.",
  })
  serviceRecord: Row<ServiceRecordType> | null;
}

@ObjectType({ description: "The result of one line of a batch of service records." })
export class ServiceRecordResult {
  @Output(() => Int, { description: "The place of the line in the batch, counted from 0." }) index: number;
  @Output(() => Boolean, {
    description: "True where your organisation's reference had been accepted before, so that the line changed nothing.",
  })
  repeated: boolean;
  @Output(() => ServiceRecordType, {
    nullable: true,
    description: "The service record; null where the line was refused.",
  })
  serviceRecord: Row<ServiceRecordType> | null;
  @Output(() => [UserErrorType], {
    description: "The reasons for which the line was refused; empty where it was done.",
  })
  userErrors: readonly Row<UserErrorType>[];
}

@ObjectType({
  description:
    "Answers a batch of service records. `accepted`, `repeated` and `refused` add up to the number of lines.",
})
export class ServiceRecordBatchPayload {
  @Output(() => Int, { description: "How many lines of the batch were done now." }) accepted: number;
  @Output(() => Int, { description: "How many lines the bank had accepted before." }) repeated: number;
  @Output(() => Int, { description: "How many lines of the batch were refused." }) refused: number;
  @Output(() => Boolean, {
    description: "Whether the whole answer is the one that an earlier request with this key got.",
  })
  replayed: boolean;
  @Output(() => [ServiceRecordResult], { description: "The result of each line, in the order of the lines." })
  results: readonly Row<ServiceRecordResult>[];
  @Output(() => [UserErrorType], {
    description: "The reasons for which the whole batch was refused; empty where it was not.",
  })
  userErrors: readonly Row<UserErrorType>[];
}

function shownEvidence(details: Pick<RecordDetails, "evidence"> | null) {
  return details?.evidence ?? [];
}
