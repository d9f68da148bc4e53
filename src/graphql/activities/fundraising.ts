import { Args, Ctx, Int, ObjectType, Resolver, Root } from "type-graphql";
import type { Activity } from "../../domain/facts/activities";
import { setFundraisingFacts } from "../../services/activities/commands";
import type { Asked } from "../../services/bank/fields";
import type { Context } from "../kit/context";
import { asked, stepped } from "../kit/errors";
import { FieldResolver, Mutation, Output, present, Query, type Row } from "../kit/fields";
import { Input } from "../kit/inputs";
import { type Counted, PageArgs, PageInfo, totalCountField } from "../kit/paging";
import { DateScalar } from "../kit/scalars";
import { DisclosureState } from "./enums";
import { ActivityPayload, ActivityType } from "./types";

@ObjectType({ description: "A disclosure that a fundraising owes: for an interim period, or of its final accounts." })
export class Disclosure {
  @Output(() => Boolean, { description: "Whether the disclosure is that of the final accounts." }) final: boolean;
  @Output(() => DateScalar, { description: "The last civil day on which the disclosure is in time (慈善法 §72, §79)." })
  dueOn: string;
  @Output(() => DateScalar, {
    nullable: true,
    description: "The civil day on which it was published; null while it is not.",
  })
  disclosedOn: string | null;
  @Output(() => Int, {
    description:
      "How many civil days lie from `dueOn` to the publication, or to today while there is none; 0 where it is in time.",
  })
  daysLate: number;
}

@ObjectType("FundraisingFacts", {
  description:
    "The facts that must be public about a fundraising beside an activity (慈善法 §24–25). The bank takes no donations.",
})
export class FundraisingFactsType {
  @Output(() => String, { description: "The name of the organisation that raises the funds." })
  organizationName: string;
  @Output(() => String, { description: "The number under which the plan was filed." }) planFilingNo: string;
  @Output(() => String, {
    description: "The number of the certificate that allows the organisation to raise funds in public.",
  })
  permitNo: string;
  @Output(() => String, { description: "The place where anybody may look the fundraising up." }) howToQuery: string;
  @Output(() => DateScalar, { description: "The civil day on which the plan was filed." }) filedOn: string;
  @Output(() => DateScalar, { description: "The first civil day on which funds are raised." }) startsOn: string;
  @Output(() => DateScalar, { description: "The last civil day on which funds are raised." }) endsOn: string;
  @Output(() => DateScalar, {
    nullable: true,
    description: "The last civil day for the next disclosure (慈善法 §79); null once the final accounts are public.",
  })
  disclosureDueOn: string | null;
  @Output(() => DisclosureState, { description: "The state of the disclosure today." })
  disclosureState: DisclosureState;
  @Output(() => Int, {
    description:
      "How many civil days the next disclosure is late today, or the final one was late when it came; 0 where it is in time.",
  })
  daysLate: number;
  @Output(() => [Disclosure], {
    description: "All disclosures that the fundraising owes, in order; the final one is last.",
  })
  disclosures: readonly Row<Disclosure>[];
  @Output(() => [DateScalar], { description: "The civil days on which interim accounts were published." })
  interimDisclosedOn: string[];
  @Output(() => DateScalar, {
    nullable: true,
    description: "The civil day on which the final accounts were published; null before.",
  })
  disclosedOn: string | null;
  @Output(() => Boolean, {
    description:
      "Whether it is for an emergency: it is then filed afterwards, and disclosed every five days (慈善法 §72–73).",
  })
  emergency: boolean;
}

@ObjectType({ description: "A fundraising whose disclosure is overdue, with its cursor." })
export class OverdueDisclosureEdge {
  @Output(() => String, { description: "The position of this edge in the list, as `after` and `before` take it." })
  cursor: string;
  @Output(() => ActivityType, { description: "The activity beside which the funds were raised." })
  node: Row<ActivityType>;
}

@ObjectType({ description: "A page of the fundraisings whose disclosure is overdue." })
export class OverdueDisclosureConnection {
  @Output(() => [OverdueDisclosureEdge], { description: "The entries of the page, the longest overdue first." })
  edges: readonly Row<OverdueDisclosureEdge>[];
  @Output(() => PageInfo, { description: "The place of the page in its list, with the cursors for the next page." })
  pageInfo: Row<PageInfo>;
  @Output(() => Int, totalCountField) totalCount(@Root() page: Counted) {
    return page.totalCount();
  }
}

/** The fundraising beside an activity: facts, and the clock of their disclosure. */
@Resolver()
export class FundraisingResolver {
  @Query(() => OverdueDisclosureConnection, {
    description:
      "Lists the fundraisings whose disclosure is overdue (慈善法 §79), the longest overdue first. Officers and auditors may read them.",
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
      "Sets the facts that must be public about a fundraising beside an activity. Officers may do this; the organisation's admin may enter what was disclosed.",
  })
  setFundraisingFacts(
    @Input(setFundraisingFacts, "The facts of the fundraising as they are now.")
    input: Asked<typeof setFundraisingFacts>,
    @Ctx() context: Context,
  ) {
    return stepped(context, "activity", () => context.services.fundraising.set(context.actor, input));
  }
}

@Resolver(() => ActivityType)
export class ActivityFundraisingResolver {
  @FieldResolver(() => FundraisingFactsType, {
    nullable: true,
    description: "The facts of the fundraising that is held beside the activity; null where there is none.",
  })
  async fundraising(@Root() { id }: Activity, @Ctx() { loaders }: Context) {
    const facts = await loaders.fundraising.load(id);
    return facts && { ...facts, disclosureDueOn: facts.dueOn, disclosureState: facts.state };
  }
}
