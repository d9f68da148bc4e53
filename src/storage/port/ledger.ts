import type { AccountKind, Transfer } from "../../domain/facts/ledger";
import type { PolicyVersion } from "../../domain/facts/policies";
import type { Day, Instant } from "../../domain/kit/calendar";
import type { Minutes } from "../../domain/kit/minutes";
import type { Soon } from "../../domain/kit/soon";
import type { Account } from "../../domain/ledger/accounts";
import type { KindTotal } from "../../domain/ledger/reserves";
import type { EntryLine } from "../../domain/ledger/transfers";
import type { Page } from "./page";

/** Where a line stands among those of the services' days. */
export interface EffectivePosition {
  effectiveOn: Day;
  seq: number;
}

/** A line of a statement, with what stands behind it. */
export interface StatementEntry
  extends Pick<EntryLine, "seq" | "minutes" | "held" | "postedAfter" | "heldAfter" | "effectiveOn"> {
  transfer: Pick<Transfer, "kind" | "recordId" | "policyIds">;
  /** The account on the other side of the transfer. */
  counterpartyId: string;
  /** Microseconds. */
  recordedAt: number;
  /** The position of the transfer that reversed it. */
  reversedBySeq: number | null;
}

/** Up to where the lines of an account are summed up. */
export interface Until extends EffectivePosition {
  /** Whether the line at that very position counts. */
  inclusive: boolean;
}

/** What can be asked about accounts, transfers, lines and rules. */
export interface LedgerView {
  accounts(ids: readonly string[]): Soon<Map<string, Account>>;
  accountOfOwner(owner: string): Soon<Account | undefined>;
  bankAccount(kind: AccountKind): Soon<Account | undefined>;
  /** What each account is for, which never changes. */
  accountKinds(ids: readonly string[]): Soon<Map<string, AccountKind>>;
  /** The id of the bank's own account of a kind. */
  bankAccountId(kind: AccountKind): Soon<string | undefined>;
  accountList(
    /** `owing`: less is free than may be. `organizationId`: whose volunteer it registered, or is allowed to see. `ownerless`: the bank's own. */
    filter: { kinds?: readonly AccountKind[]; owing?: boolean; organizationId?: string; ownerless?: true },
    page: Page,
  ): Soon<Account[]>;
  /** Of the accounts of time: village points are left out. */
  accountTotals(): Soon<KindTotal[]>;
  transfers(seqs: readonly number[]): Soon<Map<number, Transfer>>;
  transfersOfRecords(recordIds: readonly string[]): Soon<Map<string, Transfer[]>>;
  /** For each transfer that was reversed, the seq of its reversal. */
  reversalsOf(seqs: readonly number[]): Soon<Map<number, number>>;
  holdEnd(holdSeq: number): Soon<Transfer | undefined>;
  holdsExpiring(now: Instant, limit: number): Soon<Transfer[]>;
  /** Lines of one account in the order they were recorded, within seq bounds (both inclusive). */
  entriesRecorded(
    account: string,
    bounds: { fromSeq: number; toSeq: number },
    page: Omit<Page, "after" | "before"> & { afterSeq: number | null; beforeSeq?: number | null },
  ): Soon<StatementEntry[]>;
  entriesEffective(
    account: string,
    bounds: { from: Day; to: Day; toSeq: number },
    page: Omit<Page, "after" | "before"> & { after: EffectivePosition | null; before?: EffectivePosition | null },
  ): Soon<StatementEntry[]>;
  /** The positions that were recorded within two instants (microseconds, both inclusive), and the posted balance before and after them. */
  recordedBounds(
    account: string,
    span: { from: number; to: number },
  ): Soon<{ fromSeq: number; toSeq: number; opening: Minutes; closing: Minutes }>;
  /** The sum of the minutes of the lines up to each of these positions, as far as they were recorded by `maxSeq`. */
  postedEffective(account: string, untils: readonly Until[], maxSeq: number): Soon<Minutes[]>;
  entryAtSeq(account: string, seq: number): Soon<EntryLine | undefined>;
  /** Sum of line minutes, held and pendingIn with effectiveOn ≤ day and seq ≤ seq; `before` leaves out the day's lines from that position on. */
  sumEffective(
    account: string,
    until: Until & { maxSeq: number },
  ): Soon<{ minutes: Minutes; held: Minutes; pendingIn: Minutes }>;
  lastEntry(account: string, maxSeq: number): Soon<EntryLine | undefined>;
  entriesOfAccountAfter(account: string, seq: number, limit: number): Soon<EntryLine[]>;
  /** In the order in which they were set. The same list where none was set since. */
  policies(): Soon<readonly PolicyVersion[]>;
  policyList(filter: { keys?: readonly string[] }, page: Page): Soon<PolicyVersion[]>;
}
