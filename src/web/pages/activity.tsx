import type { Activity, ActivityDetails, Shift } from "../../domain/activities/machine";
import { openStates } from "../../domain/activities/machine";
import { type Counts, noCounts } from "../../domain/activities/tallies";
import { refuse } from "../../domain/refusal";
import type { StoredSignUp } from "../../storage/store";
import { type Answer, seeOther } from "../answers";
import { divisionsByCode, mayAt } from "../facts";
import { span } from "../format";
import { page } from "../layout";
import { Key, PlacesLeft, Section, StateBadge } from "../parts";
import { field, type Visit } from "../visit";
import { Fundraising } from "./fundraising";

export async function activityPage(visit: Visit, slug: string): Promise<Answer> {
  const { services, say, language, actor } = visit;
  const activity = (await services.activities.bySlug(actor, slug)) ?? refuse("NOT_FOUND");
  const [[details], [shifts], [organization], [fundraising], divisions] = await Promise.all([
    services.activities.details([activity.id]),
    services.activities.shiftsOf([activity.id]),
    services.organizations.many([activity.organizationId]),
    services.activities.fundraising([activity.id]),
    divisionsByCode(services),
  ]);
  const held = (shifts ?? []).filter((shift) => !shift.dropped);
  const lines = await shiftLines(visit, held);
  const leads = await mayAt(services, actor, "activity.run", activity);
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

function Banner({ visit: { say }, activity: { state } }: { visit: Visit; activity: Activity }) {
  if (state !== "CANCELLED" && state !== "POSTPONED") return null;
  return (
    <p class="note bad banner" role="status">
      <strong>{say(`activity_${state}`)}</strong> {say(state === "CANCELLED" ? "cancelledBanner" : "postponedBanner")}
    </p>
  );
}

async function mySignUps({ services, actor }: Visit): Promise<StoredSignUp[]> {
  if (!actor.volunteerId) return [];
  const found = await services.signUps.ofVolunteer(actor, actor.volunteerId, null, { first: 100 });
  return found.edges.map(({ node }) => node);
}

interface ShiftLine {
  shift: Shift;
  counts: Counts;
  signUp: StoredSignUp | null;
  position: number | null;
}

async function shiftLines(visit: Visit, shifts: readonly Shift[]): Promise<ShiftLine[]> {
  const mine = await mySignUps(visit);
  const totals = await visit.services.activities.totals(shifts.map(({ id }) => id));
  const waiting = mine.filter(({ state }) => state === "WAITLISTED").map(({ id }) => id);
  const positions = new Map(
    (await visit.services.signUps.positions(waiting)).map((position, i) => [waiting[i], position]),
  );
  return shifts.map((shift, i) => {
    // The newest first: an earlier one that was withdrawn says nothing any more.
    const signUp = mine.find((one) => one.shiftId === shift.id) ?? null;
    return { shift, counts: totals[i] ?? noCounts, signUp, position: positions.get(signUp?.id) ?? null };
  });
}

function Shifts({ visit, activity, lines }: { visit: Visit; activity: Activity; lines: readonly ShiftLine[] }) {
  const { say, language, services } = visit;
  const open = openStates.includes(activity.state);
  return (
    <Section id="shifts" title={say("shifts")}>
      <ul class="cards">
        {lines.map((line) => (
          <li class="card" key={line.shift.id} id={line.shift.id}>
            <h3>
              <time dateTime={new Date(line.shift.startsAt).toISOString()}>
                {span(line.shift.startsAt, line.shift.endsAt, language)}
              </time>
            </h3>
            <p class="hint">{line.shift.place}</p>
            {open && services.now() < line.shift.endsAt && (
              <p>
                <PlacesLeft visit={visit} left={Math.max(0, line.shift.capacity - line.counts.signedUp)} />
              </p>
            )}
            <ShiftAction
              visit={visit}
              line={line}
              slug={activity.slug}
              open={open && services.now() < line.shift.endsAt}
            />
          </li>
        ))}
      </ul>
      {open && !visit.signedIn && (
        <p>
          <a class="button" href={`/sign-in?next=${encodeURIComponent(`/a/${activity.slug}`)}`}>
            {say("signInToSignUp")}
          </a>
        </p>
      )}
    </Section>
  );
}

function ShiftAction(given: { visit: Visit; line: ShiftLine; slug: string; open: boolean }) {
  const { visit, line, slug, open } = given;
  const { say, actor } = visit;
  const { shift, signUp, counts, position } = line;
  const stands = signUp && signUp.state !== "WITHDRAWN" && signUp.state !== "EXCUSED";
  if (stands)
    return (
      <>
        <p>
          <span class="badge live">{say(`signUp_${signUp.state}`)}</span>{" "}
          {position !== null && say("positionInQueue", { position })}
        </p>
        <div class="actions">
          {(signUp.state === "ACCEPTED" || signUp.state === "CHECKED_IN") && (
            <a class="button" href={`/in/${shift.id}`}>
              {say(signUp.state === "CHECKED_IN" ? "checkOut" : "goCheckIn")}
            </a>
          )}
          {["ACCEPTED", "WAITLISTED", "PENDING_GUARDIAN"].includes(signUp.state) && (
            <WithdrawForm visit={visit} signUpId={signUp.id} action={`/a/${slug}/withdraw`} />
          )}
        </div>
      </>
    );
  if (!open || !actor.volunteerId) return null;
  return (
    <form method="post" action={`/a/${slug}/sign-up`}>
      <Key />
      <input type="hidden" name="shiftId" value={shift.id} />
      <button type="submit">{say(counts.signedUp < shift.capacity ? "signUp" : "wait")}</button>
    </form>
  );
}

export function WithdrawForm({ visit, signUpId, action }: { visit: Visit; signUpId: string; action: string }) {
  return (
    <form method="post" action={action}>
      <input type="hidden" name="signUpId" value={signUpId} />
      <button type="submit" class="quiet">
        {visit.say("withdraw")}
      </button>
    </form>
  );
}

function Details(given: { visit: Visit; activity: Activity; details: ActivityDetails }) {
  const { visit, activity, details } = given;
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
  const shiftId = field(visit, "shiftId") ?? refuse("INVALID_INPUT", {}, ["shiftId"]);
  const idempotencyKey = field(visit, "key") ?? refuse("INVALID_INPUT", {}, ["key"]);
  await visit.services.signUps.signUp(visit.actor, { idempotencyKey, shiftId });
  return seeOther(`/a/${slug}#shifts`);
}

export async function withdrawPost(visit: Visit, slug: string): Promise<Answer> {
  const signUpId = field(visit, "signUpId") ?? refuse("INVALID_INPUT", {}, ["signUpId"]);
  await visit.services.signUps.withdraw(visit.actor, { signUpId });
  return seeOther(slug ? `/a/${slug}#shifts` : "/my");
}
