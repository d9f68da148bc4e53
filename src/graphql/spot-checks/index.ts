import { Arg, Args, Ctx, Int, ObjectType, Resolver, Root } from "type-graphql";
import type { Organization } from "../../domain/facts/organizations";
import type { Evidence } from "../../domain/hours";
import type { Drawn } from "../../domain/spot-checks";
import type { Asked } from "../../services/bank/fields";
import type { ShownSeed, ShownSpotCheck } from "../../services/spot-checks";
import { publishSpotCheckSeed, recordSpotCheck, revealSpotCheckSeed } from "../../services/spot-checks/commands";
import { EvidenceType, ServiceRecordType } from "../hours/types";
import type { Context } from "../kit/context";
import { askedEach } from "../kit/costs";
import { asked, attempt, Payload } from "../kit/errors";
import { FieldResolver, Mutation, Output, Query, type Row } from "../kit/fields";
import { Input } from "../kit/inputs";
import { NodeType } from "../kit/node";
import { connectionOf, PageArgs } from "../kit/paging";
import { DateScalar, DateTimeScalar, MonthScalar, SeqScalar } from "../kit/scalars";
import { OrganizationType } from "../organizations";
import { SpotCheckReason, SpotCheckState } from "./enums";

@ObjectType("SpotCheckSeed", {
  description:
    "The seed that draws a month's sample: its hash is published once, and the seed told from the next day on, so that neither who chose it nor who wrote last that day could know what it would draw.",
})
export class SpotCheckSeedType {
  @Output(() => MonthScalar, { description: "From what was posted in which month." }) month: string;
  @Output(() => String, { description: "SHA-256 of the seed, in hex: what was published first." }) seedHash: string;
  @Output(() => String, { nullable: true, description: "The seed itself; null until it is told." }) seed: string | null;
  @Output(() => DateTimeScalar, { description: "The instant of its publication." }) publishedAt: number;
  @Output(() => SeqScalar, { description: "Its position in the journal." }) seq: number;
  @Output(() => DateScalar, { description: "The civil day from which it draws: the one after its publication." })
  drawnFrom: string;
  @Output(() => SeqScalar, {
    nullable: true,
    description: "The journal's last entry of the day of publication; null on that day.",
  })
  beaconSeq: number | null;
  @Output(() => String, {
    nullable: true,
    description:
      "That entry's leaf, in hex: a record's rank is SHA-256(seed, 0x00, leaf, record id); the lowest are drawn.",
  })
  beacon(@Root() { beacon }: ShownSeed) {
    return beacon?.toString("hex") ?? null;
  }
}
@ObjectType("SpotCheckReasonLine", { description: "Why a record is in a sample. Never a penalty: a person looks." })
export class SpotCheckReasonType {
  @Output(() => SpotCheckReason, { description: "What it is about the record." }) code: SpotCheckReason;
  @Output(() => String, { description: "The numbers behind it, such as 12/40; no names." }) detail: string;
}
@ObjectType("SpotCheckLine", { description: "A record of a sample." })
export class SpotCheckLineType {
  @Output(() => ServiceRecordType, { nullable: true, description: "The record; null where it is not yours to see." })
  serviceRecord(@Root() { record }: Drawn, @Ctx() { loaders }: Context) {
    return loaders.record.load(record.id);
  }
  @Output(() => [SpotCheckReasonType], { description: "Why it is in the sample; one at least." })
  reasons: readonly Row<SpotCheckReasonType>[];
}
@ObjectType("SpotCheck", { implements: NodeType, description: "What was found when a record was looked at again." })
export class SpotCheckType extends NodeType {
  @Output(() => SpotCheckState, { description: "Where the check stands." }) state: SpotCheckState;
  @Output(() => SpotCheckState, { nullable: true, description: "What was found; null until somebody has looked." })
  outcome: SpotCheckState | null;
  @Output(() => MonthScalar, { description: "The month in which it was posted." }) month: string;
  @Output(() => String, { nullable: true, description: "The latest finding in words; null once erased." })
  finding: string | null;
  @Output(() => [EvidenceType], { description: "What the finding rests on." }) evidence: Evidence[];
  @Output(() => ServiceRecordType, { nullable: true, description: "The record, which the check leaves as it is." })
  serviceRecord(@Root() { recordId }: ShownSpotCheck, @Ctx() { loaders }: Context) {
    return loaders.record.load(recordId);
  }
}
const SpotCheckConnection = connectionOf("SpotCheck", () => SpotCheckType);
@ObjectType("SpotCheckResult", { description: "What was published of an organisation's spot checks of one month." })
export class SpotCheckResultType {
  @Output(() => MonthScalar, { description: "The month in which the records were posted." }) month: string;
  @Output(() => Int, { description: "How many were found in order." }) passed: number;
  @Output(() => Int, { description: "How many were found not to be so." }) failed: number;
}

@ObjectType({ description: "The answer about a seed." })
export class SpotCheckSeedPayload extends Payload {
  @Output(() => SpotCheckSeedType, { nullable: true, description: "The seed this is about." })
  spotCheckSeed: Row<SpotCheckSeedType> | null;
}
@ObjectType({ description: "The answer about a spot check." })
export class SpotCheckPayload extends Payload {
  @Output(() => SpotCheckType, { nullable: true, description: "The check this is about." })
  spotCheck: Row<SpotCheckType> | null;
}

@Resolver(() => SpotCheckType)
export class SpotCheckResolver {
  @Query(() => SpotCheckSeedType, {
    nullable: true,
    description: "A month's seed, for everybody; null before it is published.",
  })
  spotCheckSeed(
    @Arg("month", () => MonthScalar, { description: "Which month, by Asia/Shanghai." }) month: string,
    @Ctx() context: Context,
  ) {
    return asked(context, () => context.services.spotChecks.seed(month));
  }
  @Query(() => [SpotCheckLineType], {
    complexity: ({ args, childComplexity }) => askedEach({ args: { first: args.size }, childComplexity } as never),
    description:
      "A month's sample by its published seed, the same every time: half by the draw, half with the most reasons to look. Officers, auditors. SEED_MISSING for any other seed, and before it was told.",
  })
  spotCheckSample(
    @Arg("month", () => MonthScalar, { description: "Which month, by Asia/Shanghai." }) month: string,
    @Arg("size", () => Int, { description: "How many records, 1 to 500." }) size: number,
    @Arg("seed", () => String, { description: "The seed that was told for the month." }) seed: string,
    @Ctx() context: Context,
  ) {
    return asked(context, () => context.services.spotChecks.sample(context.actor, { month, size, seed }));
  }

  @Mutation(() => SpotCheckSeedPayload, {
    description:
      "Publishes the hash of a month's seed. Officers of the whole bank. SEED_PUBLISHED where the month has one.",
  })
  publishSpotCheckSeed(
    @Input(publishSpotCheckSeed, "The month and its seed.")
    input: Asked<typeof publishSpotCheckSeed>,
    @Ctx() context: Context,
  ) {
    return attempt(context, async () => {
      const { value, replayed } = await context.services.spotChecks.publishSeed(context.actor, input);
      return { spotCheckSeed: value, replayed };
    });
  }
  @Mutation(() => SpotCheckSeedPayload, {
    description: "Tells a month's seed, from the day after its hash was published. Officers. SEED_MISSING.",
  })
  revealSpotCheckSeed(
    @Input(revealSpotCheckSeed, "The month and its seed.")
    input: Asked<typeof revealSpotCheckSeed>,
    @Ctx() context: Context,
  ) {
    return attempt(context, async () => ({
      spotCheckSeed: await context.services.spotChecks.revealSeed(context.actor, input),
      replayed: false,
    }));
  }
  @Mutation(() => SpotCheckPayload, {
    description:
      "Writes down what was found; nothing follows from it by itself. Officers of the whole bank, never of their own. NOT_DRAWN for a record of no sample.",
  })
  recordSpotCheck(
    @Input(recordSpotCheck, "Which record, and what was found.")
    input: Asked<typeof recordSpotCheck>,
    @Ctx() context: Context,
  ) {
    return attempt(context, async () => {
      const { value, replayed } = await context.services.spotChecks.record(context.actor, input);
      return { spotCheck: value, replayed };
    });
  }
}
@Resolver(() => OrganizationType)
export class OrganizationSpotChecksResolver {
  @FieldResolver(() => SpotCheckConnection, {
    complexity: askedEach,
    description: "Checks of its records, the first begun first. Its supervisors and admins, officers, auditors.",
  })
  spotChecks(@Root() { id }: Organization, @Ctx() context: Context, @Args(() => PageArgs) page: PageArgs) {
    return asked(context, () => context.services.spotChecks.ofOrganization(context.actor, id, page));
  }
  @FieldResolver(() => [SpotCheckResultType], { description: "What was published of its checks, by month." })
  spotCheckResults(@Root() { id }: Organization, @Ctx() { loaders }: Context) {
    return loaders.spotResults.load(id);
  }
}
