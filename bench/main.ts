import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { systemEntropy } from "../src/services/bank/entropy";
import { openBank, type TestBank } from "../test/support/bank";
import { reading } from "./reading";
import { type Row, tableOf } from "./table";
import { writing } from "./writing";

/**
 * What we say about speed, as ratios of interleaved rounds in one run on one machine: never as absolute figures, and never as a
 * test. `npm run bench`; `npm run bench -- wallet` (or statement, writing) for a part. The bank is its own and has no demo in it.
 */
async function main(): Promise<void> {
  const [only] = process.argv.slice(2);
  const folder = mkdtempSync(join(tmpdir(), "goodhours-bench-"));
  const bank = await openBank(undefined, "2026-07-01T20:00:00+08:00");
  // As a server draws them: the tests' bank makes its random bytes of hashes.
  Object.assign(bank.options.entropy, systemEntropy());
  try {
    await fill(bank);
    const rows: Row[] = [];
    if (only !== "writing") rows.push(...(await reading(bank, folder, only)));
    if (only === undefined || only === "writing") rows.push(...(await writing(bank, folder)));
    console.log(`Node ${process.version}, ${cpus().length} cores\n\n${tableOf(rows)}`);
  } finally {
    await bank.close();
    if (process.env.BENCH_KEEP === undefined) rmSync(folder, { recursive: true, force: true });
    else console.log(folder);
  }
}

const days = 50;
const volunteers = 20;

/** A summer of a small station: each volunteer serves once a day, and the day is confirmed in the evening. */
async function fill(bank: TestBank): Promise<void> {
  for (let i = 1; i <= volunteers; i++) await bank.volunteer(`V-${i}`);
  for (let i = 0; i < days; i++) {
    const day = new Date(Date.UTC(2026, 6, 1 + i)).toISOString().slice(0, 10);
    bank.setClock(`${day}T20:00:00+08:00`);
    const ids: (string | null)[] = [];
    for (let v = 1; v <= volunteers; v++) ids.push((await bank.log(`V-${v}`, day, "09:00", "10:30")).id);
    await bank.confirm(bank.supervisor, ...ids);
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
