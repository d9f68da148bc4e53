import { sql } from "drizzle-orm";
import { divisionKinds, filingStatuses, organizationKinds, organizationStates } from "../../src/domain/organizations";
import { capacityActions } from "../../src/domain/people/capacities";
import { identityLinkKinds, identityStates } from "../../src/domain/people/identities";
import { invitationStates, inviteeKinds } from "../../src/domain/people/invitations";
import { tieStates } from "../../src/domain/people/ties";
import { overflowChoices, volunteerStates, volunteerStepActions } from "../../src/domain/people/volunteers";
import { roles } from "../../src/domain/permissions/actors";
import type { Kit } from "../kit.sqlite";

import { oneOf } from "./checks";
import { stepColumns } from "./steps";

/** Places, organisations, people and what they may do. */
export function definePeopleTables(kit: Kit) {
  const { table, text, int, flag, json, index, uniqueIndex, primaryKey, check } = kit;

  /** Projection of DIVISION_STEP; of a DIVISION_SET of earlier releases, which says neither state nor version. */
  const divisions = table(
    "divisions",
    {
      code: text().primaryKey(),
      officialCode: text(),
      name: text().notNull(),
      kind: text().notNull(),
      parentCode: text(),
      retiredOn: text(),
      state: text(),
      version: int(),
      seq: int().notNull(),
    },
    (t) => [check("division_kind", oneOf("kind", divisionKinds)), index("divisions_seq").on(t.seq)],
  );

  /** Projection of ORGANIZATION_STEP. */
  const organizations = table(
    "organizations",
    {
      id: text().primaryKey(),
      slug: text().notNull(),
      name: text().notNull(),
      kind: text().notNull(),
      uscc: text(),
      filingStatus: text().notNull(),
      divisionCode: text().notNull(),
      state: text().notNull(),
      version: int().notNull(),
      seq: int().notNull(),
    },
    (t) => [
      check("organization_kind", oneOf("kind", organizationKinds)),
      check("organization_state", oneOf("state", organizationStates)),
      check("organization_filing", oneOf("filing_status", filingStatuses)),
      uniqueIndex("organizations_slug").on(t.slug),
      uniqueIndex("organizations_uscc").on(t.uscc),
      index("organizations_division").on(t.divisionCode, t.id),
    ],
  );

  /** Projection of VOLUNTEER_STEP. */
  const volunteers = table(
    "volunteers",
    {
      id: text().primaryKey(),
      personId: text().notNull(),
      volunteerNo: text().notNull(),
      divisionCode: text().notNull(),
      state: text().notNull(),
      accountId: text().notNull(),
      group: flag().notNull(),
      overflow: text().notNull(),
      registeredOn: text().notNull(),
      vouchedBy: text(),
      profileId: text().notNull(),
      version: int().notNull(),
      seq: int().notNull(),
    },
    (t) => [
      check("volunteer_state", oneOf("state", volunteerStates)),
      check("volunteer_overflow", oneOf("overflow", overflowChoices)),
      // A registration that was merged into another stays as a trace beside it.
      uniqueIndex("volunteers_person").on(t.personId).where(sql.raw("state <> 'MERGED'")),
      uniqueIndex("volunteers_no").on(t.volunteerNo),
      index("volunteers_no_read").on(sql`upper(${t.volunteerNo})`),
      index("volunteers_division").on(t.divisionCode, t.id),
    ],
  );

  /** Projection of VOLUNTEER_STEP, each: how a volunteer stood, and where, from which civil day on. */
  const volunteerStandings = table(
    "volunteer_standings",
    {
      volunteerId: text().notNull(),
      version: int().notNull(),
      enteredOn: text().notNull(),
      state: text().notNull(),
      divisionCode: text().notNull(),
      seq: int().notNull(),
    },
    (t) => [
      primaryKey({ columns: [t.volunteerId, t.version], name: "volunteer_standings_pk" }),
      check("volunteer_standing_state", oneOf("state", volunteerStates)),
    ],
  );

  /** Projection of VOLUNTEER_MOVED: each step after the registration; of a correction, which fields it changed. */
  const volunteerSteps = table(
    "volunteer_steps",
    {
      volunteerId: text().notNull(),
      version: int().notNull(),
      fields: json<string[]>().notNull(),
      ...stepColumns(kit),
    },
    (t) => [
      primaryKey({ columns: [t.volunteerId, t.version], name: "volunteer_steps_pk" }),
      check("volunteer_step_action", oneOf("action", volunteerStepActions)),
      check("volunteer_step_from", oneOf("from", volunteerStates)),
      check("volunteer_step_to", oneOf("to", volunteerStates)),
    ],
  );

  /**
   * Projection of PEOPLE_MERGED: which person and which registration were merged into which. MERGING_ENDED sets endedAt: the
   * two are two persons again.
   */
  const mergedPersons = table(
    "merged_persons",
    {
      personId: text().primaryKey(),
      keptId: text().notNull(),
      volunteerId: text(),
      keptVolunteerId: text(),
      reasonId: text().notNull(),
      endedAt: int(),
      seq: int().notNull(),
    },
    (t) => [index("merged_persons_kept").on(t.keptId)],
  );

  /** Projection of RECIPIENT_MOVED and SOCIAL_WORKER_MOVED: each step after the registration, with the fields that it changed. */
  const capacitySteps = table(
    "capacity_steps",
    {
      capacityId: text().notNull(),
      version: int().notNull(),
      seq: int().notNull(),
      at: int().notNull(),
      action: text().notNull(),
      fields: json<string[]>().notNull(),
      actorId: text().notNull(),
      actorKind: text().notNull(),
      reasonId: text(),
    },
    (t) => [
      primaryKey({ columns: [t.capacityId, t.version], name: "capacity_steps_pk" }),
      check("capacity_step_action", oneOf("action", capacityActions)),
    ],
  );

  /** Projection of PERSON_ERASED: whose key was destroyed, and until when their nameless lines are kept. */
  const erasures = table(
    "erasures",
    {
      personId: text().primaryKey(),
      on: text().notNull(),
      keptUntil: text().notNull(),
      reasonId: text().notNull(),
      seq: int().notNull(),
    },
    (t) => [index("erasures_seq").on(t.seq)],
  );

  /** Projection of STAFF_SET: who was registered to hold a role. */
  const staff = table("staff", { personId: text().primaryKey(), profileId: text().notNull(), seq: int().notNull() });

  /** Projection of GRANT_STEP. */
  const grants = table(
    "grants",
    {
      id: text().primaryKey(),
      personId: text().notNull(),
      role: text().notNull(),
      organizationId: text(),
      divisionCode: text(),
      validFrom: text().notNull(),
      validUntil: text(),
      version: int().notNull(),
      seq: int().notNull(),
    },
    (t) => [
      check("grant_role", oneOf("role", roles)),
      index("grants_person").on(t.personId),
      index("grants_organization").on(t.organizationId, t.role),
    ],
  );

  /**
   * Projection of IDENTITY_LINKED and IDENTITY_STEP: who a subject of the issuer is, by a keyed hash of issuer and
   * subject, so that no login name is kept. `ended` is 1 where the link ended: the subject is nobody.
   */
  const identities = table(
    "identities",
    { hash: text().primaryKey(), personId: text().notNull(), seq: int().notNull(), ended: int() },
    (t) => [index("identities_person").on(t.personId)],
  );

  /** Projection of IDENTITY_LINKED and IDENTITY_STEP: each link of a subject to a person, those that ended too. */
  const identityLinks = table(
    "identity_links",
    {
      id: text().primaryKey(),
      hash: text().notNull(),
      personId: text().notNull(),
      issuer: text(),
      kind: text().notNull(),
      linkedAt: int().notNull(),
      linkedBy: text().notNull(),
      linkReasonId: text(),
      state: text().notNull(),
      unlinkedAt: int(),
      unlinkedBy: text(),
      unlinkReasonId: text(),
      version: int().notNull(),
      openedSeq: int().notNull(),
      seq: int().notNull(),
    },
    (t) => [
      check("identity_link_kind", oneOf("kind", identityLinkKinds)),
      check("identity_link_state", oneOf("state", identityStates)),
      index("identity_links_hash").on(t.hash),
      index("identity_links_person").on(t.personId, t.id),
      index("identity_links_state").on(t.state, t.seq),
    ],
  );

  /** Projection of INVITATION_STEP: who was given a one-time code, of which a keyed hash is kept. */
  const invitations = table(
    "invitations",
    {
      id: text().primaryKey(),
      organizationId: text().notNull(),
      kind: text().notNull(),
      personId: text(),
      volunteerId: text(),
      codeHash: text().notNull(),
      invitedAt: int().notNull(),
      expiresAt: int().notNull(),
      acceptedBy: text(),
      acceptedAt: int(),
      state: text().notNull(),
      version: int().notNull(),
      openedSeq: int().notNull(),
      seq: int().notNull(),
    },
    (t) => [
      check("invitation_kind", oneOf("kind", inviteeKinds)),
      check("invitation_state", oneOf("state", invitationStates)),
      uniqueIndex("invitations_code").on(t.codeHash),
      index("invitations_organization").on(t.organizationId, t.openedSeq),
      index("invitations_person").on(t.personId),
    ],
  );

  /** Projection of GUARDIAN_SET: which person answers for which volunteer who is not grown up. */
  const guardians = table(
    "guardians",
    {
      id: text().primaryKey(),
      volunteerId: text().notNull(),
      personId: text().notNull(),
      ended: flag().notNull(),
      version: int().notNull(),
      seq: int().notNull(),
    },
    (t) => [uniqueIndex("guardians_pair").on(t.volunteerId, t.personId), index("guardians_person").on(t.personId)],
  );

  /** Projection of TIE_STEP: which organisation a volunteer lets see them, or does not. */
  const ties = table(
    "ties",
    {
      id: text().primaryKey(),
      volunteerId: text().notNull(),
      organizationId: text().notNull(),
      state: text().notNull(),
      version: int().notNull(),
      seq: int().notNull(),
    },
    (t) => [
      check("tie_state", oneOf("state", tieStates)),
      uniqueIndex("ties_pair").on(t.volunteerId, t.organizationId),
      index("ties_organization").on(t.organizationId, t.state),
    ],
  );

  /** Projection of CALENDAR_SET: which of a person's secret calendar links holds; an earlier one is void. */
  const calendars = table("calendars", {
    personId: text().primaryKey(),
    version: int().notNull(),
    seq: int().notNull(),
  });

  return {
    divisions,
    organizations,
    volunteers,
    volunteerStandings,
    volunteerSteps,
    mergedPersons,
    capacitySteps,
    staff,
    erasures,
    grants,
    identities,
    identityLinks,
    invitations,
    guardians,
    ties,
    calendars,
  };
}
