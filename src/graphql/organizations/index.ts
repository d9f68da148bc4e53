import { Arg, Args, Ctx, ID, Int, ObjectType, Resolver, Root } from "type-graphql";
import type { Division, Organization } from "../../domain/facts/organizations";
import { isRetired } from "../../domain/organizations";
import type { Asked } from "../../services/bank/fields";
import type { MonthSummary } from "../../services/hours/reading";
import { organizationFilter, registerOrganization, registerOrganizations } from "../../services/organizations/commands";
import type { Context } from "../kit/context";
import { askedEach } from "../kit/costs";
import { asked, attempt, BatchPayload, BatchResult, batched, Payload } from "../kit/errors";
import { Mutation, Output, present, Query, type Row } from "../kit/fields";
import { Filter, Input } from "../kit/inputs";
import { NodeType } from "../kit/node";
import { connectionOf, OrderedPageArgs } from "../kit/paging";
import { MinutesScalar, MonthScalar } from "../kit/scalars";
import { ServiceTypeType } from "../policies";
import { DivisionKind, FilingStatus, OrganizationKind, OrganizationOrder, OrganizationState } from "./enums";

@ObjectType("Division", { description: "A town, a street, or another administrative division." })
export class DivisionType {
  @Output(() => String, {
    description:
      "Its short name in this bank, such as fengqiao. Every entry that names a division takes it, or the official code.",
  })
  code: string;
  @Output(() => String, {
    nullable: true,
    description: "Its code by GB/T 2260 and GB/T 10114, of 6, 9 or 12 digits, where it is known.",
  })
  officialCode: string | null;
  @Output(() => String, { description: "What it is called." }) name: string;
  @Output(() => DivisionKind, { description: "What kind it is of." }) kind: DivisionKind;
  @Output(() => String, { nullable: true, description: "The division it lies in, by its code." }) parentCode:
    | string
    | null;
  @Output(() => Boolean, { description: "True where it keeps its history and takes nothing new." })
  retired(@Root() division: Division) {
    return isRetired(division);
  }
  @Output(() => DivisionType, { nullable: true, description: "The division it lies in; null for one at the top." })
  parent(@Root() { parentCode }: Division, @Ctx() context: Context) {
    return parentCode === null ? null : divisionOf(parentCode, context);
  }
}

@ObjectType({ description: "A month's records of one service." })
export class MonthServiceType {
  @Output(() => ServiceTypeType, { description: "The kind of service that these sums are of." })
  serviceType: Row<ServiceTypeType>;
  @Output(() => Int, { description: "How many records of the month there are." }) records: number;
  @Output(() => MinutesScalar, { description: "Minutes of service actually given." }) serviceMinutes: number;
}

@ObjectType("MonthSummary", {
  description:
    "A month of an organisation: live records of services whose day, that of their last minute in Asia/Shanghai, lies in it.",
})
export class MonthSummaryType {
  @Output(() => Int, { description: "How many records there are." }) records: number;
  @Output(() => MinutesScalar, { description: "Minutes of service actually given." }) serviceMinutes: number;
  @Output(() => MinutesScalar, { description: "Credit given for them." }) creditedMinutes: number;
  @Output(() => Int, { description: "How many different volunteers." }) volunteers: number;
  @Output(() => [MonthServiceType], { description: "The same sums for each service." })
  byServiceType(@Root() summary: MonthSummary, @Ctx() { loaders }: Context) {
    return Promise.all(
      summary.byServiceType.map(async (line) => ({
        ...line,
        serviceType: await loaders.serviceType.load(line.serviceType),
      })),
    );
  }
  @Output(() => Number, {
    nullable: true,
    description:
      "The share of records posted by their recordBy, 0 to 1: of those that are posted, and those that wait past it. Rejected, voided and reversed ones are in neither; null without any.",
  })
  recordedOnTimeRatio(@Root() { recordedOnTimePerMille }: MonthSummary) {
    return recordedOnTimePerMille === null ? null : recordedOnTimePerMille / 1000;
  }
}

@ObjectType("Organization", { implements: NodeType, description: "An organisation that keeps records or volunteers." })
export class OrganizationType extends NodeType {
  @Output(() => String, { description: "Its short name in addresses." }) slug: string;
  @Output(() => String, { description: "What it is called." }) name: string;
  @Output(() => OrganizationKind, { description: "What kind it is of." }) kind: OrganizationKind;
  @Output(() => OrganizationState, { description: "In which state it is now." }) state: OrganizationState;
  @Output(() => String, { nullable: true, description: "Its unified social credit code." }) uscc: string | null;
  @Output(() => FilingStatus, { description: "Whether it is registered or filed." }) filingStatus: FilingStatus;
  @Output(() => DivisionType, { description: "The division in which it works." })
  division(@Root() organization: Organization, @Ctx() context: Context) {
    return divisionOf(organization.divisionCode, context);
  }
  @Output(() => Int, { description: "Social workers registered there whose term holds today." })
  certifiedWorkers(@Root() { id }: Organization, @Ctx() { loaders }: Context) {
    return loaders.certifiedWorkers.load(id);
  }
  @Output(() => Int, { nullable: true, description: "How many a station needs; null for other organisations." })
  requiredWorkers(@Root() { kind }: Organization, @Ctx() { loaders }: Context) {
    return kind === "SOCIAL_WORK_STATION" ? loaders.requiredWorkers.load("all") : null;
  }
  @Output(() => MonthSummaryType, {
    complexity: askedEach,
    description: "A month in sums, for its own staff, officers and auditors.",
  })
  monthSummary(
    @Root() { id }: Organization,
    @Arg("month", () => MonthScalar, { description: "Which month, by Asia/Shanghai." }) month: string,
    @Ctx() context: Context,
  ) {
    return asked(context, () => context.services.hours.monthSummary(context.actor, id, month));
  }
}

export const OrganizationConnection = connectionOf("Organization", () => OrganizationType);

@ObjectType({ description: "What became of one line of registerOrganizations." })
export class OrganizationResult extends BatchResult {
  @Output(() => OrganizationType, { nullable: true, description: "The organisation as it is now; null when refused." })
  organization: Row<OrganizationType> | null;
}
@ObjectType({ description: "The answer to registerOrganizations." })
export class RegisterOrganizationsPayload extends BatchPayload {
  @Output(() => [OrganizationResult], { description: "Each line's fate, in the order of the lines." })
  results: readonly Row<OrganizationResult>[];
}

@ObjectType({ description: "The answer to registerOrganization." })
export class RegisterOrganizationPayload extends Payload {
  @Output(() => OrganizationType, { nullable: true, description: "The organisation this is about." })
  organization: Row<OrganizationType> | null;
}

export async function divisionOf(code: string, { loaders }: Context): Promise<Division> {
  const division = (await loaders.divisions.load("all")).get(code);
  return (
    division ?? { code, officialCode: null, name: code, kind: "TOWN", parentCode: null, retiredOn: null, version: 0 }
  );
}

/** An organisation that a row names: it is there, since none is ever taken away. */
export const organizationOf = (id: string, { loaders }: Context): Promise<Organization> =>
  present(loaders.organization.load(id));

@Resolver(() => OrganizationType)
export class OrganizationResolver {
  @Query(() => OrganizationType, { nullable: true, description: "An organisation by id. Public." })
  organization(
    @Arg("id", () => ID, { description: "The id it is known by." }) id: string,
    @Ctx() { loaders }: Context,
  ) {
    return loaders.organization.load(id);
  }

  @Query(() => OrganizationType, { nullable: true, description: "An organisation by its short name. Public." })
  organizationBySlug(
    @Arg("slug", () => String, { description: "The short name it is known by." }) slug: string,
    @Ctx() { services }: Context,
  ) {
    return services.organizations.bySlug(slug);
  }

  @Query(() => OrganizationConnection, { description: "Lists organisations. This is public." })
  organizations(
    @Ctx() context: Context,
    @Args(() => OrderedPageArgs) page: OrderedPageArgs,
    @Filter(organizationFilter)
    filter?: Asked<typeof organizationFilter>,
    @Arg("orderBy", () => OrganizationOrder, { defaultValue: "NAME", description: "In which order they are listed." })
    _orderBy?: string,
  ) {
    return asked(context, () => context.services.organizations.list(filter ?? {}, page));
  }

  @Mutation(() => RegisterOrganizationPayload, { description: "Registers an organisation. Officers only." })
  registerOrganization(
    @Input(registerOrganization, "The name, kind and division of the new organisation.")
    input: Asked<typeof registerOrganization>,
    @Ctx() context: Context,
  ) {
    return attempt(context, async () => {
      const { value, replayed } = await context.services.organizations.register(context.actor, input);
      return { organization: value, replayed };
    });
  }

  @Mutation(() => RegisterOrganizationsPayload, {
    description: "Registers organisations in a batch. Officers only, each in their divisions.",
  })
  registerOrganizations(
    @Input(registerOrganizations, "The lines, and what becomes of good ones beside bad ones.")
    input: Asked<typeof registerOrganizations>,
    @Ctx() context: Context,
  ) {
    return batched(context, "organizations", "organization", () =>
      context.services.organizations.registerAll(context.actor, input),
    );
  }
}
