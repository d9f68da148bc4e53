import type { ComponentChildren } from "preact";
import { openStates } from "../../domain/activities/machine";
import { activityMoves } from "../../domain/facts/activities";
import { mayTake } from "../../domain/kit/moves";
import { refuse } from "../../domain/kit/refusal";
import { dropShift } from "../../services/activities/commands";
import type { Unresolved } from "../../services/activities/reading";
import type { ShownShift } from "../../services/activities/sight";
import type { Answer } from "../answers";
import { mayAt } from "../facts";
import { isRefused, ReasonField } from "../fields";
import { count, span } from "../format";
import { page } from "../layout";
import { Section, StateBadge } from "../parts";
import type { Visit } from "../visit";
import { People, peopleOf } from "./people";
import { signInFirst } from "./plain";
import { NewTimes } from "./rescheduling";
import { NextSteps, OtherSteps, offeredSteps } from "./steps";

/** Everything that a lead does on the day, with one thumb. */
export async function leadPage(visit: Visit, slug: string): Promise<Answer> {
  const { services, actor, say } = visit;
  if (!visit.signedIn) return signInFirst(visit);
  const activity = (await services.activities.bySlug(actor, slug)) ?? refuse("NOT_FOUND");
  const unresolved = await services.activities.unresolved(actor, activity.id);
  const shifts = ((await services.activities.shiftsOf(actor, [activity.id]))[0] ?? []).filter(
    (shift) => !shift.dropped,
  );
  const now = services.now();
  const offered = await offeredSteps(visit, activity);
  const drops =
    mayTake(activityMoves, activity.state, "DROP_SHIFT") && (await mayAt(services, actor, "activity.run", activity));
  const edits = activity.state === "POSTPONED" && (await mayAt(services, actor, "activity.create", activity));
  const chosen = chosenShift(visit, shifts);
  const people = chosen && (await peopleOf(visit, chosen));
  return page(
    visit,
    { title: `${activity.name} · ${say("leadPage")}` },
    <>
      <div class="hero">
        <p class="card-head">
          <StateBadge visit={visit} state={activity.state} />
        </p>
        <h1>{activity.name}</h1>
      </div>
      {edits && <NewTimes visit={visit} activity={activity} shifts={shifts} />}
      <NextSteps visit={visit} activity={activity} offered={offered} />
      <Section id="unresolved" title={say("unresolved")}>
        {unresolved && <Open visit={visit} slug={slug} unresolved={unresolved} />}
      </Section>
      <Section id="shifts" title={say("shifts")}>
        <ul class="cards">
          {shifts.map((shift) => (
            <ShiftCard
              key={shift.id}
              visit={visit}
              slug={slug}
              shift={shift}
              chosen={shift.id === chosen?.id}
              open={openStates.includes(activity.state)}
            >
              {drops && shifts.length > 1 && now < shift.endsAt && <DropForm visit={visit} slug={slug} shift={shift} />}
            </ShiftCard>
          ))}
        </ul>
      </Section>
      {chosen && people && (
        <People visit={visit} slug={slug} shift={chosen} people={people} open={openStates.includes(activity.state)} />
      )}
      <OtherSteps visit={visit} activity={activity} offered={offered} />
    </>,
  );
}

/** The shift of the address, else the one under way, else the next, else the last. */
function chosenShift({ query, form, services }: Visit, shifts: readonly ShownShift[]): ShownShift | undefined {
  const wanted = query.get("shift") ?? form.get("shift");
  return (
    shifts.find(({ id }) => id === wanted) ??
    [...shifts].sort((a, b) => a.endsAt - b.endsAt).find(({ endsAt }) => endsAt > services.now()) ??
    shifts.at(-1)
  );
}

function Open({ visit, slug, unresolved }: { visit: Visit; slug: string; unresolved: Unresolved }) {
  const { say, language } = visit;
  const lines = [
    ["missingCheckOut", unresolved.missingCheckOut],
    ["missingRecordCount", unresolved.missingRecord],
    ["recordsWaiting", unresolved.recordsWaiting],
  ] as const;
  if (lines.every(([, open]) => open === 0)) return <p class="empty">{say("unresolvedNone")}</p>;
  return (
    <>
      <dl class="totals small">
        {lines.map(([label, open]) => (
          <div key={label}>
            <dt>{say(label)}</dt>
            <dd>{count(open, language)}</dd>
          </div>
        ))}
      </dl>
      {unresolved.recordsWaiting > 0 && (
        <p>
          <a class="button wide" href={`/lead/${slug}/confirm`}>
            {say("confirmSome", { count: count(unresolved.recordsWaiting, language) })}
          </a>
        </p>
      )}
    </>
  );
}

/** One shift of several can be called off by itself. */
function DropForm({ visit, slug, shift }: { visit: Visit; slug: string; shift: ShownShift }) {
  const { say } = visit;
  const refused = isRefused(visit, { do: "drop", shiftId: shift.id });
  return (
    <details class="other" open={refused}>
      <summary>{say("dropShift")}</summary>
      <form method="post" action={`/lead/${slug}`}>
        <input type="hidden" name="do" value="drop" />
        <input type="hidden" name="shiftId" value={shift.id} />
        <ReasonField visit={visit} of={dropShift.fields.reason} id={`reason-${shift.id}`} refused={refused} />
        <button type="submit" class="quiet">
          {say("goOn")}
        </button>
      </form>
    </details>
  );
}

function ShiftCard(props: {
  visit: Visit;
  slug: string;
  shift: ShownShift;
  chosen: boolean;
  /** Whether the activity takes check-ins; otherwise its screen would show a code that nobody can use. */
  open: boolean;
  children: ComponentChildren;
}) {
  const { visit, slug, shift, chosen, open, children } = props;
  const { say, language } = visit;
  return (
    <li class={chosen ? "card chosen" : "card"}>
      <h3>{span(shift.startsAt, shift.endsAt, language)}</h3>
      <p class="hint">{shift.place}</p>
      <p class="actions">
        {open && (
          <a class="button" href={`/kiosk/${shift.id}`}>
            {say("kiosk")}
          </a>
        )}
        {!chosen && (
          <a class="button quiet" href={`/lead/${slug}?shift=${shift.id}#list`}>
            {say("list")}
          </a>
        )}
      </p>
      {children}
    </li>
  );
}
