import type { Recipient } from "../../domain/facts/visits";
import type { Day } from "../../domain/kit/calendar";
import type { Actor, Where } from "../../domain/permissions/actors";
import { isActing } from "../../domain/proxies";
import type { View } from "../../storage/store";

/** The recipient as a place of an act: the person, and today's proxies, who are looked for where the actor is another. */
export async function circleOf(view: View, actor: Actor, { id, personId }: Recipient, today: Day): Promise<Where> {
  if (actor.personId === null || actor.personId === personId) return { recipientPersonId: personId };
  const proxies = (await view.proxiesOfRecipients([id])).get(id) ?? [];
  const acting = proxies.filter((proxy) => isActing(proxy, today));
  return { recipientPersonId: personId, proxyIds: acting.map((proxy) => proxy.personId) };
}

/** The recipients for whom a person speaks today: themselves, and those whose proxy they are. */
export async function spokenFor(view: View, { personId }: Actor, today: Day): Promise<string[]> {
  if (personId === null) return [];
  const own = await view.recipientOfPerson(personId);
  const proxies = (await view.proxiesOfPersons([personId])).get(personId) ?? [];
  const acting = proxies.filter((proxy) => isActing(proxy, today));
  return [...(own ? [own.id] : []), ...acting.map(({ recipientId }) => recipientId)];
}
