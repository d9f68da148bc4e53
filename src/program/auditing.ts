import { dirname, extname, join } from "node:path";
import type { Command } from "commander";
import type { Terminal } from "../cli/output";
import { exits } from "../exits";
import { withBank } from "./bank";

/** The thread needs less. A heap with a limit is collected sooner, so that it grows by little. */
const threadLimits = { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 12 };

export function auditing(program: Command, terminal: Terminal): void {
  program
    .command("audit")
    .description(
      `Replays the journal and compares every table with it. The exit code is ${exits.FAILED.code} where anything differs.`,
    )
    .option("--json", "print the report as JSON", false)
    .action((options: { json: boolean }) =>
      withBank(terminal, async (bank) => {
        const [{ auditCommand }, { replayThread }] = [await import("../cli/audit"), await import("../services/audit")];
        const { Worker } = await import("node:worker_threads");
        const file = join(dirname(__dirname), `replaying${extname(__filename)}`);
        const open = () => replayThread(new Worker(file, { env: terminal.env, resourceLimits: threadLimits }));
        terminal.exit = await auditCommand(bank, options, terminal, { from: 20_000, open });
      }),
    );
}
