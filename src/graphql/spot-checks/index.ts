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
import { asked, keyed, Payload, stepped } from "../kit/errors";
import { FieldResolver, Mutation, Outcome, Output, Query, type Row } from "../kit/fields";
import { Input } from "../kit/inputs";
import { NodeType } from "../kit/node";
import { connectionOf, PageArgs } from "../kit/paging";
import { DateScalar, DateTimeScalar, MonthScalar, SeqScalar } from "../kit/scalars";
import { OrganizationType } from "../organizations";
import { SpotCheckReason, SpotCheckState } from "./enums";

@ObjectType("SpotCheckSeed", {
  description:
    "The seed that draws a month's sample. Its hash is published first, and the seed itself from the next day on, so that neither the person who chose it nor the person who made that day's last entry could know which records it would draw.",
})
export class SpotCheckSeedType {
  @Output(() => MonthScalar, { description: "The calendar month whose posted records the sample is drawn from." })
  month: string;
  @Output(() => String, { description: "The SHA-256 hash of the seed in hex, which was published first." })
  seedHash: string;
  @Output(() => String, { nullable: true, description: "The seed itself; null until it is published." }) seed:
    | string
    | null;
  @Output(() => DateTimeScalar, { description: "The instant at which the hash was published." }) publishedAt: number;
  @Output(() => SeqScalar, { description: "The position of the entry in the bank's journal." }) seq: number;
  @Output(() => DateScalar, {
    description: "The civil day from which the seed can draw: the one after its publication.",
  })
  drawnFrom: string;
  @Output(() => SeqScalar, {
    nullable: true,
    description: "The journal position of the last entry of the day of publication; null on that day.",
  })
  beaconSeq: number | null;
  @Output(() => String, {
    nullable: true,
    description:
      "The Merkle leaf of the entry at `beaconSeq`, in hex. The rank of a record is SHA-256(seed, 0x00, leaf, record id), and the lowest ranks are drawn. It is null on the day of publication.",
  })
  beacon(@Root() { beacon }: ShownSeed) {
    return beacon?.toString("hex") ?? null;
  }
}
@ObjectType("SpotCheckReasonLine", {
  description: "Says why a record is in a sample. It is never a penalty: a person looks at the record.",
})
export class SpotCheckReasonType {
  @Output(() => SpotCheckReason, { description: "The reason for which the record is in the sample." })
  code: SpotCheckReason;
  @Output(() => String, { description: "The numbers that explain the reason, such as 12/40; they contain no names." })
  detail: string;
}
@ObjectType("SpotCheckLine", { description: "A service record that is in a month's sample." })
export class SpotCheckLineType {
  @Output(() => ServiceRecordType, {
    nullable: true,
    description: "The service record; null where you may not see it.",
  })
  serviceRecord(@Root() { record }: Drawn, @Ctx() { loaders }: Context) {
    return loaders.record.load(record.id);
  }
  @Output(() => [SpotCheckReasonType], {
    description: "The reasons for which the record is in the sample, of which there is one at least.",
  })
  reasons: readonly Row<SpotCheckReasonType>[];
}
@ObjectType("SpotCheck", { implements: NodeType, description: "The result of looking at a service record again." })
export class SpotCheckType extends NodeType {
  @Output(() => SpotCheckState, { description: "The state in which the check is now." }) state: SpotCheckState;
  @Output(() => SpotCheckState, {
    nullable: true,
    description: "The result of the check; null until a person has looked at the record.",
  })
  outcome: SpotCheckState | null;
  @Output(() => MonthScalar, { description: "The calendar month in which the record was posted." }) month: string;
  @Output(() => String, { nullable: true, description: "The latest finding in words; null once erased." })
  finding: string | null;
  @Output(() => [EvidenceType], { description: "The proofs on which the finding rests." }) evidence: Evidence[];
  @Output(() => ServiceRecordType, {
    nullable: true,
    description: "The service record, which the check leaves as it is; null where you may not see it.",
  })
  serviceRecord(@Root() { recordId }: ShownSpotCheck, @Ctx() { loaders }: Context) {
    return loaders.record.load(recordId);
  }
}
const SpotCheckConnection = connectionOf("SpotCheck", () => SpotCheckType);
@ObjectType("SpotCheckResult", {
  description: "The numbers that were published about an organisation's spot checks of one month.",
})
export class SpotCheckResultType {
  @Output(() => MonthScalar, { description: "The calendar month in which the records were posted." }) month: string;
  @Output(() => Int, { description: "How many records were found to be as recorded." }) passed: number;
  @Output(() => Int, { description: "How many records were found not to be as recorded." }) failed: number;
}

@ObjectType({ description: "Answers a mutation about a seed." })
export class SpotCheckSeedPayload extends Payload {
  @Outcome(() => SpotCheckSeedType, "The seed that this is about")
  spotCheckSeed: Row<SpotCheckSeedType> | null;
}
@ObjectType({ description: "Answers a mutation about a spot check." })
export class SpotCheckPayload extends Payload {
  @Outcome(() => SpotCheckType, "The check that this is about")
  spotCheck: Row<SpotCheckType> | null;
}

@Resolver(() => SpotCheckType)
export class SpotCheckResolver {
  @Query(() => SpotCheckSeedType, {
    nullable: true,
    description: "The seed of a month; null before its hash is published. Everybody may read it.",
  })
  spotCheckSeed(
    @Arg("month", () => MonthScalar, { description: "The calendar month, in Asia/Shanghai." }) month: string,
    @Ctx() context: Context,
  ) {
    return asked(context, () => context.services.spotChecks.seed(month));
  }
  @Query(() => [SpotCheckLineType], {
    complexity: ({ args, childComplexity }) => askedEach({ args: { first: args.size }, childComplexity }),
    description:
      "Lists the sample of a month by its published seed. The same seed gives the same sample: one half is drawn, the other half has the most reasons to look. Officers and auditors may read them. SEED_MISSING for another seed, and before the seed is published.",
  })
  spotCheckSample(
    @Arg("month", () => MonthScalar, { description: "The calendar month, in Asia/Shanghai." }) month: string,
    @Arg("size", () => Int, { description: "How many records the sample has, 1 to 500." }) size: number,
    @Arg("seed", () => String, { description: "The seed that was published for the month." }) seed: string,
    @Ctx() context: Context,
  ) {
    return asked(context, () => context.services.spotChecks.sample(context.actor, { month, size, seed }));
  }

  @Mutation(() => SpotCheckSeedPayload, {
    description:
      "Publishes the hash of a month's seed. Officers of the whole bank may do this. SEED_PUBLISHED where the month has a seed.",
  })
  publishSpotCheckSeed(
    @Input(publishSpotCheckSeed, "The month, and the hash of its seed.")
    input: Asked<typeof publishSpotCheckSeed>,
    @Ctx() context: Context,
  ) {
    return keyed(context, "spotCheckSeed", () => context.services.spotChecks.publishSeed(context.actor, input));
  }
  @Mutation(() => SpotCheckSeedPayload, {
    description:
      "Publishes a month's seed, from the day after its hash was published. Officers may do this. SEED_MISSING where it does not fit the hash.",
  })
  revealSpotCheckSeed(
    @Input(revealSpotCheckSeed, "The month, and its seed.")
    input: Asked<typeof revealSpotCheckSeed>,
    @Ctx() context: Context,
  ) {
    return stepped(context, "spotCheckSeed", () => context.services.spotChecks.revealSeed(context.actor, input));
  }
  @Mutation(() => SpotCheckPayload, {
    description:
      "Notes the finding about a record of a sample; nothing follows from it by itself. Officers of the whole bank may do this, but not about their own records. NOT_DRAWN for a record that is in no sample.",
  })
  recordSpotCheck(
    @Input(recordSpotCheck, "The record, and the finding.")
    input: Asked<typeof recordSpotCheck>,
    @Ctx() context: Context,
  ) {
    return keyed(context, "spotCheck", () => context.services.spotChecks.record(context.actor, input));
  }
}
@Resolver(() => OrganizationType)
export class OrganizationSpotChecksResolver {
  @FieldResolver(() => SpotCheckConnection, {
    complexity: askedEach,
    description:
      "The spot checks of its records, the first begun first. Its supervisors and admins, officers and auditors see them.",
  })
  spotChecks(@Root() { id }: Organization, @Ctx() context: Context, @Args(() => PageArgs) page: PageArgs) {
    return asked(context, () => context.services.spotChecks.ofOrganization(context.actor, id, page));
  }
  @FieldResolver(() => [SpotCheckResultType], {
    description: "The published numbers of spot checks of its records, by month.",
  })
  spotCheckResults(@Root() { id }: Organization, @Ctx() { loaders }: Context) {
    return loaders.spotResults.load(id);
  }
}
