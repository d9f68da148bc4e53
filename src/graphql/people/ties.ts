import { Ctx, Int, ObjectType, Resolver, Root } from "type-graphql";
import type { Volunteer } from "../../domain/facts/people";
import type { Asked } from "../../services/bank/fields";
import { setTie } from "../../services/people/commands/ties";
import type { ShownTie } from "../../services/people/ties";
import type { Context } from "../kit/context";
import { attempt, Payload } from "../kit/errors";
import { FieldResolver, Mutation, Outcome, Output, type Row } from "../kit/fields";
import { Input } from "../kit/inputs";
import { DateScalar } from "../kit/scalars";
import { OrganizationType } from "../organizations";
import { TieKind } from "./enums";
import { VolunteerType } from "./volunteers";

@ObjectType("Tie", { description: "Says why an organisation sees a volunteer, and until when." })
export class TieType {
  @Output(() => OrganizationType, { nullable: true, description: "The organisation that sees the volunteer." })
  organization(@Root() { organizationId }: ShownTie, @Ctx() { loaders }: Context) {
    return loaders.organization.load(organizationId);
  }
  @Output(() => TieKind, { description: "The kind of tie by which the organisation sees the volunteer." })
  kind: TieKind;
  @Output(() => DateScalar, {
    nullable: true,
    description: "The last civil day of a tie that a sign-up or a submission has made; null where no day ends the tie.",
  })
  until: string | null;
  @Output(() => Int, {
    nullable: true,
    description:
      "The number of decisions about the organisation so far; pass it as `expectedVersion` of setTie. It is null for ties other than ALLOWED.",
  })
  version: number | null;
}

@ObjectType({ description: "Answers a mutation about a volunteer's ties." })
export class TiePayload extends Payload {
  @Outcome(() => VolunteerType, "The volunteer that this is about")
  volunteer: Row<VolunteerType> | null;
}

@Resolver(() => VolunteerType)
export class VolunteerTiesResolver {
  @FieldResolver(() => [TieType], {
    description:
      "The organisations that see the volunteer, and why. The volunteer, a guardian, and the staff who keep the registration see them.",
  })
  ties(@Root() { id }: Volunteer, @Ctx() { services, actor }: Context) {
    return services.ties.of(actor, id);
  }

  @Mutation(() => TiePayload, {
    description:
      "Lets an organisation see a volunteer, or ends that. The volunteer, a guardian (below the age of 14 only a guardian), and the station that registered the volunteer may do this.",
  })
  setTie(
    @Input(setTie, "The volunteer, the organisation, and whether it may see the volunteer.")
    input: Asked<typeof setTie>,
    @Ctx() context: Context,
  ) {
    return attempt(context, async () => {
      const id = await context.services.ties.set(context.actor, input);
      return { volunteer: await context.loaders.volunteer.load(id), replayed: false };
    });
  }
}
