import { decode } from "../domain/ledger/journal";
import { keptColumns, projectionOf } from "../domain/projections";

type Row = Record<string, unknown>;

/**
 * The terms of social workers as the journal tells them. Their table came after the facts that it is made of, and what
 * was known of earlier terms stands in the journal's bytes alone; so each migration brings the table to it.
 */
export function termsOf(bodies: readonly Buffer[]): Row[] {
  const kept = keptColumns.socialWorkerTerms as string;
  const terms = new Map<string, Row>();
  for (const body of bodies)
    for (const { table, row } of projectionOf(decode(body))) {
      if (table !== "socialWorkerTerms") continue;
      const key = `${row.socialWorkerId} ${row.registeredOn}`;
      const before = terms.get(key);
      terms.set(key, before ? { ...row, [kept]: before[kept] } : row);
    }
  return [...terms.values()];
}

export const termColumns = {
  social_worker_id: "socialWorkerId",
  organization_id: "organizationId",
  registered_on: "registeredOn",
  registered_until: "registeredUntil",
  entered_on: "enteredOn",
  seq: "seq",
} as const;
