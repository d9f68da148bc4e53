import { sql } from "drizzle-orm";
import { tallyDimensions } from "../../src/domain/activities/tallies";
import {
  activityStep,
  attendanceStep,
  campaignSet,
  fundraisingSet,
  shiftSet,
  signUpStep,
} from "../../src/domain/facts/activities";
import { oneOf } from "../checks";
import { projected } from "../columns";
import type { Kit } from "../kit.sqlite";

/** Activities, who signed up and who came, and the totals of all that. */
export function defineActivitiesTables(kit: Kit) {
  const { table, text, int, index, uniqueIndex, check, primaryKey } = kit;

  /** Projection of CAMPAIGN_SET. */
  const campaigns = projected(kit, campaignSet.into.campaigns, (t) => [
    uniqueIndex("campaigns_slug").on(t.slug),
    index("campaigns_day").on(t.day, t.id),
  ]);

  /** Projection of ACTIVITY_STEP: the activity as its last step left it. */
  const activities = projected(kit, activityStep.into.activities, (t) => [
    uniqueIndex("activities_slug").on(t.slug),
    index("activities_campaign").on(t.campaignId, t.startsAt, t.id),
    index("activities_organization").on(t.organizationId, t.startsAt, t.id),
    index("activities_state").on(t.state, t.startsAt, t.id),
    index("activities_start").on(t.startsAt, t.id),
  ]);

  /** Projection of ACTIVITY_STEP: each step. */
  const activitySteps = projected(kit, activityStep.into.activitySteps);

  /** Projection of SHIFT_SET. */
  const shifts = projected(kit, shiftSet.into.shifts, (t) => [
    check("shift_capacity", sql.raw("capacity >= 1")),
    check("shift_interval", sql.raw("ends_at > starts_at")),
    index("shifts_activity").on(t.activityId, t.startsAt, t.id),
    index("shifts_start").on(t.startsAt, t.activityId),
  ]);

  /** Projection of SIGN_UP_STEP: the sign-up as its last step left it. */
  const signUps = projected(kit, signUpStep.into.signUps, (t) => [
    index("sign_ups_shift").on(t.shiftId, t.openedSeq),
    index("sign_ups_shift_state").on(t.shiftId, t.state, t.openedSeq),
    index("sign_ups_volunteer").on(t.volunteerId, t.openedSeq),
    index("sign_ups_activity").on(t.activityId, t.state),
  ]);

  /** Projection of SIGN_UP_STEP: each step; those that others took are what the volunteer is told. */
  const signUpSteps = projected(kit, signUpStep.into.signUpSteps, (t) => [
    index("sign_up_steps_volunteer").on(t.volunteerId, t.seq),
  ]);

  /** Projection of ATTENDANCE_STEP: one for each sign-up whose volunteer came. */
  const attendances = projected(kit, attendanceStep.into.attendances, (t) => [
    uniqueIndex("attendances_sign_up").on(t.signUpId),
    index("attendances_activity").on(t.activityId, t.outcome),
    index("attendances_record").on(t.recordId),
  ]);

  /** Projection of FUNDRAISING_SET: the facts a page must show; there is no column for money. */
  const fundraisings = projected(kit, fundraisingSet.into.fundraisings, (t) => [
    index("fundraisings_due").on(t.dueOn, t.activityId),
    index("fundraisings_ending").on(t.endsOn),
  ]);

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
