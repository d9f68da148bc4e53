import { Arg, Ctx, ObjectType, Resolver, Root } from "type-graphql";
import type { Asked } from "../../services/bank/fields";
import type { ShownIndicator } from "../../services/indicators";
import { reportMonth } from "../../services/indicators/commands";
import type { Context } from "../kit/context";
import { askedEach } from "../kit/costs";
import { asked, keyed, Payload } from "../kit/errors";
import { Mutation, Outcome, Output, Query, type Row } from "../kit/fields";
import { Input } from "../kit/inputs";
import { DateScalar, DateTimeScalar, MonthScalar } from "../kit/scalars";
import { DivisionType, divisionOf } from "../organizations";
import { IndicatorUnit } from "./enums";

@ObjectType("IndicatorMonth", { description: "The value of a measure for one month." })
export class IndicatorMonthType {
  @Output(() => MonthScalar, { description: "The calendar month, in Asia/Shanghai." }) month: string;
  @Output(() => Number, { nullable: true, description: "The value on the month's last day; null where there is none." })
  value: number | null;
  @Output(() => Number, {
    nullable: true,
    description: "The value as it was reported; null for a month that was not reported.",
  })
  reported: number | null;
}
@ObjectType("ReportedFigure", {
  description:
    "A month's figure as it was reported. Entries made since then change the indicator's own value, and not this one.",
})
export class ReportedFigureType {
  @Output(() => Number, {
    nullable: true,
    description: "The value as it was reported; null where the denominator was 0.",
  })
  value: number | null;
  @Output(() => Number, { description: "The numerator of the value: how many were counted." }) numerator: number;
  @Output(() => Number, {
    nullable: true,
    description: "The denominator of the value; null where the measure is a plain count.",
  })
  denominator: number | null;
  @Output(() => DateTimeScalar, { description: "The instant at which the month was reported." }) reportedAt: number;
}
@ObjectType("MonthReport", { description: "A month that was closed, with its figures reported." })
export class MonthReportType {
  @Output(() => MonthScalar, { description: "The calendar month, in Asia/Shanghai." }) month: string;
  @Output(() => DateTimeScalar, { description: "The instant at which the month was reported." }) reportedAt: number;
}

@ObjectType({ description: "Answers a mutation about a month's report." })
export class MonthReportPayload extends Payload {
  @Outcome(() => MonthReportType, "The report that this is about")
  report: Row<MonthReportType> | null;
}
@ObjectType("IndicatorOfDivision", { description: "The value of a measure in one division." })
export class IndicatorOfDivisionType {
  @Output(() => DivisionType, { description: "The division, with all divisions below it." })
  division: Row<DivisionType>;
  @Output(() => Number, {
    nullable: true,
    description: "The value in the division; null where there is nothing to count.",
  })
  value: number | null;
  @Output(() => Boolean, {
    nullable: true,
    description:
      "Whether a share reaches the target in the division; null for counts, whose target is for the county as a whole.",
  })
  met: boolean | null;
}
@ObjectType("Indicator", { description: "The value of one measure of the county's work." })
export class IndicatorType {
  @Output(() => String, { description: "The key of the measure, which is the same in every answer." }) key: string;
  @Output(() => String, { description: "The name of it that people read, in the language of Accept-Language." })
  label(@Root() { label }: ShownIndicator, @Ctx() { language }: Context) {
    return label[language];
  }
  @Output(() => String, {
    description: "A definition that says what is counted, and of how many, in the language of Accept-Language.",
  })
  definition(@Root() { definition }: ShownIndicator, @Ctx() { language }: Context) {
    return definition[language];
  }
  @Output(() => IndicatorUnit, { description: "The unit in which the value is given." }) unit: IndicatorUnit;
  @Output(() => DateScalar, { description: "The civil day for which the value is true." }) asOf: string;
  @Output(() => Number, {
    nullable: true,
    description: "The value, rounded down; null where the denominator is 0.",
  })
  value: number | null;
  @Output(() => Number, {
    nullable: true,
    description: "The target that policy `indicator.targets` sets; null where it sets none.",
  })
  target: number | null;
  @Output(() => Boolean, {
    nullable: true,
    description: "Whether the value reaches the target; null where there is no target.",
  })
  met: boolean | null;
  @Output(() => Number, { description: "The numerator of the value: how many were counted." }) numerator: number;
  @Output(() => Number, {
    nullable: true,
    description: "The denominator of the value; null where the measure is a plain count.",
  })
  denominator: number | null;
  @Output(() => String, { description: "The document from which the target, or the measure, is taken." })
  citation: string;
  @Output(() => ReportedFigureType, {
    nullable: true,
    description:
      "The figure that was reported for the month whose last day `asOf` is; null before it is reported, and for any other day.",
  })
  reported: Row<ReportedFigureType> | null;
  @Output(() => [IndicatorOfDivisionType], {
    description: "The values of the divisions right below the one that was asked about.",
  })
  byDivision(@Root() { byDivision }: ShownIndicator, @Ctx() context: Context) {
    return Promise.all(
      byDivision.map(async (line) => ({ ...line, division: await divisionOf(line.divisionCode, context) })),
    );
  }
  @Output(() => [IndicatorMonthType], {
    // Each month of each measure is a sum of its own.
    complexity: 300,
    description: "The values of the last twelve months; that of `asOf` is the last.",
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
      "Lists the office's indicators, counted anew from the bank's tables. Officers and auditors see those of all divisions; supervisors see those of their own.",
  })
  indicators(
    @Ctx() context: Context,
    @Arg("asOf", () => DateScalar, {
      nullable: true,
      description: "Counts what is true on this civil day; today where left out.",
    })
    asOf?: string,
    @Arg("divisionCode", () => String, {
      nullable: true,
      description: "Counts only this division and all below it, by its code or official code.",
    })
    divisionCode?: string,
  ) {
    return asked(context, () => context.services.indicators.list(context.actor, { asOf, divisionCode }));
  }

  @Mutation(() => MonthReportPayload, {
    description:
      "Closes a month that is over: its figures, as they are counted now, are kept and shown beside those of today. A month is reported once, for good. Officers of the whole bank may do this. IN_THE_FUTURE, MONTH_REPORTED.",
  })
  reportMonth(
    @Input(reportMonth, "The month that is closed and reported.")
    input: Asked<typeof reportMonth>,
    @Ctx() context: Context,
  ) {
    return keyed(context, "report", () => context.services.indicators.report(context.actor, input));
  }
}
