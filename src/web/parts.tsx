import { randomUUID } from "node:crypto";
import type { ComponentChildren } from "preact";
import type { Activity } from "../domain/activities/machine";
import { type Refusal, refusals } from "../domain/refusal";
import { count } from "./format";
import { type TextKey, texts } from "./texts";
import type { Frame, Visit } from "./visit";

/** A command's own key: sending the same form twice does it once. */
export function Key() {
  return <input type="hidden" name="key" value={randomUUID()} />;
}

/** A no in words, and what can be done about it. */
export function RefusalNote({ visit: { say, language }, refusal }: { visit: Frame; refusal: Refusal }) {
  const advice = adviceFor(refusal);
  return (
    <div class="note bad" role="alert">
      <p>
        <strong>{refusals[refusal.code][language]}</strong>
      </p>
      {advice && (
        <p>
          {say("whatToDo")} {say(advice)}
        </p>
      )}
    </div>
  );
}

export function adviceFor({ code, details }: Refusal): TextKey | null {
  // The guardian has agreed; what is missing is somebody at the child's side.
  if (details.accompanied) return "accompanyFirst";
  const key = `advice_${code}`;
  return key in texts ? (key as TextKey) : null;
}

export function StateBadge({ visit: { say }, state }: { visit: Visit; state: Activity["state"] }) {
  const tone = state === "CANCELLED" || state === "POSTPONED" ? "bad" : state === "ONGOING" ? "live" : "calm";
  return <span class={`badge ${tone}`}>{say(`activity_${state}`)}</span>;
}

export function PlacesLeft({ visit: { say, language }, left }: { visit: Visit; left: number }) {
  const text =
    left === 0 ? say("full") : left === 1 ? say("onePlaceLeft") : say("placesLeft", { count: count(left, language) });
  return <span class={left === 0 ? "places none" : "places"}>{text}</span>;
}

export function Section({ id, title, children }: { id: string; title: string; children: ComponentChildren }) {
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}

/** A line to copy: it can be read and selected without JavaScript, and copied by one press with it. */
export function CopyLine({
  visit: { say },
  id,
  label,
  text,
}: {
  visit: Visit;
  id: string;
  label: string;
  text: string;
}) {
  return (
    <div class="copy">
      <label for={id}>{label}</label>
      <div class="row">
        <input id={id} value={text} readOnly />
        <button type="button" class="quiet" data-copy={id} data-done={say("copied")} hidden>
          {say("copy")}
        </button>
      </div>
    </div>
  );
}
