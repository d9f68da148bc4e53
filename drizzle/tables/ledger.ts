import { sql } from "drizzle-orm";
import { accountOpened, transfer } from "../../src/domain/facts/ledger";
import { policySet } from "../../src/domain/facts/policies";
import { projected } from "../columns";
import type { Kit } from "../kit.sqlite";

/** The journal, and what follows from it for accounts and rules. */
export function defineLedgerTables(kit: Kit) {
  const { table, text, int, bytes, index, uniqueIndex, check, primaryKey } = kit;

  /** Truth. The canonical bytes, dense from 0. */
  const journal = table(
    "journal",
    {
      seq: int().primaryKey(),
      kind: text().notNull(),
      body: bytes().notNull(),
      leaf: bytes().notNull(),
      recordedAt: int().notNull(),
    },
    // No check on the kind: with each new kind the greatest table of all would have to be written anew. And no index on
    // `recordedAt`: it rises with `seq`, so an instant's place is found by halving, and the guard refuses any other order.
  );

  /** Projection of ACCOUNT_OPENED; the sums are moved by the trigger of `transfers` and by nothing else. */
  const accounts = projected(
    kit,
    accountOpened.into.accounts,
    (t) => [
      check(
        "account_sums",
        sql.raw("debits_posted >= 0 and credits_posted >= 0 and debits_pending >= 0 and credits_pending >= 0"),
      ),
      uniqueIndex("accounts_owner").on(t.owner, t.unit),
      index("accounts_kind").on(t.kind, t.id),
      // Each entry opens one account: the guard looks for its entry, and for no other account of it.
      uniqueIndex("accounts_opened").on(t.openedSeq),
    ],
    {
      debitsPosted: int().notNull().default(0),
      creditsPosted: int().notNull().default(0),
      debitsPending: int().notNull().default(0),
      creditsPending: int().notNull().default(0),
      version: int().notNull().default(0),
    },
  );

  /** Projection of TRANSFER. */
  const transfers = projected(
    kit,
    transfer.into.transfers,
    (t) => [
      check("transfer_minutes", sql.raw("minutes >= 1")),
      check("transfer_accounts", sql.raw("debit <> credit")),
      uniqueIndex("transfers_hold").on(t.holdSeq).where(sql.raw("hold_seq is not null")),
      uniqueIndex("transfers_reverses").on(t.reversesSeq).where(sql.raw("reverses_seq is not null")),
      index("transfers_record").on(t.recordId),
    ],
    {
      debit: text()
        .notNull()
        .references(() => accounts.id),
      credit: text()
        .notNull()
        .references(() => accounts.id),
    },
  );

  /** Projection: one line a transfer and account, written by the trigger, with the running balance of that moment. */
  const entries = table(
    "entries",
    {
      account: text().notNull(),
      version: int().notNull(),
      seq: int().notNull(),
      /** What the line adds to the posted balance; 0 for a hold and its release. */
      minutes: int().notNull(),
      /** What it adds to the minutes set aside: out of the account, and into it. */
      held: int().notNull(),
      pendingIn: int().notNull(),
      postedAfter: int().notNull(),
      heldAfter: int().notNull(),
      pendingInAfter: int().notNull(),
      effectiveOn: text().notNull(),
    },
    (t) => [
      // An account's versions rise with its positions, so lines in the order of one are in the order of the other.
      primaryKey({ columns: [t.account, t.seq], name: "entries_pk" }),
      index("entries_effective").on(t.account, t.effectiveOn, t.seq),
    ],
  );

  /** Projection of POLICY_SET. */
  const policies = projected(kit, policySet.into.policies, (t) => [
    index("policies_key").on(t.key, t.effectiveFrom, t.seq),
  ]);

  return { journal, accounts, transfers, entries, policies };
}
