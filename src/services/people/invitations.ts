import type { ActorKind } from "../../domain/facts/actors";
import type { Organization } from "../../domain/facts/organizations";
import {
  type Grant,
  type Invitation,
  type InvitationAction,
  type InviteeKind,
  invitationMoves,
  type RevisableField,
  type Volunteer,
  type VolunteerStepAction,
} from "../../domain/facts/people";
import type { Instant } from "../../domain/kit/calendar";
import { invariant } from "../../domain/kit/invariant";
import { mayTake, take } from "../../domain/kit/moves";
import { Refusal, refuse } from "../../domain/kit/refusal";
import { decode } from "../../domain/ledger/journal";
import { lineage } from "../../domain/organizations";
import { makeCode, readCode, stateAt, wrongCodesMost, wrongCodesMs } from "../../domain/people/invitations";
import { isAdult, maskName, type Profile, welcomeStates } from "../../domain/people/volunteers";
import { type Act, type Actor, roleFor, system } from "../../domain/permissions/actors";
import type { StoredCommand, StoredInvitation, Tx, View } from "../../storage/store";
import type { Bank } from "../bank";
import type { Connection, Done, PageInput } from "../bank/answers";
import { canonical } from "../bank/canonical";
import { type Asked, readField } from "../bank/fields";
import { paged } from "../bank/paging";
import type { People } from ".";
import { invitationFilter, invitePeople, revokeInvitation } from "./commands";
import type { Guardians } from "./guardians";
import type { Identities } from "./identities";
import type { Ties } from "./ties";

/** One of these: a volunteer, a person with a role at the organisation, or the minor whose guardian is invited. */
export interface Invitee {
  volunteerId?: string | null;
  personId?: string | null;
  guardianOf?: string | null;
}
/** An invitation with its code, which is told once; null in every later answer. */
export type Invited = Invitation & { code: string | null };
/** What a code leads to: who invites, and enough of a name to know that it is one's own. */
export interface LookedAtInvitation {
  kind: InviteeKind;
  organizationName: string;
  name: string | null;
}

const inviteesMost = 1000;
/** Who invites volunteers for another organisation than the one that keeps their registration. */
const farInviters: readonly ActorKind[] = ["OFFICER", "SYSTEM"];
/** Which act invites a person of each kind, and which takes the invitation back. */
const actsOf: Record<InviteeKind, { make: Act; end: Act }> = {
  VOLUNTEER: { make: "invitation.make", end: "invitation.end" },
  STAFF: { make: "grant.staff", end: "grant.end" },
  GUARDIAN: { make: "guardian.link", end: "guardian.end" },
};

/** What is written of an invitation that is made, before its code. */
type Draft = Pick<Invitation, "kind" | "personId" | "volunteerId"> & { role: ActorKind };
/** How many wrong codes are borne of whom. */
interface Tries {
  readonly who: string;
  readonly most: number;
}
/** Either the invitation that a code opens, or why it opens none: a wrong code is counted, and so is no exception. */
type Opened = { invitation: StoredInvitation; organization: Organization } | { refusal: Refusal };

/**
 * One-time codes by which people reach what was registered for them. A code is told once, in the first answer to whoever
 * invites; of it the bank keeps a keyed hash.
 */
export class Invitations {
  constructor(
    private readonly bank: Bank,
    private readonly identities: Identities,
    private readonly people: People,
    private readonly guardians: Guardians,
    private readonly ties: Ties,
  ) {}

  /** Inviting somebody again takes the organisation's earlier invitation of them back. */
  async invite(
    actor: Actor,
    input: Asked<typeof invitePeople>,
    leftOut?: (index: number, refusal: Refusal) => void,
  ): Promise<Done<Invited[]>> {
    const { idempotencyKey, ...request } = input;
    const { invitees } = input;
    if (invitees.length < 1 || invitees.length > inviteesMost)
      refuse("BATCH_TOO_LARGE", { most: inviteesMost }, ["invitees"]);
    checkInvitees(invitees);
    const codes = new Map<string, string>();
    const refused = new Map<number, Refusal>();
    const work = async (tx: Tx, actor: Actor) => {
      const organization = await this.bank.organization(tx, input.organizationId);
      refused.clear();
      const drafts = await this.drafts(tx, actor, organization, invitees, leftOut && refused);
      this.bank.checkActive(organization);
      const days = (await this.bank.policies(tx)).count("onboarding.invitationDays", this.bank.today());
      const earlier = await tx.invitationsOf(drafts.flatMap(({ personId }) => personId ?? []));
      const ids: string[] = [];
      for (const { role, ...draft } of drafts) {
        for (const before of earlier.get(draft.personId ?? "") ?? [])
          if (before.organizationId === organization.id && before.state === "OPEN")
            await this.step(tx, actor.personId as string, before, "REPLACE", role);
        const code = makeCode((count) => this.bank.entropy.bytes(count));
        const invitation: Invitation = {
          id: this.bank.id("invitation", tx.now),
          organizationId: organization.id,
          ...draft,
          codeHash: this.codeHash(code),
          invitedAt: tx.now,
          expiresAt: tx.now + days * 86_400_000,
          acceptedBy: null,
          acceptedAt: null,
          ...take(invitationMoves, null, "INVITE"),
        };
        await this.step(tx, actor.personId as string, invitation, "INVITE", role);
        codes.set(invitation.id, code);
        ids.push(invitation.id);
      }
      return ids;
    };
    const done = await this.bank.commands.once(
      actor,
      "invitePeople",
      idempotencyKey,
      request,
      work,
      async (view, ids) => this.byIds(view, ids),
    );
    for (const [index, refusal] of refused) leftOut?.(index, refusal);
    const { replayed } = done;
    // The codes are told to whoever asked first, and stand in no command: a replay knows none.
    const value = done.value.map((invitation) => ({
      ...invitation,
      code: replayed ? null : (codes.get(invitation.id) ?? null),
    }));
    return { value, replayed };
  }

  /** Taking it back again answers the same. ILLEGAL_TRANSITION once it was accepted. */
  async revoke(actor: Actor, input: { invitationId: string; reason: string }): Promise<Invitation> {
    const reason = readField(revokeInvitation, "reason", input.reason);
    return this.bank.commands.act(actor, async (tx, actor) => {
      const { invitationId: id } = input;
      const invitation = (await tx.invitations([id])).get(id) ?? refuse("NOT_FOUND", {}, ["invitationId"]);
      const where = await this.bank.places.at(tx, await this.bank.organization(tx, invitation.organizationId));
      if (!this.bank.permitAny(actor, "invitation.see", [where])) refuse("NOT_FOUND", {}, ["invitationId"]);
      const role = this.bank.permit(actor, actsOf[invitation.kind].end, where);
      if (invitation.state === "REVOKED") return this.shown(invitation);
      take(invitationMoves, invitation, "REVOKE", { reason });
      const by = actor.personId as string;
      const reasonId = await this.bank.vault.sealWords(tx, by, await this.ownerOf(tx, invitation), { reason });
      await this.step(tx, by, invitation, "REVOKE", role, reasonId);
      return (await this.byIds(tx, [id]))[0] as Invitation;
    });
  }

  /**
   * Links the caller's identity to the person who was invited, or makes the caller a minor's guardian. Who is known here
   * as somebody else stays so: no two people are joined by a code.
   */
  async accept(
    actor: Actor,
    input: { idempotencyKey: string; code: string },
    address: string | null = null,
  ): Promise<Done<string>> {
    const { idempotencyKey } = input;
    const tries = this.triesOf(actor, address);
    this.bank.commands.checkKey(idempotencyKey);
    const codeHash = this.hashOf(input.code);
    const requestHash = this.bank.commands.requestHash("acceptInvitation", { codeHash });
    const invitation = codeHash === null ? undefined : await this.bank.store.view.invitationByCode(codeHash);
    // A guardian who is nobody yet becomes a person of ours, whose key must be there first.
    const personId = this.bank.id("person");
    const makes = invitation?.kind === "GUARDIAN" && actor.personId === null;
    return this.bank.admitting(personId, makes, async () => {
      const answer = await this.bank.store.write(async (tx) => {
        const me = await this.personOf(tx, actor);
        const before = me && (await this.bank.commands.stored(tx, me, idempotencyKey));
        if (before) return replayOf(before, requestHash);
        const opened = await this.open(tx, tries, codeHash);
        if ("refusal" in opened) return opened;
        const accepted = await this.acceptOpened(tx, { ...actor, personId: me }, opened, personId);
        if (accepted instanceof Refusal) return { refusal: accepted };
        await this.bank.commands.save(tx, accepted, idempotencyKey, { requestHash, outcome: { done: accepted } });
        return { value: accepted, replayed: false };
      });
      if ("refusal" in answer) throw answer.refusal;
      return { done: answer, kept: answer.value === personId };
    });
  }

  /** What a code leads to, before it is used; wrong ones are counted as those that are used. */
  async look(actor: Actor, code: string, address: string | null = null): Promise<LookedAtInvitation> {
    const tries = this.triesOf(actor, address);
    const codeHash = this.hashOf(code);
    const answer = await this.bank.store.write(async (tx) => {
      const opened = await this.open(tx, tries, codeHash);
      return "refusal" in opened ? opened : { ...opened, name: await this.nameOf(tx, opened.invitation) };
    });
    if ("refusal" in answer) throw answer.refusal;
    const { invitation, organization, name } = answer;
    return { kind: invitation.kind, organizationName: organization.name, name: name && maskName(name) };
  }

  /** An organisation's, the newest first. */
  async list(
    actor: Actor,
    organizationId: string,
    filter: Asked<typeof invitationFilter>,
    page: PageInput,
  ): Promise<Connection<Invitation>> {
    const view = this.bank.store.view;
    const organization = await this.bank.organization(view, organizationId);
    this.bank.permit(actor, "invitation.see", await this.bank.places.at(view, organization));
    const states = readField(invitationFilter, "state", filter.state, ["filter"]);
    const now = this.bank.clock();
    const connection = await paged(
      page,
      { name: "invitations", shape: ["count"] },
      (bounds) => view.invitationList({ organizationId, states, now }, bounds),
      ({ openedSeq }) => [openedSeq],
    );
    return { ...connection, edges: connection.edges.map((edge) => ({ ...edge, node: this.shown(edge.node) })) };
  }

  /** Null for absent or not yours to see. Batched. */
  async many(actor: Actor, ids: readonly string[]): Promise<(Invitation | null)[]> {
    const view = this.bank.store.view;
    const invitations = await view.invitations(ids);
    const organizationIds = await this.bank.places.organizationsWhere(
      view,
      actor,
      "invitation.see",
      [...invitations.values()].map(({ organizationId }) => organizationId),
    );
    return ids.map((id) => {
      const invitation = invitations.get(id);
      return invitation && organizationIds.has(invitation.organizationId) ? this.shown(invitation) : null;
    });
  }

  /**
   * Checks each of the invited: that they are there, and that the actor may open their way in. The first refusal refuses all
   * of them, unless `refused` takes the refusal of each.
   */
  private async drafts(
    tx: Tx,
    actor: Actor,
    organization: Organization,
    invitees: readonly Invitee[],
    refused?: Map<number, Refusal>,
  ): Promise<Draft[]> {
    const where = await this.bank.places.at(tx, organization);
    const divisions = await this.bank.divisions(tx);
    const volunteers = await tx.volunteers(
      invitees.flatMap(({ volunteerId, guardianOf }) => volunteerId ?? guardianOf ?? []),
    );
    const persons = invitees.flatMap(
      ({ volunteerId, personId }) => personId ?? volunteers.get(volunteerId ?? "")?.personId ?? [],
    );
    const grants = await tx.grantsOfPersons(persons);
    const wards = invitees.flatMap(({ guardianOf }) => volunteers.get(guardianOf ?? "")?.profileId ?? []);
    const profiles = await this.bank.vault.open<Profile>(tx, wards);
    /** The role in which a volunteer's own station, or an officer over it, invites. */
    const over = (act: Act, volunteer: Volunteer | undefined, path: string[]): ActorKind => {
      const known = volunteer && welcomeStates.includes(volunteer.state);
      if (!known || (volunteer.vouchedBy !== organization.id && !this.officerOver(actor, act, volunteer, divisions)))
        return refuse("VOLUNTEER_NOT_FOUND", {}, path);
      return this.bank.permit(actor, act, where, { divisions: lineage(volunteer.divisionCode, divisions) });
    };
    const draftOf = async ({ volunteerId, personId, guardianOf }: Invitee, i: number): Promise<Draft> => {
      const path = (name: string) => ["invitees", String(i), name];
      if (volunteerId != null) {
        this.bank.permit(actor, actsOf.VOLUNTEER.make, where, ...this.everywhere(actor));
        const volunteer = volunteers.get(volunteerId);
        const role = over(actsOf.VOLUNTEER.make, volunteer, path("volunteerId"));
        const invited = (volunteer as Volunteer).personId;
        await this.identities.checkRoles(
          tx,
          actor,
          actsOf.VOLUNTEER.make,
          grants.get(invited) ?? [],
          path("volunteerId"),
        );
        await this.identities.checkElsewhere(tx, actor, actsOf.VOLUNTEER.make, invited, path("volunteerId"));
        return { kind: "VOLUNTEER", personId: invited, volunteerId, role };
      }
      if (personId != null) {
        const role = this.bank.permit(actor, actsOf.STAFF.make, where);
        const held = grants.get(personId) ?? [];
        if (!held.some((grant) => grant.organizationId === organization.id && this.holds(grant)))
          refuse("NOT_FOUND", {}, path("personId"));
        await this.identities.checkElsewhere(tx, actor, "invitation.make", personId, path("personId"));
        await this.identities.checkRoles(tx, actor, actsOf.STAFF.make, held, path("personId"));
        return { kind: "STAFF", personId, volunteerId: null, role };
      }
      this.bank.permit(actor, actsOf.GUARDIAN.make, where, ...this.everywhere(actor));
      const ward = volunteers.get(guardianOf as string);
      const role = over(actsOf.GUARDIAN.make, ward, path("guardianOf"));
      const profile = profiles.get(ward?.profileId ?? "");
      if (!profile || isAdult(profile, this.bank.today()))
        refuse("INVALID_INPUT", { expected: "a minor" }, path("guardianOf"));
      return { kind: "GUARDIAN", personId: null, volunteerId: guardianOf as string, role };
    };
    const drafts: Draft[] = [];
    for (const [i, invitee] of invitees.entries())
      try {
        drafts.push(await draftOf(invitee, i));
      } catch (error) {
        if (refused === undefined || !(error instanceof Refusal)) throw error;
        refused.set(i, error);
      }
    return drafts;
  }

  /** Divisions in which the actor holds an office: a place for whoever invites for another's station. */
  private everywhere(actor: Actor) {
    return actor.grants.flatMap(({ organizationId, divisionCode }) =>
      organizationId === null && divisionCode !== null ? { divisions: [divisionCode] } : [],
    );
  }

  private officerOver(
    actor: Actor,
    act: Act,
    { divisionCode }: Volunteer,
    divisions: Parameters<typeof lineage>[1],
  ): boolean {
    return roleFor(actor, act, { divisions: lineage(divisionCode, divisions) }, this.bank.today()) !== null;
  }

  /** The invitation that a code opens now. A code that never was, was used or taken back says no more than that it is wrong. */
  private async open(tx: Tx, tries: readonly Tries[], codeHash: string | null): Promise<Opened> {
    const since = tx.now - wrongCodesMs;
    const counted: (Tries & { times: Instant[] })[] = [];
    for (const { who, most } of tries) {
      const times = (await tx.wrongCodes(who)).filter((at) => at > since);
      counted.push({ who, most, times });
      if (times.length < most) continue;
      const until = (times[0] as Instant) + wrongCodesMs;
      const retryAfter = Math.ceil((until - tx.now) / 1000);
      return { refusal: new Refusal("TOO_MANY_TRIES", { until: new Date(until).toISOString(), retryAfter }) };
    }
    const invitation = codeHash === null ? undefined : await tx.invitationByCode(codeHash);
    const state = invitation && stateAt(invitation, tx.now);
    if (invitation && state === "EXPIRED") {
      const expiredAt = new Date(invitation.expiresAt).toISOString();
      return { refusal: new Refusal("INVITATION_EXPIRED", { expiredAt }, ["code"]) };
    }
    if (!invitation || state !== "OPEN" || !(await this.isWelcome(tx, invitation))) {
      for (const { who, times } of counted) await tx.keepWrongCodes(who, [...times, tx.now], since);
      const left = Math.min(...counted.map(({ most, times }) => most - times.length - 1));
      return { refusal: new Refusal("INVITATION_INVALID", { left }, ["code"]) };
    }
    const organization = await this.bank.organization(tx, invitation.organizationId);
    if (organization.state !== "ACTIVE")
      return { refusal: new Refusal("ORGANIZATION_INACTIVE", { state: organization.state }, ["code"]) };
    return { invitation, organization };
  }

  /** Who is invited now: a card that was given before two were merged leads to the person who stays. */
  private async invited(tx: Tx, { personId }: Invitation): Promise<string | null> {
    return personId === null ? null : ((await tx.mergedInto(personId)) ?? personId);
  }

  /**
   * Whether the invited may still come in. A role that came after the invitation voids it: whoever has the code would hold
   * a role that the inviter may not have been able to give.
   */
  private async isWelcome(tx: Tx, invitation: StoredInvitation) {
    const { kind, volunteerId, organizationId, openedSeq } = invitation;
    if (volunteerId !== null && !(await this.stillInvites(tx, invitation, volunteerId))) return false;
    if (kind === "GUARDIAN") {
      const ward = (await tx.volunteers([volunteerId as string])).get(volunteerId as string);
      if (!ward || !welcomeStates.includes(ward.state)) return false;
      const profile = (await this.bank.vault.open<Profile>(tx, [ward.profileId])).get(ward.profileId);
      return profile !== undefined && !isAdult(profile, this.bank.today());
    }
    const invited = (await this.invited(tx, invitation)) as string;
    if (!(await this.bank.vault.knows(invited))) return false;
    // A card opens the registration that it was given for, or the one which that became; never another of the same person.
    const [registered] = (await tx.volunteers(volunteerId === null ? [] : [volunteerId])).values();
    const holder = registered && ((await tx.mergedInto(registered.personId)) ?? registered.personId);
    if (kind === "VOLUNTEER" && holder !== invited) return false;
    const volunteer = await tx.volunteerOfPerson(invited);
    if (volunteer ? !welcomeStates.includes(volunteer.state) : kind === "VOLUNTEER") return false;
    const held = ((await tx.grantsOfPersons([invited])).get(invited) ?? []).filter((grant) => this.holds(grant));
    if (held.some((grant) => (grant as Grant & { seq: number }).seq > openedSeq)) return false;
    // Whoever invited the one who was merged could not give what the one who stays holds.
    if (held.length > 0 && invited !== invitation.personId) return false;
    return kind === "VOLUNTEER" || held.some((grant) => grant.organizationId === organizationId);
  }

  /** Whether the organisation keeps the volunteer's registration, or an officer invited for another one; and nobody moved them since. */
  private async stillInvites(tx: Tx, { organizationId, openedSeq }: StoredInvitation, volunteerId: string) {
    const volunteer = (await tx.volunteers([volunteerId])).get(volunteerId);
    if (!volunteer || volunteer.vouchedBy === organizationId) return volunteer !== undefined;
    const moves = (await tx.volunteerSteps([volunteerId])).get(volunteerId) ?? [];
    if (moves.some(({ seq, action, fields }) => seq > openedSeq && isMove(action, fields))) return false;
    const [opening] = await tx.journalAfter(openedSeq - 1, 1);
    invariant(opening, "an invitation stands in the journal");
    const { fact } = decode(opening.body);
    return fact.type === "INVITATION_STEP" && farInviters.includes(fact.actorKind as ActorKind);
  }

  private async acceptOpened(
    tx: Tx,
    actor: Actor,
    { invitation }: { invitation: StoredInvitation },
    newPersonId: string,
  ): Promise<string | Refusal> {
    const me = actor.personId;
    const { kind } = invitation;
    const personId = (await this.invited(tx, invitation)) ?? me ?? newPersonId;
    if (me !== null && personId !== me) return new Refusal("KNOWN_AS_ANOTHER", {}, ["code"]);
    if (kind === "GUARDIAN") {
      const refusal = await this.checkGuardian(tx, invitation, me);
      if (refusal) return refusal;
      if (me === null) await this.people.enroll(tx, personId, personId, (await this.nameOf(tx, invitation)) ?? "");
    }
    const linkedBy = await this.comesAs(tx, { ...invitation, personId: kind === "GUARDIAN" ? null : personId });
    if (me === null)
      await this.identities.begin(tx, personId, {
        hash: actor.identity as string,
        personId,
        issuer: actor.issuer ?? null,
        kind: "CODE",
        linkedBy,
        reasonId: null,
      });
    if (kind === "GUARDIAN") await this.guardians.note(tx, personId, invitation.volunteerId as string, personId);
    const accepted = { ...invitation, acceptedBy: personId, acceptedAt: tx.now };
    await this.step(tx, personId, accepted, "ACCEPT", linkedBy);
    if (kind === "VOLUNTEER") await this.allow(tx, invitation, personId);
    return personId;
  }

  /** A volunteer who takes the invitation of another organisation than the station that registered them lets it see them. */
  private async allow(tx: Tx, { volunteerId, organizationId }: Invitation, personId: string): Promise<void> {
    const volunteer = (await tx.volunteers([volunteerId as string])).get(volunteerId as string);
    invariant(volunteer, "an invited volunteer is registered");
    if (volunteer.vouchedBy === organizationId) return;
    const tie = { volunteerId: volunteer.id, organizationId, action: "ALLOW", reasonId: null } as const;
    await this.ties.step(tx, { personId, role: "VOLUNTEER" }, tie);
  }

  /** As what the invited comes in: a member of staff, by the first role at the organisation. */
  private async comesAs(view: View, { kind, personId, organizationId }: Invitation): Promise<ActorKind> {
    if (kind !== "STAFF") return kind;
    const held = (await view.grantsOfPersons([personId as string])).get(personId as string) ?? [];
    const grant = held.find((grant) => grant.organizationId === organizationId && this.holds(grant));
    invariant(grant, "who is invited as staff holds a role there");
    return grant.role;
  }

  /** Nobody answers for themselves, nor by their own invitation; and a guardian whom we know is grown up. */
  private async checkGuardian(tx: Tx, invitation: StoredInvitation, me: string | null): Promise<Refusal | null> {
    if (me === null) return null;
    const ward = (await tx.volunteers([invitation.volunteerId as string])).get(invitation.volunteerId as string);
    const [opening] = await tx.journalAfter(invitation.openedSeq - 1, 1);
    invariant(opening, "an invitation stands in the journal");
    // Also as whom they were known before they were merged.
    const inviter = decode(opening.body).actor;
    if (ward?.personId === me || (await tx.selves(me)).includes(inviter))
      return new Refusal("SELF_CONFIRMATION", {}, ["code"]);
    const volunteer = await tx.volunteerOfPerson(me);
    const profile =
      volunteer && (await this.bank.vault.open<Profile>(tx, [volunteer.profileId])).get(volunteer.profileId);
    if (profile && !isAdult(profile, this.bank.today())) return new Refusal("MINOR_NOT_ADMITTED", {}, ["code"]);
    return null;
  }

  /** What the invited is called: of a guardian, the name that the minor's registration gives. */
  private async nameOf(view: View, { kind, personId, volunteerId }: Invitation): Promise<string | null> {
    if (kind !== "GUARDIAN")
      return (await this.people.names(view, [personId as string])).get(personId as string) ?? null;
    const ward = (await view.volunteers([volunteerId as string])).get(volunteerId as string);
    const profile = ward && (await this.bank.vault.open<Profile>(view, [ward.profileId])).get(ward.profileId);
    return profile?.guardian?.name ?? null;
  }

  private async personOf(tx: Tx, { personId, identity }: Actor): Promise<string | null> {
    return personId ?? (identity === null ? null : ((await tx.personOfIdentity(identity)) ?? null));
  }

  /** By what wrong codes are counted: the caller, and a keyed hash of the address that they ask from. */
  private triesOf(actor: Actor, address: string | null): Tries[] {
    const own = { who: callerOf(actor), most: wrongCodesMost.person };
    if (address === null) return [own];
    return [own, { who: this.bank.vault.hash("address", address), most: wrongCodesMost.address }];
  }

  /** Under whose key is kept what is said of an invitation: of the volunteer's person of today, or of the member of staff. */
  private async ownerOf(view: View, { personId, volunteerId }: Invitation): Promise<string> {
    if (volunteerId === null) return personId as string;
    const volunteer = (await view.volunteers([volunteerId])).get(volunteerId);
    invariant(volunteer, "an invitation names a volunteer who is there");
    return volunteer.personId;
  }

  private holds({ validUntil }: Grant): boolean {
    return validUntil === null || validUntil >= this.bank.today();
  }

  /** Takes back every open card of a person who is erased: it would lead to nobody. */
  async endAll(tx: Tx, by: string, personId: string, role: ActorKind, reasonId: string): Promise<void> {
    const volunteer = await tx.volunteerOfPerson(personId);
    const asVolunteer = await tx.rowsOf("invitations", "volunteerId", volunteer ? [volunteer.id] : []);
    const asPerson = (await tx.invitationsOf([personId])).get(personId) ?? [];
    const ids = [...asPerson, ...asVolunteer].map(({ id }) => id as string);
    for (const invitation of (await tx.invitations(ids)).values())
      if (mayTake(invitationMoves, invitation.state, "REVOKE"))
        await this.step(tx, by, invitation, "REVOKE", role, reasonId);
  }

  private async step(
    tx: Tx,
    by: string,
    invitation: Invitation | StoredInvitation,
    action: InvitationAction,
    actorKind: ActorKind,
    reasonId: string | null = null,
  ): Promise<void> {
    const { openedSeq: _, seq: __, ...facts } = { openedSeq: 0, seq: 0, ...invitation };
    await tx.append(by, {
      type: "INVITATION_STEP",
      ...facts,
      ...take(invitationMoves, action === "INVITE" ? null : invitation, action, { reason: reasonId }),
      action,
      from: action === "INVITE" ? null : invitation.state,
      actorKind,
      reasonId,
    });
  }

  private async byIds(view: View, ids: readonly string[]): Promise<Invitation[]> {
    const invitations = await view.invitations(ids);
    return ids.map((id) => {
      const invitation = invitations.get(id);
      invariant(invitation, "a command's invitation is there");
      return this.shown(invitation);
    });
  }

  /** As it stands now: nobody but the bank sees the hash of its code. */
  private shown(invitation: Invitation): Invitation {
    return { ...invitation, state: stateAt(invitation, this.bank.clock()) };
  }

  private hashOf(typed: string): string | null {
    const code = readCode(typed);
    return code === null ? null : this.codeHash(code);
  }
  private codeHash(code: string): string {
    return this.bank.vault.hash("invitation", code);
  }
}

/** A step by which a volunteer may have come to another station. */
function isMove(action: VolunteerStepAction, fields: readonly RevisableField[]): boolean {
  return action === "RETURN" || fields.includes("organizationId");
}

/** By what a caller's wrong codes are counted: the identity, also once it is somebody's, so that a right code forgives none. */
function callerOf(actor: Actor): string {
  const who = actor.via ?? actor.identity ?? actor.personId;
  return actor === system || who === null ? refuse("NOT_PERMITTED", { act: "acceptInvitation" }) : who;
}

/** Each names one person, and none of them twice. */
function checkInvitees(invitees: readonly Invitee[]): void {
  const named = new Set<string>();
  for (const [i, { volunteerId, personId, guardianOf }] of invitees.entries()) {
    const ids = [volunteerId, personId, guardianOf].filter((id) => id != null);
    if (ids.length !== 1)
      refuse("INVALID_INPUT", { expected: "one of volunteerId, personId, guardianOf" }, ["invitees", String(i)]);
    const key = canonical({ volunteerId, personId, guardianOf });
    // Two parents may be invited for one child.
    if (guardianOf == null && named.has(key)) refuse("INVALID_INPUT", { repeated: true }, ["invitees", String(i)]);
    named.add(key);
  }
}

function replayOf({ requestHash, outcome }: StoredCommand, asked: string): { value: string; replayed: true } {
  if (requestHash !== asked) refuse("IDEMPOTENCY_CONFLICT", {}, ["idempotencyKey"]);
  return { value: (outcome as { done: string }).done, replayed: true };
}
