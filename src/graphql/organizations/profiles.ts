import { Ctx, Int, ObjectType, Resolver, Root } from "type-graphql";
import type { Award, Organization } from "../../domain/facts/organizations";
import { markOf, type VillageKind } from "../../domain/organizations";
import type { Asked } from "../../services/bank/fields";
import { describeOrganization, recordAward, withdrawAward } from "../../services/organizations/commands";
import type { Context } from "../kit/context";
import { attempt, Payload } from "../kit/errors";
import { FieldResolver, Mutation, Output, Query, type Row } from "../kit/fields";
import { Input } from "../kit/inputs";
import { NodeType } from "../kit/node";
import { DateScalar } from "../kit/scalars";
import { OrganizationType } from ".";
import { OrganizationMark } from "./enums";

@ObjectType("VillageOrganizationKind", {
  description:
    "A kind of village organisation: one of the core kinds, or a local speciality (5+X). A policy lists them.",
})
export class VillageKindType {
  @Output(() => String, { description: "By which it is set and filtered." }) code: string;
  @Output(() => String, { description: "What it is called, by Accept-Language." }) label: string;
  @Output(() => Boolean, { description: "Whether it is one of the core kinds." }) core: boolean;
}
@ObjectType("Award", {
  implements: NodeType,
  description: "An honour that was given to an organisation; withdrawAward takes its id.",
})
export class AwardType extends NodeType {
  @Output(() => String, { description: "What the award is called." }) name: string;
  @Output(() => OrganizationMark, {
    nullable: true,
    description: "Which of the office's marks it is, that an indicator counts; null for any other honour.",
  })
  mark(@Root() award: Award) {
    return markOf(award);
  }
  @Output(() => String, { description: "Which unit gave it." }) grantedBy: string;
  @Output(() => DateScalar, { description: "The civil day on which it was given." }) on: string;
}

@ObjectType({ description: "The answer about an organisation." })
export class OrganizationPayload extends Payload {
  @Output(() => OrganizationType, { nullable: true, description: "The organisation this is about." })
  organization: Row<OrganizationType> | null;
}

@Resolver(() => OrganizationType)
export class OrganizationProfileResolver {
  @Query(() => [VillageKindType], { description: "The kinds of village organisations in force today. Public." })
  async villageOrganizationKinds(@Ctx() { loaders, language }: Context) {
    return [...(await loaders.villageKinds.load("all")).values()].map((kind) => shownKind(kind, language));
  }

  @Mutation(() => OrganizationPayload, {
    description: "Says what an organisation is besides its registration. Officers only.",
  })
  describeOrganization(
    @Input(describeOrganization, "All of it, as it is now.")
    input: Asked<typeof describeOrganization>,
    @Ctx() context: Context,
  ) {
    return answered(context, () => context.services.organizations.describe(context.actor, input));
  }
  @Mutation(() => OrganizationPayload, { description: "Notes an award to an organisation. Officers only." })
  recordAward(
    @Input(recordAward, "Which award, and to whom.")
    input: Asked<typeof recordAward>,
    @Ctx() context: Context,
  ) {
    return attempt(context, async () => {
      const { value, replayed } = await context.services.organizations.recordAward(context.actor, input);
      return { organization: value, replayed };
    });
  }
  @Mutation(() => OrganizationPayload, {
    description: "Takes back an award that was entered by mistake. Officers only.",
  })
  withdrawAward(
    @Input(withdrawAward, "Which award, and why.")
    input: Asked<typeof withdrawAward>,
    @Ctx() context: Context,
  ) {
    return answered(context, () => context.services.organizations.withdrawAward(context.actor, input));
  }

  @FieldResolver(() => DateScalar, {
    nullable: true,
    description: "The civil day of its registration or filing; null where the office has not said.",
  })
  async registeredOn(@Root() { id }: Organization, @Ctx() { loaders }: Context) {
    return (await loaders.organizationProfile.load(id)).registeredOn;
  }
  @FieldResolver(() => Boolean, { description: "Whether it is a hub that supports others (枢纽型)." })
  async hub(@Root() { id }: Organization, @Ctx() { loaders }: Context) {
    return (await loaders.organizationProfile.load(id)).hub;
  }
  @FieldResolver(() => VillageKindType, {
    nullable: true,
    description: "Its kind among village organisations (5+X); null for others.",
  })
  async villageKind(@Root() { id }: Organization, @Ctx() { loaders, language }: Context) {
    const { villageKind: code } = await loaders.organizationProfile.load(id);
    if (code === null) return null;
    const kind = (await loaders.villageKinds.load("all")).get(code);
    // A kind that has left the list is still what it was set to.
    return kind ? shownKind(kind, language) : { code, label: code, core: false };
  }
  @FieldResolver(() => OrganizationType, { nullable: true, description: "The unit that supervises it (业务主管单位)." })
  async supervisor(@Root() { id }: Organization, @Ctx() { loaders }: Context) {
    const { supervisorId } = await loaders.organizationProfile.load(id);
    return supervisorId === null ? null : loaders.organization.load(supervisorId);
  }
  @FieldResolver(() => Int, { description: "How often the office has described it; pass it as expectedVersion." })
  async profileVersion(@Root() { id }: Organization, @Ctx() { loaders }: Context) {
    return (await loaders.organizationProfile.load(id)).version;
  }
  @FieldResolver(() => [AwardType], { description: "Honours it was given, the earliest first." })
  awards(@Root() { id }: Organization, @Ctx() { loaders }: Context) {
    return loaders.awards.load(id);
  }
}

function shownKind({ code, label, labelEn, core }: VillageKind, language: string) {
  return { code, label: language === "zh" ? label : labelEn, core };
}
export function answered(context: Context, work: () => Promise<Organization>) {
  return attempt(context, async () => ({ organization: await work(), replayed: false }));
}
