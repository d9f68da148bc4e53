import { getTableColumns, sql } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import type { Tables } from "../../../drizzle/tables";
import { type Database, type Prepared, prepare, snake } from "./lookups";

type Row = Record<string, unknown>;
type Table = keyof Tables;

/** How a table takes a row: where one with the same key is there, it takes the new values, but for the column that it keeps. */
export interface Taking {
  readonly key?: string | readonly string[];
  readonly kept?: string | null;
}

/** Rows of a table that wait, and where each stands by its key. */
interface Lot {
  readonly rows: Row[];
  readonly taking: Taking;
  readonly places: Map<unknown, number>;
}

/** Rows that one statement inserts at most, a power of two. */
const rowsMost = 64;

/**
 * Rows of a transaction that wait to be written, so that many rows of a table go by one statement. They are written before
 * the database is asked for anything, so that a transaction reads what it wrote.
 */
export function openWaiting(db: Database, t: Tables) {
  const statements = new Map<string, Prepared>();
  /** Those who ask at once write one after the other. */
  let before: Promise<void> = Promise.resolve();
  let waiting = new Map<Table, Lot>();

  function statementFor(table: Table, size: number, columns: readonly string[], { key, kept }: Taking): Prepared {
    const name = `write_${table}_${size}`;
    const known = statements.get(name);
    if (known) return known;
    const made = prepare(db, name, () => {
      const rows = Array.from({ length: size }, (_, i) =>
        Object.fromEntries(columns.map((column, j) => [column, sql.placeholder(String(i * columns.length + j))])),
      );
      // Casts: drizzle types what is inserted by its one table, and this may be any of them.
      const insert = db.insert(t[table] as never).values(rows as never);
      if (!key) return insert;
      const target = getTableColumns(t[table]) as Record<string, SQLiteColumn>;
      const keys = [key].flat();
      const changed = columns.filter((column) => !keys.includes(column) && column !== kept);
      return insert.onConflictDoUpdate({
        target: keys.map((column) => target[column] as SQLiteColumn),
        set: Object.fromEntries(changed.map((column) => [column, sql.raw(`excluded."${snake(column)}"`)])) as never,
      });
    });
    statements.set(name, made);
    return made;
  }

  async function writeAll(table: Table): Promise<void> {
    const lot = waiting.get(table);
    if (!lot) return;
    waiting.delete(table);
    const { rows, taking } = lot;
    const columns = Object.keys(rows[0] as Row);
    for (let at = 0; at < rows.length; ) {
      let size = rowsMost;
      while (size > rows.length - at) size /= 2;
      const values: unknown[] = [];
      for (const row of rows.slice(at, at + size)) for (const column of columns) values.push(row[column]);
      at += size;
      await statementFor(table, size, columns, taking).execute(values);
    }
  }

  return {
    /** A row that replaces one that waits stands in its place: one statement may not touch a row twice. */
    add(table: Table, row: Row, taking: Taking = {}): void {
      const lot: Lot = waiting.get(table) ?? { rows: [], taking, places: new Map() };
      waiting.set(table, lot);
      const { key, kept } = taking;
      const by = typeof key === "string" ? row[key] : key?.map((column) => String(row[column])).join("\0");
      const at = key === undefined ? undefined : lot.places.get(by);
      if (at === undefined) {
        if (key !== undefined) lot.places.set(by, lot.rows.length);
        lot.rows.push(row);
      } else {
        lot.rows[at] = kept ? { ...row, [kept]: lot.rows[at]?.[kept] } : row;
      }
    },
    /** Writes what waits: of these tables, or of all; the journal first, by which the guards judge the others. */
    flush(only?: readonly Table[]): Promise<void> {
      const own = before.then(async () => {
        for (const table of (only ?? ["journal", "accounts", ...waiting.keys()]) as Table[]) await writeAll(table);
      });
      before = own.catch(() => undefined);
      return own;
    },
    drop(): void {
      waiting = new Map();
    },
  };
}
