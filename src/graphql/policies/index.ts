import { Args, Ctx, ObjectType, Resolver, Root } from "type-graphql";
import type { PolicyVersion } from "../../domain/facts/policies";
import { type PolicyKey, parameters } from "../../domain/policies/parameters";
import type { Asked } from "../../services/bank/fields";
import { policyFilter, setPolicy } from "../../services/policies/commands";
import { type Context, type Language, shownServiceType } from "../kit/context";
import { asked, attempt, Payload } from "../kit/errors";
import { Mutation, Output, Query, type Row } from "../kit/fields";
import { Filter, Input } from "../kit/inputs";
import { NodeType } from "../kit/node";
import { connectionOf, PageArgs } from "../kit/paging";
import { DateScalar, JSONScalar } from "../kit/scalars";
import { PolicyStatus } from "./enums";

@ObjectType("ServiceType", { description: "A kind of service in the catalogue in force." })
export class ServiceTypeType {
  @Output(() => String, { description: "The code that records carry." }) code: string;
  @Output(() => String, { description: "Its name for people, by Accept-Language." }) label: string;
  @Output(() => Boolean, { description: "Whether the volunteer needs a professional qualification." })
  needsQualification: boolean;
  @Output(() => Boolean, { description: "Whether minors may take part." }) openToMinors: boolean;
}

@ObjectType("PolicyVersion", {
  implements: NodeType,
  description: "One dated value of one of the bank's rules, with the clause it comes from.",
})
export class PolicyVersionType extends NodeType {
  @Output(() => String, { description: "Which rule it sets." }) key: string;
  @Output(() => String, { description: "The rule in words." })
  label(@Root() { key }: PolicyVersion, @Ctx() { language }: Context) {
    return ruleName(key, language);
  }
  @Output(() => JSONScalar, { description: "Its value; minutes, days or years as the label says." }) value: unknown;
  @Output(() => DateScalar, { description: "The first civil day it holds." }) effectiveFrom: string;
  @Output(() => DateScalar, {
    nullable: true,
    description: "The last civil day it holds; null while no later version is set.",
  })
  effectiveTo(@Root() { id }: PolicyVersion, @Ctx() { loaders }: Context) {
    return loaders.effectiveTo.load(id);
  }
  @Output(() => String, { description: "The clause or document behind the number." }) citation: string;
  @Output(() => PolicyStatus, { description: "How well the number is sourced." }) status: PolicyStatus;
}
export const PolicyVersionConnection = connectionOf("PolicyVersion", () => PolicyVersionType);

@ObjectType({ description: "The answer to setPolicy." })
export class SetPolicyPayload extends Payload {
  @Output(() => PolicyVersionType, { nullable: true, description: "The version that was set." })
  policyVersion: Row<PolicyVersionType> | null;
}

/** What a rule is called, by its key: one that has left the table keeps its key. */
export function ruleName(key: string, language: Language): string {
  return parameters[key as PolicyKey]?.label[language] ?? key;
}

@Resolver(() => PolicyVersionType)
export class PolicyResolver {
  @Query(() => PolicyVersionConnection, { description: "The bank's rules as dated versions. Public." })
  policies(
    @Ctx() context: Context,
    @Args(() => PageArgs) page: PageArgs,
    @Filter(policyFilter)
    filter?: Asked<typeof policyFilter>,
  ) {
    return asked(context, () => context.services.policies.list(filter ?? {}, page));
  }

  @Query(() => [ServiceTypeType], { description: "The catalogue of services in force today. Public." })
  async serviceTypes(@Ctx() { services, language }: Context) {
    return (await services.policies.catalogue()).map((type) => shownServiceType(type, language));
  }

  @Mutation(() => SetPolicyPayload, {
    description: "Sets a rule from a day on. Officers only; POLICY_RETROACTIVE before today.",
  })
  setPolicy(
    @Input(setPolicy, "Which rule, its new value, from when, and its source.")
    input: Asked<typeof setPolicy>,
    @Ctx() context: Context,
  ) {
    return attempt(context, async () => {
      const { value, replayed } = await context.services.policies.set(context.actor, input);
      return { policyVersion: value, replayed };
    });
  }
}
