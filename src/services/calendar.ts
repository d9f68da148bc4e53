import chineseDays from "chinese-days";
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

const workdays = new Map<Day, boolean>();
function knownWorkday(day: Day): boolean {
  let known = workdays.get(day);
  if (known === undefined) {
    known = chineseDays.isWorkday(day);
    if (workdays.size > 20_000) workdays.clear();
    workdays.set(day, known);
  }
  return known;
}
