import fc from "fast-check";
import { addDays, type Day, dayOf, startOf } from "../../src/domain/kit/calendar";
import { Policies } from "../../src/domain/policies";
import type { Occasion } from "../../src/domain/policies/values";
import { type Counting, matchVisits, type Slot, seasonOf } from "../../src/domain/visits";
import { policies } from "../support/policies";

/** The rules of a new bank, with other occasions and another number of visits a month. */
function withRules(occasions: readonly [code: string, from: Day, until: Day][], perMonth = 1): Policies {
  const list: Occasion[] = occasions.map(([code, from, until]) => ({ code, label: code, labelEn: code, from, until }));
  const values: Record<string, unknown> = { "visit.occasions": list, "visit.minPerMonth": perMonth };
  return new Policies(policies.versions.map((one) => ({ ...one, value: values[one.key] ?? one.value })));
}
const visit = (id: string, day: Day, more: Partial<Counting> = {}): Counting => {
  const at = more.at ?? startOf(day) + 10 * 3_600_000;
  return { id, at, on: dayOf(at), obligation: null, ...more };
};

describe("what visits meet", () => {
  const cold = withRules([["COLD", "2026-11-20", "2026-11-25"]]);
  const november = seasonOf({ from: "2026-11-20", until: "2026-11-20" }, cold).slots;

  test.each<[name: string, slots: Slot[], visits: Counting[], met: Record<string, string>]>([
    [
      "the cold and the month",
      november,
      [visit("a", "2026-11-21"), visit("b", "2026-11-28")],
      { a: "COLD", b: "MONTHLY" },
    ],
    [
      "the later one first",
      november,
      [visit("b", "2026-11-28"), visit("a", "2026-11-21")],
      { a: "COLD", b: "MONTHLY" },
    ],
    [
      "the first one had met the month already",
      november,
      [visit("a", "2026-11-21", { obligation: "2026-11.MONTHLY" }), visit("b", "2026-11-28")],
      { a: "COLD", b: "MONTHLY" },
    ],
    ["one alone meets the month", november, [visit("a", "2026-11-21")], { a: "MONTHLY" }],
    ["two of one minute are one", november, [visit("a", "2026-11-21"), visit("b", "2026-11-21")], { a: "MONTHLY" }],
    [
      "and of one minute are those some seconds apart",
      november,
      [
        visit("a", "2026-11-21", { at: startOf("2026-11-21") + 36_000_000 }),
        visit("b", "2026-11-21", { at: startOf("2026-11-21") + 36_059_999 }),
      ],
      { a: "MONTHLY" },
    ],
    [
      "a minute later is another",
      november,
      [visit("a", "2026-11-21"), visit("b", "2026-11-21", { at: startOf("2026-11-21") + 36_060_000 })],
      { a: "MONTHLY", b: "COLD" },
    ],
  ])("%s", (_, slots, visits, met) => {
    const found = Object.fromEntries([...matchVisits(slots, visits)].map(([id, key]) => [id, key.slice(8)]));
    expect(found).toEqual(met);
  });

  test("an occasion joins the months over whose end it reaches, as far as they go", () => {
    const long = withRules([
      ["SNOW", "2027-01-31", "2027-04-02"], // 62 days, into the third month after
      ["LANTERN", "2027-04-02", "2027-05-01"],
      ["SUMMER", "2027-07-01", "2027-07-10"],
    ]);
    for (const day of ["2027-01-01", "2027-03-10", "2027-05-31"]) {
      const { from, until, slots } = seasonOf({ from: day, until: day }, long);
      expect([from, until, slots.map(({ key }) => key)]).toEqual([
        "2027-01-01",
        "2027-05-31",
        ["01", "02", "03", "04", "05"]
          .map((month) => `2027-${month}.MONTHLY`)
          .concat("2027-04.SNOW", "2027-05.LANTERN"),
      ]);
    }
    const leap = seasonOf(
      { from: "2028-02-29", until: "2028-02-29" },
      withRules([["LEAP", "2028-02-29", "2028-02-29"]]),
    );
    expect(leap.slots.map(({ from, until }) => [from, until])).toEqual([
      ["2028-02-01", "2028-02-29"],
      ["2028-02-29", "2028-02-29"],
    ]);
  });

  /** As many as can be met, by trying everything: each slot with each visit, or with none. */
  const best = (slots: readonly Slot[], days: readonly Day[], first = 0): number => {
    if (first === slots.length) return 0;
    const slot = slots[first] as Slot;
    let most = best(slots, days, first + 1);
    days.forEach((day, i) => {
      if (slot.from <= day && day <= slot.until)
        most = Math.max(most, 1 + best(slots, [...days.slice(0, i), ...days.slice(i + 1)], first + 1));
    });
    return most;
  };
  const span = fc.record({
    code: fc.constantFrom("HEAT", "COLD", "FEAST"),
    start: fc.integer({ min: 0, max: 80 }),
    days: fc.integer({ min: 0, max: 40 }),
  });

  test("no other choice meets more, whatever the occasions, the visits and their order", () => {
    fc.assert(
      fc.property(
        fc.array(span, { maxLength: 3 }),
        fc.integer({ min: 1, max: 2 }),
        fc.array(fc.record({ day: fc.integer({ min: 0, max: 88 }), minute: fc.integer({ min: 0, max: 1 }) }), {
          maxLength: 6,
        }),
        fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 6 }),
        (spans, perMonth, calls, taken) => {
          const start = "2026-01-15";
          const occasions = new Map(
            spans.map(({ code, start: i, days }) => {
              const from = addDays(start, i);
              return [
                `${addDays(from, days).slice(0, 7)}.${code}`,
                [code, from, addDays(from, days)] as [string, Day, Day],
              ];
            }),
          );
          const rules = withRules([...occasions.values()], perMonth);
          const { slots } = seasonOf({ from: "2026-01-01", until: "2026-05-31" }, rules);
          const visits = calls.map(({ day, minute }, i) => {
            const on = addDays(start, day);
            return visit(`visit_${i}`, on, { at: startOf(on) + minute * 60_000 });
          });
          const days = new Map(visits.map(({ at, on }) => [at, on]));
          const met = matchVisits(slots, visits);
          const keys = [...met.values()];
          expect(keys.length).toBe(best(slots, [...days.values()]));
          expect(new Set(keys).size).toBe(keys.length);
          for (const { id, on } of visits) {
            const slot = slots.find(({ key }) => key === met.get(id));
            if (met.has(id)) expect(slot && slot.from <= on && on <= slot.until).toBe(true);
          }
          const used = visits.filter(({ id }) => met.has(id)).map(({ at }) => at);
          expect(new Set(used).size).toBe(used.length);
          // The month's rate: whoever was met in a month is counted in it.
          const months = (ids: readonly string[]) => new Set(ids.map((id) => id.slice(0, 7)));
          expect(months(keys.filter((key) => key.endsWith(".MONTHLY")))).toEqual(months([...days.values()]));
          // The same obligations are met in any order, and in whatever order others were taken back before.
          let left = visits;
          for (const i of taken) {
            const before = left.map((one) => ({ ...one, obligation: matchVisits(slots, left).get(one.id) ?? null }));
            left = before.filter(({ id }) => id !== `visit_${i}`);
          }
          const anew = [...left].reverse().map((one) => ({ ...one, obligation: null }));
          expect([...matchVisits(slots, left).values()].sort()).toEqual([...matchVisits(slots, anew).values()].sort());
        },
      ),
      { numRuns: 400 },
    );
  });

  test("nothing is taken from a visit that need not give it up", () => {
    const slots = seasonOf({ from: "2026-07-10", until: "2026-07-10" }, withRules([])).slots;
    const later = visit("later", "2026-07-20", { obligation: "2026-07.MONTHLY" });
    expect([...matchVisits(slots, [visit("earlier", "2026-07-01"), later])]).toEqual([["later", "2026-07.MONTHLY"]]);
  });
});
