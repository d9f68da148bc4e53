import { Args, Ctx, Int, ObjectType, Resolver, Root } from "type-graphql";
import type { ClockKind as Kind } from "../../domain/clocks";
import type { Asked } from "../../services/bank/fields";
import type { ShownClock } from "../../services/clocks";
import { statutoryClockFilter } from "../../services/clocks/commands";
import { type Context, officeIn } from "../kit/context";
import { asked } from "../kit/errors";
import { Output, Query } from "../kit/fields";
import { Filter } from "../kit/inputs";
import { type Finder, NodeType } from "../kit/node";
import { connectionOf, PageArgs } from "../kit/paging";
import { provisional } from "../kit/provisional";
import { DateScalar } from "../kit/scalars";
import { ClockKind, ClockState } from "./enums";

@ObjectType("Responsible", {
  implements: NodeType,
  description:
    "The party that has to do something by a date: an organisation, under its own id, or the office, under the id `office`.",
})
export class ResponsibleType extends NodeType {
  @Output(() => String, { description: "The name of it that people read, in the language of Accept-Language." })
  label: string;
}
@ObjectType("StatutoryClock", {
  description: "A date by which an organisation or the office has to do something, by law or by rule.",
})
export class StatutoryClockType {
  @Output(() => ClockKind, { description: "The kind of task that has to be done." }) kind: ClockKind;
  @Output(() => ClockState, { description: "The state in which the clock is today." }) state: ClockState;
  @Output(() => NodeType, {
    nullable: true,
    description: "The object that the clock is about; null where you may not see it.",
  })
  subject(@Root() { kind, subjectId }: ShownClock, @Ctx() { loaders }: Context) {
    const subjects: Record<Kind, Finder> = {
      RECORD_DEADLINE: loaders.record,
      STAR_NOTICE: loaders.starAward,
      RATING_NOTICE: loaders.rating,
      CREDIT_ANSWER: loaders.creditCase,
      CREDIT_DECISION: loaders.creditCase,
      CREDIT_REPAIR: loaders.creditCase,
      FUNDRAISING_DISCLOSURE: loaders.activity,
      VISIT_MONTH: loaders.organization,
      DISPUTE_DECISION: loaders.record,
      PLAQUE_RETURN: loaders.rating,
    };
    return subjects[kind].load(subjectId);
  }
  @Output(() => DateScalar, { description: "The last civil day on which it can be done in time." }) dueOn: string;
  @Output(() => Boolean, { description: provisional("dueOn") }) dueOnProvisional: boolean;
  @Output(() => Int, {
    description: "How many working days are left; below 0 it counts those that have passed since the last day.",
  })
  workingDaysLeft: number;
  @Output(() => ResponsibleType, { description: "The organisation or the office that has to do it." })
  async responsible(@Root() { organizationId: id }: ShownClock, @Ctx() { loaders, language }: Context) {
    if (id === null) return officeIn(language);
    return { id, label: (await loaders.organization.load(id))?.name ?? "" };
  }
  @Output(() => String, { description: "The clause that sets the date." }) citation: string;
}
const StatutoryClockConnection = connectionOf("StatutoryClock", () => StatutoryClockType);

@Resolver(() => StatutoryClockType)
export class StatutoryClockResolver {
  @Query(() => StatutoryClockConnection, {
    description:
      "Lists what has to be done by a date, the ones due first standing first. A station's supervisors see its own; officers and auditors see all.",
  })
  statutoryClocks(
    @Ctx() context: Context,
    @Args(() => PageArgs) page: PageArgs,
    @Filter(statutoryClockFilter)
    filter?: Asked<typeof statutoryClockFilter>,
  ) {
    return asked(context, () => context.services.clocks.list(context.actor, filter ?? {}, page));
  }
}
