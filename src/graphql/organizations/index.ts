import {
  Arg,
  Args,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from "type-graphql";
import type { Division, Organization } from "../../domain/organizations";
import type { Asked } from "../../services/bank/fields";
import type { MonthSummary } from "../../services/contract";
import { organizationFilter, registerOrganization, registerOrganizations } from "../../services/organizations/commands";
import { recordListArgs } from "../hours/inputs";
import { ServiceRecordConnection } from "../hours/types";
import type { Context } from "../kit/context";
import { askedEach } from "../kit/costs";
import { DivisionKind, FilingStatus, OrganizationKind, OrganizationOrder, OrganizationState } from "../kit/enums";
import { asked, attempt, BatchPayload, BatchResult, batched, Payload } from "../kit/errors";
import { Filter, Input } from "../kit/inputs";
import { NodeType } from "../kit/node";
import { connectionOf, OrderedPageArgs, PageArgs } from "../kit/paging";
import { MinutesScalar, MonthScalar } from "../kit/scalars";
import { AccountConnection } from "../ledger";
import { ServiceTypeType } from "../policies";

const RecordsByDeadline = recordListArgs("DEADLINE");

@ObjectType("Division", { description: "A town, a street, or another administrative division." })
export class DivisionType {
  @Field(() => String, {
    description:
      "Its short name in this bank, such as fengqiao. Every entry that names a division takes it, or the official code.",
  })
  code: string;
  @Field(() => String, {
    nullable: true,
    description: "Its code by GB/T 2260 and GB/T 10114, of 6, 9 or 12 digits, where it is known.",
  })
  officialCode: string | null;
  @Field(() => String, { description: "What it is called." }) name: string;
  @Field(() => DivisionKind, { description: "What kind it is of." }) kind: string;
  @Field(() => String, { nullable: true, description: "The division it lies in, by its code." }) parentCode:
    | string
    | null;
  @Field(() => Boolean, { description: "True where it keeps its history and takes nothing new." }) retired: boolean;
  @Field(() => DivisionType, { nullable: true, description: "The division it lies in; null for one at the top." })
  parent: object | null;
}

@ObjectType({ description: "A month's records of one service." })
export class MonthServiceType {
  @Field(() => ServiceTypeType, { description: "The kind of service that these sums are of." })
  serviceType: ServiceTypeType;
  @Field(() => Int, { description: "How many records of the month there are." }) records: number;
  @Field(() => MinutesScalar, { description: "Minutes of service actually given." }) serviceMinutes: number;
}

@ObjectType("MonthSummary", {
  description:
    "A month of an organisation: live records of services whose day, that of their last minute in Asia/Shanghai, lies in it.",
})
export class MonthSummaryType {
  @Field(() => Int, { description: "How many records there are." }) records: number;
  @Field(() => MinutesScalar, { description: "Minutes of service actually given." }) serviceMinutes: number;
  @Field(() => MinutesScalar, { description: "Credit given for them." }) creditedMinutes: number;
  @Field(() => Int, { description: "How many different volunteers." }) volunteers: number;
  @Field(() => [MonthServiceType], { description: "The same sums for each service." }) byServiceType: object[];
  @Field(() => Number, {
    nullable: true,
    description:
      "The share of records posted by their recordBy, 0 to 1: of those that are posted, and those that wait past it. Rejected, voided and reversed ones are in neither; null without any.",
  })
  recordedOnTimeRatio: number | null;
}

@ObjectType("Organization", { implements: NodeType, description: "An organisation that keeps records or volunteers." })
export class OrganizationType extends NodeType {
  @Field(() => String, { description: "Its short name in addresses." }) slug: string;
  @Field(() => String, { description: "What it is called." }) name: string;
  @Field(() => OrganizationKind, { description: "What kind it is of." }) kind: string;
  @Field(() => OrganizationState, { description: "In which state it is now." }) state: string;
  @Field(() => String, { nullable: true, description: "Its unified social credit code." }) uscc: string | null;
  @Field(() => FilingStatus, { description: "Whether it is registered or filed." }) filingStatus: string;
  @Field(() => DivisionType, { description: "The division in which it works." }) division: DivisionType;
  @Field(() => Int, { description: "Social workers registered there whose term holds today." })
  certifiedWorkers: number;
  @Field(() => Int, { nullable: true, description: "How many a station needs; null for other organisations." })
  requiredWorkers: number | null;
}

export const OrganizationConnection = connectionOf("Organization", () => OrganizationType as never);

@ObjectType({ description: "What became of one line of registerOrganizations." })
export class OrganizationResult extends BatchResult {
  @Field(() => OrganizationType, { nullable: true, description: "The organisation as it is now; null when refused." })
  organization: object | null;
}
@ObjectType({ description: "The answer to registerOrganizations." })
export class RegisterOrganizationsPayload extends BatchPayload {
  @Field(() => [OrganizationResult], { description: "Each line's fate, in the order of the lines." })
  results: OrganizationResult[];
}

@ObjectType({ description: "The answer to registerOrganization." })
export class RegisterOrganizationPayload extends Payload {
  @Field(() => OrganizationType, { nullable: true, description: "The organisation this is about." }) organization?:
    | object
    | null;
}

export async function divisionOf(code: string, { loaders }: Context): Promise<Division> {
  const division = (await loaders.divisions.load("all")).get(code);
  return (
    division ?? { code, officialCode: null, name: code, kind: "TOWN", parentCode: null, retiredOn: null, version: 0 }
  );
}

@Resolver(() => OrganizationType)
export class OrganizationResolver {
  @Query(() => OrganizationType, { nullable: true, description: "An organisation by id. Public." })
  organization(
    @Arg("id", () => ID, { description: "The id it is known by." }) id: string,
    @Ctx() { loaders }: Context,
  ): Promise<object | null> {
    return loaders.organization.load(id);
  }

  @Query(() => OrganizationType, { nullable: true, description: "An organisation by its short name. Public." })
  organizationBySlug(
    @Arg("slug", () => String, { description: "The short name it is known by." }) slug: string,
    @Ctx() { services }: Context,
  ): Promise<object | null> {
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
  ): Promise<object> {
    return asked(context, () => context.services.organizations.list(filter ?? {}, page));
  }

  @Mutation(() => RegisterOrganizationPayload, { description: "Registers an organisation. Officers only." })
  registerOrganization(
    @Input(registerOrganization, "The name, kind and division of the new organisation.")
    input: Asked<typeof registerOrganization>,
    @Ctx() context: Context,
  ): Promise<object> {
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
  ): Promise<object> {
    return batched(context, "organizations", "organization", () =>
      context.services.organizations.registerAll(context.actor, input),
    );
  }

  @FieldResolver(() => Int)
  certifiedWorkers(@Root() { id }: Organization, @Ctx() { loaders }: Context): Promise<number> {
    return loaders.certifiedWorkers.load(id);
  }
  @FieldResolver(() => Int, { nullable: true })
  requiredWorkers(@Root() { kind }: Organization, @Ctx() { loaders }: Context): Promise<number> | null {
    return kind === "SOCIAL_WORK_STATION" ? loaders.requiredWorkers.load("all") : null;
  }
  @FieldResolver(() => DivisionType)
  division(@Root() organization: Organization, @Ctx() context: Context): Promise<object> {
    return divisionOf(organization.divisionCode, context);
  }

  @FieldResolver(() => ServiceRecordConnection, {
    complexity: askedEach,
    description: "Its records, for its own staff, officers and auditors.",
  })
  serviceRecords(
    @Root() { id }: Organization,
    @Ctx() context: Context,
    @Args(() => RecordsByDeadline) { filter, orderBy, ...page }: InstanceType<typeof RecordsByDeadline>,
  ): Promise<object> {
    return asked(context, () =>
      context.services.hours.list(
        context.actor,
        { ...filter, volunteerIs: filter?.volunteerId, organizationId: id },
        orderBy,
        page,
      ),
    );
  }

  @FieldResolver(() => MonthSummaryType, {
    complexity: askedEach,
    description: "A month in sums, for its own staff, officers and auditors.",
  })
  monthSummary(
    @Root() { id }: Organization,
    @Arg("month", () => MonthScalar, { description: "Which month, by Asia/Shanghai." }) month: string,
    @Ctx() context: Context,
  ): Promise<object> {
    return asked(context, () => context.services.hours.monthSummary(context.actor, id, month));
  }

  @FieldResolver(() => AccountConnection, {
    complexity: askedEach,
    description: "Accounts of its volunteers that owe minutes after a reversal.",
  })
  owingAccounts(
    @Root() { id }: Organization,
    @Ctx() context: Context,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<object> {
    return asked(context, () => context.services.ledger.owing(context.actor, id, page));
  }
}

@Resolver(() => MonthSummaryType)
export class MonthSummaryResolver {
  @FieldResolver(() => [MonthServiceType])
  byServiceType(@Root() summary: MonthSummary, @Ctx() { loaders }: Context): Promise<object[]> {
    return Promise.all(
      summary.byServiceType.map(async (line) => ({
        ...line,
        serviceType: await loaders.serviceType.load(line.serviceType),
      })),
    );
  }

  @FieldResolver(() => Number, { nullable: true })
  recordedOnTimeRatio(@Root() { recordedOnTimePerMille }: MonthSummary): number | null {
    return recordedOnTimePerMille === null ? null : recordedOnTimePerMille / 1000;
  }
}
