import { Ctx, Int, ObjectType, Resolver, Root } from "type-graphql";
import type { ActorKind } from "../../domain/facts/actors";
import type { Organization } from "../../domain/facts/organizations";
import type { Asked } from "../../services/bank/fields";
import {
  advanceOrganization,
  recordFinding,
  reviseFinding,
  reviseOrganization,
} from "../../services/organizations/commands";
import { ActorType, actorOf } from "../kit/actors";
import type { Context } from "../kit/context";
import { keyed, stepped } from "../kit/errors";
import { FieldResolver, Mutation, Output } from "../kit/fields";
import { Input } from "../kit/inputs";
import { NodeType } from "../kit/node";
import { DateScalar, DateTimeScalar } from "../kit/scalars";
import { OrganizationType } from ".";
import { AnnualCheckResult, FindingKind, OrganizationState, OrganizationStepAction } from "./enums";
import { OrganizationPayload } from "./profiles";

@ObjectType("OrganizationEvent", { description: "An entry in the history of an organisation, after its registration." })
export class OrganizationEventType {
  @Output(() => DateTimeScalar, { description: "The instant at which the step was taken." }) at: number;
  @Output(() => OrganizationStepAction, { description: "The step that was taken." }) action: OrganizationStepAction;
  @Output(() => OrganizationState, { description: "The state before the step." }) from: OrganizationState;
  @Output(() => OrganizationState, { description: "The state after the step." }) to: OrganizationState;
  @Output(() => ActorType, { description: "The role in which it was done; the person is not shown." })
  actor(@Root() step: { actorKind: ActorKind }, @Ctx() context: Context) {
    return actorOf(step, context);
  }
  @Output(() => String, { nullable: true, description: "The reason that the officer gave; null once erased." }) reason:
    | string
    | null;
}
@ObjectType("OrganizationFinding", {
  implements: NodeType,
  description: "A finding of an authority about an organisation. An evaluation takes it into account.",
})
export class OrganizationFindingType extends NodeType {
  @Output(() => FindingKind, { description: "The kind of finding: an annual check, a penalty or an investigation." })
  kind: FindingKind;
  @Output(() => AnnualCheckResult, {
    nullable: true,
    description: "The result of an annual check; null for other findings.",
  })
  result: AnnualCheckResult | null;
  @Output(() => Int, {
    nullable: true,
    description: "The calendar year that the annual check is about; null for other findings.",
  })
  year: number | null;
  @Output(() => DateScalar, {
    description:
      "The civil day of the check's result, of the penalty's decision, or on which the investigation was opened.",
  })
  on: string;
  @Output(() => DateScalar, {
    nullable: true,
    description: "The civil day on which the penalty was executed or the investigation closed; null while it is open.",
  })
  endedOn: string | null;
  @Output(() => Boolean, {
    description: "Whether the finding was entered by mistake and taken back; it is then not published.",
  })
  withdrawn: boolean;
  @Output(() => String, {
    nullable: true,
    description:
      "The reason for the last revision. The organisation's own leaders, officers and auditors see it; null for others, and where it was not revised.",
  })
  reason: string | null;
  @Output(() => Int, { description: "The number of changes so far; pass it as `expectedVersion` of reviseFinding." })
  version: number;
}

@Resolver(() => OrganizationType)
export class RegistryResolver {
  @Mutation(() => OrganizationPayload, {
    description:
      "Changes an organisation's registration, or the division in which it works. Officers may do this; a move to another division takes an officer of both. USCC_INVALID, DUPLICATE_USCC, VERSION_CONFLICT.",
  })
  reviseOrganization(
    @Input(reviseOrganization, "The organisation, and the fields that change.")
    input: Asked<typeof reviseOrganization>,
    @Ctx() context: Context,
  ) {
    return stepped(context, "organization", () => context.services.registry.revise(context.actor, input));
  }
  @Mutation(() => OrganizationPayload, {
    description:
      "Suspends, resumes or dissolves an organisation. While it is suspended or dissolved, its staff begin nothing new there: ORGANIZATION_INACTIVE. An organisation with activities to come is not dissolved: ACTIVITIES_OPEN. Officers may do this.",
  })
  advanceOrganization(
    @Input(advanceOrganization, "The organisation, the step, and the reason.")
    input: Asked<typeof advanceOrganization>,
    @Ctx() context: Context,
  ) {
    return stepped(context, "organization", () => context.services.registry.advance(context.actor, input));
  }
  @Mutation(() => OrganizationPayload, {
    description: "Notes an annual check, a penalty or an investigation. Officers may do this.",
  })
  recordFinding(
    @Input(recordFinding, "The organisation, and the finding.")
    input: Asked<typeof recordFinding>,
    @Ctx() context: Context,
  ) {
    return keyed(context, "organization", () => context.services.registry.recordFinding(context.actor, input));
  }
  @Mutation(() => OrganizationPayload, {
    description:
      "Ends or corrects a finding, or takes back one that was entered by mistake. A finding that was ended by mistake is taken back and recorded anew. Officers may do this. VERSION_CONFLICT.",
  })
  reviseFinding(
    @Input(reviseFinding, "The finding, and what changes in it.")
    input: Asked<typeof reviseFinding>,
    @Ctx() context: Context,
  ) {
    return stepped(context, "organization", () => context.services.registry.reviseFinding(context.actor, input));
  }

  @FieldResolver(() => [OrganizationEventType], {
    description:
      "The steps of the organisation after its registration, the earliest first. Its own leaders, officers and auditors see them.",
  })
  history(@Root() { id }: Organization, @Ctx() { loaders }: Context) {
    return loaders.organizationHistory.load(id);
  }
  @FieldResolver(() => [OrganizationFindingType], {
    description:
      "The annual checks and penalties, the earliest first. Investigations and findings that were taken back are listed for the organisation's own leaders and the office alone.",
  })
  findings(@Root() { id }: Organization, @Ctx() { loaders }: Context) {
    return loaders.findings.load(id);
  }
}
