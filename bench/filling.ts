import { Client } from "pg";
import type { TestBank } from "../test/support/bank";

/** Records that are logged, and confirmed, by one command. */
const batch = 100;

/** A new bank on one engine, for benches that fill banks of their own. `name` is the engine's; `close` stops its server, too. */
export async function openFillable(kind: string): Promise<{ bank: TestBank; name: string; close(): Promise<void> }> {
  const stopServer = kind === "postgres" ? await startPostgres() : undefined;
  // These read the server's address when they are loaded.
  const { everyEngine } = await import("../test/support/engines");
  const { openBank } = await import("../test/support/bank");
  const engine = everyEngine.find((known) => known.kind === kind);
  if (!engine) throw new Error(`no engine ${kind}: sqlite or postgres`);
  const bank = await openBank(engine, "2026-01-04T20:00:00+08:00");
  const close = async () => {
    await bank.close();
    await stopServer?.();
  };
  return { bank, name: engine.name, close };
}

/** Whole batches: how many records are filled where so many are asked for. */
export const wholeBatches = (records: number) => Math.ceil(records / batch) * batch;

/** Registers volunteers; each has a record a day, of as many batches as there are. */
export async function registerVolunteers(bank: TestBank, records: number, most: number): Promise<number> {
  const volunteers = Math.min(most, records);
  for (let i = 0; i < volunteers; i++) await bank.volunteer(`V-${i}`);
  return volunteers;
}

/**
 * Each volunteer serves once a day; the station logs the day in the evening and confirms it. `then` may do more with each
 * batch of records.
 */
export async function serveDays(
  bank: TestBank,
  records: number,
  volunteers: number,
  then: (recordIds: readonly string[], batch: number) => Promise<void> = async () => undefined,
): Promise<void> {
  const { hours } = bank.services;
  for (let i = 0; i < records / batch; i++) {
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
    await then(recordIds, i);
    if (process.stderr.isTTY && i % 50 === 49)
      process.stderr.write(`\r\u001b[K${(i + 1) * batch} of ${records} records`);
  }
  if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
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
