import { Field, Int, ObjectType } from "type-graphql";
import { ActorType } from "../kit/actors";
import { DisputeOutcome, EntryKind, EvidenceKind, RecordAction, RecordOrigin, ServiceRecordState } from "../kit/enums";
import { Payload, UserErrorType } from "../kit/errors";
import { NodeType } from "../kit/node";
import { connectionOf } from "../kit/paging";
import { DateScalar, DateTimeScalar, MinutesScalar, provisional, SeqScalar } from "../kit/scalars";
import { Counterparty, EntryRef, Explanation } from "../ledger";
import { OrganizationType } from "../organizations";
import { VolunteerType } from "../people/volunteers";
import { ServiceTypeType } from "../policies";
import { RecipientType } from "../visits/recipients";

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
  @Field(() => DateTimeScalar, { description: "The instant at which the objection was raised." }) openedAt: number;
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
    description:
      "What it gave, or took back where it is negative, on the volunteer's account or above the cap elsewhere; 0 for a hold and its end, and for what came back from above the cap.",
  })
  minutes: number;
  @Field(() => MinutesScalar, { description: "How many minutes went from the one account to the other." })
  movedMinutes: number;
  @Field(() => Counterparty, { description: "The account that they came from." }) from: object;
  @Field(() => Counterparty, {
    description: "The account that they went to: above the cap the public pool, or the roll of honour.",
  })
  to: object;
  @Field(() => [Explanation], { description: "The rules it was made under, each with its clause." })
  explanation: object[];
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
  @Field(() => String, {
    nullable: true,
    description: "The organisation's own reference; sealed, and null where there is none or the person was erased.",
  })
  externalRef: string | null;
  @Field(() => ServiceTypeType, { description: "The kind of service that was given, of the catalogue." })
  serviceType: object;
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
  @Field(() => RecipientType, {
    nullable: true,
    description:
      "The recipient that it helped, for the stations that look after them, officers and auditors; else null.",
  })
  recipient: object | null;
  @Field(() => [EvidenceType], { description: "The proofs it refers to." }) evidence: object[];
  @Field(() => Int, { description: "How many different people must confirm it." }) confirmationsNeeded: number;
  @Field(() => [Confirmation], {
    description:
      "Confirmations since it was last submitted. A record that took the place of another has none of its own: who confirmed the service stands with `replaces`, and who adjusted it is no confirmer.",
  })
  confirmations: object[];
  @Field(() => Dispute, { nullable: true, description: "The last objection raised to it." }) dispute: object | null;
  @Field(() => ServiceRecordType, {
    nullable: true,
    description: "The record whose place it took when an objection was decided; null where it took none.",
  })
  replaces: object | null;
  @Field(() => ServiceRecordType, { nullable: true, description: "The corrected record that took its place." })
  replacedBy: object | null;
  @Field(() => [RecordEntry], {
    description: "Its lines in the ledger; empty for an organisation that the volunteer is not tied to.",
  })
  ledgerEntries: object[];
  @Field(() => [RecordEvent], { description: "Every step it has taken, in order." }) history: object[];
  @Field(() => DateTimeScalar, { description: "The instant of its first step, when the bank wrote it down." })
  recordedAt: number;
  @Field(() => DateTimeScalar, { description: "The instant of its last step." }) updatedAt: number;
  @Field(() => DateScalar, { description: "The statutory day by which it is to be recorded." }) recordBy: string;
  @Field(() => Boolean, { description: provisional("recordBy") }) recordByProvisional: boolean;
  @Field(() => Boolean, { description: "Whether that day has passed and it is neither posted nor ended." })
  overdue: boolean;
  @Field(() => Int, { description: "Working days since that day, 0 when it is not overdue." }) workingDaysLate: number;
  @Field(() => Int, { description: "Counts its steps; pass it as expectedVersion." }) version: number;
}

export const ServiceRecordConnection = connectionOf("ServiceRecord", () => ServiceRecordType as never);

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
