import { Ctx, ObjectType, Resolver, Root } from "type-graphql";
import type { Grant } from "../../domain/facts/people";
import type { Asked } from "../../services/bank/fields";
import { registerStaff } from "../../services/people/commands/staff";
import type { Context } from "../kit/context";
import { BatchPayload, BatchResult, batched } from "../kit/errors";
import { Mutation, Output, type Row } from "../kit/fields";
import { Input } from "../kit/inputs";
import { PersonType } from ".";
import { GrantType } from "./volunteers";

@ObjectType({ description: "The result of one line of registerStaff." })
export class StaffResult extends BatchResult {
  @Output(() => GrantType, {
    nullable: true,
    description: "The role as the person holds it now; null where the line was refused.",
  })
  grant: Grant | null;
  @Output(() => PersonType, {
    nullable: true,
    description: "The person who holds the role, whose id invitePeople takes; null where the line was refused.",
  })
  person(@Root() { grant }: { grant: Grant | null }) {
    return grant && { id: grant.personId };
  }
}
@ObjectType({ description: "Answers the mutation registerStaff." })
export class RegisterStaffPayload extends BatchPayload {
  @Output(() => [StaffResult], { description: "The result of each line, in the order of the lines." })
  results: readonly Row<StaffResult>[];
}

@Resolver(() => StaffResult)
export class StaffResolver {
  @Mutation(() => RegisterStaffPayload, {
    description:
      "Gives roles in a batch, and makes the persons who are new. Officers may do this, each at the organisations of their own divisions; officers of the whole bank may also give roles without an organisation.",
  })
  registerStaff(
    @Input(registerStaff, "The roles to give, and what becomes of good lines where others are refused.")
    input: Asked<typeof registerStaff>,
    @Ctx() context: Context,
  ) {
    return batched(context, "staff", "grant", () => context.services.staff.register(context.actor, input));
  }
}
