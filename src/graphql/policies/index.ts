import { Args, Ctx, ObjectType, Resolver, Root } from "type-graphql";
import type { PolicyVersion } from "../../domain/facts/policies";
import { type PolicyKey, parameters } from "../../domain/policies/parameters";
import type { Asked } from "../../services/bank/fields";
import { policyFilter, setPolicy } from "../../services/policies/commands";
import { type Context, type Language, shownServiceType } from "../kit/context";
import { asked, keyed, Payload } from "../kit/errors";
import { Mutation, Outcome, Output, Query, type Row } from "../kit/fields";
import { Filter, Input } from "../kit/inputs";
import { NodeType } from "../kit/node";
import { connectionOf, PageArgs } from "../kit/paging";
import { DateScalar, JSONScalar } from "../kit/scalars";
import { PolicyStatus } from "./enums";

@ObjectType("ServiceType", { description: "A kind of service of the catalogue that is in force." })
export class ServiceTypeType {
  @Output(() => String, { description: "The code that service records carry." }) code: string;
  @Output(() => String, { description: "The name that people read, in the language of Accept-Language." })
  label: string;
  @Output(() => Boolean, { description: "Whether the volunteer needs a professional qualification for it." })
  needsQualification: boolean;
  @Output(() => Boolean, { description: "Whether minors may give this kind of service." }) openToMinors: boolean;
}

@ObjectType("PolicyVersion", {
  implements: NodeType,
  description: "A dated value of one of the bank's rules, with the clause from which it is taken.",
})
export class PolicyVersionType extends NodeType {
  @Output(() => String, { description: "The key of the rule." }) key: string;
  @Output(() => String, { description: "The name of the rule that people read, with the unit of its value." })
  label(@Root() { key }: PolicyVersion, @Ctx() { language }: Context) {
    return ruleName(key, language);
  }
  @Output(() => JSONScalar, {
    description: "The value of the rule; `label` says whether it counts minutes, days or years.",
  })
  value: unknown;
  @Output(() => DateScalar, { description: "The first civil day on which the version holds." }) effectiveFrom: string;
  @Output(() => DateScalar, {
    nullable: true,
    description: "The last civil day on which the version holds; null while no later version is set.",
  })
  effectiveTo(@Root() { id }: PolicyVersion, @Ctx() { loaders }: Context) {
    return loaders.effectiveTo.load(id);
  }
  @Output(() => String, { description: "The clause or document from which the value is taken." }) citation: string;
  @Output(() => PolicyStatus, { description: "Says how well the source of the value is known." }) status: PolicyStatus;
}
export const PolicyVersionConnection = connectionOf("PolicyVersion", () => PolicyVersionType);

@ObjectType({ description: "Answers the mutation setPolicy." })
export class SetPolicyPayload extends Payload {
  @Outcome(() => PolicyVersionType, "The version that was set")
  policyVersion: Row<PolicyVersionType> | null;
}

/** The name of a rule, by its key. A rule that has left the table is called by its key. */
export function ruleName(key: string, language: Language): string {
  return parameters[key as PolicyKey]?.label[language] ?? key;
}

@Resolver(() => PolicyVersionType)
export class PolicyResolver {
  @Query(() => PolicyVersionConnection, {
    description: "Lists the bank's rules as dated versions. Everybody may read them.",
  })
  policies(
    @Ctx() context: Context,
    @Args(() => PageArgs) page: PageArgs,
    @Filter(policyFilter)
    filter?: Asked<typeof policyFilter>,
  ) {
    return asked(context, () => context.services.policies.list(filter ?? {}, page));
  }

  @Query(() => [ServiceTypeType], {
    description: "The catalogue of services that is in force today. Everybody may read it.",
  })
  async serviceTypes(@Ctx() { services, language }: Context) {
    return (await services.policies.catalogue()).map((type) => shownServiceType(type, language));
  }

  @Mutation(() => SetPolicyPayload, {
    description:
      "Sets the value of a rule from a day on. Officers may do this. POLICY_RETROACTIVE for a day before today.",
  })
  setPolicy(
    @Input(setPolicy, "The rule, its new value, the first day, and the source.")
    input: Asked<typeof setPolicy>,
    @Ctx() context: Context,
  ) {
    return keyed(context, "policyVersion", () => context.services.policies.set(context.actor, input));
  }
}
