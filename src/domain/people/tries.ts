import type { Instant } from "../kit/calendar";
import { refuse } from "../kit/refusal";

/** How often a wrong try was made at a place that nobody watches, and until when the place is closed. */
export interface Tried {
  count: number;
  /** The number of pauses so far: each one is twice as long as the one before. */
  pauses: number;
  /** The instant since which the count holds: one try is forgotten every two minutes. */
  since: Instant;
  /** The end of the last pause. */
  until: Instant | null;
}

export const triesMost = 5;
const forgottenMs = 120_000;
const shortestMs = 60_000;
const longestMs = 1_800_000;
/** After this long without a pause the next one is short again. */
const calmMs = 3_600_000;

/** A row whose last try and last pause are earlier than this has no effect any more, so it is not kept. */
export const triesKeptSince = (now: Instant): Instant => now - calmMs;

/**
 * Counts a try before it is looked at, so that many at once are no more than one after another. At the fifth the place pauses,
 * for a minute at first and for half an hour at last: TOO_MANY_TRIES.
 */
export function takeTry(before: Tried | null, now: Instant): Tried {
  if (before === null) return { count: 1, pauses: 0, since: now, until: null };
  const { until } = before;
  if (until !== null && now < until)
    refuse("TOO_MANY_TRIES", {
      until: new Date(until).toISOString(),
      minutes: Math.ceil((until - now) / 60_000),
    });
  // A pause ends the tries that led to it.
  const isOver = until !== null && before.since < until;
  const forgotten = Math.floor(Math.max(0, now - before.since) / forgottenMs);
  const left = isOver ? 0 : Math.max(0, before.count - forgotten);
  const since = left === 0 ? now : before.since + forgotten * forgottenMs;
  // A pause that was given back has no end of its own, so the last try counts instead.
  const pauses = (until ?? before.since) <= triesKeptSince(now) ? 0 : before.pauses;
  if (left + 1 < triesMost) return { count: left + 1, pauses, since, until };
  const pause = Math.min(longestMs, shortestMs * 2 ** pauses);
  return { count: left + 1, pauses: pauses + 1, since, until: now + pause };
}

const codeTriesMost = 10;
const codePauseMs = 300_000;

/**
 * Six digits can be guessed by a person who may try for ever: after ten tries, right ones too, the person waits five minutes.
 */
export function takeCodeTry(before: Tried | null, now: Instant): Tried {
  const until = before && before.since + codePauseMs;
  const isRested = before === null || now >= (until as Instant);
  if (!isRested && before.count >= codeTriesMost)
    refuse("TOO_MANY_TRIES", {
      until: new Date(until as Instant).toISOString(),
      minutes: Math.ceil(((until as Instant) - now) / 60_000),
    });
  return { count: isRested ? 1 : before.count + 1, pauses: 0, since: now, until: null };
}

/** Gives back a try that was right. The wrong ones stay counted: a right one in between does not forget them. */
export function giveTryBack(tried: Tried): Tried {
  const paused = tried.count >= triesMost;
  return {
    count: Math.max(0, tried.count - 1),
    pauses: paused ? tried.pauses - 1 : tried.pauses,
    since: tried.since,
    until: paused ? null : tried.until,
  };
}
