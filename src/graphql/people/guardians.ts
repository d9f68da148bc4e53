import { Ctx, ObjectType, Resolver, Root } from "type-graphql";
import type { Actor } from "../../domain/permissions/actors";
import type { Asked } from "../../services/bank/fields";
import { endGuardianship, linkGuardian } from "../../services/people/commands/ties";
import type { Context } from "../kit/context";
import { attempt, Payload } from "../kit/errors";
import { FieldResolver, Mutation, Outcome, Output, type Row } from "../kit/fields";
import { Input } from "../kit/inputs";
import { PersonType } from ".";
import { ViewerType, VolunteerType } from "./volunteers";

@ObjectType({ description: "Answers a mutation about a minor and a guardian." })
export class GuardianshipPayload extends Payload {
  @Outcome(() => VolunteerType, "The minor that this is about")
  volunteer: Row<VolunteerType> | null;
}

@ObjectType("VolunteerGuardian", { description: "A guardian who answers for a minor today." })
export class VolunteerGuardianType {
  @Output(() => String, { nullable: true, description: "The name of the person; null once erased." })
  displayName: string | null;
  @Output(() => PersonType, {
    description: "The person, whose id endGuardianship takes where the guardian is no volunteer.",
  })
  person: Row<PersonType>;
}
@Resolver(() => VolunteerType)
export class VolunteerGuardiansResolver {
  @FieldResolver(() => [VolunteerGuardianType], {
    description:
      "The guardians of a minor today. The stations and officers who may end a guardianship see them; the list is empty for others.",
  })
  async guardians(@Root() { id }: { id: string }, @Ctx() { loaders }: Context) {
    return (await loaders.guardians.load(id)).map(({ personId, displayName }) => ({
      displayName,
      person: { id: personId },
    }));
  }
}

@Resolver(() => ViewerType)
export class ViewerWardsResolver {
  @FieldResolver(() => [VolunteerType], {
    description: "The minors whose guardian you are today. The list leaves them out once they are adults.",
  })
  async wards(@Root() { actor }: { actor: Actor }, @Ctx() { services, loaders }: Context) {
    const wards = await services.guardians.wards(actor);
    return (await Promise.all(wards.map((id) => loaders.volunteer.load(id)))).filter((ward) => ward !== null);
  }
  @Mutation(() => GuardianshipPayload, {
    description:
      "Links a guardian to a minor. The minor's station and officers may do this. VOLUNTEER_NOT_FOUND for an adult whom you do not see.",
  })
  linkGuardian(
    @Input(linkGuardian, "The minor, and the guardian.")
    input: Asked<typeof linkGuardian>,
    @Ctx() context: Context,
  ) {
    return attempt(context, async () => {
      const { value, replayed } = await context.services.guardians.link(context.actor, input);
      return { volunteer: await context.loaders.volunteer.load(value), replayed };
    });
  }
  @Mutation(() => GuardianshipPayload, {
    description: "Ends the link between a guardian and a minor. The minor's station and officers may do this.",
  })
  endGuardianship(
    @Input(endGuardianship, "The minor, the guardian, and the reason.")
    input: Asked<typeof endGuardianship>,
    @Ctx() context: Context,
  ) {
    return attempt(context, async () => {
      const wardId = await context.services.guardians.end(context.actor, input);
      return { volunteer: await context.loaders.volunteer.load(wardId), replayed: false };
    });
  }
}
