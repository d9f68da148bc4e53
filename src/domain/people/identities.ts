import type { Instant } from "../kit/calendar";
import type { Moves } from "../kit/moves";
import type { ActorKind } from "../permissions/actors";

/**
 * How a subject of the token issuer was tied to a person: by a one-time code, by a claim of the issuer that the bank
 * trusts, by a supervisor or officer who saw the papers, by registering oneself, or from the operator's command line.
 */
export const identityLinkKinds = ["CODE", "CLAIM", "PAPERS", "SELF", "OPERATOR"] as const;
export type IdentityLinkKind = (typeof identityLinkKinds)[number];
/** What each kind is called, wherever people read it. */
export const identityLinkLabels: Record<IdentityLinkKind, { zh: string; en: string }> = {
  CODE: { zh: "邀请码", en: "Invitation code" },
  CLAIM: { zh: "实名信息自动核对", en: "Verified real name and number" },
  PAPERS: { zh: "工作人员核验证件", en: "Papers seen by staff" },
  SELF: { zh: "本人登记", en: "Registered by yourself" },
  OPERATOR: { zh: "系统管理员", en: "The bank's operator" },
};

export const identityStates = ["LINKED", "UNLINKED"] as const;
export type IdentityState = (typeof identityStates)[number];
export const identityActions = ["LINK", "UNLINK"] as const;
export type IdentityAction = (typeof identityActions)[number];

/** A link ends once. The same subject linked again, to the same or another person, is another link. */
export const identityMoves: Moves<IdentityAction, IdentityState> = {
  LINK: { from: [null], to: "LINKED", reason: false },
  UNLINK: { from: ["LINKED"], to: "UNLINKED", reason: true },
};

/** One subject of an issuer as one person, from the link to its end. */
export interface IdentityLink {
  id: string;
  /** The keyed hash of issuer and subject: no login name is kept. */
  hash: string;
  personId: string;
  /** Null where an earlier release linked it. */
  issuer: string | null;
  kind: IdentityLinkKind;
  linkedAt: Instant;
  linkedBy: ActorKind;
  linkReasonId: string | null;
  state: IdentityState;
  unlinkedAt: Instant | null;
  unlinkedBy: ActorKind | null;
  unlinkReasonId: string | null;
  version: number;
}

/** The id of a link that an earlier release wrote, which had none: it follows from its hash. */
export function earlierIdentityId(hash: string): string {
  return `identity_0${hash.slice(0, 25)}`;
}
