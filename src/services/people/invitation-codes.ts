import type { ActorKind } from "../../domain/facts/actors";
import type { Organization } from "../../domain/facts/organizations";
import type { Grant, Invitation, RevisableField, VolunteerStepAction } from "../../domain/facts/people";
import type { Instant } from "../../domain/kit/calendar";
import { invariant } from "../../domain/kit/invariant";
import { Refusal, refuse } from "../../domain/kit/refusal";
import { decode } from "../../domain/ledger/journal";
import { readCode, stateAt, wrongCodesMost, wrongCodesMs } from "../../domain/people/invitations";
import { isAdult, type Profile, welcomeStates } from "../../domain/people/volunteers";
import { type Actor, lasts, system } from "../../domain/permissions/actors";
import type { StoredInvitation, Tx } from "../../storage/store";
import type { Bank } from "../bank";

/** The roles that invite volunteers for another organisation than the one that keeps their registration. */
const farInviters: readonly ActorKind[] = ["OFFICER", "SYSTEM"];
/** How many wrong codes are accepted from a caller or an address. */
interface Tries {
  readonly who: string;
  readonly most: number;
}
/** Either the invitation that a code opens, or why it opens none: a wrong code is counted, and so is no exception. */
export type Opened = { invitation: StoredInvitation; organization: Organization } | { refusal: Refusal };

/** What a typed code opens. The bank keeps a keyed hash of each code, and counts wrong ones by caller and by address. */
export class InvitationCodes {
  constructor(private readonly bank: Bank) {}

  hashOf(typed: string): string | null {
    const code = readCode(typed);
    return code === null ? null : this.codeHash(code);
  }
  codeHash(code: string): string {
    return this.bank.vault.hash("invitation", code);
  }

  /** What wrong codes are counted by: the caller, and a keyed hash of the caller's address. */
  triesOf(actor: Actor, address: string | null): Tries[] {
    const own = { who: callerOf(actor), most: wrongCodesMost.person };
    if (address === null) return [own];
    return [own, { who: this.bank.vault.hash("address", address), most: wrongCodesMost.address }];
  }

  /** The invitation that a code opens now. A code that never was, was used or taken back says no more than that it is wrong. */
  async open(tx: Tx, tries: readonly Tries[], codeHash: string | null): Promise<Opened> {
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

  /** The person who is invited now: a card that was given before a merging leads to the person who stays. */
  async invited(tx: Tx, { personId }: Invitation): Promise<string | null> {
    return personId === null ? null : ((await tx.mergedInto(personId)) ?? personId);
  }

  /**
   * Whether the invited person may still come in. A role that came after the invitation voids it: the code would open a role
   * that the inviter may not have been able to give.
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
    const held = ((await tx.grantsOfPersons([invited])).get(invited) ?? []).filter((grant) =>
      lasts(grant, this.bank.today()),
    );
    if (held.some((grant) => (grant as Grant & { seq: number }).seq > openedSeq)) return false;
    // The inviter of a person who was merged could not give the roles of the person who stays.
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
}

/** A step by which a volunteer may have come to another station. */
function isMove(action: VolunteerStepAction, fields: readonly RevisableField[]): boolean {
  return action === "RETURN" || fields.includes("organizationId");
}

/** What a caller's wrong codes are counted by: the identity, also once it belongs to a person, so that a right code forgives none. */
function callerOf(actor: Actor): string {
  const who = actor.via ?? actor.identity ?? actor.personId;
  return actor === system || who === null ? refuse("NOT_PERMITTED", { act: "acceptInvitation" }) : who;
}
