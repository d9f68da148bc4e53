import type { OperationalTable, ScannedTable } from "../../storage/store";

/** What an id in a column is of: the person, or something of the person's. The tables that give such ids come first. */
export type Held =
  | "PERSON"
  | "VOLUNTEER"
  | "CAPACITY"
  | "ACCOUNT"
  | "ENTRY"
  | "RECORD"
  | "SIGN_UP"
  | "ORDER"
  | "PROXY"
  | "STAR"
  | "HEAD"
  /** A keyed hash by which the readings of a credit file know whose it is. */
  | "CREDIT_FILE"
  /** A keyed hash by which a platform knows a member again. */
  | "MEMBER"
  /** A keyed hash by which a way to sign in is known. */
  | "IDENTITY"
  | "CODE_TRIES";

/** How the rows of a table belong to a person. */
export interface Rule {
  /** The columns by which a row is the person's, with what they name. */
  by: Readonly<Record<string, Held | readonly Held[]>>;
  /** The columns that say that the person did it, to a thing that may be another's. */
  acts?: readonly string[];
  /** The columns whose ids lead on to the rows of later tables. */
  gives?: Readonly<Record<string, Held>>;
  /** Columns that hold ids of the person and need no look, with the reason. */
  leaves?: Readonly<Record<string, string>>;
  /** Keyed hashes and what else says nothing to a reader. */
  hides?: readonly string[];
}

/** A table whose rows are in no copy, or are there in another form, with the reason. */
export type NotCopied = string;

const ofThing = "It is of a thing, and names nobody.";
const ofHousehold = "It is of a household, which names nobody.";
const underKey = "Its person is a key of its own, and leads to nobody.";
const byTheirSteps = "Who took a step stands in the steps, which are copied.";

/**
 * Of every table, what of it is in a person's copy. A new table does not compile before it is decided, and a test finds each
 * column that holds an id of a person and is not named here.
 */
export const copied: { readonly [T in ScannedTable | OperationalTable]: Rule | NotCopied } = {
  volunteers: { by: { personId: "PERSON" }, gives: { id: "VOLUNTEER", accountId: "ACCOUNT" } },
  recipients: { by: { personId: "PERSON" }, gives: { id: "CAPACITY", accountId: "ACCOUNT" } },
  socialWorkers: { by: { personId: "PERSON" }, gives: { id: "CAPACITY" }, hides: ["certificateHash"] },
  serviceRecords: {
    by: { volunteerId: "VOLUNTEER" },
    gives: { id: "RECORD" },
    leaves: { handledBy: byTheirSteps, confirmedBy: byTheirSteps },
    hides: ["contentHash"],
  },
  signUps: { by: { volunteerId: "VOLUNTEER" }, gives: { id: "SIGN_UP" } },
  serviceOrders: { by: { recipientId: "CAPACITY", volunteerId: "VOLUNTEER" }, gives: { id: "ORDER" } },
  proxies: { by: { recipientId: "CAPACITY", personId: "PERSON" }, gives: { id: "PROXY" } },
  starAwards: { by: { volunteerId: "VOLUNTEER" }, gives: { id: "STAR" } },
  entries: { by: { account: "ACCOUNT" }, gives: { seq: "ENTRY" } },
  heads: { by: { personId: "PERSON" }, gives: { id: "HEAD" }, leaves: { proposedBy: byTheirSteps } },

  volunteerStandings: { by: { volunteerId: "VOLUNTEER" } },
  volunteerSteps: { by: { volunteerId: "VOLUNTEER" }, acts: ["actorId"] },
  mergedPersons: {
    by: { personId: "PERSON", keptId: "PERSON", volunteerId: "VOLUNTEER", keptVolunteerId: "VOLUNTEER" },
  },
  capacitySteps: { by: { capacityId: "CAPACITY" }, acts: ["actorId"] },
  staff: { by: { personId: "PERSON" } },
  grants: { by: { personId: "PERSON" } },
  identityLinks: { by: { personId: "PERSON" }, gives: { hash: "IDENTITY" }, hides: ["hash"] },
  invitations: {
    by: { personId: "PERSON", volunteerId: "VOLUNTEER", acceptedBy: "PERSON" },
    hides: ["codeHash"],
  },
  guardians: { by: { personId: "PERSON", volunteerId: "VOLUNTEER" } },
  ties: { by: { volunteerId: "VOLUNTEER" } },
  calendars: { by: { personId: "PERSON" } },
  recordSteps: { by: { recordId: "RECORD" }, acts: ["actorId"] },
  serviceTotals: { by: { volunteerId: "VOLUNTEER" } },
  accounts: { by: { id: "ACCOUNT", owner: "VOLUNTEER" } },
  // The transfers are found by the lines of the person's accounts: an account that belongs to no person has millions of lines.
  transfers: {
    by: { seq: "ENTRY" },
    leaves: { debit: "Each is a line of an account.", credit: "Each is a line of an account." },
  },
  proxySteps: { by: { proxyId: "PROXY" }, acts: ["actorId"] },
  orderSteps: { by: { orderId: "ORDER", offeredTo: "VOLUNTEER" }, acts: ["actorId"] },
  starSteps: { by: { starAwardId: "STAR" }, acts: ["actorId"] },
  signUpSteps: { by: { volunteerId: "VOLUNTEER" }, acts: ["actorId"] },
  attendances: {
    by: { volunteerId: "VOLUNTEER" },
    leaves: { checkedInBy: byTheirSteps, checkedOutBy: byTheirSteps },
    hides: ["device"],
  },
  tallyPeople: { by: { volunteerId: "VOLUNTEER" } },
  socialWorkerTerms: { by: { socialWorkerId: "CAPACITY" } },
  trainings: { by: { socialWorkerId: "CAPACITY" } },
  posts: { by: { personId: "PERSON" } },
  listings: { by: { recipientId: "CAPACITY" } },
  visits: {
    by: { recipientId: "CAPACITY", countsForId: "CAPACITY", visitorId: "PERSON" },
    acts: ["confirmedBy"],
  },
  spotChecks: { by: { recordId: "RECORD" } },
  headSteps: { by: { headId: "HEAD" }, acts: ["actorId"] },
  creditReads: { by: { subjectHash: "CREDIT_FILE" }, acts: ["actorId"], hides: ["subjectHash"] },
  ratingVotes: { by: { memberId: "PERSON" } },
  ratingSheets: { by: { assessorId: "PERSON" } },
  feedbacks: { by: { memberHash: "MEMBER" }, hides: ["memberHash"] },
  activitySteps: { by: {}, acts: ["actorId"] },
  organizationSteps: { by: {}, acts: ["actorId"] },
  revisions: { by: {}, acts: ["actorId"], leaves: { subjectId: ofThing, otherId: ofHousehold } },
  creditSteps: { by: {}, acts: ["actorId"] },
  ratingSteps: { by: {}, acts: ["actorId"] },
  ratingDowngradeSteps: { by: {}, acts: ["actorId"] },
  noticesRead: { by: { personId: "PERSON" } },
  wrongCodes: { by: { who: ["PERSON", "IDENTITY"] }, hides: ["who"] },
  commands: { by: { actor: "PERSON" }, hides: ["key", "requestHash"] },
  searchTerms: { by: { personId: "PERSON" }, hides: ["hash"] },
  tries: { by: { key: "CODE_TRIES" }, hides: ["key"] },
  ratingRounds: { by: { committee: "PERSON" } },
  // These hold ids of people in columns that need no look: no row is copied from them.
  activities: { by: {}, leaves: { authors: byTheirSteps, reviewedBy: byTheirSteps } },
  creditRecords: { by: {}, leaves: { personId: underKey, confirmedBy: byTheirSteps } },
  households: { by: {}, leaves: { personId: underKey, accountId: ofHousehold } },
  householdQuarters: { by: {}, leaves: { accountId: ofHousehold } },
  ratings: { by: {}, leaves: { personId: underKey } },
  ratingDowngrades: { by: {}, leaves: { proposedBy: byTheirSteps } },

  sealed: "Its rows are the words of the copy, opened.",
  identities: "It is what the links of identities say, by subject.",
  erasures: "Who was erased has no copy.",
  endedSessions: "It names no person: only the hash of a token, until that expires.",
  villagePoints: ofThing,
  householdStandings: ofHousehold,
  policies: ofThing,
  divisions: ofThing,
  organizations: ofThing,
  organizationProfiles: ofThing,
  organizationStandings: ofThing,
  awards: ofThing,
  findings: ofThing,
  campaigns: ofThing,
  shifts: ofThing,
  fundraisings: ofThing,
  spotSeeds: ofThing,
  monthReports: ofThing,
  tallies: ofThing,
  bankMarks: ofThing,
};
