import {
  Arg,
  Args,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from "type-graphql";
import type { Evidence } from "../../domain/hours";
import { isProvisional } from "../../domain/kit/calendar";
import type { Organization } from "../../domain/organizations";
import type { Asked } from "../../services/bank/fields";
import type {
  CreditFile,
  CreditReading,
  CreditStepLine,
  PublicCreditRecord,
  ShownCreditRecord,
} from "../../services/contract";
import {
  advanceCreditRecord,
  applyForCreditRepair,
  objectToCreditRecord,
  openCreditRecord,
} from "../../services/credit-records/commands";
import { EvidenceType } from "../hours/types";
import { ActorType, actorOf } from "../kit/actors";
import type { Context } from "../kit/context";
import { askedEach } from "../kit/costs";
import { CreditRecordEventAction, CreditRecordKind, CreditRecordState } from "../kit/enums";
import { asked, attempt, Payload } from "../kit/errors";
import { Input } from "../kit/inputs";
import { NodeType } from "../kit/node";
import { connectionOf, PageArgs } from "../kit/paging";
import { DateScalar, DateTimeScalar, provisional } from "../kit/scalars";
import { OrganizationType } from "../organizations";

@ObjectType("CreditSubject", {
  implements: NodeType,
  description: "The subject of a credit file: a volunteer or an organisation, under its own id.",
})
export class CreditSubjectType extends NodeType {
  @Field(() => String, { description: "What they are called; empty once erased." }) label: string;
}
@ObjectType("CreditRecordEvent", { description: "One step of a credit record." })
export class CreditRecordEventType {
  @Field(() => DateTimeScalar, { description: "The instant at which it was done." }) at: number;
  @Field(() => CreditRecordEventAction, { description: "Which step it was." }) action: string;
  @Field(() => CreditRecordState, { nullable: true, description: "The state before; null for the first." }) from:
    | string
    | null;
  @Field(() => CreditRecordState, { description: "The state it was in afterwards." }) to: string;
  @Field(() => ActorType, { description: "As what it was done; never by whom." }) actor: ActorType;
  @Field(() => String, { nullable: true, description: "What was said with it." }) reason: string | null;
  @Field(() => [EvidenceType], { description: "What was brought to prove it." }) evidence: Evidence[];
  @Field(() => String, { nullable: true, description: "Of a correction: the facts whose place it took." })
  factsBefore: string | null;
  @Field(() => Boolean, {
    description:
      "Whether it proposes a correction or a removal of the office's own motion, which another officer has to take as well.",
  })
  isProposal: boolean;
  @Field(() => String, { nullable: true, description: "Of such a correction: the facts that are proposed." })
  factsProposed: string | null;
}
@ObjectType("CreditRecord", {
  implements: NodeType,
  description:
    "Something that was found about a volunteer or an organisation, with due process. There is no score. Read through the subject's file, where each reading is logged: under the same id `node` gives a CreditCase, without the content.",
})
export class CreditRecordType extends NodeType {
  @Field(() => CreditRecordKind, { description: "Whether it speaks for its subject or against." }) kind: string;
  @Field(() => String, { description: "Its ground, by the code of policy credit.grounds." }) ground: string;
  @Field(() => String, { description: "The ground in words, by Accept-Language." }) groundLabel: string;
  @Field(() => CreditRecordState, { description: "Where the record stands today." }) state: string;
  @Field(() => Boolean, { description: "Objected to, and not decided yet: go by it with care." }) flagged: boolean;
  @Field(() => String, { description: "What happened, as it was recorded." }) facts: string;
  @Field(() => DateTimeScalar, { description: "The instant at which it was recorded." }) openedAt: number;
  @Field(() => DateScalar, { nullable: true, description: "The last civil day to answer the notice." }) answerBy:
    | string
    | null;
  @Field(() => Boolean, { description: provisional("answerBy") }) answerByProvisional: boolean;
  @Field(() => DateScalar, { nullable: true, description: "The last civil day to decide an objection or a repair." })
  decideBy: string | null;
  @Field(() => Boolean, { description: provisional("decideBy") }) decideByProvisional: boolean;
  @Field(() => DateScalar, { nullable: true, description: "The civil day on which it was found to be so." })
  foundOn: string | null;
  @Field(() => DateScalar, { nullable: true, description: "The civil day on which its key is destroyed." })
  expiresOn: string | null;
  @Field(() => [EvidenceType], { description: "What it was recorded on." }) evidence: Evidence[];
  @Field(() => [CreditRecordEventType], { description: "Its steps, the first first." }) history: CreditStepLine[];
  @Field(() => Int, { description: "Counts its steps; pass it as expectedVersion." }) version: number;
}
@ObjectType("CreditReading", { description: "One reading of somebody's credit file." })
export class CreditReadingType {
  @Field(() => DateTimeScalar, { description: "The instant at which it was read." }) at: number;
  @Field(() => ActorType, { description: "As what; never by whom." }) actor: ActorType;
  @Field(() => String, { nullable: true, description: "What it was read for; null once erased." }) purpose:
    | string
    | null;
}
const CreditReadingConnection = connectionOf("CreditReading", () => CreditReadingType as never);
@ObjectType("CreditFile", { description: "All credit records about one subject that the reader may see." })
export class CreditFileType {
  @Field(() => CreditSubjectType, { description: "The volunteer or the organisation that the file is about." })
  subject: CreditSubjectType;
  @Field(() => [CreditRecordType], { description: "The first recorded first." }) records: ShownCreditRecord[];
}
@ObjectType("CreditCase", {
  implements: NodeType,
  description: "A credit record without its content: whose file it stands in. The file is read with a purpose.",
})
export class CreditCaseType extends NodeType {
  @Field(() => ID, { description: "The volunteer or the organisation it is about." }) subjectId: string;
}
@ObjectType("PublicCreditRecord", { description: "What everybody may know of a record about an organisation." })
export class PublicCreditRecordType {
  @Field(() => ID, { description: "The id of the record of which this is the public part." }) recordId: string;
  @Field(() => CreditRecordKind, { description: "Whether it speaks for the organisation or against." }) kind: string;
  @Field(() => String, { description: "Its ground, by code." }) ground: string;
  @Field(() => String, { description: "The ground in words, by Accept-Language." }) groundLabel: string;
  @Field(() => Boolean, { description: "Objected to, and not decided yet." }) flagged: boolean;
  @Field(() => DateScalar, { nullable: true, description: "The civil day on which it was found to be so." })
  foundOn: string | null;
  @Field(() => DateScalar, { nullable: true, description: "The civil day on which it goes." })
  expiresOn: string | null;
}

@ObjectType({ description: "The answer about a credit record." })
export class CreditRecordPayload extends Payload {
  @Field(() => CreditRecordType, { nullable: true, description: "The record this is about." }) record?: object | null;
}

@Resolver(() => CreditRecordType)
export class CreditRecordResolver {
  @FieldResolver(() => Boolean)
  async answerByProvisional(@Root() { answerBy }: ShownCreditRecord, @Ctx() { loaders }: Context): Promise<boolean> {
    return isProvisional(await loaders.calendar.load("all"), answerBy);
  }
  @FieldResolver(() => Boolean)
  async decideByProvisional(@Root() { decideBy }: ShownCreditRecord, @Ctx() { loaders }: Context): Promise<boolean> {
    return isProvisional(await loaders.calendar.load("all"), decideBy);
  }

  @Query(() => CreditFileType, {
    description:
      "Somebody's credit file. Reading it is written down with the purpose, which the subject sees. The subject, a minor's guardian, the unit that recorded something, officers, auditors. REASON_MISSING without a purpose.",
  })
  creditFile(
    @Arg("subjectId", () => ID, { description: "The volunteer or the organisation." }) subjectId: string,
    @Arg("purpose", () => String, { description: "What it is read for, in up to 200 letters." }) purpose: string,
    @Ctx() context: Context,
  ): Promise<object> {
    return asked(context, () => context.services.credit.file(context.actor, subjectId, purpose));
  }

  @Mutation(() => CreditRecordPayload, {
    description:
      "Records something for or against a volunteer or an organisation. Units that know the volunteer, stations above the organisation, officers. GROUND_NOT_FOUND.",
  })
  openCreditRecord(
    @Input(openCreditRecord, "About whom, what, and on what it rests.")
    input: Asked<typeof openCreditRecord>,
    @Ctx() context: Context,
  ): Promise<object> {
    return attempt(context, async () => {
      const { value, replayed } = await context.services.credit.open(context.actor, input);
      return { record: value, replayed };
    });
  }
  @Mutation(() => CreditRecordPayload, {
    description:
      "The recording unit's supervisor or an officer proposes, another officer confirms; officers decide the rest. ANSWER_PENDING while the subject may still answer, SAME_PERSON, SELF_CONFIRMATION.",
  })
  advanceCreditRecord(
    @Input(advanceCreditRecord, "Which step, and why.")
    input: Asked<typeof advanceCreditRecord>,
    @Ctx() context: Context,
  ): Promise<object> {
    return stepped(context, () => context.services.credit.advance(context.actor, input));
  }
  @Mutation(() => CreditRecordPayload, {
    description:
      "The subject answers a notice, or objects to a record that stands, which is flagged at once. The subject, a minor's guardian, an organisation's admin.",
  })
  objectToCreditRecord(
    @Input(objectToCreditRecord, "Against which record, and what for.")
    input: Asked<typeof objectToCreditRecord>,
    @Ctx() context: Context,
  ): Promise<object> {
    return stepped(context, () => context.services.credit.object(context.actor, input));
  }
  @Mutation(() => CreditRecordPayload, {
    description: "The subject has made good and asks for repair; not while the record is handed on to an authority.",
  })
  applyForCreditRepair(
    @Input(applyForCreditRepair, "For which record, and what was made good.")
    input: Asked<typeof applyForCreditRepair>,
    @Ctx() context: Context,
  ): Promise<object> {
    return stepped(context, () => context.services.credit.applyForRepair(context.actor, input));
  }

  @FieldResolver(() => String)
  groundLabel(@Root() { ground }: ShownCreditRecord, @Ctx() { loaders }: Context): Promise<string> {
    return loaders.creditGround.load(ground);
  }
}
function stepped(context: Context, work: () => Promise<object>): Promise<object> {
  return attempt(context, async () => ({ record: await work(), replayed: false }));
}

@Resolver(() => CreditFileType)
export class CreditFileResolver {
  @FieldResolver(() => CreditReadingConnection, {
    complexity: askedEach,
    description: "Who read it and what for, the newest first; for a unit its own readings.",
  })
  accessLog(
    @Root() { subject }: CreditFile,
    @Ctx() context: Context,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<object> {
    return asked(context, () => context.services.credit.accessLog(context.actor, subject.id, page));
  }
}
@Resolver(() => CreditRecordEventType)
export class CreditRecordEventResolver {
  @FieldResolver(() => ActorType)
  actor(@Root() step: CreditStepLine, @Ctx() context: Context): object {
    return actorOf(step, context);
  }
}
@Resolver(() => CreditReadingType)
export class CreditReadingResolver {
  @FieldResolver(() => ActorType)
  actor(@Root() reading: CreditReading, @Ctx() context: Context): object {
    return actorOf(reading, context);
  }
}

@Resolver(() => PublicCreditRecordType)
export class PublicCreditRecordResolver {
  @FieldResolver(() => String)
  groundLabel(@Root() { ground }: PublicCreditRecord, @Ctx() { loaders }: Context): Promise<string> {
    return loaders.creditGround.load(ground);
  }
}
@Resolver(() => OrganizationType)
export class OrganizationCreditResolver {
  @FieldResolver(() => [PublicCreditRecordType], {
    description: "Records about it that stand, on grounds that the policy makes public. A person's never are.",
  })
  publicCreditRecords(@Root() { id }: Organization, @Ctx() { loaders }: Context): Promise<object[]> {
    return loaders.publicCredit.load(id);
  }
}
