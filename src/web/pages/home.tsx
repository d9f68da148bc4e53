import { type Counts, noCounts } from "../../domain/activities/tallies";
import type { Campaign } from "../../domain/facts/activities";
import type { Answer } from "../answers";
import { named } from "../facts";
import { count, hours, longDay } from "../format";
import { page } from "../layout";
import { Section } from "../parts";
import type { Visit } from "../visit";

export async function homePage(visit: Visit): Promise<Answer> {
  const { services, say } = visit;
  const campaigns = (await services.activities.campaigns({ first: 20 })).edges.map(({ node }) => node);
  const totals = await services.activities.totals(campaigns.map(({ id }) => id));
  return page(
    visit,
    { title: say("homeTitle") },
    <>
      <div class="hero">
        <p class="kicker">{say("brandLine")}</p>
        <h1>{say("homeTitle")}</h1>
        <p class="lead">{say("howOne")}</p>
        <p class="lead">{say("howTwo")}</p>
      </div>
      <Section id="campaigns" title={say("campaigns")}>
        {campaigns.length === 0 && <p class="empty">{say("noCampaigns")}</p>}
        <ul class="cards wide">
          {campaigns.map((campaign, i) => (
            <CampaignCard key={campaign.id} visit={visit} campaign={campaign} counts={totals[i] ?? noCounts} />
          ))}
        </ul>
      </Section>
    </>,
  );
}

function CampaignCard({ visit, campaign, counts }: { visit: Visit; campaign: Campaign; counts: Counts }) {
  const { say, language } = visit;
  const { name, tagline } = named(campaign, language);
  const numbers = [
    [count(counts.activities, language), say("total_activities")],
    [count(counts.volunteers, language), say("total_volunteers")],
    [hours(counts.serviceMinutes, language), say("total_serviceMinutes")],
  ];
  return (
    <li class="card">
      <p class="kicker">
        <time dateTime={campaign.day}>{longDay(campaign.day, language)}</time>
      </p>
      <h3>
        <a class="stretched" href={`/c/${campaign.slug}`}>
          {name}
        </a>
      </h3>
      {tagline && <p>{tagline}</p>}
      <dl class="inline-totals">
        {numbers.map(([value, label]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </li>
  );
}
