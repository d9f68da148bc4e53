import type { ActorKind } from "../../domain/facts/actors";
import type {
  DowngradeAction,
  DowngradeState,
  Rating,
  RatingDowngrade,
  RatingInstrument,
  RatingRound,
  RatingSheet,
  RatingState,
  RatingStepAction,
  RatingVote,
} from "../../domain/facts/ratings";
import type { Day, Instant } from "../../domain/kit/calendar";
import type { Soon } from "../../domain/kit/soon";
import type { Days, Instants, Page } from "./page";

export type StoredRound = RatingRound & { seq: number };

export type StoredSheet = RatingSheet & { seq: number };

export interface DowngradeStepRow {
  downgradeId: string;
  version: number;
  seq: number;
  at: Instant;
  action: DowngradeAction;
  from: DowngradeState | null;
  to: DowngradeState;
  actorId: string;
  actorKind: ActorKind;
  reasonId: string | null;
}

export interface RatingStepRow {
  ratingId: string;
  version: number;
  at: Instant;
  action: RatingStepAction;
  from: RatingState | null;
  to: RatingState;
  actorId: string;
  actorKind: ActorKind;
  reasonId: string | null;
  wordsId: string | null;
}

/** What a member thinks of an organisation. */
export interface Feedback {
  id: string;
  organizationId: string;
  memberHash: string;
  stars: number;
  on: Day;
  version: number;
}

/** What can be asked about ratings of organisations. */
export interface RatingsView {
  ratingRounds(ids: readonly string[]): Soon<Map<string, RatingRound>>;
  /** The latest to open first. */
  ratingRoundList(instrument: RatingInstrument | null, page: Page): Soon<StoredRound[]>;
  /** How many applications of each round nobody has come to an end with; absent for none. */
  ratingsPending(roundIds: readonly string[]): Soon<Map<string, number>>;
  ratings(ids: readonly string[]): Soon<Map<string, Rating>>;
  /** The first applied first. */
  ratingsOf(organizationIds: readonly string[]): Soon<Map<string, Rating[]>>;
  ratingsOfRound(roundId: string, page: Page): Soon<Rating[]>;
  ratingSteps(ids: readonly string[]): Soon<Map<string, RatingStepRow[]>>;
  ratingVotes(ratingIds: readonly string[]): Soon<Map<string, RatingVote[]>>;
  /** All that were handed in, also those in whose place another was handed in since; the first first. */
  ratingSheets(ratingIds: readonly string[]): Soon<Map<string, StoredSheet[]>>;
  /** The first proposed first. */
  ratingDowngrades(ratingIds: readonly string[]): Soon<Map<string, RatingDowngrade[]>>;
  ratingDowngradeSteps(downgradeIds: readonly string[]): Soon<Map<string, DowngradeStepRow[]>>;
  feedbackOf(organizationId: string, memberHash: string): Soon<Feedback | undefined>;
  /** Of each member's last word within the days. */
  feedbackSum(organizationId: string, days: Days): Soon<{ count: number; sum: number }>;
  /** Objections decided within the span, and how many of them left the record as it was; of all, or of one organisation's. */
  disputesDecided(
    instants: Instants,
    organizationId?: string,
  ): Soon<{ divisionCode: string; upheld: number; decided: number }[]>;
}
