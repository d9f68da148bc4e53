import type { ActorKind } from "../../domain/facts/actors";
import type { CreditRecord, CreditRecordAction, CreditRecordState } from "../../domain/facts/credit-records";
import type { Day, Instant } from "../../domain/kit/calendar";
import type { Soon } from "../../domain/kit/soon";
import type { Page } from "./page";

export type StoredCreditRecord = CreditRecord & { openedSeq: number };

export interface CreditStepRow {
  creditRecordId: string;
  version: number;
  seq: number;
  at: Instant;
  action: CreditRecordAction;
  from: CreditRecordState | null;
  to: CreditRecordState;
  actorId: string;
  actorKind: ActorKind;
  reasonId: string | null;
}

export interface CreditRead {
  id: string;
  seq: number;
  at: Instant;
  actorId: string;
  actorKind: ActorKind;
  purposeId: string;
}

/** What can be asked about credit records. The keyed terms alone know the subject of a record, while it lasts. */
export interface CreditView {
  creditRecords(ids: readonly string[]): Soon<Map<string, StoredCreditRecord>>;
  /** Of subjects by their keyed hashes, the first opened first; none that was erased. */
  creditRecordsOf(subjectHashes: readonly string[]): Soon<StoredCreditRecord[]>;
  creditSteps(ids: readonly string[]): Soon<Map<string, CreditStepRow[]>>;
  /** Readings of a file, the newest first; of all, or of one reader's. */
  creditReads(subjectHash: string, readerId: string | null, page: Page): Soon<CreditRead[]>;
  /** The records that expire by this day, and those that have expired and are not erased yet. */
  creditRecordsEnding(by: Day, limit: number): Soon<StoredCreditRecord[]>;
}
