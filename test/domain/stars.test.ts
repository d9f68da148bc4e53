import type { StarAward } from "../../src/domain/facts/stars";
import { noTotals, type ServiceTotals } from "../../src/domain/hours/totals";
import { Refusal } from "../../src/domain/kit/refusal";
import { Policies } from "../../src/domain/policies";
import type { PolicyKey } from "../../src/domain/policies/parameters";
import {
  basisOn,
  carriedLevel,
  checkGrant,
  checkProposal,
  countedMinutes,
  downgraded,
  levelAt,
  mayBeShown,
  nextStar,
  restored,
  standingAward,
} from "../../src/domain/stars";
import { policies } from "../support/policies";

const day = "2026-09-20";
/** The same rules, one of them with another value from a day on. */
const withPolicy = (key: PolicyKey, value: unknown, effectiveFrom: string) =>
  new Policies([
    ...policies.versions,
    { ...policies.inForce(key, day), id: `later_${key}`, value, effectiveFrom, seq: policies.versions.length },
  ]);
const hours = (checkedIn: number, entered = 0, backfilled = 0, imported = 0): ServiceTotals => ({
  ...noTotals("volunteer_1"),
  checkedIn: checkedIn * 60,
  entered: entered * 60,
  backfilled: backfilled * 60,
  imported: imported * 60,
});
const ladder = policies.inForce("star.thresholdsHours", day);
const award = (fields: Partial<StarAward> = {}): StarAward => ({
  id: "star_1",
  volunteerId: "volunteer_1",
  divisionCode: "fengqiao",
  organizationId: null,
  level: 2,
  heldLevel: 2,
  state: "GRANTED",
  basisMinutes: 18_000,
  policyId: ladder.id,
  policyIds: [ladder.id],
  noticeUntil: "2026-09-10",
  contested: false,
  awardedOn: "2026-09-11",
  version: 2,
  ...fields,
});
const codeOf = (work: () => unknown): string => {
  try {
    work();
    return "done";
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
};

test.each<[minutes: number, level: number]>([
  [0, 0],
  [5_999, 0],
  [6_000, 1], // the hundredth hour is whole
  [17_999, 1],
  [18_000, 2],
  [36_000, 3],
  [60_000, 4],
  [89_999, 4],
  [90_000, 5],
  [900_000, 5],
])("%i minutes reach star %i", (minutes, level) => {
  expect(levelAt(minutes, ladder.value as number[])).toBe(level);
});

test.each<[what: string, totals: ServiceTotals, hours: number]>([
  ["all that was confirmed in time counts", hours(40, 30, 0, 30), 100],
  ["what was entered late counts up to a fifth of all", hours(80, 0, 20), 100],
  ["what is above that fifth does not", hours(60, 0, 40), 80],
  ["late hours alone count a fifth", hours(0, 0, 100), 20],
])("%s", (_what, totals, counted) => {
  expect(countedMinutes(totals, policies, day)).toBe(counted * 60);
});

test("by another basis only what was checked in counts", () => {
  const other = withPolicy("star.basis", "CHECKED_IN_MINUTES", "2026-01-01");
  expect(countedMinutes(hours(40, 30, 20, 10), other, day)).toBe(40 * 60);
});

test("a late share of nothing counts none of it", () => {
  expect(countedMinutes(hours(80, 0, 20), withPolicy("star.countsBackfilled", 0, "2026-01-01"), day)).toBe(80 * 60);
});

test.each<[level: number, minutes: number, next: object | null]>([
  [0, 0, { level: 1, minutesRemaining: 6_000 }],
  [0, 5_400, { level: 1, minutesRemaining: 600 }],
  [0, 6_600, { level: 1, minutesRemaining: 0 }], // reached, and not granted yet
  [1, 17_880, { level: 2, minutesRemaining: 120 }],
  [5, 99_999, null],
])("after star %i with %i minutes", (level, minutes, next) => {
  expect(nextStar(level, minutes, policies, day)).toEqual(next);
});

test.each<[what: string, level: number, awards: StarAward[], totals: ServiceTotals, outcome: string]>([
  ["the hours are there", 1, [], hours(0, 100), "done"],
  ["a minute is missing", 1, [], { ...hours(0, 100), entered: 5_999 }, "STAR_MINUTES_SHORT"],
  ["the star is held", 1, [award()], hours(0, 300), "STAR_HELD"],
  ["a lower one is held", 2, [award({ level: 1, heldLevel: 1 })], hours(0, 300), "done"],
  ["it is proposed", 1, [award({ state: "PUBLIC_NOTICE", heldLevel: 0 })], hours(0, 300), "STAR_PENDING"],
  ["a lower one is proposed", 2, [award({ level: 1, state: "PROPOSED", heldLevel: 0 })], hours(0, 300), "done"],
  ["it was refused before", 2, [award({ state: "REFUSED", heldLevel: 0 })], hours(0, 300), "done"],
  ["it was brought down", 2, [award({ state: "DOWNGRADED", heldLevel: 1 })], hours(0, 300), "done"],
])("a proposal where %s: level %i", (_what, level, awards, totals, outcome) => {
  expect(codeOf(() => checkProposal(level, awards, basisOn(totals, policies, day), policies, day))).toBe(outcome);
});

const open = { state: "PUBLIC_NOTICE", heldLevel: 0, awardedOn: null } as const;
test.each<[what: string, of: Partial<StarAward>, totals: ServiceTotals, reason: string | null, outcome: string]>([
  ["the notice is over", {}, hours(0, 300), null, "done"],
  ["the notice runs today", { noticeUntil: day }, hours(0, 300), null, "NOTICE_RUNNING"],
  ["an objection has no answer", { contested: true }, hours(0, 300), null, "REASON_MISSING"],
  ["an objection is answered", { contested: true }, hours(0, 300), "不成立", "done"],
  ["the hours went down meanwhile", {}, hours(0, 298), null, "STAR_MINUTES_SHORT"],
  ["the prefecture grants it", { level: 3 }, hours(0, 600), null, "STAR_AUTHORITY"],
  ["the prefecture's paper is named", { level: 3 }, hours(0, 600), "绍民〔2026〕9号", "done"],
])("a grant where %s", (_what, of, totals, reason, outcome) => {
  const one = award({ ...open, ...of });
  const weighed = { awards: [one], basis: basisOn(totals, policies, day), reason };
  expect(codeOf(() => checkGrant(one, weighed, policies, day))).toBe(outcome);
});

test.each<[what: string, of: Partial<StarAward>, hours: number, left: number | null]>([
  ["the hours still carry it", {}, 300, null],
  ["they carry one less", {}, 298, 1], // F07
  ["they carry none", {}, 99, 0],
  ["it was brought down before", { state: "DOWNGRADED", heldLevel: 1 }, 298, null],
  ["it was brought down, and goes on", { state: "DOWNGRADED", heldLevel: 1 }, 99, 0],
  ["it is suspended", { state: "SUSPENDED", heldLevel: 0 }, 0, null],
  ["it is only proposed", open, 0, null],
])("after a reversal where %s", (_what, of, left, expected) => {
  expect(downgraded(award(of), left * 60, policies, day)).toBe(expected);
});

test("where the policy keeps stars, a reversal takes none", () => {
  expect(downgraded(award(), 0, withPolicy("star.downgradeOnReversal", "KEEP", "2026-01-01"), day)).toBeNull();
});

test("a star is weighed by the ladder under which it was granted", () => {
  const steeper = withPolicy("star.thresholdsHours", [200, 400, 800, 1600, 3200], "2026-09-15");
  expect(levelAt(18_000, steeper.inForce("star.thresholdsHours", day).value as number[])).toBe(1);
  expect(carriedLevel(award(), 18_000, steeper)).toBe(2);
  expect(downgraded(award(), 18_000, steeper, day)).toBeNull();
});

test.each<[of: Partial<StarAward>, hours: number, expected: number | "STAR_MINUTES_SHORT"]>([
  [{ state: "SUSPENDED", heldLevel: 0 }, 300, 2],
  [{ state: "SUSPENDED", heldLevel: 0 }, 298, 1],
  [{ state: "SUSPENDED", heldLevel: 0 }, 99, "STAR_MINUTES_SHORT"],
  [{ state: "DOWNGRADED", heldLevel: 1 }, 300, 2],
  [{ state: "DOWNGRADED", heldLevel: 1 }, 299, "STAR_MINUTES_SHORT"], // nothing would come back
  [{ state: "DOWNGRADED", heldLevel: 0 }, 120, 1],
])("restored as far as the hours carry it: %j", (of, left, expected) => {
  let level = 0;
  const code = codeOf(() => {
    level = restored(award(of), left * 60, policies);
  });
  expect(code === "done" ? level : code).toBe(expected);
});

test("the highest star that is held stands, and of equals the first", () => {
  const first = award({ id: "star_a", level: 1, heldLevel: 1, awardedOn: "2025-01-02" });
  const later = award({ id: "star_b", state: "DOWNGRADED", heldLevel: 1, awardedOn: "2026-05-06" });
  expect(standingAward([later, first])?.id).toBe("star_a");
  expect(standingAward([first, award({ id: "star_c" })])?.id).toBe("star_c");
  expect(standingAward([award({ heldLevel: 0 })])).toBeNull();
});

test.each<[birthDate: string | null, shown: boolean]>([
  [null, true], // nobody entered a birth date
  ["2012-09-20", true], // fourteen today
  ["2012-09-21", false],
])("who was born on %s may be shown: %s", (birthDate, shown) => {
  expect(mayBeShown(birthDate, policies, day)).toBe(shown);
});
