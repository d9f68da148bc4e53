import {
  Arg,
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
import {
  type Award,
  type OrganizationMark as Mark,
  markOf,
  type Organization,
  type VillageKind,
} from "../../domain/organizations";
import type { Context } from "../kit/context";
import { OrganizationMark } from "../kit/enums";
import { attempt, Payload, stepKey } from "../kit/errors";
import { NodeType } from "../kit/node";
import { DateScalar } from "../kit/scalars";
import { OrganizationType } from ".";

@ObjectType("VillageOrganizationKind", {
  description:
    "A kind of village organisation: one of the core kinds, or a local speciality (5+X). A policy lists them.",
})
export class VillageKindType {
  @Field(() => String, { description: "By which it is set and filtered." }) code: string;
  @Field(() => String, { description: "What it is called, by Accept-Language." }) label: string;
  @Field(() => Boolean, { description: "Whether it is one of the core kinds." }) core: boolean;
}
@ObjectType("Award", {
  implements: NodeType,
  description: "An honour that was given to an organisation; withdrawAward takes its id.",
})
export class AwardType extends NodeType {
  @Field(() => String, { description: "What the award is called." }) name: string;
  @Field(() => OrganizationMark, {
    nullable: true,
    description: "Which of the office's marks it is, that an indicator counts; null for any other honour.",
  })
  mark: string | null;
  @Field(() => String, { description: "Which unit gave it." }) grantedBy: string;
  @Field(() => DateScalar, { description: "The civil day on which it was given." }) on: string;
}

@InputType({ description: "What an organisation is besides its registration: all of it, as it is now." })
export class DescribeOrganizationInput {
  @Field(() => ID, { description: "Which organisation, by its id." }) organizationId: string;
  @Field(() => DateScalar, { nullable: true, description: "The civil day of its registration or filing." })
  registeredOn?: string | null;
  @Field(() => Boolean, { description: "Whether it is a hub that supports others." }) hub: boolean;
  @Field(() => String, { nullable: true, description: "Its kind among village organisations, by code." })
  villageKind?: string | null;
  @Field(() => ID, { nullable: true, description: "The unit that supervises it, by organisation id." })
  supervisorId?: string | null;
  @Field(() => Int, { nullable: true, description: "The profileVersion that you saw; else VERSION_CONFLICT." })
  expectedVersion?: number | null;
}
@InputType({ description: "An award to an organisation: an honour by its name, or a mark of the office." })
export class RecordAwardInput {
  @Field(() => ID, { description: "Your key: the same key and input answers the same again." }) idempotencyKey: string;
  @Field(() => ID, { description: "Which organisation, by its id." }) organizationId: string;
  @Field(() => String, { nullable: true, description: "What the award is called; left out for a mark." }) name?:
    | string
    | null;
  @Field(() => OrganizationMark, {
    nullable: true,
    description: "Which mark of the office; left out for any other award. Each is for organisations of one kind.",
  })
  mark?: Mark | null;
  @Field(() => String, { description: "Which unit gave it." }) grantedBy: string;
  @Field(() => DateScalar, { description: "The civil day, not after today." }) on: string;
}
@InputType({ description: "An award that was entered by mistake." })
export class WithdrawAwardInput {
  @Field(() => ID, { nullable: true, description: stepKey }) idempotencyKey?: string | null;
  @Field(() => ID, { description: "Which award, by its id." }) awardId: string;
  @Field(() => String, { description: "The reason; it is kept sealed." }) reason: string;
}
@ObjectType({ description: "The answer about an organisation." })
export class OrganizationPayload extends Payload {
  @Field(() => OrganizationType, { nullable: true, description: "The organisation this is about." }) organization?:
    | object
    | null;
}

@Resolver(() => AwardType)
export class AwardResolver {
  @FieldResolver(() => OrganizationMark, { nullable: true })
  mark(@Root() award: Award): string | null {
    return markOf(award);
  }
}

@Resolver(() => OrganizationType)
export class OrganizationProfileResolver {
  @Query(() => [VillageKindType], { description: "The kinds of village organisations in force today. Public." })
  async villageOrganizationKinds(@Ctx() { loaders, language }: Context): Promise<object[]> {
    return [...(await loaders.villageKinds.load("all")).values()].map((kind) => shownKind(kind, language));
  }

  @Mutation(() => OrganizationPayload, {
    description: "Says what an organisation is besides its registration. Officers only.",
  })
  describeOrganization(
    @Arg("input", () => DescribeOrganizationInput, { description: "All of it, as it is now." })
    input: DescribeOrganizationInput,
    @Ctx() context: Context,
  ): Promise<object> {
    return answered(context, () => context.services.organizations.describe(context.actor, input));
  }
  @Mutation(() => OrganizationPayload, { description: "Notes an award to an organisation. Officers only." })
  recordAward(
    @Arg("input", () => RecordAwardInput, { description: "Which award, and to whom." }) input: RecordAwardInput,
    @Ctx() context: Context,
  ): Promise<object> {
    return attempt(context, async () => {
      const { value, replayed } = await context.services.organizations.recordAward(context.actor, input);
      return { organization: value, replayed };
    });
  }
  @Mutation(() => OrganizationPayload, {
    description: "Takes back an award that was entered by mistake. Officers only.",
  })
  withdrawAward(
    @Arg("input", () => WithdrawAwardInput, { description: "Which award, and why." }) input: WithdrawAwardInput,
    @Ctx() context: Context,
  ): Promise<object> {
    return answered(context, () => context.services.organizations.withdrawAward(context.actor, input));
  }

  @FieldResolver(() => DateScalar, {
    nullable: true,
    description: "The civil day of its registration or filing; null where the office has not said.",
  })
  async registeredOn(@Root() { id }: Organization, @Ctx() { loaders }: Context): Promise<string | null> {
    return (await loaders.organizationProfile.load(id)).registeredOn;
  }
  @FieldResolver(() => Boolean, { description: "Whether it is a hub that supports others (枢纽型)." })
  async hub(@Root() { id }: Organization, @Ctx() { loaders }: Context): Promise<boolean> {
    return (await loaders.organizationProfile.load(id)).hub;
  }
  @FieldResolver(() => VillageKindType, {
    nullable: true,
    description: "Its kind among village organisations (5+X); null for others.",
  })
  async villageKind(@Root() { id }: Organization, @Ctx() { loaders, language }: Context): Promise<object | null> {
    const { villageKind: code } = await loaders.organizationProfile.load(id);
    if (code === null) return null;
    const kind = (await loaders.villageKinds.load("all")).get(code);
    // A kind that has left the list is still what it was set to.
    return kind ? shownKind(kind, language) : { code, label: code, core: false };
  }
  @FieldResolver(() => OrganizationType, { nullable: true, description: "The unit that supervises it (业务主管单位)." })
  async supervisor(@Root() { id }: Organization, @Ctx() { loaders }: Context): Promise<object | null> {
    const { supervisorId } = await loaders.organizationProfile.load(id);
    return supervisorId === null ? null : loaders.organization.load(supervisorId);
  }
  @FieldResolver(() => Int, { description: "How often the office has described it; pass it as expectedVersion." })
  async profileVersion(@Root() { id }: Organization, @Ctx() { loaders }: Context): Promise<number> {
    return (await loaders.organizationProfile.load(id)).version;
  }
  @FieldResolver(() => [AwardType], { description: "Honours it was given, the earliest first." })
  awards(@Root() { id }: Organization, @Ctx() { loaders }: Context): Promise<object[]> {
    return loaders.awards.load(id);
  }
}

function shownKind({ code, label, labelEn, core }: VillageKind, language: string): object {
  return { code, label: language === "zh" ? label : labelEn, core };
}
export function answered(context: Context, work: () => Promise<Organization>): Promise<object> {
  return attempt(context, async () => ({ organization: await work(), replayed: false }));
}
