import { attendanceIdOf } from "../../domain/activities/attendance";
import { countedActivityStates } from "../../domain/activities/machine";
import { holdingStates, type SignUpState } from "../../domain/activities/signups";
import { type Counts, noCounts, type Tally, timelineKey } from "../../domain/activities/tallies";
import { countedStates, type RecordState } from "../../domain/hours";
import type { Transfer } from "../../domain/ledger/transfers";

type Row = Record<string, unknown>;
type Rows = ReadonlyMap<string, Row>;

/**
 * What the totals of campaigns, activities and shifts must be, counted from the last state of everything they count. The
 * writer moves them step by step, so this is other code coming to the same numbers.
 */
export function talliesOf(of: {
  activities: Rows;
  signUps: Rows;
  attendances: Rows;
  serviceRecords: Rows;
  transfers: Iterable<Transfer>;
  poolId: string | undefined;
}): { tallies: Row[]; people: Row[] } {
  const tallies = new Map<string, Tally>();
  const people = new Map<string, Row & { places: number }>();
  const add = (subject: string, dimension: Tally["dimension"], key: string, change: Partial<Counts>) => {
    const at = `${subject} ${dimension} ${key}`;
    const row = tallies.get(at) ?? { subject, dimension, key, ...noCounts };
    for (const [name, value] of Object.entries(change)) row[name as keyof Counts] += value;
    tallies.set(at, row);
  };

  for (const activity of of.activities.values()) {
    const { campaignId, divisionCode, organizationId, state } = activity as Record<string, string>;
    if (!campaignId || !(countedActivityStates as readonly string[]).includes(state as string)) continue;
    add(campaignId, "TOTAL", "", { activities: 1 });
    add(campaignId, "DIVISION", divisionCode as string, { activities: 1 });
    add(campaignId, "ORGANIZATION", organizationId as string, { activities: 1 });
  }
  for (const row of [...tallies.values()])
    if (row.dimension === "ORGANIZATION") add(row.subject, "TOTAL", "", { organizations: 1 });

  for (const row of of.signUps.values()) {
    const state = row.state as SignUpState;
    const activity = of.activities.get(row.activityId as string);
    const counted = {
      signedUp: holdingStates.includes(state) ? 1 : 0,
      waitlisted: state === "WAITLISTED" ? 1 : 0,
    };
    if (!activity || counted.signedUp + counted.waitlisted === 0) continue;
    add(row.shiftId as string, "TOTAL", "", counted);
    add(activity.id as string, "TOTAL", "", counted);
    if (!activity.campaignId) continue;
    const subject = activity.campaignId as string;
    for (const [dimension, key] of [
      ["TOTAL", ""],
      ["DIVISION", activity.divisionCode as string],
    ] as const) {
      add(subject, dimension, key, counted);
      if (counted.signedUp === 0) continue;
      const at = `${subject} ${dimension} ${key} ${row.volunteerId}`;
      const held = people.get(at);
      if (held) held.places += 1;
      else {
        people.set(at, { subject, dimension, key, volunteerId: row.volunteerId, places: 1 });
        add(subject, dimension, key, { volunteers: 1 });
      }
    }
  }

  const happened = (attendance: Row, at: number, change: Partial<Counts>) => {
    const activity = of.activities.get(attendance.activityId as string);
    if (!activity) return;
    add(attendance.shiftId as string, "TOTAL", "", change);
    add(activity.id as string, "TOTAL", "", change);
    if (!activity.campaignId) return;
    const subject = activity.campaignId as string;
    add(subject, "TOTAL", "", change);
    add(subject, "DIVISION", activity.divisionCode as string, change);
    add(subject, "ORGANIZATION", activity.organizationId as string, change);
    add(subject, "TIMELINE", timelineKey(at), change);
  };
  for (const attendance of of.attendances.values())
    if (attendance.outcome !== "DISCARDED") happened(attendance, attendance.checkedInAt as number, { checkedIn: 1 });

  const replaced = new Map<string, Row>();
  for (const record of of.serviceRecords.values())
    if (record.replacedBy) replaced.set(record.replacedBy as string, record);
  const attendanceOf = (record: Row): Row | undefined => {
    let first = record;
    for (let earlier = replaced.get(first.id as string); earlier; earlier = replaced.get(first.id as string))
      first = earlier;
    return of.attendances.get(attendanceIdOf((first.externalRef as string | null) ?? "") ?? "");
  };
  for (const record of of.serviceRecords.values()) {
    const attendance = countedStates.includes(record.state as RecordState) ? attendanceOf(record) : undefined;
    if (attendance) happened(attendance, record.endedAt as number, { serviceMinutes: record.serviceMinutes as number });
  }
  for (const { recordId, debit, credit, minutes, phase } of of.transfers) {
    const change = (credit === of.poolId ? minutes : 0) - (debit === of.poolId ? minutes : 0);
    const record = change !== 0 && recordId !== null && phase !== "HELD" ? of.serviceRecords.get(recordId) : undefined;
    const attendance = record && attendanceOf(record);
    const activity = attendance && of.activities.get(attendance.activityId as string);
    if (!activity) continue;
    add(activity.id as string, "TOTAL", "", { donatedMinutes: change });
    if (activity.campaignId) add(activity.campaignId as string, "TOTAL", "", { donatedMinutes: change });
  }
  return { tallies: [...tallies.values()].map((tally) => ({ ...tally })), people: [...people.values()] };
}
