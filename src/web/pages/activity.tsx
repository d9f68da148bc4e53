import type { ActivityDetails } from "../../domain/activities/machine";
import type { Activity } from "../../domain/facts/activities";
import { refuse } from "../../domain/kit/refusal";
import { type Answer, seeOther } from "../answers";
import { mayAt } from "../facts";
import { span } from "../format";
import { page } from "../layout";
import { Banner, Section, StateBadge } from "../parts";
import { field, type Visit } from "../visit";
import { DoneNote, doneLine } from "./done";
import { Fundraising } from "./fundraising";
import { signInFirst } from "./plain";
import { Shifts, shiftLines } from "./shifts";

export async function activityPage(visit: Visit, slug: string): Promise<Answer> {
  const { services, say, language, actor } = visit;
  const activity = (await services.activities.bySlug(actor, slug)) ?? refuse("NOT_FOUND");
  const [[details], [shifts], [organization], [fundraising], divisions] = await Promise.all([
    services.activities.details(actor, [activity.id]),
    services.activities.shiftsOf(actor, [activity.id]),
    services.organizations.many([activity.organizationId]),
    services.fundraising.of([activity.id]),
    services.organizations.divisions(),
  ]);
  const held = (shifts ?? []).filter((shift) => !shift.dropped);
  const lines = await shiftLines(visit, held);
  const leads = await mayAt(services, actor, "activity.run", activity);
  const done = await doneLine(visit);
  const when = span(activity.startsAt, activity.endsAt, language);
  const division = divisions.get(activity.divisionCode)?.name ?? "";
  return page(
    visit,
    {
      title: activity.name,
      description: [when, division, organization?.name].filter(Boolean).join(" · "),
      picture: `/a/${slug}/picture.png?lang=${language}`,
    },
    <>
      <Banner visit={visit} activity={activity} />
      <DoneNote visit={visit} line={done} />
      <div class="hero">
        <p class="card-head">
          <StateBadge visit={visit} state={activity.state} />
        </p>
        <h1>{activity.name}</h1>
        <dl class="facts">
          <dt>{say("when")}</dt>
          <dd>{when}</dd>
          <dt>{say("where")}</dt>
          <dd>{[division, ...new Set(held.map(({ place }) => place))].filter(Boolean).join(" · ")}</dd>
          <dt>{say("organization")}</dt>
          <dd>{organization?.name}</dd>
        </dl>
        <div class="actions">
          <a class="button quiet" href={`/activities/${slug}.ics`}>
            {say("calendar")}
          </a>
          {leads && (
            <a class="button quiet" href={`/lead/${slug}`}>
              {say("leadPage")}
            </a>
          )}
        </div>
      </div>
      <Shifts visit={visit} activity={activity} lines={lines} />
      {details && <Details visit={visit} activity={activity} details={details} />}
      {fundraising && <Fundraising visit={visit} facts={fundraising} />}
    </>,
  );
}

function Details(props: { visit: Visit; activity: Activity; details: ActivityDetails }) {
  const { visit, activity, details } = props;
  const { say } = visit;
  const { description, riskNotice, insurance, contact } = details;
  return (
    <Section id="about" title={say("about")}>
      <p class="prose">{description}</p>
      <ul class="badges">
        <li class="badge calm">{say(activity.openToMinors ? "openToMinors" : "adultsOnly")}</li>
        {activity.hazardous && <li class="badge bad">{say("hazardous")}</li>}
      </ul>
      <dl class="facts stacked">
        {(
          [
            ["risk", riskNotice],
            ["insurance", insurance],
            ["contact", contact],
          ] as const
        ).map(
          ([label, text]) =>
            text && (
              <div key={label}>
                <dt>{say(label)}</dt>
                <dd class="prose">{text}</dd>
              </div>
            ),
        )}
      </dl>
    </Section>
  );
}

export async function signUpPost(visit: Visit, slug: string): Promise<Answer> {
  if (!visit.signedIn) return signInFirst(visit);
  const shiftId = field(visit, "shiftId") ?? refuse("INVALID_INPUT", { missing: true }, ["shiftId"]);
  const idempotencyKey = field(visit, "key") ?? refuse("INVALID_INPUT", { expected: "the page's own key" }, ["key"]);
  const { value } = await visit.services.signUps.signUp(visit.actor, { idempotencyKey, shiftId });
  return seeOther(`/a/${slug}?done=${value.id}`);
}
