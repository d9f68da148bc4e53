import { Arg, Args, Ctx, Resolver, Root } from "type-graphql";
import type { Activity, Shift } from "../../domain/facts/activities";
import {
  activityFilter,
  advanceActivity,
  createActivity,
  dropShift,
  editActivity,
} from "../../services/activities/commands";
import type { Asked } from "../../services/bank/fields";
import type { Context } from "../kit/context";
import { asked, attempt } from "../kit/errors";
import { FieldResolver, Mutation, Query } from "../kit/fields";
import { Filter, Input } from "../kit/inputs";
import { PageArgs } from "../kit/paging";
import { ShiftType } from "./shifts";
import { ActivityConnection, ActivityPayload, ActivityType } from "./types";

@Resolver(() => ActivityType)
export class ActivityResolver {
  @Query(() => ActivityType, { nullable: true, description: "An activity by its short name. Public once announced." })
  activity(
    @Arg("slug", () => String, { description: "The short name it is known by." }) slug: string,
    @Ctx() { services, actor }: Context,
  ) {
    return services.activities.bySlug(actor, slug);
  }

  @Query(() => ActivityConnection, {
    description: "Activities, the earliest start first; drafts only where you work. Public.",
  })
  activities(
    @Ctx() context: Context,
    @Args(() => PageArgs) page: PageArgs,
    @Filter(activityFilter)
    filter?: Asked<typeof activityFilter>,
  ) {
    return asked(context, () => context.services.activities.list(context.actor, filter ?? {}, page));
  }

  @Mutation(() => ActivityPayload, { description: "Writes an activity as a draft, at an organisation where you work." })
  createActivity(
    @Input(createActivity, "The new activity, with its shifts and its venue.")
    input: Asked<typeof createActivity>,
    @Ctx() context: Context,
  ) {
    return attempt(context, async () => {
      const { value, replayed } = await context.services.activities.create(context.actor, input);
      return { activity: value, replayed };
    });
  }
  @Mutation(() => ActivityPayload, { description: "Changes a draft, or gives a postponed activity its new times." })
  editActivity(
    @Input(editActivity, "What is to be changed.")
    input: Asked<typeof editActivity>,
    @Ctx() context: Context,
  ) {
    return answered(context, () => context.services.activities.edit(context.actor, input));
  }
  @Mutation(() => ActivityPayload, { description: "Takes a step of an activity (domain.md 6.3)." })
  advanceActivity(
    @Input(advanceActivity, "The step and its reason.")
    input: Asked<typeof advanceActivity>,
    @Ctx() context: Context,
  ) {
    return answered(context, () => context.services.activities.advance(context.actor, input));
  }
  @Mutation(() => ActivityPayload, {
    description: "Calls one shift off and tells everybody on its list; the others go on. Not once somebody came to it.",
  })
  dropShift(
    @Input(dropShift, "Which shift, and why.")
    input: Asked<typeof dropShift>,
    @Ctx() context: Context,
  ) {
    return answered(context, () => context.services.activities.dropShift(context.actor, input));
  }
}

export function answered(context: Context, work: () => Promise<Activity>) {
  return attempt(context, async () => ({ activity: await work(), replayed: false }));
}

@Resolver(() => ShiftType)
export class ShiftActivityResolver {
  @FieldResolver(() => ActivityType, {
    nullable: true,
    description: "The activity it is a part of; null where its announcement was taken back.",
  })
  activity(@Root() { activityId }: Shift, @Ctx() { loaders }: Context) {
    return loaders.activity.load(activityId);
  }
}
