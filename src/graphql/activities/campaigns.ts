import { Arg, Args, Ctx, Int, ObjectType, Resolver, Root } from "type-graphql";
import type { Activity, Campaign } from "../../domain/facts/activities";
import { createCampaign, reviseCampaign } from "../../services/activities/commands";
import type { CampaignTotals } from "../../services/announcements/feeds";
import type { Asked } from "../../services/bank/fields";
import type { Context } from "../kit/context";
import { askedEach } from "../kit/costs";
import { asked, keyed, Payload, stepped } from "../kit/errors";
import { FieldResolver, Mutation, Outcome, Output, Query, type Row, Subscription } from "../kit/fields";
import { CampaignEventType } from "../kit/histories";
import { Input } from "../kit/inputs";
import { NodeType } from "../kit/node";
import { type Counted, connectionOf, OrderedPageArgs, PageArgs, PageInfo, totalCountField } from "../kit/paging";
import { DateScalar, DateTimeScalar, MinutesScalar, SeqScalar } from "../kit/scalars";
import { DivisionType, divisionOf, OrganizationType, organizationOf } from "../organizations";
import { CampaignOrganizationOrder } from "./enums";
import { ActivityConnection, ActivityType } from "./types";

@ObjectType("CampaignTotals", {
  description: "The sums of a campaign, which are brought up to date with every change.",
})
export class CampaignTotalsType {
  @Output(() => Int, { description: "How many activities are announced, under way or over." }) activities: number;
  @Output(() => Int, { description: "How many organisations hold these activities." }) organizations: number;
  @Output(() => Int, { description: "How many different people hold a place, or held one and came." })
  volunteers: number;
  @Output(() => Int, { description: "How many check-ins there were so far, one for each person and shift." })
  checkedIn: number;
  @Output(() => MinutesScalar, {
    description: "The minutes of service of the confirmed records, as they were actually given.",
  })
  serviceMinutes: number;
  @Output(() => MinutesScalar, {
    description: "The minutes of credit from these services that went to the public pool.",
  })
  donatedMinutes: number;
  @Output(() => SeqScalar, { description: "The journal position this answer is true at." }) asOfSeq: number;
}

@ObjectType({ description: "The sums of a campaign in one division." })
export class CampaignDivision {
  @Output(() => DivisionType, { description: "The division in which the activities take place." })
  division: Row<DivisionType>;
  @Output(() => Int, { description: "How many different people hold a place in the division." }) volunteers: number;
  @Output(() => Int, { description: "How many check-ins there were so far in the division." }) checkedIn: number;
  @Output(() => MinutesScalar, { description: "The minutes of the confirmed records of service in the division." })
  serviceMinutes: number;
}

@ObjectType({ description: "The sums of a quarter of an hour of a campaign." })
export class CampaignMoment {
  @Output(() => DateTimeScalar, { description: "The instant at which the quarter of an hour begins." }) at: number;
  @Output(() => Int, { description: "How many check-ins there were within the quarter of an hour." }) checkedIn: number;
  @Output(() => MinutesScalar, {
    description: "The minutes of the confirmed records of service that ended within the quarter of an hour.",
  })
  serviceMinutes: number;
}

@ObjectType({ description: "An organisation of a campaign, with the minutes of service at its activities." })
export class CampaignOrganizationEdge {
  @Output(() => String, { description: "The position of this edge in the list, as `after` and `before` take it." })
  cursor: string;
  @Output(() => MinutesScalar, {
    description: "The minutes of the confirmed records of service at the organisation's activities.",
  })
  serviceMinutes: number;
  @Output(() => OrganizationType, { description: "The organisation that stands at this position." })
  node: Row<OrganizationType>;
}
@ObjectType({ description: "A page of the organisations that hold a campaign's activities." })
export class CampaignOrganizationConnection {
  @Output(() => [CampaignOrganizationEdge], { description: "The entries of the page, in the order of the list." })
  edges: readonly Row<CampaignOrganizationEdge>[];
  @Output(() => PageInfo, { description: "The place of the page in its list, with the cursors for the next page." })
  pageInfo: Row<PageInfo>;
  @Output(() => Int, totalCountField) totalCount(@Root() page: Counted) {
    return page.totalCount();
  }
}

@ObjectType("Campaign", {
  implements: NodeType,
  description:
    "A day or a drive to which activities of many organisations belong, such as the charity day. Everybody may read it.",
})
export class CampaignType extends NodeType {
  @Output(() => String, { description: "The short name that the address of the campaign's page contains." })
  slug: string;
  @Output(() => String, { description: "The name of the campaign." }) name: string;
  @Output(() => String, {
    nullable: true,
    description: "The name of the campaign in English; null where none was given.",
  })
  nameEn: string | null;
  @Output(() => String, { nullable: true, description: "The motto of the campaign; null where it has none." }) tagline:
    | string
    | null;
  @Output(() => String, {
    nullable: true,
    description: "The motto of the campaign in English; null where none was given.",
  })
  taglineEn: string | null;
  @Output(() => DateScalar, { description: "The civil day of the campaign, in Asia/Shanghai." }) day: string;
  @Output(() => Int, { description: "How often the campaign was set; pass it as `expectedVersion`." }) version: number;
  @Output(() => CampaignTotalsType, { description: "The sums of the campaign as they are now." })
  totals(@Root() { id }: Campaign, @Ctx() { loaders }: Context) {
    return loaders.counts.load(id);
  }
  @Output(() => [CampaignDivision], {
    description: "The sums of the campaign in each division.",
    complexity: askedEach,
  })
  async byDivision(@Root() { id }: Campaign, @Ctx() context: Context) {
    const parts = await context.services.activities.breakdown(id, "DIVISION");
    return Promise.all(parts.map(async (part) => ({ ...part, division: await divisionOf(part.key, context) })));
  }
  @Output(() => [CampaignMoment], {
    description: "The sums of each quarter of an hour in which something happened, the earliest first.",
    complexity: askedEach,
  })
  async timeline(@Root() { id }: Campaign, @Ctx() { services }: Context) {
    const parts = await services.activities.breakdown(id, "TIMELINE");
    return parts.map((part) => ({ ...part, at: Date.parse(part.key) }));
  }
  @Output(() => [CampaignEventType], {
    description:
      "The changes since the campaign was made, with their reasons. Officers and auditors see them; the list is empty for others.",
  })
  async history(@Root() { id }: Campaign, @Ctx() { services, actor }: Context) {
    return (await services.activities.campaignHistories(actor, [id]))[0] ?? [];
  }
  @Output(() => ActivityConnection, {
    complexity: askedEach,
    description: "The activities of the campaign, the earliest start first.",
  })
  activities(@Root() { id }: Campaign, @Args(() => PageArgs) page: PageArgs, @Ctx() context: Context) {
    return asked(context, () => context.services.activities.list(context.actor, { campaignId: id }, page));
  }
  @Output(() => CampaignOrganizationConnection, {
    complexity: askedEach,
    description: "The organisations that hold the activities of the campaign.",
  })
  async organizations(
    @Root() { id }: Campaign,
    @Args(() => OrderedPageArgs) page: OrderedPageArgs,
    @Ctx() context: Context,
    @Arg("orderBy", () => CampaignOrganizationOrder, {
      defaultValue: "SERVICE_MINUTES",
      description: "The order in which the entries are listed.",
    })
    orderBy?: "SERVICE_MINUTES" | "NAME",
  ) {
    const organizations = await asked(context, () =>
      context.services.activities.organizationsOf(id, orderBy ?? "SERVICE_MINUTES", page),
    );
    const edges = organizations.edges.map(async ({ cursor, node }) => ({
      cursor,
      serviceMinutes: node.serviceMinutes,
      node: await organizationOf(node.organizationId, context),
    }));
    return { ...organizations, edges: await Promise.all(edges) };
  }
}
export const CampaignConnection = connectionOf("Campaign", () => CampaignType);

@ObjectType({ description: "Answers a mutation about a campaign." })
export class CampaignPayload extends Payload {
  @Outcome(() => CampaignType, "The campaign that this is about")
  campaign: Row<CampaignType> | null;
}

@Resolver(() => CampaignType)
export class CampaignResolver {
  @Query(() => CampaignType, {
    nullable: true,
    description: "Finds a campaign by its short name; null where there is none. Everybody may read it.",
  })
  campaign(
    @Arg("slug", () => String, { description: "The short name that the address of its page contains." }) slug: string,
    @Ctx() { services }: Context,
  ) {
    return services.activities.campaignBySlug(slug);
  }

  @Query(() => CampaignConnection, {
    description: "Lists all campaigns, the latest day first. Everybody may read them.",
  })
  campaigns(@Args(() => PageArgs) page: PageArgs, @Ctx() context: Context) {
    return asked(context, () => context.services.activities.campaigns(page));
  }

  @Mutation(() => CampaignPayload, {
    description:
      "Renames a campaign, or gives it another motto or day, with a reason. Officers may do this. VERSION_CONFLICT.",
  })
  reviseCampaign(
    @Input(reviseCampaign, "The campaign, and the fields that change.")
    input: Asked<typeof reviseCampaign>,
    @Ctx() context: Context,
  ) {
    return stepped(context, "campaign", () => context.services.activities.reviseCampaign(context.actor, input));
  }
  @Mutation(() => CampaignPayload, { description: "Makes a campaign. Officers may do this." })
  createCampaign(
    @Input(createCampaign, "The name, short name and day of the new campaign.")
    input: Asked<typeof createCampaign>,
    @Ctx() context: Context,
  ) {
    return keyed(context, "campaign", () => context.services.activities.createCampaign(context.actor, input));
  }
}

@Resolver()
export class CampaignSubscription {
  @Subscription(() => CampaignTotalsType, {
    description:
      "Hears the sums of a campaign: first as they are now, then each change after its commit, at most once a second. Everybody may listen.",
    subscribe: ({ args, context }: { args: { slug: string }; context: Context }) =>
      context.services.announcements.campaignTotals(args.slug),
  })
  campaignTotals(
    @Root() totals: CampaignTotals,
    @Arg("slug", () => String, { description: "The short name of the campaign whose sums are heard." }) _slug: string,
    @Arg("afterSeq", () => SeqScalar, {
      nullable: true,
      description:
        "The last journal position that you have heard. The first event has the sums as they are now, whatever you have missed.",
    })
    _afterSeq?: number,
  ) {
    return totals;
  }
}

@Resolver(() => ActivityType)
export class ActivityCampaignResolver {
  @FieldResolver(() => CampaignType, {
    nullable: true,
    description: "The campaign to which the activity belongs; null for an activity of its own.",
  })
  campaign(@Root() { campaignId }: Activity, @Ctx() { loaders }: Context) {
    return campaignId ? loaders.campaign.load(campaignId) : null;
  }
}
