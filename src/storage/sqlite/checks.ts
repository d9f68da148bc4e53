import type SQLite from "better-sqlite3";
import { getTableName } from "drizzle-orm";
import { tables } from "../../../drizzle/schema.sqlite";
import { CannotOpen, checkApplied, checkNoneMissing } from "../migrations";
import { appliedTo, migrationsTable } from "./inspection";

export function isFounded(client: SQLite.Database): boolean {
  return hasTable(client, "journal") && client.prepare("SELECT 1 FROM journal LIMIT 1").get() !== undefined;
}

export function checkTables(client: SQLite.Database): void {
  checkNoneMissing(tablesIn(client), Object.values(tables).map(getTableName));
}

function tablesIn(client: SQLite.Database): string[] {
  return client.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all() as string[];
}

/** A file that holds tables, and none of these, is another program's, or a bank and its keys were swapped: nothing is put beside them. */
export function checkOwner(path: string, client: SQLite.Database, own: readonly string[]): void {
  const names = tablesIn(client);
  if (names.length > 0 && !own.some((name) => names.includes(name)))
    throw new CannotOpen(
      `${path} holds other tables than it should: name another file, or put the right one in its place`,
    );
}

export function hasTable(client: SQLite.Database, name: string): boolean {
  return client.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?").get(name) !== undefined;
}

export function checkMigrated(client: SQLite.Database): void {
  checkApplied(appliedIn(client), "sqlite");
}

export const appliedIn = (client: SQLite.Database) => (hasTable(client, migrationsTable) ? appliedTo(client) : []);
