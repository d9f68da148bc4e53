import type { FactOf, JournalKind, SealedField, WrittenFact, WrittenOf } from "../../../domain/facts";

/** What the words are about that an entry names. A parting decides by it whose they are from then on. */
export type Topic =
  | { of: "VOLUNTEER"; id: string }
  /** A recipient or a social worker. */
  | { of: "CAPACITY"; id: string }
  | { of: "RECORD"; id: string }
  | { of: "VISIT"; id: string; recipientId: string }
  | { of: "TRAINING"; id: string; socialWorkerId: string }
  | { of: "GRANT"; id: string }
  | { of: "POST"; id: string }
  /** The head of an organisation, or a person who is invited as staff, by the id of then. */
  | { of: "PERSON"; id: string }
  /** A seat in a committee: what is sealed of the case says whose. */
  | { of: "SEAT"; saidId: string }
  /** A reading of a credit file. Why an organisation's file was read is the reader's own word, under the reader's key. */
  | { of: "CREDIT_FILE"; subjectHash: string };

/** The topic of an entry. Null where its words are of no person who may be parted, or stay with the person they were said of. */
export function topicOf(fact: WrittenFact): Topic | null {
  const topic = topics[fact.type];
  return typeof topic === "string" ? null : (topic as (fact: WrittenFact) => Topic)(fact);
}

/** Why the words that an entry names go with nobody. */
type NoTopic =
  /** They are sealed under the key of a thing: of an organisation, an activity, a household or a credit record. */
  | "OF_A_THING"
  /** They are what a person said as the one who did it, and are sealed under that person's own key. */
  | "OF_THE_DOER"
  /** They are about what a person keeps in a parting, or about a thing of which the old row stays where it is. */
  | "STAYS";

/** A kind whose entries name a sealed row says what the words are about. Every other kind has none. */
type TopicFor<K extends JournalKind> =
  Extract<keyof FactOf<K>, SealedField> extends never ? "NO_WORDS" : ((fact: WrittenOf<K>) => Topic) | NoTopic;

const ofVolunteer = ({ volunteerId }: { volunteerId: string }): Topic => ({ of: "VOLUNTEER", id: volunteerId });
const ofCapacity = ({ id }: { id: string }): Topic => ({ of: "CAPACITY", id });

/** Of each kind of entry, what its words are about. A new kind does not compile before it is decided. */
const topics: { readonly [K in JournalKind]: TopicFor<K> } = {
  // The entry of the step comes before that of the state, so it is the first to name the reason.
  VOLUNTEER_MOVED: ofVolunteer,
  VOLUNTEER_STEP: ({ id }) => ({ of: "VOLUNTEER", id }),
  SIGN_UP_STEP: ofVolunteer,
  GUARDIAN_SET: ofVolunteer,
  TIE_STEP: ofVolunteer,
  RECORD_STEP: ({ id }) => ({ of: "RECORD", id }),
  SPOT_CHECK_STEP: ({ recordId }) => ({ of: "RECORD", id: recordId }),
  CREDIT_FILE_READ: ({ subjectHash }) => ({ of: "CREDIT_FILE", subjectHash }),
  RECIPIENT_MOVED: ofCapacity,
  RECIPIENT_SET: ofCapacity,
  PROXY_STEP: ({ recipientId }) => ({ of: "CAPACITY", id: recipientId }),
  STAR_STEP: ofVolunteer,
  ORDER_STEP: ({ recipientId }) => ({ of: "CAPACITY", id: recipientId }),
  VISIT_SET: ({ id, recipientId }) => ({ of: "VISIT", id, recipientId }),
  SOCIAL_WORKER_MOVED: ofCapacity,
  SOCIAL_WORKER_SET: ofCapacity,
  TRAINING_SET: ({ id, socialWorkerId }) => ({ of: "TRAINING", id, socialWorkerId }),
  GRANT_STEP: ({ id }) => ({ of: "GRANT", id }),
  POST_SET: ({ id }) => ({ of: "POST", id }),
  HEAD_STEP: ({ personId }) => ({ of: "PERSON", id: personId }),
  // The volunteer who is invited, or the minor whose guardian is; members of staff are invited as persons.
  INVITATION_STEP: ({ volunteerId, personId }) =>
    volunteerId !== null ? { of: "VOLUNTEER", id: volunteerId } : { of: "PERSON", id: personId as string },
  // Under a person's key is only what was said of a member of the committee. All else is under the key of the application.
  RATING_STEP: ({ reasonId }) => ({ of: "SEAT", saidId: reasonId as string }),

  // A way to sign in that goes is ended and begun anew: the old row stays, with why it was begun.
  IDENTITY_STEP: "STAYS",
  // A person keeps the profile of staff. The parting writes another one for the person who had none.
  STAFF_SET: "STAYS",

  PEOPLE_MERGED: "OF_THE_DOER",
  PERSON_SEPARATED: "OF_THE_DOER",
  MERGING_ENDED: "OF_THE_DOER",
  PERSON_ERASED: "OF_THE_DOER",

  ORGANIZATION_MOVED: "OF_A_THING",
  AWARD_SET: "OF_A_THING",
  FINDING_SET: "OF_A_THING",
  DIVISION_STEP: "OF_A_THING",
  ACTIVITY_STEP: "OF_A_THING",
  SHIFT_SET: "OF_A_THING",
  CREDIT_RECORD_STEP: "OF_A_THING",
  RATING_SHEET_SET: "OF_A_THING",
  RATING_DOWNGRADE_STEP: "OF_A_THING",
  VILLAGE_POINTS_SET: "OF_A_THING",
  CAMPAIGN_MOVED: "OF_A_THING",
  HOUSEHOLD_MOVED: "OF_A_THING",

  BANK_OPENED: "NO_WORDS",
  ACCOUNT_OPENED: "NO_WORDS",
  POLICY_SET: "NO_WORDS",
  TRANSFER: "NO_WORDS",
  LISTING_ENDED: "NO_WORDS",
  ORGANIZATION_STEP: "NO_WORDS",
  ORGANIZATION_PROFILE_SET: "NO_WORDS",
  SEALED_ANEW: "NO_WORDS",
  CAMPAIGN_SET: "NO_WORDS",
  ATTENDANCE_STEP: "NO_WORDS",
  FUNDRAISING_SET: "NO_WORDS",
  CALENDAR_SET: "NO_WORDS",
  HOUSEHOLD_SET: "NO_WORDS",
  HOUSEHOLD_QUARTER_SET: "NO_WORDS",
  SPOT_SEED_SET: "NO_WORDS",
  MONTH_REPORTED: "NO_WORDS",
  RATING_ROUND_OPENED: "NO_WORDS",
  RATING_VOTED: "NO_WORDS",
  FEEDBACK_GIVEN: "NO_WORDS",
  PERSON_EXPORTED: "NO_WORDS",
};
