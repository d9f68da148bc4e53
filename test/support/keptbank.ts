import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import SQLite from "better-sqlite3";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { migrate } from "drizzle-orm/better-sqlite3/migrator";
import { drizzle as drizzlePostgres } from "drizzle-orm/node-postgres";
import { migrate as migratePostgres } from "drizzle-orm/node-postgres/migrator";
import { Client } from "pg";
import { migrationsFolder } from "../../src/storage/migrations";
import { keysOf as keysOfPostgres, keyTables as keyTablesPostgres } from "../../src/storage/postgres/keys";
import { migrationsTable } from "../../src/storage/sqlite/inspection";
import { keysOf, keyTables } from "../../src/storage/sqlite/keys";
import type { Engine, Ground } from "./engines";

/** Banks that earlier releases left, as rows: by them is seen that a later release still reads and goes on with them. */
const folder = join(__dirname, "../data/kept");

type Value = string | number | null | { bytes: string };
interface KeptRow {
  /** Of the bank, or of its keys. */
  whose: "bank" | "keys";
  table: string;
  row: Record<string, Value>;
}

/** Writes down all rows of a bank's file and of its keys. */
export function keepRows(path: string, name: string): void {
  const rows: KeptRow[] = [];
  for (const whose of ["bank", "keys"] as const) {
    const client = new SQLite(whose === "bank" ? path : keysOf(path), { readonly: true });
    const tables = client
      .prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN (?, 'sqlite_sequence') ORDER BY name = 'accounts' DESC, name",
      )
      .pluck()
      .all(migrationsTable) as string[];
    for (const table of tables)
      for (const row of client.prepare(`SELECT * FROM "${table}"`).all() as Record<string, unknown>[]) {
        const values = Object.entries(row).map(([column, value]) => [
          column,
          Buffer.isBuffer(value) ? { bytes: value.toString("base64") } : value,
        ]);
        rows.push({ whose, table, row: Object.fromEntries(values) });
      }
    client.close();
  }
  writeFileSync(
    join(folder, `${name}.ndjson.gz`),
    gzipSync(rows.map((row) => JSON.stringify(row)).join("\n"), { level: 9 }),
  );
}

/** A bank as a release left it, on one engine: the migrations until that release alone, and the rows that were kept then. */
export async function keptGround(engine: Engine, name: string, until: string): Promise<Ground> {
  const rows = gunzipSync(readFileSync(join(folder, `${name}.ndjson.gz`)))
    .toString("utf8")
    .split("\n")
    .map((line) => JSON.parse(line) as KeptRow);
  const ground = await engine.ground();
  const migrations = migrationsUntil(engine.kind, until);
  try {
    if (engine.kind === "sqlite") restoreSqlite(ground.where, migrations, rows);
    else await restorePostgres(ground.where, migrations, rows);
  } finally {
    rmSync(migrations, { recursive: true, force: true });
  }
  return ground;
}

/** A folder of migrations that ends with this one. */
function migrationsUntil(dialect: "sqlite" | "postgres", until: string): string {
  const cut = mkdtempSync(join(tmpdir(), "goodhours-until-"));
  cpSync(migrationsFolder(dialect), cut, { recursive: true });
  const path = join(cut, "meta/_journal.json");
  const journal = JSON.parse(readFileSync(path, "utf8")) as { entries: { tag: string }[] };
  const last = journal.entries.findIndex(({ tag }) => tag === until);
  writeFileSync(path, JSON.stringify({ ...journal, entries: journal.entries.slice(0, last + 1) }));
  return cut;
}

const keptValue = (value: Value) =>
  value !== null && typeof value === "object" ? Buffer.from(value.bytes, "base64") : value;

function restoreSqlite(path: string, migrationsFolder: string, rows: readonly KeptRow[]): void {
  for (const end of ["", "-wal", "-shm"])
    for (const name of [path, keysOf(path)]) rmSync(`${name}${end}`, { force: true });
  const bank = new SQLite(path);
  migrate(drizzle(bank), { migrationsFolder });
  const keys = new SQLite(keysOf(path));
  keys.exec(keyTables);
  const guards = bank.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all() as {
    name: string;
    sql: string;
  }[];
  for (const { name } of guards) bank.exec(`DROP TRIGGER ${name}`);
  bank.transaction(() => {
    for (const { whose, table, row } of rows) {
      const columns = Object.keys(row).map((column) => `"${column}"`);
      (whose === "bank" ? bank : keys)
        .prepare(`INSERT INTO "${table}" (${columns}) VALUES (${columns.map(() => "?")})`)
        .run(Object.values(row).map(keptValue));
    }
  })();
  for (const { sql } of guards) bank.exec(sql);
  bank.close();
  keys.close();
}

async function restorePostgres(url: string, migrationsFolder: string, rows: readonly KeptRow[]): Promise<void> {
  const client = new Client({ connectionString: url, options: "-c search_path=bank" });
  await client.connect();
  try {
    await client.query(
      "DROP SCHEMA bank CASCADE; DROP SCHEMA bank_keys CASCADE; CREATE SCHEMA bank; CREATE SCHEMA bank_keys",
    );
    for (const statement of Object.values(keyTablesPostgres(keysOfPostgres("bank")))) await client.query(statement);
    const ways = { migrationsFolder, migrationsSchema: "bank", migrationsTable: "migrations" };
    await migratePostgres(drizzlePostgres(client), ways);
    const { rows: flags } = await client.query(
      "SELECT table_name || '.' || column_name AS name FROM information_schema.columns WHERE table_schema = 'bank' AND data_type = 'boolean'",
    );
    const isFlag = new Set(flags.map(({ name }) => name as string));
    const tables = [...new Set(rows.flatMap(({ whose, table }) => (whose === "bank" ? [table] : [])))];
    for (const table of tables) await client.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
    await client.query("BEGIN");
    for (const { whose, table, row } of rows) {
      const entries = Object.entries(row);
      const values = entries.map(([column, value]) =>
        whose === "bank" && isFlag.has(`${table}.${column}`) && value !== null ? value === 1 : keptValue(value),
      );
      await client.query(
        `INSERT INTO ${whose === "bank" ? "bank" : "bank_keys"}."${table}" (${entries.map(([column]) => `"${column}"`)})
         VALUES (${entries.map((_, i) => `$${i + 1}`)})`,
        values,
      );
    }
    await client.query("COMMIT");
    for (const table of tables) await client.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
  } finally {
    await client.end();
  }
}
