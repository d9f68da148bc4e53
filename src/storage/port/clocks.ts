import type { Clock, ClockKind } from "../../domain/clocks";
import type { Day, Instant } from "../../domain/kit/calendar";
import type { Soon } from "../../domain/kit/soon";
import type { Page, Places } from "./page";

/** Clocks of some kinds, due within any of these spans (both ends inclusive, null for open), at organisations somewhere. */
export interface ClockQuery {
  kinds: readonly ClockKind[];
  spans: readonly { from: Day | null; until: Day | null }[];
  divisionCodes?: readonly string[];
  within?: Places;
}

/** What can be asked about dates by which something is to be done. */
export interface ClocksView {
  /** The clocks whose date a table keeps, the earliest due first. */
  clocksDue(query: ClockQuery, page: Page): Soon<Clock[]>;
  /** How many there are of those. */
  clocksCount(query: ClockQuery): Soon<number>;
  /** Objections to records that wait for a decision, the oldest first. */
  disputesOpen(
    query: ClockQuery,
    limit: number,
  ): Soon<{ recordId: string; organizationId: string; openedAt: Instant }[]>;
  /** Evaluations whose grade was taken, by whichever step came last, and whose plaque is not back; the oldest first. */
  plaquesOut(query: ClockQuery, limit: number): Soon<{ ratingId: string; organizationId: string; takenAt: Instant }[]>;
}
