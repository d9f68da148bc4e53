import { Arg, Args, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import type { Signal } from "../../domain/activities/attendance";
import { type Activity, awaitsTimes, placesLeft } from "../../domain/activities/machine";
import {
  activityFilter,
  advanceActivity,
  createActivity,
  dropShift,
  editActivity,
} from "../../services/activities/commands";
import type { Asked } from "../../services/bank/fields";
import { actorOf } from "../kit/actors";
import type { Context } from "../kit/context";
import { askedEach } from "../kit/costs";
import { asked, attempt } from "../kit/errors";
import { Filter, Input } from "../kit/inputs";
import { PageArgs } from "../kit/paging";
import { DivisionType, divisionOf, OrganizationType } from "../organizations";
import { ServiceTypeType } from "../policies";
import { CampaignType } from "./campaigns";
import { ShiftType } from "./shifts";
import {
  ActivityConnection,
  ActivityEvent,
  ActivityPayload,
  ActivityTotalsType,
  ActivityType,
  SignalType,
  UnresolvedType,
} from "./types";

@Resolver(() => ActivityType)
export class ActivityResolver {
  @Query(() => ActivityType, { nullable: true, description: "An activity by its short name. Public once announced." })
  activity(
    @Arg("slug", () => String, { description: "The short name it is known by." }) slug: string,
    @Ctx() { services, actor }: Context,
  ): Promise<object | null> {
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
  ): Promise<object> {
    return asked(context, () => context.services.activities.list(context.actor, filter ?? {}, page));
  }

  @Mutation(() => ActivityPayload, { description: "Writes an activity as a draft, at an organisation where you work." })
  createActivity(
    @Input(createActivity, "The new activity, with its shifts and its venue.")
    input: Asked<typeof createActivity>,
    @Ctx() context: Context,
  ): Promise<object> {
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
  ): Promise<object> {
    return answered(context, () => context.services.activities.edit(context.actor, input));
  }
  @Mutation(() => ActivityPayload, { description: "Takes a step of an activity (domain.md 6.3)." })
  advanceActivity(
    @Input(advanceActivity, "The step and its reason.")
    input: Asked<typeof advanceActivity>,
    @Ctx() context: Context,
  ): Promise<object> {
    return answered(context, () => context.services.activities.advance(context.actor, input));
  }
  @Mutation(() => ActivityPayload, {
    description: "Calls one shift off and tells everybody on its list; the others go on. Not once somebody came to it.",
  })
  dropShift(
    @Input(dropShift, "Which shift, and why.")
    input: Asked<typeof dropShift>,
    @Ctx() context: Context,
  ): Promise<object> {
    return answered(context, () => context.services.activities.dropShift(context.actor, input));
  }
  @FieldResolver(() => Boolean)
  timesToBeAnnounced(@Root() activity: Activity): boolean {
    return awaitsTimes(activity);
  }
  @FieldResolver(() => String)
  async place(@Root() { id }: Activity, @Ctx() { loaders }: Context): Promise<string> {
    const shifts = await loaders.shifts.load(id);
    return (shifts.find((shift) => !shift.dropped) ?? shifts[0])?.place ?? "";
  }
  @FieldResolver(() => DivisionType)
  division(@Root() { divisionCode }: Activity, @Ctx() context: Context): Promise<object> {
    return divisionOf(divisionCode, context);
  }
  @FieldResolver(() => OrganizationType)
  organization(@Root() { organizationId }: Activity, @Ctx() { loaders }: Context): Promise<object | null> {
    return loaders.organization.load(organizationId);
  }
  @FieldResolver(() => CampaignType, { nullable: true })
  campaign(@Root() { campaignId }: Activity, @Ctx() { loaders }: Context): Promise<object | null> | null {
    return campaignId ? loaders.campaign.load(campaignId) : null;
  }
  @FieldResolver(() => ServiceTypeType)
  serviceType(@Root() { serviceType }: Activity, @Ctx() { loaders }: Context): Promise<object> {
    return loaders.serviceType.load(serviceType);
  }
  @FieldResolver(() => Int)
  async placesLeft(@Root() { id }: Activity, @Ctx() { loaders, services }: Context): Promise<number> {
    const now = services.now();
    const left = (await loaders.shifts.load(id)).map(async (shift) =>
      placesLeft(shift, (await loaders.counts.load(shift.id)).signedUp, now),
    );
    return (await Promise.all(left)).reduce((sum, places) => sum + places, 0);
  }
  @FieldResolver(() => String)
  async description(@Root() { id }: Activity, @Ctx() { loaders }: Context): Promise<string> {
    return (await loaders.activityDetails.load(id))?.description ?? "";
  }
  @FieldResolver(() => String, { nullable: true })
  async riskNotice(@Root() { id }: Activity, @Ctx() { loaders }: Context): Promise<string | null> {
    return (await loaders.activityDetails.load(id))?.riskNotice ?? null;
  }
  @FieldResolver(() => String, { nullable: true })
  async insurance(@Root() { id }: Activity, @Ctx() { loaders }: Context): Promise<string | null> {
    return (await loaders.activityDetails.load(id))?.insurance ?? null;
  }
  @FieldResolver(() => String)
  async contact(@Root() { id }: Activity, @Ctx() { loaders }: Context): Promise<string> {
    return (await loaders.activityDetails.load(id))?.contact ?? "";
  }
  @FieldResolver(() => String)
  calendarUrl(@Root() { slug }: Activity, @Ctx() { publicUrl }: Context): string {
    return `${publicUrl}/activities/${slug}.ics`;
  }
  @FieldResolver(() => String)
  pageUrl(@Root() { slug }: Activity, @Ctx() { publicUrl }: Context): string {
    return `${publicUrl}/a/${slug}`;
  }
  @FieldResolver(() => [ShiftType])
  async shifts(@Root() { id }: Activity, @Ctx() { loaders }: Context): Promise<object[]> {
    return (await loaders.shifts.load(id)).filter((shift) => !shift.dropped);
  }
  @FieldResolver(() => ActivityTotalsType)
  totals(@Root() { id }: Activity, @Ctx() { loaders }: Context): Promise<object> {
    return loaders.counts.load(id);
  }
  @FieldResolver(() => UnresolvedType, { nullable: true, complexity: askedEach })
  unresolved(@Root() { id }: Activity, @Ctx() { services, actor }: Context): Promise<object | null> {
    return services.activities.unresolved(actor, id);
  }
  @FieldResolver(() => [ID], { complexity: askedEach })
  recordsToConfirm(@Root() { id }: Activity, @Ctx() { services, actor }: Context): Promise<string[]> {
    return services.attendance.waitingRecords(actor, id);
  }
  @FieldResolver(() => [SignalType], { nullable: true, complexity: askedEach })
  signals(@Root() { id }: Activity, @Ctx() { services, actor }: Context): Promise<Signal[] | null> {
    return services.activities.signals(actor, id);
  }
  @FieldResolver(() => [ActivityEvent])
  async history(@Root() { id }: Activity, @Ctx() { loaders, language }: Context): Promise<object[]> {
    const steps = await loaders.activityHistory.load(id);
    return steps.map((step) => ({
      ...step,
      actor: actorOf(step, { language }),
    }));
  }
}

export function answered(context: Context, work: () => Promise<Activity>): Promise<object> {
  return attempt(context, async () => ({ activity: await work(), replayed: false }));
}
