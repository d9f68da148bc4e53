import { proxyActions, proxyStates, relationKinds } from "../../domain/facts/proxies";
import { choice, choices, command, expectedVersion, fieldsOf, id, key, optional, text } from "../bank/fields";
import { evidence } from "../bank/proofs";

/** What may be asked about family proxies. */

/** The steps that follow the request. */
export const laterActions = proxyActions.filter((action) => action !== "REQUEST");

export const requestProxy = command("RequestProxyInput", "Asks to act for an elder as a relative.", {
  idempotencyKey: key(),
  recipientId: id("The id of the recipient, which the recipient's station tells you."),
  relation: choice(relationKinds, "The relation of the recipient to you: PARENT for your mother or your father."),
  evidence: optional(
    fieldsOf(evidence, "A reference to the papers that show the relation, which the station looks at."),
  ),
});

export const advanceProxy = command("AdvanceProxyInput", "Takes the next step with a family proxy.", {
  proxyId: id("The id of the proxy."),
  expectedVersion,
  action: choice(laterActions, "The step to take."),
  reason: optional(
    text(
      { most: 500 },
      "The reason for the step, which is kept encrypted. A station and the office give one for all but APPROVE.",
    ),
  ),
});

export const proxyFilter = command("FamilyProxyFilter", "Lists only the proxies that fit.", {
  state: choices(proxyStates, "The states in which the proxy may be."),
});
