import { recordActions, recordOrigins, recordStates } from "../../domain/facts/hours";
import { disputeOutcomes, evidenceKinds } from "../../domain/hours";
import { closed } from "../kit/enums";

export const ServiceRecordState = closed(
  "ServiceRecordState",
  "The state in which a service record is.",
  recordStates,
  {
    DRAFT: "The record is begun, and not submitted yet.",
    SUBMITTED: "The record waits for its last confirmation.",
    RETURNED: "The record waits to be corrected and submitted again.",
    REJECTED: "The record was refused; this is final.",
    VOIDED: "The record was withdrawn before it was posted; this is final.",
    POSTED: "The record stands on the ledger.",
    DISPUTED: "The record stands on the ledger, and a person has objected to it.",
    REVERSED: "The record was taken back by reversal; this is final.",
  },
);
export type ServiceRecordState = keyof typeof ServiceRecordState;

export const RecordOrigin = closed(
  "RecordOrigin",
  "Says how the bank knows of the hours. It is fixed when the record is made, and never changes.",
  recordOrigins,
  {
    CHECKED_IN: "The volunteer checked in and out at an activity.",
    ENTERED: "The hours were logged within the statutory working days.",
    BACKFILLED: "The hours were logged late, with evidence and two confirmations.",
    IMPORTED: "An officer has brought the hours over from another system.",
  },
);
export type RecordOrigin = keyof typeof RecordOrigin;

export const RecordAction = closed(
  "ServiceRecordAction",
  "A step that was taken with a service record, by a person or by the bank.",
  recordActions,
  {
    DRAFT: "The record was begun, to be submitted later.",
    SUBMIT: "The record was submitted for confirmation.",
    CONFIRM: "Another person confirmed the record.",
    RETURN: "The record was given back to be corrected.",
    RESUBMIT: "The record was corrected and submitted again.",
    REJECT: "The record was refused for good.",
    VOID: "The record was withdrawn before it was posted.",
    POST: "The record was posted, and its credit with it.",
    DISPUTE: "A person objected to the record.",
    UPHOLD: "The objection was refused, and the record stays.",
    ADJUST: "The record was reversed, and a corrected record took its place.",
    REVERSE: "The record was taken back, and its credit with it.",
    MOVE: "The record went to the registration into which its volunteer's was merged.",
  },
);
export type RecordAction = keyof typeof RecordAction;

export const DisputeOutcome = closed(
  "DisputeOutcome",
  "The decision of an objection to a service record.",
  disputeOutcomes,
  {
    UPHELD: "The record stays as it is.",
    ADJUSTED: "The record is reversed, and a record with the corrected times is posted.",
    REVERSED: "The record is reversed, and nothing is posted in its place.",
  },
);
export type DisputeOutcome = keyof typeof DisputeOutcome;

export const EvidenceKind = closed("EvidenceKind", "The kind of a proof.", evidenceKinds, {
  PHOTO: "A photograph of the service.",
  SIGN_IN_SHEET: "A sheet on which people signed.",
  AGREEMENT: "A written agreement or consent.",
  MESSAGE: "A message that was sent.",
  LETTER: "A letter of the organisation.",
  LEAVE: "A leave from paid duty that was granted for that time.",
  OTHER: "A proof of any other kind.",
});
export type EvidenceKind = keyof typeof EvidenceKind;

export const ServiceRecordOrder = closed(
  "ServiceRecordOrder",
  "The order of a list of service records.",
  ["DEADLINE", "STARTED_AT", "RECORDED_AT"] as const,
  {
    DEADLINE:
      "The list is ordered by the statutory day (`recordBy`); the earliest stands first where no direction is given.",
    STARTED_AT:
      "The list is ordered by the beginning of the service; the latest stands first where no direction is given.",
    RECORDED_AT:
      "The list is ordered by the instant of recording; the latest stands first where no direction is given.",
  },
);
export type ServiceRecordOrder = keyof typeof ServiceRecordOrder;
