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
import { asked, keyed, Payload, stepped } from "../kit/errors";
import { FieldResolver, Mutation, Outcome, Output, present, Query, type Row } from "../kit/fields";
import { Filter, Input } from "../kit/inputs";
import { NodeType } from "../kit/node";
import { connectionOf, PageArgs } from "../kit/paging";
import { DateTimeScalar } from "../kit/scalars";
import { VolunteerType } from "../people/volunteers";
import { AttendanceType } from "./attendance";
import { SignUpAction, SignUpState } from "./enums";
import { ShiftType } from "./shifts";

@ObjectType({ description: "An entry in the history of a sign-up." })
export class SignUpEvent {
  @Output(() => DateTimeScalar, { description: "The instant at which the step was taken." }) at: number;
  @Output(() => SignUpAction, { description: "The step that was taken." }) action: SignUpAction;
  @Output(() => SignUpState, { nullable: true, description: "The state before the step; null for the first step." })
  from: SignUpState | null;
  @Output(() => SignUpState, { description: "The state after the step." }) to: SignUpState;
  @Output(() => ActorType, { description: "The role in which this was done; the person is not shown." })
  actor: Row<ActorType>;
  @Output(() => String, { nullable: true, description: "The reason for the step; null where none was given." }) reason:
    | string
    | null;
}

@ObjectType({ description: "The consequences of taking a sign-up back now, to be shown before it is done." })
export class WithdrawalCost {
  @Output(() => Boolean, { description: "Whether withdrawing now counts as a no-show." }) countsAsNoShow: boolean;
  @Output(() => DateTimeScalar, {
    nullable: true,
    description:
      "The last instant at which withdrawing has no consequence; null where it has none at any time, as things stand.",
  })
  freeUntil: number | null;
  @Output(() => Int, {
    description:
      "How many hours before the shift a withdrawal begins to count as a no-show (policy `signUp.lateCancelHours`).",
  })
  lateHours: number;
  @Output(() => Int, {
    nullable: true,
    description:
      "How many no-shows the volunteer has in this calendar year so far. The volunteer and the guardian see it; null for others.",
  })
  noShows: number | null;
  @Output(() => Int, {
    nullable: true,
    description:
      "How many no-shows within a year end the right to sign up (policy `noShow.deregisterPerYear`); null where `noShows` is.",
  })
  noShowsMost: number | null;
}

@ObjectType("SignUp", {
  implements: NodeType,
  description:
    "A volunteer's sign-up for a shift. The volunteer, a guardian, and the staff of the activity's organisation see it.",
})
export class SignUpType extends NodeType {
  @Output(() => SignUpState, { description: "The state in which the sign-up is now." }) state: SignUpState;
  @Output(() => Int, {
    nullable: true,
    description: "The position in the waiting list, counted from 1; null where the sign-up does not wait.",
  })
  position(@Root() { id, state }: StoredSignUp, @Ctx() { loaders }: Context) {
    return state === "WAITLISTED" ? loaders.position.load(id) : null;
  }
  @Output(() => Boolean, {
    description: "Whether it was withdrawn so late that it counts as a no-show, unless it is excused.",
  })
  late: boolean;
  @Output(() => WithdrawalCost, {
    nullable: true,
    description:
      "The consequences that a withdrawal by the volunteer or the guardian would have now; null where there is nothing to withdraw.",
  })
  withdrawalCost(@Root() { id }: StoredSignUp, @Ctx() { loaders }: Context) {
    return loaders.withdrawalCost.load(id);
  }
  @Output(() => ShiftType, { description: "The shift for which the volunteer signed up." })
  shift(@Root() { shiftId }: StoredSignUp, @Ctx() { loaders }: Context) {
    return present(loaders.shiftOfSignUp.load(shiftId));
  }
  @Output(() => VolunteerType, { nullable: true, description: "The volunteer who signed up." })
  volunteer(@Root() { volunteerId }: StoredSignUp, @Ctx() { loaders }: Context) {
    return loaders.face.load(volunteerId);
  }
  @Output(() => AttendanceType, {
    nullable: true,
    description: "The attendance of the volunteer; null where they have not come.",
  })
  attendance(@Root() { id }: StoredSignUp, @Ctx() { loaders }: Context) {
    return loaders.attendanceOfSignUp.load(id);
  }
  @Output(() => [SignUpEvent], { description: "The steps of the sign-up in order, with their reasons." })
  async history(@Root() { id }: StoredSignUp, @Ctx() { loaders, language }: Context) {
    const steps = await loaders.signUpHistory.load(id);
    return steps.map((step) => ({
      ...step,
      actor: actorOf(step, { language }),
    }));
  }
}
export const SignUpConnection = connectionOf("SignUp", () => SignUpType);

@ObjectType({ description: "Answers a mutation about a sign-up." })
export class SignUpPayload extends Payload {
  @Outcome(() => SignUpType, "The sign-up that this is about")
  signUp: Row<SignUpType> | null;
}
@ObjectType({
  description: "A volunteer who has missed so many shifts this year that a supervisor decides about the registration.",
})
export class DeregistrationDue {
  @Output(() => VolunteerType, { nullable: true, description: "The volunteer whom it is about." })
  volunteer: Row<VolunteerType> | null;
  @Output(() => Int, {
    description:
      "How many no-shows and late withdrawals the volunteer has in this calendar year, without the excused ones.",
  })
  noShows: number;
  @Output(() => Int, { description: "How many of these no-shows were in bad faith." }) malicious: number;
}

@Resolver(() => SignUpType)
export class SignUpResolver {
  @Query(() => [DeregistrationDue], {
    description:
      "Lists up to 1000 volunteers who are due to be struck off for this year's no-shows. Supervisors, officers and auditors may read them.",
  })
  async deregistrationsDue(@Ctx() context: Context) {
    const due = await asked(context, () => context.services.signUps.reading.dueForDeregistration(context.actor));
    return Promise.all(
      due.map(async (line) => ({ ...line, volunteer: await context.loaders.volunteer.load(line.volunteerId) })),
    );
  }

  @Mutation(() => SignUpPayload, {
    description:
      "Signs you up for a shift. Where the shift is full you are put on the waiting list; a minor's sign-up waits for the guardian's consent.",
  })
  signUp(
    @Input(signUpForShift, "The shift for which you sign up.")
    input: Asked<typeof signUpForShift>,
    @Ctx() context: Context,
  ) {
    return keyed(context, "signUp", () => context.services.signUps.signUp(context.actor, input));
  }
  @Mutation(() => SignUpPayload, {
    description:
      "Takes a sign-up back; the sign-up that has waited longest takes its place. Within 24 hours of the shift it counts as a no-show.",
  })
  withdrawSignUp(
    @Input(withdrawSignUp, "The sign-up that is taken back, and the reason.")
    input: Asked<typeof withdrawSignUp>,
    @Ctx() context: Context,
  ) {
    return stepped(context, "signUp", () => context.services.signUps.withdraw(context.actor, input));
  }
  @Mutation(() => SignUpPayload, {
    description:
      "Decides a sign-up that waits for a guardian's consent. The guardian may do this, and so may the minor's station that has the decision in writing. A volunteer who has come of age since decides themselves.",
  })
  decideGuardianConsent(
    @Input(decideGuardianConsent, "The decision of the guardian.")
    input: Asked<typeof decideGuardianConsent>,
    @Ctx() context: Context,
  ) {
    return stepped(context, "signUp", () => context.services.signUps.decideConsent(context.actor, input));
  }
  @Mutation(() => SignUpPayload, {
    description: "Says what happened to a sign-up. The lead may do this, but not about themselves.",
  })
  resolveSignUp(
    @Input(resolveSignUp, "The outcome of the sign-up, and the reason.")
    input: Asked<typeof resolveSignUp>,
    @Ctx() context: Context,
  ) {
    return stepped(context, "signUp", () => context.services.attendance.resolving.resolve(context.actor, input));
  }
}

@Resolver(() => ShiftType)
export class ShiftSignUpsResolver {
  @FieldResolver(() => SignUpConnection, {
    complexity: askedEach,
    description: "The sign-ups for the shift, the earliest first. The staff of the activity's organisation see them.",
  })
  signUps(
    @Root() { id }: Shift,
    @Ctx() context: Context,
    @Args(() => PageArgs) page: PageArgs,
    @Arg("state", () => [SignUpState], {
      nullable: true,
      description: "Lists only sign-ups that are in any of these states.",
    })
    state?: State[],
  ) {
    return asked(context, () => context.services.signUps.reading.ofShift(context.actor, id, { state }, page));
  }
}

@Resolver(() => VolunteerType)
export class VolunteerSignUpsResolver {
  @FieldResolver(() => SignUpConnection, {
    complexity: askedEach,
    description:
      "The sign-ups of the volunteer, the newest first. The volunteer, a guardian and the volunteer's stations see them.",
  })
  signUps(
    @Root() { id }: Volunteer,
    @Ctx() context: Context,
    @Args(() => PageArgs) page: PageArgs,
    @Filter(signUpFilter)
    filter?: Asked<typeof signUpFilter>,
  ) {
    return asked(context, () =>
      context.services.signUps.reading.ofVolunteer(context.actor, id, filter?.state ?? null, page),
    );
  }
}
