import { Ctx, ObjectType, Root } from "type-graphql";
import type { ActorKind } from "../../domain/facts/actors";
import { ActorType, actorOf } from "./actors";
import type { Context } from "./context";
import { CapacityAction, RevisionAction } from "./enums";
import { Output } from "./fields";
import { DateTimeScalar } from "./scalars";

export const historyDescription =
  "The steps after the registration with their reasons, in the order in which they were taken. Releases before this field kept no steps.";

/** What every step of a registration tells, of a volunteer, a recipient or a social worker. */
@ObjectType()
export abstract class RegistrationStep {
  @Output(() => DateTimeScalar, { description: "The instant at which the step was taken." }) at: number;
  @Output(() => [String], {
    description: "The names of the input's fields that a correction has changed; empty for other steps.",
  })
  fields: string[];
  @Output(() => String, {
    nullable: true,
    description: "The reason for the step; null where none was needed, or it was erased.",
  })
  reason: string | null;
  @Output(() => ActorType, { description: "The role in which the step was taken; the person is not shown." })
  actor(@Root() step: { actorKind: ActorKind }, @Ctx() context: Context) {
    return actorOf(step, context);
  }
}

@ObjectType("RegistrationEvent", {
  description: "An entry in the history of a recipient or a social worker, after the registration.",
})
export class CapacityEventType extends RegistrationStep {
  @Output(() => CapacityAction, { description: "The step that was taken." }) action: CapacityAction;
}

@ObjectType("CampaignEvent", { description: "A step that was taken with a campaign after it was made." })
export class CampaignEventType extends RegistrationStep {
  @Output(() => RevisionAction, { description: "The step that was taken." }) action: RevisionAction;
}
