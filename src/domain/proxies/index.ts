import type { FamilyProxy } from "../facts/proxies";
import type { Day } from "../kit/calendar";
import { refuse } from "../kit/refusal";
import type { Policies } from "../policies";

/** Whether a proxy may act today. */
export function isActing({ state, validUntil }: Pick<FamilyProxy, "state" | "validUntil">, today: Day): boolean {
  return state === "ACTIVE" && validUntil !== null && validUntil >= today;
}
/** Proxies that are not over: a second one of the same two people would say the same. */
export function isOpen(proxy: Pick<FamilyProxy, "state" | "validUntil">, today: Day): boolean {
  return proxy.state === "REQUESTED" || proxy.state === "OFFICE_APPROVED" || isActing(proxy, today);
}

/** So many relatives act for one elder at a time. */
export function checkRoom(proxies: readonly FamilyProxy[], policies: Policies, today: Day): void {
  const most = policies.count("proxy.maxPerElder", today);
  if (proxies.filter((proxy) => isActing(proxy, today)).length >= most) refuse("PROXY_LIMIT", { proxiesMost: most });
}

/** So many steps does a proxy take in a day. */
export function checkActions(taken: number, policies: Policies, today: Day): void {
  const most = policies.count("proxy.dailyActions", today);
  if (taken >= most) refuse("PROXY_LIMIT", { stepsMost: most });
}
