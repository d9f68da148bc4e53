import { getTableName } from "drizzle-orm";
import type { Client } from "pg";
import { tables } from "../../../drizzle/schema.postgres";
import { CannotOpen, checkApplied, checkNoneMissing } from "../migrations";
import { appliedTo } from "./inspection";
import { keysOf, keyTables } from "./keys";

/** What the server must be set to; a start where one is not is refused. */
const settings = {
  fsync: "on",
  full_page_writes: "on",
  synchronous_commit: "on",
  session_replication_role: "origin",
} as const;

export async function checkTables(client: Client, bank: string): Promise<void> {
  const { rows } = await client.query("SELECT relname AS name FROM pg_class WHERE relnamespace = to_regnamespace($1)", [
    bank,
  ]);
  const names = rows.map(({ name }) => name as string);
  checkNoneMissing(names, Object.values(tables).map(getTableName));
}

export async function hasTable(client: Client, schema: string, table: string): Promise<boolean> {
  const { rows } = await client.query("SELECT to_regclass($1) IS NOT NULL AS there", [`"${schema}".${table}`]);
  return rows[0].there as boolean;
}

export async function checkSettings(client: Client): Promise<void> {
  for (const [name, wanted] of Object.entries(settings)) {
    const actual = (await client.query("SELECT current_setting($1) AS value", [name])).rows[0].value as string;
    if (actual !== wanted) throw new CannotOpen(`setting ${name} is ${actual}, not ${wanted}`);
  }
}

/** The bank's schemas are its own: nothing is read from the tables of another program, and nothing put beside them. */
export async function checkOwner(client: Client, bank: string): Promise<void> {
  const tablesIn = async (schema: string) => {
    const { rows } = await client.query(
      "SELECT relname AS name FROM pg_class WHERE relnamespace = to_regnamespace($1) AND relkind IN ('r', 'p', 'v', 'm', 'f')",
      [`"${schema}"`],
    );
    return rows.map(({ name }) => name as string);
  };
  const [books, keys] = [await tablesIn(bank), await tablesIn(keysOf(bank))];
  // Where the first migration was broken off there is only drizzle's note of what was applied.
  const isBank =
    books.length === 0 || (books.includes("migrations") && (books.length === 1 || books.includes("journal")));
  const foreign = !isBank ? bank : keys.length > 0 && !keys.some((name) => name in keyTables("")) ? keysOf(bank) : null;
  if (foreign !== null)
    throw new CannotOpen(`the schema ${foreign} holds tables of another program: give the bank another name by BANK`);
}

/** Names without a schema mean the bank's own. */
export async function checkSchema(client: Client, bank: string): Promise<void> {
  const schema = (await client.query("SELECT current_schema() AS schema")).rows[0].schema as string | null;
  if (schema !== bank)
    throw new CannotOpen(
      `the connection is not kept in the bank's schema but in ${schema ?? "none"}: is there a pooler before PostgreSQL? Name PostgreSQL's own address`,
    );
}

export async function checkMigrated(client: Client, bank: string): Promise<void> {
  checkApplied(await appliedIn(client, bank), "postgres");
}

export async function appliedIn(client: Client, bank: string): Promise<number[]> {
  return (await hasTable(client, bank, "migrations")) ? appliedTo(client, bank) : [];
}
