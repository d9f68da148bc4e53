import { attendanceIdOf } from "../../domain/activities/attendance";
import { countedActivityStates } from "../../domain/activities/machine";
import { holdingStates } from "../../domain/activities/signups";
import { type Counts, noCounts, type Tally, timelineKey } from "../../domain/activities/tallies";
import type { FactOf } from "../../domain/facts";
import type { SignUpState } from "../../domain/facts/activities";
import type { RecordState } from "../../domain/facts/hours";
import type { Transfer } from "../../domain/facts/ledger";
import { countedStates } from "../../domain/hours";
import type { Scratch, ScratchMap } from "../../storage/store";
import type { Follower } from "./follow";

type ServiceRecord = FactOf<"RECORD_STEP">;
interface TallyPerson {
  subject: string;
  dimension: Tally["dimension"];
  key: string;
  volunteerId: string;
  places: number;
}

/**
 * What the totals of campaigns, activities and shifts must be, counted from the last state of everything they count. The
 * writer moves them step by step, so this is other code coming to the same numbers.
 */
export class Tallies {
  readonly tallies: ScratchMap<Tally>;
  readonly people: ScratchMap<TallyPerson>;

  constructor(
    private readonly follower: Follower,
    scratch: Scratch,
    /** The record that was replaced by the one with this id. */
    private readonly replaced: ScratchMap<string>,
    private readonly poolId: string | undefined,
  ) {
    this.tallies = scratch.map("tallies");
    this.people = scratch.map("tally people");
  }

  activity({ campaignId, divisionCode, organizationId, state }: FactOf<"ACTIVITY_STEP">): void {
    if (!campaignId || !(countedActivityStates as readonly string[]).includes(state)) return;
    this.add(campaignId, "TOTAL", "", { activities: 1 });
    this.add(campaignId, "DIVISION", divisionCode, { activities: 1 });
    const isFirst = !this.tallies.has(keyOf(campaignId, "ORGANIZATION", organizationId));
    this.add(campaignId, "ORGANIZATION", organizationId, { activities: 1 });
    if (isFirst) this.add(campaignId, "TOTAL", "", { organizations: 1 });
  }

  signUp({ state, activityId, shiftId, volunteerId }: FactOf<"SIGN_UP_STEP">): void {
    const activity = this.follower.last("ACTIVITY_STEP", activityId);
    const counted = {
      signedUp: holdingStates.includes(state as SignUpState) ? 1 : 0,
      waitlisted: state === "WAITLISTED" ? 1 : 0,
    };
    if (!activity || counted.signedUp + counted.waitlisted === 0) return;
    this.add(shiftId, "TOTAL", "", counted);
    this.add(activity.id, "TOTAL", "", counted);
    const subject = activity.campaignId;
    if (!subject) return;
    for (const [dimension, key] of [
      ["TOTAL", ""],
      ["DIVISION", activity.divisionCode],
    ] as const) {
      this.add(subject, dimension, key, counted);
      if (counted.signedUp === 0) continue;
      const at = `${keyOf(subject, dimension, key)} ${volunteerId}`;
      const held = this.people.get(at);
      this.people.set(at, { subject, dimension, key, volunteerId, places: (held?.places ?? 0) + 1 });
      if (!held) this.add(subject, dimension, key, { volunteers: 1 });
    }
  }

  attendance(attendance: FactOf<"ATTENDANCE_STEP">): void {
    if (attendance.outcome !== "DISCARDED") this.happened(attendance, attendance.checkedInAt, { checkedIn: 1 });
  }

  record(record: ServiceRecord): void {
    if (!countedStates.includes(record.state as RecordState)) return;
    const attendance = this.attendanceOf(record);
    if (attendance) this.happened(attendance, record.endedAt, { serviceMinutes: record.serviceMinutes });
  }

  transfer({ recordId, debit, credit, minutes, phase }: Transfer): void {
    const change = (credit === this.poolId ? minutes : 0) - (debit === this.poolId ? minutes : 0);
    if (change === 0 || recordId === null || phase === "HELD") return;
    const record = this.follower.last("RECORD_STEP", recordId);
    const attendance = record && this.attendanceOf(record);
    const activity = attendance && this.follower.last("ACTIVITY_STEP", attendance.activityId);
    if (!activity) return;
    this.add(activity.id, "TOTAL", "", { donatedMinutes: change });
    if (activity.campaignId) this.add(activity.campaignId, "TOTAL", "", { donatedMinutes: change });
  }

  private happened(attendance: FactOf<"ATTENDANCE_STEP">, at: number, change: Partial<Counts>): void {
    const activity = this.follower.last("ACTIVITY_STEP", attendance.activityId);
    if (!activity) return;
    this.add(attendance.shiftId, "TOTAL", "", change);
    this.add(activity.id, "TOTAL", "", change);
    const subject = activity.campaignId;
    if (!subject) return;
    this.add(subject, "TOTAL", "", change);
    this.add(subject, "DIVISION", activity.divisionCode, change);
    this.add(subject, "ORGANIZATION", activity.organizationId, change);
    this.add(subject, "TIMELINE", timelineKey(at), change);
  }

  /** A record that replaced another one is of the attendance of the first. */
  private attendanceOf({ id, externalRef }: ServiceRecord): FactOf<"ATTENDANCE_STEP"> | null {
    let reference = externalRef;
    // A forged journal may lead round and round.
    const seen = new Set([id]);
    for (let earlier = this.replaced.get(id); earlier !== undefined && !seen.has(earlier); ) {
      seen.add(earlier);
      reference = this.follower.last("RECORD_STEP", earlier)?.externalRef ?? null;
      earlier = this.replaced.get(earlier);
    }
    return this.follower.last("ATTENDANCE_STEP", attendanceIdOf(reference ?? "") ?? "");
  }

  private add(subject: string, dimension: Tally["dimension"], key: string, change: Partial<Counts>): void {
    const at = keyOf(subject, dimension, key);
    const row = { ...(this.tallies.get(at) ?? { subject, dimension, key, ...noCounts }) };
    for (const [name, value] of Object.entries(change)) row[name as keyof Counts] += value;
    this.tallies.set(at, row);
  }
}

const keyOf = (subject: string, dimension: string, key: string) => `${subject} ${dimension} ${key}`;
