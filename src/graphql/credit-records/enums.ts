import { creditRecordKinds } from "../../domain/credit-records";
import { creditActions, creditRecordActions, creditRecordStates } from "../../domain/facts/credit-records";
import { closed } from "../kit/enums";

const creditSteps = {
  NOTIFY: "The subject is notified, with the reasons, and may answer.",
  DISMISS: "The facts were not confirmed; the record is dropped.",
  CONFIRM: "The facts are confirmed: the first person proposes the record, and another person makes it stand.",
  EXTEND: "The decision about an objection takes longer; this is possible once.",
  UPHOLD: "The objection was heard, and the record stays.",
  CORRECT: "The objection was heard, and the facts are corrected.",
  REMOVE: "The objection was heard, and the record is removed.",
  REPAIR: "The subject has made good; the record is noted as repaired.",
  REFUSE_REPAIR: "The repair is refused, because the subject has not made good yet.",
  REFER: "The record is handed on to the competent authority.",
  NOTE_OUTCOME: "The decision of the competent authority is noted.",
};

export const CreditRecordKind = closed(
  "CreditRecordKind",
  "Says whether a credit record speaks for its subject or against it.",
  creditRecordKinds,
  {
    TRUSTWORTHY: "The record speaks for its subject.",
    ADVERSE: "The record speaks against its subject.",
  },
);
export type CreditRecordKind = keyof typeof CreditRecordKind;

export const CreditAction = closed(
  "CreditAction",
  "A step that the recording unit or the office takes with a credit record.",
  creditActions,
  creditSteps,
);
export type CreditAction = keyof typeof CreditAction;

export const CreditRecordEventAction = closed(
  "CreditRecordEventAction",
  "A step that was taken with a credit record, by a person or by the bank.",
  creditRecordActions,
  {
    ...creditSteps,
    OPEN: "An observation was recorded.",
    ANSWER: "The subject answered the notice.",
    OBJECT: "The subject objected; the record is flagged at once.",
    APPLY_FOR_REPAIR: "The subject says that they have made good, and asks for repair.",
    EXPIRE: "The term of the record is over.",
    ERASE: "The key of the record was destroyed: nothing of it can be read.",
    MOVE: "The record went to the registration into which its subject's was merged.",
  },
);
export type CreditRecordEventAction = keyof typeof CreditRecordEventAction;

export const CreditRecordState = closed(
  "CreditRecordState",
  "The state in which a credit record is.",
  creditRecordStates,
  {
    OBSERVED: "An observation was recorded, and the subject was not notified yet.",
    PROPOSED: "A record that speaks for its subject waits to be confirmed.",
    NOTICE_SENT: "The subject was notified, and may answer.",
    DISMISSED: "The facts were not confirmed; the record is erased soon.",
    CONFIRMED: "The record was proposed, and waits for an officer.",
    ACTIVE: "The record was confirmed, and stands.",
    OBJECTED: "The record stands and is flagged, because the subject has objected.",
    UPHELD: "The record stands, after an objection was heard.",
    CORRECTED: "The record stands, as it was corrected after an objection.",
    REMOVED: "An objection was right; the record is erased soon.",
    REPAIR_APPLIED: "The record stands; the subject asks for repair.",
    REPAIRED: "The subject has made good; the record is not to be used any more.",
    REPAIR_REFUSED: "The record stands; a repair was refused.",
    REFERRED: "The competent authority has the record now.",
    EXPIRED: "The term of the record is over; its key is destroyed at once.",
    ERASED: "The key was destroyed; nothing of the record can be read any more.",
  },
);
export type CreditRecordState = keyof typeof CreditRecordState;
