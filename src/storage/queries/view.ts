import { and, asc, desc, eq, gt, gte, inArray, isNull, like, lt, lte, or, type SQL, sql } from "drizzle-orm";
import type { BaseSQLiteDatabase } from "drizzle-orm/sqlite-core";
import type { Tables } from "../../../drizzle/tables";
import type { Grant } from "../../domain/actors";
import { liveStates, overdueStates, type RecordStep } from "../../domain/hours";
import type { Account } from "../../domain/ledger/accounts";
import type { Transfer } from "../../domain/ledger/transfers";
import type { Division, Organization } from "../../domain/organizations";
import type { PolicyVersion } from "../../domain/policies";
import type { Volunteer } from "../../domain/volunteers";
import {
  type EntryLine,
  type RecordFilter,
  type RecordOrder,
  type ServiceTotals,
  type StoredRecord,
  scanOrder,
  type View,
} from "../store";

/** How both dialects are seen: JavaScript values are equal, and only the awaitable part of the builder is used. */
export type Database = BaseSQLiteDatabase<"async", unknown>;

/** Parameters a statement may bind at most; lists are cut to fit, on both databases alike. */
const chunk = 500;
/** Rows of a table read at a time, where the whole of it is asked for. */
const scanned = 1000;

async function inChunks<K, R>(keys: readonly K[], ask: (some: K[]) => Promise<R[]>): Promise<R[]> {
  const unique = [...new Set(keys)];
  const found: R[] = [];
  for (let i = 0; i < unique.length; i += chunk) found.push(...(await ask(unique.slice(i, i + chunk))));
  return found;
}

function keyed<K, R>(rows: readonly R[], key: (row: R) => K): Map<K, R> {
  return new Map(rows.map((row) => [key(row), row]));
}

function grouped<K, R>(rows: readonly R[], key: (row: R) => K): Map<K, R[]> {
  const groups = new Map<K, R[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group) group.push(row);
    else groups.set(key(row), [row]);
  }
  return groups;
}

const whole = (expression: SQL) => sql<number>`coalesce(${expression}, 0)`.mapWith(Number);

/** The read side of the port, written once for both dialects. Statements of fixed shape are prepared. */
export function openView(db: Database, t: Tables): View {
  const prepare = <Q extends { prepare(): unknown }>(name: string, query: Q): ReturnType<Q["prepare"]> =>
    // PostgreSQL names its prepared statements; SQLite's builder ignores the argument.
    (query as unknown as { prepare(name: string): ReturnType<Q["prepare"]> }).prepare(`goodhours_${name}`);

  const head = prepare(
    "head",
    db
      .select({ seq: t.journal.seq, recordedAt: t.journal.recordedAt })
      .from(t.journal)
      .orderBy(desc(t.journal.seq))
      .limit(1),
  );
  const accountById = prepare(
    "account",
    db
      .select()
      .from(t.accounts)
      .where(eq(t.accounts.id, sql.placeholder("id"))),
  );
  const accountByOwner = prepare(
    "account_owner",
    db
      .select()
      .from(t.accounts)
      .where(and(eq(t.accounts.owner, sql.placeholder("owner")), eq(t.accounts.unit, "MINUTE"))),
  );
  const commandByKey = prepare(
    "command",
    db
      .select()
      .from(t.commands)
      .where(and(eq(t.commands.actor, sql.placeholder("actor")), eq(t.commands.key, sql.placeholder("key")))),
  );
  const volunteerByNo = prepare(
    "volunteer_no",
    db
      .select()
      .from(t.volunteers)
      .where(eq(t.volunteers.volunteerNo, sql.placeholder("no"))),
  );
  const volunteerByPerson = prepare(
    "volunteer_person",
    db
      .select()
      .from(t.volunteers)
      .where(eq(t.volunteers.personId, sql.placeholder("personId"))),
  );
  const recordById = prepare(
    "record",
    db
      .select()
      .from(t.serviceRecords)
      .where(eq(t.serviceRecords.id, sql.placeholder("id"))),
  );
  const totalsById = prepare(
    "totals",
    db
      .select()
      .from(t.serviceTotals)
      .where(eq(t.serviceTotals.volunteerId, sql.placeholder("id"))),
  );
  const liveOfOne = prepare(
    "live",
    db
      .select()
      .from(t.serviceRecords)
      .where(
        and(
          eq(t.serviceRecords.volunteerId, sql.placeholder("id")),
          // No record lasts over a day, so those that could touch the span began at most a day before it.
          gt(t.serviceRecords.startedAt, sql.placeholder("from")),
          lt(t.serviceRecords.startedAt, sql.placeholder("to")),
          inArray(t.serviceRecords.state, [...liveStates]),
        ),
      ),
  );

  const one = async <R>(
    statement: { execute(values: Record<string, unknown>): unknown },
    values: Record<string, unknown>,
  ): Promise<R | undefined> => ((await statement.execute(values)) as R[])[0];

  const account = (row: unknown) => row as Account;
  const record = (row: unknown) => row as StoredRecord;

  /** Rows after a position in a list ordered by several columns. */
  function afterPosition(
    columns: { column: SQL | Parameters<typeof gt>[0]; down?: boolean }[],
    values: readonly unknown[],
  ): SQL | undefined {
    return or(
      ...columns.map(({ column, down }, i) =>
        and(
          ...columns.slice(0, i).map((earlier, j) => eq(earlier.column as never, values[j])),
          (down ? lt : gt)(column as never, values[i]),
        ),
      ),
    );
  }

  const view: View = {
    async head() {
      return (await one<{ seq: number; recordedAt: number }>(head, {})) ?? { seq: -1, recordedAt: 0 };
    },
    async journalAfter(seq, limit) {
      return db.select().from(t.journal).where(gt(t.journal.seq, seq)).orderBy(asc(t.journal.seq)).limit(limit);
    },
    async recordedAt(seqs) {
      const rows = await inChunks(seqs, async (some) =>
        db.select({ seq: t.journal.seq, at: t.journal.recordedAt }).from(t.journal).where(inArray(t.journal.seq, some)),
      );
      return new Map(rows.map((row) => [row.seq, row.at]));
    },
    async seqAt(recordedAt) {
      const [row] = await db
        .select({ seq: t.journal.seq })
        .from(t.journal)
        .where(lte(t.journal.recordedAt, recordedAt))
        .orderBy(desc(t.journal.recordedAt))
        .limit(1);
      return row?.seq ?? -1;
    },

    async accounts(ids) {
      if (ids.length === 1)
        return keyed(
          [await one<Account>(accountById, { id: ids[0] })].flatMap((row) => (row ? [row] : [])),
          (row) => row.id,
        );
      const rows = await inChunks(ids, async (some) =>
        db.select().from(t.accounts).where(inArray(t.accounts.id, some)),
      );
      return keyed(rows.map(account), (row) => row.id);
    },
    accountOfOwner: (owner) => one<Account>(accountByOwner, { owner }),
    async bankAccount(kind) {
      const rows = await db
        .select()
        .from(t.accounts)
        .where(and(eq(t.accounts.kind, kind), isNull(t.accounts.owner)))
        .limit(1);
      return rows.map(account)[0];
    },
    async accountList(filter, page) {
      const owing = sql`${t.accounts.creditsPosted} - ${t.accounts.debitsPosted} < 0`;
      const conditions = [
        filter.kinds && inArray(t.accounts.kind, [...filter.kinds]),
        filter.owing === undefined
          ? undefined
          : filter.owing
            ? and(owing, sql`${t.accounts.floor} is not null`)
            : sql`not (${owing})`,
        filter.vouchedBy === undefined
          ? undefined
          : sql`exists (select 1 from ${t.serviceRecords} where ${t.serviceRecords.volunteerId} = ${t.accounts.owner} and ${t.serviceRecords.organizationId} = ${filter.vouchedBy})`,
        page.after ? gt(t.accounts.id, page.after[0] as string) : undefined,
      ];
      const rows = await db
        .select()
        .from(t.accounts)
        .where(and(...conditions))
        .orderBy(asc(t.accounts.id))
        .limit(page.first);
      return rows.map(account);
    },
    async accountTotals() {
      const rows = await db
        .select({
          kind: t.accounts.kind,
          debits: whole(sql`sum(${t.accounts.debitsPosted})`),
          credits: whole(sql`sum(${t.accounts.creditsPosted})`),
        })
        .from(t.accounts)
        .where(eq(t.accounts.unit, "MINUTE"))
        .groupBy(t.accounts.kind)
        .orderBy(asc(t.accounts.kind));
      return rows as Awaited<ReturnType<View["accountTotals"]>>;
    },
    async transfers(seqs) {
      const rows = await inChunks(seqs, async (some) =>
        db.select().from(t.transfers).where(inArray(t.transfers.seq, some)),
      );
      return keyed(rows as Transfer[], (row) => row.seq);
    },
    async transfersOfRecords(ids) {
      const rows = await inChunks(ids, async (some) =>
        db.select().from(t.transfers).where(inArray(t.transfers.recordId, some)).orderBy(asc(t.transfers.seq)),
      );
      return grouped(rows as Transfer[], (row) => row.recordId as string);
    },
    async reversalsOf(seqs) {
      const rows = await inChunks(seqs, async (some) =>
        db
          .select({ seq: t.transfers.seq, of: t.transfers.reversesSeq })
          .from(t.transfers)
          .where(inArray(t.transfers.reversesSeq, some)),
      );
      return new Map(rows.map((row) => [row.of as number, row.seq]));
    },
    async holdEnd(holdSeq) {
      const rows = await db.select().from(t.transfers).where(eq(t.transfers.holdSeq, holdSeq)).limit(1);
      return rows[0] as Transfer | undefined;
    },
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
    async entriesRecorded(id, bounds, page) {
      return db
        .select()
        .from(t.entries)
        .where(
          and(
            eq(t.entries.account, id),
            gte(t.entries.seq, bounds.fromSeq),
            lte(t.entries.seq, bounds.toSeq),
            page.afterVersion === null ? undefined : gt(t.entries.version, page.afterVersion),
          ),
        )
        .orderBy(asc(t.entries.version))
        .limit(page.first);
    },
    async entriesEffective(id, bounds, page) {
      const after = page.after;
      return db
        .select()
        .from(t.entries)
        .where(
          and(
            eq(t.entries.account, id),
            gte(t.entries.effectiveOn, bounds.from),
            lte(t.entries.effectiveOn, bounds.to),
            after
              ? afterPosition(
                  [{ column: t.entries.effectiveOn }, { column: t.entries.seq }],
                  [after.effectiveOn, after.seq],
                )
              : undefined,
          ),
        )
        .orderBy(asc(t.entries.effectiveOn), asc(t.entries.seq))
        .limit(page.first);
    },
    async entryAtSeq(id, seq) {
      const rows = await db
        .select()
        .from(t.entries)
        .where(and(eq(t.entries.account, id), eq(t.entries.seq, seq)));
      return rows[0];
    },
    async sumEffective(id, until) {
      const sameDay = until.inclusive ? lte(t.entries.seq, until.seq) : lt(t.entries.seq, until.seq);
      const rows = await db
        .select({
          minutes: whole(sql`sum(${t.entries.minutes})`),
          held: whole(sql`sum(${t.entries.held})`),
          pendingIn: whole(sql`sum(${t.entries.pendingIn})`),
        })
        .from(t.entries)
        .where(
          and(
            eq(t.entries.account, id),
            lte(t.entries.seq, until.maxSeq),
            or(
              lt(t.entries.effectiveOn, until.effectiveOn),
              and(eq(t.entries.effectiveOn, until.effectiveOn), sameDay),
            ),
          ),
        );
      return rows[0] ?? { minutes: 0, held: 0, pendingIn: 0 };
    },
    async lastEntry(id, maxSeq) {
      const rows = await db
        .select()
        .from(t.entries)
        .where(and(eq(t.entries.account, id), lte(t.entries.seq, maxSeq)))
        .orderBy(desc(t.entries.seq))
        .limit(1);
      return rows[0];
    },
    async entriesOfAccountAfter(id, seq, limit) {
      const rows = await db
        .select()
        .from(t.entries)
        .where(and(eq(t.entries.account, id), gt(t.entries.seq, seq)))
        .orderBy(asc(t.entries.seq))
        .limit(limit);
      return rows as EntryLine[];
    },

    async policies() {
      return (await db.select().from(t.policies).orderBy(asc(t.policies.seq))) as PolicyVersion[];
    },
    async policyList(filter, page) {
      const position = page.after
        ? afterPosition(
            [{ column: t.policies.key }, { column: t.policies.seq }],
            [page.after[0], Number(page.after[1])],
          )
        : undefined;
      const rows = await db
        .select()
        .from(t.policies)
        .where(and(filter.keys && inArray(t.policies.key, [...filter.keys]), position))
        .orderBy(asc(t.policies.key), asc(t.policies.seq))
        .limit(page.first);
      return rows as PolicyVersion[];
    },
    async divisions() {
      return (await db.select().from(t.divisions).orderBy(asc(t.divisions.seq))) as Division[];
    },

    async organizations(ids) {
      const rows = await inChunks(ids, async (some) =>
        db.select().from(t.organizations).where(inArray(t.organizations.id, some)),
      );
      return keyed(rows as Organization[], (row) => row.id);
    },
    async organizationBySlug(slug) {
      return (await db.select().from(t.organizations).where(eq(t.organizations.slug, slug)))[0] as
        | Organization
        | undefined;
    },
    async organizationByUscc(uscc) {
      return (await db.select().from(t.organizations).where(eq(t.organizations.uscc, uscc)))[0] as
        | Organization
        | undefined;
    },
    async organizationList(filter, page) {
      const position = page.after
        ? afterPosition([{ column: t.organizations.name }, { column: t.organizations.id }], page.after)
        : undefined;
      const rows = await db
        .select()
        .from(t.organizations)
        .where(and(organizationFilter(filter), position))
        .orderBy(asc(t.organizations.name), asc(t.organizations.id))
        .limit(page.first);
      return rows as Organization[];
    },
    async organizationCount(filter) {
      const rows = await db
        .select({ count: whole(sql`count(*)`) })
        .from(t.organizations)
        .where(organizationFilter(filter));
      return rows[0]?.count ?? 0;
    },

    async volunteers(ids) {
      const rows = await inChunks(ids, async (some) =>
        db.select().from(t.volunteers).where(inArray(t.volunteers.id, some)),
      );
      return keyed(rows as Volunteer[], (row) => row.id);
    },
    volunteerByNo: (no) => one<Volunteer>(volunteerByNo, { no }),
    async volunteersByNo(nos) {
      const rows = await inChunks(nos, async (some) =>
        db.select().from(t.volunteers).where(inArray(t.volunteers.volunteerNo, some)),
      );
      return keyed(rows as Volunteer[], (row) => row.volunteerNo);
    },
    volunteerOfPerson: (personId) => one<Volunteer>(volunteerByPerson, { personId }),
    async volunteerList(filter, page) {
      const served = filter.served;
      const conditions = [
        filter.no === undefined ? undefined : eq(t.volunteers.volunteerNo, filter.no),
        filter.states && inArray(t.volunteers.state, [...filter.states]),
        filter.divisionCodes && inArray(t.volunteers.divisionCode, [...filter.divisionCodes]),
        filter.personIds && inArray(t.volunteers.personId, [...filter.personIds].slice(0, chunk)),
        served &&
          or(
            served.divisionCodes.length ? inArray(t.volunteers.divisionCode, [...served.divisionCodes]) : undefined,
            served.organizationIds.length ? inArray(t.volunteers.vouchedBy, [...served.organizationIds]) : undefined,
            served.organizationIds.length
              ? sql`exists (select 1 from ${t.serviceRecords} where ${t.serviceRecords.volunteerId} = ${t.volunteers.id} and ${inArray(t.serviceRecords.organizationId, [...served.organizationIds])})`
              : undefined,
            sql`1 = 0`,
          ),
        page.after ? gt(t.volunteers.volunteerNo, page.after[0] as string) : undefined,
      ];
      const rows = await db
        .select()
        .from(t.volunteers)
        .where(and(...conditions))
        .orderBy(asc(t.volunteers.volunteerNo))
        .limit(page.first);
      return rows as Volunteer[];
    },
    async totals(ids) {
      const rows =
        ids.length === 1
          ? [await one<ServiceTotals>(totalsById, { id: ids[0] })].flatMap((row) => (row ? [row] : []))
          : await inChunks(ids, async (some) =>
              db.select().from(t.serviceTotals).where(inArray(t.serviceTotals.volunteerId, some)),
            );
      return keyed(rows, (row) => row.volunteerId);
    },

    async grants(ids) {
      const rows = await inChunks(ids, async (some) => db.select().from(t.grants).where(inArray(t.grants.id, some)));
      return keyed(rows as Grant[], (row) => row.id);
    },
    async grantsOfPersons(ids) {
      const rows = await inChunks(ids, async (some) =>
        db.select().from(t.grants).where(inArray(t.grants.personId, some)).orderBy(asc(t.grants.id)),
      );
      return grouped(rows as Grant[], (row) => row.personId);
    },
    async grantsOfOrganization(id) {
      return (await db
        .select()
        .from(t.grants)
        .where(eq(t.grants.organizationId, id))
        .orderBy(asc(t.grants.id))) as Grant[];
    },
    async grantsByRole(role) {
      return (await db.select().from(t.grants).where(eq(t.grants.role, role)).orderBy(asc(t.grants.id))) as Grant[];
    },
    async personOfIdentity(hash) {
      return (await db.select().from(t.identities).where(eq(t.identities.hash, hash)))[0]?.personId;
    },
    async personsByTerm(kind, hashes) {
      const rows = await inChunks(hashes, async (some) =>
        db
          .select({ personId: t.searchTerms.personId, hash: t.searchTerms.hash })
          .from(t.searchTerms)
          .where(and(eq(t.searchTerms.kind, kind), inArray(t.searchTerms.hash, some))),
      );
      const found = grouped(rows, (row) => row.personId);
      const wanted = new Set(hashes).size;
      return [...found]
        .filter(([, terms]) => new Set(terms.map((term) => term.hash)).size === wanted)
        .map(([personId]) => personId);
    },
    async sealed(ids) {
      const rows = await inChunks(ids, async (some) => db.select().from(t.sealed).where(inArray(t.sealed.id, some)));
      return keyed(rows, (row) => row.id);
    },

    async records(ids) {
      const rows =
        ids.length === 1
          ? [await one<StoredRecord>(recordById, { id: ids[0] })].flatMap((row) => (row ? [row] : []))
          : await inChunks(ids, async (some) =>
              db.select().from(t.serviceRecords).where(inArray(t.serviceRecords.id, some)),
            );
      return keyed(rows.map(record), (row) => row.id);
    },
    async recordsByRef(organizationId, refs) {
      const rows = await inChunks(refs, async (some) =>
        db
          .select()
          .from(t.serviceRecords)
          .where(and(eq(t.serviceRecords.organizationId, organizationId), inArray(t.serviceRecords.externalRef, some))),
      );
      return keyed(rows.map(record), (row) => row.externalRef as string);
    },
    async liveRecords(ids, from, to) {
      const found: StoredRecord[] = [];
      for (const id of new Set(ids))
        found.push(...((await liveOfOne.execute({ id, from: from - 86_400_000, to })) as unknown as StoredRecord[]));
      return found.filter((row) => row.endedAt > from);
    },
    async recordList(filter, order, page) {
      const r = t.serviceRecords;
      const columns = {
        DEADLINE: [{ column: r.recordBy }, { column: r.id }],
        STARTED_AT: [{ column: r.startedAt, down: true }, { column: r.id }],
        RECORDED_AT: [{ column: r.openedSeq, down: true }, { column: r.id }],
      }[order] as { column: typeof r.id; down?: boolean }[];
      const after = page.after?.map((value, i) => (i === 0 && order !== "DEADLINE" ? Number(value) : value));
      const rows = await db
        .select()
        .from(r)
        .where(and(recordFilter(filter), after ? afterPosition(columns, after) : undefined))
        .orderBy(...columns.map(({ column, down }) => (down ? desc(column) : asc(column))))
        .limit(page.first);
      return rows.map(record);
    },
    async recordSteps(ids) {
      const rows = await inChunks(ids, async (some) =>
        db
          .select()
          .from(t.recordSteps)
          .where(inArray(t.recordSteps.recordId, some))
          .orderBy(asc(t.recordSteps.version)),
      );
      return grouped(rows as RecordStep[], (row) => row.recordId);
    },
    async monthLines(organizationId, from, to) {
      const r = t.serviceRecords;
      const where = and(
        eq(r.organizationId, organizationId),
        gte(r.endedAt, from),
        lt(r.endedAt, to),
        inArray(r.state, [...liveStates]),
      );
      const lines = await db
        .select({
          serviceType: r.serviceType,
          records: whole(sql`count(*)`),
          serviceMinutes: whole(sql`sum(${r.serviceMinutes})`),
          creditedMinutes: whole(sql`sum(${r.creditedMinutes})`),
          onTime: whole(sql`sum(case when ${r.origin} <> 'BACKFILLED' then 1 else 0 end)`),
        })
        .from(r)
        .where(where)
        .groupBy(r.serviceType)
        .orderBy(asc(r.serviceType));
      const people = await db
        .select({ count: whole(sql`count(distinct ${r.volunteerId})`) })
        .from(r)
        .where(where);
      return { lines, volunteers: people[0]?.count ?? 0 };
    },
    async servedAt(volunteerId) {
      const rows = await db
        .selectDistinct({ id: t.serviceRecords.organizationId })
        .from(t.serviceRecords)
        .where(eq(t.serviceRecords.volunteerId, volunteerId));
      return rows.map((row) => row.id);
    },

    command: (actor, key) => one(commandByKey, { actor, key }),
    async *scan(table) {
      const source = t[table] as typeof t.accounts;
      const names = scanOrder[table] as readonly (keyof typeof source.$inferSelect)[];
      const columns = names.map((name) => ({ column: source[name] }));
      for (let after: unknown[] | null = null; ; ) {
        const rows: Record<string, unknown>[] = await db
          .select()
          .from(source)
          .where(after ? afterPosition(columns, after) : undefined)
          .orderBy(...columns.map(({ column }) => asc(column)))
          .limit(scanned);
        yield* rows;
        const last = rows.at(-1);
        if (!last || rows.length < scanned) return;
        after = names.map((name) => last[name]);
      }
    },
  };
  return view;

  function organizationFilter(filter: Parameters<View["organizationList"]>[0]): SQL | undefined {
    return and(
      filter.slug === undefined ? undefined : eq(t.organizations.slug, filter.slug),
      filter.text === undefined
        ? undefined
        : like(sql`lower(${t.organizations.name})`, `%${filter.text.toLowerCase().replaceAll(/[\\%_]/g, "")}%`),
      filter.kinds && inArray(t.organizations.kind, [...filter.kinds]),
      filter.divisionCodes && inArray(t.organizations.divisionCode, [...filter.divisionCodes]),
    );
  }

  function recordFilter(filter: RecordFilter): SQL | undefined {
    const r = t.serviceRecords;
    return and(
      filter.organizationId === undefined ? undefined : eq(r.organizationId, filter.organizationId),
      filter.volunteerId === undefined ? undefined : eq(r.volunteerId, filter.volunteerId),
      filter.state && inArray(r.state, [...filter.state]),
      filter.origin && inArray(r.origin, [...filter.origin]),
      filter.overdueOn === undefined
        ? undefined
        : and(inArray(r.state, [...overdueStates]), lt(r.recordBy, filter.overdueOn)),
      filter.divisionCodes &&
        sql`exists (select 1 from ${t.organizations} where ${t.organizations.id} = ${r.organizationId} and ${inArray(t.organizations.divisionCode, [...filter.divisionCodes])})`,
    );
  }
}

export type { RecordOrder };
