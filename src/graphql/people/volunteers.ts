import { Args, Ctx, Int, ObjectType, Resolver, Root } from "type-graphql";
import type { Grant, Volunteer } from "../../domain/facts/people";
import type { ServiceTotals } from "../../domain/hours/totals";
import { whenKnown } from "../../domain/kit/soon";
import { type Actor, isInForce } from "../../domain/permissions/actors";
import type { Asked } from "../../services/bank/fields";
import { grantRole, revokeRole } from "../../services/people/commands/staff";
import {
  advanceVolunteer,
  registerVolunteer,
  renewCalendarLink,
  reviseVolunteer,
  volunteerFilter,
} from "../../services/people/commands/volunteers";
import type { Context } from "../kit/context";
import { RoleEnum } from "../kit/enums";
import { asked, attempt, keyed, Payload, stepped } from "../kit/errors";
import { Mutation, Outcome, Output, Query, type Row } from "../kit/fields";
import { RegistrationStep } from "../kit/histories";
import { Filter, Input } from "../kit/inputs";
import { NodeType } from "../kit/node";
import { connectionOf, PageArgs } from "../kit/paging";
import { DateScalar, MinutesScalar } from "../kit/scalars";
import { DivisionType, divisionOf, OrganizationType } from "../organizations";
import { VolunteerState, VolunteerStepAction } from "./enums";

@ObjectType("ServiceTotals", {
  description: "The minutes that a volunteer has actually given, over posted records. They are never spent.",
})
export class ServiceTotalsType {
  @Output(() => MinutesScalar, { description: "The minutes of all origins together." }) total: number;
  @Output(() => MinutesScalar, { description: "The minutes that are known by attendance at activities." })
  checkedIn: number;
  @Output(() => MinutesScalar, { description: "The minutes that were logged in time." }) entered: number;
  @Output(() => MinutesScalar, { description: "The minutes that were logged late, with evidence." }) backfilled: number;
  @Output(() => MinutesScalar, { description: "The minutes that were brought over from another system." })
  imported: number;
}

@ObjectType("Volunteer", { implements: NodeType, description: "A person, or a group, who gives time." })
export class VolunteerType extends NodeType {
  @Output(() => String, { description: "The number by which people know the volunteer." }) volunteerNo: string;
  @Output(() => String, {
    description:
      "The name by which the volunteer is shown. It is masked for an organisation to which the volunteer has no tie; the rest is enough to notice a mistyped number.",
  })
  displayName(@Root() { id, volunteerNo }: Volunteer, @Ctx() { loaders }: Context) {
    return whenKnown(loaders.person.load(id), ({ displayName }) => displayName ?? volunteerNo);
  }
  @Output(() => VolunteerState, {
    nullable: true,
    description: "The state of the registration; null where the name is masked.",
  })
  state(@Root() { id, state }: Volunteer, @Ctx() { loaders }: Context) {
    return whenKnown(loaders.person.load(id), ({ masked }) => (masked ? null : state));
  }
  @Output(() => String, {
    nullable: true,
    description:
      "The ID number with its middle hidden. The volunteer, the volunteer's stations, officers and auditors see it; null for others.",
  })
  async maskedIdNumber(@Root() { id }: Volunteer, @Ctx() { loaders }: Context) {
    return (await loaders.person.load(id)).maskedIdNumber;
  }
  @Output(() => String, {
    nullable: true,
    description:
      "The telephone number with its middle hidden. The volunteer, the volunteer's stations, officers and auditors see it; null for others.",
  })
  async maskedPhone(@Root() { id }: Volunteer, @Ctx() { loaders }: Context) {
    return (await loaders.person.load(id)).maskedPhone;
  }
  @Output(() => DivisionType, {
    nullable: true,
    description: "The division in which the volunteer lives; null where the name is masked.",
  })
  async division(@Root() { id, divisionCode }: Volunteer, @Ctx() context: Context) {
    return (await context.loaders.person.load(id)).masked ? null : divisionOf(divisionCode, context);
  }
  @Output(() => ServiceTotalsType, {
    nullable: true,
    description: "The minutes that the volunteer has given, by origin; null where the name is masked.",
  })
  serviceTotals(@Root() { id }: Volunteer, @Ctx() { loaders }: Context) {
    return whenKnown(loaders.person.load(id), ({ masked }) =>
      masked ? null : whenKnown(loaders.totals.load(id), withTotal),
    );
  }
  @Output(() => OrganizationType, {
    nullable: true,
    description: "The station that vouches for the volunteer; null where there is none yet, or the name is masked.",
  })
  async station(@Root() { id, vouchedBy }: Volunteer, @Ctx() { loaders }: Context) {
    if (vouchedBy === null || (await loaders.person.load(id)).masked) return null;
    return loaders.organization.load(vouchedBy);
  }
  @Output(() => Int, {
    description:
      "The number of steps so far; pass it as `expectedVersion` to be refused where another step came first.",
  })
  version: number;
  @Output(() => [VolunteerEventType], {
    description:
      "The steps after the registration with their reasons, in the order in which they were taken. The volunteer, the volunteer's stations, officers and auditors see them.",
  })
  history(@Root() { id }: Volunteer, @Ctx() { loaders }: Context) {
    return loaders.volunteerHistory.load(id);
  }
}
export const VolunteerConnection = connectionOf("Volunteer", () => VolunteerType);

@ObjectType("VolunteerEvent", {
  description: "A step that was taken with a volunteer's registration, after the first.",
})
export class VolunteerEventType extends RegistrationStep {
  @Output(() => VolunteerStepAction, { description: "The step that was taken." }) action: VolunteerStepAction;
  @Output(() => VolunteerState, { description: "The state before the step." }) from: VolunteerState;
  @Output(() => VolunteerState, { description: "The state of the registration after the step." }) to: VolunteerState;
}

function withTotal({ checkedIn, entered, backfilled, imported }: ServiceTotals): ServiceTotalsType {
  return { total: checkedIn + entered + backfilled + imported, checkedIn, entered, backfilled, imported };
}

@ObjectType("Grant", {
  implements: NodeType,
  description: "A role that a person holds for a time, at an organisation, in a division, or in the whole bank.",
})
export class GrantType extends NodeType {
  @Output(() => RoleEnum, { description: "The role that the person holds." }) role: RoleEnum;
  @Output(() => OrganizationType, {
    nullable: true,
    description: "The organisation at which the role holds; null for other roles.",
  })
  organization(@Root() { organizationId }: Grant, @Ctx() { loaders }: Context) {
    return organizationId ? loaders.organization.load(organizationId) : null;
  }
  @Output(() => DivisionType, {
    nullable: true,
    description: "The division in which the role holds, with all below it; null for other roles.",
  })
  division(@Root() { divisionCode }: Grant, @Ctx() context: Context) {
    return divisionCode ? divisionOf(divisionCode, context) : null;
  }
  @Output(() => DateScalar, { description: "The first civil day on which the role holds." }) validFrom: string;
  @Output(() => DateScalar, {
    nullable: true,
    description: "The last civil day on which the role holds; null where it has no end.",
  })
  validUntil: string | null;
}

@ObjectType("Viewer", {
  implements: NodeType,
  description: "The person as whom you are signed in, with your own roles, notices and calendar.",
})
export class ViewerType extends NodeType {
  @Output(() => [GrantType], { description: "The roles that you hold today." })
  grants(@Root() { actor }: { actor: Actor }, @Ctx() { services }: Context) {
    const today = services.today();
    return actor.grants.filter((grant) => isInForce(grant, today));
  }
  @Output(() => VolunteerType, {
    nullable: true,
    description: "Your registration as a volunteer; null where you have none.",
  })
  volunteer(@Root() { actor }: { actor: Actor }, @Ctx() { loaders }: Context) {
    return actor.volunteerId ? loaders.volunteer.load(actor.volunteerId) : null;
  }
  @Output(() => String, {
    nullable: true,
    description:
      "The secret address of your own calendar, in the iCalendar format. Renew it with renewCalendarLink where another person has seen it.",
  })
  async calendarUrl(@Root() { actor }: { actor: Actor }, @Ctx() context: Context) {
    return calendarAddress(context, await context.services.calendars.link(actor));
  }
}

@ObjectType({ description: "Answers a mutation about a volunteer." })
export class VolunteerPayload extends Payload {
  @Outcome(() => VolunteerType, "The volunteer that this is about")
  volunteer: Row<VolunteerType> | null;
}
@ObjectType({ description: "Answers a mutation about a grant." })
export class GrantPayload extends Payload {
  @Outcome(() => GrantType, "The grant that this is about")
  grant: Row<GrantType> | null;
}

@Resolver(() => VolunteerType)
export class VolunteerResolver {
  @Query(() => VolunteerConnection, {
    description:
      "Lists volunteers. A station finds its own; officers and auditors find all. By the whole `volunteerNo` alone, a station also finds a volunteer who registered themselves in its division and waits; the name is then masked.",
  })
  volunteers(
    @Ctx() context: Context,
    @Args(() => PageArgs) page: PageArgs,
    @Filter(volunteerFilter)
    filter?: Asked<typeof volunteerFilter>,
  ) {
    return asked(context, () => context.services.volunteers.sight.find(context.actor, filter ?? {}, page));
  }

  @Mutation(() => VolunteerPayload, {
    description: "Registers a volunteer for your station, or yourself as a volunteer.",
  })
  registerVolunteer(
    @Input(registerVolunteer, "The volunteer, with the consents.")
    input: Asked<typeof registerVolunteer>,
    @Ctx() context: Context,
  ) {
    return keyed(context, "volunteer", () => context.services.volunteers.register(context.actor, input));
  }
  @Mutation(() => VolunteerPayload, {
    description:
      "Takes a step of a volunteer's registration. ACTIVATE is for a station of the volunteer's division or above, an organisation that the volunteer has allowed, and officers; RETURN for the station that the volunteer left, and officers; the other steps for a supervisor of the volunteer's station, and officers. SUSPEND, WITHDRAW and RECORD_DEATH give back promised places, which go to the waiting list, and end roles, paid posts and guardianships of minors; NOT_PERMITTED for a supervisor where one of the roles is at another organisation or in the office. SELF_CONFIRMATION for your own registration.",
  })
  advanceVolunteer(
    @Input(advanceVolunteer, "The volunteer, the step, and its reason.")
    input: Asked<typeof advanceVolunteer>,
    @Ctx() context: Context,
  ) {
    return stepped(context, "volunteer", () => context.services.volunteers.advance(context.actor, input));
  }

  @Mutation(() => VolunteerPayload, {
    description:
      "Corrects what is kept of a volunteer. The station that vouches and officers may do this; volunteers may correct their own name and phone. NOT_PERMITTED for the name, papers, phone or birth date of a person with a role that you could not give. The same content again is no new step. The volunteer is notified, and reads the reason.",
  })
  reviseVolunteer(
    @Input(reviseVolunteer, "The volunteer, the right content, and the reason.")
    input: Asked<typeof reviseVolunteer>,
    @Ctx() context: Context,
  ) {
    return keyed(context, "volunteer", () => context.services.corrections.revise(context.actor, input));
  }
}

@ObjectType({ description: "Answers the mutation renewCalendarLink." })
export class CalendarLinkPayload extends Payload {
  @Output(() => String, {
    nullable: true,
    description: "The new secret address of your calendar; the old one shows nothing any more.",
  })
  calendarUrl: string | null;
}

function calendarAddress({ publicUrl }: Context, secret: string | null): string | null {
  return secret && `${publicUrl}/calendar/${secret}.ics`;
}

@Resolver(() => ViewerType)
export class ViewerResolver {
  @Query(() => ViewerType, {
    nullable: true,
    description: "The person as whom you are signed in; null without a token, or where the bank does not know you yet.",
  })
  viewer(@Ctx() { actor }: Context) {
    return actor.personId === null ? null : { id: actor.personId, actor };
  }
  @Mutation(() => CalendarLinkPayload, {
    description:
      "Gives your calendar a new secret address. The old address, and links to copies of your data, open nothing any more.",
  })
  renewCalendarLink(
    @Input(renewCalendarLink, "The key of this renewal; nothing else is needed.")
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
      "Grants a role. The organisation's admin and officers grant staff roles; officers grant all others. NOT_FOUND for a volunteer whom the admin's organisation does not see.",
  })
  grantRole(
    @Input(grantRole, "The role, the person, and where and from when it holds.")
    input: Asked<typeof grantRole>,
    @Ctx() context: Context,
  ) {
    return keyed(context, "grant", () => context.services.people.grantRole(context.actor, input));
  }
  @Mutation(() => GrantPayload, { description: "Ends a role; from today on it does not hold." })
  revokeRole(
    @Input(revokeRole, "The grant that ends, and the reason.")
    input: Asked<typeof revokeRole>,
    @Ctx() context: Context,
  ) {
    return stepped(context, "grant", () => context.services.people.revokeRole(context.actor, input));
  }
}
