import {
  Arg,
  Args,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from "type-graphql";
import type { ServiceTotals } from "../../domain/hours/totals";
import type { IdKind as Kind } from "../../domain/people/papers";
import type { VolunteerAction as Action, VolunteerState as State, Volunteer } from "../../domain/people/volunteers";
import type { Actor, Grant, Role } from "../../domain/permissions/actors";
import { SignUpConnection, SignUpFilter } from "../activities/sign-ups";
import { EvidenceInput, recordListArgs } from "../hours/inputs";
import { ServiceRecordConnection } from "../hours/types";
import type { Context } from "../kit/context";
import { CorrectionInput } from "../kit/corrections";
import { askedEach } from "../kit/costs";
import { IdKind, RoleEnum, VolunteerAction, VolunteerState, VolunteerStepAction } from "../kit/enums";
import { asked, attempt, Payload, stepKey } from "../kit/errors";
import { RegistrationStep } from "../kit/histories";
import { NodeType } from "../kit/node";
import { connectionOf, PageArgs } from "../kit/paging";
import { DateScalar, MinutesScalar } from "../kit/scalars";
import { AccountType } from "../ledger";
import { DivisionType, divisionOf, OrganizationType } from "../organizations";

const RecordsAsRecorded = recordListArgs("RECORDED_AT");

@ObjectType("ServiceTotals", { description: "Minutes actually given, over posted records; never spent." })
export class ServiceTotalsType {
  @Field(() => MinutesScalar, { description: "Minutes of all origins together." }) total: number;
  @Field(() => MinutesScalar, { description: "Minutes known by attendance at activities." }) checkedIn: number;
  @Field(() => MinutesScalar, { description: "Minutes that were logged in time." }) entered: number;
  @Field(() => MinutesScalar, { description: "Logged late, with evidence." }) backfilled: number;
  @Field(() => MinutesScalar, { description: "Migrated from another system." }) imported: number;
}

@ObjectType({ description: "The next star and how far it is." })
export class NextStar {
  @Field(() => Int, { description: "Its level, 1 to 5." }) level: number;
  @Field(() => MinutesScalar, { description: "Service minutes still missing." }) minutesRemaining: number;
}
@ObjectType({ description: "A star for hours served; none yet where null." })
export class VolunteerStar {
  @Field(() => Int, { description: "Its level, from 0 to 5." }) level: number;
  @Field(() => DateScalar, { nullable: true, description: "Since when; null at level 0." }) awardedOn: string | null;
  @Field(() => NextStar, { nullable: true, description: "The next one; null at 5." }) next: NextStar | null;
}

@ObjectType("Volunteer", { implements: NodeType, description: "A natural person, or a group, giving time." })
export class VolunteerType extends NodeType {
  @Field(() => String, { description: "The number people know the volunteer by." }) volunteerNo: string;
  @Field(() => String, {
    description:
      "The name shown. Masked for an organisation that the volunteer is not tied to: enough to see a slip of a digit.",
  })
  displayName: string;
  @Field(() => VolunteerState, {
    nullable: true,
    description: "Where the registration stands; null where the name is masked.",
  })
  state: string | null;
  @Field(() => String, {
    nullable: true,
    description: "The ID number with its middle hidden; for the volunteer, its stations, officers and auditors.",
  })
  maskedIdNumber: string | null;
  @Field(() => String, { nullable: true, description: "The phone number with its middle hidden; for the same." })
  maskedPhone: string | null;
  @Field(() => DivisionType, {
    nullable: true,
    description: "Where the volunteer lives; null where the name is masked.",
  })
  division: object | null;
  @Field(() => ServiceTotalsType, {
    nullable: true,
    description: "Time given, by origin; null where the name is masked.",
  })
  serviceTotals: object | null;
  @Field(() => VolunteerStar, { nullable: true, description: "The star; null until this bank rates volunteers." })
  star: VolunteerStar | null;
  @Field(() => AccountType, { nullable: true, description: "The credit account; null when it is not yours to see." })
  account: object | null;
  @Field(() => OrganizationType, {
    nullable: true,
    description: "The station that vouches; null where there is none yet, or the name is masked.",
  })
  station: object | null;
  @Field(() => Int, { description: "Counts the steps, for `expectedVersion`." }) version: number;
}
export const VolunteerConnection = connectionOf("Volunteer", () => VolunteerType as never);

@ObjectType("VolunteerEvent", { description: "A step of a volunteer's registration, after the first." })
export class VolunteerEventType extends RegistrationStep {
  @Field(() => VolunteerStepAction, { description: "Which step it was." }) action: string;
  @Field(() => VolunteerState, { description: "The state before it." }) from: string;
  @Field(() => VolunteerState, { description: "The state after it." }) to: string;
}

@ObjectType("Grant", { implements: NodeType, description: "A dated role of a person, with its scope." })
export class GrantType extends NodeType {
  @Field(() => RoleEnum, { description: "The role that the person holds." }) role: string;
  @Field(() => OrganizationType, { nullable: true, description: "Where, when it is at an organisation." }) organization:
    | object
    | null;
  @Field(() => DivisionType, { nullable: true, description: "Where, when it is in a division and below." }) division:
    | object
    | null;
  @Field(() => DateScalar, { description: "The first day it holds." }) validFrom: string;
  @Field(() => DateScalar, { nullable: true, description: "The last day it holds; null without end." }) validUntil:
    | string
    | null;
}

@ObjectType("Viewer", { implements: NodeType, description: "Who you are signed in as, under the id of your person." })
export class ViewerType extends NodeType {
  @Field(() => [GrantType], { description: "The roles you hold today." }) grants: object[];
  @Field(() => VolunteerType, { nullable: true, description: "Yourself as a volunteer." }) volunteer: object | null;
  @Field(() => String, {
    nullable: true,
    description: "The secret address of your own calendar (iCalendar); renew it when somebody else has seen it.",
  })
  calendarUrl: string | null;
}

@InputType({ description: "Which volunteers; a field left out does not filter." })
export class VolunteerFilter {
  @Field(() => String, { nullable: true, description: "The volunteer number to look for." }) volunteerNo?:
    | string
    | null;
  @Field(() => String, {
    nullable: true,
    description:
      "Part of the name: a surname alone, any character, or a pair of letters and more; in whatever spelling.",
  })
  text?: string | null;
  @Field(() => [VolunteerState], { nullable: true, description: "In any of these states." }) state?: State[] | null;
  @Field(() => String, {
    nullable: true,
    description: "Living in this division or below, by its code or official code.",
  })
  divisionCode?: string | null;
}

@InputType({ description: "A guardian's consent for a minor." })
export class GuardianConsentInput {
  @Field(() => String, { description: "The name of the guardian. NAME_INVALID." }) guardianName: string;
  @Field(() => String, { description: "How the guardian and the minor are related." }) relation: string;
  @Field(() => DateScalar, { description: "The civil day of the consent." }) consentedOn: string;
  @Field(() => EvidenceInput, { nullable: true, description: "The proof that it was given." })
  evidence?: EvidenceInput | null;
}

@InputType({
  description: "A new volunteer. A station's registration is active at once; one's own waits for a station.",
})
export class RegisterVolunteerInput {
  @Field(() => ID, { description: "Your key: the same key and input answers the same again." }) idempotencyKey: string;
  @Field(() => String, {
    nullable: true,
    description:
      "A number that a station's list has already; the bank gives one where this is left out. INVALID_INPUT where you register yourself: the bank gives that number.",
  })
  volunteerNo?: string | null;
  @Field(() => String, { description: "The name to show. NAME_INVALID." }) displayName: string;
  @Field(() => String, { nullable: true, description: "The name in documents." }) legalName?: string | null;
  @Field(() => IdKind, {
    nullable: true,
    description:
      "The kind of papers that the number is of. Left out, the form of the number tells it where one kind alone has that form.",
  })
  idKind?: Kind | null;
  @Field(() => String, {
    nullable: true,
    description:
      "The ID number: encrypted, and shown masked. ID_NUMBER_INVALID. Where you register another person it is one that you have seen, and joins them to who is known by it: PAPERS_DISAGREE, DUPLICATE_PERSON. What you say of yourself joins and tells nothing.",
  })
  idNumber?: string | null;
  @Field(() => DateScalar, { description: "The day of birth." }) birthDate: string;
  @Field(() => String, {
    nullable: true,
    description:
      "A telephone number as people type it: encrypted, and shown masked. A mobile, a landline with its area code or as the town dials it, with an extension or without, or + and the code of a country. PHONE_INVALID.",
  })
  phone?: string | null;
  @Field(() => String, { description: "Where the volunteer lives, by its code or official code." })
  divisionCode: string;
  @Field(() => [String], { nullable: true, description: "Skills they have, in words." }) skills?: string[] | null;
  @Field(() => [String], { nullable: true, description: "Services they offer, by code." }) serviceTypes?:
    | string[]
    | null;
  @Field(() => Boolean, { description: "Whether the volunteer consented to being registered." }) consent: boolean;
  @Field(() => Boolean, {
    nullable: true,
    description: "At least 16 and living on own labour: counts as grown up, and needs no guardian (REG13).",
  })
  selfSupporting?: boolean | null;
  @Field(() => GuardianConsentInput, { nullable: true, description: "A guardian's consent, needed below 18." })
  guardianConsent?: GuardianConsentInput | null;
  @Field(() => Boolean, {
    nullable: true,
    description: "True registers you yourself, where you may otherwise register others.",
  })
  self?: boolean | null;
}

@InputType({ description: "A step of a volunteer's registration." })
export class AdvanceVolunteerInput {
  @Field(() => ID, { nullable: true, description: stepKey }) idempotencyKey?: string | null;
  @Field(() => ID, { description: "The id of the volunteer." }) volunteerId: string;
  @Field(() => VolunteerAction, { description: "The step to take." }) action: Action;
  @Field(() => String, { nullable: true, description: "Why; needed for every step but ACTIVATE." }) reason?:
    | string
    | null;
  @Field(() => Boolean, {
    nullable: true,
    description:
      "Of ACTIVATE: true where you have seen the papers whose number the volunteer said. From then on it joins them to who is known by it. DUPLICATE_PERSON where that is another person: an officer merges the two; PAPERS_DISAGREE; ID_NUMBER_INVALID.",
  })
  papersSeen?: boolean | null;
  @Field(() => Boolean, {
    nullable: true,
    description: "Of RETURN: the volunteer consents anew, which the step says where this is left out. CONSENT_MISSING.",
  })
  consent?: boolean | null;
  @Field(() => GuardianConsentInput, {
    nullable: true,
    description: "Of RETURN: a guardian's fresh consent, needed below 18. GUARDIAN_CONSENT_MISSING.",
  })
  guardianConsent?: GuardianConsentInput | null;
}

@InputType({ description: "What was wrong about a volunteer. A field left out or null stays as it is." })
export class ReviseVolunteerInput extends CorrectionInput {
  @Field(() => ID, { description: "Your key: the same key and input answers the same again." }) idempotencyKey: string;
  @Field(() => ID, { description: "The id of the volunteer." }) volunteerId: string;
  @Field(() => String, {
    nullable: true,
    description: "The name to show; volunteers correct their own. NAME_INVALID.",
  })
  displayName?: string | null;
  @Field(() => DateScalar, {
    nullable: true,
    description:
      "The day of birth. Records that were posted stay as they are. ID_NUMBER_INVALID where the papers say another day; GUARDIAN_CONSENT_MISSING where it makes a minor.",
  })
  birthDate?: string | null;
  @Field(() => String, {
    nullable: true,
    description: "A telephone number; volunteers correct their own. An empty text takes it away. PHONE_INVALID.",
  })
  phone?: string | null;
  @Field(() => String, {
    nullable: true,
    description: "Where the volunteer lives now, by the division's code or official code.",
  })
  divisionCode?: string | null;
  @Field(() => ID, {
    nullable: true,
    description:
      "The station that vouches from now on. For a supervisor of the present one, or an officer. ORGANIZATION_INACTIVE.",
  })
  organizationId?: string | null;
  @Field(() => String, {
    nullable: true,
    description: "The number that people know the volunteer by, where a list had a wrong one. DUPLICATE_VOLUNTEER_NO.",
  })
  volunteerNo?: string | null;
  @Field(() => GuardianConsentInput, {
    nullable: true,
    description: "A guardian's consent, in the place of what stood.",
  })
  guardianConsent?: GuardianConsentInput | null;
  @Field(() => String, { description: "The reason, which the volunteer reads; it is kept sealed." }) reason: string;
}

@InputType({ description: "A role for a person, at an organisation, in a division, or in the whole bank." })
export class GrantRoleInput {
  @Field(() => ID, { description: "Your key: the same key and input answers the same again." }) idempotencyKey: string;
  @Field(() => ID, { description: "The person it is granted to." }) personId: string;
  @Field(() => RoleEnum, { description: "Which role is granted." }) role: Role;
  @Field(() => ID, { nullable: true, description: "At this organisation; needed for staff roles." }) organizationId?:
    | string
    | null;
  @Field(() => String, { nullable: true, description: "In this division and below, by its code or official code." })
  divisionCode?: string | null;
  @Field(() => DateScalar, { description: "The first day, counted in." })
  validFrom: string;
  @Field(() => DateScalar, {
    nullable: true,
    description: "The last day that the role holds, counted in; without an end where left out.",
  })
  validUntil?: string | null;
}

@InputType({ description: "Ends a role today." })
export class RevokeRoleInput {
  @Field(() => ID, { nullable: true, description: stepKey }) idempotencyKey?: string | null;
  @Field(() => ID, { description: "Which grant, by its id." }) grantId: string;
  @Field(() => String, { description: "The reason, for whoever reads the history." }) reason: string;
}

@ObjectType({ description: "The answer about a volunteer." })
export class VolunteerPayload extends Payload {
  @Field(() => VolunteerType, { nullable: true, description: "The volunteer this is about." }) volunteer?:
    | object
    | null;
}
@ObjectType({ description: "The answer about a grant." })
export class GrantPayload extends Payload {
  @Field(() => GrantType, { nullable: true, description: "The grant this is about." }) grant?: object | null;
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
    @Arg("filter", () => VolunteerFilter, {
      nullable: true,
      description: "Only what fits; a field left out does not filter.",
    })
    filter?: VolunteerFilter,
  ): Promise<object> {
    return asked(context, () => context.services.volunteers.find(context.actor, filter ?? {}, page));
  }

  @Mutation(() => VolunteerPayload, { description: "Registers a volunteer: for your station, or yourself." })
  registerVolunteer(
    @Arg("input", () => RegisterVolunteerInput, { description: "Who is registered, and with whose consent." })
    input: RegisterVolunteerInput,
    @Ctx() context: Context,
  ): Promise<object> {
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
    @Arg("input", () => AdvanceVolunteerInput, { description: "The step and its reason." })
    input: AdvanceVolunteerInput,
    @Ctx() context: Context,
  ): Promise<object> {
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
    @Arg("input", () => ReviseVolunteerInput, { description: "Which volunteer, what is right, and why." })
    input: ReviseVolunteerInput,
    @Ctx() context: Context,
  ): Promise<object> {
    return attempt(context, async () => {
      const { value, replayed } = await context.services.corrections.revise(context.actor, input);
      return { volunteer: value, replayed };
    });
  }

  @FieldResolver(() => [VolunteerEventType], {
    description:
      "The steps after the registration with their reasons, in the order in which they were taken. For the volunteer, the volunteer's stations, officers and auditors.",
  })
  history(@Root() { id }: Volunteer, @Ctx() { loaders }: Context): Promise<object[]> {
    return loaders.volunteerHistory.load(id);
  }
  @FieldResolver(() => OrganizationType, { nullable: true })
  async station(@Root() { id, vouchedBy }: Volunteer, @Ctx() { loaders }: Context): Promise<object | null> {
    if (vouchedBy === null || (await loaders.person.load(id)).masked) return null;
    return loaders.organization.load(vouchedBy);
  }
  @FieldResolver(() => String)
  async displayName(@Root() { id, volunteerNo }: Volunteer, @Ctx() { loaders }: Context): Promise<string> {
    return (await loaders.person.load(id)).displayName ?? volunteerNo;
  }
  @FieldResolver(() => String, { nullable: true })
  async maskedIdNumber(@Root() { id }: Volunteer, @Ctx() { loaders }: Context): Promise<string | null> {
    return (await loaders.person.load(id)).maskedIdNumber;
  }
  @FieldResolver(() => String, { nullable: true })
  async maskedPhone(@Root() { id }: Volunteer, @Ctx() { loaders }: Context): Promise<string | null> {
    return (await loaders.person.load(id)).maskedPhone;
  }
  @FieldResolver(() => VolunteerState, { nullable: true })
  async state(@Root() { id, state }: Volunteer, @Ctx() { loaders }: Context): Promise<string | null> {
    return (await loaders.person.load(id)).masked ? null : state;
  }
  @FieldResolver(() => DivisionType, { nullable: true })
  async division(@Root() { id, divisionCode }: Volunteer, @Ctx() context: Context): Promise<object | null> {
    return (await context.loaders.person.load(id)).masked ? null : divisionOf(divisionCode, context);
  }
  @FieldResolver(() => ServiceTotalsType, { nullable: true })
  async serviceTotals(@Root() { id }: Volunteer, @Ctx() { loaders }: Context): Promise<object | null> {
    if ((await loaders.person.load(id)).masked) return null;
    const totals: ServiceTotals = await loaders.totals.load(id);
    return { ...totals, total: totals.checkedIn + totals.entered + totals.backfilled + totals.imported };
  }
  @FieldResolver(() => VolunteerStar, { nullable: true })
  star(): null {
    return null;
  }
  @FieldResolver(() => AccountType, { nullable: true })
  account(@Root() { accountId }: Volunteer, @Ctx() { loaders }: Context): Promise<object | null> {
    return loaders.account.load(accountId);
  }
  @FieldResolver(() => ServiceRecordConnection, {
    complexity: askedEach,
    description: "The volunteer's service records, newest first.",
  })
  serviceRecords(
    @Root() { id }: Volunteer,
    @Ctx() context: Context,
    @Args(() => RecordsAsRecorded) { filter, orderBy, ...page }: InstanceType<typeof RecordsAsRecorded>,
  ): Promise<object> {
    return asked(context, () =>
      context.services.hours.list(
        context.actor,
        { ...filter, volunteerIs: filter?.volunteerId, volunteerId: id },
        orderBy,
        page,
      ),
    );
  }
  @FieldResolver(() => SignUpConnection, {
    complexity: askedEach,
    description: "The volunteer's sign-ups, newest first; for themselves, a guardian, and their stations.",
  })
  signUps(
    @Root() { id }: Volunteer,
    @Ctx() context: Context,
    @Args(() => PageArgs) page: PageArgs,
    @Arg("filter", () => SignUpFilter, {
      nullable: true,
      description: "Only what fits; a field left out does not filter.",
    })
    filter?: SignUpFilter,
  ): Promise<object> {
    return asked(context, () => context.services.signUps.ofVolunteer(context.actor, id, filter?.state ?? null, page));
  }
}

@InputType({ description: "Gives your calendar a new secret address." })
export class RenewCalendarLinkInput {
  @Field(() => ID, { description: "Your key: the same key and input answers the same again." }) idempotencyKey: string;
}
@ObjectType({ description: "The answer to renewCalendarLink." })
export class CalendarLinkPayload extends Payload {
  @Field(() => String, { nullable: true, description: "The new secret address; the old one shows nothing any more." })
  calendarUrl?: string | null;
}

function calendarAddress({ publicUrl }: Context, secret: string | null): string | null {
  return secret && `${publicUrl}/calendar/${secret}.ics`;
}

@Resolver(() => ViewerType)
export class ViewerResolver {
  @Query(() => ViewerType, { nullable: true, description: "Who you are signed in as; null without a token." })
  viewer(@Ctx() { actor }: Context): object | null {
    return actor.personId === null ? null : { id: actor.personId, actor };
  }
  @FieldResolver(() => [GrantType])
  grants(@Root() { actor }: { actor: Actor }, @Ctx() { services }: Context): readonly Grant[] {
    const today = services.today();
    return actor.grants.filter(
      (grant) => grant.validFrom <= today && (grant.validUntil === null || grant.validUntil >= today),
    );
  }
  @FieldResolver(() => VolunteerType, { nullable: true })
  volunteer(@Root() { actor }: { actor: Actor }, @Ctx() { loaders }: Context): Promise<object | null> | null {
    return actor.volunteerId ? loaders.volunteer.load(actor.volunteerId) : null;
  }
  @FieldResolver(() => String, { nullable: true })
  async calendarUrl(@Root() { actor }: { actor: Actor }, @Ctx() context: Context): Promise<string | null> {
    return calendarAddress(context, await context.services.calendars.link(actor));
  }
  @Mutation(() => CalendarLinkPayload, {
    description: "Gives your calendar a new secret address; the old one, and links to copies of yours, are void.",
  })
  renewCalendarLink(
    @Arg("input", () => RenewCalendarLinkInput, { description: "Your key for this renewal." })
    input: RenewCalendarLinkInput,
    @Ctx() context: Context,
  ): Promise<object> {
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
    @Arg("input", () => GrantRoleInput, { description: "The role, the person, and where and from when it holds." })
    input: GrantRoleInput,
    @Ctx() context: Context,
  ): Promise<object> {
    return attempt(context, async () => {
      const { value, replayed } = await context.services.people.grantRole(context.actor, input);
      return { grant: value, replayed };
    });
  }
  @Mutation(() => GrantPayload, { description: "Ends a role: it does not hold today any more." })
  revokeRole(
    @Arg("input", () => RevokeRoleInput, { description: "Which one it is about, and the reason." })
    input: RevokeRoleInput,
    @Ctx() context: Context,
  ): Promise<object> {
    return attempt(context, async () => ({
      grant: await context.services.people.revokeRole(context.actor, input),
      replayed: false,
    }));
  }
  @FieldResolver(() => OrganizationType, { nullable: true })
  organization(@Root() { organizationId }: Grant, @Ctx() { loaders }: Context): Promise<object | null> | null {
    return organizationId ? loaders.organization.load(organizationId) : null;
  }
  @FieldResolver(() => DivisionType, { nullable: true })
  division(@Root() { divisionCode }: Grant, @Ctx() context: Context): Promise<object> | null {
    return divisionCode ? divisionOf(divisionCode, context) : null;
  }
}
