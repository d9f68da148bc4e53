import {
  Arg,
  Args,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from "type-graphql";
import type { Signal } from "../domain/activities/attendance";
import type { ActivityAction as Action, Activity, ActivityState as State } from "../domain/activities/machine";
import type { FundraisingFacts } from "../services/contract";
import { CampaignType } from "./campaigns";
import type { Context } from "./context";
import { askedEach } from "./costs";
import { ActivityAction, ActivityState, ActivityStepAction, DisclosureState, SignalKind } from "./enums";
import { asked, attempt, Payload } from "./errors";
import { ActorType } from "./hours";
import { actorLabel } from "./labels";
import { NodeType } from "./node";
import { DivisionType, divisionOf, OrganizationType } from "./organizations";
import { connectionOf, PageArgs, PageInfo } from "./paging";
import { ServiceTypeType } from "./policies";
import { DateScalar, DateTimeScalar, MinutesScalar, SeqScalar } from "./scalars";
import { ShiftInput, ShiftType } from "./shifts";

@ObjectType("ActivityTotals", { description: "What an activity has come to; kept with every change." })
export class ActivityTotalsType {
  @Field(() => Int, { description: "Places that are taken." }) signedUp: number;
  @Field(() => Int, { description: "People who wait for a place." }) waitlisted: number;
  @Field(() => Int, { description: "How many checked in so far." }) checkedIn: number;
  @Field(() => MinutesScalar, { description: "Minutes of records that stand." }) serviceMinutes: number;
  @Field(() => SeqScalar, { description: "The journal position this answer is true at." }) asOfSeq: number;
}

@ObjectType("FundraisingFacts", {
  description:
    "What must be said of a public fundraising beside the activity (慈善法 §24–25). Facts only: no donation is taken here.",
})
export class FundraisingFactsType {
  @Field(() => String, { description: "The organisation that raises funds." }) organizationName: string;
  @Field(() => String, { description: "The number of its filed plan." }) planFilingNo: string;
  @Field(() => String, { description: "The number of its certificate to raise funds in public." }) permitNo: string;
  @Field(() => String, { description: "Where anybody may look it up." }) howToQuery: string;
  @Field(() => DateScalar, { description: "When the plan was filed." }) filedOn: string;
  @Field(() => DateScalar, { description: "The first day of the fundraising." }) startsOn: string;
  @Field(() => DateScalar, { description: "The last day of the fundraising." }) endsOn: string;
  @Field(() => DateScalar, {
    nullable: true,
    description: "The last day for the next disclosure (慈善法 §79); null once the final one is out.",
  })
  disclosureDueOn: string | null;
  @Field(() => DisclosureState, { description: "Where the disclosure stands today." }) disclosureState: string;
  @Field(() => [DateScalar], { description: "When interim accounts were published." }) interimDisclosedOn: string[];
  @Field(() => DateScalar, { nullable: true, description: "When the final accounts were published." }) disclosedOn:
    | string
    | null;
  @Field(() => Boolean, { description: "An emergency, whose plan may be filed afterwards (慈善法 §73)." })
  emergency: boolean;
}

@ObjectType("Unresolved", { description: "What keeps an activity from being closed." })
export class UnresolvedType {
  @Field(() => Int, { description: "People who checked in and not out." }) missingCheckOut: number;
  @Field(() => Int, { description: "Attendances whose record could not be made." }) missingRecord: number;
  @Field(() => Int, { description: "Records that wait for a decision." }) recordsWaiting: number;
}

@ObjectType("AttendanceSignal", { description: "Something to look at, with its reason in numbers; never a penalty." })
export class SignalType {
  @Field(() => SignalKind, { description: "What was noticed about it." }) kind: string;
  @Field(() => Int, { description: "How many it concerns." }) count: number;
  @Field(() => Int, { description: "Of how many there are." }) of: number;
  @Field(() => [ID], { description: "Which attendances, at most 100." }) attendanceIds: string[];
}

@ObjectType({ description: "One step of an activity." })
export class ActivityEvent {
  @Field(() => DateTimeScalar, { description: "The instant at which it was done." }) at: number;
  @Field(() => ActivityStepAction, { description: "Which step it was." }) action: string;
  @Field(() => ActivityState, { nullable: true, description: "The state before; null for the first." }) from:
    | string
    | null;
  @Field(() => ActivityState, { description: "The state it was in afterwards." }) to: string;
  @Field(() => ActorType, { description: "As what it was done." }) actor: ActorType;
  @Field(() => String, { nullable: true, description: "The reason that was given." }) reason: string | null;
}

@ObjectType("Activity", {
  implements: NodeType,
  description: "A dated occasion to serve, with its shifts. Public once announced.",
})
export class ActivityType extends NodeType {
  @Field(() => String, { description: "Its short name in addresses." }) slug: string;
  @Field(() => String, { description: "What it is called." }) name: string;
  @Field(() => ActivityState, { description: "In which state it is now." }) state: string;
  @Field(() => Int, { description: "How often it was changed; pass it as expectedVersion." }) version: number;
  @Field(() => DateTimeScalar, { description: "When its first shift begins." }) startsAt: number;
  @Field(() => DateTimeScalar, { description: "When its last shift ends." }) endsAt: number;
  @Field(() => String, { description: "Where its first shift is." }) place: string;
  @Field(() => DivisionType, { description: "In which division it is." }) division: object;
  @Field(() => OrganizationType, { description: "The organisation that holds it." }) organization: object;
  @Field(() => CampaignType, { nullable: true, description: "The campaign it belongs to." }) campaign: object | null;
  @Field(() => ServiceTypeType, { description: "Which service is given." }) serviceType: object;
  @Field(() => Int, { description: "Places of all shifts together." }) capacity: number;
  @Field(() => Int, { description: "Places that are free, over all shifts." }) placesLeft: number;
  @Field(() => Boolean, { description: "Whether it is dangerous; then insurance and an officer's review are needed." })
  hazardous: boolean;
  @Field(() => Boolean, { description: "Whether minors may take part, with a guardian's consent." })
  openToMinors: boolean;
  @Field(() => Boolean, { description: "Whether it goes beyond the county." }) outsideCounty: boolean;
  @Field(() => String, { description: "What it is about, in plain text." }) description: string;
  @Field(() => String, { nullable: true, description: "What may happen, and what to take care of." }) riskNotice:
    | string
    | null;
  @Field(() => String, { nullable: true, description: "How whoever takes part is insured." }) insurance: string | null;
  @Field(() => String, { description: "Whom to ask about it." }) contact: string;
  @Field(() => String, { description: "The address of its public calendar (iCalendar)." }) calendarUrl: string;
  @Field(() => String, { description: "The address of its page, to be shared." }) pageUrl: string;
  @Field(() => [ShiftType], { description: "Its shifts, the earliest first." }) shifts: object[];
  @Field(() => ActivityTotalsType, { description: "What it has come to by now." }) totals: object;
  @Field(() => FundraisingFactsType, { nullable: true, description: "The fundraising beside it, where there is one." })
  fundraising: object | null;
  @Field(() => UnresolvedType, { nullable: true, description: "What is open, for its own house; else null." })
  unresolved: object | null;
  @Field(() => [ID], {
    description: "Records that wait to be confirmed, the oldest first, at most 1000; for its own house, else empty.",
  })
  recordsToConfirm: string[];
  @Field(() => [SignalType], {
    nullable: true,
    description: "What is worth a look, for supervisors, officers and auditors; else null.",
  })
  signals: object[] | null;
  @Field(() => [ActivityEvent], { description: "Its steps, for its own house and its reviewers; else empty." })
  history: object[];
}
export const ActivityConnection = connectionOf("Activity", () => ActivityType as never);

@ObjectType({ description: "A fundraising whose disclosure is overdue." })
export class OverdueDisclosureEdge {
  @Field(() => String, { description: "The position of this edge." }) cursor: string;
  @Field(() => ActivityType, { description: "The activity beside which funds were raised." }) node: object;
}
@ObjectType({ description: "A page of fundraisings whose disclosure is overdue." })
export class OverdueDisclosureConnection {
  @Field(() => [OverdueDisclosureEdge], { description: "The page's entries, the longest overdue first." })
  edges: object[];
  @Field(() => PageInfo, { description: "Where the page lies." }) pageInfo: PageInfo;
}

@InputType({ description: "Which activities; a field left out does not filter." })
export class ActivityFilter {
  @Field(() => [ActivityState], { nullable: true, description: "In any of these states." }) state?: State[] | null;
  @Field(() => [String], { nullable: true, description: "With any of these services, by code." }) serviceType?:
    | string[]
    | null;
  @Field(() => String, { nullable: true, description: "In this division or below." }) divisionCode?: string | null;
  @Field(() => DateScalar, { nullable: true, description: "With a shift on this day, by Asia/Shanghai." }) on?:
    | string
    | null;
}

@InputType({ description: "A new activity, as a draft: its admin hands it in, and somebody else reviews it." })
export class CreateActivityInput {
  @Field(() => ID, { description: "Your key: the same key and input answers the same again." }) idempotencyKey: string;
  @Field(() => ID, { description: "The organisation that holds it." }) organizationId: string;
  @Field(() => String, { nullable: true, description: "The campaign it belongs to, by short name." }) campaignSlug?:
    | string
    | null;
  @Field(() => String, { description: "A short name for addresses: lower-case letters, digits and hyphens." })
  slug: string;
  @Field(() => String, { description: "What it is called." }) name: string;
  @Field(() => String, { description: "Which service is given, by code." }) serviceType: string;
  @Field(() => String, { description: "What it is about, in plain text." }) description: string;
  @Field(() => String, { description: "In which division it is." }) divisionCode: string;
  @Field(() => String, { description: "Whom to ask about it; shown to everybody." }) contact: string;
  @Field(() => String, { nullable: true, description: "Who leads it, on every record (order 67 §7)." }) activityLead?:
    | string
    | null;
  @Field(() => String, { nullable: true, description: "What may happen; needed to publish." }) riskNotice?:
    | string
    | null;
  @Field(() => String, { nullable: true, description: "How people are insured; needed where it is hazardous." })
  insurance?: string | null;
  @Field(() => String, {
    nullable: true,
    description:
      "Where the written agreements are kept; needed where it is large, hazardous, long or outside the county.",
  })
  agreement?: string | null;
  @Field(() => Boolean, { nullable: true, description: "Whether it is dangerous." }) hazardous?: boolean | null;
  @Field(() => Boolean, { nullable: true, description: "Whether minors may take part." }) openToMinors?: boolean | null;
  @Field(() => Boolean, { nullable: true, description: "Whether it goes beyond the county." }) outsideCounty?:
    | boolean
    | null;
  @Field(() => [ShiftInput], { description: "Its shifts, 1 to 100 with repetitions." }) shifts: ShiftInput[];
}

@InputType({ description: "Changes of a draft or of a postponed activity; a field left out stays as it is." })
export class EditActivityInput {
  @Field(() => ID, { description: "Which activity, by its id." }) activityId: string;
  @Field(() => String, { nullable: true, description: "What it is called." }) name?: string | null;
  @Field(() => String, { nullable: true, description: "What it is about, in plain text." }) description?: string | null;
  @Field(() => String, { nullable: true, description: "Whom to ask about it." }) contact?: string | null;
  @Field(() => String, { nullable: true, description: "Who leads it, on every record." }) activityLead?: string | null;
  @Field(() => String, { nullable: true, description: "What may happen there." }) riskNotice?: string | null;
  @Field(() => String, { nullable: true, description: "How people are insured." }) insurance?: string | null;
  @Field(() => String, { nullable: true, description: "Where the written agreements are kept." }) agreement?:
    | string
    | null;
  @Field(() => Boolean, { nullable: true, description: "Whether it is dangerous." }) hazardous?: boolean | null;
  @Field(() => Boolean, { nullable: true, description: "Whether minors may take part." }) openToMinors?: boolean | null;
  @Field(() => Boolean, { nullable: true, description: "Whether it goes beyond the county." }) outsideCounty?:
    | boolean
    | null;
  @Field(() => [ShiftInput], {
    nullable: true,
    description:
      "All its shifts anew, in order of start: each takes the place, and the sign-ups, of the one before it.",
  })
  shifts?: ShiftInput[] | null;
  @Field(() => Int, { nullable: true, description: "The version you saw, to be told of changes." }) expectedVersion?:
    | number
    | null;
}

@InputType({ description: "A step of an activity." })
export class AdvanceActivityInput {
  @Field(() => ID, { description: "Which activity, by its id." }) activityId: string;
  @Field(() => ActivityAction, { description: "Which step is taken." }) action: Action;
  @Field(() => String, { nullable: true, description: "Why; needed for RETURN, POSTPONE and CANCEL." }) reason?:
    | string
    | null;
  @Field(() => Int, { nullable: true, description: "The version you saw, to be told of changes." }) expectedVersion?:
    | number
    | null;
}

@InputType({
  description: "The facts of a fundraising beside an activity; only an organisation with a permit has them.",
})
export class SetFundraisingFactsInput {
  @Field(() => ID, { description: "Which activity, by its id." }) activityId: string;
  @Field(() => String, { description: "The number of the filed plan." }) planFilingNo: string;
  @Field(() => String, { description: "The number of the certificate to raise funds in public." }) permitNo: string;
  @Field(() => String, { description: "The organisation that raises funds." }) organizationName: string;
  @Field(() => String, { description: "Where anybody may look it up." }) howToQuery: string;
  @Field(() => DateScalar, { description: "The last day of the fundraising." }) endsOn: string;
  @Field(() => DateScalar, { nullable: true, description: "When the final accounts were published." }) disclosedOn?:
    | string
    | null;
  @Field(() => DateScalar, {
    nullable: true,
    description: "When the plan was filed, at least 7 days before the start; today where left out.",
  })
  filedOn?: string | null;
  @Field(() => DateScalar, { nullable: true, description: "The first day; the activity's where left out." }) startsOn?:
    | string
    | null;
  @Field(() => Boolean, {
    nullable: true,
    description: "An emergency: the plan may be filed up to ten days after the start (慈善法 §73).",
  })
  emergency?: boolean | null;
  @Field(() => [DateScalar], { nullable: true, description: "When interim accounts were published." })
  interimDisclosedOn?: string[] | null;
}

@ObjectType({ description: "The answer about an activity." })
export class ActivityPayload extends Payload {
  @Field(() => ActivityType, { nullable: true, description: "The activity this is about." }) activity?: object | null;
}

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
    @Arg("filter", () => ActivityFilter, {
      nullable: true,
      description: "Only what fits; a field left out does not filter.",
    })
    filter?: ActivityFilter,
  ): Promise<object> {
    return asked(context, () => context.services.activities.list(context.actor, filter ?? {}, page));
  }

  @Query(() => OverdueDisclosureConnection, {
    description: "Fundraisings whose disclosure is overdue (慈善法 §79), the longest first. Officers and auditors.",
  })
  async overdueDisclosures(@Ctx() context: Context, @Args(() => PageArgs) page: PageArgs): Promise<object> {
    const { edges, pageInfo } = await asked(context, () =>
      context.services.activities.overdueDisclosures(context.actor, page),
    );
    const shown = edges.map(async ({ cursor, node }) => ({
      cursor,
      node: await context.loaders.activity.load(node.activityId),
    }));
    return { edges: await Promise.all(shown), pageInfo };
  }

  @Mutation(() => ActivityPayload, { description: "Writes an activity as a draft, at an organisation where you work." })
  createActivity(
    @Arg("input", () => CreateActivityInput, { description: "The activity this is about." }) input: CreateActivityInput,
    @Ctx() context: Context,
  ): Promise<object> {
    return attempt(context, async () => {
      const { value, replayed } = await context.services.activities.create(context.actor, input);
      return { activity: value, replayed };
    });
  }
  @Mutation(() => ActivityPayload, { description: "Changes a draft, or gives a postponed activity its new times." })
  editActivity(
    @Arg("input", () => EditActivityInput, { description: "What is to be changed." }) input: EditActivityInput,
    @Ctx() context: Context,
  ): Promise<object> {
    return answered(context, () => context.services.activities.edit(context.actor, input));
  }
  @Mutation(() => ActivityPayload, { description: "Takes a step of an activity (domain.md 6.3)." })
  advanceActivity(
    @Arg("input", () => AdvanceActivityInput, { description: "The step and its reason." }) input: AdvanceActivityInput,
    @Ctx() context: Context,
  ): Promise<object> {
    return answered(context, () => context.services.activities.advance(context.actor, input));
  }
  @Mutation(() => ActivityPayload, {
    description: "Sets what must be said of a fundraising beside an activity. Its admin, or an officer.",
  })
  setFundraisingFacts(
    @Arg("input", () => SetFundraisingFactsInput, { description: "The facts as they are now." })
    input: SetFundraisingFactsInput,
    @Ctx() context: Context,
  ): Promise<object> {
    return answered(context, () => context.services.activities.setFundraising(context.actor, input));
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
  async placesLeft(@Root() { id }: Activity, @Ctx() { loaders }: Context): Promise<number> {
    const shifts = (await loaders.shifts.load(id)).filter((shift) => !shift.dropped);
    const left = shifts.map(async (shift) =>
      Math.max(0, shift.capacity - (await loaders.counts.load(shift.id)).signedUp),
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
  @FieldResolver(() => FundraisingFactsType, { nullable: true })
  async fundraising(@Root() { id }: Activity, @Ctx() { loaders }: Context): Promise<object | null> {
    const facts: FundraisingFacts | null = await loaders.fundraising.load(id);
    return facts && { ...facts, disclosureDueOn: facts.dueOn, disclosureState: facts.state };
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
      actor: { kind: step.actorKind, label: actorLabel(step.actorKind, language) },
    }));
  }
}

function answered(context: Context, work: () => Promise<Activity>): Promise<object> {
  return attempt(context, async () => ({ activity: await work(), replayed: false }));
}
