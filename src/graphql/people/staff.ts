import { Arg, Ctx, Field, FieldResolver, ID, InputType, Mutation, ObjectType, Resolver, Root } from "type-graphql";
import type { Grant, Role } from "../../domain/permissions/actors";
import type { BatchMode as Mode } from "../../services/contract";
import type { Context } from "../kit/context";
import { BatchMode, RoleEnum } from "../kit/enums";
import { BatchPayload, BatchResult, batched } from "../kit/errors";
import { DateScalar } from "../kit/scalars";
import { PersonType } from ".";
import { GrantType } from "./volunteers";

@InputType({
  description:
    "One line of registerStaff. The person is known by personId, by the subject, or by the display name at the organisation; else a new person is made. A role that is held already repeats.",
})
export class StaffInput {
  @Field(() => RoleEnum, { description: "The role that is given." }) role: Role;
  @Field(() => ID, { nullable: true, description: "The organisation of a staff role, by its id." })
  organizationId?: string | null;
  @Field(() => String, { nullable: true, description: "The same organisation by its short name, in place of its id." })
  organizationSlug?: string | null;
  @Field(() => String, {
    nullable: true,
    description:
      "The division of an office's role, with all below it; the whole bank where left out, by its code or official code.",
  })
  divisionCode?: string | null;
  @Field(() => String, {
    nullable: true,
    description:
      "The name that others see; needed without personId. Another name than a known person's is DUPLICATE_PERSON.",
  })
  displayName?: string | null;
  @Field(() => ID, { nullable: true, description: "A person whom the bank knows already." }) personId?: string | null;
  @Field(() => String, {
    nullable: true,
    description: "The subject of the token issuer by which the person signs in; without one they are invited.",
  })
  subject?: string | null;
  @Field(() => String, { nullable: true, description: "The issuer of that subject, an address; needed with it." })
  issuer?: string | null;
  @Field(() => DateScalar, { nullable: true, description: "The first day it holds; today where left out." })
  validFrom?: string | null;
  @Field(() => DateScalar, { nullable: true, description: "The last day it holds; without end where left out." })
  validUntil?: string | null;
}

@InputType({ description: "Roles to be given, with the persons who hold them." })
export class RegisterStaffInput {
  @Field(() => ID, { description: "Your key: the same key and input answers the same again." }) idempotencyKey: string;
  @Field(() => [StaffInput], { description: "The staff, a line each: 1 to 1000." }) staff: StaffInput[];
  @Field(() => BatchMode, { defaultValue: "EACH", description: "What becomes of good lines beside bad ones." })
  mode: Mode;
  @Field(() => Boolean, { defaultValue: false, description: "True tells what would happen and keeps nothing." })
  dryRun: boolean;
}

@ObjectType({ description: "What became of one line of registerStaff." })
export class StaffResult extends BatchResult {
  @Field(() => GrantType, { nullable: true, description: "The role as it is held now; null when refused." })
  grant: Grant | null;
  @Field(() => PersonType, { nullable: true, description: "The person who holds it, whom invitePeople takes by id." })
  person: object | null;
}
@ObjectType({ description: "The answer to registerStaff." })
export class RegisterStaffPayload extends BatchPayload {
  @Field(() => [StaffResult], { description: "Each line's fate, in the order of the lines." }) results: StaffResult[];
}

@Resolver(() => StaffResult)
export class StaffResolver {
  @Mutation(() => RegisterStaffPayload, {
    description:
      "Gives roles in a batch, and makes the persons who are new. Officers only, each at the organisations of their divisions; roles without an organisation by officers of the whole bank.",
  })
  registerStaff(
    @Arg("input", () => RegisterStaffInput, {
      description: "The lines, and what becomes of good ones beside bad ones.",
    })
    input: RegisterStaffInput,
    @Ctx() context: Context,
  ): Promise<object> {
    return batched(context, "staff", "grant", () => context.services.staff.register(context.actor, input));
  }

  @FieldResolver(() => PersonType, { nullable: true })
  person(@Root() { grant }: StaffResult): object | null {
    return grant && { id: grant.personId };
  }
}
