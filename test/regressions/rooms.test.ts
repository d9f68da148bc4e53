import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { BadConfig, readConfig } from "../../src/config";
import { migratePostgres, openPostgres } from "../../src/storage/postgres";
import { type Engine, everyEngine, type Ground, origin } from "../support/engines";
import { openPooler } from "../support/pooler";
import { goodhours } from "../support/process";
import { openRelay } from "../support/relay";

/** Where a bank stands in a PostgreSQL: `migrate` once built it in `public`, among the tables of others. */
const engine = everyEngine.find(({ kind }) => kind === "postgres") as Engine;
let ground: Ground;
beforeEach(async () => {
  ground = await engine.ground();
});
afterEach(() => ground.remove());

const settings = (url: string, bank: string) => ({
  DATABASE_URL: url,
  BANK: bank,
  ORIGIN: origin,
  GOODHOURS_CLOCK: "2026-09-20T09:00:00+08:00",
});
const tables = async () =>
  (
    await ground.raw(
      "SELECT nspname || '.' || relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE relkind = 'r' AND nspname !~ '^(pg_|information_schema)' ORDER BY 1",
    )
  ).map(({ name }) => name as string);

test.each([
  "public",
  "pg_x",
  "pg_catalog",
  "pg_toast",
  "information_schema",
  "zhuji_keys",
  "citus",
  "citus_internal",
  "columnar",
  "columnar_internal",
  "Zhuji",
  "zhu-ji",
  'zhuji"',
  "1st",
  "z".repeat(42),
])("BANK=%s is refused", (name) => {
  const env = { ...settings("postgres://localhost/none", name) };
  expect(() => readConfig(env)).toThrow(BadConfig);
});

test.each(["user", "select", "order", "keys", "pgx", "publicly", "z".repeat(41)])(
  "BANK=%s is a name like others",
  async (name) => {
    await migratePostgres({ url: ground.where, bank: name });
    const store = await openPostgres({ url: ground.where, bank: name, clock: () => 0 });
    expect(await store.view.head()).toEqual({ seq: -1, recordedAt: 0 });
    await store.close();
  },
);

test.each(["ours", "ours_keys"])("a schema %s that holds tables of another program is left alone", async (schema) => {
  await ground.raw(`CREATE SCHEMA ${schema}`, `CREATE TABLE ${schema}.invoices (id int)`);
  const before = await tables();
  const ran = await goodhours(settings(ground.where, "ours"), "migrate");
  expect(ran).toEqual({
    code: 78,
    stdout: "",
    stderr: `goodhours: the schema ${schema} holds tables of another program: give the bank another name by BANK\n`,
  });
  expect(await tables()).toEqual(before);
});

test("an empty schema is taken, and one that was begun is finished", async () => {
  await ground.raw("CREATE SCHEMA ours", "CREATE TABLE ours.migrations (id serial, hash text, created_at bigint)");
  await migratePostgres({ url: ground.where, bank: "ours" });
  await migratePostgres({ url: ground.where, bank: "ours" });
  expect((await tables()).filter((name) => name.startsWith("public."))).toEqual([]);
});

test.each(["transaction", "statement"] as const)(
  "a pooler that gives each %s another session is refused in one line, before anything is made",
  async (mode) => {
    const pooler = await openPooler(ground.where, mode);
    try {
      const before = await tables();
      for (const [bank, command] of [
        [`t_${randomBytes(4).toString("hex")}`, "migrate"],
        ["bank", "audit"],
      ] as const) {
        const { code, stderr } = await goodhours(settings(pooler.url, bank), command);
        expect(code).toBe(78);
        expect(stderr).toMatch(/^goodhours: a pooler such as PgBouncer .*set its pool_mode to session.*\n$/);
      }
      expect(await tables()).toEqual(before);
      const rows = await ground.raw("SELECT nspname FROM pg_namespace WHERE nspname ~ '^t_'");
      expect(rows).toEqual([]);
    } finally {
      await pooler.close();
    }
  },
);

test("keys that another process holds stop no command for ever", async () => {
  await migratePostgres({ url: ground.where, bank: "ours" });
  const holder = new Client({ connectionString: ground.where });
  await holder.connect();
  try {
    await holder.query("BEGIN; LOCK TABLE ours_keys.person_keys IN ACCESS EXCLUSIVE MODE");
    const ran = await goodhours(settings(ground.where, "ours"), "audit");
    expect(ran).toEqual({ code: 1, stdout: "", stderr: expect.stringMatching(/^goodhours: .*\(55P03\)\n$/) });
  } finally {
    await holder.end();
  }
}, 60_000);

test("a pooler that forgets startup parameters and keeps sessions builds the bank where it belongs", async () => {
  const relay = await openRelay(ground.where, { forgets: ["options"] });
  try {
    const address = `${relay.url}?options=-c%20search_path%3Dpublic`;
    await migratePostgres({ url: address, bank: "ours" });
    const store = await openPostgres({ url: address, bank: "ours", clock: () => 0 });
    await store.write((tx) => tx.append("system", { type: "BANK_OPENED", origin, unit: "MINUTE" }));
    expect((await store.view.head()).seq).toBe(0);
    await store.close();
    expect((await tables()).filter((name) => name.startsWith("public."))).toEqual([]);
    expect(await tables()).toEqual(expect.arrayContaining(["ours.journal", "ours_keys.person_keys"]));
  } finally {
    await relay.close();
  }
});
