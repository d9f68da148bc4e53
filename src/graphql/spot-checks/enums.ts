import { spotCheckStates } from "../../domain/facts/spot-checks";
import { spotCheckReasons } from "../../domain/spot-checks";
import { closed } from "../kit/enums";

export const SpotCheckReason = closed(
  "SpotCheckReason",
  "The reason for which a record is in a sample.",
  spotCheckReasons,
  {
    RANDOM: "The draw took it, by its rank.",
    LONG_DAY: "The volunteer's day has more minutes than two people must confirm.",
    BACKFILLED: "The record was entered late, with evidence.",
    ROUND_NUMBERS: "All that was entered of the volunteer's month is on the hour.",
    SAME_CONFIRMER: "One person confirmed nearly all of the organisation's month.",
    BURST: "Many of the organisation's records begin and end alike.",
    SAME_DEVICE: "More than a family checked in on one device.",
    IMPOSSIBLE_TRAVEL: "The volunteer served in two towns with no time for the way.",
    OWN_PEOPLE: "The volunteer was on the organisation's own staff.",
  },
);
export type SpotCheckReason = keyof typeof SpotCheckReason;

export const SpotCheckState = closed("SpotCheckState", "The state in which a spot check is.", spotCheckStates, {
  EVIDENCE_REQUESTED: "The organisation was asked for evidence.",
  PASSED: "The record was found to be as recorded.",
  FAILED: "The record was found not to be as recorded.",
  PUBLISHED: "The result is public, as part of a number.",
});
export type SpotCheckState = keyof typeof SpotCheckState;
