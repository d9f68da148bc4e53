import { type OddityFacts, type OddityKind, odditiesOf } from "../../src/domain/activities/oddities";

/** What makes a record worth a look, one row each; a plain one has nothing. */
describe("what is odd about a record", () => {
  const plain = {
    state: "SUBMITTED",
    recordBy: "2026-09-18",
    origin: "CHECKED_IN",
    confirmationsNeeded: 1,
    serviceMinutes: 120,
  } as const;
  const facts: OddityFacts = {
    today: "2026-09-18",
    evidence: 1,
    attendance: { method: "CODE", sentLate: false, placeVerdict: "WITHIN" },
    isOwnStaff: false,
    perDayMost: 600,
  };
  const seen = facts.attendance as NonNullable<OddityFacts["attendance"]>;
  type Row = [record: Partial<Parameters<typeof odditiesOf>[0]>, facts: Partial<OddityFacts>, found: OddityKind[]];
  const rows: Row[] = [
    [{}, {}, []],
    [{}, { today: "2026-09-19" }, ["LATE"]], // the day after its last one
    [{ state: "POSTED" }, { today: "2026-09-19" }, []], // what was decided is not late any more
    [{ origin: "BACKFILLED", confirmationsNeeded: 2 }, {}, ["BACKFILLED"]],
    [{ confirmationsNeeded: 2 }, {}, ["OVER_DAY"]],
    [{ serviceMinutes: 300 }, {}, []], // half of the day's 600 is not long
    [{ serviceMinutes: 301 }, {}, ["LONG"]],
    [{ origin: "ENTERED" }, { attendance: null, evidence: 0 }, ["NO_EVIDENCE"]],
    [{ origin: "ENTERED" }, { attendance: null }, []],
    [{}, { attendance: { ...seen, method: "LEAD" } }, ["TICKED_BY_HAND"]],
    [{}, { attendance: { ...seen, method: "LEAD", sentLate: true } }, ["NOT_SEEN", "SENT_LATE", "TICKED_BY_HAND"]],
    [{}, { attendance: { ...seen, sentLate: true } }, ["SENT_LATE"]],
    [{}, { attendance: { ...seen, placeVerdict: "NOT_GIVEN" } }, ["PLACE_NOT_GIVEN"]],
    [{}, { isOwnStaff: true }, ["OWN_STAFF"]],
  ];
  it.each(rows)("%j with %j is %j", (record, given, found) => {
    expect(odditiesOf({ ...plain, ...record }, { ...facts, ...given })).toEqual(found);
  });
});
