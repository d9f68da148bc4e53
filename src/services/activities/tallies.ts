import { countedActivityStates } from "../../domain/activities/machine";
import { holdingStates } from "../../domain/activities/signups";
import { type Counts, type TallyDimension, type TallyPlace, timelineKey } from "../../domain/activities/tallies";
import type { Activity, Attendance, SignUpState } from "../../domain/facts/activities";
import type { ServiceRecord } from "../../domain/facts/hours";
import { countedStates } from "../../domain/hours";
import type { Instant } from "../../domain/kit/calendar";
import { invariant } from "../../domain/kit/invariant";
import type { Tx, View } from "../../storage/store";
import { attendanceOfRecord } from "./references";

/** Totals of shifts, activities and campaigns, moved in the transaction that moves what they count; never counted anew. */
export class Tallies {
  /** An activity joins its campaign's totals when it is announced, and leaves them when it is called off. */
  async activity(tx: Tx, before: Activity | null, after: Activity): Promise<void> {
    const counted = (activity: Activity | null) => (activity && countedActivityStates.includes(activity.state) ? 1 : 0);
    const change = counted(after) - counted(before);
    if (change === 0 || after.campaignId === null) return;
    const subject = after.campaignId;
    const organization = { subject, dimension: "ORGANIZATION", key: after.organizationId } as const;
    const earlier = await this.partOf(tx, subject, "ORGANIZATION", after.organizationId);
    await tx.count(organization, { activities: change });
    await tx.count({ subject, dimension: "DIVISION", key: after.divisionCode }, { activities: change });
    // The organisation itself counts while it has at least one.
    const first = earlier === 0 && change > 0;
    const last = earlier === 1 && change < 0;
    await this.total(tx, subject, { activities: change, organizations: first ? 1 : last ? -1 : 0 });
  }

  /** A sign-up's step: places taken and waited for, and in campaigns the people behind them, each counted once. */
  async signUp(
    tx: Tx,
    place: Required<TallyPlace>,
    volunteerId: string,
    before: SignUpState | null,
    after: SignUpState,
  ): Promise<void> {
    const holds = (state: SignUpState | null) => (state && holdingStates.includes(state) ? 1 : 0);
    const waits = (state: SignUpState | null) => (state === "WAITLISTED" ? 1 : 0);
    const [signedUp, waitlisted] = [holds(after) - holds(before), waits(after) - waits(before)];
    if (signedUp === 0 && waitlisted === 0) return;
    for (const subject of [place.shiftId, place.activityId]) await this.total(tx, subject, { signedUp, waitlisted });
    if (place.campaignId === null) return;
    const subject = place.campaignId;
    const parts = [
      ["TOTAL", ""],
      ["DIVISION", place.divisionCode],
    ] as const;
    for (const [dimension, key] of parts) {
      const volunteers = signedUp === 0 ? 0 : await this.person(tx, { subject, dimension, key, volunteerId }, signedUp);
      await tx.count({ subject, dimension, key }, { signedUp, waitlisted, volunteers });
    }
  }

  /** A check-in counts until it turns out not to have been one. */
  async attendance(
    tx: Tx,
    place: Required<TallyPlace>,
    before: Pick<Attendance, "outcome" | "checkedInAt"> | null,
    after: Pick<Attendance, "outcome" | "checkedInAt">,
  ): Promise<void> {
    const counts = (attendance: typeof before) => attendance !== null && attendance.outcome !== "DISCARDED";
    if (counts(before) === counts(after) && before?.checkedInAt === after.checkedInAt) return;
    for (const [attendance, checkedIn] of [
      [before, -1],
      [after, 1],
    ] as const) {
      if (!attendance || !counts(attendance)) continue;
      await this.total(tx, place.shiftId, { checkedIn });
      await this.happened(tx, place, attendance.checkedInAt, { checkedIn });
    }
  }

  /** A record's step: the minutes of confirmed records; what nobody has confirmed is nobody's merit yet (domain.md 4.13). */
  async record(
    tx: Tx,
    place: Required<TallyPlace>,
    before: Pick<ServiceRecord, "state" | "serviceMinutes" | "endedAt"> | null,
    after: Pick<ServiceRecord, "state" | "serviceMinutes" | "endedAt">,
  ): Promise<void> {
    const minutes = (record: typeof before) =>
      record && countedStates.includes(record.state) ? record.serviceMinutes : 0;
    if (minutes(before) === minutes(after) && before?.endedAt === after.endedAt) return;
    for (const [record, sign] of [
      [before, -1],
      [after, 1],
    ] as const) {
      if (!record || minutes(record) === 0) continue;
      const serviceMinutes = sign * minutes(record);
      await this.total(tx, place.shiftId, { serviceMinutes });
      await this.happened(tx, place, record.endedAt, { serviceMinutes });
    }
  }

  /** Credit of the campaign's hours that went to the public pool, or came back from it. */
  async donated(tx: Tx, place: TallyPlace, donatedMinutes: number): Promise<void> {
    if (donatedMinutes === 0) return;
    await this.total(tx, place.activityId, { donatedMinutes });
    if (place.campaignId !== null) await this.total(tx, place.campaignId, { donatedMinutes });
  }

  private async happened(tx: Tx, place: TallyPlace, at: Instant, change: Partial<Counts>): Promise<void> {
    await this.total(tx, place.activityId, change);
    if (place.campaignId === null) return;
    const parts = [
      ["TOTAL", ""],
      ["DIVISION", place.divisionCode],
      ["ORGANIZATION", place.organizationId],
      ["TIMELINE", timelineKey(at)],
    ] as const;
    for (const [dimension, key] of parts) await tx.count({ subject: place.campaignId, dimension, key }, change);
  }

  /** Whether the number of people changes when one of them takes or gives back a place. */
  private async person(
    tx: Tx,
    held: { subject: string; dimension: TallyDimension; key: string; volunteerId: string },
    change: number,
  ): Promise<number> {
    const before = await tx.placesHeld(held);
    invariant(before + change >= 0, "nobody gives back a place twice");
    await tx.setPlacesHeld(held, before + change);
    return Math.sign(before + change) - Math.sign(before);
  }

  private async partOf(tx: Tx, subject: string, dimension: TallyDimension, key: string): Promise<number> {
    return (await tx.breakdown(subject, dimension)).find((part) => part.key === key)?.activities ?? 0;
  }

  private total(tx: Tx, subject: string, change: Partial<Counts>): Promise<void> {
    return tx.count({ subject, dimension: "TOTAL", key: "" }, change);
  }
}

export function placeOf(activity: Activity, shiftId: string): Required<TallyPlace> {
  const { id: activityId, campaignId, divisionCode, organizationId } = activity;
  return { campaignId, activityId, shiftId, divisionCode, organizationId };
}

/** Where the hours of a record were given, when they were given at an activity. */
export async function placeOfRecord(
  view: View,
  record: Pick<ServiceRecord, "id" | "externalRef">,
): Promise<Required<TallyPlace> | null> {
  const attendance = await attendanceOfRecord(view, record);
  if (!attendance) return null;
  const activity = (await view.activities([attendance.activityId])).get(attendance.activityId);
  invariant(activity, "an attendance has an activity");
  return placeOf(activity, attendance.shiftId);
}
