import {
  attendedEnough,
  type CheckInCode,
  checkCode,
  checkInWindow,
  checkOutCloses,
  checkOutWindow,
  checkReopening,
  codeOf,
  intervalOf,
  placeVerdict,
  slotOf,
  timeOf,
  wasSeen,
} from "../../domain/activities/attendance";
import { checkInOpens, openStates } from "../../domain/activities/machine";
import {
  checkFree,
  checkOutcome,
  hasPromised,
  type SignUpOutcome,
  standingStates,
} from "../../domain/activities/signups";
import type {
  Activity,
  ActivityState,
  Attendance,
  PlaceVerdict,
  Shift,
  SignUp,
  SignUpState,
} from "../../domain/facts/activities";
import { recordMoves, type ServiceRecord } from "../../domain/facts/hours";
import type { Volunteer } from "../../domain/facts/people";
import { type Evidence, type Interval, standsFor } from "../../domain/hours";
import type { Instant } from "../../domain/kit/calendar";
import { invariant } from "../../domain/kit/invariant";
import { mayTake } from "../../domain/kit/moves";
import { Refusal, type RefusalCode, refuse } from "../../domain/kit/refusal";
import { readNumber } from "../../domain/people/numbers";
import { knowsPhone } from "../../domain/people/phones";
import { giveTryBack, type Tried, takeCodeTry, takeTry, triesKeptSince } from "../../domain/people/tries";
import { maskName, type Profile } from "../../domain/people/volunteers";
import type { Actor } from "../../domain/permissions/actors";
import type { Policies } from "../../domain/policies";
import type { StoredAttendance, StoredSignUp, Tx, View } from "../../storage/store";
import type { Bank } from "../bank";
import type { Done } from "../bank/answers";
import { type Asked, read, readField } from "../bank/fields";
import { checkStranger } from "../bank/near";
import type { AttendedHours } from "../hours/attended";
import { checkIn, type reopenCheckOut, resolveSignUp } from "./commands";
import { type By, byItself, type Register } from "./register";
import type { Sight } from "./sight";
import { asTold, isRepeated, type SignUps, volunteerOf } from "./signups";
import type { Timekeeping } from "./timekeeping";

export type CheckInput = Asked<typeof checkIn>;
/** Whose check-out is taken back: one's own, or that of whom a lead or a kiosk names. */
export type ReopenInput = Asked<typeof reopenCheckOut>;
/**
 * What somebody types at a venue's screen: their number, or at least four of its last digits where they are one person's on
 * the list, and the last two digits of their phone.
 */
export interface ScreenVisitor {
  shiftId: string;
  volunteerNo: string;
  phoneEnds?: string | null;
}
/** Checking in opens and closes, checking out closes later. */
export interface CheckWindow {
  opensAt: Instant;
  closesAt: Instant;
  outClosesAt: Instant;
}

/** Who checks in or out, where, and whether they do it themselves or somebody ticks them off. */
interface AttendanceScene {
  shift: Shift;
  activity: Activity;
  volunteer: Volunteer;
  policies: Policies;
  by: By;
  self: boolean;
}

/** Being there: checked in and out by the screen's code or by the lead, resolved where something is missing. */
export class Attendances {
  private readonly bank: Bank;

  constructor(
    private readonly register: Register,
    private readonly timekeeping: Timekeeping,
    private readonly signUps: SignUps,
    private readonly hours: AttendedHours,
    private readonly sight: Sight,
  ) {
    this.bank = register.bank;
  }

  /** What the venue's screen shows now; for its own house. */
  async code(actor: Actor, shiftId: string): Promise<CheckInCode> {
    const view = this.bank.store.view;
    const { activity } = await this.register.shift(view, shiftId);
    await this.register.permit(view, actor, "attendance.tick", activity);
    return codeOf(this.key(shiftId), slotOf(this.bank.clock()));
  }

  async checkIn(actor: Actor, input: CheckInput): Promise<Done<StoredAttendance>> {
    if (input.kiosk && input.at != null) refuse("INVALID_INPUT", { needs: "volunteerNo", without: "at" }, ["kiosk"]);
    const named = await this.named(actor, input);
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
      const code = self ? await this.checkCode(tx, actor, input, at) : null;
      if (code instanceof Refusal) return code;
      const verdict = self ? await this.placeVerdict(tx, shift, input) : "NOT_ASKED";
      const signUp = await this.expected(tx, scene, at, late);
      const activity = open ? await this.timekeeping.begin(tx, scene.activity) : scene.activity;
      await this.register.moveSignUp(tx, by, activity, { ...signUp, state: "CHECKED_IN" }, "CHECK_IN", signUp);
      const attendance: Attendance = {
        ...this.seen(tx, signUp, at, by),
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
    const named = await this.named(actor, input);
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
      const code = self ? await this.checkCode(tx, actor, input, at) : null;
      if (code instanceof Refusal) return code;
      if (code && code.slot === attendance.codeSlot)
        refuse("CODE_USED", {}, [input.token != null ? "token" : "digits"]);
      const left = { ...attendance, sentLate: attendance.sentLate || late, checkedOutAt: at };
      const seen = wasSeen(attendance) && (self || !late);
      await this.finish(tx, scene, { signUp, before: attendance, left, end: at, seen }, "CHECK_OUT");
      return attendance.id;
    });
  }

  /**
   * Takes back a check-out that was pressed by mistake: they are there again, and a record it made is voided. Until the shift
   * is over (OUTSIDE_WINDOW); ILLEGAL_TRANSITION once the hours were confirmed, or where the lead said when they left.
   */
  async reopen(actor: Actor, input: ReopenInput): Promise<Done<StoredAttendance>> {
    const named = await this.named(actor, input);
    return this.keyed(actor, "reopenCheckOut", named, async (tx, actor) => {
      const scene = await this.scene(tx, actor, named);
      const { shift, activity, volunteer, by, self } = scene;
      const signUp = (await tx.signUpsForShifts(volunteer.id, [shift.id])).get(shift.id);
      const attendance = signUp && (await tx.attendancesOfSignUps([signUp.id])).get(signUp.id);
      if (!attendance) return refuse("NOT_CHECKED_IN", {}, ["shiftId"]);
      const last = (await this.signUps.stepsOf(tx, signUp)).at(-1)?.action;
      // What a lead has said of somebody is theirs to say otherwise.
      if (signUp.state !== "COMPLETED" || (self && last !== "CHECK_OUT"))
        refuse("ILLEGAL_TRANSITION", { action: "REOPEN", from: signUp.state }, ["shiftId"]);
      if (!openStates.includes(activity.state)) refuse("SIGN_UP_CLOSED", { state: activity.state }, ["shiftId"]);
      checkReopening(shift, tx.now);
      invariant(attendance.checkedOutAt !== null, "whoever has left has checked out");
      const bookings = await tx.bookings(volunteer.id, shift);
      asTold(by, () => checkFree(shift, bookings));
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

  /** Whose number it is, hardly: for them to know themselves by at a screen. VOLUNTEER_NOT_FOUND for who is nobody here, NOT_SIGNED_UP for who is not on its list. */
  async nameAtScreen(actor: Actor, input: ScreenVisitor): Promise<string> {
    return (await this.visitorAtScreen(actor, input)).name;
  }

  /** The same with how they stand on the list, so that the screen offers what they can do. */
  async visitorAtScreen(actor: Actor, input: ScreenVisitor): Promise<{ name: string; state: SignUpState }> {
    const { profile, signUp } = await this.atScreen(actor, input);
    return { name: maskName(profile.displayName), state: signUp.state };
  }

  /** Whoever typed the end of their number at a screen is named by the whole of it from there on. */
  private async named<T extends ReopenInput>(actor: Actor, input: T): Promise<T> {
    if (!input.kiosk) return input;
    const { volunteer } = await this.atScreen(actor, { ...input, volunteerNo: numberOf(input) });
    return { ...input, volunteerNo: volunteer.volunteerNo };
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

  /**
   * Who typed their number at a screen that nobody watches: only people on the shift's list, with the last two digits of
   * their phone. A number that is nobody's and wrong digits are alike; whoever gives a whole number and the right digits and
   * has no sign-up is told so, and no name. Each try is counted before it is looked at, and given back where it was right, so
   * that nobody counts through numbers; the count is one for all processes.
   */
  private async atScreen(actor: Actor, { shiftId, volunteerNo, phoneEnds }: ScreenVisitor) {
    const view = this.bank.store.view;
    const { shift, activity } = await this.register.shift(view, shiftId);
    await this.register.permit(view, actor, "attendance.tick", activity);
    const key = `screen ${shift.id}`;
    const count = (change: (before: Tried | null) => Tried) =>
      this.bank.store.write((tx) => this.count(tx, key, change));
    await count((before) => takeTry(before, this.bank.clock()));
    const volunteer = (await view.volunteerByNo(volunteerNo)) ?? (await this.endingSo(view, shift, volunteerNo));
    const signUp = volunteer && (await view.signUpsForShifts(volunteer.id, [shift.id])).get(shift.id);
    // Opened also where nobody is meant, so that it takes as long.
    const profileId = volunteer?.profileId ?? null;
    const profile = (await this.bank.vault.open<Profile>(view, [profileId])).get(profileId ?? "");
    const proven = volunteer?.state === "ACTIVE" && phoneEnds != null;
    const listed = signUp !== undefined && standingStates.includes(signUp.state);
    if (!volunteer || !profile || !knowsPhone(profile.phone, phoneEnds) || !(listed || proven))
      return refuse("VOLUNTEER_NOT_FOUND", {}, ["volunteerNo"]);
    await count((before) => (before === null ? takeTry(null, this.bank.clock()) : giveTryBack(before)));
    return listed ? { volunteer, profile, signUp } : refuse("NOT_SIGNED_UP", {}, ["volunteerNo"]);
  }

  /**
   * The one person on the shift's list whose number ends in these digits. Where two do, it is neither: a try is for one
   * person, or the end of a number would be guessed twice at once.
   */
  private async endingSo(view: View, { id }: Shift, typed: string): Promise<Volunteer | undefined> {
    const digits = readNumber(typed);
    if (!/^\d+$/.test(digits) || digits.length < endingLeast) return undefined;
    const listed = await view.signUpsOfShift(id, standingStates, { first: 2, after: null }, digits);
    const [only] = new Set(listed.map(({ volunteerId }) => volunteerId)).size === 1 ? listed : [];
    return only && (await view.volunteers([only.volunteerId])).get(only.volunteerId);
  }

  /** The lead's word where something is missing: when somebody left, that they never came, or that they are excused. */
  async resolve(actor: Actor, input: Asked<typeof resolveSignUp>): Promise<StoredSignUp> {
    const { outcome } = input;
    const malicious = outcome === "NO_SHOW" && (input.malicious ?? false);
    const reason = readField(resolveSignUp, "reason", input.reason);
    const evidence = readField(resolveSignUp, "evidence", input.evidence);
    return this.bank.act(actor, async (tx, actor) => {
      const { signUp, shift, activity } = await this.register.signUp(tx, input.signUpId);
      if (!(await this.signUps.many(actor, [signUp.id], tx))[0]) refuse("NOT_FOUND", {}, ["signUpId"]);
      const by = await this.register.permit(tx, actor, "signUp.resolve", activity);
      const volunteer = await volunteerOf(tx, signUp.volunteerId);
      const attendance = (await tx.attendancesOfSignUps([signUp.id])).get(signUp.id);
      const record = await this.standingRecord(tx, attendance);
      const steps = await this.signUps.stepsOf(tx, signUp);
      const same =
        signUp.state === outcome && signUp.malicious === malicious && endsAsSaid(record, shift, input.endedAt);
      const hoursMissing =
        record === null && ["RECORDED", "MISSING_RECORD", "TOO_SHORT"].includes(attendance?.outcome ?? "");
      if (same && isRepeated(steps, actor, "RESOLVE") && !hoursMissing) return signUp;
      await checkStranger(tx, actor, volunteer.personId);
      // Bad faith shuts people out: a supervisor finds it, and takes it back.
      if (malicious || signUp.malicious) await this.register.permit(tx, actor, "signUp.blame", activity);
      checkOutcome(signUp, { outcome, malicious }, { record: standing(record), promised: hasPromised(steps) });
      checkResolvable(activity.state, outcome);
      if (signUp.state === "ACCEPTED" && tx.now < shift.endsAt && outcome !== "EXCUSED")
        refuse("IN_THE_FUTURE", { endsAt: new Date(shift.endsAt).toISOString() }, ["outcome"]);
      const reasonId = await this.bank.vault.sealWords(tx, actor.personId as string, volunteer.personId, {
        reason,
        ...(evidence.length > 0 && { evidence }),
      });
      if (attendance) await this.hours.takeBack(tx, by, volunteer, attendance, reasonId);
      if (outcome === "COMPLETED") {
        const scene = { shift, activity, volunteer, policies: await this.bank.policies(tx), by, self: false };
        return this.complete(tx, scene, { signUp, attendance, endedAt: input.endedAt, evidence, reasonId });
      }
      if (attendance && attendance.outcome !== "DISCARDED")
        await this.register.moveAttendance(
          tx,
          by,
          activity,
          { ...attendance, outcome: "DISCARDED" },
          "RESOLVE",
          attendance,
        );
      const after: SignUp = { ...signUp, state: outcome, malicious };
      const moved = await this.register.moveSignUp(tx, by, activity, after, "RESOLVE", signUp, reasonId);
      if (openStates.includes(activity.state)) await this.register.fillPlaces(tx, activity, shift);
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

  async ofSignUps(actor: Actor, signUpIds: readonly string[]): Promise<(StoredAttendance | null)[]> {
    const seen = await this.signUps.many(actor, signUpIds);
    const found = await this.bank.store.view.attendancesOfSignUps(seen.flatMap((signUp) => signUp?.id ?? []));
    return signUpIds.map((id) => found.get(id) ?? null);
  }

  /** Records of the activity that wait for a confirmation, oldest first, at most 1000; none where it is not yours to see. */
  async waitingRecords(actor: Actor, activityId: string): Promise<string[]> {
    const view = this.bank.store.view;
    const activity = (await view.activities([activityId])).get(activityId);
    const where = activity && (await this.register.whereOf(view, activity));
    if (!where || !this.bank.permitAny(actor, "activity.see", [where])) return [];
    return view.recordIdsWaiting(activityId, 1000);
  }

  /** A lead says when somebody left. What they had seen stays as it was; what they say beyond it is their word. */
  private async complete(
    tx: Tx,
    scene: AttendanceScene,
    of: {
      signUp: StoredSignUp;
      attendance?: StoredAttendance;
      endedAt?: Instant | null;
      evidence: readonly Evidence[];
      reasonId: string;
    },
  ): Promise<StoredSignUp> {
    const { shift, activity, by } = scene;
    const { signUp, reasonId, evidence } = of;
    if (!of.attendance && scene.volunteer.state !== "ACTIVE") refuse("VOLUNTEER_NOT_FOUND", {}, ["signUpId"]);
    const known = of.attendance?.checkedOutAt ?? null;
    const end = of.endedAt ?? known ?? refuse("INVALID_INPUT", { missing: true }, ["endedAt"]);
    if (end > tx.now) refuse("IN_THE_FUTURE", { now: new Date(tx.now).toISOString() }, ["endedAt"]);
    if (end <= (of.attendance?.checkedInAt ?? shift.startsAt)) refuse("INVALID_INTERVAL", {}, ["endedAt"]);
    const before =
      of.attendance ??
      (await this.register.moveAttendance(
        tx,
        by,
        activity,
        { ...this.seen(tx, signUp, shift.startsAt, by), sentLate: true },
        "RESOLVE",
        null,
      ));
    const left = { ...before, checkedOutAt: known !== null && known >= end ? known : end };
    const seen = wasSeen(before) && known !== null && end <= known;
    return this.finish(tx, scene, { signUp, before, left, end, seen, reasonId, evidence }, "RESOLVE");
  }

  /** Computes the time given and hands it in as a service record, or says why there is none. */
  private async finish(
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

  /** An attendance as it begins: ticked by a lead, unless its caller knows better. */
  private seen(tx: Tx, signUp: StoredSignUp, checkedInAt: Instant, by: By): Attendance {
    const { id: signUpId, shiftId, activityId, volunteerId } = signUp;
    return {
      id: this.bank.id("attendance", tx.now),
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
    // Nobody ticks off themselves or their own: the screen's code is there for everybody.
    await checkStranger(tx, actor, volunteer.personId);
    return { shift, activity, policies, volunteer, by, self: false };
  }

  /** The record of the attendance under which hours are claimed; null where there is none, or it was taken back. */
  private async standingRecord(tx: Tx, attendance: StoredAttendance | undefined): Promise<ServiceRecord | null> {
    if (attendance?.outcome !== "RECORDED") return null;
    const record = (await tx.records([attendance.recordId as string])).get(attendance.recordId as string);
    invariant(record, "an attendance's record is there");
    return standsFor(record) ? record : null;
  }

  /** One is in one place at a time: whoever is checked in elsewhere, or was there then, is not here. */
  private async checkPresence(
    tx: Tx,
    { shift, volunteer, by }: AttendanceScene,
    from: Instant,
    until = from,
  ): Promise<void> {
    const bookings = await tx.bookings(volunteer.id, shift);
    asTold(by, () => checkFree(shift, bookings, ["CHECKED_IN"]));
    const left = bookings.filter(({ signUp }) => signUp.state === "COMPLETED").map(({ signUp }) => signUp.id);
    for (const [signUpId, { checkedInAt, checkedOutAt }] of await tx.attendancesOfSignUps(left))
      if (checkedInAt <= until && from < (checkedOutAt ?? from))
        asTold(by, () => refuse("DOUBLE_BOOKED", { signUpId }, ["shiftId"]));
  }

  /**
   * The sign-up that is expected here; who came without one is put on the list while there are places. Places bound what
   * is promised: who had one and came is not turned away because somebody else was let in meanwhile.
   */
  private async expected(tx: Tx, scene: AttendanceScene, at: Instant, late: boolean): Promise<StoredSignUp> {
    const { shift, activity, volunteer, by } = scene;
    const here = (await tx.signUpsForShifts(volunteer.id, [shift.id])).get(shift.id);
    if (here?.state === "CHECKED_IN" || here?.state === "COMPLETED")
      refuse("ALREADY_CHECKED_IN", { signUpId: here.id }, ["shiftId"]);
    await this.checkPresence(tx, scene, at);
    if (!here || !standingStates.includes(here.state)) {
      // Sent late, after the list was closed: they were there after all, unless the lead has said they were not.
      const last = here?.state === "NO_SHOW" && late ? (await this.signUps.stepsOf(tx, here)).at(-1) : undefined;
      if (here && last?.action === "MISS") return here;
      if (here?.state === "NO_SHOW") refuse("SIGN_UP_CLOSED", { state: here.state }, ["shiftId"]);
      return this.signUps.apply(tx, by, activity, shift, volunteer, { at, mayWait: false });
    }
    if (here.state === "PENDING_GUARDIAN") refuse("GUARDIAN_CONSENT_MISSING", { signUpId: here.id }, ["shiftId"]);
    if (here.state === "ACCEPTED") return here;
    if ((await this.register.room(tx, shift)).left === 0) refuse("SHIFT_FULL", {}, ["shiftId"]);
    const bookings = await tx.bookings(volunteer.id, shift);
    asTold(by, () => checkFree(shift, bookings));
    return this.register.moveSignUp(tx, byItself, activity, { ...here, state: "ACCEPTED" }, "MOVE_UP", here);
  }

  /** Looked at and counted in one breath, where commands stand in line, for all processes: right codes are tries too. */
  private async checkCode(tx: Tx, actor: Actor, input: CheckInput, at: Instant) {
    const key = `code ${actor.personId}`;
    await this.count(tx, key, (before) => takeCodeTry(before, tx.now));
    try {
      return checkCode(this.key(input.shiftId), { ...input, token: tokenOf(input.token) }, at, input.at != null);
    } catch (error) {
      if (error instanceof Refusal) return error;
      throw error;
    }
  }

  private async count(tx: Tx, key: string, change: (before: Tried | null) => Tried): Promise<void> {
    await tx.setTried(key, change((await tx.tried(key)) ?? null), triesKeptSince(tx.now));
  }

  private async placeVerdict(tx: Tx, shift: Shift, input: CheckInput): Promise<PlaceVerdict> {
    if (shift.radiusMetres === null) return "NOT_ASKED";
    return placeVerdict(await this.sight.venue(tx, shift.venueId), shift.radiusMetres, input);
  }

  private key(shiftId: string): Buffer {
    return Buffer.from(this.bank.vault.hash("check-in", shiftId), "hex");
  }

  private keyed(
    actor: Actor,
    operation: string,
    input: CheckInput,
    work: (tx: Tx, actor: Actor) => Promise<string | Refusal>,
  ): Promise<Done<StoredAttendance>> {
    // Where a phone was, and how its number ends, is looked at and forgotten: not even a hash of it is kept.
    const { idempotencyKey, latitude: _, longitude: __, phoneEnds: ___, ...request } = input;
    if (input.volunteerId != null && input.volunteerNo != null)
      refuse("INVALID_INPUT", { oneOf: ["volunteerId", "volunteerNo"] }, ["volunteerNo"]);
    read(checkIn, input);
    return this.bank.once(actor, operation, idempotencyKey, request, work, rendered);
  }
}

/** So many of the last digits of a number are enough at a screen, where they are one person's. */
const endingLeast = 4;

/** A kiosk's visitor types a number. */
function numberOf({ volunteerNo }: Pick<CheckInput, "volunteerNo">): string {
  return volunteerNo ?? refuse("INVALID_INPUT", { needs: "volunteerNo" }, ["kiosk"]);
}

/** Who checks in or out shows the screen's code or its digits, unless somebody names them. */
function checkShown({ token, digits, volunteerId, volunteerNo }: CheckInput): void {
  if ([token, digits, volunteerId ?? volunteerNo].filter((one) => one != null).length !== 1)
    refuse("INVALID_INPUT", { oneOf: ["token", "digits", "volunteerId"] }, ["token"]);
}

async function rendered(view: View, id: string): Promise<StoredAttendance> {
  const attendance = (await view.attendances([id])).get(id);
  invariant(attendance, "a command's attendance is there");
  return attendance;
}

function standing(record: ServiceRecord | null): "NONE" | "WAITING" | "CONFIRMED" {
  if (record === null) return "NONE";
  return mayTake(recordMoves, record.state, "VOID") ? "WAITING" : "CONFIRMED";
}

/** Whether the record ends already when the lead says they left. */
function endsAsSaid(
  record: Interval | null,
  shift: Pick<Shift, "endsAt">,
  endedAt: Instant | null | undefined,
): boolean {
  return record === null || endedAt == null || record.endedAt === Math.min(endedAt, shift.endsAt);
}

/** Outcomes are said while the activity is under way and while it is settled; an excuse may come later. */
function checkResolvable(state: ActivityState, outcome: SignUpOutcome): void {
  const settling = openStates.includes(state) || state === "ENDED" || state === "RECORDING";
  if (!settling && outcome !== "EXCUSED")
    refuse("ILLEGAL_TRANSITION", { action: "RESOLVE", from: state }, ["signUpId"]);
}

/** A phone's camera gives the whole address on the screen; an app only what is signed in it. */
function tokenOf(token: string | null | undefined): string | null {
  return token == null ? null : (/[?&]t=([\w.-]+)/.exec(token)?.[1] ?? token);
}

/** Hours that do not fit are left to the lead: they clash with another record, or the rule of the day has changed. */
const leftToLead: readonly RefusalCode[] = ["RECORD_OVERLAP", "PAID_DUTY", "SESSION_TOO_LONG", "SESSION_TOO_SHORT"];

function withoutRecord(error: unknown): null {
  if (error instanceof Refusal && leftToLead.includes(error.code)) return null;
  throw error;
}
