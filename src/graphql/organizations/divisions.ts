import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from "type-graphql";
import { type Division, isRetired, type DivisionKind as Kind } from "../../domain/organizations";
import type { BatchMode as Mode } from "../../services/contract";
import type { Context } from "../kit/context";
import { BatchMode, DivisionKind } from "../kit/enums";
import { BatchPayload, BatchResult, batched } from "../kit/errors";
import { DivisionType, divisionOf } from ".";

@InputType({
  description:
    "One line of setDivisions. It sets a division that the bank knows by this code, or adds one. Of a known division, a field left out stays as it is.",
})
export class DivisionInput {
  @Field(() => String, {
    description:
      "A short name in lower case such as fengqiao, or the official code itself, of 6, 9 or 12 digits; zeros at its end that name nothing are left out. Else DIVISION_CODE_INVALID.",
  })
  code: string;
  @Field(() => String, {
    nullable: true,
    description:
      "The code by GB/T 2260 (6 digits) and GB/T 10114 (9), or the statistics bureau's for villages (12); it follows from code where that is one. No two divisions share one.",
  })
  officialCode?: string | null;
  @Field(() => String, {
    description: "The name that people read; no two divisions in use beside each other share one.",
  })
  name: string;
  @Field(() => DivisionKind, {
    nullable: true,
    description:
      "The kind of division. It follows from an official code: digits 7 to 9 name a subdistrict (001-099), a town (100-199) or a township (200-399), digits 10 to 12 a community (001-199, 400-499) or a village (200-399, 500-599).",
  })
  kind?: Kind | null;
  @Field(() => String, {
    nullable: true,
    description:
      "The division it lies in, by its code or official code; it follows from an official code of 9 or 12 digits, and may stand anywhere in the same batch. DIVISION_NOT_FOUND, DIVISION_MISPLACED, DIVISION_RETIRED.",
  })
  parentCode?: string | null;
  @Field(() => Boolean, {
    nullable: true,
    description:
      "True ends it for new things and keeps its history (DIVISION_IN_USE while divisions in it are in use); false takes it into use again.",
  })
  retired?: boolean | null;
}

@InputType({ description: "Divisions to be set; lines may stand in any order." })
export class SetDivisionsInput {
  @Field(() => ID, { description: "Your key: the same key and input answers the same again." }) idempotencyKey: string;
  @Field(() => [DivisionInput], { description: "The divisions, a line each: 1 to 1000." }) divisions: DivisionInput[];
  @Field(() => BatchMode, { defaultValue: "EACH", description: "What becomes of good lines beside bad ones." })
  mode: Mode;
  @Field(() => Boolean, { defaultValue: false, description: "True tells what would happen and keeps nothing." })
  dryRun: boolean;
}

@ObjectType({ description: "What became of one line of setDivisions." })
export class DivisionResult extends BatchResult {
  @Field(() => DivisionType, { nullable: true, description: "The division as it is now; null when refused." })
  division: object | null;
}
@ObjectType({ description: "The answer to setDivisions." })
export class SetDivisionsPayload extends BatchPayload {
  @Field(() => [DivisionResult], { description: "Each line's fate, in the order of the lines." })
  results: DivisionResult[];
}

@Resolver(() => DivisionType)
export class DivisionResolver {
  @Query(() => [DivisionType], {
    description: "The administrative divisions, retired ones too; those right below one where it is named. Public.",
  })
  async divisions(
    @Ctx() { loaders, services }: Context,
    @Arg("parentCode", () => String, {
      nullable: true,
      description:
        "The division whose own parts are listed, by its code or official code; all divisions where left out.",
    })
    parentCode?: string | null,
  ): Promise<object[]> {
    return parentCode == null
      ? [...(await loaders.divisions.load("all")).values()]
      : services.divisions.inside(parentCode);
  }

  @Mutation(() => SetDivisionsPayload, {
    description:
      "Adds divisions, renames and moves them, retires them and takes them into use again. Officers of the whole bank only. A line that changes nothing counts as repeated.",
  })
  setDivisions(
    @Arg("input", () => SetDivisionsInput, { description: "The lines, and what becomes of good ones beside bad ones." })
    input: SetDivisionsInput,
    @Ctx() context: Context,
  ): Promise<object> {
    return batched(context, "divisions", "division", () => context.services.divisions.set(context.actor, input));
  }

  @FieldResolver(() => Boolean)
  retired(@Root() division: Division): boolean {
    return isRetired(division);
  }
  @FieldResolver(() => DivisionType, { nullable: true })
  parent(@Root() { parentCode }: Division, @Ctx() context: Context): Promise<object> | null {
    return parentCode === null ? null : divisionOf(parentCode, context);
  }
}
