import { Args, Ctx, Int, ObjectType, Resolver, Root } from "type-graphql";
import type { Language } from "../../domain/kit/language";
import { noticeTitle } from "../../domain/notices";
import type { Asked } from "../../services/bank/fields";
import type { Notice } from "../../services/notices";
import { markNoticesRead, noticeFilter } from "../../services/notices/commands";
import type { Context } from "../kit/context";
import { askedEach } from "../kit/costs";
import { asked, attempt, UserErrorType } from "../kit/errors";
import { FieldResolver, Mutation, Outcome, Output, type Row } from "../kit/fields";
import { Filter, Input } from "../kit/inputs";
import { type Finder, NodeType } from "../kit/node";
import { connectionOf, PageArgs } from "../kit/paging";
import { DateTimeScalar } from "../kit/scalars";
import { ViewerType } from "../people/volunteers";
import { NoticeKind } from "./enums";

@ObjectType("Notice", {
  implements: NodeType,
  description: "Something that others did and that concerns you; markNoticesRead takes its id.",
})
export class NoticeType extends NodeType {
  @Output(() => NoticeKind, { description: "The kind of event that the notice is about." }) kind: NoticeKind;
  @Output(() => String, { description: "A line that says what happened, in the language of Accept-Language." })
  title(@Root() notice: Notice, @Ctx() { language }: Context) {
    return noticeTitle(notice, language);
  }
  @Output(() => String, {
    description:
      "The details: the activity, the organisation, the ground, or how you were linked, and the reason where one was given.",
  })
  body(@Root() notice: Notice, @Ctx() { language }: Context) {
    return bodyOf(notice, language);
  }
  @Output(() => DateTimeScalar, { description: "The instant at which it happened." }) at: number;
  @Output(() => DateTimeScalar, {
    nullable: true,
    description: "The instant at which you marked the notice as read; null while it is unread.",
  })
  readAt: number | null;
  @Output(() => NodeType, {
    nullable: true,
    description:
      "The object that the notice is about: the sign-up, the service record, the identity, the volunteer, the organisation, the role, the post, the rating, the order, the family proxy, the star award, or the credit record without its content; for a guardianship, the minor. Null where you may not see it.",
  })
  subject(@Root() { kind, subjectId }: Notice, @Ctx() { loaders }: Context) {
    const by: Record<Notice["kind"], Finder> = {
      ACTIVITY: loaders.signUp,
      GUARDIAN_CONSENT_ASKED: loaders.signUp,
      CREDIT_RECORD: loaders.creditCase,
      RATING: loaders.rating,
      IDENTITY: loaders.identity,
      RECORD_LOGGED: loaders.record,
      REGISTRATION: loaders.volunteer,
      TIE: loaders.organization,
      ROLE: loaders.grant,
      POST: loaders.post,
      GUARDIANSHIP: loaders.volunteer,
      ORDER: loaders.order,
      PROXY: loaders.proxy,
      STAR: loaders.starAward,
    };
    return by[kind].load(subjectId);
  }
}
const NoticePage = connectionOf("Notice", () => NoticeType);
@ObjectType({ description: "A page of the notices to you." })
export class NoticeConnection extends NoticePage {
  @Output(() => Int, { description: "How many notices you have not marked as read." }) unreadCount: number;
}

@ObjectType({ description: "Answers the mutation markNoticesRead." })
export class MarkNoticesReadPayload {
  @Outcome(() => Int, "How many notices are left unread")
  unreadCount: number | null;
  @Output(() => [UserErrorType], {
    description: "The reasons for which the request was refused; empty where it was done.",
  })
  userErrors: readonly Row<UserErrorType>[];
}

@Resolver(() => ViewerType)
export class ViewerNoticesResolver {
  @FieldResolver(() => NoticeConnection, {
    complexity: askedEach,
    description: "The notices to you, the newest first; only the latest 200 are listed.",
  })
  notices(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: Context,
    @Filter(noticeFilter)
    filter?: Asked<typeof noticeFilter>,
  ) {
    return asked(context, () => context.services.notices.list(context.actor, filter?.unread ?? null, page));
  }
}

@Resolver(() => NoticeType)
export class NoticeResolver {
  @Mutation(() => MarkNoticesReadPayload, {
    description: "Marks notices as read. Ids of notices to other people change nothing.",
  })
  markNoticesRead(
    @Input(markNoticesRead, "The notices that you have read.")
    input: Asked<typeof markNoticesRead>,
    @Ctx() context: Context,
  ) {
    return attempt(context, async () => ({
      unreadCount: await context.services.notices.markRead(context.actor, input.noticeIds),
    }));
  }
}

function bodyOf(notice: Notice, language: Language): string {
  const { reason } = notice;
  const about = notice.about[language];
  const between = language === "zh" ? "：" : ": ";
  return about && reason ? `${about}${between}${reason}` : about || (reason ?? "");
}
