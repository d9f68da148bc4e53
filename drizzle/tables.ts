import { sql } from "drizzle-orm";
import { attendanceOutcomes, checkInMethods, placeVerdicts } from "../src/domain/activities/attendance";
import { activityStates, activityStepActions } from "../src/domain/activities/machine";
import { signUpActions, signUpStates } from "../src/domain/activities/signups";
import { tallyDimensions } from "../src/domain/activities/tallies";
import { actorKinds, roles } from "../src/domain/actors";
import { recordActions, recordOrigins, recordStates } from "../src/domain/hours";
import { accountKinds, units } from "../src/domain/ledger/accounts";
import { entryKinds, transferPhases } from "../src/domain/ledger/transfers";
import { divisionKinds, filingStatuses, organizationKinds, organizationStates } from "../src/domain/organizations";
import { policyStatuses } from "../src/domain/policies";
import { overflowChoices, volunteerStates } from "../src/domain/volunteers";
import type { Kit } from "./kit.sqlite";

/** A closed set as a database check: the domain's own list, so that the two cannot drift. */
function oneOf(column: string, values: readonly string[]) {
  return sql.raw(`"${column}" in (${values.map((value) => `'${value}'`).join(", ")})`);
}

/**
 * Every table, defined once and built per dialect. Class of each in its comment: *truth* (the journal), *projection*
 * (rebuilt from the journal), *sealed* (committed in the journal by hash), *operational* (no fact lives there alone).
 */
export function defineTables(kit: Kit) {
  const { table, text, int, bytes, flag, json, index, uniqueIndex, check, primaryKey } = kit;

  /** Truth. The canonical bytes, dense from 0. */
  const journal = table(
    "journal",
    {
      seq: int().primaryKey(),
      kind: text().notNull(),
      /** What the entry is about: the id of an account, record, volunteer … */
      subject: text().notNull(),
      body: bytes().notNull(),
      leaf: bytes().notNull(),
      recordedAt: int().notNull(),
    },
    // No check on the kind: with each new kind the greatest table of all would have to be written anew.
    (t) => [uniqueIndex("journal_recorded").on(t.recordedAt)],
  );

  /** Projection of ACCOUNT_OPENED; the sums are moved by the trigger of `transfers` and by nothing else. */
  const accounts = table(
    "accounts",
    {
      id: text().primaryKey(),
      kind: text().notNull(),
      unit: text().notNull(),
      owner: text(),
      floor: int(),
      ceiling: int(),
      debitsPosted: int().notNull().default(0),
      creditsPosted: int().notNull().default(0),
      debitsPending: int().notNull().default(0),
      creditsPending: int().notNull().default(0),
      version: int().notNull().default(0),
      openedSeq: int().notNull(),
      lastSeq: int().notNull(),
    },
    (t) => [
      check("account_kind", oneOf("kind", accountKinds)),
      check("account_unit", oneOf("unit", units)),
      check(
        "account_sums",
        sql.raw("debits_posted >= 0 and credits_posted >= 0 and debits_pending >= 0 and credits_pending >= 0"),
      ),
      uniqueIndex("accounts_owner").on(t.owner, t.unit),
      index("accounts_kind").on(t.kind, t.id),
    ],
  );

  /** Projection of TRANSFER, HOLD, SETTLE, RELEASE, REVERSAL. */
  const transfers = table(
    "transfers",
    {
      seq: int().primaryKey(),
      debit: text()
        .notNull()
        .references(() => accounts.id),
      credit: text()
        .notNull()
        .references(() => accounts.id),
      minutes: int().notNull(),
      phase: text().notNull(),
      kind: text().notNull(),
      holdSeq: int(),
      reversesSeq: int(),
      effectiveOn: text().notNull(),
      expiresAt: int(),
      recordId: text(),
      policyIds: json<string[]>().notNull(),
    },
    (t) => [
      check("transfer_minutes", sql.raw("minutes >= 1")),
      check("transfer_accounts", sql.raw("debit <> credit")),
      check("transfer_phase", oneOf("phase", transferPhases)),
      check("transfer_kind", oneOf("kind", entryKinds)),
      uniqueIndex("transfers_hold").on(t.holdSeq),
      uniqueIndex("transfers_reverses").on(t.reversesSeq),
      index("transfers_record").on(t.recordId),
    ],
  );

  /** Projection: one line a transfer and account, written by the trigger, with the running balance of that moment. */
  const entries = table(
    "entries",
    {
      account: text().notNull(),
      version: int().notNull(),
      seq: int().notNull(),
      /** What the line adds to the posted balance; 0 for a hold and its release. */
      minutes: int().notNull(),
      /** What it adds to the minutes set aside: out of the account, and into it. */
      held: int().notNull(),
      pendingIn: int().notNull(),
      postedAfter: int().notNull(),
      heldAfter: int().notNull(),
      pendingInAfter: int().notNull(),
      effectiveOn: text().notNull(),
    },
    (t) => [
      primaryKey({ columns: [t.account, t.version], name: "entries_pk" }),
      uniqueIndex("entries_seq").on(t.account, t.seq),
      index("entries_effective").on(t.account, t.effectiveOn, t.seq),
    ],
  );

  /** Projection of POLICY_SET. */
  const policies = table(
    "policies",
    {
      id: text().primaryKey(),
      key: text().notNull(),
      value: json<unknown>().notNull(),
      effectiveFrom: text().notNull(),
      citation: text().notNull(),
      status: text().notNull(),
      seq: int().notNull(),
    },
    (t) => [
      check("policy_status", oneOf("status", policyStatuses)),
      index("policies_key").on(t.key, t.effectiveFrom, t.seq),
    ],
  );

  /** Projection of DIVISION_SET. */
  const divisions = table(
    "divisions",
    {
      code: text().primaryKey(),
      officialCode: text(),
      name: text().notNull(),
      kind: text().notNull(),
      parentCode: text(),
      seq: int().notNull(),
    },
    () => [check("division_kind", oneOf("kind", divisionKinds))],
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
      uniqueIndex("volunteers_person").on(t.personId),
      uniqueIndex("volunteers_no").on(t.volunteerNo),
      index("volunteers_division").on(t.divisionCode, t.id),
    ],
  );

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

  /** Projection of IDENTITY_LINKED: a keyed hash of issuer and subject, so that no login name is kept. */
  const identities = table(
    "identities",
    { hash: text().primaryKey(), personId: text().notNull(), seq: int().notNull() },
    (t) => [index("identities_person").on(t.personId)],
  );

  /** Projection of RECORD_STEP: the record as its last step left it. */
  const serviceRecords = table(
    "service_records",
    {
      id: text().primaryKey(),
      organizationId: text().notNull(),
      volunteerId: text().notNull(),
      externalRef: text(),
      contentHash: text().notNull(),
      serviceType: text().notNull(),
      startedAt: int().notNull(),
      endedAt: int().notNull(),
      breakMinutes: int().notNull(),
      serviceMinutes: int().notNull(),
      origin: text().notNull(),
      state: text().notNull(),
      confirmationsNeeded: int().notNull(),
      handledBy: json<string[]>().notNull(),
      confirmedBy: json<string[]>().notNull(),
      recordBy: text().notNull(),
      creditableMinutes: int(),
      creditedMinutes: int(),
      disputeHoldSeq: int(),
      replacedBy: text(),
      detailsId: text().notNull(),
      version: int().notNull(),
      /** The journal position of the record's first step: lists in recorded order follow it. */
      openedSeq: int().notNull(),
      seq: int().notNull(),
    },
    (t) => [
      check("record_state", oneOf("state", recordStates)),
      check("record_origin", oneOf("origin", recordOrigins)),
      uniqueIndex("records_external_ref").on(t.organizationId, t.externalRef),
      index("records_volunteer").on(t.volunteerId, t.startedAt),
      index("records_volunteer_opened").on(t.volunteerId, t.openedSeq),
      index("records_queue").on(t.organizationId, t.state, t.recordBy, t.id),
      index("records_month").on(t.organizationId, t.endedAt),
      index("records_overdue").on(t.state, t.recordBy, t.id),
      index("records_replaced").on(t.replacedBy),
    ],
  );

  /** Projection of RECORD_STEP: each step. */
  const recordSteps = table(
    "record_steps",
    {
      recordId: text().notNull(),
      version: int().notNull(),
      seq: int().notNull(),
      at: int().notNull(),
      action: text().notNull(),
      from: text(),
      to: text().notNull(),
      actorId: text().notNull(),
      actorKind: text().notNull(),
      reasonId: text(),
    },
    (t) => [
      primaryKey({ columns: [t.recordId, t.version], name: "record_steps_pk" }),
      check("step_action", oneOf("action", recordActions)),
      check("step_actor", oneOf("actor_kind", actorKinds)),
    ],
  );

  /** Projection of a volunteer's POSTED and DISPUTED records: sums by origin, and what credit they gave. */
  const serviceTotals = table("service_totals", {
    volunteerId: text().primaryKey(),
    checkedIn: int().notNull().default(0),
    entered: int().notNull().default(0),
    backfilled: int().notNull().default(0),
    imported: int().notNull().default(0),
    creditable: int().notNull().default(0),
    credited: int().notNull().default(0),
  });

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
      seq: int().notNull(),
      at: int().notNull(),
      action: text().notNull(),
      from: text(),
      to: text().notNull(),
      actorId: text().notNull(),
      actorKind: text().notNull(),
      reasonId: text(),
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
      place: text().notNull(),
      latitudeMicrodegrees: int(),
      longitudeMicrodegrees: int(),
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
      seq: int().notNull(),
      at: int().notNull(),
      action: text().notNull(),
      from: text(),
      to: text().notNull(),
      actorId: text().notNull(),
      actorKind: text().notNull(),
      reasonId: text(),
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

  /** Projection of GUARDIAN_SET: which person answers for which volunteer who is not grown up. */
  const guardians = table(
    "guardians",
    {
      id: text().primaryKey(),
      volunteerId: text().notNull(),
      personId: text().notNull(),
      version: int().notNull(),
      seq: int().notNull(),
    },
    (t) => [uniqueIndex("guardians_pair").on(t.volunteerId, t.personId), index("guardians_person").on(t.personId)],
  );

  /** Projection of CALENDAR_SET: which of a person's secret calendar links holds; an earlier one is void. */
  const calendars = table("calendars", {
    personId: text().primaryKey(),
    version: int().notNull(),
    seq: int().notNull(),
  });

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

  /** Operational. Which notices a person has read. */
  const noticesRead = table(
    "notices_read",
    { personId: text().notNull(), noticeId: text().notNull(), readAt: int().notNull() },
    (t) => [primaryKey({ columns: [t.personId, t.noticeId], name: "notices_read_pk" })],
  );

  /** Sealed. Ciphertext under the person's key; the journal holds SHA-256(0x02 ‖ salt ‖ ciphertext). */
  const sealed = table(
    "sealed",
    {
      id: text().primaryKey(),
      personId: text().notNull(),
      seq: int().notNull(),
      salt: bytes().notNull(),
      ciphertext: bytes().notNull(),
    },
    (t) => [index("sealed_person").on(t.personId)],
  );

  /** Operational. Keyed hashes by which a person is found: ID number, name and its pairs of letters. */
  const searchTerms = table(
    "search_terms",
    { hash: text().notNull(), kind: text().notNull(), personId: text().notNull() },
    (t) => [
      primaryKey({ columns: [t.hash, t.kind, t.personId], name: "search_terms_pk" }),
      index("search_terms_person").on(t.personId),
    ],
  );

  /** Operational. What was answered under each key; never expires, never holds a personal field. */
  const commands = table(
    "commands",
    {
      actor: text().notNull(),
      key: text().notNull(),
      requestHash: text().notNull(),
      outcome: json<unknown>().notNull(),
      recordedAt: int().notNull(),
    },
    (t) => [primaryKey({ columns: [t.actor, t.key], name: "commands_pk" })],
  );

  return {
    journal,
    accounts,
    transfers,
    entries,
    policies,
    divisions,
    organizations,
    volunteers,
    grants,
    identities,
    serviceRecords,
    recordSteps,
    serviceTotals,
    campaigns,
    activities,
    activitySteps,
    shifts,
    signUps,
    signUpSteps,
    attendances,
    fundraisings,
    guardians,
    calendars,
    tallies,
    tallyPeople,
    noticesRead,
    sealed,
    searchTerms,
    commands,
  };
}

export type Tables = ReturnType<typeof defineTables>;
