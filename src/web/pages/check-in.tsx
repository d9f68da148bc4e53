import { createHash, randomUUID } from "node:crypto";
import { attendedEnough, intervalOf } from "../../domain/activities/attendance";
import { openStates } from "../../domain/activities/machine";
import type { Activity } from "../../domain/facts/activities";
import { dayOf, type Instant } from "../../domain/kit/calendar";
import { Refusal, refuse } from "../../domain/kit/refusal";
import type { CheckWindow } from "../../services/activities/attendance";
import { type CheckInput, checkIn } from "../../services/activities/commands";
import type { StoredAttendance, StoredSignUp } from "../../storage/store";
import { type Answer, json, seeOther } from "../answers";
import { shiftFacts } from "../facts";
import { Field, isRefused } from "../fields";
import { clock, moment, span } from "../format";
import { page } from "../layout";
import { adviceFor, Banner, Key, wordsOf } from "../parts";
import { cookie, deviceCookie } from "../session";
import { field, type Visit } from "../visit";
import { signInFirst } from "./plain";
import { checksNow } from "./sign-ups";

const yearSeconds = 365 * 86_400;

/** The page that the code on the screen opens: one big button, to come and to go. */
export async function checkInPage(visit: Visit, shiftId: string): Promise<Answer> {
  const { services, actor, say, language, signedIn, cookies, publicUrl } = visit;
  if (!signedIn) return signInFirst(visit);
  const { shift, activity } = (await shiftFacts(services, actor, shiftId)) ?? refuse("NOT_FOUND");
  const { signUp, attendance } = await standing(visit, shiftId);
  const [window] = (await services.attendance.windows([shift])) as [CheckWindow];
  const now = services.now();
  const interval = attendance && intervalOf(shift, attendance.checkedInAt, attendance.checkedOutAt ?? now);
  const lengths = interval && attendedEnough(shift, interval, await services.policies.current());
  const act = signUp?.state === "COMPLETED" ? null : checksNow(signUp?.state ?? null, window, now);
  const open = openStates.includes(activity.state) || act === "out";
  // The device has a random name, which only it and the bank know, and of which the bank keeps a keyed hash.
  const device = cookies.has(deviceCookie)
    ? []
    : [cookie(deviceCookie, randomUUID(), { publicUrl, seconds: yearSeconds })];
  return page(
    visit,
    {
      title: `${say("checkInTitle")} · ${activity.name}`,
      cookies: device,
      scripts: ["check-in.js"],
      className: "narrow",
      // A visitor who is early sees the check-in open without pressing anything.
      refreshAfter: now < window.opensAt ? (window.opensAt - now) / 1000 : undefined,
    },
    <>
      <div class="hero">
        <p class="kicker">{say("checkInTitle")}</p>
        <h1>{activity.name}</h1>
        <p class="lead">{span(shift.startsAt, shift.endsAt, language)}</p>
        <p class="hint">{shift.place}</p>
      </div>
      <Said visit={visit} opensAt={window.opensAt} />
      {attendance && signUp && lengths && (
        <Standing visit={visit} signUp={signUp} attendance={attendance} lengths={lengths} />
      )}
      {signUp?.state === "COMPLETED" && now < shift.endsAt && openStates.includes(activity.state) && (
        <StillHere visit={visit} until={shift.endsAt} />
      )}
      {actor.volunteerId === null ? (
        <p class="note">{say("notVolunteer")}</p>
      ) : act && open ? (
        <CheckForms visit={visit} act={act} asksPosition={act === "in" && shift.radiusMetres !== null} />
      ) : (
        signUp?.state !== "COMPLETED" && (
          <WhyNot visit={visit} activity={activity} window={window} left={signUp?.state === "CHECKED_IN"} />
        )
      )}
    </>,
  );
}

/** The texts of our script, and its data: the clock by which a press is timed, and the presses that wait on this phone. */
function Said({ visit: { say, services, actor }, opensAt }: { visit: Visit; opensAt: Instant }) {
  const owner = createHash("sha256")
    .update(`${actor.personId} ${dayOf(services.now())}`)
    .digest("hex")
    .slice(0, 16);
  return (
    <div
      id="said"
      class="note"
      role="status"
      hidden
      data-saved={say("savedOffline")}
      data-sending={say("sending")}
      data-now={String(services.now())}
      data-opens={String(opensAt)}
      data-owner={owner}
    />
  );
}

/** The reason for which there is nothing to press now. */
function WhyNot(props: { visit: Visit; activity: Activity; window: CheckWindow; left: boolean }) {
  const { visit, activity, window, left } = props;
  const { say, language, services } = visit;
  const { state } = activity;
  if (state === "CANCELLED" || state === "POSTPONED") return <Banner visit={visit} activity={activity} />;
  if (left) return <p class="note">{say("checkOutOver")}</p>;
  const early = openStates.includes(state) && services.now() < window.opensAt;
  return (
    <p class="note">{early ? say("checkInOpensAt", { at: moment(window.opensAt, language) }) : say("checkInOver")}</p>
  );
}

/** The visitor's own sign-up for this shift, the newest first, and what it became. */
async function standing({ services, actor }: Visit, shiftId: string) {
  const [signUp = null] = await services.signUps.reading.mineForShifts(actor, [shiftId]);
  const [attendance] = signUp ? await services.attendance.ofSignUps(actor, [signUp.id]) : [];
  return { signUp, attendance: attendance ?? null };
}

interface Shown {
  visit: Visit;
  signUp: StoredSignUp;
  attendance: StoredAttendance;
  /** How long the visitor was there, and how long counts; the lead may count less than the check-ins show. */
  lengths: { minutes: number; needed: number; enough: boolean };
}

function Standing({ visit, signUp, attendance, lengths }: Shown) {
  const { say, language } = visit;
  const outcome = {
    OPEN: null,
    RECORDED: say("recorded"),
    TOO_SHORT: lengths.enough
      ? say("tooShortNoted")
      : say("tooShort", { minutes: lengths.minutes, needed: lengths.needed }),
    MISSING_RECORD: say("missingRecord"),
    DISCARDED: say("discarded"),
  }[attendance.outcome];
  const out = attendance.checkedOutAt;
  return (
    <div class={`note good ${signUp.state === "CHECKED_IN" ? "big" : ""}`} role="status">
      <p>
        <strong>
          {out === null
            ? say("checkedInAt", { time: clock(attendance.checkedInAt, language) })
            : say("checkedOutAt", { time: clock(out, language) })}
        </strong>{" "}
        {attendance.sentLate && <span class="badge calm">{say("sentLate")}</span>}
      </p>
      {outcome && <p>{outcome}</p>}
    </div>
  );
}

/**
 * A check-out that was pressed by mistake does not end the day. Nobody gains time by it: leaving takes the screen's code once
 * more.
 */
function StillHere({ visit: { say, path, language }, until }: { visit: Visit; until: Instant }) {
  return (
    <form method="post" action={path} class="note">
      <p>{say("stillHereWhy", { time: clock(until, language) })}</p>
      <Key />
      <input type="hidden" name="act" value="back" />
      <button type="submit" class="quiet wide">
        {say("stillHere")}
      </button>
    </form>
  );
}

function CheckForms({ visit, act, asksPosition }: { visit: Visit; act: "in" | "out"; asksPosition: boolean }) {
  const { say, query, path } = visit;
  const token = query.get("t");
  const about = { "data-check": "" };
  const position = asksPosition && <Position visit={visit} />;
  const byDigits = (
    <form method="post" action={path} {...about} data-leave={act === "in" ? say("checkOut") : undefined}>
      <Key />
      <input type="hidden" name="act" value={act} />
      <Field
        visit={visit}
        of={checkIn.fields.digits}
        id="digits"
        name="digits"
        label={say("digits")}
        refused={isRefused(visit, {}) && visit.form.has("digits")}
        class="digits"
        inputMode="numeric"
        autoComplete="one-time-code"
        required
      />
      {!token && position}
      <button type="submit" class={token ? "" : "big"}>
        {say(act === "in" ? "checkIn" : "checkOut")}
      </button>
    </form>
  );
  if (!token) return byDigits;
  return (
    <>
      <form method="post" action={path} {...about}>
        <Key />
        <input type="hidden" name="act" value={act} />
        <input type="hidden" name="token" value={token} />
        {position}
        <button type="submit" class="big">
          {say(act === "in" ? "checkIn" : "checkOut")}
        </button>
      </form>
      <details class="other" open={visit.refusal !== null}>
        <summary>{say("codeAgain")}</summary>
        {byDigits}
      </details>
    </>
  );
}

/** Only a script can ask for a position, so only a script shows the question. */
function Position({ visit: { say } }: { visit: Visit }) {
  return (
    <p class="consent" data-position="" data-denied={say("positionDenied")} hidden>
      <label class="tick">
        <input type="checkbox" /> <span>{say("positionConsent")}</span>
      </label>
      <input type="hidden" name="latitude" value="" />
      <input type="hidden" name="longitude" value="" />
    </p>
  );
}

export async function checkInPost(visit: Visit, shiftId: string): Promise<Answer> {
  const { services, actor, signedIn, wantsJson } = visit;
  if (!signedIn) return wantsJson ? json({ signedOut: true }, { status: 401 }) : signInFirst(visit);
  try {
    const input = inputOf(visit, shiftId);
    const { checkIn, checkOut, reopen } = services.attendance;
    const act = field(visit, "act");
    await (act === "out" ? checkOut : act === "back" ? reopen : checkIn).call(services.attendance, actor, input);
  } catch (error) {
    if (!wantsJson || !(error instanceof Refusal)) throw error;
    return json(refusedInWords(visit, error), { status: 422 });
  }
  return wantsJson ? json({ done: true }) : seeOther(`/in/${shiftId}`);
}

function inputOf(visit: Visit, shiftId: string): CheckInput {
  const number = (name: string) => {
    const text = field(visit, name);
    if (text === null) return null;
    const value = Number(text);
    return Number.isFinite(value) ? value : refuse("INVALID_INPUT", { expected: "a number" }, [name]);
  };
  return {
    idempotencyKey: field(visit, "key") ?? refuse("INVALID_INPUT", { expected: "the page's own key" }, ["key"]),
    shiftId,
    token: field(visit, "token"),
    digits: field(visit, "digits"),
    at: number("at"),
    latitude: number("latitude"),
    longitude: number("longitude"),
    deviceId: visit.cookies.get(deviceCookie) ?? null,
  };
}

function refusedInWords(visit: Visit, refusal: Refusal) {
  const { code, path } = refusal;
  return { code, path, text: wordsOf(refusal, visit.language), advice: adviceFor(visit, refusal) };
}
