import type { JournalKind } from "../domain/ledger/facts";
import { decode } from "../domain/ledger/journal";
import { keptColumns, type ProjectedTable, projectionOf } from "../domain/projections";

interface Refill {
  table: ProjectedTable;
  /** The entries that it is made of. */
  kind: JournalKind;
  /** Its columns, the key first, by what they are called in the database. */
  columns: Record<string, string>;
  keys: number;
}

/**
 * Tables that came after the facts which they are made of: what was known earlier stands in the journal's bytes alone, so
 * each migration brings them to it.
 */
export const refills: Record<string, Refill> = {
  social_worker_terms: {
    table: "socialWorkerTerms",
    kind: "SOCIAL_WORKER_SET",
    columns: {
      social_worker_id: "socialWorkerId",
      registered_on: "registeredOn",
      organization_id: "organizationId",
      registered_until: "registeredUntil",
      entered_on: "enteredOn",
      seq: "seq",
    },
    keys: 2,
  },
  organization_standings: {
    table: "organizationStandings",
    kind: "ORGANIZATION_STEP",
    columns: {
      organization_id: "organizationId",
      version: "version",
      entered_on: "enteredOn",
      state: "state",
      filing_status: "filingStatus",
      seq: "seq",
    },
    keys: 2,
  },
  volunteer_standings: {
    table: "volunteerStandings",
    kind: "VOLUNTEER_STEP",
    columns: {
      volunteer_id: "volunteerId",
      version: "version",
      entered_on: "enteredOn",
      state: "state",
      division_code: "divisionCode",
      seq: "seq",
    },
    keys: 2,
  },
};

/** A table's rows as the journal tells them, each with its values in the order of the columns. */
export function rowsOf({ table: wanted, columns, keys }: Refill, bodies: readonly Buffer[]): unknown[][] {
  const [names, kept] = [Object.values(columns), keptColumns[wanted]];
  const rows = new Map<string, Record<string, unknown>>();
  for (const body of bodies)
    for (const { table, row } of projectionOf(decode(body))) {
      if (table !== wanted) continue;
      const key = names
        .slice(0, keys)
        .map((name) => row[name])
        .join(" ");
      const before = rows.get(key);
      rows.set(key, before && kept ? { ...row, [kept]: before[kept] } : row);
    }
  return [...rows.values()].map((row) => names.map((name) => row[name]));
}
