import { Ctx, Int, ObjectType, Root } from "type-graphql";
import type { Transfer } from "../../domain/facts/ledger";
import { confirmationsOf, isOverdue, referenceOf, workingDaysLate } from "../../domain/hours";
import { isProvisional } from "../../domain/kit/calendar";
import type { RecordDetails } from "../../services/hours/entries";
import type { StoredRecord } from "../../storage/store";
import { ActorType, actorOf } from "../kit/actors";
import type { Context } from "../kit/context";
import { Payload, UserErrorType } from "../kit/errors";
import { Output, type Row } from "../kit/fields";
import { NodeType } from "../kit/node";
import { connectionOf } from "../kit/paging";
import { DateScalar, DateTimeScalar, MinutesScalar, provisional, SeqScalar } from "../kit/scalars";
import {
  Counterparty,
  counterpartyOf,
  EntryRef,
  Explanation,
  explanationOf,
  givenMinutes,
  reversedByOf,
} from "../ledger";
import { EntryKind } from "../ledger/enums";
import { OrganizationType, organizationOf } from "../organizations";
import { VolunteerType } from "../people/volunteers";
import { ServiceTypeType } from "../policies";
import { RecipientType } from "../visits/recipients";
import { DisputeOutcome, EvidenceKind, RecordAction, RecordOrigin, ServiceRecordState } from "./enums";

@ObjectType("Evidence", { description: "A reference to a proof." })
export class EvidenceType {
  @Output(() => EvidenceKind, { description: "What kind of proof it is." }) kind: EvidenceKind;
  @Output(() => String, { description: "Where the organisation keeps it." }) ref: string;
  @Output(() => String, { nullable: true, description: "Its address, where it was uploaded." })
  url() {
    return null;
  }
}

@ObjectType({ description: "One person's confirmation of a record." })
export class Confirmation {
  @Output(() => DateTimeScalar, { description: "The instant at which it was done." }) at: number;
  @Output(() => ActorType, { description: "As what it was done; never by whom." }) actor: Row<ActorType>;
  @Output(() => Int, { nullable: true, description: "How well it was done, 1 to 5; null where nobody said." })
  quality: number | null;
}

@ObjectType({ description: "One step of a record." })
export class RecordEvent {
  @Output(() => DateTimeScalar, { description: "The instant at which it was done." }) at: number;
  @Output(() => RecordAction, { description: "Which step it was." }) action: RecordAction;
  @Output(() => ServiceRecordState, { nullable: true, description: "The state before; null for the first." })
  from: ServiceRecordState | null;
  @Output(() => ServiceRecordState, { description: "The state it was in afterwards." }) to: ServiceRecordState;
  @Output(() => ActorType, { description: "As what it was done." }) actor: Row<ActorType>;
  @Output(() => String, { nullable: true, description: "The reason that was given." }) reason: string | null;
}

@ObjectType({ description: "An objection to a posted record." })
export class Dispute {
  @Output(() => String, { description: "The reason, for whoever reads the history." }) reason: string;
  @Output(() => DateTimeScalar, { description: "The instant at which the objection was raised." }) openedAt: number;
  @Output(() => ActorType, { description: "As what it was raised." }) openedBy: Row<ActorType>;
  @Output(() => [EvidenceType], { description: "What speaks for it." }) evidence: readonly Row<EvidenceType>[];
  @Output(() => DisputeOutcome, { nullable: true, description: "How it was decided; null while open." })
  outcome: DisputeOutcome | null;
  @Output(() => DateTimeScalar, { nullable: true, description: "When it was decided." }) decidedAt: number | null;
}

@ObjectType({ description: "A line of the ledger that a record made." })
export class RecordEntry {
  @Output(() => SeqScalar, { description: "Its position in the bank's journal." }) seq: number;
  @Output(() => EntryKind, { description: "Why it stands there." }) kind: EntryKind;
  @Output(() => MinutesScalar, {
    description:
      "What it gave, or took back where it is negative, on the volunteer's account or above the cap elsewhere; 0 for a hold and its end, and for what came back from above the cap.",
  })
  async minutes(@Root() transfer: Transfer, @Ctx() { loaders }: Context) {
    const [from, to] = await Promise.all([loaders.kind.load(transfer.debit), loaders.kind.load(transfer.credit)]);
    return givenMinutes(transfer, { from, to });
  }
  @Output(() => MinutesScalar, { description: "How many minutes went from the one account to the other." })
  movedMinutes(@Root() { minutes }: Transfer) {
    return minutes;
  }
  @Output(() => Counterparty, { description: "The account that they came from." })
  async from(@Root() { debit }: Transfer, @Ctx() { loaders, language }: Context) {
    return counterpartyOf(await loaders.kind.load(debit), language);
  }
  @Output(() => Counterparty, {
    description: "The account that they went to: above the cap the public pool, or the roll of honour.",
  })
  async to(@Root() { credit }: Transfer, @Ctx() { loaders, language }: Context) {
    return counterpartyOf(await loaders.kind.load(credit), language);
  }
  @Output(() => [Explanation], { description: "The rules it was made under, each with its clause." })
  explanation(@Root() transfer: Transfer, @Ctx() context: Context) {
    return explanationOf(transfer, context);
  }
  @Output(() => EntryRef, { nullable: true, description: "The line that reversed it." })
  reversedBy(@Root() { seq }: Transfer, @Ctx() { loaders }: Context) {
    return reversedByOf(seq, loaders);
  }
}

@ObjectType("ServiceRecord", {
  implements: NodeType,
  description: "One service of one volunteer: the legal record of time actually given.",
})
export class ServiceRecordType extends NodeType {
  @Output(() => ServiceRecordState, { description: "In which state it is now." }) state: ServiceRecordState;
  @Output(() => RecordOrigin, { description: "How we know of it." }) origin: RecordOrigin;
  @Output(() => VolunteerType, { nullable: true, description: "Whose service it was." })
  volunteer(@Root() { volunteerId }: StoredRecord, @Ctx() { loaders }: Context) {
    return loaders.face.load(volunteerId);
  }
  @Output(() => OrganizationType, { description: "The organisation that recorded it." })
  organization(@Root() { organizationId }: StoredRecord, @Ctx() context: Context) {
    return organizationOf(organizationId, context);
  }
  @Output(() => String, {
    nullable: true,
    description: "The organisation's own reference; sealed, and null where there is none or the person was erased.",
  })
  async externalRef(@Root() record: StoredRecord, @Ctx() { loaders }: Context) {
    return record.externalRef === null ? null : referenceOf(record, await loaders.details.load(record.id));
  }
  @Output(() => ServiceTypeType, { description: "The kind of service that was given, of the catalogue." })
  serviceType(@Root() record: StoredRecord, @Ctx() { loaders }: Context) {
    return loaders.serviceType.load(record.serviceType);
  }
  @Output(() => DateTimeScalar, { description: "The instant at which it began." }) startedAt: number;
  @Output(() => DateTimeScalar, { nullable: true, description: "When it ended; null while checked in." }) endedAt:
    | number
    | null;
  @Output(() => MinutesScalar, { description: "Rest taken between, in minutes." }) breakMinutes: number;
  @Output(() => MinutesScalar, { nullable: true, description: "Time actually given, in whole minutes." })
  serviceMinutes: number | null;
  @Output(() => MinutesScalar, {
    nullable: true,
    description: "Credit given for it; null before posting, 0 after a reversal.",
  })
  creditedMinutes: number | null;
  @Output(() => String, { nullable: true, description: "The place of the service." })
  async place(@Root() { id }: StoredRecord, @Ctx() { loaders }: Context) {
    return (await loaders.details.load(id))?.place ?? null;
  }
  @Output(() => String, { nullable: true, description: "What was done, in words; null after the person was erased." })
  async content(@Root() { id }: StoredRecord, @Ctx() { loaders }: Context) {
    return (await loaders.details.load(id))?.content ?? null;
  }
  @Output(() => String, { nullable: true, description: "Who led the activity." })
  async activityLead(@Root() { id }: StoredRecord, @Ctx() { loaders }: Context) {
    return (await loaders.details.load(id))?.activityLead ?? null;
  }
  @Output(() => RecipientType, {
    nullable: true,
    description:
      "The recipient that it helped, for the stations that look after them, officers and auditors; else null.",
  })
  async recipient(@Root() { id }: StoredRecord, @Ctx() { loaders }: Context) {
    const recipientId = (await loaders.details.load(id))?.recipientId ?? null;
    return recipientId === null ? null : loaders.recipient.load(recipientId);
  }
  @Output(() => [EvidenceType], { description: "The proofs it refers to." })
  async evidence(@Root() { id }: StoredRecord, @Ctx() { loaders }: Context) {
    return shownEvidence(await loaders.details.load(id));
  }
  @Output(() => Int, { description: "How many different people must confirm it." }) confirmationsNeeded: number;
  @Output(() => [Confirmation], {
    description:
      "Confirmations since it was last submitted. A record that took the place of another has none of its own: who confirmed the service stands with `replaces`, and who adjusted it is no confirmer.",
  })
  async confirmations(@Root() { id }: StoredRecord, @Ctx() { loaders, language }: Context) {
    return confirmationsOf(await loaders.steps.load(id)).map(({ at, actorKind, quality }) => ({
      at,
      quality,
      actor: actorOf({ actorKind }, { language }),
    }));
  }
  @Output(() => Dispute, { nullable: true, description: "The last objection raised to it." })
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
    description: "The record whose place it took when an objection was decided; null where it took none.",
  })
  replaces(@Root() { id }: StoredRecord, @Ctx() { loaders }: Context) {
    return loaders.replaced.load(id);
  }
  @Output(() => ServiceRecordType, { nullable: true, description: "The corrected record that took its place." })
  replacedBy(@Root() { replacedBy }: StoredRecord, @Ctx() { loaders }: Context) {
    return replacedBy ? loaders.record.load(replacedBy) : null;
  }
  @Output(() => [RecordEntry], {
    description: "Its lines in the ledger; empty for an organisation that the volunteer is not tied to.",
  })
  async ledgerEntries(@Root() record: StoredRecord, @Ctx() { loaders }: Context) {
    // What ran over the cap tells of a balance, which is not there for an organisation that sees a masked name.
    if ((await loaders.person.load(record.volunteerId)).masked) return [];
    return loaders.transfersOfRecord.load(record.id);
  }
  @Output(() => [RecordEvent], { description: "Every step it has taken, in order." })
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
  @Output(() => DateTimeScalar, { description: "The instant of its first step, when the bank wrote it down." })
  async recordedAt(@Root() { id }: StoredRecord, @Ctx() { loaders }: Context) {
    return (await loaders.moments.load(id)).recordedAt;
  }
  @Output(() => DateTimeScalar, { description: "The instant of its last step." })
  async updatedAt(@Root() { id }: StoredRecord, @Ctx() { loaders }: Context) {
    return (await loaders.moments.load(id)).updatedAt;
  }
  @Output(() => DateScalar, { description: "The statutory day by which it is to be recorded." }) recordBy: string;
  @Output(() => Boolean, { description: provisional("recordBy") })
  async recordByProvisional(@Root() { recordBy }: StoredRecord, @Ctx() { loaders }: Context) {
    return isProvisional(await loaders.calendar.load("all"), recordBy);
  }
  @Output(() => Boolean, { description: "Whether that day has passed and it is neither posted nor ended." })
  overdue(@Root() record: StoredRecord, @Ctx() { services }: Context) {
    return isOverdue(record, services.today());
  }
  @Output(() => Int, { description: "Working days since that day, 0 when it is not overdue." })
  async workingDaysLate(@Root() record: StoredRecord, @Ctx() { services, loaders }: Context) {
    return workingDaysLate(record, services.today(), await loaders.calendar.load("all"));
  }
  @Output(() => Int, { description: "Counts its steps; pass it as expectedVersion." }) version: number;
}

export const ServiceRecordConnection = connectionOf("ServiceRecord", () => ServiceRecordType);

@ObjectType({ description: "The answer to a step of one record." })
export class ServiceRecordPayload extends Payload {
  @Output(() => ServiceRecordType, { nullable: true, description: "The record after the step." })
  serviceRecord: Row<ServiceRecordType> | null;
}

@ObjectType({ description: "What became of one line of a batch." })
export class ServiceRecordResult {
  @Output(() => Int, { description: "The line's place in the batch, from 0." }) index: number;
  @Output(() => Boolean, { description: "Whether your organisation's reference was accepted before." })
  repeated: boolean;
  @Output(() => ServiceRecordType, { nullable: true, description: "The record; null when refused." })
  serviceRecord: Row<ServiceRecordType> | null;
  @Output(() => [UserErrorType], { description: "Why the line was refused; empty when it was not." })
  userErrors: readonly Row<UserErrorType>[];
}

@ObjectType({ description: "The answer to a batch; accepted, repeated and refused count lines and add up." })
export class ServiceRecordBatchPayload {
  @Output(() => Int, { description: "How many lines were done." }) accepted: number;
  @Output(() => Int, { description: "How many lines had been accepted before." }) repeated: number;
  @Output(() => Int, { description: "How many lines were refused." }) refused: number;
  @Output(() => Boolean, { description: "Whether the whole answer is the one this key got before." }) replayed: boolean;
  @Output(() => [ServiceRecordResult], { description: "Each line's fate, in order." })
  results: readonly Row<ServiceRecordResult>[];
  @Output(() => [UserErrorType], { description: "Why the batch as such was refused." })
  userErrors: readonly Row<UserErrorType>[];
}

function shownEvidence(details: Pick<RecordDetails, "evidence"> | null) {
  return details?.evidence ?? [];
}
