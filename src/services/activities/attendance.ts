import {
  checkInWindow,
  checkOutCloses,
  checkOutWindow,
  checkReopening,
  placeVerdict,
  timeOf,
  wasSeen,
} from "../../domain/activities/attendance";
import { checkInOpens, openStates } from "../../domain/activities/machine";
import { checkFree, clashOf, standingStates } from "../../domain/activities/signups";
import type { Attendance, PlaceVerdict, Shift } from "../../domain/facts/activities";
import type { Instant } from "../../domain/kit/calendar";
import { invariant } from "../../domain/kit/invariant";
import { Refusal, refuse } from "../../domain/kit/refusal";
import type { Actor } from "../../domain/permissions/actors";
import type { StoredAttendance, StoredSignUp, Tx, View } from "../../storage/store";
import type { Bank } from "../bank";
import type { Done } from "../bank/answers";
import { read } from "../bank/fields";
import { checkStranger } from "../bank/near";
import type { AttendedHours } from "../hours/attended";
import { type CheckInput, checkIn, type ReopenInput } from "./commands";
import { asTold, promisesOf } from "./promises";
import { byItself, type Register } from "./register";
import { Resolving } from "./resolving";
import type { Sight } from "./sight";
import { type SignUps, volunteerOf } from "./signups";
import { type AttendanceScene, TimeGiven } from "./time-given";
import type { Timekeeping } from "./timekeeping";
import { VenueScreen } from "./venue-screen";

/** Checking in opens and closes, checking out closes later. */
export interface CheckWindow {
  opensAt: Instant;
  closesAt: Instant;
  outClosesAt: Instant;
}

/** Being there: checking in and out by the screen's code or by the lead, and taking a check-out back. */
export class Attendances {
  readonly screen: VenueScreen;
  readonly resolving: Resolving;
  private readonly bank: Bank;
  private readonly timeGiven: TimeGiven;

  constructor(
    private readonly register: Register,
    private readonly timekeeping: Timekeeping,
    private readonly signUps: SignUps,
    private readonly hours: AttendedHours,
    private readonly sight: Sight,
  ) {
    this.bank = register.bank;
    this.screen = new VenueScreen(register);
    this.timeGiven = new TimeGiven(register, hours);
    this.resolving = new Resolving(register, signUps, hours, this.timeGiven);
  }

  async checkIn(actor: Actor, input: CheckInput): Promise<Done<StoredAttendance>> {
    if (input.kiosk && input.at != null) refuse("INVALID_INPUT", { needs: "volunteerNo", without: "at" }, ["kiosk"]);
    const named = await this.screen.named(actor, input);
    checkShown(named);
    return this.keyed(actor, "checkIn", named, async (tx, actor) => {
      const scene = await this.scene(tx, actor, named);
      const { shift, volunteer, policies, by, self } = scene;
      if (volunteer.state !== "ACTIVE" || volunteer.group) refuse("VOLUNTEER_NOT_FOUND", {}, ["volunteerId"]);
      const { at, late } = timeOf(input.at, tx.now, policies);
      checkInWindow(shift, at, policies);
      const open = openStates.includes(scene.activity.state);
      const justOver = late && ["ENDED", "RECORDING"].includes(scene.activity.state);
      if (!open && !justOver) refuse("SIGN_UP_CLOSED", { state: scene.activity.state }, ["shiftId"]);
      const code = self ? await this.screen.checkCode(tx, actor, input, at) : null;
      if (code instanceof Refusal) return code;
      const verdict = self ? await this.placeVerdict(tx, shift, input) : "NOT_ASKED";
      const signUp = await this.expected(tx, scene, at, late);
      const activity = open ? await this.timekeeping.begin(tx, scene.activity) : scene.activity;
      await this.register.moveSignUp(tx, by, activity, { ...signUp, state: "CHECKED_IN" }, "CHECK_IN", signUp);
      const attendance: Attendance = {
        ...this.timeGiven.begun(tx, signUp, at, by),
        method: code?.method ?? (input.kiosk ? "KIOSK" : "LEAD"),
        codeSlot: code?.slot ?? null,
        sentLate: late,
        placeVerdict: verdict,
        // Within one activity equal devices are seen; beyond it no two hashes are alike.
        device: input.deviceId ? this.bank.vault.hash("device", `${activity.id}\0${input.deviceId}`) : null,
      };
      const made = await this.register.moveAttendance(tx, by, activity, attendance, "CHECK_IN", null);
      if (activity.state === "ENDED") await this.register.moveActivity(tx, byItself, activity, "RECORD", activity);
      return made.id;
    });
  }

  async checkOut(actor: Actor, input: CheckInput): Promise<Done<StoredAttendance>> {
    const named = await this.screen.named(actor, input);
    checkShown(named);
    return this.keyed(actor, "checkOut", named, async (tx, actor) => {
      const scene = await this.scene(tx, actor, named);
      const { shift, volunteer, policies, self } = scene;
      const { at, late } = timeOf(input.at, tx.now, policies);
      const signUp = (await tx.signUpsForShifts(volunteer.id, [shift.id])).get(shift.id);
      if (signUp?.state !== "CHECKED_IN") return refuse("NOT_CHECKED_IN", {}, ["shiftId"]);
      const attendance = (await tx.attendancesOfSignUps([signUp.id])).get(signUp.id);
      invariant(attendance, "whoever is checked in has an attendance");
      if (at < attendance.checkedInAt) refuse("INVALID_INTERVAL", {}, ["at"]);
      checkOutWindow(shift, at, policies);
      const code = self ? await this.screen.checkCode(tx, actor, input, at) : null;
      if (code instanceof Refusal) return code;
      if (code && code.slot === attendance.codeSlot)
        refuse("CODE_USED", {}, [input.token != null ? "token" : "digits"]);
      const left = { ...attendance, sentLate: attendance.sentLate || late, checkedOutAt: at };
      const seen = wasSeen(attendance) && (self || !late);
      await this.timeGiven.finish(tx, scene, { signUp, before: attendance, left, end: at, seen }, "CHECK_OUT");
      return attendance.id;
    });
  }

  /**
   * Takes back a check-out that was pressed by mistake: they are there again, and a record it made is voided. Until the shift
   * is over (OUTSIDE_WINDOW); ILLEGAL_TRANSITION once the hours were confirmed, or where the lead said when they left.
   */
  async reopen(actor: Actor, input: ReopenInput): Promise<Done<StoredAttendance>> {
    const named = await this.screen.named(actor, input);
    return this.keyed(actor, "reopenCheckOut", named, async (tx, actor) => {
      const scene = await this.scene(tx, actor, named);
      const { shift, activity, volunteer, by, self } = scene;
      const signUp = (await tx.signUpsForShifts(volunteer.id, [shift.id])).get(shift.id);
      const attendance = signUp && (await tx.attendancesOfSignUps([signUp.id])).get(signUp.id);
      if (!attendance) return refuse("NOT_CHECKED_IN", {}, ["shiftId"]);
      const last = (await this.signUps.stepsOf(tx, signUp)).at(-1)?.action;
      // The lead alone may change what the lead has said about an attendance.
      if (signUp.state !== "COMPLETED" || (self && last !== "CHECK_OUT"))
        refuse("ILLEGAL_TRANSITION", { action: "REOPEN", from: signUp.state }, ["shiftId"]);
      if (!openStates.includes(activity.state)) refuse("SIGN_UP_CLOSED", { state: activity.state }, ["shiftId"]);
      checkReopening(shift, tx.now);
      invariant(attendance.checkedOutAt !== null, "whoever has left has checked out");
      const promises = await promisesOf(tx, volunteer.id, shift);
      asTold(by, () => checkFree(shift, promises));
      await this.checkPresence(tx, scene, attendance.checkedOutAt, tx.now);
      await this.hours.takeBack(tx, by, volunteer, attendance);
      const open: StoredAttendance = {
        ...attendance,
        checkedOutAt: null,
        checkedOutBy: null,
        outcome: "OPEN",
        recordId: null,
      };
      await this.register.moveAttendance(tx, by, activity, open, "REOPEN", attendance);
      await this.register.moveSignUp(tx, by, activity, { ...signUp, state: "CHECKED_IN" }, "REOPEN", signUp);
      return attendance.id;
    });
  }

  /** When one may check in and out. Batched. */
  async windows(shifts: readonly Pick<Shift, "startsAt" | "endsAt">[]): Promise<CheckWindow[]> {
    const policies = await this.bank.policies(this.bank.store.view);
    return shifts.map((shift) => ({
      opensAt: checkInOpens(shift, policies),
      closesAt: shift.endsAt,
      outClosesAt: checkOutCloses(shift, policies),
    }));
  }

  async many(actor: Actor, ids: readonly string[]): Promise<(StoredAttendance | null)[]> {
    const attendances = await this.bank.store.view.attendances(ids);
    const seen = await this.signUps.reading.many(
      actor,
      [...attendances.values()].map((attendance) => attendance.signUpId),
    );
    const visible = new Set(seen.flatMap((signUp) => signUp?.id ?? []));
    return ids.map((id) => {
      const attendance = attendances.get(id);
      return attendance && visible.has(attendance.signUpId) ? attendance : null;
    });
  }

  async ofSignUps(actor: Actor, signUpIds: readonly string[]): Promise<(StoredAttendance | null)[]> {
    const seen = await this.signUps.reading.many(actor, signUpIds);
    const attendances = await this.bank.store.view.attendancesOfSignUps(seen.flatMap((signUp) => signUp?.id ?? []));
    return signUpIds.map((id) => attendances.get(id) ?? null);
  }

  /** Records of the activity that wait for a confirmation, oldest first, at most 1000; none where it is not yours to see. */
  async waitingRecords(actor: Actor, activityId: string): Promise<string[]> {
    const view = this.bank.store.view;
    const activity = (await view.activities([activityId])).get(activityId);
    const where = activity && (await this.register.whereOf(view, activity));
    if (!where || !this.bank.permitAny(actor, "activity.see", [where])) return [];
    return view.recordIdsWaiting(activityId, 1000);
  }

  private async scene(tx: Tx, actor: Actor, input: CheckInput): Promise<AttendanceScene> {
    const { shift, activity } = await this.register.shift(tx, input.shiftId);
    if (!(await this.register.sees(tx, actor, activity)) || shift.dropped) refuse("NOT_FOUND", {}, ["shiftId"]);
    const policies = await this.bank.policies(tx);
    const named = input.volunteerId ?? input.volunteerNo;
    if (named == null) {
      const volunteerId = actor.volunteerId ?? refuse("NOT_PERMITTED", { act: "attendance.self" });
      const role = this.bank.permit(actor, "attendance.self", { volunteerId });
      const volunteer = await volunteerOf(tx, volunteerId);
      return { shift, activity, policies, volunteer, by: { actor, role }, self: true };
    }
    const by = await this.register.permit(tx, actor, "attendance.tick", activity);
    const volunteer = input.volunteerId
      ? (await tx.volunteers([input.volunteerId])).get(input.volunteerId)
      : await tx.volunteerByNo(input.volunteerNo as string);
    if (!volunteer) return refuse("VOLUNTEER_NOT_FOUND", {}, [input.volunteerId ? "volunteerId" : "volunteerNo"]);
    // Nobody ticks off themselves or their family; they use the code on the screen, as everybody may.
    await checkStranger(tx, actor, volunteer.personId);
    return { shift, activity, policies, volunteer, by, self: false };
  }

  /** A volunteer is in one place at a time: one who is checked in elsewhere, or was there then, cannot check in. */
  private async checkPresence(
    tx: Tx,
    { shift, volunteer, by }: AttendanceScene,
    from: Instant,
    until = from,
  ): Promise<void> {
    const bookings = await tx.bookings(volunteer.id, shift);
    const there = (signUpId: string) => asTold(by, () => refuse("DOUBLE_BOOKED", { signUpId }, ["shiftId"]));
    const elsewhere = clashOf(shift, bookings, ["CHECKED_IN"]);
    if (elsewhere) there(elsewhere.signUp.id);
    const left = bookings.filter(({ signUp }) => signUp.state === "COMPLETED").map(({ signUp }) => signUp.id);
    for (const [signUpId, { checkedInAt, checkedOutAt }] of await tx.attendancesOfSignUps(left))
      if (checkedInAt <= until && from < (checkedOutAt ?? from)) there(signUpId);
  }

  /**
   * The sign-up of the volunteer who comes. A volunteer without one is put on the list while there are places. Places bound
   * what is promised: a volunteer who had one and comes is let in, also where another volunteer was let in meanwhile.
   */
  private async expected(tx: Tx, scene: AttendanceScene, at: Instant, late: boolean): Promise<StoredSignUp> {
    const { shift, activity, volunteer, by } = scene;
    const signUp = (await tx.signUpsForShifts(volunteer.id, [shift.id])).get(shift.id);
    if (signUp?.state === "CHECKED_IN" || signUp?.state === "COMPLETED")
      refuse("ALREADY_CHECKED_IN", { signUpId: signUp.id }, ["shiftId"]);
    await this.checkPresence(tx, scene, at);
    if (!signUp || !standingStates.includes(signUp.state)) {
      // Sent late, after the list was closed: they were there after all, unless the lead has said they were not.
      const last = signUp?.state === "NO_SHOW" && late ? (await this.signUps.stepsOf(tx, signUp)).at(-1) : undefined;
      if (signUp && last?.action === "MISS") return signUp;
      if (signUp?.state === "NO_SHOW") refuse("SIGN_UP_CLOSED", { state: signUp.state }, ["shiftId"]);
      return this.signUps.apply(tx, by, activity, shift, volunteer, { at, mayWait: false });
    }
    if (signUp.state === "PENDING_GUARDIAN") refuse("GUARDIAN_CONSENT_MISSING", { signUpId: signUp.id }, ["shiftId"]);
    if (signUp.state === "ACCEPTED") return signUp;
    if ((await this.register.room(tx, shift)).left === 0) refuse("SHIFT_FULL", {}, ["shiftId"]);
    const promises = await promisesOf(tx, volunteer.id, shift);
    asTold(by, () => checkFree(shift, promises));
    return this.register.moveSignUp(tx, byItself, activity, { ...signUp, state: "ACCEPTED" }, "MOVE_UP", signUp);
  }

  private async placeVerdict(tx: Tx, shift: Shift, input: CheckInput): Promise<PlaceVerdict> {
    if (shift.radiusMetres === null) return "NOT_ASKED";
    return placeVerdict(await this.sight.venue(tx, shift.venueId), shift.radiusMetres, input);
  }

  private keyed(
    actor: Actor,
    operation: string,
    input: CheckInput,
    work: (tx: Tx, actor: Actor) => Promise<string | Refusal>,
  ): Promise<Done<StoredAttendance>> {
    // Where a phone was, and how its number ends, is looked at and forgotten: not even a hash of it is kept.
    const { latitude: _, longitude: __, phoneEnds: ___, ...request } = input;
    if (input.volunteerId != null && input.volunteerNo != null)
      refuse("INVALID_INPUT", { oneOf: ["volunteerId", "volunteerNo"] }, ["volunteerNo"]);
    read(checkIn, input);
    return this.bank.commands.once(actor, operation, request, work, rendered);
  }
}

/** A volunteer shows the screen's code or its digits, unless a lead names the volunteer. */
function checkShown({ token, digits, volunteerId, volunteerNo }: CheckInput): void {
  if ([token, digits, volunteerId ?? volunteerNo].filter((value) => value != null).length !== 1)
    refuse("INVALID_INPUT", { oneOf: ["token", "digits", "volunteerId"] }, ["token"]);
}

async function rendered(view: View, id: string): Promise<StoredAttendance> {
  const attendance = (await view.attendances([id])).get(id);
  invariant(attendance, "a command's attendance is there");
  return attendance;
}
