import type { ComponentChildren } from "preact";
import type { Activity } from "../../domain/activities/machine";
import type { ShownShift } from "../../services/contract";
import type { StoredSignUp } from "../../storage/store";
import { span } from "../format";
import type { Visit } from "../visit";

export interface SignUpLine {
  signUp: StoredSignUp;
  shift: ShownShift;
  /** Null where its announcement was taken back. */
  activity: Activity | null;
}

/** A volunteer's latest sign-ups, each with what it is for. */
export async function signUpLines({ services, actor }: Visit, volunteerId: string): Promise<SignUpLine[]> {
  const found = await services.signUps.ofVolunteer(actor, volunteerId, null, { first: 50 });
  const signUps = found.edges.map(({ node }) => node);
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
  return signUps.flatMap((signUp, i) => {
    const [shift, activity] = [shifts[i], activities[i] ?? null];
    return shift ? [{ signUp, shift, activity }] : [];
  });
}

/** Expected at the venue, or there. */
export const isHere = ({ state }: StoredSignUp) => state === "ACCEPTED" || state === "CHECKED_IN";

export function SignUpCard(given: { visit: Visit; line: SignUpLine; children: ComponentChildren }) {
  const { visit, line, children } = given;
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
