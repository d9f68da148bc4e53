import { disclosuresOf } from "../../domain/activities/fundraising";
import type { Organization } from "../../domain/facts/organizations";
import type { ScoreLine } from "../../domain/facts/ratings";
import { minutesServed, type RecordsAlike, timeliness } from "../../domain/hours";
import { addDays, addMonths, type Day, startOf } from "../../domain/kit/calendar";
import { atMost, fraction } from "../../domain/kit/fractions";
import { below } from "../../domain/organizations";
import type { Policies } from "../../domain/policies";
import {
  feedbackShare,
  instruments,
  joined,
  lineOf,
  type Reached,
  type StarPart,
  shareOfCases,
} from "../../domain/ratings";
import { monthOf, slotsOf } from "../../domain/visits";
import type { View } from "../../storage/store";
import type { Bank } from "../bank";

const months = 12;

/** What was counted: so many in order, of so many. */
type Count = readonly [part: number, whole: number];
/** What was reached of a part of the score, and where it comes from. */
interface Counted {
  reached: Reached | null;
  source: string;
}

/**
 * What a platform's stars are counted from: a year of the ledger's facts, of the platform's own work and of the division
 * that it serves, and what members say.
 */
export class StarCount {
  constructor(private readonly bank: Bank) {}

  /** The parts of the score, over the twelve months before a day; each with where it comes from. */
  async lines(view: View, { id, divisionCode }: Organization, day: Day, policies: Policies): Promise<ScoreLine[]> {
    const [from, last] = [addMonths(day, -months), addDays(day, -1)];
    const codes = new Set(below(divisionCode, await this.bank.divisions(view)));
    const ofDivision = <T extends { divisionCode: string }>(lines: readonly T[]) =>
      lines.filter((line) => codes.has(line.divisionCode));
    const days = { from, until: last };
    const instants = { from: startOf(from), until: startOf(day) };
    const span = `${from}..${last}`;
    const number = (key: Parameters<Policies["count"]>[0]) => policies.count(key, day);
    const ownPercent = number("platformStar.ownPercent");
    const priorCases = number("platformStar.priorCases");
    const records = {
      own: await view.recordsDuring(days, day, id),
      division: ofDivision(await view.recordsDuring(days, day)),
    };
    /** A share of cases, of the platform's own and of its division's. */
    const ofCases = (own: Count, division: Count, of: string): Counted => ({
      reached: joined(shareOfCases(...own, priorCases), shareOfCases(...division, priorCases), ownPercent),
      source: `${shares(own, division)} ${of}, ${ownShare}`,
    });
    const ownShare = `own counts ${ownPercent}%, ${span}`;
    const parts: Record<StarPart, () => Promise<Counted>> = {
      RECORDS_ON_TIME: async () => {
        const count = (lines: readonly RecordsAlike[]): Count => {
          const { inTime, judged } = timeliness(lines);
          return [inTime, judged];
        };
        return ofCases(count(records.own), count(records.division), "records");
      },
      DISPUTES_UPHELD: async () => {
        const count = (lines: Awaited<ReturnType<View["disputesDecided"]>>): Count => [
          sum(lines, (line) => line.upheld),
          sum(lines, (line) => line.decided),
        ];
        const [own, all] = [await view.disputesDecided(instants, id), await view.disputesDecided(instants)];
        return ofCases(count(own), count(ofDivision(all)), "objections");
      },
      CONFIRMED_HOURS: async () => {
        const count = (lines: readonly RecordsAlike[], hours: number): Count => [minutesServed(lines), 60 * hours];
        const own = count(records.own, number("platformStar.ownHoursPerYear"));
        const division = count(records.division, number("platformStar.hoursPerYear"));
        return {
          reached: joined(shareOfTarget(...own), shareOfTarget(...division), ownPercent),
          source: `${shares(own, division)} min, ${ownShare}`,
        };
      },
      // A division's list says who is visited; the platform alone owes no part of it.
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
        return {
          reached: shareOfCases(met, owed, priorCases),
          source: `division ${met}/${owed} visits, ${first}..${until}`,
        };
      },
      DISCLOSED_IN_TIME: async () => {
        const ended = { from: addMonths(from, -60), until: last };
        const count = (lines: Awaited<ReturnType<View["fundraisingsEnding"]>>): Count => {
          const due = lines
            .map((plan) => ({ ...plan, dueOn: disclosuresOf(plan, policies).final }))
            .filter(({ dueOn }) => dueOn >= from && dueOn <= last);
          return [
            due.filter(({ disclosedOn, dueOn }) => disclosedOn !== null && disclosedOn <= dueOn).length,
            due.length,
          ];
        };
        const [own, all] = [await view.fundraisingsEnding(ended, id), await view.fundraisingsEnding(ended)];
        return ofCases(count(own), count(ofDivision(all)), "fundraisings");
      },
      MEMBER_FEEDBACK: async () => {
        const { count, sum: stars } = await view.feedbackSum(id, days);
        const cases = number("platformStar.feedbackWeight");
        return {
          reached: feedbackShare(count, stars, cases),
          source: `${count} members, ${stars} stars after ${cases} at 3, ${span}`,
        };
      },
    };
    const lines: ScoreLine[] = [];
    for (const weight of policies.weights(instruments.PLATFORM_STAR.weights, day)) {
      const { reached, source } = await parts[weight.code as StarPart]();
      lines.push(lineOf(weight, reached, source));
    }
    return lines;
  }
}

/** What is measured by a target, and not by cases. */
function shareOfTarget(part: number, whole: number): Reached {
  return { share: atMost(fraction(part, whole), fraction(1)), counts: fraction(1) };
}
const sum = <T>(lines: readonly T[], of: (line: T) => number) => lines.reduce((total, line) => total + of(line), 0);
const shares = (own: Count, division: Count) => `own ${own.join("/")}, division ${division.join("/")}`;
