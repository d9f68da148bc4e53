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

const bytea = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => "bytea" });

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
} satisfies Record<keyof Kit, unknown>;

/** The one cast of the tables: JavaScript values are equal by construction, and the storage contract proves it. */
export const kit = postgres as unknown as Kit;
