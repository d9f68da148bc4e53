import type { StarAward, StarState, StarStep } from "../../domain/facts/stars";
import type { Soon } from "../../domain/kit/soon";
import type { Page } from "./page";

export type StoredStar = StarAward & { openedSeq: number };

export interface StarQuery {
  states?: readonly StarState[];
  divisionCodes?: readonly string[];
  /** Of these divisions, and no others. */
  within?: readonly string[];
}

/** What can be asked about volunteers' stars. */
export interface StarsView {
  starAwards(ids: readonly string[]): Soon<Map<string, StoredStar>>;
  /** The first proposed first. */
  starAwardsOf(volunteerIds: readonly string[]): Soon<Map<string, StoredStar[]>>;
  starSteps(ids: readonly string[]): Soon<Map<string, StarStep[]>>;
  /** The first proposed first. */
  starAwardList(query: StarQuery, page: Page): Soon<StoredStar[]>;
}
