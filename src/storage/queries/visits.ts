import { and, asc, eq, gt, gte, inArray, isNull, lte, not, or, type SQL, sql } from "drizzle-orm";
import type { Tables } from "../../../drizzle/tables";
import type { Day } from "../../domain/calendar";
import type { Recipient } from "../../domain/recipients";
import type { Slot, Visit } from "../../domain/visits";
import type { RecipientQuery, SearchTerm, VisitsView } from "../store";
import { afterPosition, type Database, grouped, inChunks, keyed, openLookup, whole } from "./lookups";

/** Those who are looked after, and visits to them. */
export function openVisitsView(db: Database, t: Tables): VisitsView {
  const lookup = openLookup(db);
  const { recipients, visits, searchTerms } = t;
  const recipientsById = lookup<Recipient>("recipient", recipients, recipients.id);
  const recipientsByPerson = lookup<Recipient>("recipient_person", recipients, recipients.personId);
  const recipientsByAccount = lookup<Recipient>("recipient_account", recipients, recipients.accountId);
  const visitsById = lookup<Visit>("visit", visits, visits.id);
  const visitsByRecord = lookup<Visit>("visit_record", visits, visits.recordId);

  return {
    recipients: async (ids) => keyed(await recipientsById(ids), (row) => row.id),
    recipientOfPerson: async (personId) => (await recipientsByPerson([personId]))[0],
    recipientsByAccount: async (ids) => keyed(await recipientsByAccount(ids), (row) => row.accountId),
    async recipientList(query, page) {
      const position = page.after
        ? afterPosition([{ column: recipients.divisionCode }, { column: recipients.id }], page.after)
        : undefined;
      const rows = await db
        .select()
        .from(recipients)
        .where(and(matching(query), position))
        .orderBy(asc(recipients.divisionCode), asc(recipients.id))
        .limit(page.first);
      return rows as Recipient[];
    },
    async recipientCount(query) {
      const [row] = await db
        .select({ count: whole(sql`count(*)`) })
        .from(recipients)
        .where(matching(query));
      return row?.count ?? 0;
    },
    visits: async (ids) => keyed(await visitsById(ids), (row) => row.id),
    visitsOfRecords: async (ids) => grouped(await visitsByRecord(ids), (row) => row.recordId as string),
    async visitsOf(recipientIds, { from, until }) {
      const rows = await inChunks(recipientIds, async (some) =>
        db
          .select()
          .from(visits)
          .where(
            and(
              inArray(visits.recipientId, some),
              eq(visits.withdrawn, false),
              gte(visits.on, from),
              lte(visits.on, until),
            ),
          )
          .orderBy(asc(visits.at), asc(visits.id)),
      );
      return grouped(rows as Visit[], (row) => row.recipientId);
    },
    async owed(slot, divisionCodes, met, page) {
      const visited = visitedFor(slot);
      const rows = await db
        .select({ recipient: recipients, met: whole(sql`case when ${visited} then 1 else 0 end`) })
        .from(recipients)
        .where(
          and(
            inArray(recipients.divisionCode, [...divisionCodes]),
            owedOf(slot),
            met === null ? undefined : met ? visited : not(visited),
            page.after ? gt(recipients.id, page.after[0] as string) : undefined,
          ),
        )
        .orderBy(asc(recipients.id))
        .limit(page.first);
      return rows.map((row) => ({ recipient: row.recipient as Recipient, met: row.met === 1 }));
    },
    async coverage(slot, divisionCodes, seenBy) {
      return db
        .select({
          divisionCode: recipients.divisionCode,
          owed: whole(sql`count(*)`),
          met: whole(sql`sum(case when ${visitedFor(slot, seenBy)} then 1 else 0 end)`),
        })
        .from(recipients)
        .where(and(owedOf(slot), divisionCodes ? inArray(recipients.divisionCode, [...divisionCodes]) : undefined))
        .groupBy(recipients.divisionCode)
        .orderBy(asc(recipients.divisionCode));
    },
  };

  function owedOf({ listedBy, until }: Slot): SQL | undefined {
    return and(
      lte(recipients.listedOn, listedBy),
      or(isNull(recipients.listedUntil), gte(recipients.listedUntil, until)),
    );
  }
  function visitedFor({ key }: Slot, seenBy?: Day): SQL {
    const inTime = seenBy === undefined ? sql`1 = 1` : lte(visits.on, seenBy);
    return sql`exists (select 1 from ${visits} where ${visits.obligation} = ${key} and ${visits.recipientId} = ${recipients.id} and ${eq(visits.withdrawn, false)} and ${inTime})`;
  }
  function found({ kind, hash }: SearchTerm): SQL {
    return sql`exists (select 1 from ${searchTerms} where ${searchTerms.hash} = ${hash} and ${searchTerms.kind} = ${kind} and ${searchTerms.personId} = ${recipients.personId})`;
  }
  function matching({ divisionCodes, within, terms, anyTerm, on }: RecipientQuery): SQL | undefined {
    return and(
      divisionCodes && inArray(recipients.divisionCode, [...divisionCodes]),
      within && inArray(recipients.divisionCode, [...within]),
      lte(recipients.listedOn, on),
      or(isNull(recipients.listedUntil), gte(recipients.listedUntil, on)),
      ...terms.map(found),
      anyTerm && or(sql`1 = 0`, ...anyTerm.map(found)),
    );
  }
}
