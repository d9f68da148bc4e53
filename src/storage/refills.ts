import type { JournalKind } from "../domain/facts";
import { projectionOf, targets } from "../domain/facts/projections";
import { decode } from "../domain/ledger/journal";
import { snake } from "./queries/lookups";

/**
 * Tables that came after the facts which they are made of, and the entries of each: what was known earlier stands in the
 * journal's bytes alone, so each migration brings them to it.
 */
export const refills: readonly Refill[] = [
  { table: "socialWorkerTerms", kinds: ["SOCIAL_WORKER_SET"] },
  { table: "organizationStandings", kinds: ["ORGANIZATION_STEP"] },
  { table: "volunteerStandings", kinds: ["VOLUNTEER_STEP"] },
  { table: "listings", kinds: ["RECIPIENT_SET", "LISTING_ENDED"] },
  { table: "identityLinks", kinds: ["IDENTITY_STEP"] },
  { table: "householdStandings", kinds: ["HOUSEHOLD_SET"] },
];
interface Refill {
  table:
    | "socialWorkerTerms"
    | "organizationStandings"
    | "volunteerStandings"
    | "listings"
    | "identityLinks"
    | "householdStandings";
  kinds: readonly JournalKind[];
}

/** The table's name and columns in the database, and its rows as the journal tells them, in the order of the columns. */
export function refilled({ table: wanted }: Refill, bodies: readonly Buffer[]) {
  const { kept, key: names } = targets[wanted];
  const rows = new Map<string, Record<string, unknown>>();
  for (const body of bodies)
    for (const { table, row } of projectionOf(decode(body))) {
      if (table !== wanted) continue;
      const key = names.map((name) => row[name]).join(" ");
      const before = rows.get(key);
      rows.set(key, before && kept ? { ...row, [kept]: before[kept] } : row);
    }
  const [first = {}] = rows.values();
  const columns = Object.keys(first);
  return {
    name: snake(wanted),
    columns: columns.map(snake),
    rows: [...rows.values()].map((row) => columns.map((name) => row[name])),
  };
}
