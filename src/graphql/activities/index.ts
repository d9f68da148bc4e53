import { Arg, Args, Ctx, Resolver, Root } from "type-graphql";
import type { Shift } from "../../domain/facts/activities";
import {
  activityFilter,
  advanceActivity,
  createActivity,
  dropShift,
  editActivity,
} from "../../services/activities/commands";
import type { Asked } from "../../services/bank/fields";
import type { Context } from "../kit/context";
import { asked, keyed, stepped } from "../kit/errors";
import { FieldResolver, Mutation, Query } from "../kit/fields";
import { Filter, Input } from "../kit/inputs";
import { PageArgs } from "../kit/paging";
import { ShiftType } from "./shifts";
import { ActivityConnection, ActivityPayload, ActivityType } from "./types";

@Resolver(() => ActivityType)
export class ActivityResolver {
  @Query(() => ActivityType, {
    nullable: true,
    description:
      "Finds an activity by its short name; null where there is none, or you may not see it. Everybody may read an announced one.",
  })
  activity(
    @Arg("slug", () => String, { description: "The short name that the address of its page contains." }) slug: string,
    @Ctx() { services, actor }: Context,
  ) {
    return services.activities.bySlug(actor, slug);
  }

  @Query(() => ActivityConnection, {
    description:
      "Lists activities, the earliest start first. Everybody may read announced ones; you see drafts of the organisations at which you work.",
  })
  activities(
    @Ctx() context: Context,
    @Args(() => PageArgs) page: PageArgs,
    @Filter(activityFilter)
    filter?: Asked<typeof activityFilter>,
  ) {
    return asked(context, () => context.services.activities.list(context.actor, filter ?? {}, page));
  }

  @Mutation(() => ActivityPayload, {
    description: "Writes an activity as a draft, for an organisation at which you work.",
  })
  createActivity(
    @Input(createActivity, "The new activity, with all that is known of it.")
    input: Asked<typeof createActivity>,
    @Ctx() context: Context,
  ) {
    return keyed(context, "activity", () => context.services.activities.create(context.actor, input));
  }
  @Mutation(() => ActivityPayload, { description: "Changes a draft, or gives a postponed activity its new times." })
  editActivity(
    @Input(editActivity, "The changes; a field left out stays as it is.")
    input: Asked<typeof editActivity>,
    @Ctx() context: Context,
  ) {
    return stepped(context, "activity", () => context.services.activities.edit(context.actor, input));
  }
  @Mutation(() => ActivityPayload, {
    description: "Takes a step of an activity. ILLEGAL_TRANSITION where its state does not allow the step.",
  })
  advanceActivity(
    @Input(advanceActivity, "The activity, the step, and its reason.")
    input: Asked<typeof advanceActivity>,
    @Ctx() context: Context,
  ) {
    return stepped(context, "activity", () => context.services.activities.advance(context.actor, input));
  }
  @Mutation(() => ActivityPayload, {
    description:
      "Calls one shift off and notifies everybody on its list; the other shifts go on. Refused with PEOPLE_HAVE_COME once a volunteer has checked in.",
  })
  dropShift(
    @Input(dropShift, "The shift that is called off, and the reason.")
    input: Asked<typeof dropShift>,
    @Ctx() context: Context,
  ) {
    return stepped(context, "activity", () => context.services.activities.dropShift(context.actor, input));
  }
}

@Resolver(() => ShiftType)
export class ShiftActivityResolver {
  @FieldResolver(() => ActivityType, {
    nullable: true,
    description: "The activity to which the shift belongs; null where its announcement was taken back.",
  })
  activity(@Root() { activityId }: Shift, @Ctx() { loaders }: Context) {
    return loaders.activity.load(activityId);
  }
}
