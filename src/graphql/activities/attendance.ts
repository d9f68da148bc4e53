import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  Float,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Resolver,
  Root,
} from "type-graphql";
import type { Done } from "../../services/contract";
import type { StoredAttendance } from "../../storage/store";
import { ServiceRecordType } from "../hours/types";
import type { Context } from "../kit/context";
import { AttendanceOutcome, CheckInMethod, PlaceVerdict } from "../kit/enums";
import { attempt, Payload } from "../kit/errors";
import { NodeType } from "../kit/node";
import { DateTimeScalar } from "../kit/scalars";

@ObjectType("Attendance", { implements: NodeType, description: "That a volunteer was there, and how it is known." })
export class AttendanceType extends NodeType {
  @Field(() => DateTimeScalar, { description: "When they checked in." }) checkedInAt: number;
  @Field(() => DateTimeScalar, { nullable: true, description: "When they left; null while they are there." })
  checkedOutAt: number | null;
  @Field(() => CheckInMethod, { description: "How they were checked in." }) method: string;
  @Field(() => Boolean, { description: "Whether it was sent later than it happened." }) sentLate: boolean;
  @Field(() => PlaceVerdict, { description: "What is kept of the position: never the place." }) placeVerdict: string;
  @Field(() => AttendanceOutcome, { description: "What came of it." }) outcome: string;
  @Field(() => ServiceRecordType, {
    nullable: true,
    description: "The record it became when they left; null before, and where too little was attended.",
  })
  serviceRecord: object | null;
}

/** What the two inputs in which a kiosk's visitor is named say of the last digits of a number. */
const lastDigits =
  "At a kiosk four or more of its last digits are enough where they are one person's on the shift's list; a whole number with the right phone digits and no sign-up is NOT_SIGNED_UP.";

/** By the screen's code or its digits, or for a volunteer whom a lead ticks off. */
@InputType()
abstract class CheckInput {
  @Field(() => ID, { description: "Your key: the same key and input answers the same again." }) idempotencyKey: string;
  @Field(() => ID, { description: "Which shift, by its id." }) shiftId: string;
  @Field(() => String, { nullable: true, description: "The code as the camera read it, with or without its address." })
  token?: string | null;
  @Field(() => String, { nullable: true, description: "The six digits on the screen." }) digits?: string | null;
  @Field(() => ID, { nullable: true, description: "The volunteer whom a lead ticks off, by id." }) volunteerId?:
    | string
    | null;
  @Field(() => String, {
    nullable: true,
    description: `The number of the volunteer whom a lead or a kiosk ticks off. ${lastDigits}`,
  })
  volunteerNo?: string | null;
  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      "When it happened, where it is sent later: at most 12 hours ago, with a code valid then; it is marked.",
  })
  at?: number | null;
  @Field(() => Boolean, {
    nullable: true,
    description:
      "Whether they typed their number themselves at the venue's device: only people on the list, five wrong tries, then a pause.",
  })
  kiosk?: boolean | null;
  @Field(() => String, {
    nullable: true,
    description:
      "At a kiosk: the last two digits of their phone. Left out, the lead nods for somebody who has no phone on file.",
  })
  phoneEnds?: string | null;
}

@InputType({ description: "Checks in by the screen's code or its six digits; a lead names the volunteer instead." })
export class CheckInInput extends CheckInput {
  @Field(() => Float, { nullable: true, description: "The phone's latitude, in degrees north: looked at, never kept." })
  latitude?: number | null;
  @Field(() => Float, { nullable: true, description: "The phone's longitude, in degrees east: looked at, never kept." })
  longitude?: number | null;
  @Field(() => String, { nullable: true, description: "What the app calls its device; kept as a keyed hash." })
  deviceId?: string | null;
}

@InputType({ description: "Checks out by another code than the one that checked in; a lead names the volunteer." })
export class CheckOutInput extends CheckInput {}

@InputType({
  description: "A check-out that is taken back: your own, or that of a volunteer whom a lead or a kiosk names.",
})
export class ReopenCheckOutInput {
  @Field(() => ID, { description: "Your key: the same key and input answers the same again." }) idempotencyKey: string;
  @Field(() => ID, { description: "The shift that was checked out of, by its id." }) shiftId: string;
  @Field(() => ID, { nullable: true, description: "The volunteer for whom a lead takes it back." })
  volunteerId?: string | null;
  @Field(() => String, {
    nullable: true,
    description: `That volunteer's number, typed by a lead or at a kiosk. ${lastDigits}`,
  })
  volunteerNo?: string | null;
  @Field(() => Boolean, {
    nullable: true,
    description: "Whether they typed their number themselves at the venue's device.",
  })
  kiosk?: boolean | null;
  @Field(() => String, {
    nullable: true,
    description: "At a kiosk: the last two digits of their phone, where one is on file.",
  })
  phoneEnds?: string | null;
}

@ObjectType({ description: "The answer about an attendance." })
export class AttendancePayload extends Payload {
  @Field(() => AttendanceType, { nullable: true, description: "The attendance this is about." }) attendance?:
    | object
    | null;
}

@Resolver(() => AttendanceType)
export class AttendanceResolver {
  @Mutation(() => AttendancePayload, {
    description: "Checks a volunteer in, from an hour before the shift; who has not signed up takes a free place.",
  })
  checkIn(
    @Arg("input", () => CheckInInput, { description: "The shift, and the code or the volunteer." }) input: CheckInInput,
    @Ctx() context: Context,
  ): Promise<object> {
    return answered(context, () => context.services.attendance.checkIn(context.actor, input));
  }
  @Mutation(() => AttendancePayload, {
    description: "Checks a volunteer out; with 60 % of the shift attended a service record is handed in.",
  })
  checkOut(
    @Arg("input", () => CheckOutInput, { description: "The shift, and the code or the volunteer." })
    input: CheckOutInput,
    @Ctx() context: Context,
  ): Promise<object> {
    return answered(context, () => context.services.attendance.checkOut(context.actor, input));
  }

  @Mutation(() => AttendancePayload, {
    description:
      "Takes back a check-out that was pressed by mistake, until the shift is over: the volunteer is there again, a record that nobody confirmed is voided, and leaving takes a check-out anew. OUTSIDE_WINDOW afterwards, when the lead says with resolveSignUp when they left; ILLEGAL_TRANSITION where the hours were confirmed.",
  })
  reopenCheckOut(
    @Arg("input", () => ReopenCheckOutInput, { description: "The shift, and for a lead or a kiosk the volunteer." })
    input: ReopenCheckOutInput,
    @Ctx() context: Context,
  ): Promise<object> {
    return answered(context, () => context.services.attendance.reopen(context.actor, input));
  }

  @FieldResolver(() => ServiceRecordType, { nullable: true })
  serviceRecord(@Root() { recordId }: StoredAttendance, @Ctx() { loaders }: Context): Promise<object | null> | null {
    return recordId ? loaders.record.load(recordId) : null;
  }
}

function answered(context: Context, work: () => Promise<Done<StoredAttendance>>): Promise<object> {
  return attempt(context, async () => {
    const { value, replayed } = await work();
    return { attendance: value, replayed };
  });
}
