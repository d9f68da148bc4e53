import { aliasedTable, and, asc, desc, eq, gt, gte, inArray, isNull, lt, lte, or, type SQL, sql } from "drizzle-orm";
import type { Tables } from "../../../drizzle/tables";
import type { AccountKind, Transfer } from "../../domain/facts/ledger";
import type { PolicyVersion } from "../../domain/facts/policies";
import { invariant } from "../../domain/kit/invariant";
import { whenKnown } from "../../domain/kit/soon";
import type { Account } from "../../domain/ledger/accounts";
import type { EffectivePosition, EntryLine, LedgerView, StatementEntry, Until } from "../store";
import {
  all,
  type Database,
  firstRow,
  grouped,
  inChunks,
  keyed,
  type Lookup,
  listed,
  openListing,
  openLookup,
  prepare,
  recordedBy,
  remembering,
  rowsOf,
  selecting,
  whole,
  wholeOf,
} from "./lookups";
import { tiedTo } from "./ties";

const at = (seq: number | null | undefined) => (seq == null ? null : [String(seq)]);
const onDay = (position: EffectivePosition | null | undefined) =>
  position ? [position.effectiveOn, String(position.seq)] : null;

/** What accounts are for, which never changes. */
export function openKinds(db: Database, t: Tables): Lookup<{ id: string; kind: AccountKind }> {
  const kindOf = { id: t.accounts.id, kind: t.accounts.kind };
  return remembering(db.recall, "account_kinds", { name: "account_kind", column: "id", order: [] }, (ids) =>
    inChunks(ids as string[], async (chunk) => db.select(kindOf).from(t.accounts).where(inArray(t.accounts.id, chunk))),
  );
}

/** Accounts, transfers, lines and the rules behind them. */
export function openLedgerView(db: Database, t: Tables): LedgerView {
  const lookup = openLookup(db);
  const accountByOwner = prepare(db, "account_owner", () =>
    db
      .select()
      .from(t.accounts)
      .where(and(eq(t.accounts.owner, sql.placeholder("owner")), eq(t.accounts.unit, "MINUTE"))),
  );
  const accountsById = lookup<Account>("account", t.accounts, t.accounts.id);
  const transfersBySeq = lookup<Transfer>("transfer", t.transfers, t.transfers.seq);
  const transfersByRecord = lookup<Transfer>("transfer_record", t.transfers, t.transfers.recordId, t.transfers.seq);
  const reversals = lookup<Transfer>("reversal", t.transfers, t.transfers.reversesSeq);
  const holdEnds = lookup<Transfer>("hold_end", t.transfers, t.transfers.holdSeq);
  const bankAccounts = prepare(db, "bank_account", () =>
    db
      .select()
      .from(t.accounts)
      .where(and(eq(t.accounts.kind, sql.placeholder("kind")), isNull(t.accounts.owner)))
      .limit(1),
  );
  const ofAccount = eq(t.entries.account, sql.placeholder("id"));
  const entryAt = prepare(db, "entry_at", () =>
    db
      .select()
      .from(t.entries)
      .where(and(ofAccount, eq(t.entries.seq, sql.placeholder("seq")))),
  );
  const entryUntil = prepare(db, "entry_until", () =>
    db
      .select()
      .from(t.entries)
      .where(and(ofAccount, lte(t.entries.seq, sql.placeholder("maxSeq"))))
      .orderBy(desc(t.entries.seq))
      .limit(1),
  );
  const allPolicies = prepare(db, "policies", () => db.select().from(t.policies).orderBy(asc(t.policies.seq)));

  const kindOf = { id: t.accounts.id, kind: t.accounts.kind };
  const kindsById = openKinds(db, t);
  const ownByKind = remembering<{ id: string }>(
    db.recall,
    "bank_accounts",
    { name: "bank_account_id", column: "kind", order: [] },
    async (kinds) =>
      db
        .select(kindOf)
        .from(t.accounts)
        .where(and(inArray(t.accounts.kind, kinds as AccountKind[]), isNull(t.accounts.owner))),
  );
  const reversal = aliasedTable(t.transfers, "reversal");
  // A page has many lines, and each value that is read costs: what no statement shows stays in the database.
  const { account, seq, minutes, held, postedAfter, heldAfter, effectiveOn } = t.entries;
  const { kind, debit, credit, recordId, policyIds } = t.transfers;
  const lines = () =>
    db
      .select({
        ...{ seq, minutes, held, postedAfter, heldAfter, effectiveOn },
        transfer: { kind, recordId, policyIds },
        counterpartyId: sql<string>`case when ${debit} = ${account} then ${credit} else ${debit} end`,
        recordedAt: t.journal.recordedAt,
        reversedBySeq: reversal.seq,
      })
      .from(t.entries)
      .innerJoin(t.transfers, eq(t.transfers.seq, t.entries.seq))
      .innerJoin(t.journal, eq(t.journal.seq, t.entries.seq))
      .leftJoin(reversal, eq(reversal.reversesSeq, t.entries.seq));
  /** Lines with what stands behind them, or fields of the lines alone. */
  const selectLines = (fields?: Record<string, SQL>) => (fields ? selecting(db, fields).from(t.entries) : lines());
  const recorded = openListing<StatementEntry>(db, "entries_recorded", {
    order: [{ column: t.entries.seq, count: true }],
    where: and(ofAccount, gte(t.entries.seq, sql.placeholder("fromSeq")), lte(t.entries.seq, sql.placeholder("toSeq"))),
    select: selectLines,
  });
  const effective = openListing<StatementEntry>(db, "entries_effective", {
    order: [{ column: t.entries.effectiveOn }, { column: t.entries.seq, count: true }],
    where: and(
      ofAccount,
      gte(t.entries.effectiveOn, sql.placeholder("from")),
      lte(t.entries.effectiveOn, sql.placeholder("to")),
      lte(t.entries.seq, sql.placeholder("toSeq")),
    ),
    select: selectLines,
  });

  return {
    accountKinds: (ids) => whenKnown(kindsById(ids), (rows) => new Map(rows.map(({ id, kind }) => [id, kind]))),
    bankAccountId: async (kind) => (await ownByKind([kind]))[0]?.id,
    accounts: (ids) => whenKnown(accountsById(ids), (rows) => keyed(rows, (row) => row.id)),
    accountOfOwner: (owner) => firstRow<Account>(accountByOwner, { owner }),
    bankAccount: (kind) => firstRow<Account>(bankAccounts, { kind }),
    accountList(filter, page) {
      const owing = sql`${t.accounts.creditsPosted} - ${t.accounts.debitsPosted} - ${t.accounts.debitsPending} < ${t.accounts.floor}`;
      const conditions = [
        filter.ownerless && isNull(t.accounts.owner),
        filter.kinds && inArray(t.accounts.kind, [...filter.kinds]),
        // A source has no floor, and owes nobody.
        filter.owing === undefined ? undefined : filter.owing ? owing : sql`coalesce(not (${owing}), true)`,
        filter.organizationId === undefined
          ? undefined
          : sql`exists (select 1 from ${t.volunteers} where ${t.volunteers.id} = ${t.accounts.owner} and ${tiedTo(t, [filter.organizationId], { opens: "ALL", since: 0 })})`,
      ];
      return listed(page, {
        order: [{ column: t.accounts.id }],
        where: and(...conditions),
        select: rowsOf(db, t.accounts),
      });
    },
    async accountTotals() {
      const rows = await db
        .select({
          kind: t.accounts.kind,
          debits: whole(sql`sum(${t.accounts.debitsPosted})`),
          credits: whole(sql`sum(${t.accounts.creditsPosted})`),
          held: whole(sql`sum(${t.accounts.debitsPending})`),
          owned: whole(
            sql`sum(case when ${t.accounts.creditsPosted} > ${t.accounts.debitsPosted} then ${t.accounts.creditsPosted} - ${t.accounts.debitsPosted} else 0 end)`,
          ),
        })
        .from(t.accounts)
        .where(eq(t.accounts.unit, "MINUTE"))
        .groupBy(t.accounts.kind)
        .orderBy(asc(t.accounts.kind));
      return rows as Awaited<ReturnType<LedgerView["accountTotals"]>>;
    },
    transfers: async (seqs) => keyed(await transfersBySeq(seqs), (row) => row.seq),
    transfersOfRecords: async (ids) => grouped(await transfersByRecord(ids), (row) => row.recordId as string),
    reversalsOf: async (seqs) => new Map((await reversals(seqs)).map((row) => [row.reversesSeq as number, row.seq])),
    holdEnd: async (holdSeq) => (await holdEnds([holdSeq]))[0],
    async holdsExpiring(now, limit) {
      const rows = await db
        .select()
        .from(t.transfers)
        .where(
          and(
            lte(t.transfers.expiresAt, now),
            eq(t.transfers.phase, "HELD"),
            sql`not exists (select 1 from transfers ended where ended.hold_seq = ${t.transfers.seq})`,
          ),
        )
        .orderBy(asc(t.transfers.seq))
        .limit(limit);
      return rows as Transfer[];
    },
    entriesRecorded: async (id, { fromSeq, toSeq }, { afterSeq, beforeSeq, ...page }) =>
      recorded({ ...page, after: at(afterSeq), before: at(beforeSeq) }, { id, fromSeq, toSeq }),
    entriesEffective: async (id, { from, to, toSeq }, { after, before, ...page }) =>
      effective({ ...page, after: onDay(after), before: onDay(before) }, { id, from, to, toSeq }),
    async recordedBounds(id, { from, to }) {
      const balance = (until: SQL) =>
        sql`(select ${t.entries.postedAfter} from ${t.entries} where ${t.entries.account} = ${id} and ${t.entries.seq} <= ${until} order by ${t.entries.seq} desc limit 1)`;
      const [before, last] = [recordedBy(t, sql`${from - 1}`), recordedBy(t, sql`${to}`)];
      const [row] = await db
        .select({
          before: sql<number>`${before}`.mapWith(Number),
          toSeq: sql<number>`${last}`.mapWith(Number),
          opening: whole(balance(before)),
          closing: whole(balance(last)),
        })
        .from(t.accounts)
        .where(eq(t.accounts.id, id));
      invariant(row, "an account has bounds");
      const { before: beforeSeq, ...bounds } = row;
      return { fromSeq: beforeSeq + 1, ...bounds };
    },
    async postedEffective(id, untils, maxSeq) {
      if (untils.length === 0) return [];
      const sums = untils.map((until, i) => [
        `s${i}`,
        whole(sql`sum(case when ${uptoLine(until)} then ${t.entries.minutes} else 0 end)`),
      ]);
      const [row] = await db
        .select(Object.fromEntries(sums) as Record<string, SQL<number>>)
        .from(t.entries)
        .where(and(eq(t.entries.account, id), lte(t.entries.seq, maxSeq), or(...untils.map(uptoLine))));
      return untils.map((_, i) => row?.[`s${i}`] ?? 0);
    },
    entryAtSeq: (id, seq) => firstRow<EntryLine>(entryAt, { id, seq }),
    async sumEffective(id, until) {
      const rows = await db
        .select({
          minutes: whole(sql`sum(${t.entries.minutes})`),
          held: whole(sql`sum(${t.entries.held})`),
          pendingIn: whole(sql`sum(${t.entries.pendingIn})`),
        })
        .from(t.entries)
        .where(and(eq(t.entries.account, id), lte(t.entries.seq, until.maxSeq), uptoLine(until)));
      return rows[0] ?? { minutes: 0, held: 0, pendingIn: 0 };
    },
    lastEntry: (id, maxSeq) => firstRow<EntryLine>(entryUntil, { id, maxSeq }),
    async entriesOfAccountAfter(id, seq, limit) {
      const rows = await db
        .select()
        .from(t.entries)
        .where(and(eq(t.entries.account, id), gt(t.entries.seq, seq)))
        .orderBy(asc(t.entries.seq))
        .limit(limit);
      return rows as EntryLine[];
    },
    policies: () => wholeOf<PolicyVersion>(db, t.policies, () => all(allPolicies)),
    policyList: (filter, page) =>
      listed(page, {
        order: [{ column: t.policies.key }, { column: t.policies.seq, count: true }],
        where: filter.keys && inArray(t.policies.key, [...filter.keys]),
        select: rowsOf(db, t.policies),
      }),
  };

  function uptoLine({ effectiveOn, seq, inclusive }: Until): SQL | undefined {
    const sameDay = (inclusive ? lte : lt)(t.entries.seq, seq);
    return or(lt(t.entries.effectiveOn, effectiveOn), and(eq(t.entries.effectiveOn, effectiveOn), sameDay));
  }
}
