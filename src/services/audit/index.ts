import { type ScannedTable, ScratchFull, scanOrder, type View } from "../../storage/store";
import type { BankOptions } from "../bank";
import { Vault } from "../bank/vault";
import { type AuditReport, Findings } from "./findings";
import { auditKept } from "./kept";
import { auditKeys } from "./keys";
import { type JournalRow, Replay } from "./replay";
import type { Said } from "./said";

export type { AuditReport } from "./findings";
export { ScratchFull };

const page = 1000;
type Progress = (text: string) => void;

/**
 * Replays the journal from its first byte and compares every column of every projection with what the bank shows. The
 * replay shares only the projection table with the writer: balances, lines and totals come from the books, which are
 * other code than the database's triggers. What it remembers of the journal stands in a temporary file, so it takes as much
 * memory for a large bank as for a small one.
 */
export async function audit(view: View, origin: string, progress: Progress = () => undefined): Promise<AuditReport> {
  const findings = new Findings();
  const scratch = await view.scratch();
  try {
    await replayed(view, new Replay(origin, scratch, findings), progress, async (said) => said.forget());
    return findings.report((await view.head()).seq);
  } finally {
    scratch.close();
  }
}

/**
 * The whole bank: the disk under it with its schema, indexes and pages; then journal and tables, and the keys. A schema that
 * is not as the migrations made it may not be read at all: then that is what is found.
 */
export async function auditBank(
  { store, origin, entropy, secret }: Pick<BankOptions, "store" | "origin" | "entropy" | "secret">,
  progress: Progress = () => undefined,
): Promise<AuditReport> {
  const findings = new Findings();
  const vault = new Vault(store, entropy, secret);
  progress("inspecting schema and indexes");
  for await (const { where, what } of store.inspect()) findings.found("DISK", where, what);
  try {
    return await store.snapshot(async (view) => {
      const scratch = await view.scratch();
      try {
        const replay = new Replay(origin, scratch, findings);
        await replayed(view, replay, progress, async (said) => {
          for (const { where, what } of await said.check(view, vault)) findings.found("RECORD", where, what);
        });
        progress("comparing answers and search terms");
        const finds = (where: string, what: string) => findings.found("KEPT", where, what);
        Object.assign(findings.rows, await auditKept(view, vault, scratch, replay, finds));
        progress("opening a sealed row of each person");
        findings.keys(await auditKeys(view, vault, scratch));
        return findings.report((await view.head()).seq);
      } finally {
        scratch.close();
      }
    });
  } catch (error) {
    if (findings.areNone || error instanceof ScratchFull) throw error;
    findings.found("DISK", "the bank", "cannot be read to its end");
    return findings.report(-1);
  }
}

/** Replays the journal, and compares the tables with it. `heard` takes what was said of sealed rows, part by part. */
async function replayed(
  view: View,
  replay: Replay,
  progress: Progress,
  heard: (said: Said) => Promise<void>,
): Promise<void> {
  const head = await view.head();
  for await (const row of journalOf(view)) {
    replay.entry(row);
    if (row.seq % page !== page - 1 && row.seq !== head.seq) continue;
    await heard(replay.said);
    progress(`${row.seq + 1} of ${head.seq + 1} entries`);
  }
  await heard(replay.said);
  progress("adding up");
  replay.close();
  const heaps = new Map<ScannedTable, ReadonlySet<number>>();
  for (const table of Object.keys(scanOrder) as ScannedTable[]) {
    progress(`comparing ${table}`);
    if (!(await replay.look(table, view.scan(table)))) continue;
    const differing = replay.differing(table);
    if (differing.size > 0) heaps.set(table, differing);
  }
  if (heaps.size === 0) return;
  progress("looking for what differs");
  await replay.explain(heaps, journalOf(view), (table) => view.scan(table));
}

async function* journalOf(view: View): AsyncGenerator<JournalRow> {
  for (let seq = -1; ; ) {
    const rows = await view.journalAfter(seq, page);
    yield* rows;
    const last = rows.at(-1);
    if (!last) return;
    seq = last.seq;
  }
}
