import { openStates } from "../../domain/activities/machine";
import { refuse } from "../../domain/kit/refusal";
import type { Services } from "../../services";
import type { Answer } from "../answers";
import {
  dayShown,
  divisionsAlt,
  divisionsHeight,
  divisionTable,
  timelineAlt,
  timelineHeight,
  timelineTable,
} from "../drawn/tables";
import { type ActivityLine, campaignFacts, type JoinableLines, joinableFirst, named, whereOf } from "../facts";
import { hours, longDay, span } from "../format";
import { page } from "../layout";
import { CopyLine, PlacesLeft, Section, StateBadge } from "../parts";
import type { Visit } from "../visit";
import { Chart, Moving, Totals } from "./totals";

const activitiesAPage = 24;

export async function campaignPage(visit: Visit, slug: string): Promise<Answer> {
  const { services, say, language, query, publicUrl } = visit;
  const facts = (await campaignFacts(services, slug)) ?? refuse("NOT_FOUND");
  const { campaign } = facts;
  const [listed, organizations, divisions] = await Promise.all([
    joinableFirst(services, campaign.id, { first: activitiesAPage, after: query.get("after") }),
    services.activities.organizationsOf(campaign.id, "SERVICE_MINUTES", { first: 100 }),
    services.organizations.divisions(),
  ]);
  const { name, tagline } = named(campaign, language);
  const where = whereOf(facts, divisions);
  const address = `${publicUrl}/c/${slug}`;
  const day = dayShown(facts);
  return page(
    visit,
    {
      title: name,
      description: [tagline, longDay(campaign.day, language)].filter(Boolean).join(" · "),
      picture: `/c/${slug}/picture.png?lang=${language}`,
      scripts: ["live.js", "share.js"],
    },
    <>
      <div class="hero">
        <p class="kicker">{tagline}</p>
        <h1>{name}</h1>
        <dl class="facts">
          <dt>{say("when")}</dt>
          <dd>
            <time dateTime={campaign.day}>{longDay(campaign.day, language)}</time>
          </dd>
          {where.name && <dt>{say("where")}</dt>}
          {where.name && <dd>{where.count > 0 ? say("places", where) : where.name}</dd>}
        </dl>
      </div>
      <Section id="today" title={say("today")}>
        <Totals visit={visit} facts={facts} />
        <Moving visit={visit} />
        <p class="hint">{say("liveNote")}</p>
      </Section>
      <Section id="activities" title={say("activities")}>
        {listed.joinable > 0 && <p>{say("joinableCount", { joinable: listed.joinable, count: listed.count })}</p>}
        <ActivityCards visit={visit} lines={listed.lines} />
        <Pager visit={visit} listed={listed} />
      </Section>
      <Section id="by-division" title={say("byDivision")}>
        {facts.counts.serviceMinutes > 0 ? (
          <Chart
            src={`/c/${slug}/divisions.svg`}
            alt={divisionsAlt(visit, facts)}
            height={divisionsHeight(facts, visit.large)}
            visit={visit}
            table={divisionTable(visit, facts)}
          />
        ) : (
          <p class="empty">{say("noHours")}</p>
        )}
      </Section>
      <Section id="timeline" title={say("timeline")}>
        {day && <p class="hint">{longDay(day, language)}</p>}
        {facts.counts.checkedIn > 0 ? (
          <Chart
            src={`/c/${slug}/timeline.svg`}
            alt={timelineAlt(visit, facts)}
            height={timelineHeight()}
            visit={visit}
            table={timelineTable(visit, facts)}
          />
        ) : (
          <p class="empty">{say("noTimeline")}</p>
        )}
      </Section>
      <Organizations visit={visit} organizations={organizations.edges.map(({ node }) => node)} />
      <Section id="share" title={say("share")}>
        <CopyLine visit={visit} id="address" label={say("shareLink")} text={address} />
        <CopyLine
          visit={visit}
          id="embed"
          label={say("embedCode")}
          text={`<iframe src="${publicUrl}/embed/c/${slug}" title="${name.replace(/["<>&]/g, "")}" width="360" height="680"></iframe>`}
        />
        <p class="actions">
          <a class="button quiet" href={`/c/${slug}.ics`}>
            {say("calendar")}
          </a>
          <a class="button quiet" href={`/c/${slug}.json`}>
            {say("feed")}
          </a>
        </p>
      </Section>
    </>,
  );
}

function ActivityCards({ visit, lines }: { visit: Visit; lines: readonly ActivityLine[] }) {
  const { say, language, services } = visit;
  if (lines.length === 0) return <p class="empty">{say("noActivities")}</p>;
  return (
    <ul class="cards">
      {lines.map(({ activity, organizationName, divisionName, place, left }) => (
        <li class="card" key={activity.id}>
          <p class="card-head">
            <StateBadge visit={visit} state={activity.state} />
            {openStates.includes(activity.state) && services.now() < activity.endsAt && (
              <PlacesLeft visit={visit} left={left} />
            )}
          </p>
          <h3>
            <a class="stretched" href={`/a/${activity.slug}`}>
              {activity.name}
            </a>
          </h3>
          <p>
            <time dateTime={new Date(activity.startsAt).toISOString()}>
              {span(activity.startsAt, activity.endsAt, language)}
            </time>
          </p>
          <p class="hint">{[divisionName, place].filter(Boolean).join(" · ")}</p>
          <p class="hint">{organizationName}</p>
        </li>
      ))}
    </ul>
  );
}

function Pager({ visit, listed: { after, next } }: { visit: Visit; listed: JoinableLines }) {
  const { say, path } = visit;
  if (after === null && next === null) return null;
  return (
    <p class="pager">
      {after !== null && (
        <a class="button quiet" href={`${path}#activities`}>
          {say("firstActivities")}
        </a>
      )}
      {next !== null && (
        <a class="button quiet" href={`${path}?after=${encodeURIComponent(next)}#activities`}>
          {say("moreActivities")}
        </a>
      )}
    </p>
  );
}

type OrganizationLine = Awaited<ReturnType<Services["activities"]["organizationsOf"]>>["edges"][number]["node"];

function Organizations({ visit, organizations }: { visit: Visit; organizations: OrganizationLine[] }) {
  const { say, language } = visit;
  if (organizations.length === 0) return null;
  return (
    <Section id="organizations" title={say("organizations")}>
      <ol class="ranking">
        {organizations.map(({ organizationId, name, serviceMinutes }) => (
          <li key={organizationId}>
            <span class="grow">
              {name} <span class="hint">{say("notRated")}</span>
            </span>
            <span class="number">{say("hoursOf", { hours: hours(serviceMinutes, language) })}</span>
          </li>
        ))}
      </ol>
    </Section>
  );
}
