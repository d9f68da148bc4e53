import type { Actor } from "../../domain/actors";
import type { Day } from "../../domain/calendar";
import type { Clock, ClockKind, ClockState } from "../../domain/clocks";
import type { Head, HeadAction } from "../../domain/organizations";
import type { CommunityPost, Post } from "../../domain/posts";
import type { SocialWorker, SocialWorkLevel } from "../../domain/socialworkers";
import type { Household, PointBand, VillagePoints } from "../../domain/villagepoints";
import type { Connection, Done, PageInput } from "../contract";

export interface ShownHead extends Head {
  displayName: string | null;
  /** Of the last step, where one was given. */
  reason: string | null;
}
export interface ShownClock extends Clock {
  state: ClockState;
  workingDaysLeft: number;
  citation: string;
}
/** What is due by law or by rule. */
export interface ClocksService {
  /** Whichever is due first; for supervisors of their own places, for officers and auditors of all. */
  list(
    actor: Actor,
    filter: { state?: ClockState[] | null; kind?: ClockKind[] | null; divisionCode?: string | null },
    page: PageInput,
  ): Promise<Connection<ShownClock>>;
}
/** A household on its village's board. */
export interface BoardLine extends Household {
  points: number;
  band: PointBand;
  entries: { seq: number; points: number; on: Day; reason: string | null }[];
}
/** Village points: a unit of their own, which is never time. */
export interface VillagePointsService {
  register(
    actor: Actor,
    input: { idempotencyKey: string; householdNo: string; divisionCode: string },
  ): Promise<Done<Household>>;
  award(
    actor: Actor,
    input: { idempotencyKey: string; householdId: string; points: number; reason: string; on: Day },
  ): Promise<Done<VillagePoints>>;
  reverse(actor: Actor, input: { seq: number; reason: string }): Promise<VillagePoints>;
  /** Null for absent or not yours to see. Batched. */
  many(actor: Actor, ids: readonly string[]): Promise<(Household | null)[]>;
  /** The most points first; for the stations of the division, officers and auditors. */
  board(actor: Actor, of: { divisionCode: string; quarter: string }, page: PageInput): Promise<Connection<BoardLine>>;
}
/** Heads of organisations. */
export interface HeadsService {
  propose(
    actor: Actor,
    input: { idempotencyKey: string; organizationId: string; displayName: string },
  ): Promise<Done<ShownHead>>;
  advance(
    actor: Actor,
    input: { headId: string; action: Exclude<HeadAction, "PROPOSE">; reason?: string | null },
  ): Promise<ShownHead>;
  of(actor: Actor, organizationIds: readonly string[]): Promise<ShownHead[][]>;
}

export interface SocialWorkersService {
  register(
    actor: Actor,
    input: {
      idempotencyKey: string;
      displayName: string;
      legalName?: string | null;
      idNumber?: string | null;
      organizationId: string;
      level: SocialWorkLevel;
      certificateNo: string;
      registeredOn: Day;
    },
  ): Promise<Done<SocialWorker>>;
  recordTraining(
    actor: Actor,
    input: { idempotencyKey: string; socialWorkerId: string; name: string; hours: number; organizer: string; on: Day },
  ): Promise<Done<SocialWorker>>;
  withdrawTraining(actor: Actor, input: { trainingId: string; reason: string }): Promise<SocialWorker>;
  /** Null for absent or not yours to see. Batched. */
  many(actor: Actor, ids: readonly string[]): Promise<(SocialWorker | null)[]>;
  list(
    actor: Actor,
    filter: { organizationId?: string | null; level?: SocialWorkLevel[] | null },
    page: PageInput,
  ): Promise<Connection<SocialWorker> & { totalCount(): Promise<number> }>;
  /** What may be shown of them; null where not yours to see, or erased. Batched. */
  faces(actor: Actor, ids: readonly string[]): Promise<({ displayName: string; maskedCertificateNo: string } | null)[]>;
  /** The term's training; null where not yours to see. Batched. */
  training(actor: Actor, ids: readonly string[]): Promise<(TermTraining | null)[]>;
  /** How many of each organisation are registered today. Batched. */
  certified(organizationIds: readonly string[]): Promise<number[]>;
}
export interface TermTraining {
  earnedHours: number;
  requiredHours: number;
  termEndsOn: Day;
  lines: { id: string; hours: number; on: Day; name: string | null; organizer: string | null }[];
}

/** Paid posts. */
export interface PostsService {
  set(
    actor: Actor,
    input: {
      idempotencyKey: string;
      volunteerId?: string | null;
      socialWorkerId?: string | null;
      organizationId: string;
      post: CommunityPost;
      grade: number;
      validFrom: Day;
      validUntil?: Day | null;
    },
  ): Promise<Done<Post>>;
  end(actor: Actor, input: { postId: string; on: Day; reason: string }): Promise<Post>;
  list(actor: Actor, organizationId: string, page: PageInput): Promise<Connection<Post>>;
  many(actor: Actor, ids: readonly string[]): Promise<(Post | null)[]>;
  /** What their holders are called. Batched. */
  names(actor: Actor, ids: readonly string[]): Promise<(string | null)[]>;
}
