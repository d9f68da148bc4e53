import { readFileSync } from "node:fs";
import { join } from "node:path";
import SQLite from "better-sqlite3";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { migrate } from "drizzle-orm/better-sqlite3/migrator";
import { differences, type Flaw, type Guard, ofKeys, type Shape, unreadable, wrongGuard } from "../inspection";
import { appliedFlaws, CannotOpen, migrationsFolder, migrationTags } from "../migrations";
import { keyTables } from "./keys";

/** The table in which drizzle notes the applied migrations, with the time at which each was made. */
export const migrationsTable = "__drizzle_migrations";
export function appliedTo(client: SQLite.Database): number[] {
  return client.prepare(`SELECT created_at FROM ${migrationsTable} ORDER BY created_at`).pluck().all() as number[];
}

/** Refuses the start where a trigger of the migrations is missing or altered, or where there is another one. */
export function checkGuards(client: SQLite.Database): void {
  const wrong = wrongGuard(guardsOf(client), expectedTriggers());
  if (wrong !== null) throw new CannotOpen(wrong);
}

/** Nothing runs by itself where the keys are: it could take them away one by one. */
export function checkKeyGuards(keys: SQLite.Database): void {
  const wrong = wrongGuard(guardsOf(keys), []);
  if (wrong !== null) throw new CannotOpen(`the keys of this bank: ${wrong}`);
}

function guardsOf(client: SQLite.Database): Guard[] {
  return client
    .prepare("SELECT 'trigger ' || name AS name, sql AS text FROM sqlite_schema WHERE type = 'trigger'")
    .all() as Guard[];
}

function expectedTriggers(): Guard[] {
  const folder = migrationsFolder("sqlite");
  return migrationTags("sqlite").flatMap((tag) =>
    readFileSync(join(folder, `${tag}.sql`), "utf8")
      .split("--> statement-breakpoint")
      .map((statement) =>
        statement
          .slice(Math.max(0, statement.indexOf("CREATE TRIGGER")))
          .trim()
          .replace(/;$/, ""),
      )
      .flatMap((text) =>
        text.startsWith("CREATE TRIGGER") ? [{ name: `trigger ${text.split(/\s+/)[2]}`, text }] : [],
      ),
  );
}

/** The texts of tables, indexes, triggers and views. The tables of ANALYZE are left out: an operator may run it. */
function shapeOf(client: SQLite.Database): Shape {
  const rows = client
    .prepare(
      "SELECT type, name, tbl_name AS ofTable, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_stat%' ESCAPE '\\'",
    )
    .all() as { type: string; name: string; ofTable: string; sql: string | null }[];
  return new Map(rows.map(({ type, name, ofTable, sql }) => [`${type} ${name}`, `${ofTable} ${sql ?? ""}`]));
}

let fresh: { bank: Shape; keys: Shape } | undefined;

/** The same of fresh files in memory. They are made once for each process, since its migrations do not change. */
function expectedShapes() {
  fresh ??= {
    bank: shapeMadeBy((client) => migrate(drizzle(client), { migrationsFolder: migrationsFolder("sqlite") })),
    keys: shapeMadeBy((client) => client.exec(keyTables)),
  };
  return fresh;
}

function shapeMadeBy(make: (client: SQLite.Database) => void): Shape {
  const client = new SQLite(":memory:");
  try {
    make(client);
    return shapeOf(client);
  } finally {
    client.close();
  }
}

const flawsMost = 100;

/** Compares both schemas with fresh ones, and lets SQLite check every page, index and constraint of both files. */
export async function* inspect(path: string, keysPath: string, cacheKib: number): AsyncGenerator<Flaw> {
  const client = new SQLite(path, { readonly: true });
  const keys = new SQLite(keysPath, { readonly: true });
  try {
    for (const file of [client, keys]) file.pragma(`cache_size = -${cacheKib}`);
    const wanted = expectedShapes();
    yield* differences(shapeOf(client), wanted.bank);
    yield* ofKeys(differences(shapeOf(keys), wanted.keys));
    yield* appliedFlaws(appliedTo(client), "sqlite");
    for (const [name, file] of [
      ["the bank's file", client],
      ["the keys' file", keys],
    ] as const)
      for (const what of file.prepare(`PRAGMA integrity_check(${flawsMost})`).pluck().all() as string[])
        if (what !== "ok") yield { where: name, what };
    for (const row of client.pragma("foreign_key_check") as { table: string; rowid: number; parent: string }[])
      yield { where: `${row.table} at row ${row.rowid}`, what: `names a row of ${row.parent} that is not there` };
  } catch (error) {
    yield unreadable(error, "the bank's file");
  } finally {
    client.close();
    keys.close();
  }
}
