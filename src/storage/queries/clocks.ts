import { and, asc, eq, gt, gte, inArray, isNotNull, lte, or, type SQL, sql } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import type { Tables } from "../../../drizzle/tables";
import { type Clock, type ClockKind, compareClocks } from "../../domain/clocks";
import type { CreditRecordState } from "../../domain/credit";
import { overdueStates } from "../../domain/hours";
import { plaqueTaken, type RatingState, ratingMoves } from "../../domain/ratings";
import type { ClockQuery, ClocksView, Page } from "../store";
import { type Database, whole } from "./lookups";

type Due = Omit<Clock, "kind">;
/** Where a kind of clock is kept: its rows that are due in the spans asked for, behind a position, in order. */
type Source = (query: ClockQuery, page: Page) => PromiseLike<Due[]> & { as(alias: string): unknown };

/** Every row there is. */
const all: Page = { first: 2 ** 31 - 1, after: null };

/** Dates by which somebody has to have done something, from wherever they are kept. */
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
  } = t;

  const sources: Partial<Record<ClockKind, Source>> = {
    RECORD_DEADLINE: (query, page) =>
      db
        .select({ subjectId: r.id, dueOn: r.recordBy, organizationId: r.organizationId })
        .from(r)
        .innerJoin(o, eq(o.id, r.organizationId))
        .where(
          and(
            inArray(r.state, [...overdueStates]),
            due(r.recordBy, query),
            placed(query),
            after("RECORD_DEADLINE", r.recordBy, r.id, page),
          ),
        )
        .orderBy(asc(r.recordBy), asc(r.id))
        .limit(page.first),
    FUNDRAISING_DISCLOSURE: (query, page) =>
      db
        .select({ subjectId: f.activityId, dueOn: sql<string>`${f.dueOn}`, organizationId: a.organizationId })
        .from(f)
        .innerJoin(a, eq(a.id, f.activityId))
        .innerJoin(o, eq(o.id, a.organizationId))
        .where(
          and(
            isNotNull(f.dueOn),
            due(f.dueOn, query),
            placed(query),
            after("FUNDRAISING_DISCLOSURE", f.dueOn, f.activityId, page),
          ),
        )
        .orderBy(asc(f.dueOn), asc(f.activityId))
        .limit(page.first),
    RATING_NOTICE: (query, page) =>
      db
        .select({
          subjectId: n.id,
          dueOn: sql<string>`${n.noticeUntil}`,
          organizationId: sql<null>`null`,
        })
        .from(n)
        .innerJoin(o, eq(o.id, n.organizationId))
        .where(
          and(
            inArray(n.state, ["PUBLIC_NOTICE", "REVIEWED"]),
            due(n.noticeUntil, query),
            placed(query),
            after("RATING_NOTICE", n.noticeUntil, n.id, page),
          ),
        )
        .orderBy(asc(n.noticeUntil), asc(n.id))
        .limit(page.first),
    CREDIT_ANSWER: credit("CREDIT_ANSWER", "NOTICE_SENT", c.answerBy),
    CREDIT_DECISION: credit("CREDIT_DECISION", "OBJECTED", c.decideBy),
    CREDIT_REPAIR: credit("CREDIT_REPAIR", "REPAIR_APPLIED", c.decideBy),
  };

  return {
    async clocksDue(query, page) {
      const found: Clock[] = [];
      for (const kind of query.kinds)
        for (const clock of (await sources[kind]?.(query, page)) ?? []) found.push({ ...clock, kind });
      return found.sort(compareClocks).slice(0, page.first);
    },
    async clocksCount(query) {
      let sum = 0;
      for (const kind of query.kinds) {
        const source = sources[kind]?.(query, all);
        if (!source) continue;
        const counted: unknown = await db.select({ count: whole(sql`count(*)`) }).from(source.as("due") as never);
        sum += (counted as { count: number }[])[0]?.count ?? 0;
      }
      return sum;
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
  function credit(kind: ClockKind, state: CreditRecordState, by: SQLiteColumn): Source {
    const organizationId = state === "NOTICE_SENT" ? c.organizationId : sql<null>`null`;
    return (query, page) =>
      db
        .select({ subjectId: c.id, dueOn: sql<string>`${by}`, organizationId })
        .from(c)
        .where(
          and(
            eq(c.state, state),
            state === "NOTICE_SENT" ? eq(c.answered, false) : undefined,
            due(by, query),
            placedIn(c.divisionCode, c.organizationId, query),
            after(kind, by, c.id, page),
          ),
        )
        .orderBy(asc(by), asc(c.id))
        .limit(page.first);
  }
  /** Behind a position among clocks of all kinds: those of one day stand by kind, then by what they are about. */
  function after(kind: ClockKind, dueOn: SQLiteColumn, subjectId: SQLiteColumn, page: Page): SQL | undefined {
    if (page.after === null) return undefined;
    const [day, from, id] = page.after as [string, string, string];
    if (kind > from) return gte(dueOn, day);
    return kind < from ? gt(dueOn, day) : or(gt(dueOn, day), and(eq(dueOn, day), gt(subjectId, id)));
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
