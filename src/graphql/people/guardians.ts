import { Arg, Ctx, Field, FieldResolver, ID, InputType, Mutation, ObjectType, Resolver, Root } from "type-graphql";
import type { Actor } from "../../domain/permissions/actors";
import type { Context } from "../kit/context";
import { attempt, Payload, stepKey } from "../kit/errors";
import { PersonType } from ".";
import { ViewerType, VolunteerType } from "./volunteers";

@InputType({ description: "Who answers for a minor, so that they may consent by themselves." })
export class LinkGuardianInput {
  @Field(() => ID, { description: "Your key: the same key and input answers the same again." }) idempotencyKey: string;
  @Field(() => ID, { description: "The minor, by volunteer id." }) volunteerId: string;
  @Field(() => ID, { description: "The guardian, a registered adult, by volunteer id." }) guardianId: string;
}
@InputType({ description: "Somebody who does not answer for a minor any more." })
export class EndGuardianshipInput {
  @Field(() => ID, { nullable: true, description: stepKey }) idempotencyKey?: string | null;
  @Field(() => ID, { description: "The minor, by volunteer id." }) volunteerId: string;
  @Field(() => ID, { description: "The guardian, by volunteer id; by person id where they are no volunteer." })
  guardianId: string;
  @Field(() => String, { description: "The reason; it is kept sealed." }) reason: string;
}
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
    @Arg("input", () => LinkGuardianInput, { description: "The minor and the guardian." }) input: LinkGuardianInput,
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
    @Arg("input", () => EndGuardianshipInput, { description: "The minor, the guardian and the reason." })
    input: EndGuardianshipInput,
    @Ctx() context: Context,
  ): Promise<object> {
    return attempt(context, async () => {
      const wardId = await context.services.guardians.end(context.actor, input);
      return { volunteer: await context.loaders.volunteer.load(wardId), replayed: false };
    });
  }
}
