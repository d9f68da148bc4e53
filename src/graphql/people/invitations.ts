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
  Resolver,
  Root,
} from "type-graphql";
import type { Invitation, InvitationState as State } from "../../domain/people/invitations";
import type { Context } from "../kit/context";
import { askedEach } from "../kit/costs";
import { InvitationState, InviteeKind } from "../kit/enums";
import { asked, attempt, Payload, stepKey } from "../kit/errors";
import { NodeType } from "../kit/node";
import { connectionOf, PageArgs } from "../kit/paging";
import { DateTimeScalar } from "../kit/scalars";
import { OrganizationType } from "../organizations";
import { PersonType } from ".";
import { ViewerType, VolunteerType } from "./volunteers";

@ObjectType("Invitation", {
  implements: NodeType,
  description: "A one-time code by which a person reaches what an organisation registered for them.",
})
export class InvitationType extends NodeType {
  @Field(() => InviteeKind, { description: "As what the person is invited." }) kind: string;
  @Field(() => String, {
    nullable: true,
    description: "The code, of ten signs: told once, in the first answer to invitePeople; null ever after.",
  })
  code: string | null;
  @Field(() => String, {
    nullable: true,
    description: "The page at which the code is entered, with the code behind its `#`; null where the code is.",
  })
  link: string | null;
  @Field(() => InvitationState, { description: "How it stands now." }) state: string;
  @Field(() => DateTimeScalar, { description: "The instant at which it was made." }) invitedAt: number;
  @Field(() => DateTimeScalar, { description: "The instant from which its code opens nothing." }) expiresAt: number;
  @Field(() => DateTimeScalar, { nullable: true, description: "The instant at which its code was used." })
  acceptedAt: number | null;
  @Field(() => VolunteerType, {
    nullable: true,
    description: "The volunteer who is invited, or the minor whose guardian is; null for staff.",
  })
  volunteer: object | null;
  @Field(() => PersonType, { nullable: true, description: "The person who is invited; null for a guardian." })
  person: object | null;
}
const InvitationConnection = connectionOf("Invitation", () => InvitationType as never);

@InputType({ description: "One of the three, and no other with it." })
export class InviteeInput {
  @Field(() => ID, { nullable: true, description: "A volunteer of the organisation, by id." }) volunteerId?:
    | string
    | null;
  @Field(() => ID, { nullable: true, description: "A person with a role at the organisation, by id." }) personId?:
    | string
    | null;
  @Field(() => ID, { nullable: true, description: "The minor whose guardian is invited, by volunteer id." })
  guardianOf?: string | null;
}
@InputType({ description: "Who is invited by which organisation." })
export class InvitePeopleInput {
  @Field(() => ID, { description: "Your key: the same key and input answers the same again, without the codes." })
  idempotencyKey: string;
  @Field(() => ID, { description: "The organisation that invites." }) organizationId: string;
  @Field(() => [InviteeInput], { description: "1 to 1000 people; all of them are invited, or none." })
  invitees: InviteeInput[];
}
@InputType({ description: "An invitation that is taken back, and why." })
export class RevokeInvitationInput {
  @Field(() => ID, { nullable: true, description: stepKey }) idempotencyKey?: string | null;
  @Field(() => ID, { description: "Which invitation, by its id." }) invitationId: string;
  @Field(() => String, { description: "The reason; it is kept sealed." }) reason: string;
}
@InputType({ description: "A code as it was typed." })
export class AcceptInvitationInput {
  @Field(() => ID, { description: "Your key: the same key and input answers the same again." }) idempotencyKey: string;
  @Field(() => String, { description: "The code; lower case, full width, spaces and dashes are read." }) code: string;
}
@InputType({ description: "Which invitations; a field left out does not filter." })
export class InvitationFilter {
  @Field(() => [InvitationState], { nullable: true, description: "In any of these states now." }) state?:
    | State[]
    | null;
}
@ObjectType({ description: "The answer to invitePeople." })
export class InvitePeoplePayload extends Payload {
  @Field(() => [InvitationType], {
    description: "The invitations in the order of the input; empty where it was refused.",
  })
  invitations: object[];
}
@ObjectType({ description: "The answer to revokeInvitation." })
export class RevokeInvitationPayload extends Payload {
  @Field(() => InvitationType, { nullable: true, description: "The invitation as it stands." }) invitation?:
    | object
    | null;
}
@ObjectType({ description: "The answer to acceptInvitation." })
export class AcceptInvitationPayload extends Payload {
  @Field(() => ViewerType, { nullable: true, description: "Who you are from now on." }) viewer?: object | null;
}

@Resolver(() => InvitationType)
export class InvitationResolver {
  @Mutation(() => InvitePeoplePayload, {
    description:
      "Gives people one-time codes. Volunteers and minors' guardians: staff of the station that registered the volunteer, officers; staff: the organisation's admin, officers. NOT_PERMITTED where the person holds a role that you could not give. The organisation's earlier code of the same person opens nothing from then on.",
  })
  async invitePeople(
    @Arg("input", () => InvitePeopleInput, { description: "The organisation and the people." })
    input: InvitePeopleInput,
    @Ctx() context: Context,
  ): Promise<object> {
    const answer = await attempt(context, async () => {
      const { value, replayed } = await context.services.invitations.invite(context.actor, input);
      const linked = value.map((one) => ({ ...one, link: one.code && `${context.publicUrl}/join#${one.code}` }));
      return { invitations: linked, replayed };
    });
    return { invitations: [], ...answer };
  }
  @Mutation(() => RevokeInvitationPayload, {
    description: "Takes an invitation back: its code opens nothing. Whoever may invite such a person there.",
  })
  revokeInvitation(
    @Arg("input", () => RevokeInvitationInput, { description: "The invitation and the reason." })
    input: RevokeInvitationInput,
    @Ctx() context: Context,
  ): Promise<object> {
    return attempt(context, async () => ({
      invitation: await context.services.invitations.revoke(context.actor, input),
      replayed: false,
    }));
  }
  @Mutation(() => AcceptInvitationPayload, {
    description:
      "Makes your token's subject the person who was invited, or you the minor's guardian. For whoever is signed in. INVITATION_INVALID for a code that never was, was used or taken back; INVITATION_EXPIRED; KNOWN_AS_ANOTHER where you are somebody else here; TOO_MANY_TRIES after five wrong codes within an hour, or a hundred from one address, with `until`.",
  })
  acceptInvitation(
    @Arg("input", () => AcceptInvitationInput, { description: "The code as it was typed." })
    input: AcceptInvitationInput,
    @Ctx() context: Context,
  ): Promise<object> {
    return attempt(context, async () => {
      const { value: id, replayed } = await context.services.invitations.accept(context.actor, input, context.address);
      await context.renew();
      return { viewer: { id, actor: context.actor }, replayed };
    });
  }
  @FieldResolver(() => VolunteerType, { nullable: true })
  volunteer(@Root() { volunteerId }: Invitation, @Ctx() { loaders }: Context): Promise<object | null> | null {
    return volunteerId === null ? null : loaders.volunteer.load(volunteerId);
  }
  @FieldResolver(() => PersonType, { nullable: true })
  person(@Root() { personId }: Invitation): object | null {
    return personId === null ? null : { id: personId };
  }
  @FieldResolver(() => String, { nullable: true })
  code(@Root() { code }: { code?: string | null }): string | null {
    return code ?? null;
  }
  @FieldResolver(() => String, { nullable: true })
  link(@Root() { link }: { link?: string | null }): string | null {
    return link ?? null;
  }
}

@Resolver(() => OrganizationType)
export class OrganizationInvitationsResolver {
  @FieldResolver(() => InvitationConnection, {
    complexity: askedEach,
    description: "Its invitations, the newest first; for its workers, supervisors and admins, officers and auditors.",
  })
  invitations(
    @Root() { id }: { id: string },
    @Ctx() context: Context,
    @Args(() => PageArgs) page: PageArgs,
    @Arg("filter", () => InvitationFilter, {
      nullable: true,
      description: "Only what fits; a field left out does not filter.",
    })
    filter?: InvitationFilter,
  ): Promise<object> {
    return asked(context, () => context.services.invitations.list(context.actor, id, filter ?? {}, page));
  }
}
