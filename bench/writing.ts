import { copyFileSync } from "node:fs";
import { join } from "node:path";
import SQLite from "better-sqlite3";
import type { TestBank } from "../test/support/bank";
import { median, type Row } from "./table";

const batch = 100;
const rounds = 3;
const perRound = 12;

/** How fast batches of a hundred are logged and posted, beside better-sqlite3 alone writing the rows that we wrote. */
export async function writing(bank: TestBank, folder: string): Promise<Row[]> {
  const { hours } = bank.services;
  for (let i = 0; i < batch; i++) await bank.volunteer(`W-${i}`);
  const path = bank.ground.where;
  const bare = bareDatabase(path, folder);
  const pairs = { logging: [] as Pair[], posting: [] as Pair[] };
  for (let round = -1; round < rounds; round++) {
    const ours = { logging: 0, posting: 0 };
    const theirs = { logging: 0, posting: 0 };
    for (let i = 0; i < perRound; i++) {
      const number = (round + 1) * perRound + i;
      const day = new Date(Date.UTC(2026, 9, 1 + number)).toISOString().slice(0, 10);
      bank.setClock(`${day}T20:00:00+08:00`);
      const entries = Array.from({ length: batch }, (_, n) => entryOf(`W-${n}`, day, `bench-${number}-${n}`));
      const order = {
        idempotencyKey: bank.key(),
        organizationId: bank.station.id,
        mode: "EACH" as const,
        dryRun: false,
      };
      const timed = async <T>(kind: "logging" | "posting", work: () => Promise<T>): Promise<T> => {
        bare.mark();
        const startedAt = performance.now();
        const answer = await work();
        ours[kind] += performance.now() - startedAt;
        theirs[kind] += bare.copy();
        return answer;
      };
      const logged = await timed("logging", () => hours.log(bank.worker, { ...order, entries }));
      if (logged.accepted !== batch) throw new Error(`logged ${logged.accepted} of ${batch}`);
      const recordIds = logged.results.map(({ record }) => record?.id as string);
      const confirmed = await timed("posting", () =>
        hours.confirm(bank.supervisor, { idempotencyKey: bank.key(), mode: "EACH", recordIds }),
      );
      if (confirmed.accepted !== batch) throw new Error(`confirmed ${confirmed.accepted} of ${batch}`);
    }
    // The first round is for the compilers.
    if (round >= 0)
      for (const kind of ["logging", "posting"] as const) pairs[kind].push({ ours: ours[kind], theirs: theirs[kind] });
  }
  bare.close();
  const row = (what: string, all: Pair[]): Row => {
    const perSecond = (ms: number) => `${Math.round((perRound * batch * 1000) / ms)}/s`;
    return {
      what: `${what} ${batch} records a commit / bare better-sqlite3 writing the same rows`,
      ours: perSecond(median(all.map((pair) => pair.ours))),
      theirs: perSecond(median(all.map((pair) => pair.theirs))),
      ratio: median(all.map((pair) => pair.theirs / pair.ours)),
      bar: { least: 0.35 },
    };
  };
  return [row("Logging", pairs.logging), row("Posting", pairs.posting)];
}

type LogEntry = Parameters<TestBank["services"]["hours"]["log"]>[1]["entries"][number];

interface Pair {
  readonly ours: number;
  readonly theirs: number;
}

function entryOf(volunteerNo: string, day: string, externalRef: string): LogEntry {
  const startedAt = Date.parse(`${day}T09:00:00+08:00`);
  return {
    externalRef,
    volunteerNo,
    serviceType: "COMPANION_TALK",
    startedAt,
    endedAt: startedAt + 5_400_000,
    breakMinutes: 0,
    place: "枫桥镇和平村居家养老服务中心",
    content: "陪老人聊天、量血压、打扫房间",
    activityLead: "负责人",
  };
}

/**
 * The same file without its guards. What a batch changed is found by comparing all tables with what they held before it; those
 * rows are then written in one commit, prepared, as fast as the library can.
 */
function bareDatabase(path: string, folder: string) {
  const beforePath = join(folder, "before.db");
  const barePath = join(folder, "bare.db");
  // The log is kept and begun anew: to cut it off would let our next commit alone pay for its new length.
  const settle = () => {
    const source = new SQLite(path);
    source.pragma("wal_checkpoint(RESTART)");
    source.close();
  };
  settle();
  copyFileSync(path, barePath);
  const target = new SQLite(barePath);
  for (const name of target.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all())
    target.exec(`DROP TRIGGER "${name}"`);
  target.pragma("journal_mode = WAL");
  target.pragma("synchronous = FULL");
  target.pragma("foreign_keys = OFF");
  const tables = target
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .pluck()
    .all() as string[];
  const inserts = new Map(
    tables.map((name) => {
      const columns = target.pragma(`table_info("${name}")`) as unknown[];
      return [name, target.prepare(`INSERT OR REPLACE INTO "${name}" VALUES (${columns.map(() => "?").join()})`)];
    }),
  );
  return {
    mark(): void {
      settle();
      target.pragma("wal_checkpoint(RESTART)");
      copyFileSync(path, beforePath);
    },
    /** Milliseconds to write what was written since the mark. */
    copy(): number {
      settle();
      const after = new SQLite(path, { readonly: true });
      after.exec(`ATTACH '${beforePath}' AS before`);
      const rows: [string, unknown[][]][] = tables.map((name) => [
        name,
        after.prepare(`SELECT * FROM main."${name}" EXCEPT SELECT * FROM before."${name}"`).raw().all() as unknown[][],
      ]);
      after.close();
      const startedAt = performance.now();
      target.exec("BEGIN IMMEDIATE");
      for (const [name, changed] of rows) for (const row of changed) inserts.get(name)?.run(...row);
      target.exec("COMMIT");
      return performance.now() - startedAt;
    },
    close: () => target.close(),
  };
}
