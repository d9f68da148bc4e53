import { Args, Ctx, Int, ObjectType, Resolver, Root } from "type-graphql";
import type { Organization } from "../../domain/facts/organizations";
import type { Post } from "../../domain/facts/workers";
import type { Asked } from "../../services/bank/fields";
import { endCommunityPost, setCommunityPost } from "../../services/workers/commands";
import type { Context } from "../kit/context";
import { askedEach } from "../kit/costs";
import { asked, keyed, Payload, stepped } from "../kit/errors";
import { FieldResolver, Mutation, Outcome, Output, type Row } from "../kit/fields";
import { Input } from "../kit/inputs";
import { NodeType } from "../kit/node";
import { connectionOf, PageArgs } from "../kit/paging";
import { DateScalar } from "../kit/scalars";
import { OrganizationType, organizationOf } from "../organizations";
import { CommunityPostKind } from "./enums";

@ObjectType("CommunityPost", {
  implements: NodeType,
  description:
    "A paid post that a person holds; the hours of duty are no volunteering. The organisation's admins and supervisors, officers and auditors see it.",
})
export class CommunityPostType extends NodeType {
  @Output(() => CommunityPostKind, { description: "The kind of post, one of the three that there are." })
  post: CommunityPostKind;
  @Output(() => Int, { description: "The grade of the post, from 1 to 18." }) grade: number;
  @Output(() => String, { nullable: true, description: "The name of the person who holds the post; null once erased." })
  holderName(@Root() { id }: Post, @Ctx() { loaders }: Context) {
    return loaders.postName.load(id);
  }
  @Output(() => OrganizationType, { description: "The organisation at which the post is held." })
  organization(@Root() { organizationId }: Post, @Ctx() context: Context) {
    return organizationOf(organizationId, context);
  }
  @Output(() => DateScalar, { description: "The first civil day on which the person holds the post." })
  validFrom: string;
  @Output(() => DateScalar, {
    nullable: true,
    description: "The last civil day on which the person holds the post; null where no end is known.",
  })
  validUntil: string | null;
}
export const CommunityPostConnection = connectionOf("CommunityPost", () => CommunityPostType);

@ObjectType({ description: "Answers a mutation about a paid post." })
export class CommunityPostPayload extends Payload {
  @Outcome(() => CommunityPostType, "The post that this is about")
  post: Row<CommunityPostType> | null;
}

@Resolver(() => CommunityPostType)
export class CommunityPostResolver {
  @Mutation(() => CommunityPostPayload, {
    description:
      "Notes a paid post. The organisation's admins and officers may do this. SELF_CONFIRMATION for your own post.",
  })
  setCommunityPost(
    @Input(setCommunityPost, "The person, the organisation and the post.")
    input: Asked<typeof setCommunityPost>,
    @Ctx() context: Context,
  ) {
    return keyed(context, "post", () => context.services.posts.set(context.actor, input));
  }
  @Mutation(() => CommunityPostPayload, {
    description:
      "Notes the end of a paid post. The organisation's admins and officers may do this. SELF_CONFIRMATION for your own post.",
  })
  endCommunityPost(
    @Input(endCommunityPost, "The post, and its last day.")
    input: Asked<typeof endCommunityPost>,
    @Ctx() context: Context,
  ) {
    return stepped(context, "post", () => context.services.posts.end(context.actor, input));
  }
}

@Resolver(() => OrganizationType)
export class OrganizationPostsResolver {
  @FieldResolver(() => CommunityPostConnection, {
    complexity: askedEach,
    description:
      "The paid posts that are held there, with those that have ended. The organisation's admins and supervisors, officers and auditors see them.",
  })
  communityPosts(@Root() { id }: Organization, @Ctx() context: Context, @Args(() => PageArgs) page: PageArgs) {
    return asked(context, () => context.services.posts.list(context.actor, id, page));
  }
}
