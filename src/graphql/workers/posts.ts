import { Args, Ctx, Int, ObjectType, Resolver, Root } from "type-graphql";
import type { Organization } from "../../domain/facts/organizations";
import type { Post } from "../../domain/facts/workers";
import type { Asked } from "../../services/bank/fields";
import { endCommunityPost, setCommunityPost } from "../../services/workers/commands";
import type { Context } from "../kit/context";
import { askedEach } from "../kit/costs";
import { asked, attempt, Payload } from "../kit/errors";
import { FieldResolver, Mutation, Output, type Row } from "../kit/fields";
import { Input } from "../kit/inputs";
import { NodeType } from "../kit/node";
import { connectionOf, PageArgs } from "../kit/paging";
import { DateScalar } from "../kit/scalars";
import { OrganizationType, organizationOf } from "../organizations";
import { CommunityPostKind } from "./enums";

@ObjectType("CommunityPost", {
  implements: NodeType,
  description:
    "A paid post that somebody holds: in the hours of duty their time is no volunteering. For admins and supervisors there, officers and auditors.",
})
export class CommunityPostType extends NodeType {
  @Output(() => CommunityPostKind, { description: "Which of the three posts it is." }) post: CommunityPostKind;
  @Output(() => Int, { description: "Its grade, from 1 to 18." }) grade: number;
  @Output(() => String, { nullable: true, description: "What its holder is called; null once erased." })
  holderName(@Root() { id }: Post, @Ctx() { loaders }: Context) {
    return loaders.postName.load(id);
  }
  @Output(() => OrganizationType, { description: "Where it is held." })
  organization(@Root() { organizationId }: Post, @Ctx() context: Context) {
    return organizationOf(organizationId, context);
  }
  @Output(() => DateScalar, { description: "The first civil day." }) validFrom: string;
  @Output(() => DateScalar, { nullable: true, description: "The last civil day; null while it is held." }) validUntil:
    | string
    | null;
}
export const CommunityPostConnection = connectionOf("CommunityPost", () => CommunityPostType);

@ObjectType({ description: "The answer about a paid post." })
export class CommunityPostPayload extends Payload {
  @Output(() => CommunityPostType, { nullable: true, description: "The post this is about." })
  post: Row<CommunityPostType> | null;
}

@Resolver(() => CommunityPostType)
export class CommunityPostResolver {
  @Mutation(() => CommunityPostPayload, {
    description: "Notes a paid post; of one's own, SELF_CONFIRMATION. Admins there, officers.",
  })
  setCommunityPost(
    @Input(setCommunityPost, "Who holds which post.")
    input: Asked<typeof setCommunityPost>,
    @Ctx() context: Context,
  ) {
    return attempt(context, async () => {
      const { value, replayed } = await context.services.posts.set(context.actor, input);
      return { post: value, replayed };
    });
  }
  @Mutation(() => CommunityPostPayload, {
    description: "Notes the end of a paid post; of one's own, SELF_CONFIRMATION. Admins there, officers.",
  })
  endCommunityPost(
    @Input(endCommunityPost, "Which one, and its last day.")
    input: Asked<typeof endCommunityPost>,
    @Ctx() context: Context,
  ) {
    return attempt(context, async () => ({
      post: await context.services.posts.end(context.actor, input),
      replayed: false,
    }));
  }
}

@Resolver(() => OrganizationType)
export class OrganizationPostsResolver {
  @FieldResolver(() => CommunityPostConnection, {
    complexity: askedEach,
    description: "Paid posts held there, with those that ended. Admins and supervisors there, officers and auditors.",
  })
  communityPosts(@Root() { id }: Organization, @Ctx() context: Context, @Args(() => PageArgs) page: PageArgs) {
    return asked(context, () => context.services.posts.list(context.actor, id, page));
  }
}
