import { followsMerging, unlessChanged } from "../rules";
import type { Lines } from "./line";

const isGiven = (state: string) => state === "GRANTED" || state === "DOWNGRADED";

/** What the audit follows of volunteers' stars. */
export const stars = {
  STAR_STEP: {
    key: ["id"],
    changes: {
      PROPOSE: [],
      OBJECT: ["contested"],
      GRANT: ["heldLevel", "basisMinutes", "policyId", "policyIds", "contested", "awardedOn"],
      REFUSE: ["contested"],
      SUSPEND: ["heldLevel"],
      RESTORE: ["heldLevel", "basisMinutes", "policyIds"],
      DOWNGRADE: ["heldLevel", "basisMinutes", "policyIds"],
      MOVE: ["volunteerId"],
    },
    rules: [
      followsMerging("volunteerId"),
      ({ fact: { action, state, noticeUntil } }) =>
        action === "PROPOSE" && (noticeUntil === null) !== (state === "PROPOSED") && "noticeUntil is not as its state",
      ({ fact: { state, level, heldLevel } }) => {
        if (!isGiven(state)) return heldLevel !== 0 && "gives a star that it does not have";
        return (state === "GRANTED") !== (heldLevel === level) && "heldLevel is not as its state";
      },
      ({ fact: { awardedOn, state } }) =>
        awardedOn === null && (isGiven(state) || state === "SUSPENDED") && "was never granted",
      unlessChanged(
        "volunteerId",
        ({ fact, before }) =>
          fact.action === "DOWNGRADE" && fact.heldLevel >= (before?.heldLevel ?? 0) && "is not brought down",
      ),
      ({ fact, by }) => fact.action === "DOWNGRADE" && by !== "system" && "was brought down by a person",
    ],
  },
} as const satisfies Lines;
