import { statSync } from "node:fs";
import SQLite from "better-sqlite3";
import type { TestBank } from "../test/support/bank";
import { openFillable, registerVolunteers, serveDays, wholeBatches } from "./filling";

/**
 * How much of the disk a service record takes, from its being logged to its credit: everything that the bank keeps for it,
 * indexes and frozen command answers included. `npm run bench:size`; `npm run bench:size -- 100000` for as many records,
 * `-- 20000 postgres` for the same with PostgreSQL.
 */
const volunteersMost = 400;

async function main(): Promise<void> {
  const [count = "20000", kind = "sqlite"] = process.argv.slice(2);
  const records = wholeBatches(Number(count));
  const { bank, name, close } = await openFillable(kind);
  try {
    const volunteers = await registerVolunteers(bank, records, volunteersMost);
    const before = await measured(bank);
    await serveDays(bank, records, volunteers);
    const after = await measured(bank);
    report(`${name}: ${records} records`, records, before, after);
  } finally {
    await close();
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

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
});
