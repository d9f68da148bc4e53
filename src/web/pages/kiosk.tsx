import type { ComponentChildren } from "preact";
import type { SignUpState } from "../../domain/facts/activities";
import { refuse } from "../../domain/kit/refusal";
import { checkIn } from "../../services/activities/commands";
import type { ScreenVisitor } from "../../services/activities/venue-screen";
import { type Answer, json, seeOther } from "../answers";
import { qrPath, quietZone } from "../drawn/qr";
import { shiftFacts } from "../facts";
import { Field, isRefused } from "../fields";
import { count, span } from "../format";
import { type PageOptions, page, TextSwitch } from "../layout";
import { Key } from "../parts";
import { cookie, endSession, screenCookie } from "../session";
import { field, type Visit } from "../visit";
import { signInFirst } from "./plain";

/**
 * The lead in whose name the screen works: the lead who is signed in here, or the one who left a pass for this shift and went.
 * A pass opens nothing but this page.
 */
async function atScreen(visit: Visit, shiftId: string): Promise<Visit> {
  const pass = visit.cookies.get(screenCookie);
  if (visit.signedIn || !pass) return visit;
  const actor = await visit.services.screens.actorOf(shiftId, pass);
  return actor ? { ...visit, actor, signedIn: true } : visit;
}

/** The venue's screen: it shows and takes only this shift's check-ins. */
export async function kioskPage(asked: Visit, shiftId: string): Promise<Answer> {
  const visit = await atScreen(asked, shiftId);
  if (!visit.signedIn) return signInFirst(visit);
  const { services, actor, query, refusal } = visit;
  const facts = (await shiftFacts(services, actor, shiftId)) ?? refuse("NOT_FOUND");
  const code = await codeNow(visit, shiftId);
  if (refusal === null && query.get("by") !== "number") return codePage(asked, visit, { ...facts, code });
  return screenPage(visit, facts, leftAlone, <NumberForm visit={visit} />);
}

type Facts = NonNullable<Awaited<ReturnType<typeof shiftFacts>>>;
/** A visitor who walks away in the middle leaves the code to the next one; `assets/kiosk.js` notices that nobody is there. */
const leftAlone = { scripts: ["kiosk.js"], refreshAfter: 120 } as const;

function screenPage(
  visit: Visit,
  { shift, activity }: Facts,
  options: Pick<PageOptions, "scripts" | "refreshAfter">,
  content: ComponentChildren,
): Answer {
  const { say, language } = visit;
  return page(
    visit,
    { title: `${say("kioskTitle")} · ${activity.name}`, bare: true, className: "kiosk", ...options },
    <>
      <header>
        <h1>{activity.name}</h1>
        <p class="lead">
          {span(shift.startsAt, shift.endsAt, language)} · {shift.place}
        </p>
      </header>
      {content}
      <p class="choices">
        <TextSwitch visit={visit} />
      </p>
    </>,
  );
}

function codePage(
  asked: Visit,
  visit: Visit,
  { code, ...facts }: Facts & { code: Awaited<ReturnType<typeof codeNow>> },
): Answer {
  const { say, language, query, path } = visit;
  const outcome = query.get("said");
  const message =
    outcome === "in" ? "kioskIn" : outcome === "out" ? "kioskOut" : outcome === "back" ? "kioskBack" : null;
  return screenPage(
    visit,
    facts,
    { scripts: ["kiosk.js"], refreshAfter: code.seconds },
    <>
      {message && (
        <div class="note good" role="status" tabIndex={-1} autofocus>
          <p>
            <strong>{say(message)}</strong>
          </p>
          {outcome === "out" && <p>{say("kioskUndoHow")}</p>}
        </div>
      )}
      <div class="screen" data-kiosk={`${path}/code.json`} data-seconds={code.seconds}>
        <svg class="qr" viewBox={`0 0 ${code.size} ${code.size}`} role="img" aria-label={say("kioskQr")}>
          <rect class="qr-paper" width={code.size} height={code.size} />
          <path class="qr-ink" d={code.path} data-qr="" />
        </svg>
        <div class="screen-side">
          <p class="hint">{say("kioskHow")}</p>
          <p class="code" data-digits="">
            {code.digits}
          </p>
          <p class="hint" data-countdown={say("renewsIn")}>
            {say("renewsIn", { seconds: code.seconds })}
          </p>
          <p class="note bad" data-offline="" role="alert" hidden>
            {say("screenOffline")}
          </p>
          <p class="present">
            <strong data-present="">{count(facts.counts.checkedIn, language)}</strong> {say("present")}
          </p>
        </div>
      </div>
      <p>
        <a class="button quiet" href={`${path}?by=number`}>
          {say("withoutPhone")}
        </a>
      </p>
      {asked.signedIn && (
        <form method="post" action={path} class="note hand-over">
          <p>{say("handOverWhy")}</p>
          <input type="hidden" name="act" value="leave" />
          <button type="submit" class="quiet">
            {say("handOver")}
          </button>
        </form>
      )}
    </>,
  );
}

/** A half-typed number is not removed without a word: `assets/kiosk.js` asks first whether anybody is there. */
function Idle({ visit: { say } }: { visit: Visit }) {
  return (
    <div class="note bad idle" role="alert" data-idle={say("idleWarning")} hidden>
      <p />
      <button type="button" class="quiet">
        {say("idleStay")}
      </button>
    </div>
  );
}

/** A keyboard of digits alone: the last four are enough, and nobody looks for letters. */
function NumberForm({ visit }: { visit: Visit }) {
  const { say, path } = visit;
  const refused = isRefused(visit, {});
  return (
    <form method="post" action={path} class="kiosk-form" data-back={path}>
      <Idle visit={visit} />
      <input type="hidden" name="act" value="find" />
      <Field
        visit={visit}
        of={checkIn.fields.volunteerNo}
        id="volunteerNo"
        name="volunteerNo"
        label={say("volunteerNoEnds")}
        hint={say("volunteerNoHow")}
        refused={refused}
        inputMode="numeric"
        autoComplete="off"
        required
        autofocus
      />
      <Field
        visit={visit}
        of={checkIn.fields.phoneEnds}
        id="phoneEnds"
        name="phoneEnds"
        label={say("phoneEnds")}
        hint={say("noPhoneOnFile")}
        refused={refused}
        type="password"
        inputMode="numeric"
        autoComplete="off"
        required
      />
      <noscript>
        <p class="hint">{say("idleWithoutScript")}</p>
      </noscript>
      <button type="submit">{say("next")}</button>
      <a class="button quiet" href={path}>
        {say("backToCode")}
      </a>
    </form>
  );
}

/** The steps that a person in this state of the list can take at the screen. */
const offered: Partial<Record<SignUpState, readonly ScreenAct[]>> = {
  CHECKED_IN: ["out"],
  COMPLETED: ["back"],
};
const actWords = { in: "checkIn", out: "checkOut", back: "stillHere" } as const;
type ScreenAct = keyof typeof actWords;

/** A mistyped number is another person's: the visitor sees this before anything is done. */
async function askedWho(visit: Visit, typed: ScreenVisitor): Promise<Answer> {
  const { services, actor, say, path } = visit;
  const { shiftId, volunteerNo, phoneEnds } = typed;
  const facts = (await shiftFacts(services, actor, shiftId)) ?? refuse("NOT_FOUND");
  const { name, state } = await services.attendance.screen.visitorAtScreen(actor, typed);
  return screenPage(
    visit,
    facts,
    leftAlone,
    <div class="kiosk-form" data-back={path}>
      <Idle visit={visit} />
      <p class="lead" role="status">
        {say("isThisYou", { name })}
      </p>
      <p>
        <span class="badge calm">{say(`signUp_${state}`)}</span>
      </p>
      {(offered[state] ?? (["in"] as const)).map((act) => (
        <form key={act} method="post" action={path}>
          <Key />
          <input type="hidden" name="act" value={act} />
          <input type="hidden" name="volunteerNo" value={volunteerNo} />
          <input type="hidden" name="phoneEnds" value={phoneEnds ?? ""} />
          <button type="submit" class="wide">
            {say(actWords[act])}
          </button>
        </form>
      ))}
      <a class="button quiet" href={`${path}?by=number`}>
        {say("notMe")}
      </a>
    </div>,
  );
}

/** The next code for a screen that has JavaScript. */
export async function kioskCode(asked: Visit, shiftId: string): Promise<Answer> {
  const visit = await atScreen(asked, shiftId);
  const { services, actor, language } = visit;
  if (!visit.signedIn) return json({ signedOut: true }, { status: 401 });
  const facts = (await shiftFacts(services, actor, shiftId)) ?? refuse("NOT_FOUND");
  return json({ ...(await codeNow(visit, shiftId)), present: count(facts.counts.checkedIn, language) });
}

async function codeNow({ services, actor, publicUrl }: Visit, shiftId: string) {
  const { token, digits, expiresAt } = await services.attendance.screen.code(actor, shiftId);
  const { path, size } = qrPath(`${publicUrl}/in/${shiftId}?t=${encodeURIComponent(token)}`);
  const seconds = Math.max(1, Math.ceil((expiresAt - services.now()) / 1000));
  return { path, size: size + 2 * quietZone, digits, seconds };
}

export async function kioskPost(asked: Visit, shiftId: string): Promise<Answer> {
  const visit = await atScreen(asked, shiftId);
  const { services, actor } = visit;
  if (!visit.signedIn) return signInFirst(visit);
  const act = field(visit, "act");
  if (asked.signedIn && act === "leave") return leaveScreen(visit, shiftId);
  const volunteerNo = field(visit, "volunteerNo") ?? refuse("INVALID_INPUT", { missing: true }, ["volunteerNo"]);
  // Digits left out count as wrong here: no lead is known to stand by the screen.
  const typed: ScreenVisitor = { shiftId, volunteerNo, phoneEnds: field(visit, "phoneEnds") ?? "" };
  if (act === "find") return askedWho(visit, typed);
  const input = {
    idempotencyKey: field(visit, "key") ?? refuse("INVALID_INPUT", { expected: "the page's own key" }, ["key"]),
    ...typed,
    kiosk: true,
  };
  const done = act === "out" || act === "back" ? act : "in";
  const { checkIn, checkOut, reopen } = services.attendance;
  await { in: checkIn, out: checkOut, back: reopen }[done].call(services.attendance, actor, input);
  return seeOther(`/kiosk/${shiftId}?said=${done}`);
}

/** The lead goes and the screen stays: the session of this device ends, and a pass for this shift takes its place. */
async function leaveScreen(visit: Visit, shiftId: string): Promise<Answer> {
  const { services, actor, publicUrl } = visit;
  const { pass, expiresAt } = await services.screens.open(actor, shiftId);
  const path = `/kiosk/${shiftId}`;
  const seconds = (expiresAt - services.now()) / 1000;
  return seeOther(path, [cookie(screenCookie, pass, { publicUrl, seconds, path }), await endSession(visit)]);
}
