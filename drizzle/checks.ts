import { sql } from "drizzle-orm";

/** A closed set as a database check: the domain's own list, so that the two cannot drift. */
export function oneOf(column: string, values: readonly string[]) {
  return sql.raw(`"${column}" in (${values.map((value) => `'${value}'`).join(", ")})`);
}
