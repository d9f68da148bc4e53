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
  @Output(() => DateTimeScalar, { description: "The instant at which it was done." }) at: number;
  @Output(() => [String], {
    description: "The names of the input's fields that a correction changed; empty for other steps.",
  })
  fields: string[];
  @Output(() => String, { nullable: true, description: "The reason; null where none was needed, or it was erased." })
  reason: string | null;
  @Output(() => ActorType, { description: "The role under which it was done; the person is not shown." })
  actor(@Root() step: { actorKind: ActorKind }, @Ctx() context: Context) {
    return actorOf(step, context);
  }
}

@ObjectType("RegistrationEvent", { description: "A step of a recipient or a social worker, after the registration." })
export class CapacityEventType extends RegistrationStep {
  @Output(() => CapacityAction, { description: "Which step it was." }) action: CapacityAction;
}

@ObjectType("CampaignEvent", { description: "A step of a campaign after it was made." })
export class CampaignEventType extends RegistrationStep {
  @Output(() => RevisionAction, { description: "Which step it was." }) action: RevisionAction;
}
