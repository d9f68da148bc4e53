import { readFileSync } from "node:fs";
import { join } from "node:path";
import SQLite from "better-sqlite3";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { migrate } from "drizzle-orm/better-sqlite3/migrator";
import { differences, type Flaw, type Guard, type Shape, unreadable, wrongGuard } from "./inspection";
import { appliedFlaws, CannotOpen, migrationsFolder, migrationTags } from "./migrations";

/** Where drizzle notes which migrations were applied, and when each was made. */
export const migrationsTable = "__drizzle_migrations";
export function appliedTo(client: SQLite.Database): number[] {
  return client.prepare(`SELECT created_at FROM ${migrationsTable} ORDER BY created_at`).pluck().all() as number[];
}

/** Every trigger of the migrations stands in the file as it was written, and no other, else the start is refused. */
export function checkGuards(client: SQLite.Database): void {
  const found = client.prepare("SELECT name, sql AS text FROM sqlite_schema WHERE type = 'trigger'").all() as Guard[];
  const wrong = wrongGuard(found, expectedTriggers());
  if (wrong !== null) throw new CannotOpen(wrong);
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
      .flatMap((text) => (text.startsWith("CREATE TRIGGER") ? [{ name: text.split(/\s+/)[2] as string, text }] : [])),
  );
}

/** Tables, indexes, triggers and views, as SQLite keeps their texts. What ANALYZE gathers is the operator's own. */
function shapeOf(client: SQLite.Database): Shape {
  const rows = client
    .prepare(
      "SELECT type, name, tbl_name AS ofTable, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_stat%' ESCAPE '\\'",
    )
    .all() as { type: string; name: string; ofTable: string; sql: string | null }[];
  return new Map(rows.map(({ type, name, ofTable, sql }) => [`${type} ${name}`, `${ofTable} ${sql ?? ""}`]));
}

let fresh: Shape | undefined;

/** The same of a file that was migrated in memory: once a process, since a release migrates alike each time. */
function expectedShape(): Shape {
  fresh ??= migratedShape();
  return fresh;
}

function migratedShape(): Shape {
  const client = new SQLite(":memory:");
  try {
    migrate(drizzle(client), { migrationsFolder: migrationsFolder("sqlite") });
    return shapeOf(client);
  } finally {
    client.close();
  }
}

const flawsMost = 100;

/** The schema against the migrations; every page, index and check of the file and of the keys', by SQLite's own means. */
export async function* inspect(path: string, keysPath: string): AsyncGenerator<Flaw> {
  const client = new SQLite(path, { readonly: true });
  const keys = new SQLite(keysPath, { readonly: true });
  try {
    yield* differences(shapeOf(client), expectedShape());
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
