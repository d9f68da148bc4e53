import { starActions, starDecisions, starStates } from "../../domain/facts/stars";
import { starAuthorities } from "../../domain/policies/values";
import { closed } from "../kit/enums";

export const StarAwardState = closed("StarAwardState", "The state in which a star award is.", starStates, {
  PROPOSED: "The star was proposed, without a public notice: nothing of a child is shown in public.",
  PUBLIC_NOTICE: "The star was proposed, and its public notice runs or has run.",
  GRANTED: "The volunteer has the star.",
  REFUSED: "The star was not granted; this is final, and the volunteer may be proposed again.",
  SUSPENDED: "The star does not count until it is restored.",
  DOWNGRADED: "Hours were taken back, and the rest carries a lower star or none.",
});
export type StarAwardState = keyof typeof StarAwardState;

export const StarStepAction = closed(
  "StarStepAction",
  "A step of a star award, taken by a person or by the bank.",
  starActions,
  {
    PROPOSE: "The star was proposed, by a station or by the bank.",
    OBJECT: "A person objected while the public notice ran.",
    GRANT: "An officer granted the star.",
    REFUSE: "An officer refused the star.",
    SUSPEND: "An officer suspended the star.",
    RESTORE: "An officer restored the star, as far as the hours carry it.",
    DOWNGRADE: "The bank brought the star down with hours that were taken back.",
    MOVE: "The star went to the registration into which the volunteer's was merged, or back.",
  },
);
export type StarStepAction = keyof typeof StarStepAction;

export const StarDecision = closed("StarDecision", "A decision of an officer about a star.", starDecisions, {
  GRANT: "The star is granted.",
  REFUSE: "The star is refused.",
  SUSPEND: "The star is suspended, in a dispute or for fraud.",
  RESTORE: "The star is restored, as far as the hours of the day carry it.",
});
export type StarDecision = keyof typeof StarDecision;

export const StarAuthority = closed("StarAuthority", "The level of government that grants a star.", starAuthorities, {
  COUNTY: "The county, which the officers of this bank are.",
  PREFECTURE: "The prefecture above the county.",
  PROVINCE: "The province above the prefecture.",
});
export type StarAuthority = keyof typeof StarAuthority;
