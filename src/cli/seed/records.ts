import { addDays, type Day, startOf } from "../../domain/kit/calendar";
import type { LogEntry } from "../../services/hours/commands";
import type { PlannedVolunteer } from "./people";
import { Dice } from "./random";

export interface PlannedWeek {
  /** The Monday; the week's records are logged on the Monday after. */
  monday: Day;
  /** By division: its station logs them. */
  byDivision: Map<string, LogEntry[]>;
}

const lastDay: Day = "2026-09-19";
const perWeek = 135;
const services = [
  "ESCORT_OUTING",
  "COMPANION_TALK",
  "MEAL_DELIVERY",
  "HOUSE_CLEANING",
  "LAUNDRY",
  "HAIRDRESSING",
  "SMART_DEVICE_HELP",
  "ANTI_FRAUD_TALK",
  "ENVIRONMENT",
  "DISABILITY_SUPPORT",
] as const;
const lengths = [50, 60, 75, 90, 95, 100, 120, 150, 180, 220] as const;

/**
 * Nine months of service: a tenth of the people give two fifths of it. Nobody is in two places at once, nor elsewhere on a day
 * that they have promised to an event (`number:day`).
 */
export function planWeeks(volunteers: readonly PlannedVolunteer[], promised: ReadonlySet<string>): PlannedWeek[] {
  const dice = new Dice(20260905);
  const weeks: PlannedWeek[] = [];
  for (let monday = "2026-01-12"; monday <= "2026-09-14"; monday = addDays(monday, 7)) {
    const byDivision = new Map<string, LogEntry[]>();
    const taken = new Set(promised);
    const add = (
      volunteer: PlannedVolunteer,
      day: Day,
      from: number,
      minutes: number,
      serviceType: string,
      content: string,
    ) => {
      // One spell a day for each person keeps the plan free of overlaps.
      const slot = `${volunteer.no}:${day}`;
      if (day > lastDay || day < volunteer.registeredOn || taken.has(slot)) return;
      taken.add(slot);
      const startedAt = startOf(day) + from * 60_000;
      const entry: LogEntry = {
        volunteerNo: volunteer.no,
        serviceType,
        startedAt,
        endedAt: startedAt + minutes * 60_000,
        breakMinutes: 0,
        place: null,
        content,
        activityLead: "站点负责人",
      };
      const list = byDivision.get(volunteer.divisionCode) ?? [];
      byDivision.set(volunteer.divisionCode, [...list, entry]);
    };
    for (let i = 0; i < perWeek; i += 1) {
      // Two in five go to the busiest tenth.
      const volunteer = (
        dice.chance(0.4) ? volunteers[dice.below(64) * 10] : dice.pick(volunteers)
      ) as PlannedVolunteer;
      add(
        volunteer,
        addDays(monday, dice.below(6)),
        8 * 60 + dice.below(18) * 30,
        dice.pick(lengths),
        dice.pick(services),
        "日常志愿服务",
      );
    }
    weeks.push({ monday, byDivision });
  }
  return weeks;
}
