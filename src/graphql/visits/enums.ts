import { listingEndings, visitModes, visitors } from "../../domain/facts/visits";
import { obligationStates, visitResults } from "../../domain/visits";
import { recipientCategories } from "../../domain/visits/recipients";
import { closed } from "../kit/enums";

export const RecipientCategory = closed(
  "RecipientCategory",
  "The reason for which a person is on the list of those to be visited.",
  recipientCategories,
  {
    HARDSHIP_FAMILY: "A family that is in hardship.",
    SEVERE_DISABILITY: "A person who has a severe disability.",
    SEVERE_ILLNESS: "A person who is severely ill.",
    ADVANCED_AGE: "An elder who is of advanced age.",
    EMPTY_NEST: "An elder whose children live elsewhere.",
    LIVING_ALONE: "An elder who lives alone.",
    CHILDLESS_ELDER: "An elder who has no children.",
    CHILD_IN_DIFFICULTY: "A child who is in difficulty.",
    ORPHAN_OR_DISABLED_CHILD: "A child who is an orphan, or has a disability.",
  },
);
export type RecipientCategory = keyof typeof RecipientCategory;

export const VisitMode = closed("VisitMode", "The way in which a visit is made.", visitModes, {
  HOME: "The visitor comes to the recipient's home.",
  PHONE: "The visitor calls the recipient by telephone.",
  VIDEO: "The visitor calls the recipient by video.",
  REMOTE_SENSOR: "The visitor looks at a sensor from afar.",
});
export type VisitMode = keyof typeof VisitMode;

export const RecipientListingEnding = closed(
  "RecipientListingEnding",
  "The reason for which a span on the list ended.",
  [...listingEndings, "DECEASED"] as const,
  {
    UNLISTED: "The recipient was taken off the list.",
    MOVED: "The recipient moved to another division, whose list goes on.",
    MERGED:
      "The registration was merged into another one of the same person, whose list goes on, or was parted from it.",
    DECEASED: "A visit found that the recipient had died.",
  },
);
export type RecipientListingEnding = keyof typeof RecipientListingEnding;

export const VisitResult = closed("VisitResult", "The result of a visit.", visitResults, {
  MET: "The recipient was met; this counts.",
  NOT_HOME: "Nobody was at home.",
  REFUSED: "The recipient did not want to be visited.",
  MOVED: "The recipient had moved away.",
  HOSPITALISED: "The recipient was in hospital.",
  DECEASED: "The recipient had died before the visit.",
  NEED_RAISED: "The recipient was met and needs something; this counts.",
});
export type VisitResult = keyof typeof VisitResult;

export const Visitor = closed("Visitor", "The duty on which a person makes a visit.", visitors, {
  CADRE: "A cadre of the village or the community, who is on paid duty.",
  GRID_WORKER: "A grid worker, who is on paid duty.",
  SOCIAL_WORKER: "A social worker, who is on paid duty.",
  VOLUNTEER: "A volunteer, who earns credit for it.",
});
export type Visitor = keyof typeof Visitor;

export const VisitObligationState = closed(
  "VisitObligationState",
  "The state in which an owed visit is today.",
  obligationStates,
  {
    PLANNED: "The first day has not come yet.",
    DUE: "The visit can be made now.",
    MET: "The recipient was visited in these days.",
    OVERDUE: "The last day has passed without a visit.",
    ESCALATED: "The visit was missed some working days ago; it is the office's task now.",
  },
);
export type VisitObligationState = keyof typeof VisitObligationState;
