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
