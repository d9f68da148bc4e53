import { Ctx, ObjectType, Resolver, Root } from "type-graphql";
import type { Organization } from "../../domain/facts/organizations";
import type { Asked } from "../../services/bank/fields";
import { advanceOrganizationHead, proposeOrganizationHead } from "../../services/organizations/commands";
import type { Context } from "../kit/context";
import { keyed, Payload, stepped } from "../kit/errors";
import { FieldResolver, Mutation, Outcome, Output, type Row } from "../kit/fields";
import { Input } from "../kit/inputs";
import { NodeType } from "../kit/node";
import { OrganizationType } from ".";
import { HeadState } from "./enums";

@ObjectType("OrganizationHead", {
  implements: NodeType,
  description:
    "A person who is, or is to be, the head of an organisation. Its admins, its supervising unit and the office see it.",
})
export class OrganizationHeadType extends NodeType {
  @Output(() => String, { nullable: true, description: "The name of the person; null once erased." })
  displayName: string | null;
  @Output(() => HeadState, { description: "The state in which the proposal or the office is now." }) state: HeadState;
  @Output(() => String, { nullable: true, description: "The reason for the last step; null where none was given." })
  reason: string | null;
}

@ObjectType({ description: "Answers a mutation about the head of an organisation." })
export class OrganizationHeadPayload extends Payload {
  @Outcome(() => OrganizationHeadType, "The head that this is about")
  head: Row<OrganizationHeadType> | null;
}

@Resolver(() => OrganizationType)
export class OrganizationHeadResolver {
  @Mutation(() => OrganizationHeadPayload, {
    description: "Proposes a head. The organisation's admin and officers may do this.",
  })
  proposeOrganizationHead(
    @Input(proposeOrganizationHead, "The name of the person, and the organisation.")
    input: Asked<typeof proposeOrganizationHead>,
    @Ctx() context: Context,
  ) {
    return keyed(context, "head", () => context.services.heads.propose(context.actor, input));
  }
  @Mutation(() => OrganizationHeadPayload, {
    description:
      "Approves, refuses or ends a head. The supervising unit's admin and officers may do this, but not the person who proposed; the organisation's admin may also end one.",
  })
  advanceOrganizationHead(
    @Input(advanceOrganizationHead, "The head, and the step.")
    input: Asked<typeof advanceOrganizationHead>,
    @Ctx() context: Context,
  ) {
    return stepped(context, "head", () => context.services.heads.advance(context.actor, input));
  }

  @FieldResolver(() => [OrganizationHeadType], {
    description: "The heads of the organisation, the first proposed first; empty where you may not see them.",
  })
  heads(@Root() { id }: Organization, @Ctx() { loaders }: Context) {
    return loaders.heads.load(id);
  }
}
