import QRCode from "qrcode";
import { Arg, Ctx, ID, Int, ObjectType, Resolver, Root } from "type-graphql";
import type { Shift } from "../../domain/facts/activities";
import type { Context } from "../kit/context";
import { askedEach } from "../kit/costs";
import { asked } from "../kit/errors";
import { Output, Query } from "../kit/fields";
import { NodeType } from "../kit/node";
import { DateTimeScalar } from "../kit/scalars";

@ObjectType("CheckInCode", {
  description:
    "The code that the venue's screen shows for half a minute. Only the staff of the activity's organisation may ask for it.",
})
export class CheckInCodeType {
  @Output(() => String, { description: "The signed code as a camera reads it." }) token: string;
  @Output(() => String, { description: "Six digits that a person without a camera types." }) digits: string;
  @Output(() => DateTimeScalar, { description: "The instant at which the next code takes its place." })
  expiresAt: number;
  @Output(() => String, {
    description: "The address of the check-in page with the code, drawn as a QR picture in SVG.",
  })
  svg: string;
}

@ObjectType("Shift", {
  implements: NodeType,
  description: "A part of an activity that volunteers sign up for, with a beginning and an end.",
})
export class ShiftType extends NodeType {
  @Output(() => DateTimeScalar, { description: "The instant at which the shift begins." }) startsAt: number;
  @Output(() => DateTimeScalar, { description: "The instant at which the shift ends." }) endsAt: number;
  @Output(() => Int, { description: "How many places the shift has." }) capacity: number;
  @Output(() => Int, { description: "How many places of the shift are taken." })
  async signedUp(@Root() { id }: Shift, @Ctx() { loaders }: Context) {
    return (await loaders.counts.load(id)).signedUp;
  }
  @Output(() => Int, { description: "How many people wait for a place in the shift." })
  async waitlisted(@Root() { id }: Shift, @Ctx() { loaders }: Context) {
    return (await loaders.counts.load(id)).waitlisted;
  }
  @Output(() => String, { description: "The venue of the shift, in words." }) place: string;
  @Output(() => Int, {
    nullable: true,
    description:
      "The distance from the venue, in metres, within which a phone must be to check in; null where no position is asked for.",
  })
  radiusMetres: number | null;
  @Output(() => CheckInCodeType, {
    nullable: true,
    description:
      "The code that the venue's screen shows now. The staff of the activity's organisation may read it; NOT_PERMITTED for others.",
    complexity: askedEach,
  })
  async checkInCode(@Root() { id }: Shift, @Ctx() context: Context) {
    const code = await asked(context, () => context.services.attendance.screen.code(context.actor, id));
    const svg = await QRCode.toString(`${context.publicUrl}/in/${id}?t=${code.token}`, { type: "svg", margin: 1 });
    return { ...code, svg };
  }
}

@Resolver(() => ShiftType)
export class ShiftResolver {
  @Query(() => ShiftType, {
    nullable: true,
    description: "Finds a shift by its id; null where there is none, or you may not see its activity.",
  })
  shift(
    @Arg("id", () => ID, { description: "The id of the object that is asked for." }) id: string,
    @Ctx() { loaders }: Context,
  ) {
    return loaders.shift.load(id);
  }
}
