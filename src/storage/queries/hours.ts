import {
  and,
  asc,
  desc,
  eq,
  getTableColumns,
  gt,
  gte,
  inArray,
  lt,
  ne,
  not,
  notInArray,
  or,
  type SQL,
  sql,
} from "drizzle-orm";
import type { Tables } from "../../../drizzle/tables";
import type { RecordStep } from "../../domain/facts/hours";
import type { Volunteer } from "../../domain/facts/people";
import { countedStates, liveStates, overdueStates } from "../../domain/hours";
import type { ServiceTotals } from "../../domain/hours/totals";
import { whenKnown } from "../../domain/kit/soon";
import type { Account } from "../../domain/ledger/accounts";
import { staffRoles } from "../../domain/permissions/actors";
import type {
  Confirmer,
  HoursView,
  Places,
  RecordBrief,
  RecordFilter,
  RecordNotice,
  RecordOrder,
  Sealed,
  Span,
  StoredRecord,
} from "../store";
import { openKinds } from "./ledger";
import {
  all,
  type Database,
  grouped,
  keyed,
  listed,
  listing,
  type Ordering,
  openList,
  openLookup,
  prepare,
  rowsOf,
  selecting,
  spelledOut,
  whole,
} from "./lookups";
import { endsWithin, posting } from "./recorded";

/** A record with what its confirmation asks for. */
interface Together {
  record: StoredRecord;
  volunteer: Volunteer;
  account: Account;
  totals: ServiceTotals | null;
  profile: Sealed | null;
}

const [beginning, endOfDays] = ["0001-01-01", "9999-12-30"];

/** Spans that one statement asks for, a power of two. */
const spansMost = 128;
/** No record lasts over a day: those that could touch a span began at most a day before it. */
const longest = 86_400_000;

/** Service records. */
export function openHoursView(db: Database, t: Tables): HoursView {
  const lookup = openLookup(db);
  const liveOfOne = prepare(db, "live", () =>
    db
      .select()
      .from(t.serviceRecords)
      .where(
        and(
          eq(t.serviceRecords.volunteerId, sql.placeholder("id")),
          gt(t.serviceRecords.startedAt, sql.placeholder("from")),
          lt(t.serviceRecords.startedAt, sql.placeholder("to")),
          inArray(t.serviceRecords.state, [...liveStates]),
        ),
      ),
  );
  /** Span by span: alternatives of spans would be looked for among all live records. */
  const liveOf = openList<Span, StoredRecord>(
    db,
    "live_spans",
    (places, size) => {
      const r = t.serviceRecords;
      const span = (_: unknown, i: number) =>
        sql`(${places[3 * i]}, cast(${places[3 * i + 1]} as bigint), cast(${places[3 * i + 2]} as bigint))`;
      return db
        .select(getTableColumns(r))
        .from(sql`(values ${sql.join(Array.from({ length: size }, span), sql`, `)}) as span`)
        .crossJoin(r)
        .where(
          and(
            eq(r.volunteerId, sql`span.column1`),
            gt(r.startedAt, sql`span.column2`),
            lt(r.startedAt, sql`span.column3`),
            inArray(r.state, [...liveStates]),
          ),
        );
    },
    { most: spansMost, values: ({ volunteerId, from, to }) => [volunteerId, from - longest, to] },
  );
  const together = {
    volunteers: lookup<Volunteer>("volunteer", t.volunteers, t.volunteers.id),
    accounts: lookup<Account>("account", t.accounts, t.accounts.id),
    totals: lookup<ServiceTotals>("totals", t.serviceTotals, t.serviceTotals.volunteerId),
    profiles: lookup<Sealed>("sealed", t.sealed, t.sealed.id),
    kinds: openKinds(db, t),
  };
  const recordsTogether = openList<string, Together>(db, "record_together", (places) =>
    db
      .select({
        record: t.serviceRecords,
        volunteer: t.volunteers,
        account: t.accounts,
        totals: t.serviceTotals,
        profile: t.sealed,
      })
      .from(t.serviceRecords)
      .innerJoin(t.volunteers, eq(t.volunteers.id, t.serviceRecords.volunteerId))
      .innerJoin(t.accounts, eq(t.accounts.id, t.volunteers.accountId))
      .leftJoin(t.serviceTotals, eq(t.serviceTotals.volunteerId, t.volunteers.id))
      .leftJoin(t.sealed, eq(t.sealed.id, t.volunteers.profileId))
      .where(inArray(t.serviceRecords.id, places)),
  );
  const recordsByRefs = openList<string, StoredRecord>(db, "record_ref", (places) =>
    db.select().from(t.serviceRecords).where(inArray(t.serviceRecords.externalRef, places)),
  );
  /** Records whose list holds one of these ids: an id of ours is found in the text of the list. */
  const liveWhere = async (condition: SQL | undefined, first: number) =>
    (await db
      .select()
      .from(t.serviceRecords)
      .where(and(inArray(t.serviceRecords.state, [...liveStates]), condition))
      .orderBy(desc(t.serviceRecords.openedSeq))
      .limit(first)) as StoredRecord[];
  const recordsById = lookup<StoredRecord>("record", t.serviceRecords, t.serviceRecords.id);
  const briefsOf = openList<string, RecordBrief>(db, "record_brief", (places) => {
    const { id, organizationId, volunteerId, serviceType } = t.serviceRecords;
    return db
      .select({ id, organizationId, volunteerId, serviceType })
      .from(t.serviceRecords)
      .where(inArray(id, places));
  });
  const recordsByReplacement = lookup<StoredRecord>("replaced", t.serviceRecords, t.serviceRecords.replacedBy);
  const stepsByRecord = lookup<RecordStep>("steps", t.recordSteps, t.recordSteps.recordId, t.recordSteps.version);
  const countedOfOne = prepare(db, "counted_of_one", () =>
    db
      .select({
        id: t.serviceRecords.id,
        endedAt: t.serviceRecords.endedAt,
        creditableMinutes: t.serviceRecords.creditableMinutes,
      })
      .from(t.serviceRecords)
      .innerJoin(t.recordSteps, and(eq(t.recordSteps.recordId, t.serviceRecords.id), posting("record_steps")))
      .where(
        and(
          eq(t.serviceRecords.volunteerId, sql.placeholder("id")),
          inArray(t.serviceRecords.state, [...countedStates]),
        ),
      )
      .orderBy(asc(t.recordSteps.seq)),
  );
  const servedBy = prepare(db, "served_at", () =>
    db
      .selectDistinct({ organizationId: t.serviceRecords.organizationId, state: t.serviceRecords.state })
      .from(t.serviceRecords)
      .where(eq(t.serviceRecords.volunteerId, sql.placeholder("id"))),
  );

  return {
    records: (ids) => whenKnown(recordsById(ids), (rows) => keyed(rows, (row) => row.id)),
    recordBriefs: (ids) =>
      whenKnown(db.recall?.before?.(), () => whenKnown(briefsOf(ids), (rows) => keyed(rows, (row) => row.id))),
    async recordsToConfirm(ids) {
      const rows = await recordsTogether([...new Set(ids)]);
      const volunteers = [
        ...keyed(
          rows.map(({ volunteer }) => volunteer),
          ({ id }) => id,
        ).values(),
      ];
      const accounts = [
        ...keyed(
          rows.map(({ account }) => account),
          ({ id }) => id,
        ).values(),
      ];
      const totals = keyed(
        rows.flatMap((row) => row.totals ?? []),
        ({ volunteerId }) => volunteerId,
      );
      const profiles = keyed(
        rows.flatMap((row) => row.profile ?? []),
        ({ id }) => id,
      );
      recordsById.know(
        ids,
        rows.map(({ record }) => record),
      );
      together.volunteers.know(
        volunteers.map(({ id }) => id),
        volunteers,
      );
      together.accounts.know(
        accounts.map(({ id }) => id),
        accounts,
      );
      together.kinds.know(
        accounts.map(({ id }) => id),
        accounts.map(({ id, kind }) => ({ id, kind })),
      );
      together.totals.know(
        volunteers.map(({ id }) => id),
        [...totals.values()],
      );
      together.profiles.know([...profiles.keys()], [...profiles.values()]);
      return keyed(
        rows.map(({ record }) => record),
        ({ id }) => id,
      );
    },
    recordsReplacedBy: async (ids) => keyed(await recordsByReplacement(ids), (row) => row.replacedBy as string),
    recordsByRef: async (refs) => keyed(await recordsByRefs([...new Set(refs)]), (row) => row.externalRef as string),
    async liveRecords(ids, from, to) {
      const records: StoredRecord[] = [];
      for (const id of new Set(ids))
        records.push(...(await all<StoredRecord>(liveOfOne, { id, from: from - longest, to })));
      return records.filter((row) => row.endedAt > from);
    },
    async liveInSpans(spans) {
      const records = keyed(await liveOf(spans), (row) => row.id);
      const asked = grouped(spans, (span) => span.volunteerId);
      const touches = ({ volunteerId, startedAt, endedAt }: StoredRecord) =>
        asked.get(volunteerId)?.some((span) => endedAt > span.from && startedAt < span.to);
      return [...records.values()].filter(touches);
    },
    countedRecords: (id) => all(countedOfOne, { id }),
    recordList(filter, order, page) {
      const r = t.serviceRecords;
      const first: Record<RecordOrder, Ordering> = {
        DEADLINE: { column: r.recordBy },
        STARTED_AT: { column: r.startedAt, down: true, count: true },
        RECORDED_AT: { column: r.openedSeq, down: true, count: true },
      };
      return listed(page, {
        // Of those alike, the first that was recorded stands first.
        order: [first[order], { column: r.openedSeq, count: true }],
        where: recordFilter(filter),
        select: rowsOf(db, r),
      });
    },
    async recordsOfBoth(ones, others, first) {
      const { handledBy, confirmedBy } = t.serviceRecords;
      const confirmed = (confirmers: readonly string[], rest: readonly string[]) =>
        and(listing(confirmedBy, confirmers), or(listing(handledBy, rest), listing(confirmedBy, rest)));
      return liveWhere(or(confirmed(ones, others), confirmed(others, ones)), first);
    },
    recordsConfirmedBy: (volunteerIds, personIds, first) =>
      liveWhere(
        and(inArray(t.serviceRecords.volunteerId, [...volunteerIds]), listing(t.serviceRecords.confirmedBy, personIds)),
        first,
      ),
    recordSteps: async (ids) => grouped(await stepsByRecord(ids), (row) => row.recordId),
    async monthLines(organizationId, days) {
      const r = t.serviceRecords;
      const where = and(
        eq(r.organizationId, organizationId),
        endsWithin(r.endedAt, days),
        inArray(r.state, [...liveStates]),
      );
      const lines = await db
        .select({
          serviceType: r.serviceType,
          records: whole(sql`count(*)`),
          serviceMinutes: whole(sql`sum(${r.serviceMinutes})`),
          creditedMinutes: whole(sql`sum(${r.creditedMinutes})`),
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
    async recordNotices(volunteerId, personId, page) {
      const [r, p] = [t.serviceRecords, t.recordSteps];
      const fields = { step: p, organizationId: r.organizationId, state: r.state };
      const rows = await listed<{ step: RecordStep } & Pick<RecordNotice, "organizationId" | "state">>(page, {
        order: [{ column: r.openedSeq, down: true, count: true }],
        where: and(eq(r.volunteerId, volunteerId), ne(p.actorId, personId)),
        select: (counted) =>
          selecting(db, counted ?? fields)
            .from(r)
            .innerJoin(p, and(eq(p.recordId, r.id), eq(p.version, 1))),
      });
      return rows.map(({ step, ...of }) => ({ ...step, ...of }));
    },
    servedAt: (id) => all(servedBy, { id }),
  };

  function recordFilter(filter: RecordFilter): SQL | undefined {
    const r = t.serviceRecords;
    return and(
      filter.organizationId === undefined ? undefined : eq(r.organizationId, filter.organizationId),
      filter.volunteerId === undefined ? undefined : eq(r.volunteerId, filter.volunteerId),
      filter.state && inArray(r.state, [...filter.state]),
      filter.origin && inArray(r.origin, [...filter.origin]),
      filter.overdue &&
        (filter.overdue.is
          ? and(spelledOut(r.state, overdueStates), lt(r.recordBy, filter.overdue.on))
          : or(notInArray(r.state, [...overdueStates]), gte(r.recordBy, filter.overdue.on))),
      filter.divisionCodes && inDivisions(filter.divisionCodes),
      filter.within && placedIn(filter.within),
      ...(filter.volunteerIds ?? []).map((id) => eq(r.volunteerId, id)),
      filter.serviceTypes && inArray(r.serviceType, [...filter.serviceTypes]),
      filter.days &&
        endsWithin(r.endedAt, { from: filter.days.from ?? beginning, until: filter.days.until ?? endOfDays }),
      filter.refs && inArray(r.externalRef, [...filter.refs]),
      filter.confirmable && (filter.confirmable.is ? waitsFor(filter.confirmable) : not(waitsFor(filter.confirmable))),
    );

    function placedIn({ organizationIds, divisionCodes }: Places): SQL {
      return or(
        organizationIds.length ? inArray(r.organizationId, [...organizationIds]) : undefined,
        divisionCodes.length ? inDivisions(divisionCodes) : undefined,
        sql`1 = 0`,
      ) as SQL;
    }

    /** The rules of a confirmation, over all records at once; the domain decides about each of them when it comes. */
    function waitsFor({ within, selves, own, staffAt, on }: Confirmer): SQL {
      const [v, g] = [t.volunteers, t.grants];
      const volunteer = (condition: SQL) =>
        sql`exists (select 1 from ${v} where ${v.id} = ${r.volunteerId} and ${condition})`;
      const colleague = sql`exists (select 1 from ${g} where ${g.personId} = ${v.personId} and ${g.organizationId} = ${r.organizationId} and ${inArray(g.role, [...staffRoles])} and ${g.validFrom} <= ${on} and (${g.validUntil} is null or ${g.validUntil} >= ${on}))`;
      const named = or(listing(r.handledBy, selves), listing(r.confirmedBy, selves));
      return and(
        eq(r.state, "SUBMITTED"),
        within === null ? undefined : placedIn(within),
        named && not(named),
        own.length > 0 ? not(volunteer(inArray(v.personId, [...own]))) : undefined,
        staffAt.length > 0 ? not(and(inArray(r.organizationId, [...staffAt]), volunteer(colleague)) as SQL) : undefined,
      ) as SQL;
    }

    function inDivisions(codes: readonly string[]): SQL {
      return sql`exists (select 1 from ${t.organizations} where ${t.organizations.id} = ${r.organizationId} and ${inArray(t.organizations.divisionCode, [...codes])})`;
    }
  }
}
