import type { Move } from "../kit/moves";
import { actorKinds } from "./actors";
import { actor, at, fact, type StateOf, step } from "./shape";
import { code, count, day, flag, hash, id, list, oneOf, optional, person, sealedRow } from "./words";

export const creditRecordStates = [
  "OBSERVED",
  "PROPOSED",
  "NOTICE_SENT",
  "DISMISSED",
  "CONFIRMED",
  "ACTIVE",
  "OBJECTED",
  "UPHELD",
  "CORRECTED",
  "REMOVED",
  "REPAIR_APPLIED",
  "REPAIRED",
  "REPAIR_REFUSED",
  "REFERRED",
  "EXPIRED",
  "ERASED",
] as const;
export type CreditRecordState = (typeof creditRecordStates)[number];

export const creditRecordActions = [
  "OPEN",
  "NOTIFY",
  "DISMISS",
  "CONFIRM",
  "EXTEND",
  "UPHOLD",
  "CORRECT",
  "REMOVE",
  "REPAIR",
  "REFUSE_REPAIR",
  "REFER",
  "NOTE_OUTCOME",
  "ANSWER",
  "OBJECT",
  "APPLY_FOR_REPAIR",
  "EXPIRE",
  "ERASE",
  "MOVE",
] as const;
export type CreditRecordAction = (typeof creditRecordActions)[number];

/** What the recording unit and the office do about a record. */
export const creditActions = [
  "NOTIFY",
  "DISMISS",
  "CONFIRM",
  "EXTEND",
  "UPHOLD",
  "CORRECT",
  "REMOVE",
  "REPAIR",
  "REFUSE_REPAIR",
  "REFER",
  "NOTE_OUTCOME",
] as const satisfies readonly CreditRecordAction[];
export type CreditAction = (typeof creditActions)[number];

/** What the subject does. */
export const subjectActions = ["ANSWER", "OBJECT", "APPLY_FOR_REPAIR"] as const satisfies readonly CreditRecordAction[];
export type SubjectAction = (typeof subjectActions)[number];

export const unanswered: readonly CreditRecordState[] = ["OBSERVED", "PROPOSED", "NOTICE_SENT"];

/** All that has a last day: what was found, what was let go, and what nobody decided. */
export const endingStates = creditRecordStates.filter((state) => state !== "EXPIRED" && state !== "ERASED");

export const repairable: readonly CreditRecordState[] = ["ACTIVE", "UPHELD", "CORRECTED", "REPAIR_REFUSED"];

/** What the office itself may correct or remove: what stands, and waits for nobody's decision. */
export const ownMotion: readonly CreditRecordState[] = [...repairable, "REFERRED"];

interface CreditMove extends Move<CreditRecordState> {
  readonly adverseOnly?: boolean;
}
/**
 * domain.md 6.5, one step a row. CONFIRM is taken twice, by two people: the first proposes, an officer makes it stand.
 * Where nobody objected, CORRECT and REMOVE are the office's own motion and are taken twice, by two people: the first leaves
 * the state as it was. While a record is handed on to the competent authority it stands as it did and cannot be repaired
 * here [ZJCR §32]; from the outcome on, every end is open.
 */
export const creditMoves: Record<CreditRecordAction, CreditMove> = {
  OPEN: { from: [null], to: ["OBSERVED", "PROPOSED"], reason: false },
  NOTIFY: { from: ["OBSERVED"], to: "NOTICE_SENT", reason: true, adverseOnly: true },
  DISMISS: { from: [...unanswered, "CONFIRMED"], to: "DISMISSED", reason: true },
  CONFIRM: { from: ["PROPOSED", "NOTICE_SENT", "CONFIRMED"], to: ["CONFIRMED", "ACTIVE"], reason: true },
  EXTEND: { from: ["OBJECTED"], to: "OBJECTED", reason: true },
  UPHOLD: { from: ["OBJECTED", "REFERRED"], to: "UPHELD", reason: true },
  CORRECT: { from: ["OBJECTED", ...ownMotion], to: ["CORRECTED", ...ownMotion], reason: true },
  REMOVE: { from: ["OBJECTED", ...ownMotion], to: ["REMOVED", ...ownMotion], reason: true },
  REPAIR: { from: ["REPAIR_APPLIED"], to: "REPAIRED", reason: true },
  REFUSE_REPAIR: { from: ["REPAIR_APPLIED"], to: "REPAIR_REFUSED", reason: true },
  REFER: { from: repairable, to: "REFERRED", reason: true, adverseOnly: true },
  NOTE_OUTCOME: { from: ["REFERRED"], to: "REFERRED", reason: true },
  ANSWER: { from: ["NOTICE_SENT"], to: "NOTICE_SENT", reason: true },
  // What a correction put in the place of the facts is nobody's word but one officer's: it may be objected to, as they were.
  OBJECT: { from: ["ACTIVE", "CORRECTED", "REFERRED"], to: "OBJECTED", reason: true },
  APPLY_FOR_REPAIR: { from: [...repairable, "REFERRED"], to: "REPAIR_APPLIED", reason: true, adverseOnly: true },
  EXPIRE: { from: endingStates, to: "EXPIRED", reason: false },
  ERASE: { from: ["EXPIRED"], to: "ERASED", reason: false },
  // About the registration into which its subject's was merged: the record stays what it was.
  MOVE: { from: endingStates, to: "SAME", reason: true },
};

/** The state of a record of good or of ill. Its subject and its ground are sealed under a key of the record's own. */
export const creditRecordStep = step(
  "CREDIT_RECORD_STEP",
  31,
  { states: creditRecordStates, actions: creditRecordActions, moves: creditMoves },
  {
    id: id("creditrecord"),
    /** The id of the record's key. The subject's steps are written under it too, so that the journal names nobody. */
    personId: person,
    /** The organisation that recorded it; null for the office. */
    organizationId: optional(id("organization")),
    divisionCode: code,
    state: oneOf(creditRecordStates),
    confirmedBy: list(person),
    /** Whether the subject has answered the notice. */
    answered: flag,
    /** The last day to answer the notice. */
    answerBy: optional(day),
    /** The day on which the subject objected or applied for repair. */
    contestedOn: optional(day),
    /** The last day for the decision on that. */
    decideBy: optional(day),
    extended: flag,
    /** The day on which it was found to be so. */
    foundOn: optional(day),
    /** The day on which the key of the record is destroyed. Every step of a record names it, though the bytes allow a step without it. */
    expiresOn: optional(day),
    detailsId: sealedRow,
    version: count,
  },
  { into: "creditRecords", opened: true, history: ["creditSteps", "creditRecordId"] },
);
export type CreditRecord = StateOf<typeof creditRecordStep>;

/** A reading of a credit file: the reader and the purpose. The subject is a keyed hash. */
export const creditFileRead = fact(
  "CREDIT_FILE_READ",
  32,
  {
    id: id("creditread"),
    subjectHash: hash,
    actorKind: oneOf(actorKinds),
    purposeId: sealedRow,
  },
  { into: "creditReads", once: true, plus: { actorId: actor, at } },
);
