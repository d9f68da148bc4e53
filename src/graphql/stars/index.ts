import { Arg, Args, Ctx, Resolver, Root } from "type-graphql";
import type { Volunteer } from "../../domain/facts/people";
import { whenKnown } from "../../domain/kit/soon";
import type { Asked } from "../../services/bank/fields";
import {
  decideVolunteerStar,
  objectToVolunteerStar,
  proposeVolunteerStar,
  starAwardFilter,
} from "../../services/stars/commands";
import type { Context } from "../kit/context";
import { askedEach } from "../kit/costs";
import { asked, keyed, stepped } from "../kit/errors";
import { FieldResolver, Mutation, Query } from "../kit/fields";
import { Filter, Input } from "../kit/inputs";
import { PageArgs } from "../kit/paging";
import { VolunteerType } from "../people/volunteers";
import { StarAwardConnection, StarAwardPayload, StarAwardType, StarNoticeConnection, VolunteerStar } from "./types";

@Resolver(() => VolunteerType)
export class VolunteerStarsResolver {
  @FieldResolver(() => VolunteerStar, {
    nullable: true,
    description:
      "The star that the volunteer has for the hours served, level 0 before the first; null only where the name is masked.",
  })
  star(@Root() { id }: Volunteer, @Ctx() { loaders, services }: Context) {
    return whenKnown(loaders.person.load(id), ({ masked }) =>
      masked
        ? null
        : whenKnown(loaders.totals.load(id), (totals) =>
            whenKnown(loaders.starsOf.load(id), (awards) => services.stars.standing(awards, totals)),
          ),
    );
  }
  @FieldResolver(() => [StarAwardType], {
    complexity: askedEach,
    description:
      "The stars for which the volunteer was proposed, the last first. The volunteer sees them, guardians, the stations of the division, officers and auditors.",
  })
  starHistory(@Root() { id }: Volunteer, @Ctx() { loaders }: Context) {
    return loaders.starHistory.load(id);
  }
}

@Resolver(() => StarAwardType)
export class StarAwardResolver {
  @Query(() => StarAwardConnection, {
    complexity: askedEach,
    description:
      "Lists volunteers' star awards, the first proposed first: those of your station's division, or, for officers and auditors, of theirs.",
  })
  starAwards(
    @Ctx() context: Context,
    @Args(() => PageArgs) page: PageArgs,
    @Filter(starAwardFilter)
    filter?: Asked<typeof starAwardFilter>,
  ) {
    return asked(context, () => context.services.stars.list(context.actor, filter ?? {}, page));
  }
  @Query(() => StarNoticeConnection, {
    complexity: askedEach,
    description: "Lists the stars that are on public notice, the first proposed first. Everybody may read it.",
  })
  starNotices(
    @Ctx() context: Context,
    @Args(() => PageArgs) page: PageArgs,
    @Arg("divisionCode", () => String, {
      nullable: true,
      description: "Lists only notices of this division or below, by its code or official code.",
    })
    divisionCode?: string | null,
  ) {
    return asked(context, () => context.services.stars.notices(divisionCode, page));
  }

  @Mutation(() => StarAwardPayload, {
    description:
      "Proposes a volunteer for a star, and puts it on public notice. The station that vouches for the volunteer, and officers may do this; the bank does it by itself when a posting reaches the next star. STAR_MINUTES_SHORT, STAR_HELD, STAR_PENDING; SELF_CONFIRMATION for yourself and your family.",
  })
  proposeVolunteerStar(
    @Input(proposeVolunteerStar, "The volunteer, and the star.")
    input: Asked<typeof proposeVolunteerStar>,
    @Ctx() context: Context,
  ) {
    return keyed(context, "award", () => context.services.stars.propose(context.actor, input));
  }
  @Mutation(() => StarAwardPayload, {
    description:
      "Objects to a star while its public notice runs. Everybody whom the bank knows may do this. The officer then answers the objection with the decision. `award` is null for who may not see the award.",
  })
  objectToVolunteerStar(
    @Input(objectToVolunteerStar, "The award, and what speaks against it.")
    input: Asked<typeof objectToVolunteerStar>,
    @Ctx() context: Context,
  ) {
    return stepped(context, "award", () => context.services.stars.object(context.actor, input));
  }
  @Mutation(() => StarAwardPayload, {
    description:
      "Decides about a star. Officers may do this: never the person who proposed it (SAME_PERSON), nor for themselves and their family (SELF_CONFIRMATION). NOTICE_RUNNING, STAR_MINUTES_SHORT, STAR_ADVERSE_RECORD, STAR_AUTHORITY.",
  })
  decideVolunteerStar(
    @Input(decideVolunteerStar, "The award, the decision and its reason.")
    input: Asked<typeof decideVolunteerStar>,
    @Ctx() context: Context,
  ) {
    return stepped(context, "award", () => context.services.stars.decide(context.actor, input));
  }
}
