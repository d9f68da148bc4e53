import { Arg, Args, Ctx, ID, Int, ObjectType, Resolver, Root } from "type-graphql";
import type { Division, Organization } from "../../domain/facts/organizations";
import { isRetired } from "../../domain/organizations";
import type { Asked } from "../../services/bank/fields";
import type { MonthSummary } from "../../services/hours/reading";
import { organizationFilter, registerOrganization, registerOrganizations } from "../../services/organizations/commands";
import type { Context } from "../kit/context";
import { askedEach } from "../kit/costs";
import { asked, BatchPayload, BatchResult, batched, keyed, Payload } from "../kit/errors";
import { Mutation, Outcome, Output, present, Query, type Row } from "../kit/fields";
import { Filter, Input } from "../kit/inputs";
import { NodeType } from "../kit/node";
import { connectionOf, OrderedPageArgs } from "../kit/paging";
import { MinutesScalar, MonthScalar } from "../kit/scalars";
import { ServiceTypeType } from "../policies";
import { DivisionKind, FilingStatus, OrganizationKind, OrganizationOrder, OrganizationState } from "./enums";

@ObjectType("Division", {
  description: "An administrative division: a county-level city, a town, a village, or another area.",
})
export class DivisionType {
  @Output(() => String, {
    description:
      "The short name of the division in this bank, such as fengqiao. Every input that names a division takes it, or the official code.",
  })
  code: string;
  @Output(() => String, {
    nullable: true,
    description:
      "The code of the division by GB/T 2260 and GB/T 10114, of 6, 9 or 12 digits; null where it is not known.",
  })
  officialCode: string | null;
  @Output(() => String, { description: "The name of the division." }) name: string;
  @Output(() => DivisionKind, { description: "The kind of division that it is." }) kind: DivisionKind;
  @Output(() => String, {
    nullable: true,
    description: "The code of the division in which it lies; null for a division at the top.",
  })
  parentCode: string | null;
  @Output(() => Boolean, {
    description: "Whether the division is retired: it keeps its history, and takes nothing new.",
  })
  retired(@Root() division: Division) {
    return isRetired(division);
  }
  @Output(() => DivisionType, {
    nullable: true,
    description: "The division in which it lies; null for a division at the top.",
  })
  parent(@Root() { parentCode }: Division, @Ctx() context: Context) {
    return parentCode === null ? null : divisionOf(parentCode, context);
  }
}

@ObjectType({ description: "The records of one kind of service in a month." })
export class MonthServiceType {
  @Output(() => ServiceTypeType, { description: "The kind of service that these sums are about." })
  serviceType: Row<ServiceTypeType>;
  @Output(() => Int, { description: "How many records of the kind the month has." }) records: number;
  @Output(() => MinutesScalar, { description: "The minutes of this kind of service that were actually given." })
  serviceMinutes: number;
}

@ObjectType("MonthSummary", {
  description:
    "The sums of one month of an organisation. They count the live records of services whose last minute lies in the month, in Asia/Shanghai.",
})
export class MonthSummaryType {
  @Output(() => Int, { description: "How many records the month has." }) records: number;
  @Output(() => MinutesScalar, { description: "The minutes of service that were actually given in the month." })
  serviceMinutes: number;
  @Output(() => MinutesScalar, { description: "The minutes of credit that were given for the records." })
  creditedMinutes: number;
  @Output(() => Int, { description: "How many different volunteers served in the month." }) volunteers: number;
  @Output(() => [MonthServiceType], { description: "The sums of the month for each kind of service." })
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
      "The share of records that were posted by their `recordBy`, from 0 to 1: of those that are posted, and those that wait past that day. Rejected, voided and reversed records are not counted; null where there are none.",
  })
  recordedOnTimeRatio(@Root() { recordedOnTimePerMille }: MonthSummary) {
    return recordedOnTimePerMille === null ? null : recordedOnTimePerMille / 1000;
  }
}

@ObjectType("Organization", { implements: NodeType, description: "An organisation that keeps records or volunteers." })
export class OrganizationType extends NodeType {
  @Output(() => String, { description: "The short name that the address of the organisation's page contains." })
  slug: string;
  @Output(() => String, { description: "The name of the organisation." }) name: string;
  @Output(() => OrganizationKind, { description: "The kind of organisation that it is." }) kind: OrganizationKind;
  @Output(() => OrganizationState, { description: "The state in which the organisation is now." })
  state: OrganizationState;
  @Output(() => String, {
    nullable: true,
    description: "The unified social credit code of the organisation; null where it has none.",
  })
  uscc: string | null;
  @Output(() => FilingStatus, { description: "Says whether the organisation is registered or filed." })
  filingStatus: FilingStatus;
  @Output(() => DivisionType, { description: "The division in which the organisation works." })
  division(@Root() organization: Organization, @Ctx() context: Context) {
    return divisionOf(organization.divisionCode, context);
  }
  @Output(() => Int, { description: "How many social workers are registered there whose term holds today." })
  certifiedWorkers(@Root() { id }: Organization, @Ctx() { loaders }: Context) {
    return loaders.certifiedWorkers.load(id);
  }
  @Output(() => Int, {
    nullable: true,
    description: "How many certified social workers the station needs; null for other organisations.",
  })
  requiredWorkers(@Root() { kind }: Organization, @Ctx() { loaders }: Context) {
    return kind === "SOCIAL_WORK_STATION" ? loaders.requiredWorkers.load("all") : null;
  }
  @Output(() => MonthSummaryType, {
    complexity: askedEach,
    description: "The sums of one month. The organisation's own staff, officers and auditors see them.",
  })
  monthSummary(
    @Root() { id }: Organization,
    @Arg("month", () => MonthScalar, { description: "The calendar month, in Asia/Shanghai." }) month: string,
    @Ctx() context: Context,
  ) {
    return asked(context, () => context.services.hours.reading.monthSummary(context.actor, id, month));
  }
}

export const OrganizationConnection = connectionOf("Organization", () => OrganizationType);

@ObjectType({ description: "The result of one line of registerOrganizations." })
export class OrganizationResult extends BatchResult {
  @Output(() => OrganizationType, {
    nullable: true,
    description: "The organisation as it is now; null where the line was refused.",
  })
  organization: Row<OrganizationType> | null;
}
@ObjectType({ description: "Answers the mutation registerOrganizations." })
export class RegisterOrganizationsPayload extends BatchPayload {
  @Output(() => [OrganizationResult], { description: "The result of each line, in the order of the lines." })
  results: readonly Row<OrganizationResult>[];
}

@ObjectType({ description: "Answers the mutation registerOrganization." })
export class RegisterOrganizationPayload extends Payload {
  @Outcome(() => OrganizationType, "The organisation that this is about")
  organization: Row<OrganizationType> | null;
}

export async function divisionOf(code: string, { loaders }: Context): Promise<Division> {
  const division = (await loaders.divisions.load("all")).get(code);
  return (
    division ?? { code, officialCode: null, name: code, kind: "TOWN", parentCode: null, retiredOn: null, version: 0 }
  );
}

/** An organisation that a row names: it is there, since none is ever taken away. */
export const organizationOf = (id: string, { loaders }: Context): Organization | Promise<Organization> =>
  present(loaders.organization.load(id));

@Resolver(() => OrganizationType)
export class OrganizationResolver {
  @Query(() => OrganizationType, {
    nullable: true,
    description: "Finds an organisation by its id; null where there is none. Everybody may read it.",
  })
  organization(
    @Arg("id", () => ID, { description: "The id of the object that is asked for." }) id: string,
    @Ctx() { loaders }: Context,
  ) {
    return loaders.organization.load(id);
  }

  @Query(() => OrganizationType, {
    nullable: true,
    description: "Finds an organisation by its short name; null where there is none. Everybody may read it.",
  })
  organizationBySlug(
    @Arg("slug", () => String, { description: "The short name that the address of its page contains." }) slug: string,
    @Ctx() { services }: Context,
  ) {
    return services.organizations.bySlug(slug);
  }

  @Query(() => OrganizationConnection, { description: "Lists organisations. Everybody may read them." })
  organizations(
    @Ctx() context: Context,
    @Args(() => OrderedPageArgs) page: OrderedPageArgs,
    @Filter(organizationFilter)
    filter?: Asked<typeof organizationFilter>,
    @Arg("orderBy", () => OrganizationOrder, {
      defaultValue: "NAME",
      description: "The order in which the entries are listed.",
    })
    _orderBy?: string,
  ) {
    return asked(context, () => context.services.organizations.list(filter ?? {}, page));
  }

  @Mutation(() => RegisterOrganizationPayload, { description: "Registers an organisation. Officers may do this." })
  registerOrganization(
    @Input(registerOrganization, "The name, kind and division of the new organisation.")
    input: Asked<typeof registerOrganization>,
    @Ctx() context: Context,
  ) {
    return keyed(context, "organization", () => context.services.organizations.register(context.actor, input));
  }

  @Mutation(() => RegisterOrganizationsPayload, {
    description: "Registers organisations in a batch. Officers may do this, each in their own divisions.",
  })
  registerOrganizations(
    @Input(
      registerOrganizations,
      "The organisations to register, and what becomes of good lines where others are refused.",
    )
    input: Asked<typeof registerOrganizations>,
    @Ctx() context: Context,
  ) {
    return batched(context, "organizations", "organization", () =>
      context.services.organizations.registerAll(context.actor, input),
    );
  }
}
