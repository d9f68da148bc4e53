import type { EntryKind, Transfer, TransferPhase } from "../facts/ledger";
import type { Day, Instant } from "../kit/calendar";
import type { Minutes } from "../kit/minutes";
import { refuse } from "../kit/refusal";

export type NewTransfer = Omit<Transfer, "seq">;

/** What one transfer did to one account, with the account's sums after it. */
export interface EntryLine {
  account: string;
  version: number;
  seq: number;
  minutes: Minutes;
  held: Minutes;
  pendingIn: Minutes;
  postedAfter: Minutes;
  heldAfter: Minutes;
  pendingInAfter: Minutes;
  effectiveOn: Day;
}

type Terms = Pick<NewTransfer, "debit" | "credit" | "minutes" | "effectiveOn"> &
  Partial<Pick<NewTransfer, "recordId" | "policyIds" | "expiresAt">>;

export function posted(terms: Terms & Pick<NewTransfer, "kind">): NewTransfer {
  return begun("POSTED", terms.kind, terms);
}

/** Sets minutes aside at once: they count against the balance until the hold is settled, released or expires. */
export function hold(terms: Terms): NewTransfer {
  return begun("HELD", "HOLD", terms);
}

function begun(phase: TransferPhase, kind: EntryKind, terms: Terms): NewTransfer {
  const { debit, credit, minutes, effectiveOn, recordId = null, policyIds = [], expiresAt = null } = terms;
  return {
    debit,
    credit,
    minutes,
    phase,
    kind,
    holdSeq: null,
    reversesSeq: null,
    effectiveOn,
    expiresAt,
    recordId,
    policyIds,
  };
}

function ending(held: Transfer, phase: TransferPhase, kind: EntryKind, minutes: Minutes): NewTransfer {
  if (held.phase !== "HELD") refuse("HOLD_ENDED", { seq: held.seq, phase: held.phase });
  return { ...held, phase, kind, minutes, holdSeq: held.seq, expiresAt: null };
}

/** Settles a hold in part or whole; the rest becomes free again. */
export function settle(held: Transfer, minutes: Minutes): NewTransfer {
  if (minutes > held.minutes) refuse("EXCEEDS_HOLD", { held: held.minutes, asked: minutes });
  return ending(held, "SETTLED", "SETTLE", minutes);
}

export function release(held: Transfer): NewTransfer {
  return ending(held, "RELEASED", "RELEASE", held.minutes);
}

/** A hold expires only from its own instant on; a hold without one never expires. */
export function expire(held: Transfer, now: Instant): NewTransfer {
  if (held.expiresAt === null || held.expiresAt > now)
    refuse("ILLEGAL_TRANSITION", { action: "EXPIRE", expiresAt: held.expiresAt });
  return ending(held, "EXPIRED", "RELEASE", held.minutes);
}

/** Mirrors a transfer exactly, under the original's effective day. Reversals and the ends of holds are final. */
export function reverse(original: Transfer): NewTransfer {
  if (original.phase !== "POSTED") refuse("NOT_REVERSIBLE", { seq: original.seq, phase: original.phase });
  return {
    ...original,
    debit: original.credit,
    credit: original.debit,
    phase: "REVERSAL",
    kind: "REVERSAL",
    reversesSeq: original.seq,
    holdSeq: null,
    expiresAt: null,
  };
}
