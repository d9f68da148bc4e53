import {
  bigint,
  boolean,
  check,
  customType,
  index,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import type { Kit } from "./kit.sqlite";
import { pack, unpack } from "./packed";

const bytea = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => "bytea" });

const packed = customType<{ data: unknown; driverData: Buffer }>({
  dataType: () => "bytea",
  toDriver: pack,
  fromDriver: unpack,
});

const postgres = {
  table: pgTable,
  index,
  uniqueIndex,
  check,
  primaryKey,
  text: () => text(),
  int: () => bigint({ mode: "number" }),
  bytes: () => bytea(),
  flag: () => boolean(),
  json: <T>() => jsonb().$type<T>(),
  packed: <T>() => packed().$type<T>(),
} satisfies Record<keyof Kit, unknown>;

/**
 * A cast, so that tables and queries are written once: drizzle has column types for each dialect. Both kits give the same JavaScript
 * values, and the storage contract shows it on both engines.
 */
export const kit = postgres as unknown as Kit;
