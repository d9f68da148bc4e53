import { openStates, placesLeft } from "../../domain/activities/machine";
import { pendingStates } from "../../domain/activities/signups";
import { type Counts, noCounts } from "../../domain/activities/tallies";
import type { Activity } from "../../domain/facts/activities";
import type { CheckWindow } from "../../services/activities/attendance";
import type { ShownShift } from "../../services/activities/sight";
import type { StoredSignUp } from "../../storage/store";
import { span } from "../format";
import { Key, PlacesLeft, Section } from "../parts";
import type { Visit } from "../visit";
import { checksNow, isHere } from "./sign-ups";
import { withdrawAt } from "./withdrawing";

export interface ShiftLine {
  shift: ShownShift;
  counts: Counts;
  signUp: StoredSignUp | null;
  position: number | null;
  checks: "in" | "out" | null;
}

/** Preact renders at once, so everything that has to be asked for is asked before. */
export async function shiftLines(visit: Visit, shifts: readonly ShownShift[]): Promise<ShiftLine[]> {
  const { activities, signUps } = visit.services;
  const ids = shifts.map(({ id }) => id);
  const [totals, mine] = [await activities.totals(ids), await signUps.reading.mineForShifts(visit.actor, ids)];
  const waiting = mine.flatMap((signUp) => (signUp?.state === "WAITLISTED" ? signUp.id : []));
  const positions = new Map((await signUps.reading.positions(waiting)).map((position, i) => [waiting[i], position]));
  const windows = await visit.services.attendance.windows(shifts);
  return shifts.map((shift, i) => {
    const [signUp, window] = [mine[i] ?? null, windows[i] as CheckWindow];
    const checks = signUp && isHere(signUp) ? checksNow(signUp.state, window, visit.services.now()) : null;
    return { shift, counts: totals[i] ?? noCounts, signUp, position: positions.get(signUp?.id) ?? null, checks };
  });
}

export function Shifts({ visit, activity, lines }: { visit: Visit; activity: Activity; lines: readonly ShiftLine[] }) {
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
                <PlacesLeft visit={visit} left={placesLeft(line.shift, line.counts.signedUp, services.now())} />
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

function ShiftAction(props: { visit: Visit; line: ShiftLine; slug: string; open: boolean }) {
  const { visit, line, slug, open } = props;
  const { say, actor } = visit;
  const { shift, signUp, counts, position, checks } = line;
  const stands = signUp && signUp.state !== "WITHDRAWN" && signUp.state !== "EXCUSED";
  if (stands)
    return (
      <>
        <p>
          <span class="badge live">{say(`signUp_${signUp.state}`)}</span>{" "}
          {position !== null && say("positionInQueue", { position })}
        </p>
        <div class="actions">
          {checks && (
            <a class="button" href={`/in/${shift.id}`}>
              {say(checks === "out" ? "checkOut" : "goCheckIn")}
            </a>
          )}
          {pendingStates.includes(signUp.state) && <WithdrawLink visit={visit} signUpId={signUp.id} from="activity" />}
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

/** Leads to the page that asks first; nothing is given back here. */
export function WithdrawLink({ visit, signUpId, from }: { visit: Visit; signUpId: string; from: "my" | "activity" }) {
  return (
    <a class="button quiet" href={withdrawAt(signUpId, from)}>
      {visit.say("withdraw")}
    </a>
  );
}
