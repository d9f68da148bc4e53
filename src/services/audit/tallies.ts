import { attendanceIdOf } from "../../domain/activities/attendance";
import { countedActivityStates } from "../../domain/activities/machine";
import { holdingStates } from "../../domain/activities/signups";
import { type Counts, noCounts, type Tally, timelineKey } from "../../domain/activities/tallies";
import type { Fact, FactOf } from "../../domain/facts";
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
  /** The record that was replaced by the one with this id. */
  private readonly replaced: ScratchMap<string>;
  /** The records that are of an attendance, and the minutes that came to the public pool for each. */
  private readonly donated: ScratchMap<number>;
  private poolId: string | undefined;

  constructor(
    private readonly follower: Follower,
    scratch: Scratch,
  ) {
    this.tallies = scratch.map("tallies");
    this.people = scratch.map("tally people");
    this.replaced = scratch.map("replaced records");
    this.donated = scratch.map("records of attendances");
  }

  /** Notes what cannot be found again at the end without looking at every record and every transfer. */
  fact(fact: Fact): void {
    if (fact.type === "RECORD_STEP") this.recordStep(fact);
    else if (fact.type === "ACCOUNT_OPENED" && fact.kind === "PUBLIC_POOL") this.poolId ??= fact.id;
  }

  transfer({ recordId, debit, credit, minutes, phase }: Transfer): void {
    const change = (credit === this.poolId ? minutes : 0) - (debit === this.poolId ? minutes : 0);
    const donated = change === 0 || recordId === null || phase === "HELD" ? undefined : this.donated.get(recordId);
    if (donated !== undefined) this.donated.set(recordId as string, donated + change);
  }

  /** After the last entry. */
  close(): void {
    for (const { fact } of this.follower.each("ACTIVITY_STEP")) this.activity(fact);
    for (const { fact } of this.follower.each("SIGN_UP_STEP")) this.signUp(fact);
    for (const { fact } of this.follower.each("ATTENDANCE_STEP")) this.attendance(fact);
    for (const [recordId, minutes] of this.donated.entries()) {
      const record = this.follower.last("RECORD_STEP", recordId);
      const attendance = record && this.attendanceOf(record);
      if (!attendance) continue;
      if (countedStates.includes(record.state as RecordState))
        this.happened(attendance, record.endedAt, { serviceMinutes: record.serviceMinutes });
      const activity = this.follower.last("ACTIVITY_STEP", attendance.activityId);
      if (!activity || minutes === 0) continue;
      this.add(activity.id, "TOTAL", "", { donatedMinutes: minutes });
      if (activity.campaignId) this.add(activity.campaignId, "TOTAL", "", { donatedMinutes: minutes });
    }
  }

  private recordStep({ id, version, externalRef, replacedBy }: ServiceRecord): void {
    const isFirst = version === 1 && externalRef !== null && attendanceIdOf(externalRef) !== null;
    if (isFirst && !this.donated.has(id)) this.donated.set(id, 0);
    if (replacedBy === null) return;
    this.replaced.set(replacedBy, id);
    if (this.donated.has(id) && !this.donated.has(replacedBy)) this.donated.set(replacedBy, 0);
  }

  private activity({ campaignId, divisionCode, organizationId, state }: FactOf<"ACTIVITY_STEP">): void {
    if (!campaignId || !(countedActivityStates as readonly string[]).includes(state)) return;
    this.add(campaignId, "TOTAL", "", { activities: 1 });
    this.add(campaignId, "DIVISION", divisionCode, { activities: 1 });
    const isFirst = !this.tallies.has(keyOf(campaignId, "ORGANIZATION", organizationId));
    this.add(campaignId, "ORGANIZATION", organizationId, { activities: 1 });
    if (isFirst) this.add(campaignId, "TOTAL", "", { organizations: 1 });
  }

  private signUp({ state, activityId, shiftId, volunteerId }: FactOf<"SIGN_UP_STEP">): void {
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

  private attendance(attendance: FactOf<"ATTENDANCE_STEP">): void {
    if (attendance.outcome !== "DISCARDED") this.happened(attendance, attendance.checkedInAt, { checkedIn: 1 });
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
