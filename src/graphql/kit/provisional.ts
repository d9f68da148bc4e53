import { isProvisional } from "../../domain/kit/calendar";
import type { Context } from "./context";

/** What the mark beside a date says that is counted in working days. */
export const provisional = (date: string) =>
  `Whether \`${date}\` lies beyond the last day for which holidays are known; beyond it only Saturdays and Sundays were left out.`;

/** The mark beside a date that is counted in working days. */
export async function isProvisionalDay(day: string | null, { loaders }: Context): Promise<boolean> {
  return isProvisional(await loaders.calendar.load("all"), day);
}
