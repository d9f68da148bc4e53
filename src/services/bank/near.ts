import type { Day } from "../../domain/kit/calendar";
import { checkNotOwn, type Nearness, type Own } from "../../domain/people/near";
import { type Actor, isStaffOf, system } from "../../domain/permissions/actors";
import type { View } from "../../storage/store";

/**
 * The persons about whom an actor decides nothing, in any capacity: themselves and their family. This file alone knows them.
 * A guardianship counts here until a station has ended it: an adult child's parent is still no stranger.
 */
export async function ownOf(view: View, actor: Actor): Promise<Own> {
  return actor === system || actor.personId === null ? new Map() : ownOfPerson(view, actor.personId);
}

/** Refuses an actor who would decide about themselves, or about one of their own. SELF_CONFIRMATION. */
export async function checkStranger(view: View, actor: Actor, personId: string | null, path?: string[]): Promise<void> {
  checkNotOwn(await ownOf(view, actor), personId, path);
}

/** The organisations on whose staff the person, or one of their own, is on one of these days. */
export async function organizationsOf(view: View, own: Own, days: readonly Day[]): Promise<Set<string>> {
  const grants = [...(await view.grantsOfPersons([...own.keys()])).values()].flat();
  const organizationIds = new Set(grants.flatMap(({ organizationId }) => organizationId ?? []));
  return new Set([...organizationIds].filter((id) => days.some((day) => isStaffOf(id, grants, day))));
}

export async function ownOfPerson(view: View, personId: string): Promise<Own> {
  const own = new Map<string, Nearness>();
  const note = (personIds: readonly string[], as: Nearness) => {
    for (const id of personIds) if (!own.has(id)) own.set(id, as);
  };
  const selves = await view.selves(personId);
  note(selves, "SELF");
  const wardIds = await wardsOf(view, selves);
  const mine = [...(await view.volunteersOfPersons(selves)).values()].map(({ id }) => id);
  const guardians = await guardiansOf(view, mine);
  note(await personsOf(view, wardIds), "WARD");
  note(guardians, "GUARDIAN");
  note(await guardiansOf(view, wardIds), "HOUSEHOLD");
  note(await personsOf(view, await wardsOf(view, guardians)), "HOUSEHOLD");
  note(await eldersOf(view, selves), "ELDER");
  return own;
}

async function wardsOf(view: View, personIds: readonly string[]): Promise<string[]> {
  const volunteerIds: string[] = [];
  for (const id of personIds)
    for (const { volunteerId, ended } of await view.guardianshipsOf(id)) if (!ended) volunteerIds.push(volunteerId);
  return volunteerIds;
}

async function guardiansOf(view: View, volunteerIds: readonly string[]): Promise<string[]> {
  const linked = [...(await view.guardianshipsFor(volunteerIds)).values()].flat();
  return linked.flatMap(({ personId, ended }) => (ended ? [] : personId));
}

/** Those for whom a person acts as a family proxy, also after its last day: a relative stays one until somebody ends it. */
async function eldersOf(view: View, personIds: readonly string[]): Promise<string[]> {
  const proxies = [...(await view.proxiesOfPersons(personIds)).values()].flat();
  const active = proxies.filter(({ state }) => state === "ACTIVE");
  if (active.length === 0) return [];
  const recipients = await view.recipients(active.map(({ recipientId }) => recipientId));
  return [...recipients.values()].map(({ personId }) => personId);
}

async function personsOf(view: View, volunteerIds: readonly string[]): Promise<string[]> {
  return [...(await view.volunteers(volunteerIds)).values()].map(({ personId }) => personId);
}
