import { completed, type FactOf } from "../../src/domain/facts";
import type { JournalEntry } from "../../src/domain/ledger/journal";
import type { Entry } from "../../src/services/audit/follow";

/** Entries with their facts whole: with what each step of a record left out because it stayed as it was. */
export function wholeEntries(entries: readonly JournalEntry[]): Entry[] {
  const records = new Map<string, FactOf<"RECORD_STEP">>();
  return entries.map(({ fact, ...entry }) => {
    if (fact.type !== "RECORD_STEP") return { ...entry, fact };
    const record = completed(fact, records.get(fact.id) ?? null);
    records.set(fact.id, record);
    return { ...entry, fact: record };
  });
}
