import { type JournalKind, journalKinds, shapes } from "../../domain/facts";
import { type Transfer, transfer } from "../../domain/facts/ledger";
import { type ProjectedTable, projectionOf, targets } from "../../domain/facts/projections";
import type { Target } from "../../domain/facts/shape";
import { BrokenInvariant } from "../../domain/kit/invariant";
import type { Books } from "../../domain/ledger/books";
import type { EntryLine } from "../../domain/ledger/transfers";
import { type ScannedTable, scanOrder } from "../../storage/store";
import type { Entry, Thing } from "./follow";
import { followed } from "./followed";
import type { Row } from "./prints";
import { sealedRowOf } from "./sealed-rows";

export interface ProjectedRow {
  table: ScannedTable;
  row: Row;
}

/**
 * When the row that an entry gives is compared. ONCE: no later entry replaces it. LAST: the last fact about a thing gives its
 * row, so it is compared when all facts are known. EACH: other facts than those about the thing may replace it, so a later row
 * takes its place one by one.
 */
type Way = "ONCE" | "LAST" | "EACH";
interface Projection {
  readonly table: ProjectedTable;
  readonly target: Target;
  readonly way: Way;
}

/** How often kinds write each table. */
const writers = new Map<string, number>();
for (const kind of journalKinds)
  for (const table of Object.keys(shapes[kind].into)) writers.set(table, (writers.get(table) ?? 0) + 1);

function wayOf(kind: JournalKind, { table, key, once, kept }: Target): Way {
  if (once) return "ONCE";
  const isOfThing = writers.get(table) === 1 && followed[kind].key?.join() === key.join();
  return isOfThing && (kept === null || kept === "openedSeq") ? "LAST" : "EACH";
}

/** What each kind of fact gives. The rows of accounts are those of the books. */
const projections = new Map(
  journalKinds.map((kind) => [
    kind,
    Object.values<Target>(shapes[kind].into).flatMap((target): Projection[] =>
      target.table === "accounts" ? [] : [{ table: target.table as ProjectedTable, target, way: wayOf(kind, target) }],
    ),
  ]),
);

export const projectionsOf = (kind: JournalKind): readonly Projection[] => projections.get(kind) ?? [];

/** The row of a thing by its last fact. */
export function rowOfThing({ target }: Projection, thing: Thing): Row {
  const row = target.row(thing.fact, thing);
  if (target.kept !== null) row[target.kept] = thing.opened;
  return row;
}

/** The lines of a transfer, and an account that is opened, as the books have them: other code than the database's triggers wrote them. */
export function booked({ fact, seq }: Entry, moved: Transfer | null, books: Books): readonly EntryLine[] {
  if (fact.type === "ACCOUNT_OPENED") books.open(fact as Parameters<Books["open"]>[0], seq);
  return moved ? books.enter(moved) : [];
}

/** The transfer that an entry says, which is as its row has it. */
export function transferOf(entry: Entry): Transfer | null {
  if (entry.fact.type !== "TRANSFER") return null;
  // The table of facts says which columns the row has; the compiler cannot follow it there.
  return transfer.into.transfers.row(entry.fact, entry) as Transfer;
}

/** All rows that an entry gives, in no matter which way. */
export function* rowsOf(entry: Entry, books: Books): Generator<ProjectedRow> {
  for (const { table, row } of projectionOf(entry.fact, entry)) if (table !== "accounts") yield { table, row };
  for (const seal of entry.seals) yield { table: "sealed", row: { ...sealedRowOf(seal, entry.seq) } };
  try {
    for (const line of booked(entry, transferOf(entry), books)) yield { table: "entries", row: { ...line } };
  } catch (error) {
    if (!(error instanceof BrokenInvariant)) throw error;
  }
}

/** The column that keeps the value of the first entry about a row. */
export const keptOf = (table: ScannedTable) =>
  table === "sealed" ? "seq" : (targets[table as ProjectedTable]?.kept ?? undefined);

export function keyOf(table: ScannedTable, row: Row): string {
  const columns = scanOrder[table];
  return columns.length === 1 ? String(row[columns[0] as string]) : columns.map((name) => String(row[name])).join(" ");
}
