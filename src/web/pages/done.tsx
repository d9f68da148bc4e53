import { openStates } from "../../domain/activities/machine";
import type { SignUpState } from "../../domain/facts/activities";
import { span } from "../format";
import { Key } from "../parts";
import type { TextKey } from "../texts";
import type { Visit } from "../visit";
import { type SignUpLine, signUpLine } from "./sign-ups";

const messages: Partial<Record<SignUpState, TextKey>> = {
  ACCEPTED: "doneAccepted",
  WAITLISTED: "doneWaiting",
  PENDING_GUARDIAN: "donePending",
  WITHDRAWN: "doneWithdrawn",
};

export interface DoneLine extends SignUpLine {
  position: number | null;
}

/**
 * The sign-up that an address names as just done, if it is the visitor's own or a ward's. The text is made from the sign-up: an
 * address alone puts no words into our mouth.
 */
export async function doneLine(visit: Visit): Promise<DoneLine | null> {
  const { services, actor, query, signedIn, refusal } = visit;
  const id = query.get("done");
  if (!signedIn || refusal || !id || !/^[\w-]{1,60}$/.test(id)) return null;
  const line = await signUpLine(visit, id);
  if (!line) return null;
  const mine = line.signUp.volunteerId === actor.volunteerId;
  if (!mine && !(await services.guardians.wards(actor)).includes(line.signUp.volunteerId)) return null;
  const [position] = line.signUp.state === "WAITLISTED" ? await services.signUps.reading.positions([id]) : [];
  return { ...line, position: position ?? null };
}

/** Says what was just done, with time and place. The focus goes here, so that it is read out and nothing is lost. */
export function DoneNote({ visit, line }: { visit: Visit; line: DoneLine | null }) {
  const key = line && messages[line.signUp.state];
  if (!line || !key) return null;
  const { say, language, services, actor } = visit;
  const { signUp, shift, activity, position } = line;
  const rejoins =
    signUp.state === "WITHDRAWN" &&
    signUp.volunteerId === actor.volunteerId &&
    activity !== null &&
    openStates.includes(activity.state) &&
    !shift.dropped &&
    services.now() < shift.endsAt;
  return (
    <div class="note good done" id="done" role="status" tabIndex={-1} autofocus>
      <p>
        <strong>{say(key, { position: position ?? 1 })}</strong>
      </p>
      {activity && <p>{activity.name}</p>}
      <p>
        {span(shift.startsAt, shift.endsAt, language)} · {shift.place}
      </p>
      {signUp.state === "WITHDRAWN" && signUp.late && <p>{say("doneLate")}</p>}
      {rejoins && (
        <form method="post" action={`/a/${activity.slug}/sign-up`}>
          <Key />
          <input type="hidden" name="shiftId" value={shift.id} />
          <button type="submit" class="quiet">
            {say("rejoin")}
          </button>
        </form>
      )}
    </div>
  );
}
