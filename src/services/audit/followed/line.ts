import type { FactOf, JournalKind } from "../../../domain/facts";
import { activityMoves, signUpMoves } from "../../../domain/facts/activities";
import { creditMoves } from "../../../domain/facts/credit-records";
import { recordMoves } from "../../../domain/facts/hours";
import { divisionMoves, headMoves, organizationMoves } from "../../../domain/facts/organizations";
import { identityMoves, invitationMoves, tieMoves, volunteerMoves } from "../../../domain/facts/people";
import { downgradeMoves, ratingMoves } from "../../../domain/facts/ratings";
import type { Rule } from "../rules";

export type Field<K extends JournalKind> = keyof FactOf<K> & string;
type ActionsOf<K extends JournalKind> = K extends keyof typeof actions ? keyof (typeof actions)[K] : never;

/**
 * What the audit checks of one kind of fact. Every field that `changes` does not name is fixed for life. For every kind the
 * `Follower` also checks that `version` rises by one, that `from` is the state before, and that each id names something that
 * the journal knows.
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
  /** Earlier releases wrote the state after a step and not the step. */
  lately?: true;
  rules?: readonly Rule<FactOf<K>>[];
}

/** The tables of moves, by the kinds of facts that name an action. */
const actions = {
  RECORD_STEP: recordMoves,
  ACTIVITY_STEP: activityMoves,
  SIGN_UP_STEP: signUpMoves,
  HEAD_STEP: headMoves,
  CREDIT_RECORD_STEP: creditMoves,
  RATING_STEP: ratingMoves,
  RATING_DOWNGRADE_STEP: downgradeMoves,
  ORGANIZATION_MOVED: organizationMoves,
  DIVISION_STEP: divisionMoves,
  IDENTITY_STEP: identityMoves,
  INVITATION_STEP: invitationMoves,
  TIE_STEP: tieMoves,
  VOLUNTEER_MOVED: volunteerMoves,
} as const;

/** The lines of some of the kinds. */
export type Lines = { readonly [K in JournalKind]?: Followed<K> };
