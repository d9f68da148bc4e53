import { Arg, Ctx, ObjectType, Resolver } from "type-graphql";
import type { Asked } from "../../services/bank/fields";
import { setDivisions } from "../../services/organizations/commands";
import type { Context } from "../kit/context";
import { BatchPayload, BatchResult, batched } from "../kit/errors";
import { Mutation, Output, Query, type Row } from "../kit/fields";
import { Input } from "../kit/inputs";
import { DivisionType } from ".";

@ObjectType({ description: "The result of one line of setDivisions." })
export class DivisionResult extends BatchResult {
  @Output(() => DivisionType, {
    nullable: true,
    description: "The division as it is now; null where the line was refused.",
  })
  division: Row<DivisionType> | null;
}
@ObjectType({ description: "Answers the mutation setDivisions." })
export class SetDivisionsPayload extends BatchPayload {
  @Output(() => [DivisionResult], { description: "The result of each line, in the order of the lines." })
  results: readonly Row<DivisionResult>[];
}

@Resolver()
export class DivisionResolver {
  @Query(() => [DivisionType], {
    description:
      "Lists the administrative divisions, retired ones too; where `parentCode` is given, those right below it. Everybody may read them.",
  })
  async divisions(
    @Ctx() { loaders, services }: Context,
    @Arg("parentCode", () => String, {
      nullable: true,
      description:
        "The division whose parts are listed, by its code or official code; all divisions are listed where it is left out.",
    })
    parentCode?: string | null,
  ) {
    return parentCode == null
      ? [...(await loaders.divisions.load("all")).values()]
      : services.divisions.inside(parentCode);
  }

  @Mutation(() => SetDivisionsPayload, {
    description:
      "Adds divisions, renames and moves them, retires them and takes them into use again. Officers of the whole bank may do this. A line that changes nothing counts as repeated.",
  })
  setDivisions(
    @Input(setDivisions, "The divisions to set, and what becomes of good lines where others are refused.")
    input: Asked<typeof setDivisions>,
    @Ctx() context: Context,
  ) {
    return batched(context, "divisions", "division", () => context.services.divisions.set(context.actor, input));
  }
}
