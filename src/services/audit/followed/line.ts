import type { FactOf, JournalKind, ShapeOf } from "../../../domain/facts";
import type { organizationMoves } from "../../../domain/facts/organizations";
import type { volunteerMoves } from "../../../domain/facts/people";
import type { Rule } from "../rules";

export type Field<K extends JournalKind> = keyof FactOf<K> & string;
/** The actions of a kind: of its machine, or of the table of moves by which it says the steps of another kind. */
type ActionsOf<K extends JournalKind> =
  ShapeOf<K> extends { readonly machine: { readonly moves: infer M } } ? keyof M : keyof StepsOf<K>;
type StepsOf<K> = K extends "ORGANIZATION_MOVED"
  ? typeof organizationMoves
  : K extends "VOLUNTEER_MOVED"
    ? typeof volunteerMoves
    : never;

/**
 * What the audit checks of one kind of fact. Every field that `changes` does not name is fixed for life. For every kind the
 * `Follower` also checks that `version` rises by one, that `from` is the state before, that each id names something that the
 * journal knows, and, of a kind that is a machine's, that the machine has such a move.
 */
export interface Followed<K extends JournalKind> {
  /** The fields that identify the thing that a fact is about; null where each fact is a thing of its own. */
  key: readonly Field<K>[] | null;
  /** The fields that a later fact about the same thing may change, for all actions or by action. ONCE: no fact may follow. */
  changes: "ONCE" | readonly Field<K>[] | Readonly<Record<ActionsOf<K> & string, readonly Field<K>[]>>;
  /** A second field by which rules find the last fact. */
  alsoBy?: Field<K>;
  /** Of a kind that says a step alone: the kind that says the state after it. Each version has one entry of both kinds. */
  stepsOf?: JournalKind;
  rules?: readonly Rule<FactOf<K>>[];
}

/** The lines of some of the kinds. */
export type Lines = { readonly [K in JournalKind]?: Followed<K> };
