import { sql } from "drizzle-orm";
import { recordStep } from "../../src/domain/facts/hours";
import { overdueStates } from "../../src/domain/hours";
import { oneOf } from "../checks";
import { projected } from "../columns";
import type { Kit } from "../kit.sqlite";

/** Spelled out, as in the questions: a database uses an index of some rows only where it sees that no others are asked for. */
const waiting = oneOf("state", overdueStates);

/** Service records and their sums. */
export function defineHoursTables(kit: Kit) {
  const { table, text, int, index, uniqueIndex } = kit;

  /** Projection of RECORD_STEP: the record as its last step left it. */
  const serviceRecords = projected(kit, recordStep.into.serviceRecords, (t) => [
    // A reference stands here as a hash of the organisation and the reference, or as the id of an attendance.
    uniqueIndex("records_external_ref").on(t.externalRef),
    index("records_volunteer").on(t.volunteerId, t.startedAt),
    index("records_queue").on(t.organizationId, t.state, t.recordBy, t.openedSeq),
    index("records_ended").on(t.endedAt),
    index("records_month").on(t.organizationId, t.endedAt),
    // Of what waits alone: a bank holds few of those, however many records it has.
    index("records_overdue").on(t.recordBy, t.id).where(waiting),
    index("records_replaced").on(t.replacedBy).where(sql.raw("replaced_by is not null")),
  ]);

  /** Projection of RECORD_STEP: each step. */
  const recordSteps = projected(kit, recordStep.into.recordSteps);

  /** Projection of a volunteer's POSTED and DISPUTED records: sums by origin, and what credit they gave. */
  const serviceTotals = table("service_totals", {
    volunteerId: text().primaryKey(),
    checkedIn: int().notNull().default(0),
    entered: int().notNull().default(0),
    backfilled: int().notNull().default(0),
    imported: int().notNull().default(0),
    creditable: int().notNull().default(0),
    credited: int().notNull().default(0),
  });

  return { serviceRecords, recordSteps, serviceTotals };
}
