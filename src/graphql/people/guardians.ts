import { Ctx, Field, FieldResolver, Mutation, ObjectType, Resolver, Root } from "type-graphql";
import type { Actor } from "../../domain/permissions/actors";
import type { Asked } from "../../services/bank/fields";
import { endGuardianship, linkGuardian } from "../../services/people/commands";
import type { Context } from "../kit/context";
import { attempt, Payload } from "../kit/errors";
import { Input } from "../kit/inputs";
import { PersonType } from ".";
import { ViewerType, VolunteerType } from "./volunteers";

@ObjectType({ description: "The answer about a minor and who answers for them." })
export class GuardianshipPayload extends Payload {
  @Field(() => VolunteerType, { nullable: true, description: "The minor this is about." }) volunteer?: object | null;
}

@ObjectType("VolunteerGuardian", { description: "A person who answers for a minor today." })
export class VolunteerGuardianType {
  @Field(() => String, { nullable: true, description: "What they are called; null once erased." })
  displayName: string | null;
  @Field(() => PersonType, {
    description: "The person, whom endGuardianship takes by id where the guardian is no volunteer.",
  })
  person: object;
}
@Resolver(() => VolunteerType)
export class VolunteerGuardiansResolver {
  @FieldResolver(() => [VolunteerGuardianType], {
    description: "Who answers for a minor today, for the stations and officers who could end it; else empty.",
  })
  async guardians(@Root() { id }: { id: string }, @Ctx() { loaders }: Context): Promise<object[]> {
    const found = await loaders.guardians.load(id);
    return found.map(({ personId, displayName }) => ({ displayName, person: { id: personId } }));
  }
}

@Resolver(() => ViewerType)
export class ViewerWardsResolver {
  @FieldResolver(() => [VolunteerType], {
    description: "The minors you answer for today. Nobody answers for them once they are grown up.",
  })
  async wards(@Root() { actor }: { actor: Actor }, @Ctx() { services, loaders }: Context): Promise<object[]> {
    const found = await loaders.volunteer.loadMany(await services.guardians.wards(actor));
    return found.filter((ward) => ward !== null && !(ward instanceof Error)) as object[];
  }
  @Mutation(() => GuardianshipPayload, {
    description:
      "Notes who answers for a minor. Their station, or an officer; VOLUNTEER_NOT_FOUND for an adult whom they do not see.",
  })
  linkGuardian(
    @Input(linkGuardian, "The minor and the guardian.")
    input: Asked<typeof linkGuardian>,
    @Ctx() context: Context,
  ): Promise<object> {
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
  ): Promise<object> {
    return attempt(context, async () => {
      const wardId = await context.services.guardians.end(context.actor, input);
      return { volunteer: await context.loaders.volunteer.load(wardId), replayed: false };
    });
  }
}
