import { leadsTo } from "../../domain/activities/machine";
import { pendingStates } from "../../domain/activities/signups";
import { type Activity, type ActivityAction, activityActions, activityMoves } from "../../domain/facts/activities";
import { dayOf } from "../../domain/kit/calendar";
import { mayTake, take } from "../../domain/kit/moves";
import { refuse } from "../../domain/kit/refusal";
import type { Act } from "../../domain/permissions/actors";
import { advanceActivity } from "../../services/activities/commands";
import type { ShownShift } from "../../services/activities/sight";
import type { StoredSignUp } from "../../storage/store";
import type { Answer } from "../answers";
import { mayAt } from "../facts";
import { isRefused, ReasonField } from "../fields";
import { count, span } from "../format";
import { Section } from "../parts";
import { field, type Visit } from "../visit";
import { askPage, isSure, sentAgain } from "./asking";

/** Says who may take which step, to show only buttons that may work; the services decide. */
const actOf: Record<ActivityAction, Act> = {
  SUBMIT: "activity.submit",
  PUBLISH: "activity.review",
  RETURN: "activity.review",
  START: "activity.run",
  END: "activity.run",
  CLOSE: "activity.run",
  POSTPONE: "activity.run",
  CANCEL: "activity.run",
};
/** A reviewer can undo the handing in; every other step asks again before it is taken. */
const unasked: readonly ActivityAction[] = ["SUBMIT"];
/** The steps that end the most stand last. */
const lastOrder: readonly ActivityAction[] = ["RETURN", "POSTPONE", "END", "CANCEL"];

export interface Offered {
  /** The way on, without a reason. */
  plain: readonly ActivityAction[];
  /** Each needs a reason. */
  reasoned: readonly ActivityAction[];
}

export async function offeredSteps({ services, actor }: Visit, activity: Activity): Promise<Offered> {
  const now = services.now();
  // Beginning and ending are offered when they may be meant; the activity begins by itself with the first check-in.
  const tooEarly: Partial<Record<ActivityAction, boolean>> = {
    START: dayOf(activity.startsAt) > dayOf(now),
    END: activity.startsAt > now,
  };
  // Once a volunteer has come, an activity is ended and no longer called off: no step is offered that would be refused.
  const [counts] = await services.activities.totals([activity.id]);
  const come = (counts?.checkedIn ?? 0) > 0;
  const steps: ActivityAction[] = [];
  for (const action of activityActions)
    if (
      mayTake(activityMoves, activity.state, action) &&
      !tooEarly[action] &&
      !(come && ["POSTPONE", "CANCEL"].includes(action)) &&
      (await mayAt(services, actor, actOf[action], activity))
    )
      steps.push(action);
  return {
    plain: steps.filter((action) => !needsReason(action, activity, now)),
    reasoned: lastOrder.filter((action) => steps.includes(action) && needsReason(action, activity, now)),
  };
}

function needsReason(action: ActivityAction, { endsAt }: Activity, now: number): boolean {
  return activityMoves[action].reason || (action === "END" && endsAt > now);
}

/** The next steps: a form for each, so that no key in one takes another. */
export function NextSteps({ visit, activity, offered }: { visit: Visit; activity: Activity; offered: Offered }) {
  const { say } = visit;
  if (offered.plain.length === 0) return null;
  return (
    <Section id="steps" title={say("nextSteps")}>
      <div class="actions">
        {offered.plain.map((action) => (
          <form key={action} method="post" action={`/lead/${activity.slug}`}>
            <StepFields activity={activity} action={action} />
            <button type="submit">{say(`step_${action}`)}</button>
          </form>
        ))}
      </div>
    </Section>
  );
}

/**
 * The steps that change other people's day, at the end of the page: folded, with a form each, and none of them is taken by
 * itself.
 */
export function OtherSteps({ visit, activity, offered }: { visit: Visit; activity: Activity; offered: Offered }) {
  const { say, services } = visit;
  if (offered.reasoned.length === 0) return null;
  return (
    <Section id="other-steps" title={say("otherSteps")}>
      {offered.reasoned.map((action) => {
        const refused = isRefused(visit, { do: "advance", action });
        return (
          <details class="other" key={action} open={refused}>
            <summary>{say(`step_${action}`)}</summary>
            <form method="post" action={`/lead/${activity.slug}`}>
              <StepFields activity={activity} action={action} />
              {action === "END" && activity.endsAt > services.now() && <p class="note bad">{say("endsEarly")}</p>}
              <ReasonField visit={visit} of={advanceActivity.fields.reason} id={`reason-${action}`} refused={refused} />
              <button type="submit" class="quiet">
                {say("goOn")}
              </button>
            </form>
          </details>
        );
      })}
    </Section>
  );
}

function StepFields({ activity, action }: { activity: Activity; action: ActivityAction }) {
  return (
    <>
      <input type="hidden" name="do" value="advance" />
      <input type="hidden" name="version" value={activity.version} />
      <input type="hidden" name="action" value={action} />
    </>
  );
}

/** Takes a step of the activity, or asks first, with its consequences and the number of people. */
export async function advance(visit: Visit, activity: Activity, expectedVersion: number): Promise<Answer | null> {
  const { services, actor, say } = visit;
  const action =
    activityActions.find((known) => known === field(visit, "action")) ??
    refuse("INVALID_INPUT", { known: activityActions }, ["action"]);
  const reason = field(visit, "reason");
  if (isSure(visit) || unasked.includes(action)) {
    await services.activities.advance(actor, { activityId: activity.id, action, reason, expectedVersion });
    return null;
  }
  // A visitor who comes from an old page, or without a reason, is not asked about a step that would be refused anyway.
  take(activityMoves, activity, action, { expectedVersion, reason, to: leadsTo(activity, action) });
  if (needsReason(action, activity, services.now()) && !reason) refuse("REASON_MISSING", { action }, ["reason"]);
  return askPage(visit, {
    title: say(`ask_${action}`),
    effects: [activity.name, ...(await effectsOf(visit, activity, action)), ...reasonShown(visit)],
    action: `/lead/${activity.slug}`,
    fields: sentAgain(visit),
    sure: say(`sure_${action}`),
    back: `/lead/${activity.slug}`,
  });
}

/** Calls off one shift of several, or asks first. */
export async function drop(visit: Visit, activity: Activity): Promise<Answer | null> {
  const { services, actor, say, language } = visit;
  const shiftId = field(visit, "shiftId") ?? refuse("INVALID_INPUT", { missing: true }, ["shiftId"]);
  const reason = field(visit, "reason") ?? refuse("REASON_MISSING", {}, ["reason"]);
  if (isSure(visit)) {
    await services.activities.dropShift(actor, { shiftId, reason });
    return null;
  }
  const [shifts = []] = await services.activities.shiftsOf(actor, [activity.id]);
  const shift = shifts.find(({ id, dropped }) => id === shiftId && !dropped) ?? refuse("NOT_FOUND", {}, ["shiftId"]);
  const standing = await services.signUps.reading.ofActivity(actor, activity.id, pendingStates);
  const concerned = people(standing.filter((signUp) => signUp.shiftId === shift.id));
  return askPage(visit, {
    title: say("askDrop"),
    effects: [
      activity.name,
      say("effectDrop", { when: span(shift.startsAt, shift.endsAt, language) }),
      concerned > 0 ? say("effectLetGo", { count: count(concerned, language) }) : say("effectNobody"),
      ...reasonShown(visit),
    ],
    action: `/lead/${activity.slug}`,
    fields: sentAgain(visit),
    sure: say("sureDrop"),
    back: `/lead/${activity.slug}`,
  });
}

export function reasonShown(visit: Visit): string[] {
  const reason = field(visit, "reason");
  return reason === null ? [] : [visit.say("reasonGiven", { reason })];
}

/** The consequences of a step in words, each with the number of people whom it concerns. */
async function effectsOf(visit: Visit, activity: Activity, action: ActivityAction): Promise<string[]> {
  const { services, actor, say, language } = visit;
  const signUps = await services.signUps.reading.ofActivity(actor, activity.id, [...pendingStates, "CHECKED_IN"]);
  const [shifts = []] = await services.activities.shiftsOf(actor, [activity.id]);
  const pending = signUps.filter(({ state }) => state !== "CHECKED_IN");
  const line = (
    key: "effectLetGo" | "effectTold" | "effectMissed" | "effectHere",
    signUpsOf: readonly StoredSignUp[],
  ) => (signUpsOf.length === 0 ? [] : [say(key, { count: count(people(signUpsOf), language) })]);
  const concerned = (key: "effectLetGo" | "effectTold") =>
    pending.length === 0 ? [say("effectNobody")] : line(key, pending);
  const effect = say(`effect_${action}`, { capacity: count(activity.capacity, language) });
  switch (action) {
    case "CANCEL":
      return [effect, ...concerned("effectLetGo")];
    case "POSTPONE":
      return [effect, ...concerned("effectTold")];
    case "PUBLISH":
      return [effect, ...(activity.reviewedBy === null ? [] : concerned("effectTold"))];
    case "END": {
      const missed = pending.filter((signUp) => isMissed(signUp, shifts, services.now()));
      return [
        effect,
        ...line(
          "effectLetGo",
          pending.filter((signUp) => !missed.includes(signUp)),
        ),
        ...line("effectMissed", missed),
        ...line(
          "effectHere",
          signUps.filter(({ state }) => state === "CHECKED_IN"),
        ),
      ];
    }
    default:
      return [effect];
  }
}

/** Whether the volunteer was promised for a shift that is over, and has not come. */
function isMissed({ state, shiftId }: StoredSignUp, shifts: readonly ShownShift[], now: number): boolean {
  const shift = shifts.find(({ id }) => id === shiftId);
  return state === "ACCEPTED" && shift !== undefined && !shift.dropped && shift.endsAt <= now;
}

/** A person who stands on the lists of two shifts counts once. */
const people = (signUps: readonly StoredSignUp[]) => new Set(signUps.map(({ volunteerId }) => volunteerId)).size;
