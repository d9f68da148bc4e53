import announced from "chinese-days/dist/chinese-days.json";
import type { Day, WorkingCalendar } from "../domain/calendar";
import type { Policies } from "../domain/policies";

/** Holidays and make-up working days of the State Council, 2024 to 2026, under the operator's own exceptions. */
export function workingCalendar(policies: Policies, today: Day): WorkingCalendar {
  const { working, holidays } = policies.inForce("calendar.exceptions", today).value as {
    working: string[];
    holidays: string[];
  };
  return {
    isWorkingDay: (day) => working.includes(day) || (!holidays.includes(day) && knownWorkday(day)),
  };
}

// By the package's data and not its functions: those read a day in the machine's own time zone.
function knownWorkday(day: Day): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return day in announced.workdays || (weekday !== 0 && weekday !== 6 && !(day in announced.holidays));
}
