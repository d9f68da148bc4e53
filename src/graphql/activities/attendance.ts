import { Ctx, ObjectType, Resolver, Root } from "type-graphql";
import { checkIn, checkOut, reopenCheckOut } from "../../services/activities/commands";
import type { Done } from "../../services/bank/answers";
import type { Asked } from "../../services/bank/fields";
import type { StoredAttendance } from "../../storage/store";
import { ServiceRecordType } from "../hours/types";
import type { Context } from "../kit/context";
import { attempt, Payload } from "../kit/errors";
import { Mutation, Output, type Row } from "../kit/fields";
import { Input } from "../kit/inputs";
import { NodeType } from "../kit/node";
import { DateTimeScalar } from "../kit/scalars";
import { AttendanceOutcome, CheckInMethod, PlaceVerdict } from "./enums";

@ObjectType("Attendance", { implements: NodeType, description: "That a volunteer was there, and how it is known." })
export class AttendanceType extends NodeType {
  @Output(() => DateTimeScalar, { description: "When they checked in." }) checkedInAt: number;
  @Output(() => DateTimeScalar, { nullable: true, description: "When they left; null while they are there." })
  checkedOutAt: number | null;
  @Output(() => CheckInMethod, { description: "How they were checked in." }) method: CheckInMethod;
  @Output(() => Boolean, { description: "Whether it was sent later than it happened." }) sentLate: boolean;
  @Output(() => PlaceVerdict, { description: "What is kept of the position: never the place." })
  placeVerdict: PlaceVerdict;
  @Output(() => AttendanceOutcome, { description: "What came of it." }) outcome: AttendanceOutcome;
  @Output(() => ServiceRecordType, {
    nullable: true,
    description: "The record it became when they left; null before, and where too little was attended.",
  })
  serviceRecord(@Root() { recordId }: StoredAttendance, @Ctx() { loaders }: Context) {
    return recordId ? loaders.record.load(recordId) : null;
  }
}

@ObjectType({ description: "The answer about an attendance." })
export class AttendancePayload extends Payload {
  @Output(() => AttendanceType, { nullable: true, description: "The attendance this is about." })
  attendance: Row<AttendanceType> | null;
}

@Resolver(() => AttendanceType)
export class AttendanceResolver {
  @Mutation(() => AttendancePayload, {
    description: "Checks a volunteer in, from an hour before the shift; who has not signed up takes a free place.",
  })
  checkIn(
    @Input(checkIn, "The shift, and the code or the volunteer.")
    input: Asked<typeof checkIn>,
    @Ctx() context: Context,
  ) {
    return answered(context, () => context.services.attendance.checkIn(context.actor, input));
  }
  @Mutation(() => AttendancePayload, {
    description: "Checks a volunteer out; with 60 % of the shift attended a service record is handed in.",
  })
  checkOut(
    @Input(checkOut, "The shift, and the code or the volunteer.")
    input: Asked<typeof checkOut>,
    @Ctx() context: Context,
  ) {
    return answered(context, () => context.services.attendance.checkOut(context.actor, input));
  }

  @Mutation(() => AttendancePayload, {
    description:
      "Takes back a check-out that was pressed by mistake, until the shift is over: the volunteer is there again, a record that nobody confirmed is voided, and leaving takes a check-out anew. OUTSIDE_WINDOW afterwards, when the lead says with resolveSignUp when they left; ILLEGAL_TRANSITION where the hours were confirmed.",
  })
  reopenCheckOut(
    @Input(reopenCheckOut, "The shift, and for a lead or a kiosk the volunteer.")
    input: Asked<typeof reopenCheckOut>,
    @Ctx() context: Context,
  ) {
    return answered(context, () => context.services.attendance.reopen(context.actor, input));
  }
}

function answered(context: Context, work: () => Promise<Done<StoredAttendance>>) {
  return attempt(context, async () => {
    const { value, replayed } = await work();
    return { attendance: value, replayed };
  });
}
