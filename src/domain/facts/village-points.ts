import { enteredOn, fact, type StateOf, seq } from "./shape";
import { code, count, day, id, int, optional, person, sealedRow, text } from "./words";

/** A household that a village keeps points for; its own account, in a unit that is never time (domain.md 2.1 I). */
export const householdSet = fact(
  "HOUSEHOLD_SET",
  26,
  {
    id: id("household"),
    /** Under whose key what is said of it is sealed. */
    personId: person,
    householdNo: text,
    divisionCode: code,
    /** Of the quarter in which it was registered: `HouseholdQuarter`. */
    accountId: id("account"),
    version: count,
  },
  {
    into: "households",
    also: {
      householdStandings: {
        key: ["householdId", "version"],
        once: true,
        columns: {
          householdId: "id",
          version: "version",
          householdNo: "householdNo",
          divisionCode: "divisionCode",
          since: enteredOn,
          seq,
        },
      },
    },
  },
);
export type Household = StateOf<typeof householdSet>;

/** A quarter begins with its base in an account of its own: what is left of one quarter is neither carried nor owed. */
export const householdQuarterSet = fact(
  "HOUSEHOLD_QUARTER_SET",
  28,
  {
    householdId: id("household"),
    /** `2026-Q3`. */
    quarter: code,
    accountId: id("account"),
  },
  { into: "householdQuarters", key: ["householdId", "quarter"], once: true },
);
export type HouseholdQuarter = StateOf<typeof householdQuarterSet>;

/** Points given or taken, once, for a reason. */
export const villagePointsSet = fact(
  "VILLAGE_POINTS_SET",
  27,
  {
    id: id("points"),
    householdId: id("household"),
    /** The transfer that moved them. */
    transferSeq: count,
    /** Below zero where they were taken. */
    points: int,
    on: day,
    reasonId: sealedRow,
    /** The transfer that took the entry back; null while it stands. */
    reversedBySeq: optional(count),
    version: count,
  },
  { into: "villagePoints" },
);
export type VillagePoints = StateOf<typeof villagePointsSet>;
