import { and, gte, lt, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import type { Tables } from "../../../drizzle/tables";
import { postingActions, type RecordsAlike } from "../../domain/hours";
import { type Day, endsOfServices } from "../../domain/kit/calendar";
import { whole, yes } from "./lookups";

/** What a query over `service_records` counts and groups by to tell which services were recorded in time. */
export function recordedColumns({ serviceRecords: r, recordSteps: s }: Tables, today: Day) {
  const isPosted = sql`exists (select 1 from ${s} where ${s.recordId} = ${r.id} and ${posting("record_steps")} and ${s.at} < ${endOf(r.recordBy)})`;
  // What replaced another was posted anew long after the service: it counts as when the first of them was.
  const wasPosted = sql`exists (with recursive earlier(id) as (select one.id from ${r} as one where one.replaced_by = ${r.id} union all select one.id from ${r} as one inner join earlier on one.replaced_by = earlier.id) select 1 from earlier inner join ${s} as posting on posting.record_id = earlier.id where ${posting("posting")} and posting.at < ${endOf(r.recordBy)})`;
  return {
    state: r.state,
    postedInTime: yes(sql`${isPosted} or ${wasPosted}`),
    pastDue: yes(sql`${r.recordBy} < ${today}`),
    records: whole(sql`count(*)`),
    serviceMinutes: whole(sql`sum(${r.serviceMinutes})`),
  } satisfies Record<keyof RecordsAlike, unknown>;
}

/** Whether a row of `record_steps`, by whatever name, is the step that posted its record. */
export const posting = (name: string): SQL =>
  sql.raw(
    `${name}."to" = 'POSTED' and ${name}.action in (${postingActions.map((action) => `'${action}'`).join(", ")})`,
  );

/** Whether a service with this end has its day within the days. */
export function endsWithin(end: SQLiteColumn, days: { from: Day; until: Day }): SQL | undefined {
  const { from, before } = endsOfServices(days);
  return and(gte(end, from), lt(end, before));
}

/** The instant at which a civil day, `YYYY-MM-DD`, is over in Asia/Shanghai: by whole numbers, which both databases divide alike. */
export function endOf(day: SQLWrapper): SQL<number> {
  const part = (from: number, letters: number) =>
    sql`cast(substr(${day}, ${sql.raw(`${from}, ${letters}`)}) as integer)`;
  // March is the first month of such a year, so that a leap day is its last.
  const moved = sql`(${part(1, 4)} * 12 + ${part(6, 2)} - 3)`;
  const year = sql`(${moved} / 12)`;
  const days = sql`${year} * 365 + ${year} / 4 - ${year} / 100 + ${year} / 400 + (153 * (${moved} % 12) + 2) / 5 + ${part(9, 2)}`;
  return sql`((${days} - 719468) * cast(86400000 as bigint) - 28800000)`;
}
