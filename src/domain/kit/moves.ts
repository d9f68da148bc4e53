import { refuse } from "./refusal";

/** One step of a state machine: from which states, to which, and whether it needs a reason. `null` is before the first step. */
export interface Move<S extends string> {
  readonly from: readonly (S | null)[];
  /** SAME leaves the state as it is. Where a row names several states, the caller says which; else the first one is taken. */
  readonly to: S | readonly S[] | "SAME";
  readonly reason: boolean;
}
export type Moves<A extends string, S extends string> = Readonly<Record<A, Move<S>>>;

/** What the caller says beside the action. */
export interface Asked<S extends string = string> {
  /** The version that the client saw; not checked where the client named none. */
  expectedVersion?: number | null;
  reason?: string | null;
  /** The field of the input that holds the reason. */
  reasonAt?: string;
  to?: S;
}

/**
 * Takes a step of a state machine: the state and the version that it leaves, or a refusal. Every machine refuses in this
 * order: VERSION_CONFLICT, because a client that saw another version asks about another thing; ILLEGAL_TRANSITION;
 * REASON_MISSING.
 */
export function take<A extends string, S extends string>(
  moves: Moves<A, S>,
  before: { readonly state: S; readonly version: number } | null,
  action: A,
  { expectedVersion, reason, reasonAt = "reason", to }: Asked<S> = {},
): { state: S; version: number } {
  checkVersion(before, expectedVersion);
  const [move, from] = [moves[action], before?.state ?? null];
  if (!mayTake(moves, from, action)) refuse("ILLEGAL_TRANSITION", { action, from });
  const ends: readonly S[] = move.to === "SAME" ? [from as S] : typeof move.to === "string" ? [move.to] : move.to;
  const state = to ?? (ends[0] as S);
  if (!ends.includes(state)) refuse("ILLEGAL_TRANSITION", { action, from });
  if (move.reason && !reason?.trim()) refuse("REASON_MISSING", { action }, [reasonAt]);
  return { state, version: (before?.version ?? 0) + 1 };
}

/** Whether the table has a row for this step from this state. */
export function mayTake<A extends string, S extends string>(moves: Moves<A, S>, from: S | null, action: A): boolean {
  return moves[action].from.includes(from);
}

/** Whether a step may be taken again right after itself. A step that changes nothing then meets no conflict of versions. */
export function mayRepeat<A extends string, S extends string>(moves: Moves<A, S>, action: A): boolean {
  const { from, to } = moves[action];
  return to === "SAME" || ([to].flat() as S[]).some((state) => from.includes(state));
}

/** Refuses a client that saw another version than the one that stands. A thing that does not exist yet has version 0. */
export function checkVersion(before: { readonly version: number } | null | undefined, expected?: number | null): void {
  const version = before?.version ?? 0;
  if (expected != null && expected !== version) refuse("VERSION_CONFLICT", { version }, ["expectedVersion"]);
}
