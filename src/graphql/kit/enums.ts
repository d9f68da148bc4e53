import { registerEnumType } from "type-graphql";
import { attendanceOutcomes, checkInMethods, placeVerdicts, signalKinds } from "../../domain/activities/attendance";
import { disclosureStates } from "../../domain/activities/fundraising";
import { activityActions, activityStates, activityStepActions } from "../../domain/activities/machine";
import { signUpActions, signUpOutcomes, signUpStates } from "../../domain/activities/signups";
import { clockKinds, clockStates } from "../../domain/clocks";
import { creditActions, creditRecordActions, creditRecordKinds, creditRecordStates } from "../../domain/credit-records";
import { disputeOutcomes, evidenceKinds, recordActions, recordOrigins, recordStates } from "../../domain/hours";
import { indicatorUnits } from "../../domain/indicators";
import { invariant } from "../../domain/kit/invariant";
import { refusalCodes, refusals } from "../../domain/kit/refusal";
import { accountKinds, units } from "../../domain/ledger/accounts";
import { entryKinds } from "../../domain/ledger/transfers";
import { noticeKinds } from "../../domain/notices";
import {
  checkResults,
  divisionKinds,
  filingStatuses,
  findingKinds,
  headDecisions,
  headStates,
  organizationActions,
  organizationKinds,
  organizationMarks,
  organizationStates,
  organizationStepActions,
} from "../../domain/organizations";
import { capacityActions } from "../../domain/people/capacities";
import { identityLinkKinds } from "../../domain/people/identities";
import { invitationStates, inviteeKinds } from "../../domain/people/invitations";
import { idKinds, papersHolders } from "../../domain/people/papers";
import { tieKinds } from "../../domain/people/ties";
import { volunteerActions, volunteerStates, volunteerStepActions } from "../../domain/people/volunteers";
import { actorKinds, roles } from "../../domain/permissions/actors";
import { policyStatuses } from "../../domain/policies/parameters";
import {
  departedVotes,
  ratingActions,
  ratingInstruments,
  ratingStates,
  ratingStepActions,
  recusalDecisions,
  roundStates,
  voteChoices,
} from "../../domain/ratings";
import { downgradeActions, downgradeStates } from "../../domain/ratings/downgrades";
import { revisionActions } from "../../domain/revisions";
import { spotCheckReasons, spotCheckStates } from "../../domain/spot-checks";
import { pointBands } from "../../domain/village-points";
import { obligationStates, visitModes, visitors, visitResults } from "../../domain/visits";
import { listingEndings, recipientCategories } from "../../domain/visits/recipients";
import { communityPosts } from "../../domain/workers/posts";
import { socialWorkLevels } from "../../domain/workers/social-workers";
import { batchModes } from "../../services/bank/batch";

const byList = new Map<readonly string[], object>();

/** The GraphQL enum of a closed list of the domain. */
export function enumOf(list: readonly string[]): object {
  const set = byList.get(list);
  invariant(set, `the list ${list.join(", ")} is a GraphQL enum`);
  return set;
}

/** A closed set of the domain as a GraphQL enum; every value has a sentence. */
function closed<T extends string>(
  name: string,
  description: string,
  values: readonly T[],
  descriptions: Record<T, string>,
): Record<T, T> {
  const set = Object.fromEntries(values.map((value) => [value, value])) as Record<T, T>;
  const valuesConfig = Object.fromEntries(values.map((value) => [value, { description: descriptions[value] }]));
  byList.set(values, set);
  registerEnumType(set, { name, description, valuesConfig: valuesConfig as never });
  return set;
}

export const DateAxis = closed(
  "DateAxis",
  "Which of the two dates of a line orders a statement.",
  ["EFFECTIVE", "RECORDED"] as const,
  {
    EFFECTIVE: "The civil day of the service, which is that of its last minute.",
    RECORDED: "When the bank wrote it down.",
  },
);
export type DateAxis = keyof typeof DateAxis;
export const BatchMode = closed(
  "BatchMode",
  "What becomes of the good entries of a batch that has bad ones.",
  batchModes,
  { EACH: "The good ones are kept.", ALL_OR_NOTHING: "None is kept when one is refused." },
);
export type BatchMode = keyof typeof BatchMode;
export const ServiceRecordState = closed("ServiceRecordState", "Where a service record stands.", recordStates, {
  DRAFT: "It is begun, not yet submitted.",
  SUBMITTED: "It waits for its last confirmation.",
  RETURNED: "It was given back to be corrected.",
  REJECTED: "It was refused; this is final.",
  VOIDED: "It was withdrawn before posting; this is final.",
  POSTED: "It stands on the ledger.",
  DISPUTED: "It stands on the ledger, and is objected to.",
  REVERSED: "It was taken back by reversal; this is final.",
});
export type ServiceRecordState = keyof typeof ServiceRecordState;
export const RecordOrigin = closed(
  "RecordOrigin",
  "How we know of the hours; fixed for life when the record is made.",
  recordOrigins,
  {
    CHECKED_IN: "By attendance at an activity.",
    ENTERED: "Logged within the statutory working days.",
    BACKFILLED: "Logged later, with evidence and two people.",
    IMPORTED: "Migrated from another system by an officer.",
  },
);
export type RecordOrigin = keyof typeof RecordOrigin;
export const RecordAction = closed("ServiceRecordAction", "A step of a service record.", recordActions, {
  DRAFT: "It was begun, to be submitted later.",
  SUBMIT: "It was handed in to be confirmed.",
  CONFIRM: "Another person confirmed it.",
  RETURN: "It was given back to be corrected.",
  RESUBMIT: "It was handed in again, corrected.",
  REJECT: "It was refused for good.",
  VOID: "It was withdrawn before it was posted.",
  POST: "It was posted, and its credit with it.",
  DISPUTE: "Somebody objected to it.",
  UPHOLD: "The objection was decided in its favour.",
  ADJUST: "It was reversed in favour of a corrected record.",
  REVERSE: "It was taken back, and its credit with it.",
  MOVE: "It went to the registration into which its volunteer's was merged.",
});
export type RecordAction = keyof typeof RecordAction;
export const DisputeOutcome = closed("DisputeOutcome", "How a dispute was decided.", disputeOutcomes, {
  UPHELD: "The record stays as it is.",
  ADJUSTED: "It is reversed, and the corrected time posted.",
  REVERSED: "It is reversed, and nothing posted instead.",
});
export type DisputeOutcome = keyof typeof DisputeOutcome;
export const EvidenceKind = closed("EvidenceKind", "What kind of proof is referred to.", evidenceKinds, {
  PHOTO: "A photograph of the service.",
  SIGN_IN_SHEET: "A sheet on which people signed.",
  AGREEMENT: "A written agreement or consent.",
  MESSAGE: "A message that was sent.",
  LETTER: "A letter of the organisation.",
  LEAVE: "A leave from paid duty, granted for that time.",
  OTHER: "Proof of any other kind.",
});
export type EvidenceKind = keyof typeof EvidenceKind;
export const AccountKind = closed("AccountKind", "What an account is for.", accountKinds, {
  ISSUANCE: "The source of earned credit; what it owes is in circulation.",
  VOLUNTEER: "What a volunteer earned and may spend.",
  RECIPIENT: "What a recipient was given to spend.",
  GROUP: "What a group earned; it may only donate it.",
  PUBLIC_POOL: "Donated credit, for those in need.",
  GOVERNMENT_GRANT: "Funded credit, to be granted to people in need.",
  GRANT_FUNDING: "The source of funded grants.",
  REDEEMED: "Where spent credit ends.",
  OVERFLOW_HONOUR: "Credit over the cap that was left for the roll of honour.",
  CLEARING: "What banks owe each other.",
  POINT_ISSUANCE: "The source of village points.",
  HOUSEHOLD: "A household's village points.",
});
export type AccountKind = keyof typeof AccountKind;
export const AccountUnit = closed("AccountUnit", "What an account counts. Units never mix.", units, {
  MINUTE: "Time credit in whole minutes.",
  VILLAGE_POINT: "Points of a village, never convertible into time.",
});
export type AccountUnit = keyof typeof AccountUnit;
export const EntryKind = closed("EntryKind", "Why a line stands in a statement.", entryKinds, {
  EARN: "Credit for a posted service record.",
  ROUNDING: "What keeps credit at what the remaining records give.",
  HOLD: "Minutes were set aside; the balance is as it was.",
  SETTLE: "Minutes set aside were spent.",
  RELEASE: "Minutes set aside are free again.",
  REVERSAL: "An earlier line was taken back exactly.",
  GIFT: "Credit was given to a relative.",
  DONATE: "Credit was given to the public pool.",
  GRANT: "Granted credit was given to somebody in need.",
  FUND: "A grant account was funded.",
  OVERFLOW: "Credit over the cap went to the pool or the roll of honour.",
  CLEARING: "Credit moved between banks, or to the account of the registration into which another was merged.",
});
export type EntryKind = keyof typeof EntryKind;
export const OrganizationKind = closed("OrganizationKind", "What an organisation is.", organizationKinds, {
  SOCIAL_WORK_STATION: "A town's or street's station of social work (社工站).",
  SOCIAL_WORK_AGENCY: "An agency of professional social work.",
  VOLUNTEER_ORGANIZATION: "A non-profit whose purpose is volunteering.",
  VOLUNTEER_TEAM: "A team of volunteers, not registered by itself.",
  ASSOCIATION: "A social association (社会团体).",
  SOCIAL_SERVICE_ORG: "A social-service organisation (社会服务机构).",
  FOUNDATION: "A foundation under the Charity Law.",
  SERVICE_PLATFORM: "A platform that serves other organisations; it is rated by stars.",
  PARTY_SERVICE_CENTER: "A party and mass service centre (党群服务中心).",
  CHARITY_BASE: "A base for charity work.",
  HOME_CARE_CENTER: "A centre of care at home, where credit is redeemed.",
  GOVERNMENT_OFFICE: "An office of the government.",
});
export type OrganizationKind = keyof typeof OrganizationKind;
export const OrganizationState = closed("OrganizationState", "Where an organisation stands.", organizationStates, {
  PENDING: "It waits to be approved.",
  ACTIVE: "It may record services.",
  SUSPENDED: "Nothing begins there for now; what was begun may end.",
  DISSOLVED: "It is no more; its records stay.",
});
export type OrganizationState = keyof typeof OrganizationState;
const organizationAdvances = {
  SUSPEND: "Its staff begin nothing there for now.",
  RESUME: "It is at work again.",
  DISSOLVE: "It is no more; its records stay.",
};
export const OrganizationAction = closed(
  "OrganizationAction",
  "What an officer does about whether an organisation is at work.",
  organizationActions,
  organizationAdvances,
);
export type OrganizationAction = keyof typeof OrganizationAction;
export const OrganizationStepAction = closed(
  "OrganizationStepAction",
  "A step of an organisation after its registration.",
  organizationStepActions,
  { REVISE: "Its name, its code or its filing changed.", ...organizationAdvances },
);
export type OrganizationStepAction = keyof typeof OrganizationStepAction;
export const FindingKind = closed("FindingKind", "What kind of finding it is.", findingKinds, {
  ANNUAL_CHECK: "The result of a yearly check, about one year.",
  PENALTY: "An administrative penalty; open until it is executed.",
  INVESTIGATION: "An authority is looking into it; open until it is closed.",
});
export type FindingKind = keyof typeof FindingKind;
export const AnnualCheckResult = closed("AnnualCheckResult", "How a yearly check came out.", checkResults, {
  QUALIFIED: "It passed the yearly check.",
  BASICALLY_QUALIFIED: "It passed, with things to mend.",
  FAILED: "It did not pass the check.",
  MISSED: "It did not take part in the check.",
});
export type AnnualCheckResult = keyof typeof AnnualCheckResult;
export const OrderDirection = closed(
  "OrderDirection",
  "In which direction a list is ordered.",
  ["ASC", "DESC"] as const,
  {
    ASC: "The smallest, the earliest, or the first by name stands first.",
    DESC: "The largest, the latest, or the last by name stands first.",
  },
);
export type OrderDirection = keyof typeof OrderDirection;
export const OrganizationOrder = closed(
  "OrganizationOrder",
  "How a list of organisations is ordered.",
  ["NAME"] as const,
  {
    NAME: "By name; from the first where no direction is said.",
  },
);
export type OrganizationOrder = keyof typeof OrganizationOrder;
export const FilingStatus = closed("FilingStatus", "Whether an organisation is registered or filed.", filingStatuses, {
  REGISTERED: "It is registered as a legal person.",
  FILED: "It is filed with the town, not registered.",
  UNREGISTERED: "It is neither registered nor filed.",
});
export type FilingStatus = keyof typeof FilingStatus;
export const SocialWorkLevel = closed("SocialWorkLevel", "How far a social worker is certified.", socialWorkLevels, {
  ASSISTANT: "An assistant social worker, by examination.",
  INTERMEDIATE: "A social worker, by examination.",
  SENIOR: "A senior social worker, by examination and review.",
});
export type SocialWorkLevel = keyof typeof SocialWorkLevel;
export const CommunityPostKind = closed("CommunityPostKind", "A paid post of a community worker.", communityPosts, {
  CHIEF: "The first post of a community.",
  DEPUTY: "The deputy of the first post.",
  GENERAL: "Any other post of a community.",
});
export type CommunityPostKind = keyof typeof CommunityPostKind;
export const OrganizationMark = closed(
  "OrganizationMark",
  "A mark that the office gives, and counts.",
  organizationMarks,
  {
    DEMONSTRATION_CENTER: "A demonstration centre of party services for social organisations (示范型).",
    KEY_SUPPORT: "A social-work agency that the office supports in the year of the mark (重点培育).",
  },
);
export type OrganizationMark = keyof typeof OrganizationMark;
export const HeadState = closed("HeadState", "Where the head of an organisation stands.", headStates, {
  PROPOSED: "The organisation wants them; the supervising unit looks.",
  APPROVED: "The supervising unit has approved them.",
  REFUSED: "The supervising unit has refused them.",
  ENDED: "They are not head any more, or were not to be.",
});
export type HeadState = keyof typeof HeadState;
export const HeadDecision = closed("HeadDecision", "A step about the head of an organisation.", headDecisions, {
  APPROVE: "The supervising unit agrees to them.",
  REFUSE: "The supervising unit does not agree, with a reason.",
  END: "They are not head any more, with a reason.",
});
export type HeadDecision = keyof typeof HeadDecision;
export const ClockKind = closed("ClockKind", "What has to be done by a date.", clockKinds, {
  RECORD_DEADLINE: "A service is to be recorded within ten working days.",
  RATING_NOTICE: "A rating's notice runs; then it is to be confirmed.",
  CREDIT_ANSWER: "The subject of a credit record may answer its notice.",
  CREDIT_DECISION: "An objection to a credit record is to be decided.",
  CREDIT_REPAIR: "The repair of a credit record is to be decided.",
  FUNDRAISING_DISCLOSURE: "A fundraising is to be disclosed to the public.",
  VISIT_MONTH: "Some on a station's list have not had the visit that they are owed.",
  DISPUTE_DECISION: "An objection to a record is to be decided.",
  PLAQUE_RETURN: "A house whose grade was taken returns its plaque.",
});
export type ClockKind = keyof typeof ClockKind;
export const ClockState = closed("ClockState", "Where a clock stands today.", clockStates, {
  RUNNING: "There is time left for it.",
  DUE: "Its last day is near, or today.",
  OVERDUE: "Its last day has passed already.",
  MET: "It was done; no list shows it.",
});
export type ClockState = keyof typeof ClockState;
export const PointBand = closed("PointBand", "In which band a household's points are.", pointBands, {
  HIGH: "From 90 points, by the rule in force.",
  MIDDLE: "From 80 points, by the rule in force.",
  LOW: "Fewer points than that.",
});
export type PointBand = keyof typeof PointBand;
export const RecipientCategory = closed(
  "RecipientCategory",
  "Why somebody is on the list of those to be visited.",
  recipientCategories,
  {
    HARDSHIP_FAMILY: "A family in hardship.",
    SEVERE_DISABILITY: "A person who is severely disabled.",
    SEVERE_ILLNESS: "A person who is severely ill.",
    ADVANCED_AGE: "An elder of advanced age.",
    EMPTY_NEST: "An elder whose children live elsewhere.",
    LIVING_ALONE: "An elder who lives alone.",
    CHILDLESS_ELDER: "An elder without children.",
    CHILD_IN_DIFFICULTY: "A child in difficulty.",
    ORPHAN_OR_DISABLED_CHILD: "An orphan, or a disabled child.",
  },
);
export type RecipientCategory = keyof typeof RecipientCategory;
export const VisitMode = closed("VisitMode", "How a visit is made.", visitModes, {
  HOME: "It is made at their home.",
  PHONE: "It is made by telephone.",
  VIDEO: "It is made by video.",
  REMOTE_SENSOR: "A sensor was looked at from afar.",
});
export type VisitMode = keyof typeof VisitMode;
export const RecipientListingEnding = closed(
  "RecipientListingEnding",
  "How a span on the list ended.",
  [...listingEndings, "DECEASED"] as const,
  {
    UNLISTED: "They were taken off the list.",
    MOVED: "They moved to another division, whose list goes on.",
    MERGED: "The registration was merged into another one of theirs, whose list goes on, or parted from it.",
    DECEASED: "A visit found that they had died.",
  },
);
export type RecipientListingEnding = keyof typeof RecipientListingEnding;
export const VisitResult = closed("VisitResult", "What came of a visit.", visitResults, {
  MET: "They were met; this counts.",
  NOT_HOME: "Nobody was at home.",
  REFUSED: "They would not be visited.",
  MOVED: "They had moved away.",
  HOSPITALISED: "They were in hospital.",
  DECEASED: "They had died before it.",
  NEED_RAISED: "They were met and need something; this counts.",
});
export type VisitResult = keyof typeof VisitResult;
export const Visitor = closed("Visitor", "Who makes a visit.", visitors, {
  CADRE: "A cadre of the village or the community, on paid duty.",
  GRID_WORKER: "A grid worker, on paid duty.",
  SOCIAL_WORKER: "A social worker, on paid duty.",
  VOLUNTEER: "A volunteer, who earns credit for it.",
});
export type Visitor = keyof typeof Visitor;
export const VisitObligationState = closed(
  "VisitObligationState",
  "Where a visit that is owed stands today.",
  obligationStates,
  {
    PLANNED: "Its first day has not come.",
    DUE: "It can be made now.",
    MET: "They were visited in its days.",
    OVERDUE: "Its last day has passed without a visit.",
    ESCALATED: "It was missed some working days ago; it is the office's now.",
  },
);
export type VisitObligationState = keyof typeof VisitObligationState;
export const DivisionKind = closed("DivisionKind", "What an administrative division is.", divisionKinds, {
  COUNTY_CITY: "A city at county level.",
  TOWN: "A town of the county.",
  TOWNSHIP: "A township of the county.",
  SUBDISTRICT: "A street office of the city.",
  VILLAGE: "A village of a town.",
  COMMUNITY: "A community of a street.",
  GRID: "The smallest area, looked after by one person.",
});
export type DivisionKind = keyof typeof DivisionKind;
export const VolunteerState = closed("VolunteerState", "Where a volunteer's registration stands.", volunteerStates, {
  REGISTERED: "They registered themselves and wait for a station.",
  REAL_NAME_PENDING: "Their real name is being checked.",
  ACTIVE: "They may serve and be recorded.",
  SUSPENDED: "They may not serve for now.",
  WITHDRAWN: "They left; their records stay.",
  MERGED: "They were found to be another volunteer, and merged.",
  DECEASED: "They have died; their account is frozen.",
});
export type VolunteerState = keyof typeof VolunteerState;
const volunteerSteps = {
  ACTIVATE: "A station vouches for them.",
  SUSPEND: "They may not serve for now.",
  RESTORE: "They may serve again: after a suspension, as RETURN after they left, as UNDO_DEATH after a death.",
  WITHDRAW: "They leave the scheme.",
  RETURN: "They come back to the station that they left, with a fresh consent.",
  RECORD_DEATH: "Their death is recorded.",
  UNDO_DEATH: "A death that was recorded by mistake is taken back, to the state before it; officers only.",
};
export const VolunteerAction = closed(
  "VolunteerAction",
  "A step of a volunteer's registration.",
  volunteerActions,
  volunteerSteps,
);
export type VolunteerAction = keyof typeof VolunteerAction;
export const VolunteerStepAction = closed(
  "VolunteerStepAction",
  "A step that was taken with a volunteer's registration.",
  volunteerStepActions,
  {
    ...volunteerSteps,
    REVISE: "Something about them was corrected.",
    SEPARATE: "Two people who were taken for one were parted: the registration belongs to its own person again.",
    TAKE_OVER: "A second registration of the same person was merged into it.",
    MERGE: "It was merged into an earlier registration of the same person.",
  },
);
export type VolunteerStepAction = keyof typeof VolunteerStepAction;
export const PapersHolder = closed(
  "PapersHolder",
  "Which of two persons who are parted has the ID number that both would have.",
  papersHolders,
  {
    KEPT: "The person who stays.",
    SEPARATED: "The person who goes.",
    NEITHER: "Neither: it was wrong, or nobody knows whose it is.",
  },
);
export type PapersHolder = keyof typeof PapersHolder;
export const CapacityAction = closed(
  "CapacityAction",
  "A step that was taken with a recipient or a social worker after the registration.",
  capacityActions,
  {
    REGISTER: "A social worker was registered for a next term, at another organisation, or at a higher level.",
    REVISE: "Something about them changed, or was corrected.",
    LIST: "A recipient was put back on the list.",
    UNLIST: "A recipient was taken off the list.",
    SEPARATE: "Two people who were taken for one were parted: it belongs to its own person again.",
    TAKE_OVER: "It was given to the same person under another id, or took over a second registration.",
    MERGE: "It was a second registration of the same person, and was merged into the other.",
  },
);
export type CapacityAction = keyof typeof CapacityAction;
export const IdKind = closed("IdKind", "Which papers a number is of.", idKinds, {
  RESIDENT_ID: "A resident identity card, or a residence permit for people of Hong Kong, Macao or Taiwan: 18 signs.",
  HK_MACAO_PERMIT: "A mainland travel permit for people of Hong Kong or Macao: H or M and 8 digits.",
  TAIWAN_PERMIT: "A mainland travel permit for people of Taiwan: 8 digits.",
  PASSPORT: "A passport, of any country.",
  PERMANENT_RESIDENCE:
    "A foreigner's permanent residence card: 18 signs that begin with 9, or 3 letters and 12 digits.",
});
export type IdKind = keyof typeof IdKind;
const heldAs = {
  VOLUNTEER: "A volunteer acting for themselves.",
  GUARDIAN: "A guardian acting for a minor.",
  RECIPIENT: "Somebody whom services are for.",
  FAMILY_PROXY: "A relative acting for a recipient.",
  ACTIVITY_LEAD: "Whoever leads an organisation's activities.",
  ORGANIZATION_ADMIN: "Whoever runs an organisation and grants its roles.",
  STATION_WORKER: "A station's worker, who registers people and logs hours.",
  STATION_SUPERVISOR: "A station's head, who confirms, decides objections and reverses.",
  OFFICER: "An officer of the civil-affairs office, for a division or the whole bank.",
  ASSESSOR: "An expert who assesses organisations.",
  REVIEWER: "A member of the committee that reviews assessments.",
  AUDITOR: "Somebody who may read everything and change nothing.",
};
export const RoleEnum = closed("Role", "What a person may be granted to act as.", roles, heldAs);
export type RoleEnum = keyof typeof RoleEnum;
export const ActorKindEnum = closed("ActorKind", "As what somebody acted.", actorKinds, {
  ...heldAs,
  PUBLIC: "Anybody, without having signed in.",
  SYSTEM: "The bank itself, by its clock or its operator.",
});
export type ActorKindEnum = keyof typeof ActorKindEnum;
export const PolicyStatus = closed("PolicyStatus", "How well a policy's number is sourced.", policyStatuses, {
  CITED: "From the source cited.",
  MEMORY: "Known, its source not read.",
  OURS: "This bank's own choice.",
});
export type PolicyStatus = keyof typeof PolicyStatus;
export const ServiceRecordOrder = closed(
  "ServiceRecordOrder",
  "How a list of records is ordered.",
  ["DEADLINE", "STARTED_AT", "RECORDED_AT"] as const,
  {
    DEADLINE: "By the statutory day; the earliest first where no direction is said.",
    STARTED_AT: "By the service's beginning; the latest first where no direction is said.",
    RECORDED_AT: "By when it was recorded; the latest first where no direction is said.",
  },
);
export type ServiceRecordOrder = keyof typeof ServiceRecordOrder;

export const ActivityState = closed("ActivityState", "Where an activity stands.", activityStates, {
  DRAFT: "It is being written, and seen by its own house alone.",
  UNDER_REVIEW: "Somebody who did not write it looks at it.",
  PUBLISHED: "It is announced, and takes sign-ups.",
  POSTPONED: "It waits for new times; whoever signed up was told.",
  ONGOING: "It has begun, and people check in.",
  ENDED: "It is over, and nobody came.",
  RECORDING: "It is over; outcomes and records are being settled.",
  CLOSED: "It is over, and everything is settled.",
  CANCELLED: "It was called off; whoever signed up was told.",
});
export type ActivityState = keyof typeof ActivityState;
export const ActivityAction = closed("ActivityAction", "A step of an activity.", activityActions, {
  SUBMIT: "It is handed in to be reviewed; by the organisation's admin or a supervisor.",
  PUBLISH: "It is announced; by a reviewer who did not write it.",
  RETURN: "It goes back to be changed; a published one only while nobody has signed up.",
  START: "It begins; the first check-in does the same.",
  END: "It is over; who did not come is noted.",
  CLOSE: "Everything is settled; refused while something is not.",
  POSTPONE: "It is put off, and gets new times; whoever signed up is told.",
  CANCEL: "It is called off; whoever signed up is told.",
});
export type ActivityAction = keyof typeof ActivityAction;
export const ActivityStepAction = closed(
  "ActivityStepAction",
  "A step in an activity's history.",
  activityStepActions,
  {
    CREATE: "It was written for the first time.",
    EDIT: "It was changed, as a draft or with new times.",
    DROP_SHIFT: "One of its shifts was called off.",
    SUBMIT: "It was handed in to be reviewed.",
    PUBLISH: "It was announced by a reviewer.",
    RETURN: "It was given back to be changed.",
    START: "It began, by its lead or the first check-in.",
    END: "It was over, by its lead or the clock.",
    RECORD: "Settling outcomes and records began by itself.",
    CLOSE: "Everything about it was settled.",
    POSTPONE: "It was put off to other times.",
    CANCEL: "It was called off for good.",
  },
);
export type ActivityStepAction = keyof typeof ActivityStepAction;
export const SignUpState = closed("SignUpState", "Where a sign-up stands.", signUpStates, {
  PENDING_GUARDIAN: "A minor's guardian is asked first.",
  ACCEPTED: "It holds a place of its shift.",
  WAITLISTED: "It waits for a place, and moves up by itself.",
  WITHDRAWN: "It was taken back, or the activity was called off.",
  CHECKED_IN: "The volunteer is there now.",
  COMPLETED: "The volunteer was there, and left.",
  NO_SHOW: "The volunteer did not come.",
  EXCUSED: "The volunteer did not come, with a good reason.",
});
export type SignUpState = keyof typeof SignUpState;
export const SignUpAction = closed("SignUpAction", "A step of a sign-up.", signUpActions, {
  APPLY: "Somebody signed up for the shift.",
  CONSENT: "A guardian agreed to it.",
  DECLINE: "A guardian did not agree.",
  MOVE_UP: "A place came free for whoever waited longest.",
  WITHDRAW: "It was taken back by the volunteer or the lead.",
  CANCEL: "The activity was called off or is over.",
  POSTPONE: "The activity was put off to other times.",
  RESCHEDULE: "The new times were announced; who cannot is let go.",
  CHECK_IN: "The volunteer checked in there.",
  CHECK_OUT: "The volunteer checked out again.",
  REOPEN: "A check-out pressed by mistake was taken back.",
  MISS: "The shift was over, and nobody had come.",
  RESOLVE: "The lead said what had happened.",
});
export type SignUpAction = keyof typeof SignUpAction;
export const RevisionAction = closed("RevisionAction", "A step of a campaign or a household.", revisionActions, {
  REVISE: "Something of it was changed: `fields` says what.",
  SPLIT: "Some of the household became a household of its own.",
});
export type RevisionAction = keyof typeof RevisionAction;
export const SignUpOutcome = closed("SignUpOutcome", "What a lead says had happened.", signUpOutcomes, {
  COMPLETED: "The volunteer was there until the time given.",
  NO_SHOW: "The volunteer did not come.",
  EXCUSED: "The volunteer did not come, with a good reason.",
});
export type SignUpOutcome = keyof typeof SignUpOutcome;
export const CheckInMethod = closed("CheckInMethod", "How somebody was checked in.", checkInMethods, {
  CODE: "By scanning the code on the screen.",
  DIGITS: "By typing the six digits on the screen.",
  KIOSK: "By number, at the venue's own device.",
  LEAD: "Ticked off by the lead's hand.",
});
export type CheckInMethod = keyof typeof CheckInMethod;
export const PlaceVerdict = closed("PlaceVerdict", "What is kept of a position: never the place.", placeVerdicts, {
  NOT_ASKED: "The shift asks for no position.",
  NOT_GIVEN: "The volunteer did not give one.",
  WITHIN: "It lay within the shift's radius.",
});
export type PlaceVerdict = keyof typeof PlaceVerdict;
export const AttendanceOutcome = closed("AttendanceOutcome", "What came of an attendance.", attendanceOutcomes, {
  OPEN: "The volunteer has not checked out yet.",
  RECORDED: "It became a service record.",
  TOO_SHORT: "Too little of the shift was attended for a record.",
  MISSING_RECORD: "The hours clash with another record; the lead has to look.",
  DISCARDED: "The lead found that it had not been one.",
});
export type AttendanceOutcome = keyof typeof AttendanceOutcome;
export const SignalKind = closed("SignalKind", "Why an attendance is worth a look; never a penalty.", signalKinds, {
  SAME_DEVICE: "More than a family checked in on one device.",
  MANY_AT_ONCE: "Many checked in within the same second.",
  SENT_LATE: "They were sent later than they happened.",
  PLACE_NOT_GIVEN: "The position that was asked for was not given.",
  TICKED_BY_HAND: "They were ticked off by the lead, or typed at the kiosk.",
  MISSED_MANY: "Most of those who had signed up did not come.",
});
export type SignalKind = keyof typeof SignalKind;
export const DisclosureState = closed("DisclosureState", "Where a fundraising's disclosure stands.", disclosureStates, {
  NOT_DUE: "There is nothing to disclose yet.",
  DUE: "It is to be disclosed by the day given.",
  DISCLOSED: "Its final accounts are public, and came in time.",
  DISCLOSED_LATE: "Its final accounts are public, and came after their last day.",
  OVERDUE: "The day has passed without a disclosure.",
});
export type DisclosureState = keyof typeof DisclosureState;
export const CampaignOrganizationOrder = closed(
  "CampaignOrganizationOrder",
  "How a campaign's organisations are ordered.",
  ["SERVICE_MINUTES", "NAME"] as const,
  {
    SERVICE_MINUTES: "By minutes of service; the most first where no direction is said.",
    NAME: "By name; from the first where no direction is said.",
  },
);
export type CampaignOrganizationOrder = keyof typeof CampaignOrganizationOrder;
export const NoticeKind = closed("NoticeKind", "What a notice is about.", noticeKinds, {
  ACTIVITY: "Something happened to one of your sign-ups.",
  GUARDIAN_CONSENT_ASKED: "A minor whom you answer for wants to take part.",
  CREDIT_RECORD: "Somebody took a step with a credit record about you.",
  RATING: "An officer took a step to bring a rating of your organisation down.",
  IDENTITY: "A way to sign in became yours, or ended.",
  REGISTRATION: "Somebody took a step with your registration as a volunteer, or corrected it.",
  TIE: "Another person noted that you let an organisation see you, or that you do not.",
  RECORD_LOGGED: "An organisation recorded a service of yours, or of a minor's whom you answer for.",
  ROLE: "Another person ended a role of yours.",
  POST: "Another person ended a paid post of yours.",
  GUARDIANSHIP: "Another person ended a guardianship of which you were the guardian or the minor.",
});
export type NoticeKind = keyof typeof NoticeKind;
export const IdentityLinkKind = closed(
  "IdentityLinkKind",
  "By what a way to sign in became somebody's.",
  identityLinkKinds,
  {
    CODE: "The person typed a one-time code of an invitation.",
    CLAIM: "The issuer vouched for a real name and a number that a station had seen.",
    PAPERS: "A supervisor or an officer had seen the papers.",
    SELF: "The person registered themselves with it.",
    OPERATOR: "The operator linked it on the machine that holds the keys.",
  },
);
export type IdentityLinkKind = keyof typeof IdentityLinkKind;

export const InvitationState = closed("InvitationState", "How an invitation stands.", invitationStates, {
  OPEN: "Its code waits to be used.",
  ACCEPTED: "Its code was used.",
  EXPIRED: "Its time is over, and nobody used it.",
  REVOKED: "It was taken back, or another took its place.",
});
export type InvitationState = keyof typeof InvitationState;
export const InviteeKind = closed("InviteeKind", "As what somebody is invited.", inviteeKinds, {
  VOLUNTEER: "A volunteer, whom the station registered.",
  STAFF: "A person with a role at the organisation.",
  GUARDIAN: "The guardian of a minor.",
});
export type InviteeKind = keyof typeof InviteeKind;

export const IndicatorUnit = closed("IndicatorUnit", "In what an indicator is told.", indicatorUnits, {
  COUNT: "A whole number of things.",
  RATIO: "A share, 1 for all of them.",
  MINUTES: "Whole minutes of service.",
  PER_TEN_THOUSAND: "How many for every ten thousand people.",
});
export type IndicatorUnit = keyof typeof IndicatorUnit;
export const SpotCheckReason = closed("SpotCheckReason", "Why a record is in a sample.", spotCheckReasons, {
  RANDOM: "The draw took it, by its rank.",
  LONG_DAY: "The volunteer's day has more minutes than two people must confirm.",
  BACKFILLED: "It was entered late, with evidence.",
  ROUND_NUMBERS: "All that was entered of the volunteer's month is on the hour.",
  SAME_CONFIRMER: "One person confirmed nearly all of the organisation's month.",
  BURST: "Many of the organisation's records begin and end alike.",
  SAME_DEVICE: "More than a family checked in on one device.",
  IMPOSSIBLE_TRAVEL: "The volunteer served in two towns with no time for the way.",
  OWN_PEOPLE: "The volunteer was on the organisation's own staff.",
});
export type SpotCheckReason = keyof typeof SpotCheckReason;
export const SpotCheckState = closed("SpotCheckState", "Where a spot check stands.", spotCheckStates, {
  EVIDENCE_REQUESTED: "The organisation was asked for evidence.",
  PASSED: "It was found to be as recorded.",
  FAILED: "It was found not to be as recorded.",
  PUBLISHED: "What was found is public, as a number.",
});
export type SpotCheckState = keyof typeof SpotCheckState;
export const RatingInstrument = closed("RatingInstrument", "By what an organisation is rated.", ratingInstruments, {
  PLATFORM_STAR: "The county's stars for platforms, counted from the ledger.",
  EVALUATION_GRADE: "The national evaluation, 5A to 1A.",
});
export type RatingInstrument = keyof typeof RatingInstrument;
export const RatingState = closed("RatingState", "Where a rating stands.", ratingStates, {
  CALL_PUBLISHED: "The call is out; nobody has applied.",
  APPLIED: "The organisation has applied for it.",
  ELIGIBILITY_CHECKED: "Nothing stands against it.",
  SITE_VISIT: "Assessors visit it and give points.",
  PRELIMINARY: "The score is known; the committee votes.",
  COMMITTEE_VOTED: "The committee has begun to vote.",
  PUBLIC_NOTICE: "The result is out for everybody to object.",
  REVIEW_REQUESTED: "The organisation wants it looked at again.",
  REVIEWED: "A reviewer has looked at it again.",
  CONFIRMED: "It was confirmed by an officer.",
  VALID: "It holds until its last day.",
  REAPPLY_OPEN: "It holds, and one may apply for the next.",
  EXPIRED: "Its term is over, or a later one took its place.",
  DOWNGRADED: "It was brought down and holds at a lower level.",
  REVOKED: "It was taken away for good.",
  INELIGIBLE: "No level was given; this is final.",
  WITHDRAWN: "The organisation took its application back.",
});
export type RatingState = keyof typeof RatingState;
export const RatingRoundState = closed("RatingRoundState", "Where a round stands today.", roundStates, {
  ANNOUNCED: "It is announced and opens later.",
  OPEN: "Organisations may apply for it.",
  CLOSED: "Applications are being worked on.",
  CONCLUDED: "All applications have come to an end.",
});
export type RatingRoundState = keyof typeof RatingRoundState;
const ratingSteps = {
  CHECK_ELIGIBILITY: "See whether anything stands against it.",
  SITE_VISIT: "Assessors go and see; evaluations alone.",
  PRELIMINARY: "Count the score, and the level that it reaches.",
  PUBLISH_NOTICE: "Publish what the committee voted for.",
  REVIEW: "A reviewer says what they think of the organisation's request; the last of them decides.",
  CONFIRM: "After the notice an officer makes it valid.",
  FILE_UP: "A grade of 4A or 5A was filed with the authority above.",
  RETURN_PLAQUE: "The plaque of a grade that was taken came back.",
};
const recusals = {
  GRANT_RECUSAL: "The member leaves the case, and stays out.",
  REFUSE_RECUSAL: "The member stays; the reason is given.",
};
export const RatingAction = closed("RatingAction", "How an application is moved on.", ratingActions, ratingSteps);
export type RatingAction = keyof typeof RatingAction;
export const RecusalDecision = closed(
  "RecusalDecision",
  "What the office says to a house that wants a member out of its case.",
  recusalDecisions,
  recusals,
);
export type RecusalDecision = keyof typeof RecusalDecision;
export const RatingStepAction = closed(
  "RatingStepAction",
  "A step of an application, whoever takes it.",
  ratingStepActions,
  {
    APPLY: "The organisation applies to be rated.",
    ...ratingSteps,
    SCORE: "An assessor gives points for all parts.",
    VOTE: "A member of the committee votes.",
    SUPPLY_EVIDENCE: "The organisation lays papers before its judges.",
    REQUEST_RECUSAL: "The organisation wants a member out of its case.",
    ...recusals,
    REQUEST_REVIEW: "The organisation asks to look again.",
    WITHDRAW: "The organisation takes its application back.",
    DOWNGRADE: "The rating is brought down, by the second of two officers.",
    REVOKE: "The rating is taken away, by the second of two officers.",
    SUPERSEDE: "A later rating took its place.",
  },
);
export type RatingStepAction = keyof typeof RatingStepAction;
export const DowngradeState = closed(
  "DowngradeState",
  "Where a proposal to bring a rating down stands.",
  downgradeStates,
  {
    PROPOSED: "One officer proposes it; the rating holds as before, and the organisation may answer.",
    TAKEN: "A second officer took it: the rating was brought down, or taken away.",
    DROPPED: "It was let go; the rating holds as before.",
  },
);
export type DowngradeState = keyof typeof DowngradeState;
export const DowngradeAction = closed(
  "DowngradeAction",
  "A step of a proposal to bring a rating down.",
  downgradeActions,
  {
    PROPOSE: "An officer proposes it, with the ground.",
    ANSWER: "The organisation answers it.",
    TAKE: "Another officer takes it.",
    DROP: "An officer lets it go.",
  },
);
export type DowngradeAction = keyof typeof DowngradeAction;
export const DepartedVotes = closed(
  "DepartedVotes",
  "Whether the vote of a member counts who has left the committee since; policy rating.departedVotes.",
  departedVotes,
  {
    KEEP: "The vote stays and counts.",
    LOSE: "The vote no longer counts; somebody else may have the seat.",
  },
);
export type DepartedVotes = keyof typeof DepartedVotes;
export const VoteChoice = closed("VoteChoice", "How a member votes.", voteChoices, {
  IN_FAVOUR: "They are for the level named.",
  AGAINST: "They are against any level.",
  ABSTAIN: "They do not want to say.",
  RECUSE: "They have an interest, and leave.",
});
export type VoteChoice = keyof typeof VoteChoice;
const creditSteps = {
  NOTIFY: "The subject is told, with the reasons, and may answer.",
  DISMISS: "Nothing of it was found; it is let go.",
  CONFIRM: "It was found to be so: the first proposes, another makes it stand.",
  EXTEND: "The decision on an objection takes longer; once.",
  UPHOLD: "The objection was heard, and the record stays.",
  CORRECT: "The objection was heard, and the reason says what is corrected.",
  REMOVE: "The objection was heard, and the record goes.",
  REPAIR: "The subject has made good; the record is noted as repaired.",
  REFUSE_REPAIR: "The subject has not made good yet.",
  REFER: "It is handed on to the competent authority.",
  NOTE_OUTCOME: "What the competent authority decided is noted.",
};
export const CreditRecordKind = closed("CreditRecordKind", "What a credit record says.", creditRecordKinds, {
  TRUSTWORTHY: "It speaks for its subject.",
  ADVERSE: "It speaks against its subject.",
});
export type CreditRecordKind = keyof typeof CreditRecordKind;
export const CreditAction = closed(
  "CreditAction",
  "What the recording unit or the office does about a record.",
  creditActions,
  creditSteps,
);
export type CreditAction = keyof typeof CreditAction;
export const CreditRecordEventAction = closed(
  "CreditRecordEventAction",
  "Which step of a credit record it was.",
  creditRecordActions,
  {
    ...creditSteps,
    OPEN: "Somebody recorded what they observed.",
    ANSWER: "The subject answered the notice.",
    OBJECT: "The subject objected; it is flagged at once.",
    APPLY_FOR_REPAIR: "The subject says that they have made good.",
    EXPIRE: "It has had its time.",
    ERASE: "Its key was destroyed: nothing of it can be read.",
    MOVE: "It went to the registration into which its subject's was merged.",
  },
);
export type CreditRecordEventAction = keyof typeof CreditRecordEventAction;
export const CreditRecordState = closed("CreditRecordState", "Where a credit record stands.", creditRecordStates, {
  OBSERVED: "Somebody saw something; the subject was not told yet.",
  PROPOSED: "Something good waits to be confirmed.",
  NOTICE_SENT: "The subject was told, and may answer.",
  DISMISSED: "Nothing of it was found; it goes soon.",
  CONFIRMED: "It was proposed, and waits for an officer.",
  ACTIVE: "It was found to be so, and stands.",
  OBJECTED: "It stands, flagged: the subject objects.",
  UPHELD: "It stands, after an objection was heard.",
  CORRECTED: "It stands as corrected after an objection.",
  REMOVED: "An objection was right; it goes soon.",
  REPAIR_APPLIED: "It stands; the subject asks for repair.",
  REPAIRED: "The subject has made good; nobody goes by it.",
  REPAIR_REFUSED: "It stands; a repair was refused.",
  REFERRED: "The competent authority has it now.",
  EXPIRED: "It has had its time; its key goes at once.",
  ERASED: "Nothing of it can be read any more.",
});
export type CreditRecordState = keyof typeof CreditRecordState;

/** Codes that clients name and later work brings; listed so that a client's switch compiles today. */
const announced = {
  GIFT_RELATION_NOT_ALLOWED: "Credit may not be given to this relative.",
  GIFT_CAP: "More was given this year than may be.",
  NO_CLAIM: "There is nothing to claim under this rule.",
};
const codes = [...refusalCodes, ...Object.keys(announced)];
export const UserErrorCode = closed("UserErrorCode", "Why a request was refused.", codes, {
  ...Object.fromEntries(Object.entries(refusals).map(([code, text]) => [code, text.en])),
  ...announced,
});
export type UserErrorCode = keyof typeof UserErrorCode;

export const TieKind = closed("TieKind", "By what an organisation sees a volunteer.", tieKinds, {
  REGISTERED: "It registered the volunteer, or activated the registration.",
  ALLOWED: "The volunteer, a guardian, or the station that registered them allowed it.",
  SIGNED_UP: "The volunteer signed up for an activity of it, or checked in there; it sees the name alone.",
  SUBMITTED: "The volunteer handed in a service for it; it sees the name alone.",
});
export type TieKind = keyof typeof TieKind;
