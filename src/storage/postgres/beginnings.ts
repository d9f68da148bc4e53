import { migrate } from "drizzle-orm/node-postgres/migrator";
import type { Client } from "pg";
import { readMarks } from "../marks";
import { beyondFounding, CannotOpen, checkBegins, migrationsFolder } from "../migrations";
import type { Marks } from "../store";
import { appliedIn, checkOwner, checkSchema, checkTables, hasTable } from "./checks";
import { type Bank, connect, connectFirst, drizzled } from "./connections";
import { checkKeyGuards } from "./inspection";
import { keysOf, keyTables, missingKeys } from "./keys";

export async function migratePostgres(options: Bank): Promise<void> {
  const { bank } = options;
  const client = await connectFirst(options);
  try {
    // Two migrations at once would both find no migration applied, so the second one waits, however long the first one takes.
    await client.query("SET lock_timeout = 0");
    await client.query("SELECT pg_advisory_lock(hashtext('goodhours migrate'))");
    await client.query(`CREATE SCHEMA IF NOT EXISTS "${bank}"`);
    await checkSchema(client, bank);
    checkBegins(await appliedIn(client, bank), "postgres", await hasTable(client, bank, "journal"));
    await allowTriggers(client);
    // Keys are made with their bank, and never anew beside a bank that has lost its own.
    if (
      !(await hasTable(client, bank, "journal")) ||
      (await client.query("SELECT FROM journal LIMIT 1")).rowCount === 0
    )
      await client.query(`CREATE SCHEMA IF NOT EXISTS "${keysOf(bank)}"; ${keyTables(keysOf(bank)).person_keys}`);
    if (!(await hasTable(client, keysOf(bank), "person_keys"))) throw new CannotOpen(missingKeys(bank));
    await client.query(keyTables(keysOf(bank)).marks);
    await migrate(drizzled(client), {
      migrationsFolder: migrationsFolder("postgres"),
      migrationsSchema: bank,
      migrationsTable: "migrations",
    });
    await checkTables(client, bank);
  } finally {
    await client.end();
  }
}

/**
 * Citus refuses triggers on its tables until the session that makes them says that it knows what they do. A bank's tables all
 * stand in one schema on one node, so a trigger sees what it would see without Citus.
 */
async function allowTriggers(client: Client): Promise<void> {
  const { rowCount } = await client.query("SELECT FROM pg_extension WHERE extname = 'citus'");
  if (rowCount) await client.query("SELECT set_config('citus.enable_unsafe_triggers', 'on', false)");
}

/** Reads what a schema and its keys say of themselves, and changes nothing. */
export async function marksOfPostgres(options: Bank): Promise<Marks> {
  const { bank } = options;
  const client = await connect(options);
  try {
    await checkOwner(client, bank);
    if (await hasTable(client, bank, "journal")) await checkSchema(client, bank);
    await checkKeyGuards(client, keysOf(bank));
    const marks = await readMarks({
      bank: async (sql) => (await client.query(sql)).rows,
      keys: async (sql) => (await client.query(sql((name) => `"${keysOf(bank)}".${name}`))).rows,
      hasBank: (table) => hasTable(client, bank, table),
      hasKeys: (table) => hasTable(client, keysOf(bank), table),
    });
    if (marks.founded && !(await hasTable(client, keysOf(bank), "person_keys")))
      throw new CannotOpen(missingKeys(bank));
    return marks;
  } finally {
    await client.end();
  }
}

/**
 * Empties a bank that holds nothing but what its founding wrote; a bank that holds more is left as it is. One transaction:
 * other processes see the bank before or after, never without its guards.
 */
export async function forgetFoundingPostgres(options: Bank): Promise<void> {
  const client = await connect(options);
  try {
    await client.query("BEGIN");
    await client.query("SELECT FROM head FOR UPDATE");
    if (Number((await client.query(beyondFounding)).rows[0].count) > 0) return;
    const { rows } = await client.query(
      "SELECT relname AS name FROM pg_class WHERE relnamespace = to_regnamespace($1) AND relkind = 'r' AND relname NOT IN ('migrations', 'head')",
      [options.bank],
    );
    const names = rows.map(({ name }) => `"${name}"`);
    for (const name of names) await client.query(`ALTER TABLE ${name} DISABLE TRIGGER USER`);
    await client.query(`TRUNCATE ${names.join(", ")}`);
    for (const name of names) await client.query(`ALTER TABLE ${name} ENABLE TRIGGER USER`);
    await client.query("COMMIT");
  } finally {
    await client.end();
  }
}
