import type { Tally } from "../../domain/activities/tallies";
import { type Day, dayOf } from "../../domain/kit/calendar";
import type { CampaignFacts } from "../facts";
import { clock, count, hours, plainDay } from "../format";
import type { Visit } from "../visit";

type Words = Pick<Visit, "say" | "language">;

/** The towns with hours, the most hours first: the chart draws them, and its table lists them. */
export const divisionsShown = ({ byDivision }: CampaignFacts) =>
  byDivision.filter(({ counts }) => counts.serviceMinutes > 0);

/** How tall each drawing is, so that a page keeps its place for it. */
export const divisionsHeight = (facts: CampaignFacts, large = false) =>
  24 + Math.max(1, divisionsShown(facts).length) * (large ? 40 : 32);
export const timelineHeight = () => 240;
export const widths = { phone: 340, wide: 720 } as const;

/**
 * The quarters of an hour of one day: the campaign's own day, or the one with the most check-ins where nobody came on that day.
 */
export function timelineShown({ campaign, timeline }: CampaignFacts): Tally[] {
  const byDay = new Map<Day, Tally[]>();
  for (const tally of timeline) {
    const day = dayOf(Date.parse(tally.key));
    byDay.set(day, [...(byDay.get(day) ?? []), tally]);
  }
  const came = (tallies: readonly Tally[]) => tallies.reduce((sum, { checkedIn }) => sum + checkedIn, 0);
  const own = byDay.get(campaign.day) ?? [];
  return came(own) > 0 ? own : ([...byDay.values()].sort((a, b) => came(b) - came(a))[0] ?? []);
}

/** The day that the timeline shows; null where nobody has come yet. */
export function dayShown(facts: CampaignFacts): Day | null {
  const [first] = timelineShown(facts);
  return first ? dayOf(Date.parse(first.key)) : null;
}

export function divisionsAlt({ say, language }: Words, facts: CampaignFacts): string {
  const most = divisionsShown(facts)[0];
  return say("divisionsAlt", { name: most?.name ?? "", hours: hours(most?.counts.serviceMinutes ?? 0, language) });
}

export function timelineAlt({ say, language }: Words, facts: CampaignFacts): string {
  const shown = timelineShown(facts);
  const busiest = [...shown].sort((a, b) => b.checkedIn - a.checkedIn)[0];
  const at = busiest ? clock(Date.parse(busiest.key), language) : "";
  const sum = shown.reduce((all, { checkedIn }) => all + checkedIn, 0);
  const day = dayShown(facts) ?? facts.campaign.day;
  return say("timelineAlt", { count: count(sum, language), busiest: at, day: plainDay(day, language) });
}

export function divisionTable({ say, language }: Words, facts: CampaignFacts) {
  return (
    <table>
      <caption>{say("byDivision")}</caption>
      <thead>
        <tr>
          <th scope="col">{say("division")}</th>
          <th scope="col">{say("hoursUnit")}</th>
          <th scope="col">{say("checkIns")}</th>
        </tr>
      </thead>
      <tbody>
        {divisionsShown(facts).map(({ code, name, counts }) => (
          <tr key={code}>
            <th scope="row">{name}</th>
            <td>{hours(counts.serviceMinutes, language)}</td>
            <td>{count(counts.checkedIn, language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function timelineTable({ say, language }: Words, facts: CampaignFacts) {
  return (
    <table>
      <caption>{say("timeline")}</caption>
      <thead>
        <tr>
          <th scope="col">{say("timeOfDay")}</th>
          <th scope="col">{say("checkIns")}</th>
          <th scope="col">{say("hoursUnit")}</th>
        </tr>
      </thead>
      <tbody>
        {timelineShown(facts).map(({ key, checkedIn, serviceMinutes }) => (
          <tr key={key}>
            <th scope="row">{clock(Date.parse(key), language)}</th>
            <td>{count(checkedIn, language)}</td>
            <td>{hours(serviceMinutes, language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
