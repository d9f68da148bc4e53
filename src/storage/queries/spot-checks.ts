import { and, asc, eq, gte, inArray, lt, lte, not, type SQL, sql } from "drizzle-orm";
import type { Tables } from "../../../drizzle/tables";
import type { SpotCheck } from "../../domain/facts/spot-checks";
import type { PostedRecord, SpotChecksView, StoredSeed } from "../store";
import { type Database, keyed, listed, openLookup, rowsOf, whole } from "./lookups";
import { posting } from "./recorded";

/** Seeds, what they draw from, and what was found. */
export function openSpotChecksView(db: Database, t: Tables): SpotChecksView {
  const lookup = openLookup(db);
  const { serviceRecords: r, recordSteps: s, organizations: o, attendances: a, spotChecks: c } = t;
  const seeds = lookup<StoredSeed>("spot_seed", t.spotSeeds, t.spotSeeds.month);
  const checksById = lookup<SpotCheck>("spot_check", c, c.id);
  const checksByRecord = lookup<SpotCheck>("spot_check_record", c, c.recordId);

  return {
    spotSeed: async (month) => (await seeds([month]))[0],
    async postedDuring({ from, until }, seq) {
      const rows = await db
        .select({
          id: r.id,
          organizationId: r.organizationId,
          divisionCode: o.divisionCode,
          volunteerId: r.volunteerId,
          startedAt: r.startedAt,
          endedAt: r.endedAt,
          serviceMinutes: r.serviceMinutes,
          origin: r.origin,
          confirmedBy: r.confirmedBy,
          device: a.device,
        })
        .from(r)
        .innerJoin(s, and(eq(s.recordId, r.id), posting("record_steps")))
        .innerJoin(o, eq(o.id, r.organizationId))
        .leftJoin(a, eq(a.recordId, r.id))
        .where(and(gte(s.at, from), lt(s.at, until), lte(s.seq, seq), not(takenBackBy(seq))))
        .orderBy(asc(r.id));
      return rows as PostedRecord[];
    },
    spotChecks: async (ids) => keyed(await checksById(ids), (row) => row.id),
    spotCheckOfRecord: async (recordId) => (await checksByRecord([recordId]))[0],
    spotChecksOfOrganization: (organizationId, page) =>
      listed(page, {
        order: [{ column: c.id }],
        where: eq(c.organizationId, organizationId),
        select: rowsOf(db, c),
      }),
    spotResults: (organizationIds) =>
      db
        .select({
          organizationId: c.organizationId,
          month: c.month,
          passed: whole(sql`sum(case when ${c.outcome} = 'PASSED' then 1 else 0 end)`),
          failed: whole(sql`sum(case when ${c.outcome} = 'FAILED' then 1 else 0 end)`),
        })
        .from(c)
        .where(and(eq(c.state, "PUBLISHED"), inArray(c.organizationId, [...organizationIds])))
        .groupBy(c.organizationId, c.month)
        .orderBy(asc(c.organizationId), asc(c.month)),
  };

  function takenBackBy(seq: number): SQL {
    return sql`exists (select 1 from ${s} as later where later.record_id = ${r.id} and later.action in ('ADJUST', 'REVERSE') and later.seq <= ${seq})`;
  }
}
