import type { VisitMode, Visitor } from "../../domain/facts/visits";
import { addDays, type Day } from "../../domain/kit/calendar";
import type { VisitResult } from "../../domain/visits";
import { type RecipientCategory, recipientCategories } from "../../domain/visits/recipients";

export interface PlannedRecipient {
  divisionCode: string;
  displayName: string;
  birthDate: Day;
  phone: string | null;
  categories: RecipientCategory[];
}
export interface PlannedVisit {
  /** Counted in the list of recipients. */
  recipient: number;
  /** Hours after midnight. */
  hour: number;
  mode: VisitMode;
  result: VisitResult;
  visitor: Exclude<Visitor, "VOLUNTEER">;
}

const recipientCount = 300;
const phoneless = 12;
/** The people who were missed in each month, and why: 100 %, 97.3 % and 99.0 % of the three hundred (domain.md 5.5). */
const missed: Record<string, readonly [recipient: number, result: VisitResult | null][]> = {
  "2026-07": [
    [17, "NOT_HOME"],
    [58, "HOSPITALISED"],
    [96, "NOT_HOME"],
    [131, null],
    [170, "REFUSED"],
    [209, null],
    [244, "MOVED"],
    [283, "NOT_HOME"],
  ],
  "2026-08": [
    [58, "HOSPITALISED"],
    [131, "NOT_HOME"],
    [244, "MOVED"],
  ],
};
/** People who were not visited a second time in the great heat: each was missed in July or August, too. */
const withoutHeat = [17, 58, 131, 244];

const two = (n: number) => String(n).padStart(2, "0");
/** The day of the month on which a person is visited. */
const dateOf = (i: number) => 1 + (i % 28);
/** The additional visit of the great heat: a second one in August's first half, or in July's last days. */
const heatOf = (i: number): Day =>
  dateOf(i) <= 14 ? `2026-08-${two(1 + ((i * 3) % 14))}` : `2026-07-${two(29 + (i % 3))}`;

const birthOf = (i: number): Day => addDays("1931-01-15", (i * 263) % 9000);
/** Children are on the list too. */
const childOf = (i: number): Day => addDays("2012-02-01", (i * 131) % 3000);

/** Three hundred people on the list, spread over the county; all invented, as their names show. */
export function planRecipients(divisionCodes: readonly string[]): PlannedRecipient[] {
  return Array.from({ length: recipientCount }, (_, i) => {
    const first = recipientCategories[(i * 7) % recipientCategories.length] as RecipientCategory;
    const second = recipientCategories[(i * 5 + 3) % recipientCategories.length] as RecipientCategory;
    const isChild = first.includes("CHILD_IN") || first.includes("ORPHAN");
    return {
      divisionCode: divisionCodes[i % divisionCodes.length] as string,
      displayName: `受访对象#${two(i + 1).padStart(4, "0")}`,
      birthDate: isChild ? childOf(i) : birthOf(i),
      phone: i % Math.floor(recipientCount / phoneless) === 0 ? null : `1990000${two(i + 1).padStart(4, "0")}`,
      categories: i % 3 === 0 && !isChild && !second.includes("CHILD") ? [first, second] : [first],
    };
  });
}

const modes: readonly VisitMode[] = ["HOME", "HOME", "HOME", "PHONE", "VIDEO"];
const paid: readonly PlannedVisit["visitor"][] = ["CADRE", "GRID_WORKER", "SOCIAL_WORKER"];

/** The visits of one day, from June on: each recipient has one a month, and one more in the great heat. */
export function planVisits(day: Day): PlannedVisit[] {
  const [month, date] = [day.slice(0, 7), Number(day.slice(8))];
  if (day < "2026-06-01") return [];
  const gaps = new Map(missed[month] ?? []);
  return Array.from({ length: recipientCount }, (_, i) => i).flatMap((i) => {
    const line = { recipient: i, visitor: paid[i % paid.length] as PlannedVisit["visitor"] };
    const result = gaps.has(i) ? gaps.get(i) : i % 41 === 0 ? "NEED_RAISED" : "MET";
    const visits: PlannedVisit[] = [];
    if (dateOf(i) === date && result)
      visits.push({ ...line, hour: 9 + (i % 8), mode: modes[i % modes.length] as VisitMode, result });
    if (heatOf(i) === day && !withoutHeat.includes(i)) visits.push({ ...line, hour: 18, mode: "PHONE", result: "MET" });
    return visits;
  });
}
