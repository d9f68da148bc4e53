import {
  type Attendance,
  attendedEnough,
  type CheckInCode,
  checkCode,
  checkInWindow,
  checkOutWindow,
  codeOf,
  intervalOf,
  placeVerdict,
  slotOf,
  timeOf,
} from "../../domain/activities/attendance";
import { type Activity, openStates, type Shift } from "../../domain/activities/machine";
import {
  checkOutcome,
  promisedStates,
  type SignUp,
  type SignUpOutcome,
  standingStates,
} from "../../domain/activities/signups";
import { type Actor, type ActorKind, system } from "../../domain/actors";
import type { Instant } from "../../domain/calendar";
import { invariant } from "../../domain/invariant";
import { Refusal, refuse } from "../../domain/refusal";
import type { Volunteer } from "../../domain/volunteers";
import type { StoredAttendance, StoredSignUp, Tx, View } from "../../storage/store";
import type { Bank } from "../bank";
import type { Done } from "../contract";
import type { AttendedHours } from "../hours/attended";
import { checkText } from "../input";
import type { AttendanceService, CheckInput } from "./contract";
import type { Planning } from "./planning";
import type { Register } from "./register";
import { type SignUps, volunteerOf } from "./signups";
import { placeOf } from "./tallies";
import { Tries } from "./tries";

/** Being there: checked in and out by the screen's code or by the lead, resolved where something is missing. */
export class Attendances implements AttendanceService {
  private readonly bank: Bank;
  private readonly tries: Tries;

  constructor(
    private readonly register: Register,
    private readonly planning: Planning,
    private readonly signUps: SignUps,
    private readonly hours: AttendedHours,
  ) {
    this.bank = register.bank;
    this.tries = new Tries(this.bank.clock);
  }

  async code(actor: Actor, shiftId: string): Promise<CheckInCode> {
    const view = this.bank.store.view;
    const { activity } = await this.register.shift(view, shiftId);
    await this.register.permit(view, actor, "attendance.tick", activity);
    return codeOf(this.key(shiftId), slotOf(this.bank.clock()));
  }

  async checkIn(actor: Actor, input: CheckInput): Promise<Done<StoredAttendance>> {
    return this.keyed(actor, "checkIn", input, async (tx, actor) => {
      const scene = await this.scene(tx, actor, input);
      const { shift, volunteer, policies, role } = scene;
      const { at, late } = timeOf(input.at, tx.now, policies);
      checkInWindow(shift, at, policies);
      const open = openStates.includes(scene.activity.state);
      const justOver = late && ["ENDED", "RECORDING"].includes(scene.activity.state);
      if (!open && !justOver) refuse("SIGN_UP_CLOSED", { state: scene.activity.state }, ["shiftId"]);
      const code = scene.self ? this.checkCode(actor, input, at) : null;
      const verdict = scene.self ? placeVerdict(shift, input) : "NOT_ASKED";
      const signUp = await this.expected(tx, actor, scene, late);
      const activity = open ? await this.planning.begin(tx, scene.activity) : scene.activity;
      const attendance: Attendance = {
        id: this.bank.id("attendance", tx.now),
        signUpId: signUp.id,
        shiftId: shift.id,
        activityId: activity.id,
        volunteerId: volunteer.id,
        checkedInAt: at,
        checkedInBy: actor.personId as string,
        method: code?.method ?? (input.kiosk ? "KIOSK" : "LEAD"),
        codeSlot: code?.slot ?? null,
        sentLate: late,
        placeVerdict: verdict,
        device: input.deviceId ? this.bank.vault.hash("device", input.deviceId) : null,
        checkedOutAt: null,
        checkedOutBy: null,
        outcome: "OPEN",
        recordId: null,
        version: 0,
      };
      await this.register.moveSignUp(tx, actor, role, activity, { ...signUp, state: "CHECKED_IN" }, "CHECK_IN", signUp);
      const made = await this.register.moveAttendance(tx, actor, role, activity, attendance, "CHECK_IN", null);
      if (activity.state === "ENDED")
        await this.register.moveActivity(tx, system, "SYSTEM", activity, "RECORD", activity, null);
      return made.id;
    });
  }

  async checkOut(actor: Actor, input: CheckInput): Promise<Done<StoredAttendance>> {
    return this.keyed(actor, "checkOut", input, async (tx, actor) => {
      const scene = await this.scene(tx, actor, input);
      const { shift, activity, volunteer, policies, role } = scene;
      const { at, late } = timeOf(input.at, tx.now, policies);
      const [booking] = (await tx.bookings(volunteer.id, ["CHECKED_IN"])).filter(
        (one) => one.signUp.shiftId === shift.id,
      );
      if (!booking) refuse("NOT_CHECKED_IN", {}, ["shiftId"]);
      const { signUp } = booking as { signUp: StoredSignUp };
      const attendance = await attendanceOf(tx, signUp);
      if (at < attendance.checkedInAt) refuse("INVALID_INTERVAL", {}, ["at"]);
      checkOutWindow(shift, at, policies);
      if (scene.self) {
        const { slot } = this.checkCode(actor, input, at);
        if (slot === attendance.codeSlot) refuse("CODE_USED", {}, [input.token != null ? "token" : "digits"]);
      }
      const sentLate = attendance.sentLate || late;
      await this.finish(
        tx,
        actor,
        role,
        activity,
        shift,
        volunteer,
        signUp,
        { ...attendance, sentLate },
        at,
        "CHECK_OUT",
      );
      return attendance.id;
    });
  }

  /** The lead's word where something is missing: when somebody left, that they never came, or that they are excused. */
  async resolve(actor: Actor, input: Parameters<AttendanceService["resolve"]>[1]): Promise<StoredSignUp> {
    const reason = checkText(input.reason, "reason", { most: 1000 }) ?? refuse("REASON_MISSING", {}, ["reason"]);
    return this.bank.act(actor, async (tx, actor) => {
      const { signUp, shift, activity } = await this.register.signUp(tx, input.signUpId);
      const { volunteerId } = signUp;
      if (!(await this.register.signUpRole(tx, actor, "signUp.see", activity, volunteerId)))
        refuse("NOT_FOUND", {}, ["signUpId"]);
      const role = await this.register.permit(tx, actor, "signUp.resolve", activity);
      const volunteer = await volunteerOf(tx, volunteerId);
      if (await this.resolvedBefore(tx, actor, signUp, input.outcome)) return signUp;
      if (actor.personId === volunteer.personId) refuse("SELF_CONFIRMATION");
      const attendance = (await tx.attendancesOfSignUps([signUp.id])).get(signUp.id);
      checkOutcome(signUp, input.outcome, attendance?.outcome === "MISSING_RECORD");
      if (signUp.state === "ACCEPTED" && tx.now < shift.endsAt && input.outcome !== "EXCUSED")
        refuse("IN_THE_FUTURE", { endsAt: new Date(shift.endsAt).toISOString() }, ["outcome"]);
      const reasonId = await this.bank.vault.seal(tx, actor.personId as string, volunteer.personId, { reason });
      if (input.outcome === "COMPLETED")
        return this.complete(
          tx,
          actor,
          role,
          { activity, shift, volunteer, signUp, attendance },
          input.endedAt,
          reasonId,
        );
      if (attendance) await this.discard(tx, actor, role, activity, attendance);
      const malicious = input.outcome === "NO_SHOW" && (input.malicious ?? false);
      const after: SignUp = { ...signUp, state: input.outcome, malicious };
      const moved = await this.register.moveSignUp(tx, actor, role, activity, after, "RESOLVE", signUp, reasonId);
      if (openStates.includes(activity.state)) await this.register.fillPlaces(tx, system, activity, shift);
      return moved;
    });
  }

  async many(actor: Actor, ids: readonly string[]): Promise<(StoredAttendance | null)[]> {
    const found = await this.bank.store.view.attendances(ids);
    const seen = await this.signUps.many(
      actor,
      [...found.values()].map((one) => one.signUpId),
    );
    const visible = new Set(seen.flatMap((signUp) => signUp?.id ?? []));
    return ids.map((id) => {
      const attendance = found.get(id);
      return attendance && visible.has(attendance.signUpId) ? attendance : null;
    });
  }

  /** Of sign-ups that the actor was given. */
  async ofSignUps(_: Actor, signUpIds: readonly string[]): Promise<(StoredAttendance | null)[]> {
    const found = await this.bank.store.view.attendancesOfSignUps(signUpIds);
    return signUpIds.map((id) => found.get(id) ?? null);
  }

  async waitingRecords(actor: Actor, activityId: string): Promise<string[]> {
    const view = this.bank.store.view;
    const activity = await this.register.activity(view, actor, activityId);
    await this.register.permit(view, actor, "activity.see", activity);
    return view.recordIdsWaiting(activityId, 1000);
  }

  private async complete(
    tx: Tx,
    actor: Actor,
    role: ActorKind,
    on: { activity: Activity; shift: Shift; volunteer: Volunteer; signUp: StoredSignUp; attendance?: StoredAttendance },
    endedAt: Instant | null | undefined,
    reasonId: string,
  ): Promise<StoredSignUp> {
    const { activity, shift, volunteer, signUp } = on;
    const end = endedAt ?? on.attendance?.checkedOutAt ?? refuse("INVALID_INPUT", { missing: true }, ["endedAt"]);
    if (end > tx.now) refuse("IN_THE_FUTURE", {}, ["endedAt"]);
    if (end <= (on.attendance?.checkedInAt ?? shift.startsAt)) refuse("INVALID_INTERVAL", {}, ["endedAt"]);
    let attendance = on.attendance;
    if (!attendance) {
      const seen: Attendance = {
        id: this.bank.id("attendance", tx.now),
        signUpId: signUp.id,
        shiftId: shift.id,
        activityId: activity.id,
        volunteerId: volunteer.id,
        checkedInAt: shift.startsAt,
        checkedInBy: actor.personId as string,
        method: "LEAD",
        codeSlot: null,
        sentLate: true,
        placeVerdict: "NOT_ASKED",
        device: null,
        checkedOutAt: null,
        checkedOutBy: null,
        outcome: "OPEN",
        recordId: null,
        version: 0,
      };
      attendance = await this.register.moveAttendance(tx, actor, role, activity, seen, "RESOLVE", null);
    }
    return this.finish(tx, actor, role, activity, shift, volunteer, signUp, attendance, end, "RESOLVE", reasonId);
  }

  /** Computes the time given and hands it in as a service record, or says why there is none. */
  private async finish(
    tx: Tx,
    actor: Actor,
    role: ActorKind,
    activity: Activity,
    shift: Shift,
    volunteer: Volunteer,
    signUp: StoredSignUp,
    attendance: StoredAttendance,
    endedAt: Instant,
    action: "CHECK_OUT" | "RESOLVE",
    reasonId: string | null = null,
  ): Promise<StoredSignUp> {
    const interval = intervalOf(shift, attendance.checkedInAt, endedAt);
    const left: StoredAttendance = { ...attendance, checkedOutAt: endedAt, checkedOutBy: actor.personId };
    const { enough } = attendedEnough(shift, interval, await this.bank.policies(tx));
    if (enough) {
      const record = await this.hours
        .submit(tx, actor, role, { activity, shift, volunteer, attendance: left, interval })
        .catch(missing);
      left.recordId = record?.id ?? null;
    }
    left.outcome = !enough ? "TOO_SHORT" : left.recordId ? "RECORDED" : "MISSING_RECORD";
    await this.register.moveAttendance(tx, actor, role, activity, left, action, attendance);
    const after: SignUp = { ...signUp, state: "COMPLETED" };
    return this.register.moveSignUp(tx, actor, role, activity, after, action, signUp, reasonId);
  }

  private async discard(tx: Tx, actor: Actor, role: ActorKind, activity: Activity, attendance: StoredAttendance) {
    const after: StoredAttendance = { ...attendance, outcome: "DISCARDED" };
    await this.register.moveAttendance(tx, actor, role, activity, after, "RESOLVE", attendance);
    await this.register.tallies.checkedIn(tx, placeOf(activity, attendance.shiftId), attendance.checkedInAt, -1);
  }

  /** Who checks in where, and whether they do it themselves or somebody ticks them off. */
  private async scene(tx: Tx, actor: Actor, input: CheckInput) {
    const { shift, activity } = await this.register.shift(tx, input.shiftId);
    if (!(await this.register.sees(tx, actor, activity)) || shift.dropped) refuse("NOT_FOUND", {}, ["shiftId"]);
    const policies = await this.bank.policies(tx);
    const named = input.volunteerId ?? input.volunteerNo;
    if (named == null) {
      const volunteerId = actor.volunteerId ?? refuse("NOT_PERMITTED", { act: "attendance.self" });
      const role = this.bank.permit(actor, "attendance.self", { volunteerId });
      return { shift, activity, policies, role, self: true, volunteer: await volunteerOf(tx, volunteerId) };
    }
    const role = await this.register.permit(tx, actor, "attendance.tick", activity);
    const volunteer = input.volunteerId
      ? (await tx.volunteers([input.volunteerId])).get(input.volunteerId)
      : await tx.volunteerByNo(input.volunteerNo as string);
    if (!volunteer) refuse("VOLUNTEER_NOT_FOUND", {}, [input.volunteerId ? "volunteerId" : "volunteerNo"]);
    // Nobody ticks off themselves: the screen's code is there for everybody.
    if (volunteer.personId === actor.personId) refuse("SELF_CONFIRMATION");
    return { shift, activity, policies, role, self: false, volunteer };
  }

  /** The sign-up that is expected here; who came without one is put on the list while there are places. */
  private async expected(
    tx: Tx,
    actor: Actor,
    { shift, activity, volunteer, role }: { shift: Shift; activity: Activity; volunteer: Volunteer; role: ActorKind },
    late: boolean,
  ): Promise<StoredSignUp> {
    const here = (await tx.bookings(volunteer.id, [...standingStates, "NO_SHOW"])).filter(
      (one) => one.signUp.shiftId === shift.id,
    );
    const standing = here.find((one) => standingStates.includes(one.signUp.state))?.signUp;
    if (!standing) {
      // Sent late, after the lead had closed the list: they were there after all.
      const missed = here.find((one) => one.signUp.state === "NO_SHOW")?.signUp;
      if (late && missed) return missed;
      return this.signUps.apply(tx, actor, role, activity, shift, volunteer, false);
    }
    if (standing.state === "CHECKED_IN" || standing.state === "COMPLETED")
      refuse("ALREADY_CHECKED_IN", { signUpId: standing.id }, ["shiftId"]);
    if (standing.state === "PENDING_GUARDIAN")
      refuse("GUARDIAN_CONSENT_MISSING", { signUpId: standing.id }, ["shiftId"]);
    if (standing.state === "ACCEPTED") return standing;
    if ((await this.register.placesLeft(tx, shift)) === 0) refuse("SHIFT_FULL", {}, ["shiftId"]);
    const clash = (await tx.bookings(volunteer.id, promisedStates)).find(
      (other) => other.startsAt < shift.endsAt && shift.startsAt < other.endsAt,
    );
    if (clash) refuse("DOUBLE_BOOKED", { signUpId: clash.signUp.id }, ["shiftId"]);
    return this.register.moveSignUp(
      tx,
      system,
      "SYSTEM",
      activity,
      { ...standing, state: "ACCEPTED" },
      "MOVE_UP",
      standing,
    );
  }

  private checkCode(actor: Actor, input: CheckInput, at: Instant) {
    const who = `${actor.personId} ${input.shiftId}`;
    try {
      const found = checkCode(this.key(input.shiftId), { ...input, token: tokenOf(input.token) }, at, input.at != null);
      this.tries.forget(who);
      return found;
    } catch (error) {
      this.tries.count(who);
      throw error;
    }
  }

  private key(shiftId: string): Buffer {
    return Buffer.from(this.bank.vault.hash("check-in", shiftId), "hex");
  }

  private keyed(
    actor: Actor,
    operation: string,
    input: CheckInput,
    work: (tx: Tx, actor: Actor) => Promise<string>,
  ): Promise<Done<StoredAttendance>> {
    // Where a phone was is looked at and forgotten: not even a hash of it is kept.
    const { idempotencyKey, latitude, longitude, ...request } = input;
    const named = [input.volunteerId, input.volunteerNo].filter((one) => one != null).length;
    const shown = [input.token, input.digits].filter((one) => one != null).length;
    if (named > 1) refuse("INVALID_INPUT", { oneOf: ["volunteerId", "volunteerNo"] }, ["volunteerNo"]);
    if (named + shown !== 1) refuse("INVALID_INPUT", { oneOf: ["token", "digits", "volunteerId"] }, ["token"]);
    if (input.at != null && (!Number.isSafeInteger(input.at) || Math.abs(input.at) > 8.64e15))
      refuse("INVALID_INPUT", {}, ["at"]);
    for (const [field, value, most] of [
      ["latitude", latitude, 90],
      ["longitude", longitude, 180],
    ] as const)
      if (value != null && !(Math.abs(value) <= most)) refuse("INVALID_INPUT", { most }, [field]);
    checkText(input.deviceId, "deviceId", { most: 200 });
    if (shown > 0) this.tries.check(`${actor.personId} ${input.shiftId}`);
    return this.bank.once(actor, operation, idempotencyKey, request, work, async (view, id) => this.shownTo(view, id));
  }

  private async shownTo(view: View, id: string): Promise<StoredAttendance> {
    const attendance = (await view.attendances([id])).get(id);
    invariant(attendance, "a command's attendance is there");
    return attendance;
  }

  /** The same outcome again by the same actor answers the same. */
  private async resolvedBefore(tx: Tx, actor: Actor, signUp: StoredSignUp, outcome: SignUpOutcome): Promise<boolean> {
    const last = await tx.lastSignUpStep(signUp.id);
    return (
      last?.action === "RESOLVE" && last.actorId === actor.personId && signUp.state === outcome && last.from !== outcome
    );
  }
}

/** A phone's camera gives the whole address on the screen; an app only what is signed in it. */
function tokenOf(token: string | null | undefined): string | null {
  return token == null ? null : (/[?&]t=([\w.-]+)/.exec(token)?.[1] ?? token);
}

/** A record that cannot be made now leaves the attendance without one, for the lead to look at. */
function missing(error: unknown): null {
  if (error instanceof Refusal) return null;
  throw error;
}

async function attendanceOf(view: View, signUp: SignUp): Promise<StoredAttendance> {
  const attendance = (await view.attendancesOfSignUps([signUp.id])).get(signUp.id);
  invariant(attendance, "whoever is checked in has an attendance");
  return attendance;
}
