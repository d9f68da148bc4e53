import type { Evidence } from "../../domain/hours";
import type { Day, Instant } from "../../domain/kit/calendar";
import type { Refusal } from "../../domain/kit/refusal";
import type { IdentityLink } from "../../domain/people/identities";
import type { Invitation, InvitationState, InviteeKind } from "../../domain/people/invitations";
import type { Actor, Grant, Role } from "../../domain/permissions/actors";
import type { BatchMode, BatchOf, Connection, Done, PageInput } from "./answers";

export interface SessionsService {
  /** Ends a session, which is named by a hash of its token, for all servers of the bank. */
  end(session: string, expiresAt: Instant): Promise<void>;
  /** Which of these sessions were ended. */
  endedAmong(sessions: readonly string[]): Promise<ReadonlySet<string>>;
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
  subject?: string;
  issuer: string;
}

/** Who now holds the role, and all roles in force. */
export interface Appointment {
  personId: string;
  grantId: string;
  displayName: string | null;
  roles: Role[];
}

/** A real name that a trusted issuer has verified, with the numbers that it vouches for. */
export interface VerifiedClaims {
  readonly name: string;
  readonly idNumber: string | null;
  readonly phone: string | null;
}

export interface PeopleService {
  /** Who a verified token's subject is: a person of ours, or whoever its identity was linked to. Else personId is null. */
  actorOf(claims: { subject: string; issuer: string; verified?: VerifiedClaims } | null): Promise<Actor>;
  /** The actor a person of ours is today; nobody where there is none. */
  actorOfPerson(personId: string): Promise<Actor>;
  grantRole(actor: Actor, input: GrantTerms & { idempotencyKey: string; personId: string }): Promise<Done<Grant>>;
  /** Gives a role from the machine that holds the keys, to a person who may be new. */
  appoint(actor: Actor, input: Appointing): Promise<Appointment>;
  /** Null for absent, or neither one's own nor one the actor could give. Batched. */
  grants(actor: Actor, ids: readonly string[]): Promise<(Grant | null)[]>;
  revokeRole(actor: Actor, input: { grantId: string; reason: string }): Promise<Grant>;
  /** Who holds roles today, by id. */
  list(
    actor: Actor,
    filter: { role?: Role[] | null; text?: string | null },
    page: PageInput,
  ): Promise<Connection<{ id: string }>>;
  /** What they are called; null where that is not yours to see, or erased. Batched. */
  labels(actor: Actor, ids: readonly string[]): Promise<(string | null)[]>;
  grantsOf(actor: Actor, personIds: readonly string[]): Promise<Grant[][]>;
  /** Persons of the bank by id, which tells of none of them more than that; null for absent. Batched. */
  known(ids: readonly string[]): Promise<({ id: string } | null)[]>;
  /** A staff member without a volunteer's account; used by seed and `goodhours grant`. */
  registerStaff(actor: Actor, input: { displayName: string }): Promise<string>;
  /** The person that each id stands for today, which differs after a merging. Batched. */
  standing(personIds: readonly string[]): Promise<string[]>;
}

/** Somebody's role, and by what they are known: their id, their subject at the token issuer, or their name at the place. */
export interface StaffLine {
  role: Role;
  organizationId?: string | null;
  organizationSlug?: string | null;
  divisionCode?: string | null;
  displayName?: string | null;
  personId?: string | null;
  /** From now on tokens of this issuer with this subject are this person. */
  subject?: string | null;
  issuer?: string | null;
  validFrom?: Day | null;
  validUntil?: Day | null;
}

export interface StaffService {
  /** Gives roles, and makes the persons who are new. A role that is held already repeats. */
  register(
    actor: Actor,
    input: { idempotencyKey: string; mode: BatchMode; dryRun: boolean; staff: StaffLine[] },
  ): Promise<BatchOf<Grant>>;
}

/** Which subjects of the token issuer are which person. */
export interface IdentitiesService {
  /** Ties an issuer's subject to a person. DUPLICATE_PERSON when it is another's. */
  link(
    actor: Actor,
    input: {
      idempotencyKey: string;
      personId: string;
      issuer: string;
      subject: string;
      reason: string;
      evidence?: Evidence | null;
    },
  ): Promise<Done<IdentityLink>>;
  /** Ends a link. LAST_IDENTITY where it is the person's own last one. */
  unlink(actor: Actor, input: { identityId: string; reason: string }): Promise<IdentityLink>;
  /** Null for absent, or neither one's own nor one the actor could end. Batched. */
  many(actor: Actor, ids: readonly string[]): Promise<(IdentityLink | null)[]>;
  /** By person, the earliest first, with those that ended; empty where the actor may not see them. Batched. */
  of(actor: Actor, personIds: readonly string[]): Promise<IdentityLink[][]>;
  /** Of each volunteer, whether the actor may know the person by id, to link, merge or part. Batched. */
  reaches(actor: Actor, volunteerIds: readonly string[]): Promise<boolean[]>;
  /** The same of every person, in whichever capacity. */
  reachesAll(actor: Actor): boolean;
}

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

/** One-time codes by which people reach what was registered for them. */
export interface InvitationsService {
  /** All of them or none. Where `leftOut` is given, it hears which are refused, and the others are invited without them. */
  invite(
    actor: Actor,
    input: { idempotencyKey: string; organizationId: string; invitees: Invitee[] },
    leftOut?: (index: number, refusal: Refusal) => void,
  ): Promise<Done<Invited[]>>;
  /** Taking it back again answers the same. ILLEGAL_TRANSITION once it was accepted. */
  revoke(actor: Actor, input: { invitationId: string; reason: string }): Promise<Invitation>;
  /**
   * The person whom the caller is from now on. TOO_MANY_TRIES after five wrong codes of theirs in an hour, or a hundred from
   * the address that they ask from, where it is known.
   */
  accept(actor: Actor, input: { idempotencyKey: string; code: string }, address?: string | null): Promise<Done<string>>;
  look(actor: Actor, code: string, address?: string | null): Promise<LookedAtInvitation>;
  /** An organisation's, the newest first. */
  list(
    actor: Actor,
    organizationId: string,
    filter: { state?: InvitationState[] | null },
    page: PageInput,
  ): Promise<Connection<Invitation>>;
  /** Null for absent or not yours to see. Batched. */
  many(actor: Actor, ids: readonly string[]): Promise<(Invitation | null)[]>;
}
