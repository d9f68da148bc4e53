import type { FamilyProxy, ProxyState, ProxyStep } from "../../domain/facts/proxies";
import type { Soon } from "../../domain/kit/soon";
import type { Page } from "./page";

export type StoredProxy = FamilyProxy & { openedSeq: number };

/** What can be asked about family proxies. */
export interface ProxiesView {
  proxies(ids: readonly string[]): Soon<Map<string, StoredProxy>>;
  proxiesOfRecipients(recipientIds: readonly string[]): Soon<Map<string, StoredProxy[]>>;
  proxiesOfPersons(personIds: readonly string[]): Soon<Map<string, StoredProxy[]>>;
  /** In the order in which they were asked for; of recipients in these divisions, null for everywhere. */
  proxyList(
    filter: { states?: readonly ProxyState[]; within: readonly string[] | null },
    page: Page,
  ): Soon<StoredProxy[]>;
  proxySteps(ids: readonly string[]): Soon<Map<string, ProxyStep[]>>;
}
