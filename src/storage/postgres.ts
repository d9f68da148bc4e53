import { getTableName, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import { Client, type ClientBase, Pool, type PoolConfig } from "pg";
import { tables } from "../../drizzle/schema.postgres";
import type { Instant } from "../domain/kit/calendar";
import { chainOf, codeOf, explained, faultOf, type Suffering } from "./faults";
import { Followers } from "./followers";
import { Health, type Looking } from "./health";
import { appliedTo, checkGuards, checkKeyGuards, inspect } from "./inspection.postgres";
import { keyStore, keysOf, keyTables, missingKeys } from "./keys.postgres";
import { readMarks } from "./marks";
import { Memory, noHead, ReadingRecall, type Recall, WritingRecall } from "./memory";
import {
  beyondFounding,
  CannotOpen,
  checkApplied,
  checkBegins,
  checkNoneMissing,
  migrationsFolder,
} from "./migrations";
import { checkSent } from "./queries/lookups";
import { openWrites, type Writes } from "./queries/tx";
import { type Database, openView } from "./queries/view";
import { mapRows, type Recipes } from "./rows";
import type { Marks, Store } from "./store";
import { type Line, Unavailable, Writer, watched, watchedKeys } from "./writer";

interface Bank {
  /** postgres://… of the database; the bank has a schema of its own in it, and one for its persons' keys. */
  url: string;
  /** The bank's schema: lower-case letters, digits and underscores. */
  bank: string;
}

export interface PostgresOptions extends Bank {
  clock: () => Instant;
}

/** What the server must be set to; a start where one is not is refused. */
const settings = {
  fsync: "on",
  full_page_writes: "on",
  synchronous_commit: "on",
  session_replication_role: "origin",
} as const;

const readersMax = 8;
/** Shorter than a request may last, so that its client hears why it waited. */
const connectMs = 5_000;
const lockWaitMs = 15_000;
const answerMs = 25_000;

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
const drizzled = (client: Client | Pool) =>
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
const asDatabase = (client: Client | Pool, recall?: Recall) =>
  Object.assign(drizzled(client), { recall, textOf }) as unknown as Database;

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

async function checkTables(client: Client, bank: string): Promise<void> {
  const { rows } = await client.query("SELECT relname AS name FROM pg_class WHERE relnamespace = to_regnamespace($1)", [
    bank,
  ]);
  const names = rows.map(({ name }) => name as string);
  checkNoneMissing(names, Object.values(tables).map(getTableName));
}

async function hasTable(client: Client, schema: string, table: string): Promise<boolean> {
  const { rows } = await client.query("SELECT to_regclass($1) IS NOT NULL AS there", [`"${schema}".${table}`]);
  return rows[0].there as boolean;
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

export async function openPostgres(options: PostgresOptions): Promise<Store> {
  const { bank, clock } = options;
  const first = await connectFirst(options);
  try {
    await checkSettings(first);
    await checkMigrated(first, bank);
    await checkSchema(first, bank);
    await checkTables(first, bank);
    await checkGuards(first, bank);
    if (!(await hasTable(first, keysOf(bank), "marks"))) throw new CannotOpen(missingKeys(bank));
  } finally {
    await first.end();
  }
  const lost = (error: unknown) => health.failed(error, "READ", 0);
  const only = { default_transaction_read_only: "on" };
  const readers = openPool(options, { query_timeout: answerMs, session: only, max: readersMax, lost, again: true });
  const keys = openPool(options, { query_timeout: answerMs, max: 2, lost });
  const health = new Health(lookingAt(keys, bank, () => connect(options, { query_timeout: connectMs })));
  const memory = new Memory();
  const recall = new ReadingRecall(memory, () => plain);
  const plain = openView(asDatabase(readers, recall), tables);
  const view = watched(plain, health, "READ");
  const { refresh } = watched({ refresh: () => recall.refresh() }, health, "READ");
  const line = new PostgresLine(() => connect(options, { query_timeout: answerMs }), memory);
  const followers = new Followers(async () => (await plain.head()).seq);
  const writer = new Writer(line, clock, health, () => followers.look());
  const own = keyStore(keys, bank);
  // What another process took away may be left, too.
  let unswept = true;
  return {
    write: (work) => writer.write(work),
    rehearse: (work) => writer.write(work, false),
    read: async (work) => work(view),
    view,
    refresh,
    async snapshot(work) {
      const own = await connect(options);
      try {
        await own.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
        return await work(watched(openView(asDatabase(own), tables), health, "READ"));
      } finally {
        await own.end();
      }
    },
    async *inspect() {
      yield* inspect(await connect(options), bank);
    },
    keys: watchedKeys(
      {
        ...own,
        remove: (id) =>
          own.remove(id).finally(() => {
            unswept = true;
          }),
      },
      health,
    ),
    async sweep() {
      if (!unswept) return;
      for (const name of [`"${keysOf(bank)}".person_keys`, "search_terms"]) await keys.query(`VACUUM ${name}`);
      unswept = false;
    },
    health,
    get halted() {
      return writer.halted;
    },
    onHalt: (listener) => writer.onHalt(listener),
    follow: (listener) => followers.add(listener),
    async close() {
      followers.stop();
      await writer.idle();
      health.close();
      await Promise.all([line.close(), readers.end(), keys.end()]);
    },
  };
}

async function connect(
  options: Bank,
  ways: Ways = {},
  check: (client: Client) => Promise<void> = async () => undefined,
): Promise<Client> {
  const client = await reach(options, ways);
  try {
    await check(client);
    await settle(client, options, ways);
    return client;
  } catch (error) {
    await client.end();
    throw error;
  }
}

/** The first connection tells whether the others can be used as sessions. */
function connectFirst(options: Bank): Promise<Client> {
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
function openPool(options: Bank, ways: PoolWays): Pool {
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

const trialBytes = 1_048_576;

/** Whether the server can be read and written. */
function lookingAt(pool: Pool, bank: string, open: () => Promise<Client>): Looking {
  return {
    async read() {
      // Both are needed: a bank whose keys are gone is not ready.
      const { rows } = await pool.query(
        `SELECT (SELECT max(seq) FROM journal) AS seq, (SELECT count(*) FROM "${keysOf(bank)}".marks) AS marks`,
      );
      return Number(rows[0]?.seq ?? -1);
    },
    async write() {
      const client = await open();
      try {
        await client.query("BEGIN");
        // A table of its own takes new room on the disk, and is gone with the transaction.
        await client.query("CREATE TEMPORARY TABLE trial (filling text) ON COMMIT DROP");
        await client.query("ALTER TABLE trial ALTER filling SET STORAGE EXTERNAL");
        await client.query("INSERT INTO trial VALUES (repeat('x', $1))", [trialBytes]);
        await client.query("ROLLBACK");
      } finally {
        await client.end();
      }
    },
  };
}

async function checkSettings(client: Client): Promise<void> {
  for (const [name, wanted] of Object.entries(settings)) {
    const actual = (await client.query("SELECT current_setting($1) AS value", [name])).rows[0].value as string;
    if (actual !== wanted) throw new CannotOpen(`setting ${name} is ${actual}, not ${wanted}`);
  }
}

/** The bank's schemas are its own: nothing is read from the tables of another program, and nothing put beside them. */
async function checkOwner(client: Client, bank: string): Promise<void> {
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
async function checkSchema(client: Client, bank: string): Promise<void> {
  const schema = (await client.query("SELECT current_schema() AS schema")).rows[0].schema as string | null;
  if (schema !== bank)
    throw new CannotOpen(
      `the connection is not kept in the bank's schema but in ${schema ?? "none"}: is there a pooler before PostgreSQL? Name PostgreSQL's own address`,
    );
}

async function checkMigrated(client: Client, bank: string): Promise<void> {
  checkApplied(await appliedIn(client, bank), "postgres");
}

async function appliedIn(client: Client, bank: string): Promise<number[]> {
  return (await hasTable(client, bank, "migrations")) ? appliedTo(client, bank) : [];
}

/** After these the writer connects anew: the old connection does not answer, or goes on with settings that were mended since. */
const renewing: readonly (Suffering | undefined)[] = ["UNREACHABLE", "SLOW", "READ_ONLY", "GONE", "REFUSED"];

/** The writer's own connection: opened when first needed, and anew after it was lost. */
class PostgresLine implements Line {
  private session: { client: Client; writes: Writes } | null = null;
  private readonly acknowledged = { head: noHead };

  constructor(
    private readonly open: () => Promise<Client>,
    private readonly memory: Memory,
  ) {}

  async begin(now: Instant) {
    const { client, writes } = await this.connected();
    // Locked before the head is read: what another process committed meanwhile is then seen. One message, one way there and back.
    await client.query("BEGIN; SELECT FROM head FOR UPDATE");
    return writes.begin(now);
  }

  async commit() {
    await this.query("COMMIT");
    this.session?.writes.kept();
  }

  async rollback(error: unknown) {
    const session = this.session;
    try {
      if (renewing.includes(faultOf(error)?.suffering)) throw error;
      await session?.client.query("ROLLBACK");
    } catch {
      this.session = null;
      await session?.client.end().catch(() => undefined);
    }
  }

  async flush() {
    await this.session?.writes.flush();
  }

  async savepoint() {
    await this.query("SAVEPOINT work");
    this.session?.writes.mark();
  }

  async release() {
    await this.query("RELEASE work");
  }

  async rollbackTo() {
    await this.query("ROLLBACK TO work; RELEASE work");
    this.session?.writes.back();
  }

  isFatal(error: unknown): boolean {
    return faultOf(error) !== null || /^(25|40|53|54|55)/.test(sqlstateOf(error));
  }

  isConflict(error: unknown): boolean {
    return ["40001", "40P01"].includes(sqlstateOf(error));
  }

  async close() {
    await this.session?.client.end();
    this.session = null;
  }

  private async connected() {
    if (this.session) return this.session;
    const client = await this.open();
    const recall = new WritingRecall(this.memory, () => view);
    const db = asDatabase(client, recall);
    const view = openView(db, tables);
    this.session = { client, writes: openWrites(db, tables, view, recall, this.acknowledged) };
    client.on("end", () => {
      if (this.session?.client === client) this.session = null;
    });
    return this.session;
  }

  private query(text: string) {
    if (!this.session) throw new Unavailable("BUSY_RETRY");
    return this.session.client.query(text);
  }
}

/** The code of what the server said, through what drizzle wrapped around it. */
function sqlstateOf(error: unknown): string {
  return chainOf(error).flatMap((link) => codeOf(link) ?? [])[0] ?? "";
}
