import { Arg, Ctx, Field, ID, InterfaceType, Query, Resolver } from "type-graphql";
import { refuse } from "../domain/refusal";
import type { Context } from "./context";
import { asked } from "./errors";

/** Which type an id is of is told by its prefix. */
export const typesByPrefix: Readonly<Record<string, string>> = {
  volunteer: "Volunteer",
  record: "ServiceRecord",
  organization: "Organization",
  account: "Account",
  policy: "PolicyVersion",
  grant: "Grant",
  identity: "Identity",
  invitation: "Invitation",
  campaign: "Campaign",
  activity: "Activity",
  shift: "Shift",
  signup: "SignUp",
  attendance: "Attendance",
  socialworker: "SocialWorker",
  post: "CommunityPost",
  household: "Household",
  recipient: "Recipient",
  visit: "Visit",
  obligation: "VisitObligation",
  creditrecord: "CreditCase",
  spotcheck: "SpotCheck",
  rating: "RatingApplication",
  ratinground: "RatingRound",
  person: "Person",
  award: "Award",
  finding: "OrganizationFinding",
  head: "OrganizationHead",
  training: "Training",
  notice: "Notice",
  householdquarter: "HouseholdOnBoard",
  office: "Responsible",
};
const nodesMost = 100;

@InterfaceType("Node", {
  description: "Anything with an id of its own.",
  resolveType: (value: { id: string }) => typesByPrefix[value.id.split("_")[0] ?? ""],
})
export abstract class NodeType {
  @Field(() => ID, { description: "Opaque, and typed by its prefix." }) id: string;
}

@Resolver()
export class NodeResolver {
  @Query(() => NodeType, {
    nullable: true,
    description: "Whatever has this id; null when it is absent or not yours to see.",
  })
  async node(
    @Arg("id", () => ID, { description: "An id of any type." }) id: string,
    @Ctx() context: Context,
  ): Promise<object | null> {
    return nodeOf(id, context);
  }
  @Query(() => [NodeType], {
    nullable: "items",
    complexity: ({ args, childComplexity }) => 1 + (args.ids as readonly string[]).length * childComplexity,
    description: "What has these ids, each in its place; null for what is absent or not yours to see.",
  })
  nodes(
    @Arg("ids", () => [ID], { description: "Ids of any types; at most 100." }) ids: string[],
    @Ctx() context: Context,
  ): Promise<(object | null)[]> {
    return asked(context, async () => {
      if (ids.length > nodesMost) refuse("INVALID_INPUT", { most: nodesMost }, ["ids"]);
      return Promise.all(ids.map((id) => nodeOf(id, context)));
    });
  }
}

export async function nodeOf(id: string, { loaders }: Context): Promise<object | null> {
  const known: Record<string, { load(id: string): Promise<object | null> }> = {
    volunteer: loaders.volunteer,
    record: loaders.record,
    organization: loaders.organization,
    account: loaders.account,
    policy: loaders.policy,
    grant: loaders.grant,
    identity: loaders.identity,
    invitation: loaders.invitation,
    campaign: loaders.campaign,
    activity: loaders.activity,
    shift: loaders.shift,
    signup: loaders.signUp,
    attendance: loaders.attendance,
    socialworker: loaders.socialWorker,
    post: loaders.post,
    household: loaders.household,
    recipient: loaders.recipient,
    visit: loaders.visit,
    obligation: loaders.obligation,
    creditrecord: loaders.creditCase,
    spotcheck: loaders.spotCheck,
    rating: loaders.rating,
    ratinground: loaders.ratingRound,
    person: loaders.knownPerson,
    award: loaders.award,
    finding: loaders.finding,
    head: loaders.head,
    training: loaders.training,
    notice: loaders.notice,
    householdquarter: loaders.householdQuarter,
    office: loaders.office,
  };
  const prefix = id.split("_")[0] ?? "";
  return Object.hasOwn(known, prefix) ? (known[prefix]?.load(id) ?? null) : null;
}
