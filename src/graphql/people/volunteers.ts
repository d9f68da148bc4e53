import { Args, Ctx, Int, ObjectType, Resolver, Root } from "type-graphql";
import type { Grant, Volunteer } from "../../domain/facts/people";
import type { ServiceTotals } from "../../domain/hours/totals";
import type { Actor } from "../../domain/permissions/actors";
import type { Asked } from "../../services/bank/fields";
import {
  advanceVolunteer,
  grantRole,
  registerVolunteer,
  renewCalendarLink,
  reviseVolunteer,
  revokeRole,
  volunteerFilter,
} from "../../services/people/commands";
import type { Context } from "../kit/context";
import { RoleEnum } from "../kit/enums";
import { asked, attempt, Payload } from "../kit/errors";
import { Mutation, Output, Query, type Row } from "../kit/fields";
import { RegistrationStep } from "../kit/histories";
import { Filter, Input } from "../kit/inputs";
import { NodeType } from "../kit/node";
import { connectionOf, PageArgs } from "../kit/paging";
import { DateScalar, MinutesScalar } from "../kit/scalars";
import { DivisionType, divisionOf, OrganizationType } from "../organizations";
import { VolunteerState, VolunteerStepAction } from "./enums";

@ObjectType("ServiceTotals", { description: "Minutes actually given, over posted records; never spent." })
export class ServiceTotalsType {
  @Output(() => MinutesScalar, { description: "Minutes of all origins together." }) total: number;
  @Output(() => MinutesScalar, { description: "Minutes known by attendance at activities." }) checkedIn: number;
  @Output(() => MinutesScalar, { description: "Minutes that were logged in time." }) entered: number;
  @Output(() => MinutesScalar, { description: "Logged late, with evidence." }) backfilled: number;
  @Output(() => MinutesScalar, { description: "Migrated from another system." }) imported: number;
}

@ObjectType({ description: "The next star and how far it is." })
export class NextStar {
  @Output(() => Int, { description: "Its level, 1 to 5." }) level: number;
  @Output(() => MinutesScalar, { description: "Service minutes still missing." }) minutesRemaining: number;
}
@ObjectType({ description: "A star for hours served; none yet where null." })
export class VolunteerStar {
  @Output(() => Int, { description: "Its level, from 0 to 5." }) level: number;
  @Output(() => DateScalar, { nullable: true, description: "Since when; null at level 0." }) awardedOn: string | null;
  @Output(() => NextStar, { nullable: true, description: "The next one; null at 5." }) next: Row<NextStar> | null;
}

@ObjectType("Volunteer", { implements: NodeType, description: "A natural person, or a group, giving time." })
export class VolunteerType extends NodeType {
  @Output(() => String, { description: "The number people know the volunteer by." }) volunteerNo: string;
  @Output(() => String, {
    description:
      "The name shown. Masked for an organisation that the volunteer is not tied to: enough to see a slip of a digit.",
  })
  async displayName(@Root() { id, volunteerNo }: Volunteer, @Ctx() { loaders }: Context) {
    return (await loaders.person.load(id)).displayName ?? volunteerNo;
  }
  @Output(() => VolunteerState, {
    nullable: true,
    description: "Where the registration stands; null where the name is masked.",
  })
  async state(@Root() { id, state }: Volunteer, @Ctx() { loaders }: Context) {
    return (await loaders.person.load(id)).masked ? null : state;
  }
  @Output(() => String, {
    nullable: true,
    description: "The ID number with its middle hidden; for the volunteer, its stations, officers and auditors.",
  })
  async maskedIdNumber(@Root() { id }: Volunteer, @Ctx() { loaders }: Context) {
    return (await loaders.person.load(id)).maskedIdNumber;
  }
  @Output(() => String, { nullable: true, description: "The phone number with its middle hidden; for the same." })
  async maskedPhone(@Root() { id }: Volunteer, @Ctx() { loaders }: Context) {
    return (await loaders.person.load(id)).maskedPhone;
  }
  @Output(() => DivisionType, {
    nullable: true,
    description: "Where the volunteer lives; null where the name is masked.",
  })
  async division(@Root() { id, divisionCode }: Volunteer, @Ctx() context: Context) {
    return (await context.loaders.person.load(id)).masked ? null : divisionOf(divisionCode, context);
  }
  @Output(() => ServiceTotalsType, {
    nullable: true,
    description: "Time given, by origin; null where the name is masked.",
  })
  async serviceTotals(@Root() { id }: Volunteer, @Ctx() { loaders }: Context) {
    if ((await loaders.person.load(id)).masked) return null;
    const totals: ServiceTotals = await loaders.totals.load(id);
    return { ...totals, total: totals.checkedIn + totals.entered + totals.backfilled + totals.imported };
  }
  @Output(() => VolunteerStar, { nullable: true, description: "The star; null until this bank rates volunteers." })
  star() {
    return null;
  }
  @Output(() => OrganizationType, {
    nullable: true,
    description: "The station that vouches; null where there is none yet, or the name is masked.",
  })
  async station(@Root() { id, vouchedBy }: Volunteer, @Ctx() { loaders }: Context) {
    if (vouchedBy === null || (await loaders.person.load(id)).masked) return null;
    return loaders.organization.load(vouchedBy);
  }
  @Output(() => Int, { description: "Counts the steps, for `expectedVersion`." }) version: number;
  @Output(() => [VolunteerEventType], {
    description:
      "The steps after the registration with their reasons, in the order in which they were taken. For the volunteer, the volunteer's stations, officers and auditors.",
  })
  history(@Root() { id }: Volunteer, @Ctx() { loaders }: Context) {
    return loaders.volunteerHistory.load(id);
  }
}
export const VolunteerConnection = connectionOf("Volunteer", () => VolunteerType);

@ObjectType("VolunteerEvent", { description: "A step of a volunteer's registration, after the first." })
export class VolunteerEventType extends RegistrationStep {
  @Output(() => VolunteerStepAction, { description: "Which step it was." }) action: VolunteerStepAction;
  @Output(() => VolunteerState, { description: "The state before it." }) from: VolunteerState;
  @Output(() => VolunteerState, { description: "The state after it." }) to: VolunteerState;
}

@ObjectType("Grant", { implements: NodeType, description: "A dated role of a person, with its scope." })
export class GrantType extends NodeType {
  @Output(() => RoleEnum, { description: "The role that the person holds." }) role: RoleEnum;
  @Output(() => OrganizationType, { nullable: true, description: "Where, when it is at an organisation." })
  organization(@Root() { organizationId }: Grant, @Ctx() { loaders }: Context) {
    return organizationId ? loaders.organization.load(organizationId) : null;
  }
  @Output(() => DivisionType, { nullable: true, description: "Where, when it is in a division and below." })
  division(@Root() { divisionCode }: Grant, @Ctx() context: Context) {
    return divisionCode ? divisionOf(divisionCode, context) : null;
  }
  @Output(() => DateScalar, { description: "The first day it holds." }) validFrom: string;
  @Output(() => DateScalar, { nullable: true, description: "The last day it holds; null without end." }) validUntil:
    | string
    | null;
}

@ObjectType("Viewer", { implements: NodeType, description: "Who you are signed in as, under the id of your person." })
export class ViewerType extends NodeType {
  @Output(() => [GrantType], { description: "The roles you hold today." })
  grants(@Root() { actor }: { actor: Actor }, @Ctx() { services }: Context) {
    const today = services.today();
    return actor.grants.filter(
      (grant) => grant.validFrom <= today && (grant.validUntil === null || grant.validUntil >= today),
    );
  }
  @Output(() => VolunteerType, { nullable: true, description: "Yourself as a volunteer." })
  volunteer(@Root() { actor }: { actor: Actor }, @Ctx() { loaders }: Context) {
    return actor.volunteerId ? loaders.volunteer.load(actor.volunteerId) : null;
  }
  @Output(() => String, {
    nullable: true,
    description: "The secret address of your own calendar (iCalendar); renew it when somebody else has seen it.",
  })
  async calendarUrl(@Root() { actor }: { actor: Actor }, @Ctx() context: Context) {
    return calendarAddress(context, await context.services.calendars.link(actor));
  }
}

@ObjectType({ description: "The answer about a volunteer." })
export class VolunteerPayload extends Payload {
  @Output(() => VolunteerType, { nullable: true, description: "The volunteer this is about." })
  volunteer: Row<VolunteerType> | null;
}
@ObjectType({ description: "The answer about a grant." })
export class GrantPayload extends Payload {
  @Output(() => GrantType, { nullable: true, description: "The grant this is about." }) grant: Row<GrantType> | null;
}

@Resolver(() => VolunteerType)
export class VolunteerResolver {
  @Query(() => VolunteerConnection, {
    description:
      "Volunteers you may find: a station its own, officers and auditors all. A station also finds, by the whole volunteerNo alone, who registered themselves in its division and waits: with a masked name.",
  })
  volunteers(
    @Ctx() context: Context,
    @Args(() => PageArgs) page: PageArgs,
    @Filter(volunteerFilter)
    filter?: Asked<typeof volunteerFilter>,
  ) {
    return asked(context, () => context.services.volunteers.find(context.actor, filter ?? {}, page));
  }

  @Mutation(() => VolunteerPayload, { description: "Registers a volunteer: for your station, or yourself." })
  registerVolunteer(
    @Input(registerVolunteer, "Who is registered, and with whose consent.")
    input: Asked<typeof registerVolunteer>,
    @Ctx() context: Context,
  ) {
    return attempt(context, async () => {
      const { value, replayed } = await context.services.volunteers.register(context.actor, input);
      return { volunteer: value, replayed };
    });
  }
  @Mutation(() => VolunteerPayload, {
    description:
      "Moves a volunteer's registration on. ACTIVATE is for a station of their division or above, an organisation that they allowed, and officers; RETURN for the station that they left, and officers; the others for a supervisor of their station, and officers. SUSPEND, WITHDRAW and RECORD_DEATH give back promised places, which go to those who wait, and end roles, paid posts and guardianships of minors; NOT_PERMITTED where one of the roles is at another house or of the office, for anybody but an officer. SELF_CONFIRMATION for your own.",
  })
  advanceVolunteer(
    @Input(advanceVolunteer, "The step and its reason.")
    input: Asked<typeof advanceVolunteer>,
    @Ctx() context: Context,
  ) {
    return attempt(context, async () => ({
      volunteer: await context.services.volunteers.advance(context.actor, input),
      replayed: false,
    }));
  }

  @Mutation(() => VolunteerPayload, {
    description:
      "Corrects what is kept of a volunteer. For the station that vouches, and officers; volunteers correct their own name and phone. NOT_PERMITTED for the name, papers, phone or birth date of a person with a role that you could not give. The same content again is no new step. The volunteer is told, and reads the reason.",
  })
  reviseVolunteer(
    @Input(reviseVolunteer, "Which volunteer, what is right, and why.")
    input: Asked<typeof reviseVolunteer>,
    @Ctx() context: Context,
  ) {
    return attempt(context, async () => {
      const { value, replayed } = await context.services.corrections.revise(context.actor, input);
      return { volunteer: value, replayed };
    });
  }
}

@ObjectType({ description: "The answer to renewCalendarLink." })
export class CalendarLinkPayload extends Payload {
  @Output(() => String, { nullable: true, description: "The new secret address; the old one shows nothing any more." })
  calendarUrl: string | null;
}

function calendarAddress({ publicUrl }: Context, secret: string | null): string | null {
  return secret && `${publicUrl}/calendar/${secret}.ics`;
}

@Resolver(() => ViewerType)
export class ViewerResolver {
  @Query(() => ViewerType, { nullable: true, description: "Who you are signed in as; null without a token." })
  viewer(@Ctx() { actor }: Context) {
    return actor.personId === null ? null : { id: actor.personId, actor };
  }
  @Mutation(() => CalendarLinkPayload, {
    description: "Gives your calendar a new secret address; the old one, and links to copies of yours, are void.",
  })
  renewCalendarLink(
    @Input(renewCalendarLink, "Your key for this renewal.")
    input: Asked<typeof renewCalendarLink>,
    @Ctx() context: Context,
  ) {
    return attempt(context, async () => {
      const { value, replayed } = await context.services.calendars.renew(context.actor, input);
      return { calendarUrl: calendarAddress(context, value), replayed };
    });
  }
}

@Resolver(() => GrantType)
export class GrantResolver {
  @Mutation(() => GrantPayload, {
    description:
      "Grants a role: staff roles by the organisation's admin or an officer, others by an officer. NOT_FOUND for a volunteer whom the admin's organisation does not see.",
  })
  grantRole(
    @Input(grantRole, "The role, the person, and where and from when it holds.")
    input: Asked<typeof grantRole>,
    @Ctx() context: Context,
  ) {
    return attempt(context, async () => {
      const { value, replayed } = await context.services.people.grantRole(context.actor, input);
      return { grant: value, replayed };
    });
  }
  @Mutation(() => GrantPayload, { description: "Ends a role: it does not hold today any more." })
  revokeRole(
    @Input(revokeRole, "Which one it is about, and the reason.")
    input: Asked<typeof revokeRole>,
    @Ctx() context: Context,
  ) {
    return attempt(context, async () => ({
      grant: await context.services.people.revokeRole(context.actor, input),
      replayed: false,
    }));
  }
}
