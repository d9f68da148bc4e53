import {
  and,
  asc,
  desc,
  eq,
  getTableColumns,
  getTableName,
  gt,
  inArray,
  lt,
  or,
  type Placeholder,
  type SQL,
  sql,
} from "drizzle-orm";
import type { BaseSQLiteDatabase, SQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Tables } from "../../../drizzle/tables";
import { refuse } from "../../domain/kit/refusal";
import { type Soon, whenKnown } from "../../domain/kit/soon";
import { isKeepable } from "../../domain/kit/texts";
import { type Asking, type Recall, type Row, Shelf, wholeMost } from "../memory";
import type { Page } from "../port/page";

/** How both dialects are seen: JavaScript values are equal, and only the awaitable part of the builder is used. */
export type Database = BaseSQLiteDatabase<"async", unknown> & {
  /** What is remembered of what was read over this connection; nothing where it is absent. */
  readonly recall?: Recall;
  /** A row's columns as one text, a JSON list: flags are numbers in it, and lists are texts. */
  textOf(columns: readonly SQLiteColumn[]): SQL;
  /** A statement by its name, which no other statement has; `query` builds it where this process has not built it yet. */
  prepared(name: string, query: () => Preparable): Prepared;
};
/** What the builder makes. PostgreSQL knows a prepared statement by its name; SQLite's builder ignores it. */
interface Preparable {
  prepare(name: string): unknown;
}

/** Parameters a statement may bind at most, a power of two; lists are cut to fit, on both databases alike. */
export const chunk = 512;
export async function inChunks<K, R>(keys: readonly K[], ask: (part: K[]) => Soon<R[]>): Promise<R[]> {
  const unique = [...new Set(keys)];
  const rows: R[] = [];
  for (let i = 0; i < unique.length; i += chunk) rows.push(...(await ask(unique.slice(i, i + chunk))));
  return rows;
}

/**
 * Looks at a statement's parameters before it is sent, where drizzle would log it. A text that a database would keep otherwise
 * than it is, or not at all, is refused on both alike.
 */
export function checkSent(values: readonly unknown[]): void {
  for (const value of values)
    if (typeof value === "string" && !isKeepable(value)) refuse("INVALID_INPUT", { controlCharacters: true });
}

/** Whether a column that is a list of ids lists one of these. */
export function listing(list: SQLiteColumn, ids: readonly string[]): SQL | undefined {
  return or(...ids.map((id) => sql`cast(${list} as text) like ${`%"${id}"%`}`));
}

export function keyed<K, R>(rows: readonly R[], key: (row: R) => K): Map<K, R> {
  const byKey = new Map<K, R>();
  for (const row of rows) byKey.set(key(row), row);
  return byKey;
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

/** What a table or column is called in the database. */
export const snake = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
export const whole = (expression: SQL) => sql<number>`coalesce(${expression}, 0)`.mapWith(Number);

/** The condition that a column holds one of our own words. They stand in the text, so that the database chooses an index of some rows. */
export const spelledOut = (column: SQLiteColumn, words: readonly string[]): SQL =>
  sql`${column} in (${sql.raw(words.map((word) => `'${word}'`).join(", "))})`;

/** A column in a condition that only leaves rows out: no index holds the expression, so the others find them, and those are fewer. */
export const leftOutBy = (column: SQLiteColumn): SQL => sql`(${column} || '')`;

/** A condition as a value, which both databases give as a number. */
export function yes(condition: SQL): SQL<boolean> {
  return sql`case when ${condition} then 1 else 0 end`.mapWith((value) => Number(value) === 1) as SQL<boolean>;
}

/** Rows by one column, and what is remembered of them. */
export interface Lookup<R> {
  (keys: readonly unknown[]): Soon<R[]>;
  /** Rows that came with others: they are all that these keys have, and are not read again. */
  know(keys: readonly unknown[], rows: readonly R[]): void;
}

/** Rows by one column, of one database. What is remembered of the table is not read again. */
export function openLookup(db: Database) {
  return function lookup<R>(
    name: string,
    table: SQLiteTable,
    column: SQLiteColumn | SQL,
    ...order: SQLiteColumn[]
  ): Lookup<R> {
    const ask = openReading(db)<R>(name, table, column, ...order);
    const nameOf = namesIn(table);
    const own = nameOf(column);
    // What is asked by an expression has no column of its own.
    if (own === undefined) return Object.assign(ask, { know: () => undefined });
    const by = { name, column: own, order: order.map((column) => nameOf(column) as string) };
    const all = async () =>
      (await db
        .select()
        .from(table)
        .limit(wholeMost + 1)) as Row[];
    return remembering<R>(db.recall, getTableName(table), by, ask, all);
  };
}

/** The rows of keys: those that are remembered, and the others read. `all` reads the whole table. */
export function remembering<R>(
  recall: Recall | undefined,
  shelfName: string,
  by: Asking,
  ask: (keys: readonly unknown[]) => Soon<R[]>,
  all?: () => Soon<Row[]>,
): Lookup<R> {
  function lookup(keys: readonly unknown[]): Soon<R[]> {
    const shelf = recall?.shelf(shelfName);
    if (!recall || !shelf) return whenKnown(recall?.before?.(), () => ask(keys));
    checkSent(keys);
    if (!recall.look || !keys.some((key) => shelf.rowsOf(by, key) !== undefined)) return rowsFrom(shelf, keys);
    return whenKnown(recall.look(), () => rowsFrom(shelf, keys));
  }

  function rowsFrom(shelf: Shelf, keys: readonly unknown[]): Soon<R[]> {
    if (keys.length === 1) {
      const only = shelf.rowsOf(by, keys[0]);
      if (only) return [...only] as R[];
    }
    const unique = [...new Set(keys)];
    const known = new Map(unique.map((key) => [key, shelf.rowsOf(by, key)]));
    const missing = unique.filter((key) => known.get(key) === undefined);
    const rowsWith = (read?: ReadonlyMap<unknown, readonly Row[]>) =>
      unique.flatMap((key) => (known.get(key) ?? read?.get(key) ?? []) as R[]);
    return missing.length === 0 ? rowsWith() : whenKnown(readInto(shelf, missing), rowsWith);
  }
  return Object.assign(lookup, { know });

  function know(keys: readonly unknown[], rows: readonly R[]): void {
    const shelf = recall?.shelf(shelfName);
    shelf?.keep(by, shelf.generation, byKey(keys, rows as readonly Row[]));
  }

  function byKey(keys: readonly unknown[], rows: readonly Row[]): Map<unknown, Row[]> {
    const rowsByKey = new Map<unknown, Row[]>(keys.map((key) => [key, []]));
    for (const row of rows) rowsByKey.get(row[by.column])?.push(row);
    return rowsByKey;
  }

  function readInto(shelf: Shelf, missing: readonly unknown[]): Soon<Map<unknown, readonly Row[]>> {
    const { generation } = shelf;
    return whenKnown(recall?.before?.(), () =>
      all && shelf.wantsAll()
        ? whenKnown(
            all(),
            (rows) => keptWhole(shelf, generation, missing, rows) ?? readKeys(shelf, generation, missing),
          )
        : readKeys(shelf, generation, missing),
    );
  }

  function readKeys(shelf: Shelf, generation: number, missing: readonly unknown[]): Soon<Map<unknown, readonly Row[]>> {
    return whenKnown(ask(missing), (rows) => {
      const rowsByKey = byKey(missing, rows as Row[]);
      shelf.keep(by, generation, rowsByKey);
      return rowsByKey;
    });
  }

  /** Null where the table has too many rows to be remembered whole. */
  function keptWhole(shelf: Shelf, generation: number, keys: readonly unknown[], rows: Row[]) {
    shelf.keepAll(generation, rows);
    if (rows.length > wholeMost) return null;
    const whole = new Shelf();
    whole.keepAll(0, rows);
    return new Map(keys.map((key) => [key, whole.rowsOf(by, key) ?? []]));
  }
}

const everything = { name: "everything", column: "", order: [] };
/** What is read of a whole table at once; the same list where the table was not changed since. */
export function wholeOf<R>(db: Database, table: SQLiteTable, read: () => Soon<R[]>): Soon<readonly R[]> {
  const { recall } = db;
  const shelf = recall?.shelf(getTableName(table));
  if (!shelf) return read();
  const kept = () => shelf.rowsOf(everything, null) as readonly R[] | undefined;
  const readAll = async () => {
    await recall?.before?.();
    const { generation } = shelf;
    const rows = await read();
    shelf.keep(everything, generation, new Map([[null, rows as Row[]]]));
    return kept() ?? rows;
  };
  return kept() ? whenKnown(recall?.look?.(), () => kept() ?? readAll()) : readAll();
}

/** How a table's columns are called in its rows. */
function namesIn(table: SQLiteTable) {
  const names = new Map(Object.entries(getTableColumns(table)).map(([name, column]) => [column as unknown, name]));
  return (column: unknown) => names.get(column);
}

/** Rows by one column, from the database. */
function openReading(db: Database) {
  return function reading<R>(name: string, table: SQLiteTable, column: SQLiteColumn | SQL, ...order: SQLiteColumn[]) {
    const source = table as Tables["accounts"];
    const rowsWhere = (condition: SQL) => {
      const query = db.select().from(source).where(condition);
      return order.length > 0 ? query.orderBy(...order.map((by) => asc(by))) : query;
    };
    const ask = openList<unknown, R>(db, name, (keys) =>
      rowsWhere(keys.length === 1 ? eq(column as SQL, keys[0]) : inArray(column as SQL, keys)),
    );
    return (keys: readonly unknown[]): Soon<R[]> => ask(keys.length === 1 ? keys : [...new Set(keys)]);
  };
}

/**
 * A statement about a list. Building a statement costs more than running it, so there is a prepared one for each power of two,
 * made when it is first asked for: a list is filled up by its last item, and cut where it is longer than `most`. An item
 * may have several values, which stand in the statement one after another.
 */
export function openList<I, R>(
  db: Database,
  name: string,
  query: (items: Placeholder[], size: number) => Preparable,
  { most = chunk, values = (item: I): readonly unknown[] => [item] } = {},
): (items: readonly I[], more?: Readonly<Record<string, unknown>>) => Soon<R[]> {
  const statements = new Map<number, Prepared>();
  const statementFor = (size: number, width: number): Prepared => {
    const known = statements.get(size);
    if (known) return known;
    const places = Array.from({ length: size * width }, (_, i) => sql.placeholder(String(i)));
    const made = prepare(db, `${name}_${size}`, () => query(places, size));
    statements.set(size, made);
    return made;
  };
  const ask = (items: readonly I[], more?: Readonly<Record<string, unknown>>): Soon<R[]> => {
    const part = items.map(values);
    if (part.length === 1 && !more) return askOne(part[0] as readonly unknown[]);
    let size = 1;
    while (size < part.length) size *= 2;
    const last = part.at(-1) as readonly unknown[];
    const sent: unknown[] = [];
    for (let i = 0; i < size; i++) sent.push(...(part[i] ?? last));
    return statementFor(size, last.length).execute(more ? { ...sent, ...more } : sent) as Soon<R[]>;
  };
  const askOne = (sent: readonly unknown[]) => statementFor(1, sent.length).execute(sent) as Soon<R[]>;
  const askInParts = async (items: readonly I[], more?: Readonly<Record<string, unknown>>): Promise<R[]> => {
    const rows: R[] = [];
    for (let at = 0; at < items.length; at += most) rows.push(...(await ask(items.slice(at, at + most), more)));
    return rows;
  };
  return (items, more) => (items.length === 0 ? [] : items.length <= most ? ask(items, more) : askInParts(items, more));
}

export interface Prepared {
  /** By the names of the placeholders; a list where these are their places in it. */
  execute(values: Record<string, unknown> | readonly unknown[]): unknown;
}

/** A statement of fixed shape, prepared when it is first run: an opened bank runs few of all there are. */
export function prepare(db: Database, name: string, query: () => Preparable): Prepared {
  let made: Prepared | undefined;
  return {
    execute(values) {
      made ??= db.prepared(`goodhours_${name}`, query);
      return made.execute(values);
    },
  };
}
/** The rows of a prepared statement, as the domain knows them: the kit promises equal JavaScript values. */
export function all<R>(statement: Prepared, values: Record<string, unknown> = {}): Soon<R[]> {
  return statement.execute(values) as Soon<R[]>;
}
/** The first row of a prepared statement. */
export function firstRow<R>(statement: Prepared, values: Record<string, unknown>): Soon<R | undefined> {
  return whenKnown(all<R>(statement, values), ([row]) => row);
}

/**
 * The last position that was recorded by an instant (microseconds); -1 where none was. Positions rise with time, so it is found by
 * halving: a span of positions, halved until one is left.
 */
export function recordedBy({ journal }: Tables, instant: SQL): SQL {
  const early = sql`(select halving.recorded_at from ${journal} as halving where halving.seq = (low + high) / 2) <= ${instant}`;
  return sql`coalesce((with recursive span(low, high) as (
      select cast(-1 as bigint), (select max(newest.seq) + 1 from ${journal} as newest)
      union all select case when ${early} then (low + high) / 2 else low end, case when ${early} then high else (low + high) / 2 end
      from span where high - low > 1)
    select max(low) from span), -1)`;
}

/** Whether a text holds another one, letter for letter: what LIKE takes for any letters stands for itself. */
export function holds(text: SQL | SQLiteColumn, part: string): SQL {
  return sql`${text} like ${`%${part.replaceAll(/[!%_]/g, "!$&")}%`} escape '!'`;
}

/** Rows after a position in a list ordered by several columns. */
export function afterPosition(
  columns: { column: SQL | Parameters<typeof gt>[0]; down?: boolean }[],
  values: readonly unknown[],
): SQL | undefined {
  return or(
    ...columns.map(({ column, down }, i) =>
      and(
        ...columns.slice(0, i).map((earlier, j) => eq(earlier.column, values[j])),
        (down ? lt : gt)(column, values[i]),
      ),
    ),
  );
}

/** Begins to select these fields, or all columns. A cast: drizzle types rows by their fields, and a list of rows says its own type. */
export const selecting = (db: Database, fields?: Readonly<Record<string, unknown>>) => db.select(fields as never);

/** The rows of a table for a list, or fields of them. */
export const rowsOf = (db: Database, table: SQLiteTable) => (fields?: Readonly<Record<string, unknown>>) =>
  selecting(db, fields).from(table);

/** A column by which a list is ordered, upwards unless `down`; `count` where it holds a number. */
export interface Ordering {
  column: SQL | SQLiteColumn;
  down?: boolean;
  count?: boolean;
}

/** A list that is read by pages: from where, by which order, and what counts as one row. */
interface List {
  order: readonly Ordering[];
  where: SQL | undefined;
  /** The rows, or where fields are named those of them. */
  // biome-ignore lint/suspicious/noExplicitAny: each list selects its own fields from tables of its own.
  select(fields?: Record<string, SQL>): any;
  counted?: SQL;
  /** What lies behind a position, or before it where that is turned; for a list whose positions are not of its columns alone. */
  beyond?(position: readonly string[], turned: boolean): SQL | undefined;
}

/** A page of a list, from either end; or how many rows it has. */
export async function listed<R>(page: Page, list: List): Promise<R[]> {
  if (page.counting) {
    const [row] = (await countOf(list)) as { count: number }[];
    page.counting.total += row?.count ?? 0;
    return [];
  }
  const { after, before, first, backwards = false } = page;
  return pageOf(list, { after: typed(list, after), before: typed(list, before), first, backwards }) as Promise<R[]>;
}

/**
 * The same for a list whose condition is always the same but for its placeholders. It is prepared once for each kind of page:
 * with and without a position at either end, forwards and backwards.
 */
export function openListing<R>(db: Database, name: string, list: List) {
  const statements = new Map<string, Prepared>();
  const statement = (kind: string, query: () => Preparable) => {
    const made = statements.get(kind) ?? prepare(db, `${name}_${kind}`, query);
    statements.set(kind, made);
    return made;
  };
  const places = (of: string, position: readonly unknown[] | null) =>
    position && list.order.map((_, i) => sql.placeholder(`${of}${i}`));
  const valued = (of: string, position: readonly unknown[] | null) =>
    Object.fromEntries((position ?? []).map((value, i) => [`${of}${i}`, value]));
  return async (page: Page, values: Record<string, unknown>): Promise<R[]> => {
    if (page.counting) {
      const row = await firstRow<{ count: number }>(
        statement("count", () => countOf(list)),
        values,
      );
      page.counting.total += row?.count ?? 0;
      return [];
    }
    const [after, before] = [typed(list, page.after), typed(list, page.before)];
    const { first, backwards = false } = page;
    const kind = `${after ? "after_" : ""}${before ? "before_" : ""}${backwards ? "down" : "up"}`;
    const made = statement(kind, () =>
      pageOf(list, {
        after: places("after", after),
        before: places("before", before),
        first: sql.placeholder("first"),
        backwards,
      }),
    );
    return all<R>(made, { ...values, ...valued("after", after), ...valued("before", before), first });
  };
}

/** A position as its columns hold it. */
function typed({ order, beyond }: List, position: readonly string[] | null | undefined): readonly unknown[] | null {
  if (!position) return null;
  return beyond ? position : position.map((value, i) => (order[i]?.count ? Number(value) : value));
}

const countOf = ({ select, where, counted = sql`count(*)` }: List) => select({ count: whole(counted) }).where(where);

interface PageOf {
  after: readonly unknown[] | null;
  before: readonly unknown[] | null;
  first: unknown;
  backwards: boolean;
}

/**
 * How many rows are read at most, as a sum: SQLite looks at a bare parameter of LIMIT when it chooses its way, and compiles the
 * statement anew each time one is bound.
 */
export const atMost = (count: unknown): SQL => sql`(${count} + 0)`;

function pageOf({ order, where, select, ...list }: List, { after, before, first, backwards }: PageOf) {
  const beyondColumns = (position: readonly unknown[], turned: boolean) =>
    afterPosition(
      order.map(({ column, down = false }) => ({ column, down: down !== turned })),
      position,
    );
  const beyond = (position: readonly unknown[] | null, turned: boolean) =>
    position ? (list.beyond ?? beyondColumns)(position as readonly string[], turned) : undefined;
  return select()
    .where(and(where, beyond(after, false), beyond(before, true)))
    .orderBy(...order.map(({ column, down = false }) => (down !== backwards ? desc : asc)(column)))
    .limit(atMost(first));
}
