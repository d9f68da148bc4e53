import { sql } from "drizzle-orm";
import { attendanceOutcomes, checkInMethods, placeVerdicts } from "../../src/domain/activities/attendance";
import { activityStates, activityStepActions } from "../../src/domain/activities/machine";
import { signUpActions, signUpStates } from "../../src/domain/activities/signups";
import { tallyDimensions } from "../../src/domain/activities/tallies";
import { actorKinds } from "../../src/domain/permissions/actors";
import type { Kit } from "../kit.sqlite";

import { oneOf } from "./checks";
import { stepColumns } from "./steps";

/** Activities, who signed up and who came, and the totals of all that. */
export function defineActivitiesTables(kit: Kit) {
  const { table, text, int, flag, json, index, uniqueIndex, check, primaryKey } = kit;

  /** Projection of CAMPAIGN_SET. */
  const campaigns = table(
    "campaigns",
    {
      id: text().primaryKey(),
      slug: text().notNull(),
      name: text().notNull(),
      nameEn: text(),
      tagline: text(),
      taglineEn: text(),
      day: text().notNull(),
      version: int().notNull(),
      seq: int().notNull(),
    },
    (t) => [uniqueIndex("campaigns_slug").on(t.slug), index("campaigns_day").on(t.day, t.id)],
  );

  /** Projection of ACTIVITY_STEP: the activity as its last step left it. */
  const activities = table(
    "activities",
    {
      id: text().primaryKey(),
      slug: text().notNull(),
      campaignId: text(),
      organizationId: text().notNull(),
      divisionCode: text().notNull(),
      name: text().notNull(),
      serviceType: text().notNull(),
      state: text().notNull(),
      startsAt: int().notNull(),
      endsAt: int().notNull(),
      capacity: int().notNull(),
      hazardous: flag().notNull(),
      openToMinors: flag().notNull(),
      outsideCounty: flag().notNull(),
      authors: json<string[]>().notNull(),
      reviewedBy: text(),
      detailsId: text().notNull(),
      announcedName: text(),
      announcedDetailsId: text(),
      version: int().notNull(),
      seq: int().notNull(),
    },
    (t) => [
      check("activity_state", oneOf("state", activityStates)),
      uniqueIndex("activities_slug").on(t.slug),
      index("activities_campaign").on(t.campaignId, t.startsAt, t.id),
      index("activities_organization").on(t.organizationId, t.startsAt, t.id),
      index("activities_state").on(t.state, t.startsAt, t.id),
      index("activities_start").on(t.startsAt, t.id),
    ],
  );

  /** Projection of ACTIVITY_STEP: each step. */
  const activitySteps = table(
    "activity_steps",
    {
      activityId: text().notNull(),
      version: int().notNull(),
      ...stepColumns(kit),
    },
    (t) => [
      primaryKey({ columns: [t.activityId, t.version], name: "activity_steps_pk" }),
      check("activity_step_action", oneOf("action", activityStepActions)),
      check("activity_step_actor", oneOf("actor_kind", actorKinds)),
    ],
  );

  /** Projection of SHIFT_SET. */
  const shifts = table(
    "shifts",
    {
      id: text().primaryKey(),
      activityId: text().notNull(),
      startsAt: int().notNull(),
      endsAt: int().notNull(),
      capacity: int().notNull(),
      venueId: text().notNull(),
      announcedVenueId: text(),
      radiusMetres: int(),
      dropped: flag().notNull(),
      version: int().notNull(),
      seq: int().notNull(),
    },
    (t) => [
      check("shift_capacity", sql.raw("capacity >= 1")),
      check("shift_interval", sql.raw("ends_at > starts_at")),
      index("shifts_activity").on(t.activityId, t.startsAt, t.id),
      index("shifts_start").on(t.startsAt, t.activityId),
    ],
  );

  /** Projection of SIGN_UP_STEP: the sign-up as its last step left it. */
  const signUps = table(
    "sign_ups",
    {
      id: text().primaryKey(),
      shiftId: text().notNull(),
      activityId: text().notNull(),
      volunteerId: text().notNull(),
      state: text().notNull(),
      late: flag().notNull(),
      malicious: flag().notNull(),
      accompanied: flag().notNull(),
      version: int().notNull(),
      /** Who came first waits first. */
      openedSeq: int().notNull(),
      seq: int().notNull(),
    },
    (t) => [
      check("sign_up_state", oneOf("state", signUpStates)),
      index("sign_ups_shift").on(t.shiftId, t.openedSeq),
      index("sign_ups_shift_state").on(t.shiftId, t.state, t.openedSeq),
      index("sign_ups_volunteer").on(t.volunteerId, t.openedSeq),
      index("sign_ups_activity").on(t.activityId, t.state),
    ],
  );

  /** Projection of SIGN_UP_STEP: each step; those that others took are what the volunteer is told. */
  const signUpSteps = table(
    "sign_up_steps",
    {
      signUpId: text().notNull(),
      version: int().notNull(),
      volunteerId: text().notNull(),
      ...stepColumns(kit),
    },
    (t) => [
      primaryKey({ columns: [t.signUpId, t.version], name: "sign_up_steps_pk" }),
      check("sign_up_step_action", oneOf("action", signUpActions)),
      check("sign_up_step_actor", oneOf("actor_kind", actorKinds)),
      index("sign_up_steps_volunteer").on(t.volunteerId, t.seq),
    ],
  );

  /** Projection of ATTENDANCE_STEP: one for each sign-up that somebody came to. */
  const attendances = table(
    "attendances",
    {
      id: text().primaryKey(),
      signUpId: text().notNull(),
      shiftId: text().notNull(),
      activityId: text().notNull(),
      volunteerId: text().notNull(),
      checkedInAt: int().notNull(),
      checkedInBy: text().notNull(),
      method: text().notNull(),
      codeSlot: int(),
      sentLate: flag().notNull(),
      placeVerdict: text().notNull(),
      device: text(),
      checkedOutAt: int(),
      checkedOutBy: text(),
      outcome: text().notNull(),
      recordId: text(),
      version: int().notNull(),
      openedSeq: int().notNull(),
      seq: int().notNull(),
    },
    (t) => [
      check("attendance_method", oneOf("method", checkInMethods)),
      check("attendance_place", oneOf("place_verdict", placeVerdicts)),
      check("attendance_outcome", oneOf("outcome", attendanceOutcomes)),
      uniqueIndex("attendances_sign_up").on(t.signUpId),
      index("attendances_activity").on(t.activityId, t.outcome),
      index("attendances_record").on(t.recordId),
    ],
  );

  /** Projection of FUNDRAISING_SET: the facts a page must show; there is no column for money. */
  const fundraisings = table(
    "fundraisings",
    {
      activityId: text().primaryKey(),
      organizationName: text().notNull(),
      planFilingNo: text().notNull(),
      permitNo: text().notNull(),
      howToQuery: text().notNull(),
      filedOn: text().notNull(),
      startsOn: text().notNull(),
      endsOn: text().notNull(),
      emergency: flag().notNull(),
      interimDisclosedOn: json<string[]>().notNull(),
      disclosedOn: text(),
      dueOn: text(),
      version: int().notNull(),
      seq: int().notNull(),
    },
    (t) => [index("fundraisings_due").on(t.dueOn, t.activityId)],
  );

  /** Projection of sign-ups, attendances and records: totals, moved in the transaction that moves what they count. */
  const tallies = table(
    "tallies",
    {
      subject: text().notNull(),
      dimension: text().notNull(),
      key: text().notNull(),
      activities: int().notNull(),
      organizations: int().notNull(),
      volunteers: int().notNull(),
      signedUp: int().notNull(),
      waitlisted: int().notNull(),
      checkedIn: int().notNull(),
      serviceMinutes: int().notNull(),
      donatedMinutes: int().notNull(),
    },
    (t) => [
      primaryKey({ columns: [t.subject, t.dimension, t.key], name: "tallies_pk" }),
      check("tally_dimension", oneOf("dimension", tallyDimensions)),
    ],
  );

  /** Projection of sign-ups: how many places each volunteer holds in a campaign, so that people are counted once. */
  const tallyPeople = table(
    "tally_people",
    {
      subject: text().notNull(),
      dimension: text().notNull(),
      key: text().notNull(),
      volunteerId: text().notNull(),
      places: int().notNull(),
    },
    (t) => [primaryKey({ columns: [t.subject, t.dimension, t.key, t.volunteerId], name: "tally_people_pk" })],
  );

  return {
    campaigns,
    activities,
    activitySteps,
    shifts,
    signUps,
    signUpSteps,
    attendances,
    fundraisings,
    tallies,
    tallyPeople,
  };
}
