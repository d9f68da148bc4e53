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
import type { IdKind as Kind } from "../../domain/people/papers";
import type { SocialWorkLevel as Level, SocialWorker } from "../../domain/workers/social-workers";
import type { Context } from "../kit/context";
import { CorrectionInput } from "../kit/corrections";
import { IdKind, SocialWorkLevel } from "../kit/enums";
import { asked, attempt, Payload, stepKey } from "../kit/errors";
import { CapacityEventType, historyDescription } from "../kit/histories";
import { NodeType } from "../kit/node";
import { connectionOf, PageArgs } from "../kit/paging";
import { DateScalar } from "../kit/scalars";
import { OrganizationType } from "../organizations";

@ObjectType("Training", {
  implements: NodeType,
  description: "One piece of continuing education; withdrawTraining takes its id.",
})
export class TrainingType extends NodeType {
  @Field(() => String, { nullable: true, description: "What was learnt; null once erased." }) name: string | null;
  @Field(() => String, { nullable: true, description: "Who held it; null once erased." }) organizer: string | null;
  @Field(() => Int, { description: "How many hours it counts for." }) hours: number;
  @Field(() => DateScalar, { description: "The civil day of the training." }) on: string;
}
@ObjectType({ description: "How far the continuing education of a term has come." })
export class TermTrainingType {
  @Field(() => Int, { description: "Hours within the present term." }) earnedHours: number;
  @Field(() => Int, { description: "Hours that the term asks for (社会工作者继续教育办法)." }) requiredHours: number;
  @Field(() => DateScalar, { description: "The last day of the term." }) termEndsOn: string;
  @Field(() => [TrainingType], { description: "All of it, the earliest first, earlier terms included." })
  lines: TrainingType[];
}

@ObjectType("SocialWorker", {
  implements: NodeType,
  description: "A certified social worker; for the staff of its organisation, officers and auditors.",
})
export class SocialWorkerType extends NodeType {
  @Field(() => String, { nullable: true, description: "What they are called; null once erased." })
  displayName: string | null;
  @Field(() => SocialWorkLevel, { description: "How far they are certified." }) level: string;
  @Field(() => String, { nullable: true, description: "The end of the certificate's number; null once erased." })
  maskedCertificateNo: string | null;
  @Field(() => DateScalar, { description: "The first day of the present term." }) registeredOn: string;
  @Field(() => DateScalar, { description: "The last day of the present term." }) registeredUntil: string;
  @Field(() => OrganizationType, { description: "Where they are registered." }) organization: object;
  @Field(() => TermTrainingType, { description: "Continuing education in the present term." }) training: object;
}
export const SocialWorkerConnection = connectionOf("SocialWorker", () => SocialWorkerType as never);

@InputType({ description: "Which social workers; a field left out does not filter." })
export class SocialWorkerFilter {
  @Field(() => ID, { nullable: true, description: "Registered at this organisation." }) organizationId?: string | null;
  @Field(() => [SocialWorkLevel], { nullable: true, description: "Any of these levels." }) level?: Level[] | null;
}
@InputType({
  description: "A social worker's registration: the first, the next term, another organisation, or a higher level.",
})
export class RegisterSocialWorkerInput {
  @Field(() => ID, { description: "Your key: the same key and input answers the same again." }) idempotencyKey: string;
  @Field(() => String, { description: "The name by which people call them; encrypted. NAME_INVALID." })
  displayName: string;
  @Field(() => String, { nullable: true, description: "The name in their papers; encrypted." }) legalName?:
    | string
    | null;
  @Field(() => IdKind, {
    nullable: true,
    description:
      "The kind of papers that the number is of. Left out, the form of the number tells it where one kind alone has that form.",
  })
  idKind?: Kind | null;
  @Field(() => String, {
    nullable: true,
    description:
      "The ID number that you have seen: encrypted, and shown to nobody. ID_NUMBER_INVALID; PAPERS_DISAGREE where it is known with another name.",
  })
  idNumber?: string | null;
  @Field(() => ID, { description: "At which organisation they are registered, by its id." }) organizationId: string;
  @Field(() => SocialWorkLevel, { description: "How far they are certified." }) level: Level;
  @Field(() => String, { description: "The certificate's number: encrypted, and shown masked." }) certificateNo: string;
  @Field(() => DateScalar, { description: "The first day of the term, not after today." }) registeredOn: string;
}
@InputType({
  description: "What was entered wrongly about a social worker. A field left out or null stays as it is.",
})
export class ReviseSocialWorkerInput extends CorrectionInput {
  @Field(() => ID, { description: "Your key: the same key and input answers the same again." }) idempotencyKey: string;
  @Field(() => ID, { description: "The id of the social worker." }) socialWorkerId: string;
  @Field(() => String, { nullable: true, description: "The name by which people call them. NAME_INVALID." })
  displayName?: string | null;
  @Field(() => String, {
    nullable: true,
    description: "The right number of the present certificate. DUPLICATE_PERSON where it is another person's.",
  })
  certificateNo?: string | null;
  @Field(() => SocialWorkLevel, { nullable: true, description: "The level that the certificate says." })
  level?: Level | null;
  @Field(() => DateScalar, {
    nullable: true,
    description:
      "The right first day of the present term, not after today: the term and the training it asks for follow. For officers alone; NOT_PERMITTED.",
  })
  registeredOn?: string | null;
  @Field(() => String, { description: "The reason; it is kept sealed." }) reason: string;
}
@InputType({ description: "Continuing education of a social worker." })
export class RecordTrainingInput {
  @Field(() => ID, { description: "Your key: the same key and input answers the same again." }) idempotencyKey: string;
  @Field(() => ID, { description: "Who has learnt, by social worker id." }) socialWorkerId: string;
  @Field(() => String, { description: "What was learnt there." }) name: string;
  @Field(() => Int, { description: "How many hours, from 1 to 200." }) hours: number;
  @Field(() => String, { description: "Who held the training." }) organizer: string;
  @Field(() => DateScalar, { description: "The civil day, not after today." }) on: string;
}
@InputType({ description: "A training that was entered by mistake." })
export class WithdrawTrainingInput {
  @Field(() => ID, { nullable: true, description: stepKey }) idempotencyKey?: string | null;
  @Field(() => ID, { description: "Which training, by its id." }) trainingId: string;
  @Field(() => String, { description: "The reason; it is kept sealed." }) reason: string;
}
@ObjectType({ description: "The answer about a social worker." })
export class SocialWorkerPayload extends Payload {
  @Field(() => SocialWorkerType, { nullable: true, description: "The social worker this is about." }) socialWorker?:
    | object
    | null;
}

@Resolver(() => SocialWorkerType)
export class SocialWorkerResolver {
  @Query(() => SocialWorkerConnection, {
    description: "Social workers of the places you work at; of everywhere for officers and auditors.",
  })
  socialWorkers(
    @Ctx() context: Context,
    @Args(() => PageArgs) page: PageArgs,
    @Arg("filter", () => SocialWorkerFilter, {
      nullable: true,
      description: "Only what fits; a field left out does not filter.",
    })
    filter?: SocialWorkerFilter,
  ): Promise<object> {
    return asked(context, () => context.services.socialWorkers.list(context.actor, filter ?? {}, page));
  }

  @Mutation(() => SocialWorkerPayload, {
    description:
      "Registers a social worker for three years. Supervisors and admins there, officers. TRAINING_MISSING for a next term without its hours.",
  })
  registerSocialWorker(
    @Arg("input", () => RegisterSocialWorkerInput, { description: "Who, where and since when." })
    input: RegisterSocialWorkerInput,
    @Ctx() context: Context,
  ): Promise<object> {
    return attempt(context, async () => {
      const { value, replayed } = await context.services.socialWorkers.register(context.actor, input);
      return { socialWorker: value, replayed };
    });
  }
  @Mutation(() => SocialWorkerPayload, {
    description:
      "Corrects what was entered wrongly about a social worker. For supervisors and admins of the organisation, and for officers. NOT_PERMITTED where the person is also a volunteer, a recipient or staff, you change the name or papers, and you may not correct them there. The same content again is no new step.",
  })
  reviseSocialWorker(
    @Arg("input", () => ReviseSocialWorkerInput, { description: "Which one, what is right, and why." })
    input: ReviseSocialWorkerInput,
    @Ctx() context: Context,
  ): Promise<object> {
    return attempt(context, async () => {
      const { value, replayed } = await context.services.socialWorkers.revise(context.actor, input);
      return { socialWorker: value, replayed };
    });
  }
  @Mutation(() => SocialWorkerPayload, {
    description: "Notes continuing education. Supervisors and admins there, officers.",
  })
  recordTraining(
    @Arg("input", () => RecordTrainingInput, { description: "What was learnt, and by whom." })
    input: RecordTrainingInput,
    @Ctx() context: Context,
  ): Promise<object> {
    return attempt(context, async () => {
      const { value, replayed } = await context.services.socialWorkers.recordTraining(context.actor, input);
      return { socialWorker: value, replayed };
    });
  }
  @Mutation(() => SocialWorkerPayload, {
    description: "Takes back a training that was entered by mistake. Supervisors and admins there, officers.",
  })
  withdrawTraining(
    @Arg("input", () => WithdrawTrainingInput, { description: "Which one, and why." }) input: WithdrawTrainingInput,
    @Ctx() context: Context,
  ): Promise<object> {
    return attempt(context, async () => ({
      socialWorker: await context.services.socialWorkers.withdrawTraining(context.actor, input),
      replayed: false,
    }));
  }

  @FieldResolver(() => [CapacityEventType], { description: historyDescription })
  history(@Root() { id }: SocialWorker, @Ctx() { loaders }: Context): Promise<object[]> {
    return loaders.workerHistory.load(id);
  }
  @FieldResolver(() => String, { nullable: true })
  async displayName(@Root() { id }: SocialWorker, @Ctx() { loaders }: Context): Promise<string | null> {
    return (await loaders.workerFace.load(id))?.displayName ?? null;
  }
  @FieldResolver(() => String, { nullable: true })
  async maskedCertificateNo(@Root() { id }: SocialWorker, @Ctx() { loaders }: Context): Promise<string | null> {
    return (await loaders.workerFace.load(id))?.maskedCertificateNo ?? null;
  }
  @FieldResolver(() => OrganizationType)
  organization(@Root() { organizationId }: SocialWorker, @Ctx() { loaders }: Context): Promise<object | null> {
    return loaders.organization.load(organizationId);
  }
  @FieldResolver(() => TermTrainingType)
  training(@Root() { id }: SocialWorker, @Ctx() { loaders }: Context): Promise<object | null> {
    return loaders.workerTraining.load(id);
  }
}
