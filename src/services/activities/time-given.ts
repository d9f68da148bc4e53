import { attendedEnough, intervalOf } from "../../domain/activities/attendance";
import type { Activity, Attendance, Shift, SignUp } from "../../domain/facts/activities";
import type { ServiceRecord } from "../../domain/facts/hours";
import type { Volunteer } from "../../domain/facts/people";
import { type Evidence, standsFor } from "../../domain/hours";
import type { Instant } from "../../domain/kit/calendar";
import { invariant } from "../../domain/kit/invariant";
import { Refusal, type RefusalCode } from "../../domain/kit/refusal";
import type { Policies } from "../../domain/policies";
import type { StoredAttendance, StoredSignUp, Tx } from "../../storage/store";
import type { AttendedHours } from "../hours/attended";
import type { By, Register } from "./register";

/** The volunteer who checks in or out, where, and whether the volunteer or a lead does it. */
export interface AttendanceScene {
  shift: Shift;
  activity: Activity;
  volunteer: Volunteer;
  policies: Policies;
  by: By;
  self: boolean;
}

/** The way from an attendance to the service record of the time that was given. */
export class TimeGiven {
  constructor(
    private readonly register: Register,
    private readonly hours: AttendedHours,
  ) {}

  /** An attendance as it begins: ticked by a lead, unless its caller knows better. */
  begun(tx: Tx, signUp: StoredSignUp, checkedInAt: Instant, by: By): Attendance {
    const { id: signUpId, shiftId, activityId, volunteerId } = signUp;
    return {
      id: this.register.bank.id("attendance", tx.now),
      signUpId,
      shiftId,
      activityId,
      volunteerId,
      checkedInAt,
      checkedInBy: by.actor.personId as string,
      method: "LEAD",
      codeSlot: null,
      sentLate: false,
      placeVerdict: "NOT_ASKED",
      device: null,
      checkedOutAt: null,
      checkedOutBy: null,
      outcome: "OPEN",
      recordId: null,
      version: 0,
    };
  }

  /** Computes the time given and hands it in as a service record, or says why there is none. */
  async finish(
    tx: Tx,
    { shift, activity, volunteer, policies, by }: AttendanceScene,
    of: {
      signUp: StoredSignUp;
      before: StoredAttendance;
      left: StoredAttendance;
      end: Instant;
      seen: boolean;
      reasonId?: string;
      evidence?: readonly Evidence[];
    },
    action: "CHECK_OUT" | "RESOLVE",
  ): Promise<StoredSignUp> {
    const { signUp, before, seen, evidence = [] } = of;
    const left: StoredAttendance = { ...of.left, checkedOutBy: by.actor.personId };
    const interval = intervalOf(shift, left.checkedInAt, of.end);
    const { enough } = attendedEnough(shift, interval, policies);
    const record = enough
      ? await this.hours
          .submit(tx, by, { activity, shift, volunteer, attendance: left, interval, seen, evidence })
          .catch(withoutRecord)
      : null;
    left.recordId = record?.id ?? null;
    left.outcome = !enough ? "TOO_SHORT" : record ? "RECORDED" : "MISSING_RECORD";
    await this.register.moveAttendance(tx, by, activity, left, action, before);
    const after: SignUp = { ...signUp, state: "COMPLETED" };
    return this.register.moveSignUp(tx, by, activity, after, action, signUp, of.reasonId ?? null);
  }

  /** The record of the attendance under which hours are claimed; null where there is none, or it was taken back. */
  async standingRecord(tx: Tx, attendance: StoredAttendance | undefined): Promise<ServiceRecord | null> {
    if (attendance?.outcome !== "RECORDED") return null;
    const record = (await tx.records([attendance.recordId as string])).get(attendance.recordId as string);
    invariant(record, "an attendance's record is there");
    return standsFor(record) ? record : null;
  }
}

/** Hours that do not fit are left to the lead: they clash with another record, or the rule of the day has changed. */
const leftToLead: readonly RefusalCode[] = ["RECORD_OVERLAP", "PAID_DUTY", "SESSION_TOO_LONG", "SESSION_TOO_SHORT"];

function withoutRecord(error: unknown): null {
  if (error instanceof Refusal && leftToLead.includes(error.code)) return null;
  throw error;
}
