import type { ActorKind } from "../../domain/facts/actors";
import { type Invitation, type InviteeKind, invitationMoves } from "../../domain/facts/people";
import { invariant } from "../../domain/kit/invariant";
import { mayTake, take } from "../../domain/kit/moves";
import { Refusal, refuse } from "../../domain/kit/refusal";
import { makeCode, stateAt } from "../../domain/people/invitations";
import { maskName } from "../../domain/people/volunteers";
import type { Actor } from "../../domain/permissions/actors";
import type { StoredCommand, Tx, View } from "../../storage/store";
import type { Bank } from "../bank";
import type { Connection, Done, PageInput } from "../bank/answers";
import { type Asked, readField } from "../bank/fields";
import { paged, shownPage } from "../bank/paging";
import type { People } from ".";
import { Acceptance } from "./acceptance";
import { type acceptInvitation, invitationFilter, type invitePeople, revokeInvitation } from "./commands/invitations";
import type { Guardians } from "./guardians";
import type { Identities } from "./identities";
import { InvitationCodes } from "./invitation-codes";
import { stepInvitation } from "./invitation-steps";
import { actsOf, checkInvitees, Invitees } from "./invitees";
import type { Ties } from "./ties";

/** An invitation with its code, which is told once; null in every later answer. */
export type Invited = Invitation & { code: string | null };
/** What a code leads to: the inviting organisation, and as much of a name as an invited person needs to recognise their own. */
export interface LookedAtInvitation {
  kind: InviteeKind;
  organizationName: string;
  name: string | null;
}

const inviteesMost = 1000;
/**
 * One-time codes by which people reach what was registered for them. The inviter hears a code once, in the first answer; the
 * bank keeps a keyed hash of it.
 */
export class Invitations {
  private readonly codes: InvitationCodes;
  private readonly invitees: Invitees;
  private readonly acceptance: Acceptance;

  constructor(
    private readonly bank: Bank,
    identities: Identities,
    people: People,
    guardians: Guardians,
    ties: Ties,
  ) {
    this.codes = new InvitationCodes(bank);
    this.invitees = new Invitees(bank, identities);
    this.acceptance = new Acceptance(bank, people, guardians, ties, this.codes);
  }

  /** A new invitation of a person takes the organisation's earlier invitation of that person back. */
  async invite(
    actor: Actor,
    input: Asked<typeof invitePeople>,
    leftOut?: (index: number, refusal: Refusal) => void,
  ): Promise<Done<Invited[]>> {
    const { invitees } = input;
    if (invitees.length < 1 || invitees.length > inviteesMost)
      refuse("BATCH_TOO_LARGE", { most: inviteesMost }, ["invitees"]);
    checkInvitees(invitees);
    const codes = new Map<string, string>();
    const refused = new Map<number, Refusal>();
    const work = async (tx: Tx, actor: Actor) => {
      const organization = await this.bank.organization(tx, input.organizationId);
      refused.clear();
      const drafts = await this.invitees.drafts(tx, actor, organization, invitees, leftOut && refused);
      this.bank.checkActive(organization);
      const days = (await this.bank.policies(tx)).count("onboarding.invitationDays", this.bank.today());
      const earlier = await tx.invitationsOf(drafts.flatMap(({ personId }) => personId ?? []));
      const ids: string[] = [];
      for (const { role, ...draft } of drafts) {
        for (const before of earlier.get(draft.personId ?? "") ?? [])
          if (before.organizationId === organization.id && before.state === "OPEN")
            await stepInvitation(tx, actor.personId as string, before, "REPLACE", role);
        const code = makeCode((count) => this.bank.entropy.bytes(count));
        const invitation: Invitation = {
          id: this.bank.id("invitation", tx.now),
          organizationId: organization.id,
          ...draft,
          codeHash: this.codes.codeHash(code),
          invitedAt: tx.now,
          expiresAt: tx.now + days * 86_400_000,
          acceptedBy: null,
          acceptedAt: null,
          ...take(invitationMoves, null, "INVITE"),
        };
        await stepInvitation(tx, actor.personId as string, invitation, "INVITE", role);
        codes.set(invitation.id, code);
        ids.push(invitation.id);
      }
      return ids;
    };
    const done = await this.bank.commands.once(actor, "invitePeople", input, work, async (view, ids) =>
      this.byIds(view, ids),
    );
    for (const [index, refusal] of refused) leftOut?.(index, refusal);
    const { replayed } = done;
    // The first answer alone tells the codes. They stand in no command, so that a replay knows none.
    const value = done.value.map((invitation) => ({
      ...invitation,
      code: replayed ? null : (codes.get(invitation.id) ?? null),
    }));
    return { value, replayed };
  }

  /** Taking it back again answers the same. ILLEGAL_TRANSITION once it was accepted. */
  async revoke(actor: Actor, input: Asked<typeof revokeInvitation>): Promise<Invitation> {
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
      await stepInvitation(tx, by, invitation, "REVOKE", role, reasonId);
      return (await this.byIds(tx, [id]))[0] as Invitation;
    });
  }

  /**
   * Links the caller's identity to the person who was invited, or makes the caller a minor's guardian. A caller who is known
   * as another person is refused: no code joins two people.
   */
  async accept(
    actor: Actor,
    input: Asked<typeof acceptInvitation>,
    address: string | null = null,
  ): Promise<Done<string>> {
    const { idempotencyKey } = input;
    const tries = this.codes.triesOf(actor, address);
    this.bank.commands.checkKey(idempotencyKey);
    const codeHash = this.codes.hashOf(input.code);
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
        const opened = await this.codes.open(tx, tries, codeHash);
        if ("refusal" in opened) return opened;
        const accepted = await this.acceptance.accept(tx, { ...actor, personId: me }, opened.invitation, personId);
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
    const tries = this.codes.triesOf(actor, address);
    const codeHash = this.codes.hashOf(code);
    const answer = await this.bank.store.write(async (tx) => {
      const opened = await this.codes.open(tx, tries, codeHash);
      return "refusal" in opened ? opened : { ...opened, name: await this.acceptance.nameOf(tx, opened.invitation) };
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
    const invitations = await paged(
      page,
      { name: "invitations", shape: ["count"] },
      (bounds) => view.invitationList({ organizationId, states, now }, bounds),
      ({ openedSeq }) => [openedSeq],
    );
    return shownPage(invitations, (rows) => rows.map((invitation) => this.shown(invitation)));
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

  private async personOf(tx: Tx, { personId, identity }: Actor): Promise<string | null> {
    return personId ?? (identity === null ? null : ((await tx.personOfIdentity(identity)) ?? null));
  }

  /** The person under whose key words about an invitation are sealed: the volunteer's person of today, or the member of staff. */
  private async ownerOf(view: View, { personId, volunteerId }: Invitation): Promise<string> {
    if (volunteerId === null) return personId as string;
    const volunteer = (await view.volunteers([volunteerId])).get(volunteerId);
    invariant(volunteer, "an invitation names a volunteer who is there");
    return volunteer.personId;
  }

  /** Takes back every open card of a person who is erased: it would lead to nobody. */
  async endAll(tx: Tx, by: string, personId: string, role: ActorKind, reasonId: string): Promise<void> {
    const volunteer = await tx.volunteerOfPerson(personId);
    const asVolunteer = await tx.rowsOf("invitations", "volunteerId", volunteer ? [volunteer.id] : []);
    const asPerson = (await tx.invitationsOf([personId])).get(personId) ?? [];
    const ids = [...asPerson, ...asVolunteer].map(({ id }) => id as string);
    for (const invitation of (await tx.invitations(ids)).values())
      if (mayTake(invitationMoves, invitation.state, "REVOKE"))
        await stepInvitation(tx, by, invitation, "REVOKE", role, reasonId);
  }

  private async byIds(view: View, ids: readonly string[]): Promise<Invitation[]> {
    const invitations = await view.invitations(ids);
    return ids.map((id) => {
      const invitation = invitations.get(id);
      invariant(invitation, "a command's invitation is there");
      return this.shown(invitation);
    });
  }

  /** The invitation as it stands now, without the hash of its code, which only the bank sees. */
  private shown(invitation: Invitation): Invitation {
    return { ...invitation, state: stateAt(invitation, this.bank.clock()) };
  }
}

function replayOf({ requestHash, outcome }: StoredCommand, asked: string): { value: string; replayed: true } {
  if (requestHash !== asked) refuse("IDEMPOTENCY_CONFLICT", {}, ["idempotencyKey"]);
  return { value: (outcome as { done: string }).done, replayed: true };
}
