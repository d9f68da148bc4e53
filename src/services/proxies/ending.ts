import type { ActorKind } from "../../domain/facts/actors";
import { type FamilyProxy, type ProxyAction, proxyMoves, proxyStep } from "../../domain/facts/proxies";
import { take } from "../../domain/kit/moves";
import { isOpen } from "../../domain/proxies";
import type { StoredProxy, Tx } from "../../storage/store";
import type { Bank } from "../bank";

/** Appends a step of a proxy, which stands so after it; the version counts the steps. */
export async function moveProxy(
  tx: Tx,
  by: string,
  proxy: FamilyProxy,
  of: { action: ProxyAction; role: ActorKind; before: StoredProxy | null; reasonId: string | null },
): Promise<StoredProxy> {
  const { action, role: actorKind, before, reasonId } = of;
  const version = (before?.version ?? 0) + 1;
  const fact = proxyStep.step(proxy, { version, action, from: before?.state ?? null, actorKind, reasonId });
  const seq = await tx.append(by, fact);
  const stored = proxyStep.into.proxies.row(fact, { seq, at: tx.now, actor: by });
  return before ? { ...stored, openedSeq: before.openedSeq } : stored;
}

/** Ends proxies that no longer have the two people who agreed: each by its own step. */
async function endProxies(bank: Bank, tx: Tx, by: string, proxies: readonly StoredProxy[], reasonId: string | null) {
  for (const before of new Map(proxies.map((proxy) => [proxy.id, proxy])).values()) {
    if (!isOpen(before, bank.today())) continue;
    const action = before.state === "ACTIVE" ? "REVOKE" : "REFUSE";
    const { state } = take(proxyMoves, before, action);
    await moveProxy(tx, by, { ...before, state }, { action, role: "SYSTEM", before, reasonId });
  }
}

/** Ends the proxies that a person who has died held, or had asked for. */
export async function endProxiesHeld(bank: Bank, tx: Tx, by: string, personId: string, reasonId: string | null) {
  await endProxies(bank, tx, by, (await tx.proxiesOfPersons([personId])).get(personId) ?? [], reasonId);
}

/**
 * Ends the proxies that a person holds and those that act for them, where the person turned out to be two: nobody knows any more
 * whose papers the station saw, and which of the two agreed.
 */
export async function endProxiesAround(bank: Bank, tx: Tx, by: string, personId: string, reasonId: string) {
  const own = await tx.recipientOfPerson(personId);
  const acting = own ? ((await tx.proxiesOfRecipients([own.id])).get(own.id) ?? []) : [];
  const held = (await tx.proxiesOfPersons([personId])).get(personId) ?? [];
  await endProxies(bank, tx, by, [...held, ...acting], reasonId);
}

/**
 * Ends, before two people become one, what the one who goes holds, what acts for a registration that is merged into another, and
 * what one of the two holds for the other.
 */
export async function endProxiesMerged(
  bank: Bank,
  tx: Tx,
  by: string,
  { from, to, reasonId }: { from: string; to: string; reasonId: string },
) {
  const [theirs, ours] = [await tx.recipientOfPerson(from), await tx.recipientOfPerson(to)];
  const acting = theirs ? ((await tx.proxiesOfRecipients([theirs.id])).get(theirs.id) ?? []) : [];
  const held = (await tx.proxiesOfPersons([from])).get(from) ?? [];
  const ends = ours ? acting : acting.filter(({ personId }) => personId === to);
  await endProxies(bank, tx, by, [...held, ...ends], reasonId);
}
