import { type Fact, type FactOf, type JournalKind, shapes } from "../../domain/facts";
import type { JournalEntry } from "../../domain/ledger/journal";
import type { Scratch, ScratchForm, ScratchMap } from "../../storage/store";
import { changed, fieldOf } from "./changes";
import { followed } from "./followed";
import type { Followed } from "./followed/line";
import { movedWrong, stateOf, stepped, steps } from "./machines";
import { beginningOf, type Named, namesOf } from "./names";
import type { Known } from "./rules";
import { type SealedRow, sealedRowOf } from "./sealed-rows";

/** A thing as its last fact leaves it, with the stamp of that fact's entry and the position of the first one. */
export interface Thing<F = Fact> {
  readonly fact: F;
  readonly seq: number;
  readonly at: number;
  readonly actor: string;
  readonly opened: number;
  /** What became of its row: it is added up when the thing leaves the memory, since most things are replaced before that. */
  row: "WAITS" | "ADDED" | "REPLACED";
}
/** An entry with its fact whole. */
export type Entry = Omit<JournalEntry, "fact"> & { fact: Fact };
const isOf = <K extends JournalKind>(
  kind: K,
  thing: { fact: { type: JournalKind } },
): thing is Thing<FactOf<K>> & { fact: { type: JournalKind } } => thing.fact.type === kind;

/** Follows every thing from its first fact to its last, and says of each fact what is wrong with it. */
export class Follower implements Known {
  previous: Fact | null = null;
  /** How the thing that the last entry is about stood before it, and stands now; null where each fact is a thing of its own. */
  before: Thing | null = null;
  now: Thing | null = null;
  /** The rows that the last entry sealed, and those of them that were sealed before. */
  resealed: readonly (readonly [row: SealedRow, before: SealedRow | null])[] = [];
  private readonly things = new Map<JournalKind, ScratchMap<Thing>>();
  /** The sealed rows as they are to stand: under whose key, and the commitment to what each holds. */
  private readonly sealed: ScratchMap<SealedRow>;
  /** Ids that named nothing yet when they were met, with the place of the first that did. */
  private readonly unknown: ScratchMap<{ where: string; field: string; kinds: readonly Named[]; id: string }>;
  /** The kinds of things whose ids begin alike. */
  private readonly kindsOf = new Map<string, Set<Named>>();

  constructor(
    private readonly scratch: Scratch,
    /** Hears of each thing when it leaves the memory. */
    private readonly leaves: (thing: Thing) => void = () => undefined,
  ) {
    this.unknown = scratch.map("unknown ids");
    this.sealed = scratch.map("sealed");
  }

  thing<K extends JournalKind>(kind: K, key: string): Thing<FactOf<K>> | null {
    const thing = this.things.get(kind)?.get(key);
    return thing && isOf(kind, thing) ? thing : null;
  }

  last<K extends JournalKind>(kind: K, ...key: string[]): FactOf<K> | null {
    return this.thing(kind, key.length === 1 ? (key[0] as string) : key.join(" "))?.fact ?? null;
  }

  lastBy<K extends JournalKind>(kind: K, value: string): FactOf<K> | null {
    return this.last(kind, `= ${value}`);
  }

  /** Whether any fact is about a thing with this id, of whatever kind. */
  knowsId(id: string): boolean {
    return this.knows([...(this.kindsOf.get(beginningOf(id)) ?? [])], id);
  }

  /** Each thing of that kind once. */
  *each<K extends JournalKind>(kind: K): Generator<Thing<FactOf<K>>> {
    for (const [key, thing] of this.things.get(kind)?.entries() ?? [])
      if (!key.startsWith("= ") && isOf(kind, thing)) yield thing;
  }

  /** Says what is wrong with an entry, and remembers it. */
  follow(entry: Entry, where: string): readonly string[] {
    const { fact } = entry;
    const key = keyOf(followed[fact.type].key, fact);
    const before = key === null ? null : (this.things.get(fact.type)?.get(key) ?? null);
    const wrong: string[] = [];
    this.seal(entry, wrong);
    this.look(fact, key, before, entry, wrong);
    this.before = before;
    this.now = key === null ? null : this.remember(entry, key, before);
    this.names(fact, before?.fact ?? null, where);
    this.previous = fact;
    return wrong;
  }

  /** Lets all things leave the memory. */
  settle(): void {
    for (const things of this.things.values()) things.settle();
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
  private seal({ fact, seals, seq }: Entry, wrong: string[]): void {
    if (fact.type === "SEALED_ANEW" && seals.length === 0) wrong.push("seals nothing");
    this.resealed = seals.map((seal) => {
      const before = this.sealed.get(seal.id) ?? null;
      if (fact.type === "SEALED_ANEW" && !before) wrong.push("was never sealed before");
      if (fact.type !== "SEALED_ANEW" && before) wrong.push("seals what was sealed before");
      const row = sealedRowOf(seal, before?.seq ?? seq);
      this.sealed.set(seal.id, row);
      this.begins(seal.id, "SEALED");
      return [row, before];
    });
  }

  private look<K extends JournalKind>(
    fact: FactOf<K>,
    key: string | null,
    thing: Thing | null,
    { actor: by, at }: Entry,
    wrong: string[],
  ): void {
    const kind: K = fact.type;
    const line: Followed<K> = followed[kind];
    const before = thing && isOf(kind, thing) ? thing.fact : null;
    const now = stateOf(fact);
    const stood = stateOf(line.stepsOf && key !== null ? this.last(line.stepsOf, key) : before);
    if (now.version !== undefined && now.version !== (stood.version ?? 0) + 1) wrong.push("version is not the next");
    if (now.from !== undefined && now.state !== undefined && now.from !== (stood.state ?? null))
      wrong.push("does not start where the step before ended");
    if (before) wrong.push(...changed(kind, line, fact, before));
    const ledBy = stepped.get(kind);
    if (before && ledBy && key !== null) {
      const { version, state } = stateOf(this.last(ledBy.kind, key));
      if (version !== now.version || state !== now.state) wrong.push("no step of the office's led here");
    }
    const moved = movedWrong(fact);
    if (moved) wrong.push(moved);
    const step = { fact, before, by, at, known: this };
    for (const rule of line.rules ?? []) {
      const what = rule(step);
      if (what) wrong.push(what);
    }
  }

  private remember({ fact, seq, at, actor }: Entry, key: string, before: Thing | null): Thing {
    const { alsoBy }: { alsoBy?: string } = followed[fact.type];
    let things = this.things.get(fact.type);
    if (!things) {
      things = this.scratch.map(fact.type, formOf(fact.type, this.leaves));
      this.things.set(fact.type, things);
    }
    const thing = { fact, seq, at, actor, opened: before?.opened ?? seq, row: "WAITS" as const };
    things.set(key, thing);
    if (alsoBy) things.set(`= ${fieldOf(fact, alsoBy)}`, thing);
    if (!before) this.begins(key, fact.type);
    return thing;
  }

  /** Notes how an id of this kind begins. */
  private begins(id: string, kind: Named): void {
    const beginning = beginningOf(id);
    const kinds = this.kindsOf.get(beginning) ?? new Set();
    if (kinds.size === 0) this.kindsOf.set(beginning, kinds);
    kinds.add(kind);
  }

  private knows(kinds: readonly Named[], id: string): boolean {
    for (const kind of kinds) if ((kind === "SEALED" ? this.sealed : this.things.get(kind))?.has(id)) return true;
    return false;
  }

  /** Looks at what a fact names. What the fact before it named was looked at then. */
  private names(fact: Fact, before: Fact | null, where: string): void {
    for (const [field, kinds] of namesOf.get(fact.type) ?? []) {
      const named = fieldOf(fact, field);
      if (before && named === fieldOf(before, field)) continue;
      if (typeof named === "string") this.name(where, field, kinds, named);
      else if (Array.isArray(named)) for (const id of named) this.name(where, field, kinds, String(id));
    }
  }

  private name(where: string, field: string, kinds: readonly Named[], id: string): void {
    if (this.knows(kinds, id) || this.unknown.has(`${field} ${id}`)) return;
    this.unknown.set(`${field} ${id}`, { where, field, kinds, id });
  }
}

/** The form of things: without the names of the fields, which are those of the kind. */
function formOf(kind: JournalKind, leaves: (thing: Thing) => void): ScratchForm<Thing> {
  const { listed, factOf } = shapes[kind];
  return {
    written(thing) {
      leaves(thing);
      const { fact, seq, at, actor, opened } = thing;
      return [listed(fact), seq, at, actor, opened];
    },
    read(written) {
      const [values, seq, at, actor, opened] = written as [unknown[], number, number, string, number];
      return { fact: factOf(values) as Fact, seq, at, actor, opened, row: "ADDED" };
    },
  };
}

/** What says the thing that a fact is about; null where each fact is a thing of its own. */
function keyOf(key: readonly string[] | null, fact: object): string | null {
  if (key === null) return null;
  const [first, ...more] = key.map((field) => String(fieldOf(fact, field)));
  return more.length === 0 ? (first ?? "") : [first, ...more].join(" ");
}
