import type { ActorKind } from "../../domain/facts/actors";
import type {
  Award,
  Finding,
  Head,
  HeadAction,
  OrganizationProfile,
  OrganizationState,
  OrganizationStepAction,
} from "../../domain/facts/organizations";
import type { Instant } from "../../domain/kit/calendar";
import type { Soon } from "../../domain/kit/soon";

/** What can be asked about organisations besides their registration. */
export interface OrganizationsView {
  organizationProfiles(organizationIds: readonly string[]): Soon<Map<string, OrganizationProfile>>;
  heads(ids: readonly string[]): Soon<Map<string, Head>>;
  /** By the id under which the person was proposed. */
  headsOfPerson(personId: string): Soon<Head[]>;
  /** The first proposed first. */
  headsOf(organizationIds: readonly string[]): Soon<Map<string, Head[]>>;
  headSteps(headIds: readonly string[]): Soon<Map<string, HeadStepRow[]>>;
  awards(ids: readonly string[]): Soon<Map<string, Award>>;
  /** The earliest first; with those that were withdrawn. */
  awardsOf(organizationIds: readonly string[]): Soon<Map<string, Award[]>>;
  organizationSteps(organizationIds: readonly string[]): Soon<Map<string, OrganizationStepRow[]>>;
  findings(ids: readonly string[]): Soon<Map<string, StoredFinding>>;
  /** The earliest first; with those that were withdrawn. */
  findingsOf(organizationIds: readonly string[]): Soon<Map<string, StoredFinding[]>>;
}

/** With the words in which it was last revised. */
export interface StoredFinding extends Finding {
  reasonId: string | null;
}

export interface OrganizationStepRow {
  organizationId: string;
  version: number;
  action: OrganizationStepAction;
  from: OrganizationState;
  to: OrganizationState;
  actorId: string;
  actorKind: ActorKind;
  at: Instant;
  reasonId: string | null;
}

export interface HeadStepRow {
  headId: string;
  version: number;
  action: HeadAction;
  actorId: string;
  at: Instant;
  reasonId: string | null;
}
