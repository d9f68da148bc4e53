import { Args, Ctx, ObjectType, Resolver, Root } from "type-graphql";
import type { RatingRound } from "../../domain/facts/ratings";
import type { Asked } from "../../services/bank/fields";
import { openRatingRound, ratingRoundFilter } from "../../services/ratings/commands";
import type { Context } from "../kit/context";
import { askedEach } from "../kit/costs";
import { asked, keyed, Payload } from "../kit/errors";
import { Mutation, Outcome, Output, Query, type Row } from "../kit/fields";
import { Filter, Input } from "../kit/inputs";
import { NodeType } from "../kit/node";
import { connectionOf, PageArgs } from "../kit/paging";
import { DateScalar } from "../kit/scalars";
import { CommitteeMemberType, memberOf, RatingApplicationConnection } from "./applications";
import { RatingInstrument, RatingRoundState } from "./enums";

@ObjectType("RatingRound", {
  implements: NodeType,
  description: "A call for applications, with the committee that votes on them.",
})
export class RatingRoundType extends NodeType {
  @Output(() => RatingInstrument, { description: "The instrument by which the round rates organisations." })
  instrument: RatingInstrument;
  @Output(() => RatingRoundState, { description: "The state in which the round is today." }) state: RatingRoundState;
  @Output(() => DateScalar, { description: "The first civil day on which organisations may apply." }) opensOn: string;
  @Output(() => DateScalar, { description: "The last civil day on which organisations may apply." }) closesOn: string;
  @Output(() => [CommitteeMemberType], {
    description: "The members of the committee that votes, of whom there are 7 to 25.",
  })
  committee(@Root() { committee }: RatingRound, @Ctx() context: Context) {
    return Promise.all(committee.map((id) => memberOf(id, context)));
  }
  @Output(() => RatingApplicationConnection, {
    complexity: askedEach,
    description: "The applications of the round that you may see, the earliest first.",
  })
  applications(@Root() { id }: RatingRound, @Ctx() context: Context, @Args(() => PageArgs) page: PageArgs) {
    return asked(context, () => context.services.ratings.applications(context.actor, id, page));
  }
}
const RatingRoundConnection = connectionOf("RatingRound", () => RatingRoundType);

@ObjectType({ description: "Answers a mutation about a round." })
export class RatingRoundPayload extends Payload {
  @Outcome(() => RatingRoundType, "The round that this is about")
  round: Row<RatingRoundType> | null;
}

@Resolver(() => RatingRoundType)
export class RatingRoundResolver {
  @Query(() => RatingRoundConnection, {
    description: "Lists the calls for applications, the latest first. Everybody may read them.",
  })
  ratingRounds(
    @Ctx() context: Context,
    @Args(() => PageArgs) page: PageArgs,
    @Filter(ratingRoundFilter)
    filter?: Asked<typeof ratingRoundFilter>,
  ) {
    return asked(context, () => context.services.ratings.rounds(filter ?? {}, page));
  }
  @Mutation(() => RatingRoundPayload, {
    description: "Publishes a call for applications. Officers of the whole bank may do this.",
  })
  openRatingRound(
    @Input(openRatingRound, "The instrument, the days, and the committee.")
    input: Asked<typeof openRatingRound>,
    @Ctx() context: Context,
  ) {
    return keyed(context, "round", () => context.services.ratings.openRound(context.actor, input));
  }
}
