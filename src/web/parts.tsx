import { randomUUID } from "node:crypto";
import type { ComponentChildren } from "preact";
import { awaitsTimes } from "../domain/activities/machine";
import type { Activity } from "../domain/facts/activities";
import type { Language } from "../domain/kit/language";
import { type Refusal, refusals } from "../domain/kit/refusal";
import { sentenceOf } from "../domain/wording/sentences";
import { count, span } from "./format";
import { type TextKey, texts } from "./texts";
import type { Frame, Visit } from "./visit";

/** A command's own key: sending the same form twice does it once. */
export function Key() {
  return <input type="hidden" name="key" value={randomUUID()} />;
}

/** A refusal in words, and what can be done about it; `tied` means that a field of the page shows the words. */
export function RefusalNote({
  visit: { say, language },
  refusal,
  tied = false,
}: {
  visit: Frame;
  refusal: Refusal;
  tied?: boolean;
}) {
  const advice = adviceFor({ say, language }, refusal);
  return (
    <div class="note bad" role="alert">
      <p>
        <strong>{tied ? say("fieldWrong") : wordsOf(refusal, language)}</strong>
      </p>
      {advice && (
        <p>
          {say("whatToDo")}
          {language === "en" && " "}
          {advice}
        </p>
      )}
    </div>
  );
}

/** The text of a refusal with its facts. The times of check-in are in the advice, in the form that pages use. */
export function wordsOf(refusal: Refusal, language: Language): string {
  return refusal.code === "OUTSIDE_WINDOW" ? refusals[refusal.code][language] : sentenceOf(refusal, language);
}

export function adviceFor({ say, language }: Pick<Frame, "say" | "language">, { code, details }: Refusal) {
  // The guardian has agreed; what is missing is an adult who comes along.
  if (details.accompanied) return say("accompanyFirst", { age: Number(details.age) });
  const { opensAt, closesAt } = details;
  if (code === "OUTSIDE_WINDOW" && typeof opensAt === "string" && typeof closesAt === "string")
    return say("checkInTimes", { times: span(Date.parse(opensAt), Date.parse(closesAt), language) });
  // The code comes from an invitation and is typed at home, where no lead can check the person in.
  if (code === "TOO_MANY_TRIES" && details.retryAfter !== undefined) return null;
  const key = `advice_${code}`;
  return key in texts ? say(key as TextKey) : null;
}

export function StateBadge({ visit: { say }, state }: { visit: Visit; state: Activity["state"] }) {
  const tone = state === "CANCELLED" || state === "POSTPONED" ? "bad" : state === "ONGOING" ? "live" : "calm";
  return <span class={`badge ${tone}`}>{say(`activity_${state}`)}</span>;
}

/** The line that nobody must overlook: the activity does not take place, or not then. */
export function Banner({ visit: { say }, activity }: { visit: Visit; activity: Activity }) {
  const state = awaitsTimes(activity) ? "POSTPONED" : activity.state;
  if (state !== "CANCELLED" && state !== "POSTPONED") return null;
  return (
    <p class="note bad banner" role="status">
      <strong>{say(`activity_${state}`)}</strong> {say(state === "CANCELLED" ? "cancelledBanner" : "postponedBanner")}
    </p>
  );
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

interface Scrolled {
  label: string;
  /** Keeps its columns as wide as their words need. */
  wide?: boolean;
  children: ComponentChildren;
}

/** A table that on a phone is moved sideways, by a finger or by the keys. */
export function Scrolled({ label, wide = false, children }: Scrolled) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keys (WCAG 2.1.1).
    <section class={wide ? "scroll wide-table" : "scroll"} aria-label={label} tabIndex={0}>
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
