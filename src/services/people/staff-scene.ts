import type { Division, Organization } from "../../domain/facts/organizations";
import type { Grant } from "../../domain/facts/people";
import type { Day } from "../../domain/kit/calendar";
import type { View } from "../../storage/store";
import type { Bank } from "../bank";
import type { People } from ".";

/** A line by its form. */
export interface ReadStaff {
  role: Grant["role"];
  organizationId: string | null;
  organizationSlug: string | null;
  divisionCode: string | null;
  displayName: string | null;
  personId: string | null;
  identity: { issuer: string; hash: string } | null;
  validFrom: Day | null;
  validUntil: Day | null;
}

/** What a batch goes by, read once for all its lines. */
export interface StaffScene {
  divisions: ReadonlyMap<string, Division>;
  organizations: ReadonlyMap<string, Organization>;
  bySlug: ReadonlyMap<string, Organization>;
  /** The person of each subject, by its hash. */
  bySubject: Map<string, string>;
  /** The people with this name at a place, or among those who hold roles of the bank. */
  byName: Map<string, string[]>;
  names: Map<string, string>;
  grants: Map<string, Grant[]>;
  /** Persons who can sign in. */
  linked: Set<string>;
  /** Persons who are there: they have a key. */
  known: ReadonlySet<string>;
}

export async function sceneOf(
  bank: Bank,
  people: People,
  view: View,
  staff: readonly ReadStaff[],
): Promise<StaffScene> {
  const organizations = await view.organizations(staff.flatMap(({ organizationId }) => organizationId ?? []));
  const slugged = await view.organizationsBySlug(staff.flatMap(({ organizationSlug }) => organizationSlug ?? []));
  const bySlug = new Map(slugged.map((organization) => [organization.slug, organization]));
  const bySubject = await view.personsOfIdentities(staff.flatMap(({ identity }) => identity?.hash ?? []));
  const there = await namesakes(bank, view, staff, { organizations, bySlug, bySubject });
  const named = staff.flatMap(({ personId }) => personId ?? []);
  const ids = [...new Set([...there.map(({ personId }) => personId), ...bySubject.values(), ...named])];
  const links = await view.identityLinksOf(ids);
  const scene: StaffScene = {
    divisions: await bank.divisions(view),
    organizations,
    bySlug,
    bySubject,
    byName: new Map(),
    names: await people.names(view, ids),
    grants: await view.grantsOfPersons(ids),
    linked: new Set(ids.filter((id) => links.get(id)?.some(({ state }) => state === "LINKED"))),
    known: new Set((await bank.store.keys.wrapped(ids)).keys()),
  };
  for (const { personId, place } of there) stand(scene, personId, place);
  return scene;
}

/**
 * The people whom a line may mean by name: those with that name where the line gives a role. No other name is opened, so that
 * a batch costs no more where the people of earlier batches already are.
 */
async function namesakes(
  bank: Bank,
  view: View,
  staff: readonly ReadStaff[],
  scene: Places & Pick<StaffScene, "bySubject">,
) {
  const looked = new Set<string>();
  const holders: { personId: string; place: Organization | null }[] = [];
  for (const line of staff) {
    const place = placeOf(line, scene);
    const isMeantByName = line.personId === null && !scene.bySubject.has(line.identity?.hash ?? "");
    const key = nameKey(place ?? null, line.displayName);
    if (!isMeantByName || place === undefined || line.displayName === null || looked.has(key)) continue;
    looked.add(key);
    const hashes = bank.vault.nameTerms(line.displayName).map(({ hash }) => hash);
    for (const personId of await view.holdersNamed(place?.id ?? null, hashes)) holders.push({ personId, place });
  }
  return holders;
}

type Places = Pick<StaffScene, "organizations" | "bySlug">;

/** The organisation of a line; null for a role of the bank, and undefined where there is no such organisation. */
export function placeOf(
  { organizationId, organizationSlug }: ReadStaff,
  scene: Places,
): Organization | null | undefined {
  if (organizationId !== null) return scene.organizations.get(organizationId);
  return organizationSlug === null ? null : scene.bySlug.get(organizationSlug);
}

/**
 * The person that a line means: by the subject, else by the name at the place. It is not clear where two people there have
 * that name, or where one of that name cannot sign in yet and may be the person with the subject.
 */
export function meant(scene: StaffScene, line: ReadStaff): { person: string | undefined; isClear: boolean } {
  if (line.personId !== null) return { person: line.personId, isClear: true };
  const bySubject = line.identity === null ? undefined : scene.bySubject.get(line.identity.hash);
  if (bySubject !== undefined) return { person: bySubject, isClear: true };
  const place = placeOf(line, scene);
  const namesakes = place === undefined ? [] : (scene.byName.get(nameKey(place, line.displayName)) ?? []);
  if (line.identity === null) return { person: namesakes[0], isClear: namesakes.length < 2 };
  return { person: undefined, isClear: namesakes.every((id) => scene.linked.has(id)) };
}

/** Notes that a person holds a role at a place, so that a further line may name them. */
export function stand(scene: StaffScene, personId: string, place: Organization | null): void {
  const key = nameKey(place, scene.names.get(personId) ?? null);
  const others = scene.byName.get(key) ?? [];
  if (!others.includes(personId)) scene.byName.set(key, [...others, personId]);
}

/** The key by which several lines mean the same new person. */
export function newcomerKey({ identity, displayName }: ReadStaff, place: Organization | null | undefined): string {
  return identity?.hash ?? nameKey(place ?? null, displayName);
}

const nameKey = (place: Organization | null, displayName: string | null) => `${place?.id ?? ""} ${displayName ?? ""}`;
