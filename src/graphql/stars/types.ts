import { Ctx, ID, Int, ObjectType, Root } from "type-graphql";
import { invariant } from "../../domain/kit/invariant";
import { whenKnown } from "../../domain/kit/soon";
import { authorityOf } from "../../domain/stars";
import type { ShownStar, ShownStarStep, StarNotice } from "../../services/stars";
import type { StoredStar } from "../../storage/store";
import { ActorType, actorOf } from "../kit/actors";
import type { Context } from "../kit/context";
import { Payload } from "../kit/errors";
import { Outcome, Output, type Row } from "../kit/fields";
import { NodeType } from "../kit/node";
import { connectionOf } from "../kit/paging";
import { DateScalar, DateTimeScalar, MinutesScalar } from "../kit/scalars";
import { Explanation, explanationOf } from "../ledger/statements";
import { DivisionType, divisionOf } from "../organizations";
import { VolunteerType } from "../people/volunteers";
import { PolicyVersionType } from "../policies";
import { StarAuthority, StarAwardState, StarStepAction } from "./enums";

@ObjectType({ description: "The next star that a volunteer may reach." })
export class NextStar {
  @Output(() => Int, { description: "The level of the next star, from 1 to 5." }) level: number;
  @Output(() => MinutesScalar, { description: "The minutes of service that are still missing for the next star." })
  minutesRemaining: number;
}
@ObjectType({ description: "The star that a volunteer has for the hours served." })
export class VolunteerStar {
  @Output(() => Int, { description: "The level of the star, from 0 to 5." }) level: number;
  @Output(() => DateScalar, {
    nullable: true,
    description: "The civil day on which the volunteer got the star; null at level 0.",
  })
  awardedOn: string | null;
  @Output(() => MinutesScalar, { description: "The confirmed minutes of service that count for stars today." })
  basisMinutes: number;
  @Output(() => PolicyVersionType, {
    description: "The version of the thresholds by which the star was given; at level 0, the one in force.",
  })
  policyVersion(@Root() { policyId }: ShownStar, @Ctx() context: Context) {
    return versionOf(policyId, context);
  }
  @Output(() => NextStar, { nullable: true, description: "The next star; null where the volunteer has the fifth." })
  next: Row<NextStar> | null;
}

@ObjectType("StarEvent", { description: "A step that was taken with a star award." })
export class StarEventType {
  @Output(() => DateTimeScalar, { description: "The instant at which the step was taken." }) at: number;
  @Output(() => StarStepAction, { description: "The step that was taken." }) action: StarStepAction;
  @Output(() => StarAwardState, { nullable: true, description: "The state before the step; null for the first." })
  from: StarAwardState | null;
  @Output(() => StarAwardState, { description: "The state after the step." }) to: StarAwardState;
  @Output(() => Int, { description: "The star that the award gave after the step, from 0 to 5." }) heldLevel: number;
  @Output(() => MinutesScalar, { description: "The minutes that counted, when they were last weighed." })
  basisMinutes: number;
  @Output(() => ActorType, { description: "The role in which the step was taken; the person is not shown." })
  actor(@Root() step: ShownStarStep, @Ctx() context: Context) {
    return actorOf(step, context);
  }
  @Output(() => String, {
    nullable: true,
    description:
      "The reason; null where none was given, or it was erased. What an objection says is for the station and the office.",
  })
  reason: string | null;
}

@ObjectType("StarAward", {
  implements: NodeType,
  description: "A star for which a volunteer was proposed. Each change of it is a step, with the hours as evidence.",
})
export class StarAwardType extends NodeType {
  @Output(() => Int, { description: "The star that was proposed, from 1 to 5." }) level: number;
  @Output(() => Int, {
    description: "The star that the award gives now: 0 before it is granted and while it is suspended.",
  })
  heldLevel: number;
  @Output(() => StarAwardState, { description: "The state in which the award is now." }) state: StarAwardState;
  @Output(() => DateScalar, {
    nullable: true,
    description: "The last civil day of the public notice, from which on the star may be granted; null without one.",
  })
  noticeUntil: string | null;
  @Output(() => Boolean, { description: "Whether an objection waits to be answered with the decision." })
  contested: boolean;
  @Output(() => StarAuthority, {
    description:
      "The authority that grants a star of this level; for another than the county, the office notes its paper.",
  })
  async authority(@Root() { level }: StoredStar, @Ctx() { services }: Context) {
    return authorityOf(level, await services.policies.current(), services.today());
  }
  @Output(() => MinutesScalar, { description: "The minutes that counted when the award was last weighed." })
  basisMinutes: number;
  @Output(() => PolicyVersionType, { description: "The version of the thresholds by which the award was weighed." })
  policyVersion(@Root() { policyId }: StoredStar, @Ctx() context: Context) {
    return versionOf(policyId, context);
  }
  @Output(() => [Explanation], { description: "The rules by which the award was last weighed, each with its clause." })
  explanation(@Root() award: StoredStar, @Ctx() context: Context) {
    return explanationOf(award, context);
  }
  @Output(() => DateScalar, { nullable: true, description: "The civil day on which it was granted; null before." })
  awardedOn: string | null;
  @Output(() => DateTimeScalar, {
    nullable: true,
    description: "The instant of the last decision about it; null before there is one.",
  })
  async decidedAt(@Root() { id }: StoredStar, @Ctx() { loaders }: Context) {
    return (await loaders.starDecision.load(id))?.at ?? null;
  }
  @Output(() => ActorType, {
    nullable: true,
    description: "The role in which the last decision was made; `SYSTEM` where it followed from hours taken back.",
  })
  async decidedBy(@Root() { id }: StoredStar, @Ctx() context: Context) {
    const decided = await context.loaders.starDecision.load(id);
    return decided && actorOf(decided, context);
  }
  @Output(() => String, { nullable: true, description: "The reason for the last decision; null where none was given." })
  async reason(@Root() { id }: StoredStar, @Ctx() { loaders }: Context) {
    return (await loaders.starDecision.load(id))?.reason ?? null;
  }
  @Output(() => VolunteerType, {
    nullable: true,
    description: "The volunteer; without a tie the name is masked. Null where you may not see them.",
  })
  volunteer(@Root() { volunteerId }: StoredStar, @Ctx() { loaders }: Context) {
    return loaders.face.load(volunteerId);
  }
  @Output(() => DivisionType, { description: "The division in which the volunteer lived when it was proposed." })
  division(@Root() { divisionCode }: StoredStar, @Ctx() context: Context) {
    return divisionOf(divisionCode, context);
  }
  @Output(() => [StarEventType], { description: "The steps of the award, the first one first." })
  history(@Root() { id }: StoredStar, @Ctx() { loaders }: Context) {
    return loaders.starSteps.load(id);
  }
  @Output(() => Int, { description: "How many steps were taken with it; pass it as `expectedVersion`." })
  version: number;
}
export const StarAwardConnection = connectionOf("StarAward", () => StarAwardType);

@ObjectType("StarNotice", {
  description: "A star on public notice. Of the volunteer it shows the number alone, and nothing of a child.",
})
export class StarNoticeType {
  @Output(() => ID, { description: "The id of the award, which objectToVolunteerStar takes." })
  awardId: string;
  @Output(() => Int, { description: "The star that was proposed, from 1 to 5." }) level: number;
  @Output(() => String, { description: "The number by which the volunteer is known." }) volunteerNo: string;
  @Output(() => DivisionType, { description: "The division in which the volunteer lived when it was proposed." })
  division(@Root() { divisionCode }: StarNotice, @Ctx() context: Context) {
    return divisionOf(divisionCode, context);
  }
  @Output(() => DateScalar, { description: "The last civil day on which an objection may be raised." })
  noticeUntil: string;
}
export const StarNoticeConnection = connectionOf("StarNotice", () => StarNoticeType);

@ObjectType({ description: "Answers a mutation about a volunteer's star." })
export class StarAwardPayload extends Payload {
  @Outcome(() => StarAwardType, "The award that this is about")
  award: Row<StarAwardType> | null;
}

function versionOf(policyId: string, { loaders }: Context) {
  return whenKnown(loaders.policy.load(policyId), (version) => {
    invariant(version, "a version by which a star was weighed is there");
    return version;
  });
}
