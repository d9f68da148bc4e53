import type { RecordOrigin, RecordState, RecordStep, ServiceRecord } from "../../domain/facts/hours";
import type { Day, Instant } from "../../domain/kit/calendar";
import type { Minutes } from "../../domain/kit/minutes";
import type { Soon } from "../../domain/kit/soon";
import type { Page, Places } from "./page";

export interface RecordFilter {
  organizationId?: string;
  volunteerId?: string;
  state?: readonly RecordState[];
  origin?: readonly RecordOrigin[];
  /** Only those overdue as of this day, or only those not. */
  overdue?: { on: Day; is: boolean };
  divisionCodes?: readonly string[];
  /** Only records of these places. */
  within?: Places;
  /** Of all these volunteers at once: of two of them there is none. */
  volunteerIds?: readonly string[];
  serviceTypes?: readonly string[];
  /** Only records whose day, that of the last minute, lies within these, both included; null for open. */
  days?: { from: Day | null; until: Day | null };
  /** Only records with one of these references, as they stand in the journal. */
  refs?: readonly string[];
  /** Only the records that an actor may confirm now, or only the others. */
  confirmable?: Confirmer & { is: boolean };
}

/** The actor who would confirm, as far as it decides which records the actor may confirm. */
export interface Confirmer {
  /** The places where the actor may confirm; null for everywhere. */
  within: Places | null;
  /** All ids of the confirmer's own person. */
  selves: readonly string[];
  /** The persons about which the confirmer decides nothing. */
  own: readonly string[];
  /** The organisations on whose staff the confirmer is: the confirmer confirms nothing of others on it. */
  staffAt: readonly string[];
  on: Day;
}

/** A time of one volunteer. */
export interface Span {
  readonly volunteerId: string;
  readonly from: Instant;
  readonly to: Instant;
}

export type RecordOrder = "DEADLINE" | "STARTED_AT" | "RECORDED_AT";

export type StoredRecord = ServiceRecord & { openedSeq: number };

/** What says whose and where a record is, and of what: enough to show it in a list of other things. */
export type RecordBrief = Pick<StoredRecord, "id" | "organizationId" | "volunteerId" | "serviceType">;

/** The first step of a record, taken by another than its volunteer. */
export interface RecordNotice extends RecordStep {
  organizationId: string;
  state: RecordState;
}

export interface MonthLine {
  serviceType: string;
  records: number;
  serviceMinutes: Minutes;
  creditedMinutes: Minutes;
}

/** What can be asked about service records. */
export interface HoursView {
  records(ids: readonly string[]): Soon<Map<string, StoredRecord>>;
  recordBriefs(ids: readonly string[]): Soon<Map<string, RecordBrief>>;
  /**
   * As `records`, read together with what their confirmation asks for: their volunteers, the accounts, the sums and the
   * profiles of these. A transaction finds those again without asking.
   */
  recordsToConfirm(ids: readonly string[]): Soon<Map<string, StoredRecord>>;
  /** For each record that replaced another, the other, by the replacement's id. */
  recordsReplacedBy(ids: readonly string[]): Soon<Map<string, StoredRecord>>;
  /** Records by the hashes of their references, which hold the organisation. */
  recordsByRef(refs: readonly string[]): Soon<Map<string, StoredRecord>>;
  /** Live records of these volunteers that touch the span. */
  liveRecords(volunteerIds: readonly string[], from: Instant, to: Instant): Soon<StoredRecord[]>;
  /** Live records that touch one of these spans of one volunteer each. */
  liveInSpans(spans: readonly Span[]): Soon<StoredRecord[]>;
  /** The volunteer's POSTED and DISPUTED records in the order they were posted. */
  countedRecords(volunteerId: string): Soon<{ id: string; endedAt: Instant; creditableMinutes: Minutes }[]>;
  recordList(filter: RecordFilter, order: RecordOrder, page: Page): Soon<StoredRecord[]>;
  /** Live records that one of `ones` confirmed and one of `others` handled or confirmed, or the other way, the newest first. */
  recordsOfBoth(ones: readonly string[], others: readonly string[], first: number): Soon<StoredRecord[]>;
  /** Live records of these volunteers that one of these persons confirmed, the newest first. */
  recordsConfirmedBy(
    volunteerIds: readonly string[],
    personIds: readonly string[],
    first: number,
  ): Soon<StoredRecord[]>;
  recordSteps(ids: readonly string[]): Soon<Map<string, RecordStep[]>>;
  /** Live records of services whose day lies within the days, by service. */
  monthLines(organizationId: string, days: { from: Day; until: Day }): Soon<{ lines: MonthLine[]; volunteers: number }>;
  /** Records of the volunteer that others logged, the newest first, with the state now. */
  recordNotices(volunteerId: string, personId: string, page: Page): Soon<RecordNotice[]>;
  /** Which organisations hold records of the volunteer, and in which states. */
  servedAt(volunteerId: string): Soon<{ organizationId: string; state: RecordState }[]>;
}
