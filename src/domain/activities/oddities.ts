import type { Attendance } from "../facts/activities";
import type { ServiceRecord } from "../facts/hours";
import { isOverdue } from "../hours";
import type { Day } from "../kit/calendar";
import type { Minutes } from "../kit/minutes";
import { wasSeen } from "./attendance";

/**
 * The oddities for which a record is worth a second look before it is confirmed. A person looks; nothing follows from them by
 * itself.
 */
export const oddityKinds = [
  "LATE",
  "BACKFILLED",
  "OVER_DAY",
  "LONG",
  "NO_EVIDENCE",
  "NOT_SEEN",
  "SENT_LATE",
  "TICKED_BY_HAND",
  "PLACE_NOT_GIVEN",
  "OWN_STAFF",
] as const;
export type OddityKind = (typeof oddityKinds)[number];

export interface OddityFacts {
  today: Day;
  /** How many proofs the record names. */
  evidence: number;
  /** The attendance from which the record was made; null for hours that were entered. */
  attendance: Pick<Attendance, "method" | "sentLate" | "placeVerdict"> | null;
  /** Whether the volunteer works for the organisation. */
  isOwnStaff: boolean;
  /** Above this many minutes of a civil day two people confirm (policy `record.maxPerDayMinutes`). */
  perDayMost: Minutes;
}

type Judged = Pick<ServiceRecord, "state" | "recordBy" | "origin" | "confirmationsNeeded" | "serviceMinutes">;

/** The oddities in the order of the list above. A service is long when it alone fills more than half of what a day may hold. */
export function odditiesOf(record: Judged, facts: OddityFacts): OddityKind[] {
  const { attendance } = facts;
  const isBackfilled = record.origin === "BACKFILLED";
  const holds: Record<OddityKind, boolean> = {
    LATE: isOverdue(record, facts.today),
    BACKFILLED: isBackfilled,
    // A back-filled record needs two people in any case.
    OVER_DAY: !isBackfilled && record.confirmationsNeeded > 1,
    LONG: record.serviceMinutes * 2 > facts.perDayMost,
    NO_EVIDENCE: facts.evidence === 0,
    NOT_SEEN: attendance !== null && !wasSeen(attendance),
    SENT_LATE: attendance?.sentLate ?? false,
    TICKED_BY_HAND: attendance?.method === "LEAD",
    PLACE_NOT_GIVEN: attendance?.placeVerdict === "NOT_GIVEN",
    OWN_STAFF: facts.isOwnStaff,
  };
  return oddityKinds.filter((kind) => holds[kind]);
}
