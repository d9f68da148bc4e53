import { closeSync, existsSync, fsyncSync, openSync, rmSync, statSync, writeSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import SQLite from "better-sqlite3";
import { getTableName, type Logger, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { migrate } from "drizzle-orm/better-sqlite3/migrator";
import { tables } from "../../drizzle/schema.sqlite";
import type { Instant } from "../domain/kit/calendar";
import { faultOf, isDamage } from "./faults";
import { makePrivate, opening, placeLookMs, placeOf } from "./files";
import { Followers } from "./followers";
import { openGlance, rememberSessions } from "./glance.sqlite";
import { Health, type Looking } from "./health";
import { appliedTo, checkGuards, checkKeyGuards, inspect, migrationsTable } from "./inspection.sqlite";
import { keyStore, keysOf, lockWaitMs, missingKeys, openKeys } from "./keys.sqlite";
import { readMarks } from "./marks";
import { Memory, ReadingRecall, type Recall, WritingRecall } from "./memory";
import {
  beyondFounding,
  CannotOpen,
  checkApplied,
  checkBegins,
  checkNoneMissing,
  migrationsFolder,
} from "./migrations";
import { checkSent } from "./queries/lookups";
import { openWrites } from "./queries/tx";
import { type Database, openView } from "./queries/view";
import { type Built, binder, mapRows, type Recipes } from "./rows";
import type { Marks, Store } from "./store";
import { type Line, Writer, watched, watchedKeys } from "./writer";

/** Pages that a connection keeps, in kibibytes, which reads through a whole file and meets few of its pages twice. */
const throughCacheKib = 2_048;

export interface SqliteOptions {
  /** Path of the bank's file. */
  path: string;
  clock: () => Instant;
  /**
   * When the disk must have taken what is written: at each commit, unless it is said otherwise. A file that is thrown away where its
   * making is cut needs that only when it is closed.
   */
  syncs?: "AT_COMMIT" | "AT_CLOSE";
}

/** What a ledger connection must be set to; a start where one is not is refused. */
const pragmas = {
  journal_mode: "wal",
  synchronous: 2,
  foreign_keys: 1,
  recursive_triggers: 1,
  trusted_schema: 0,
} as const;

const textOf: Database["textOf"] = (columns) => sql`json_array(${sql.join([...columns], sql`, `)})`;

const drizzled = (client: SQLite.Database, logger?: Logger) => drizzle(client, { casing: "snake_case", logger });
const recipes: Recipes = new Map();
// A cast: better-sqlite3 answers at once and a Database answers later, and every query awaits its answer.
const asDatabase = (client: SQLite.Database, before = () => {}, recall?: Recall) => {
  const logQuery: Logger["logQuery"] = (_, sent) => {
    checkSent(sent);
    before();
  };
  const mapped = mapRows(drizzled(remembering(client), { logQuery }), recipes, runDirectly(logQuery));
  return Object.assign(mapped, { recall, textOf }) as unknown as Database;
};

const statementsMost = 500;

/** Compiles a text once: lists with filters are built anew each time, and their texts come again. */
function remembering(client: SQLite.Database): SQLite.Database {
  const known = new Map<string, SQLite.Statement>();
  const prepare = (text: string) => {
    const statement = known.get(text) ?? client.prepare(text);
    // The oldest goes first. A text that is used again takes the newest place.
    known.delete(text);
    if (known.size >= statementsMost) known.delete(known.keys().next().value as string);
    known.set(text, statement);
    return statement;
  };
  return Object.assign(Object.create(client) as SQLite.Database, { prepare });
}

/** A prepared statement of drizzle's. */
interface BuiltSqlite extends Built {
  stmt: SQLite.Statement<unknown[]>;
  execute(values?: Record<string, unknown>): unknown;
}

/** A prepared statement answers at once and without the builder, which would wrap the answer in promises. */
function runDirectly(logQuery: Logger["logQuery"]) {
  return (built: BuiltSqlite, params: readonly unknown[]) => {
    const { stmt, customResultMapper } = built;
    const bind = binder(params);
    if (customResultMapper) stmt.raw();
    built.execute = (values = {}) => {
      const sent = bind(values);
      logQuery(stmt.source, sent);
      return customResultMapper ? customResultMapper(stmt.all(sent) as unknown[][]) : stmt.run(sent);
    };
  };
}

/** How long a second migration waits: the migration of a large bank may take a minute. */
const turnWaitMs = 60_000;

export function migrateSqlite(path: string): void {
  // Two migrations at once would both find no migration applied, so the second one waits.
  const turn = `${path}.migrating`;
  const lock = locked(turn);
  try {
    migrateAlone(path);
    // The file is removed at the end alone: a process that waited for it, or makes a new one, finds all migrations applied.
    rmSync(turn, { force: true });
  } finally {
    lock.close();
  }
}

/** A lock that ends with its process. A process that is done removes the file, and the next one makes it again. */
function locked(path: string): SQLite.Database {
  for (const deadline = performance.now() + turnWaitMs; ; ) {
    makePrivate(path);
    const lock = new SQLite(path, { timeout: turnWaitMs });
    try {
      lock.exec("BEGIN EXCLUSIVE");
      return lock;
    } catch (error) {
      lock.close();
      const isGone = String((error as { code?: unknown }).code).startsWith("SQLITE_IOERR");
      if (!isGone || performance.now() > deadline) throw error;
    }
  }
}

function migrateAlone(path: string): void {
  makePrivate(path);
  const client = connect(path);
  try {
    checkBegins(appliedIn(client), "sqlite", hasTable(client, "journal"));
    // Keys are made with their bank, and never anew beside a bank that has lost its own.
    if (!isFounded(client)) makePrivate(keysOf(path));
    openKeys(path).close();
    migrate(drizzled(client), { migrationsFolder: migrationsFolder("sqlite") });
    checkTables(client);
  } finally {
    client.close();
  }
}

function isFounded(client: SQLite.Database): boolean {
  return hasTable(client, "journal") && client.prepare("SELECT 1 FROM journal LIMIT 1").get() !== undefined;
}

function checkTables(client: SQLite.Database): void {
  checkNoneMissing(tablesIn(client), Object.values(tables).map(getTableName));
}

function tablesIn(client: SQLite.Database): string[] {
  return client.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all() as string[];
}

/** A file that holds tables, and none of these, is another program's, or a bank and its keys were swapped: nothing is put beside them. */
function checkOwner(path: string, client: SQLite.Database, own: readonly string[]): void {
  const names = tablesIn(client);
  if (names.length > 0 && !own.some((name) => names.includes(name)))
    throw new CannotOpen(
      `${path} holds other tables than it should: name another file, or put the right one in its place`,
    );
}

function hasTable(client: SQLite.Database, name: string): boolean {
  return client.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?").get(name) !== undefined;
}

/** Reads what a file and its keys say of themselves, and changes nothing; null where there is neither. */
export async function marksOfSqlite(path: string): Promise<Marks | null> {
  const [isBank, areKeys] = [existsSync(path), existsSync(keysOf(path))];
  if (!isBank && !areKeys) return null;
  /** `look` finds what is too damaged to begin with. */
  const open = (name: string, what: string, look: (client: SQLite.Database) => boolean) => {
    try {
      const client = opening(name, () => new SQLite(name, { readonly: true, timeout: lockWaitMs }));
      if (opening(name, () => look(client))) return client;
      client.close();
    } catch (error) {
      if (!isDamage(error)) throw error;
    }
    throw new CannotOpen(`${what} damaged: restore ${name} from a backup`);
  };
  const isWhole = (client: SQLite.Database) => client.pragma("quick_check(1)", { simple: true }) === "ok";
  const keys = areKeys ? open(keysOf(path), "the keys of this bank are", isWhole) : null;
  // The whole of a large bank is the audit's to look at.
  const isRead = (client: SQLite.Database) => typeof isFounded(client) === "boolean";
  const bank = isBank ? open(path, "the file of this bank is", isRead) : null;
  try {
    if (bank) checkOwner(path, bank, [migrationsTable, "journal"]);
    if (keys) checkOwner(keysOf(path), keys, ["person_keys", "marks"]);
    if (keys) checkKeyGuards(keys);
    const marks = await readMarks({
      bank: async (sql) => (bank?.prepare(sql).all() ?? []) as Record<string, unknown>[],
      keys: async (sql) => (keys?.prepare(sql((name) => name)).all() ?? []) as Record<string, unknown>[],
      hasBank: async (table) => bank !== null && hasTable(bank, table),
      hasKeys: async (table) => keys !== null && hasTable(keys, table),
    });
    if (marks.founded && !areKeys) throw new CannotOpen(missingKeys(path));
    return marks;
  } finally {
    bank?.close();
    keys?.close();
  }
}

/**
 * Empties a bank that holds nothing but what its founding wrote; a bank that holds more is left as it is. One transaction:
 * other processes see the bank before or after, never without its guards.
 */
export function forgetFoundingSqlite(path: string): void {
  const client = connect(path);
  try {
    client
      .transaction(() => {
        if (client.prepare(beyondFounding).pluck().get() !== 0) return;
        const named = (type: string) =>
          client
            .prepare("SELECT name, sql FROM sqlite_schema WHERE type = ? AND name NOT LIKE 'sqlite%'")
            .all(type) as {
            name: string;
            sql: string;
          }[];
        const guards = named("trigger");
        for (const { name } of guards) client.exec(`DROP TRIGGER "${name}"`);
        for (const { name } of named("table")) if (name !== migrationsTable) client.exec(`DELETE FROM "${name}"`);
        for (const { sql } of guards) client.exec(sql);
      })
      .immediate();
  } finally {
    client.close();
  }
}

export function openSqlite({ path, clock, syncs = "AT_COMMIT" }: SqliteOptions): Store {
  if (!existsSync(path)) throw new CannotOpen(`no bank at ${path}: run \`goodhours migrate\` first`);
  makePrivate(path);
  const client = connect(path);
  client.pragma("busy_timeout = 0");
  checkMigrated(client);
  checkTables(client);
  checkGuards(client);
  const reader = new SQLite(path, { readonly: true });
  reader.pragma("trusted_schema = 0");
  const keys = openKeys(path);
  keys.pragma("busy_timeout = 0");
  if (syncs === "AT_CLOSE") for (const connection of [client, keys]) connection.pragma("synchronous = OFF");
  const checkPlace = placeOf(path);
  const checkKeysPlace = placeOf(keysOf(path));
  const memory = new Memory();
  const glance = openGlance(reader, client);
  const recall = new ReadingRecall(
    memory,
    () => plain,
    () => glance.begin(),
  );
  const plain = openView(
    asDatabase(reader, () => checkPlace(placeLookMs), recall),
    tables,
  );
  plain.endedAmong = rememberSessions(glance, plain.endedAmong);
  const head = async () => {
    checkKeysPlace();
    return (await plain.head()).seq;
  };
  const health = new Health(lookingAt(path, client, head));
  const view = watched(plain, health, "READ");
  const { refresh } = watched({ refresh: () => recall.refresh() }, health, "READ");
  const line = sqliteLine({ client, memory, checkPlace, writes: () => glance.wrote() });
  const followers = new Followers(async () => (await plain.head()).seq);
  const writer = new Writer(line, clock, health, () => followers.look());
  return {
    write: (work) => writer.write(work),
    rehearse: (work) => writer.write(work, false),
    read: async (work) => work(view),
    view,
    refresh,
    async snapshot(work) {
      const own = new SQLite(path, { readonly: true });
      try {
        own.pragma(`cache_size = -${throughCacheKib}`);
        own.exec("BEGIN");
        return await work(watched(openView(asDatabase(own), tables), health, "READ"));
      } finally {
        own.close();
      }
    },
    inspect: () => inspect(path, keysOf(path), throughCacheKib),
    keys: watchedKeys(keyStore(keys, { checkPlace: checkKeysPlace, inWork: () => client.inTransaction }), health),
    async sweep() {
      glance.end();
      for (const connection of [client, keys])
        if (!connection.inTransaction) connection.pragma("wal_checkpoint(TRUNCATE)");
    },
    health,
    get halted() {
      return writer.halted;
    },
    onHalt: (listener) => writer.onHalt(listener),
    follow: (listener) => followers.add(listener),
    async close() {
      followers.stop();
      await writer.idle();
      health.close();
      glance.end();
      // Folds the write-ahead log back, so that the file alone is the bank.
      for (const connection of [client, keys]) {
        if (syncs === "AT_CLOSE") connection.pragma("synchronous = FULL");
        connection.pragma("wal_checkpoint(TRUNCATE)");
      }
      for (const connection of [reader, client, keys]) connection.close();
    },
  };
}

function connect(path: string): SQLite.Database {
  return opening(path, () => connected(new SQLite(path, { timeout: 30_000 })));
}

function connected(client: SQLite.Database): SQLite.Database {
  client.pragma("journal_mode = WAL");
  // better-sqlite3 is compiled with NORMAL for WAL, which may lose the last commits when power fails.
  client.pragma("synchronous = FULL");
  if (process.platform === "darwin") client.pragma("fullfsync = ON");
  client.pragma("foreign_keys = ON");
  // Without it INSERT OR REPLACE would delete rows behind the delete guards' back.
  client.pragma("recursive_triggers = ON");
  client.pragma("trusted_schema = OFF");
  // What is deleted is overwritten: a search hash of a person who was erased is not left in a free page.
  client.pragma("secure_delete = ON");
  client.pragma("cache_size = -65536");
  // Pages as a statement found them, for where a guard stops it. In a file they cost more than the statement.
  client.pragma("temp_store = MEMORY");
  for (const [name, wanted] of Object.entries(pragmas)) {
    const actual = client.pragma(name, { simple: true });
    if (actual !== wanted) throw new CannotOpen(`pragma ${name} is ${String(actual)}, not ${String(wanted)}`);
  }
  return client;
}

function checkMigrated(client: SQLite.Database): void {
  checkApplied(appliedIn(client), "sqlite");
}

const appliedIn = (client: SQLite.Database) => (hasTable(client, migrationsTable) ? appliedTo(client) : []);

const trialBytes = 256 * 1024;

/** Whether the file can be read and written. */
function lookingAt(path: string, client: SQLite.Database, head: () => Promise<number>): Looking {
  return {
    read: head,
    async write() {
      // As if the write-ahead log grew: beside it, from where it ends, so that the largest size of a file counts, too.
      const trial = `${path}.trial`;
      const file = openSync(trial, "w", 0o600);
      try {
        const end = statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0;
        writeSync(file, Buffer.alloc(trialBytes, 1), 0, trialBytes, end);
        fsyncSync(file);
      } finally {
        closeSync(file);
        rmSync(trial, { force: true });
      }
      // A page is written and stays as it was.
      if (!client.inTransaction)
        client.pragma(`user_version = ${client.pragma("user_version", { simple: true }) as number}`);
    },
  };
}

const lockLookMs = 2;

interface LineOptions {
  client: SQLite.Database;
  memory: Memory;
  checkPlace: () => void;
  /** Called when a transaction begins, and when it was kept: until then readers see what stood before it. */
  writes: () => void;
}

function sqliteLine({ client, memory, checkPlace, writes: tellReaders }: LineOptions): Line {
  const recall = new WritingRecall(memory, () => own);
  const db = asDatabase(client, undefined, recall);
  const own = openView(db, tables);
  const writes = openWrites(db, tables, own, recall);
  return {
    async begin(now) {
      checkPlace();
      // SQLite serialises writers anyway; taking the lock at BEGIN means that no later statement meets SQLITE_BUSY.
      for (const deadline = performance.now() + lockWaitMs; ; ) {
        try {
          client.exec("BEGIN IMMEDIATE");
          tellReaders();
          return writes.begin(now);
        } catch (error) {
          if ((error as { code?: unknown }).code !== "SQLITE_BUSY" || performance.now() > deadline) throw error;
        }
        // Another process writes. Waited for here, not inside SQLite: questions are answered meanwhile.
        await sleep(lockLookMs);
      }
    },
    async commit() {
      client.exec("COMMIT");
      tellReaders();
      writes.kept();
      checkPlace();
    },
    async rollback() {
      if (client.inTransaction) client.exec("ROLLBACK");
    },
    flush: () => writes.flush(),
    async savepoint() {
      client.exec("SAVEPOINT work");
      writes.mark();
    },
    async release() {
      client.exec("RELEASE work");
    },
    async rollbackTo() {
      client.exec("ROLLBACK TO work; RELEASE work");
      writes.back();
    },
    isFatal: (error) => !client.inTransaction || faultOf(error) !== null,
    watch() {
      let left = false;
      const immediate = setImmediate(() => {
        left = true;
      });
      return () => {
        clearImmediate(immediate);
        return left;
      };
    },
  };
}
