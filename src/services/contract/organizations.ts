import type { Day } from "../../domain/kit/calendar";
import type {
  Award,
  Division,
  FilingStatus,
  Organization,
  OrganizationKind,
  OrganizationMark,
  OrganizationProfile,
  VillageKind,
} from "../../domain/organizations";
import type { DivisionLine } from "../../domain/organizations/divisions";
import type { Actor } from "../../domain/permissions/actors";
import type { BatchMode, BatchOf, Connection, Done, OrderedPageInput } from "./answers";

/** The office's list of divisions. */
export interface DivisionsService {
  /** Adds divisions, or sets those that are known by their code: officers of the whole bank. Lines may stand in any order. */
  set(
    actor: Actor,
    input: { idempotencyKey: string; mode: BatchMode; dryRun: boolean; divisions: DivisionLine[] },
    linesMost?: number,
  ): Promise<BatchOf<Division>>;
  /** The divisions right below one, retired ones too; none where there is no such division. */
  inside(parentCode: string): Promise<Division[]>;
}

/** An organisation as it is registered. */
export interface OrganizationLine {
  slug?: string | null;
  name: string;
  kind: OrganizationKind;
  uscc?: string | null;
  filingStatus: FilingStatus;
  divisionCode: string;
  registeredOn?: Day | null;
  hub?: boolean | null;
  villageKind?: string | null;
}

export interface OrganizationsService {
  register(
    actor: Actor,
    input: { idempotencyKey: string } & Omit<OrganizationLine, "registeredOn" | "hub" | "villageKind">,
  ): Promise<Done<Organization>>;
  /** A line that says what is registered already repeats it: by its short name, its code, or its name in its division. */
  registerAll(
    actor: Actor,
    input: { idempotencyKey: string; mode: BatchMode; dryRun: boolean; organizations: OrganizationLine[] },
  ): Promise<BatchOf<Organization>>;
  many(ids: readonly string[]): Promise<(Organization | null)[]>;
  bySlug(slug: string): Promise<Organization | null>;
  list(
    filter: {
      slug?: string | null;
      text?: string | null;
      kind?: OrganizationKind[] | null;
      /** Stations with, or without, the certified social workers that they need. */
      compliant?: boolean | null;
      hub?: boolean | null;
      villageKind?: string[] | null;
      /** Platforms with at least so many stars. */
      minPlatformStar?: number | null;
      divisionCode?: string | null;
    },
    page: OrderedPageInput,
  ): Promise<Connection<Organization>>;
  divisions(): Promise<ReadonlyMap<string, Division>>;
  /** How many certified social workers a station needs today. */
  requiredWorkers(): Promise<number>;
  /** What an organisation is besides its registration, set by the office. VERSION_CONFLICT where it has changed since. */
  describe(actor: Actor, input: DescribeOrganization): Promise<Organization>;
  /** Batched; where nothing was set, nothing is said. */
  profiles(ids: readonly string[]): Promise<OrganizationProfile[]>;
  villageKinds(): Promise<VillageKind[]>;
  recordAward(
    actor: Actor,
    input: {
      idempotencyKey: string;
      organizationId: string;
      name?: string | null;
      mark?: OrganizationMark | null;
      grantedBy: string;
      on: Day;
    },
  ): Promise<Done<Organization>>;
  withdrawAward(actor: Actor, input: { awardId: string; reason: string }): Promise<Organization>;
  /** The earliest first, without withdrawn ones. Batched. */
  awards(organizationIds: readonly string[]): Promise<Award[][]>;
  /** Null for absent and withdrawn ones. Batched. */
  awardsById(ids: readonly string[]): Promise<(Award | null)[]>;
}

export interface DescribeOrganization {
  organizationId: string;
  registeredOn?: Day | null;
  hub: boolean;
  villageKind?: string | null;
  supervisorId?: string | null;
  expectedVersion?: number | null;
}
