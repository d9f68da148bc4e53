import type { ActorKind } from "../../domain/facts/actors";
import type { Organization } from "../../domain/facts/organizations";
import type { Grant } from "../../domain/facts/people";
import { Refusal, refuse } from "../../domain/kit/refusal";
import { lineage } from "../../domain/organizations";
import { openDivision } from "../../domain/organizations/divisions";
import { type Actor, isInForce, lasts, system } from "../../domain/permissions/actors";
import type { Tx, View } from "../../storage/store";
import type { Bank } from "../bank";
import type { BatchOf } from "../bank/answers";
import { batch, checkBatch, type Fate, lineRead, lines, readLines, rehearse } from "../bank/batch";
import { type Asked, read } from "../bank/fields";
import { checkTerms, type GrantTerms, type People } from ".";
import { registerStaff, staff } from "./commands/staff";
import { type Identities, identityHash } from "./identities";
import { beginLink } from "./identity-steps";
import { meant, newcomerKey, placeOf, type ReadStaff, type StaffScene, sceneOf, stand } from "./staff-scene";

/** A role, and what names its holder: an id, a subject at the token issuer, or a name at the place. */
export type StaffLine = Asked<typeof staff>;

/** Roles in bulk: each line's person is known, or made with it. */
export class Staff {
  constructor(
    private readonly bank: Bank,
    private readonly people: People,
    private readonly identities: Identities,
  ) {}

  async register(actor: Actor, input: Asked<typeof registerStaff>): Promise<BatchOf<Grant>> {
    const { dryRun, ...request } = input;
    checkBatch(registerStaff, "staff", input.staff);
    const view = this.bank.store.view;
    // This is checked before a key is made for a person.
    await this.bank.places.scope(view, actor, "staff.register");
    const read = readLines(input.staff, (line) => this.read(line, actor));
    const valid = read.flatMap((line) => (line instanceof Refusal ? [] : line));
    const fresh = await this.newcomers(view, valid);
    const used = new Set<string>();
    const work = async (tx: Tx, actor: Actor): Promise<Fate[]> => {
      await this.bank.places.scope(tx, actor, "staff.register");
      used.clear();
      const desk = new Desk(this.bank, this.people, tx, actor, await sceneOf(this.bank, this.people, tx, valid));
      return lines(read, input.mode, (line) => desk.take(lineRead(line), fresh, used));
    };
    const seen = (at: View, ids: readonly string[]) => this.people.seenGrants(at, actor, ids);
    return this.bank.admittingAll([...fresh.values()], async () => {
      const done = dryRun
        ? await rehearse(this.bank, actor, work, seen)
        : await batch(this.bank, actor, "registerStaff", request, work, seen);
      return { done, kept: dryRun || done.replayed || done.accepted === 0 ? new Set<string>() : used };
    });
  }

  private read(line: StaffLine, actor: Actor): ReadStaff {
    const { role, displayName, validFrom, validUntil, divisionCode, subject, issuer } = read(staff, line);
    // An id that says nothing was left out, as a short name is.
    const [organizationId, organizationSlug, personId] = [
      line.organizationId,
      line.organizationSlug,
      line.personId,
    ].map((id) => id?.trim() || null) as [string | null, string | null, string | null];
    if (organizationId !== null && organizationSlug !== null)
      refuse("INVALID_INPUT", { expected: "one of organizationId and organizationSlug" }, ["organizationSlug"]);
    checkTerms({
      role,
      organizationId: organizationId ?? organizationSlug,
      divisionCode,
      validFrom: validFrom ?? this.bank.today(),
      validUntil,
    });
    if (personId === null && displayName === null) refuse("INVALID_INPUT", { missing: true }, ["displayName"]);
    if (subject !== null && issuer === null) refuse("INVALID_INPUT", { missing: true }, ["issuer"]);
    const identity =
      subject === null ? null : this.identities.checkIdentity({ subject, issuer: issuer as string }, actor);
    return {
      role,
      organizationId,
      organizationSlug,
      divisionCode,
      displayName,
      personId,
      identity: identity && { issuer: identity.issuer, hash: identityHash(this.bank, identity) },
      validFrom,
      validUntil,
    };
  }

  /** A new id for each person that the bank does not know yet, by the words with which the line names the person. */
  private async newcomers(view: View, staff: readonly ReadStaff[]): Promise<Map<string, string>> {
    const scene = await sceneOf(this.bank, this.people, view, staff);
    const fresh = new Map<string, string>();
    for (const line of staff) {
      const key = newcomerKey(line, placeOf(line, scene));
      const { person, isClear } = meant(scene, line);
      if (person === undefined && isClear && !fresh.has(key)) fresh.set(key, this.bank.id("person"));
    }
    return fresh;
  }
}

/** Takes a batch's lines one after the other; each sees what the lines before left. */
class Desk {
  constructor(
    private readonly bank: Bank,
    private readonly people: People,
    private readonly tx: Tx,
    private readonly actor: Actor,
    private readonly scene: StaffScene,
  ) {}

  async take(
    asked: ReadStaff,
    fresh: ReadonlyMap<string, string>,
    used: Set<string>,
  ): Promise<{ id: string; repeated: boolean }> {
    const { scene, bank } = this;
    const organization = placeOf(asked, scene);
    if (organization === undefined)
      refuse("NOT_FOUND", {}, [asked.organizationId === null ? "organizationSlug" : "organizationId"]);
    const role = this.permit(organization);
    const divisionCode = asked.divisionCode === null ? null : openDivision(asked.divisionCode, scene.divisions).code;
    const line = { ...asked, divisionCode };
    const { person, isClear } = meant(scene, line);
    if (!isClear) refuse("DUPLICATE_PERSON", {}, ["displayName"]);
    if (person !== undefined) {
      this.checkKnown(line, person);
      const held = this.held(line, person, organization);
      if (held) return { id: held.id, repeated: true };
    }
    const personId = person ?? fresh.get(newcomerKey(line, organization)) ?? refuse("NOT_FOUND", {}, ["personId"]);
    if (person === undefined) await this.enroll(line, personId, used);
    await this.link(line, personId, role);
    const terms: GrantTerms = {
      role: line.role,
      organizationId: organization?.id ?? null,
      divisionCode,
      validFrom: line.validFrom ?? bank.today(),
      validUntil: line.validUntil,
    };
    const id = await this.people.give(this.tx, this.actor, personId, terms);
    scene.grants.set(personId, [
      ...(scene.grants.get(personId) ?? []),
      { ...terms, id, personId, version: 1 } as Grant,
    ]);
    stand(scene, personId, organization);
    return { id, repeated: false };
  }

  private permit(organization: Organization | null): ActorKind {
    if (organization === null) return this.bank.permit(this.actor, "grant.office", {});
    const divisions = lineage(organization.divisionCode, this.scene.divisions);
    this.bank.permit(this.actor, "staff.register", { organizationId: organization.id, divisions });
    return this.bank.permit(this.actor, "grant.staff", { organizationId: organization.id, divisions });
  }

  private checkKnown({ displayName, identity, personId }: ReadStaff, person: string): void {
    const { known, names, bySubject } = this.scene;
    if (!known.has(person) && !names.has(person)) refuse("NOT_FOUND", {}, ["personId"]);
    if (displayName !== null && names.get(person) !== displayName) refuse("DUPLICATE_PERSON", {}, ["displayName"]);
    if (identity === null) return;
    const holder = bySubject.get(identity.hash);
    if (holder !== undefined && holder !== person) refuse("DUPLICATE_PERSON", {}, ["subject"]);
    // A person who opens a way in gets the roles behind it: linkIdentity asks for the papers and a reason.
    if (holder === undefined && personId !== null && this.actor !== system)
      refuse("NOT_PERMITTED", { use: "linkIdentity" }, ["subject"]);
  }

  /** The role as it is held already. What the line leaves out, it does not compare; what ended is given again by its first day alone. */
  private held({ role, divisionCode, validFrom, validUntil }: ReadStaff, person: string, at: Organization | null) {
    const same = (this.scene.grants.get(person) ?? []).filter(
      (grant) =>
        grant.role === role &&
        grant.organizationId === (at?.id ?? null) &&
        grant.divisionCode === divisionCode &&
        (validFrom === null || grant.validFrom === validFrom),
    );
    const held = same.find((grant) => isInForce(grant, this.bank.today())) ?? same.at(-1);
    if (held === undefined) return undefined;
    const ended = !lasts(held, this.bank.today());
    if (ended && validFrom === null) refuse("VERSION_CONFLICT", { ended: true }, ["validFrom"]);
    if (validUntil !== null && held.validUntil !== validUntil) refuse("VERSION_CONFLICT", {}, ["validUntil"]);
    return held;
  }

  private async enroll({ displayName }: ReadStaff, personId: string, used: Set<string>): Promise<void> {
    await this.people.enroll(this.tx, this.actor.personId as string, personId, displayName as string);
    this.scene.names.set(personId, displayName as string);
    used.add(personId);
  }

  private async link({ identity }: ReadStaff, personId: string, linkedBy: ActorKind): Promise<void> {
    if (identity === null || this.scene.bySubject.has(identity.hash)) return;
    const kind = this.actor === system ? "OPERATOR" : "PAPERS";
    const by = this.actor.personId as string;
    await beginLink(this.bank, this.tx, by, { ...identity, personId, kind, linkedBy, reasonId: null });
    this.scene.bySubject.set(identity.hash, personId);
    this.scene.linked.add(personId);
  }
}
