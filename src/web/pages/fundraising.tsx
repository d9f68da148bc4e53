import type { Day } from "../../domain/calendar";
import type { FundraisingFacts } from "../../services/contract";
import { Section } from "../parts";
import type { Visit } from "../visit";

/** Facts of a fundraising beside an activity, and the clock of its disclosure. Nothing here takes money. */
export function Fundraising(given: { visit: Visit; facts: FundraisingFacts; day: (day: Day) => string }) {
  const { visit, facts, day } = given;
  const { say } = visit;
  const lines = [
    ["fundraiser", facts.organizationName],
    ["permitNo", facts.permitNo],
    ["planFilingNo", facts.planFilingNo],
    ["howToQuery", facts.howToQuery],
    ["period", `${day(facts.startsOn)} – ${day(facts.endsOn)}`],
  ] as const;
  const tone = facts.state === "OVERDUE" ? "bad" : facts.state === "DUE" ? "live" : "calm";
  return (
    <Section id="fundraising" title={say("fundraising")}>
      <p class="note">
        <strong>{say("noDonations")}</strong>
      </p>
      <dl class="facts">
        {lines.map(([label, text]) => (
          <>
            <dt key={label}>{say(label)}</dt>
            <dd>{text}</dd>
          </>
        ))}
        <dt>{say("disclosure")}</dt>
        <dd>
          <span class={`badge ${tone}`}>{say(`disclosure_${facts.state}`)}</span>{" "}
          {facts.dueOn && say("dueOn", { day: day(facts.dueOn) })}
        </dd>
      </dl>
    </Section>
  );
}
