import type { SpotCheck, SpotSeed } from "../../domain/facts/spot-checks";
import type { DrawnRecord } from "../../domain/spot-checks";
import type { Instants, Page } from "./page";

export type StoredSeed = SpotSeed & { openedSeq: number };

/** A record as it stands on the ledger, for a draw. */
export type PostedRecord = Omit<DrawnRecord, "ownPeople" | "divisions"> & { divisionCode: string };

/** What can be asked about records that are looked at again. */
export interface SpotChecksView {
  spotSeed(month: string): Promise<StoredSeed | undefined>;
  /** Records that were posted within the span, and stood at a journal position, whatever became of them since; by id. */
  postedDuring(instants: Instants, seq: number): Promise<PostedRecord[]>;
  spotChecks(ids: readonly string[]): Promise<Map<string, SpotCheck>>;
  spotCheckOfRecord(recordId: string): Promise<SpotCheck | undefined>;
  spotChecksOfOrganization(organizationId: string, page: Page): Promise<SpotCheck[]>;
  /** Published outcomes, by organisation and month. */
  spotResults(
    organizationIds: readonly string[],
  ): Promise<{ organizationId: string; month: string; passed: number; failed: number }[]>;
}
