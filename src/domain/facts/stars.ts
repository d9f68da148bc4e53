import type { Moves } from "../kit/moves";
import { type RowOf, type StateOf, step } from "./shape";
import { code, count, day, flag, id, list, oneOf, optional } from "./words";

export const starStates = ["PROPOSED", "PUBLIC_NOTICE", "GRANTED", "REFUSED", "SUSPENDED", "DOWNGRADED"] as const;
export type StarState = (typeof starStates)[number];

export const starActions = ["PROPOSE", "OBJECT", "GRANT", "REFUSE", "SUSPEND", "RESTORE", "DOWNGRADE", "MOVE"] as const;
export type StarAction = (typeof starActions)[number];

/** What an officer decides about a star. */
export const starDecisions = ["GRANT", "REFUSE", "SUSPEND", "RESTORE"] as const satisfies readonly StarAction[];
export type StarDecision = (typeof starDecisions)[number];

/**
 * domain.md 6.4, one step a row. A proposal is on public notice at once; it stays PROPOSED where nothing of the volunteer may be
 * shown in public. RESTORE gives back as much as the hours of its day carry.
 */
export const starMoves: Moves<StarAction, StarState> = {
  PROPOSE: { from: [null], to: ["PUBLIC_NOTICE", "PROPOSED"], reason: false },
  OBJECT: { from: ["PUBLIC_NOTICE"], to: "PUBLIC_NOTICE", reason: true },
  GRANT: { from: ["PROPOSED", "PUBLIC_NOTICE"], to: "GRANTED", reason: false },
  REFUSE: { from: ["PROPOSED", "PUBLIC_NOTICE"], to: "REFUSED", reason: true },
  SUSPEND: { from: ["GRANTED", "DOWNGRADED"], to: "SUSPENDED", reason: true },
  RESTORE: { from: ["SUSPENDED", "DOWNGRADED"], to: ["GRANTED", "DOWNGRADED"], reason: true },
  DOWNGRADE: { from: ["GRANTED", "DOWNGRADED"], to: "DOWNGRADED", reason: false },
  // To the registration into which the volunteer's was merged, and back.
  MOVE: { from: starStates, to: "SAME", reason: true },
};

/** A star that a volunteer is proposed for, has, or had. Each change is a step, with the hours of its day as evidence. */
export const starStep = step(
  "STAR_STEP",
  60,
  { states: starStates, actions: starActions, moves: starMoves },
  {
    id: id("star"),
    volunteerId: id("volunteer"),
    /** The volunteer's division and station when the star was proposed. */
    divisionCode: code,
    organizationId: optional(id("organization")),
    /** The star that was proposed. */
    level: count,
    /** The star that it gives now: none before it is granted and while it is suspended, fewer after it was brought down. */
    heldLevel: count,
    state: oneOf(starStates),
    /** The minutes that counted for stars on the day of the last step that weighed them. */
    basisMinutes: count,
    /** The version of the thresholds by which they were weighed. */
    policyId: id("policy"),
    /** All versions under which that step was taken. */
    policyIds: list(id("policy")),
    /** The last day of the public notice; null where there is none. */
    noticeUntil: optional(day),
    /** Whether an objection waits for the decision. */
    contested: flag,
    awardedOn: optional(day),
    version: count,
  },
  { into: "starAwards", opened: true, history: ["starSteps", "starAwardId", "heldLevel", "basisMinutes"] },
);
export type StarAward = StateOf<typeof starStep>;
export type StarStep = RowOf<typeof starStep, "starSteps">;
