import { type JournalKind, journalKinds, shapes } from "../../domain/facts";
import { fieldOf } from "./changes";
import { followed } from "./followed";
import { type Moves, wrongMove } from "./rules";

interface State {
  readonly version?: number;
  readonly state?: string;
  readonly from?: string | null;
}
const noState: State = {};
/** What a fact says of a machine, where it is a step of one. */
export const stateOf = (fact: object | null): State => fact ?? noState;

/** Of which kind the steps are a kind of their own, and which kind they are. */
export const steps = journalKinds.flatMap((kind) => {
  const { stepsOf }: { stepsOf?: JournalKind } = followed[kind];
  return stepsOf ? [{ kind, stepsOf }] : [];
});
/** The kind of the steps of a kind, where they are a kind of their own. */
export const stepped = new Map(steps.map((step) => [step.stepsOf, step]));

/** The moves of each kind that is a machine's: no list here names the machines. */
const movesOf = new Map<JournalKind, Moves>(
  journalKinds.flatMap((kind) => {
    const { machine } = shapes[kind];
    return machine ? [[kind, machine.moves]] : [];
  }),
);

/** What is wrong with the move that a fact says, where its kind is a machine's. */
export function movedWrong(fact: { readonly type: JournalKind }): string | false {
  const moves = movesOf.get(fact.type);
  if (!moves) return false;
  const textOf = (field: string) => String(fieldOf(fact, field));
  const [from, reasonId] = [fieldOf(fact, "from") as string | null, fieldOf(fact, "reasonId") as string | null];
  return wrongMove(moves, { action: textOf("action"), from, state: textOf("state"), reasonId });
}
