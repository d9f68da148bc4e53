import { and, asc, eq, gte, inArray, isNull, lte, sql } from "drizzle-orm";
import type { Tables } from "../../../drizzle/tables";
import type { Revision } from "../../domain/facts/revisions";
import type { Household, HouseholdQuarter, VillagePoints } from "../../domain/facts/village-points";
import { readNumber } from "../../domain/people/numbers";
import type { VillagesView } from "../store";
import { type Database, grouped, inChunks, keyed, listed, openLookup, selecting, whole } from "./lookups";

/** Households and their points. */
export function openVillagesView(db: Database, t: Tables): VillagesView {
  const lookup = openLookup(db);
  const { households, householdStandings: s, householdQuarters, villagePoints, revisions } = t;
  const householdsById = lookup<Household>("household", households, households.id);
  const quartersByHousehold = lookup<HouseholdQuarter>(
    "household_quarter",
    householdQuarters,
    householdQuarters.householdId,
    householdQuarters.quarter,
  );
  const revisionsOf = lookup<Revision>("revisions", revisions, revisions.subjectId, revisions.version);
  const splitsInto = lookup<Revision>("revisions_other", revisions, revisions.otherId, revisions.seq);
  const pointsByTransfer = lookup<VillagePoints>("points_transfer", villagePoints, villagePoints.transferSeq);

  return {
    households: async (ids) => keyed(await householdsById(ids), (row) => row.id),
    async householdByNo(divisionCode, householdNo) {
      const [row] = await db
        .select()
        .from(households)
        .where(
          and(
            eq(households.divisionCode, divisionCode),
            eq(sql`upper(${households.householdNo})`, readNumber(householdNo)),
          ),
        );
      return row as Household | undefined;
    },
    async revisions(ids) {
      const own = await revisionsOf(ids);
      const from = (await splitsInto(ids)).map((step) => ({ step, id: step.otherId as string }));
      const all = [...from, ...own.map((step) => ({ step, id: step.subjectId }))];
      const byHousehold = grouped(all, ({ id }) => id);
      return new Map([...byHousehold].map(([id, rows]) => [id, rows.map(({ step }) => step)]));
    },
    householdQuarters: (householdId) => quartersByHousehold([householdId]),
    async householdBoard(divisionCodes, { quarter, from, until }, page) {
      const counted = sql`${villagePoints.householdId} = ${households.id} and ${villagePoints.reversedBySeq} is null and ${villagePoints.on} >= ${from} and ${villagePoints.on} <= ${until}`;
      const net = whole(sql`(select sum(${villagePoints.points}) from ${villagePoints} where ${counted})`);
      // A quarter's board keeps its households: each where it was at the quarter's end.
      const last = sql`(select max(later.version) from ${s} as later where later.household_id = ${households.id} and later.since <= ${until})`;
      const fields = { household: households, net, householdNo: s.householdNo, divisionCode: s.divisionCode };
      type Row = { household: Household; net: number } & Pick<Household, "householdNo" | "divisionCode">;
      const rows = await listed<Row>(page, {
        order: [{ column: net, down: true, count: true }, { column: s.householdNo }, { column: households.id }],
        where: and(
          inArray(s.divisionCode, [...divisionCodes]),
          sql`exists (select 1 from ${householdQuarters} where ${householdQuarters.householdId} = ${households.id} and ${householdQuarters.quarter} <= ${quarter})`,
        ),
        select: (counted) =>
          selecting(db, counted ?? fields)
            .from(households)
            .innerJoin(s, and(eq(s.householdId, households.id), eq(s.version, last))),
      });
      return rows.map(({ household, net, ...then }) => ({ household: { ...household, ...then }, net }));
    },
    villagePointsByTransfer: async (seq) => (await pointsByTransfer([seq]))[0],
    async villagePointsOf(householdIds, { from, until }) {
      const rows = await inChunks(householdIds, async (chunk) =>
        db
          .select()
          .from(villagePoints)
          .where(
            and(
              inArray(villagePoints.householdId, chunk),
              isNull(villagePoints.reversedBySeq),
              gte(villagePoints.on, from),
              lte(villagePoints.on, until),
            ),
          )
          .orderBy(asc(villagePoints.on), asc(villagePoints.transferSeq)),
      );
      return grouped(rows as VillagePoints[], (row) => row.householdId);
    },
  };
}
