import { kit } from "./kit.sqlite";
import { defineTables } from "./tables";

/** What drizzle-kit and the sqlite adapter read. */
export const tables = defineTables(kit);
export const {
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
  socialWorkers,
  trainings,
  posts,
  calendars,
  tallies,
  tallyPeople,
  noticesRead,
  sealed,
  searchTerms,
  commands,
} = tables;
