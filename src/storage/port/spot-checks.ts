import type { SpotCheck, SpotSeed } from "../../domain/facts/spot-checks";
import type { Soon } from "../../domain/kit/soon";
import type { DrawnRecord } from "../../domain/spot-checks";
import type { Instants, Page } from "./page";

export type StoredSeed = SpotSeed & { openedSeq: number };

/** A record as it stands on the ledger, for a draw. */
export type PostedRecord = Omit<DrawnRecord, "ownPeople" | "divisions"> & { divisionCode: string };

/** What can be asked about records that are looked at again. */
export interface SpotChecksView {
  spotSeed(month: string): Soon<StoredSeed | undefined>;
  /** Records that were posted within the span, and stood at a journal position, whatever became of them since; by id. */
  postedDuring(instants: Instants, seq: number): Soon<PostedRecord[]>;
  spotChecks(ids: readonly string[]): Soon<Map<string, SpotCheck>>;
  spotCheckOfRecord(recordId: string): Soon<SpotCheck | undefined>;
  spotChecksOfOrganization(organizationId: string, page: Page): Soon<SpotCheck[]>;
  /** Published outcomes, by organisation and month. */
  spotResults(
    organizationIds: readonly string[],
  ): Soon<{ organizationId: string; month: string; passed: number; failed: number }[]>;
}
