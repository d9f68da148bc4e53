import { entriesOf, fromEntries } from "../kit/entries";
import { type Fact, type JournalKind, type ShapeOf, shapes } from ".";
import type { Target, Written } from "./shape";

/** Every table that facts write. */
export type ProjectedTable = { [K in JournalKind]: keyof ShapeOf<K>["into"] & string }[JournalKind];

/** Each of these tables, as the first kind of fact that writes it declares it. */
export const targets: Readonly<Record<ProjectedTable, Target>> = fromEntries(
  Object.values(shapes)
    .flatMap(({ into }) => entriesOf(into as Readonly<Record<ProjectedTable, Target>>))
    .reverse(),
);

/** The tables that each kind of fact writes. */
const written = fromEntries(
  Object.values(shapes).map(({ kind, into }) => [kind, entriesOf(into as Readonly<Record<ProjectedTable, Target>>)]),
);

/** One row as an entry leaves it. */
export interface Projected {
  table: ProjectedTable;
  row: Record<string, unknown>;
}

/**
 * What an entry makes true outside the journal. The store applies it in the entry's own transaction; the audit folds
 * the whole journal through it and compares. Balances, lines and totals are not here: those are derived by other code
 * on each side (triggers and services here, `books.ts` there).
 */
export function projectionOf(fact: Fact, stamp: Written): Projected[] {
  const values: Readonly<Record<string, unknown>> = fact;
  return written[fact.type].map(([table, target]) => ({ table, row: target.row(values, stamp) }));
}
