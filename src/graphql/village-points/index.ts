import { Arg, Args, Ctx, ID, Int, ObjectType, Resolver, Root } from "type-graphql";
import type { Household, VillagePoints } from "../../domain/facts/village-points";
import type { Asked } from "../../services/bank/fields";
import type { BoardLine } from "../../services/village-points/board";
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
import { asked, attempt, keyed, Payload, stepped } from "../kit/errors";
import { Mutation, Outcome, Output, Query, type Row } from "../kit/fields";
import { RegistrationStep } from "../kit/histories";
import { Input } from "../kit/inputs";
import { NodeType } from "../kit/node";
import { connectionOf, PageArgs } from "../kit/paging";
import { DateScalar, QuarterScalar, SeqScalar } from "../kit/scalars";
import { DivisionType, divisionOf } from "../organizations";
import { PointBand } from "./enums";

@ObjectType("VillagePointEntry", { description: "Points that a household was given, or that were taken from it." })
export class VillagePointEntryType {
  @Output(() => SeqScalar, { description: "The journal position of the entry; reverseVillagePoints takes it." })
  seq: number;
  @Output(() => Int, { description: "How many points were given; below 0 they were taken away." }) points: number;
  @Output(() => DateScalar, { description: "The civil day for which the points were given." }) on: string;
  @Output(() => String, { nullable: true, description: "The reason for the points; null once erased." }) reason:
    | string
    | null;
}
@ObjectType("HouseholdEvent", { description: "A step that was taken with a household after its registration." })
export class HouseholdEventType extends RegistrationStep {
  @Output(() => RevisionAction, { description: "The step that was taken." }) action: RevisionAction;
  @Output(() => ID, {
    nullable: true,
    description:
      "For a split: the id of the household that came of it, or from which this one came; null for other steps.",
  })
  otherId: string | null;
}

@ObjectType("Household", {
  implements: NodeType,
  description:
    "A household for which a village keeps points. The stations of its division, officers and auditors see it.",
})
export class HouseholdType extends NodeType {
  @Output(() => String, { description: "The number that the household has in its village; it contains no name." })
  householdNo: string;
  @Output(() => DivisionType, { description: "The village to which the household belongs." })
  division(@Root() { divisionCode }: Household, @Ctx() context: Context) {
    return divisionOf(divisionCode, context);
  }
  @Output(() => Int, { description: "How often the household was changed; pass it as `expectedVersion`." })
  version: number;
  @Output(() => String, {
    nullable: true,
    description: "The name of the household's head; null where none was entered, or it was erased.",
  })
  async headName(@Root() { id }: Household, @Ctx() { loaders }: Context) {
    return (await loaders.householdHistory.load(id)).headName;
  }
  @Output(() => [HouseholdEventType], {
    description: "The changes since the household was registered, with their reasons.",
  })
  async history(@Root() { id }: Household, @Ctx() { loaders }: Context) {
    return (await loaders.householdHistory.load(id)).history;
  }
}
@ObjectType("HouseholdOnBoard", {
  implements: NodeType,
  description: "A household with its points of one quarter; the id stands for the two together.",
})
export class HouseholdOnBoardType extends NodeType {
  @Output(() => HouseholdType, {
    nullable: true,
    description: "The household, whose id awardVillagePoints takes; null where you may not see it.",
  })
  household(@Root() { householdId }: BoardLine, @Ctx() { loaders }: Context) {
    return loaders.household.load(householdId);
  }
  @Output(() => QuarterScalar, { description: "The quarter that the points are for." }) quarter: string;
  @Output(() => String, { description: "The number that the household has in its village; it contains no name." })
  householdNo: string;
  @Output(() => Int, {
    description: "The points of the household: the base of the quarter, plus what was given, less what was taken.",
  })
  points: number;
  @Output(() => PointBand, { description: "The band in which the points are, by the rule of the quarter." })
  band: PointBand;
  @Output(() => [VillagePointEntryType], {
    description: "The entries of the quarter, the earliest first, without those that were reversed.",
  })
  entries: readonly Row<VillagePointEntryType>[];
}
export const HouseholdConnection = connectionOf("Household", () => HouseholdOnBoardType);

@ObjectType("VillageBoard", { description: "The board that shows a village's points of one quarter." })
export class VillageBoardType {
  @Output(() => HouseholdConnection, {
    complexity: askedEach,
    description: "The households of the village; the one with the most points stands first.",
  })
  households(
    @Root() of: { divisionCode: string; quarter: string },
    @Ctx() context: Context,
    @Args(() => PageArgs) page: PageArgs,
  ) {
    return asked(context, () => context.services.villagePoints.board.list(context.actor, of, page));
  }
}

@ObjectType({ description: "Answers a mutation about a household." })
export class HouseholdPayload extends Payload {
  @Outcome(() => HouseholdType, "The household that this is about")
  household: Row<HouseholdType> | null;
}
@ObjectType("VillagePointsMoved", { description: "A transfer of points in the ledger." })
export class VillagePointsMovedType {
  @Output(() => SeqScalar, { description: "The journal position of the transfer." }) seq: number;
  @Output(() => Int, { description: "How many points were given; below 0 they were taken away." }) points: number;
  @Output(() => SeqScalar, {
    nullable: true,
    description: "The journal position of the reversal; null while the entry stands.",
  })
  reversedBySeq: number | null;
}
@ObjectType({ description: "Answers a mutation about village points." })
export class VillagePointsPayload extends Payload {
  @Outcome(() => VillagePointsMovedType, "The transfer that this is about")
  entry: Row<VillagePointsMovedType> | null;
}

@Resolver(() => VillageBoardType)
export class VillageBoardResolver {
  @Query(() => VillageBoardType, {
    description: "A village's points of a quarter. The stations of its division, officers and auditors may read them.",
  })
  villagePoints(
    @Arg("divisionCode", () => String, {
      description: "The village, or a division that contains villages, by its code or official code.",
    })
    divisionCode: string,
    @Arg("quarter", () => QuarterScalar, { description: "The quarter in Asia/Shanghai; it must have begun." })
    quarter: string,
  ) {
    return { divisionCode, quarter };
  }

  @Mutation(() => HouseholdPayload, {
    description: "Registers a household for village points. The stations of its division and officers may do this.",
  })
  registerHousehold(
    @Input(registerHousehold, "The household, and its village.")
    input: Asked<typeof registerHousehold>,
    @Ctx() context: Context,
  ) {
    return keyed(context, "household", () => context.services.villagePoints.households.register(context.actor, input));
  }
  @Mutation(() => HouseholdPayload, {
    description:
      "Notes that a household has moved, or has another number or head. Stations of both places and officers may do this. Boards of past quarters stay as they were. DUPLICATE_HOUSEHOLD, VERSION_CONFLICT.",
  })
  reviseHousehold(
    @Input(reviseHousehold, "The household, and the fields that change.")
    input: Asked<typeof reviseHousehold>,
    @Ctx() context: Context,
  ) {
    return stepped(context, "household", () => context.services.villagePoints.households.revise(context.actor, input));
  }
  @Mutation(() => HouseholdPayload, {
    description:
      "Makes a part of a household a household of its own, which begins with the quarter's base; the points stay with the first one. The stations of its division and officers may do this.",
  })
  splitHousehold(
    @Input(splitHousehold, "The household, and the part that leaves it.")
    input: Asked<typeof splitHousehold>,
    @Ctx() context: Context,
  ) {
    return keyed(context, "household", () => context.services.villagePoints.households.split(context.actor, input));
  }
  @Mutation(() => VillagePointsPayload, {
    description:
      "Gives village points to a household, or takes them away. Points never become time: the database refuses a transfer between the two.",
  })
  awardVillagePoints(
    @Input(awardVillagePoints, "The household, the points and the reason.")
    input: Asked<typeof awardVillagePoints>,
    @Ctx() context: Context,
  ) {
    return attempt(context, async () => {
      const { value, replayed } = await context.services.villagePoints.award(context.actor, input);
      return { entry: moved(value), replayed };
    });
  }
  @Mutation(() => VillagePointsPayload, {
    description:
      "Takes an entry of village points back. The stations of the household's division and officers may do this.",
  })
  reverseVillagePoints(
    @Input(reverseVillagePoints, "The entry, and the reason.")
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
