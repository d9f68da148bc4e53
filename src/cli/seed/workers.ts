import { type SocialWorkLevel, socialWorkLevels } from "../../domain/facts/workers";
import { addDays, type Day } from "../../domain/kit/calendar";

export interface PlannedWorker {
  divisionCode: string;
  displayName: string;
  level: SocialWorkLevel;
  certificateNo: string;
  registeredOn: Day;
  trainings: { name: string; hours: number; on: Day }[];
  /** The grade of a paid post that they hold besides; most hold none. */
  grade: number | null;
}

/** Stations that are one worker short, so that the compliance list is not empty (domain.md 5.2). */
const short = ["lingbei", "tongshan", "majian"];
const courses = ["个案工作", "小组工作", "社区工作", "危机干预", "督导技巧"];

/** Three certified workers at each station, two at three of them; all invented, as the numbers show. */
export function planWorkers(divisionCodes: readonly string[]): PlannedWorker[] {
  return divisionCodes.flatMap((divisionCode, d) =>
    Array.from({ length: short.includes(divisionCode) ? 2 : 3 }, (_, i) => {
      const n = d * 3 + i;
      const registeredOn = addDays("2023-11-01", (n * 37) % 780);
      return {
        divisionCode,
        displayName: `社工#${String(n + 1).padStart(3, "0")}`,
        level: socialWorkLevels[n % 7 === 0 ? 2 : n % 2] as SocialWorkLevel,
        certificateNo: `DEMO-${String(n + 1).padStart(6, "0")}`,
        registeredOn,
        trainings: Array.from({ length: 1 + (n % 3) }, (_, k) => ({
          name: courses[(n + k) % courses.length] as string,
          hours: 16 + ((n + k) % 4) * 8,
          on: addDays(registeredOn, 5 + k * 7),
        })).filter(({ on }) => on < "2026-01-01"),
        grade: i === 0 && d % 2 === 0 ? 1 + (n % 18) : null,
      };
    }),
  );
}
