import { spotCheckStates } from "../../domain/facts/spot-checks";
import { spotCheckReasons } from "../../domain/spot-checks";
import { closed } from "../kit/enums";

export const SpotCheckReason = closed("SpotCheckReason", "Why a record is in a sample.", spotCheckReasons, {
  RANDOM: "The draw took it, by its rank.",
  LONG_DAY: "The volunteer's day has more minutes than two people must confirm.",
  BACKFILLED: "It was entered late, with evidence.",
  ROUND_NUMBERS: "All that was entered of the volunteer's month is on the hour.",
  SAME_CONFIRMER: "One person confirmed nearly all of the organisation's month.",
  BURST: "Many of the organisation's records begin and end alike.",
  SAME_DEVICE: "More than a family checked in on one device.",
  IMPOSSIBLE_TRAVEL: "The volunteer served in two towns with no time for the way.",
  OWN_PEOPLE: "The volunteer was on the organisation's own staff.",
});
export type SpotCheckReason = keyof typeof SpotCheckReason;

export const SpotCheckState = closed("SpotCheckState", "Where a spot check stands.", spotCheckStates, {
  EVIDENCE_REQUESTED: "The organisation was asked for evidence.",
  PASSED: "It was found to be as recorded.",
  FAILED: "It was found not to be as recorded.",
  PUBLISHED: "What was found is public, as a number.",
});
export type SpotCheckState = keyof typeof SpotCheckState;
