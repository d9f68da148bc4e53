import { Ctx, ObjectType, Resolver, Root } from "type-graphql";
import type { Actor } from "../../domain/permissions/actors";
import type { Asked } from "../../services/bank/fields";
import { endGuardianship, linkGuardian } from "../../services/people/commands";
import type { Context } from "../kit/context";
import { attempt, Payload } from "../kit/errors";
import { FieldResolver, Mutation, Output, type Row } from "../kit/fields";
import { Input } from "../kit/inputs";
import { PersonType } from ".";
import { ViewerType, VolunteerType } from "./volunteers";

@ObjectType({ description: "The answer about a minor and who answers for them." })
export class GuardianshipPayload extends Payload {
  @Output(() => VolunteerType, { nullable: true, description: "The minor this is about." })
  volunteer: Row<VolunteerType> | null;
}

@ObjectType("VolunteerGuardian", { description: "A person who answers for a minor today." })
export class VolunteerGuardianType {
  @Output(() => String, { nullable: true, description: "What they are called; null once erased." })
  displayName: string | null;
  @Output(() => PersonType, {
    description: "The person, whom endGuardianship takes by id where the guardian is no volunteer.",
  })
  person: Row<PersonType>;
}
@Resolver(() => VolunteerType)
export class VolunteerGuardiansResolver {
  @FieldResolver(() => [VolunteerGuardianType], {
    description: "Who answers for a minor today, for the stations and officers who could end it; else empty.",
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
    description: "The minors you answer for today. Nobody answers for them once they are grown up.",
  })
  async wards(@Root() { actor }: { actor: Actor }, @Ctx() { services, loaders }: Context) {
    const wards = await services.guardians.wards(actor);
    return (await Promise.all(wards.map((id) => loaders.volunteer.load(id)))).filter((ward) => ward !== null);
  }
  @Mutation(() => GuardianshipPayload, {
    description:
      "Notes who answers for a minor. Their station, or an officer; VOLUNTEER_NOT_FOUND for an adult whom they do not see.",
  })
  linkGuardian(
    @Input(linkGuardian, "The minor and the guardian.")
    input: Asked<typeof linkGuardian>,
    @Ctx() context: Context,
  ) {
    return attempt(context, async () => {
      const { value, replayed } = await context.services.guardians.link(context.actor, input);
      return { volunteer: await context.loaders.volunteer.load(value), replayed };
    });
  }
  @Mutation(() => GuardianshipPayload, {
    description: "Notes that somebody does not answer for a minor any more. Their station, or an officer.",
  })
  endGuardianship(
    @Input(endGuardianship, "The minor, the guardian and the reason.")
    input: Asked<typeof endGuardianship>,
    @Ctx() context: Context,
  ) {
    return attempt(context, async () => {
      const wardId = await context.services.guardians.end(context.actor, input);
      return { volunteer: await context.loaders.volunteer.load(wardId), replayed: false };
    });
  }
}
