import { Arg, Ctx, ID, InterfaceType, Resolver } from "type-graphql";
import { refuse } from "../../domain/kit/refusal";
import { counted } from "../../domain/kit/units";
import type { Context, Loaders } from "./context";
import { asked } from "./errors";
import { Output, Query } from "./fields";

/** Finds what has an id: null where it is absent or not yours to see. */
export interface Finder {
  load(id: string): { id: string } | null | Promise<{ id: string } | null>;
}

/** What an id is of is told by its prefix: its type, and the loader that finds it. */
export const nodesByPrefix: Readonly<Record<string, readonly [type: string, finder: (loaders: Loaders) => Finder]>> = {
  volunteer: ["Volunteer", ({ volunteer }) => volunteer],
  record: ["ServiceRecord", ({ record }) => record],
  organization: ["Organization", ({ organization }) => organization],
  account: ["Account", ({ account }) => account],
  policy: ["PolicyVersion", ({ policy }) => policy],
  grant: ["Grant", ({ grant }) => grant],
  identity: ["Identity", ({ identity }) => identity],
  invitation: ["Invitation", ({ invitation }) => invitation],
  campaign: ["Campaign", ({ campaign }) => campaign],
  activity: ["Activity", ({ activity }) => activity],
  shift: ["Shift", ({ shift }) => shift],
  signup: ["SignUp", ({ signUp }) => signUp],
  attendance: ["Attendance", ({ attendance }) => attendance],
  socialworker: ["SocialWorker", ({ socialWorker }) => socialWorker],
  post: ["CommunityPost", ({ post }) => post],
  household: ["Household", ({ household }) => household],
  recipient: ["Recipient", ({ recipient }) => recipient],
  visit: ["Visit", ({ visit }) => visit],
  obligation: ["VisitObligation", ({ obligation }) => obligation],
  creditrecord: ["CreditCase", ({ creditCase }) => creditCase],
  order: ["ServiceOrder", ({ order }) => order],
  proxy: ["FamilyProxy", ({ proxy }) => proxy],
  star: ["StarAward", ({ starAward }) => starAward],
  spotcheck: ["SpotCheck", ({ spotCheck }) => spotCheck],
  rating: ["RatingApplication", ({ rating }) => rating],
  ratinground: ["RatingRound", ({ ratingRound }) => ratingRound],
  person: ["Person", ({ knownPerson }) => knownPerson],
  award: ["Award", ({ award }) => award],
  finding: ["OrganizationFinding", ({ finding }) => finding],
  head: ["OrganizationHead", ({ head }) => head],
  training: ["Training", ({ training }) => training],
  notice: ["Notice", ({ notice }) => notice],
  householdquarter: ["HouseholdOnBoard", ({ householdQuarter }) => householdQuarter],
  office: ["Responsible", ({ office }) => office],
};
const nodesMost = 100;

@InterfaceType("Node", {
  description: "An object that has an id of its own.",
  resolveType: ({ id }: { id: string }) => nodesOf(id)?.[0],
})
export abstract class NodeType {
  @Output(() => ID, { description: "The id of this object: an opaque text whose prefix names the type." }) id: string;
}

@Resolver()
export class NodeResolver {
  @Query(() => NodeType, {
    nullable: true,
    description: "Finds an object of any type by its id; null where there is none, or you may not see it.",
  })
  node(@Arg("id", () => ID, { description: "The id of an object of any type." }) id: string, @Ctx() context: Context) {
    return nodeOf(id, context);
  }
  @Query(() => [NodeType], {
    nullable: "items",
    complexity: ({ args, childComplexity }) => 1 + (args.ids as readonly string[]).length * childComplexity,
    description: "Finds objects by their ids, each in its place; null where there is none, or you may not see it.",
  })
  nodes(
    @Arg("ids", () => [ID], { description: "The ids of up to 100 objects; they may be of different types." })
    ids: string[],
    @Ctx() context: Context,
  ) {
    return asked(context, async () => {
      if (ids.length > nodesMost) refuse("INVALID_INPUT", counted("ENTRIES", { most: nodesMost }), ["ids"]);
      return Promise.all(ids.map((id) => nodeOf(id, context)));
    });
  }
}

export async function nodeOf(id: string, { loaders }: Context): Promise<{ id: string } | null> {
  const [, finder] = nodesOf(id) ?? [];
  return finder ? finder(loaders).load(id) : null;
}

function nodesOf(id: string) {
  const prefix = id.split("_")[0] ?? "";
  return Object.hasOwn(nodesByPrefix, prefix) ? nodesByPrefix[prefix] : undefined;
}
