import { addMonths, dayOf } from "../../domain/kit/calendar";
import { monthOf } from "../../domain/visits";
import type { Answer } from "../answers";
import { trend, trendSize } from "../drawn/trends";
import { bracketed, count, dayRange, monthName, plainDay } from "../format";
import { page } from "../layout";
import {
  type DueList,
  dayAsked,
  type Measured,
  type OfficeFacts,
  officeFacts,
  pageParameters,
  shareOf,
} from "../office/facts";
import { daysWords, levelWord, measure, standing } from "../office/words";
import { Scrolled, Section } from "../parts";
import type { Visit } from "../visit";
import { signInFirst } from "./plain";
import { reportMonthAt } from "./reporting";

const monthsOffered = 12;

/** The civil-affairs office at a glance: the county's indicators, what is due, people whom nobody has visited, and ratings. */
export async function officePage(visit: Visit): Promise<Answer> {
  const { say, language, services } = visit;
  if (!visit.signedIn) return signInFirst(visit);
  const facts = await officeFacts(visit, dayAsked(visit));
  const thisMonth = monthOf(services.today());
  const recent = Array.from({ length: monthsOffered }, (_, i) => monthOf(addMonths(`${thisMonth}-01`, -i)));
  // An older month by its address is the one that stands chosen.
  const months = recent.includes(facts.month) ? recent : [...recent, facts.month];
  const report = `/office/report.pdf?month=${facts.month}&lang=${language}`;
  const isReported = facts.indicators.some(({ reported }) => reported !== null);
  const reporting = reportMonthAt(visit, facts.month, isReported);
  const sheet = `/office/report.xlsx?month=${facts.month}&lang=${language}`;
  return page(
    visit,
    { title: say("office"), className: "office" },
    <>
      <div class="hero">
        <h1>{say("office")}</h1>
        <p class="lead">{say("officeAsOf", { day: plainDay(facts.asOf, language) })}</p>
        {facts.calendarEnds !== null && (
          <p class="note bad" role="status">
            {say("calendarEnds", { day: plainDay(facts.calendarEnds, language) })}
          </p>
        )}
        <form method="get" action="/office" class="inline">
          <label for="month">{say("month")}</label>
          <select id="month" name="month">
            {months.map((month) => (
              <option key={month} value={month} selected={month === facts.month}>
                {monthName(month, language)}
              </option>
            ))}
          </select>
          <button type="submit" class="quiet">
            {say("open")}
          </button>
          <a class="button quiet" href={report}>
            {say("reportPdf")}
          </a>
          <a class="button quiet" href={sheet}>
            {say("reportXlsx")}
          </a>
          {reporting && (
            <a class="button quiet" href={reporting}>
              {say("reportMonth")}
            </a>
          )}
        </form>
      </div>
      <Section id="indicators" title={say("indicators")}>
        <Indicators visit={visit} facts={facts} />
      </Section>
      <Section id="clocks" title={say("clocks")}>
        <Clocks visit={visit} facts={facts} />
      </Section>
      <Section id="visits" title={say("visitMap", { month: monthName(facts.month, language) })}>
        <VisitMap visit={visit} facts={facts} />
      </Section>
      <Section id="rounds" title={standing(visit, facts.asOf, "ratingRounds")}>
        <Rounds visit={visit} facts={facts} />
      </Section>
      <Section id="spot-checks" title={standing(visit, facts.asOf, "spotChecks")}>
        <SpotChecks visit={visit} facts={facts} />
      </Section>
    </>,
  );
}

interface Part {
  visit: Visit;
  facts: OfficeFacts;
}

function Indicators({ visit, facts }: Part) {
  const { say, language } = visit;
  return (
    <ul class="cards">
      {facts.indicators.map((indicator) => (
        <li key={indicator.key} class="card indicator">
          <div class="card-head">
            <h3 class="kicker">{indicator.label[language]}</h3>
            {indicator.met !== null && (
              <span class={`badge ${indicator.met ? "live" : "bad"}`}>
                {say(indicator.met ? "targetMet" : "targetMissed")}
              </span>
            )}
          </div>
          <p class="figure">
            <strong>{measure(indicator.value, indicator.unit, language)}</strong>{" "}
            {indicator.target !== null && (
              <span class="hint">
                {say("targetOf", { target: measure(indicator.target, indicator.unit, language) })}
              </span>
            )}
          </p>
          {indicator.reported && (
            <p class="hint">
              {say("reportedThen", {
                value: measure(indicator.reported.value, indicator.unit, language),
                day: plainDay(dayOf(indicator.reported.reportedAt), language),
              })}
            </p>
          )}
          <Trend visit={visit} indicator={indicator} />
          <Explained visit={visit} indicator={indicator} />
        </li>
      ))}
    </ul>
  );
}

/** The months as a picture, with its last words for visitors who cannot see it; the table has the rest. */
function Trend({ visit, indicator }: { visit: Visit; indicator: Measured }) {
  const { say, language } = visit;
  if (indicator.months.filter(({ value }) => value !== null).length < 2) return null;
  const [last, before] = [indicator.months.at(-1), indicator.months.at(-2)];
  const inWords = (value: number | null | undefined) => measure(value ?? null, indicator.unit, language);
  return (
    <picture>
      <source srcset={trend(indicator, "dark")} media="(prefers-color-scheme: dark)" />
      <img
        class="trend"
        src={trend(indicator, "light")}
        width={trendSize.width}
        height={trendSize.height}
        alt={say("trendAlt", { now: inWords(last?.value), before: inWords(before?.value) })}
      />
    </picture>
  );
}

function Explained({ visit: { say, language }, indicator }: { visit: Visit; indicator: Measured }) {
  const { unit, numerator, denominator, months } = indicator;
  return (
    <details>
      <summary>
        {say("howCounted")}
        <span class="unseen">{say("of", { what: indicator.label[language] })}</span>
      </summary>
      <p class="hint">{indicator.definition[language]}</p>
      <p class="hint">
        {denominator === null
          ? unit === "MINUTES"
            ? say("minutesOnly", { minutes: count(numerator, language) })
            : count(numerator, language)
          : `${count(numerator, language)} / ${count(denominator, language)}`}
        {" · "}
        {indicator.citation}
      </p>
      <Scrolled label={indicator.label[language]}>
        <table>
          <caption class="unseen">{indicator.label[language]}</caption>
          <thead>
            <tr>
              <th scope="col">{say("month")}</th>
              <th scope="col" class="number">
                {say("value")}
              </th>
              <th scope="col" class="number">
                {say("reported")}
              </th>
            </tr>
          </thead>
          <tbody>
            {months.map(({ month, value, reported }) => (
              <tr key={month}>
                <th scope="row">{monthName(month, language)}</th>
                <td class="number">{measure(value, unit, language)}</td>
                <td class="number">{measure(reported, unit, language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolled>
    </details>
  );
}

function Clocks({ visit, facts }: Part) {
  const { say } = visit;
  const lists = facts.clocks.filter(({ count: all }) => all > 0);
  if (lists.length === 0) return <p class="empty">{say("nothingDue")}</p>;
  return (
    <>
      {lists.map((list) => (
        <Due key={list.of} visit={visit} list={list} month={facts.month} />
      ))}
    </>
  );
}

/** A list of clocks, with the number of all and the link to the rest. */
function Due({ visit, list, month }: { visit: Visit; list: DueList; month: string }) {
  const { say, language, query } = visit;
  const { of, due, after, next } = list;
  const title = say(`clocks_${of}`, { month: monthName(month, language), count: count(list.count, language) });
  const at = (cursor: string | null) => {
    const asked = new URLSearchParams([...query].filter(([name]) => name !== pageParameters[of]));
    if (cursor !== null) asked.set(pageParameters[of], cursor);
    return `/office?${asked}#clocks-${of}`;
  };
  return (
    <div>
      <h3 id={`clocks-${of}`}>{title}</h3>
      <Scrolled label={title} wide>
        <table>
          <caption class="unseen">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{say("dueDay")}</th>
              <th scope="col">{say("whatIsDue")}</th>
              <th scope="col">{say("responsible")}</th>
              <th scope="col" class="number">
                {say("daysLeft")}
              </th>
              <th scope="col">{say("clause")}</th>
            </tr>
          </thead>
          <tbody>
            {due.map((clock) => (
              <tr key={`${clock.kind} ${clock.subjectId} ${clock.dueOn}`}>
                <th scope="row" class="day">
                  {plainDay(clock.dueOn, language)}
                  {clock.dueOnProvisional && bracketed(say("provisional"), language)}
                </th>
                <td>{say(`clock_${clock.kind}`)}</td>
                <td>{clock.responsible ?? say("theOffice")}</td>
                <td class="number">
                  <span class={clock.state === "OVERDUE" ? "badge bad" : "badge"}>{daysWords(visit, clock)}</span>
                </td>
                <td class="hint">{clock.citation}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolled>
      {(after !== null || next !== null) && (
        <p class="pager">
          {after !== null && (
            <a class="button quiet" href={at(null)}>
              {say("firstOf", { what: title })}
            </a>
          )}
          {next !== null && (
            <a class="button quiet" href={at(next)}>
              {say("moreOf", { what: title })}
            </a>
          )}
        </p>
      )}
    </div>
  );
}

/** Each division a tile, darker where more are missing: no border is drawn that we do not know. */
function VisitMap({ visit, facts }: Part) {
  const { say, language } = visit;
  if (facts.visits.length === 0) return <p class="empty">{say("nobodyListed")}</p>;
  return (
    <ul class="tiles">
      {facts.visits.map((line) => {
        const share = shareOf(line) ?? 0;
        const tone = share === 100 ? "all" : share >= 90 ? "most" : share >= 50 ? "half" : "few";
        return (
          <li key={line.divisionCode} class={`tile ${tone}`}>
            <span>{line.name}</span>
            <strong>{share}%</strong>
            <span class="hint">
              {say("visitedOf", { met: count(line.met, language), owed: count(line.owed, language) })}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function Rounds({ visit, facts }: Part) {
  const { say, language } = visit;
  if (facts.rounds.length === 0) return <p class="empty">{say("noRounds")}</p>;
  return (
    <>
      {facts.rounds.map(({ round, applications }) => (
        <div key={round.id} class="card">
          <div class="card-head">
            <h3>{say(`instrument_${round.instrument}`)}</h3>
            <span class="badge">{say(`round_${round.state}`)}</span>
          </div>
          <p class="hint">
            {dayRange(round.opensOn, round.closesOn, language)} · {say("members", { count: round.committee.length })}
          </p>
          {applications.length > 0 && (
            <Scrolled label={say(`instrument_${round.instrument}`)} wide>
              <table>
                <caption class="unseen">{say(`instrument_${round.instrument}`)}</caption>
                <thead>
                  <tr>
                    <th scope="col">{say("ratedOrganization")}</th>
                    <th scope="col">{say("state")}</th>
                    <th scope="col" class="number">
                      {say("score")}
                    </th>
                    <th scope="col">{say("level")}</th>
                    <th scope="col">{say("votes")}</th>
                  </tr>
                </thead>
                <tbody>
                  {applications.map(({ id, name, state, score, level, votes, noticeUntil, recusalsOpen }) => (
                    <tr key={id}>
                      <th scope="row">{name}</th>
                      <td>
                        {say(`rating_${state}`)}
                        {state === "PUBLIC_NOTICE" &&
                          noticeUntil &&
                          bracketed(plainDay(noticeUntil, language), language)}
                        {recusalsOpen > 0 && ` · ${say("recusalsOpen", { count: count(recusalsOpen, language) })}`}
                      </td>
                      <td class="number">{score === null ? "–" : count(score, language)}</td>
                      <td>{level === null ? "–" : levelWord(level, round.instrument, visit)}</td>
                      <td>{say("votesOf", { ...votes, quorum: say(votes.quorum ? "quorumMet" : "quorumMissed") })}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Scrolled>
          )}
        </div>
      ))}
    </>
  );
}

function SpotChecks({ visit, facts }: Part) {
  const { say, language } = visit;
  return (
    <dl class="facts stacked">
      {facts.seeds.map(({ month, seed }) => (
        <div key={month}>
          <dt>{monthName(month, language)}</dt>
          <dd>
            {seed === null
              ? say("noSeed")
              : seed.seed === null
                ? say("seedHashed", { day: plainDay(seed.drawnFrom, language), hash: seed.seedHash.slice(0, 16) })
                : say("seedTold", { seed: seed.seed, seq: seed.beaconSeq ?? 0 })}
          </dd>
        </div>
      ))}
    </dl>
  );
}
