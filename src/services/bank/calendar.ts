import announced from "chinese-days/dist/chinese-days.json";
import type { Day, WorkingCalendar } from "../../domain/kit/calendar";
import type { Policies } from "../../domain/policies";

/** The last year of which the package knows the State Council's announcement. */
const lastYear = Object.keys(announced.holidays).sort().at(-1)?.slice(0, 4);

/**
 * Holidays and make-up working days of the State Council, as the package has them, under the operator's own exceptions. Beyond
 * the last announced year Saturdays and Sundays are free, and no other day; who enters a later year says so by `until`.
 */
export function workingCalendar(policies: Policies, today: Day): WorkingCalendar {
  const { working, holidays, until } = policies.inForce("calendar.exceptions", today).value as {
    working: string[];
    holidays: string[];
    until?: Day;
  };
  return {
    knownUntil: [`${lastYear}-12-31`, until ?? ""].sort().at(-1) as Day,
    isWorkingDay: (day) => working.includes(day) || (!holidays.includes(day) && knownWorkday(day)),
  };
}

// By the package's data and not its functions: those read a day in the machine's own time zone.
function knownWorkday(day: Day): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return day in announced.workdays || (weekday !== 0 && weekday !== 6 && !(day in announced.holidays));
}
