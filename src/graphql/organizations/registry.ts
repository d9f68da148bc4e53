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
import { attempt } from "../kit/errors";
import { FieldResolver, Mutation, Output } from "../kit/fields";
import { Input } from "../kit/inputs";
import { NodeType } from "../kit/node";
import { DateScalar, DateTimeScalar } from "../kit/scalars";
import { OrganizationType } from ".";
import { AnnualCheckResult, FindingKind, OrganizationState, OrganizationStepAction } from "./enums";
import { answered, OrganizationPayload } from "./profiles";

@ObjectType("OrganizationEvent", { description: "A step of an organisation after its registration." })
export class OrganizationEventType {
  @Output(() => DateTimeScalar, { description: "The instant at which it was done." }) at: number;
  @Output(() => OrganizationStepAction, { description: "Which step it was." }) action: OrganizationStepAction;
  @Output(() => OrganizationState, { description: "The state that it was in before." }) from: OrganizationState;
  @Output(() => OrganizationState, { description: "The state it was in afterwards." }) to: OrganizationState;
  @Output(() => ActorType, { description: "As what it was done; never by whom." })
  actor(@Root() step: { actorKind: ActorKind }, @Ctx() context: Context) {
    return actorOf(step, context);
  }
  @Output(() => String, { nullable: true, description: "The reason that the officer gave." }) reason: string | null;
}
@ObjectType("OrganizationFinding", {
  implements: NodeType,
  description: "What an authority has found about an organisation: an evaluation asks for it.",
})
export class OrganizationFindingType extends NodeType {
  @Output(() => FindingKind, { description: "An annual check, a penalty or an investigation." }) kind: FindingKind;
  @Output(() => AnnualCheckResult, { nullable: true, description: "Of an annual check alone." })
  result: AnnualCheckResult | null;
  @Output(() => Int, { nullable: true, description: "The calendar year that an annual check was about." })
  year: number | null;
  @Output(() => DateScalar, { description: "The civil day of the result, of the decision, or of the opening." })
  on: string;
  @Output(() => DateScalar, {
    nullable: true,
    description: "The civil day on which a penalty was executed, or an investigation closed; null while it is open.",
  })
  endedOn: string | null;
  @Output(() => Boolean, { description: "True where it was entered by mistake; such are not published." })
  withdrawn: boolean;
  @Output(() => String, {
    nullable: true,
    description: "Why it was last revised; for its own leaders, officers and auditors. Null where it was not.",
  })
  reason: string | null;
  @Output(() => Int, { description: "Which version this is; a revision may name it." }) version: number;
}

@Resolver(() => OrganizationType)
export class RegistryResolver {
  @Mutation(() => OrganizationPayload, {
    description:
      "Says what has changed in an organisation's registration, or where it works. Officers only, to another division those of both. USCC_INVALID, DUPLICATE_USCC, VERSION_CONFLICT.",
  })
  reviseOrganization(
    @Input(reviseOrganization, "Which organisation, and what has changed.")
    input: Asked<typeof reviseOrganization>,
    @Ctx() context: Context,
  ) {
    return answered(context, () => context.services.registry.revise(context.actor, input));
  }
  @Mutation(() => OrganizationPayload, {
    description:
      "Suspends, resumes or dissolves an organisation. Its staff begin nothing there meanwhile: ORGANIZATION_INACTIVE. None is dissolved with activities to come: ACTIVITIES_OPEN. Officers only.",
  })
  advanceOrganization(
    @Input(advanceOrganization, "Which organisation, which step, and why.")
    input: Asked<typeof advanceOrganization>,
    @Ctx() context: Context,
  ) {
    return answered(context, () => context.services.registry.advance(context.actor, input));
  }
  @Mutation(() => OrganizationPayload, {
    description: "Notes an annual check, a penalty or an investigation. Officers only.",
  })
  recordFinding(
    @Input(recordFinding, "About whom, and what was found.")
    input: Asked<typeof recordFinding>,
    @Ctx() context: Context,
  ) {
    return attempt(context, async () => {
      const { value, replayed } = await context.services.registry.recordFinding(context.actor, input);
      return { organization: value, replayed };
    });
  }
  @Mutation(() => OrganizationPayload, {
    description:
      "Ends a finding, or takes back one that was entered by mistake; what ended by mistake is taken back and recorded anew. Officers only. VERSION_CONFLICT.",
  })
  reviseFinding(
    @Input(reviseFinding, "Which finding, and what has become of it.")
    input: Asked<typeof reviseFinding>,
    @Ctx() context: Context,
  ) {
    return answered(context, () => context.services.registry.reviseFinding(context.actor, input));
  }

  @FieldResolver(() => [OrganizationEventType], {
    description: "Its steps after the registration, the first first; for its own leaders, officers and auditors.",
  })
  history(@Root() { id }: Organization, @Ctx() { loaders }: Context) {
    return loaders.organizationHistory.load(id);
  }
  @FieldResolver(() => [OrganizationFindingType], {
    description:
      "Annual checks and penalties, the earliest first; investigations, and what was taken back, for its own leaders and the office.",
  })
  findings(@Root() { id }: Organization, @Ctx() { loaders }: Context) {
    return loaders.findings.load(id);
  }
}
