import { Ctx, Int, ObjectType, Resolver, Root } from "type-graphql";
import type { Volunteer } from "../../domain/facts/people";
import type { Asked } from "../../services/bank/fields";
import { setTie } from "../../services/people/commands";
import type { ShownTie } from "../../services/people/ties";
import type { Context } from "../kit/context";
import { attempt, Payload } from "../kit/errors";
import { FieldResolver, Mutation, Output, type Row } from "../kit/fields";
import { Input } from "../kit/inputs";
import { DateScalar } from "../kit/scalars";
import { OrganizationType } from "../organizations";
import { TieKind } from "./enums";
import { VolunteerType } from "./volunteers";

@ObjectType("Tie", { description: "Why an organisation sees a volunteer, and until when." })
export class TieType {
  @Output(() => OrganizationType, { nullable: true, description: "The organisation that sees the volunteer." })
  organization(@Root() { organizationId }: ShownTie, @Ctx() { loaders }: Context) {
    return loaders.organization.load(organizationId);
  }
  @Output(() => TieKind, { description: "By what it sees them." }) kind: TieKind;
  @Output(() => DateScalar, {
    nullable: true,
    description: "The last day of a sign-up's or a submission's tie; null where no day ends it.",
  })
  until: string | null;
  @Output(() => Int, {
    nullable: true,
    description: "Of ALLOWED: counts what was said about the organisation; pass it as expectedVersion.",
  })
  version: number | null;
}

@ObjectType({ description: "The answer about a volunteer's ties." })
export class TiePayload extends Payload {
  @Output(() => VolunteerType, { nullable: true, description: "The volunteer this is about." })
  volunteer: Row<VolunteerType> | null;
}

@Resolver(() => VolunteerType)
export class VolunteerTiesResolver {
  @FieldResolver(() => [TieType], {
    description: "Who sees the volunteer and why. For themselves, their guardians, and who keeps their registration.",
  })
  ties(@Root() { id }: Volunteer, @Ctx() { services, actor }: Context) {
    return services.ties.of(actor, id);
  }

  @Mutation(() => TiePayload, {
    description:
      "Lets an organisation see a volunteer, or ends that. The volunteer, a guardian (alone below 14), or the station that registered them.",
  })
  setTie(
    @Input(setTie, "Which organisation, and whether it may.")
    input: Asked<typeof setTie>,
    @Ctx() context: Context,
  ) {
    return attempt(context, async () => {
      const id = await context.services.ties.set(context.actor, input);
      return { volunteer: await context.loaders.volunteer.load(id), replayed: false };
    });
  }
}
