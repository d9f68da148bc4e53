import { recordActions, recordOrigins, recordStates } from "../../domain/facts/hours";
import { disputeOutcomes, evidenceKinds } from "../../domain/hours";
import { closed } from "../kit/enums";

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
