import type { Instant } from "./kit/calendar";
import type { ActorKind } from "./permissions/actors";

/** The steps of a campaign or a household after it was entered, each with the columns that it may change. */
export const campaignMoves = { REVISE: ["name", "nameEn", "tagline", "taglineEn", "day"] } as const;
export const householdMoves = {
  /** It moved, has another number, or another head. */
  REVISE: ["householdNo", "divisionCode"],
  /** Some of it became a household of its own. */
  SPLIT: [],
} as const;
export const revisionActions = ["REVISE", "SPLIT"] as const;
export type RevisionAction = (typeof revisionActions)[number];

/** What was changed in a campaign or a household, and why. */
export interface Revision {
  subjectId: string;
  version: number;
  seq: number;
  at: Instant;
  action: RevisionAction;
  /** The fields of the input that it changed; empty for a split. */
  fields: string[];
  /** The household that was split off. */
  otherId: string | null;
  /** The sealed row with the name of a household's head from then on; null where the step names none. */
  profileId: string | null;
  actorId: string;
  actorKind: ActorKind;
  reasonId: string;
}
