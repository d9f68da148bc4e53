import { Ctx, ObjectType, Resolver, Root } from "type-graphql";
import type { IdentityLink } from "../../domain/facts/people";
import { identityLinkLabels } from "../../domain/people/identities";
import type { Actor } from "../../domain/permissions/actors";
import type { Asked } from "../../services/bank/fields";
import { linkIdentity, unlinkIdentity } from "../../services/people/commands";
import { ActorType, actorOf } from "../kit/actors";
import type { Context } from "../kit/context";
import { attempt, Payload } from "../kit/errors";
import { FieldResolver, Mutation, Output, type Row } from "../kit/fields";
import { Input } from "../kit/inputs";
import { NodeType } from "../kit/node";
import { DateTimeScalar } from "../kit/scalars";
import { PersonType } from ".";
import { IdentityLinkKind } from "./enums";
import { ViewerType, VolunteerType } from "./volunteers";

@ObjectType("IdentityLinkedBy", { description: "How a way to sign in became somebody's." })
export class IdentityLinkedByType {
  @Output(() => IdentityLinkKind, { description: "By what it was linked." }) kind: IdentityLinkKind;
  @Output(() => String, { description: "The same in words, in the language of Accept-Language." }) label: string;
  @Output(() => ActorType, { description: "As what it was done; never by whom." }) actor: Row<ActorType>;
}

@ObjectType("Identity", {
  implements: NodeType,
  description:
    "A way to sign in that is, or was, a person's: one subject of a token issuer, from its link to its end. A person may have several; a subject is one person at a time.",
})
export class IdentityType extends NodeType {
  @Output(() => String, {
    nullable: true,
    description: "Whose tokens they are, as an address; null where an earlier release linked it.",
  })
  issuer: string | null;
  @Output(() => DateTimeScalar, { description: "The instant at which it was linked." }) linkedAt: number;
  @Output(() => IdentityLinkedByType, { description: "By what it was linked, and as what." })
  linkedBy(@Root() { kind, linkedBy }: IdentityLink, @Ctx() { language }: Context) {
    const actor = actorOf({ actorKind: linkedBy }, { language });
    return { kind, label: identityLinkLabels[kind][language], actor };
  }
  @Output(() => DateTimeScalar, {
    nullable: true,
    description: "The instant from which its tokens are nobody; null while it is linked.",
  })
  unlinkedAt: number | null;
}

@ObjectType({ description: "The answer to linkIdentity." })
export class LinkIdentityPayload extends Payload {
  @Output(() => IdentityType, { nullable: true, description: "The identity as it is linked." })
  identity: Row<IdentityType> | null;
}
@ObjectType({ description: "The answer to unlinkIdentity." })
export class UnlinkIdentityPayload extends Payload {
  @Output(() => IdentityType, { nullable: true, description: "The identity as it ended." })
  identity: Row<IdentityType> | null;
}

@Resolver(() => IdentityType)
export class IdentityResolver {
  @Mutation(() => LinkIdentityPayload, {
    description:
      "Ties a subject of a token issuer to a person: a supervisor of their station, or an officer, who has seen the papers. NOT_PERMITTED where the person holds a role that you could not give; DUPLICATE_PERSON where the subject is another person; INVALID_INPUT for another issuer than the bank's; ILLEGAL_TRANSITION for a volunteer who died.",
  })
  linkIdentity(
    @Input(linkIdentity, "The subject, the person and the reason.")
    input: Asked<typeof linkIdentity>,
    @Ctx() context: Context,
  ) {
    return attempt(context, async () => {
      const { value, replayed } = await context.services.identities.link(context.actor, input);
      return { identity: value, replayed };
    });
  }
  @Mutation(() => UnlinkIdentityPayload, {
    description:
      "Ends a way to sign in: its tokens are nobody at once. The person themselves, a supervisor of their station, an officer. LAST_IDENTITY where it is your own last one.",
  })
  unlinkIdentity(
    @Input(unlinkIdentity, "The identity and the reason.")
    input: Asked<typeof unlinkIdentity>,
    @Ctx() context: Context,
  ) {
    return attempt(context, async () => ({
      identity: await context.services.identities.unlink(context.actor, input),
      replayed: false,
    }));
  }
}

const seenBy = "the person themselves, supervisors of their station and officers; else empty";

@Resolver(() => ViewerType)
export class ViewerIdentitiesResolver {
  @FieldResolver(() => [IdentityType], {
    description: "Your ways to sign in, the earliest first, those that ended too.",
  })
  identities(@Root() { actor }: { actor: Actor }, @Ctx() { loaders }: Context) {
    return actor.personId === null ? [] : loaders.identitiesOfPerson.load(actor.personId);
  }
}
@Resolver(() => PersonType)
export class PersonIdentitiesResolver {
  @FieldResolver(() => [IdentityType], { description: `Their ways to sign in, the earliest first, for ${seenBy}.` })
  identities(@Root() { id }: { id: string }, @Ctx() { loaders }: Context) {
    return loaders.identitiesOfPerson.load(id);
  }
}
@Resolver(() => VolunteerType)
export class VolunteerIdentitiesResolver {
  @FieldResolver(() => [IdentityType], { description: `Their ways to sign in, the earliest first, for ${seenBy}.` })
  identities(@Root() { personId }: { personId: string }, @Ctx() { loaders }: Context) {
    return loaders.identitiesOfPerson.load(personId);
  }
}
