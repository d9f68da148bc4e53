import { randomBytes } from "node:crypto";
import { ScratchFull, type View } from "../../storage/store";
import type { BankOptions } from "../bank";
import { Vault } from "../bank/vault";
import type { SealedClaims } from "./claims/sealed";
import { type AuditReport, Findings } from "./findings";
import type { JournalRow } from "./journal";
import { auditKept } from "./kept";
import { auditKeys, firstRows } from "./keys";
import { Prints } from "./prints";
import { Replay } from "./replay";
import { addUpTables } from "./tables";

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
    const printKey = newPrintKey();
    const replay = new Replay(origin, scratch, findings, printKey);
    await replayed(view, replay, progress, async (claims) => claims.forget());
    const prints = new Prints(printKey);
    const unread = await addUpTables(view, prints, scratch.map(firstRows), findings, progress);
    await replay.compare(
      prints.sums,
      unread,
      () => journalOf(view),
      (table) => view.pages(table),
    );
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
        const printKey = newPrintKey();
        const replay = new Replay(origin, scratch, findings, printKey);
        await replayed(view, replay, progress, async (claims) => {
          for (const { where, what } of await claims.check(view, vault)) findings.found("RECORD", where, what);
        });
        const prints = new Prints(printKey);
        const unread = await addUpTables(view, prints, scratch.map(firstRows), findings, progress);
        progress("looking for what differs");
        await replay.compare(
          prints.sums,
          unread,
          () => journalOf(view),
          (table) => view.pages(table),
        );
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

const newPrintKey = () => randomBytes(32).toString("base64");

/** Replays the journal. `heard` takes what the records say of sealed rows, part by part. */
async function replayed(
  view: View,
  replay: Replay,
  progress: Progress,
  heard: (claims: SealedClaims) => Promise<void>,
): Promise<void> {
  const head = await view.head();
  for await (const rows of journalOf(view)) {
    for (const row of rows) replay.entry(row);
    await heard(replay.sealedClaims);
    progress(`${(rows.at(-1)?.seq ?? 0) + 1} of ${head.seq + 1} entries`);
  }
  progress("adding up");
  replay.close();
}

async function* journalOf(view: View): AsyncGenerator<readonly JournalRow[]> {
  for (let seq = -1; ; ) {
    const rows = await view.journalAfter(seq, page);
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    seq = last.seq;
  }
}
