import type { ScannedTable } from "./scans";
import { scanOrder } from "./scans";

/**
 * A row as one text: a JSON list of its columns, the key first. The database makes it, which costs far less than to read
 * the columns one by one. Bytes have no place in it and come beside it, by the name of their column.
 */
export interface RowText {
  readonly text: string;
  readonly salt?: Buffer;
  readonly ciphertext?: Buffer;
}

/** The columns in the order in which the text of a row has them: the key, and then the others by their names. */
export function textOrder(table: ScannedTable, columns: readonly string[]): string[] {
  const key = scanOrder[table];
  return [...key, ...columns.filter((name) => !key.includes(name)).sort()];
}

/**
 * The text of a row whose columns are at hand, in that order. It is the text that both databases make: flags are numbers, and lists and
 * objects texts, as SQLite keeps them.
 */
export function textOfRow(values: unknown[]): string {
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i];
    if (typeof value === "boolean") values[i] = Number(value);
    else if (typeof value === "object" && value !== null) values[i] = spelled(value);
  }
  return JSON.stringify(values);
}

/** One spelling of a column's value, for comparing: absent and null alike, objects by sorted names. */
export function spelled(value: unknown): string {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return JSON.stringify(value);
  return JSON.stringify(value ?? null, (_, inner: unknown) =>
    inner !== null && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
