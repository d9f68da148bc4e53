import { creditRecordKinds } from "../../domain/credit-records";
import { creditActions, creditRecordActions, creditRecordStates } from "../../domain/facts/credit-records";
import { closed } from "../kit/enums";

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
