import type { Attendance } from "../../domain/activities/attendance";
import type { Activity, ActivityDetails, Shift } from "../../domain/activities/machine";
import type { Actor, ActorKind } from "../../domain/actors";
import type { Interval } from "../../domain/hours";
import * as hours from "../../domain/hours";
import type { Volunteer } from "../../domain/volunteers";
import type { StoredRecord, Tx } from "../../storage/store";
import type { Bank } from "../bank";
import { checkEntry, detailsOf } from "./entries";
import { liveAround, type Records } from "./records";

/** Hours proven by attendance: handed in by themselves when somebody leaves. */
export class AttendedHours {
  constructor(
    private readonly bank: Bank,
    private readonly records: Records,
  ) {}

  /**
   * Whoever scanned or ticked is its logger, so that a lead's ticks need another confirmer. The attendance's id is its
   * reference, which the database lets stand once. What was not seen but said afterwards is entered, not checked in.
   */
  async submit(
    tx: Tx,
    actor: Actor,
    role: ActorKind,
    of: { activity: Activity; shift: Shift; volunteer: Volunteer; attendance: Attendance; interval: Interval },
  ): Promise<StoredRecord> {
    const { activity, shift, volunteer, attendance, interval } = of;
    const scene = await this.records.scene(tx);
    const { serviceMinutes, recordBy, late } = hours.assess(interval, scene.rules);
    const live = await liveAround(tx, volunteer.id, interval);
    hours.checkOverlap(interval, live);
    const told = (await this.bank.vault.open<ActivityDetails>(tx, [activity.detailsId])).get(activity.detailsId);
    const entry = checkEntry({
      volunteerId: volunteer.id,
      serviceType: activity.serviceType,
      ...interval,
      place: shift.place,
      content: activity.name,
      activityLead: told?.activityLead ?? told?.contact ?? null,
      evidence: [{ kind: "SIGN_IN_SHEET", ref: attendance.id }],
    });
    const seen = attendance.method !== "LEAD" || !attendance.sentLate;
    const origin = late ? "BACKFILLED" : seen ? "CHECKED_IN" : "ENTERED";
    const personId = actor.personId as string;
    const detailsId = await this.bank.vault.seal(tx, personId, volunteer.personId, detailsOf(entry));
    return this.records.move(
      tx,
      actor,
      role,
      {
        id: this.bank.id("record", tx.now),
        organizationId: activity.organizationId,
        volunteerId: volunteer.id,
        externalRef: attendance.id,
        contentHash: this.records.contentHash(entry, volunteer.id),
        serviceType: activity.serviceType,
        ...interval,
        serviceMinutes,
        origin,
        state: hours.step(null, "SUBMIT"),
        confirmationsNeeded: hours.confirmationsNeeded(interval, origin, live, scene.rules),
        handledBy: [...new Set([attendance.checkedInBy, personId])],
        confirmedBy: [],
        recordBy,
        creditableMinutes: null,
        creditedMinutes: null,
        disputeHoldSeq: null,
        replacedBy: null,
        detailsId,
        version: 0,
      },
      "SUBMIT",
      null,
      null,
    );
  }
}
