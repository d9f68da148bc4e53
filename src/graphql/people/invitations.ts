import { Args, Ctx, ObjectType, Resolver, Root } from "type-graphql";
import type { Invitation } from "../../domain/facts/people";
import type { Asked } from "../../services/bank/fields";
import {
  acceptInvitation,
  invitationFilter,
  invitePeople,
  revokeInvitation,
} from "../../services/people/commands/invitations";
import type { Context } from "../kit/context";
import { askedEach } from "../kit/costs";
import { asked, attempt, Payload, stepped } from "../kit/errors";
import { FieldResolver, Mutation, Outcome, Output, type Row } from "../kit/fields";
import { Filter, Input } from "../kit/inputs";
import { NodeType } from "../kit/node";
import { connectionOf, PageArgs } from "../kit/paging";
import { DateTimeScalar } from "../kit/scalars";
import { OrganizationType } from "../organizations";
import { PersonType } from ".";
import { InvitationState, InviteeKind } from "./enums";
import { ViewerType, VolunteerType } from "./volunteers";

@ObjectType("Invitation", {
  implements: NodeType,
  description: "A one-time code by which a person signs in to a registration that an organisation made for them.",
})
export class InvitationType extends NodeType {
  @Output(() => InviteeKind, { description: "The capacity in which the person is invited." }) kind: InviteeKind;
  @Output(() => String, {
    nullable: true,
    description: "The code, which has ten signs. Only the first answer to invitePeople contains it; null ever after.",
  })
  code(@Root() { code }: { code?: string | null }) {
    return code ?? null;
  }
  @Output(() => String, {
    nullable: true,
    description:
      "The address of the page at which the code is entered, with the code behind its `#`; null where `code` is.",
  })
  link(@Root() { link }: { link?: string | null }) {
    return link ?? null;
  }
  @Output(() => InvitationState, { description: "The state in which the invitation is now." }) state: InvitationState;
  @Output(() => DateTimeScalar, { description: "The instant at which the invitation was made." }) invitedAt: number;
  @Output(() => DateTimeScalar, { description: "The instant from which the code opens nothing." }) expiresAt: number;
  @Output(() => DateTimeScalar, {
    nullable: true,
    description: "The instant at which the code was used; null while it was not.",
  })
  acceptedAt: number | null;
  @Output(() => VolunteerType, {
    nullable: true,
    description: "The volunteer who is invited, or the minor whose guardian is; null for staff.",
  })
  volunteer(@Root() { volunteerId }: Invitation, @Ctx() { loaders }: Context) {
    return volunteerId === null ? null : loaders.volunteer.load(volunteerId);
  }
  @Output(() => PersonType, { nullable: true, description: "The person who is invited; null for a guardian." })
  person(@Root() { personId }: Invitation) {
    return personId === null ? null : { id: personId };
  }
}
const InvitationConnection = connectionOf("Invitation", () => InvitationType);

@ObjectType({ description: "Answers the mutation invitePeople." })
export class InvitePeoplePayload extends Payload {
  @Output(() => [InvitationType], {
    description: "The invitations in the order of the input; empty where the request was refused.",
  })
  invitations: readonly Row<InvitationType>[];
}
@ObjectType({ description: "Answers the mutation revokeInvitation." })
export class RevokeInvitationPayload extends Payload {
  @Outcome(() => InvitationType, "The invitation as it is now")
  invitation: Row<InvitationType> | null;
}
@ObjectType({ description: "Answers the mutation acceptInvitation." })
export class AcceptInvitationPayload extends Payload {
  @Outcome(() => ViewerType, "The viewer that you are from now on")
  viewer: Row<ViewerType> | null;
}

@Resolver(() => InvitationType)
export class InvitationResolver {
  @Mutation(() => InvitePeoplePayload, {
    description:
      "Gives people one-time codes to sign in. The staff of the station that registered a volunteer, and officers, invite volunteers and the guardians of minors; the organisation's admin, and officers, invite staff. NOT_PERMITTED where the person holds a role that you could not give. The organisation's earlier code for the same person opens nothing from then on.",
  })
  async invitePeople(
    @Input(invitePeople, "The organisation, and the people to invite.")
    input: Asked<typeof invitePeople>,
    @Ctx() context: Context,
  ) {
    const answer = await attempt(context, async () => {
      const { value, replayed } = await context.services.invitations.invite(context.actor, input);
      const linked = value.map((invited) => ({
        ...invited,
        link: invited.code && `${context.publicUrl}/join#${invited.code}`,
      }));
      return { invitations: linked, replayed };
    });
    return { invitations: [], ...answer };
  }
  @Mutation(() => RevokeInvitationPayload, {
    description:
      "Takes an invitation back: its code opens nothing any more. Everyone who may invite such a person there may do this.",
  })
  revokeInvitation(
    @Input(revokeInvitation, "The invitation, and the reason.")
    input: Asked<typeof revokeInvitation>,
    @Ctx() context: Context,
  ) {
    return stepped(context, "invitation", () => context.services.invitations.revoke(context.actor, input));
  }
  @Mutation(() => AcceptInvitationPayload, {
    description:
      "Links your way to sign in to the person who was invited, or makes you the minor's guardian. Everyone who is signed in may do this. INVITATION_INVALID for a code that does not exist, was used, or was taken back. INVITATION_EXPIRED. KNOWN_AS_ANOTHER where the bank knows you as another person. TOO_MANY_TRIES, with `until` in its details, after five wrong codes within an hour, or a hundred from one address.",
  })
  acceptInvitation(
    @Input(acceptInvitation, "The code of the invitation.")
    input: Asked<typeof acceptInvitation>,
    @Ctx() context: Context,
  ) {
    return attempt(context, async () => {
      const { value: id, replayed } = await context.services.invitations.accept(context.actor, input, context.address);
      await context.renew();
      return { viewer: { id, actor: context.actor }, replayed };
    });
  }
}

@Resolver(() => OrganizationType)
export class OrganizationInvitationsResolver {
  @FieldResolver(() => InvitationConnection, {
    complexity: askedEach,
    description:
      "The invitations of the organisation, the newest first. Its workers, supervisors and admins, officers and auditors see them.",
  })
  invitations(
    @Root() { id }: { id: string },
    @Ctx() context: Context,
    @Args(() => PageArgs) page: PageArgs,
    @Filter(invitationFilter)
    filter?: Asked<typeof invitationFilter>,
  ) {
    return asked(context, () => context.services.invitations.list(context.actor, id, filter ?? {}, page));
  }
}
