import { actorKinds } from "./actors";
import { actor, at, fact, type RowOf, seq } from "./shape";
import { code, count, id, list, oneOf, optional, sealedRow } from "./words";

export const revisionActions = ["REVISE", "SPLIT"] as const;
export type RevisionAction = (typeof revisionActions)[number];

const revisions = {
  key: ["subjectId", "version"],
  once: true,
  columns: {
    subjectId: "id",
    version: "version",
    action: "action",
    fields: "fields",
    otherId: "otherId",
    profileId: "profileId",
    actorKind: "actorKind",
    reasonId: "reasonId",
    seq,
    at,
    actorId: actor,
  },
} as const;

const moved = {
  version: count,
  action: oneOf(revisionActions),
  /** The fields of the input that it changed; empty for a split. */
  fields: list(code),
  /** The household that was split off. */
  otherId: optional(id("household")),
  /** The sealed row with the name of a household's head from then on; null where the step names none. */
  profileId: optional(sealedRow),
  actorKind: oneOf(actorKinds),
  reasonId: sealedRow,
};

/** What was changed in a campaign, and why. */
export const campaignMoved = fact(
  "CAMPAIGN_MOVED",
  56,
  { id: id("campaign"), ...moved },
  { into: null, also: { revisions } },
);

/** What was changed in a household, and why. */
export const householdMoved = fact(
  "HOUSEHOLD_MOVED",
  57,
  { id: id("household"), ...moved },
  { into: null, also: { revisions } },
);
export type Revision = RowOf<typeof householdMoved, "revisions">;
