import type { Transfer } from "../facts/ledger";
import { invariant } from "../kit/invariant";
import type { Minutes } from "../kit/minutes";
import type { RefusalCode } from "../kit/refusal";
import type { Account } from "./accounts";
import type { EntryLine, NewTransfer } from "./transfers";

/** What a book knows of an account: the terms it was opened on, and its four sums. */
export type BookAccount = Account & { openedSeq: number };
type Terms = Pick<Account, "id" | "kind" | "unit" | "owner" | "floor" | "ceiling">;

/**
 * The place where a book keeps what it knows: a map in memory, or one that the caller keeps elsewhere. A changed value is set
 * again.
 */
export interface Shelf<K, V> {
  get(key: K): V | undefined;
  has(key: K): boolean;
  set(key: K, value: V): unknown;
  values(): Iterable<V>;
}
/** The transfer that ended a hold, and the one that reversed a transfer. */
export interface Ends {
  ended?: number;
  reversed?: number;
}
export interface Shelves {
  accounts: Shelf<string, BookAccount>;
  transfers: Pick<Shelf<number, Transfer>, "get" | "set">;
  ends: Pick<Shelf<number, Ends>, "get" | "set">;
}
const inMemory = (): Shelves => ({ accounts: new Map(), transfers: new Map(), ends: new Map() });

/**
 * The ledger once more, in other code than the database's triggers. The audit folds the journal into it and compares; the tests
 * run it beside each engine as the model. It receives every transfer in journal order.
 */
export class Books {
  readonly accounts: Shelves["accounts"];
  private readonly transfers: Shelves["transfers"];
  private readonly ends: Shelves["ends"];
  /** The minutes of the holds that are open. */
  private minutesHeld = 0;
  private lastSeq = -1;

  constructor({ accounts, transfers, ends } = inMemory()) {
    this.accounts = accounts;
    this.transfers = transfers;
    this.ends = ends;
  }

  open({ id, kind, unit, owner, floor, ceiling }: Terms, seq: number): void {
    invariant(!this.accounts.has(id), `account ${id} is opened once`);
    // Written out: V8 gives an object that is spread and added to a hidden class of its own, and a large bank has many accounts.
    this.accounts.set(id, {
      id,
      kind,
      unit,
      owner,
      floor,
      ceiling,
      debitsPosted: 0,
      creditsPosted: 0,
      debitsPending: 0,
      creditsPending: 0,
      version: 0,
      openedSeq: seq,
      lastSeq: seq,
    });
  }

  /** The first reason, in the order of the database's guard, for which this may not be posted now; null when it may. */
  refusalOf(transfer: NewTransfer): RefusalCode | null {
    const debit = this.account(transfer.debit);
    const credit = this.account(transfer.credit);
    if (debit.unit !== credit.unit) return "UNIT_MISMATCH";
    if (transfer.holdSeq !== null) {
      if (this.ends.get(transfer.holdSeq)?.ended !== undefined) return "HOLD_ENDED";
      const hold = this.transfers.get(transfer.holdSeq);
      const whole =
        transfer.phase === "SETTLED" ? transfer.minutes <= (hold?.minutes ?? 0) : transfer.minutes === hold?.minutes;
      if (hold?.phase !== "HELD" || !whole || !samePair(hold, transfer)) return "EXCEEDS_HOLD";
    }
    if (transfer.reversesSeq !== null) {
      if (this.ends.get(transfer.reversesSeq)?.reversed !== undefined) return "ALREADY_REVERSED";
      const original = this.transfers.get(transfer.reversesSeq);
      const mirrored = original && { debit: original.credit, credit: original.debit };
      if (original?.phase !== "POSTED" || original.minutes !== transfer.minutes || !samePair(mirrored, transfer))
        return "NOT_REVERSIBLE";
    }
    const fresh = transfer.phase === "POSTED" || transfer.phase === "HELD";
    if (!fresh || transfer.kind === "ROUNDING") return null;
    if (debit.floor !== null && free(debit) - transfer.minutes < debit.floor) return "INSUFFICIENT_CREDIT";
    if (credit.ceiling !== null && expected(credit) + transfer.minutes > credit.ceiling) return "BALANCE_CAP";
    return null;
  }

  /** Enters a transfer that the ledger accepted; the two lines it wrote, the payer's first. */
  enter(transfer: Transfer): [EntryLine, EntryLine] {
    const { seq, minutes, phase, kind } = transfer;
    const refusal = this.refusalOf(transfer);
    invariant(refusal === null, `transfer ${seq} may be posted: ${refusal}`);
    invariant(seq > this.lastSeq, `transfer ${seq} follows ${this.lastSeq}`);
    invariant(Number.isSafeInteger(minutes) && minutes >= 1, `transfer ${seq} moves whole minutes`);
    invariant(transfer.debit !== transfer.credit, `transfer ${seq} has two accounts`);
    const [debit, credit] = [this.account(transfer.debit), this.account(transfer.credit)];
    invariant(
      kind !== "ROUNDING" || (phase === "POSTED" && [debit.kind, credit.kind].includes("ISSUANCE")),
      `rounding ${seq} is against issuance`,
    );
    this.lastSeq = seq;
    this.transfers.set(seq, transfer);
    if (transfer.reversesSeq !== null) this.ends.set(transfer.reversesSeq, { reversed: seq });
    let setAside = phase === "HELD" ? minutes : 0;
    if (transfer.holdSeq !== null) {
      this.ends.set(transfer.holdSeq, { ended: seq });
      setAside = -(this.transfers.get(transfer.holdSeq)?.minutes ?? 0);
    }
    this.minutesHeld += setAside;
    const posted = phase === "HELD" || phase === "RELEASED" || phase === "EXPIRED" ? 0 : minutes;
    debit.debitsPosted += posted;
    debit.debitsPending += setAside;
    credit.creditsPosted += posted;
    credit.creditsPending += setAside;
    const lines: [EntryLine, EntryLine] = [
      line(debit, transfer, { minutes: 0 - posted, held: setAside, pendingIn: 0 }),
      line(credit, transfer, { minutes: posted, held: 0, pendingIn: setAside }),
    ];
    this.accounts.set(debit.id, debit);
    this.accounts.set(credit.id, credit);
    return lines;
  }

  /** What holds after every transfer: both sides equal in every unit, nothing pending below zero, floors and ceilings. */
  check(): void {
    const sides = new Map<string, { debits: Minutes; credits: Minutes; pendingOut: Minutes; pendingIn: Minutes }>();
    for (const account of this.accounts.values()) {
      const { debitsPosted, creditsPosted, debitsPending, creditsPending } = account;
      const sums = [debitsPosted, creditsPosted, debitsPending, creditsPending];
      invariant(
        sums.every((sum) => Number.isSafeInteger(sum) && sum >= 0),
        `sums of ${account.id} are whole and not below 0`,
      );
      const side = sides.get(account.unit) ?? { debits: 0, credits: 0, pendingOut: 0, pendingIn: 0 };
      side.debits += debitsPosted;
      side.credits += creditsPosted;
      side.pendingOut += debitsPending;
      side.pendingIn += creditsPending;
      sides.set(account.unit, side);
    }
    for (const [unit, side] of sides) {
      invariant(side.debits === side.credits, `debits equal credits in ${unit}`);
      invariant(side.pendingOut === side.pendingIn, `minutes set aside are equal on both sides in ${unit}`);
    }
    const pending = [...sides.values()].reduce((sum, side) => sum + side.pendingOut, 0);
    invariant(this.minutesHeld === pending, "what is set aside is the sum of the open holds");
  }

  /** −(ISSUANCE + GRANT_FUNDING) − REDEEMED, in minutes. */
  circulationMinutes(): Minutes {
    let minutes = 0;
    for (const account of this.accounts.values())
      if (account.unit === "MINUTE" && ["ISSUANCE", "GRANT_FUNDING", "REDEEMED"].includes(account.kind))
        minutes -= account.creditsPosted - account.debitsPosted;
    return minutes;
  }

  private account(id: string): BookAccount {
    const account = this.accounts.get(id);
    invariant(account, `account ${id} is open`);
    return account;
  }
}

function samePair(a: { debit: string; credit: string } | undefined, b: { debit: string; credit: string }): boolean {
  return a?.debit === b.debit && a.credit === b.credit;
}

const free = (account: Account) => account.creditsPosted - account.debitsPosted - account.debitsPending;
const expected = (account: Account) => account.creditsPosted + account.creditsPending - account.debitsPosted;

function line(
  account: BookAccount,
  transfer: Transfer,
  { minutes, held, pendingIn }: Pick<EntryLine, "minutes" | "held" | "pendingIn">,
): EntryLine {
  account.version += 1;
  account.lastSeq = transfer.seq;
  return {
    account: account.id,
    version: account.version,
    seq: transfer.seq,
    minutes,
    held,
    pendingIn,
    postedAfter: account.creditsPosted - account.debitsPosted,
    heldAfter: account.debitsPending,
    pendingInAfter: account.creditsPending,
    effectiveOn: transfer.effectiveOn,
  };
}
