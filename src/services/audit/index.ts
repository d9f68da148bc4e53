import { randomBytes } from "node:crypto";
import { setImmediate as turn } from "node:timers/promises";
import { type Scratch, ScratchFull, type Store, type View } from "../../storage/store";
import type { BankOptions } from "../bank";
import { Vault } from "../bank/vault";
import { SealedRows } from "./claims/sealed";
import { type AuditReport, Findings } from "./findings";
import { auditJournal, type TablesHalf } from "./journal-half";
import { auditTerms } from "./kept";
import { auditKeys, firstRows } from "./keys";
import { addUpTables, type Shown } from "./tables";
import type { ReplayThread } from "./thread";

export type { AuditReport } from "./findings";
export { replayThread, serveReplay } from "./thread";
export { ScratchFull };

type Progress = (text: string) => void;
type Audited = Pick<BankOptions, "store" | "origin" | "entropy" | "secret">;

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
    const firsts = scratch.map<string>(firstRows);
    const journal = await auditJournal(view, origin, printKey, {
      progress,
      shown: () => addUpTables(view, printKey, firsts, findings, progress),
      // Without the keys nothing is known of what is sealed.
      sealing: async () => undefined,
    });
    findings.add(journal);
    return findings.report((await view.head()).seq);
  } finally {
    scratch.close();
  }
}

/** How a bank is audited in two threads, and from how many entries on: to start a thread takes a moment. */
export interface Threads {
  readonly from: number;
  open(): ReplayThread;
}
/** How often the thread's reading is begun anew where the journal moved on between the two. */
const beginningsMost = 20;

/**
 * The whole bank: the disk under it with its schema, indexes and pages; then journal and tables, and the keys. A schema that
 * is not as the migrations made it may not be read at all: then that is what is found. With a thread the two halves run side by
 * side, each with its own reading of the same moment.
 */
export async function auditBank(
  bank: Audited,
  progress: Progress = () => undefined,
  threads: Threads | null = null,
): Promise<AuditReport> {
  const { store } = bank;
  const findings = new Findings();
  let inspecting: Promise<void> | undefined;
  const inspect = () => {
    inspecting ??= (async () => {
      progress("inspecting schema and indexes");
      for await (const { where, what } of store.inspect()) findings.found("DISK", where, what);
    })();
    return inspecting;
  };
  try {
    const thread = threads && (await isLarge(store, threads.from)) ? threads.open() : null;
    try {
      for (let i = 0; thread && i < beginningsMost; i += 1) {
        const report = await store.snapshot(async (view) => {
          const isSame = await thread.begin((await view.head()).seq);
          return isSame ? auditHalves(bank, view, findings, progress, { thread, inspect }) : null;
        });
        if (report) return report;
      }
    } finally {
      await thread?.end();
    }
    await inspect();
    return await store.snapshot((view) => auditHalves(bank, view, findings, progress));
  } catch (error) {
    if (error instanceof ScratchFull) throw error;
    // The other half may have met damage before the inspection came to it.
    await inspect();
    if (findings.areNone) throw error;
    findings.found("DISK", "the bank", "cannot be read to its end");
    return findings.report(-1);
  }
}

/** Of a bank that cannot be read, the inspection says more. */
async function isLarge(store: Store, from: number): Promise<boolean> {
  try {
    return (await store.view.head()).seq >= from;
  } catch {
    return false;
  }
}

/** Keys of people that are remembered: the audit opens rows of all people, page by page. */
const keysMost = 5_000;

/** Both halves of the audit: side by side with a thread, or one after the other. */
async function auditHalves(
  { store, origin, entropy, secret }: Audited,
  view: View,
  findings: Findings,
  progress: Progress,
  beside: { thread: ReplayThread; inspect: () => Promise<void> } | null = null,
): Promise<AuditReport> {
  const vault = new Vault(store, entropy, secret, undefined, keysMost);
  const scratch = await view.scratch();
  try {
    const printKey = newPrintKey();
    const half = new TablesReader(view, vault, scratch, printKey, progress, beside !== null);
    const opened = new Findings();
    const open = async () => {
      await half.shown();
      progress("comparing search terms");
      const finds = (where: string, what: string) => opened.found("KEPT", where, what);
      Object.assign(opened.rows, await auditTerms(view, vault, scratch, finds));
      progress("opening a sealed row of each person");
      opened.keys(await auditKeys(view, vault, scratch));
    };
    // The thread is at work while this one inspects the disk, reads the tables and opens what needs no journal.
    const [journal] = beside
      ? await Promise.all([beside.thread.replay(printKey, half), beside.inspect().then(open)])
      : [await auditJournal(view, origin, printKey, half), await open()];
    for (const findingsOfHalf of [journal, half.findings.all, opened.all]) findings.add(findingsOfHalf);
    return findings.report((await view.head()).seq);
  } finally {
    scratch.close();
  }
}

/** The half of the audit that reads the tables, and opens what is sealed. */
class TablesReader implements TablesHalf {
  readonly findings = new Findings();
  private readonly sealed: SealedRows;
  private sums: Promise<Shown> | undefined;

  constructor(
    private readonly view: View,
    vault: Vault,
    private readonly scratch: Scratch,
    private readonly printKey: string,
    readonly progress: Progress,
    /** Whether the other half runs beside this one, and is heard between two pages. */
    private readonly isBeside: boolean,
  ) {
    this.sealed = new SealedRows(view, vault);
  }

  async sealing(sealing: Parameters<TablesHalf["sealing"]>[0]): Promise<void> {
    for (const { where, what } of await this.sealed.check(sealing)) this.findings.found("RECORD", where, what);
  }

  /** The tables are read once, when they are first asked for. */
  shown(): Promise<Shown> {
    const firsts = this.scratch.map<string>(firstRows);
    const between = this.isBeside ? () => turn() : this.progress;
    this.sums ??= addUpTables(this.view, this.printKey, firsts, this.findings, between);
    return this.sums;
  }
}

const newPrintKey = () => randomBytes(32).toString("base64");
