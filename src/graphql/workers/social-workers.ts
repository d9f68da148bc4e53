import { Args, Ctx, Int, ObjectType, Resolver, Root } from "type-graphql";
import type { SocialWorker } from "../../domain/facts/workers";
import type { Asked } from "../../services/bank/fields";
import {
  recordTraining,
  registerSocialWorker,
  reviseSocialWorker,
  socialWorkerFilter,
  withdrawTraining,
} from "../../services/workers/commands";
import type { Context } from "../kit/context";
import { asked, keyed, Payload, stepped } from "../kit/errors";
import { Mutation, Outcome, Output, present, Query, type Row } from "../kit/fields";
import { CapacityEventType, historyDescription } from "../kit/histories";
import { Filter, Input } from "../kit/inputs";
import { NodeType } from "../kit/node";
import { connectionOf, PageArgs } from "../kit/paging";
import { DateScalar } from "../kit/scalars";
import { OrganizationType, organizationOf } from "../organizations";
import { SocialWorkLevel } from "./enums";

@ObjectType("Training", {
  implements: NodeType,
  description: "A training that a social worker has attended; withdrawTraining takes its id.",
})
export class TrainingType extends NodeType {
  @Output(() => String, { nullable: true, description: "The subject that was taught; null once erased." }) name:
    | string
    | null;
  @Output(() => String, {
    nullable: true,
    description: "The name of the organisation or person that held the training; null once erased.",
  })
  organizer: string | null;
  @Output(() => Int, { description: "How many hours the training counts for." }) hours: number;
  @Output(() => DateScalar, { description: "The civil day on which the training was held." }) on: string;
}
@ObjectType({ description: "Says how much of the training that a term asks for was attended." })
export class TermTrainingType {
  @Output(() => Int, { description: "How many hours of training were attended within the present term." })
  earnedHours: number;
  @Output(() => Int, { description: "How many hours of training the present term asks for (社会工作者继续教育办法)." })
  requiredHours: number;
  @Output(() => DateScalar, { description: "The last civil day of the term for which the training is needed." })
  termEndsOn: string;
  @Output(() => [TrainingType], {
    description: "All trainings of the social worker, the earliest first, those of earlier terms too.",
  })
  lines: readonly Row<TrainingType>[];
}

@ObjectType("SocialWorker", {
  implements: NodeType,
  description: "A certified social worker. The staff of the organisation, officers and auditors see it.",
})
export class SocialWorkerType extends NodeType {
  @Output(() => String, { nullable: true, description: "The name of the person; null once erased." })
  async displayName(@Root() { id }: SocialWorker, @Ctx() { loaders }: Context) {
    return (await loaders.workerFace.load(id))?.displayName ?? null;
  }
  @Output(() => SocialWorkLevel, { description: "The level to which the social worker is certified." })
  level: SocialWorkLevel;
  @Output(() => String, {
    nullable: true,
    description: "The last signs of the certificate's number; null once erased.",
  })
  async maskedCertificateNo(@Root() { id }: SocialWorker, @Ctx() { loaders }: Context) {
    return (await loaders.workerFace.load(id))?.maskedCertificateNo ?? null;
  }
  @Output(() => DateScalar, { description: "The first civil day of the present term." }) registeredOn: string;
  @Output(() => DateScalar, { description: "The last civil day of the present term." }) registeredUntil: string;
  @Output(() => OrganizationType, { description: "The organisation at which the social worker is registered." })
  organization(@Root() { organizationId }: SocialWorker, @Ctx() context: Context) {
    return organizationOf(organizationId, context);
  }
  @Output(() => TermTrainingType, {
    description: "The training that the social worker has attended, and what the present term asks for.",
  })
  training(@Root() { id }: SocialWorker, @Ctx() { loaders }: Context) {
    return present(loaders.workerTraining.load(id));
  }
  @Output(() => [CapacityEventType], { description: historyDescription })
  history(@Root() { id }: SocialWorker, @Ctx() { loaders }: Context) {
    return loaders.workerHistory.load(id);
  }
}
export const SocialWorkerConnection = connectionOf("SocialWorker", () => SocialWorkerType);

@ObjectType({ description: "Answers a mutation about a social worker." })
export class SocialWorkerPayload extends Payload {
  @Outcome(() => SocialWorkerType, "The social worker that this is about")
  socialWorker: Row<SocialWorkerType> | null;
}

@Resolver(() => SocialWorkerType)
export class SocialWorkerResolver {
  @Query(() => SocialWorkerConnection, {
    description: "Lists the social workers of the organisations at which you work. Officers and auditors see all.",
  })
  socialWorkers(
    @Ctx() context: Context,
    @Args(() => PageArgs) page: PageArgs,
    @Filter(socialWorkerFilter)
    filter?: Asked<typeof socialWorkerFilter>,
  ) {
    return asked(context, () => context.services.socialWorkers.list(context.actor, filter ?? {}, page));
  }

  @Mutation(() => SocialWorkerPayload, {
    description:
      "Registers a social worker for three years. The organisation's supervisors and admins and officers may do this. TRAINING_MISSING for a next term without the hours of training.",
  })
  registerSocialWorker(
    @Input(registerSocialWorker, "The person, the organisation, and the first day of the term.")
    input: Asked<typeof registerSocialWorker>,
    @Ctx() context: Context,
  ) {
    return keyed(context, "socialWorker", () => context.services.socialWorkers.register(context.actor, input));
  }
  @Mutation(() => SocialWorkerPayload, {
    description:
      "Corrects what is kept of a social worker. The organisation's supervisors and admins and officers may do this. NOT_PERMITTED where the person is also a volunteer, a recipient or staff, you change the name or papers, and you may not correct them there. The same content again is no new step.",
  })
  reviseSocialWorker(
    @Input(reviseSocialWorker, "The social worker, the right content, and the reason.")
    input: Asked<typeof reviseSocialWorker>,
    @Ctx() context: Context,
  ) {
    return keyed(context, "socialWorker", () => context.services.socialWorkers.revise(context.actor, input));
  }
  @Mutation(() => SocialWorkerPayload, {
    description:
      "Notes a training that a social worker has attended. The organisation's supervisors and admins and officers may do this.",
  })
  recordTraining(
    @Input(recordTraining, "The training, and the social worker.")
    input: Asked<typeof recordTraining>,
    @Ctx() context: Context,
  ) {
    return keyed(context, "socialWorker", () => context.services.socialWorkers.recordTraining(context.actor, input));
  }
  @Mutation(() => SocialWorkerPayload, {
    description:
      "Takes back a training that was entered by mistake. The organisation's supervisors and admins and officers may do this.",
  })
  withdrawTraining(
    @Input(withdrawTraining, "The training that is taken back, and the reason.")
    input: Asked<typeof withdrawTraining>,
    @Ctx() context: Context,
  ) {
    return stepped(context, "socialWorker", () =>
      context.services.socialWorkers.withdrawTraining(context.actor, input),
    );
  }
}
