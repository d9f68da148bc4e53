import { at, fact, type RowOf } from "./shape";
import { code, json } from "./words";

/** One indicator's count in one division, as a report keeps it. */
export type Figure = readonly [key: string, divisionCode: string, numerator: number, denominator: number | null];

/** A month's figures as they were reported: whatever is entered later moves today's, and not these. */
export const monthReported = fact(
  "MONTH_REPORTED",
  10,
  {
    month: code,
    figures: json<readonly Figure[]>(),
  },
  { into: "monthReports", once: true, plus: { reportedAt: at } },
);
export type MonthReport = Omit<RowOf<typeof monthReported, "monthReports">, "seq">;
