import type { Exit } from "../exits";
import { type AuditReport, auditBank, ScratchFull, type Threads } from "../services/audit";
import { type OpenBank, Stop, type Terminal } from "./output";

/** Prints what was compared and what was found; it FAILED when the bank is not as its journal says. */
export async function auditCommand(
  { options }: OpenBank,
  { json }: { json: boolean },
  terminal: Terminal,
  threads: Threads | null = null,
): Promise<Exit> {
  const report = await auditBank(options, terminal.progress, threads).catch((error: unknown) => {
    // The bank may be in order; the audit could not say.
    throw error instanceof ScratchFull ? new Stop(error.message, "NO_SPACE") : error;
  });
  terminal.progressDone();
  terminal.print(json ? JSON.stringify(report) : inWords(report));
  return report.ok ? "DONE" : "FAILED";
}

function inWords({ ok, entries, headSeq, circulationMinutes, rows, findings, unlisted }: AuditReport): string {
  const { journal: _, ...tables } = rows;
  const compared = Object.entries(tables).map(([table, count]) => `  ${table}: ${count}`);
  return [
    `${entries} entries replayed, head ${headSeq}, ${circulationMinutes} minutes in circulation; rows compared:`,
    ...compared,
    ...findings.map(({ check, where, what }) => `${check} ${where}: ${what}`),
    ...(unlisted > 0 ? [`and ${unlisted} more`] : []),
    ok ? "The bank is as its journal says." : "THE BANK IS NOT AS ITS JOURNAL SAYS.",
  ].join("\n");
}
