import { Ctx, ObjectType, Resolver, Root } from "type-graphql";
import { checkIn, checkOut, reopenCheckOut } from "../../services/activities/commands";
import type { Asked } from "../../services/bank/fields";
import type { StoredAttendance } from "../../storage/store";
import { ServiceRecordType } from "../hours/types";
import type { Context } from "../kit/context";
import { keyed, Payload } from "../kit/errors";
import { Mutation, Outcome, Output, type Row } from "../kit/fields";
import { Input } from "../kit/inputs";
import { NodeType } from "../kit/node";
import { DateTimeScalar } from "../kit/scalars";
import { AttendanceOutcome, CheckInMethod, PlaceVerdict } from "./enums";

@ObjectType("Attendance", {
  implements: NodeType,
  description: "Says that a volunteer was there, and how the bank knows it.",
})
export class AttendanceType extends NodeType {
  @Output(() => DateTimeScalar, { description: "The instant at which the volunteer checked in." }) checkedInAt: number;
  @Output(() => DateTimeScalar, {
    nullable: true,
    description: "The instant at which the volunteer left; null while they are there.",
  })
  checkedOutAt: number | null;
  @Output(() => CheckInMethod, { description: "The way in which the volunteer was checked in." }) method: CheckInMethod;
  @Output(() => Boolean, { description: "Whether the check-in or check-out was sent later than it happened." })
  sentLate: boolean;
  @Output(() => PlaceVerdict, {
    description: "The verdict about the position that the phone sent. The position itself is never kept.",
  })
  placeVerdict: PlaceVerdict;
  @Output(() => AttendanceOutcome, { description: "The result of the attendance." }) outcome: AttendanceOutcome;
  @Output(() => ServiceRecordType, {
    nullable: true,
    description:
      "The service record that the attendance became when the volunteer left; null before, and where too little of the shift was attended.",
  })
  serviceRecord(@Root() { recordId }: StoredAttendance, @Ctx() { loaders }: Context) {
    return recordId ? loaders.record.load(recordId) : null;
  }
}

@ObjectType({ description: "Answers a mutation about an attendance." })
export class AttendancePayload extends Payload {
  @Outcome(() => AttendanceType, "The attendance that this is about")
  attendance: Row<AttendanceType> | null;
}

@Resolver(() => AttendanceType)
export class AttendanceResolver {
  @Mutation(() => AttendancePayload, {
    description:
      "Checks a volunteer in, from an hour before the shift. A volunteer who has not signed up takes a free place.",
  })
  checkIn(
    @Input(checkIn, "The shift to which the volunteer comes, with the code or the volunteer's number.")
    input: Asked<typeof checkIn>,
    @Ctx() context: Context,
  ) {
    return keyed(context, "attendance", () => context.services.attendance.checkIn(context.actor, input));
  }
  @Mutation(() => AttendancePayload, {
    description: "Checks a volunteer out. Where 60 % of the shift was attended, a service record is handed in.",
  })
  checkOut(
    @Input(checkOut, "The shift that the volunteer leaves, with the code or the volunteer's number.")
    input: Asked<typeof checkOut>,
    @Ctx() context: Context,
  ) {
    return keyed(context, "attendance", () => context.services.attendance.checkOut(context.actor, input));
  }

  @Mutation(() => AttendancePayload, {
    description:
      "Takes back a check-out that was pressed by mistake, until the shift is over. The volunteer is there again, a record that nobody has confirmed is voided, and leaving takes a new check-out. OUTSIDE_WINDOW after the shift: the lead then enters with resolveSignUp when the volunteer left. ILLEGAL_TRANSITION where the hours were confirmed.",
  })
  reopenCheckOut(
    @Input(reopenCheckOut, "The shift, and the volunteer where a lead or a kiosk takes it back.")
    input: Asked<typeof reopenCheckOut>,
    @Ctx() context: Context,
  ) {
    return keyed(context, "attendance", () => context.services.attendance.reopen(context.actor, input));
  }
}
