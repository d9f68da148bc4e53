import { Ctx, ObjectType, Resolver, Root } from "type-graphql";
import type { Organization } from "../../domain/facts/organizations";
import type { Asked } from "../../services/bank/fields";
import { advanceOrganizationHead, proposeOrganizationHead } from "../../services/organizations/commands";
import type { Context } from "../kit/context";
import { attempt, Payload } from "../kit/errors";
import { FieldResolver, Mutation, Output, type Row } from "../kit/fields";
import { Input } from "../kit/inputs";
import { NodeType } from "../kit/node";
import { OrganizationType } from ".";
import { HeadState } from "./enums";

@ObjectType("OrganizationHead", {
  implements: NodeType,
  description: "Who is, or is to be, the head of an organisation; for its admins, its supervising unit and the office.",
})
export class OrganizationHeadType extends NodeType {
  @Output(() => String, { nullable: true, description: "What they are called; null once erased." })
  displayName: string | null;
  @Output(() => HeadState, { description: "In which state it is now." }) state: HeadState;
  @Output(() => String, { nullable: true, description: "The reason of the last step, where one was given." })
  reason: string | null;
}

@ObjectType({ description: "The answer about the head of an organisation." })
export class OrganizationHeadPayload extends Payload {
  @Output(() => OrganizationHeadType, { nullable: true, description: "The head this is about." })
  head: Row<OrganizationHeadType> | null;
}

@Resolver(() => OrganizationType)
export class OrganizationHeadResolver {
  @Mutation(() => OrganizationHeadPayload, { description: "Proposes a head. The organisation's admin, or an officer." })
  proposeOrganizationHead(
    @Input(proposeOrganizationHead, "Who, and of which organisation.")
    input: Asked<typeof proposeOrganizationHead>,
    @Ctx() context: Context,
  ) {
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
    @Input(advanceOrganizationHead, "Which one, and which step.")
    input: Asked<typeof advanceOrganizationHead>,
    @Ctx() context: Context,
  ) {
    return attempt(context, async () => ({
      head: await context.services.heads.advance(context.actor, input),
      replayed: false,
    }));
  }

  @FieldResolver(() => [OrganizationHeadType], {
    description: "Its heads, the first proposed first; empty where they are not yours to see.",
  })
  heads(@Root() { id }: Organization, @Ctx() { loaders }: Context) {
    return loaders.heads.load(id);
  }
}
