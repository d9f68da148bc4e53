import { type Fact, type FactOf, type JournalKind, journalKinds, shapes } from "../../domain/facts";
import type { Seal } from "../../domain/facts/bytes";
import type { JournalEntry, Stamp } from "../../domain/ledger/journal";
import type { Scratch, ScratchMap } from "../../storage/store";
import { changed, fieldOf } from "./changes";
import { followed } from "./followed";
import type { Followed } from "./followed/line";
import { beginningOf, type Named, namesOf } from "./names";
import { type Known, type Moves, wrongMove } from "./rules";

/** A thing as its last fact leaves it: the entry of that fact, and the position of the first one. */
export type Thing<K extends JournalKind> = Stamp & { fact: FactOf<K>; opened: number };
/** An entry with its fact whole. */
export type Entry = Omit<JournalEntry, "fact"> & { fact: Fact };
type AnyThing = Stamp & { fact: Fact; opened: number };
const isOf = <K extends JournalKind>(kind: K, thing: { fact: { type: JournalKind } }): thing is Thing<K> =>
  thing.fact.type === kind;

/** Follows every thing from its first fact to its last, and says of each fact what is wrong with it. */
export class Follower implements Known {
  previous: Fact | null = null;
  private readonly things = new Map<JournalKind, ScratchMap<AnyThing>>();
  /** The sealed rows as they are to stand: under whose key, and the commitment to what each holds. */
  private readonly sealed: ScratchMap<SealedRow>;
  /** Ids that named nothing yet when they were met, with the place of the first that did. */
  private readonly unknown: ScratchMap<{ where: string; field: string; kinds: readonly Named[]; id: string }>;
  /** The kinds of things whose ids begin alike. */
  private readonly kindsOf = new Map<string, Set<Named>>();

  constructor(private readonly scratch: Scratch) {
    this.unknown = scratch.map("unknown ids");
    this.sealed = scratch.map("sealed");
  }

  /** A sealed row as the entries so far leave it; null where none sealed it. */
  sealedRow(id: string): SealedRow | null {
    return this.sealed.get(id) ?? null;
  }

  thing<K extends JournalKind>(kind: K, key: string): Thing<K> | null {
    const thing = this.things.get(kind)?.get(key);
    return thing && isOf(kind, thing) ? thing : null;
  }

  last<K extends JournalKind>(kind: K, ...key: string[]): FactOf<K> | null {
    return this.thing(kind, key.length === 1 ? (key[0] as string) : key.join(" "))?.fact ?? null;
  }

  lastBy<K extends JournalKind>(kind: K, value: string): FactOf<K> | null {
    return this.last(kind, `= ${value}`);
  }

  /** The last fact about the thing that this fact is about, before it is followed. */
  before(fact: Fact): Fact | null {
    const key = keyOf(followed[fact.type].key, fact);
    return key === null ? null : (this.things.get(fact.type)?.get(key)?.fact ?? null);
  }

  /** Whether any fact is about a thing with this id, of whatever kind. */
  knowsId(id: string): boolean {
    return this.knows([...(this.kindsOf.get(beginningOf(id)) ?? [])], id);
  }

  /** Each thing of that kind once. */
  *each<K extends JournalKind>(kind: K): Generator<Thing<K>> {
    for (const [key, thing] of this.things.get(kind)?.entries() ?? [])
      if (!key.startsWith("= ") && isOf(kind, thing)) yield thing;
  }

  follow(entry: Entry, where: string): readonly string[] {
    const wrong = [...this.seal(entry), ...this.look(entry.fact, entry)];
    this.remember(entry);
    this.names(entry.fact, where);
    this.previous = entry.fact;
    return wrong;
  }

  /** After the last entry: steps without the state they led to, and ids that name nothing. */
  *close(): Generator<{ where: string; what: string }> {
    for (const { kind, stepsOf } of steps)
      for (const [key, { fact }] of this.things.get(kind)?.entries() ?? []) {
        const [step, thing] = [stateOf(fact), stateOf(this.last(stepsOf, key))];
        if (step.version !== thing.version || step.state !== thing.state)
          yield { where: `${stepsOf} ${key}`, what: "is not where its last step led" };
      }
    for (const [, { where, field, kinds, id }] of this.unknown.entries())
      if (!this.knows(kinds, id)) yield { where, what: `${field} names nothing that the journal knows` };
  }

  /** A row is sealed once by the entry that first names it, and anew by entries that say so. */
  private *seal({ fact, seals, seq }: Entry): Generator<string> {
    if (fact.type === "SEALED_ANEW" && seals.length === 0) yield "seals nothing";
    for (const seal of seals) {
      const earlier = this.sealed.get(seal.id);
      if (fact.type === "SEALED_ANEW" && !earlier) yield "was never sealed before";
      if (fact.type !== "SEALED_ANEW" && earlier) yield "seals what was sealed before";
      this.sealed.set(seal.id, sealedRowOf(seal, earlier?.seq ?? seq));
      this.begins(seal.id, "SEALED");
    }
  }

  private *look<K extends JournalKind>(fact: FactOf<K>, { actor: by, at }: Entry): Generator<string> {
    const kind: K = fact.type;
    const line: Followed<K> = followed[kind];
    const key = keyOf(line.key, fact);
    const earlier = key === null ? null : this.last(kind, key);
    const now = stateOf(fact);
    const stood = stateOf(line.stepsOf && key !== null ? this.last(line.stepsOf, key) : earlier);
    if (now.version !== undefined && now.version !== (stood.version ?? 0) + 1) yield "version is not the next";
    if (now.from !== undefined && now.state !== undefined && now.from !== (stood.state ?? null))
      yield "does not start where the step before ended";
    if (earlier) yield* changed(kind, line, fact, earlier);
    const ledBy = stepped.get(kind);
    if (earlier && ledBy && key !== null) {
      const step = this.last(ledBy.kind, key);
      const { version, state } = stateOf(step);
      if (version !== now.version || state !== now.state) yield "no step of the office's led here";
    }
    const moved = movedWrong(fact);
    if (moved) yield moved;
    const step = { fact, before: earlier, by, at, known: this };
    for (const rule of line.rules ?? []) {
      const wrong = rule(step);
      if (wrong) yield wrong;
    }
  }

  private remember({ fact, seals: _, ...stamp }: Entry): void {
    const { key, alsoBy }: Kept = followed[fact.type];
    const id = keyOf(key, fact);
    if (id === null) return;
    const things = this.things.get(fact.type) ?? this.scratch.map<AnyThing>(fact.type);
    this.things.set(fact.type, things);
    const thing = { ...stamp, fact, opened: things.get(id)?.opened ?? stamp.seq };
    things.set(id, thing);
    if (alsoBy) things.set(`= ${fieldOf(fact, alsoBy)}`, thing);
    this.begins(id, fact.type);
  }

  /** Notes how an id of this kind begins. */
  private begins(id: string, kind: Named): void {
    const beginning = beginningOf(id);
    const kinds = this.kindsOf.get(beginning) ?? new Set();
    if (kinds.size === 0) this.kindsOf.set(beginning, kinds);
    kinds.add(kind);
  }

  private knows(kinds: readonly Named[], id: string): boolean {
    return kinds.some((kind) => (kind === "SEALED" ? this.sealed : this.things.get(kind))?.has(id));
  }

  private names(fact: Fact, where: string): void {
    for (const [field, kinds] of namesOf.get(fact.type) ?? []) {
      const named = fieldOf(fact, field);
      if (typeof named === "string") this.name({ where, field, kinds, id: named });
      else if (Array.isArray(named)) for (const id of named) this.name({ where, field, kinds, id: String(id) });
    }
  }

  private name(named: { where: string; field: string; kinds: readonly Named[]; id: string }): void {
    const { field, kinds, id } = named;
    if (!this.knows(kinds, id) && !this.unknown.has(`${field} ${id}`)) this.unknown.set(`${field} ${id}`, named);
  }
}

/** What says the thing that a fact is about; null where each fact is a thing of its own. */
function keyOf(key: readonly string[] | null, fact: object): string | null {
  if (key === null) return null;
  const [first, ...more] = key.map((field) => String(fieldOf(fact, field)));
  return more.length === 0 ? (first ?? "") : [first, ...more].join(" ");
}

/** A sealed row as the audit compares it: what it holds is known by the hash that the journal committed to. */
export interface SealedRow {
  id: string;
  personId: string;
  /** The position of the entry that sealed it first. */
  seq: number;
  commitment: string;
}
export const sealedRowOf = ({ id, personId, commitment }: Seal, seq: number): SealedRow => ({
  id,
  personId,
  seq,
  commitment: Buffer.from(commitment).toString("hex"),
});

/** What the kinds have in common by which a thing is known. */
interface Kept {
  readonly key: readonly string[] | null;
  readonly alsoBy?: string;
  readonly stepsOf?: JournalKind;
}

interface State {
  readonly version?: number;
  readonly state?: string;
  readonly from?: string | null;
}
const noState: State = {};
/** What a fact says of a machine, where it is a step of one. */
const stateOf = (fact: object | null): State => fact ?? noState;

/** Of which kind the steps are a kind of their own, and which kind they are. */
const steps = journalKinds.flatMap((kind) => {
  const { stepsOf }: Kept = followed[kind];
  return stepsOf ? [{ kind, stepsOf }] : [];
});
const stepped = new Map(steps.map((step) => [step.stepsOf, step]));

/** The moves of each kind that is a machine's: no list here names the machines. */
const movesOf = new Map<JournalKind, Moves>(
  journalKinds.flatMap((kind) => {
    const { machine } = shapes[kind];
    return machine ? [[kind, machine.moves]] : [];
  }),
);

/** What is wrong with the move that a fact says, where its kind is a machine's. */
function movedWrong(fact: { readonly type: JournalKind }): string | false {
  const moves = movesOf.get(fact.type);
  if (!moves) return false;
  const textOf = (field: string) => String(fieldOf(fact, field));
  const [from, reasonId] = [fieldOf(fact, "from") as string | null, fieldOf(fact, "reasonId") as string | null];
  return wrongMove(moves, { action: textOf("action"), from, state: textOf("state"), reasonId });
}
