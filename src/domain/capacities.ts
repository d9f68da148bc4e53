import type { ActorKind } from "./actors";
import type { Instant } from "./calendar";

/**
 * What may be done to a recipient or a social worker after the registration, and which columns of it each step changes. The
 * table drives the check, the audit and the documentation.
 */
export const recipientMoves = {
  /** What was entered wrongly, or has changed. */
  REVISE: ["profileId", "divisionCode"],
  LIST: ["listedOn", "listedUntil"],
  UNLIST: ["listedUntil"],
  /** It became another person's, or a part of it another's again. */
  SEPARATE: ["personId", "profileId", "listedOn", "listedUntil"],
  TAKE_OVER: ["personId", "profileId", "listedOn", "listedUntil"],
  /** The same person stands on the list by another registration. */
  MERGE: ["listedUntil"],
} as const;
export type RecipientAction = keyof typeof recipientMoves;

export const socialWorkerMoves = {
  /** A next term, another organisation, or a higher level. */
  REGISTER: ["organizationId", "level", "certificateHash", "registeredOn", "registeredUntil", "profileId"],
  REVISE: ["profileId", "certificateHash", "level"],
  SEPARATE: ["personId", "profileId", "registeredUntil"],
  TAKE_OVER: ["personId", "profileId"],
  MERGE: ["registeredUntil"],
} as const;
export type SocialWorkerAction = keyof typeof socialWorkerMoves;

export type CapacityAction = RecipientAction | SocialWorkerAction;
/** The actions of both tables, in the order of the database's check: an action that is missing here does not compile. */
const inOrder: Readonly<Record<CapacityAction, true>> = {
  REGISTER: true,
  REVISE: true,
  LIST: true,
  UNLIST: true,
  SEPARATE: true,
  TAKE_OVER: true,
  MERGE: true,
};
export const capacityActions = Object.keys(inOrder) as CapacityAction[];

/** A step of a recipient or a social worker after the registration. */
export interface CapacityStep {
  capacityId: string;
  version: number;
  seq: number;
  at: Instant;
  action: CapacityAction;
  /** Of a correction, the fields of the input that it changed. */
  fields: string[];
  actorId: string;
  actorKind: ActorKind;
  reasonId: string | null;
}

/** As what an officer joins and parts, and why. */
export interface Joined {
  by: string;
  role: ActorKind;
  reasonId: string;
}
