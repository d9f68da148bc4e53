import type { Recipient } from "../../domain/facts/visits";
import type { Actor, Where } from "../../domain/permissions/actors";
import type { View } from "../../storage/store";

/** Those who speak for a recipient: the recipient, and their family proxies. */
export class Circle {
  async around(_view: View, _actor: Actor, { personId }: Recipient): Promise<Where> {
    return { recipientPersonId: personId };
  }

  /** The recipients for whom the actor speaks. */
  async spokenFor(view: View, { personId }: Actor): Promise<string[]> {
    const own = personId === null ? undefined : await view.recipientOfPerson(personId);
    return own ? [own.id] : [];
  }
}
