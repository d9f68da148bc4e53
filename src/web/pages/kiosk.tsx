import { refuse } from "../../domain/refusal";
import { type Answer, json, seeOther } from "../answers";
import { qrPath, quietZone } from "../drawn/qr";
import { shiftFacts } from "../facts";
import { count, span } from "../format";
import { page } from "../layout";
import { Key } from "../parts";
import { cookie, screenCookie, sessionCookie } from "../session";
import { field, type Visit } from "../visit";
import { signInFirst } from "./plain";

/**
 * In whose name the screen works: the lead who is signed in here, or the one who left a pass for this shift and went.
 * A pass opens nothing but this page.
 */
async function atScreen(visit: Visit, shiftId: string): Promise<Visit> {
  const pass = visit.cookies.get(screenCookie);
  if (visit.signedIn || !pass) return visit;
  const actor = await visit.services.screens.actorOf(shiftId, pass);
  return actor ? { ...visit, actor, signedIn: true } : visit;
}

/** The venue's screen: it shows and takes nothing but this shift's check-ins. */
export async function kioskPage(asked: Visit, shiftId: string): Promise<Answer> {
  const visit = await atScreen(asked, shiftId);
  const { services, actor, say, language, query } = visit;
  if (!visit.signedIn) return signInFirst(visit);
  const { shift, activity, counts } = (await shiftFacts(services, actor, shiftId)) ?? refuse("NOT_FOUND");
  const shown = await codeNow(visit, shiftId);
  const said = query.get("said");
  return page(
    visit,
    {
      title: `${say("kioskTitle")} · ${activity.name}`,
      bare: true,
      className: "kiosk",
      scripts: ["kiosk.js"],
      refreshAfter: shown.seconds,
    },
    <>
      <header>
        <h1>{activity.name}</h1>
        <p class="lead">
          {span(shift.startsAt, shift.endsAt, language)} · {shift.place}
        </p>
      </header>
      {(said === "in" || said === "out") && (
        <p class="note good" role="status">
          <strong>{say(said === "in" ? "kioskIn" : "kioskOut")}</strong>
        </p>
      )}
      <div class="screen" data-kiosk={`/kiosk/${shiftId}/code.json`} data-seconds={shown.seconds}>
        <svg class="qr" viewBox={`0 0 ${shown.size} ${shown.size}`} role="img" aria-label={say("kioskQr")}>
          <rect class="qr-paper" width={shown.size} height={shown.size} />
          <path class="qr-ink" d={shown.path} data-qr="" />
        </svg>
        <div class="screen-side">
          <p class="hint">{say("kioskHow")}</p>
          <p class="code" data-digits="">
            {shown.digits}
          </p>
          <p class="hint" data-countdown={say("renewsIn")}>
            {say("renewsIn", { seconds: shown.seconds })}
          </p>
          <p class="note bad" data-offline="" role="alert" hidden>
            {say("screenOffline")}
          </p>
          <p class="present">
            <strong data-present="">{count(counts.checkedIn, language)}</strong> {say("present")}
          </p>
        </div>
      </div>
      <details class="other" open={visit.refusal !== null}>
        <summary>{say("withoutPhone")}</summary>
        <form method="post" action={`/kiosk/${shiftId}`} class="kiosk-form">
          <Key />
          <label for="volunteerNo">{say("volunteerNo")}</label>
          <input id="volunteerNo" name="volunteerNo" autoComplete="off" maxLength={40} required />
          <button type="submit" name="act" value="in">
            {say("checkIn")}
          </button>
          <button type="submit" name="act" value="out" class="quiet">
            {say("checkOut")}
          </button>
        </form>
      </details>
      {asked.signedIn && (
        <form method="post" action={`/kiosk/${shiftId}`} class="note hand-over">
          <p>{say("handOverWhy")}</p>
          <button type="submit" name="act" value="leave" class="quiet">
            {say("handOver")}
          </button>
        </form>
      )}
    </>,
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
  const { token, digits, expiresAt } = await services.attendance.code(actor, shiftId);
  const { path, size } = qrPath(`${publicUrl}/in/${shiftId}?t=${encodeURIComponent(token)}`);
  const seconds = Math.max(1, Math.ceil((expiresAt - services.now()) / 1000));
  return { path, size: size + 2 * quietZone, digits, seconds };
}

export async function kioskPost(asked: Visit, shiftId: string): Promise<Answer> {
  const visit = await atScreen(asked, shiftId);
  const { services, actor } = visit;
  if (!visit.signedIn) return signInFirst(visit);
  if (asked.signedIn && field(visit, "act") === "leave") return leaveScreen(visit, shiftId);
  const input = {
    idempotencyKey: field(visit, "key") ?? refuse("INVALID_INPUT", {}, ["key"]),
    shiftId,
    volunteerNo: field(visit, "volunteerNo") ?? refuse("INVALID_INPUT", { missing: true }, ["volunteerNo"]),
    kiosk: true,
  };
  const out = field(visit, "act") === "out";
  await (out ? services.attendance.checkOut(actor, input) : services.attendance.checkIn(actor, input));
  return seeOther(`/kiosk/${shiftId}?said=${out ? "out" : "in"}`);
}

/** The lead goes and the screen stays: their session ends on this device, and a pass for this shift takes its place. */
async function leaveScreen({ services, actor, publicUrl }: Visit, shiftId: string): Promise<Answer> {
  const { pass, expiresAt } = await services.screens.open(actor, shiftId);
  const path = `/kiosk/${shiftId}`;
  const seconds = (expiresAt - services.now()) / 1000;
  return seeOther(path, [
    cookie(screenCookie, pass, { publicUrl, seconds, path }),
    cookie(sessionCookie, "", { publicUrl, seconds: 0 }),
  ]);
}
