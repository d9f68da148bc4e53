import { and, asc, eq, gt, inArray, lt, or, type SQL, sql } from "drizzle-orm";
import type { BaseSQLiteDatabase, SQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Tables } from "../../../drizzle/tables";

/** How both dialects are seen: JavaScript values are equal, and only the awaitable part of the builder is used. */
export type Database = BaseSQLiteDatabase<"async", unknown>;

/** Parameters a statement may bind at most; lists are cut to fit, on both databases alike. */
export const chunk = 500;
export async function inChunks<K, R>(keys: readonly K[], ask: (some: K[]) => Promise<R[]>): Promise<R[]> {
  const unique = [...new Set(keys)];
  const found: R[] = [];
  for (let i = 0; i < unique.length; i += chunk) found.push(...(await ask(unique.slice(i, i + chunk))));
  return found;
}

export function keyed<K, R>(rows: readonly R[], key: (row: R) => K): Map<K, R> {
  return new Map(rows.map((row) => [key(row), row]));
}

export function grouped<K, R>(rows: readonly R[], key: (row: R) => K): Map<K, R[]> {
  const groups = new Map<K, R[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group) group.push(row);
    else groups.set(key(row), [row]);
  }
  return groups;
}

export const whole = (expression: SQL) => sql<number>`coalesce(${expression}, 0)`.mapWith(Number);

/** Words for statements of fixed shape over one database. */
export function openLookups(db: Database) {
  const prepare = <Q extends { prepare(): unknown }>(name: string, query: Q): ReturnType<Q["prepare"]> =>
    // PostgreSQL names its prepared statements; SQLite's builder ignores the argument.
    (query as unknown as { prepare(name: string): ReturnType<Q["prepare"]> }).prepare(`goodhours_${name}`);

  /** Rows by one column: a statement prepared for a single key, which is what most questions ask; lists in chunks. */
  function lookup<R>(name: string, table: SQLiteTable, column: SQLiteColumn, ...order: SQLiteColumn[]) {
    const source = table as Tables["accounts"];
    const rowsWhere = (condition: SQL) => {
      const query = db.select().from(source).where(condition);
      return order.length > 0 ? query.orderBy(...order.map((by) => asc(by))) : query;
    };
    const single = prepare(name, rowsWhere(eq(column, sql.placeholder("key"))));
    return async (keys: readonly unknown[]): Promise<R[]> =>
      (keys.length === 1
        ? await single.execute({ key: keys[0] })
        : await inChunks(keys, async (some) => rowsWhere(inArray(column, some)))) as R[];
  }
  return { prepare, lookup };
}

/** The first row of a prepared statement. */
export async function one<R>(
  statement: { execute(values: Record<string, unknown>): unknown },
  values: Record<string, unknown>,
): Promise<R | undefined> {
  return ((await statement.execute(values)) as R[])[0];
}

/** Rows after a position in a list ordered by several columns. */
export function afterPosition(
  columns: { column: SQL | Parameters<typeof gt>[0]; down?: boolean }[],
  values: readonly unknown[],
): SQL | undefined {
  return or(
    ...columns.map(({ column, down }, i) =>
      and(
        ...columns.slice(0, i).map((earlier, j) => eq(earlier.column as never, values[j])),
        (down ? lt : gt)(column as never, values[i]),
      ),
    ),
  );
}
