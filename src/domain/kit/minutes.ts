import { invariant } from "./invariant";

/** Time credit is counted in whole minutes; an hour and a half is 90, never 1.5. */
export type Minutes = number;

export function minutes(count: number): Minutes {
  invariant(Number.isSafeInteger(count), `minutes must be a whole safe number, got ${count}`);
  return count;
}

/** The largest multiple of `step` not above `count`, for either sign of count. */
export function floorTo(count: Minutes, step: Minutes): Minutes {
  invariant(step >= 1, "a step is at least one minute");
  return minutes(Math.floor(count / step) * step);
}
