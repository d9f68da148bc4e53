import { Ctx, ID, Int, ObjectType, Root } from "type-graphql";
import { awaitsTimes, placesLeft } from "../../domain/activities/machine";
import type { Activity } from "../../domain/facts/activities";
import { ActorType, actorOf } from "../kit/actors";
import type { Context } from "../kit/context";
import { askedEach } from "../kit/costs";
import { Payload } from "../kit/errors";
import { Output, type Row } from "../kit/fields";
import { NodeType } from "../kit/node";
import { connectionOf } from "../kit/paging";
import { DateTimeScalar, MinutesScalar, SeqScalar } from "../kit/scalars";
import { DivisionType, divisionOf, OrganizationType, organizationOf } from "../organizations";
import { ServiceTypeType } from "../policies";
import { ActivityState, ActivityStepAction, SignalKind } from "./enums";
import { ShiftType } from "./shifts";

@ObjectType("ActivityTotals", { description: "What an activity has come to; kept with every change." })
export class ActivityTotalsType {
  @Output(() => Int, { description: "Places that are taken." }) signedUp: number;
  @Output(() => Int, { description: "People who wait for a place." }) waitlisted: number;
  @Output(() => Int, { description: "How many checked in so far." }) checkedIn: number;
  @Output(() => MinutesScalar, { description: "Minutes of confirmed records." }) serviceMinutes: number;
  @Output(() => SeqScalar, { description: "The journal position this answer is true at." }) asOfSeq: number;
}

@ObjectType("Unresolved", { description: "What keeps an activity from being closed." })
export class UnresolvedType {
  @Output(() => Int, { description: "People who checked in and not out." }) missingCheckOut: number;
  @Output(() => Int, { description: "Attendances whose record could not be made." }) missingRecord: number;
  @Output(() => Int, { description: "Records that wait for a decision." }) recordsWaiting: number;
}

@ObjectType("AttendanceSignal", { description: "Something to look at, with its reason in numbers; never a penalty." })
export class SignalType {
  @Output(() => SignalKind, { description: "What was noticed about it." }) kind: SignalKind;
  @Output(() => Int, { description: "How many it concerns." }) count: number;
  @Output(() => Int, { description: "Of how many there are." }) of: number;
  @Output(() => [ID], { description: "Which attendances, at most 100." }) attendanceIds: string[];
}

@ObjectType({ description: "One step of an activity." })
export class ActivityEvent {
  @Output(() => DateTimeScalar, { description: "The instant at which it was done." }) at: number;
  @Output(() => ActivityStepAction, { description: "Which step it was." }) action: ActivityStepAction;
  @Output(() => ActivityState, { nullable: true, description: "The state before; null for the first." })
  from: ActivityState | null;
  @Output(() => ActivityState, { description: "The state it was in afterwards." }) to: ActivityState;
  @Output(() => ActorType, { description: "As what it was done." }) actor: Row<ActorType>;
  @Output(() => String, { nullable: true, description: "The reason that was given." }) reason: string | null;
}

@ObjectType("Activity", {
  implements: NodeType,
  description: "A dated occasion to serve, with its shifts. Public once announced.",
})
export class ActivityType extends NodeType {
  @Output(() => String, { description: "Its short name in addresses." }) slug: string;
  @Output(() => String, { description: "What it is called." }) name: string;
  @Output(() => ActivityState, { description: "In which state it is now." }) state: ActivityState;
  @Output(() => Int, { description: "How often it was changed; pass it as expectedVersion." }) version: number;
  @Output(() => Boolean, {
    description:
      "Whether it was put off and its new times are to be announced: until they are reviewed, everybody but its own house reads the times, places and words that were reviewed last.",
  })
  timesToBeAnnounced(@Root() activity: Activity) {
    return awaitsTimes(activity);
  }
  @Output(() => DateTimeScalar, { description: "When its first shift begins." }) startsAt: number;
  @Output(() => DateTimeScalar, { description: "When its last shift ends." }) endsAt: number;
  @Output(() => String, { description: "Where its first shift is." })
  async place(@Root() { id }: Activity, @Ctx() { loaders }: Context) {
    const shifts = await loaders.shifts.load(id);
    return (shifts.find((shift) => !shift.dropped) ?? shifts[0])?.place ?? "";
  }
  @Output(() => DivisionType, { description: "In which division it is." })
  division(@Root() { divisionCode }: Activity, @Ctx() context: Context) {
    return divisionOf(divisionCode, context);
  }
  @Output(() => OrganizationType, { description: "The organisation that holds it." })
  organization(@Root() { organizationId }: Activity, @Ctx() context: Context) {
    return organizationOf(organizationId, context);
  }
  @Output(() => ServiceTypeType, { description: "Which service is given." })
  serviceType(@Root() { serviceType }: Activity, @Ctx() { loaders }: Context) {
    return loaders.serviceType.load(serviceType);
  }
  @Output(() => Int, { description: "Places of all shifts together." }) capacity: number;
  @Output(() => Int, { description: "Places that are free in shifts that are not over." })
  async placesLeft(@Root() { id }: Activity, @Ctx() { loaders, services }: Context) {
    const now = services.now();
    const left = (await loaders.shifts.load(id)).map(async (shift) =>
      placesLeft(shift, (await loaders.counts.load(shift.id)).signedUp, now),
    );
    return (await Promise.all(left)).reduce((sum, places) => sum + places, 0);
  }
  @Output(() => Boolean, { description: "Whether it is dangerous; then insurance and an officer's review are needed." })
  hazardous: boolean;
  @Output(() => Boolean, { description: "Whether minors may take part, with a guardian's consent." })
  openToMinors: boolean;
  @Output(() => Boolean, { description: "Whether it goes beyond the county." }) outsideCounty: boolean;
  @Output(() => String, { description: "What it is about, in plain text." })
  async description(@Root() { id }: Activity, @Ctx() { loaders }: Context) {
    return (await loaders.activityDetails.load(id))?.description ?? "";
  }
  @Output(() => String, { nullable: true, description: "What may happen, and what to take care of." })
  async riskNotice(@Root() { id }: Activity, @Ctx() { loaders }: Context) {
    return (await loaders.activityDetails.load(id))?.riskNotice ?? null;
  }
  @Output(() => String, { nullable: true, description: "How whoever takes part is insured." })
  async insurance(@Root() { id }: Activity, @Ctx() { loaders }: Context) {
    return (await loaders.activityDetails.load(id))?.insurance ?? null;
  }
  @Output(() => String, { description: "Whom to ask about it." })
  async contact(@Root() { id }: Activity, @Ctx() { loaders }: Context) {
    return (await loaders.activityDetails.load(id))?.contact ?? "";
  }
  @Output(() => String, { description: "The address of its public calendar (iCalendar)." })
  calendarUrl(@Root() { slug }: Activity, @Ctx() { publicUrl }: Context) {
    return `${publicUrl}/activities/${slug}.ics`;
  }
  @Output(() => String, { description: "The address of its page, to be shared." })
  pageUrl(@Root() { slug }: Activity, @Ctx() { publicUrl }: Context) {
    return `${publicUrl}/a/${slug}`;
  }
  @Output(() => [ShiftType], { description: "Its shifts, the earliest first." })
  async shifts(@Root() { id }: Activity, @Ctx() { loaders }: Context) {
    return (await loaders.shifts.load(id)).filter((shift) => !shift.dropped);
  }
  @Output(() => ActivityTotalsType, { description: "What it has come to by now." })
  totals(@Root() { id }: Activity, @Ctx() { loaders }: Context) {
    return loaders.counts.load(id);
  }
  @Output(() => UnresolvedType, {
    nullable: true,
    description: "What is open, for its own house; else null.",
    complexity: askedEach,
  })
  unresolved(@Root() { id }: Activity, @Ctx() { services, actor }: Context) {
    return services.activities.unresolved(actor, id);
  }
  @Output(() => [ID], {
    description: "Records that wait to be confirmed, the oldest first, at most 1000; for its own house, else empty.",
    complexity: askedEach,
  })
  recordsToConfirm(@Root() { id }: Activity, @Ctx() { services, actor }: Context) {
    return services.attendance.waitingRecords(actor, id);
  }
  @Output(() => [SignalType], {
    nullable: true,
    description: "What is worth a look, for supervisors, officers and auditors; else null.",
    complexity: askedEach,
  })
  signals(@Root() { id }: Activity, @Ctx() { services, actor }: Context) {
    return services.activities.signals(actor, id);
  }
  @Output(() => [ActivityEvent], { description: "Its steps, for its own house and its reviewers; else empty." })
  async history(@Root() { id }: Activity, @Ctx() { loaders, language }: Context) {
    const steps = await loaders.activityHistory.load(id);
    return steps.map((step) => ({
      ...step,
      actor: actorOf(step, { language }),
    }));
  }
}

export const ActivityConnection = connectionOf("Activity", () => ActivityType);

@ObjectType({ description: "The answer about an activity." })
export class ActivityPayload extends Payload {
  @Output(() => ActivityType, { nullable: true, description: "The activity this is about." })
  activity: Row<ActivityType> | null;
}
