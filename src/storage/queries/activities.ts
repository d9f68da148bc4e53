import { and, asc, count, eq, gt, gte, inArray, isNotNull, lt, ne, or, type SQL, sql } from "drizzle-orm";
import type { Tables } from "../../../drizzle/tables";
import { openStates } from "../../domain/activities/machine";
import type { Missed } from "../../domain/activities/signups";
import type { Counts, Tally } from "../../domain/activities/tallies";
import type {
  Activity,
  ActivityStep,
  Campaign,
  Fundraising,
  Shift,
  SignUpState,
  SignUpStep,
} from "../../domain/facts/activities";
import { overdueStates } from "../../domain/hours";
import type { Tried } from "../../domain/people/tries";
import type { ActivityQuery, ActivityView, Page, StoredAttendance, StoredSignUp } from "../store";
import {
  all,
  type Database,
  firstRow,
  grouped,
  inChunks,
  keyed,
  listed,
  openLookup,
  prepare,
  rowsOf,
  whole,
} from "./lookups";

/** The activities' part of the read side. */
export function openActivityView(db: Database, t: Tables): ActivityView {
  const lookup = openLookup(db);
  const { campaigns, activities, shifts, signUps, signUpSteps, attendances, fundraisings, tallies, tallyPeople } = t;

  const campaignsById = lookup<Campaign>("campaign", campaigns, campaigns.id);
  const campaignsBySlug = lookup<Campaign>("campaign_slug", campaigns, campaigns.slug);
  const activitiesById = lookup<Activity>("activity", activities, activities.id);
  const activitiesBySlug = lookup<Activity>("activity_slug", activities, activities.slug);
  const stepsByActivity = lookup<ActivityStep>(
    "activity_steps",
    t.activitySteps,
    t.activitySteps.activityId,
    t.activitySteps.version,
  );
  const shiftsById = lookup<Shift>("shift", shifts, shifts.id);
  const shiftsByActivity = lookup<Shift>("shift_activity", shifts, shifts.activityId, shifts.startsAt, shifts.id);
  const signUpsById = lookup<StoredSignUp>("sign_up", signUps, signUps.id);
  const stepsBySignUp = lookup<SignUpStep>("sign_up_steps", signUpSteps, signUpSteps.signUpId, signUpSteps.version);
  const attendancesById = lookup<StoredAttendance>("attendance", attendances, attendances.id);
  const attendancesBySignUp = lookup<StoredAttendance>("attendance_sign_up", attendances, attendances.signUpId);
  const fundraisingByActivity = lookup<Fundraising>("fundraising", fundraisings, fundraisings.activityId);
  const calendarByPerson = lookup<{ version: number }>("calendar", t.calendars, t.calendars.personId);
  const triedByKey = lookup<Tried>("tried", t.tries, t.tries.key);
  const totalBySubject = prepare(db, "tally_total", () =>
    db
      .select()
      .from(tallies)
      .where(and(eq(tallies.subject, sql.placeholder("subject")), eq(tallies.dimension, sql`'TOTAL'`))),
  );
  const parts = prepare(db, "tally_parts", () =>
    db
      .select()
      .from(tallies)
      .where(and(eq(tallies.subject, sql.placeholder("subject")), eq(tallies.dimension, sql.placeholder("dimension"))))
      .orderBy(asc(tallies.key)),
  );
  const held = prepare(db, "tally_place", () =>
    db
      .select({ places: tallyPeople.places })
      .from(tallyPeople)
      .where(
        and(
          eq(tallyPeople.subject, sql.placeholder("subject")),
          eq(tallyPeople.dimension, sql.placeholder("dimension")),
          eq(tallyPeople.key, sql.placeholder("key")),
          eq(tallyPeople.volunteerId, sql.placeholder("volunteerId")),
        ),
      ),
  );
  const bookingsOf = prepare(db, "bookings", () =>
    db
      .select({ signUp: signUps, startsAt: shifts.startsAt, endsAt: shifts.endsAt })
      .from(signUps)
      .innerJoin(shifts, eq(shifts.id, signUps.shiftId))
      .where(
        and(
          eq(signUps.volunteerId, sql.placeholder("id")),
          lt(shifts.startsAt, sql.placeholder("to")),
          gt(shifts.endsAt, sql.placeholder("from")),
        ),
      )
      .orderBy(asc(signUps.openedSeq)),
  );
  /** Help that a volunteer had promised, and did not give. */
  const missedOrders = prepare(db, "orders_missed", () =>
    db
      .select({ orders: count() })
      .from(t.serviceOrders)
      .where(
        and(
          eq(t.serviceOrders.volunteerId, sql.placeholder("id")),
          eq(t.serviceOrders.fault, "AS_VOLUNTEER"),
          gte(t.serviceOrders.neededFrom, sql.placeholder("from")),
          lt(t.serviceOrders.neededFrom, sql.placeholder("until")),
        ),
      ),
  );
  /** Attendances whose records wait, as their organisation knows them by reference. */
  const waitingRecords = (activityId: string) =>
    and(
      inArray(t.serviceRecords.state, [...overdueStates]),
      sql`exists (select 1 from ${attendances} where ${attendances.recordId} = ${t.serviceRecords.id} and ${attendances.activityId} = ${activityId})`,
    );
  /** Missed shifts: not come, or withdrawn too late, and not excused. */
  const missedShifts = and(
    or(eq(signUps.state, "NO_SHOW"), and(eq(signUps.state, "WITHDRAWN"), eq(signUps.late, true))),
    // A volunteer who came after all has not missed it.
    sql`not exists (select 1 from ${signUps} as came where came.volunteer_id = ${signUps.volunteerId} and came.shift_id = ${signUps.shiftId} and came.state in ('CHECKED_IN', 'COMPLETED'))`,
  );
  const missedSums = {
    noShows: whole(sql`count(distinct ${signUps.shiftId})`),
    malicious: whole(sql`count(distinct case when ${signUps.malicious} then ${signUps.shiftId} end)`),
  };

  return {
    campaigns: async (ids) => keyed(await campaignsById(ids), (row) => row.id),
    campaignBySlug: async (slug) => (await campaignsBySlug([slug]))[0],
    campaignList: (page) =>
      listed(page, {
        order: [{ column: campaigns.day, down: true }, { column: campaigns.id }],
        where: undefined,
        select: rowsOf(db, campaigns),
      }),
    activities: async (ids) => keyed(await activitiesById(ids), (row) => row.id),
    activityBySlug: async (slug) => (await activitiesBySlug([slug]))[0],
    activityList: (filter, page) =>
      listed(page, {
        order: [{ column: activities.startsAt, count: true }, { column: activities.id }],
        where: activityFilter(filter),
        select: rowsOf(db, activities),
      }),
    async activitiesOver(endedBefore, limit) {
      const rows = await db
        .select()
        .from(activities)
        .where(and(inArray(activities.state, [...openStates]), lt(activities.endsAt, endedBefore)))
        .orderBy(asc(activities.startsAt), asc(activities.id))
        .limit(limit);
      return rows as Activity[];
    },
    async unfilledShifts(startsAfter, limit) {
      const rows = await db
        .select({ shift: shifts })
        .from(shifts)
        .innerJoin(tallies, and(eq(tallies.subject, shifts.id), eq(tallies.dimension, "TOTAL")))
        .innerJoin(activities, eq(activities.id, shifts.activityId))
        .where(
          and(
            gt(shifts.startsAt, startsAfter),
            eq(shifts.dropped, false),
            inArray(activities.state, [...openStates]),
            gt(tallies.waitlisted, 0),
            lt(tallies.signedUp, shifts.capacity),
          ),
        )
        .orderBy(asc(shifts.startsAt), asc(shifts.id))
        .limit(limit);
      return rows.map(({ shift }) => shift as Shift);
    },
    activitySteps: async (ids) => grouped(await stepsByActivity(ids), (row) => row.activityId),
    shifts: async (ids) => keyed(await shiftsById(ids), (row) => row.id),
    shiftsOfActivities: async (ids) => grouped(await shiftsByActivity(ids), (row) => row.activityId),

    signUps: async (ids) => keyed(await signUpsById(ids), (row) => row.id),
    bookings: (id, { startsAt, endsAt }) => all(bookingsOf, { id, from: startsAt, to: endsAt }),
    async signUpsForShifts(volunteerId, shiftIds) {
      const rows = await inChunks(shiftIds, async (chunk) =>
        db
          .select()
          .from(signUps)
          .where(and(eq(signUps.volunteerId, volunteerId), inArray(signUps.shiftId, chunk)))
          .orderBy(asc(signUps.openedSeq)),
      );
      return keyed(rows as StoredSignUp[], (row) => row.shiftId);
    },
    async unmetSignUps(endedBefore, limit, volunteerId) {
      const rows = await db
        .select({ signUp: signUps })
        .from(signUps)
        .innerJoin(shifts, eq(shifts.id, signUps.shiftId))
        .innerJoin(activities, eq(activities.id, signUps.activityId))
        .where(
          and(
            eq(signUps.state, "ACCEPTED"),
            volunteerId === undefined ? undefined : eq(signUps.volunteerId, volunteerId),
            inArray(activities.state, [...openStates]),
            lt(shifts.endsAt, endedBefore),
          ),
        )
        .orderBy(asc(shifts.endsAt), asc(signUps.openedSeq))
        .limit(limit);
      return rows.map(({ signUp }) => signUp as StoredSignUp);
    },
    signUpsOfShift: (shiftId, states, page, numberEnds = null) =>
      signUpPage(
        and(
          eq(signUps.shiftId, shiftId),
          // Compared sign by sign: what was typed is no pattern.
          numberEnds === null
            ? undefined
            : sql`exists (select 1 from ${t.volunteers} where ${t.volunteers.id} = ${signUps.volunteerId} and substr(upper(${t.volunteers.volunteerNo}), length(${t.volunteers.volunteerNo}) - ${[...numberEnds].length - 1}) = ${numberEnds})`,
        ) as SQL,
        states,
        page,
        false,
      ),
    async signUpsOfActivity(activityId, states) {
      const rows = await db
        .select()
        .from(signUps)
        .where(and(eq(signUps.activityId, activityId), inArray(signUps.state, [...states])))
        .orderBy(asc(signUps.openedSeq));
      return rows as StoredSignUp[];
    },
    signUpsOfVolunteer: (volunteerId, states, page, within = null) =>
      signUpPage(
        and(
          eq(signUps.volunteerId, volunteerId),
          within === null
            ? undefined
            : sql`exists (select 1 from ${activities} where ${activities.id} = ${signUps.activityId} and ${
                or(
                  within.organizationIds.length
                    ? inArray(activities.organizationId, [...within.organizationIds])
                    : undefined,
                  within.divisionCodes.length ? inArray(activities.divisionCode, [...within.divisionCodes]) : undefined,
                  sql`1 = 0`,
                ) as SQL
              })`,
        ) as SQL,
        states,
        page,
        true,
      ),
    async positions(ids) {
      const rows = await inChunks(ids, async (chunk) =>
        db
          .select({
            id: signUps.id,
            position: whole(
              sql`(select count(*) from ${signUps} as earlier where earlier.shift_id = ${signUps.shiftId} and earlier.state = 'WAITLISTED' and earlier.opened_seq <= ${signUps.openedSeq})`,
            ),
          })
          .from(signUps)
          .where(and(inArray(signUps.id, chunk), eq(signUps.state, "WAITLISTED"))),
      );
      return new Map(rows.map((row) => [row.id, row.position]));
    },
    signUpNotices: (volunteerId, actorId, page) =>
      listed(page, {
        order: [{ column: signUpSteps.seq, down: true, count: true }],
        where: and(eq(signUpSteps.volunteerId, volunteerId), ne(signUpSteps.actorId, actorId)),
        select: rowsOf(db, signUpSteps),
      }),
    signUpSteps: async (ids) => grouped(await stepsBySignUp(ids), (row) => row.signUpId),
    async noticesRead(personId, ids) {
      const rows = await inChunks(ids, async (chunk) =>
        db
          .select()
          .from(t.noticesRead)
          .where(and(eq(t.noticesRead.personId, personId), inArray(t.noticesRead.noticeId, chunk))),
      );
      return new Map(rows.map((row) => [row.noticeId, row.readAt]));
    },
    async missed(volunteerId, from, to) {
      const [row] = await db
        .select(missedSums)
        .from(signUps)
        .innerJoin(shifts, eq(shifts.id, signUps.shiftId))
        .where(
          and(eq(signUps.volunteerId, volunteerId), missedShifts, gte(shifts.startsAt, from), lt(shifts.startsAt, to)),
        );
      const { noShows, malicious } = row as Missed;
      const [missed] = await all<{ orders: number }>(missedOrders, { id: volunteerId, from, until: to });
      const orders = missed?.orders ?? 0;
      return { noShows: noShows + orders, malicious };
    },
    async missing(from, to, least, within, limit) {
      return db
        .select({ volunteerId: signUps.volunteerId, ...missedSums })
        .from(signUps)
        .innerJoin(shifts, eq(shifts.id, signUps.shiftId))
        .innerJoin(t.volunteers, eq(t.volunteers.id, signUps.volunteerId))
        .where(
          and(
            missedShifts,
            gte(shifts.startsAt, from),
            lt(shifts.startsAt, to),
            eq(t.volunteers.state, "ACTIVE"),
            within === null
              ? undefined
              : or(
                  within.organizationIds.length
                    ? inArray(t.volunteers.vouchedBy, [...within.organizationIds])
                    : undefined,
                  within.divisionCodes.length
                    ? inArray(t.volunteers.divisionCode, [...within.divisionCodes])
                    : undefined,
                  sql`1 = 0`,
                ),
          ),
        )
        .groupBy(signUps.volunteerId)
        .having(or(sql`${missedSums.noShows} >= ${least.noShows}`, sql`${missedSums.malicious} >= ${least.malicious}`))
        .orderBy(asc(signUps.volunteerId))
        .limit(limit);
    },

    async tried(key) {
      const [row] = await triedByKey([key]);
      return row && { count: row.count, pauses: row.pauses, since: row.since, until: row.until };
    },

    attendances: async (ids) => keyed(await attendancesById(ids), (row) => row.id),
    attendancesOfSignUps: async (ids) => keyed(await attendancesBySignUp(ids), (row) => row.signUpId),
    async attendancesOfActivity(activityId) {
      const rows = await db
        .select()
        .from(attendances)
        .where(eq(attendances.activityId, activityId))
        .orderBy(asc(attendances.openedSeq));
      return rows as StoredAttendance[];
    },
    async attendanceCounts(activityId) {
      const rows = await db
        .select({ outcome: attendances.outcome, count: whole(sql`count(*)`) })
        .from(attendances)
        .where(eq(attendances.activityId, activityId))
        .groupBy(attendances.outcome);
      return rows as Awaited<ReturnType<ActivityView["attendanceCounts"]>>;
    },
    async recordsWaiting(activityId) {
      const [row] = await db
        .select({ count: whole(sql`count(*)`) })
        .from(t.serviceRecords)
        .where(waitingRecords(activityId));
      return row?.count ?? 0;
    },
    async recordIdsWaiting(activityId, limit) {
      const rows = await db
        .select({ id: t.serviceRecords.id })
        .from(t.serviceRecords)
        .where(and(waitingRecords(activityId), eq(t.serviceRecords.state, "SUBMITTED")))
        .orderBy(asc(t.serviceRecords.openedSeq))
        .limit(limit);
      return rows.map(({ id }) => id);
    },

    fundraisings: async (ids) => keyed(await fundraisingByActivity(ids), (row) => row.activityId),
    fundraisingsOverdue: (before, page) =>
      listed(page, {
        order: [{ column: fundraisings.dueOn }, { column: fundraisings.activityId }],
        where: lt(fundraisings.dueOn, before),
        select: rowsOf(db, fundraisings),
      }),
    calendarVersion: async (personId) => (await calendarByPerson([personId]))[0]?.version,

    async totalsOf(subjects) {
      if (subjects.length === 1)
        return keyed(await all<Tally>(totalBySubject, { subject: subjects[0] }), (row) => row.subject);
      const rows = await inChunks(subjects, async (chunk) =>
        db
          .select()
          .from(tallies)
          .where(and(inArray(tallies.subject, chunk), eq(tallies.dimension, "TOTAL"))),
      );
      return new Map(rows.map((row) => [row.subject, row as Counts]));
    },
    breakdown: (subject, dimension) => all(parts, { subject, dimension }),
    campaignOrganizations(campaignId, order, page) {
      const fields = {
        organizationId: t.organizations.id,
        name: t.organizations.name,
        serviceMinutes: tallies.serviceMinutes,
      };
      return listed(page, {
        order: [
          order === "NAME"
            ? { column: t.organizations.name }
            : { column: tallies.serviceMinutes, down: true, count: true },
          { column: t.organizations.id },
        ],
        where: and(eq(tallies.subject, campaignId), eq(tallies.dimension, "ORGANIZATION"), gt(tallies.activities, 0)),
        select: (counted) =>
          db
            .select((counted ?? fields) as typeof fields)
            .from(tallies)
            .innerJoin(t.organizations, eq(t.organizations.id, tallies.key)),
      });
    },
    placesHeld: async (place) => (await firstRow<{ places: number }>(held, { ...place }))?.places ?? 0,
  };

  function signUpPage(
    whose: SQL,
    states: readonly SignUpState[] | null,
    page: Page,
    newest: boolean,
  ): Promise<StoredSignUp[]> {
    return listed(page, {
      order: [{ column: signUps.openedSeq, down: newest, count: true }],
      where: and(whose, states ? inArray(signUps.state, [...states]) : undefined),
      select: rowsOf(db, signUps),
    });
  }

  function activityFilter(filter: ActivityQuery): SQL | undefined {
    const { states, divisionCodes, serviceTypes, during, seenWithin } = filter;
    return and(
      states && inArray(activities.state, [...states]),
      filter.campaignId === undefined ? undefined : eq(activities.campaignId, filter.campaignId),
      filter.organizationId === undefined ? undefined : eq(activities.organizationId, filter.organizationId),
      divisionCodes && inArray(activities.divisionCode, [...divisionCodes]),
      serviceTypes && inArray(activities.serviceType, [...serviceTypes]),
      during &&
        sql`exists (select 1 from ${shifts} where ${shifts.activityId} = ${activities.id} and ${eq(shifts.dropped, false)} and (${activities.reviewedBy} is null or ${shifts.announcedVenueId} is not null) and ${shifts.startsAt} < ${during.to} and ${shifts.endsAt} > ${during.from})`,
      seenWithin == null
        ? undefined
        : or(
            isNotNull(activities.reviewedBy),
            seenWithin.organizationIds.length
              ? inArray(activities.organizationId, [...seenWithin.organizationIds])
              : undefined,
            seenWithin.divisionCodes.length
              ? inArray(activities.divisionCode, [...seenWithin.divisionCodes])
              : undefined,
          ),
    );
  }
}
