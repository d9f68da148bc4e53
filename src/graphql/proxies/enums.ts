import { proxyActions, proxyStates, relationKinds } from "../../domain/facts/proxies";
import { laterActions } from "../../services/proxies/commands";
import { closed } from "../kit/enums";

export const ProxyState = closed("ProxyState", "The state in which a family proxy is.", proxyStates, {
  REQUESTED: "A relative has asked, and the station has not looked at the papers yet.",
  OFFICE_APPROVED: "The station has seen the papers, and the elder has not agreed yet.",
  ACTIVE: "The proxy may act for the elder until `validUntil`.",
  REFUSED: "The request was refused or taken back; this is final.",
  REVOKED: "The proxy was ended; this is final.",
});
export type ProxyState = keyof typeof ProxyState;

const steps = {
  REQUEST: "A relative asked to act for an elder.",
  APPROVE: "A supervisor or an officer saw the papers.",
  ACCEPT: "The elder agreed, or the station noted the elder's own word.",
  REFUSE: "The request was refused, or taken back.",
  REVOKE: "The proxy was ended.",
};
export const FamilyProxyEventAction = closed(
  "FamilyProxyEventAction",
  "A step that was taken with a family proxy.",
  proxyActions,
  steps,
);
export type FamilyProxyEventAction = keyof typeof FamilyProxyEventAction;

const { REQUEST: _, ...later } = steps;
export const ProxyAction = closed("ProxyAction", "A step that may be taken with a family proxy.", laterActions, later);
export type ProxyAction = keyof typeof ProxyAction;

export const RelationKind = closed("RelationKind", "The relation of a recipient to another person.", relationKinds, {
  SPOUSE: "The recipient is the person's husband or wife.",
  PARENT: "The recipient is the person's mother or father.",
  GRANDPARENT: "The recipient is a grandparent of the person.",
  CHILD: "The recipient is a child of the person.",
  SIBLING: "The recipient is a brother or a sister of the person.",
  OTHER: "The recipient is another relative of the person.",
});
export type RelationKind = keyof typeof RelationKind;
