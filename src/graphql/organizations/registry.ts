import { Arg, Ctx, Field, FieldResolver, ID, InputType, Int, Mutation, ObjectType, Resolver, Root } from "type-graphql";
import type {
  OrganizationAction as Action,
  CheckResult,
  FilingStatus as Filing,
  FindingKind as Kind,
  Organization,
} from "../../domain/organizations";
import type { ActorKind } from "../../domain/permissions/actors";
import { ActorType, actorOf } from "../kit/actors";
import type { Context } from "../kit/context";
import {
  AnnualCheckResult,
  FilingStatus,
  FindingKind,
  OrganizationAction,
  OrganizationState,
  OrganizationStepAction,
} from "../kit/enums";
import { attempt } from "../kit/errors";
import { NodeType } from "../kit/node";
import { DateScalar, DateTimeScalar } from "../kit/scalars";
import { OrganizationType } from ".";
import { answered, OrganizationPayload } from "./profiles";

@ObjectType("OrganizationEvent", { description: "A step of an organisation after its registration." })
export class OrganizationEventType {
  @Field(() => DateTimeScalar, { description: "The instant at which it was done." }) at: number;
  @Field(() => OrganizationStepAction, { description: "Which step it was." }) action: string;
  @Field(() => OrganizationState, { description: "The state that it was in before." }) from: string;
  @Field(() => OrganizationState, { description: "The state it was in afterwards." }) to: string;
  @Field(() => ActorType, { description: "As what it was done; never by whom." }) actor: ActorType;
  @Field(() => String, { nullable: true, description: "The reason that the officer gave." }) reason: string | null;
}
@ObjectType("OrganizationFinding", {
  implements: NodeType,
  description: "What an authority has found about an organisation: an evaluation asks for it.",
})
export class OrganizationFindingType extends NodeType {
  @Field(() => FindingKind, { description: "An annual check, a penalty or an investigation." }) kind: string;
  @Field(() => AnnualCheckResult, { nullable: true, description: "Of an annual check alone." }) result: string | null;
  @Field(() => Int, { nullable: true, description: "The calendar year that an annual check was about." })
  year: number | null;
  @Field(() => DateScalar, { description: "The civil day of the result, of the decision, or of the opening." })
  on: string;
  @Field(() => DateScalar, {
    nullable: true,
    description: "The civil day on which a penalty was executed, or an investigation closed; null while it is open.",
  })
  endedOn: string | null;
  @Field(() => Boolean, { description: "True where it was entered by mistake; such are not published." })
  withdrawn: boolean;
  @Field(() => String, {
    nullable: true,
    description: "Why it was last revised; for its own leaders, officers and auditors. Null where it was not.",
  })
  reason: string | null;
  @Field(() => Int, { description: "Which version this is; a revision may name it." }) version: number;
}

@InputType({ description: "What has changed in an organisation's registration; a field left out stays as it is." })
export class ReviseOrganizationInput {
  @Field(() => ID, { description: "Which organisation, by its id." }) organizationId: string;
  @Field(() => String, { nullable: true, description: "What it is called now." }) name?: string | null;
  @Field(() => String, { nullable: true, description: "Its unified social credit code, with a valid check digit." })
  uscc?: string | null;
  @Field(() => FilingStatus, { nullable: true, description: "Registered, filed, or neither." })
  filingStatus?: Filing | null;
  @Field(() => String, {
    nullable: true,
    description:
      "The division in which it works now, by its code or official code; its activities of before stay in theirs. DIVISION_NOT_FOUND, DIVISION_RETIRED.",
  })
  divisionCode?: string | null;
  @Field(() => String, { description: "The reason, such as a document's number; it is kept sealed." }) reason: string;
  @Field(() => Int, { nullable: true, description: "The version that you saw; else VERSION_CONFLICT." })
  expectedVersion?: number | null;
}
@InputType({ description: "An organisation that is taken off work, put back to it, or dissolved." })
export class AdvanceOrganizationInput {
  @Field(() => ID, { description: "Which organisation, by its id." }) organizationId: string;
  @Field(() => OrganizationAction, { description: "Which step is taken." })
  action: Action;
  @Field(() => String, { description: "The reason; it is kept sealed." }) reason: string;
  @Field(() => Int, { nullable: true, description: "The version that you saw; else VERSION_CONFLICT." })
  expectedVersion?: number | null;
}
@InputType({ description: "What an authority has found about an organisation." })
export class RecordFindingInput {
  @Field(() => ID, { description: "Your key: the same key and input answers the same again." }) idempotencyKey: string;
  @Field(() => ID, { description: "Which organisation, by its id." }) organizationId: string;
  @Field(() => FindingKind, { description: "An annual check, a penalty or an investigation." }) kind: Kind;
  @Field(() => AnnualCheckResult, { nullable: true, description: "Of an annual check, and of nothing else." })
  result?: CheckResult | null;
  @Field(() => Int, { nullable: true, description: "The calendar year that an annual check was about." })
  year?: number | null;
  @Field(() => DateScalar, { description: "The civil day, not after today." }) on: string;
  @Field(() => DateScalar, { nullable: true, description: "The civil day on which it was over, if it is." })
  endedOn?: string | null;
}
@InputType({ description: "A finding that is over, or that was entered by mistake." })
export class ReviseFindingInput {
  @Field(() => ID, { description: "Which finding, by its id." }) findingId: string;
  @Field(() => DateScalar, {
    nullable: true,
    description: "The civil day on which the penalty was executed, or the investigation closed.",
  })
  endedOn?: string | null;
  @Field(() => AnnualCheckResult, {
    nullable: true,
    description: "The result of the check, where a wrong one was entered.",
  })
  result?: CheckResult | null;
  @Field(() => DateScalar, {
    nullable: true,
    description: "The civil day of the finding, where a wrong one was entered.",
  })
  on?: string | null;
  @Field(() => Boolean, { nullable: true, description: "True where it was entered by mistake." })
  withdrawn?: boolean | null;
  @Field(() => String, { description: "The reason; it is kept sealed." }) reason: string;
  @Field(() => Int, { nullable: true, description: "The version that you saw; else VERSION_CONFLICT." })
  expectedVersion?: number | null;
}

@Resolver(() => OrganizationType)
export class RegistryResolver {
  @Mutation(() => OrganizationPayload, {
    description:
      "Says what has changed in an organisation's registration, or where it works. Officers only, to another division those of both. USCC_INVALID, DUPLICATE_USCC, VERSION_CONFLICT.",
  })
  reviseOrganization(
    @Arg("input", () => ReviseOrganizationInput, { description: "Which organisation, and what has changed." })
    input: ReviseOrganizationInput,
    @Ctx() context: Context,
  ): Promise<object> {
    return answered(context, () => context.services.registry.revise(context.actor, input));
  }
  @Mutation(() => OrganizationPayload, {
    description:
      "Suspends, resumes or dissolves an organisation. Its staff begin nothing there meanwhile: ORGANIZATION_INACTIVE. None is dissolved with activities to come: ACTIVITIES_OPEN. Officers only.",
  })
  advanceOrganization(
    @Arg("input", () => AdvanceOrganizationInput, { description: "Which organisation, which step, and why." })
    input: AdvanceOrganizationInput,
    @Ctx() context: Context,
  ): Promise<object> {
    return answered(context, () => context.services.registry.advance(context.actor, input));
  }
  @Mutation(() => OrganizationPayload, {
    description: "Notes an annual check, a penalty or an investigation. Officers only.",
  })
  recordFinding(
    @Arg("input", () => RecordFindingInput, { description: "About whom, and what was found." })
    input: RecordFindingInput,
    @Ctx() context: Context,
  ): Promise<object> {
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
    @Arg("input", () => ReviseFindingInput, { description: "Which finding, and what has become of it." })
    input: ReviseFindingInput,
    @Ctx() context: Context,
  ): Promise<object> {
    return answered(context, () => context.services.registry.reviseFinding(context.actor, input));
  }

  @FieldResolver(() => [OrganizationEventType], {
    description: "Its steps after the registration, the first first; for its own leaders, officers and auditors.",
  })
  history(@Root() { id }: Organization, @Ctx() { loaders }: Context): Promise<object[]> {
    return loaders.organizationHistory.load(id);
  }
  @FieldResolver(() => [OrganizationFindingType], {
    description:
      "Annual checks and penalties, the earliest first; investigations, and what was taken back, for its own leaders and the office.",
  })
  findings(@Root() { id }: Organization, @Ctx() { loaders }: Context): Promise<object[]> {
    return loaders.findings.load(id);
  }
}
@Resolver(() => OrganizationEventType)
export class OrganizationEventResolver {
  @FieldResolver(() => ActorType)
  actor(@Root() step: { actorKind: ActorKind }, @Ctx() context: Context): object {
    return actorOf(step, context);
  }
}
