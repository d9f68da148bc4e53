import { Arg, Ctx, Field, ID, InterfaceType, Query, Resolver } from "type-graphql";
import type { Context } from "./context";

/** Which type an id is of is told by its prefix. */
const typesByPrefix: Record<string, string> = {
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
};

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
    @Ctx() { loaders }: Context,
  ): Promise<object | null> {
    const prefix = id.split("_")[0] ?? "";
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
    };
    return Object.hasOwn(known, prefix) ? (known[prefix]?.load(id) ?? null) : null;
  }
}
