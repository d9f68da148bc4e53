import { wasSeen } from "../../domain/activities/attendance";
import { openStates } from "../../domain/activities/machine";
import { checkOutcome, hasPromised, type SignUpOutcome } from "../../domain/activities/signups";
import type { ActivityState, Shift, SignUp } from "../../domain/facts/activities";
import { recordMoves, type ServiceRecord } from "../../domain/facts/hours";
import type { Evidence, Interval } from "../../domain/hours";
import type { Instant } from "../../domain/kit/calendar";
import { mayTake } from "../../domain/kit/moves";
import { refuse } from "../../domain/kit/refusal";
import type { Actor } from "../../domain/permissions/actors";
import type { StoredAttendance, StoredSignUp, Tx } from "../../storage/store";
import type { Bank } from "../bank";
import { type Asked, readField } from "../bank/fields";
import { checkStranger } from "../bank/near";
import type { AttendedHours } from "../hours/attended";
import { resolveSignUp } from "./commands";
import type { Register } from "./register";
import { isRepeated, type SignUps, volunteerOf } from "./signups";
import type { AttendanceScene, TimeGiven } from "./time-given";

/** What a lead says of an attendance in which something is missing. */
export class Resolving {
  private readonly bank: Bank;

  constructor(
    private readonly register: Register,
    private readonly signUps: SignUps,
    private readonly hours: AttendedHours,
    private readonly timeGiven: TimeGiven,
  ) {
    this.bank = register.bank;
  }

  /** The lead says when a volunteer left, that the volunteer never came, or that the volunteer is excused. */
  async resolve(actor: Actor, input: Asked<typeof resolveSignUp>): Promise<StoredSignUp> {
    const { outcome } = input;
    const malicious = outcome === "NO_SHOW" && (input.malicious ?? false);
    const reason = readField(resolveSignUp, "reason", input.reason);
    const evidence = readField(resolveSignUp, "evidence", input.evidence);
    return this.bank.commands.act(actor, async (tx, actor) => {
      const { signUp, shift, activity } = await this.register.signUp(tx, input.signUpId);
      if (!(await this.signUps.reading.many(actor, [signUp.id], tx))[0]) refuse("NOT_FOUND", {}, ["signUpId"]);
      const by = await this.register.permit(tx, actor, "signUp.resolve", activity);
      const volunteer = await volunteerOf(tx, signUp.volunteerId);
      const attendance = (await tx.attendancesOfSignUps([signUp.id])).get(signUp.id);
      const record = await this.timeGiven.standingRecord(tx, attendance);
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

  /** A lead says when a volunteer left. What the check-ins proved stays as it was; the rest rests on the lead's word. */
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
        { ...this.timeGiven.begun(tx, signUp, shift.startsAt, by), sentLate: true },
        "RESOLVE",
        null,
      ));
    const left = { ...before, checkedOutAt: known !== null && known >= end ? known : end };
    const seen = wasSeen(before) && known !== null && end <= known;
    return this.timeGiven.finish(tx, scene, { signUp, before, left, end, seen, reasonId, evidence }, "RESOLVE");
  }
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
