import type { Day } from "../../domain/kit/calendar";
import type { FundraisingFacts } from "../../services/activities/fundraising";
import { dayRange, plainDay } from "../format";
import { Section } from "../parts";
import type { Visit } from "../visit";

/** Facts of a fundraising beside an activity, and the clock of its disclosure. Nothing here takes money. */
export function Fundraising({ visit, facts }: { visit: Visit; facts: FundraisingFacts }) {
  const { say, language } = visit;
  const day = (civilDay: Day) => plainDay(civilDay, language);
  const lines = [
    ["fundraiser", facts.organizationName],
    ["permitNo", facts.permitNo],
    ["planFilingNo", facts.planFilingNo],
    ["howToQuery", facts.howToQuery],
    ["period", dayRange(facts.startsOn, facts.endsOn, language)],
  ] as const;
  const tone =
    facts.state === "OVERDUE" || facts.state === "DISCLOSED_LATE" ? "bad" : facts.state === "DUE" ? "live" : "calm";
  return (
    <Section id="fundraising" title={say("fundraising")}>
      <p class="note">
        <strong>{say("noDonations")}</strong>
      </p>
      <dl class="facts stacked">
        {lines.map(([label, text]) => (
          <div key={label}>
            <dt>{say(label)}</dt>
            <dd>{text}</dd>
          </div>
        ))}
        <div>
          <dt>{say("disclosure")}</dt>
          <dd>
            <span class={`badge ${tone}`}>{say(`disclosure_${facts.state}`)}</span>{" "}
            {facts.dueOn && say("dueOn", { day: day(facts.dueOn) })}{" "}
            {facts.daysLate > 0 && say("daysLate", { days: facts.daysLate })}
          </dd>
        </div>
      </dl>
    </Section>
  );
}
