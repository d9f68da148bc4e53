import type { RatingInstrument } from "../../domain/facts/ratings";
import type { IndicatorUnit } from "../../domain/indicators";
import type { Day } from "../../domain/kit/calendar";
import type { Language } from "../../domain/kit/language";
import type { ShownClock } from "../../services/clocks";
import { bracketed, count, hours, plainDay } from "../format";
import { type Say, texts } from "../texts";
import type { Frame, Visit } from "../visit";

/**
 * A value in its unit as people read it; a share is rounded down to a tenth of a percent, so that 99.97 % is never shown as
 * all.
 */
export function measure(value: number | null, unit: IndicatorUnit, language: Language): string {
  if (value === null) return "–";
  if (unit === "RATIO")
    return `${(Math.floor(value * 1000 + 1e-9) / 10).toLocaleString(language === "zh" ? "zh-CN" : "en-GB")}%`;
  return unit === "MINUTES" ? `${hours(value, language)} ${texts.hoursUnit[language]}` : count(value, language);
}

export function metWord(met: boolean | null, say: Say): string {
  return met === null ? "–" : say(met ? "targetMet" : "targetMissed");
}

/** A level as its instrument names it: three stars, or 3A. */
export function levelWord(
  level: number,
  instrument: RatingInstrument,
  { say, language }: Pick<Frame, "say" | "language">,
) {
  return say(`level_${instrument}`, {
    level: language === "zh" && instrument === "PLATFORM_STAR" ? (numerals[level] ?? level) : level,
  });
}
const numerals = ["零", "一", "二", "三", "四", "五"];

/** How many working days are left, or since when it is overdue; never a number below zero. */
export function daysWords(
  { say, language }: Pick<Frame, "say" | "language">,
  clock: Pick<ShownClock, "workingDaysLeft" | "state">,
): string {
  const days = count(Math.abs(clock.workingDaysLeft), language);
  return say(clock.state === "OVERDUE" ? "daysOver" : "daysToGo", { days });
}

/** The heading of a part that shows the state of today: beside a past month's figures it says so. */
export function standing(
  { say, language, services }: Pick<Visit, "say" | "language" | "services">,
  asOf: Day,
  heading: "ratingRounds" | "spotChecks",
): string {
  const today = services.today();
  return (
    say(heading) + (asOf === today ? "" : bracketed(say("officeAsOf", { day: plainDay(today, language) }), language))
  );
}
