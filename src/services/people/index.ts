import type { Role } from "../../domain/facts/actors";
import type { Grant } from "../../domain/facts/people";
import { addDays, type Day, isDay } from "../../domain/kit/calendar";
import { invariant } from "../../domain/kit/invariant";
import { refuse } from "../../domain/kit/refusal";
import { type Soon, whenKnown } from "../../domain/kit/soon";
import { lineage } from "../../domain/organizations";
import type { Profile } from "../../domain/people/volunteers";
import {
  type Actor,
  asOfficer,
  grantedRoles,
  isInForce,
  nobody,
  scopeOf,
  staffRoles,
  system,
} from "../../domain/permissions/actors";
import type { Tx, View } from "../../storage/store";
import type { Bank } from "../bank";
import type { Connection, Done, PageInput } from "../bank/answers";
import { type Asked, read, readField } from "../bank/fields";
import { checkStranger } from "../bank/near";
import { paged, shownPage } from "../bank/paging";
import { termsOf } from "../bank/terms";
import { personFilter } from "./commands/persons";
import { type grantRole, revokeRole, staff } from "./commands/staff";
import { type Identities, identityHash } from "./identities";
import type { VerifiedClaims } from "./identity-claims";
import { beginLink } from "./identity-steps";
import type { Volunteers } from "./volunteers";

/** What a verified token says of its subject. */
interface Claims {
  subject: string;
  issuer: string;
  verified?: VerifiedClaims;
}
/** A role, where it is held, and for which days. */
export interface GrantTerms {
  role: Role;
  organizationId?: string | null;
  divisionCode?: string | null;
  validFrom: Day;
  validUntil?: Day | null;
}
/** The person by id, by a subject that is tied to them already, or by the display name of a new one. */
export interface Appointing extends GrantTerms {
  personId?: string;
  displayName?: string;
  /** From now on tokens of this issuer with this subject are this person. */
  identity?: { issuer: string; subject: string };
}
/** The person who now holds the role, and all roles of the person that are in force. */
export interface Appointment {
  personId: string;
  grantId: string;
  displayName: string | null;
  roles: Role[];
}

export class People {
  constructor(
    private readonly bank: Bank,
    private readonly identities: Identities,
    private readonly volunteers: Volunteers,
  ) {}

  /** The actor that a verified token names, by the id of a person or by an identity that is linked to a person. Else personId is null. */
  actorOf(claims: Claims | null): Soon<Actor> {
    if (!claims) return nobody;
    const own = claims.issuer === this.bank.options.issuer && claims.subject.startsWith("person_");
    return own ? this.actorOfPerson(claims.subject) : this.actorOfIdentity(claims);
  }

  private async actorOfIdentity(claims: Claims): Promise<Actor> {
    const identity = identityHash(this.bank, claims);
    const personId =
      (await this.bank.store.view.personOfIdentity(identity)) ??
      (claims.verified && (await this.identities.claims.link(identity, claims.issuer, claims.verified)));
    if (!personId) return { ...nobody, identity, issuer: claims.issuer };
    const actor = await this.actorOfPerson(personId);
    return actor.personId === null ? nobody : { ...actor, via: identity };
  }

  /** The actor a person of ours is today; nobody where there is none. */
  actorOfPerson(personId: string): Soon<Actor> {
    return whenKnown(this.bank.store.view.mergedInto(personId), (kept) => {
      if (kept !== undefined) return this.actorOfPerson(kept);
      // A registered person has a key; a person who was erased, or never existed, has none.
      return whenKnown(this.bank.vault.knows(personId), (known) => (known ? this.actorRegistered(personId) : nobody));
    });
  }

  private actorRegistered(personId: string): Soon<Actor> {
    const view = this.bank.store.view;
    return whenKnown(this.bank.held(view, [personId]), (grants) =>
      whenKnown(view.volunteerOfPerson(personId), (volunteer) => {
        // A person who signs in with a dead volunteer's telephone is another person. An officer takes back a death that was a mistake.
        if (volunteer?.state === "DECEASED") return nobody;
        return { personId, identity: null, volunteerId: volunteer?.id ?? null, grants: grants.get(personId) ?? [] };
      }),
    );
  }

  async grantRole(actor: Actor, input: Asked<typeof grantRole>): Promise<Done<Grant>> {
    checkTerms(input);
    return this.bank.commands.once(
      actor,
      "grantRole",
      input,
      async (tx, actor) => {
        const checked = await this.checkPlace(tx, actor, input);
        if ((await this.bank.store.keys.wrapped([input.personId])).size === 0) refuse("NOT_FOUND", {}, ["personId"]);
        await this.checkSeen(tx, actor, input);
        return this.give(tx, actor, input.personId, checked);
      },
      render,
    );
  }

  /**
   * Gives a role from the machine that holds the keys. The person is made, and the subject tied to them, where they are
   * new. Everything is checked before anything is written, and written in one transaction.
   */
  async appoint(actor: Actor, input: Appointing): Promise<Appointment> {
    if (actor !== system) refuse("NOT_PERMITTED", { act: "grant.office" });
    checkTerms(input);
    const displayName = readField(staff, "displayName", input.displayName);
    const subject = readField(staff, "subject", input.identity?.subject);
    const named = subject === null || !input.identity ? null : { subject, issuer: input.identity.issuer };
    const identity = named && identityHash(this.bank, named);
    const { store, vault } = this.bank;
    const holder = identity === null ? undefined : await store.view.personOfIdentity(identity);
    const known = input.personId ?? holder;
    if (known !== undefined && !(await vault.knows(known))) refuse("NOT_FOUND", {}, ["personId"]);
    if (known === undefined && displayName === null) refuse("INVALID_INPUT", { missing: true }, ["displayName"]);
    const personId = known ?? this.bank.id("person");
    const granted = await this.bank.admitting(personId, known === undefined, async () => ({
      done: await store.write(async (tx) => {
        const checked = await this.checkPlace(tx, actor, input);
        const tied = identity === null ? undefined : await tx.personOfIdentity(identity);
        if (tied !== undefined && tied !== personId) refuse("DUPLICATE_PERSON", {}, ["subject"]);
        const before = known === undefined ? null : ((await this.names(tx, [personId])).get(personId) ?? null);
        // A subject that is known under another name belongs to another person.
        if (known !== undefined && displayName !== null && displayName !== before)
          refuse("DUPLICATE_PERSON", {}, ["displayName"]);
        if (known === undefined) await this.enroll(tx, "system", personId, displayName as string);
        if (named && identity && tied === undefined) {
          const link = {
            hash: identity,
            personId,
            issuer: named.issuer,
            kind: "OPERATOR",
            linkedBy: "SYSTEM",
          } as const;
          await beginLink(this.bank, tx, "system", { ...link, reasonId: null });
        }
        const [same] = (await tx.grantsOfPersons([personId])).get(personId)?.filter(isSame(checked)) ?? [];
        const grantId = same?.id ?? (await this.give(tx, actor, personId, checked));
        return { grantId, displayName: before ?? displayName };
      }),
      kept: true,
    }));
    const held = (await store.view.grantsOfPersons([personId])).get(personId) ?? [];
    const roles = held.filter((grant) => isInForce(grant, this.bank.today())).map(({ role }) => role);
    return { personId, ...granted, roles: [...new Set(roles)].sort() };
  }

  /** Where a role is to be held: the place is there, and the actor may give it there. */
  private async checkPlace(tx: Tx, actor: Actor, terms: GrantTerms): Promise<GrantTerms> {
    const organization = terms.organizationId ? await this.bank.organization(tx, terms.organizationId) : null;
    if (organization) this.bank.permit(actor, "grant.staff", await this.bank.places.at(tx, organization));
    else this.bank.permit(actor, "grant.office", {});
    if (!terms.divisionCode) return terms;
    return { ...terms, divisionCode: (await this.bank.openDivision(tx, terms.divisionCode)).code };
  }

  /**
   * An admin may give a role only to a person whose papers a station has seen, or whom the office made staff. Otherwise an
   * admin's second account could confirm what the first one logs. NOT_PERMITTED. An officer may give any role.
   */
  private async checkSeen(tx: Tx, actor: Actor, { personId, organizationId }: GrantTerms & { personId: string }) {
    const organization = organizationId ? await this.bank.organization(tx, organizationId) : null;
    if (!organization || actor === system) return;
    if (this.bank.permitAny(asOfficer(actor), "grant.staff", [await this.bank.places.at(tx, organization)])) return;
    // An organisation sees the name of a person who gets a role there, so it must see the volunteer already.
    const volunteer = await tx.volunteerOfPerson(personId);
    if (volunteer && !(await this.volunteers.sight.visible(tx, actor, [volunteer], "volunteer.see")).has(volunteer.id))
      refuse("NOT_FOUND", {}, ["personId"]);
    const profiles = await this.bank.papers.profilesOf(tx, personId);
    // A guardian who came by a code has a profile like staff, but the office did not make it.
    const cameByCode = (await tx.guardianshipsOf(personId)).length > 0;
    const isSeen = profiles.some(({ capacity, profile }) =>
      capacity === "STAFF" ? !cameByCode : profile.idNumber && profile.papersSeen,
    );
    const held = (await tx.grantsOfPersons([personId])).get(personId) ?? [];
    if (!isSeen && held.length === 0) refuse("NOT_PERMITTED", { act: "grant.staff", papersSeen: false }, ["personId"]);
  }

  async give(tx: Tx, actor: Actor, personId: string, terms: GrantTerms): Promise<string> {
    await checkStranger(tx, actor, personId, ["personId"]);
    const grant: Grant = {
      id: this.bank.id("grant", tx.now),
      personId,
      role: terms.role,
      organizationId: terms.organizationId ?? null,
      divisionCode: terms.divisionCode ?? null,
      validFrom: terms.validFrom,
      validUntil: terms.validUntil ?? null,
      version: 1,
    };
    await tx.append(actor.personId as string, { type: "GRANT_STEP", ...grant, reasonId: null });
    return grant.id;
  }

  /** Ends a grant yesterday: it does not hold today. Ending it again answers the same. */
  async revokeRole(actor: Actor, input: Asked<typeof revokeRole>): Promise<Grant> {
    return this.bank.commands.act(actor, async (tx, actor) => {
      const grant = (await tx.grants([input.grantId])).get(input.grantId) ?? refuse("NOT_FOUND", {}, ["grantId"]);
      if (grant.organizationId)
        this.bank.permit(
          actor,
          "grant.end",
          await this.bank.places.at(tx, await this.bank.organization(tx, grant.organizationId)),
        );
      else this.bank.permit(actor, "grant.office", {});
      const reason = readField(revokeRole, "reason", input.reason);
      const yesterday = addDays(this.bank.today(), -1);
      if (grant.validUntil !== null && grant.validUntil <= yesterday) return grant;
      const reasonId = await this.bank.vault.sealWords(tx, actor.personId as string, grant.personId, { reason });
      const { seq: _, ...facts } = { ...grant, validUntil: yesterday, version: grant.version + 1 } as Grant & {
        seq?: number;
      };
      await tx.append(actor.personId as string, { type: "GRANT_STEP", ...facts, reasonId });
      return facts;
    });
  }

  /** A grant is null where it is absent, and where it is neither the actor's own nor one that the actor could give. Batched. */
  grants(actor: Actor, ids: readonly string[]): Promise<(Grant | null)[]> {
    return this.seenGrants(this.bank.store.view, actor, ids);
  }

  async seenGrants(view: View, actor: Actor, ids: readonly string[]): Promise<(Grant | null)[]> {
    const grants = await view.grants(ids);
    const places = await view.organizations([...grants.values()].flatMap((grant) => grant.organizationId ?? []));
    const divisions = await this.bank.divisions(view);
    return ids.map((id) => {
      const grant = grants.get(id);
      if (!grant) return null;
      const place = grant.organizationId === null ? null : places.get(grant.organizationId);
      const where = place ? { organizationId: place.id, divisions: lineage(place.divisionCode, divisions) } : {};
      const own = actor.personId !== null && grant.personId === actor.personId;
      return own || this.bank.permitAny(actor, place ? "grant.see" : "grant.office", [where]) ? grant : null;
    });
  }

  /** The people who hold roles today: an organisation's admin sees its own, an officer sees all. */
  async list(actor: Actor, filter: Asked<typeof personFilter>, page: PageInput): Promise<Connection<{ id: string }>> {
    const view = this.bank.store.view;
    const within = (await this.bank.places.scope(view, actor, "grant.see")) ?? undefined;
    const { role: roles, text } = read(personFilter, filter, ["filter"]);
    const sought = text === null ? null : this.bank.vault.soughtTerms(text);
    const personIds = sought === null ? undefined : await view.personsByTerm(sought.kind, sought.hashes);
    const people = await paged(
      page,
      { name: "people", shape: ["text"] },
      (bounds) => view.grantedPersons({ on: this.bank.today(), roles, within, personIds }, bounds),
      (id) => [id],
    );
    return shownPage(people, (ids) => ids.map((id) => ({ id })));
  }

  /** Persons of the bank by id, with nothing else about them; null where there is no such person. Batched. */
  async known(ids: readonly string[]): Promise<({ id: string } | null)[]> {
    const view = this.bank.store.view;
    // Something is sealed about every person, or was until the person was forgotten.
    const isKnown = async (id: string) =>
      (await view.sealedOfPerson(id)).length > 0 || (await view.erasure(id)) !== undefined;
    return Promise.all(ids.map(async (id) => ((await isKnown(id)) ? { id } : null)));
  }

  /** The name of each person, for that person, for actors who see a role of theirs, and for judges; null for others, and once erased. */
  async labels(actor: Actor, ids: readonly string[]): Promise<(string | null)[]> {
    const view = this.bank.store.view;
    const held = await this.grantsOf(actor, ids);
    const judges = this.bank.permitAny(actor, "rating.judge", [{}]) !== null;
    // An organisation that may apply sees the names of the judges: else it could not ask for a recusal.
    const applies = scopeOf(actor, "rating.apply", this.bank.today()).organizationIds.length > 0;
    const assessors = applies ? await this.assessors(view, ids) : new Set<string>();
    const seen = ids.map((id, i) => judges || id === actor.personId || assessors.has(id) || (held[i]?.length ?? 0) > 0);
    const names = await this.names(view, ids);
    return ids.map((id, i) => (seen[i] ? (names.get(id) ?? null) : null));
  }

  /** The person that each id stands for today: the same person, or the person into which that person was merged. */
  async standing(personIds: readonly string[]): Promise<string[]> {
    const now = await this.bank.store.view.standing(personIds);
    return personIds.map((id) => now.get(id) ?? id);
  }

  /** The display name of each person, for the bank's own use. */
  async names(view: View, ids: readonly string[]): Promise<Map<string, string>> {
    const profiles = new Map([
      ...(await view.profilesOfVolunteers(ids)),
      ...(await view.profilesOfWorkers(ids)),
      ...(await view.profilesOfStaff(ids)),
    ]);
    const opened = await this.bank.vault.open<{ displayName: string }>(view, [...profiles.values()]);
    return new Map(
      [...profiles].flatMap(([id, profileId]) => {
        const name = opened.get(profileId)?.displayName;
        return name === undefined ? [] : [[id, name] as const];
      }),
    );
  }

  private async assessors(view: View, ids: readonly string[]): Promise<Set<string>> {
    const held = await view.grantsOfPersons(ids);
    const assesses = (id: string) =>
      held.get(id)?.some((grant) => grant.role === "ASSESSOR" && isInForce(grant, this.bank.today()));
    return new Set(ids.filter(assesses));
  }

  /** The grants of each that the actor may see, those that ended too. */
  async grantsOf(actor: Actor, personIds: readonly string[]): Promise<Grant[][]> {
    const held = await this.bank.store.view.grantsOfPersons(personIds);
    const seen = await this.grants(
      actor,
      [...held.values()].flat().map(({ id }) => id),
    );
    return personIds.map((id) => seen.filter((grant) => grant?.personId === id) as Grant[]);
  }

  /** A staff member without a volunteer's account; used by seed and `goodhours grant`. */
  async registerStaff(actor: Actor, input: { displayName: string }): Promise<string> {
    if (actor !== system) refuse("NOT_PERMITTED", { act: "grant.office" });
    const displayName =
      readField(staff, "displayName", input.displayName) ?? refuse("INVALID_INPUT", { missing: true }, ["displayName"]);
    const personId = this.bank.id("person");
    return this.bank.admitting(personId, true, async () => {
      await this.bank.store.write((tx) => this.enroll(tx, "system", personId, displayName));
      return { done: personId, kept: true };
    });
  }

  /** Registers a new person, who has a key already, by name alone. */
  async enroll(tx: Tx, by: string, personId: string, displayName: string): Promise<void> {
    const profile: Omit<Profile, "idKind" | "papersSeen" | "said"> = {
      displayName,
      legalName: null,
      idNumber: null,
      birthDate: null,
      phone: null,
      skills: [],
      serviceTypes: [],
      consentedOn: null,
      guardian: null,
    };
    const profileId = await this.bank.vault.seal(tx, personId, profile);
    await tx.append(by, { type: "STAFF_SET", personId, profileId });
    await tx.addSearchTerms(personId, termsOf(this.bank.vault, "STAFF", profile));
  }
}

/** Whether a grant gives these terms already: the same command again gives nothing twice. */
const isSame = (terms: GrantTerms) => (grant: Grant) =>
  grant.role === terms.role &&
  grant.organizationId === (terms.organizationId ?? null) &&
  grant.divisionCode === (terms.divisionCode ?? null) &&
  grant.validFrom <= terms.validFrom &&
  grant.validUntil === (terms.validUntil ?? null);

/** A role that can be held, for days that are days, where such a role is held. */
export function checkTerms(terms: GrantTerms): void {
  if (!grantedRoles.includes(terms.role)) refuse("INVALID_INPUT", { expected: grantedRoles.join(", ") }, ["role"]);
  const { validFrom, validUntil } = terms;
  if (!isDay(validFrom)) refuse("INVALID_INPUT", { expected: "a day such as 2026-09-12" }, ["validFrom"]);
  if (validUntil != null && (!isDay(validUntil) || validUntil < validFrom))
    refuse("INVALID_INPUT", { expected: "a day such as 2026-09-12, not before the first" }, ["validUntil"]);
  const atStation = staffRoles.includes(terms.role);
  if (atStation !== Boolean(terms.organizationId) || (terms.organizationId && terms.divisionCode))
    refuse("INVALID_INPUT", { organizationNeeded: atStation }, ["organizationId"]);
}

const render = async (view: View, id: string): Promise<Grant> => {
  const grant = (await view.grants([id])).get(id);
  invariant(grant, "a command's grant is there");
  return grant;
};
