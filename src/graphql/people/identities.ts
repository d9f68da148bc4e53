import { Ctx, ObjectType, Resolver, Root } from "type-graphql";
import type { IdentityLink } from "../../domain/facts/people";
import { identityLinkLabels } from "../../domain/people/identities";
import type { Actor } from "../../domain/permissions/actors";
import type { Asked } from "../../services/bank/fields";
import { linkIdentity, unlinkIdentity } from "../../services/people/commands/identities";
import { ActorType, actorOf } from "../kit/actors";
import type { Context } from "../kit/context";
import { keyed, Payload, stepped } from "../kit/errors";
import { FieldResolver, Mutation, Outcome, Output, type Row } from "../kit/fields";
import { Input } from "../kit/inputs";
import { NodeType } from "../kit/node";
import { DateTimeScalar } from "../kit/scalars";
import { PersonType } from ".";
import { IdentityLinkKind } from "./enums";
import { ViewerType, VolunteerType } from "./volunteers";

@ObjectType("IdentityLinkedBy", { description: "Says how an identity was linked to a person." })
export class IdentityLinkedByType {
  @Output(() => IdentityLinkKind, { description: "The way in which the identity was linked." }) kind: IdentityLinkKind;
  @Output(() => String, {
    description: "The way in which the identity was linked, in words, in the language of Accept-Language.",
  })
  label: string;
  @Output(() => ActorType, { description: "The role in which it was done; the person is not shown." })
  actor: Row<ActorType>;
}

@ObjectType("Identity", {
  implements: NodeType,
  description:
    "A way in which a person signs in, or did: one subject of a token issuer, from its link to its end. A person may have several; a subject belongs to one person at a time.",
})
export class IdentityType extends NodeType {
  @Output(() => String, {
    nullable: true,
    description: "The address of the issuer of the tokens.",
  })
  issuer: string | null;
  @Output(() => DateTimeScalar, { description: "The instant at which the identity was linked to the person." })
  linkedAt: number;
  @Output(() => IdentityLinkedByType, {
    description: "The way in which the identity was linked, and the role of the person who linked it.",
  })
  linkedBy(@Root() { kind, linkedBy }: IdentityLink, @Ctx() { language }: Context) {
    const actor = actorOf({ actorKind: linkedBy }, { language });
    return { kind, label: identityLinkLabels[kind][language], actor };
  }
  @Output(() => DateTimeScalar, {
    nullable: true,
    description: "The instant from which its tokens sign nobody in; null while it is linked.",
  })
  unlinkedAt: number | null;
}

@ObjectType({ description: "Answers the mutation linkIdentity." })
export class LinkIdentityPayload extends Payload {
  @Outcome(() => IdentityType, "The identity as it is linked")
  identity: Row<IdentityType> | null;
}
@ObjectType({ description: "Answers the mutation unlinkIdentity." })
export class UnlinkIdentityPayload extends Payload {
  @Outcome(() => IdentityType, "The identity as it has ended")
  identity: Row<IdentityType> | null;
}

@Resolver(() => IdentityType)
export class IdentityResolver {
  @Mutation(() => LinkIdentityPayload, {
    description:
      "Links a way to sign in to a person. A supervisor of the person's station or an officer may do this, who must have seen the papers. NOT_PERMITTED where the person holds a role that you could not give; DUPLICATE_PERSON where the subject belongs to another person; INVALID_INPUT for an issuer that the bank does not trust; ILLEGAL_TRANSITION for a volunteer who has died.",
  })
  linkIdentity(
    @Input(linkIdentity, "The subject of the tokens, the person, and the reason.")
    input: Asked<typeof linkIdentity>,
    @Ctx() context: Context,
  ) {
    return keyed(context, "identity", () => context.services.identities.link(context.actor, input));
  }
  @Mutation(() => UnlinkIdentityPayload, {
    description:
      "Ends a way to sign in: its tokens sign nobody in any more, at once. The person themselves, a supervisor of the person's station, and officers may do this. LAST_IDENTITY where it is your own last one.",
  })
  unlinkIdentity(
    @Input(unlinkIdentity, "The identity, and the reason.")
    input: Asked<typeof unlinkIdentity>,
    @Ctx() context: Context,
  ) {
    return stepped(context, "identity", () => context.services.identities.unlink(context.actor, input));
  }
}

const seenBy =
  "The person themselves, supervisors of the person's station and officers see them; the list is empty for others.";

@Resolver(() => ViewerType)
export class ViewerIdentitiesResolver {
  @FieldResolver(() => [IdentityType], {
    description: "Your identities (ways to sign in), the earliest first, those that have ended too.",
  })
  identities(@Root() { actor }: { actor: Actor }, @Ctx() { loaders }: Context) {
    return actor.personId === null ? [] : loaders.identitiesOfPerson.load(actor.personId);
  }
}
@Resolver(() => PersonType)
export class PersonIdentitiesResolver {
  @FieldResolver(() => [IdentityType], {
    description: `The identities (ways to sign in) of the person, the earliest first. ${seenBy}`,
  })
  identities(@Root() { id }: { id: string }, @Ctx() { loaders }: Context) {
    return loaders.identitiesOfPerson.load(id);
  }
}
@Resolver(() => VolunteerType)
export class VolunteerIdentitiesResolver {
  @FieldResolver(() => [IdentityType], {
    description: `The identities (ways to sign in) of the person, the earliest first. ${seenBy}`,
  })
  identities(@Root() { personId }: { personId: string }, @Ctx() { loaders }: Context) {
    return loaders.identitiesOfPerson.load(personId);
  }
}
