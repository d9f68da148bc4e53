import { activityMoves } from "../../../domain/activities/machine";
import { signUpMoves } from "../../../domain/activities/signups";
import { creditMoves } from "../../../domain/credit";
import { divisionMoves } from "../../../domain/divisions";
import { recordMoves } from "../../../domain/hours";
import { identityMoves } from "../../../domain/identities";
import { invitationMoves } from "../../../domain/invitations";
import type { FactOf, JournalKind } from "../../../domain/ledger/facts";
import { headMoves, organizationMoves } from "../../../domain/organizations";
import { ratingMoves } from "../../../domain/ratings";
import { tieMoves } from "../../../domain/ties";
import { volunteerMoves } from "../../../domain/volunteers";
import type { Known, Rule } from "../rules";

export type Field<K extends JournalKind> = keyof FactOf<K> & string;
type ActionsOf<K extends JournalKind> = K extends keyof typeof actions ? keyof (typeof actions)[K] : never;

/**
 * What the audit follows of one kind of fact. Everything that `changes` does not name is fixed for life. Besides what
 * stands here, `Follower` checks of each kind that `version` counts on by one, that `from` is the state before, and that
 * every id names something the journal knows.
 */
export interface Followed<K extends JournalKind> {
  /** The fields by which the thing is known that the fact is about; null where each fact is about itself alone. */
  key: readonly Field<K>[] | null;
  /** What a later fact about the same thing may change: always, or by its action. ONCE: there is no later fact. */
  changes: "ONCE" | readonly Field<K>[] | Readonly<Record<ActionsOf<K> & string, readonly Field<K>[]>>;
  /** A field by which rules find the last fact as well. */
  alsoBy?: Field<K>;
  /** How the thing stood by a fact of another kind, as an earlier release wrote it, where there is none of this kind yet. */
  since?: (fact: FactOf<K>, known: Known) => Partial<FactOf<K>> | null;
  /** The kind that says how the thing stands after a step, where a step is a kind of its own: one entry of each per version. */
  stepsOf?: JournalKind;
  /** Earlier releases wrote no steps of this kind beside what they led to. */
  lately?: true;
  rules?: readonly Rule<FactOf<K>>[];
}

/** The tables of moves of kinds that name their action. */
const actions = {
  RECORD_STEP: recordMoves,
  ACTIVITY_STEP: activityMoves,
  SIGN_UP_STEP: signUpMoves,
  HEAD_STEP: headMoves,
  CREDIT_RECORD_STEP: creditMoves,
  RATING_STEP: ratingMoves,
  ORGANIZATION_MOVED: organizationMoves,
  DIVISION_STEP: divisionMoves,
  IDENTITY_STEP: identityMoves,
  INVITATION_STEP: invitationMoves,
  TIE_STEP: tieMoves,
  VOLUNTEER_MOVED: volunteerMoves,
} as const;

/** Lines of some kinds of facts. */
export type Lines = { readonly [K in JournalKind]?: Followed<K> };
