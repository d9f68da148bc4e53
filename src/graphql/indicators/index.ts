import { Arg, Ctx, Field, FieldResolver, Mutation, ObjectType, Query, Resolver, Root } from "type-graphql";
import type { Asked } from "../../services/bank/fields";
import type { ShownIndicator } from "../../services/contract";
import { reportMonth } from "../../services/indicators/commands";
import type { Context } from "../kit/context";
import { askedEach } from "../kit/costs";
import { IndicatorUnit } from "../kit/enums";
import { asked, attempt, Payload } from "../kit/errors";
import { Input } from "../kit/inputs";
import { DateScalar, DateTimeScalar, MonthScalar } from "../kit/scalars";
import { DivisionType, divisionOf } from "../organizations";

@ObjectType("IndicatorMonth", { description: "An indicator's value of one month." })
export class IndicatorMonthType {
  @Field(() => MonthScalar, { description: "Which month, by Asia/Shanghai." }) month: string;
  @Field(() => Number, { nullable: true, description: "Its value on the month's last day; null where there is none." })
  value: number | null;
  @Field(() => Number, { nullable: true, description: "Its value as it was reported; null for a month that was not." })
  reported: number | null;
}
@ObjectType("ReportedFigure", {
  description:
    "A month's figure as it was reported: whatever was entered since moves the indicator's own value, and not this.",
})
export class ReportedFigureType {
  @Field(() => Number, { nullable: true, description: "The value; null where there was nothing to be a part of." })
  value: number | null;
  @Field(() => Number, { description: "How many were counted." }) numerator: number;
  @Field(() => Number, { nullable: true, description: "Of how many; null where it is a plain count." })
  denominator: number | null;
  @Field(() => DateTimeScalar, { description: "The instant at which the month was reported." }) reportedAt: number;
}
@ObjectType("MonthReport", { description: "A month that was closed and reported." })
export class MonthReportType {
  @Field(() => MonthScalar, { description: "Which month, by Asia/Shanghai." }) month: string;
  @Field(() => DateTimeScalar, { description: "The instant at which it was reported." }) reportedAt: number;
}

@ObjectType({ description: "The answer about a month's report." })
export class MonthReportPayload extends Payload {
  @Field(() => MonthReportType, { nullable: true, description: "The report this is about." }) report?: object | null;
}
@ObjectType("IndicatorOfDivision", { description: "An indicator's value in one division." })
export class IndicatorOfDivisionType {
  @Field(() => DivisionType, { description: "Which division, with all below it." }) division: object;
  @Field(() => Number, { nullable: true, description: "Its value there; null where there is nothing to count." })
  value: number | null;
  @Field(() => Boolean, {
    nullable: true,
    description: "Whether a share reaches the target there; null for counts, whose target is the county's.",
  })
  met: boolean | null;
}
@ObjectType("Indicator", { description: "Where the county stands by one measure." })
export class IndicatorType {
  @Field(() => String, { description: "Which measure it is; the same in every answer." }) key: string;
  @Field(() => String, { description: "What it is called, by Accept-Language." }) label: string;
  @Field(() => String, { description: "What is counted, and of how many, by Accept-Language." }) definition: string;
  @Field(() => IndicatorUnit, { description: "The unit that its value is in." }) unit: string;
  @Field(() => DateScalar, { description: "The civil day that it is true of." }) asOf: string;
  @Field(() => Number, {
    nullable: true,
    description: "The value, cut to what is surely reached; null where there is nothing to be a part of.",
  })
  value: number | null;
  @Field(() => Number, {
    nullable: true,
    description: "What policy indicator.targets wants; null where it wants nothing.",
  })
  target: number | null;
  @Field(() => Boolean, { nullable: true, description: "Whether the value reaches the target; null without one." })
  met: boolean | null;
  @Field(() => Number, { description: "How many were counted." }) numerator: number;
  @Field(() => Number, { nullable: true, description: "Of how many; null where it is a plain count." })
  denominator: number | null;
  @Field(() => String, { description: "Where the target, or the measure, comes from." }) citation: string;
  @Field(() => ReportedFigureType, {
    nullable: true,
    description: "What was reported of the month whose last day asOf is; null before, and for any other day.",
  })
  reported: object | null;
  @Field(() => [IndicatorOfDivisionType], { description: "By the divisions right below those asked about." })
  byDivision: object[];
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
  ): Promise<object[]> {
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
  ): Promise<object> {
    return attempt(context, async () => {
      const { value, replayed } = await context.services.indicators.report(context.actor, input);
      return { report: value, replayed };
    });
  }

  @FieldResolver(() => String)
  label(@Root() { label }: ShownIndicator, @Ctx() { language }: Context): string {
    return label[language];
  }
  @FieldResolver(() => String)
  definition(@Root() { definition }: ShownIndicator, @Ctx() { language }: Context): string {
    return definition[language];
  }
  @FieldResolver(() => [IndicatorOfDivisionType])
  byDivision(@Root() { byDivision }: ShownIndicator, @Ctx() context: Context): Promise<object[]> {
    return Promise.all(
      byDivision.map(async (line) => ({ ...line, division: await divisionOf(line.divisionCode, context) })),
    );
  }
  @FieldResolver(() => [IndicatorMonthType], {
    // Each month of each measure is a sum of its own.
    complexity: 300,
    description: "The last twelve months, the day's own the last.",
  })
  series(@Root() indicator: ShownIndicator): Promise<object[]> {
    return indicator.series();
  }
}
