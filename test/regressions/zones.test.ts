import chineseDays from "chinese-days";
import { addDays } from "../../src/domain/kit/calendar";
import { Policies } from "../../src/domain/policies";
import { parameters } from "../../src/domain/policies/parameters";
import { workingCalendar } from "../../src/services/bank/calendar";

/** The package reads days in the machine's zone; where that lies west of Greenwich every holiday was a day off. */
test("working days of 2024 to 2026 are the same whatever the machine's time zone", () => {
  const { value, citation, status } = parameters["calendar.exceptions"];
  const policies = new Policies([
    { id: "policy_1", key: "calendar.exceptions", value, citation, status, effectiveFrom: "2020-01-01", seq: 1 },
  ]);
  const days = Array.from({ length: 1096 }, (_, i) => addDays("2024-01-01", i));
  const zone = process.env.TZ;
  const workdays = (read: (day: string) => boolean) => days.filter(read);
  try {
    process.env.TZ = "UTC";
    const known = workdays((day) => chineseDays.isWorkday(day));
    for (const elsewhere of ["UTC", "America/Los_Angeles", "Asia/Shanghai"]) {
      process.env.TZ = elsewhere;
      const calendar = workingCalendar(policies, "2026-09-20");
      expect(workdays((day) => calendar.isWorkingDay(day))).toEqual(known);
    }
  } finally {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  }
});
