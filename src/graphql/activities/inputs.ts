import { Field, ID, InputType, Int } from "type-graphql";
import type { ActivityAction as Action, ActivityState as State } from "../../domain/activities/machine";
import { ActivityAction, ActivityState } from "../kit/enums";
import { stepKey } from "../kit/errors";
import { DateScalar } from "../kit/scalars";
import { ShiftInput } from "./shifts";

@InputType({ description: "Which activities; a field left out does not filter." })
export class ActivityFilter {
  @Field(() => [ActivityState], { nullable: true, description: "In any of these states." }) state?: State[] | null;
  @Field(() => [String], { nullable: true, description: "With any of these services, by code." }) serviceType?:
    | string[]
    | null;
  @Field(() => String, { nullable: true, description: "In this division or below, by its code or official code." })
  divisionCode?: string | null;
  @Field(() => DateScalar, { nullable: true, description: "With a shift on this day, by Asia/Shanghai." }) on?:
    | string
    | null;
}

@InputType({ description: "Calls one shift of several off." })
export class DropShiftInput {
  @Field(() => ID, { nullable: true, description: stepKey }) idempotencyKey?: string | null;
  @Field(() => ID, { description: "Which shift, by its id." }) shiftId: string;
  @Field(() => String, { description: "Why, for everybody on its list to read." }) reason: string;
}
@InputType({ description: "A new activity, as a draft: its admin hands it in, and somebody else reviews it." })
export class CreateActivityInput {
  @Field(() => ID, { description: "Your key: the same key and input answers the same again." }) idempotencyKey: string;
  @Field(() => ID, { description: "Which organisation holds the activity, by its id." }) organizationId: string;
  @Field(() => String, { nullable: true, description: "The campaign it belongs to, by short name." }) campaignSlug?:
    | string
    | null;
  @Field(() => String, { description: "A short name for addresses: lower-case letters, digits and hyphens." })
  slug: string;
  @Field(() => String, { description: "What it is called." }) name: string;
  @Field(() => String, { description: "Which service is given, by code." }) serviceType: string;
  @Field(() => String, { description: "What it is about, in plain text." }) description: string;
  @Field(() => String, { description: "In which division it is, by its code or official code." }) divisionCode: string;
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
  @Field(() => String, {
    nullable: true,
    description: "Why; needed for RETURN, POSTPONE, CANCEL, and an END before the last shift is over.",
  })
  reason?: string | null;
  @Field(() => Int, { nullable: true, description: "The version you saw, to be told of changes." }) expectedVersion?:
    | number
    | null;
}
