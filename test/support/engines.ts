import { randomBytes } from "node:crypto";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import SQLite from "better-sqlite3";
import { Client } from "pg";
import { migratePostgres, openPostgres } from "../../src/storage/postgres";
import { migrateSqlite, openSqlite } from "../../src/storage/sqlite";
import type { Store } from "../../src/storage/store";

export const origin = "test.example/fengqiao";
type Row = Record<string, unknown>;

/** A migrated, empty bank of its own on one engine. */
export interface Ground {
  /** Opened as `serve` opens it: with every check. */
  open(clock: () => number): Promise<Store>;
  migrate(): Promise<void>;
  /** Statements from another connection, behind the bank's back; each statement by itself. */
  raw(...statements: string[]): Promise<Row[]>;
  /** The file, or the address of the database. */
  readonly where: string;
  remove(): Promise<void>;
}

/** Bytes as each engine writes them in a statement. */
export const bytesIn = ({ kind }: Engine, bytes: Buffer) =>
  kind === "sqlite" ? `x'${bytes.toString("hex")}'` : `'\\x${bytes.toString("hex")}'::bytea`;
export interface Engine {
  readonly name: string;
  readonly kind: "sqlite" | "postgres";
  ground(): Promise<Ground>;
  /** A ground of its own, with what stands on another that nobody has open. */
  copy?(where: string): Promise<Ground>;
}

/** A migrated file to copy, in the folder of the run, which goes when the run ends; a bench has none. */
const template = process.env.GOODHOURS_TEST_SQLITE;
const sqlite: Engine = {
  name: "SQLite",
  kind: "sqlite",
  ground: async () => sqliteGround(template),
  copy: async (where) => sqliteGround(where),
};

function sqliteGround(from: string | undefined): Ground {
  const folder = mkdtempSync(join(template ? dirname(template) : tmpdir(), "goodhours-"));
  const path = join(folder, "bank.db");
  if (from) for (const end of ["", ".keys"]) copyFileSync(`${from}${end}`, `${path}${end}`);
  else migrateSqlite(path);
  return {
    where: path,
    open: async (clock) => openSqlite({ path, clock }),
    migrate: async () => migrateSqlite(path),
    async raw(...statements) {
      const client = new SQLite(path);
      try {
        return statements.flatMap((sql) => {
          const statement = client.prepare(sql);
          if (statement.reader) return statement.all() as Row[];
          statement.run();
          return [];
        });
      } finally {
        client.close();
      }
    },
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The server that the tests start themselves, on which each bank is a copy of one that is migrated already. */
function ownPostgres(url: string): Engine {
  const admin = async (statement: string) => {
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  const copy = async (from: string) => {
    const database = `t_${randomBytes(6).toString("hex")}`;
    await admin(`CREATE DATABASE "${database}" TEMPLATE "${from}" STRATEGY file_copy`);
    const address = new URL(url);
    address.pathname = `/${database}`;
    return {
      ...groundOf(address.href, "bank"),
      remove: () => admin(`DROP DATABASE "${database}" WITH (FORCE)`),
    };
  };
  return {
    name: "PostgreSQL",
    kind: "postgres",
    ground: () => copy("template"),
    copy: (where) => copy(new URL(where).pathname.slice(1)),
  };
}

function groundOf(url: string, bank: string): Ground {
  const raw = async (...statements: string[]) => {
    const client = new Client({ connectionString: url, options: `-c search_path=${bank}` });
    await client.connect();
    try {
      const rows: Row[] = [];
      for (const sql of statements) rows.push(...(await client.query(sql)).rows);
      return rows;
    } finally {
      await client.end();
    }
  };
  return {
    where: url,
    open: (clock) => openPostgres({ url, bank, clock }),
    migrate: () => migratePostgres({ url, bank }),
    raw,
    async remove() {
      await raw(`DROP SCHEMA "${bank}" CASCADE`, `DROP SCHEMA "${bank}_keys" CASCADE`);
    },
  };
}

function postgres(name: string, url: string): Engine {
  return {
    name,
    kind: "postgres",
    async ground() {
      const bank = `t_${randomBytes(6).toString("hex")}`;
      await migratePostgres({ url, bank });
      return groundOf(url, bank);
    },
  };
}

const own = process.env.GOODHOURS_TEST_POSTGRES;
// A bench needs no second engine; a test that left one out would say nothing.
if (!own && process.env.JEST_WORKER_ID) throw new Error("the tests' PostgreSQL was not started by jest's globalSetup");
const other = process.env.TEST_DATABASE_URL;

/** Every engine a bank may stand on: both from the box, and any server named by TEST_DATABASE_URL. */
export const everyEngine: Engine[] = [
  sqlite,
  ...(own ? [ownPostgres(own)] : []),
  ...(other ? [postgres("TEST_DATABASE_URL", other)] : []),
];

/**
 * What a story is told on. What the engines may answer differently is the contract's matter, which every run tries on
 * both, so `npm test` tells its stories on SQLite; `.ci/run` sets GOODHOURS_TEST_ENGINES=all and tells them on each.
 */
export const engines: Engine[] =
  process.env.GOODHOURS_TEST_ENGINES === "all" || other ? everyEngine : everyEngine.slice(0, 1);
