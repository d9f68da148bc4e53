import { and, eq, inArray, ne, or, type SQL, sql } from "drizzle-orm";
import type { Tables } from "../../../drizzle/tables";
import { liveStates } from "../../domain/hours";
import { bindingSignUpActions, ownKinds } from "../../domain/people/ties";
import type { PeopleView, StoredTie, TiedBy } from "../store";
import { type Database, grouped, inChunks, openLookup } from "./lookups";

type TiesView = Pick<PeopleView, "tiedVolunteers" | "volunteersMet" | "tiesOfVolunteers" | "ownTies">;

/** Of a row of `volunteers`: whether it is tied to one of these organisations, as domain/ties.ts has it. */
export function tiedTo(t: Tables, organizationIds: readonly string[], { opens, since }: TiedBy): SQL {
  if (organizationIds.length === 0) return sql`1 = 0`;
  const ids = [...organizationIds];
  const { volunteers: v, ties, activities: a, serviceRecords: r } = t;
  const registered = inArray(v.vouchedBy, ids);
  const allowed = sql`exists (select 1 from ${ties} where ${ties.volunteerId} = ${v.id} and ${eq(ties.state, "ALLOWED")} and ${inArray(ties.organizationId, ids)})`;
  const all = [registered, allowed];
  const names = [
    sql`exists (select 1 from ${signUpsOf(t)} where ${t.signUps.volunteerId} = ${v.id} and ${inArray(a.organizationId, ids)} and ${binding(t, since)})`,
    sql`exists (select 1 from ${submissionsOf(t)} where ${r.volunteerId} = ${v.id} and ${inArray(r.organizationId, ids)} and ${submitted(t, since)})`,
  ];
  return or(...all, ...(opens === "NAME" ? names : [])) as SQL;
}

function signUpsOf({ signUps: s, activities: a, shifts: h }: Tables): SQL {
  return sql`${s} inner join ${a} on ${a.id} = ${s.activityId} inner join ${h} on ${h.id} = ${s.shiftId}`;
}

/** A sign-up that the volunteer or a guardian took a step of: expected, of a shift that ended no longer ago than `since`. */
function binding(t: Tables, since: number): SQL {
  const { signUps: s, signUpSteps: p, shifts: h, activities: a } = t;
  const own = sql`exists (select 1 from ${p} where ${p.signUpId} = ${s.id} and ${inArray(p.actorKind, [...ownKinds])} and ${inArray(p.action, [...bindingSignUpActions])})`;
  return sql`${h.endsAt} >= ${since} and ${expected(t)} and ${own} and ${notEnded(t, s.volunteerId, a.organizationId, s.openedSeq)}`;
}

/** A place that is taken back in time shows nobody, nor does a child's that waits for a guardian's word. */
function expected({ signUps: s }: Tables): SQL {
  return and(ne(s.state, "PENDING_GUARDIAN"), or(ne(s.state, "WITHDRAWN"), eq(s.late, true))) as SQL;
}

function submissionsOf({ serviceRecords: r, recordSteps: p }: Tables): SQL {
  return sql`${r} inner join ${p} on ${p.recordId} = ${r.id} and ${p.version} = 1`;
}

/** A record that stands, handed in by the volunteer, of a service that ended no longer ago than `since`. */
function submitted(t: Tables, since: number): SQL {
  const { serviceRecords: r, recordSteps: p } = t;
  const stands = inArray(r.state, [...liveStates]);
  return sql`${r.endedAt} >= ${since} and ${stands} and ${eq(p.actorKind, "VOLUNTEER")} and ${notEnded(t, r.volunteerId, r.organizationId, r.openedSeq)}`;
}

function notEnded({ ties }: Tables, volunteerId: unknown, organizationId: unknown, seq: unknown): SQL {
  return sql`not exists (select 1 from ${ties} where ${ties.volunteerId} = ${volunteerId} and ${ties.organizationId} = ${organizationId} and ${eq(ties.state, "ENDED")} and ${ties.seq} > ${seq})`;
}

export function openTiesView(db: Database, t: Tables): TiesView {
  const { volunteers: v, signUps: s, activities: a, serviceRecords: r, shifts: h } = t;
  const tiesByVolunteer = openLookup(db)<StoredTie>("tie", t.ties, t.ties.volunteerId, t.ties.seq);

  async function among(ids: readonly string[], condition: SQL): Promise<Set<string>> {
    const rows = await inChunks(ids, async (chunk) =>
      db
        .select({ id: v.id })
        .from(v)
        .where(and(inArray(v.id, chunk), condition)),
    );
    return new Set(rows.map(({ id }) => id));
  }

  return {
    tiedVolunteers: async (ids, organizationIds, by) =>
      ids.length === 0 || organizationIds.length === 0 ? new Set() : among(ids, tiedTo(t, organizationIds, by)),
    async volunteersMet(ids, within) {
      const at = (organizationId: typeof r.organizationId | typeof a.organizationId) =>
        within === null
          ? sql`1 = 1`
          : or(
              sql`1 = 0`,
              within.organizationIds.length ? inArray(organizationId, [...within.organizationIds]) : undefined,
              within.divisionCodes.length
                ? sql`exists (select 1 from ${t.organizations} where ${t.organizations.id} = ${organizationId} and ${inArray(t.organizations.divisionCode, [...within.divisionCodes])})`
                : undefined,
            );
      const recorded = sql`exists (select 1 from ${r} where ${r.volunteerId} = ${v.id} and ${at(r.organizationId)})`;
      const listed = sql`exists (select 1 from ${s} inner join ${a} on ${a.id} = ${s.activityId} where ${s.volunteerId} = ${v.id} and ${expected(t)} and ${at(a.organizationId)})`;
      return among(ids, or(recorded, listed) as SQL);
    },
    tiesOfVolunteers: async (ids) => grouped(await tiesByVolunteer(ids), (row) => row.volunteerId),
    async ownTies(volunteerId, since) {
      const signUps = await db
        .select({ organizationId: a.organizationId, until: h.endsAt })
        .from(s)
        .innerJoin(a, eq(a.id, s.activityId))
        .innerJoin(h, eq(h.id, s.shiftId))
        .where(and(eq(s.volunteerId, volunteerId), binding(t, since)));
      const submissions = await db
        .select({ organizationId: r.organizationId, until: r.endedAt })
        .from(r)
        .innerJoin(t.recordSteps, and(eq(t.recordSteps.recordId, r.id), eq(t.recordSteps.version, 1)))
        .where(and(eq(r.volunteerId, volunteerId), submitted(t, since)));
      return [
        ...signUps.map((row) => ({ ...row, kind: "SIGNED_UP" as const })),
        ...submissions.map((row) => ({ ...row, kind: "SUBMITTED" as const })),
      ];
    },
  };
}
