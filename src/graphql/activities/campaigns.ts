import { Arg, Args, Ctx, Int, ObjectType, Resolver, Root } from "type-graphql";
import type { Activity, Campaign } from "../../domain/facts/activities";
import { createCampaign, reviseCampaign } from "../../services/activities/commands";
import type { CampaignTotals } from "../../services/announcements/feeds";
import type { Asked } from "../../services/bank/fields";
import type { Context } from "../kit/context";
import { askedEach } from "../kit/costs";
import { asked, attempt, Payload } from "../kit/errors";
import { FieldResolver, Mutation, Output, Query, type Row, Subscription } from "../kit/fields";
import { CampaignEventType } from "../kit/histories";
import { Input } from "../kit/inputs";
import { NodeType } from "../kit/node";
import { type Counted, connectionOf, OrderedPageArgs, PageArgs, PageInfo, totalCountField } from "../kit/paging";
import { DateScalar, DateTimeScalar, MinutesScalar, SeqScalar } from "../kit/scalars";
import { DivisionType, divisionOf, OrganizationType, organizationOf } from "../organizations";
import { CampaignOrganizationOrder } from "./enums";
import { ActivityConnection, ActivityType } from "./types";

@ObjectType("CampaignTotals", {
  description: "What a campaign has come to; kept with every change, never counted anew.",
})
export class CampaignTotalsType {
  @Output(() => Int, { description: "Activities that are announced, under way or over." }) activities: number;
  @Output(() => Int, { description: "Organisations that hold them." }) organizations: number;
  @Output(() => Int, { description: "Different people who hold a place, or held one and came." }) volunteers: number;
  @Output(() => Int, { description: "Check-ins so far, one a person and shift." }) checkedIn: number;
  @Output(() => MinutesScalar, { description: "Minutes of confirmed records, in minutes actually given." })
  serviceMinutes: number;
  @Output(() => MinutesScalar, { description: "Credit of these hours that went to the public pool, in minutes." })
  donatedMinutes: number;
  @Output(() => SeqScalar, { description: "The journal position this answer is true at." }) asOfSeq: number;
}

@ObjectType({ description: "A campaign's share in one division." })
export class CampaignDivision {
  @Output(() => DivisionType, { description: "Where the activities are." }) division: Row<DivisionType>;
  @Output(() => Int, { description: "Different people who hold a place there." }) volunteers: number;
  @Output(() => Int, { description: "Check-ins there so far." }) checkedIn: number;
  @Output(() => MinutesScalar, { description: "Minutes of confirmed records of service given there." })
  serviceMinutes: number;
}

@ObjectType({ description: "A quarter of an hour of a campaign." })
export class CampaignMoment {
  @Output(() => DateTimeScalar, { description: "When the quarter of an hour begins." }) at: number;
  @Output(() => Int, { description: "Check-ins within that time." }) checkedIn: number;
  @Output(() => MinutesScalar, { description: "Minutes of confirmed records that ended within it." })
  serviceMinutes: number;
}

@ObjectType({ description: "An organisation of a campaign, with what was given at its activities." })
export class CampaignOrganizationEdge {
  @Output(() => String, { description: "The position of this edge." }) cursor: string;
  @Output(() => MinutesScalar, { description: "Minutes of confirmed records at its activities." })
  serviceMinutes: number;
  @Output(() => OrganizationType, { description: "The organisation at that position." }) node: Row<OrganizationType>;
}
@ObjectType({ description: "A page of a campaign's organisations." })
export class CampaignOrganizationConnection {
  @Output(() => [CampaignOrganizationEdge], { description: "The page's entries, in order." })
  edges: readonly Row<CampaignOrganizationEdge>[];
  @Output(() => PageInfo, { description: "Where the page lies." }) pageInfo: Row<PageInfo>;
  @Output(() => Int, totalCountField) totalCount(@Root() page: Counted) {
    return page.totalCount();
  }
}

@ObjectType("Campaign", {
  implements: NodeType,
  description: "A day or a drive with activities of many organisations, such as the charity day. Public.",
})
export class CampaignType extends NodeType {
  @Output(() => String, { description: "Its short name in addresses." }) slug: string;
  @Output(() => String, { description: "What it is called." }) name: string;
  @Output(() => String, { nullable: true, description: "What it is called in English, where it was given." }) nameEn:
    | string
    | null;
  @Output(() => String, { nullable: true, description: "Its motto, in a line." }) tagline: string | null;
  @Output(() => String, { nullable: true, description: "Its motto in English, where it was given." }) taglineEn:
    | string
    | null;
  @Output(() => DateScalar, { description: "Its day, by Asia/Shanghai." }) day: string;
  @Output(() => Int, { description: "How often it was set; pass it as expectedVersion." }) version: number;
  @Output(() => CampaignTotalsType, { description: "What it has come to by now." })
  totals(@Root() { id }: Campaign, @Ctx() { loaders }: Context) {
    return loaders.counts.load(id);
  }
  @Output(() => [CampaignDivision], { description: "The same by division.", complexity: askedEach })
  async byDivision(@Root() { id }: Campaign, @Ctx() context: Context) {
    const parts = await context.services.activities.breakdown(id, "DIVISION");
    return Promise.all(parts.map(async (part) => ({ ...part, division: await divisionOf(part.key, context) })));
  }
  @Output(() => [CampaignMoment], {
    description: "The same by quarters of an hour that had something.",
    complexity: askedEach,
  })
  async timeline(@Root() { id }: Campaign, @Ctx() { services }: Context) {
    const parts = await services.activities.breakdown(id, "TIMELINE");
    return parts.map((part) => ({ ...part, at: Date.parse(part.key) }));
  }
  @Output(() => [CampaignEventType], {
    description: "What was changed since it was made, and why; for officers and auditors, else empty.",
  })
  async history(@Root() { id }: Campaign, @Ctx() { services, actor }: Context) {
    return (await services.activities.campaignHistories(actor, [id]))[0] ?? [];
  }
  @Output(() => ActivityConnection, {
    complexity: askedEach,
    description: "Its activities, the earliest start first.",
  })
  activities(@Root() { id }: Campaign, @Args(() => PageArgs) page: PageArgs, @Ctx() context: Context) {
    return asked(context, () => context.services.activities.list(context.actor, { campaignId: id }, page));
  }
  @Output(() => CampaignOrganizationConnection, {
    complexity: askedEach,
    description: "The organisations that hold its activities.",
  })
  async organizations(
    @Root() { id }: Campaign,
    @Args(() => OrderedPageArgs) page: OrderedPageArgs,
    @Ctx() context: Context,
    @Arg("orderBy", () => CampaignOrganizationOrder, {
      defaultValue: "SERVICE_MINUTES",
      description: "In which order they are listed.",
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

@ObjectType({ description: "The answer about a campaign." })
export class CampaignPayload extends Payload {
  @Output(() => CampaignType, { nullable: true, description: "The campaign this is about." })
  campaign: Row<CampaignType> | null;
}

@Resolver(() => CampaignType)
export class CampaignResolver {
  @Query(() => CampaignType, { nullable: true, description: "A campaign by its short name. Public." })
  campaign(
    @Arg("slug", () => String, { description: "The short name it is known by." }) slug: string,
    @Ctx() { services }: Context,
  ) {
    return services.activities.campaignBySlug(slug);
  }

  @Query(() => CampaignConnection, { description: "All campaigns, the latest day first. Public." })
  campaigns(@Args(() => PageArgs) page: PageArgs, @Ctx() context: Context) {
    return asked(context, () => context.services.activities.campaigns(page));
  }

  @Mutation(() => CampaignPayload, {
    description:
      "Renames a campaign, or gives it another motto or day, with a reason. Officers only. VERSION_CONFLICT.",
  })
  reviseCampaign(
    @Input(reviseCampaign, "Which campaign, and what has changed.")
    input: Asked<typeof reviseCampaign>,
    @Ctx() context: Context,
  ) {
    return attempt(context, async () => ({
      campaign: await context.services.activities.reviseCampaign(context.actor, input),
      replayed: false,
    }));
  }
  @Mutation(() => CampaignPayload, { description: "Makes a campaign. Officers only." })
  createCampaign(
    @Input(createCampaign, "The name, short name and day of the new campaign.")
    input: Asked<typeof createCampaign>,
    @Ctx() context: Context,
  ) {
    return attempt(context, async () => {
      const { value, replayed } = await context.services.activities.createCampaign(context.actor, input);
      return { campaign: value, replayed };
    });
  }
}

@Resolver()
export class CampaignSubscription {
  @Subscription(() => CampaignTotalsType, {
    description:
      "Hears a campaign's totals: first as they are now, then each change after its commit, the latest at most once a second. Public.",
    subscribe: ({ args, context }: { args: { slug: string }; context: Context }) =>
      context.services.announcements.campaignTotals(args.slug),
  })
  campaignTotals(
    @Root() totals: CampaignTotals,
    @Arg("slug", () => String, { description: "The campaign's short name." }) _slug: string,
    @Arg("afterSeq", () => SeqScalar, {
      nullable: true,
      description: "The last position you heard; the first event tells the totals now, whatever you missed.",
    })
    _afterSeq?: number,
  ) {
    return totals;
  }
}

@Resolver(() => ActivityType)
export class ActivityCampaignResolver {
  @FieldResolver(() => CampaignType, { nullable: true, description: "The campaign it belongs to." })
  campaign(@Root() { campaignId }: Activity, @Ctx() { loaders }: Context) {
    return campaignId ? loaders.campaign.load(campaignId) : null;
  }
}
