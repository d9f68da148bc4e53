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
  description: "What the venue's screen shows for half a minute. Only its own house may ask for it.",
})
export class CheckInCodeType {
  @Output(() => String, { description: "The signed code, as a camera reads it." }) token: string;
  @Output(() => String, { description: "Six digits for whoever has no camera." }) digits: string;
  @Output(() => DateTimeScalar, { description: "When the next code takes its place." }) expiresAt: number;
  @Output(() => String, { description: "The check-in page's address with the code, as a QR picture in SVG." })
  svg: string;
}

@ObjectType("Shift", { implements: NodeType, description: "A spell of an activity that people sign up for." })
export class ShiftType extends NodeType {
  @Output(() => DateTimeScalar, { description: "The instant at which it begins." }) startsAt: number;
  @Output(() => DateTimeScalar, { description: "The instant at which it ends." }) endsAt: number;
  @Output(() => Int, { description: "How many it has places for." }) capacity: number;
  @Output(() => Int, { description: "Places that are taken." })
  async signedUp(@Root() { id }: Shift, @Ctx() { loaders }: Context) {
    return (await loaders.counts.load(id)).signedUp;
  }
  @Output(() => Int, { description: "People who wait for a place." })
  async waitlisted(@Root() { id }: Shift, @Ctx() { loaders }: Context) {
    return (await loaders.counts.load(id)).waitlisted;
  }
  @Output(() => String, { description: "Where it is, in words." }) place: string;
  @Output(() => Int, {
    nullable: true,
    description: "Check-in asks for a position within so many metres; null asks for none.",
  })
  radiusMetres: number | null;
  @Output(() => CheckInCodeType, {
    nullable: true,
    description: "What its screen shows now, for its own house; NOT_PERMITTED for others.",
    complexity: askedEach,
  })
  async checkInCode(@Root() { id }: Shift, @Ctx() context: Context) {
    const code = await asked(context, () => context.services.attendance.code(context.actor, id));
    const svg = await QRCode.toString(`${context.publicUrl}/in/${id}?t=${code.token}`, { type: "svg", margin: 1 });
    return { ...code, svg };
  }
}

@Resolver(() => ShiftType)
export class ShiftResolver {
  @Query(() => ShiftType, {
    nullable: true,
    description: "A shift by its id; null where its activity is not yours to see.",
  })
  shift(@Arg("id", () => ID, { description: "The id it is known by." }) id: string, @Ctx() { loaders }: Context) {
    return loaders.shift.load(id);
  }
}
