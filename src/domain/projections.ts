import { dayOf } from "./kit/calendar";
import type { FactOf } from "./ledger/facts";
import type { JournalEntry } from "./ledger/journal";
import { earlierIdentityId, type IdentityLink } from "./people/identities";

/** The journal kinds whose projection is a row of `transfers`; the database derives balances and lines from it. */
export const transferKinds = ["TRANSFER", "HOLD", "SETTLE", "RELEASE", "REVERSAL"] as const;

export type ProjectedTable =
  | "accounts"
  | "transfers"
  | "policies"
  | "divisions"
  | "organizations"
  | "volunteers"
  | "staff"
  | "erasures"
  | "grants"
  | "identities"
  | "identityLinks"
  | "invitations"
  | "serviceRecords"
  | "recordSteps"
  | "campaigns"
  | "activities"
  | "activitySteps"
  | "shifts"
  | "signUps"
  | "signUpSteps"
  | "attendances"
  | "fundraisings"
  | "guardians"
  | "ties"
  | "calendars"
  | "socialWorkers"
  | "socialWorkerTerms"
  | "trainings"
  | "posts"
  | "organizationProfiles"
  | "heads"
  | "headSteps"
  | "awards"
  | "organizationStandings"
  | "volunteerStandings"
  | "volunteerSteps"
  | "mergedPersons"
  | "capacitySteps"
  | "organizationSteps"
  | "findings"
  | "households"
  | "householdStandings"
  | "revisions"
  | "householdQuarters"
  | "villagePoints"
  | "recipients"
  | "listings"
  | "visits"
  | "creditRecords"
  | "creditSteps"
  | "creditReads"
  | "ratingRounds"
  | "ratings"
  | "ratingSteps"
  | "ratingVotes"
  | "ratingSheets"
  | "ratingDowngrades"
  | "ratingDowngradeSteps"
  | "feedbacks"
  | "spotSeeds"
  | "monthReports"
  | "spotChecks";

/** Columns that keep the value of the first entry about a row: where it was opened. */
export const keptColumns: Partial<Record<ProjectedTable, string>> = {
  socialWorkerTerms: "enteredOn",
  identityLinks: "openedSeq",
  invitations: "openedSeq",
  serviceRecords: "openedSeq",
  signUps: "openedSeq",
  attendances: "openedSeq",
  creditRecords: "openedSeq",
  spotSeeds: "openedSeq",
};

/** One row as an entry leaves it. Rows of the first column's value replace the earlier one, so that the last entry wins. */
export interface Projected {
  table: ProjectedTable;
  row: Record<string, unknown>;
}

/**
 * What an entry makes true outside the journal. The store applies it in the entry's own transaction; the audit folds
 * the whole journal through it and compares. Balances, lines and totals are not here: those are derived by other code
 * on each side (triggers and services here, `books.ts` there).
 */
export function projectionOf(entry: JournalEntry): Projected[] {
  const { fact, seq } = entry;
  switch (fact.type) {
    case "BANK_OPENED":
    case "SEALED":
    case "SEALED_ANEW":
    case "PERSON_SEPARATED":
    case "PERSON_EXPORTED":
      return [];
    case "ACCOUNT_OPENED": {
      const { type: _, ...row } = fact;
      return [{ table: "accounts", row: { ...row, openedSeq: seq, lastSeq: seq } }];
    }
    case "POLICY_SET": {
      const { type: _, ...row } = fact;
      return [{ table: "policies", row: { ...row, value: JSON.parse(fact.value), seq } }];
    }
    case "DIVISION_SET": {
      const { type: _, ...row } = fact;
      return [{ table: "divisions", row: { ...row, retiredOn: null, state: null, version: null, seq } }];
    }
    case "DIVISION_STEP":
      return [{ table: "divisions", row: { ...stateOf(fact), seq } }];
    case "ORGANIZATION_STEP": {
      const { type: _, ...row } = fact;
      const { id: organizationId, version, state, filingStatus } = fact;
      const standing = { organizationId, version, enteredOn: dayOf(entry.at), state, filingStatus, seq };
      return [
        { table: "organizations", row: { ...row, seq } },
        { table: "organizationStandings", row: standing },
      ];
    }
    case "ORGANIZATION_MOVED": {
      const { organizationId, version } = fact;
      return [{ table: "organizationSteps", row: { organizationId, version, ...stepOf(entry, fact) } }];
    }
    case "FINDING_SET": {
      const { type: _, ...row } = fact;
      return [{ table: "findings", row: { ...row, withdrawn: fact.withdrawn === 1, seq } }];
    }
    case "VOLUNTEER_STEP": {
      const { type: _, reasonId: __, ...row } = fact;
      const { id: volunteerId, version, state, divisionCode } = fact;
      return [
        { table: "volunteers", row: { ...row, group: fact.group === 1, seq } },
        {
          table: "volunteerStandings",
          row: { volunteerId, version, enteredOn: dayOf(entry.at), state, divisionCode, seq },
        },
      ];
    }
    case "PEOPLE_MERGED": {
      const { type: _, actorKind: __, ...row } = fact;
      return [{ table: "mergedPersons", row: { ...row, endedAt: null, seq } }];
    }
    case "MERGING_ENDED": {
      const { type: _, actorKind: __, mergedReasonId: ___, ...row } = fact;
      return [{ table: "mergedPersons", row: { ...row, endedAt: entry.at, seq } }];
    }
    case "RECIPIENT_MOVED":
    case "SOCIAL_WORKER_MOVED": {
      const { id: capacityId, version, action, fields, actorKind, reasonId } = fact;
      const step = { seq, at: entry.at, action, fields, actorId: entry.actor, actorKind, reasonId };
      return [{ table: "capacitySteps", row: { capacityId, version, ...step } }];
    }
    case "CAMPAIGN_MOVED":
    case "HOUSEHOLD_MOVED": {
      const { type: _, id: subjectId, ...step } = fact;
      return [{ table: "revisions", row: { subjectId, ...step, seq, at: entry.at, actorId: entry.actor } }];
    }
    case "VOLUNTEER_MOVED": {
      const { volunteerId, version, fields } = fact;
      return [{ table: "volunteerSteps", row: { volunteerId, version, fields, ...stepOf(entry, fact) } }];
    }
    case "GRANT_STEP": {
      const { type: _, reasonId: __, ...row } = fact;
      return [{ table: "grants", row: { ...row, seq } }];
    }
    case "IDENTITY_LINKED": {
      const { hash, personId } = fact;
      const bySystem = entry.actor === "system";
      const link: IdentityLink = {
        id: earlierIdentityId(hash),
        hash,
        personId,
        issuer: null,
        kind: bySystem ? "OPERATOR" : "SELF",
        linkedAt: entry.at,
        linkedBy: bySystem ? "SYSTEM" : "VOLUNTEER",
        linkReasonId: null,
        state: "LINKED",
        unlinkedAt: null,
        unlinkedBy: null,
        unlinkReasonId: null,
        version: 1,
      };
      return [
        { table: "identities", row: { hash, personId, ended: null, seq } },
        { table: "identityLinks", row: { ...link, openedSeq: seq, seq } },
      ];
    }
    case "IDENTITY_STEP": {
      const { hash, personId } = fact;
      const ended = fact.state === "UNLINKED";
      const { actorKind, reasonId } = fact;
      const end = ended
        ? { unlinkedAt: entry.at, unlinkedBy: actorKind, unlinkReasonId: reasonId }
        : { unlinkedAt: null, unlinkedBy: null, unlinkReasonId: null };
      return [
        { table: "identities", row: { hash, personId, ended: ended ? 1 : 0, seq } },
        { table: "identityLinks", row: { ...stateOf(fact), ...end, openedSeq: seq, seq } },
      ];
    }
    case "INVITATION_STEP":
      return [{ table: "invitations", row: { ...stateOf(fact), openedSeq: seq, seq } }];
    case "RECORD_STEP": {
      const row = stateOf(fact);
      return [
        { table: "serviceRecords", row: { ...row, openedSeq: seq, seq } },
        {
          table: "recordSteps",
          row: { recordId: fact.id, version: fact.version, ...stepOf(entry, fact) },
        },
      ];
    }
    case "CAMPAIGN_SET": {
      const { type: _, ...row } = fact;
      return [{ table: "campaigns", row: { ...row, seq } }];
    }
    case "ACTIVITY_STEP": {
      const row = stateOf(fact);
      const flags = {
        hazardous: fact.hazardous === 1,
        openToMinors: fact.openToMinors === 1,
        outsideCounty: fact.outsideCounty === 1,
      };
      return [
        { table: "activities", row: { ...row, ...flags, seq } },
        {
          table: "activitySteps",
          row: { activityId: fact.id, version: fact.version, ...stepOf(entry, fact) },
        },
      ];
    }
    case "SHIFT_SET": {
      const { type: _, ...row } = fact;
      return [{ table: "shifts", row: { ...row, dropped: fact.dropped === 1, seq } }];
    }
    case "SIGN_UP_STEP": {
      const row = stateOf(fact);
      const flags = { late: fact.late === 1, malicious: fact.malicious === 1, accompanied: fact.accompanied === 1 };
      return [
        { table: "signUps", row: { ...row, ...flags, openedSeq: seq, seq } },
        {
          table: "signUpSteps",
          row: {
            signUpId: fact.id,
            version: fact.version,
            volunteerId: fact.volunteerId,
            ...stepOf(entry, fact),
          },
        },
      ];
    }
    case "ATTENDANCE_STEP": {
      const { type: _, action: __, actorKind: ___, ...row } = fact;
      return [{ table: "attendances", row: { ...row, sentLate: fact.sentLate === 1, openedSeq: seq, seq } }];
    }
    case "FUNDRAISING_SET": {
      const { type: _, ...row } = fact;
      return [{ table: "fundraisings", row: { ...row, emergency: fact.emergency === 1, seq } }];
    }
    case "GUARDIAN_SET": {
      const { type: _, reasonId: __, ...row } = fact;
      return [{ table: "guardians", row: { ...row, ended: fact.ended === 1, seq } }];
    }
    case "TIE_STEP":
      return [{ table: "ties", row: { ...stateOf(fact), seq } }];
    case "CALENDAR_SET": {
      const { type: _, ...row } = fact;
      return [{ table: "calendars", row: { ...row, seq } }];
    }
    case "SOCIAL_WORKER_SET": {
      const { type: _, ...row } = fact;
      const { id: socialWorkerId, organizationId, registeredOn, registeredUntil } = fact;
      const term = { socialWorkerId, organizationId, registeredOn, registeredUntil, enteredOn: dayOf(entry.at), seq };
      return [
        { table: "socialWorkers", row: { ...row, seq } },
        { table: "socialWorkerTerms", row: term },
      ];
    }
    case "TRAINING_SET": {
      const { type: _, reasonId: __, ...row } = fact;
      return [{ table: "trainings", row: { ...row, withdrawn: fact.withdrawn === 1, seq } }];
    }
    case "ORGANIZATION_PROFILE_SET": {
      const { type: _, ...row } = fact;
      return [{ table: "organizationProfiles", row: { ...row, hub: fact.hub === 1, seq } }];
    }
    case "HEAD_STEP":
      return [
        { table: "heads", row: { ...stateOf(fact), seq } },
        { table: "headSteps", row: { headId: fact.id, version: fact.version, ...stepOf(entry, fact) } },
      ];
    case "AWARD_SET": {
      const { type: _, reasonId: __, ...row } = fact;
      return [{ table: "awards", row: { ...row, withdrawn: fact.withdrawn === 1, seq } }];
    }
    case "HOUSEHOLD_SET": {
      const { type: _, ...row } = fact;
      const { id: householdId, version, householdNo, divisionCode } = fact;
      const standing = { householdId, version, householdNo, divisionCode, since: dayOf(entry.at), seq };
      return [
        { table: "households", row: { ...row, seq } },
        { table: "householdStandings", row: standing },
      ];
    }
    case "HOUSEHOLD_QUARTER_SET": {
      const { type: _, ...row } = fact;
      return [{ table: "householdQuarters", row: { ...row, seq } }];
    }
    case "VILLAGE_POINTS_SET": {
      const { type: _, ...row } = fact;
      return [{ table: "villagePoints", row: { ...row, seq } }];
    }
    case "RECIPIENT_SET": {
      const { type: _, reasonId: __, ...row } = fact;
      const { id: recipientId, listedOn, listedUntil, divisionCode } = fact;
      const listing = { recipientId, listedOn, listedUntil, divisionCode, ending: null, seq };
      return [
        { table: "recipients", row: { ...row, seq } },
        { table: "listings", row: listing },
      ];
    }
    case "LISTING_ENDED": {
      const { type: _, ...row } = fact;
      return [{ table: "listings", row: { ...row, seq } }];
    }
    case "VISIT_SET": {
      const { type: _, reasonId: __, ...row } = fact;
      const flags = { met: fact.met === 1, deceased: false, waits: false, withdrawn: fact.withdrawn === 1 };
      const inTime = { countsForId: fact.recipientId, recordBy: null, confirmationsNeeded: 0, confirmedBy: [] };
      return [{ table: "visits", row: { ...row, ...inTime, ...flags, seq } }];
    }
    case "CARE_VISIT_SET": {
      const { type: _, reasonId: __, ...row } = fact;
      const waits = fact.confirmedBy.length < fact.confirmationsNeeded;
      const flags = { met: fact.met === 1, deceased: fact.deceased === 1, waits, withdrawn: fact.withdrawn === 1 };
      return [{ table: "visits", row: { ...row, ...flags, seq } }];
    }
    case "CREDIT_RECORD_STEP": {
      const flags = { answered: fact.answered === 1, extended: fact.extended === 1 };
      return [
        { table: "creditRecords", row: { ...stateOf(fact), ...flags, openedSeq: seq, seq } },
        { table: "creditSteps", row: { creditRecordId: fact.id, version: fact.version, ...stepOf(entry, fact) } },
      ];
    }
    case "CREDIT_FILE_READ": {
      const { type: _, ...row } = fact;
      return [{ table: "creditReads", row: { ...row, actorId: entry.actor, at: entry.at, seq } }];
    }
    case "PERSON_ERASED": {
      const { type: _, ...row } = fact;
      return [{ table: "erasures", row: { ...row, seq } }];
    }
    case "STAFF_SET": {
      const { type: _, ...row } = fact;
      return [{ table: "staff", row: { ...row, seq } }];
    }
    case "RATING_ROUND_OPENED": {
      const { type: _, ...row } = fact;
      return [{ table: "ratingRounds", row: { ...row, seq } }];
    }
    case "RATING_STEP":
      return [
        { table: "ratings", row: { ...stateOf(fact), lines: JSON.parse(fact.lines), seq } },
        { table: "ratingSteps", row: { ratingId: fact.id, version: fact.version, ...stepOf(entry, fact) } },
      ];
    case "RATING_VOTED": {
      const { type: _, ...row } = fact;
      return [{ table: "ratingVotes", row: { ...row, seq } }];
    }
    case "RATING_SHEET_SET": {
      const { type: _, ...row } = fact;
      return [{ table: "ratingSheets", row: { ...row, points: JSON.parse(fact.points), seq } }];
    }
    case "RATING_DOWNGRADE_STEP": {
      const step = { downgradeId: fact.id, version: fact.version, ...stepOf(entry, fact) };
      return [
        { table: "ratingDowngrades", row: { ...stateOf(fact), answered: fact.answered === 1, seq } },
        { table: "ratingDowngradeSteps", row: step },
      ];
    }
    case "FEEDBACK_GIVEN": {
      const { type: _, ...row } = fact;
      return [{ table: "feedbacks", row: { ...row, seq } }];
    }
    case "MONTH_REPORTED": {
      const { month, figures } = fact;
      return [{ table: "monthReports", row: { month, figures: JSON.parse(figures), reportedAt: entry.at, seq } }];
    }
    case "SPOT_SEED_SET": {
      const { type: _, ...row } = fact;
      return [{ table: "spotSeeds", row: { ...row, openedSeq: seq, seq } }];
    }
    case "SPOT_CHECK_STEP": {
      const { type: _, from: __, ...row } = fact;
      return [{ table: "spotChecks", row: { ...row, seq } }];
    }
    case "POST_SET": {
      const { type: _, reasonId: __, ...row } = fact;
      return [{ table: "posts", row: { ...row, seq } }];
    }
    default: {
      const { type: _, ...row } = fact;
      return [{ table: "transfers", row: { ...row, seq } }];
    }
  }
}

type Step = FactOf<
  | "RECORD_STEP"
  | "ACTIVITY_STEP"
  | "SIGN_UP_STEP"
  | "HEAD_STEP"
  | "CREDIT_RECORD_STEP"
  | "RATING_STEP"
  | "RATING_DOWNGRADE_STEP"
  | "ORGANIZATION_MOVED"
  | "VOLUNTEER_MOVED"
  | "DIVISION_STEP"
  | "IDENTITY_STEP"
  | "TIE_STEP"
  | "INVITATION_STEP"
>;

/** What a step leaves of its thing: all the fact says but the step itself. */
function stateOf<F extends Step>({ type: _, action: __, from: ___, actorKind: ____, reasonId: _____, ...state }: F) {
  return state;
}

/** What a step leaves in its history. */
function stepOf({ seq, at, actor: actorId }: JournalEntry, { action, from, state: to, actorKind, reasonId }: Step) {
  return { seq, at, action, from, to, actorId, actorKind, reasonId };
}

/** What the entry is about, kept beside its bytes so that people can search the journal. */
export function subjectOf(fact: JournalEntry["fact"]): string {
  if ("id" in fact) return fact.id;
  if ("code" in fact) return fact.code;
  if ("recordId" in fact) return fact.recordId ?? fact.credit;
  if ("activityId" in fact) return fact.activityId;
  if ("organizationId" in fact) return fact.organizationId;
  if ("keptId" in fact) return fact.personId;
  if ("volunteerId" in fact) return fact.volunteerId;
  if ("personId" in fact) return fact.personId;
  return "";
}
