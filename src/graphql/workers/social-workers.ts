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
import { asked, attempt, Payload } from "../kit/errors";
import { Mutation, Output, present, Query, type Row } from "../kit/fields";
import { CapacityEventType, historyDescription } from "../kit/histories";
import { Filter, Input } from "../kit/inputs";
import { NodeType } from "../kit/node";
import { connectionOf, PageArgs } from "../kit/paging";
import { DateScalar } from "../kit/scalars";
import { OrganizationType, organizationOf } from "../organizations";
import { SocialWorkLevel } from "./enums";

@ObjectType("Training", {
  implements: NodeType,
  description: "One piece of continuing education; withdrawTraining takes its id.",
})
export class TrainingType extends NodeType {
  @Output(() => String, { nullable: true, description: "What was learnt; null once erased." }) name: string | null;
  @Output(() => String, { nullable: true, description: "Who held it; null once erased." }) organizer: string | null;
  @Output(() => Int, { description: "How many hours it counts for." }) hours: number;
  @Output(() => DateScalar, { description: "The civil day of the training." }) on: string;
}
@ObjectType({ description: "How far the continuing education of a term has come." })
export class TermTrainingType {
  @Output(() => Int, { description: "Hours within the present term." }) earnedHours: number;
  @Output(() => Int, { description: "Hours that the term asks for (社会工作者继续教育办法)." }) requiredHours: number;
  @Output(() => DateScalar, { description: "The last day of the term." }) termEndsOn: string;
  @Output(() => [TrainingType], { description: "All of it, the earliest first, earlier terms included." })
  lines: readonly Row<TrainingType>[];
}

@ObjectType("SocialWorker", {
  implements: NodeType,
  description: "A certified social worker; for the staff of its organisation, officers and auditors.",
})
export class SocialWorkerType extends NodeType {
  @Output(() => String, { nullable: true, description: "What they are called; null once erased." })
  async displayName(@Root() { id }: SocialWorker, @Ctx() { loaders }: Context) {
    return (await loaders.workerFace.load(id))?.displayName ?? null;
  }
  @Output(() => SocialWorkLevel, { description: "How far they are certified." }) level: SocialWorkLevel;
  @Output(() => String, { nullable: true, description: "The end of the certificate's number; null once erased." })
  async maskedCertificateNo(@Root() { id }: SocialWorker, @Ctx() { loaders }: Context) {
    return (await loaders.workerFace.load(id))?.maskedCertificateNo ?? null;
  }
  @Output(() => DateScalar, { description: "The first day of the present term." }) registeredOn: string;
  @Output(() => DateScalar, { description: "The last day of the present term." }) registeredUntil: string;
  @Output(() => OrganizationType, { description: "Where they are registered." })
  organization(@Root() { organizationId }: SocialWorker, @Ctx() context: Context) {
    return organizationOf(organizationId, context);
  }
  @Output(() => TermTrainingType, { description: "Continuing education in the present term." })
  training(@Root() { id }: SocialWorker, @Ctx() { loaders }: Context) {
    return present(loaders.workerTraining.load(id));
  }
  @Output(() => [CapacityEventType], { description: historyDescription })
  history(@Root() { id }: SocialWorker, @Ctx() { loaders }: Context) {
    return loaders.workerHistory.load(id);
  }
}
export const SocialWorkerConnection = connectionOf("SocialWorker", () => SocialWorkerType);

@ObjectType({ description: "The answer about a social worker." })
export class SocialWorkerPayload extends Payload {
  @Output(() => SocialWorkerType, { nullable: true, description: "The social worker this is about." })
  socialWorker: Row<SocialWorkerType> | null;
}

@Resolver(() => SocialWorkerType)
export class SocialWorkerResolver {
  @Query(() => SocialWorkerConnection, {
    description: "Social workers of the places you work at; of everywhere for officers and auditors.",
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
      "Registers a social worker for three years. Supervisors and admins there, officers. TRAINING_MISSING for a next term without its hours.",
  })
  registerSocialWorker(
    @Input(registerSocialWorker, "Who, where and since when.")
    input: Asked<typeof registerSocialWorker>,
    @Ctx() context: Context,
  ) {
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
    @Input(reviseSocialWorker, "Which one, what is right, and why.")
    input: Asked<typeof reviseSocialWorker>,
    @Ctx() context: Context,
  ) {
    return attempt(context, async () => {
      const { value, replayed } = await context.services.socialWorkers.revise(context.actor, input);
      return { socialWorker: value, replayed };
    });
  }
  @Mutation(() => SocialWorkerPayload, {
    description: "Notes continuing education. Supervisors and admins there, officers.",
  })
  recordTraining(
    @Input(recordTraining, "What was learnt, and by whom.")
    input: Asked<typeof recordTraining>,
    @Ctx() context: Context,
  ) {
    return attempt(context, async () => {
      const { value, replayed } = await context.services.socialWorkers.recordTraining(context.actor, input);
      return { socialWorker: value, replayed };
    });
  }
  @Mutation(() => SocialWorkerPayload, {
    description: "Takes back a training that was entered by mistake. Supervisors and admins there, officers.",
  })
  withdrawTraining(
    @Input(withdrawTraining, "Which one, and why.")
    input: Asked<typeof withdrawTraining>,
    @Ctx() context: Context,
  ) {
    return attempt(context, async () => ({
      socialWorker: await context.services.socialWorkers.withdrawTraining(context.actor, input),
      replayed: false,
    }));
  }
}
