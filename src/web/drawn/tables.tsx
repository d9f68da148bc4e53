import type { CampaignFacts } from "../facts";
import { clock, count, hours } from "../format";
import type { Visit } from "../visit";

type Words = Pick<Visit, "say" | "language">;

/** Towns with hours, the most first: what the chart draws, and what its table lists. */
export const divisionsShown = ({ byDivision }: CampaignFacts) =>
  byDivision.filter(({ counts }) => counts.serviceMinutes > 0);

/** How tall each drawing is, so that a page keeps its place for it. */
export const divisionsHeight = (facts: CampaignFacts) => 24 + Math.max(1, divisionsShown(facts).length) * 32;
export const timelineHeight = () => 240;
export const widths = { phone: 340, wide: 720 } as const;

export function divisionsAlt({ say, language }: Words, facts: CampaignFacts): string {
  const most = divisionsShown(facts)[0];
  return say("divisionsAlt", { name: most?.name ?? "", hours: hours(most?.counts.serviceMinutes ?? 0, language) });
}

export function timelineAlt({ say, language }: Words, { timeline, counts }: CampaignFacts): string {
  const busiest = timeline.reduce((most, one) => (one.checkedIn > most.checkedIn ? one : most), timeline[0]!);
  const at = clock(Date.parse(busiest.key), language);
  return say("timelineAlt", { count: count(counts.checkedIn, language), busiest: at });
}

export function divisionTable({ say, language }: Words, facts: CampaignFacts) {
  return (
    <table>
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

export function timelineTable({ say, language }: Words, { timeline }: CampaignFacts) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{say("timeOfDay")}</th>
          <th scope="col">{say("checkIns")}</th>
          <th scope="col">{say("hoursUnit")}</th>
        </tr>
      </thead>
      <tbody>
        {timeline.map(({ key, checkedIn, serviceMinutes }) => (
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
