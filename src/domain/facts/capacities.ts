import { actorKinds } from "./actors";
import { actor, at, fact, type RowOf, seq } from "./shape";
import { code, count, id, list, oneOf, optional, sealedRow } from "./words";

/** The steps of a recipient or a social worker after the registration. */
export const capacityActions = ["REGISTER", "REVISE", "LIST", "UNLIST", "SEPARATE", "TAKE_OVER", "MERGE"] as const;
export type CapacityAction = (typeof capacityActions)[number];

const capacitySteps = {
  key: ["capacityId", "version"],
  once: true,
  columns: {
    capacityId: "id",
    version: "version",
    seq,
    at,
    action: "action",
    fields: "fields",
    actorId: actor,
    actorKind: "actorKind",
    reasonId: "reasonId",
  },
} as const;

const moved = {
  version: count,
  action: oneOf(capacityActions),
  /** The fields of the input that a correction changed; empty for other steps. */
  fields: list(code),
  actorKind: oneOf(actorKinds),
  reasonId: optional(sealedRow),
};

/** A step of a recipient after the registration. */
export const recipientMoved = fact(
  "RECIPIENT_MOVED",
  50,
  { id: id("recipient"), ...moved },
  { into: null, also: { capacitySteps } },
);

/** A step of a social worker after the registration. */
export const socialWorkerMoved = fact(
  "SOCIAL_WORKER_MOVED",
  51,
  { id: id("socialworker"), ...moved },
  { into: null, also: { capacitySteps } },
);
export type CapacityStep = RowOf<typeof recipientMoved, "capacitySteps">;
