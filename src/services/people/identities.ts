import type { ActorKind, Role } from "../../domain/facts/actors";
import {
  type Grant,
  type IdentityLink,
  type IdentityLinkKind,
  identityMoves,
  type Volunteer,
} from "../../domain/facts/people";
import { invariant } from "../../domain/kit/invariant";
import { take } from "../../domain/kit/moves";
import { Refusal, refuse } from "../../domain/kit/refusal";
import { lineage } from "../../domain/organizations";
import { namesAgree, type Papers, readPapers } from "../../domain/people/papers";
import { isPhoneClaimed } from "../../domain/people/phones";
import { type Profile, welcomeStates } from "../../domain/people/volunteers";
import { type Act, type Actor, lasts, roleFor, system, type Where } from "../../domain/permissions/actors";
import type { StoredIdentityLink, Tx, View } from "../../storage/store";
import { Unavailable } from "../../storage/writer";
import type { Bank } from "../bank";
import type { Done } from "../bank/answers";
import { type Asked, type Read, read, readField } from "../bank/fields";
import { checkShape } from "../bank/input";
import { checkStranger } from "../bank/near";
import { linkIdentity, unlinkIdentity } from "./commands";

/** A real name that a trusted issuer has verified, with the numbers that it vouches for. */
export interface VerifiedClaims {
  readonly name: string;
  readonly idNumber: string | null;
  readonly phone: string | null;
}

/** A subject of a token issuer. */
type Subject = Pick<Read<typeof linkIdentity>, "issuer" | "subject">;

/** Roles of a station's staff whose identities its supervisor may link; the others' are linked by actors who can give those roles. */
const lesserRoles: readonly Role[] = ["ACTIVITY_LEAD", "STATION_WORKER"];

/** How many people of one name are looked at for a telephone. */
const namesakesMost = 50;

/** Which subjects of the token issuer are which person: linked and unlinked as facts, each told to the person. */
export class Identities {
  constructor(private readonly bank: Bank) {}

  /** A supervisor of the person's station, or an officer, who has seen the papers; the operator from the command line. */
  async link(actor: Actor, input: Asked<typeof linkIdentity>): Promise<Done<IdentityLink>> {
    const { personId, reason, evidence, ...subject } = read(linkIdentity, input);
    const identity = this.checkIdentity(subject, actor);
    const work = async (tx: Tx, actor: Actor) => {
      const role = await this.checkReach(tx, actor, "identity.link", personId);
      await checkStranger(tx, actor, personId, ["personId"]);
      if (!(await this.bank.vault.knows(personId))) refuse("NOT_FOUND", {}, ["personId"]);
      const state = (await tx.volunteerOfPerson(personId))?.state;
      if (state === "DECEASED") refuse("ILLEGAL_TRANSITION", { action: "LINK", from: state }, ["personId"]);
      const hash = identityHash(this.bank, identity);
      const holder = await tx.personOfIdentity(hash);
      if (holder === personId) return (await this.linkNow(tx, hash)).id;
      if (holder !== undefined) refuse("DUPLICATE_PERSON", {}, ["subject"]);
      const by = actor.personId as string;
      const reasonId = await this.bank.vault.seal(tx, personId, { reason, evidence });
      const kind = actor === system ? "OPERATOR" : "PAPERS";
      return this.begin(tx, by, { hash, personId, issuer: identity.issuer, kind, linkedBy: role, reasonId });
    };
    return this.bank.commands.once(actor, "linkIdentity", input, work, render);
  }

  /** Ends a link: tokens of that subject are nobody from now on. Ending it again answers the same. */
  async unlink(actor: Actor, input: { identityId: string; reason: string }): Promise<IdentityLink> {
    const reason = readField(unlinkIdentity, "reason", input.reason);
    return this.bank.commands.act(actor, async (tx, actor) => {
      const link =
        (await tx.identityLinks([input.identityId])).get(input.identityId) ?? refuse("NOT_FOUND", {}, ["identityId"]);
      const own = actor.personId === link.personId;
      const [places] = await this.placesOf(tx, [link.personId]);
      const sees = own || this.bank.permitAny(actor, "identity.unlink", places ?? []);
      if (!sees) refuse("NOT_FOUND", {}, ["identityId"]);
      const role = own ? "VOLUNTEER" : await this.checkReach(tx, actor, "identity.unlink", link.personId);
      if (link.state === "UNLINKED") return link;
      if (own && (await this.isLast(tx, link))) refuse("LAST_IDENTITY", {}, ["identityId"]);
      const by = actor.personId as string;
      await this.end(tx, by, link, role, await this.bank.vault.sealWords(tx, by, link.personId, { reason }));
      await this.voidAddresses(tx, by, link.personId);
      return render(tx, link.id);
    });
  }

  /** Null for absent, or neither one's own nor one the actor could end. Batched. */
  async many(actor: Actor, ids: readonly string[]): Promise<(IdentityLink | null)[]> {
    const view = this.bank.store.view;
    const links = await view.identityLinks(ids);
    const persons = [...new Set([...links.values()].map(({ personId }) => personId))];
    const seen = await this.seen(view, actor, persons);
    return ids.map((id) => {
      const link = links.get(id);
      return link && seen.has(link.personId) ? link : null;
    });
  }

  /** By person, the earliest first, with those that ended; empty where the actor may not see them. Batched. */
  async of(actor: Actor, personIds: readonly string[]): Promise<IdentityLink[][]> {
    const view = this.bank.store.view;
    const seen = await this.seen(view, actor, personIds);
    const links = await view.identityLinksOf([...seen]);
    return personIds.map((id) => links.get(id) ?? []);
  }

  /**
   * Links a subject that is nobody yet by what a trusted issuer has verified: an ID number that a station has seen, or the
   * telephone of a volunteer whom a station registered, each with the same name and of one person alone. A name or telephone
   * that a volunteer only said serves no claim, and who holds a role comes in by a code or by papers. A subject that was
   * ever linked is left alone: what a supervisor ended does not come back by itself.
   */
  async claim(hash: string, issuer: string, verified: VerifiedClaims): Promise<string | undefined> {
    const view = this.bank.store.view;
    if ((await view.identityLinksByHash(hash)).length > 0 || !(await this.claimed(view, verified))) return undefined;
    try {
      return await this.bank.store.write(async (tx) => {
        const holder = await tx.personOfIdentity(hash);
        if (holder !== undefined) return holder;
        const personId = await this.claimed(tx, verified);
        if (!personId || (await tx.identityLinksByHash(hash)).length > 0) return undefined;
        await this.begin(tx, "system", { hash, personId, issuer, kind: "CLAIM", linkedBy: "SYSTEM", reasonId: null });
        return personId;
      });
    } catch (error) {
      // A bank that cannot write just now still answers: the caller is nobody until it can.
      if (error instanceof Unavailable) return undefined;
      throw error;
    }
  }

  private async claimed(view: View, { name, idNumber, phone }: VerifiedClaims): Promise<string | null> {
    const named = { displayName: name, legalName: name };
    const papers = idNumber === null ? null : this.readClaimedPapers(idNumber);
    const byPapers = papers ? await this.bank.papers.holders(view, papers) : [];
    const matches: string[] = [];
    for (const personId of byPapers.length > 0 ? byPapers : await this.namesakes(view, name)) {
      const profiles = (await this.bank.papers.profilesOf(view, personId)).filter(
        ({ profile }) => namesAgree(profile, named) && !profile.said?.includes("name"),
      );
      const agrees = byPapers.includes(personId)
        ? profiles.some(({ profile }) => profile.papersSeen && profile.idNumber === papers?.number)
        : profiles.some(
            ({ capacity, profile }) =>
              capacity === "VOLUNTEER" &&
              isPhoneClaimed((profile as Partial<Profile>).phone, phone) &&
              !profile.said?.includes("phone") &&
              !(papers && profile.idNumber),
          );
      if (agrees) matches.push(personId);
    }
    const [personId] = matches;
    return personId !== undefined && matches.length === 1 && (await this.mayComeIn(view, personId)) ? personId : null;
  }

  private readClaimedPapers(idNumber: string): Papers | null {
    try {
      return readPapers(idNumber, { today: this.bank.today() });
    } catch (error) {
      if (error instanceof Refusal) return null;
      throw error;
    }
  }

  /** Volunteers by this name whom a station registered; nobody where there are too many to look at. */
  private async namesakes(view: View, name: string): Promise<string[]> {
    // The dot inside a name is typed in many ways, and the pairs of letters beside it are not searched for.
    const parts = name.split(/[^\p{L}]+/u).filter((part) => [...part].length > 1);
    const hashes = this.bank.vault.nameTerms(...parts).map(({ hash }) => hash);
    const namesakes = hashes.length === 0 ? [] : await view.personsByTerm("name", hashes);
    if (namesakes.length > namesakesMost) return [];
    const volunteers = await view.volunteersOfPersons(namesakes);
    return namesakes.filter((id) => volunteers.get(id)?.vouchedBy);
  }

  private async mayComeIn(view: View, personId: string): Promise<boolean> {
    const volunteer = await view.volunteerOfPerson(personId);
    // Otherwise a worker who enters names and numbers could make anybody an officer.
    const grants = (await view.grantsOfPersons([personId])).get(personId) ?? [];
    if (grants.some((grant) => lasts(grant, this.bank.today()))) return false;
    return (await this.bank.vault.knows(personId)) && (!volunteer || welcomeStates.includes(volunteer.state));
  }

  /** The first step of a link; the caller knows that the subject is nobody yet. */
  async begin(
    tx: Tx,
    by: string,
    first: Pick<IdentityLink, "hash" | "personId" | "issuer" | "linkedBy"> & {
      kind: IdentityLinkKind;
      reasonId: string | null;
    },
  ): Promise<string> {
    const { reasonId, linkedBy, ...link } = first;
    const id = this.bank.id("identity", tx.now);
    await tx.append(by, {
      type: "IDENTITY_STEP",
      id,
      ...link,
      linkedAt: tx.now,
      linkedBy,
      linkReasonId: reasonId,
      ...take(identityMoves, null, "LINK"),
      action: "LINK",
      from: null,
      actorKind: linkedBy,
      reasonId,
    });
    return id;
  }

  /** The last step of a link. */
  async end(tx: Tx, by: string, link: IdentityLink, actorKind: ActorKind, reasonId: string): Promise<void> {
    const { id, hash, personId, issuer, kind, linkedAt, linkedBy, linkReasonId } = link;
    await tx.append(by, {
      type: "IDENTITY_STEP",
      id,
      hash,
      personId,
      issuer,
      kind,
      linkedAt,
      linkedBy,
      linkReasonId,
      ...take(identityMoves, link, "UNLINK", { reason: reasonId }),
      action: "UNLINK",
      from: link.state,
      actorKind,
      reasonId,
    });
  }

  /** The secret addresses that a lost phone, or another person, may hold, of the calendar and of copies, open nothing any more. */
  async voidAddresses(tx: Tx, by: string, personId: string): Promise<void> {
    const version = ((await tx.calendarVersion(personId)) ?? 0) + 1;
    await tx.append(by, { type: "CALENDAR_SET", personId, version });
  }

  /** Ends all links of a person, by one reason. */
  async endAll(tx: Tx, by: string, personId: string, actorKind: ActorKind, reasonId: string): Promise<void> {
    for (const link of (await tx.identityLinksOf([personId])).get(personId) ?? [])
      if (link.state === "LINKED") await this.end(tx, by, link, actorKind, reasonId);
  }

  /**
   * The role under which the actor may open this person's ways in. Who opens them holds what the person holds: so each
   * role of theirs must be one that the actor could give, or a lesser one at the supervisor's own station.
   */
  async checkReach(view: View, actor: Actor, act: Act, personId: string): Promise<ActorKind> {
    const [places = []] = await this.placesOf(view, [personId]);
    const role = this.bank.permitAny(actor, act, places);
    if (!role) return this.bank.deny(actor, act, ...places);
    // Ending a way to sign in protects the person, so the station of the volunteer may do it alone.
    if (act === "identity.link") await this.checkElsewhere(view, actor, act, personId, ["personId"]);
    const grants = (await view.grantsOfPersons([personId])).get(personId) ?? [];
    await this.checkRoles(view, actor, act, grants, ["personId"]);
    return role;
  }

  /**
   * Refuses an actor who may not do this to the person as a volunteer and as a recipient. An organisation that gives a role
   * to another station's volunteer, or to a recipient, gets no access to those capacities by it. NOT_PERMITTED.
   */
  async checkElsewhere(view: View, actor: Actor, act: Act, personId: string, path: string[]): Promise<void> {
    const volunteer = await view.volunteerOfPerson(personId);
    if (volunteer && !this.bank.permitAny(actor, act, await this.bank.places.ofVolunteer(view, volunteer)))
      refuse("NOT_PERMITTED", { act, capacity: "VOLUNTEER" }, path);
    const recipient = await view.recipientOfPerson(personId);
    const places = recipient && (await this.bank.places.over(view, recipient.divisionCode));
    if (places && !this.bank.permitAny(actor, "recipient.register", places))
      refuse("NOT_PERMITTED", { act, capacity: "RECIPIENT" }, path);
  }

  /** Refuses an actor who could not give each of these roles that has not ended. */
  async checkRoles(view: View, actor: Actor, act: Act, grants: readonly Grant[], path: string[]): Promise<void> {
    for (const grant of grants)
      if (lasts(grant, this.bank.today()) && !(await this.couldGive(view, actor, grant)))
        refuse("NOT_PERMITTED", { act, role: grant.role }, path);
  }

  private async couldGive(view: View, actor: Actor, { role, organizationId }: Grant): Promise<boolean> {
    const today = this.bank.today();
    if (organizationId === null) return roleFor(actor, "grant.office", {}, today) !== null;
    const where = await this.bank.places.at(view, await this.bank.organization(view, organizationId));
    if (roleFor(actor, "grant.staff", where, today)) return true;
    return lesserRoles.includes(role) && roleFor(actor, "identity.unlink", where, today) === "STATION_SUPERVISOR";
  }

  /** Where each of these persons belongs: the station that vouched, the organisations whose staff they are, and the bank. */
  private async placesOf(view: View, personIds: readonly string[]): Promise<Where[][]> {
    const today = this.bank.today();
    const volunteers = await view.volunteersOfPersons(personIds);
    const grants = await view.grantsOfPersons(personIds);
    const held = [...grants.values()].flat().flatMap((grant) => grant.organizationId ?? []);
    const organizations = await view.organizations(held);
    const divisions = await this.bank.divisions(view);
    return personIds.map((id) => {
      const volunteer = volunteers.get(id);
      const lives = volunteer && { divisions: lineage(volunteer.divisionCode, divisions) };
      const works = (grants.get(id) ?? []).flatMap((grant) => {
        const organization = organizations.get(grant.organizationId ?? "");
        if (!organization || !lasts(grant, today)) return [];
        return { organizationId: organization.id, divisions: lineage(organization.divisionCode, divisions) };
      });
      // The volunteer's station sees the ways to sign in, whatever roles other organisations have given the volunteer.
      return [...(lives ? [{ ...lives, organizationId: volunteer.vouchedBy }] : works), {}];
    });
  }

  private async seen(view: View, actor: Actor, personIds: readonly string[]): Promise<Set<string>> {
    const others = personIds.filter((id) => id !== actor.personId);
    const seen = new Set(personIds.filter((id) => id === actor.personId));
    // Most people see nobody's but their own: that costs no question.
    if (others.length === 0 || (actor !== system && actor.grants.length === 0)) return seen;
    const places = await this.placesOf(view, others);
    for (const [i, id] of others.entries())
      if (this.bank.permitAny(actor, "identity.unlink", places[i] ?? [])) seen.add(id);
    return seen;
  }

  /**
   * Of which of these volunteers the actor may know the person by id: themselves, and where they may link a way to sign in,
   * at the station that keeps the registration and in its office. Each capacity of a person is judged by its own place, so
   * that the id tells nobody of another capacity that they do not see.
   */
  async reaches(actor: Actor, volunteerIds: readonly string[]): Promise<boolean[]> {
    const view = this.bank.store.view;
    const others = volunteerIds.filter((id) => id !== actor.volunteerId);
    const mayLink = others.length > 0 && (actor === system || actor.grants.length > 0);
    const volunteers = mayLink ? await view.volunteers(others) : new Map<string, Volunteer>();
    // A guardian asks for the copy of a child's data by the person.
    const wards = others.length > 0 && actor.personId !== null ? await this.bank.wardsOf(view, actor.personId) : [];
    return Promise.all(
      volunteerIds.map(async (id) => {
        if (id === actor.volunteerId || wards.includes(id)) return true;
        const volunteer = volunteers.get(id);
        if (!volunteer) return false;
        return (
          this.bank.permitAny(actor, "identity.link", await this.bank.places.ofVolunteer(view, volunteer)) !== null
        );
      }),
    );
  }

  /**
   * Refuses a correction of name, papers or birth date by an actor who could not correct each capacity of the person and give
   * each of the person's roles. NOT_PERMITTED.
   */
  async checkCapacities(tx: View, actor: Actor, personId: string, field: string): Promise<void> {
    const volunteer = await tx.volunteerOfPerson(personId);
    if (volunteer) this.bank.permit(actor, "volunteer.revise", ...(await this.bank.places.ofVolunteer(tx, volunteer)));
    const recipient = await tx.recipientOfPerson(personId);
    if (recipient)
      this.bank.permit(actor, "recipient.register", ...(await this.bank.places.over(tx, recipient.divisionCode)));
    const worker = await tx.socialWorkerOfPerson(personId);
    if (worker) {
      const organization = await this.bank.organization(tx, worker.organizationId);
      this.bank.permit(actor, "socialWorker.register", await this.bank.places.at(tx, organization));
    }
    const grants = (await tx.grantsOfPersons([personId])).get(personId) ?? [];
    const act = volunteer ? "volunteer.revise" : worker ? "socialWorker.register" : "recipient.register";
    await this.checkRoles(tx, actor, act, grants, [field]);
  }

  /** Whether the actor may know every person by id: who merges and parts them. */
  reachesAll(actor: Actor): boolean {
    return this.bank.permitAny(actor, "person.merge", [{}]) !== null;
  }

  private async isLast(view: View, { id, personId }: IdentityLink): Promise<boolean> {
    const links = (await view.identityLinksOf([personId])).get(personId) ?? [];
    // A link to another issuer than the bank's opens nothing.
    const opens = (issuer: string | null) => issuer !== null && this.believes(issuer);
    return !links.some((other) => other.state === "LINKED" && other.id !== id && opens(other.issuer));
  }

  /** The link that ties a subject to a person now. */
  private async linkNow(view: View, hash: string): Promise<StoredIdentityLink> {
    const link = (await view.identityLinksByHash(hash)).find(({ state }) => state === "LINKED");
    invariant(link, "a subject that is a person has a link");
    return link;
  }

  /** Whether tokens of an issuer are believed here. */
  private believes(issuer: string): boolean {
    const { tokenIssuer, issuer: own } = this.bank.options;
    return issuer === (tokenIssuer ?? own);
  }

  checkIdentity({ issuer, subject }: Subject, actor: Actor): Subject {
    checkShape(issuer, "issuer", /^https?:\/\/\S+$/);
    // A subject of another issuer cannot sign in. The operator is let through, to prepare a bank for a later issuer.
    if (actor !== system && !this.believes(issuer))
      refuse("INVALID_INPUT", { expected: "the issuer whose tokens this bank believes" }, ["issuer"]);
    // The bank's own tokens name a person by id, and need no link.
    if (issuer === this.bank.options.issuer && subject.startsWith("person_"))
      refuse("INVALID_INPUT", { expected: "a subject of the issuer" }, ["subject"]);
    return { issuer, subject };
  }
}

/** A keyed hash: the same subject is found again, and no login name is kept. */
export function identityHash({ vault }: Bank, { issuer, subject }: Subject): string {
  return vault.hash("identity", `${issuer}\0${subject}`);
}

const render = async (view: View, id: string): Promise<IdentityLink> => {
  const link = (await view.identityLinks([id])).get(id);
  invariant(link, "a command's link is there");
  return link;
};
