import { monthReported } from "../../src/domain/facts/indicators";
import { projected } from "../columns";
import type { Kit } from "../kit.sqlite";

/** What was reported to those above. */
export function defineReportTables(kit: Kit) {
  /** Projection of MONTH_REPORTED: the figures of a month as they were counted when it was closed. */
  const monthReports = projected(kit, monthReported.into.monthReports);
  return { monthReports };
}
