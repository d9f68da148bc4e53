import { and, asc, eq, gt, gte, inArray, isNotNull, lt, lte, or, type SQL, sql } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import type { Tables } from "../../../drizzle/tables";
import { type Clock, type ClockKind, compareClocks } from "../../domain/clocks";
import type { CreditRecordState } from "../../domain/facts/credit-records";
import { type RatingState, ratingMoves } from "../../domain/facts/ratings";
import { overdueStates } from "../../domain/hours";
import { plaqueTaken } from "../../domain/ratings";
import type { ClockQuery, ClocksView, Page } from "../store";
import { type Database, listed, selecting, spelledOut } from "./lookups";

type Due = Omit<Clock, "kind">;
/** Where a kind of clock is kept: in which columns, and which of its rows are due in the spans asked for. */
interface Source {
  dueOn: SQLiteColumn;
  subjectId: SQLiteColumn;
  // biome-ignore lint/suspicious/noExplicitAny: each kind is kept in tables of its own.
  rows(fields?: Record<string, unknown>): any;
  where(query: ClockQuery): SQL | undefined;
}

/** The dates by which something is due, from every table that keeps some. */
export function openClocksView(db: Database, t: Tables): ClocksView {
  const {
    serviceRecords: r,
    fundraisings: f,
    activities: a,
    organizations: o,
    recordSteps: s,
    creditRecords: c,
    ratings: n,
    ratingSteps: m,
    starAwards: v,
  } = t;

  const sources: Partial<Record<ClockKind, Source>> = {
    RECORD_DEADLINE: {
      dueOn: r.recordBy,
      subjectId: r.id,
      rows: (fields = { subjectId: r.id, dueOn: r.recordBy, organizationId: r.organizationId }) =>
        selecting(db, fields).from(r).innerJoin(o, eq(o.id, r.organizationId)),
      where: (query) => and(spelledOut(r.state, overdueStates), due(r.recordBy, query), placed(query)),
    },
    FUNDRAISING_DISCLOSURE: {
      dueOn: f.dueOn,
      subjectId: f.activityId,
      rows: (fields = { subjectId: f.activityId, dueOn: f.dueOn, organizationId: a.organizationId }) =>
        selecting(db, fields).from(f).innerJoin(a, eq(a.id, f.activityId)).innerJoin(o, eq(o.id, a.organizationId)),
      where: (query) => and(isNotNull(f.dueOn), due(f.dueOn, query), placed(query)),
    },
    RATING_NOTICE: {
      dueOn: n.noticeUntil,
      subjectId: n.id,
      rows: (fields = { subjectId: n.id, dueOn: n.noticeUntil, organizationId: sql<null>`null` }) =>
        selecting(db, fields).from(n).innerJoin(o, eq(o.id, n.organizationId)),
      where: (query) => and(inArray(n.state, ["PUBLIC_NOTICE", "REVIEWED"]), due(n.noticeUntil, query), placed(query)),
    },
    STAR_NOTICE: {
      dueOn: v.noticeUntil,
      subjectId: v.id,
      rows: (fields = { subjectId: v.id, dueOn: v.noticeUntil, organizationId: sql<null>`null` }) =>
        selecting(db, fields).from(v),
      where: (query) =>
        and(eq(v.state, "PUBLIC_NOTICE"), due(v.noticeUntil, query), placedIn(v.divisionCode, v.organizationId, query)),
    },
    CREDIT_ANSWER: credit("NOTICE_SENT", c.answerBy),
    CREDIT_DECISION: credit("OBJECTED", c.decideBy),
    CREDIT_REPAIR: credit("REPAIR_APPLIED", c.decideBy),
  };

  return {
    async clocksDue(query, page) {
      const clocks: Clock[] = [];
      for (const kind of query.kinds) {
        const source = sources[kind];
        if (source) for (const clock of await dueOf(kind, source, query, page)) clocks.push({ ...clock, kind });
      }
      const sign = page.backwards ? -1 : 1;
      return clocks.sort((left, right) => sign * compareClocks(left, right)).slice(0, page.first);
    },
    async clocksCount(query) {
      const counting = { total: 0 };
      for (const kind of query.kinds) {
        const source = sources[kind];
        if (source) await dueOf(kind, source, query, { first: 0, after: null, counting });
      }
      return counting.total;
    },
    async disputesOpen(query, limit) {
      const rows = await db
        .select({ recordId: r.id, organizationId: r.organizationId, openedAt: s.at })
        .from(r)
        .innerJoin(o, eq(o.id, r.organizationId))
        .innerJoin(s, and(eq(s.recordId, r.id), eq(s.version, r.version), eq(s.action, "DISPUTE")))
        .where(and(eq(r.state, "DISPUTED"), placed(query)))
        .orderBy(asc(s.at), asc(r.id))
        .limit(limit);
      return rows;
    },
    async plaquesOut(query, limit) {
      const later = [...plaqueTaken, "RETURN_PLAQUE"];
      return db
        .select({ ratingId: n.id, organizationId: n.organizationId, takenAt: m.at })
        .from(n)
        .innerJoin(o, eq(o.id, n.organizationId))
        .innerJoin(m, and(eq(m.ratingId, n.id), inArray(m.action, [...plaqueTaken])))
        .where(
          and(
            eq(n.instrument, "EVALUATION_GRADE"),
            inArray(n.state, [...ratingMoves.RETURN_PLAQUE.from] as RatingState[]),
            placed(query),
            sql`not exists (select 1 from ${m} as later where later.rating_id = ${n.id} and later.version > ${m.version} and later.action in (${sql.join(
              later.map((action) => sql`${action}`),
              sql`, `,
            )}))`,
          ),
        )
        .orderBy(asc(m.at), asc(n.id))
        .limit(limit);
    },
  };

  /**
   * Credit records in a state, due by a day of theirs: shown to the unit that recorded them, and where their subjects live.
   * A notice is the unit's, until it is answered; what is contested is the office's to decide.
   */
  function credit(state: CreditRecordState, dueOn: SQLiteColumn): Source {
    const organizationId = state === "NOTICE_SENT" ? c.organizationId : sql<null>`null`;
    return {
      dueOn,
      subjectId: c.id,
      rows: (fields = { subjectId: c.id, dueOn, organizationId }) => selecting(db, fields).from(c),
      where: (query) =>
        and(
          eq(c.state, state),
          state === "NOTICE_SENT" ? eq(c.answered, false) : undefined,
          due(dueOn, query),
          placedIn(c.divisionCode, c.organizationId, query),
        ),
    };
  }
  function dueOf(kind: ClockKind, source: Source, query: ClockQuery, page: Page): Promise<Due[]> {
    const { dueOn, subjectId, rows, where } = source;
    return listed(page, {
      order: [{ column: dueOn }, { column: subjectId }],
      where: where(query),
      select: rows,
      /** Among clocks of all kinds: those of one day stand by kind, then by what they are about. */
      beyond(position, turned) {
        const [day, from, id] = position as [string, string, string];
        const [past, since] = turned ? ([lt, lte] as const) : ([gt, gte] as const);
        if (kind === from) return or(past(dueOn, day), and(eq(dueOn, day), past(subjectId, id)));
        return kind > from !== turned ? since(dueOn, day) : past(dueOn, day);
      },
    });
  }
  function due(on: SQLiteColumn, { spans }: ClockQuery): SQL | undefined {
    return or(
      sql`1 = 0`,
      ...spans.map(({ from, until }) =>
        and(sql`1 = 1`, from === null ? undefined : gte(on, from), until === null ? undefined : lte(on, until)),
      ),
    );
  }
  function placed(query: ClockQuery): SQL | undefined {
    return placedIn(o.divisionCode, o.id, query);
  }
  function placedIn(
    divisionCode: SQLiteColumn,
    organizationId: SQLiteColumn,
    { divisionCodes, within }: Pick<ClockQuery, "divisionCodes" | "within">,
  ): SQL | undefined {
    return and(
      divisionCodes && inArray(divisionCode, [...divisionCodes]),
      within &&
        or(
          sql`1 = 0`,
          within.organizationIds.length ? inArray(organizationId, [...within.organizationIds]) : undefined,
          within.divisionCodes.length ? inArray(divisionCode, [...within.divisionCodes]) : undefined,
        ),
    );
  }
}
