import { and, asc, desc, eq, gte, inArray, isNull, lte, sql } from "drizzle-orm";
import type { Tables } from "../../../drizzle/tables";
import { readNumber } from "../../domain/numbers";
import type { Household, HouseholdQuarter, VillagePoints } from "../../domain/villagepoints";
import type { VillagesView } from "../store";
import { afterPosition, type Database, grouped, inChunks, keyed, openLookup, whole } from "./lookups";

/** Households and their points. */
export function openVillagesView(db: Database, t: Tables): VillagesView {
  const lookup = openLookup(db);
  const { households, householdQuarters, villagePoints } = t;
  const householdsById = lookup<Household>("household", households, households.id);
  const quartersByHousehold = lookup<HouseholdQuarter>(
    "household_quarter",
    householdQuarters,
    householdQuarters.householdId,
    householdQuarters.quarter,
  );
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
    householdQuarters: (householdId) => quartersByHousehold([householdId]),
    async householdBoard(divisionCodes, { quarter, from, until }, page) {
      const counted = sql`${villagePoints.householdId} = ${households.id} and ${villagePoints.reversedBySeq} is null and ${villagePoints.on} >= ${from} and ${villagePoints.on} <= ${until}`;
      const net = whole(sql`(select sum(${villagePoints.points}) from ${villagePoints} where ${counted})`);
      const rows = await db
        .select({ household: households, net })
        .from(households)
        .where(
          and(
            inArray(households.divisionCode, [...divisionCodes]),
            sql`exists (select 1 from ${householdQuarters} where ${householdQuarters.householdId} = ${households.id} and ${householdQuarters.quarter} <= ${quarter})`,
            page.after
              ? afterPosition(
                  [{ column: net, down: true }, { column: households.householdNo }, { column: households.id }],
                  [Number(page.after[0]), page.after[1], page.after[2]],
                )
              : undefined,
          ),
        )
        .orderBy(desc(net), asc(households.householdNo), asc(households.id))
        .limit(page.first);
      return rows.map(({ household, net }) => ({ household: household as Household, net }));
    },
    villagePointsByTransfer: async (seq) => (await pointsByTransfer([seq]))[0],
    async villagePointsOf(householdIds, { from, until }) {
      const rows = await inChunks(householdIds, async (some) =>
        db
          .select()
          .from(villagePoints)
          .where(
            and(
              inArray(villagePoints.householdId, some),
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
