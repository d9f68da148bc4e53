import {
  checkResults,
  filingStatuses,
  findingKinds,
  headActions,
  headStates,
  organizationStates,
  organizationStepActions,
} from "../../src/domain/organizations";
import { actorKinds } from "../../src/domain/permissions/actors";
import type { Kit } from "../kit.sqlite";
import { oneOf } from "./checks";
import { stepColumns } from "./steps";

/** What the office keeps of organisations besides their registration. */
export function defineOrganizationTables(kit: Kit) {
  const { table, text, int, flag, index, check, primaryKey } = kit;

  /** Projection of ORGANIZATION_PROFILE_SET. */
  const organizationProfiles = table(
    "organization_profiles",
    {
      organizationId: text().primaryKey(),
      registeredOn: text(),
      hub: flag().notNull(),
      villageKind: text(),
      supervisorId: text(),
      version: int().notNull(),
      seq: int().notNull(),
    },
    (t) => [index("organization_profiles_village").on(t.villageKind)],
  );

  /** Projection of HEAD_STEP. */
  const heads = table(
    "heads",
    {
      id: text().primaryKey(),
      organizationId: text().notNull(),
      personId: text().notNull(),
      state: text().notNull(),
      proposedBy: text().notNull(),
      profileId: text().notNull(),
      version: int().notNull(),
      seq: int().notNull(),
    },
    (t) => [check("head_state", oneOf("state", headStates)), index("heads_organization").on(t.organizationId, t.id)],
  );

  /** Projection of HEAD_STEP: each step. */
  const headSteps = table(
    "head_steps",
    { headId: text().notNull(), version: int().notNull(), ...stepColumns(kit) },
    (t) => [
      primaryKey({ columns: [t.headId, t.version], name: "head_steps_pk" }),
      check("head_step_action", oneOf("action", headActions)),
      check("head_step_actor", oneOf("actor_kind", actorKinds)),
    ],
  );

  /** Projection of AWARD_SET. */
  const awards = table(
    "awards",
    {
      id: text().primaryKey(),
      organizationId: text().notNull(),
      name: text().notNull(),
      grantedBy: text().notNull(),
      on: text().notNull(),
      withdrawn: flag().notNull(),
      version: int().notNull(),
      seq: int().notNull(),
    },
    (t) => [index("awards_organization").on(t.organizationId, t.on)],
  );

  /** Projection of ORGANIZATION_MOVED: each step after the registration. */
  const organizationSteps = table(
    "organization_steps",
    { organizationId: text().notNull(), version: int().notNull(), ...stepColumns(kit) },
    (t) => [
      primaryKey({ columns: [t.organizationId, t.version], name: "organization_steps_pk" }),
      check("organization_step_action", oneOf("action", organizationStepActions)),
      check("organization_step_actor", oneOf("actor_kind", actorKinds)),
    ],
  );

  /** Projection of ORGANIZATION_STEP, each: how an organisation stood from which civil day on. */
  const organizationStandings = table(
    "organization_standings",
    {
      organizationId: text().notNull(),
      version: int().notNull(),
      enteredOn: text().notNull(),
      state: text().notNull(),
      filingStatus: text().notNull(),
      seq: int().notNull(),
    },
    (t) => [
      primaryKey({ columns: [t.organizationId, t.version], name: "organization_standings_pk" }),
      check("organization_standing_state", oneOf("state", organizationStates)),
      check("organization_standing_filing", oneOf("filing_status", filingStatuses)),
    ],
  );

  /** Projection of FINDING_SET. */
  const findings = table(
    "findings",
    {
      id: text().primaryKey(),
      organizationId: text().notNull(),
      kind: text().notNull(),
      result: text(),
      year: int(),
      on: text().notNull(),
      endedOn: text(),
      withdrawn: flag().notNull(),
      version: int().notNull(),
      /** Why it was last revised. */
      reasonId: text(),
      seq: int().notNull(),
    },
    (t) => [
      check("finding_kind", oneOf("kind", findingKinds)),
      check("finding_result", oneOf("result", checkResults)),
      index("findings_organization").on(t.organizationId, t.on),
    ],
  );

  return { organizationProfiles, heads, headSteps, awards, organizationSteps, organizationStandings, findings };
}
