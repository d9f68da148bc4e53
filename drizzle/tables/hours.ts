import { recordActions, recordOrigins, recordStates } from "../../src/domain/hours";
import { actorKinds } from "../../src/domain/permissions/actors";
import type { Kit } from "../kit.sqlite";

import { oneOf } from "./checks";
import { stepColumns } from "./steps";

/** Service records and their sums. */
export function defineHoursTables(kit: Kit) {
  const { table, text, int, json, index, uniqueIndex, check, primaryKey } = kit;

  /** Projection of RECORD_STEP: the record as its last step left it. */
  const serviceRecords = table(
    "service_records",
    {
      id: text().primaryKey(),
      organizationId: text().notNull(),
      volunteerId: text().notNull(),
      externalRef: text(),
      contentHash: text().notNull(),
      serviceType: text().notNull(),
      startedAt: int().notNull(),
      endedAt: int().notNull(),
      breakMinutes: int().notNull(),
      serviceMinutes: int().notNull(),
      origin: text().notNull(),
      state: text().notNull(),
      confirmationsNeeded: int().notNull(),
      handledBy: json<string[]>().notNull(),
      confirmedBy: json<string[]>().notNull(),
      recordBy: text().notNull(),
      creditableMinutes: int(),
      creditedMinutes: int(),
      disputeHoldSeq: int(),
      replacedBy: text(),
      detailsId: text().notNull(),
      version: int().notNull(),
      /** The journal position of the record's first step: lists in recorded order follow it. */
      openedSeq: int().notNull(),
      seq: int().notNull(),
    },
    (t) => [
      check("record_state", oneOf("state", recordStates)),
      check("record_origin", oneOf("origin", recordOrigins)),
      uniqueIndex("records_external_ref").on(t.organizationId, t.externalRef),
      index("records_volunteer").on(t.volunteerId, t.startedAt),
      index("records_volunteer_opened").on(t.volunteerId, t.openedSeq),
      index("records_queue").on(t.organizationId, t.state, t.recordBy, t.id),
      index("records_ended").on(t.endedAt),
      index("records_month").on(t.organizationId, t.endedAt),
      index("records_overdue").on(t.state, t.recordBy, t.id),
      index("records_replaced").on(t.replacedBy),
    ],
  );

  /** Projection of RECORD_STEP: each step. */
  const recordSteps = table(
    "record_steps",
    {
      recordId: text().notNull(),
      version: int().notNull(),
      ...stepColumns(kit),
    },
    (t) => [
      primaryKey({ columns: [t.recordId, t.version], name: "record_steps_pk" }),
      check("step_action", oneOf("action", recordActions)),
      check("step_actor", oneOf("actor_kind", actorKinds)),
    ],
  );

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
