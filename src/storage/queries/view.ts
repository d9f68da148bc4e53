import {
  and,
  asc,
  desc,
  eq,
  gt,
  gte,
  inArray,
  isNull,
  like,
  lt,
  lte,
  notInArray,
  or,
  type SQL,
  sql,
} from "drizzle-orm";
import type { Tables } from "../../../drizzle/tables";
import type { Grant } from "../../domain/actors";
import { countedStates, liveStates, overdueStates, provenStates, type RecordStep } from "../../domain/hours";
import type { Account } from "../../domain/ledger/accounts";
import type { Transfer } from "../../domain/ledger/transfers";
import type { Division, Organization } from "../../domain/organizations";
import type { PolicyVersion } from "../../domain/policies";
import type { ServiceTotals } from "../../domain/totals";
import type { Volunteer } from "../../domain/volunteers";
import {
  type EntryLine,
  type RecordFilter,
  type RecordOrder,
  type Sealed,
  type StoredRecord,
  StoredVolunteer,
  scanOrder,
  type View,
} from "../store";
import { openActivityView } from "./activities";
import { afterPosition, chunk, type Database, grouped, inChunks, keyed, openLookups, whole } from "./lookups";

export type { Database } from "./lookups";

/** Rows of a table read at a time, where the whole of it is asked for. */
const scanned = 1000;

/** The read side of the port, written once for both dialects. Statements of fixed shape are prepared. */
export function openView(db: Database, t: Tables): View {
  const { prepare, lookup } = openLookups(db);
  const head = prepare(
    "head",
    db
      .select({ seq: t.journal.seq, recordedAt: t.journal.recordedAt })
      .from(t.journal)
      .orderBy(desc(t.journal.seq))
      .limit(1),
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

  const accountsById = lookup<Account>("account", t.accounts, t.accounts.id);
  const transfersBySeq = lookup<Transfer>("transfer", t.transfers, t.transfers.seq);
  const transfersByRecord = lookup<Transfer>("transfer_record", t.transfers, t.transfers.recordId, t.transfers.seq);
  const reversals = lookup<Transfer>("reversal", t.transfers, t.transfers.reversesSeq);
  const holdEnds = lookup<Transfer>("hold_end", t.transfers, t.transfers.holdSeq);
  const organizationsById = lookup<Organization>("organization", t.organizations, t.organizations.id);
  const organizationsBySlug = lookup<Organization>("organization_slug", t.organizations, t.organizations.slug);
  const organizationsByUscc = lookup<Organization>("organization_uscc", t.organizations, t.organizations.uscc);
  const volunteersById = lookup<StoredVolunteer>("volunteer", t.volunteers, t.volunteers.id);
  const volunteersByNo = lookup<Volunteer>("volunteer_no", t.volunteers, t.volunteers.volunteerNo);
  const volunteersByPerson = lookup<Volunteer>("volunteer_person", t.volunteers, t.volunteers.personId);
  const totalsByVolunteer = lookup<ServiceTotals>("totals", t.serviceTotals, t.serviceTotals.volunteerId);
  const grantsById = lookup<Grant>("grant", t.grants, t.grants.id);
  const grantsByPerson = lookup<Grant>("grant_person", t.grants, t.grants.personId, t.grants.id);
  const grantsByOrganization = lookup<Grant>("grant_organization", t.grants, t.grants.organizationId, t.grants.id);
  const grantsByRole = lookup<Grant>("grant_role", t.grants, t.grants.role, t.grants.id);
  const identitiesByHash = lookup<{ personId: string }>("identity", t.identities, t.identities.hash);
  const sealedById = lookup<Sealed>("sealed", t.sealed, t.sealed.id);
  const recordsById = lookup<StoredRecord>("record", t.serviceRecords, t.serviceRecords.id);
  const recordsByReplacement = lookup<StoredRecord>("replaced", t.serviceRecords, t.serviceRecords.replacedBy);
  const stepsByRecord = lookup<RecordStep>("steps", t.recordSteps, t.recordSteps.recordId, t.recordSteps.version);
  const bankAccounts = prepare(
    "bank_account",
    db
      .select()
      .from(t.accounts)
      .where(and(eq(t.accounts.kind, sql.placeholder("kind")), isNull(t.accounts.owner)))
      .limit(1),
  );
  const allPolicies = prepare("policies", db.select().from(t.policies).orderBy(asc(t.policies.seq)));
  const allDivisions = prepare("divisions", db.select().from(t.divisions).orderBy(asc(t.divisions.seq)));
  const countedOfOne = prepare(
    "counted_of_one",
    db
      .select({
        id: t.serviceRecords.id,
        endedAt: t.serviceRecords.endedAt,
        creditableMinutes: t.serviceRecords.creditableMinutes,
      })
      .from(t.serviceRecords)
      .innerJoin(
        t.recordSteps,
        and(eq(t.recordSteps.recordId, t.serviceRecords.id), eq(t.recordSteps.action, sql`'POST'`)),
      )
      .where(
        and(
          eq(t.serviceRecords.volunteerId, sql.placeholder("id")),
          inArray(t.serviceRecords.state, [...countedStates]),
        ),
      )
      .orderBy(asc(t.recordSteps.seq)),
  );
  const servedBy = prepare(
    "served_at",
    db
      .selectDistinct({ organizationId: t.serviceRecords.organizationId, state: t.serviceRecords.state })
      .from(t.serviceRecords)
      .where(eq(t.serviceRecords.volunteerId, sql.placeholder("id"))),
  );

  const one = async <R>(
    statement: { execute(values: Record<string, unknown>): unknown },
    values: Record<string, unknown>,
  ): Promise<R | undefined> => ((await statement.execute(values)) as R[])[0];

  const account = (row: unknown) => row as Account;
  const record = (row: unknown) => row as StoredRecord;

  const view: View = {
    ...openActivityView(db, t),
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

    accounts: async (ids) => keyed(await accountsById(ids), (row) => row.id),
    accountOfOwner: (owner) => one<Account>(accountByOwner, { owner }),
    bankAccount: (kind) => one<Account>(bankAccounts, { kind }),
    async accountList(filter, page) {
      const owing = sql`${t.accounts.creditsPosted} - ${t.accounts.debitsPosted} - ${t.accounts.debitsPending} < ${t.accounts.floor}`;
      const conditions = [
        filter.kinds && inArray(t.accounts.kind, [...filter.kinds]),
        // A source has no floor, and owes nobody.
        filter.owing === undefined ? undefined : filter.owing ? owing : sql`coalesce(not (${owing}), true)`,
        filter.organizationId === undefined
          ? undefined
          : or(
              sql`exists (select 1 from ${t.volunteers} where ${t.volunteers.id} = ${t.accounts.owner} and ${t.volunteers.vouchedBy} = ${filter.organizationId})`,
              sql`exists (select 1 from ${t.serviceRecords} where ${t.serviceRecords.volunteerId} = ${t.accounts.owner} and ${inArray(t.serviceRecords.state, [...provenStates])} and ${t.serviceRecords.organizationId} = ${filter.organizationId})`,
            ),
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

    policies: async () => (await allPolicies.execute({})) as unknown as PolicyVersion[],
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
    divisions: async () => (await allDivisions.execute({})) as unknown as Division[],

    organizations: async (ids) => keyed(await organizationsById(ids), (row) => row.id),
    organizationBySlug: async (slug) => (await organizationsBySlug([slug]))[0],
    organizationByUscc: async (uscc) => (await organizationsByUscc([uscc]))[0],
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

    volunteers: async (ids) => keyed(await volunteersById(ids), (row) => row.id),
    volunteerByNo: async (no) => (await volunteersByNo([no]))[0],
    volunteersByNo: async (nos) => keyed(await volunteersByNo(nos), (row) => row.volunteerNo),
    volunteerOfPerson: async (personId) => (await volunteersByPerson([personId]))[0],
    async volunteerList(filter, page) {
      const served = filter.served;
      const conditions = [
        filter.no === undefined ? undefined : eq(t.volunteers.volunteerNo, filter.no),
        filter.states && inArray(t.volunteers.state, [...filter.states]),
        filter.divisionCodes && inArray(t.volunteers.divisionCode, [...filter.divisionCodes]),
        filter.personIds && inArray(t.volunteers.personId, [...filter.personIds].slice(0, chunk)),
        ...(filter.terms?.hashes ?? []).map(
          (hash) =>
            sql`exists (select 1 from ${t.searchTerms} where ${t.searchTerms.hash} = ${hash} and ${t.searchTerms.kind} = ${filter.terms?.kind} and ${t.searchTerms.personId} = ${t.volunteers.personId})`,
        ),
        served &&
          or(
            served.divisionCodes.length ? inArray(t.volunteers.divisionCode, [...served.divisionCodes]) : undefined,
            served.organizationIds.length ? inArray(t.volunteers.vouchedBy, [...served.organizationIds]) : undefined,
            served.organizationIds.length
              ? sql`exists (select 1 from ${t.serviceRecords} where ${t.serviceRecords.volunteerId} = ${t.volunteers.id} and ${inArray(t.serviceRecords.state, [...served.states])} and ${inArray(t.serviceRecords.organizationId, [...served.organizationIds])})`
              : undefined,
            served.signedUp && served.organizationIds.length
              ? sql`exists (select 1 from ${t.signUps} inner join ${t.activities} on ${t.activities.id} = ${t.signUps.activityId} where ${t.signUps.volunteerId} = ${t.volunteers.id} and ${inArray(t.activities.organizationId, [...served.organizationIds])})`
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
    totals: async (ids) => keyed(await totalsByVolunteer(ids), (row) => row.volunteerId),

    grants: async (ids) => keyed(await grantsById(ids), (row) => row.id),
    grantsOfPersons: async (ids) => grouped(await grantsByPerson(ids), (row) => row.personId),
    grantsOfOrganization: (id) => grantsByOrganization([id]),
    grantsByRole: (role) => grantsByRole([role]),
    personOfIdentity: async (hash) => (await identitiesByHash([hash]))[0]?.personId,
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
    sealed: async (ids) => keyed(await sealedById(ids), (row) => row.id),

    records: async (ids) => keyed(await recordsById(ids), (row) => row.id),
    recordsReplacedBy: async (ids) => keyed(await recordsByReplacement(ids), (row) => row.replacedBy as string),
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
    countedRecords: async (volunteerId) =>
      (await countedOfOne.execute({ id: volunteerId })) as unknown as Awaited<ReturnType<View["countedRecords"]>>,
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
    recordSteps: async (ids) => grouped(await stepsByRecord(ids), (row) => row.recordId),
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
    servedAt: async (volunteerId) =>
      (await servedBy.execute({ id: volunteerId })) as unknown as Awaited<ReturnType<View["servedAt"]>>,

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
      filter.overdue &&
        (filter.overdue.is
          ? and(inArray(r.state, [...overdueStates]), lt(r.recordBy, filter.overdue.on))
          : or(notInArray(r.state, [...overdueStates]), gte(r.recordBy, filter.overdue.on))),
      filter.divisionCodes && inDivisions(filter.divisionCodes),
      filter.within &&
        or(
          filter.within.organizationIds.length
            ? inArray(r.organizationId, [...filter.within.organizationIds])
            : undefined,
          filter.within.divisionCodes.length ? inDivisions(filter.within.divisionCodes) : undefined,
          sql`1 = 0`,
        ),
    );

    function inDivisions(codes: readonly string[]): SQL {
      return sql`exists (select 1 from ${t.organizations} where ${t.organizations.id} = ${r.organizationId} and ${inArray(t.organizations.divisionCode, [...codes])})`;
    }
  }
}

export type { RecordOrder };
