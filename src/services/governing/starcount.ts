import { disclosuresOf } from "../../domain/activities/fundraising";
import { addDays, addMonths, type Day, startOf } from "../../domain/calendar";
import { below, type Organization } from "../../domain/organizations";
import type { Policies } from "../../domain/policies";
import { bayesianMean, instruments, type ScoreLine, type StarPart, scoreLine } from "../../domain/ratings";
import { monthOf, slotsOf } from "../../domain/visits";
import type { View } from "../../storage/store";
import type { Bank } from "../bank";

const months = 12;

/** What a platform's stars are counted from: a year of the ledger's facts in the division it serves, and what members say. */
export class StarCount {
  constructor(private readonly bank: Bank) {}

  /** The parts of the score, over the twelve months before a day; each with where it comes from. */
  async lines(view: View, { id, divisionCode }: Organization, day: Day, policies: Policies): Promise<ScoreLine[]> {
    const [from, last] = [addMonths(day, -months), addDays(day, -1)];
    const codes = new Set(below(divisionCode, await this.bank.divisions(view)));
    const here = <T extends { divisionCode: string }>(lines: readonly T[]) =>
      lines.filter((line) => codes.has(line.divisionCode));
    const records = here(await view.recordsDuring({ from, until: last }));
    const disputes = here(await view.disputesDecided({ from: startOf(from), until: startOf(day) }));
    const sum = <T>(lines: readonly T[], of: (line: T) => number) => lines.reduce((total, line) => total + of(line), 0);
    const span = `${from}..${last}`;
    const parts: Record<StarPart, () => Promise<[part: number, whole: number, source: string]>> = {
      RECORDS_ON_TIME: async () => {
        const [onTime, all] = [sum(records, (line) => line.onTime), sum(records, (line) => line.records)];
        return [onTime, all, `${onTime}/${all} records ${span}`];
      },
      DISPUTES_UPHELD: async () => {
        const [upheld, decided] = [sum(disputes, (line) => line.upheld), sum(disputes, (line) => line.decided)];
        return [upheld, decided, `${upheld}/${decided} objections ${span}`];
      },
      CONFIRMED_HOURS: async () => {
        const minutes = sum(records, (line) => line.serviceMinutes);
        const wanted = 60 * policies.count("platformStar.hoursPerYear", day);
        return [minutes, wanted, `${minutes}/${wanted} min ${span}`];
      },
      VISIT_RATE: async () => {
        let [met, owed] = [0, 0];
        for (let i = months; i >= 1; i -= 1) {
          const [monthly] = slotsOf(monthOf(addMonths(`${monthOf(day)}-01`, -i)), policies);
          const lines = monthly ? await view.coverage(monthly, [...codes]) : [];
          met += sum(lines, (line) => line.met);
          owed += sum(lines, (line) => line.owed);
        }
        const whole = `${monthOf(day)}-01`;
        const [first, until] = [monthOf(addMonths(whole, -months)), monthOf(addMonths(whole, -1))];
        return [met, owed, `${met}/${owed} visits ${first}..${until}`];
      },
      DISCLOSED_IN_TIME: async () => {
        const ending = here(await view.fundraisingsEnding({ from: addMonths(from, -60), until: last }));
        const due = ending
          .map((plan) => ({ ...plan, dueOn: disclosuresOf(plan, policies).final }))
          .filter(({ dueOn }) => dueOn >= from && dueOn <= last);
        const inTime = due.filter(({ disclosedOn, dueOn }) => disclosedOn !== null && disclosedOn <= dueOn);
        return [inTime.length, due.length, `${inTime.length}/${due.length} fundraisings ${span}`];
      },
      MEMBER_FEEDBACK: async () => {
        const given = await view.feedbackSum(id, { from, until: last });
        if (given.count === 0) return [0, 0, `0 members ${span}`];
        const mean = bayesianMean(given.count, given.sum, policies.count("platformStar.feedbackWeight", day));
        return [
          mean,
          500,
          `${given.count} members, mean ${Math.floor(mean / 100)}.${String(mean % 100).padStart(2, "0")} ${span}`,
        ];
      },
    };
    const lines: ScoreLine[] = [];
    for (const weight of policies.weights(instruments.PLATFORM_STAR.weights, day))
      lines.push(scoreLine(weight, ...(await parts[weight.code as StarPart]())));
    return lines;
  }
}
