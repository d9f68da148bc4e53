import { proxyStep } from "../../src/domain/facts/proxies";
import { projected } from "../columns";
import type { Kit } from "../kit.sqlite";

/** Relatives who act for elders. */
export function defineProxyTables(kit: Kit) {
  const { index } = kit;
  /** Projection of PROXY_STEP: the proxy as its last step left it. */
  const proxies = projected(kit, proxyStep.into.proxies, (t) => [
    index("proxies_recipient").on(t.recipientId, t.openedSeq),
    index("proxies_person").on(t.personId, t.openedSeq),
    index("proxies_state").on(t.state, t.openedSeq),
    index("proxies_opened").on(t.openedSeq),
  ]);

  /** Projection of PROXY_STEP: each step. */
  const proxySteps = projected(kit, proxyStep.into.proxySteps);

  return { proxies, proxySteps };
}
