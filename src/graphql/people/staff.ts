import { Ctx, ObjectType, Resolver, Root } from "type-graphql";
import type { Grant } from "../../domain/facts/people";
import type { Asked } from "../../services/bank/fields";
import { registerStaff } from "../../services/people/commands";
import type { Context } from "../kit/context";
import { BatchPayload, BatchResult, batched } from "../kit/errors";
import { Mutation, Output, type Row } from "../kit/fields";
import { Input } from "../kit/inputs";
import { PersonType } from ".";
import { GrantType } from "./volunteers";

@ObjectType({ description: "What became of one line of registerStaff." })
export class StaffResult extends BatchResult {
  @Output(() => GrantType, { nullable: true, description: "The role as it is held now; null when refused." })
  grant: Grant | null;
  @Output(() => PersonType, { nullable: true, description: "The person who holds it, whom invitePeople takes by id." })
  person(@Root() { grant }: { grant: Grant | null }) {
    return grant && { id: grant.personId };
  }
}
@ObjectType({ description: "The answer to registerStaff." })
export class RegisterStaffPayload extends BatchPayload {
  @Output(() => [StaffResult], { description: "Each line's fate, in the order of the lines." })
  results: readonly Row<StaffResult>[];
}

@Resolver(() => StaffResult)
export class StaffResolver {
  @Mutation(() => RegisterStaffPayload, {
    description:
      "Gives roles in a batch, and makes the persons who are new. Officers only, each at the organisations of their divisions; roles without an organisation by officers of the whole bank.",
  })
  registerStaff(
    @Input(registerStaff, "The lines, and what becomes of good ones beside bad ones.")
    input: Asked<typeof registerStaff>,
    @Ctx() context: Context,
  ) {
    return batched(context, "staff", "grant", () => context.services.staff.register(context.actor, input));
  }
}
