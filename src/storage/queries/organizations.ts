import type { Tables } from "../../../drizzle/tables";
import type { Award, Head, OrganizationProfile } from "../../domain/facts/organizations";
import type { HeadStepRow, OrganizationStepRow, OrganizationsView, StoredFinding } from "../store";
import { type Database, grouped, keyed, openLookup } from "./lookups";

/** What the office keeps of organisations: kind, supervision, heads and awards. */
export function openOrganizationsView(db: Database, t: Tables): OrganizationsView {
  const lookup = openLookup(db);
  const profiles = lookup<OrganizationProfile>(
    "profile",
    t.organizationProfiles,
    t.organizationProfiles.organizationId,
  );
  const headsById = lookup<Head>("head_person", t.heads, t.heads.id);
  const headsByOrganization = lookup<Head>("head_organization", t.heads, t.heads.organizationId, t.heads.id);
  const headsByPerson = lookup<Head>("head_of_person", t.heads, t.heads.personId);
  const stepsByHead = lookup<HeadStepRow>("head_step", t.headSteps, t.headSteps.headId, t.headSteps.version);
  const awardsById = lookup<Award>("award", t.awards, t.awards.id);
  const awardsByOrganization = lookup<Award>(
    "award_organization",
    t.awards,
    t.awards.organizationId,
    t.awards.on,
    t.awards.id,
  );
  const stepsByOrganization = lookup<OrganizationStepRow>(
    "organization_step",
    t.organizationSteps,
    t.organizationSteps.organizationId,
    t.organizationSteps.version,
  );
  const findingsById = lookup<StoredFinding>("finding", t.findings, t.findings.id);
  const findingsByOrganization = lookup<StoredFinding>(
    "finding_organization",
    t.findings,
    t.findings.organizationId,
    t.findings.on,
    t.findings.id,
  );

  return {
    organizationProfiles: async (ids) => keyed(await profiles(ids), (row) => row.organizationId),
    heads: async (ids) => keyed(await headsById(ids), (row) => row.id),
    headsOfPerson: (personId) => headsByPerson([personId]),
    headsOf: async (ids) => grouped(await headsByOrganization(ids), (row) => row.organizationId),
    headSteps: async (ids) => grouped(await stepsByHead(ids), (row) => row.headId),
    organizationSteps: async (ids) => grouped(await stepsByOrganization(ids), (row) => row.organizationId),
    findings: async (ids) => keyed(await findingsById(ids), (row) => row.id),
    findingsOf: async (ids) => grouped(await findingsByOrganization(ids), (row) => row.organizationId),
    awards: async (ids) => keyed(await awardsById(ids), (row) => row.id),
    awardsOf: async (ids) => grouped(await awardsByOrganization(ids), (row) => row.organizationId),
  };
}
