import { statSync } from "node:fs";
import SQLite from "better-sqlite3";
import { Client } from "pg";
import type { TestBank } from "../test/support/bank";

/**
 * How much of the disk a service record takes, from its being logged to its credit: everything that the bank keeps for it,
 * indexes and frozen command answers included. `npm run bench:size`; `npm run bench:size -- 100000` for as many records,
 * `-- 20000 postgres` for the same with PostgreSQL.
 */
const batch = 100;
const volunteersMost = 400;

async function main(): Promise<void> {
  const [count = "20000", kind = "sqlite"] = process.argv.slice(2);
  const stopServer = kind === "postgres" ? await startPostgres() : undefined;
  // These read the server's address when they are loaded.
  const { everyEngine } = await import("../test/support/engines");
  const { openBank } = await import("../test/support/bank");
  const engine = everyEngine.find((one) => one.kind === kind);
  if (!engine) throw new Error(`no engine ${kind}: sqlite or postgres`);
  const bank = await openBank(engine, "2026-01-04T20:00:00+08:00");
  try {
    const batches = Math.ceil(Number(count) / batch);
    const volunteers = Math.min(volunteersMost, batches * batch);
    for (let i = 0; i < volunteers; i++) await bank.volunteer(`V-${i}`);
    const before = await measured(bank);
    await fill(bank, batches, volunteers);
    const after = await measured(bank);
    report(`${engine.name}: ${batches * batch} records`, batches * batch, before, after);
  } finally {
    await bank.close();
    await stopServer?.();
  }
}

/** Each volunteer serves once a day; the station logs the day in the evening and confirms it. */
async function fill(bank: TestBank, batches: number, volunteers: number): Promise<void> {
  const { hours } = bank.services;
  for (let i = 0; i < batches; i++) {
    const day = new Date(Date.UTC(2026, 0, 5 + Math.floor((i * batch) / volunteers))).toISOString().slice(0, 10);
    bank.setClock(`${day}T20:00:00+08:00`);
    const entries = Array.from({ length: batch }, (_, n) => {
      const startedAt = Date.parse(`${day}T09:00:00+08:00`) + n * 60_000;
      return {
        volunteerNo: `V-${(i * batch + n) % volunteers}`,
        serviceType: "COMPANION_TALK",
        startedAt,
        endedAt: startedAt + (60 + (n % 5) * 15) * 60_000,
        breakMinutes: 0,
        externalRef: `station-2026-${i * batch + n}`,
        place: "枫桥镇和平村居家养老服务中心",
        content: "陪老人聊天、量血压、打扫房间",
        activityLead: "负责人",
      };
    });
    const logged = await hours.log(bank.worker, {
      idempotencyKey: bank.key(),
      organizationId: bank.station.id,
      mode: "EACH",
      dryRun: false,
      entries,
    });
    const recordIds = logged.results.flatMap(({ record }) => record?.id ?? []);
    const confirmed = await hours.confirm(bank.supervisor, { idempotencyKey: bank.key(), recordIds, mode: "EACH" });
    if (confirmed.accepted !== batch) throw new Error(`batch ${i}: ${confirmed.accepted} of ${batch} were posted`);
  }
}

interface Measured {
  file: number;
  /** Bytes by the name of a table or index, and of which table. */
  parts: Map<string, { of: string; bytes: number }>;
}

async function measured(bank: TestBank): Promise<Measured> {
  await bank.store.sweep();
  const { where, raw } = bank.ground;
  if (where.startsWith("postgres")) {
    // The dead rows of updates would count; in a running bank autovacuum gives their room to new ones.
    await raw("VACUUM FULL");
    const rows = await raw(
      `SELECT c.relname AS name, coalesce(t.relname, c.relname) AS of,
         (CASE WHEN i.indexrelid IS NULL THEN pg_table_size(c.oid) ELSE pg_relation_size(c.oid) END)::float AS bytes
       FROM pg_class c LEFT JOIN pg_index i ON i.indexrelid = c.oid LEFT JOIN pg_class t ON t.oid = i.indrelid
       WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'i')`,
    );
    const parts = partsOf(rows);
    return { file: [...parts.values()].reduce((sum, { bytes }) => sum + bytes, 0), parts };
  }
  const client = new SQLite(where, { readonly: true });
  try {
    const rows = client
      .prepare(
        `SELECT s.name, coalesce(m.tbl_name, s.name) AS "of", sum(s.pgsize) AS bytes
         FROM dbstat s LEFT JOIN sqlite_schema m ON m.name = s.name GROUP BY s.name`,
      )
      .all() as Record<string, unknown>[];
    return { file: statSync(where).size, parts: partsOf(rows) };
  } finally {
    client.close();
  }
}

function partsOf(rows: readonly Record<string, unknown>[]): Measured["parts"] {
  return new Map(rows.map(({ name, of, bytes }) => [String(name), { of: String(of), bytes: Number(bytes) }]));
}

function report(title: string, records: number, before: Measured, after: Measured): void {
  const each = (name: string) => ((after.parts.get(name)?.bytes ?? 0) - (before.parts.get(name)?.bytes ?? 0)) / records;
  const tables = new Map<string, string[]>();
  for (const [name, { of }] of after.parts) tables.set(of, [...(tables.get(of) ?? []), name]);
  const sums = [...tables].map(([of, names]) => ({
    of,
    names,
    bytes: names.reduce((sum, name) => sum + each(name), 0),
  }));
  const lines = [`${title}, bytes a record`];
  const line = (name: string, bytes: number) => lines.push(`${name.padEnd(40)}${bytes.toFixed(0).padStart(6)}`);
  line("all", (after.file - before.file) / records);
  for (const { of, names, bytes } of sums.sort((a, b) => b.bytes - a.bytes)) {
    if (bytes < 0.5) continue;
    line(of, bytes);
    if (names.length > 1) for (const name of names) line(`  ${name === of ? "(rows)" : name}`, each(name));
  }
  process.stdout.write(`${lines.join("\n")}\n`);
}

/** The server that the tests start, and in it the database from which they copy. */
async function startPostgres(): Promise<() => Promise<void>> {
  await require("../test/support/postgres")();
  const { migratePostgres } = await import("../src/storage/postgres");
  const url = new URL(process.env.GOODHOURS_TEST_POSTGRES as string);
  const client = new Client({ connectionString: url.href });
  await client.connect();
  await client.query("CREATE DATABASE template").finally(() => client.end());
  url.pathname = "/template";
  await migratePostgres({ url: url.href, bank: "bank" });
  return require("../test/support/postgres-stop");
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
});
