import { Args, Ctx, Int, ObjectType, Resolver, Root } from "type-graphql";
import type { Activity } from "../../domain/facts/activities";
import { setFundraisingFacts } from "../../services/activities/commands";
import type { Asked } from "../../services/bank/fields";
import type { Context } from "../kit/context";
import { asked } from "../kit/errors";
import { FieldResolver, Mutation, Output, present, Query, type Row } from "../kit/fields";
import { Input } from "../kit/inputs";
import { type Counted, PageArgs, PageInfo, totalCountField } from "../kit/paging";
import { DateScalar } from "../kit/scalars";
import { answered } from ".";
import { DisclosureState } from "./enums";
import { ActivityPayload, ActivityType } from "./types";

@ObjectType({ description: "A disclosure that a fundraising owes: of an interim period, or of its final accounts." })
export class Disclosure {
  @Output(() => Boolean, { description: "Whether it is of the final accounts." }) final: boolean;
  @Output(() => DateScalar, { description: "The last civil day on which it is in time (慈善法 §72, §79)." })
  dueOn: string;
  @Output(() => DateScalar, {
    nullable: true,
    description: "The day on which it was published; null while it was not.",
  })
  disclosedOn: string | null;
  @Output(() => Int, {
    description: "Civil days from `dueOn` to its publication, or to today while there is none; 0 in time.",
  })
  daysLate: number;
}

@ObjectType("FundraisingFacts", {
  description:
    "What must be said of a public fundraising beside the activity (慈善法 §24–25). Facts only: no donation is taken here.",
})
export class FundraisingFactsType {
  @Output(() => String, { description: "The organisation that raises funds." }) organizationName: string;
  @Output(() => String, { description: "The number of its filed plan." }) planFilingNo: string;
  @Output(() => String, { description: "The number of its certificate to raise funds in public." }) permitNo: string;
  @Output(() => String, { description: "Where anybody may look it up." }) howToQuery: string;
  @Output(() => DateScalar, { description: "When the plan was filed." }) filedOn: string;
  @Output(() => DateScalar, { description: "The first day of the fundraising." }) startsOn: string;
  @Output(() => DateScalar, { description: "The last day of the fundraising." }) endsOn: string;
  @Output(() => DateScalar, {
    nullable: true,
    description: "The last day for the next disclosure (慈善法 §79); null once the final one is out.",
  })
  disclosureDueOn: string | null;
  @Output(() => DisclosureState, { description: "Where the disclosure stands today." })
  disclosureState: DisclosureState;
  @Output(() => Int, {
    description:
      "How many civil days the next disclosure is late today, or the final one was when it came (DISCLOSED_LATE); 0 in time.",
  })
  daysLate: number;
  @Output(() => [Disclosure], { description: "Every disclosure that it owes, in order, the final one last." })
  disclosures: readonly Row<Disclosure>[];
  @Output(() => [DateScalar], { description: "When interim accounts were published." }) interimDisclosedOn: string[];
  @Output(() => DateScalar, { nullable: true, description: "When the final accounts were published." }) disclosedOn:
    | string
    | null;
  @Output(() => Boolean, { description: "An emergency: filed afterwards, disclosed every five days (慈善法 §72–73)." })
  emergency: boolean;
}

@ObjectType({ description: "A fundraising whose disclosure is overdue." })
export class OverdueDisclosureEdge {
  @Output(() => String, { description: "The position of this edge." }) cursor: string;
  @Output(() => ActivityType, { description: "The activity beside which funds were raised." }) node: Row<ActivityType>;
}

@ObjectType({ description: "A page of fundraisings whose disclosure is overdue." })
export class OverdueDisclosureConnection {
  @Output(() => [OverdueDisclosureEdge], { description: "The page's entries, the longest overdue first." })
  edges: readonly Row<OverdueDisclosureEdge>[];
  @Output(() => PageInfo, { description: "Where the page lies." }) pageInfo: Row<PageInfo>;
  @Output(() => Int, totalCountField) totalCount(@Root() page: Counted) {
    return page.totalCount();
  }
}

/** The fundraising beside an activity: facts, and the clock of their disclosure. */
@Resolver()
export class FundraisingResolver {
  @Query(() => OverdueDisclosureConnection, {
    description: "Fundraisings whose disclosure is overdue (慈善法 §79), the longest first. Officers and auditors.",
  })
  async overdueDisclosures(@Ctx() context: Context, @Args(() => PageArgs) page: PageArgs) {
    const { edges, ...list } = await asked(context, () => context.services.fundraising.overdue(context.actor, page));
    const shown = edges.map(async ({ cursor, node }) => ({
      cursor,
      node: await present(context.loaders.activity.load(node.activityId)),
    }));
    return { ...list, edges: await Promise.all(shown) };
  }

  @Mutation(() => ActivityPayload, {
    description:
      "Sets what must be said of a fundraising beside an activity. An officer; its admin may note what was disclosed.",
  })
  setFundraisingFacts(
    @Input(setFundraisingFacts, "The facts as they are now.")
    input: Asked<typeof setFundraisingFacts>,
    @Ctx() context: Context,
  ) {
    return answered(context, () => context.services.fundraising.set(context.actor, input));
  }
}

@Resolver(() => ActivityType)
export class ActivityFundraisingResolver {
  @FieldResolver(() => FundraisingFactsType, {
    nullable: true,
    description: "The fundraising beside it, where there is one.",
  })
  async fundraising(@Root() { id }: Activity, @Ctx() { loaders }: Context) {
    const facts = await loaders.fundraising.load(id);
    return facts && { ...facts, disclosureDueOn: facts.dueOn, disclosureState: facts.state };
  }
}
