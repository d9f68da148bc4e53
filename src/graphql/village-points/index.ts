import { Arg, Args, Ctx, ID, Int, ObjectType, Resolver, Root } from "type-graphql";
import type { Household, VillagePoints } from "../../domain/facts/village-points";
import type { Asked } from "../../services/bank/fields";
import type { BoardLine } from "../../services/village-points";
import {
  awardVillagePoints,
  registerHousehold,
  reverseVillagePoints,
  reviseHousehold,
  splitHousehold,
} from "../../services/village-points/commands";
import type { Context } from "../kit/context";
import { askedEach } from "../kit/costs";
import { RevisionAction } from "../kit/enums";
import { asked, attempt, Payload } from "../kit/errors";
import { Mutation, Output, Query, type Row } from "../kit/fields";
import { RegistrationStep } from "../kit/histories";
import { Input } from "../kit/inputs";
import { NodeType } from "../kit/node";
import { connectionOf, PageArgs } from "../kit/paging";
import { DateScalar, QuarterScalar, SeqScalar } from "../kit/scalars";
import { DivisionType, divisionOf } from "../organizations";
import { PointBand } from "./enums";

@ObjectType("VillagePointEntry", { description: "Points that a household was given, or that were taken from it." })
export class VillagePointEntryType {
  @Output(() => SeqScalar, { description: "The ledger's position of it, by which it can be reversed." }) seq: number;
  @Output(() => Int, { description: "How many; below zero where they were taken." }) points: number;
  @Output(() => DateScalar, { description: "The civil day that they are for." }) on: string;
  @Output(() => String, { nullable: true, description: "What they were for; null once erased." }) reason: string | null;
}
@ObjectType("HouseholdEvent", { description: "A step of a household after its registration." })
export class HouseholdEventType extends RegistrationStep {
  @Output(() => RevisionAction, { description: "Which step it was." }) action: RevisionAction;
  @Output(() => ID, {
    nullable: true,
    description: "Of a split: the household that came of it, or from which this one came; null of other steps.",
  })
  otherId: string | null;
}

@ObjectType("Household", {
  implements: NodeType,
  description: "A household that a village keeps points for; for the stations of its division, officers and auditors.",
})
export class HouseholdType extends NodeType {
  @Output(() => String, { description: "Its number in the village; no name." }) householdNo: string;
  @Output(() => DivisionType, { description: "The village it belongs to." })
  division(@Root() { divisionCode }: Household, @Ctx() context: Context) {
    return divisionOf(divisionCode, context);
  }
  @Output(() => Int, { description: "How often it was set; pass it as expectedVersion." }) version: number;
  @Output(() => String, {
    nullable: true,
    description: "Its head, by name; null where none was entered, or it was erased.",
  })
  async headName(@Root() { id }: Household, @Ctx() { loaders }: Context) {
    return (await loaders.householdHistory.load(id)).headName;
  }
  @Output(() => [HouseholdEventType], { description: "What was changed since it was registered, with the reasons." })
  async history(@Root() { id }: Household, @Ctx() { loaders }: Context) {
    return (await loaders.householdHistory.load(id)).history;
  }
}
@ObjectType("HouseholdOnBoard", {
  implements: NodeType,
  description: "A household with its points of one quarter; its id is that of the two together.",
})
export class HouseholdOnBoardType extends NodeType {
  @Output(() => HouseholdType, {
    nullable: true,
    description: "The household, whose id awardVillagePoints takes; null where it is not yours to see.",
  })
  household(@Root() { householdId }: BoardLine, @Ctx() { loaders }: Context) {
    return loaders.household.load(householdId);
  }
  @Output(() => QuarterScalar, { description: "The quarter that the points are of." }) quarter: string;
  @Output(() => String, { description: "Its number in the village; no name." }) householdNo: string;
  @Output(() => Int, { description: "The base of the quarter, and what was given and taken in it." }) points: number;
  @Output(() => PointBand, { description: "In which band that is, by the quarter's own rule." }) band: PointBand;
  @Output(() => [VillagePointEntryType], {
    description: "The quarter's entries, the earliest first; reversed ones left out.",
  })
  entries: readonly Row<VillagePointEntryType>[];
}
export const HouseholdConnection = connectionOf("Household", () => HouseholdOnBoardType);

@ObjectType("VillageBoard", { description: "The board of a village's points in one quarter." })
export class VillageBoardType {
  @Output(() => HouseholdConnection, {
    complexity: askedEach,
    description: "Its households, the most points first.",
  })
  households(
    @Root() of: { divisionCode: string; quarter: string },
    @Ctx() context: Context,
    @Args(() => PageArgs) page: PageArgs,
  ) {
    return asked(context, () => context.services.villagePoints.board(context.actor, of, page));
  }
}

@ObjectType({ description: "The answer about a household." })
export class HouseholdPayload extends Payload {
  @Output(() => HouseholdType, { nullable: true, description: "The household this is about." })
  household: Row<HouseholdType> | null;
}
@ObjectType("VillagePointsMoved", { description: "Points that were moved in the ledger." })
export class VillagePointsMovedType {
  @Output(() => SeqScalar, { description: "The ledger's position of the transfer." }) seq: number;
  @Output(() => Int, { description: "How many; below zero where they were taken." }) points: number;
  @Output(() => SeqScalar, { nullable: true, description: "The position of its reversal; null while it stands." })
  reversedBySeq: number | null;
}
@ObjectType({ description: "The answer about village points." })
export class VillagePointsPayload extends Payload {
  @Output(() => VillagePointsMovedType, { nullable: true, description: "The entry this is about." })
  entry: Row<VillagePointsMovedType> | null;
}

@Resolver(() => VillageBoardType)
export class VillageBoardResolver {
  @Query(() => VillageBoardType, {
    description: "A village's points of a quarter. The stations of its division, officers and auditors.",
  })
  villagePoints(
    @Arg("divisionCode", () => String, {
      description: "The village, or a division above villages, by its code or official code.",
    })
    divisionCode: string,
    @Arg("quarter", () => QuarterScalar, { description: "Which quarter, by Asia/Shanghai; none that has not begun." })
    quarter: string,
  ) {
    return { divisionCode, quarter };
  }

  @Mutation(() => HouseholdPayload, {
    description: "Registers a household for village points. Its stations, officers.",
  })
  registerHousehold(
    @Input(registerHousehold, "The household and its village.")
    input: Asked<typeof registerHousehold>,
    @Ctx() context: Context,
  ) {
    return attempt(context, async () => {
      const { value, replayed } = await context.services.villagePoints.register(context.actor, input);
      return { household: value, replayed };
    });
  }
  @Mutation(() => HouseholdPayload, {
    description:
      "Notes that a household has moved, has another number or another head. Stations of both places, officers. Boards of past quarters stay as they were. DUPLICATE_HOUSEHOLD, VERSION_CONFLICT.",
  })
  reviseHousehold(
    @Input(reviseHousehold, "Which household, and what has changed.")
    input: Asked<typeof reviseHousehold>,
    @Ctx() context: Context,
  ) {
    return attempt(context, async () => ({
      household: await context.services.villagePoints.revise(context.actor, input),
      replayed: false,
    }));
  }
  @Mutation(() => HouseholdPayload, {
    description:
      "Makes a part of a household one of its own, which begins with the quarter's base; the points stay with the first. Its stations, officers.",
  })
  splitHousehold(
    @Input(splitHousehold, "The household, and the new one.")
    input: Asked<typeof splitHousehold>,
    @Ctx() context: Context,
  ) {
    return attempt(context, async () => {
      const { value, replayed } = await context.services.villagePoints.split(context.actor, input);
      return { household: value, replayed };
    });
  }
  @Mutation(() => VillagePointsPayload, {
    description: "Gives or takes village points, never time: the database refuses a transfer between the two.",
  })
  awardVillagePoints(
    @Input(awardVillagePoints, "How many, for whom and why.")
    input: Asked<typeof awardVillagePoints>,
    @Ctx() context: Context,
  ) {
    return attempt(context, async () => {
      const { value, replayed } = await context.services.villagePoints.award(context.actor, input);
      return { entry: moved(value), replayed };
    });
  }
  @Mutation(() => VillagePointsPayload, {
    description: "Takes an entry of village points back. Its stations, officers.",
  })
  reverseVillagePoints(
    @Input(reverseVillagePoints, "Which entry, and why.")
    input: Asked<typeof reverseVillagePoints>,
    @Ctx() context: Context,
  ) {
    return attempt(context, async () => ({
      entry: moved(await context.services.villagePoints.reverse(context.actor, input)),
      replayed: false,
    }));
  }
}

const moved = ({ transferSeq, points, reversedBySeq }: VillagePoints) => ({ seq: transferSeq, points, reversedBySeq });
