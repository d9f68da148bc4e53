import { addDays, addMonths, type Day } from "../../src/domain/kit/calendar";
import { openApi } from "../support/api";
import { closeAudited } from "../support/audited";
import { openBank } from "../support/bank";
import { engines } from "../support/engines";
import { seed as drawn, runsOf, walkTimeout } from "../support/model";
import { openVisits } from "../support/visits";

/** What the walk knows of a person on the list, by itself. */
interface Known {
  id: string;
  town: string;
  spans: { town: string; from: Day; until: Day | null }[];
  visits: { id: string; on: Day; minute: number; result: "MET" | "NOT_HOME" | "DECEASED" }[];
}
const towns = ["fengqiao", "zhaojia"];
/** Occasions of the walk; the first reaches over the end of a month. */
const occasions: [code: string, from: Day, until: Day][] = [
  ["RAIN", "2026-06-22", "2026-07-06"],
  ["HEAT", "2026-08-10", "2026-08-20"],
];
const results = ["MET", "MET", "MET", "MET", "MET", "NOT_HOME", "NOT_HOME", "DECEASED"] as const;
const lastOf = (month: string) => addDays(addMonths(`${month}-01`, 1), -1);

/** The town that owes a person a visit from `from` until `until`; null where none does. */
function owing({ spans, visits }: Known, listedBy: Day, from: Day, until: Day): string | null {
  const death = visits
    .filter(({ result }) => result === "DECEASED")
    .map(({ on }) => on)
    .sort()[0];
  if (death !== undefined && death < until) return null;
  // A span that was ended on purpose owes what had begun by then.
  const owe = spans.filter((span) => span.from <= listedBy && (span.until === null || span.until >= from));
  return owe.at(-1)?.town ?? null;
}
const met = ({ visits }: Known, from: Day, until: Day) =>
  visits.filter(({ on, result }) => result === "MET" && from <= on && on <= until);

/** The most obligations that these visits can meet, by trying everything. */
function most(slots: readonly (readonly [Day, Day])[], days: readonly Day[]): number {
  const [first, ...rest] = slots;
  if (!first) return 0;
  let best = most(rest, days);
  days.forEach((day, i) => {
    if (first[0] <= day && day <= first[1])
      best = Math.max(best, 1 + most(rest, [...days.slice(0, i), ...days.slice(i + 1)]));
  });
  return best;
}

const walks = Array.from({ length: runsOf({ few: 2, many: 40 }) }, (_, walk) => walk);

test.each(engines.flatMap((engine) => walks.map((walk) => ({ engine, name: engine.name, walk }))))(
  "whatever happens to the list and the visits on $name ($walk), the months are what a clerk counts by hand",
  async ({ engine, walk }) => {
    const seed = drawn + walk;
    let state = seed;
    const random = (n: number) => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((state / 2_147_483_648) * n);
    };
    const bank = await openBank(engine, "2026-06-01T12:00:00+08:00");
    const api = await openApi(bank);
    const to = openVisits(bank, api);
    await to.occasions(...occasions);
    await bank.services.divisions.set(bank.officer, {
      idempotencyKey: bank.key(),
      mode: "EACH",
      dryRun: false,
      divisions: [{ code: "zhaojia", name: "赵家镇", kind: "TOWN", parentCode: "zhuji" }],
    });
    const { value: other } = await bank.services.organizations.register(bank.officer, {
      ...{ idempotencyKey: bank.key(), slug: "zhaojia-station", name: "赵家镇社会工作站" },
      ...{ kind: "SOCIAL_WORK_STATION", filingStatus: "REGISTERED", divisionCode: "zhaojia" },
    });
    const organization: Record<string, string> = { fengqiao: bank.station.id, zhaojia: other.id };
    const people: Known[] = [];
    let today: Day = "2026-06-01";
    for (const town of [...towns, "fengqiao"]) {
      const { id } = await to.register(`老人${people.length + 1}`, { divisionCode: town }, bank.officer);
      people.push({ id, town, spans: [{ town, from: today, until: null }], visits: [] });
    }
    const dead = (person: Known) => person.visits.some(({ result }) => result === "DECEASED");
    const steps: Record<string, (person: Known) => Promise<void>> = {
      async visit(person) {
        const on = addDays(today, -random(8));
        const minute = random(2);
        const result = results[random(results.length)] as Known["visits"][number]["result"];
        const when = `${on}T09:0${minute}`;
        const answer = await to.visit(
          person.id,
          when,
          { result, organizationId: organization[person.town] },
          bank.officer,
        );
        const isLater = (visit: Known["visits"][number]) => `${visit.on} ${visit.minute}` > `${on} ${minute}`;
        const isEarlier = (visit: Known["visits"][number]) => `${visit.on} ${visit.minute}` < `${on} ${minute}`;
        if (person.visits.some((visit) => visit.result === "DECEASED" && isEarlier(visit)))
          expect(answer).toBe("RECIPIENT_DECEASED");
        else if (result === "DECEASED" && person.visits.some((visit) => visit.result === "MET" && isLater(visit)))
          expect(answer).toBe("VISITED_SINCE");
        else person.visits.push({ id: answer.id, on, minute, result });
      },
      async withdraw(person) {
        const [visit] = person.visits.splice(random(Math.max(1, person.visits.length)), 1);
        if (visit) expect((await to.withdraw(visit.id, bank.officer)).withdrawn).toBe(true);
      },
      async list(person) {
        const span = person.spans.at(-1) as Known["spans"][number];
        const listed = span.until !== null || dead(person);
        const answer = await to.list(person.id, listed, bank.officer);
        if (listed && dead(person)) return expect(answer).toBe("RECIPIENT_DECEASED");
        if (!listed) span.until = today;
        else if ((span.until as Day) >= addDays(today, -1) && span.town === person.town) span.until = null;
        else person.spans.push({ town: person.town, from: today, until: null });
      },
      async move(person) {
        person.town = towns[1 - towns.indexOf(person.town)] as string;
        await to.move(person.id, person.town);
        const span = person.spans.at(-1) as Known["spans"][number];
        if (span.until !== null) return;
        if (span.from === today) span.town = person.town;
        else {
          span.until = addDays(today, -1);
          person.spans.push({ town: person.town, from: today, until: null });
        }
      },
    };
    const walked = ["visit", "visit", "visit", "withdraw", "list", "move"];
    for (let i = 0; i < 45; i += 1) {
      today = addDays(today, random(5));
      bank.setClock(`${today}T12:00:00+08:00`);
      const step = walked[random(walked.length)] as string;
      const person = people[random(people.length)] as Known;
      await steps[step]?.(person);
      for (const month of [-1, 0].map((back) => addMonths(`${today.slice(0, 7)}-01`, back).slice(0, 7))) {
        const [from, until] = [`${month}-01`, lastOf(month)];
        const by: Record<string, [number, number]> = {};
        for (const elder of people) {
          const town = owing(elder, addDays(until, -14), from, until);
          if (town === null) continue;
          const [count, all] = by[town] ?? [0, 0];
          by[town] = [count + (met(elder, from, until).length > 0 ? 1 : 0), all + 1];
        }
        expect([seed, i, step, month, (await to.month(month)).by]).toEqual([seed, i, step, month, by]);
      }
      // Each person's visits meet as many obligations as can be met.
      const months = ["2026-06", "2026-07", "2026-08", "2026-09", "2026-10", "2026-11"];
      const slots = [
        ...months.map((month) => [addDays(lastOf(month), -14), `${month}-01`, lastOf(month)] as const),
        ...occasions.map(([, from, until]) => [from, from, until] as const),
      ].filter(([by, from, until]) => owing(person, by, from, until) !== null);
      const days = new Map(met(person, "2026-06-01", today).map(({ on, minute }) => [`${on} ${minute}`, on]));
      const stored = await bank.store.view.visits(person.visits.map(({ id }) => id));
      const kept = [...stored.values()].flatMap(({ obligation }) => obligation ?? []);
      expect([seed, i, step, new Set(kept).size, kept.length]).toEqual([
        ...[seed, i, step],
        ...Array(2).fill(
          most(
            slots.map(([, from, until]) => [from, until] as const),
            [...days.values()],
          ),
        ),
      ]);
    }
    await closeAudited(bank, api);
  },
  walkTimeout,
);
