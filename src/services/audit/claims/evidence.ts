import type { FactOf } from "../../../domain/facts";
import type { Transfer } from "../../../domain/facts/ledger";
import type { BookAccount, Books } from "../../../domain/ledger/books";
import type { Scratch } from "../../../storage/store";
import type { Known } from "../rules";
import { Credits, type Sums } from "./credits";
import { RulesInForce } from "./rules";
import type { Transfers } from "./transfers";

export type RecordStep = FactOf<"RECORD_STEP">;
/** What a record, a dispute, an order or an entry of village points says of the ledger, and the ledger does not say of it. */
export type Unfounded = "RECORD" | "ORDER" | "POINTS";

/** What claims are held against: the books, the transfers with their claimants, the credit of volunteers, the rules. */
export class Evidence {
  readonly rules = new RulesInForce();
  readonly credits: Credits;

  constructor(
    readonly books: Books,
    readonly transfers: Transfers,
    readonly known: Known,
    scratch: Scratch,
    readonly finds: (check: Unfounded, where: string, what: string) => void,
  ) {
    this.credits = new Credits(scratch);
  }

  accountIdOf(volunteerId: string): string | undefined {
    return this.known.last("VOLUNTEER_STEP", volunteerId)?.accountId;
  }

  accountOf(volunteerId: string): BookAccount | undefined {
    return this.books.accounts.get(this.accountIdOf(volunteerId) ?? "");
  }

  kindOf(account: string): string | undefined {
    return this.books.accounts.get(account)?.kind;
  }

  /** The minutes that issuance gave by a transfer, negative where they went back to it. */
  issuedBy({ debit, credit, minutes, phase }: Transfer): number {
    if (phase !== "POSTED" && phase !== "REVERSAL") return 0;
    if (this.kindOf(debit) === "ISSUANCE") return minutes;
    return this.kindOf(credit) === "ISSUANCE" ? -minutes : 0;
  }

  unclaimedOf({ id }: RecordStep, phase: Transfer["phase"]): Transfer[] {
    const own = this.transfers.ofRecord(id);
    return own.filter((transfer) => transfer.phase === phase && !this.transfers.isClaimed(transfer.seq));
  }

  claim(check: Unfounded, where: string, { seq }: Transfer): void {
    if (this.transfers.isClaimed(seq)) this.finds(check, where, "another says that it moved the same transfer");
    this.transfers.claim(seq);
  }

  /** What the counted records give together, each after those posted before it and by the step of its own day. */
  targetOf(volunteerId: string): number {
    const sum: Sums = { creditable: 0, credited: 0 };
    for (const { creditable, day } of this.credits.of(volunteerId)) {
      sum.credited += dueOf(sum, creditable, this.rules.on("credit.granularityMinutes", day).value);
      sum.creditable += creditable;
    }
    return sum.credited;
  }
}

export const whereOf = ({ id }: RecordStep) => `serviceRecords ${id}`;

/** Whole steps of what was carried and what comes: nothing is lost between records, and nothing is given twice. */
export function dueOf(credit: Sums, creditable: number, granularity: number): number {
  if (creditable === 0) return 0;
  const whole = credit.creditable - credit.credited + creditable;
  return Math.max(0, whole - (((whole % granularity) + granularity) % granularity));
}

export function isList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, i) => item === b[i]);
}

export const sumOf = (transfers: readonly Transfer[]) => transfers.reduce((sum, { minutes }) => sum + minutes, 0);
