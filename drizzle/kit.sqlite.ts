import {
  blob,
  check,
  customType,
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from "drizzle-orm/sqlite-core";
import { pack, unpack } from "./packed";

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
  /** BLOB holding JSON in few bytes; bytea in PostgreSQL. For what is read whole, and searched by nobody. */
  packed: <T>() =>
    customType<{ data: unknown; driverData: Buffer }>({
      dataType: () => "blob",
      toDriver: pack,
      fromDriver: unpack,
    })().$type<T>(),
};
export type Kit = typeof kit;
