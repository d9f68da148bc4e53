import "reflect-metadata";
import {
  type GraphQLObjectType,
  type GraphQLSchema,
  getNullableType,
  isObjectType,
  lexicographicSortSchema,
  printSchema,
} from "graphql";
import { buildSchema } from "type-graphql";
import { invariant } from "../domain/kit/invariant";
import { ActivityResolver, ShiftActivityResolver } from "./activities";
import { AttendanceResolver } from "./activities/attendance";
import { ActivityCampaignResolver, CampaignResolver, CampaignSubscription } from "./activities/campaigns";
import { ActivityFundraisingResolver, FundraisingResolver } from "./activities/fundraising";
import { ShiftResolver } from "./activities/shifts";
import { ShiftSignUpsResolver, SignUpResolver, VolunteerSignUpsResolver } from "./activities/sign-ups";
import { StatutoryClockResolver } from "./clocks";
import { CreditRecordResolver, OrganizationCreditResolver } from "./credit-records";
import {
  HoursResolver,
  OrganizationRecordsResolver,
  StatementLineRecordResolver,
  VolunteerRecordsResolver,
} from "./hours";
import { IndicatorResolver } from "./indicators";
import { checkArguments } from "./kit/arguments";
import { answerDirectly } from "./kit/directly";
import { shownTypes } from "./kit/fields";
import { NodeResolver } from "./kit/node";
import {
  AccountResolver,
  OrganizationAccountsResolver,
  RecipientAccountResolver,
  VolunteerAccountResolver,
} from "./ledger";
import { BalanceSubscription } from "./ledger/changes";
import { LedgerResolver } from "./ledger/trial-balance";
import { NoticeResolver, ViewerNoticesResolver } from "./notices";
import { ServiceOrderResolver } from "./orders";
import { OrganizationResolver } from "./organizations";
import { DivisionResolver } from "./organizations/divisions";
import { OrganizationHeadResolver } from "./organizations/heads";
import { OrganizationProfileResolver } from "./organizations/profiles";
import { RegistryResolver } from "./organizations/registry";
import { PersonResolver } from "./people";
import { OtherPersonResolvers, VolunteerPersonResolver } from "./people/capacities";
import { ViewerWardsResolver, VolunteerGuardiansResolver } from "./people/guardians";
import {
  IdentityResolver,
  PersonIdentitiesResolver,
  ViewerIdentitiesResolver,
  VolunteerIdentitiesResolver,
} from "./people/identities";
import { InvitationResolver, OrganizationInvitationsResolver } from "./people/invitations";
import { PersonsResolver } from "./people/persons";
import { StaffResolver } from "./people/staff";
import { VolunteerTiesResolver } from "./people/ties";
import { GrantResolver, ViewerResolver, VolunteerResolver } from "./people/volunteers";
import { PolicyResolver } from "./policies";
import { PrivacyResolver } from "./privacy";
import { FamilyProxyResolver, RecipientProxiesResolver, ViewerProxiesResolver } from "./proxies";
import { OrganizationRatingsResolver } from "./ratings";
import { RatingApplicationResolver } from "./ratings/applications";
import { RatingFileResolver } from "./ratings/file";
import { RatingRoundResolver } from "./ratings/rounds";
import { OrganizationSpotChecksResolver, SpotCheckResolver } from "./spot-checks";
import { StarAwardResolver, VolunteerStarsResolver } from "./stars";
import { VillageBoardResolver } from "./village-points";
import { OrganizationVisitsResolver, VisitResolver } from "./visits";
import { RecipientResolver } from "./visits/recipients";
import { CommunityPostResolver, OrganizationPostsResolver } from "./workers/posts";
import { SocialWorkerResolver } from "./workers/social-workers";

/** type-graphql makes the root types itself; what they are for is told here. */
const roots = {
  Query:
    "Questions to the bank. Each says who may ask it; a reader without permission gets null, an empty list, or NOT_PERMITTED.",
  Mutation: "Commands to the bank. A refusal stands in `userErrors`; nothing was then done.",
  Subscription: "Events that a client hears after each commit, over a WebSocket or an event stream.",
};

let built: Promise<GraphQLSchema> | undefined;
/** Built once a process: it knows nothing of any bank. */
export function buildGoodhoursSchema(): Promise<GraphQLSchema> {
  built ??= build();
  return built;
}

async function build(): Promise<GraphQLSchema> {
  const schema = await buildSchema({
    resolvers: [
      AccountResolver,
      VolunteerRecordsResolver,
      VolunteerStarsResolver,
      StarAwardResolver,
      OrganizationRecordsResolver,
      StatementLineRecordResolver,
      OrganizationAccountsResolver,
      VolunteerAccountResolver,
      RecipientAccountResolver,
      ActivityCampaignResolver,
      ActivityFundraisingResolver,
      ShiftActivityResolver,
      ShiftSignUpsResolver,
      VolunteerSignUpsResolver,
      ...shownTypes,
      ActivityResolver,
      AttendanceResolver,
      BalanceSubscription,
      CampaignResolver,
      CampaignSubscription,
      CommunityPostResolver,
      CreditRecordResolver,
      DivisionResolver,
      FundraisingResolver,
      GrantResolver,
      HoursResolver,
      IdentityResolver,
      InvitationResolver,
      OrganizationInvitationsResolver,
      PersonIdentitiesResolver,
      ViewerIdentitiesResolver,
      VolunteerIdentitiesResolver,
      VolunteerPersonResolver,
      VolunteerGuardiansResolver,
      ...OtherPersonResolvers,
      IndicatorResolver,
      LedgerResolver,
      NodeResolver,
      NoticeResolver,
      OrganizationCreditResolver,
      OrganizationHeadResolver,
      RegistryResolver,
      OrganizationPostsResolver,
      OrganizationProfileResolver,
      OrganizationResolver,
      OrganizationVisitsResolver,
      PersonResolver,
      PersonsResolver,
      PolicyResolver,
      PrivacyResolver,
      OrganizationRatingsResolver,
      RatingApplicationResolver,
      RatingFileResolver,
      RatingRoundResolver,
      RecipientResolver,
      ShiftResolver,
      FamilyProxyResolver,
      RecipientProxiesResolver,
      ViewerProxiesResolver,
      ServiceOrderResolver,
      SignUpResolver,
      SocialWorkerResolver,
      OrganizationSpotChecksResolver,
      SpotCheckResolver,
      StaffResolver,
      StatutoryClockResolver,
      ViewerNoticesResolver,
      ViewerResolver,
      ViewerWardsResolver,
      VolunteerTiesResolver,
      VillageBoardResolver,
      VisitResolver,
      VolunteerResolver,
    ],
    validate: false,
    // type-graphql wants one wherever there are subscriptions; ours follow the journal and use no topics.
    pubSub: { publish: () => undefined, subscribe: noTopics },
  });
  for (const [name, description] of Object.entries(roots)) {
    const root = schema.getType(name);
    invariant(root, `the schema has a ${name}`);
    root.description = description;
  }
  answerDirectly(schema);
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    checkArguments(type);
    leaveRoomForRefusals(type);
  }
  return schema;
}

/**
 * What may be refused may be null: a question to the bank, and whatever takes arguments, which may be wrong. Else one refused
 * field would empty all that was asked beside it. Commands answer their refusals as data.
 */
function leaveRoomForRefusals(type: GraphQLObjectType): void {
  if (type.name === "Mutation" || type.name === "Subscription") return;
  for (const field of Object.values(type.getFields()))
    if (type.name === "Query" || field.args.length > 0) field.type = getNullableType(field.type);
}

function noTopics(): AsyncIterable<unknown> {
  invariant(false, "no subscription uses topics");
}

/** Sorted, so that a difference is about meaning only. */
export function printSchemaSorted(schema: GraphQLSchema): string {
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}
