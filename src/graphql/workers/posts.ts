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
  Resolver,
  Root,
} from "type-graphql";
import type { Organization } from "../../domain/organizations";
import type { CommunityPost, Post } from "../../domain/workers/posts";
import type { Context } from "../kit/context";
import { askedEach } from "../kit/costs";
import { CommunityPostKind } from "../kit/enums";
import { asked, attempt, Payload, stepKey } from "../kit/errors";
import { NodeType } from "../kit/node";
import { connectionOf, PageArgs } from "../kit/paging";
import { DateScalar } from "../kit/scalars";
import { OrganizationType } from "../organizations";

@ObjectType("CommunityPost", {
  implements: NodeType,
  description:
    "A paid post that somebody holds: in the hours of duty their time is no volunteering. For admins and supervisors there, officers and auditors.",
})
export class CommunityPostType extends NodeType {
  @Field(() => CommunityPostKind, { description: "Which of the three posts it is." }) post: string;
  @Field(() => Int, { description: "Its grade, from 1 to 18." }) grade: number;
  @Field(() => String, { nullable: true, description: "What its holder is called; null once erased." })
  holderName: string | null;
  @Field(() => OrganizationType, { description: "Where it is held." }) organization: object;
  @Field(() => DateScalar, { description: "The first civil day." }) validFrom: string;
  @Field(() => DateScalar, { nullable: true, description: "The last civil day; null while it is held." }) validUntil:
    | string
    | null;
}
export const CommunityPostConnection = connectionOf("CommunityPost", () => CommunityPostType as never);

@InputType({
  description:
    "A paid post that somebody holds. An open one at the same organisation ends on the day before; one that overlaps otherwise, there or elsewhere, is POST_OVERLAP.",
})
export class SetCommunityPostInput {
  @Field(() => ID, { description: "Your key: the same key and input answers the same again." }) idempotencyKey: string;
  @Field(() => ID, { nullable: true, description: "Who holds it, by volunteer id; or a social worker." }) volunteerId?:
    | string
    | null;
  @Field(() => ID, { nullable: true, description: "Who holds it, by social worker id; or a volunteer." })
  socialWorkerId?: string | null;
  @Field(() => ID, { description: "At which organisation the post is held, by its id." }) organizationId: string;
  @Field(() => CommunityPostKind, { description: "Which of the three posts it is." }) post: CommunityPost;
  @Field(() => Int, { description: "Its grade, from 1 to 18." }) grade: number;
  @Field(() => DateScalar, { description: "The first civil day." }) validFrom: string;
  @Field(() => DateScalar, { nullable: true, description: "The last civil day, where it is known." }) validUntil?:
    | string
    | null;
}
@InputType({ description: "The end of a paid post." })
export class EndCommunityPostInput {
  @Field(() => ID, { nullable: true, description: stepKey }) idempotencyKey?: string | null;
  @Field(() => ID, { description: "Which post, by its id." }) postId: string;
  @Field(() => DateScalar, { description: "The last civil day on which it is held." }) on: string;
  @Field(() => String, { description: "The reason; it is kept sealed." }) reason: string;
}
@ObjectType({ description: "The answer about a paid post." })
export class CommunityPostPayload extends Payload {
  @Field(() => CommunityPostType, { nullable: true, description: "The post this is about." }) post?: object | null;
}

@Resolver(() => CommunityPostType)
export class CommunityPostResolver {
  @Mutation(() => CommunityPostPayload, {
    description: "Notes a paid post; of one's own, SELF_CONFIRMATION. Admins there, officers.",
  })
  setCommunityPost(
    @Arg("input", () => SetCommunityPostInput, { description: "Who holds which post." }) input: SetCommunityPostInput,
    @Ctx() context: Context,
  ): Promise<object> {
    return attempt(context, async () => {
      const { value, replayed } = await context.services.posts.set(context.actor, input);
      return { post: value, replayed };
    });
  }
  @Mutation(() => CommunityPostPayload, {
    description: "Notes the end of a paid post; of one's own, SELF_CONFIRMATION. Admins there, officers.",
  })
  endCommunityPost(
    @Arg("input", () => EndCommunityPostInput, { description: "Which one, and its last day." })
    input: EndCommunityPostInput,
    @Ctx() context: Context,
  ): Promise<object> {
    return attempt(context, async () => ({
      post: await context.services.posts.end(context.actor, input),
      replayed: false,
    }));
  }

  @FieldResolver(() => String, { nullable: true })
  holderName(@Root() { id }: Post, @Ctx() { loaders }: Context): Promise<string | null> {
    return loaders.postName.load(id);
  }
  @FieldResolver(() => OrganizationType)
  organization(@Root() { organizationId }: Post, @Ctx() { loaders }: Context): Promise<object | null> {
    return loaders.organization.load(organizationId);
  }
}

@Resolver(() => OrganizationType)
export class OrganizationPostsResolver {
  @FieldResolver(() => CommunityPostConnection, {
    complexity: askedEach,
    description: "Paid posts held there, with those that ended. Admins and supervisors there, officers and auditors.",
  })
  communityPosts(
    @Root() { id }: Organization,
    @Ctx() context: Context,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<object> {
    return asked(context, () => context.services.posts.list(context.actor, id, page));
  }
}
