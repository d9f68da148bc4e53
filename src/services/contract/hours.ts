import type { OddityKind } from "../../domain/activities/oddities";
import type { DisputeOutcome, Evidence, RecordOrigin, RecordState, RecordStep } from "../../domain/hours";
import type { Day, Instant } from "../../domain/kit/calendar";
import type { Minutes } from "../../domain/kit/minutes";
import type { Refusal } from "../../domain/kit/refusal";
import type { Actor, ActorKind } from "../../domain/permissions/actors";
import type { RecordOrder, StoredAttendance, StoredRecord } from "../../storage/store";
import type { BatchOf, Connection, Done, OrderedPageInput } from "./answers";

export interface LogEntry {
  externalRef?: string | null;
  volunteerId?: string | null;
  volunteerNo?: string | null;
  serviceType: string;
  startedAt: Instant;
  endedAt: Instant;
  breakMinutes: Minutes;
  place?: string | null;
  content: string;
  activityLead: string;
  recipientId?: string | null;
  evidence?: Evidence[] | null;
}

export type BatchAnswer = BatchOf<StoredRecord>;

export interface RecordDetails {
  place: string | null;
  content: string;
  activityLead: string | null;
  recipientId: string | null;
  evidence: Evidence[];
  /** The organisation's own reference; records of earlier releases keep theirs in clear. */
  externalRef?: string;
}

export interface StepLine extends RecordStep {
  /** Null when the actor may not see it. */
  reason: string | null;
  /** How good a confirmer found the service, 1 to 5; null where nobody said (order 67 §10). */
  quality: number | null;
}

/** A record as whoever is to confirm it reads it. */
export interface ReviewLine {
  record: StoredRecord;
  /** What it was made from; null for hours that were entered. */
  attendance: StoredAttendance | null;
  oddities: OddityKind[];
  /** Why the actor could not confirm it; null where they could. */
  refusal: Refusal | null;
}

export interface DisputeLine {
  reason: string;
  openedAt: Instant;
  openedBy: { kind: ActorKind };
  evidence: Evidence[];
  outcome: DisputeOutcome | null;
  decidedAt: Instant | null;
}

/** Which records; a field left out or null does not filter. */
export interface RecordQuery {
  organizationId?: string | null;
  volunteerId?: string | null;
  state?: readonly RecordState[] | null;
  origin?: readonly RecordOrigin[] | null;
  overdue?: boolean | null;
  divisionCode?: string | null;
  /** The filter's own volunteer, besides the one whose list it is. */
  volunteerIs?: string | null;
  volunteerNo?: string | null;
  serviceType?: readonly string[] | null;
  /** The service's day, that of its last minute: from and to, both counted in. */
  from?: Day | null;
  to?: Day | null;
  /** As the organisation wrote it. */
  externalRef?: string | null;
  /** Only those that the actor may confirm now, or only the others. */
  waitsForMe?: boolean | null;
}

export interface HoursService {
  submit(
    actor: Actor,
    input: { idempotencyKey: string; organizationId: string } & Omit<
      LogEntry,
      "externalRef" | "volunteerId" | "volunteerNo" | "activityLead"
    > & { activityLead?: string | null },
  ): Promise<Done<StoredRecord>>;
  log(
    actor: Actor,
    input: {
      idempotencyKey: string;
      organizationId: string;
      mode: "EACH" | "ALL_OR_NOTHING";
      dryRun: boolean;
      origin?: "IMPORTED";
      entries: LogEntry[];
    },
  ): Promise<BatchAnswer>;
  confirm(
    actor: Actor,
    input: { idempotencyKey: string; recordIds: string[]; quality?: number | null; mode: "EACH" | "ALL_OR_NOTHING" },
  ): Promise<BatchAnswer>;
  /** What would become of each record if the actor confirmed it now, and what is odd about it; none for what is not theirs to see. */
  review(actor: Actor, recordIds: string[]): Promise<ReviewLine[]>;
  giveBack(
    actor: Actor,
    input: { recordId: string; reason: string; expectedVersion?: number | null },
  ): Promise<StoredRecord>;
  reject(
    actor: Actor,
    input: { recordId: string; reason: string; expectedVersion?: number | null },
  ): Promise<StoredRecord>;
  void(
    actor: Actor,
    input: { recordId: string; reason: string; expectedVersion?: number | null },
  ): Promise<StoredRecord>;
  resubmit(
    actor: Actor,
    input: { recordId: string; expectedVersion?: number | null } & {
      [K in
        | "serviceType"
        | "startedAt"
        | "endedAt"
        | "breakMinutes"
        | "place"
        | "content"
        | "activityLead"
        | "evidence"]?: LogEntry[K] | null;
    },
  ): Promise<StoredRecord>;
  dispute(
    actor: Actor,
    input: { idempotencyKey: string; recordId: string; reason: string; evidence?: Evidence[] | null },
  ): Promise<Done<StoredRecord>>;
  resolve(
    actor: Actor,
    input: {
      idempotencyKey: string;
      recordId: string;
      outcome: DisputeOutcome;
      reason: string;
      startedAt?: Instant | null;
      endedAt?: Instant | null;
      breakMinutes?: Minutes | null;
    },
  ): Promise<Done<StoredRecord>>;
  reverse(
    actor: Actor,
    input: { idempotencyKey: string; recordId: string; reason: string },
  ): Promise<Done<StoredRecord>>;
  /** Null entries for absent or not yours to see. */
  many(actor: Actor, ids: readonly string[]): Promise<(StoredRecord | null)[]>;
  list(
    actor: Actor,
    filter: RecordQuery,
    order: RecordOrder,
    page: OrderedPageInput,
  ): Promise<Connection<StoredRecord>>;
  /** Batched: the record in whose place each was put by an objection; null where it replaces none, or is not yours to see. */
  replaced(actor: Actor, ids: readonly string[]): Promise<(StoredRecord | null)[]>;
  /** Batched: details, steps and dispute of records the actor was given. */
  details(actor: Actor, ids: readonly string[]): Promise<(RecordDetails | null)[]>;
  steps(actor: Actor, ids: readonly string[]): Promise<StepLine[][]>;
  /** Batched: when each record took its first step, and its last. */
  moments(ids: readonly string[]): Promise<{ recordedAt: Instant; updatedAt: Instant }[]>;
  disputes(actor: Actor, ids: readonly string[]): Promise<(DisputeLine | null)[]>;
  monthSummary(actor: Actor, organizationId: string, month: string): Promise<MonthSummary>;
}

export interface MonthSummary {
  records: number;
  serviceMinutes: Minutes;
  creditedMinutes: Minutes;
  volunteers: number;
  byServiceType: { serviceType: string; records: number; serviceMinutes: Minutes }[];
  /** Of the month's records, the share recorded by the statutory day, in per mille; null without records. */
  recordedOnTimePerMille: number | null;
}
