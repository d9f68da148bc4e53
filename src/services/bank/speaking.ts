import type { Recipient } from "../../domain/facts/visits";
import type { Day } from "../../domain/kit/calendar";
import type { Actor, Where } from "../../domain/permissions/actors";
import { isActing } from "../../domain/proxies";
import type { StoredProxy, View } from "../../storage/store";

/** The recipient as a place of an act: the person, and today's proxies, who are looked for where the actor is another. */
export async function circleOf(view: View, actor: Actor, { id, personId }: Recipient, today: Day): Promise<Where> {
  if (actor.personId === null || actor.personId === personId) return { recipientPersonId: personId };
  const acting = await actingOf(view, (await view.proxiesOfRecipients([id])).get(id) ?? [], today);
  return { recipientPersonId: personId, proxyIds: acting.map((proxy) => proxy.personId) };
}

/** The recipients for whom a person speaks today: themselves, and those whose proxy they are. */
export async function spokenFor(view: View, { personId }: Actor, today: Day): Promise<string[]> {
  if (personId === null) return [];
  const own = await view.recipientOfPerson(personId);
  const acting = await actingOf(view, (await view.proxiesOfPersons([personId])).get(personId) ?? [], today);
  return [...(own ? [own.id] : []), ...acting.map(({ recipientId }) => recipientId)];
}

/** Those of these proxies that act today. A proxy speaks with the elder's word, and so for no elder who has died. */
async function actingOf(view: View, proxies: readonly StoredProxy[], today: Day): Promise<StoredProxy[]> {
  const acting = proxies.filter((proxy) => isActing(proxy, today));
  if (acting.length === 0) return acting;
  const deaths = await view.deathsOf(acting.map(({ recipientId }) => recipientId));
  return acting.filter(({ recipientId }) => !deaths.has(recipientId));
}
