import QRCode from "qrcode";
import { Arg, Args, Ctx, Field, FieldResolver, ID, Int, ObjectType, Query, Resolver, Root } from "type-graphql";
import type { Shift } from "../../domain/activities/machine";
import type { SignUpState as State } from "../../domain/activities/signups";
import type { Context } from "../kit/context";
import { askedEach } from "../kit/costs";
import { SignUpState } from "../kit/enums";
import { asked } from "../kit/errors";
import { NodeType } from "../kit/node";
import { PageArgs } from "../kit/paging";
import { DateTimeScalar } from "../kit/scalars";
import { SignUpConnection } from "./sign-ups";
import { ActivityType } from "./types";

@ObjectType("CheckInCode", {
  description: "What the venue's screen shows for half a minute. Only its own house may ask for it.",
})
export class CheckInCodeType {
  @Field(() => String, { description: "The signed code, as a camera reads it." }) token: string;
  @Field(() => String, { description: "Six digits for whoever has no camera." }) digits: string;
  @Field(() => DateTimeScalar, { description: "When the next code takes its place." }) expiresAt: number;
  @Field(() => String, { description: "The check-in page's address with the code, as a QR picture in SVG." })
  svg: string;
}

@ObjectType("Shift", { implements: NodeType, description: "A spell of an activity that people sign up for." })
export class ShiftType extends NodeType {
  @Field(() => DateTimeScalar, { description: "The instant at which it begins." }) startsAt: number;
  @Field(() => DateTimeScalar, { description: "The instant at which it ends." }) endsAt: number;
  @Field(() => Int, { description: "How many it has places for." }) capacity: number;
  @Field(() => Int, { description: "Places that are taken." }) signedUp: number;
  @Field(() => Int, { description: "People who wait for a place." }) waitlisted: number;
  @Field(() => String, { description: "Where it is, in words." }) place: string;
  @Field(() => Int, {
    nullable: true,
    description: "Check-in asks for a position within so many metres; null asks for none.",
  })
  radiusMetres: number | null;
  @Field(() => ActivityType, {
    nullable: true,
    description: "The activity it is a part of; null where its announcement was taken back.",
  })
  activity: object | null;
  @Field(() => CheckInCodeType, {
    nullable: true,
    description: "What its screen shows now, for its own house; NOT_PERMITTED for others.",
  })
  checkInCode: object | null;
}

@Resolver(() => ShiftType)
export class ShiftResolver {
  @Query(() => ShiftType, {
    nullable: true,
    description: "A shift by its id; null where its activity is not yours to see.",
  })
  shift(
    @Arg("id", () => ID, { description: "The id it is known by." }) id: string,
    @Ctx() { loaders }: Context,
  ): Promise<object | null> {
    return loaders.shift.load(id);
  }

  @FieldResolver(() => Int)
  async signedUp(@Root() { id }: Shift, @Ctx() { loaders }: Context): Promise<number> {
    return (await loaders.counts.load(id)).signedUp;
  }
  @FieldResolver(() => Int)
  async waitlisted(@Root() { id }: Shift, @Ctx() { loaders }: Context): Promise<number> {
    return (await loaders.counts.load(id)).waitlisted;
  }
  @FieldResolver(() => ActivityType, { nullable: true })
  activity(@Root() { activityId }: Shift, @Ctx() { loaders }: Context): Promise<object | null> {
    return loaders.activity.load(activityId);
  }
  @FieldResolver(() => CheckInCodeType, { nullable: true, complexity: askedEach })
  async checkInCode(@Root() { id }: Shift, @Ctx() context: Context): Promise<object> {
    const code = await asked(context, () => context.services.attendance.code(context.actor, id));
    const svg = await QRCode.toString(`${context.publicUrl}/in/${id}?t=${code.token}`, { type: "svg", margin: 1 });
    return { ...code, svg };
  }
  @FieldResolver(() => SignUpConnection, {
    complexity: askedEach,
    description: "Who signed up, the first first; for its own house.",
  })
  signUps(
    @Root() { id }: Shift,
    @Ctx() context: Context,
    @Args(() => PageArgs) page: PageArgs,
    @Arg("state", () => [SignUpState], { nullable: true, description: "In any of these states." }) state?: State[],
  ): Promise<object> {
    return asked(context, () => context.services.signUps.ofShift(context.actor, id, { state }, page));
  }
}
