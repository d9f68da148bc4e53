import type { Moves } from "../kit/moves";
import { type RowOf, type StateOf, step } from "./shape";
import { count, day, id, oneOf, optional, person } from "./words";

export const proxyStates = ["REQUESTED", "OFFICE_APPROVED", "ACTIVE", "REFUSED", "REVOKED"] as const;
export type ProxyState = (typeof proxyStates)[number];

export const proxyActions = ["REQUEST", "APPROVE", "ACCEPT", "REFUSE", "REVOKE"] as const;
export type ProxyAction = (typeof proxyActions)[number];

/** domain.md 6.6, in two steps of consent: the station has seen the papers, and then the elder agrees. */
export const proxyMoves: Moves<ProxyAction, ProxyState> = {
  REQUEST: { from: [null], to: "REQUESTED", reason: false },
  APPROVE: { from: ["REQUESTED"], to: "OFFICE_APPROVED", reason: false },
  ACCEPT: { from: ["OFFICE_APPROVED"], to: "ACTIVE", reason: false },
  REFUSE: { from: ["REQUESTED", "OFFICE_APPROVED"], to: "REFUSED", reason: false },
  REVOKE: { from: ["ACTIVE"], to: "REVOKED", reason: false },
};

export const relationKinds = ["SPOUSE", "PARENT", "GRANDPARENT", "CHILD", "SIBLING", "OTHER"] as const;
export type RelationKind = (typeof relationKinds)[number];

/** A relative who acts for an elder. What speaks for it is sealed under the elder's key. */
export const proxyStep = step(
  "PROXY_STEP",
  59,
  { states: proxyStates, actions: proxyActions, moves: proxyMoves },
  {
    id: id("proxy"),
    recipientId: id("recipient"),
    /** The person who acts for the recipient. */
    personId: person,
    /** What the person is to the recipient, or the other way about, as the person says and the station has seen. */
    relation: oneOf(relationKinds),
    state: oneOf(proxyStates),
    /** The last day on which it holds; null before it is active. */
    validUntil: optional(day),
    version: count,
  },
  { into: "proxies", opened: true, history: ["proxySteps", "proxyId"] },
);
export type FamilyProxy = StateOf<typeof proxyStep>;
export type ProxyStep = RowOf<typeof proxyStep, "proxySteps">;
