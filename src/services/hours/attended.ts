import { checkWithin, intervalOf, referenceOf } from "../../domain/activities/attendance";
import type { ActivityDetails, Venue } from "../../domain/activities/machine";
import type { Activity, Attendance, Shift } from "../../domain/facts/activities";
import { recordMoves } from "../../domain/facts/hours";
import type { Volunteer } from "../../domain/facts/people";
import type { Evidence, Interval } from "../../domain/hours";
import * as hours from "../../domain/hours";
import { invariant } from "../../domain/kit/invariant";
import { take } from "../../domain/kit/moves";
import { refuse } from "../../domain/kit/refusal";
import type { StoredRecord, Tx } from "../../storage/store";
import { attendanceOfRecord } from "../activities/references";
import type { By } from "../activities/register";
import type { Bank } from "../bank";
import { checkEntry, detailsOf } from "./entries";
import { liveAround, type Records } from "./records";

/** Hours proven by attendance: they are handed in by the bank when a volunteer checks out. */
export class AttendedHours {
  constructor(
    private readonly bank: Bank,
    private readonly records: Records,
  ) {}

  /**
   * The actor who scanned or ticked logs the record, so that another person confirms what a lead ticked. A volunteer who was
   * let in gets the hours, whatever was decided about them meanwhile. The attendance gives the record its reference, which
   * the database accepts once. Time that nobody saw, and that was only said afterwards, is ENTERED and not CHECKED_IN; after
   * the deadline it is BACKFILLED, with the window and the evidence that every record needs.
   */
  async submit(
    tx: Tx,
    { actor, role }: By,
    of: {
      activity: Activity;
      shift: Shift;
      volunteer: Volunteer;
      attendance: Attendance;
      interval: Interval;
      seen: boolean;
      evidence: readonly Evidence[];
    },
  ): Promise<StoredRecord> {
    const { activity, shift, volunteer, attendance, interval, seen } = of;
    const scene = await this.records.scene(tx, [volunteer]);
    const assessment = hours.assess(interval, scene.rules);
    const sheet: Evidence = { kind: "SIGN_IN_SHEET", ref: attendance.id };
    const evidence = [...(seen ? [sheet] : []), ...of.evidence];
    hours.checkLateness(assessment, interval, evidence.length, scene.rules);
    const live = await liveAround(tx, volunteer.id, interval);
    hours.checkOverlap(interval, live, { organizationId: activity.organizationId });
    this.records.checkDuty(scene, volunteer, interval, evidence);
    const details = (await this.bank.vault.open<ActivityDetails>(tx, [activity.detailsId])).get(activity.detailsId);
    const venue = (await this.bank.vault.open<Venue>(tx, [shift.venueId])).get(shift.venueId);
    const entry = checkEntry({
      volunteerId: volunteer.id,
      serviceType: activity.serviceType,
      ...interval,
      place: venue?.place ?? null,
      content: activity.name,
      activityLead: details?.activityLead ?? details?.contact ?? null,
      evidence,
    });
    const origin = assessment.late ? "BACKFILLED" : seen ? "CHECKED_IN" : "ENTERED";
    const personId = actor.personId as string;
    const detailsId = await this.bank.vault.seal(tx, volunteer.personId, detailsOf(entry));
    return this.records.move(
      tx,
      actor,
      role,
      hours.submitted({
        id: this.bank.id("record", tx.now),
        organizationId: activity.organizationId,
        volunteerId: volunteer.id,
        externalRef: referenceOf(attendance),
        contentHash: this.records.contentHash(entry, volunteer.id),
        serviceType: activity.serviceType,
        ...interval,
        serviceMinutes: assessment.serviceMinutes,
        origin,
        confirmationsNeeded: hours.confirmationsNeeded(interval, origin, live, scene.rules),
        handledBy: [...new Set([attendance.checkedInBy, personId])],
        recordBy: assessment.recordBy,
        detailsId,
      }),
      "SUBMIT",
      null,
      null,
    );
  }

  /**
   * Voids the record of a check-out that is taken back. Hours that were confirmed stand (ILLEGAL_TRANSITION): they are
   * corrected as every other record is.
   */
  async takeBack(tx: Tx, by: By, volunteer: Volunteer, attendance: Attendance, reasonId?: string): Promise<void> {
    if (attendance.recordId === null) return;
    const record = (await tx.records([attendance.recordId])).get(attendance.recordId);
    invariant(record, "an attendance's record is there");
    if (!hours.standsFor(record)) return;
    const why = reasonId ?? (await this.bank.vault.seal(tx, volunteer.personId, { reason: "撤回签退" }));
    const { state } = take(recordMoves, record, "VOID", { reason: why });
    await this.records.move(tx, by.actor, by.role, { ...record, state }, "VOID", record, why);
  }

  /** A record of an attendance may be corrected within it, also by an objection: never longer, never another service. */
  async checkCorrection(tx: Tx, record: StoredRecord, entry: Interval & { serviceType: string }): Promise<void> {
    const attendance = await attendanceOfRecord(tx, record);
    if (!attendance) return;
    if (entry.serviceType !== record.serviceType)
      refuse("INVALID_INPUT", { attended: record.serviceType }, ["serviceType"]);
    const shift = (await tx.shifts([attendance.shiftId])).get(attendance.shiftId);
    invariant(shift && attendance.checkedOutAt !== null, "a record's attendance has an end");
    checkWithin(entry, intervalOf(shift, attendance.checkedInAt, attendance.checkedOutAt));
  }
}
