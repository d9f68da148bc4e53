import { Arg, Ctx, Field, FieldResolver, ID, InputType, Mutation, ObjectType, Resolver, Root } from "type-graphql";
import type { HeadAction, Organization } from "../../domain/organizations";
import type { ShownHead } from "../../services/contract";
import type { Context } from "../kit/context";
import { HeadDecision, HeadState } from "../kit/enums";
import { attempt, Payload, stepKey } from "../kit/errors";
import { NodeType } from "../kit/node";
import { OrganizationType } from ".";

@ObjectType("OrganizationHead", {
  implements: NodeType,
  description: "Who is, or is to be, the head of an organisation; for its admins, its supervising unit and the office.",
})
export class OrganizationHeadType extends NodeType {
  @Field(() => String, { nullable: true, description: "What they are called; null once erased." })
  displayName: string | null;
  @Field(() => HeadState, { description: "In which state it is now." }) state: string;
  @Field(() => String, { nullable: true, description: "The reason of the last step, where one was given." })
  reason: string | null;
}
@InputType({ description: "Somebody whom an organisation wants as its head." })
export class ProposeOrganizationHeadInput {
  @Field(() => ID, { description: "Your key: the same key and input answers the same again." }) idempotencyKey: string;
  @Field(() => ID, { description: "Which organisation, by its id." }) organizationId: string;
  @Field(() => String, { description: "The name of the head; encrypted. NAME_INVALID." }) displayName: string;
}
@InputType({ description: "What becomes of a proposed or approved head." })
export class AdvanceOrganizationHeadInput {
  @Field(() => ID, { nullable: true, description: stepKey }) idempotencyKey?: string | null;
  @Field(() => ID, { description: "Which head, by its id." }) headId: string;
  @Field(() => HeadDecision, { description: "The step to be taken." }) action: Exclude<HeadAction, "PROPOSE">;
  @Field(() => String, { nullable: true, description: "Why; needed to refuse and to end." }) reason?: string | null;
}
@ObjectType({ description: "The answer about the head of an organisation." })
export class OrganizationHeadPayload extends Payload {
  @Field(() => OrganizationHeadType, { nullable: true, description: "The head this is about." }) head?: object | null;
}

@Resolver(() => OrganizationType)
export class OrganizationHeadResolver {
  @Mutation(() => OrganizationHeadPayload, { description: "Proposes a head. The organisation's admin, or an officer." })
  proposeOrganizationHead(
    @Arg("input", () => ProposeOrganizationHeadInput, { description: "Who, and of which organisation." })
    input: ProposeOrganizationHeadInput,
    @Ctx() context: Context,
  ): Promise<object> {
    return attempt(context, async () => {
      const { value, replayed } = await context.services.heads.propose(context.actor, input);
      return { head: value, replayed };
    });
  }
  @Mutation(() => OrganizationHeadPayload, {
    description:
      "Approves, refuses or ends a head. The supervising unit's admin or an officer, never who proposed; to end, the organisation's admin too.",
  })
  advanceOrganizationHead(
    @Arg("input", () => AdvanceOrganizationHeadInput, { description: "Which one, and which step." })
    input: AdvanceOrganizationHeadInput,
    @Ctx() context: Context,
  ): Promise<object> {
    return attempt(context, async () => ({
      head: await context.services.heads.advance(context.actor, input),
      replayed: false,
    }));
  }

  @FieldResolver(() => [OrganizationHeadType], {
    description: "Its heads, the first proposed first; empty where they are not yours to see.",
  })
  heads(@Root() { id }: Organization, @Ctx() { loaders }: Context): Promise<ShownHead[]> {
    return loaders.heads.load(id);
  }
}
