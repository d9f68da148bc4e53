import { sql } from "drizzle-orm";
import { recipientMoved } from "../../src/domain/facts/capacities";
import { divisionStep, organizationStep } from "../../src/domain/facts/organizations";
import {
  calendarSet,
  grantStep,
  guardianSet,
  identityStep,
  invitationStep,
  peopleMerged,
  personErased,
  staffSet,
  tieStep,
  volunteerMoved,
  volunteerStep,
} from "../../src/domain/facts/people";
import { projected } from "../columns";
import type { Kit } from "../kit.sqlite";

/** Places, organisations, people and what they may do. */
export function definePeopleTables(kit: Kit) {
  const { index, uniqueIndex } = kit;

  /** Projection of DIVISION_STEP. */
  const divisions = projected(kit, divisionStep.into.divisions, (t) => [index("divisions_seq").on(t.seq)]);

  /** Projection of ORGANIZATION_STEP. */
  const organizations = projected(kit, organizationStep.into.organizations, (t) => [
    uniqueIndex("organizations_slug").on(t.slug),
    uniqueIndex("organizations_uscc").on(t.uscc),
    index("organizations_division").on(t.divisionCode, t.id),
  ]);

  /** Projection of VOLUNTEER_STEP. */
  const volunteers = projected(kit, volunteerStep.into.volunteers, (t) => [
    // A registration that was merged into another stays as a trace beside it.
    uniqueIndex("volunteers_person").on(t.personId).where(sql.raw("state <> 'MERGED'")),
    // The one above is used by no question that does not say so of the state, and everybody is asked for by their person.
    index("volunteers_of_person").on(t.personId),
    uniqueIndex("volunteers_no").on(t.volunteerNo),
    index("volunteers_no_read").on(sql`upper(${t.volunteerNo})`),
    index("volunteers_division").on(t.divisionCode, t.id),
    index("volunteers_deceased").on(t.seq).where(sql.raw("state = 'DECEASED'")),
  ]);

  /** Projection of VOLUNTEER_STEP, each: how a volunteer stood, and where, from which civil day on. */
  const volunteerStandings = projected(kit, volunteerStep.into.volunteerStandings);

  /** Projection of VOLUNTEER_MOVED: each step after the registration; of a correction, which fields it changed. */
  const volunteerSteps = projected(kit, volunteerMoved.into.volunteerSteps);

  /**
   * Projection of PEOPLE_MERGED: which person and which registration were merged into which. MERGING_ENDED sets endedAt: the
   * two are two persons again.
   */
  const mergedPersons = projected(kit, peopleMerged.into.mergedPersons, (t) => [
    index("merged_persons_kept").on(t.keptId),
  ]);

  /** Projection of RECIPIENT_MOVED and SOCIAL_WORKER_MOVED: each step after the registration, with the fields that it changed. */
  const capacitySteps = projected(kit, recipientMoved.into.capacitySteps);

  /** Projection of PERSON_ERASED: whose key was destroyed, and until when their nameless lines are kept. */
  const erasures = projected(kit, personErased.into.erasures, (t) => [index("erasures_seq").on(t.seq)]);

  /** Projection of STAFF_SET: who was registered to hold a role. */
  const staff = projected(kit, staffSet.into.staff);

  /** Projection of GRANT_STEP. */
  const grants = projected(kit, grantStep.into.grants, (t) => [
    index("grants_person").on(t.personId),
    index("grants_organization").on(t.organizationId, t.role),
  ]);

  /**
   * Projection of IDENTITY_STEP: who a subject of the issuer is, by a keyed hash of issuer and
   * subject, so that no login name is kept. `ended` is 1 where the link ended: the subject is nobody.
   */
  const identities = projected(kit, identityStep.into.identities, (t) => [index("identities_person").on(t.personId)]);

  /** Projection of IDENTITY_STEP: each link of a subject to a person, those that ended too. */
  const identityLinks = projected(kit, identityStep.into.identityLinks, (t) => [
    index("identity_links_hash").on(t.hash),
    index("identity_links_person").on(t.personId, t.id),
    index("identity_links_state").on(t.state, t.seq),
  ]);

  /** Projection of INVITATION_STEP: who was given a one-time code, of which a keyed hash is kept. */
  const invitations = projected(kit, invitationStep.into.invitations, (t) => [
    uniqueIndex("invitations_code").on(t.codeHash),
    index("invitations_organization").on(t.organizationId, t.openedSeq),
    index("invitations_person").on(t.personId),
    index("invitations_volunteer").on(t.volunteerId),
  ]);

  /** Projection of GUARDIAN_SET: which person answers for which volunteer who is not grown up. */
  const guardians = projected(kit, guardianSet.into.guardians, (t) => [
    uniqueIndex("guardians_pair").on(t.volunteerId, t.personId),
    index("guardians_person").on(t.personId),
  ]);

  /** Projection of TIE_STEP: which organisation a volunteer lets see them, or does not. */
  const ties = projected(kit, tieStep.into.ties, (t) => [
    uniqueIndex("ties_pair").on(t.volunteerId, t.organizationId),
    index("ties_organization").on(t.organizationId, t.state),
  ]);

  /** Projection of CALENDAR_SET: which of a person's secret calendar links holds; an earlier one is void. */
  const calendars = projected(kit, calendarSet.into.calendars);

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
