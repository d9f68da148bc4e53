import { Arg, Args, Ctx, ID, Int, ObjectType, Resolver, Root } from "type-graphql";
import type { Organization } from "../../domain/facts/organizations";
import type { Evidence } from "../../domain/hours";
import { isProvisional } from "../../domain/kit/calendar";
import type { Asked } from "../../services/bank/fields";
import type { CreditFile, CreditReading, PublicCreditRecord } from "../../services/credit-records";
import {
  advanceCreditRecord,
  applyForCreditRepair,
  objectToCreditRecord,
  openCreditRecord,
} from "../../services/credit-records/commands";
import type { CreditStepLine, ShownCreditRecord } from "../../services/credit-records/sight";
import { EvidenceType } from "../hours/types";
import { ActorType, actorOf } from "../kit/actors";
import type { Context } from "../kit/context";
import { askedEach } from "../kit/costs";
import { asked, attempt, Payload } from "../kit/errors";
import { FieldResolver, Mutation, Output, Query, type Row } from "../kit/fields";
import { Input } from "../kit/inputs";
import { NodeType } from "../kit/node";
import { connectionOf, PageArgs } from "../kit/paging";
import { DateScalar, DateTimeScalar, provisional } from "../kit/scalars";
import { OrganizationType } from "../organizations";
import { CreditRecordEventAction, CreditRecordKind, CreditRecordState } from "./enums";

@ObjectType("CreditSubject", {
  implements: NodeType,
  description: "The subject of a credit file: a volunteer or an organisation, under its own id.",
})
export class CreditSubjectType extends NodeType {
  @Output(() => String, { description: "What they are called; empty once erased." }) label: string;
}
@ObjectType("CreditRecordEvent", { description: "One step of a credit record." })
export class CreditRecordEventType {
  @Output(() => DateTimeScalar, { description: "The instant at which it was done." }) at: number;
  @Output(() => CreditRecordEventAction, { description: "Which step it was." }) action: CreditRecordEventAction;
  @Output(() => CreditRecordState, { nullable: true, description: "The state before; null for the first." })
  from: CreditRecordState | null;
  @Output(() => CreditRecordState, { description: "The state it was in afterwards." }) to: CreditRecordState;
  @Output(() => ActorType, { description: "As what it was done; never by whom." })
  actor(@Root() step: CreditStepLine, @Ctx() context: Context) {
    return actorOf(step, context);
  }
  @Output(() => String, { nullable: true, description: "What was said with it." }) reason: string | null;
  @Output(() => [EvidenceType], { description: "What was brought to prove it." }) evidence: Evidence[];
  @Output(() => String, { nullable: true, description: "Of a correction: the facts whose place it took." })
  factsBefore: string | null;
  @Output(() => Boolean, {
    description:
      "Whether it proposes a correction or a removal of the office's own motion, which another officer has to take as well.",
  })
  isProposal: boolean;
  @Output(() => String, { nullable: true, description: "Of such a correction: the facts that are proposed." })
  factsProposed: string | null;
}
@ObjectType("CreditRecord", {
  implements: NodeType,
  description:
    "Something that was found about a volunteer or an organisation, with due process. There is no score. Read through the subject's file, where each reading is logged: under the same id `node` gives a CreditCase, without the content.",
})
export class CreditRecordType extends NodeType {
  @Output(() => CreditRecordKind, { description: "Whether it speaks for its subject or against." })
  kind: CreditRecordKind;
  @Output(() => String, { description: "Its ground, by the code of policy credit.grounds." }) ground: string;
  @Output(() => String, { description: "The ground in words, by Accept-Language." })
  groundLabel(@Root() { ground }: ShownCreditRecord, @Ctx() { loaders }: Context) {
    return loaders.creditGround.load(ground);
  }
  @Output(() => CreditRecordState, { description: "Where the record stands today." }) state: CreditRecordState;
  @Output(() => Boolean, { description: "Objected to, and not decided yet: go by it with care." }) flagged: boolean;
  @Output(() => String, { description: "What happened, as it was recorded." }) facts: string;
  @Output(() => DateTimeScalar, { description: "The instant at which it was recorded." }) openedAt: number;
  @Output(() => DateScalar, { nullable: true, description: "The last civil day to answer the notice." }) answerBy:
    | string
    | null;
  @Output(() => Boolean, { description: provisional("answerBy") })
  async answerByProvisional(@Root() { answerBy }: ShownCreditRecord, @Ctx() { loaders }: Context) {
    return isProvisional(await loaders.calendar.load("all"), answerBy);
  }
  @Output(() => DateScalar, { nullable: true, description: "The last civil day to decide an objection or a repair." })
  decideBy: string | null;
  @Output(() => Boolean, { description: provisional("decideBy") })
  async decideByProvisional(@Root() { decideBy }: ShownCreditRecord, @Ctx() { loaders }: Context) {
    return isProvisional(await loaders.calendar.load("all"), decideBy);
  }
  @Output(() => DateScalar, { nullable: true, description: "The civil day on which it was found to be so." })
  foundOn: string | null;
  @Output(() => DateScalar, { nullable: true, description: "The civil day on which its key is destroyed." })
  expiresOn: string | null;
  @Output(() => [EvidenceType], { description: "What it was recorded on." }) evidence: Evidence[];
  @Output(() => [CreditRecordEventType], { description: "Its steps, the first first." }) history: CreditStepLine[];
  @Output(() => Int, { description: "Counts its steps; pass it as expectedVersion." }) version: number;
}
@ObjectType("CreditReading", { description: "One reading of somebody's credit file." })
export class CreditReadingType {
  @Output(() => DateTimeScalar, { description: "The instant at which it was read." }) at: number;
  @Output(() => ActorType, { description: "As what; never by whom." })
  actor(@Root() reading: CreditReading, @Ctx() context: Context) {
    return actorOf(reading, context);
  }
  @Output(() => String, { nullable: true, description: "What it was read for; null once erased." }) purpose:
    | string
    | null;
}
const CreditReadingConnection = connectionOf("CreditReading", () => CreditReadingType);
@ObjectType("CreditFile", { description: "All credit records about one subject that the reader may see." })
export class CreditFileType {
  @Output(() => CreditSubjectType, { description: "The volunteer or the organisation that the file is about." })
  subject: Row<CreditSubjectType>;
  @Output(() => [CreditRecordType], { description: "The first recorded first." }) records: ShownCreditRecord[];
  @Output(() => CreditReadingConnection, {
    complexity: askedEach,
    description: "Who read it and what for, the newest first; for a unit its own readings.",
  })
  accessLog(@Root() { subject }: CreditFile, @Ctx() context: Context, @Args(() => PageArgs) page: PageArgs) {
    return asked(context, () => context.services.credit.accessLog(context.actor, subject.id, page));
  }
}
@ObjectType("CreditCase", {
  implements: NodeType,
  description: "A credit record without its content: whose file it stands in. The file is read with a purpose.",
})
export class CreditCaseType extends NodeType {
  @Output(() => ID, { description: "The volunteer or the organisation it is about." }) subjectId: string;
}
@ObjectType("PublicCreditRecord", { description: "What everybody may know of a record about an organisation." })
export class PublicCreditRecordType {
  @Output(() => ID, { description: "The id of the record of which this is the public part." }) recordId: string;
  @Output(() => CreditRecordKind, { description: "Whether it speaks for the organisation or against." })
  kind: CreditRecordKind;
  @Output(() => String, { description: "Its ground, by code." }) ground: string;
  @Output(() => String, { description: "The ground in words, by Accept-Language." })
  groundLabel(@Root() { ground }: PublicCreditRecord, @Ctx() { loaders }: Context) {
    return loaders.creditGround.load(ground);
  }
  @Output(() => Boolean, { description: "Objected to, and not decided yet." }) flagged: boolean;
  @Output(() => DateScalar, { nullable: true, description: "The civil day on which it was found to be so." })
  foundOn: string | null;
  @Output(() => DateScalar, { nullable: true, description: "The civil day on which it goes." })
  expiresOn: string | null;
}

@ObjectType({ description: "The answer about a credit record." })
export class CreditRecordPayload extends Payload {
  @Output(() => CreditRecordType, { nullable: true, description: "The record this is about." })
  record: Row<CreditRecordType> | null;
}

@Resolver(() => CreditRecordType)
export class CreditRecordResolver {
  @Query(() => CreditFileType, {
    description:
      "Somebody's credit file. Reading it is written down with the purpose, which the subject sees. The subject, a minor's guardian, the unit that recorded something, officers, auditors. REASON_MISSING without a purpose.",
  })
  creditFile(
    @Arg("subjectId", () => ID, { description: "The volunteer or the organisation." }) subjectId: string,
    @Arg("purpose", () => String, { description: "What it is read for, in up to 200 letters." }) purpose: string,
    @Ctx() context: Context,
  ) {
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
  ) {
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
  ) {
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
  ) {
    return stepped(context, () => context.services.credit.object(context.actor, input));
  }
  @Mutation(() => CreditRecordPayload, {
    description: "The subject has made good and asks for repair; not while the record is handed on to an authority.",
  })
  applyForCreditRepair(
    @Input(applyForCreditRepair, "For which record, and what was made good.")
    input: Asked<typeof applyForCreditRepair>,
    @Ctx() context: Context,
  ) {
    return stepped(context, () => context.services.credit.applyForRepair(context.actor, input));
  }
}
function stepped<T extends object>(context: Context, work: () => Promise<T>) {
  return attempt(context, async () => ({ record: await work(), replayed: false }));
}

@Resolver(() => OrganizationType)
export class OrganizationCreditResolver {
  @FieldResolver(() => [PublicCreditRecordType], {
    description: "Records about it that stand, on grounds that the policy makes public. A person's never are.",
  })
  publicCreditRecords(@Root() { id }: Organization, @Ctx() { loaders }: Context) {
    return loaders.publicCredit.load(id);
  }
}
