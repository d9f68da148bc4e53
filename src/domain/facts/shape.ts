import { dayOf } from "../kit/calendar";
import { objectsOf, valuesOf } from "../kit/objects";
import { type ActorKind, actorKinds } from "./actors";
import {
  count,
  day,
  instant,
  oneOf,
  optional,
  person,
  type SealedWord,
  sealedRow,
  type ValueOf,
  type Values,
  type Word,
  type Words,
} from "./words";

/** When and by whom an entry was written: what every row may keep beside the fact. */
export interface Written {
  seq: number;
  at: number;
  actor: string;
}
type Row = Record<string, unknown>;
/** A column that is not simply a field: its word, and its value by the fact and its entry. */
export interface Column<W extends Word = Word> {
  readonly word: W;
  value(fact: Row, written: Written): ValueOf<W>;
}
const column = <W extends Word>(word: W, value: (fact: Row, written: Written) => ValueOf<W>): Column<W> => ({
  word,
  value,
});

/** Columns that an entry's stamp gives. */
export const seq = column(count, (_, written) => written.seq);
export const at = column(instant, (_, written) => written.at);
export const actor = column(person, (_, written) => written.actor);
export const enteredOn = column(day, (_, written) => dayOf(written.at));
/** A column with the same value in each row that this kind writes. */
export const always = <W extends Word>(word: W, value: ValueOf<W>) => column(word, () => value);
/** A column that follows from several fields. */
export const from = <W extends Word, F>(word: W, value: (fact: F, written: Written) => ValueOf<W>) =>
  column(word, value as (fact: Row, written: Written) => ValueOf<W>);

/** A table that a kind of fact writes: its columns, its key, and how a row is written. */
export interface Target<C = Words> {
  readonly table: string;
  readonly key: readonly string[];
  readonly columns: C;
  /** Whether the table only grows. In the others a row takes the place of the one before with the same key. */
  readonly once: boolean;
  /** The column that keeps the value of the first entry about a row. */
  readonly kept: string | null;
  row(fact: object, written: Written): Values<C>;
}

/** A kind of fact: its number in the bytes, its fields, and what it makes true in the tables. */
export interface Shape<K extends string = string, F extends Words = Words, T = Readonly<Record<string, Target>>> {
  readonly kind: K;
  readonly code: number;
  /** Fields are only added at the end, each with the next version. */
  readonly version: number;
  readonly fields: F;
  readonly into: T;
  /** Of a kind that says the steps of a machine. */
  readonly machine?: Machine;
  /** A fact with these values, which may have other fields besides. */
  fact(values: Values<F>): { type: K } & Values<F>;
  /** The names of what a fact of this kind is made of: `type`, and the fields. */
  readonly names: readonly string[];
  /** What a fact is made of as a list, in the order of the names. */
  listed(fact: object): unknown[];
  /** The fact that such a list is of. */
  factOf(listed: readonly unknown[]): { type: K } & Values<F>;
}

/** A state machine: its states and actions, in frozen order, and where each action leads. */
export interface Machine<S extends string = string, A extends string = string> {
  readonly states: readonly S[];
  readonly actions: readonly A[];
  readonly moves: Readonly<Record<A, { from: readonly (S | null)[]; to: S | readonly S[] | "SAME"; reason: boolean }>>;
}

/** A state as its kind of fact leaves it, without what only the step says. */
export type StateOf<S> = S extends { state: infer F } ? Values<F> : never;
/** A row of one of the tables that a kind of fact writes. */
export type RowOf<S, T> = S extends { into: { [K in T & string]: Target<infer C> } } ? Values<C> : never;

type Source<F> = (keyof F & string) | Column;
type Sources<F> = Readonly<Record<string, Source<F>>>;
type Sourced<F, C> = {
  readonly [N in keyof C]: C[N] extends Column<infer W> ? W : C[N] extends keyof F ? F[C[N]] : never;
};
interface Also<F> {
  readonly key: readonly string[];
  readonly columns: Sources<F>;
  readonly once?: true;
  readonly kept?: string;
}
interface Options<F> {
  /** The table that holds a thing as its last fact leaves it; null where a fact writes none. */
  readonly into: string | null;
  /** The columns of its key; the first field where it is left out. */
  readonly key?: readonly string[];
  /** No second fact is written about the same thing. */
  readonly once?: true;
  /** The row keeps the journal position of its first fact, by which lists in recorded order go. */
  readonly opened?: true;
  /** Fields that the table does not keep. */
  readonly unkept?: readonly (keyof F & string)[];
  /** Columns besides the fields and `seq`. */
  readonly plus?: Readonly<Record<string, Column>>;
  /** Other tables that the same fact writes. */
  readonly also?: Readonly<Record<string, Also<F>>>;
}

type Unkept<O> = O extends { unkept: readonly (infer U)[] } ? U : never;
type Plus<O> = O extends { plus: infer P extends Record<string, Column> }
  ? { readonly [N in keyof P]: P[N] extends Column<infer W> ? W : never }
  : unknown;
type Opened<O> = O extends { opened: true } ? { readonly openedSeq: typeof count } : unknown;
type MainColumns<F, O> = Omit<F, Unkept<O> & string> & Plus<O> & Opened<O> & { readonly seq: typeof count };
type NoTarget = Readonly<Record<never, Target>>;
type AlsoTargets<F, O> = O extends { also: infer A }
  ? { readonly [T in keyof A]: A[T] extends { columns: infer C } ? Target<Sourced<F, C>> : never }
  : NoTarget;
type MainTarget<F, O> = O extends { into: infer T extends string }
  ? { readonly [N in T]: Target<MainColumns<F, O>> }
  : NoTarget;

type FactShape<K extends string, F extends Words, O> = Shape<K, F, MainTarget<F, O> & AlsoTargets<F, O>> & {
  readonly state: Omit<F, Unkept<O> & string>;
};

/**
 * A kind of fact that says how a thing stands. Its first signature says for the compiler, field by field, what the second makes of
 * any words.
 */
export function fact<const K extends string, F extends Words, const O extends Options<F>>(
  kind: K,
  code: number,
  fields: F,
  options: O,
): FactShape<K, F, O>;
export function fact(kind: string, code: number, fields: Words, options: Options<Words>): Shape & { state: Words } {
  const unkept = options.unkept ?? [];
  const kept = Object.keys(fields).filter((name) => !unkept.includes(name));
  const main: Sources<Words> = {
    ...Object.fromEntries(kept.map((name) => [name, name])),
    ...options.plus,
    ...(options.opened ? { openedSeq: seq } : {}),
    ...(options.plus?.seq === undefined ? { seq } : {}),
  };
  const into: Record<string, Target> = {};
  const { key = Object.keys(fields).slice(0, 1), once, opened } = options;
  if (options.into !== null)
    into[options.into] = target(fields, options.into, {
      key,
      columns: main,
      ...(once ? { once } : {}),
      ...(opened ? { kept: "openedSeq" } : {}),
    });
  for (const [table, also] of Object.entries(options.also ?? {})) into[table] = target(fields, table, also);
  const state = Object.fromEntries(Object.entries(fields).filter(([name]) => kept.includes(name)));
  const version = Math.max(1, ...Object.values(fields).map(({ since = 1 }) => since));
  const names = ["type", ...Object.keys(fields)];
  const [listed, factOf] = [valuesOf(names), objectsOf<{ type: string } & Row>(names)];
  const made = (values: Row) => {
    const parts = listed(values);
    parts[0] = kind;
    return factOf(parts);
  };
  return { kind, code, version, fields, into, state, fact: made, names, listed, factOf };
}

function target(fields: Words, table: string, also: Also<Words>): Target {
  const columns = Object.entries(also.columns);
  const words = columns.map(([name, source]) => [name, typeof source === "string" ? fields[source] : source.word]);
  const rowOf = objectsOf(columns.map(([name]) => name));
  const fieldsOf = valuesOf(columns.map(([, source]) => (typeof source === "string" ? source : null)));
  const made = columns.flatMap(([, source], i) => (typeof source === "string" ? [] : { i, source }));
  return {
    table,
    key: also.key,
    columns: Object.fromEntries(words) as Words,
    once: also.once ?? false,
    kept: also.kept ?? null,
    row(fact, written) {
      const values = fieldsOf(fact);
      for (const { i, source } of made) values[i] = source.value(fact as Row, written);
      return rowOf(values);
    },
  };
}

interface StepOptions<F> extends Omit<Options<F>, "also" | "into"> {
  readonly into: string;
  /** The table of all steps, and the name of its column with the thing's id. Fields after those are kept with each step. */
  readonly history?: readonly [table: string, column: string, ...fields: (keyof F & string)[]];
  readonly also?: Readonly<Record<string, Also<F>>>;
}
type StepWords<S extends string, A extends string> = {
  readonly action: Word<A, false>;
  readonly from: Word<S | null, true>;
  readonly actorKind: Word<ActorKind, false>;
  readonly reasonId: SealedWord<string | null, true>;
};
type HistoryColumns<F, S extends string, A extends string, N extends string, X> = Readonly<
  Record<N, F[keyof F & ("id" | "code")]>
> &
  Pick<F, X & keyof F> & {
    readonly version: typeof count;
    readonly seq: typeof count;
    readonly at: typeof instant;
    readonly to: Word<S, false>;
    readonly actorId: Word<string, false>;
  } & StepWords<S, A>;
type HistoryTarget<F, S extends string, A extends string, O> = O extends {
  history: readonly [infer T extends string, infer N extends string, ...infer X];
}
  ? { readonly [H in T]: Target<HistoryColumns<F, S, A, N, X[number]>> }
  : NoTarget;
type StepShape<K extends string, F extends Words, S extends string, A extends string, O> = Shape<
  K,
  F & StepWords<S, A>,
  MainTarget<F, O> & HistoryTarget<F, S, A, O> & AlsoTargets<F & StepWords<S, A>, O>
> & {
  readonly state: Omit<F, Unkept<O> & string>;
  readonly machine: Machine<S, A>;
  /** The fact of a step of a thing, which stands so after it. */
  step(
    thing: Values<Omit<F, "version">>,
    step: { version: number } & Values<StepWords<S, A>>,
  ): { type: K } & Values<F & StepWords<S, A>>;
};

/** A kind of fact that says a step of a machine: how the thing stands after it, and who took which step from where, and why. */
export function step<
  const K extends string,
  S extends string,
  A extends string,
  F extends Words & { readonly state: Word; readonly version: Word },
  const O extends StepOptions<F>,
>(kind: K, code: number, machine: Machine<S, A>, fields: F, options: O): StepShape<K, F, S, A, O>;
export function step(
  kind: string,
  code: number,
  machine: Machine,
  fields: Words,
  options: StepOptions<Words>,
): Shape & { state: Words; machine: Machine; step(thing: Row, change: Row): { type: string } & Row } {
  const stepFields = {
    action: oneOf(machine.actions),
    from: optional(oneOf(machine.states)),
    actorKind: oneOf(actorKinds),
    reasonId: optional(sealedRow),
  };
  const [table, column, ...extra] = options.history ?? [];
  const steps: Record<string, Also<Words>> = {};
  if (table && column)
    steps[table] = {
      key: [column, "version"],
      once: true,
      columns: {
        [column]: "id",
        version: "version",
        ...Object.fromEntries(extra.map((name) => [name, name])),
        ...taken,
      },
    };
  const { history: _, also, ...rest } = options;
  const shape = fact<string, Words, Options<Words>>(
    kind,
    code,
    { ...fields, ...stepFields },
    { ...rest, unkept: [...(options.unkept ?? []), ...Object.keys(stepFields)], also: { ...steps, ...also } },
  );
  const ofStep = ["version", ...Object.keys(stepFields)].map((name) => ({ name, at: shape.names.indexOf(name) }));
  const made = (thing: Row, change: Row) => {
    const parts = shape.listed(thing);
    parts[0] = kind;
    for (const { name, at } of ofStep) parts[at] = change[name];
    return shape.factOf(parts);
  };
  return { ...shape, machine, step: made };
}

/** What every step leaves in its history, besides of what it is a step. */
export const taken = {
  seq,
  at,
  action: "action",
  from: "from",
  to: "state",
  actorId: actor,
  actorKind: "actorKind",
  reasonId: "reasonId",
} as const;
