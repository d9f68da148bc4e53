import * as activities from "./activities";
import * as capacities from "./capacities";
import * as creditRecords from "./credit-records";
import * as hours from "./hours";
import * as indicators from "./indicators";
import * as ledger from "./ledger";
import * as organizations from "./organizations";
import * as people from "./people";
import * as policies from "./policies";
import * as ratings from "./ratings";
import * as revisions from "./revisions";
import type { Shape } from "./shape";
import * as spotChecks from "./spot-checks";
import * as villagePoints from "./village-points";
import * as visits from "./visits";
import type { SealedWord, Values, Word } from "./words";
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
};
type Declared = (typeof declared)[keyof typeof declared];
type AnyShape = Extract<Declared, { readonly kind: string; readonly into: unknown }>;

export type JournalKind = AnyShape["kind"];
export type ShapeOf<K extends JournalKind> = Extract<AnyShape, { readonly kind: K }>;

/** Every kind of fact, in the order of the numbers by which the bytes name it. */
export const shapes = Object.fromEntries(
  Object.values(declared)
    .filter((value): value is Declared & Shape => typeof value === "object" && "kind" in value && "into" in value)
    .sort((a, b) => a.code - b.code)
    .map((shape) => [shape.kind, shape]),
) as unknown as { readonly [K in JournalKind]: Shape<K> };
export const journalKinds = Object.keys(shapes) as JournalKind[];

/** A fact as the rest of the bank sees it: its kind and that kind's fields. */
export type FactOf<K extends JournalKind> = { type: K } & Values<ShapeOf<K>["fields"]>;
export type Fact = { [K in JournalKind]: FactOf<K> }[JournalKind];

type SealedIn<F> = {
  [N in keyof F]: F[N] extends SealedWord<string, false> | SealedWord<string | null, true> ? N : never;
}[keyof F];
/** The fields that name a sealed row. */
export type SealedField = Exclude<{ [K in JournalKind]: SealedIn<ShapeOf<K>["fields"]> }[JournalKind], "id">;
const isSealed = (word: Word) => word.is === "id" && word.prefix === "sealed";
export const sealedFields = [
  ...new Set(
    Object.values(shapes).flatMap(({ fields }) =>
      Object.entries(fields).flatMap(([name, word]) => (isSealed(word) && name !== "id" ? [name] : [])),
    ),
  ),
] as SealedField[];
