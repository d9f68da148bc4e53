import { and, asc, eq, gte, inArray, isNull, lte, not, notInArray, or, type SQL, sql } from "drizzle-orm";
import type { Tables } from "../../../drizzle/tables";
import type { Listing, Recipient, Visit } from "../../domain/facts/visits";
import { addDays, type Day, startOf } from "../../domain/kit/calendar";
import { whenKnown } from "../../domain/kit/soon";
import type { Slot } from "../../domain/visits";
import type { Death } from "../../domain/visits/recipients";
import type { RecipientQuery, SearchTerm, VisitsView } from "../store";
import { type Database, grouped, keyed, listed, openList, openLookup, rowsOf, selecting, whole } from "./lookups";

interface Days {
  from: Day;
  until: Day;
}

/** Those who are looked after, and visits to them. */
export function openVisitsView(db: Database, t: Tables): VisitsView {
  const lookup = openLookup(db);
  const { recipients, listings, visits, searchTerms, volunteers, volunteerStandings } = t;
  const recipientsById = lookup<Recipient>("recipient", recipients, recipients.id);
  const recipientsByPerson = lookup<Recipient>("recipient_person", recipients, recipients.personId);
  const recipientsByAccount = lookup<Recipient>("recipient_account", recipients, recipients.accountId);
  const listingsOf = lookup<Listing>("listing", listings, listings.recipientId, listings.listedOn);
  const visitsById = lookup<Visit>("visit", visits, visits.id);
  /** Decided, in words by which no index is chosen: nearly all visits are, and a few are looked for among them. */
  const decided = sql`not ${visits.waits}`;
  /** A visit at which a death was recorded, and which stands. */
  const deathly = and(eq(visits.deceased, true), decided, eq(visits.withdrawn, false));
  /** The entry by which a volunteer came into the state of today. */
  const isOfState = and(
    eq(volunteerStandings.volunteerId, volunteers.id),
    eq(volunteerStandings.version, volunteers.version),
  );
  const visitsByRecord = lookup<Visit>("visit_record", visits, visits.recordId);
  const visitsOfDeath = openList<string, Visit>(db, "visit_death", (ids) =>
    db
      .select()
      .from(visits)
      .where(and(or(inArray(visits.recipientId, ids), inArray(visits.countsForId, ids)), deathly))
      .orderBy(asc(visits.at)),
  );
  const deathsRecorded = openList<string, { recipientId: string; on: Day }>(db, "recipient_death", (ids) =>
    db
      .select({ recipientId: recipients.id, on: volunteerStandings.enteredOn })
      .from(recipients)
      .innerJoin(volunteers, and(eq(volunteers.personId, recipients.personId), eq(volunteers.state, "DECEASED")))
      .innerJoin(volunteerStandings, isOfState)
      .where(inArray(recipients.id, ids)),
  );
  const visitsFor = standing("visit_for", visits.countsForId);
  const visitsOf = standing("visit_of", visits.recipientId);

  return {
    recipients: (ids) => whenKnown(recipientsById(ids), (rows) => keyed(rows, (row) => row.id)),
    recipientOfPerson: async (personId) => (await recipientsByPerson([personId]))[0],
    recipientsByAccount: async (ids) => keyed(await recipientsByAccount(ids), (row) => row.accountId),
    recipientList: (query, page) =>
      listed(page, {
        order: [{ column: recipients.divisionCode }, { column: recipients.id }],
        where: matching(query),
        select: rowsOf(db, recipients),
      }),
    async recipientCount(query) {
      const [row] = await db
        .select({ count: whole(sql`count(*)`) })
        .from(recipients)
        .where(matching(query));
      return row?.count ?? 0;
    },
    visits: async (ids) => keyed(await visitsById(ids), (row) => row.id),
    visitsOfRecords: async (ids) => grouped(await visitsByRecord(ids), (row) => row.recordId as string),
    listingsOf: async (ids) => grouped(await listingsOf(ids), (row) => row.recipientId),
    async deathsOf(recipientIds) {
      const ids = [...new Set(recipientIds)];
      const [rows, recorded] = [await visitsOfDeath(ids), await deathsRecorded(ids)];
      const deaths = new Map<string, Death>();
      for (const { recipientId, countsForId, at, on } of rows)
        for (const id of [recipientId, countsForId])
          if (!deaths.has(id)) deaths.set(id, { recipientId: id, at, on, from: "VISIT" });
      for (const { recipientId, on } of recorded) {
        const visited = deaths.get(recipientId);
        if (!visited || on < visited.on)
          deaths.set(recipientId, { recipientId, at: startOf(addDays(on, 1)) - 1, on, from: "VOLUNTEER" });
      }
      return deaths;
    },
    visitsFor: async (ids, during) => grouped(await visitsFor(ids, during), (row) => row.countsForId),
    visitsOf: async (ids, during) => grouped(await visitsOf(ids, during), (row) => row.recipientId),
    async visitsWaiting(divisionCodes, page) {
      const fields = { visit: visits };
      const rows = await listed<{ visit: Visit }>(page, {
        order: [{ column: visits.at, count: true }, { column: visits.id }],
        where: and(
          eq(visits.waits, true),
          eq(visits.withdrawn, false),
          inArray(recipients.divisionCode, [...divisionCodes]),
        ),
        select: (counted) =>
          selecting(db, counted ?? fields)
            .from(visits)
            .innerJoin(recipients, eq(recipients.id, visits.recipientId)),
      });
      return rows.map(({ visit }) => visit);
    },
    async unmatched(from, obligations) {
      const rows = await db
        .selectDistinct({ id: visits.countsForId })
        .from(visits)
        .where(
          and(
            gte(visits.on, from),
            and(eq(visits.met, true), decided, eq(visits.withdrawn, false)),
            or(isNull(visits.obligation), notInArray(visits.obligation, [...obligations])),
          ),
        )
        .orderBy(asc(visits.countsForId));
      return rows.map(({ id }) => id);
    },
    async owed(slot, divisionCodes, met, page) {
      const visited = metBy(slot);
      const fields = { recipient: recipients, met: whole(sql`case when ${visited} then 1 else 0 end`) };
      const rows = await listed<{ recipient: Recipient; met: number }>(page, {
        order: [{ column: listings.recipientId }],
        where: and(
          inArray(listings.divisionCode, [...divisionCodes]),
          owedOf(slot),
          met === null ? undefined : met ? visited : not(visited),
        ),
        select: (counted) =>
          selecting(db, counted ?? fields)
            .from(listings)
            .innerJoin(recipients, eq(recipients.id, listings.recipientId)),
      });
      return rows.map(({ recipient, met }) => ({ recipient, met: met === 1 }));
    },
    async coverage(slot, divisionCodes, seenBy) {
      const visited = seenBy === undefined ? metBy(slot) : seenDuring(slot, seenBy);
      return db
        .select({
          divisionCode: listings.divisionCode,
          owed: whole(sql`count(*)`),
          met: whole(sql`sum(case when ${visited} then 1 else 0 end)`),
        })
        .from(listings)
        .where(and(owedOf(slot), divisionCodes ? inArray(listings.divisionCode, [...divisionCodes]) : undefined))
        .groupBy(listings.divisionCode)
        .orderBy(asc(listings.divisionCode));
    },
  };

  /** The visits of days that were not withdrawn, by one column. */
  function standing(name: string, by: typeof visits.countsForId | typeof visits.recipientId) {
    const ask = openList<string, Visit>(db, name, (ids) =>
      db
        .select()
        .from(visits)
        .where(
          and(
            inArray(by, ids),
            eq(visits.withdrawn, false),
            gte(visits.on, sql.placeholder("from")),
            lte(visits.on, sql.placeholder("until")),
          ),
        )
        .orderBy(asc(visits.at), asc(visits.id)),
    );
    return (ids: readonly string[], { from, until }: Days) => ask([...new Set(ids)], { from, until });
  }

  /** The rule of `owingListing`, by the database. */
  function owedOf(slot: Slot): SQL {
    const later = spanOwes("later", slot);
    return sql`${spanOwes("listings", slot)}
      and not exists (select 1 from ${listings} "later" where "later"."recipient_id" = ${listings.recipientId}
        and "later"."listed_on" > ${listings.listedOn} and ${later})
      and not ${diedBefore(listings.recipientId, slot.until)}`;
  }
  /** Whether the recipient died before a day, by a visit or by the registration as a volunteer. */
  function diedBefore(recipientId: typeof listings.recipientId | typeof recipients.id, day: Day): SQL {
    return sql`(exists (select 1 from ${visits} where (${visits.countsForId} = ${recipientId} or ${visits.recipientId} = ${recipientId})
        and ${deathly} and ${visits.on} < ${day})
      or exists (select 1 from ${recipients} "dead" inner join ${volunteers} on ${volunteers.personId} = "dead"."person_id"
        inner join ${volunteerStandings} on ${isOfState}
        where "dead"."id" = ${recipientId} and ${volunteers.state} = 'DECEASED' and ${volunteerStandings.enteredOn} < ${day}))`;
  }
  function spanOwes(span: "listings" | "later", { listedBy, from, until }: Slot): SQL {
    const of = (column: string) =>
      span === "listings" ? sql`${listings}.${sql.identifier(column)}` : sql`"later".${sql.identifier(column)}`;
    const needed = sql`case when ${of("ending")} in ('UNLISTED', 'MOVED') then ${from} else ${until} end`;
    return sql`(${of("listed_on")} <= ${listedBy} and (${of("listed_until")} is null
      or (${of("listed_until")} >= ${needed} and ${of("listed_until")} >= ${of("listed_on")})))`;
  }
  function metBy({ key }: Slot): SQL {
    return sql`exists (select 1 from ${visits} where ${visits.obligation} = ${key} and ${visits.countsForId} = ${listings.recipientId} and ${eq(visits.withdrawn, false)})`;
  }
  function seenDuring({ from, until }: Slot, seenBy: Day): SQL {
    const last = seenBy < until ? seenBy : until;
    return sql`exists (select 1 from ${visits} where ${visits.countsForId} = ${listings.recipientId} and ${eq(visits.met, true)} and ${decided} and ${eq(visits.withdrawn, false)} and ${gte(visits.on, from)} and ${lte(visits.on, last)})`;
  }
  function hasTerm({ kind, hash }: SearchTerm): SQL {
    return sql`exists (select 1 from ${searchTerms} where ${searchTerms.hash} = ${hash} and ${searchTerms.kind} = ${kind} and ${searchTerms.personId} = ${recipients.personId})`;
  }
  function matching({ divisionCodes, within, terms, anyTerm, on }: RecipientQuery): SQL | undefined {
    return and(
      divisionCodes && inArray(recipients.divisionCode, [...divisionCodes]),
      within && inArray(recipients.divisionCode, [...within]),
      lte(recipients.listedOn, on),
      or(isNull(recipients.listedUntil), gte(recipients.listedUntil, on)),
      not(diedBefore(recipients.id, on)),
      ...terms.map(hasTerm),
      anyTerm && or(sql`1 = 0`, ...anyTerm.map(hasTerm)),
    );
  }
}
