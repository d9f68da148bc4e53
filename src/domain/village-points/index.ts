import { addDays, addMonths, type Day } from "../kit/calendar";
import { refuse } from "../kit/refusal";
import type { Policies } from "../policies";

export const pointBands = ["HIGH", "MIDDLE", "LOW"] as const;
export type PointBand = (typeof pointBands)[number];

/** From 90, from 80, and below (义乌红梅指数), by the rule of the quarter's last day. */
export function bandOf(points: number, day: Day, policies: Policies): PointBand {
  if (points >= policies.count("villagePoints.high", day)) return "HIGH";
  return points >= policies.count("villagePoints.middle", day) ? "MIDDLE" : "LOW";
}

/** The civil days of a quarter, `2026-Q3`. */
export function quarterOf(text: string): { from: Day; until: Day } {
  const [, year, number] = /^(\d{4})-Q([1-4])$/.exec(text) ?? [];
  if (!year || !number) refuse("INVALID_INPUT", { expected: "YYYY-Q1 to Q4" }, ["quarter"]);
  const from = `${year}-${String(Number(number) * 3 - 2).padStart(2, "0")}-01`;
  return { from, until: addDays(addMonths(from, 3), -1) };
}

/** The quarter in which a civil day lies. */
export function quarterOn(day: Day): string {
  return `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
}

/** The most that one entry gives or takes. */
export const pointsMost = 100;

/**
 * The points are a whole number other than 0, for a day not long ago: a board that hangs in the village hall is not changed
 * afterwards.
 */
export function checkPoints(points: number, on: Day, today: Day, policies: Policies): void {
  if (!Number.isSafeInteger(points) || points === 0 || Math.abs(points) > pointsMost)
    refuse("INVALID_INPUT", { least: -pointsMost, most: pointsMost, not: 0 }, ["points"]);
  if (on > today) refuse("IN_THE_FUTURE", { today }, ["on"]);
  const from = addDays(today, -policies.count("villagePoints.lateDays", today));
  if (on < from) refuse("BACKFILL_WINDOW_PASSED", { from }, ["on"]);
}
