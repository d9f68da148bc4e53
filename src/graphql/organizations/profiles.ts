import { Ctx, Int, ObjectType, Resolver, Root } from "type-graphql";
import type { Award, Organization, OrganizationProfile } from "../../domain/facts/organizations";
import { markOf, type VillageKind } from "../../domain/organizations";
import type { Asked } from "../../services/bank/fields";
import { describeOrganization, recordAward, withdrawAward } from "../../services/organizations/commands";
import type { Context } from "../kit/context";
import { keyed, Payload, stepped } from "../kit/errors";
import { FieldResolver, Mutation, Outcome, Output, Query, type Row } from "../kit/fields";
import { Input } from "../kit/inputs";
import { NodeType } from "../kit/node";
import { DateScalar } from "../kit/scalars";
import { OrganizationType } from ".";
import { OrganizationMark } from "./enums";

@ObjectType("VillageOrganizationKind", {
  description: "A kind of village organisation: one of the core kinds, or a local one (5+X). A policy lists them.",
})
export class VillageKindType {
  @Output(() => String, { description: "The code by which inputs and filters name the kind." }) code: string;
  @Output(() => String, { description: "The name of it that people read, in the language of Accept-Language." })
  label: string;
  @Output(() => Boolean, { description: "Whether the kind is one of the core kinds." }) core: boolean;
}
@ObjectType("Award", {
  implements: NodeType,
  description: "An honour that an organisation was given; `withdrawAward` takes its id.",
})
export class AwardType extends NodeType {
  @Output(() => String, { description: "The name that the honour has." }) name: string;
  @Output(() => OrganizationMark, {
    nullable: true,
    description: "The mark of the office that it is, which an indicator counts; null for any other honour.",
  })
  mark(@Root() award: Award) {
    return markOf(award);
  }
  @Output(() => String, { description: "The unit that gave the honour." }) grantedBy: string;
  @Output(() => DateScalar, { description: "The civil day on which the honour was given." }) on: string;
}

@ObjectType({ description: "Answers a mutation about an organisation." })
export class OrganizationPayload extends Payload {
  @Outcome(() => OrganizationType, "The organisation that this is about")
  organization: Row<OrganizationType> | null;
}

/** Whatever is described of an organisation is shown; a field that is missing does not compile. */
type Shown = Exclude<keyof OrganizationProfile, "organizationId" | "version" | "supervisorId"> | "supervisor";

@Resolver(() => OrganizationType)
export class OrganizationProfileResolver implements Record<Shown, unknown> {
  @Query(() => [VillageKindType], {
    description: "Lists the kinds of village organisations that are in force today. Everybody may read them.",
  })
  async villageOrganizationKinds(@Ctx() { loaders, language }: Context) {
    return [...(await loaders.villageKinds.load("all")).values()].map((kind) => shownKind(kind, language));
  }

  @Mutation(() => OrganizationPayload, {
    description: "Describes an organisation beyond its registration. Officers may do this.",
  })
  describeOrganization(
    @Input(describeOrganization, "The whole description as it is now.")
    input: Asked<typeof describeOrganization>,
    @Ctx() context: Context,
  ) {
    return stepped(context, "organization", () => context.services.organizations.describe(context.actor, input));
  }
  @Mutation(() => OrganizationPayload, {
    description: "Notes an honour that an organisation was given. Officers may do this.",
  })
  recordAward(
    @Input(recordAward, "The honour, and the organisation.")
    input: Asked<typeof recordAward>,
    @Ctx() context: Context,
  ) {
    return keyed(context, "organization", () => context.services.organizations.recordAward(context.actor, input));
  }
  @Mutation(() => OrganizationPayload, {
    description: "Takes back an honour that was entered by mistake. Officers may do this.",
  })
  withdrawAward(
    @Input(withdrawAward, "The honour, and the reason.")
    input: Asked<typeof withdrawAward>,
    @Ctx() context: Context,
  ) {
    return stepped(context, "organization", () => context.services.organizations.withdrawAward(context.actor, input));
  }

  @FieldResolver(() => DateScalar, {
    nullable: true,
    description:
      "The civil day on which the organisation was registered or filed; null where the office has not entered it.",
  })
  async registeredOn(@Root() { id }: Organization, @Ctx() { loaders }: Context) {
    return (await loaders.organizationProfile.load(id)).registeredOn;
  }
  @FieldResolver(() => Boolean, { description: "Whether it is a hub that supports other organisations (枢纽型)." })
  async hub(@Root() { id }: Organization, @Ctx() { loaders }: Context) {
    return (await loaders.organizationProfile.load(id)).hub;
  }
  @FieldResolver(() => VillageKindType, {
    nullable: true,
    description: "The kind of village organisation that it is (5+X); null for others.",
  })
  async villageKind(@Root() { id }: Organization, @Ctx() { loaders, language }: Context) {
    const { villageKind: code } = await loaders.organizationProfile.load(id);
    if (code === null) return null;
    const kind = (await loaders.villageKinds.load("all")).get(code);
    // A kind that has left the list is still what it was set to.
    return kind ? shownKind(kind, language) : { code, label: code, core: false };
  }
  @FieldResolver(() => OrganizationType, {
    nullable: true,
    description: "The organisation that supervises it (业务主管单位); null where none is named.",
  })
  async supervisor(@Root() { id }: Organization, @Ctx() { loaders }: Context) {
    const { supervisorId } = await loaders.organizationProfile.load(id);
    return supervisorId === null ? null : loaders.organization.load(supervisorId);
  }
  @FieldResolver(() => Int, {
    description:
      "How often the office has described the organisation; pass it as `expectedVersion` of describeOrganization.",
  })
  async profileVersion(@Root() { id }: Organization, @Ctx() { loaders }: Context) {
    return (await loaders.organizationProfile.load(id)).version;
  }
  @FieldResolver(() => [AwardType], { description: "The honours that the organisation was given, the earliest first." })
  awards(@Root() { id }: Organization, @Ctx() { loaders }: Context) {
    return loaders.awards.load(id);
  }
}

function shownKind({ code, label, labelEn, core }: VillageKind, language: string) {
  return { code, label: language === "zh" ? label : labelEn, core };
}
