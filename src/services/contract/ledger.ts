import type { Day, Instant } from "../../domain/kit/calendar";
import type { Minutes } from "../../domain/kit/minutes";
import type { Account, AccountKind, Balance } from "../../domain/ledger/accounts";
import type { EntryKind, Transfer } from "../../domain/ledger/transfers";
import type { Actor } from "../../domain/permissions/actors";
import type { Policies, PolicyVersion } from "../../domain/policies";
import type { ServiceType } from "../../domain/policies/parameters";
import type { EntryLine } from "../../storage/store";
import type { CampaignTotals } from "./activities";
import type { Connection, Done, PageInput } from "./answers";

export interface StatementLine {
  cursor: string;
  entry: EntryLine;
  transfer: Transfer;
  runningMinutes: Minutes;
  /** Microseconds. */
  recordedAt: number;
}

export interface Statement {
  openingMinutes: Minutes;
  closingMinutes: Minutes;
  lines: StatementLine[];
  pageInfo: Connection<unknown>["pageInfo"];
  totalCount: Connection<unknown>["totalCount"];
}

export interface LedgerService {
  /** Null entries for absent or not yours to see. */
  accounts(actor: Actor, ids: readonly string[]): Promise<(Account | null)[]>;
  /** Batched; asOfSeq is the journal's head. */
  balances(ids: readonly string[]): Promise<Balance[]>;
  statement(
    actor: Actor,
    accountId: string,
    input: PageInput & { axis: "EFFECTIVE" | "RECORDED"; from?: Day | null; to?: Day | null },
  ): Promise<Statement>;
  /** Exactly `seq`, or recordedAt and/or effectiveOn; else INVALID_INPUT. */
  balanceAsOf(
    actor: Actor,
    accountId: string,
    input: { recordedAt?: Instant | null; effectiveOn?: Day | null; seq?: number | null },
  ): Promise<Balance>;
  transfersOfRecords(ids: readonly string[]): Promise<Transfer[][]>;
  /** The seq that reversed each, or null. Batched. */
  reversalsOf(seqs: readonly number[]): Promise<(number | null)[]>;
  transfers(seqs: readonly number[]): Promise<(Transfer | null)[]>;
  /** What accounts are for: public, unlike whose they are. Batched. */
  kindsOf(ids: readonly string[]): Promise<AccountKind[]>;
  owing(actor: Actor, organizationId: string, page: PageInput): Promise<Connection<Account>>;
  /** Frees what expired holds set aside; how many there were. Called by the serving process every minute. */
  expireHolds(): Promise<number>;
  size(): Promise<number>;
  /** −(ISSUANCE + GRANT_FUNDING) − REDEEMED, in minutes. */
  circulationMinutes(): Promise<Minutes>;
  trialBalance(): Promise<{
    totals: { kind: AccountKind; debitMinutes: Minutes; creditMinutes: Minutes }[];
    debitMinutes: Minutes;
    creditMinutes: Minutes;
  }>;
}

export interface PoliciesService {
  current(): Promise<Policies>;
  list(filter: { on?: Day | null; key?: string[] | null }, page: PageInput): Promise<Connection<PolicyVersion>>;
  many(ids: readonly string[]): Promise<(PolicyVersion | null)[]>;
  /** Last day in force, or null while no later version is set. */
  effectiveTo(ids: readonly string[]): Promise<(Day | null)[]>;
  catalogue(on?: Day): Promise<ServiceType[]>;
  set(
    actor: Actor,
    input: { idempotencyKey: string; key: string; value: unknown; effectiveFrom: Day; citation: string },
  ): Promise<Done<PolicyVersion>>;
}

export interface BalanceEvent {
  account: Account;
  balance: Balance;
  /** Null for the first event, which tells the state now. */
  entry: { line: EntryLine; kind: EntryKind } | null;
}

export interface AnnouncementsService {
  /** First the state now (or, after `afterSeq`, each entry since), then every entry after its commit, in seq order, at least once. NOT_FOUND when not yours. */
  balanceChanges(actor: Actor, accountId: string, afterSeq: number | null): AsyncIterableIterator<BalanceEvent>;
  /** First the totals now, then each change after its commit, the latest only, at most once a second. NOT_FOUND when there is none. */
  campaignTotals(slug: string): AsyncIterableIterator<CampaignTotals>;
}
