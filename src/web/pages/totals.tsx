import type { ComponentChildren } from "preact";
import type { Answer } from "../answers";
import { framedPolicy } from "../answers";
import { widths } from "../drawn/tables";
import { type CampaignFacts, campaignFacts, named } from "../facts";
import { count, hours, longDay } from "../format";
import { page, TextSwitch } from "../layout";
import { Scrolled } from "../parts";
import type { Visit } from "../visit";
import { missingPage } from "./plain";

const shown = ["serviceMinutes", "volunteers", "checkedIn", "activities", "organizations", "donatedMinutes"] as const;

/** Big numbers; `assets/live.js` keeps those marked with data-total as they are in the bank. */
export function Totals({ visit, facts }: { visit: Visit; facts: CampaignFacts }) {
  const { say, language } = visit;
  return (
    <dl class="totals" data-live={facts.campaign.slug} data-after={facts.asOfSeq} data-said={say("totalsSaid")}>
      {shown.map((name) => (
        <div key={name}>
          <dt>{say(`total_${name}`)}</dt>
          <dd data-total={name}>
            {name.endsWith("Minutes") ? hours(facts.counts[name], language) : count(facts.counts[name], language)}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/**
 * Everything that moves by itself can be stopped (WCAG 2.2.2), and is read out now and then to visitors who cannot see it. Only
 * a script moves it.
 */
export function Moving({ visit: { say } }: { visit: Visit }) {
  return (
    <div class="moving">
      <button
        type="button"
        class="quiet"
        data-pause={say("pause")}
        data-go-on={say("goOnMoving")}
        aria-pressed="false"
        hidden
      >
        {say("pause")}
      </button>
      <p class="hint" role="status" aria-live="polite" data-told="" />
    </div>
  );
}

interface Drawing {
  visit: Visit;
  src: string;
  alt: string;
  height: number;
  table: ComponentChildren;
}

/** A drawing as an image, in the visitor's theme and size, and the same numbers as a table for visitors who cannot see it. */
export function Chart({ visit, src, alt, height, table }: Drawing) {
  const { say, language, large } = visit;
  const text = large ? "&text=large" : "";
  const drawn = (theme: string, size: string) => `${src}?lang=${language}&theme=${theme}&size=${size}${text}`;
  // A wide drawing that is shown smaller than it is has smaller letters, too.
  const phoneMost = large ? 799 : 639;
  return (
    <figure class="chart">
      <picture>
        {(["dark", "light"] as const).map((theme) =>
          (["phone", "wide"] as const).map((size) => (
            <source
              key={theme + size}
              media={`(prefers-color-scheme: ${theme})${size === "phone" ? ` and (max-width: ${phoneMost}px)` : ""}`}
              srcset={drawn(theme, size)}
              width={widths[size]}
              height={height}
              data-chart=""
            />
          )),
        )}
        <img src={drawn("light", "wide")} alt={alt} width={widths.wide} height={height} data-chart="" loading="lazy" />
      </picture>
      <details>
        <summary>{say("asTable")}</summary>
        <Scrolled label={alt}>{table}</Scrolled>
      </details>
    </figure>
  );
}

/** A page for other sites to frame: it has no form and knows no visitor, only the totals and the link to the page. */
export async function embedPage(visit: Visit, slug: string): Promise<Answer> {
  const facts = await campaignFacts(visit.services, slug);
  if (!facts) return missingPage(visit);
  const { language, say } = visit;
  const { name } = named(facts.campaign, language);
  const framed = { "content-security-policy": framedPolicy };
  return page(
    { ...visit, signedIn: false },
    { title: name, bare: true, className: "embed", scripts: ["live.js"], headers: framed },
    <>
      <p class="kicker">{longDay(facts.campaign.day, language)}</p>
      <h1>{name}</h1>
      <Totals visit={visit} facts={facts} />
      <Moving visit={visit} />
      <p class="actions">
        <TextSwitch visit={visit} />
        <a class="button" href={`/c/${slug}`} target="_blank" rel="noopener">
          {say("open")}
        </a>
      </p>
    </>,
  );
}
