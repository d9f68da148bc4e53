import { and, countDistinct, eq, gte, inArray, isNotNull, lte, sql } from "drizzle-orm";
import type { Tables } from "../../../drizzle/tables";
import type { MonthReport } from "../../domain/facts/indicators";
import type { Day } from "../../domain/kit/calendar";
import { marks } from "../../domain/organizations";
import type { IndicatorsView } from "../store";
import { type Database, keyed, openLookup, whole, yes } from "./lookups";
import { endsWithin, recordedColumns } from "./recorded";

/** Sums over the projections, one line a division: the database counts, so that a province is no more to read than a village. */
export function openIndicatorsView(db: Database, t: Tables): IndicatorsView {
  const { organizations: o, organizationProfiles: p, socialWorkerTerms: w, serviceRecords: r } = t;
  const {
    organizationStandings: s,
    volunteerStandings: v,
    households: h,
    householdQuarters: q,
    activities: a,
    fundraisings: f,
    awards: g,
  } = t;
  const reports = openLookup(db)<MonthReport>("month_report", t.monthReports, t.monthReports.month);
  const count = whole(sql`count(*)`);
  /** How each organisation stood on a day: what was last entered by then. Those not at work on it are left out. */
  const standing = (day: Day) =>
    and(
      eq(s.organizationId, o.id),
      eq(s.state, "ACTIVE"),
      sql`${s.version} = (select max(known.version) from ${s} as known where known.organization_id = ${o.id} and known.entered_on <= ${day})`,
    );
  /** Of each social worker the last term that had begun by the day and was known on it: where it says, and nowhere else. */
  const latestTerm = (day: Day) =>
    and(
      lte(w.registeredOn, day),
      lte(w.enteredOn, day),
      sql`not exists (select 1 from ${w} as later where later.social_worker_id = ${w.socialWorkerId} and later.registered_on > ${w.registeredOn} and later.registered_on <= ${day} and later.entered_on <= ${day})`,
    );
  /** One pass for all days: asked for each month by itself, a county's volunteers would take seconds. */
  const spans = db.$with("spans").as(
    db
      .select({
        divisionCode: v.divisionCode,
        state: v.state,
        from: v.enteredOn,
        until: sql<Day | null>`lead(${v.enteredOn}) over (partition by ${v.volunteerId} order by ${v.version})`.as(
          "until",
        ),
      })
      .from(v),
  );

  return {
    organizationsOn: (day) =>
      db
        .select({
          divisionCode: o.divisionCode,
          kind: o.kind,
          filingStatus: s.filingStatus,
          hub: yes(sql`${p.hub}`),
          village: yes(sql`${p.villageKind} is not null`),
          count,
        })
        .from(o)
        .innerJoin(s, standing(day))
        .leftJoin(p, eq(p.organizationId, o.id))
        .groupBy(o.divisionCode, o.kind, s.filingStatus, sql`4`, sql`5`),
    markedDuring: (mark, { from, until }) =>
      db
        .select({ divisionCode: o.divisionCode, count: countDistinct(o.id) })
        .from(o)
        .innerJoin(g, eq(g.organizationId, o.id))
        .innerJoin(s, standing(until))
        .where(and(eq(g.name, marks[mark].name), eq(g.withdrawn, false), gte(g.on, from), lte(g.on, until)))
        .groupBy(o.divisionCode),
    certificateHolders: (day) =>
      db
        .select({ divisionCode: o.divisionCode, count: countDistinct(w.socialWorkerId) })
        .from(o)
        .innerJoin(w, eq(w.organizationId, o.id))
        .where(latestTerm(day))
        .groupBy(o.divisionCode),
    certifiedOn: (day) =>
      db
        .select({
          divisionCode: o.divisionCode,
          organizationId: o.id,
          kind: o.kind,
          count: countDistinct(w.socialWorkerId),
        })
        .from(o)
        .innerJoin(s, standing(day))
        .innerJoin(w, eq(w.organizationId, o.id))
        .where(and(latestTerm(day), gte(w.registeredUntil, day)))
        .groupBy(o.divisionCode, o.id, o.kind),
    recordsDuring: (days, today, organizationId) => {
      const recorded = recordedColumns(t, today);
      return db
        .select({ divisionCode: o.divisionCode, ...recorded })
        .from(r)
        .innerJoin(o, eq(o.id, r.organizationId))
        .where(and(endsWithin(r.endedAt, days), organizationId ? eq(o.id, organizationId) : undefined))
        .groupBy(o.divisionCode, recorded.state, sql`3`, sql`4`);
    },
    volunteerSpans: () =>
      db
        .with(spans)
        .select({ divisionCode: spans.divisionCode, from: spans.from, until: spans.until, count })
        .from(spans)
        .where(eq(spans.state, "ACTIVE"))
        .groupBy(spans.divisionCode, spans.from, sql`3`),
    monthReports: async (months) => keyed(await reports(months), (row) => row.month),
    householdsIn: (quarter) =>
      db
        .select({ divisionCode: h.divisionCode, count })
        .from(h)
        .where(sql`exists (select 1 from ${q} where ${q.householdId} = ${h.id} and ${lte(q.quarter, quarter)})`)
        .groupBy(h.divisionCode),
    campaignActivitiesDuring: (days) =>
      db
        .select({ divisionCode: a.divisionCode, count })
        .from(a)
        .where(
          and(isNotNull(a.campaignId), inArray(a.state, ["ENDED", "RECORDING", "CLOSED"]), endsWithin(a.endsAt, days)),
        )
        .groupBy(a.divisionCode),
    fundraisingsEnding: ({ from, until }, organizationId) =>
      db
        .select({
          divisionCode: a.divisionCode,
          startsOn: f.startsOn,
          endsOn: f.endsOn,
          emergency: f.emergency,
          disclosedOn: f.disclosedOn,
        })
        .from(f)
        .innerJoin(a, eq(a.id, f.activityId))
        .where(
          and(
            gte(f.endsOn, from),
            lte(f.endsOn, until),
            organizationId ? eq(a.organizationId, organizationId) : undefined,
          ),
        ),
  } as IndicatorsView;
}
