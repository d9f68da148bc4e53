import { type AuditReport, audit } from "../services/audit";
import { auditKeys } from "../services/audit/keys";
import { Vault } from "../services/vault";
import { type OpenBank, print, progress, progressDone } from "./output";

/** Each person without a key is named: that many at most, for people to read. */
const findingsListed = 1000;

/** Prints what was compared and what was found; 1 when the bank is not as its journal says. */
export async function auditCommand({ options }: OpenBank, { json }: { json: boolean }): Promise<0 | 1> {
  const vault = new Vault(options.store, options.entropy, options.secret);
  const report = await options.store.snapshot(async (view) => {
    const replayed = await audit(view, options.origin, progress);
    return withKeys(replayed, await auditKeys(view, vault, progress));
  });
  progressDone();
  print(json ? JSON.stringify(report) : inWords(report));
  return report.ok ? 0 : 1;
}

/** The report with what the keys add to it. */
function withKeys(report: AuditReport, { keys, findings }: Awaited<ReturnType<typeof auditKeys>>): AuditReport {
  const added = findings.map(({ personId, what }) => ({ check: "KEYS" as const, where: personId, what }));
  const room = Math.max(0, findingsListed - report.findings.length);
  return {
    ...report,
    ok: report.ok && findings.length === 0,
    rows: { ...report.rows, keys },
    findings: [...report.findings, ...added.slice(0, room)],
    unlisted: report.unlisted + Math.max(0, added.length - room),
  };
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
