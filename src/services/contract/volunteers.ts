import type { Evidence } from "../../domain/hours";
import type { ServiceTotals } from "../../domain/hours/totals";
import type { Day, Instant } from "../../domain/kit/calendar";
import type { Minutes } from "../../domain/kit/minutes";
import type { IdKind, PapersHolder } from "../../domain/people/papers";
import type { TieKind } from "../../domain/people/ties";
import type {
  RevisableField,
  Volunteer,
  VolunteerAction,
  VolunteerState,
  VolunteerStepAction,
} from "../../domain/people/volunteers";
import type { Actor, ActorKind } from "../../domain/permissions/actors";
import type { Connection, Done, PageInput, PersonCorrection } from "./answers";

export interface RegisterVolunteer {
  idempotencyKey: string;
  volunteerNo?: string | null;
  displayName: string;
  legalName?: string | null;
  /** Told from the form of the number where left out. */
  idKind?: IdKind | null;
  idNumber?: string | null;
  birthDate: Day;
  phone?: string | null;
  divisionCode: string;
  skills?: string[] | null;
  serviceTypes?: string[] | null;
  consent: boolean;
  /** At least 16 and living on own labour. */
  selfSupporting?: boolean | null;
  guardianConsent?: { guardianName: string; relation: string; consentedOn: Day; evidence?: Evidence | null } | null;
  /** True registers the actor themselves, who may otherwise register others. */
  self?: boolean | null;
  /** Registers for this station; else for the organisation of the actor's first station grant. */
  organizationId?: string | null;
  group?: boolean;
  /** Tells what would happen and keeps nothing; uses no key. */
  dryRun?: boolean;
}

export interface ReviseVolunteer extends PersonCorrection {
  idempotencyKey: string;
  volunteerId: string;
  birthDate?: Day | null;
  phone?: string | null;
  divisionCode?: string | null;
  /** The station that vouches from now on. */
  organizationId?: string | null;
  volunteerNo?: string | null;
  guardianConsent?: RegisterVolunteer["guardianConsent"];
}

export interface VolunteerEvent {
  at: Instant;
  action: VolunteerStepAction;
  from: VolunteerState;
  to: VolunteerState;
  fields: RevisableField[];
  actorKind: ActorKind;
  reason: string | null;
}

/** What the actor may see of a volunteer's person; null where it may not. */
export interface VisiblePerson {
  displayName: string | null;
  /** Whether the name is masked: without a tie there is the number and that, and nothing else. */
  masked: boolean;
  maskedIdNumber: string | null;
  maskedPhone: string | null;
  birthDate: Day | null;
}

export interface VolunteersService {
  register(actor: Actor, input: RegisterVolunteer): Promise<Done<Volunteer>>;
  advance(
    actor: Actor,
    input: {
      volunteerId: string;
      action: VolunteerAction;
      reason?: string | null;
      papersSeen?: boolean | null;
      /** Of RETURN: false where the volunteer has not consented anew. */
      consent?: boolean | null;
      guardianConsent?: RegisterVolunteer["guardianConsent"];
    },
  ): Promise<Volunteer>;
  /** The steps after the registration, the first first; none where they are not yours to see. Batched. */
  historyOf(actor: Actor, ids: readonly string[]): Promise<VolunteerEvent[][]>;
  /** Only volunteers the actor may find; NOT_PERMITTED for one who may find none. */
  find(
    actor: Actor,
    filter: {
      volunteerNo?: string | null;
      text?: string | null;
      state?: VolunteerState[] | null;
      divisionCode?: string | null;
    },
    page: PageInput,
  ): Promise<Connection<Volunteer>>;
  /** Null entries for absent or not yours to see. Batched. */
  many(actor: Actor, ids: readonly string[]): Promise<(Volunteer | null)[]>;
  /** As `many`, and those of whom a record or a sign-up stands where the actor works: `persons` masks their names. */
  faces(actor: Actor, ids: readonly string[]): Promise<(Volunteer | null)[]>;
  persons(actor: Actor, ids: readonly string[]): Promise<VisiblePerson[]>;
  totals(ids: readonly string[]): Promise<ServiceTotals[]>;
}

/** Why an organisation sees a volunteer, and until which day; null where nothing ends it by itself. */
export interface ShownTie {
  kind: TieKind;
  organizationId: string;
  until: Day | null;
  /** Of what the volunteer said: the version to pass as expectedVersion. */
  version: number | null;
}

/** Which organisations see a volunteer, by the volunteer's own word. */
export interface TiesService {
  /** Allows an organisation to see the volunteer (the actor where left out), or ends that; answers with the volunteer's id. */
  set(
    actor: Actor,
    input: {
      volunteerId?: string | null;
      organizationId: string;
      allowed: boolean;
      reason?: string | null;
      expectedVersion?: number | null;
    },
  ): Promise<string>;
  /** For the volunteer, their guardians, and whoever keeps their registration; empty for others. */
  of(actor: Actor, volunteerId: string): Promise<ShownTie[]>;
}

/** What was entered wrongly about people, put right: each a fact with its reason. */
export interface CorrectionsService {
  /** Corrects what is kept of a volunteer; what is left out stays. The same content again is no new step. */
  revise(actor: Actor, input: ReviseVolunteer): Promise<Done<Volunteer>>;
}

export interface SeparatePerson {
  idempotencyKey: string;
  personId: string;
  /** The volunteer that stays, where it is said; it must be the person's. */
  keepVolunteerId?: string | null;
  separateVolunteerId?: string | null;
  separateRecipientId?: string | null;
  separateSocialWorkerId?: string | null;
  /** Roles and ways to sign in that go too; the others stay. */
  separateGrantIds?: string[] | null;
  /** A person who was merged into this one by mistake: what the merging brought goes back to them. */
  mergedPersonId?: string | null;
  /** With mergedPersonId: the records that go, and no others; and the minutes of the balance that go. */
  separateRecordIds?: string[] | null;
  separateMinutes?: number | null;
  /** Which of the two has an ID number that both would have. */
  papersOf?: PapersHolder | null;
  separateIdentityIds?: string[] | null;
  reason: string;
  evidence?: Evidence | null;
}

export interface MergePeople {
  idempotencyKey: string;
  keepPersonId: string;
  mergePersonId: string;
  reason: string;
  evidence?: Evidence | null;
}

export interface MergedPeople {
  keptId: string;
  mergedId: string;
  /** The transfers that brought the balance over. */
  entries: { seq: number; minutes: Minutes }[];
}

/** Persons who are not one, and persons who are: put right by an officer. */
export interface PersonsService {
  /** What was never the person's becomes a person of its own, with all that hangs on it. By id. */
  separate(actor: Actor, input: SeparatePerson): Promise<Done<{ keptId: string; separatedId: string }>>;
  /** Two who are one: all that is the second's goes to the first, and the older registration stays. By id. */
  merge(actor: Actor, input: MergePeople): Promise<Done<MergedPeople>>;
  /** The ids of the persons who were merged into this one; none for an actor who may not part them. */
  mergedInto(actor: Actor, personId: string): Promise<{ id: string }[]>;
}

/** Who answers for a minor. Both are registered volunteers; answers with the minor's volunteer id. */
export interface GuardiansService {
  link(actor: Actor, input: { idempotencyKey: string; volunteerId: string; guardianId: string }): Promise<Done<string>>;
  end(actor: Actor, input: { volunteerId: string; guardianId: string; reason: string }): Promise<string>;
  /** Volunteer ids of the minors the actor answers for today. */
  wards(actor: Actor): Promise<string[]>;
  /** Who answers for each of these volunteers today, for who could end it; else nobody. Batched. */
  of(actor: Actor, volunteerIds: readonly string[]): Promise<ShownGuardian[][]>;
}

/** Who answers for a minor: a guardian who came by an invitation need be no volunteer. */
export interface ShownGuardian {
  personId: string;
  displayName: string | null;
}
