import type { Grant } from "../../domain/facts/people";
import { type ProjectedTable, targets } from "../../domain/facts/projections";
import { entriesOf, fromEntries } from "../../domain/kit/entries";
import type { Sealed, StoredCommand } from "./kept";

/** The keys of tables that follow from the journal by other code than the table of facts, and of what is sealed. */
const derivedOrder = {
  entries: ["account", "seq"],
  serviceTotals: ["volunteerId"],
  tallies: ["subject", "dimension", "key"],
  tallyPeople: ["subject", "dimension", "key", "volunteerId"],
  sealed: ["id"],
} as const;

export type ScannedTable = ProjectedTable | keyof typeof derivedOrder;

/** Tables that can be read through, with the columns of their keys. */
export const scanOrder: Readonly<Record<ScannedTable, readonly string[]>> = {
  ...fromEntries(entriesOf(targets).map(([table, { key }]) => [table, key])),
  ...derivedOrder,
};

/**
 * Tables in which no fact stands alone, with the columns of their keys: what serves the running. Every table is the journal,
 * one of `scanOrder` (rebuilt from it, or sealed and committed to in it), or one of these.
 */
export const operationalOrder = {
  commands: ["actor", "key"],
  searchTerms: ["hash", "kind", "personId"],
  noticesRead: ["personId", "noticeId"],
  endedSessions: ["session"],
  tries: ["key"],
  wrongCodes: ["who"],
  bankMarks: ["bankId"],
} as const;

export type OperationalTable = keyof typeof operationalOrder;

/** The columns of the key of every table that can be read. */
export const keyOrder: Readonly<Record<ScannedTable | OperationalTable, readonly string[]>> = {
  ...scanOrder,
  ...operationalOrder,
};

/** The rows whose types callers ask for. A row of another table is read column by column. */
interface ScannedRows {
  grants: Grant;
  sealed: Sealed;
  commands: StoredCommand & { actor: string; key: string };
}

export type ScannedRow<T> = Record<string, unknown> & (T extends keyof ScannedRows ? ScannedRows[T] : unknown);
