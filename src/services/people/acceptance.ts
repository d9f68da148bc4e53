import type { ActorKind } from "../../domain/facts/actors";
import type { Invitation } from "../../domain/facts/people";
import { invariant } from "../../domain/kit/invariant";
import { Refusal } from "../../domain/kit/refusal";
import { decode } from "../../domain/ledger/journal";
import { isAdult, type Profile } from "../../domain/people/volunteers";
import { type Actor, lasts } from "../../domain/permissions/actors";
import type { StoredInvitation, Tx, View } from "../../storage/store";
import type { Bank } from "../bank";
import type { People } from ".";
import type { Guardians } from "./guardians";
import { beginLink } from "./identity-steps";
import type { InvitationCodes } from "./invitation-codes";
import { stepInvitation } from "./invitation-steps";
import type { Ties } from "./ties";

/** What becomes of a person who takes an invitation: an identity is linked, a guardian noted, or an organisation allowed to see. */
export class Acceptance {
  constructor(
    private readonly bank: Bank,
    private readonly people: People,
    private readonly guardians: Guardians,
    private readonly ties: Ties,
    private readonly codes: InvitationCodes,
  ) {}

  async accept(tx: Tx, actor: Actor, invitation: StoredInvitation, newPersonId: string): Promise<string | Refusal> {
    const me = actor.personId;
    const { kind } = invitation;
    const personId = (await this.codes.invited(tx, invitation)) ?? me ?? newPersonId;
    if (me !== null && personId !== me) return new Refusal("KNOWN_AS_ANOTHER", {}, ["code"]);
    if (kind === "GUARDIAN") {
      const refusal = await this.checkGuardian(tx, invitation, me);
      if (refusal) return refusal;
      if (me === null) await this.people.enroll(tx, personId, personId, (await this.nameOf(tx, invitation)) ?? "");
    }
    const linkedBy = await this.comesAs(tx, { ...invitation, personId: kind === "GUARDIAN" ? null : personId });
    if (me === null)
      await beginLink(this.bank, tx, personId, {
        hash: actor.identity as string,
        personId,
        issuer: actor.issuer ?? null,
        kind: "CODE",
        linkedBy,
        reasonId: null,
      });
    if (kind === "GUARDIAN") await this.guardians.note(tx, personId, invitation.volunteerId as string, personId);
    const accepted = { ...invitation, acceptedBy: personId, acceptedAt: tx.now };
    await stepInvitation(tx, personId, accepted, "ACCEPT", linkedBy);
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

  /** The role in which the invited person comes in: for a member of staff, the first role at the organisation. */
  private async comesAs(view: View, { kind, personId, organizationId }: Invitation): Promise<ActorKind> {
    if (kind !== "STAFF") return kind;
    const held = (await view.grantsOfPersons([personId as string])).get(personId as string) ?? [];
    const grant = held.find((grant) => grant.organizationId === organizationId && lasts(grant, this.bank.today()));
    invariant(grant, "who is invited as staff holds a role there");
    return grant.role;
  }

  /** Refuses a guardian who is the minor or made the invitation, and a known guardian who is a minor. */
  private async checkGuardian(tx: Tx, invitation: StoredInvitation, me: string | null): Promise<Refusal | null> {
    if (me === null) return null;
    const ward = (await tx.volunteers([invitation.volunteerId as string])).get(invitation.volunteerId as string);
    const [opening] = await tx.journalAfter(invitation.openedSeq - 1, 1);
    invariant(opening, "an invitation stands in the journal");
    // The inviter may have been this person under an id from before a merging.
    const inviter = decode(opening.body).actor;
    if (ward?.personId === me || (await tx.selves(me)).includes(inviter))
      return new Refusal("SELF_CONFIRMATION", {}, ["code"]);
    const volunteer = await tx.volunteerOfPerson(me);
    const profile =
      volunteer && (await this.bank.vault.open<Profile>(tx, [volunteer.profileId])).get(volunteer.profileId);
    if (profile && !isAdult(profile, this.bank.today())) return new Refusal("MINOR_NOT_ADMITTED", {}, ["code"]);
    return null;
  }

  /** The name of the invited person: for a guardian, the name in the minor's registration. */
  async nameOf(view: View, { kind, personId, volunteerId }: Invitation): Promise<string | null> {
    if (kind !== "GUARDIAN")
      return (await this.people.names(view, [personId as string])).get(personId as string) ?? null;
    const ward = (await view.volunteers([volunteerId as string])).get(volunteerId as string);
    const profile = ward && (await this.bank.vault.open<Profile>(view, [ward.profileId])).get(ward.profileId);
    return profile?.guardian?.name ?? null;
  }
}
