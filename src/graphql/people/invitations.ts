import { Args, Ctx, ObjectType, Resolver, Root } from "type-graphql";
import type { Invitation } from "../../domain/facts/people";
import type { Asked } from "../../services/bank/fields";
import { acceptInvitation, invitationFilter, invitePeople, revokeInvitation } from "../../services/people/commands";
import type { Context } from "../kit/context";
import { askedEach } from "../kit/costs";
import { asked, attempt, Payload } from "../kit/errors";
import { FieldResolver, Mutation, Output, type Row } from "../kit/fields";
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
  description: "A one-time code by which a person reaches what an organisation registered for them.",
})
export class InvitationType extends NodeType {
  @Output(() => InviteeKind, { description: "As what the person is invited." }) kind: InviteeKind;
  @Output(() => String, {
    nullable: true,
    description: "The code, of ten signs: told once, in the first answer to invitePeople; null ever after.",
  })
  code(@Root() { code }: { code?: string | null }) {
    return code ?? null;
  }
  @Output(() => String, {
    nullable: true,
    description: "The page at which the code is entered, with the code behind its `#`; null where the code is.",
  })
  link(@Root() { link }: { link?: string | null }) {
    return link ?? null;
  }
  @Output(() => InvitationState, { description: "How it stands now." }) state: InvitationState;
  @Output(() => DateTimeScalar, { description: "The instant at which it was made." }) invitedAt: number;
  @Output(() => DateTimeScalar, { description: "The instant from which its code opens nothing." }) expiresAt: number;
  @Output(() => DateTimeScalar, { nullable: true, description: "The instant at which its code was used." })
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

@ObjectType({ description: "The answer to invitePeople." })
export class InvitePeoplePayload extends Payload {
  @Output(() => [InvitationType], {
    description: "The invitations in the order of the input; empty where it was refused.",
  })
  invitations: readonly Row<InvitationType>[];
}
@ObjectType({ description: "The answer to revokeInvitation." })
export class RevokeInvitationPayload extends Payload {
  @Output(() => InvitationType, { nullable: true, description: "The invitation as it stands." })
  invitation: Row<InvitationType> | null;
}
@ObjectType({ description: "The answer to acceptInvitation." })
export class AcceptInvitationPayload extends Payload {
  @Output(() => ViewerType, { nullable: true, description: "Who you are from now on." }) viewer: Row<ViewerType> | null;
}

@Resolver(() => InvitationType)
export class InvitationResolver {
  @Mutation(() => InvitePeoplePayload, {
    description:
      "Gives people one-time codes. Volunteers and minors' guardians: staff of the station that registered the volunteer, officers; staff: the organisation's admin, officers. NOT_PERMITTED where the person holds a role that you could not give. The organisation's earlier code of the same person opens nothing from then on.",
  })
  async invitePeople(
    @Input(invitePeople, "The organisation and the people.")
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
    description: "Takes an invitation back: its code opens nothing. Whoever may invite such a person there.",
  })
  revokeInvitation(
    @Input(revokeInvitation, "The invitation and the reason.")
    input: Asked<typeof revokeInvitation>,
    @Ctx() context: Context,
  ) {
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
    @Input(acceptInvitation, "The code as it was typed.")
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
    description: "Its invitations, the newest first; for its workers, supervisors and admins, officers and auditors.",
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
