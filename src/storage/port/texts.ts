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

/** The text of a row whose columns are at hand. It is the text that both databases make. */
export function textOfRow(order: readonly string[], row: Readonly<Record<string, unknown>>): string {
  const values = new Array<unknown>(order.length);
  for (let i = 0; i < order.length; i += 1) values[i] = plain(row[order[i] as string]);
  return JSON.stringify(values);
}

/** Flags are numbers, and lists and objects texts, as SQLite keeps them. */
function plain(value: unknown): unknown {
  if (typeof value === "boolean") return Number(value);
  return typeof value === "object" && value !== null ? spelled(value) : value;
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
