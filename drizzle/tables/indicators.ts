import type { Figure } from "../../src/domain/indicators";
import type { Kit } from "../kit.sqlite";

/** What was reported to those above. */
export function defineReportTables({ table, text, int, json }: Kit) {
  /** Projection of MONTH_REPORTED: the figures of a month as they were counted when it was closed. */
  const monthReports = table("month_reports", {
    month: text().primaryKey(),
    figures: json<Figure[]>().notNull(),
    reportedAt: int().notNull(),
    seq: int().notNull(),
  });
  return { monthReports };
}
