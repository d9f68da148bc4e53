import type { ComponentChildren } from "preact";
import type { Activity, SignUpState } from "../../domain/facts/activities";
import type { Instant } from "../../domain/kit/calendar";
import type { CheckWindow } from "../../services/activities/attendance";
import type { ShownShift } from "../../services/activities/sight";
import type { StoredSignUp } from "../../storage/store";
import { span } from "../format";
import type { Visit } from "../visit";

export interface SignUpLine {
  signUp: StoredSignUp;
  shift: ShownShift;
  /** The activity; null where its announcement was taken back. */
  activity: Activity | null;
  /** The steps that the volunteer may take at the venue now. */
  checks: "in" | "out" | null;
}

/** Whether the visitor may check in or out now; null where neither. A visitor without a sign-up may come too. */
export function checksNow(state: SignUpState | null, window: CheckWindow, now: Instant): "in" | "out" | null {
  if (state === "CHECKED_IN") return now <= window.outClosesAt ? "out" : null;
  if (state === "COMPLETED") return null;
  return window.opensAt <= now && now < window.closesAt ? "in" : null;
}

/** A volunteer's latest sign-ups, each with its shift and activity. */
export async function signUpLines(visit: Visit, volunteerId: string): Promise<SignUpLine[]> {
  const list = await visit.services.signUps.reading.ofVolunteer(visit.actor, volunteerId, null, { first: 50 });
  return linesOf(
    visit,
    list.edges.map(({ node }) => node),
  );
}

/** A sign-up with its shift and activity; null where the visitor may not see it. */
export async function signUpLine(visit: Visit, signUpId: string): Promise<SignUpLine | null> {
  const [signUp] = await visit.services.signUps.reading.many(visit.actor, [signUpId]);
  return signUp ? ((await linesOf(visit, [signUp]))[0] ?? null) : null;
}

async function linesOf({ services, actor }: Visit, signUps: readonly StoredSignUp[]): Promise<SignUpLine[]> {
  const [shifts, activities] = await Promise.all([
    services.activities.shiftsOfSignUps(
      actor,
      signUps.map(({ shiftId }) => shiftId),
    ),
    services.activities.many(
      actor,
      signUps.map(({ activityId }) => activityId),
    ),
  ]);
  const shown = shifts.flatMap((shift) => shift ?? []);
  const windows = new Map((await services.attendance.windows(shown)).map((window, i) => [shown[i]?.id, window]));
  return signUps.flatMap((signUp, i) => {
    const [shift, activity] = [shifts[i], activities[i] ?? null];
    const window = windows.get(shift?.id);
    const checks = window && isHere(signUp) ? checksNow(signUp.state, window, services.now()) : null;
    return shift ? [{ signUp, shift, activity, checks }] : [];
  });
}

/** Whether the volunteer is expected at the venue, or there. */
export const isHere = ({ state }: StoredSignUp) => state === "ACCEPTED" || state === "CHECKED_IN";

export function SignUpCard(props: { visit: Visit; line: SignUpLine; children: ComponentChildren }) {
  const { visit, line, children } = props;
  const { say, language } = visit;
  const { signUp, shift, activity } = line;
  return (
    <li class="card">
      <p class="card-head">
        <span class={isHere(signUp) ? "badge live" : "badge calm"}>{say(`signUp_${signUp.state}`)}</span>
      </p>
      <h3>{activity ? <a href={`/a/${activity.slug}`}>{activity.name}</a> : say("takenBack")}</h3>
      <p>{span(shift.startsAt, shift.endsAt, language)}</p>
      <p class="hint">{shift.place}</p>
      <div class="actions">{children}</div>
    </li>
  );
}
