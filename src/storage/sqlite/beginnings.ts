import { existsSync, rmSync } from "node:fs";
import SQLite from "better-sqlite3";
import { migrate } from "drizzle-orm/better-sqlite3/migrator";
import { isDamage } from "../faults";
import { readMarks } from "../marks";
import { beyondFounding, CannotOpen, checkBegins, migrationsFolder } from "../migrations";
import type { Marks } from "../store";
import { appliedIn, checkOwner, checkTables, hasTable, isFounded } from "./checks";
import { connect, drizzled } from "./connections";
import { makePrivate, opening } from "./files";
import { checkKeyGuards, migrationsTable } from "./inspection";
import { keysOf, lockWaitMs, missingKeys, openKeys } from "./keys";

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
