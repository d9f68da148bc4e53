import { blob, check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

/** Column words for SQLite. Numbers, strings, booleans and buffers look the same in JavaScript in both dialects. */
export const kit = {
  table: sqliteTable,
  index,
  uniqueIndex,
  check,
  primaryKey,
  /** TEXT in both. */
  text: () => text(),
  /** INTEGER; bigint in PostgreSQL. Whole numbers up to 2^53. */
  int: () => integer({ mode: "number" }),
  /** BLOB; bytea in PostgreSQL. */
  bytes: () => blob({ mode: "buffer" }),
  /** INTEGER 0 or 1; boolean in PostgreSQL. */
  flag: () => integer({ mode: "boolean" }),
  /** TEXT holding JSON; jsonb in PostgreSQL. */
  json: <T>() => text({ mode: "json" }).$type<T>(),
};
export type Kit = typeof kit;
