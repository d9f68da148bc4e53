import { fromEntries } from "../kit/entries";
import { invariant } from "../kit/invariant";
import { leavingOut } from "../kit/objects";
import * as activities from "./activities";
import * as capacities from "./capacities";
import * as creditRecords from "./credit-records";
import * as hours from "./hours";
import * as indicators from "./indicators";
import * as ledger from "./ledger";
import * as orders from "./orders";
import * as organizations from "./organizations";
import * as people from "./people";
import * as policies from "./policies";
import * as proxies from "./proxies";
import * as ratings from "./ratings";
import * as revisions from "./revisions";
import type { Shape } from "./shape";
import * as spotChecks from "./spot-checks";
import * as stars from "./stars";
import * as villagePoints from "./village-points";
import * as visits from "./visits";
import type { SealedWord, Values } from "./words";
import * as workers from "./workers";

/** All that the files of facts declare: every kind of fact among it is written to the journal. */
const declared = {
  ...ledger,
  ...policies,
  ...organizations,
  ...people,
  ...hours,
  ...activities,
  ...revisions,
  ...workers,
  ...capacities,
  ...villagePoints,
  ...visits,
  ...creditRecords,
  ...spotChecks,
  ...ratings,
  ...indicators,
  ...orders,
  ...proxies,
  ...stars,
};
type Declared = (typeof declared)[keyof typeof declared];
type AnyShape = Extract<Declared, { readonly kind: string; readonly into: unknown }>;

export type JournalKind = AnyShape["kind"];
export type ShapeOf<K extends JournalKind> = Extract<AnyShape, { readonly kind: K }>;

/** Every kind of fact, in the order of the numbers by which the bytes name it. */
export const shapes: Readonly<Record<JournalKind, Shape<JournalKind>>> = fromEntries(
  Object.values(declared)
    .filter((value): value is AnyShape => typeof value === "object" && "kind" in value && "into" in value)
    .sort((a, b) => a.code - b.code)
    .map((shape) => [shape.kind, shape]),
);
export const journalKinds = Object.keys(shapes) as JournalKind[];

/** A fact as the rest of the bank sees it: its kind and that kind's fields. */
export type FactOf<K extends JournalKind> = { type: K } & Values<ShapeOf<K>["fields"]>;
export type Fact = { [K in JournalKind]: FactOf<K> }[JournalKind];

type IsKept<F, N extends keyof F> = F[N] extends { readonly kept: true } ? N : never;
type WrittenValues<F> = Values<{ [N in keyof F as Exclude<N, IsKept<F, N>>]: F[N] }> &
  Partial<Values<{ [N in keyof F as IsKept<F, N>]: F[N] }>>;
/** A fact as its entry says it: what a later entry about the same thing leaves as it was may be left out. */
export type WrittenOf<K extends JournalKind> = { type: K } & WrittenValues<ShapeOf<K>["fields"]>;
export type WrittenFact = { [K in JournalKind]: WrittenOf<K> }[JournalKind];

/** What an entry says of a fact, where its thing stood so before: all but what stays. */
export function writtenOf(fact: Fact, before: object): WrittenFact {
  const { listed } = shapes[fact.type];
  const { kept, writtenBy } = sayings[fact.type];
  const [values, stood] = [listed(fact), listed(before)];
  for (const { at } of kept) if (same(values[at], stood[at])) values[at] = undefined;
  return writtenBy(values) as WrittenFact;
}

/** The fact that an entry says, where its thing stood so before; null for the first entry about it. */
export function completed<K extends JournalKind>(fact: WrittenOf<K>, before: FactOf<K> | null): FactOf<K> {
  const { listed, factOf } = shapes[fact.type];
  const [values, stood] = [listed(fact), before && listed(before)];
  for (const { at, name, optional } of sayings[fact.type].kept) {
    values[at] ??= stood?.[at] ?? null;
    invariant(values[at] !== null || optional, `the first ${fact.type} says ${name}`);
  }
  return factOf(values) as FactOf<K>;
}
/** What of each kind of fact stays as it was where an entry leaves it out, and what an entry says of the rest. */
const sayings = fromEntries(
  Object.values(shapes).map(({ kind, fields, names }) => {
    const kept = Object.entries(fields).flatMap(([name, word]) =>
      word.kept ? [{ name, optional: word.optional, at: names.indexOf(name) }] : [],
    );
    return [kind, { kept, writtenBy: leavingOut(names) }];
  }),
);
const same = (a: unknown, b: unknown) => a === b || (Array.isArray(a) && JSON.stringify(a) === JSON.stringify(b));

type SealedIn<F> = {
  [N in keyof F]: F[N] extends SealedWord<string, false> | SealedWord<string | null, true> ? N : never;
}[keyof F];
/** The fields that name a sealed row. */
export type SealedField = Exclude<{ [K in JournalKind]: SealedIn<ShapeOf<K>["fields"]> }[JournalKind], "id">;
/** The same of each kind of fact. */
export const sealedFieldsOf = fromEntries(
  Object.values(shapes).map(({ kind, fields }) => [
    kind,
    Object.entries(fields).flatMap(([name, word]) => (word.is === "sealed" && name !== "id" ? [name] : [])),
  ]),
) as Readonly<Record<JournalKind, SealedField[]>>;
export const sealedFields = [...new Set(Object.values(sealedFieldsOf).flat())];
