import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import { Client, type ClientBase, Pool, type PoolConfig } from "pg";
import { chainOf, codeOf, explained, faultOf } from "../faults";
import type { Recall } from "../memory";
import { CannotOpen } from "../migrations";
import { checkSent } from "../queries/lookups";
import type { Database } from "../queries/view";
import { mapRows, type Recipes } from "../rows";

export interface Bank {
  /** postgres://… of the database; the bank has a schema of its own in it, and one for its persons' keys. */
  url: string;
  /** The bank's schema: lower-case letters, digits and underscores. */
  bank: string;
}

export const readersMax = 8;
/** Shorter than a request may last, so that its client hears why it waited. */
export const connectMs = 5_000;
const lockWaitMs = 15_000;
export const answerMs = 25_000;

/** What a connection of the bank differs in from the others. */
interface Ways {
  query_timeout?: number;
  session?: Readonly<Record<string, string>>;
}

function connection({ url, bank }: Bank, { query_timeout }: Ways = {}): PoolConfig {
  const named = { application_name: `goodhours ${bank}` };
  return { connectionString: url, connectionTimeoutMillis: connectMs, keepAlive: true, query_timeout, ...named };
}

/**
 * Sets a new connection to the bank's schema. By a statement: what a startup message carries as `options`, PgBouncer refuses or
 * forgets, and an address may hold others.
 */
async function settle(client: ClientBase, { bank }: Bank, { session = {} }: Ways = {}): Promise<void> {
  const lock_timeout = String(lockWaitMs);
  const wanted = { search_path: `"${bank}"`, timezone: "UTC", synchronous_commit: "on", lock_timeout, ...session };
  const words = Object.keys(wanted).map((_, i) => `set_config($${2 * i + 1}, $${2 * i + 2}, false)`);
  await client.query(`SELECT ${words.join(", ")}`, Object.entries(wanted).flat());
}

const recipes: Recipes = new Map();
export const drizzled = (client: Client | Pool) =>
  mapRows(drizzle(client, { casing: "snake_case", logger: { logQuery: (_, sent) => checkSent(sent) } }), recipes);
/** As SQLite makes it. A list is of texts, and PostgreSQL writes a space between two of them. */
const textOf: Database["textOf"] = (columns) => {
  const values = columns.map((column) => {
    if (column.dataType === "boolean") return sql`to_json(${column}::int)`;
    return column.dataType === "json" ? sql`to_json(replace(${column}::text, '", "', '","'))` : sql`to_json(${column})`;
  });
  return sql`array_to_json(array[${sql.join(values, sql`, `)}])::text`;
};
// A cast: drizzle has a builder type for each dialect, and the kit gives both the same JavaScript values.
export const asDatabase = (client: Client | Pool, recall?: Recall) =>
  Object.assign(drizzled(client), { recall, textOf }) as unknown as Database;

export async function connect(
  options: Bank,
  ways: Ways = {},
  check: (client: Client) => Promise<void> = async () => undefined,
): Promise<Client> {
  const client = await reach(options, ways);
  try {
    await check(client);
    await settle(client, options, ways);
    return inTurn(client);
  } catch (error) {
    await client.end();
    throw error;
  }
}

/** A session takes one statement at a time. Those that are asked at once wait here: the driver will not keep them for us much longer. */
function inTurn(client: Client): Client {
  // Looked up for each statement: what counts the driver's statements puts itself in its place.
  const ask = (args: unknown[]) => Client.prototype.query.apply(client, args as never) as unknown as Promise<unknown>;
  let last: Promise<unknown> = Promise.resolve();
  client.query = ((...args: unknown[]) => {
    const next = () => ask(args);
    last = last.then(next, next);
    return last;
  }) as typeof client.query;
  return client;
}

/** The first connection tells whether the others can be used as sessions. */
export function connectFirst(options: Bank): Promise<Client> {
  return connect(options, {}, async (client) => {
    if (await isShared(client, options))
      throw new CannotOpen(
        "a pooler such as PgBouncer stands before PostgreSQL and gives each transaction another session: set its pool_mode to session, or name PostgreSQL's own address",
      );
  });
}

async function reach(options: Bank, ways: Ways = {}): Promise<Client> {
  const client = new Client(connection(options, ways));
  // A client that loses its server emits `error`, which would end the process; the next statement tells it instead.
  client.on("error", () => undefined);
  try {
    await client.connect();
  } catch (error) {
    // The address may hold a password: only the driver's own words are told.
    throw new CannotOpen(`PostgreSQL cannot be reached: ${explained(error)}`, { cause: error });
  }
  return client;
}

const othersMost = 5;

/**
 * Whether another connection may be given the same session of the server, as a pooler does between transactions. Asked before
 * anything is set, which other users of the pooler would find. Each other connection holds a transaction, so that in the end
 * one of them holds the first one's session, or the first is given another.
 */
async function isShared(client: Client, options: Bank): Promise<boolean> {
  const own = await sessionOf(client);
  if (own === (client as Client & { processID?: number }).processID) return false;
  const others: Client[] = [];
  try {
    while (others.length < othersMost) {
      const other = await reach(options, { query_timeout: connectMs });
      others.push(other);
      await other.query("BEGIN");
      if ((await sessionOf(other)) === own || (await sessionOf(client)) !== own) return true;
    }
    return false;
  } catch (error) {
    // One that gives each statement another session takes no transaction.
    if (codeOf(chainOf(error).at(-1) ?? {}) === "08P01") return true;
    // One that keeps a session for each connection, and has no more of them, lets the others wait.
    if (faultOf(error)?.suffering === "SLOW") return false;
    throw error;
  } finally {
    await Promise.all(others.map((other) => other.end()));
  }
}

async function sessionOf(client: Client): Promise<number> {
  return (await client.query("SELECT pg_backend_pid() AS pid")).rows[0].pid as number;
}

interface PoolWays extends Ways {
  max: number;
  /** Hears why a connection broke that nobody was using. */
  lost(error: unknown): void;
  /** Whether a statement that met a broken connection is sent once more: it only reads. */
  again?: boolean;
}

/** A pool that outlives its connections: the server may have been restarted since the last statement. */
export function openPool(options: Bank, ways: PoolWays): Pool {
  const { max, lost, again = false } = ways;
  const onConnect = (client: ClientBase) => settle(client, options, ways);
  const pool = new Pool({ ...connection(options, ways), max, onConnect });
  pool.on("error", lost);
  pool.on("connect", (client) => client.on("error", () => undefined));
  const ask = pool.query.bind(pool) as (...args: unknown[]) => Promise<unknown>;
  pool.query = ((...args: unknown[]) =>
    ask(...args).catch((error: unknown) => {
      if (!again || faultOf(error)?.suffering !== "UNREACHABLE") throw error;
      return ask(...args);
    })) as typeof pool.query;
  return pool;
}
