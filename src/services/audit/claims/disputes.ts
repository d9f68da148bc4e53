import type { Day } from "../../../domain/kit/calendar";
import { type Evidence, type RecordStep, whereOf } from "./evidence";

/** As much is set aside as was credited and is still there. */
export function disputed(of: Evidence, step: RecordStep, today: Day): void {
  const where = whereOf(step);
  const [placed, ...more] = of.unclaimedOf(step, "HELD");
  const account = of.accountOf(step.volunteerId);
  const held = placed?.minutes ?? 0;
  const free = account ? account.creditsPosted - account.debitsPosted - account.debitsPending + held : 0;
  const wanted = Math.min(step.creditedMinutes ?? 0, Math.max(0, free));
  if (more.length > 0 || (placed?.seq ?? null) !== step.disputeHoldSeq)
    of.finds("RECORD", where, "disputeHoldSeq is not the hold that it placed");
  if (held !== wanted || (placed && (placed.debit !== account?.id || placed.effectiveOn !== today)))
    of.finds("RECORD", where, "its hold is not what was credited and free");
  if (placed) of.claim("RECORD", where, placed);
}

/** A dispute that is over releases what it held. */
export function ended(of: Evidence, step: RecordStep, holdSeq: number | null): void {
  if (step.disputeHoldSeq !== null) of.finds("RECORD", whereOf(step), "disputeHoldSeq outlives its dispute");
  if (holdSeq === null) return;
  const release = of.transfers.endOf(holdSeq);
  if (release?.phase !== "RELEASED") of.finds("RECORD", whereOf(step), "its hold is not released");
  if (release) of.claim("RECORD", whereOf(step), release);
}
