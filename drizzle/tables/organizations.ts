import {
  awardSet,
  findingSet,
  headStep,
  organizationMoved,
  organizationProfileSet,
  organizationStep,
} from "../../src/domain/facts/organizations";
import { projected } from "../columns";
import type { Kit } from "../kit.sqlite";

/** What the office keeps of organisations besides their registration. */
export function defineOrganizationTables(kit: Kit) {
  const { index } = kit;

  /** Projection of ORGANIZATION_PROFILE_SET. */
  const organizationProfiles = projected(kit, organizationProfileSet.into.organizationProfiles, (t) => [
    index("organization_profiles_village").on(t.villageKind),
  ]);

  /** Projection of HEAD_STEP. */
  const heads = projected(kit, headStep.into.heads, (t) => [
    index("heads_organization").on(t.organizationId, t.id),
    index("heads_person").on(t.personId),
  ]);

  /** Projection of HEAD_STEP: each step. */
  const headSteps = projected(kit, headStep.into.headSteps);

  /** Projection of AWARD_SET. */
  const awards = projected(kit, awardSet.into.awards, (t) => [index("awards_organization").on(t.organizationId, t.on)]);

  /** Projection of ORGANIZATION_MOVED: each step after the registration. */
  const organizationSteps = projected(kit, organizationMoved.into.organizationSteps);

  /** Projection of ORGANIZATION_STEP, each: how an organisation stood from which civil day on. */
  const organizationStandings = projected(kit, organizationStep.into.organizationStandings);

  /** Projection of FINDING_SET. */
  const findings = projected(kit, findingSet.into.findings, (t) => [
    index("findings_organization").on(t.organizationId, t.on),
  ]);

  return { organizationProfiles, heads, headSteps, awards, organizationSteps, organizationStandings, findings };
}
