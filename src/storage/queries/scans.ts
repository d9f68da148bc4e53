import { asc, getTableColumns, inArray, type SQL, sql } from "drizzle-orm";
import type { SQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Tables } from "../../../drizzle/tables";
import { type ProjectedTable, targets } from "../../domain/facts/projections";
import { invariant } from "../../domain/kit/invariant";
import { valuesOf } from "../../domain/kit/objects";
import { keyOrder, type RowText, type ScannedRow, type ScannedTable, scanOrder, textOfRow, textOrder } from "../store";
import { all, type Database, inChunks, listing, type Prepared, prepare } from "./lookups";

/** Rows of a table read at a time, where the whole of it is asked for. */
const page = 500;
/** The same of commands: the answer to one may name a thousand records. */
const pageOfCommands = 25;
const pageOf = (table: Scanned) => (table === "commands" ? pageOfCommands : page);

type Scanned = keyof typeof keyOrder;
type Row = Readonly<Record<string, unknown>>;
/** The first rows of a table in the order of its key, and those after a key. */
interface Scan {
  readonly first: Prepared;
  readonly next: Prepared;
}

/** Tables that are read by their names: from their first row to their last, or the rows with a value in a column. */
export function openScans(db: Database, t: Tables) {
  const scans = new Map<string, Scan>();
  function scanOf(name: string, table: Scanned, fields?: Record<string, SQL | SQLiteColumn>): Scan {
    const known = scans.get(name);
    if (known) return known;
    // Which table it is, is known when this runs: one table's type stands for them all, and the columns go by their names.
    const source = t[table] as SQLiteTable;
    const columns = keyOrder[table].map((column) => getTableColumns(source)[column] as SQLiteColumn);
    const after = sql`(${list(columns)}) > (${list(keyOrder[table].map((column) => sql.placeholder(column)))})`;
    const rows = (where?: SQL) => () => {
      const query = fields ? db.select(fields as Record<string, SQL>).from(source) : db.select().from(source);
      return query
        .where(where)
        .orderBy(...columns.map((column) => asc(column)))
        .limit(pageOf(table));
    };
    const scan = { first: prepare(db, name, rows()), next: prepare(db, `${name}_on`, rows(after)) };
    scans.set(name, scan);
    return scan;
  }
  const read = <R>({ first, next }: Scan, after: Row | undefined) => (after ? all<R>(next, after) : all<R>(first));

  async function* pages<T extends Scanned>(table: T): AsyncGenerator<ScannedRow<T>[]> {
    const scan = scanOf(`scan_${table}`, table);
    for (let last: ScannedRow<T> | undefined; ; ) {
      const rows = await read<ScannedRow<T>>(scan, last);
      yield rows;
      last = rows.at(-1);
      if (!last || rows.length < pageOf(table)) return;
    }
  }

  async function* texts(table: ScannedTable): AsyncGenerator<readonly RowText[]> {
    const { names, fields } = textFields(db, t, table);
    const own = scanOf(`scan_${table}`, table);
    const scan = fields ? scanOf(`texts_${table}`, table, fields) : own;
    const columnsOf = valuesOf(names);
    const readHere = async (after: Row | undefined) =>
      (await read<Row>(own, after)).map((row) => ({ ...row, text: textOfRow(columnsOf(row)) }));
    const readThere = async (after: Row | undefined) => {
      try {
        return await read<RowText>(scan, after);
      } catch (error) {
        if (!isBytes(error)) throw error;
        return readHere(after);
      }
    };
    for (let after: Row | undefined; ; ) {
      const rows: RowText[] = fields ? await readThere(after) : await readHere(after);
      yield rows;
      const last = rows.at(-1);
      if (!last || rows.length < page) return;
      const key: unknown[] = JSON.parse(last.text);
      after = Object.fromEntries(scanOrder[table].map((name, i) => [name, key[i]]));
    }
  }

  return {
    pages,
    texts,
    async *scan<T extends Scanned>(table: T) {
      for await (const rows of pages(table)) yield* rows;
    },
    async rowsOf<T extends Scanned>(table: T, column: string, values: readonly (string | number)[], most?: number) {
      // Which table it is, is known when this runs: one table's type stands for them all, and the columns go by their names.
      const source = t[table] as typeof t.accounts;
      const columns: Readonly<Record<string, SQLiteColumn>> = getTableColumns(source);
      const at = columns[column];
      invariant(at, `table ${table} has a column ${column}`);
      const named = (names: readonly (string | number)[]) =>
        at.dataType === "json" ? listing(at, names.map(String)) : inArray(at, names);
      const keys = keyOrder[table].map((name) => asc(columns[name] as SQLiteColumn));
      return inChunks(values, async (chunk) => {
        const query = db
          .select()
          .from(source)
          .where(named(chunk))
          .orderBy(...keys);
        const rows: Record<string, unknown>[] = await (most === undefined ? query : query.limit(most));
        return rows as ScannedRow<T>[];
      });
    },
  };
}

/** The text of a row as the database makes it, and the columns of bytes beside it; without fields where it cannot. */
function textFields(db: Database, t: Tables, table: ScannedTable) {
  const columns = Object.entries(getTableColumns(t[table] as SQLiteTable)) as [string, SQLiteColumn][];
  const bytes = columns.filter(([, { dataType }]) => dataType === "buffer" || dataType === "custom");
  const names = textOrder(
    table,
    columns.flatMap((column) => (bytes.includes(column) ? [] : [column[0]])),
  );
  // The databases have spellings of their own for an object: two of them may stand for one value.
  const words = targets[table as ProjectedTable]?.columns ?? {};
  if (Object.values(words).some((word) => word.is === "json")) return { names, fields: undefined };
  const byName = Object.fromEntries(columns);
  const text = db.textOf(names.map((name) => byName[name] as SQLiteColumn));
  return { names, fields: { text, ...Object.fromEntries(bytes) } };
}

const list = (parts: readonly unknown[]) => sql.join(parts as SQL[], sql`, `);

/** Whether SQLite met bytes where a text should stand: of such a row it makes no JSON. */
const isBytes = (error: unknown) => /JSON cannot hold BLOB/.test((error as Error).message);
