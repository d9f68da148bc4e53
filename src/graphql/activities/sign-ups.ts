import { Arg, Args, Ctx, Int, ObjectType, Resolver, Root } from "type-graphql";
import type { Shift, SignUpState as State } from "../../domain/facts/activities";
import type { Volunteer } from "../../domain/facts/people";
import {
  decideGuardianConsent,
  resolveSignUp,
  signUpFilter,
  signUpForShift,
  withdrawSignUp,
} from "../../services/activities/commands";
import type { Asked } from "../../services/bank/fields";
import type { StoredSignUp } from "../../storage/store";
import { ActorType, actorOf } from "../kit/actors";
import type { Context } from "../kit/context";
import { askedEach } from "../kit/costs";
import { asked, attempt, Payload } from "../kit/errors";
import { FieldResolver, Mutation, Output, present, Query, type Row } from "../kit/fields";
import { Filter, Input } from "../kit/inputs";
import { NodeType } from "../kit/node";
import { connectionOf, PageArgs } from "../kit/paging";
import { DateTimeScalar } from "../kit/scalars";
import { VolunteerType } from "../people/volunteers";
import { AttendanceType } from "./attendance";
import { SignUpAction, SignUpState } from "./enums";
import { ShiftType } from "./shifts";

@ObjectType({ description: "One step of a sign-up." })
export class SignUpEvent {
  @Output(() => DateTimeScalar, { description: "The instant at which it was done." }) at: number;
  @Output(() => SignUpAction, { description: "Which step it was." }) action: SignUpAction;
  @Output(() => SignUpState, { nullable: true, description: "The state before; null for the first." })
  from: SignUpState | null;
  @Output(() => SignUpState, { description: "The state it was in afterwards." }) to: SignUpState;
  @Output(() => ActorType, { description: "As what it was done." }) actor: Row<ActorType>;
  @Output(() => String, { nullable: true, description: "The reason that was given." }) reason: string | null;
}

@ObjectType({ description: "What it costs the volunteer to take a sign-up back now; to be read before it is done." })
export class WithdrawalCost {
  @Output(() => Boolean, { description: "Whether withdrawing now counts as a no-show." }) countsAsNoShow: boolean;
  @Output(() => DateTimeScalar, {
    nullable: true,
    description: "The last instant at which withdrawing costs nothing; null where it never does, as things stand.",
  })
  freeUntil: number | null;
  @Output(() => Int, {
    description: "How many hours before the shift a withdrawal begins to count (policy `signUp.lateCancelHours`).",
  })
  lateHours: number;
  @Output(() => Int, {
    nullable: true,
    description: "No-shows of this calendar year so far; null for all but the volunteer and the guardian.",
  })
  noShows: number | null;
  @Output(() => Int, {
    nullable: true,
    description: "With how many of them signing up ends (policy `noShow.deregisterPerYear`); null like `noShows`.",
  })
  noShowsMost: number | null;
}

@ObjectType("SignUp", {
  implements: NodeType,
  description: "A volunteer's place on a shift's list; for themselves, a guardian, and the activity's own house.",
})
export class SignUpType extends NodeType {
  @Output(() => SignUpState, { description: "In which state it is now." }) state: SignUpState;
  @Output(() => Int, { nullable: true, description: "The place in the queue, from 1; null when it does not wait." })
  position(@Root() { id, state }: StoredSignUp, @Ctx() { loaders }: Context) {
    return state === "WAITLISTED" ? loaders.position.load(id) : null;
  }
  @Output(() => Boolean, { description: "Withdrawn so late that it counts as a no-show, unless excused." })
  late: boolean;
  @Output(() => WithdrawalCost, {
    nullable: true,
    description:
      "What the volunteer's or the guardian's withdrawal would cost now; null where there is nothing to withdraw.",
  })
  withdrawalCost(@Root() { id }: StoredSignUp, @Ctx() { loaders }: Context) {
    return loaders.withdrawalCost.load(id);
  }
  @Output(() => ShiftType, { description: "The shift it is for." })
  shift(@Root() { shiftId }: StoredSignUp, @Ctx() { loaders }: Context) {
    return present(loaders.shiftOfSignUp.load(shiftId));
  }
  @Output(() => VolunteerType, { nullable: true, description: "The volunteer who signed up." })
  volunteer(@Root() { volunteerId }: StoredSignUp, @Ctx() { loaders }: Context) {
    return loaders.face.load(volunteerId);
  }
  @Output(() => AttendanceType, { nullable: true, description: "That they came; null where they did not." })
  attendance(@Root() { id }: StoredSignUp, @Ctx() { loaders }: Context) {
    return loaders.attendanceOfSignUp.load(id);
  }
  @Output(() => [SignUpEvent], { description: "Every step it has taken, in order, with the reasons given." })
  async history(@Root() { id }: StoredSignUp, @Ctx() { loaders, language }: Context) {
    const steps = await loaders.signUpHistory.load(id);
    return steps.map((step) => ({
      ...step,
      actor: actorOf(step, { language }),
    }));
  }
}
export const SignUpConnection = connectionOf("SignUp", () => SignUpType);

@ObjectType({ description: "The answer about a sign-up." })
export class SignUpPayload extends Payload {
  @Output(() => SignUpType, { nullable: true, description: "The sign-up this is about." })
  signUp: Row<SignUpType> | null;
}
@ObjectType({ description: "A volunteer who missed so many shifts this year that a supervisor decides." })
export class DeregistrationDue {
  @Output(() => VolunteerType, { nullable: true, description: "Whom it is about." })
  volunteer: Row<VolunteerType> | null;
  @Output(() => Int, { description: "No-shows and late withdrawals of this calendar year, excused ones left out." })
  noShows: number;
  @Output(() => Int, { description: "Those of them in bad faith." }) malicious: number;
}

@Resolver(() => SignUpType)
export class SignUpResolver {
  @Query(() => [DeregistrationDue], {
    description:
      "Who is due to be struck off by this year's no-shows, at most 1000. Supervisors, officers and auditors.",
  })
  async deregistrationsDue(@Ctx() context: Context) {
    const due = await asked(context, () => context.services.signUps.dueForDeregistration(context.actor));
    return Promise.all(
      due.map(async (line) => ({ ...line, volunteer: await context.loaders.volunteer.load(line.volunteerId) })),
    );
  }

  @Mutation(() => SignUpPayload, {
    description: "Signs you up: onto the list, into the queue where it is full, or to your guardian first.",
  })
  signUp(
    @Input(signUpForShift, "Which shift it is for.")
    input: Asked<typeof signUpForShift>,
    @Ctx() context: Context,
  ) {
    return attempt(context, async () => {
      const { value, replayed } = await context.services.signUps.signUp(context.actor, input);
      return { signUp: value, replayed };
    });
  }
  @Mutation(() => SignUpPayload, {
    description: "Takes a sign-up back; whoever waited longest moves up. Within 24 hours it counts as a no-show.",
  })
  withdrawSignUp(
    @Input(withdrawSignUp, "Which one, and why.")
    input: Asked<typeof withdrawSignUp>,
    @Ctx() context: Context,
  ) {
    return answered(context, () => context.services.signUps.withdraw(context.actor, input));
  }
  @Mutation(() => SignUpPayload, {
    description:
      "Decides a sign-up that waits for a guardian's consent: the guardian, or the child's own station that has it in writing. Who has grown up since decides for themselves.",
  })
  decideGuardianConsent(
    @Input(decideGuardianConsent, "What the guardian has decided.")
    input: Asked<typeof decideGuardianConsent>,
    @Ctx() context: Context,
  ) {
    return answered(context, () => context.services.signUps.decideConsent(context.actor, input));
  }
  @Mutation(() => SignUpPayload, {
    description: "Says what had happened to a sign-up. The lead, never for themselves.",
  })
  resolveSignUp(
    @Input(resolveSignUp, "The outcome and its reason.")
    input: Asked<typeof resolveSignUp>,
    @Ctx() context: Context,
  ) {
    return answered(context, () => context.services.attendance.resolve(context.actor, input));
  }
}

function answered(context: Context, work: () => Promise<StoredSignUp>) {
  return attempt(context, async () => ({ signUp: await work(), replayed: false }));
}

@Resolver(() => ShiftType)
export class ShiftSignUpsResolver {
  @FieldResolver(() => SignUpConnection, {
    complexity: askedEach,
    description: "Who signed up, the first first; for its own house.",
  })
  signUps(
    @Root() { id }: Shift,
    @Ctx() context: Context,
    @Args(() => PageArgs) page: PageArgs,
    @Arg("state", () => [SignUpState], { nullable: true, description: "In any of these states." }) state?: State[],
  ) {
    return asked(context, () => context.services.signUps.ofShift(context.actor, id, { state }, page));
  }
}

@Resolver(() => VolunteerType)
export class VolunteerSignUpsResolver {
  @FieldResolver(() => SignUpConnection, {
    complexity: askedEach,
    description: "The volunteer's sign-ups, newest first; for themselves, a guardian, and their stations.",
  })
  signUps(
    @Root() { id }: Volunteer,
    @Ctx() context: Context,
    @Args(() => PageArgs) page: PageArgs,
    @Filter(signUpFilter)
    filter?: Asked<typeof signUpFilter>,
  ) {
    return asked(context, () => context.services.signUps.ofVolunteer(context.actor, id, filter?.state ?? null, page));
  }
}
