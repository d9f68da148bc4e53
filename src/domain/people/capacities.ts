import type { ActorKind } from "../facts/actors";

/**
 * The steps of a recipient or a social worker after the registration, each with the columns that it may change. The audit
 * and the database's check read these tables.
 */
export const recipientMoves = {
  /** An entry was wrong, or has changed: another division's list begins on the day of the move. */
  REVISE: ["profileId", "divisionCode", "listedOn"],
  LIST: ["listedOn", "listedUntil"],
  UNLIST: ["listedUntil"],
  /** The registration goes to another person: to the one to whom it belongs, or to the one into whom the person was merged. */
  SEPARATE: ["personId", "profileId", "listedOn", "listedUntil"],
  TAKE_OVER: ["personId", "profileId", "listedOn", "listedUntil"],
  /** The registration was merged into another one of the same person, which stands on the list. */
  MERGE: ["listedUntil"],
} as const;
export type RecipientAction = keyof typeof recipientMoves;

export const socialWorkerMoves = {
  /** The social worker begins a next term, goes to another organisation, or reaches a higher level. */
  REGISTER: ["organizationId", "level", "certificateHash", "registeredOn", "registeredUntil", "profileId"],
  REVISE: ["profileId", "certificateHash", "level", "registeredOn", "registeredUntil"],
  SEPARATE: ["personId", "profileId", "registeredUntil"],
  TAKE_OVER: ["personId", "profileId"],
  MERGE: ["registeredUntil"],
} as const;
export type SocialWorkerAction = keyof typeof socialWorkerMoves;

/** The officer who merges or parts two persons, with the role and the sealed reason. */
export interface Joined {
  by: string;
  role: ActorKind;
  reasonId: string;
}
