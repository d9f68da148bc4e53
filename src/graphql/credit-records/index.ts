import { Arg, Args, Ctx, ID, Int, ObjectType, Resolver, Root } from "type-graphql";
import type { Organization } from "../../domain/facts/organizations";
import type { Evidence } from "../../domain/hours";
import type { Asked } from "../../services/bank/fields";
import {
  advanceCreditRecord,
  applyForCreditRepair,
  objectToCreditRecord,
  openCreditRecord,
} from "../../services/credit-records/commands";
import type { CreditFile, CreditReading, PublicCreditRecord } from "../../services/credit-records/files";
import type { CreditStepLine, ShownCreditRecord } from "../../services/credit-records/sight";
import { EvidenceType } from "../hours/types";
import { ActorType, actorOf } from "../kit/actors";
import type { Context } from "../kit/context";
import { askedEach } from "../kit/costs";
import { asked, keyed, Payload, stepped } from "../kit/errors";
import { FieldResolver, Mutation, Outcome, Output, Query, type Row } from "../kit/fields";
import { Input } from "../kit/inputs";
import { NodeType } from "../kit/node";
import { connectionOf, PageArgs } from "../kit/paging";
import { isProvisionalDay, provisional } from "../kit/provisional";
import { DateScalar, DateTimeScalar } from "../kit/scalars";
import { OrganizationType } from "../organizations";
import { CreditRecordEventAction, CreditRecordKind, CreditRecordState } from "./enums";

@ObjectType("CreditSubject", {
  implements: NodeType,
  description: "The subject of a credit file: a volunteer or an organisation, under its own id.",
})
export class CreditSubjectType extends NodeType {
  @Output(() => String, { description: "The name of the volunteer or the organisation; empty once erased." })
  label: string;
}
@ObjectType("CreditRecordEvent", { description: "A step that was taken with a credit record." })
export class CreditRecordEventType {
  @Output(() => DateTimeScalar, { description: "The instant at which the step was taken." }) at: number;
  @Output(() => CreditRecordEventAction, { description: "The step that was taken." }) action: CreditRecordEventAction;
  @Output(() => CreditRecordState, {
    nullable: true,
    description: "The state before the step; null for the first step.",
  })
  from: CreditRecordState | null;
  @Output(() => CreditRecordState, { description: "The state after the step." }) to: CreditRecordState;
  @Output(() => ActorType, { description: "The role in which it was done; the person is not shown." })
  actor(@Root() step: CreditStepLine, @Ctx() context: Context) {
    return actorOf(step, context);
  }
  @Output(() => String, {
    nullable: true,
    description: "The text that was given with the step: a reason, an answer or an objection; null once erased.",
  })
  reason: string | null;
  @Output(() => [EvidenceType], { description: "The proofs that were given with the step." }) evidence: Evidence[];
  @Output(() => String, {
    nullable: true,
    description: "For a correction: the facts whose place it took; null for other steps.",
  })
  factsBefore: string | null;
  @Output(() => Boolean, {
    description:
      "Whether the step proposes a correction or a removal without an objection; another officer has to take the same step before it holds.",
  })
  isProposal: boolean;
  @Output(() => String, {
    nullable: true,
    description: "For a proposed correction: the facts that are proposed; null for other steps.",
  })
  factsProposed: string | null;
}
@ObjectType("CreditRecord", {
  implements: NodeType,
  description:
    "A record for or against a volunteer or an organisation, which is made with due process. There is no score. It is read through the subject's file, where each reading is logged; under the same id, `node` gives a CreditCase without the content.",
})
export class CreditRecordType extends NodeType {
  @Output(() => CreditRecordKind, { description: "Whether the record speaks for its subject or against it." })
  kind: CreditRecordKind;
  @Output(() => String, { description: "The code of the ground, from policy `credit.grounds`." }) ground: string;
  @Output(() => String, { description: "The name of the ground that people read, in the language of Accept-Language." })
  groundLabel(@Root() { ground }: ShownCreditRecord, @Ctx() { loaders }: Context) {
    return loaders.creditGround.load(ground);
  }
  @Output(() => CreditRecordState, { description: "The state in which the record is today." }) state: CreditRecordState;
  @Output(() => Boolean, {
    description:
      "Whether the subject has objected, and the objection is not decided yet; such a record is to be used with care.",
  })
  flagged: boolean;
  @Output(() => String, { description: "A text that says what happened, as it was recorded or corrected." })
  facts: string;
  @Output(() => DateTimeScalar, { description: "The instant at which the record was opened." }) openedAt: number;
  @Output(() => DateScalar, {
    nullable: true,
    description: "The last civil day on which the subject may answer the notice; null before the notice.",
  })
  answerBy: string | null;
  @Output(() => Boolean, { description: provisional("answerBy") })
  answerByProvisional(@Root() { answerBy }: ShownCreditRecord, @Ctx() context: Context) {
    return isProvisionalDay(answerBy, context);
  }
  @Output(() => DateScalar, {
    nullable: true,
    description: "The last civil day on which an objection or a repair must be decided; null where none is open.",
  })
  decideBy: string | null;
  @Output(() => Boolean, { description: provisional("decideBy") })
  decideByProvisional(@Root() { decideBy }: ShownCreditRecord, @Ctx() context: Context) {
    return isProvisionalDay(decideBy, context);
  }
  @Output(() => DateScalar, {
    nullable: true,
    description: "The civil day on which an officer confirmed the record; null before.",
  })
  foundOn: string | null;
  @Output(() => DateScalar, {
    nullable: true,
    description: "The civil day on which the key of the record is destroyed; null where none is set.",
  })
  expiresOn: string | null;
  @Output(() => [EvidenceType], { description: "The proofs on which the record rests." }) evidence: Evidence[];
  @Output(() => [CreditRecordEventType], { description: "The steps of the credit record, the earliest first." })
  history: CreditStepLine[];
  @Output(() => Int, {
    description:
      "The number of steps so far; pass it as `expectedVersion` to be refused where another step came first.",
  })
  version: number;
}
@ObjectType("CreditReading", { description: "A reading of a subject's credit file." })
export class CreditReadingType {
  @Output(() => DateTimeScalar, { description: "The instant at which the file was read." }) at: number;
  @Output(() => ActorType, { description: "The role in which the file was read; the person is not shown." })
  actor(@Root() reading: CreditReading, @Ctx() context: Context) {
    return actorOf(reading, context);
  }
  @Output(() => String, { nullable: true, description: "The purpose for which the file was read; null once erased." })
  purpose: string | null;
}
const CreditReadingConnection = connectionOf("CreditReading", () => CreditReadingType);
@ObjectType("CreditFile", { description: "The credit records about one subject that you may see." })
export class CreditFileType {
  @Output(() => CreditSubjectType, { description: "The volunteer or the organisation that the file is about." })
  subject: Row<CreditSubjectType>;
  @Output(() => [CreditRecordType], { description: "The credit records in the file, the first recorded first." })
  records: ShownCreditRecord[];
  @Output(() => CreditReadingConnection, {
    complexity: askedEach,
    description: "The readings of the file with their purposes, the newest first; a unit sees only its own readings.",
  })
  accessLog(@Root() { subject }: CreditFile, @Ctx() context: Context, @Args(() => PageArgs) page: PageArgs) {
    return asked(context, () => context.services.credit.files.accessLog(context.actor, subject.id, page));
  }
}
@ObjectType("CreditCase", {
  implements: NodeType,
  description: "A credit record without its content. It names the subject, whose file can be read with a purpose.",
})
export class CreditCaseType extends NodeType {
  @Output(() => ID, { description: "The id of the volunteer or the organisation in whose file the record stands." })
  subjectId: string;
}
@ObjectType("PublicCreditRecord", {
  description: "The part of a credit record about an organisation that everybody may read.",
})
export class PublicCreditRecordType {
  @Output(() => ID, { description: "The id of the credit record of which this is the public part." }) recordId: string;
  @Output(() => CreditRecordKind, { description: "Whether the record speaks for the organisation or against it." })
  kind: CreditRecordKind;
  @Output(() => String, { description: "The code of the ground, from policy credit.grounds." }) ground: string;
  @Output(() => String, { description: "The name of the ground that people read, in the language of Accept-Language." })
  groundLabel(@Root() { ground }: PublicCreditRecord, @Ctx() { loaders }: Context) {
    return loaders.creditGround.load(ground);
  }
  @Output(() => Boolean, {
    description: "Whether the organisation has objected, and the objection is not decided yet.",
  })
  flagged: boolean;
  @Output(() => DateScalar, {
    nullable: true,
    description: "The civil day on which an officer confirmed the record; null before.",
  })
  foundOn: string | null;
  @Output(() => DateScalar, {
    nullable: true,
    description: "The civil day on which the record is erased; null where none is set.",
  })
  expiresOn: string | null;
}

@ObjectType({ description: "Answers a mutation about a credit record." })
export class CreditRecordPayload extends Payload {
  @Outcome(() => CreditRecordType, "The record that this is about")
  record: Row<CreditRecordType> | null;
}

@Resolver(() => CreditRecordType)
export class CreditRecordResolver {
  @Query(() => CreditFileType, {
    description:
      "The credit file of a volunteer or an organisation. Each reading is logged with its purpose, and the subject sees it. The subject, a minor's guardian, a unit that recorded something, officers and auditors may read it. REASON_MISSING without a purpose.",
  })
  creditFile(
    @Arg("subjectId", () => ID, { description: "The id of the volunteer or the organisation that it is about." })
    subjectId: string,
    @Arg("purpose", () => String, { description: "The purpose for which you read the file, in up to 200 characters." })
    purpose: string,
    @Ctx() context: Context,
  ) {
    return asked(context, () => context.services.credit.files.read(context.actor, subjectId, purpose));
  }

  @Mutation(() => CreditRecordPayload, {
    description:
      "Records an observation for or against a volunteer or an organisation. Units that know the volunteer, stations above the organisation, and officers may do this. GROUND_NOT_FOUND.",
  })
  openCreditRecord(
    @Input(openCreditRecord, "The subject, the facts, and the proofs.")
    input: Asked<typeof openCreditRecord>,
    @Ctx() context: Context,
  ) {
    return keyed(context, "record", () => context.services.credit.open(context.actor, input));
  }
  @Mutation(() => CreditRecordPayload, {
    description:
      "Takes a step with a credit record. The recording unit's supervisor or an officer proposes a record, and another officer confirms it; officers decide everything else. ANSWER_PENDING while the subject may still answer. SAME_PERSON, SELF_CONFIRMATION.",
  })
  advanceCreditRecord(
    @Input(advanceCreditRecord, "The record, the step, and the reason.")
    input: Asked<typeof advanceCreditRecord>,
    @Ctx() context: Context,
  ) {
    return stepped(context, "record", () => context.services.credit.advance(context.actor, input));
  }
  @Mutation(() => CreditRecordPayload, {
    description:
      "Answers a notice, or objects to a record that stands; the record is flagged at once. The subject, a minor's guardian, and an organisation's admin may do this.",
  })
  objectToCreditRecord(
    @Input(objectToCreditRecord, "The record, and the statement.")
    input: Asked<typeof objectToCreditRecord>,
    @Ctx() context: Context,
  ) {
    return stepped(context, "record", () => context.services.credit.object(context.actor, input));
  }
  @Mutation(() => CreditRecordPayload, {
    description:
      "Asks for the repair of a credit record, where the subject has made good. ILLEGAL_TRANSITION while an authority has the record.",
  })
  applyForCreditRepair(
    @Input(applyForCreditRepair, "The record, and what was made good.")
    input: Asked<typeof applyForCreditRepair>,
    @Ctx() context: Context,
  ) {
    return stepped(context, "record", () => context.services.credit.applyForRepair(context.actor, input));
  }
}

@Resolver(() => OrganizationType)
export class OrganizationCreditResolver {
  @FieldResolver(() => [PublicCreditRecordType], {
    description:
      "The credit records about the organisation that stand, on grounds that the policy makes public. Credit records about a person are never public.",
  })
  publicCreditRecords(@Root() { id }: Organization, @Ctx() { loaders }: Context) {
    return loaders.publicCredit.load(id);
  }
}
