import { Field, ID, Int, ObjectType } from "type-graphql";
import { ActorType } from "../kit/actors";
import { ActivityState, ActivityStepAction, SignalKind } from "../kit/enums";
import { Payload } from "../kit/errors";
import { NodeType } from "../kit/node";
import { connectionOf } from "../kit/paging";
import { DateTimeScalar, MinutesScalar, SeqScalar } from "../kit/scalars";
import { DivisionType, OrganizationType } from "../organizations";
import { ServiceTypeType } from "../policies";
import { CampaignType } from "./campaigns";
import { FundraisingFactsType } from "./fundraising";
import { ShiftType } from "./shifts";

@ObjectType("ActivityTotals", { description: "What an activity has come to; kept with every change." })
export class ActivityTotalsType {
  @Field(() => Int, { description: "Places that are taken." }) signedUp: number;
  @Field(() => Int, { description: "People who wait for a place." }) waitlisted: number;
  @Field(() => Int, { description: "How many checked in so far." }) checkedIn: number;
  @Field(() => MinutesScalar, { description: "Minutes of confirmed records." }) serviceMinutes: number;
  @Field(() => SeqScalar, { description: "The journal position this answer is true at." }) asOfSeq: number;
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
  @Field(() => Boolean, {
    description:
      "Whether it was put off and its new times are to be announced: until they are reviewed, everybody but its own house reads the times, places and words that were reviewed last.",
  })
  timesToBeAnnounced: boolean;
  @Field(() => DateTimeScalar, { description: "When its first shift begins." }) startsAt: number;
  @Field(() => DateTimeScalar, { description: "When its last shift ends." }) endsAt: number;
  @Field(() => String, { description: "Where its first shift is." }) place: string;
  @Field(() => DivisionType, { description: "In which division it is." }) division: object;
  @Field(() => OrganizationType, { description: "The organisation that holds it." }) organization: object;
  @Field(() => CampaignType, { nullable: true, description: "The campaign it belongs to." }) campaign: object | null;
  @Field(() => ServiceTypeType, { description: "Which service is given." }) serviceType: object;
  @Field(() => Int, { description: "Places of all shifts together." }) capacity: number;
  @Field(() => Int, { description: "Places that are free in shifts that are not over." }) placesLeft: number;
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

@ObjectType({ description: "The answer about an activity." })
export class ActivityPayload extends Payload {
  @Field(() => ActivityType, { nullable: true, description: "The activity this is about." }) activity?: object | null;
}
