import { signalKinds } from "../../domain/activities/attendance";
import { disclosureStates } from "../../domain/activities/fundraising";
import { signUpOutcomes } from "../../domain/activities/signups";
import {
  activityActions,
  activityStates,
  activityStepActions,
  attendanceOutcomes,
  checkInMethods,
  placeVerdicts,
  signUpActions,
  signUpStates,
} from "../../domain/facts/activities";
import { closed } from "../kit/enums";

export const ActivityState = closed("ActivityState", "The state in which an activity is.", activityStates, {
  DRAFT: "The activity is being written; only its own organisation sees it.",
  UNDER_REVIEW: "A reviewer who did not write the activity looks at it.",
  PUBLISHED: "The activity is announced, and takes sign-ups.",
  POSTPONED: "The activity waits for new times; everybody who signed up was notified.",
  ONGOING: "The activity has begun, and volunteers check in.",
  ENDED: "The activity is over, and nobody came.",
  RECORDING: "The activity is over; outcomes and service records are being settled.",
  CLOSED: "The activity is over, and everything is settled.",
  CANCELLED: "The activity was called off; everybody who signed up was notified.",
});
export type ActivityState = keyof typeof ActivityState;

export const ActivityAction = closed(
  "ActivityAction",
  "A step that a person takes with an activity.",
  activityActions,
  {
    SUBMIT: "Hands the draft in to be reviewed. The organisation's admin or a supervisor takes it.",
    PUBLISH: "Announces the activity. A reviewer who did not write it takes this step.",
    RETURN: "Gives the activity back to be changed; a published one only while nobody has signed up.",
    START: "Begins the activity; the first check-in does the same.",
    END: "Ends the activity; volunteers who did not come are noted as no-shows.",
    CLOSE: "Closes the activity; refused while something in it is not settled.",
    POSTPONE: "Puts the activity off; it gets new times, and everybody who signed up is notified.",
    CANCEL: "Calls the activity off; everybody who signed up is notified.",
  },
);
export type ActivityAction = keyof typeof ActivityAction;

export const ActivityStepAction = closed(
  "ActivityStepAction",
  "A step that was taken with an activity, by a person or by the bank.",
  activityStepActions,
  {
    CREATE: "The draft was written for the first time.",
    EDIT: "The draft was changed, or the postponed activity got new times.",
    DROP_SHIFT: "One of the activity's shifts was called off.",
    SUBMIT: "The draft was handed in to be reviewed.",
    PUBLISH: "A reviewer announced the activity.",
    RETURN: "The activity was given back to be changed.",
    START: "The activity began, by its lead or the first check-in.",
    END: "The activity ended, by its lead or the clock.",
    RECORD: "The activity was over, and the settling of outcomes and records began by itself.",
    CLOSE: "The activity was closed; everything in it was settled.",
    POSTPONE: "The activity was put off to other times.",
    CANCEL: "The activity was called off for good.",
  },
);
export type ActivityStepAction = keyof typeof ActivityStepAction;

export const SignUpState = closed("SignUpState", "The state in which a sign-up is.", signUpStates, {
  PENDING_GUARDIAN: "The guardian of the minor is asked first.",
  ACCEPTED: "The sign-up holds a place in the shift.",
  WAITLISTED: "The sign-up waits for a place, and moves up by itself.",
  WITHDRAWN: "The sign-up was taken back, or the activity was called off.",
  CHECKED_IN: "The volunteer is there now.",
  COMPLETED: "The volunteer was there, and left.",
  NO_SHOW: "The volunteer did not come.",
  EXCUSED: "The volunteer did not come, with a good reason.",
});
export type SignUpState = keyof typeof SignUpState;

export const SignUpAction = closed("SignUpAction", "A step that was taken with a sign-up.", signUpActions, {
  APPLY: "The volunteer signed up for the shift.",
  CONSENT: "The guardian agreed to the sign-up.",
  DECLINE: "The guardian did not agree to the sign-up.",
  MOVE_UP: "A place came free, and the sign-up that had waited longest took it.",
  WITHDRAW: "The volunteer or the lead took the sign-up back.",
  CANCEL: "The activity was called off or is over.",
  POSTPONE: "The activity was put off to other times.",
  RESCHEDULE: "The new times were announced; a sign-up whose volunteer cannot come then is dropped.",
  CHECK_IN: "The volunteer checked in there.",
  CHECK_OUT: "The volunteer checked out again.",
  REOPEN: "A check-out pressed by mistake was taken back.",
  MISS: "The shift was over, and the volunteer had not come.",
  RESOLVE: "The lead said what had happened.",
});
export type SignUpAction = keyof typeof SignUpAction;

export const SignUpOutcome = closed(
  "SignUpOutcome",
  "The outcome of a sign-up, as the lead enters it.",
  signUpOutcomes,
  {
    COMPLETED: "The volunteer was there until `endedAt`, or until the check-out.",
    NO_SHOW: "The volunteer did not come.",
    EXCUSED: "The volunteer did not come, with a good reason.",
  },
);
export type SignUpOutcome = keyof typeof SignUpOutcome;

export const CheckInMethod = closed("CheckInMethod", "The way in which a volunteer was checked in.", checkInMethods, {
  CODE: "The volunteer scanned the code on the screen.",
  DIGITS: "The volunteer typed the six digits on the screen.",
  KIOSK: "The volunteer typed their number at the venue's own device.",
  LEAD: "The lead ticked the volunteer off by hand.",
});
export type CheckInMethod = keyof typeof CheckInMethod;

export const PlaceVerdict = closed(
  "PlaceVerdict",
  "The verdict about a position that a phone sent. The position itself is never kept.",
  placeVerdicts,
  {
    NOT_ASKED: "The shift asks for no position.",
    NOT_GIVEN: "The volunteer sent no position.",
    WITHIN: "The position lay within the shift's radius.",
  },
);
export type PlaceVerdict = keyof typeof PlaceVerdict;

export const AttendanceOutcome = closed("AttendanceOutcome", "The result of an attendance.", attendanceOutcomes, {
  OPEN: "The volunteer has not checked out yet.",
  RECORDED: "The attendance became a service record.",
  TOO_SHORT: "Too little of the shift was attended for a record.",
  MISSING_RECORD: "The hours clash with another record; the lead has to look.",
  DISCARDED: "The lead has decided that the volunteer was not there.",
});
export type AttendanceOutcome = keyof typeof AttendanceOutcome;

export const SignalKind = closed(
  "SignalKind",
  "The reason for which attendances are worth a look. It is never a penalty.",
  signalKinds,
  {
    SAME_DEVICE: "More than a family checked in on one device.",
    MANY_AT_ONCE: "Many checked in within the same second.",
    SENT_LATE: "The check-ins were sent later than they happened.",
    PLACE_NOT_GIVEN: "The position that was asked for was not given.",
    TICKED_BY_HAND: "The lead ticked the volunteers off by hand, or they typed their numbers at the kiosk.",
    MISSED_MANY: "Most of those who had signed up did not come.",
  },
);
export type SignalKind = keyof typeof SignalKind;

export const DisclosureState = closed("DisclosureState", "The state of a fundraising's disclosure.", disclosureStates, {
  NOT_DUE: "No disclosure is due yet.",
  DUE: "The next disclosure is to be published by `disclosureDueOn`.",
  DISCLOSED: "The final accounts are public, and came in time.",
  DISCLOSED_LATE: "The final accounts are public, and came after their last day.",
  OVERDUE: "The last day has passed without a disclosure.",
});
export type DisclosureState = keyof typeof DisclosureState;

export const CampaignOrganizationOrder = closed(
  "CampaignOrganizationOrder",
  "The order of a campaign's organisations.",
  ["SERVICE_MINUTES", "NAME"] as const,
  {
    SERVICE_MINUTES:
      "The list is ordered by minutes of service; the largest sum stands first where no direction is given.",
    NAME: "The list is ordered by name; the first name stands first where no direction is given.",
  },
);
export type CampaignOrganizationOrder = keyof typeof CampaignOrganizationOrder;
