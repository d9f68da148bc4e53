import {
  Arg,
  Args,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from "type-graphql";
import { type PolicyVersion } from "../../domain/policies";
import { type PolicyKey, parameters } from "../../domain/policies/parameters";
import { type Context, type Language, shownServiceType } from "../kit/context";
import { PolicyStatus } from "../kit/enums";
import { asked, attempt, Payload } from "../kit/errors";
import { NodeType } from "../kit/node";
import { connectionOf, PageArgs } from "../kit/paging";
import { DateScalar, JSONScalar } from "../kit/scalars";

@ObjectType("ServiceType", { description: "A kind of service in the catalogue in force." })
export class ServiceTypeType {
  @Field(() => String, { description: "The code that records carry." }) code: string;
  @Field(() => String, { description: "Its name for people, by Accept-Language." }) label: string;
  @Field(() => Boolean, { description: "Whether the volunteer needs a professional qualification." })
  needsQualification: boolean;
  @Field(() => Boolean, { description: "Whether minors may take part." }) openToMinors: boolean;
}

@ObjectType("PolicyVersion", {
  implements: NodeType,
  description: "One dated value of one of the bank's rules, with the clause it comes from.",
})
export class PolicyVersionType extends NodeType {
  @Field(() => String, { description: "Which rule it sets." }) key: string;
  @Field(() => String, { description: "The rule in words." }) label: string;
  @Field(() => JSONScalar, { description: "Its value; minutes, days or years as the label says." }) value: unknown;
  @Field(() => DateScalar, { description: "The first civil day it holds." }) effectiveFrom: string;
  @Field(() => DateScalar, {
    nullable: true,
    description: "The last civil day it holds; null while no later version is set.",
  })
  effectiveTo: string | null;
  @Field(() => String, { description: "The clause or document behind the number." }) citation: string;
  @Field(() => PolicyStatus, { description: "How well the number is sourced." }) status: string;
}
export const PolicyVersionConnection = connectionOf("PolicyVersion", () => PolicyVersionType as never);

@InputType({ description: "Which policies; a field left out does not filter." })
export class PolicyFilter {
  @Field(() => DateScalar, { nullable: true, description: "Only versions in force on this day." }) on?: string | null;
  @Field(() => [String], { nullable: true, description: "Only these rules, by their keys." }) key?: string[] | null;
}

@InputType({ description: "A new version of a rule, from today on or later." })
export class SetPolicyInput {
  @Field(() => ID, { description: "Your key: the same key and input answers the same again." }) idempotencyKey: string;
  @Field(() => String, { description: "Which rule, by its key." }) key: string;
  @Field(() => JSONScalar, { description: "The value it has from that day." }) value: unknown;
  @Field(() => DateScalar, { description: "The first day it holds; never before today." }) effectiveFrom: string;
  @Field(() => String, { description: "The clause or document that the value is taken from." }) citation: string;
}

@ObjectType({ description: "The answer to setPolicy." })
export class SetPolicyPayload extends Payload {
  @Field(() => PolicyVersionType, { nullable: true, description: "The version that was set." }) policyVersion?:
    | object
    | null;
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
    @Arg("filter", () => PolicyFilter, {
      nullable: true,
      description: "Only what fits; a field left out does not filter.",
    })
    filter?: PolicyFilter,
  ): Promise<object> {
    return asked(context, () => context.services.policies.list(filter ?? {}, page));
  }

  @Query(() => [ServiceTypeType], { description: "The catalogue of services in force today. Public." })
  async serviceTypes(@Ctx() { services, language }: Context): Promise<ServiceTypeType[]> {
    return (await services.policies.catalogue()).map((type) => shownServiceType(type, language));
  }

  @Mutation(() => SetPolicyPayload, {
    description: "Sets a rule from a day on. Officers only; POLICY_RETROACTIVE before today.",
  })
  setPolicy(
    @Arg("input", () => SetPolicyInput, { description: "Which rule, its new value, from when, and its source." })
    input: SetPolicyInput,
    @Ctx() context: Context,
  ): Promise<object> {
    return attempt(context, async () => {
      const { value, replayed } = await context.services.policies.set(context.actor, input);
      return { policyVersion: value, replayed };
    });
  }

  @FieldResolver(() => String)
  label(@Root() { key }: PolicyVersion, @Ctx() { language }: Context): string {
    return ruleName(key, language);
  }

  @FieldResolver(() => DateScalar, { nullable: true })
  effectiveTo(@Root() { id }: PolicyVersion, @Ctx() { loaders }: Context): Promise<string | null> {
    return loaders.effectiveTo.load(id);
  }
}
