import { and, asc, eq, gte, inArray, isNotNull, lte, or, type SQL, sql } from "drizzle-orm";
import { unionAll } from "drizzle-orm/sqlite-core";
import type { Tables } from "../../../drizzle/tables";
import type { Clock } from "../../domain/clocks";
import { overdueStates } from "../../domain/hours";
import type { ClockQuery, ClocksView } from "../store";
import { afterPosition, type Database } from "./lookups";

/** Dates by which somebody has to have done something, from wherever they are kept. */
export function openClocksView(db: Database, t: Tables): ClocksView {
  const { serviceRecords: r, fundraisings: f, activities: a, organizations: o, recordSteps: s } = t;
  const kindOf = (kind: Clock["kind"]) => sql<Clock["kind"]>`cast(${kind} as text)`.as("kind");

  return {
    async clocksDue(query, page) {
      const records = db
        .select({
          kind: kindOf("RECORD_DEADLINE"),
          subjectId: sql<string>`${r.id}`.as("subject_id"),
          dueOn: sql<string>`${r.recordBy}`.as("due_on"),
          organizationId: sql<string>`${r.organizationId}`.as("organization_id"),
        })
        .from(r)
        .innerJoin(o, eq(o.id, r.organizationId))
        .where(and(inArray(r.state, [...overdueStates]), due(sql`${r.recordBy}`, query), placed(query)));
      const disclosures = db
        .select({
          kind: kindOf("FUNDRAISING_DISCLOSURE"),
          subjectId: sql<string>`${f.activityId}`.as("subject_id"),
          dueOn: sql<string>`${f.dueOn}`.as("due_on"),
          organizationId: sql<string>`${a.organizationId}`.as("organization_id"),
        })
        .from(f)
        .innerJoin(a, eq(a.id, f.activityId))
        .innerJoin(o, eq(o.id, a.organizationId))
        .where(and(isNotNull(f.dueOn), due(sql`${f.dueOn}`, query), placed(query)));
      const all = unionAll(records as never, disclosures as never).as("clocks") as unknown as Record<string, SQL>;
      const column = { kind: sql`clocks.kind`, subjectId: sql`clocks.subject_id`, dueOn: sql`clocks.due_on` };
      const rows = await db
        .select({ ...column, organizationId: sql`clocks.organization_id` })
        .from(all as never)
        .where(
          and(
            query.kinds && inArray(column.kind, [...query.kinds]),
            page.after
              ? afterPosition(
                  [{ column: column.dueOn }, { column: column.kind }, { column: column.subjectId }],
                  page.after,
                )
              : undefined,
          ),
        )
        .orderBy(asc(column.dueOn), asc(column.kind), asc(column.subjectId))
        .limit(page.first);
      return rows as unknown as Clock[];
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
  };

  function due(on: SQL, { spans }: ClockQuery): SQL | undefined {
    return or(
      sql`1 = 0`,
      ...spans.map(({ from, until }) =>
        and(sql`1 = 1`, from === null ? undefined : gte(on, from), until === null ? undefined : lte(on, until)),
      ),
    );
  }
  function placed({ divisionCodes, within }: ClockQuery): SQL | undefined {
    return and(
      divisionCodes && inArray(o.divisionCode, [...divisionCodes]),
      within &&
        or(
          sql`1 = 0`,
          within.organizationIds.length ? inArray(o.id, [...within.organizationIds]) : undefined,
          within.divisionCodes.length ? inArray(o.divisionCode, [...within.divisionCodes]) : undefined,
        ),
    );
  }
}
