import {
  type CreditAction,
  type CreditRecord,
  type CreditRecordAction,
  type CreditRecordState,
  creditMoves,
  type SubjectAction,
  subjectActions,
  unanswered,
} from "../facts/credit-records";
import { addDays, addMonths, type Day, type WorkingCalendar, workingDayAfter } from "../kit/calendar";
import { type Asked, take } from "../kit/moves";
import { refuse } from "../kit/refusal";
import type { Act } from "../permissions/actors";
import type { Policies } from "../policies";
import type { CreditRecordKind } from "../policies/values";

export { type CreditRecordKind, creditRecordKinds } from "../policies/values";

/** [ZJCR §9] without basic information: what is kept here is what an observer found, for good or ill; never a score. */

/**
 * States of a record that stands, neither taken back nor repaired: a reader may rely on it, also while a competent authority
 * looks at it.
 */
export const standingStates: readonly CreditRecordState[] = [
  "ACTIVE",
  "OBJECTED",
  "UPHELD",
  "CORRECTED",
  "REPAIR_APPLIED",
  "REPAIR_REFUSED",
  "REFERRED",
];
/** States in which a decision is still awaited: by the unit, the subject, the office, or the authority. */
export const undecidedStates: readonly CreditRecordState[] = [
  "OBSERVED",
  "PROPOSED",
  "NOTICE_SENT",
  "CONFIRMED",
  "OBJECTED",
  "REPAIR_APPLIED",
  "REFERRED",
];

/** The party that takes each step. */
export function actOf(action: CreditAction | SubjectAction, state: CreditRecordState): Act {
  if ((subjectActions as readonly string[]).includes(action)) return "credit.answer";
  if (action === "NOTIFY" || (unanswered.includes(state) && (action === "CONFIRM" || action === "DISMISS")))
    return "credit.propose";
  return "credit.decide";
}

/** Sealed under the record's key. */
export interface CreditDetails {
  subjectId: string;
  kind: CreditRecordKind;
  ground: string;
  facts: string;
}

/** The state in which a record begins. */
export const unfound: Pick<
  CreditRecord,
  | "confirmedBy"
  | "answered"
  | "answerBy"
  | "contestedOn"
  | "decideBy"
  | "extended"
  | "foundOn"
  | "expiresOn"
  | "version"
> = {
  confirmedBy: [],
  answered: false,
  answerBy: null,
  contestedOn: null,
  decideBy: null,
  extended: false,
  foundOn: null,
  expiresOn: null,
  version: 0,
};
export const openingState: Record<CreditRecordKind, CreditRecordState> = {
  ADVERSE: "OBSERVED",
  TRUSTWORTHY: "PROPOSED",
};

/** What the record's steps say beyond its state. */
export interface CreditCourse {
  /** The proposal that one officer made without an objection, as the last step. */
  pending: CreditRecordAction | null;
  /** Whether the competent authority's outcome was noted since the record was handed on. */
  outcomeNoted: boolean;
}
export interface CreditRules {
  policies: Policies;
  calendar: WorkingCalendar;
  today: Day;
}

/**
 * The record as a step leaves it. It refuses as `take` does; ANSWER_PENDING while the subject may still answer; SAME_PERSON
 * where the second confirmation, or the decision on an objection, comes from a person who confirmed or corrected.
 */
export function creditStep(
  record: CreditRecord,
  kind: CreditRecordKind,
  { action, by, ...asked }: { action: Exclude<CreditRecordAction, "OPEN">; by: string } & Asked<CreditRecordState>,
  { policies, calendar, today }: CreditRules,
  { pending, outcomeNoted }: CreditCourse = { pending: null, outcomeNoted: false },
): CreditRecord {
  const { state, confirmedBy } = record;
  const after = { ...record, state: take(creditMoves, record, action, asked).state };
  if (creditMoves[action].adverseOnly && kind !== "ADVERSE") refuse("ILLEGAL_TRANSITION", { action, from: state });
  const needsOutcome = ["UPHOLD", "OBJECT", "APPLY_FOR_REPAIR"].includes(action);
  if (state === "REFERRED" && needsOutcome && !outcomeNoted)
    refuse("ILLEGAL_TRANSITION", { action, from: state, outcome: false });
  /** The person who signed last; this person decides nothing about the record again. */
  const signed = [...confirmedBy.filter((id) => id !== by), by];
  const workingDays = (count: number, since = today) => workingDayAfter(calendar, since, count);
  switch (action) {
    case "NOTIFY":
      return { ...after, answerBy: workingDays(policies.count("credit.answerWorkingDays", today)) };
    case "ANSWER":
      return { ...after, answered: true };
    case "CONFIRM": {
      const { answerBy, answered } = record;
      if (!answered && answerBy !== null && today <= answerBy) refuse("ANSWER_PENDING", { answerBy });
      if (confirmedBy.includes(by)) refuse("SAME_PERSON");
      if (state !== "CONFIRMED") return { ...after, confirmedBy: [by] };
      const expiresOn = keptUntil(kind, today, policies);
      return { ...after, state: "ACTIVE", confirmedBy: [...confirmedBy, by], foundOn: today, expiresOn };
    }
    case "OBJECT":
    case "APPLY_FOR_REPAIR": {
      const term = action === "OBJECT" ? "credit.objectionWorkingDays" : "credit.repairWorkingDays";
      return { ...after, contestedOn: today, decideBy: workingDays(policies.count(term, today)), extended: false };
    }
    case "EXTEND": {
      // An extension is possible once, and in time: a late decision is made, and not put off.
      if (record.extended || today > (record.decideBy as Day))
        refuse("ILLEGAL_TRANSITION", { action, extended: record.extended, decideBy: record.decideBy });
      const most = policies.count("credit.objectionMostWorkingDays", today);
      return { ...after, decideBy: workingDays(most, record.contestedOn as Day), extended: true };
    }
    case "NOTE_OUTCOME":
      return { ...after, confirmedBy: signed };
    case "UPHOLD":
    case "CORRECT":
    case "REMOVE":
      if (state !== "OBJECTED" && action !== "UPHOLD") {
        if (pending !== action) return { ...record, confirmedBy: signed };
        if (confirmedBy.at(-1) === by) refuse("SAME_PERSON");
        const corrected = { ...after, confirmedBy: signed };
        return action === "REMOVE" ? letGo(corrected, today, policies) : corrected;
      }
      if (confirmedBy.includes(by)) refuse("SAME_PERSON");
      // A person whose words stand in the record from now on decides on no objection to them.
      if (action === "CORRECT") return { ...after, confirmedBy: [...confirmedBy, by] };
      return action === "REMOVE" ? letGo(after, today, policies) : after;
    case "DISMISS":
      return letGo(after, today, policies);
    case "REPAIR":
    case "REFUSE_REPAIR":
    case "REFER":
    case "EXPIRE":
    case "ERASE":
    case "MOVE":
      return after;
  }
}

/** The day on which a record goes that was found to be so on a day. */
export function keptUntil(kind: CreditRecordKind, foundOn: Day, policies: Policies): Day {
  const key = kind === "ADVERSE" ? "credit.adverseRetentionYears" : "credit.trustworthyRetentionYears";
  return addMonths(foundOn, 12 * policies.count(key, foundOn));
}

/**
 * A record that was dropped is kept a while, so that the subject can read why. It then goes too, and no later than it would
 * have gone otherwise.
 */
function letGo(record: CreditRecord, today: Day, policies: Policies): CreditRecord {
  const until = addDays(today, policies.count("credit.letGoDays", today));
  return { ...record, expiresOn: record.expiresOn !== null && record.expiresOn < until ? record.expiresOn : until };
}

/** The day on which a record goes that nobody has decided about: no file is without an end. */
export function undecidedUntil(today: Day, policies: Policies): Day {
  return addDays(today, policies.count("credit.undecidedDays", today));
}
