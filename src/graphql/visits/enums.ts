import { listingEndings, visitModes, visitors } from "../../domain/facts/visits";
import { obligationStates, visitResults } from "../../domain/visits";
import { recipientCategories } from "../../domain/visits/recipients";
import { closed } from "../kit/enums";

export const RecipientCategory = closed(
  "RecipientCategory",
  "Why somebody is on the list of those to be visited.",
  recipientCategories,
  {
    HARDSHIP_FAMILY: "A family in hardship.",
    SEVERE_DISABILITY: "A person who is severely disabled.",
    SEVERE_ILLNESS: "A person who is severely ill.",
    ADVANCED_AGE: "An elder of advanced age.",
    EMPTY_NEST: "An elder whose children live elsewhere.",
    LIVING_ALONE: "An elder who lives alone.",
    CHILDLESS_ELDER: "An elder without children.",
    CHILD_IN_DIFFICULTY: "A child in difficulty.",
    ORPHAN_OR_DISABLED_CHILD: "An orphan, or a disabled child.",
  },
);
export type RecipientCategory = keyof typeof RecipientCategory;

export const VisitMode = closed("VisitMode", "How a visit is made.", visitModes, {
  HOME: "It is made at their home.",
  PHONE: "It is made by telephone.",
  VIDEO: "It is made by video.",
  REMOTE_SENSOR: "A sensor was looked at from afar.",
});
export type VisitMode = keyof typeof VisitMode;

export const RecipientListingEnding = closed(
  "RecipientListingEnding",
  "How a span on the list ended.",
  [...listingEndings, "DECEASED"] as const,
  {
    UNLISTED: "They were taken off the list.",
    MOVED: "They moved to another division, whose list goes on.",
    MERGED: "The registration was merged into another one of theirs, whose list goes on, or parted from it.",
    DECEASED: "A visit found that they had died.",
  },
);
export type RecipientListingEnding = keyof typeof RecipientListingEnding;

export const VisitResult = closed("VisitResult", "What came of a visit.", visitResults, {
  MET: "They were met; this counts.",
  NOT_HOME: "Nobody was at home.",
  REFUSED: "They would not be visited.",
  MOVED: "They had moved away.",
  HOSPITALISED: "They were in hospital.",
  DECEASED: "They had died before it.",
  NEED_RAISED: "They were met and need something; this counts.",
});
export type VisitResult = keyof typeof VisitResult;

export const Visitor = closed("Visitor", "Who makes a visit.", visitors, {
  CADRE: "A cadre of the village or the community, on paid duty.",
  GRID_WORKER: "A grid worker, on paid duty.",
  SOCIAL_WORKER: "A social worker, on paid duty.",
  VOLUNTEER: "A volunteer, who earns credit for it.",
});
export type Visitor = keyof typeof Visitor;

export const VisitObligationState = closed(
  "VisitObligationState",
  "Where a visit that is owed stands today.",
  obligationStates,
  {
    PLANNED: "Its first day has not come.",
    DUE: "It can be made now.",
    MET: "They were visited in its days.",
    OVERDUE: "Its last day has passed without a visit.",
    ESCALATED: "It was missed some working days ago; it is the office's now.",
  },
);
export type VisitObligationState = keyof typeof VisitObligationState;
