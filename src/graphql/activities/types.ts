import { Ctx, ID, Int, ObjectType, Root } from "type-graphql";
import { awaitsTimes, placesLeft } from "../../domain/activities/machine";
import type { Activity } from "../../domain/facts/activities";
import { ActorType, actorOf } from "../kit/actors";
import type { Context } from "../kit/context";
import { askedEach } from "../kit/costs";
import { Payload } from "../kit/errors";
import { Outcome, Output, type Row } from "../kit/fields";
import { NodeType } from "../kit/node";
import { connectionOf } from "../kit/paging";
import { DateTimeScalar, MinutesScalar, SeqScalar } from "../kit/scalars";
import { DivisionType, divisionOf, OrganizationType, organizationOf } from "../organizations";
import { ServiceTypeType } from "../policies";
import { ActivityState, ActivityStepAction, SignalKind } from "./enums";
import { ShiftType } from "./shifts";

@ObjectType("ActivityTotals", {
  description: "The sums of an activity, which are brought up to date with every change.",
})
export class ActivityTotalsType {
  @Output(() => Int, { description: "How many places of all shifts are taken." }) signedUp: number;
  @Output(() => Int, { description: "How many people wait for a place in any shift." }) waitlisted: number;
  @Output(() => Int, { description: "How many volunteers have checked in so far." }) checkedIn: number;
  @Output(() => MinutesScalar, { description: "The minutes of service of the confirmed records." })
  serviceMinutes: number;
  @Output(() => SeqScalar, { description: "The journal position this answer is true at." }) asOfSeq: number;
}

@ObjectType("Unresolved", { description: "The matters that keep an activity from being closed." })
export class UnresolvedType {
  @Output(() => Int, { description: "How many people have checked in and not out." }) missingCheckOut: number;
  @Output(() => Int, { description: "How many attendances there are whose service record could not be made." })
  missingRecord: number;
  @Output(() => Int, { description: "How many service records wait for a decision." }) recordsWaiting: number;
}

@ObjectType("AttendanceSignal", {
  description: "A sign that a person should look at, with its reason in numbers. It is never a penalty.",
})
export class SignalType {
  @Output(() => SignalKind, { description: "The kind of sign that was noticed." }) kind: SignalKind;
  @Output(() => Int, { description: "How many attendances or sign-ups the sign is about." }) count: number;
  @Output(() => Int, { description: "How many there are in all, of which `count` is a part." }) of: number;
  @Output(() => [ID], { description: "The ids of up to 100 attendances that the sign is about." })
  attendanceIds: string[];
}

@ObjectType({ description: "A step that was taken with an activity." })
export class ActivityEvent {
  @Output(() => DateTimeScalar, { description: "The instant at which the step was taken." }) at: number;
  @Output(() => ActivityStepAction, { description: "The step that was taken." }) action: ActivityStepAction;
  @Output(() => ActivityState, { nullable: true, description: "The state before the step; null for the first step." })
  from: ActivityState | null;
  @Output(() => ActivityState, { description: "The state after the step." }) to: ActivityState;
  @Output(() => ActorType, { description: "The role in which this was done; the person is not shown." })
  actor: Row<ActorType>;
  @Output(() => String, { nullable: true, description: "The reason for the step; null where none was given." }) reason:
    | string
    | null;
}

@ObjectType("Activity", {
  implements: NodeType,
  description: "A dated occasion to serve, which has one shift or several. Everybody may read it once it is announced.",
})
export class ActivityType extends NodeType {
  @Output(() => String, { description: "The short name that the address of the activity's page contains." })
  slug: string;
  @Output(() => String, { description: "The name of the activity." }) name: string;
  @Output(() => ActivityState, { description: "The state in which the activity is now." }) state: ActivityState;
  @Output(() => Int, { description: "How often the activity was changed; pass it as `expectedVersion`." })
  version: number;
  @Output(() => Boolean, {
    description:
      "Whether the activity was put off and its new times are not announced yet. Until the new times are reviewed, everybody outside its organisation reads the times, places and words that were reviewed last.",
  })
  timesToBeAnnounced(@Root() activity: Activity) {
    return awaitsTimes(activity);
  }
  @Output(() => DateTimeScalar, { description: "The instant at which the first shift begins." }) startsAt: number;
  @Output(() => DateTimeScalar, { description: "The instant at which the last shift ends." }) endsAt: number;
  @Output(() => String, { description: "The venue of the first shift, in words." })
  async place(@Root() { id }: Activity, @Ctx() { loaders }: Context) {
    const shifts = await loaders.shifts.load(id);
    return (shifts.find((shift) => !shift.dropped) ?? shifts[0])?.place ?? "";
  }
  @Output(() => DivisionType, { description: "The division in which the activity takes place." })
  division(@Root() { divisionCode }: Activity, @Ctx() context: Context) {
    return divisionOf(divisionCode, context);
  }
  @Output(() => OrganizationType, { description: "The organisation that holds the activity." })
  organization(@Root() { organizationId }: Activity, @Ctx() context: Context) {
    return organizationOf(organizationId, context);
  }
  @Output(() => ServiceTypeType, { description: "The kind of service that volunteers give there." })
  serviceType(@Root() { serviceType }: Activity, @Ctx() { loaders }: Context) {
    return loaders.serviceType.load(serviceType);
  }
  @Output(() => Int, { description: "How many places all shifts together have." }) capacity: number;
  @Output(() => Int, { description: "How many places are free in the shifts that are not over." })
  async placesLeft(@Root() { id }: Activity, @Ctx() { loaders, services }: Context) {
    const now = services.now();
    const left = (await loaders.shifts.load(id)).map(async (shift) =>
      placesLeft(shift, (await loaders.counts.load(shift.id)).signedUp, now),
    );
    return (await Promise.all(left)).reduce((sum, places) => sum + places, 0);
  }
  @Output(() => Boolean, {
    description: "Whether the activity is dangerous; it then needs insurance and the review of an officer.",
  })
  hazardous: boolean;
  @Output(() => Boolean, { description: "Whether minors may take part, with the consent of a guardian." })
  openToMinors: boolean;
  @Output(() => Boolean, { description: "Whether the activity goes beyond the county." }) outsideCounty: boolean;
  @Output(() => String, { description: "A text that says what the activity is about, without markup." })
  async description(@Root() { id }: Activity, @Ctx() { loaders }: Context) {
    return (await loaders.activityDetails.load(id))?.description ?? "";
  }
  @Output(() => String, {
    nullable: true,
    description: "The risks of the activity, and what people have to take care of; null in a draft that does not say.",
  })
  async riskNotice(@Root() { id }: Activity, @Ctx() { loaders }: Context) {
    return (await loaders.activityDetails.load(id))?.riskNotice ?? null;
  }
  @Output(() => String, {
    nullable: true,
    description: "The insurance of those who take part; null where nothing is said.",
  })
  async insurance(@Root() { id }: Activity, @Ctx() { loaders }: Context) {
    return (await loaders.activityDetails.load(id))?.insurance ?? null;
  }
  @Output(() => String, {
    description: "The person or the office that answers questions about the activity; everybody may read it.",
  })
  async contact(@Root() { id }: Activity, @Ctx() { loaders }: Context) {
    return (await loaders.activityDetails.load(id))?.contact ?? "";
  }
  @Output(() => String, { description: "The address of the activity's public calendar, in the iCalendar format." })
  calendarUrl(@Root() { slug }: Activity, @Ctx() { publicUrl }: Context) {
    return `${publicUrl}/activities/${slug}.ics`;
  }
  @Output(() => String, { description: "The address of the activity's page, which anybody may share." })
  pageUrl(@Root() { slug }: Activity, @Ctx() { publicUrl }: Context) {
    return `${publicUrl}/a/${slug}`;
  }
  @Output(() => [ShiftType], { description: "The shifts of the activity, the earliest first." })
  async shifts(@Root() { id }: Activity, @Ctx() { loaders }: Context) {
    return (await loaders.shifts.load(id)).filter((shift) => !shift.dropped);
  }
  @Output(() => ActivityTotalsType, { description: "The sums of the activity as they are now." })
  totals(@Root() { id }: Activity, @Ctx() { loaders }: Context) {
    return loaders.counts.load(id);
  }
  @Output(() => UnresolvedType, {
    nullable: true,
    description:
      "The matters that keep the activity from being closed. The staff of its organisation see them; null for others.",
    complexity: askedEach,
  })
  unresolved(@Root() { id }: Activity, @Ctx() { services, actor }: Context) {
    return services.activities.unresolved(actor, id);
  }
  @Output(() => [ID], {
    description:
      "The ids of up to 1000 service records that wait to be confirmed, the oldest first. The staff of its organisation see them; the list is empty for others.",
    complexity: askedEach,
  })
  recordsToConfirm(@Root() { id }: Activity, @Ctx() { services, actor }: Context) {
    return services.attendance.waitingRecords(actor, id);
  }
  @Output(() => [SignalType], {
    nullable: true,
    description: "Signs that are worth a look. Supervisors, officers and auditors see them; null for others.",
    complexity: askedEach,
  })
  signals(@Root() { id }: Activity, @Ctx() { services, actor }: Context) {
    return services.activities.signals(actor, id);
  }
  @Output(() => [ActivityEvent], {
    description:
      "The steps that were taken with the activity. The staff of its organisation and its reviewers see them; the list is empty for others.",
  })
  async history(@Root() { id }: Activity, @Ctx() { loaders, language }: Context) {
    const steps = await loaders.activityHistory.load(id);
    return steps.map((step) => ({
      ...step,
      actor: actorOf(step, { language }),
    }));
  }
}

export const ActivityConnection = connectionOf("Activity", () => ActivityType);

@ObjectType({ description: "Answers a mutation about an activity." })
export class ActivityPayload extends Payload {
  @Outcome(() => ActivityType, "The activity that this is about")
  activity: Row<ActivityType> | null;
}
