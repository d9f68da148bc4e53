import type { Role } from "../../domain/facts/actors";
import type { CapacityStep } from "../../domain/facts/capacities";
import type { Division, Organization, OrganizationKind } from "../../domain/facts/organizations";
import type {
  Grant,
  Guardianship,
  IdentityLink,
  Invitation,
  InvitationState,
  Tie,
  Volunteer,
  VolunteerMove,
  VolunteerState,
} from "../../domain/facts/people";
import type { ServiceTotals } from "../../domain/hours/totals";
import type { Day, Instant } from "../../domain/kit/calendar";
import type { Soon } from "../../domain/kit/soon";
import type { TieOpens } from "../../domain/people/ties";
import type { Sealed, SearchTerm } from "./kept";
import type { Page, Places } from "./page";

/** Which ties count: those that open all, or any; sign-ups and submissions that ended at `since` or later. */
export interface TiedBy {
  opens: TieOpens;
  since: Instant;
}

/** A volunteer with the journal position of the last step. */
export type StoredVolunteer = Volunteer & { seq: number };

/** With the journal positions of its first step and its last. */
export type StoredIdentityLink = IdentityLink & { openedSeq: number; seq: number };

export type StoredInvitation = Invitation & { openedSeq: number; seq: number };

/** A tie with the journal position of its last step. */
export type StoredTie = Tie & { seq: number };

export type StoredGuardianship = Guardianship & { seq: number };

/** A role with the journal position of its last step. */
export type StoredGrant = Grant & { seq: number };

/** A merging of two persons: which person and which registration were merged into which. */
export interface Merging {
  personId: string;
  keptId: string;
  volunteerId: string | null;
  keptVolunteerId: string | null;
  reasonId: string;
  endedAt: Instant | null;
  /** The journal position of the merging; of its end, once it has ended. */
  seq: number;
}

export interface OrganizationFilter {
  slug?: string;
  text?: string;
  kinds?: readonly OrganizationKind[];
  divisionCodes?: readonly string[];
  /** Stations by whether they have at least so many social workers registered on the day. */
  certified?: { on: Day; least: number; reached: boolean };
  hub?: boolean;
  villageKinds?: readonly string[];
  /** Platforms with at least so many stars on the day. */
  stars?: { least: number; on: Day };
}

/** The erasure of a person. */
export interface Erasure {
  personId: string;
  on: Day;
  keptUntil: Day;
}

/** What can be asked about places, organisations and people. */
export interface PeopleView {
  /** In the order of their last steps. The same list where none was changed since. */
  divisions(): Soon<readonly Division[]>;
  organizations(ids: readonly string[]): Soon<Map<string, Organization>>;
  organizationBySlug(slug: string): Soon<Organization | undefined>;
  organizationByUscc(uscc: string): Soon<Organization | undefined>;
  organizationsBySlug(slugs: readonly string[]): Soon<Organization[]>;
  organizationsByUscc(usccs: readonly string[]): Soon<Organization[]>;
  organizationsByName(names: readonly string[]): Soon<Organization[]>;
  organizationList(filter: OrganizationFilter, page: Page): Soon<Organization[]>;
  organizationCount(filter: OrganizationFilter): Soon<number>;
  volunteers(ids: readonly string[]): Soon<Map<string, StoredVolunteer>>;
  volunteerByNo(no: string): Soon<Volunteer | undefined>;
  /** By the numbers as they were typed (domain/numbers.ts). */
  volunteersByNo(nos: readonly string[]): Soon<Map<string, Volunteer>>;
  /**
   * As `volunteersByNo`, read together with what tells of their paid duties: their posts and grants. A transaction finds those
   * again without asking.
   */
  volunteersToLog(nos: readonly string[]): Soon<Map<string, Volunteer>>;
  volunteerOfPerson(personId: string): Soon<Volunteer | undefined>;
  volunteersOfPersons(personIds: readonly string[]): Soon<Map<string, Volunteer>>;
  /** The first first, by volunteer. */
  volunteerSteps(volunteerIds: readonly string[]): Soon<Map<string, VolunteerMove[]>>;
  /** The person into which this person was merged, through all later mergings; undefined where the person was not merged. */
  mergedInto(personId: string): Soon<string | undefined>;
  /** The person that each id stands for today: the same person, or the person into which that person was merged. */
  standing(personIds: readonly string[]): Soon<Map<string, string>>;
  /**
   * The ids under which a person stands in what they did: their own first, then those of the persons who were merged into
   * them. A rule that asks for another person asks by all of these.
   */
  selves(personId: string): Soon<string[]>;
  /** The mergings of other persons into this one that have not ended; not the earlier mergings into those. */
  mergingsInto(personId: string): Soon<Merging[]>;
  /** The merging of this person into another; undefined where there is none, or where it has ended. */
  mergingOf(personId: string): Soon<Merging | undefined>;
  /** The steps of recipients and social workers by their ids, in the order in which they were taken. */
  capacitySteps(ids: readonly string[]): Soon<Map<string, CapacityStep[]>>;
  /** How a volunteer stood last before a state that lasts, a merging that was undone aside; undefined where it began so. */
  stateBefore(volunteerId: string, state: VolunteerState): Soon<VolunteerState | undefined>;
  /** The sealed profile of each person who is one. */
  profilesOfVolunteers(personIds: readonly string[]): Soon<Map<string, string>>;
  volunteerList(
    filter: {
      no?: string;
      states?: readonly VolunteerState[];
      divisionCodes?: readonly string[];
      personIds?: readonly string[];
      /** Hashes of search terms of this kind, all of which the person has. */
      terms?: { kind: string; hashes: readonly string[] };
      /** Of these divisions, or tied to these organisations. */
      within?: Places & TiedBy;
    },
    page: Page,
  ): Soon<Volunteer[]>;
  /** Which of these volunteers are tied to one of these organisations (domain/ties.ts). */
  tiedVolunteers(volunteerIds: readonly string[], organizationIds: readonly string[], by: TiedBy): Soon<Set<string>>;
  /** Of which of these volunteers a record, or a sign-up for an activity, stands in these places; null for everywhere. */
  volunteersMet(volunteerIds: readonly string[], within: Places | null): Soon<Set<string>>;
  /** What volunteers said themselves about organisations, the first said first. */
  tiesOfVolunteers(volunteerIds: readonly string[]): Soon<Map<string, StoredTie[]>>;
  /** Where the volunteer's own sign-ups and submissions tie them, without those that an END came after. */
  ownTies(
    volunteerId: string,
    since: Instant,
  ): Soon<{ organizationId: string; kind: "SIGNED_UP" | "SUBMITTED"; until: Instant }[]>;
  totals(volunteerIds: readonly string[]): Soon<Map<string, ServiceTotals>>;
  grants(ids: readonly string[]): Soon<Map<string, Grant>>;
  grantsOfPersons(personIds: readonly string[]): Soon<Map<string, StoredGrant[]>>;
  grantsOfOrganization(organizationId: string): Soon<Grant[]>;
  /**
   * The people who hold or held a role there (null: of the bank or a division), and may have the name with these search terms.
   * Only their opened names tell: a long name is looked for by some of its terms, and a social worker's name has none.
   */
  holdersNamed(organizationId: string | null, nameHashes: readonly string[]): Soon<string[]>;
  grantsByRole(role: string): Soon<Grant[]>;
  /** People with a grant in force on the day, by id: of any of these roles, in these places, among these persons. */
  grantedPersons(
    filter: { on: Day; roles?: readonly Role[]; within?: Places; personIds?: readonly string[] },
    page: Page,
  ): Soon<string[]>;
  /** The sealed profile of each person who was registered as staff. */
  profilesOfStaff(personIds: readonly string[]): Soon<Map<string, string>>;
  /** By volunteer; with those that ended. */
  guardianshipsFor(volunteerIds: readonly string[]): Soon<Map<string, StoredGuardianship[]>>;
  guardianshipsOf(personId: string): Soon<StoredGuardianship[]>;
  /** The person of a subject today; undefined also where its link ended. */
  personOfIdentity(hash: string): Soon<string | undefined>;
  /** By hash; without those whose link has ended. */
  personsOfIdentities(hashes: readonly string[]): Soon<Map<string, string>>;
  identityLinks(ids: readonly string[]): Soon<Map<string, StoredIdentityLink>>;
  /** By person, the earliest first, with those that ended. */
  identityLinksOf(personIds: readonly string[]): Soon<Map<string, StoredIdentityLink[]>>;
  /** Each link that a subject ever had. */
  identityLinksByHash(hash: string): Soon<StoredIdentityLink[]>;
  invitations(ids: readonly string[]): Soon<Map<string, StoredInvitation>>;
  invitationByCode(codeHash: string): Soon<StoredInvitation | undefined>;
  /** By person, the earliest first. */
  invitationsOf(personIds: readonly string[]): Soon<Map<string, StoredInvitation[]>>;
  /** The newest first; `states` as they stand at the instant. */
  invitationList(
    filter: { organizationId: string; states?: readonly InvitationState[]; now: Instant },
    page: Page,
  ): Soon<StoredInvitation[]>;
  /** The times of a caller's recent wrong codes, the earliest first. */
  wrongCodes(who: string): Soon<Instant[]>;
  /** Where after a journal position a link of an identity last ended, or a death was last recorded; -1 where none was. */
  lastPartingSeq(afterSeq: number): Soon<number>;
  personsByTerm(kind: string, hashes: readonly string[]): Soon<string[]>;
  /** The terms by which a person is found. */
  searchTermsOf(personId: string): Soon<SearchTerm[]>;
  /** Whether anything of that kind is known of a person. */
  hasTerm(personId: string, kind: string): Soon<boolean>;
  sealed(ids: readonly string[]): Soon<Map<string, Sealed>>;
  /** All sealed rows of a person, the first sealed first. */
  sealedOfPerson(personId: string): Soon<{ id: string; seq: number }[]>;
  erasure(personId: string): Soon<Erasure | undefined>;
  /** The latest first, by person. */
  erasures(limit: number): Soon<string[]>;
}
