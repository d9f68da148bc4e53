import { Arg, Ctx, ObjectType, Resolver, Root } from "type-graphql";
import type { Asked } from "../../services/bank/fields";
import type { ShownIndicator } from "../../services/indicators";
import { reportMonth } from "../../services/indicators/commands";
import type { Context } from "../kit/context";
import { askedEach } from "../kit/costs";
import { asked, attempt, Payload } from "../kit/errors";
import { Mutation, Output, Query, type Row } from "../kit/fields";
import { Input } from "../kit/inputs";
import { DateScalar, DateTimeScalar, MonthScalar } from "../kit/scalars";
import { DivisionType, divisionOf } from "../organizations";
import { IndicatorUnit } from "./enums";

@ObjectType("IndicatorMonth", { description: "An indicator's value of one month." })
export class IndicatorMonthType {
  @Output(() => MonthScalar, { description: "Which month, by Asia/Shanghai." }) month: string;
  @Output(() => Number, { nullable: true, description: "Its value on the month's last day; null where there is none." })
  value: number | null;
  @Output(() => Number, { nullable: true, description: "Its value as it was reported; null for a month that was not." })
  reported: number | null;
}
@ObjectType("ReportedFigure", {
  description:
    "A month's figure as it was reported: whatever was entered since moves the indicator's own value, and not this.",
})
export class ReportedFigureType {
  @Output(() => Number, { nullable: true, description: "The value; null where there was nothing to be a part of." })
  value: number | null;
  @Output(() => Number, { description: "How many were counted." }) numerator: number;
  @Output(() => Number, { nullable: true, description: "Of how many; null where it is a plain count." })
  denominator: number | null;
  @Output(() => DateTimeScalar, { description: "The instant at which the month was reported." }) reportedAt: number;
}
@ObjectType("MonthReport", { description: "A month that was closed and reported." })
export class MonthReportType {
  @Output(() => MonthScalar, { description: "Which month, by Asia/Shanghai." }) month: string;
  @Output(() => DateTimeScalar, { description: "The instant at which it was reported." }) reportedAt: number;
}

@ObjectType({ description: "The answer about a month's report." })
export class MonthReportPayload extends Payload {
  @Output(() => MonthReportType, { nullable: true, description: "The report this is about." })
  report: Row<MonthReportType> | null;
}
@ObjectType("IndicatorOfDivision", { description: "An indicator's value in one division." })
export class IndicatorOfDivisionType {
  @Output(() => DivisionType, { description: "Which division, with all below it." }) division: Row<DivisionType>;
  @Output(() => Number, { nullable: true, description: "Its value there; null where there is nothing to count." })
  value: number | null;
  @Output(() => Boolean, {
    nullable: true,
    description: "Whether a share reaches the target there; null for counts, whose target is the county's.",
  })
  met: boolean | null;
}
@ObjectType("Indicator", { description: "Where the county stands by one measure." })
export class IndicatorType {
  @Output(() => String, { description: "Which measure it is; the same in every answer." }) key: string;
  @Output(() => String, { description: "What it is called, by Accept-Language." })
  label(@Root() { label }: ShownIndicator, @Ctx() { language }: Context) {
    return label[language];
  }
  @Output(() => String, { description: "What is counted, and of how many, by Accept-Language." })
  definition(@Root() { definition }: ShownIndicator, @Ctx() { language }: Context) {
    return definition[language];
  }
  @Output(() => IndicatorUnit, { description: "The unit that its value is in." }) unit: IndicatorUnit;
  @Output(() => DateScalar, { description: "The civil day that it is true of." }) asOf: string;
  @Output(() => Number, {
    nullable: true,
    description: "The value, cut to what is surely reached; null where there is nothing to be a part of.",
  })
  value: number | null;
  @Output(() => Number, {
    nullable: true,
    description: "What policy indicator.targets wants; null where it wants nothing.",
  })
  target: number | null;
  @Output(() => Boolean, { nullable: true, description: "Whether the value reaches the target; null without one." })
  met: boolean | null;
  @Output(() => Number, { description: "How many were counted." }) numerator: number;
  @Output(() => Number, { nullable: true, description: "Of how many; null where it is a plain count." })
  denominator: number | null;
  @Output(() => String, { description: "Where the target, or the measure, comes from." }) citation: string;
  @Output(() => ReportedFigureType, {
    nullable: true,
    description: "What was reported of the month whose last day asOf is; null before, and for any other day.",
  })
  reported: Row<ReportedFigureType> | null;
  @Output(() => [IndicatorOfDivisionType], { description: "By the divisions right below those asked about." })
  byDivision(@Root() { byDivision }: ShownIndicator, @Ctx() context: Context) {
    return Promise.all(
      byDivision.map(async (line) => ({ ...line, division: await divisionOf(line.divisionCode, context) })),
    );
  }
  @Output(() => [IndicatorMonthType], {
    // Each month of each measure is a sum of its own.
    complexity: 300,
    description: "The last twelve months, the day's own the last.",
  })
  series(@Root() indicator: ShownIndicator) {
    return indicator.series();
  }
}

@Resolver(() => IndicatorType)
export class IndicatorResolver {
  @Query(() => [IndicatorType], {
    complexity: askedEach,
    description:
      "The office's indicators, counted anew from the bank's tables. Officers and auditors of all, supervisors of their division.",
  })
  indicators(
    @Ctx() context: Context,
    @Arg("asOf", () => DateScalar, { nullable: true, description: "As of this civil day; today where left out." })
    asOf?: string,
    @Arg("divisionCode", () => String, {
      nullable: true,
      description: "Of this division and all below it, by its code or official code.",
    })
    divisionCode?: string,
  ) {
    return asked(context, () => context.services.indicators.list(context.actor, { asOf, divisionCode }));
  }

  @Mutation(() => MonthReportPayload, {
    description:
      "Closes a month that is over: its figures, as they are counted now, are kept and shown beside today's. Once a month, for good. Officers of the whole bank. IN_THE_FUTURE, MONTH_REPORTED.",
  })
  reportMonth(
    @Input(reportMonth, "The month that is closed and reported.")
    input: Asked<typeof reportMonth>,
    @Ctx() context: Context,
  ) {
    return attempt(context, async () => {
      const { value, replayed } = await context.services.indicators.report(context.actor, input);
      return { report: value, replayed };
    });
  }
}
