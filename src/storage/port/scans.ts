import type { Grant } from "../../domain/permissions/actors";
import type { Sealed, StoredCommand } from "./kept";

/** Tables that can be read through, with the columns of their keys. */
export const scanOrder = {
  accounts: ["id"],
  transfers: ["seq"],
  entries: ["account", "version"],
  policies: ["id"],
  divisions: ["code"],
  organizations: ["id"],
  volunteers: ["id"],
  staff: ["personId"],
  erasures: ["personId"],
  grants: ["id"],
  identities: ["hash"],
  identityLinks: ["id"],
  invitations: ["id"],
  serviceRecords: ["id"],
  recordSteps: ["recordId", "version"],
  serviceTotals: ["volunteerId"],
  campaigns: ["id"],
  activities: ["id"],
  activitySteps: ["activityId", "version"],
  shifts: ["id"],
  signUps: ["id"],
  signUpSteps: ["signUpId", "version"],
  attendances: ["id"],
  fundraisings: ["activityId"],
  guardians: ["id"],
  ties: ["id"],
  calendars: ["personId"],
  socialWorkers: ["id"],
  socialWorkerTerms: ["socialWorkerId", "registeredOn"],
  trainings: ["id"],
  posts: ["id"],
  organizationProfiles: ["organizationId"],
  heads: ["id"],
  headSteps: ["headId", "version"],
  awards: ["id"],
  organizationStandings: ["organizationId", "version"],
  volunteerStandings: ["volunteerId", "version"],
  volunteerSteps: ["volunteerId", "version"],
  mergedPersons: ["personId"],
  capacitySteps: ["capacityId", "version"],
  organizationSteps: ["organizationId", "version"],
  findings: ["id"],
  households: ["id"],
  householdStandings: ["householdId", "version"],
  revisions: ["subjectId", "version"],
  householdQuarters: ["householdId", "quarter"],
  villagePoints: ["id"],
  recipients: ["id"],
  listings: ["recipientId", "listedOn"],
  visits: ["id"],
  creditRecords: ["id"],
  creditSteps: ["creditRecordId", "version"],
  creditReads: ["id"],
  ratingRounds: ["id"],
  ratings: ["id"],
  ratingSteps: ["ratingId", "version"],
  ratingVotes: ["id"],
  ratingSheets: ["id", "version"],
  ratingDowngrades: ["id"],
  ratingDowngradeSteps: ["downgradeId", "version"],
  feedbacks: ["id", "version"],
  spotSeeds: ["id"],
  monthReports: ["month"],
  spotChecks: ["id"],
  tallies: ["subject", "dimension", "key"],
  tallyPeople: ["subject", "dimension", "key", "volunteerId"],
  sealed: ["id"],
} as const;

export type ScannedTable = keyof typeof scanOrder;

/**
 * Tables in which no fact stands alone, with the columns of their keys: what serves the running. Every table is the journal,
 * one of `scanOrder` (rebuilt from it, or sealed and committed to in it), or one of these.
 */
export const operationalOrder = {
  commands: ["actor", "key"],
  searchTerms: ["hash", "kind", "personId"],
  noticesRead: ["personId", "noticeId"],
  endedSessions: ["session"],
  tries: ["key"],
  wrongCodes: ["who"],
  bankMarks: ["bankId"],
} as const;

export type OperationalTable = keyof typeof operationalOrder;

/** The rows whose types callers ask for. A row of another table is read column by column. */
interface ScannedRows {
  grants: Grant;
  sealed: Sealed;
  commands: StoredCommand & { actor: string; key: string };
}

export type ScannedRow<T> = Record<string, unknown> & (T extends keyof ScannedRows ? ScannedRows[T] : unknown);
