import type { Instant } from "../../domain/kit/calendar";
import type { Language } from "../../domain/kit/language";
import type { Told } from "../../domain/notices";
import type { Volunteer } from "../../domain/people/volunteers";
import type { Actor } from "../../domain/permissions/actors";
import type { Erasure, OperationalTable, ScannedTable } from "../../storage/store";
import type { Connection, Done, PageInput } from "./answers";

/** What a person is told: a step that another person took with something of theirs. */
export type Notice = Told & {
  id: string;
  /** The sign-up, the credit record, the service record, the identity, the volunteer or the organisation. */
  subjectId: string;
  /** The activity's or the organisation's name, or the credit record's ground. */
  about: Record<Language, string>;
  reason: string | null;
  at: Instant;
  readAt: Instant | null;
};

export interface NoticesService {
  list(actor: Actor, unread: boolean | null, page: PageInput): Promise<Connection<Notice> & { unreadCount: number }>;
  /** By id, among the latest 200; null for absent and for others'. Batched. */
  many(actor: Actor, ids: readonly string[]): Promise<(Notice | null)[]>;
  /** How many are left unread. Others' notices are left alone. */
  markRead(actor: Actor, noticeIds: string[]): Promise<number>;
}

/** A link's secret part, and until when it leads anywhere. */
export interface PersonExport {
  secret: string;
  expiresAt: Instant;
}

/** A table of which a copy may hold rows. */
export type CopiedTable = ScannedTable | OperationalTable;

/**
 * All that is kept of somebody: every word that opens, what they were told, the credit records about them, and the rows of
 * each table that names them, under the table's name.
 */
export interface PersonCopy extends Partial<Record<CopiedTable, unknown>> {
  personId: string;
  words: { id: string; seq: number; value: unknown }[];
  /** The registration of today. */
  volunteer: Volunteer | null;
  notices: object[];
  creditRecords: object[];
  /** Each way to sign in, those that ended too. */
  identities: unknown;
  /** Tables of which the copy has 50,000 rows or more, and may lack the rest. */
  cut: CopiedTable[];
}

/** What everybody may ask about themselves. */
export interface PrivacyService {
  export(actor: Actor, input: { idempotencyKey: string; personId: string }): Promise<Done<PersonExport>>;
  /** Null for a link that is not ours, or has had its hour. */
  copy(secret: string): Promise<PersonCopy | null>;
  erase(actor: Actor, input: { idempotencyKey: string; personId: string; reason: string }): Promise<Done<Erasure>>;
  /** Destroys what an erasure that was cut off left; how many there were. Called by the serving process every minute. */
  finishErasures(): Promise<number>;
}
