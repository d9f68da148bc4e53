import type { RecordOrigin, ServiceRecord } from "../facts/hours";
import type { Minutes } from "../kit/minutes";

/** What a volunteer's counted records add up to: minutes served, by how we know of them, and the credit they gave. */
export interface ServiceTotals {
  volunteerId: string;
  checkedIn: Minutes;
  entered: Minutes;
  backfilled: Minutes;
  imported: Minutes;
  /** Credit minutes the counted records give before rounding, and what was credited for them. */
  creditable: Minutes;
  credited: Minutes;
}

export const noTotals = (volunteerId: string): ServiceTotals => ({
  volunteerId,
  checkedIn: 0,
  entered: 0,
  backfilled: 0,
  imported: 0,
  creditable: 0,
  credited: 0,
});

/** Which sum the minutes of an origin belong to. */
export const totalOf = {
  CHECKED_IN: "checkedIn",
  ENTERED: "entered",
  BACKFILLED: "backfilled",
  IMPORTED: "imported",
} as const satisfies Record<RecordOrigin, keyof ServiceTotals>;

export function addTo(
  totals: ServiceTotals,
  record: Pick<ServiceRecord, "origin">,
  change: { service: Minutes; creditable: Minutes; credited: Minutes },
): ServiceTotals {
  const name = totalOf[record.origin];
  return {
    ...totals,
    [name]: totals[name] + change.service,
    creditable: totals.creditable + change.creditable,
    credited: totals.credited + change.credited,
  };
}
