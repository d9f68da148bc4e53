import SQLite from "better-sqlite3";
import { type Logger, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/better-sqlite3";
import type { Recall } from "../memory";
import { CannotOpen } from "../migrations";
import { checkSent } from "../queries/lookups";
import type { Database } from "../queries/view";
import { type Built, binder, mapRows, type Recipes } from "../rows";
import { opening } from "./files";

/** What a ledger connection must be set to; a start where one is not is refused. */
const pragmas = {
  journal_mode: "wal",
  synchronous: 2,
  foreign_keys: 1,
  recursive_triggers: 1,
  trusted_schema: 0,
} as const;

const textOf: Database["textOf"] = (columns) => sql`json_array(${sql.join([...columns], sql`, `)})`;

export const drizzled = (client: SQLite.Database, logger?: Logger) => drizzle(client, { casing: "snake_case", logger });
const recipes: Recipes = new Map();
// A cast: better-sqlite3 answers at once and a Database answers later, and every query awaits its answer.
export const asDatabase = (client: SQLite.Database, before = () => {}, recall?: Recall) => {
  const logQuery: Logger["logQuery"] = (_, sent) => {
    checkSent(sent);
    before();
  };
  const mapped = mapRows(drizzled(remembering(client), { logQuery }), recipes, runDirectly(logQuery));
  return Object.assign(mapped, { recall, textOf }) as unknown as Database;
};

const statementsMost = 500;

/** Compiles a text once: lists with filters are built anew each time, and their texts come again. */
function remembering(client: SQLite.Database): SQLite.Database {
  const known = new Map<string, SQLite.Statement>();
  const prepare = (text: string) => {
    const statement = known.get(text) ?? client.prepare(text);
    // The oldest goes first. A text that is used again takes the newest place.
    known.delete(text);
    if (known.size >= statementsMost) known.delete(known.keys().next().value as string);
    known.set(text, statement);
    return statement;
  };
  return Object.assign(Object.create(client) as SQLite.Database, { prepare });
}

/** A prepared statement of drizzle's. */
interface BuiltSqlite extends Built {
  stmt: SQLite.Statement<unknown[]>;
  execute(values?: Record<string, unknown>): unknown;
}

/** A prepared statement answers at once and without the builder, which would wrap the answer in promises. */
function runDirectly(logQuery: Logger["logQuery"]) {
  return (built: BuiltSqlite, params: readonly unknown[]) => {
    const { stmt, customResultMapper } = built;
    const bind = binder(params);
    if (customResultMapper) stmt.raw();
    built.execute = (values = {}) => {
      const sent = bind(values);
      logQuery(stmt.source, sent);
      return customResultMapper ? customResultMapper(stmt.all(sent) as unknown[][]) : stmt.run(sent);
    };
  };
}

export function connect(path: string): SQLite.Database {
  return opening(path, () => connected(new SQLite(path, { timeout: 30_000 })));
}

function connected(client: SQLite.Database): SQLite.Database {
  client.pragma("journal_mode = WAL");
  // better-sqlite3 is compiled with NORMAL for WAL, which may lose the last commits when power fails.
  client.pragma("synchronous = FULL");
  if (process.platform === "darwin") client.pragma("fullfsync = ON");
  client.pragma("foreign_keys = ON");
  // Without it INSERT OR REPLACE would delete rows behind the delete guards' back.
  client.pragma("recursive_triggers = ON");
  client.pragma("trusted_schema = OFF");
  // What is deleted is overwritten: a search hash of a person who was erased is not left in a free page.
  client.pragma("secure_delete = ON");
  client.pragma("cache_size = -65536");
  // Pages as a statement found them, for where a guard stops it. In a file they cost more than the statement.
  client.pragma("temp_store = MEMORY");
  for (const [name, wanted] of Object.entries(pragmas)) {
    const actual = client.pragma(name, { simple: true });
    if (actual !== wanted) throw new CannotOpen(`pragma ${name} is ${String(actual)}, not ${String(wanted)}`);
  }
  return client;
}
