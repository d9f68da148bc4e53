import type { Moves } from "../kit/moves";
import { type RowOf, type StateOf, step } from "./shape";
import {
  code,
  count,
  day,
  id,
  instant,
  kept,
  list,
  oneOf,
  optional,
  person,
  sealedRow,
  shortHash,
  shortHashBehind,
} from "./words";

export const recordStates = [
  "DRAFT",
  "SUBMITTED",
  "RETURNED",
  "REJECTED",
  "VOIDED",
  "POSTED",
  "DISPUTED",
  "REVERSED",
] as const;
export type RecordState = (typeof recordStates)[number];

export const recordOrigins = ["CHECKED_IN", "ENTERED", "BACKFILLED", "IMPORTED"] as const;
export type RecordOrigin = (typeof recordOrigins)[number];

export const recordActions = [
  "DRAFT",
  "SUBMIT",
  "CONFIRM",
  "RETURN",
  "RESUBMIT",
  "REJECT",
  "VOID",
  "POST",
  "DISPUTE",
  "UPHOLD",
  "ADJUST",
  "REVERSE",
  "MOVE",
] as const;
export type RecordAction = (typeof recordActions)[number];

/**
 * domain.md 6.1 as the client enum has it: one step per row. CONFIRM stays in SUBMITTED until the last confirmation, which
 * posts the record. POST posts what is confirmed already: a record that replaces another. This table drives the enum, the
 * database's check, the docs and the tests.
 */
export const recordMoves: Moves<RecordAction, RecordState> = {
  DRAFT: { from: [null], to: "DRAFT", reason: false },
  SUBMIT: { from: [null, "DRAFT"], to: "SUBMITTED", reason: false },
  CONFIRM: { from: ["SUBMITTED"], to: ["SUBMITTED", "POSTED"], reason: false },
  RETURN: { from: ["SUBMITTED"], to: "RETURNED", reason: true },
  RESUBMIT: { from: ["RETURNED"], to: "SUBMITTED", reason: false },
  REJECT: { from: ["SUBMITTED"], to: "REJECTED", reason: true },
  VOID: { from: ["DRAFT", "SUBMITTED", "RETURNED"], to: "VOIDED", reason: true },
  POST: { from: ["SUBMITTED"], to: "POSTED", reason: false },
  DISPUTE: { from: ["POSTED"], to: "DISPUTED", reason: true },
  UPHOLD: { from: ["DISPUTED"], to: "POSTED", reason: true },
  ADJUST: { from: ["DISPUTED"], to: "REVERSED", reason: true },
  REVERSE: { from: ["POSTED", "DISPUTED"], to: "REVERSED", reason: true },
  // To the registration into which its volunteer's was merged: the record stays what it was.
  MOVE: { from: recordStates, to: "SAME", reason: true },
};

/**
 * How a record's reference stands in the journal: hashed under the bank's secret, so that an organisation finds it again
 * and nobody reads a name in it. Those of attendances, which are the bank's own, stand in clear.
 */
export const hashedRefPrefix = "keyed:";

/** The legal fact of one service (order 67 §7). Texts and evidence are sealed; `detailsId` names the sealed row. */
export const recordStep = step(
  "RECORD_STEP",
  5,
  { states: recordStates, actions: recordActions, moves: recordMoves },
  {
    id: id("record"),
    organizationId: kept(id("organization")),
    volunteerId: kept(id("volunteer")),
    /** The organisation's own reference, hashed; its words are sealed with the details. */
    externalRef: kept(optional(shortHashBehind(hashedRefPrefix))),
    contentHash: kept(shortHash),
    serviceType: kept(code),
    startedAt: kept(instant),
    endedAt: kept(instant),
    breakMinutes: kept(count),
    serviceMinutes: kept(count),
    origin: kept(oneOf(recordOrigins)),
    state: oneOf(recordStates),
    confirmationsNeeded: kept(count),
    /** People who logged or edited it, and those who confirmed it since it was last submitted. */
    handledBy: kept(list(person)),
    confirmedBy: list(person),
    /** The working day by which order 67 §11 wants it recorded. */
    recordBy: kept(day),
    creditableMinutes: optional(count),
    creditedMinutes: optional(count),
    disputeHoldSeq: optional(count),
    replacedBy: optional(id("record")),
    detailsId: kept(sealedRow),
    version: count,
  },
  { into: "serviceRecords", opened: true, history: ["recordSteps", "recordId"] },
);
export type ServiceRecord = StateOf<typeof recordStep>;

export type RecordStep = RowOf<typeof recordStep, "recordSteps">;
